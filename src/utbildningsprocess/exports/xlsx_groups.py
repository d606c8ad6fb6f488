"""The groups of an initiative as tables of a workbook: a row for each row, and numbers with their units."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import (
    ACTIVITIES,
    EFFECT_MEASURES,
    GOALS,
    MANAGER_ACTIONS,
    MATERIAL,
    MEASURES,
    OCCASIONS,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
    PARTICIPATION,
    RESULTS,
    TARGET_GROUPS,
    WANTED_BEHAVIOURS,
)
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.cells import date_in, number_in, text_in
from utbildningsprocess.answers.rows import choices, given_rows
from utbildningsprocess.answers.unknown import not_yet
from utbildningsprocess.exports.xlsx_cells import (
    Column,
    Content,
    FilledColumn,
    Formula,
    SheetTable,
    is_day,
    place,
)
from utbildningsprocess.exports.xlsx_units import with_units
from utbildningsprocess.model import Kind, Period
from utbildningsprocess.plan.due import coming, is_cancelled, last_occasion
from utbildningsprocess.plan.thread import outcomes_of_effect
from utbildningsprocess.swedish import running, same, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.model import AnswerSheet, GroupField, Question, Row

_ID, _OUTCOME, _MEASURING_DAY, _WEEK_BEGINS = "Id", "Utfall", "Mätdag", "Veckan börjar"
_LAST_TIME = "Sista_tillfället"
"""What formulas call the day of the last occasion."""
_MOST_WEEKS = 1000
"""Beyond them lies no plan, and perhaps no calendar."""


class Sheet(NamedTuple):
    """A sheet of the workbook: its name, the group in it if any, and what stands there."""

    name: str
    qid: str
    about: str


SHEETS = (
    Sheet("Målgrupper", TARGET_GROUPS, "Vilka som omfattas, och hur många de är."),
    Sheet("Effektmått", EFFECT_MEASURES, "Vad som ska ändras i verksamheten: före, mål och efter."),
    Sheet("Beteenden", WANTED_BEHAVIOURS, "Vem som ska göra vad annorlunda, i vilken situation."),
    Sheet("Andra insatser", OTHER_ACTIONS, "Vad som görs utöver utbildning, vem som ansvarar och när."),
    Sheet("Lärandemål", GOALS, "Vad deltagarna ska kunna göra."),
    Sheet("Aktiviteter", ACTIVITIES, "Vad som görs före, under och efter. Ingen målgrupp betyder alla."),
    Sheet("Mått", MEASURES, "Hur ni ser att det fungerar. Dagarna räknas från sista tillfället."),
    Sheet("Chefens uppgifter", MANAGER_ACTIONS, "Vad närmaste chef gör före, under och efter."),
    Sheet("Material", MATERIAL, "Vad som tas fram, av vem och när."),
    Sheet("Tillfällen", OCCASIONS, "När och var det sker."),
    Sheet("Deltagande", PARTICIPATION, "Hur många som bjöds in, och hur många som fullföljde."),
    Sheet("Resultat", RESULTS, "Vad varje mått visar."),
    Sheet("Insatsernas status", OTHER_ACTIONS_STATUS, "Hur det gick med de andra insatserna."),
)


class _Group(NamedTuple):
    """A group that is asked about: its rows as they are read, and the columns of its answers."""

    sheet: Sheet
    rows: Sequence[Row]
    columns: Mapping[str, FilledColumn]
    """By the field that each shows; what is no field has a capital."""


class Groups:
    """The groups that are asked about, their tables, and where in these an answer stands."""

    def __init__(self, answered: AnswerSheet) -> None:
        self._answered = answered
        asked = ((sheet, answered.battery.question(sheet.qid)) for sheet in SHEETS)
        self._groups = {
            sheet.qid: _group(sheet, question, answered)
            for sheet, question in asked
            if question and question.fields
        }

    def tables(self) -> dict[Sheet, SheetTable]:
        """The table of each group; without rows where nothing is said."""
        return {group.sheet: self._table(group) for group in self._groups.values()}

    def reference(self, qid: str, row: Row, field: str) -> str:
        """The cell of an answer as formulas name it, Tillfällen!$C$2; empty where no sheet shows it."""
        group = self._groups.get(qid)
        if group is None or field not in group.columns:
            return ""
        at = next(at for at, present in enumerate(group.rows) if present is row)
        return f"{group.sheet.name}!{place(at, [*group.columns].index(field))}"

    def _table(self, group: _Group) -> SheetTable:
        answers = (column.cells for key, column in group.columns.items() if key != _ID)
        if all(cell == "" for cells in answers for cell in cells):
            return SheetTable((), ())
        columns, names = dict(group.columns), {}
        match group.sheet.qid:
            case qid if qid == MEASURES:
                columns[_MEASURING_DAY] = FilledColumn(_MEASURING_DAY, [*self._measuring_days(group.rows)])
            case qid if qid == MANAGER_ACTIONS:
                columns |= self._weeks_of_rounds(group.rows)
            case qid if qid == OCCASIONS and (last := self._last_time()):
                names[_LAST_TIME] = self.reference(qid, last, "datum").partition("!")[2]
        rows = [*zip(*(column.cells for column in columns.values()), strict=True)]
        return SheetTable(tuple(Column(column.head) for column in columns.values()), rows, names=names)

    # ---------------------------------------------------------------- computed

    def _held(self) -> list[Row]:
        """The occasions that are not called off."""
        rows = given_rows(self._answered.answers, OCCASIONS)
        return [row for row in rows if not is_cancelled(row)]

    def _last_time(self) -> Row | None:
        """The occasion that days are counted from; None until all of them have a day."""
        on, last = last_occasion(self._answered.answers) or (None, None)
        return last if is_day(on) and last and self.reference(OCCASIONS, last, "datum") else None

    def _measuring_days(self, rows: Sequence[Row]) -> Iterator[Content]:
        """The day of each measure, also of those that have been measured."""
        planned = self._answered.without({RESULTS})
        known = {due.row: due.on for due in coming(planned, date.min) if due.qid == MEASURES}
        last = self._last_time()
        for row in rows:
            on, days = known.get(row.id, ""), number_in(row, "nar_dagar")
            counted = _here(self.reference(MEASURES, row, "nar_dagar"))
            if last and counted and days is not None and float(days).is_integer() and is_day(on):
                assert isinstance(on, date)  # noqa: S101  is_day has said so
                yield Formula(f"={_LAST_TIME}+{counted}", on)
            else:
                yield str(on) if isinstance(on, Period) else on

    def _weeks_of_rounds(self, rows: Sequence[Row]) -> dict[str, FilledColumn]:
        """For each round that has a day to count from, the Monday of the week in which each thing is done."""
        columns = {}
        for name, (start, where) in self._starts().items():
            cells = [self._week(row, start, where) for row in rows]
            if any(cells):
                head = f"{_WEEK_BEGINS}, {name}" if name else _WEEK_BEGINS
                columns[head] = FilledColumn(head, cells)
        return columns

    def _starts(self) -> dict[str, tuple[date, str]]:
        """The day of week 0 of each round, and its cell; not of several days without a round."""
        activities = given_rows(self._answered.answers, ACTIVITIES)
        first = [row.id for row in activities if number_in(row, "vecka") == 0]
        started: dict[str, dict[date, str]] = {}
        for row in self._held():
            on, where = date_in(row, "datum"), self.reference(OCCASIONS, row, "datum")
            is_first = any(same(text_in(row, "aktivitet"), activity) for activity in first)
            if is_first and where and isinstance(on, date) and is_day(on):
                started.setdefault(text_in(row, "omgang"), {}).setdefault(on, where)
        if len(started.get("", ())) > 1:
            del started[""]
        return {name: min(days.items()) for name, days in started.items()}

    def _week(self, row: Row, start: date, where: str) -> Content:
        weeks, counted = number_in(row, "vecka"), _here(self.reference(MANAGER_ACTIONS, row, "vecka"))
        if weeks is None or not counted or abs(weeks) > _MOST_WEEKS or not float(weeks).is_integer():
            return ""
        monday = start - timedelta(days=start.weekday()) + timedelta(weeks=weeks)
        return Formula(f"={where}-WEEKDAY({where},3)+7*{counted}", monday) if is_day(monday) else ""


def _here(reference: str) -> str:
    """A cell as formulas on its own sheet name it."""
    return reference.rpartition("!")[2].replace("$", "")


# --------------------------------------------------------------------- columns


def _group(sheet: Sheet, question: Question, answered: AnswerSheet) -> _Group:
    rows = _in_order(question, given_rows(answered.answers, question.qid))
    said = {field_id for row in rows for field_id in row.said}
    columns = {_ID: FilledColumn(_ID, [row.id for row in rows])} if question.row_prefix else {}
    values = [field.id for field in question.fields if field.kind is Kind.MEASURE]
    for field in question.fields:
        if not field.retired or field.id in said:
            columns[field.id] = FilledColumn(_head(field), [_value(field, row, answered) for row in rows])
        if sheet.qid == EFFECT_MEASURES and field.id in values[-1:]:
            became = ["; ".join(outcomes_of_effect(answered.answers, row)) for row in rows]
            columns |= {_OUTCOME: FilledColumn(_OUTCOME, became)} if any(became) else {}
    shown = [key for key in (*values, _OUTCOME) if key in columns]
    return _Group(sheet, rows, with_units(columns, shown))


def _in_order(question: Question, rows: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows as they are read: what the manager does goes by before, during and after."""
    if question.qid != MANAGER_ACTIONS:
        return rows
    phases = [option.id for field in question.fields if field.id == "fas" for option in field.options]
    order = {phase: at for at, phase in enumerate(phases)}
    return tuple(sorted(rows, key=lambda row: order.get(text_in(row, "fas"), len(order))))


