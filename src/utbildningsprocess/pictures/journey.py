"""The learning journey as a picture: which weeks it has, and what stands in each lane along them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from operator import itemgetter
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.cells import date_in, filled_rows, number_in, pointing, several_in, text_in
from utbildningsprocess.answers.periods import spoken_date
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Period, given_value
from utbildningsprocess.pages.figures import Flag, Journey, Lane, Picture, Week
from utbildningsprocess.plan.cost import takes_part
from utbildningsprocess.plan.due import (
    as_one,
    coming,
    counted_from_last,
    days_from,
    is_cancelled,
    is_unannounced,
)
from utbildningsprocess.plan.thread import LONGEST_NAME
from utbildningsprocess.plan.weeks import exact, first_week_zero, week_zeros
from utbildningsprocess.swedish import format_number, joined, shortened, with_unit

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

    from utbildningsprocess.model import AnswerSheet, Row, When
    from utbildningsprocess.settings import Settings

_WEEK = 7
_LONGEST_BOX, _LONGEST_LINE = 120, 300
"""Letters of what stands in a box, and on lines of its own."""
_MOST_NAMES = 3
"""Groups that share a lane; more of them would make it taller than what they do."""
_MOST_ROUNDS = 5
_SEVERAL_TIMES = "Det som hålls flera gånger har alla dagar i sin ruta."
_PHASES = {"fore": "Före", "under": "Under", "efter": "Efter"}
_FOLLOWED_UP = {
    addresses.NEEDED_BY: "Det ska fungera i vardagen",
    addresses.NEXT_MEASUREMENT: "Nästa mätning",
}
"""What is told of the dates that are no measure of the plan."""


class _Spot(NamedTuple):
    """Something that happens: its row, and its Monday or how many weeks it is from the first time."""

    row: Row
    at: date | float | None
    days: str = ""
    """All its days in short, where it has several."""


@dataclass(frozen=True)
class _Plan:
    """What happens, and when: all by dates, or all by how many weeks it is from the first time."""

    sheet: AnswerSheet
    activities: Sequence[_Spot]
    actions: Sequence[_Spot]
    """What the chief does."""

    @property
    def places(self) -> list[date | float]:
        """The weeks in which something happens, in order."""
        spots = (*self.activities, *self.actions)
        return sorted({spot.at for spot in spots if spot.at is not None})

    @property
    def years(self) -> list[int]:
        """The years of the weeks; none where no date is known."""
        return sorted({place.year for place in self.places if isinstance(place, date)})


def journey(sheet: AnswerSheet, title: str, settings: Settings) -> Picture | None:
    """The learning journey lane by lane; None without activities."""
    plan = _plan(sheet)
    if not plan.activities:
        return None
    value = _answer(sheet, addresses.VALUE_FOR_ESTHER)
    drawing = Journey(
        shortened(title, _LONGEST_LINE),
        (f"Så blir det bäst för {settings.who_esther_is}", value),
        tuple(_weeks(plan.places)),
        tuple(lane for lane in _lanes(plan) if lane),
        "–".join(map(str, dict.fromkeys(plan.years[:1] + plan.years[-1:]))),
        _note(plan),
    )
    return Picture("larresa", "Lärresan vecka för vecka", in_words(drawing), drawing)


def _plan(sheet: AnswerSheet) -> _Plan:
    first = first_week_zero(sheet.answers)
    zero = first.day if first else None
    activities, actions = _filled(sheet, addresses.ACTIVITIES), _filled(sheet, addresses.MANAGER_ACTIONS)
    dated = [_spot(sheet, row, zero) for row in activities]
    if any(spot.at for spot in dated):
        return _Plan(sheet, dated, [_Spot(row, _counted(row, zero)) for row in actions])
    return _Plan(sheet, _by_weeks(activities), _by_weeks(actions))


def in_words(drawing: Journey) -> str:
    """All that a journey shows, in sentences for those who do not see it."""
    return " ".join(
        [
            *([f"{drawing.promise[0]}: {drawing.promise[1]}"] if drawing.promise[1] else []),
            *(f"{lane.heading}. {_told(drawing, lane)}" for lane in drawing.lanes),
            drawing.note,
        ]
    ).strip()


def _told(drawing: Journey, lane: Lane) -> str:
    told = (": ".join(filter(None, [when, "; ".join(what)])) for when, what in drawing.told(lane))
    return " ".join(f"{words}." if words[-1:] not in tuple(".!?") else words for words in told)


def _filled(sheet: AnswerSheet, address: str) -> tuple[Row, ...]:
    return filled_rows(given_rows(sheet.answers, address))


def _answer(sheet: AnswerSheet, address: str) -> str:
    """The answer to a question on one line; empty where there is none, or no such question."""
    question, value = sheet.battery.question(address), given_value(sheet.answers.get(address))
    return "" if question is None or value is None else shortened(show(question, value), _LONGEST_LINE)


# ------------------------------------------------------------------------ when


def _first_time(sheet: AnswerSheet) -> When | None:
    said = given_value(sheet.answers.get(addresses.FIRST_OCCASION))
    return said if isinstance(said, (date, Period)) else None


def _monday(day: date) -> date:
    return day - timedelta(days=min(day.weekday(), day.toordinal() - 1))


def _counted(row: Row, zero: date | None) -> date | None:
    """The Monday of a row's week, counted from the first time; None when no calendar has it."""
    weeks = number_in(row, "vecka")
    try:
        return None if zero is None or weeks is None else _monday(zero + timedelta(weeks=weeks))
    except OverflowError:
        return None


