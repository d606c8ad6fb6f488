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
    from utbildningsprocess.work.open_dossier import OpenDossier

_NARROWEST, _LONGEST_TITLE, _LONGEST_OBSTACLE, _MOST_WORDS = 80, 30, 40, 3
_INDENT = 3
_LONGEST_NOTE = 200


def recalled_for(initiative: OpenDossier, seconds: float, width: int) -> Recollection:
    """What fits an initiative and has not been passed over; nothing where the others cannot be read."""
    limit = time.monotonic() + seconds
    with suppress(UtbError):
        learnt = experiences(initiative.workspace, initiative, lambda: time.monotonic() < limit)
        passed = read_passed_over(initiative.path, initiative.identity)
        used = given_value(initiative.answers.get(BUILDS_ON)) or ()
        fitting = [
            _suggested(hit, max(width, _NARROWEST) - _INDENT) for hit in what_fits(learnt, initiative).hits
        ]
        lessons = tuple(each for each in fitting if each.key not in passed and each.noted not in str(used))
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
    results = [f"Resultat: {result}" for result in hit.earlier.results]
    more = "\n".join(f"   {line}" for line in (why, *results, f"Läs allt: utb visa {hit.earlier.name}"))
    kind = lesson_in_words(hit.lesson) if not personal_numbers(lesson) else hit.lesson.kind
    return Suggested(
        key=f"{name} {hit.lesson.key}",
        in_short=(shortened(lesson, room), shortened(_why_in_short(hit), room)),
        whole=f"{lesson}\n{more}",
        noted=f"{name}.md: {shortened(kind, _LONGEST_NOTE)}",
    )


def _why_in_short(hit: Recalled) -> str:
    """Where a lesson is from and when, the most telling obstacle, and words, on one line."""
    about = hit.earlier.situation
    where = ", ".join(filter(None, (shortened(about.title, _LONGEST_TITLE), hit.earlier.what_then)))
    obstacle = in_quotation_marks(hit.reasons.obstacles[0].rstrip("."), _LONGEST_OBSTACLE)
    return f"Ur {where}. Samma hinder: {obstacle}; ord: {', '.join(hit.reasons.words[:_MOST_WORDS])}"