def _head(field: GroupField) -> str:
    """The name of a field with its unit, where the name does not say it."""
    is_said = not field.unit or uniform(field.unit).split()[0] in uniform(field.name)
    return field.name if is_said else f"{field.name}, {field.unit}"


def _value(field: GroupField, row: Row, answered: AnswerSheet) -> Content:
    """A value as a cell holds it: numbers and days as they are, references and options in words."""
    value = row.values.get(field.id)
    if value in (None, "", ()):
        return not_yet(row.unknown[field.id]) if field.id in row.unknown else row.unfit.get(field.id, "")
    match field.kind:
        case Kind.REFERENCE | Kind.REFERENCES:
            keys = value if isinstance(value, tuple) else (value,)
            known = choices(field, answered)
            return "\n".join(_pointed_at(str(key), known) for key in keys)
        case Kind.TEXT | Kind.LONG_TEXT | Kind.MEASURE | Kind.NUMBER | Kind.DATE:
            return value if isinstance(value, (str, int, float, date)) else show(field, value)
        case Kind.CHOICE | Kind.MULTIPLE | Kind.YES_NO | Kind.TIME_SPAN | Kind.LIST:
            return show(field, value)
        case Kind.STATEMENTS | Kind.GROUP:
            return show(field, value)
        case _:
            assert_never(field.kind)


def _pointed_at(key: str, known: Sequence[tuple[str, str]]) -> str:
    return running(next((label for name, label in known if same(name, key)), key))