def _spot(sheet: AnswerSheet, activity: Row, zero: date | None) -> _Spot:
    """An activity at the Monday of its first occasion, or else of the week it says."""
    days = _days(sheet, activity)
    if not days:
        return _Spot(activity, _counted(activity, zero))
    years = {day.year for day in days}
    return _Spot(activity, _monday(days[0]), joined(_day(day, years) for day in days) if days[1:] else "")


def _days(sheet: AnswerSheet, activity: Row) -> list[date]:
    return sorted({day for when in _occasions(sheet, activity) if (day := exact(when))})


def _occasions(sheet: AnswerSheet, activity: Row) -> list[When]:
    held = [row for row in given_rows(sheet.answers, addresses.OCCASIONS) if not is_cancelled(row)]
    return [when for row in pointing(held, "aktivitet", activity) if (when := date_in(row, "datum"))]


def _by_weeks(rows: Sequence[Row]) -> list[_Spot]:
    return [_Spot(row, number_in(row, "vecka")) for row in rows]


def _weeks(places: Sequence[date | float]) -> Iterator[Week]:
    before: date | float | None = None
    for place in places:
        if isinstance(place, date):
            year, number, _ = place.isocalendar()
            first = places[0].isocalendar()[0] if isinstance(places[0], date) else year
            name = f"v. {number}" if year == first else f"v. {number}, {year}"
            follows = isinstance(before, date) and (place - before).days == _WEEK
            words = f"Vecka {number}, från {spoken_date(place)}"
            yield Week(name, f"{place.day}/{place.month}", words, follows)
        else:
            day = format_number(place).replace("-", "−")
            follows = isinstance(before, (int, float)) and place - before == 1
            yield Week("vecka", day, f"Vecka {day}", follows)
        before = place


def _note(plan: _Plan) -> str:
    """From what the weeks are counted, where they are, and which of several occasions is shown."""
    if not plan.years:
        first = _first_time(plan.sheet)
        told = f", {first}" if first else ""
        return f"Vecka 0 är veckan för det första gemensamma tillfället{told}." if plan.places else ""
    times = [len(_days(plan.sheet, spot.row)) for spot in plan.activities if spot.at is not None]
    zero = first_week_zero(plan.sheet.answers)
    whence = "första omgången" if len(week_zeros(plan.sheet.answers)) > 1 else "första tillfället"
    is_counted = 0 in times or any(spot.at is not None for spot in plan.actions)
    several = _SEVERAL_TIMES if any(spot.days for spot in plan.activities) else ""
    if zero is None or not is_counted:
        return several
    counted, later = f"{whence}, {spoken_date(zero.said)}.", _later_rounds(plan)
    if later:  # their days tell that a box holds several
        return f"Räknat från {counted} {later}"
    return f"Veckorna är räknade från {counted} {several}".strip()


