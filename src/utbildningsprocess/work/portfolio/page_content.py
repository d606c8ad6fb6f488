"""What the page of many initiatives says: counted, put in months, and with no trace of any person."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.pages.portfolio import (
    Filters,
    MarkCount,
    OnPage,
    PortfolioPage,
    SortedCell,
    StepCounts,
    ToldLesson,
)
from utbildningsprocess.personal import personal_numbers, without_people
from utbildningsprocess.plan.cost_words import kronor, least_kronor
from utbildningsprocess.steps import STEP_IDS, STEPS
from utbildningsprocess.swedish import alphabetical, joined, slug, with_unit
from utbildningsprocess.work.portfolio.facts import LIVES
from utbildningsprocess.work.portfolio.months import calendar_of, entry
from utbildningsprocess.work.portfolio.words import (
    LIFE_NAMES,
    LISTED_HEADINGS,
    insatser,
    listed_cells,
    missing_here,
    not_counted,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from utbildningsprocess.pages.page import Logo
    from utbildningsprocess.work.portfolio.facts import Facts
    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio
    from utbildningsprocess.work.portfolio.months import Calendar

_LATE, _RED, _UNBEGUN = "forsenad", "rod", "obegynt"
"""Marks of an initiative, beside the ids of its step and of its life."""
_LIVING = ("Aktiva", "Vilande", "Avslutade", "Ersatta")
"""What several are called, in the order of the lives."""
_NEVER = "9999"


class Letterhead(NamedTuple):
    """Whose page it is, which day it tells of, and whether everybody may read it."""

    today: date
    organisation: str = ""
    logo: Logo | None = None
    is_open: bool = False


def page_of(
    portfolio: Portfolio, listed: Sequence[Listed], selection: str, letterhead: Letterhead
) -> PortfolioPage:
    """The page of those that are listed; for everybody only how many they are and how much is due."""
    today, is_open = letterhead.today, letterhead.is_open
    marks = [_marks(initiative, today.isoformat()) for initiative in listed]
    folders = joined(f"{folder.parent.name}/{folder.name}" for folder in portfolio.folders)
    anchors = list(_anchors(listed))
    calendar = calendar_of(listed, anchors, today)
    return PortfolioPage(
        day=date_in_short(today),
        made=today,
        folder="" if is_open else without_people(folders),
        organisation=letterhead.organisation,
        logo=letterhead.logo,
        read=_read(portfolio, len(listed)),
        selection="" if is_open else without_people(selection),
        missing=() if is_open else tuple(map(without_people, missing_here(portfolio))),
        not_counted=() if is_open else tuple(map(without_people, not_counted(portfolio))),
        counts=tuple(_counts(marks)),
        steps=tuple(_steps(marks)),
        months=tuple(month._replace(dues=()) if is_open else month for month in calendar.months),
        later=_later(calendar, is_open=is_open),
        headings=LISTED_HEADINGS,
        initiatives=() if is_open else tuple(_on_page(listed, anchors, marks, today)),
        filters=Filters(
            tuple((step.id, step.name) for step in STEPS if _number(marks, (step.id,))),
            tuple((life, LIFE_NAMES[life]) for life in LIVES if _number(marks, (life,))),
        ),
        is_open=is_open,
    )


def _read(portfolio: Portfolio, number_shown: int) -> str:
    """How many were read and are shown, and how many files are in no sum."""
    listed = len(portfolio.listed)
    shown = "" if number_shown == listed else f" {number_shown} av dem visas här."
    uncounted = (
        (len(portfolio.copies), "kopia räknas inte", "kopior räknas inte"),
        (len(portfolio.foreign), "fil är ingen dossier", "filer är inga dossierer"),
        (len(portfolio.unreadable), "fil går inte att läsa", "filer går inte att läsa"),
    )
    besides = "".join(
        f" {number} {singular if number == 1 else plural}."
        for number, singular, plural in uncounted
        if number
    )
    return f"{insatser(listed)} är {'läst' if listed == 1 else 'lästa'}.{shown}{besides}"


def _later(calendar: Calendar, *, is_open: bool) -> str:
    """What is said of all that comes after the months."""
    if not calendar.number_later:
        return ""
    if is_open:
        return f"Från och med {calendar.end} finns {calendar.number_later} datum till."
    return f"Det som ska ske från och med {calendar.end} står under varje insats."


# ------------------------------------------------------------------- counted


def _marks(initiative: Listed, day: str) -> tuple[str, ...]:
    facts = initiative.facts
    late, red = (_LATE if facts.overdue(day) else ""), (_RED if facts.red else "")
    return tuple(filter(None, (facts.stage or _UNBEGUN, initiative.life, late, red)))


def _number(marks: Iterable[Sequence[str]], wanted: Iterable[str]) -> int:
    return sum(set(wanted).issubset(borne) for borne in marks)


def _counted(marks: Sequence[Sequence[str]], name: str, *wanted: str) -> MarkCount:
    return MarkCount(name, _number(marks, wanted), wanted)


def _counts(marks: Sequence[Sequence[str]]) -> Iterator[MarkCount]:
    yield _counted(marks, "Insatser")
    for life, name in zip(LIVES, _LIVING, strict=True):
        counted = _counted(marks, name, life)
        if counted.number or life == LIVES[0]:
            yield counted
    yield _counted(marks, "Med något försenat", _LATE)
    yield _counted(marks, "Med röda fynd", _RED)


def _steps(marks: Sequence[Sequence[str]]) -> Iterator[StepCounts]:
    named = [(step.id, step.name) for step in STEPS]
    if _number(marks, (_UNBEGUN,)):
        named.insert(0, (_UNBEGUN, "Inte påbörjad"))
    for step, name in named:
        yield StepCounts(
            name,
            (
                _counted(marks, "Insatser", step),
                _counted(marks, "Aktiva", step, LIVES[0]),
                _counted(marks, "Försenat", step, _LATE),
                _counted(marks, "Röda", step, _RED),
            ),
        )


# -------------------------------------------------------------- each initiative


def _anchors(listed: Sequence[Listed]) -> Iterator[str]:
    """What links call each: its letters, which follow it when its file is renamed, else its file's name."""
    taken: Counter[str] = Counter()
    for initiative in listed:
        stem = initiative.path.stem
        name = initiative.facts.identity or ("utan-namn" if personal_numbers(stem) else slug(stem))
        taken[name] += 1
        yield f"insats-{name}" if taken[name] == 1 else f"insats-{name}-{taken[name]}"


