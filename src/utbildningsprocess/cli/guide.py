"""`utb guide`: the program learnt by doing."""

from __future__ import annotations

from utbildningsprocess.cli.asking import face_for
from utbildningsprocess.cli.lesson import hold_lesson
from utbildningsprocess.cli.parameters import Plain


def guide_(*, plain: Plain = False) -> None:
    """Prova det viktigaste på en kopia av exemplet: svara, gå tillbaka, hoppa, lämna och komma igen."""
    hold_lesson(face_for(plain=plain))