def _later_rounds(plan: _Plan) -> str:
    """How many weeks after the first round each of the others comes, for whoever is in one of these."""
    zeros, occasions = week_zeros(plan.sheet.answers), given_rows(plan.sheet.answers, addresses.OCCASIONS)
    names = {row.id: text_in(row, "omgang").removesuffix(".") for row in occasions}
    first, *later = sorted({zero.day: zero for zero in zeros.values()}.values(), key=lambda zero: zero.day)
    weeks = [(zero, (_monday(zero.day) - _monday(first.day)).days // _WEEK) for zero in later]
    told = [
        f"{names[zero.row]}: {with_unit(many, 'veckor')} senare ({_day(zero.day, plan.years)})"
        for zero, many in weeks
        if many and names.get(zero.row)
    ]
    return f"{joined(told, most=_MOST_ROUNDS)}." if told else ""


# ----------------------------------------------------------------------- lanes


def _lanes(plan: _Plan) -> Iterator[Lane | None]:
    sheet, order = plan.sheet, {place: number for number, place in enumerate(plan.places)}
    yield from _participants(plan, order)
    yield _lane(
        "Utan datum", lines=[_undated(sheet, spot.row) for spot in plan.activities if spot.at is None]
    )
    yield _lane(
        "Chefen",
        boxes=[
            (order[spot.at], _short(spot.row, "handling")) for spot in plan.actions if spot.at is not None
        ],
        lines=[_promised(spot.row) for spot in plan.actions if spot.at is None],
    )
    yield _lane("Kollegor", lines=[_answer(sheet, addresses.PEER_SUPPORT)])
    yield _lane("Stöd", lines=[_answer(sheet, addresses.AID_AT_HAND)])
    yield _follow_up(sheet, plan.years)


def _lane(
    role: str, boxes: Sequence[tuple[int, str]] = (), lines: Sequence[str] = (), names: Sequence[str] = ()
) -> Lane | None:
    """A lane; None when nothing stands in it."""
    said = tuple(filter(None, lines))
    ordered = tuple(sorted(boxes, key=itemgetter(0)))
    return Lane(role, tuple(names), ordered, said) if ordered or said else None


def _short(row: Row, field: str) -> str:
    return shortened(text_in(row, field), _LONGEST_BOX) or row.id


def _each_time(spot: _Spot) -> str:
    """What happens, with each of its days where it has several."""
    return " ".join(filter(None, [_short(spot.row, "titel"), spot.days]))


def _participants(plan: _Plan, order: Mapping[date | float, int]) -> Iterator[Lane | None]:
    """A lane for each group, or for those few that do the same."""
    told = [(spot.row, (order[spot.at], _each_time(spot))) for spot in plan.activities if spot.at is not None]
    groups = _groups(plan.sheet, [row for row, _ in told])
    by_boxes: dict[tuple[tuple[int, str], ...], list[str]] = {}
    for group in groups:
        boxes = tuple(box for row, box in told if takes_part(group, row))
        by_boxes.setdefault(boxes, []).append(shortened(group, LONGEST_NAME))
    if not groups:
        yield _lane("Deltagare", [box for _, box in told])
    for boxes, names in by_boxes.items():
        if len(names) == len(groups) > _MOST_NAMES:
            yield _lane("Deltagare", boxes, names=["Alla grupper"])
            continue
        for start in range(0, len(names), _MOST_NAMES):
            yield _lane("Deltagare", boxes, names=names[start : start + _MOST_NAMES])


def _groups(sheet: AnswerSheet, activities: Sequence[Row]) -> list[str]:
    """The groups by name: those asked for, and those that only an activity names."""
    named = [text_in(row, "namn") for row in _filled(sheet, addresses.TARGET_GROUPS)]
    asked = [name for name in named if name]
    alone = [row for row in activities if not any(takes_part(group, row) for group in asked)]
    return list(dict.fromkeys([*asked, *(name for row in alone for name in _groups_of(row))]))


def _groups_of(activity: Row) -> tuple[str, ...]:
    return several_in(activity, "malgrupp") if activity.values.get("malgrupp") else ()


def _undated(sheet: AnswerSheet, row: Row) -> str:
    """An activity whose week is not known, with what is known of it."""
    names = joined(_groups_of(row))
    whom = f", för {shortened(names, LONGEST_NAME)}" if names else ""
    when = joined(map(str, _occasions(sheet, row)), most=3) or _week_in_words(row)
    return f"{f'{when}: ' if when else ''}{_short(row, 'titel')}{whom}"


def _week_in_words(row: Row) -> str:
    week = number_in(row, "vecka")
    if week is None:
        return _PHASES.get(text_in(row, "fas"), "")
    return f"vecka {format_number(week).replace('-', '−')} från första tillfället"


def _promised(row: Row) -> str:
    """An action of the chief's without a date: when in the journey, as far as it is said, and what."""
    when = _week_in_words(row)
    return f"{when}: {_said(row, 'handling')}" if when else _said(row, "handling")


def _said(row: Row, field: str) -> str:
    return shortened(text_in(row, field), _LONGEST_LINE) or row.id


# ------------------------------------------------------------------- follow-up


def _follow_up(sheet: AnswerSheet, years: Sequence[int]) -> Lane | None:
    """What is followed up by its date, and what has none yet; what is to come unannounced is not told."""
    planned = sheet.without({addresses.RESULTS})  # what has been measured was planned too
    measures = {row.id: row for row in _filled(sheet, addresses.MEASURES) if not is_unannounced(row)}
    by_date: dict[When, list[str]] = {}
    left = {due.measure for due in as_one(sheet, coming(sheet, date.min)) if due.measure in measures}
    dated = set(left)
    for due in coming(planned, date.min):
        if due.qid == addresses.MEASURES and due.row in left:
            continue
        if due.qid == addresses.MEASURES and due.row in measures:
            dated.add(due.row)
            what = _short(measures[due.row], "metod")
        elif due.qid in _FOLLOWED_UP:
            names = [_short(measures[row], "metod") for row in left if due.qid == addresses.NEXT_MEASUREMENT]
            what = next(iter(names), _FOLLOWED_UP[due.qid])
        else:
            continue
        by_date.setdefault(due.on, []).append(what)
    lines = tuple(_unmeasured(sheet, row) for row in measures.values() if row.id not in dated)
    flags = tuple(Flag(_day(on, years), spoken_date(on), tuple(what)) for on, what in by_date.items())
    return Lane("Uppföljning", lines=lines, flags=flags) if lines or flags else None


def unannounced(sheet: AnswerSheet) -> tuple[str, ...]:
    """The measures that no picture of the journey tells, by id and name."""
    hidden = filter(is_unannounced, _filled(sheet, addresses.MEASURES))
    return tuple(f"{row.id} {_short(row, 'metod')}" for row in hidden)


def _day(when: When, years: Collection[int]) -> str:
    """A date in short; with its year, unless all weeks are of that year."""
    if isinstance(when, Period):
        return str(when)
    return f"{when.day}/{when.month}{'' if [when.year] == list(years) else f' {when.year}'}"


def _unmeasured(sheet: AnswerSheet, row: Row) -> str:
    days = number_in(row, "nar_dagar")
    if days is None:
        return _said(row, "metod")
    when = counted_from_last(sheet.answers, days_from(days))
    return f"{when[:1].upper()}{when[1:]}: {_said(row, 'metod')}"
