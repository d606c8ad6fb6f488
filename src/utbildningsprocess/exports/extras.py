"""What to say when the library of a format is not installed."""

from __future__ import annotations

from importlib import import_module

from utbildningsprocess.errors import WrongUse


def need(module: str, extra: str, what: str) -> None:
    """Nothing, when the library of an extra can be imported; `what` is what it makes, as in ”Word-filer”.

    Raises WrongUse with the command that installs it. The double quotes work in every shell, also on
    Windows, and no full stop follows what is to be copied.
    """
    try:
        import_module(module)
    except ImportError:
        command = f'pip install "utbildningsprocess[{extra}]"'
        raise WrongUse(f"{what} kräver ett tillägg, som du installerar med: {command}") from None
