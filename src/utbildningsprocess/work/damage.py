"""What is damaged in a dossier, in words: which lines, before what it has to be mended, and how."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken, LineFault

if TYPE_CHECKING:
    from utbildningsprocess.dossier.document import Dossier


def damage_in_words(content: Dossier, name: str, before: str, mend_command: str) -> str:
    """What is damaged in a dossier that people call by a name, line by line."""
    lines = [f"rad {problem.line}: {problem.text}" for problem in content.structural_problems]
    return "\n".join([f"{name} behöver lagas {before}:", *lines, f"Laga den med: {mend_command}"])


def refuse_damaged(content: Dossier, name: str, before: str, mend_command: str) -> None:
    """Raises Broken while answers may belong elsewhere: a conclusion from them would mislead."""
    damage = [LineFault(problem.line, problem.text) for problem in content.structural_problems]
    if damage:
        raise Broken(damage_in_words(content, name, before, mend_command), damage)
