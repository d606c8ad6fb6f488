"""Lessons that come back in a conversation: those that fit and were not passed over, in two lines each."""

from __future__ import annotations

import time
from contextlib import suppress
from textwrap import fill
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import BUILDS_ON
from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.passed_over import read_passed_over
from utbildningsprocess.lessons.model import Recollection, Suggested
from utbildningsprocess.model import given_value
from utbildningsprocess.personal import personal_numbers
from utbildningsprocess.swedish import in_quotation_marks, shortened
from utbildningsprocess.work.experiences import (
    Patience,
    experiences,
    lesson_in_words,
    suggestion_lines,
    what_fits,
)
from utbildningsprocess.work.portfolio.evidence import evidence_in

if TYPE_CHECKING:
    from utbildningsprocess.lessons.model import Recalled
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.experiences import Experiences
    from utbildningsprocess.work.open_dossier import OpenDossier

_NARROWEST, _LONGEST_TITLE, _SHORTEST_OBSTACLE, _MOST_WORDS = 80, 26, 20, 3
_WHOLE = 1000
"""Letters of a line that is not cut."""
_INDENT = 3
_EVIDENCE = "Era egna insatser visar"
_LONGEST_NOTE = 200


def learnt_around(initiative: OpenDossier, seconds: float, fewest: int = 2) -> Experiences | None:
    """What the initiatives that lie with one have learnt; None where they are too few, or cannot be read.

    What has not been computed before is computed for so many seconds.
    """
    workspace, limit = initiative.workspace, time.monotonic() + seconds
    with suppress(OSError, UtbError):
        if len(workspace.paths()) + len(workspace.archived()) >= fewest:
            return experiences(workspace, initiative, Patience(lambda: time.monotonic() < limit))
    return None


def recalled_for(initiative: OpenDossier, learnt: Experiences, display: Display) -> Recollection:
    """What fits an initiative and has not been passed over; nothing where its own file is damaged."""
    with suppress(UtbError):
        passed = read_passed_over(initiative.path, initiative.identity)
        used = given_value(initiative.answers.get(BUILDS_ON))
        gone = {*passed, *(used if isinstance(used, tuple) else ())}
        room = _WHOLE if display.plain else max(display.width, _NARROWEST) - _INDENT
        fitting = [_suggested(hit, room) for hit in what_fits(learnt, initiative).hits]
        lessons = tuple(lesson for lesson in fitting if not {lesson.key, lesson.noted} & gone)
        unread = len(learnt.waiting)
        return Recollection(lessons, _unread(unread, initiative) if unread else "")
    return Recollection()


def own_evidence(initiative: OpenDossier, learnt: Experiences | None, width: int) -> str:
    """What the initiatives around one show of its strong causes; empty while not all of them are read."""
    if learnt is None or learnt.waiting:
        return ""
    evidence = evidence_in(learnt.shown)
    lines = evidence.of(cause.name for cause in initiative.diagnose().strong)
    set_in = [fill(line, width, initial_indent="  ", subsequent_indent="    ") for line in lines]
    return "\n".join([_EVIDENCE, *set_in]) if lines else ""


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
