"""En ledstång från behov till uppföljning: frågor, svar, dossier i Markdown.

Another program begins with a workspace and an initiative; `docs/python.md` shows how.
"""

from importlib import import_module
from typing import TYPE_CHECKING

from utbildningsprocess.data_files.program_version import __version__ as __version__

if TYPE_CHECKING:
    from utbildningsprocess.errors import Broken, Conflict, UtbError, WrongUse
    from utbildningsprocess.model import Given, Row, Skipped, Unfit, Unknown
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.workspace import Workspace

__all__ = [
    "Broken",
    "Conflict",
    "Given",
    "Initiative",
    "Row",
    "Skipped",
    "Unfit",
    "Unknown",
    "UtbError",
    "Workspace",
    "WrongUse",
]
_ROOMS = ("errors", "model", "work.workspace", "work.initiative")


def __getattr__(name: str) -> object:
    """A public name, from the room that has it; the command line then pays only for what it uses."""
    if name in __all__:
        for room in _ROOMS:
            module = import_module(f"{__name__}.{room}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
