"""What to say of a dossier that cannot be read as it stands, before anything is concluded from it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.cli.output import say
from utbildningsprocess.errors import Broken, LineFault
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.dossier import Dossier


def refuse_if_in_doubt(path: Path, content: Dossier, before: str) -> None:
    """Raises Broken while answers may belong elsewhere: a conclusion from them would mislead."""
    if content.structural_problems:
        lines = [f"rad {problem.line}: {problem.text}" for problem in content.structural_problems]
        faults = [LineFault(problem.line, problem.text) for problem in content.structural_problems]
        raise Broken("\n".join([f"{shown(path)} behöver lagas {before}:", *lines]), faults)


def tell_of_problems(path: Path, content: Dossier) -> None:
    """Says which answers could not be read, so that nobody takes their absence for an answer."""
    for problem in content.problems:
        if not problem.structural:
            say(f"{shown(path)}:{problem.line}: {problem.text}")
