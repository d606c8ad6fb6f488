"""The state of a folder's initiatives as a workbook: a row for each, and the sums as formulas."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.exports.extras import need
from utbildningsprocess.exports.xlsx import About, workbook
from utbildningsprocess.exports.xlsx_cells import WHOLE, Column, Formula, SheetTable, place
from utbildningsprocess.exports.xlsx_groups import Sheet
from utbildningsprocess.personal import without_people_in
from utbildningsprocess.plan.cost import Balance
from utbildningsprocess.plan.cost_sums import KINDS
from utbildningsprocess.plan.reached import GoalState
from utbildningsprocess.steps import step_name
from utbildningsprocess.swedish import alphabetical
from utbildningsprocess.work.portfolio.sums import Sums, by_date
from utbildningsprocess.work.portfolio.words import LIFE_NAMES, portfolio_notes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.exports.xlsx_cells import Content
    from utbildningsprocess.work.portfolio.facts import Dated
    from utbildningsprocess.work.portfolio.listing import Listed, Portfolio
    from utbildningsprocess.work.portfolio.sums import ToDo
    from utbildningsprocess.work.workspace import Workspace

_INITIATIVES = Sheet("Insatser", "", "En rad för varje insats. Sist står summorna.")
_TO_DO = Sheet("Kvartalet", "", "Det som ska beslutas och mätas, och det som är försenat.")
_ABOUT = "Svaren som de stod i dossiererna. Ändra där och gör kalkylbladet på nytt."
_COUNTED = "Ett streck betyder att ingen har svarat. Det räknas inte, och är inte noll."
_UNSAID, _LIFE = "–", 1
"""What stands where nobody has said a number, and the column with the life of an initiative."""
_WORDS = (
    *("Insats", "Status", "Steg", "Beslut efter analysen", "Processledare", "Nästa", "Nästa dag"),
    "Planen säger",
)
_KRONOR = ("Deltagarnas tid, kronor", "Eget arbete, kronor", "Köpt, kronor", "Merkostnad vikarier, kronor")
_TOTAL = len(_WORDS) + len(Balance._fields) + 3 + len(_KRONOR)
"""The column of what it all costs."""
_HEADS = (
    *("Försenat", "Röda fynd", "Timmar"),
    *(f"{KINDS[kind].capitalize()}, timmar" for kind in Balance._fields),
    *_KRONOR,
    "Kostnad i allt, kronor",
    *("Andra insatser, timmar", "Andra insatser, kronor"),
    *("Mått", "Mätta", "Nådde målet", "Lärdomar"),
)


def state_workbook(portfolio: Portfolio, workspace: Workspace, made: date) -> bytes:
    """The workbook as bytes. Raises WrongUse without XlsxWriter."""
    need("xlsxwriter", "xlsx", "Kalkylblad")
    sums = Sums(sorted(portfolio.listed, key=lambda known: alphabetical(known.title)), workspace.today)
    about = About(f"Läget i {portfolio.folders[0].name}", made, workspace.settings.organisation)
    notes = portfolio_notes(portfolio._replace(could_not_keep=False), sums.listed, workspace.today)
    lines = (_ABOUT, _COUNTED, *notes)
    return workbook(about, lines, {_INITIATIVES: _initiatives(sums), _TO_DO: _to_do(sums)})


# ------------------------------------------------------------- a row for each


def _initiatives(sums: Sums) -> SheetTable:
    """A row for each initiative, then the sum of all, that of the active, and how many of them it is of."""
    numbers = [_numbers(known, sums.today) for known in sums.listed]
    rows = [
        [*without_people_in(_in_words(known, sums.today)), *_cells(at, said)]
        for at, (known, said) in enumerate(zip(sums.listed, numbers, strict=True))
    ]
    is_active = [known.life == "aktiv" for known in sums.listed]
    totals = _totals(numbers, is_active)
    columns = (*map(Column, _WORDS), *(Column(head, WHOLE) for head in _HEADS))
    return SheetTable(columns, [*rows, *totals], frozenset(range(len(rows), len(rows) + len(totals))))


def _in_words(known: Listed, today: date) -> list[Content]:
    facts = known.facts
    due = facts.next_date(today.isoformat())
    spending = facts.plan.spending
    said = ("minst så mycket" if spending.uncertain else "så mycket") if spending else _UNSAID
    return [
        known.title,
        LIFE_NAMES[known.life],
        step_name(facts.stage) if facts.stage else _UNSAID,
        facts.decision or _UNSAID,
        facts.leader or _UNSAID,
        due.what if due else facts.reason,
        _day(due) if due else _UNSAID,
        said,
    ]


def _day(due: Dated) -> Content:
    return date.fromisoformat(due.first) if due.first == due.last else due.said


def _numbers(known: Listed, today: date) -> list[float | None]:
    """The numbers of an initiative, as they are headed; None where nobody has said."""
    facts = known.facts
    learning: tuple[float | None, ...] = facts.plan.learning or (None,) * len(Balance._fields)
    spent, beside = facts.plan.spending, facts.plan.beside
    kronor = (spent.time, spent.own_work, spent.bought, spent.beyond, spent.total) if spent else (None,) * 5
    states = [measure.state for measure in facts.measures]
    return [
        *(len(facts.overdue(today.isoformat())), facts.red, facts.hours),
        *learning,
        *kronor,
        *((beside.hours or None, beside.kronor or None) if beside else (None, None)),
        *(len(states), sum(state != GoalState.UNMEASURED for state in states)),
        *(states.count(GoalState.REACHED), len(facts.lessons)),
    ]


def _cells(at: int, numbers: Sequence[float | None]) -> list[Content]:
    """The numbers of a row as they stand in it: its cost is the sum of those before it."""
    cells: list[Content] = [_UNSAID if number is None else number for number in numbers]
    total = numbers[_TOTAL - len(_WORDS)]
    if total is not None:
        first, last = (place(at, _TOTAL - back, fixed=False) for back in (len(_KRONOR), 1))
        cells[_TOTAL - len(_WORDS)] = Formula(f"=SUM({first}:{last})", total)
    return cells


def _totals(numbers: Sequence[Sequence[float | None]], is_active: Sequence[bool]) -> list[list[Content]]:
    """The last rows: the sums, and how many of the active they are counted over."""
    last = len(numbers) - 1
    lives = f"{place(0, _LIFE)}:{place(last, _LIFE)}"
    rows: list[list[Content]] = [
        [name, *[""] * (len(_WORDS) - 1)]
        for name in ("Summa, alla", "Summa, aktiva", "Aktiva som summan är räknad på")
    ]
    for column, said in enumerate(zip(*numbers, strict=True), len(_WORDS)):
        cells = f"{place(0, column, fixed=False)}:{place(last, column, fixed=False)}"
        active = [number for number, is_meant in zip(said, is_active, strict=True) if is_meant]
        known = [number for number in active if number is not None]
        rows[0].append(Formula(f"=SUM({cells})", sum(number or 0 for number in said)))
        rows[1].append(Formula(f'=SUMIF({lives},"{LIFE_NAMES["aktiv"]}",{cells})', sum(known)))
        counted = f'=COUNTIFS({lives},"{LIFE_NAMES["aktiv"]}",{cells},">=0")'
        rows[2].append(Formula(counted, len(known)))
    return rows


# --------------------------------------------------------------- what is to do


def _to_do(sums: Sums) -> SheetTable:
    """What is to be decided and measured, and what is late, by date."""
    every = [*sums.to_decide, *sums.to_measure, *sums.overdue]
    rows = sorted({(to_do.initiative.path, to_do.due): to_do for to_do in every}.values(), key=by_date)
    columns = tuple(map(Column, ("Dag", "Senast", "Vad", "Insats", "Vem", "Försenat")))
    return SheetTable(columns, without_people_in([*map(_in_row, rows)]))


def _in_row(to_do: ToDo) -> list[Content]:
    due = to_do.due
    late = "försenat" if to_do.is_late else ""
    return [
        _day(due),
        date.fromisoformat(due.last),
        due.what,
        to_do.initiative.title,
        due.who or _UNSAID,
        late,
    ]
