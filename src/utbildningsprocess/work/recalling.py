"""Lessons that come back in a conversation: those that fit and were not passed over, in two lines each."""

from __future__ import annotations

import time
from contextlib import suppress
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import BUILDS_ON
from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.passed_over import read_passed_over
from utbildningsprocess.lessons.model import Recollection, Suggested
from utbildningsprocess.model import given_value
from utbildningsprocess.personal import personal_numbers
from utbildningsprocess.swedish import in_quotation_marks, shortened
from utbildningsprocess.work.experiences import (
    experiences,
    lesson_in_words,
    suggestion_lines,
    what_fits,
)

if TYPE_CHECKING:
    from utbildningsprocess.lessons.model import Recalled
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.open_dossier import OpenDossier

_NARROWEST, _LONGEST_TITLE, _SHORTEST_OBSTACLE, _MOST_WORDS = 80, 26, 20, 3
_WHOLE = 1000
"""Letters of a line that is not cut."""
_INDENT = 3
_LONGEST_NOTE = 200


def recalled_for(initiative: OpenDossier, seconds: float, display: Display) -> Recollection:
    """What fits an initiative and has not been passed over; nothing where the others cannot be read."""
    limit = time.monotonic() + seconds
    with suppress(UtbError):
        learnt = experiences(initiative.workspace, initiative, lambda: time.monotonic() < limit)
        passed = read_passed_over(initiative.path, initiative.identity)
        used = given_value(initiative.answers.get(BUILDS_ON))
        gone = {*passed, *(used if isinstance(used, tuple) else ())}
        room = _WHOLE if display.plain else max(display.width, _NARROWEST) - _INDENT
        fitting = [_suggested(hit, room) for hit in what_fits(learnt, initiative).hits]
        lessons = tuple(lesson for lesson in fitting if not {lesson.key, lesson.noted} & gone)
        return Recollection(lessons, _unread(learnt.waiting, initiative) if learnt.waiting else "")
    return Recollection()


def _unread(number: int, initiative: OpenDossier) -> str:
    many = "en annan insats" if number == 1 else f"{number} andra insatser"
    return (
        f"Lärdomarna i {many} är inte lästa än. Läs dem med: utb erfarenheter --for {initiative.typed_name}"
    )


def _suggested(hit: Recalled, room: int) -> Suggested:
    lesson, why = suggestion_lines(hit)
    name = hit.earlier.name.strip("'")
    more = "\n".join(f"   {line}" for line in (why, f"Läs mer: utb visa {hit.earlier.name}"))
    kind = lesson_in_words(hit.lesson) if not personal_numbers(lesson) else hit.lesson.kind
    return Suggested(
        key=f"{name} {hit.lesson.key}",
        in_short=_in_short(hit, room),
        whole=f"{lesson}\n{more}",
        noted=f"{name}.md: {shortened(kind, _LONGEST_NOTE)}",
    )


def _in_short(hit: Recalled, room: int) -> tuple[str, str]:
    """What a lesson says, from where and when; and the most telling obstacle with the words: a line each."""
    earlier, reasons = hit.earlier, hit.reasons
    day = earlier.what_then.partition(" ")[2]
    where = ", ".join(filter(None, (shortened(earlier.situation.title, _LONGEST_TITLE), day)))
    said = shortened(f"{hit.lesson.kind}: {hit.lesson.text}", room - len(f" ({where})"))
    words = ", ".join(reasons.words[:_MOST_WORDS])
    left = room - len(f"Samma hinder: ””; ord: {words}")
    obstacle = in_quotation_marks(reasons.obstacles[0].rstrip("."), max(left, _SHORTEST_OBSTACLE))
    return f"{said} ({where})", f"Samma hinder: {obstacle}; ord: {words}"
