"""The only code that touches the disk: dossiers, the folder they live in, and half-typed answers."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from utbildningsprocess.files.atomic import sweep
    from utbildningsprocess.files.dossier_file import (
        Changed,
        Gone,
        Taken,
        check_target,
        read_dossier,
        read_text,
        save,
        save_beside,
    )
    from utbildningsprocess.files.drafts import drop_draft, read_draft, save_draft, sweep_drafts
    from utbildningsprocess.files.made import Edited, save_made
    from utbildningsprocess.files.roots import (
        Ambiguous,
        Root,
        battery_texts,
        find_dossier,
        find_root,
        is_folder,
        is_foreign,
        list_dossiers,
        method_texts,
        new_path,
        own_templates,
        question_text,
        template_bytes,
        template_folder,
        template_shown,
        template_text,
    )
    from utbildningsprocess.files.targets import DOCUMENTS_FOLDER

__all__ = [
    "DOCUMENTS_FOLDER",
    "Ambiguous",
    "Changed",
    "Edited",
    "Gone",
    "Root",
    "Taken",
    "battery_texts",
    "check_target",
    "drop_draft",
    "find_dossier",
    "find_root",
    "is_folder",
    "is_foreign",
    "list_dossiers",
    "method_texts",
    "new_path",
    "own_templates",
    "question_text",
    "read_dossier",
    "read_draft",
    "read_text",
    "save",
    "save_beside",
    "save_draft",
    "save_made",
    "sweep",
    "sweep_drafts",
    "template_bytes",
    "template_folder",
    "template_shown",
    "template_text",
]
_MODULES = ("atomic", "dossier_file", "drafts", "made", "roots", "targets")


def __getattr__(name: str) -> object:
    """A public name, from the module that has it; a shell completion then pays only for what it asks."""
    if name in __all__:
        for place in _MODULES:
            module = import_module(f"{__name__}.{place}")
            if hasattr(module, name):
                return getattr(module, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
