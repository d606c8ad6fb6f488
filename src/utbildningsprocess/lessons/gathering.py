"""What an initiative's answers give: the situation it is in, and what it has learnt."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIVITIES,
    ALTERNATIVES,
    CONCLUSION,
    DECISION,
    DISTURBED,
    FINISHED_ON,
    GOALS,
    KEYWORDS,
    LESSONS,
    NOT_DONE,
    OBSTACLES,
    OCCASIONS,
    RESULTS,
    TARGET_GROUPS,
    WENT_BEST,
    WHY,
)
from utbildningsprocess.answers.cells import date_in, meaningful, text_in
from utbildningsprocess.answers.conditions import that_apply
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.answers.rows import choices, given_rows
from utbildningsprocess.diagnosis.respondents import MUCH
from utbildningsprocess.lessons.model import Earlier, EarlierLesson, Situation
from utbildningsprocess.model import Period, given_value, last_day
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.plan.thread import says_measured
from utbildningsprocess.swedish import running, shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.model import Answers, AnswerSheet, GroupField, Row, When

_TOLD = {
    WENT_BEST: "Där det gick bäst",
    NOT_DONE: "Där det inte blev av",
    DISTURBED: "Det som störde, och vad som ändrades",
}
_OF_ANALYSIS = {CONCLUSION: "Vad analysen visade"}
"""What an initiative has found out once it is over; while it goes on it is only how far it has come."""
_WHEN_NOTHING_WAS_DONE = {ALTERNATIVES: "Vägar som valdes bort"}
_ENDED = "avsluta"
_LONGEST_MEASURE = 70


def situation_of(title: str, sheet: AnswerSheet, diagnosis: Diagnosis) -> Situation:
    """What an initiative is about, as far as its answers say."""
    answers = that_apply(sheet)
    obstacles = sheet.battery.question(OBSTACLES)
    statements = obstacles.statements if obstacles else ()
    return Situation(
        title=title,
        groups=_texts(answers, TARGET_GROUPS, "namn"),
        problem=_text(answers, WHY),
        causes={cause.id: cause.name for cause in diagnosis.strong},
        statements={each.id: each.text for each in statements if diagnosis.statements.get(each.id) == MUCH},
        activities=_texts(answers, ACTIVITIES, "titel"),
    )


def earlier_of(name: str, title: str, sheet: AnswerSheet, diagnosis: Diagnosis, today: date) -> Earlier:
    """What an initiative gives to those that come after it."""
    answers = that_apply(sheet)
    when, what_then = _latest(answers, today)
    keywords = given_value(answers.get(KEYWORDS))
    return Earlier(
        name=name,
        situation=situation_of(title, sheet, diagnosis),
        lessons=tuple(_lessons(sheet, answers)),
        goals=_texts(answers, GOALS, "kunna"),
        keywords=tuple(map(str, keywords)) if isinstance(keywords, tuple) else (),
        results=tuple(_results(sheet, answers)),
        when=when,
        what_then=what_then,
    )


def _text(answers: Answers, qid: str) -> str:
    """A text, or the items of a list, on one line."""
    value = given_value(answers.get(qid))
    items = value if isinstance(value, tuple) else (value,)
    return "; ".join(running(item) for item in items if isinstance(item, str) and meaningful(item))


def _texts(answers: Answers, qid: str, field: str) -> tuple[str, ...]:
    return tuple(text for row in given_rows(answers, qid) if (text := text_in(row, field)))


def _lessons(sheet: AnswerSheet, answers: Answers) -> Iterator[EarlierLesson]:
    kind_field = _field(sheet, LESSONS, "typ")
    kinds = {option.id: option.label for option in kind_field.options} if kind_field else {}
    for row in given_rows(answers, LESSONS):
        if text := text_in(row, "lardom"):
            kind = kinds.get(text_in(row, "typ"), "Lärdom")
            yield EarlierLesson(f"{LESSONS}:{row.id}", kind, running(text), text_in(row, "galler"))
    for qid, kind in _told(answers).items():
        if text := _text(answers, qid):
            yield EarlierLesson(qid, kind, text)


def _told(answers: Answers) -> dict[str, str]:
    """The questions whose texts are lessons, each with what sort of lesson it is."""
    if given_value(answers.get(DECISION)) == _ENDED:
        return _TOLD | _OF_ANALYSIS | _WHEN_NOTHING_WAS_DONE
    learnt = (*given_rows(answers, LESSONS), _text(answers, NOT_DONE), _text(answers, WENT_BEST))
    return _TOLD | _OF_ANALYSIS if any(learnt) else _TOLD


def _results(sheet: AnswerSheet, answers: Answers) -> Iterator[str]:
    """What was measured: each measure by its name, and its outcome."""
    measures = _field(sheet, RESULTS, "matt")
    named = dict(choices(measures, sheet)) if measures else {}
    for row in _measured(answers):
        measure = named.get(text_in(row, "matt"), "")
        yield ": ".join(filter(None, (shortened(measure, _LONGEST_MEASURE), running(text_in(row, "utfall")))))


def _measured(answers: Answers) -> list[Row]:
    return [row for row in given_rows(answers, RESULTS) if says_measured(text_in(row, "utfall"))]


def _field(sheet: AnswerSheet, qid: str, name: str) -> GroupField | None:
    """A field of a group, unless an organisation asks neither."""
    question = sheet.battery.question(qid)
    return next((field for field in question.fields if field.id == name), None) if question else None


def _latest(answers: Answers, today: date) -> tuple[date | None, str]:
    """The latest day something was measured, else held, else finished; and which, in words.

    Of an occasion of today nobody can say in the morning that it has been held.
    """
    occasions = (date_in(row, "datum") for row in given_rows(answers, OCCASIONS) if not is_cancelled(row))
    held = (day for day in occasions if day is not None and last_day(day) < today)
    finished = given_value(answers.get(FINISHED_ON))
    told: tuple[tuple[str, Iterable[When | None]], ...] = (
        ("mätt", (date_in(row, "datum") for row in _measured(answers))),
        ("genomfört", held),
        ("färdigställt", (finished if isinstance(finished, (date, Period)) else None,)),
    )
    for what, days in told:
        been = [day for day in days if day is not None and last_day(day) <= today]
        if been:
            latest = max(been, key=last_day)
            in_words = str(latest) if isinstance(latest, Period) else date_in_short(latest)
            return last_day(latest), f"{what} {in_words}"
    return None, ""