def _on_page(
    listed: Sequence[Listed], anchors: Sequence[str], marks: Sequence[tuple[str, ...]], today: date
) -> Iterator[OnPage]:
    day = today.isoformat()
    rows = zip(listed, anchors, marks, _cells(listed, today), strict=True)
    for initiative, anchor, borne, cells in rows:
        facts = initiative.facts
        yield OnPage(
            anchor=anchor,
            title=without_people(initiative.title),
            marks=borne,
            cells=cells,
            about=tuple((name, without_people(text)) for name, text in _about(initiative) if text),
            late=tuple(entry(due, day) for due in facts.overdue(day)),
            coming=tuple(entry(due, day) for due in facts.dates if due.last >= day),
            lessons=tuple(
                ToldLesson(lesson.sort, without_people(lesson.text), without_people(lesson.concerns))
                for lesson in facts.lessons
            ),
            results=tuple(without_people(": ".join(filter(None, result))) for result in facts.results),
        )


def _cells(listed: Sequence[Listed], today: date) -> Iterator[tuple[SortedCell, ...]]:
    """The cells of each row. Their order is said here, for browsers have alphabets of their own."""
    words = [[without_people(cell) for cell in listed_cells(_spelled(known), today)] for known in listed]
    keys = [_keys(initiative, today.isoformat()) for initiative in listed]
    places = []
    for column in zip(*keys, strict=True):
        ranks = {key: place for place, key in enumerate(sorted(set(column)))}
        places.append([ranks[key] for key in column])
    for texts, row in zip(words, zip(*places, strict=True), strict=True):
        yield tuple(map(SortedCell, texts, row))


def _spelled(initiative: Listed) -> Listed:
    """It with its dates as they are read on a page."""
    facts = initiative.facts
    dates = tuple(due._replace(said=due.spelled) for due in facts.dates)
    return initiative._replace(facts=facts._replace(dates=dates))


def _keys(initiative: Listed, day: str) -> tuple[tuple[str | int, ...], ...]:
    """What sorts each column: texts as a Swedish register, the most of what is wrong first."""
    facts = initiative.facts
    due = facts.next_date(day)
    return (
        alphabetical(initiative.title),
        (STEP_IDS.index(facts.stage) if facts.stage else -1,),
        (due.last if due else _NEVER,),
        (-len(facts.overdue(day)),),
        (-facts.red,),
        (not facts.leader, *alphabetical(facts.leader)),
        (LIVES.index(initiative.life),),
    )


def _about(initiative: Listed) -> Iterator[tuple[str, str]]:
    """What is known of an initiative, each with its name; what nobody has said is left out."""
    facts = initiative.facts
    yield "Processledare", facts.leader
    yield "Beslut efter analysen", facts.decision
    yield "Diagnosen", facts.outcome
    yield "Starka orsaker", "; ".join(facts.causes)
    yield "Målgrupper", ", ".join(facts.groups)
    yield "Planerade timmar för deltagarna", _hours(facts)
    yield "Planerad kostnad", _cost(facts)
    yield "Fynd i granskningen", _findings(facts)
    yield "Röda fynd", _red_titles(facts)
    yield "Frågorna", _answers(facts)
    yield "Fil", f"{initiative.name}{initiative.path.suffix}"


def _hours(facts: Facts) -> str:
    if facts.hours is None:
        return ""
    return f"{'minst ' if facts.hours_are_least else ''}{with_unit(round(facts.hours, 1), 'timmar')}"


def _cost(facts: Facts) -> str:
    spent = facts.plan.spending
    return (least_kronor if "total" in spent.uncertain else kronor)(spent.total) if spent else ""


def _red_titles(facts: Facts) -> str:
    """What the red findings are about, each once, with how many there are where they are several."""
    counted = Counter(facts.red_titles)
    return "; ".join(f"{title} ({number})" if number > 1 else title for title, number in counted.items())


def _findings(facts: Facts) -> str:
    named = ((facts.red, "rött", "röda"), (facts.yellow, "gult", "gula"))
    return joined(f"{number} {name if number == 1 else names}" for number, name, names in named if number)


def _answers(facts: Facts) -> str:
    named = (
        (facts.answered, "besvarade"),
        (facts.unknown, "”vet inte än”"),
        (facts.skipped, "överhoppade"),
        (facts.open, "öppna"),
    )
    return joined(f"{number} {name}" for number, name in named if number)
