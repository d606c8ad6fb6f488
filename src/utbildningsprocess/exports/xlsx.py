"""The groups of an initiative as a workbook: activities, measures, results and what the time costs.

Every text is written as text and every sum as a number, so nothing in the workbook is a formula.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from io import BytesIO
from textwrap import wrap
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias, assert_never

from utbildningsprocess.addresses import (
    ACTIVITIES,
    EFFECT_MEASURES,
    GOALS,
    MEASURES,
    OCCASIONS,
    OTHER_ACTIONS,
    OTHER_ACTIONS_STATUS,
    PARTICIPATION,
    RESULTS,
    TARGET_GROUPS,
)
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.rows import choices, given_rows
from utbildningsprocess.answers.unknown import not_yet
from utbildningsprocess.exports.extras import need
from utbildningsprocess.model import Kind, Period
from utbildningsprocess.pages.page import REMINDER, UNANSWERED
from utbildningsprocess.plan.cost import BOUGHT, PRODUCERS, SHIFT_HOURS, SUBSTITUTES, TRAINERS, TRAVEL
from utbildningsprocess.plan.cost_words import (
    EXAMPLE_TO_REPLACE,
    NOTHING_YET,
    SAME_HOUR,
    WHOLE_FROM,
    for_all_in_words,
    left_out_in_words,
    unknown_parts,
)
from utbildningsprocess.plan.due import coming
from utbildningsprocess.plan.thread import LONGEST_NAME
from utbildningsprocess.swedish import clean, format_number, joined, same, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.model import AnswerSheet, GroupField, Question, Row
    from utbildningsprocess.plan.cost import Balance, Price
    from utbildningsprocess.settings import Cost

_Cell: TypeAlias = str | float | date
"""What a cell holds: text, a number or a day."""

_ABOUT = "Svaren som de stod i dossiern. Ändra där och gör kalkylbladet på nytt."
_MADE = datetime(2000, 1, 1)  # noqa: DTZ001  a workbook's times have no zone; fixed, for the same bytes twice
_FIRST_DAY = date(1900, 3, 1)
"""Workbooks count their days from 1900, and wrongly before this one: earlier days are text."""
_LARGEST = 10**15
"""Numbers are exact below it; above it, and what is no number at all, is text."""
LONGEST_CELL = 32_767
"""What a cell holds, in the units of UTF-16."""
_LONGEST_TITLE = 100
_LEAST = "Minst så mycket: något är inte känt."
_NARROWEST, _WIDEST, _SHEET, _ARROW, _MARGIN = 8, 30, 200, 4, 1
"""In characters: columns, the sheet that a few columns may share, a filter's arrow, a cell's margin."""
_ONE_LINE = 14
"""Characters of a heading that is not divided."""
_LINE, _TALLEST = 15, 409
"""Points: the height of a line, and of the highest row that a workbook may have."""
_A4 = 9
_NO_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class _Sheet(NamedTuple):
    name: str
    qid: str
    about: str


SHEETS = (
    _Sheet("Målgrupper", TARGET_GROUPS, "Vilka som omfattas, och hur många de är."),
    _Sheet("Effektmått", EFFECT_MEASURES, "Vad som ska ändras i verksamheten, från vad till vad och när."),
    _Sheet("Andra insatser", OTHER_ACTIONS, "Vad som görs utöver utbildning, vem som ansvarar och när."),
    _Sheet("Lärandemål", GOALS, "Vad deltagarna ska kunna göra."),
    _Sheet("Aktiviteter", ACTIVITIES, "Vad som görs före, under och efter. Ingen målgrupp betyder alla."),
    _Sheet("Mått", MEASURES, "Hur ni ser att det fungerar. Dagarna räknas från sista tillfället."),
    _Sheet("Tillfällen", OCCASIONS, "När och var det sker."),
    _Sheet("Deltagande", PARTICIPATION, "Hur många som bjöds in, och hur många som fullföljde."),
    _Sheet("Resultat", RESULTS, "Vad varje mått visar."),
    _Sheet("Insatsernas status", OTHER_ACTIONS_STATUS, "Hur det gick med de andra insatserna."),
)
_COST = _Sheet(
    "Kostnad",
    "",
    "Vad deltagarnas tid kostar. Talen är uträknade och ändras inte om du ändrar i de andra bladen.",
)


class _Table(NamedTuple):
    """What a sheet shows: headings, and under each its cells."""

    heads: tuple[str, ...]
    rows: Sequence[Sequence[_Cell]]


class _Styles:
    """How cells look in a workbook."""

    def __init__(self, book: Any) -> None:
        cell = {"text_wrap": True, "valign": "top", "align": "left", "indent": 1, "border": 1}
        cell["border_color"] = "#C9D3D8"
        number = {**cell, "text_wrap": False, "align": "right"}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.plain = book.add_format()
        self.head = book.add_format({**cell, "bold": True, "bg_color": "#E6EEF2"})
        self.text = book.add_format(cell)
        self.guarded = book.add_format({**cell, "quote_prefix": True})
        """For texts that would become formulas if somebody edited the cell and pressed Enter."""
        self.whole = book.add_format({**number, "num_format": "#,##0"})
        self.decimal = book.add_format({**number, "num_format": "#,##0.0##"})
        self.day = book.add_format({**cell, "num_format": "yyyy-mm-dd"})


def to_xlsx(title: str, answered: AnswerSheet, price: Price | None, balance: Balance, cost: Cost) -> bytes:
    """The workbook as bytes, the same for the same answers. Raises WrongUse without XlsxWriter."""
    need("xlsxwriter", "xlsx", "Kalkylblad")
    from xlsxwriter import Workbook

    asked = [(sheet, answered.battery.question(sheet.qid)) for sheet in SHEETS]
    tables = {sheet: _group(question, answered) for sheet, question in asked if question and question.fields}
    tables[_COST] = _Table(("Del", "Post", "Värde", "Enhet", "Förklaring"), [*_cost(price, balance, cost)])
    target = BytesIO()
    # So XlsxWriter leaves texts alone; its own errors for numbers would be formulas.
    never = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors")
    with Workbook(target, {"in_memory": True, **dict.fromkeys(never, False)}) as book:
        book.set_properties({"title": _short(title), "created": _MADE})
        styles = _Styles(book)
        _overview(book.add_worksheet("Översikt"), title, tables, styles)
        for sheet, table in tables.items():
            _fill(book.add_worksheet(sheet.name), table, styles)
        for made in book.worksheets():
            _set_paper(made, title)
    return target.getvalue()


# ---------------------------------------------------------------------- cells


def _text(words: str) -> str:
    """A text as a cell can hold it.

    XlsxWriter takes a text from <r> to </r> for its own and writes it raw; a blank after it prevents that.
    """
    plain = _NO_XML.sub("", clean(words))
    units = plain.encode("utf-16-le")
    if len(units) > 2 * LONGEST_CELL:
        plain = units[: 2 * LONGEST_CELL - 2].decode("utf-16-le", "ignore") + "…"
    return f"{plain} " if plain.endswith("</r>") else plain


def _short(title: str) -> str:
    return shortened(_NO_XML.sub("", title), _LONGEST_TITLE)


def _write(sheet: Any, row: int, column: int, value: _Cell, styles: _Styles) -> None:
    match value:
        case date() if value >= _FIRST_DAY:
            sheet.write_datetime(row, column, value, styles.day)
        case int() | float() if abs(value) < _LARGEST:
            style = styles.whole if float(value).is_integer() else styles.decimal
            sheet.write_number(row, column, value, style)
        case _:
            text = _text(str(value))
            style = styles.guarded if text.startswith(("=", "+", "-", "@")) else styles.text
            sheet.write_string(row, column, text, style)


# --------------------------------------------------------------------- groups


def _group(question: Question, answered: AnswerSheet) -> _Table:
    """The rows of a group under their headings; for measures also the day, when it is known."""
    ids = ["Id"] if question.row_prefix else []
    days = ["Mätdag"] if question.qid == MEASURES else []
    known = _measuring_days(answered) if days else {}
    rows = given_rows(answered.answers, question.qid)
    said = {field_id for row in rows for field_id in row.said}
    fields = [field for field in question.fields if not field.retired or field.id in said]
    return _Table(
        (*ids, *(field.name for field in fields), *days),
        [
            [
                *(row.id for _ in ids),
                *(_value(field, row, answered) for field in fields),
                *(known.get(row.id, "") for _ in days),
            ]
            for row in rows
        ],
    )


def _measuring_days(answered: AnswerSheet) -> dict[str, str | date]:
    """The day of each measure, also of those that have been measured."""
    planned = answered.without({RESULTS})
    dues = [due for due in coming(planned, date.min) if due.qid == MEASURES]
    return {due.row: str(due.on) if isinstance(due.on, Period) else due.on for due in dues}


def _value(field: GroupField, row: Row, answered: AnswerSheet) -> _Cell:
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
    return shortened(next((label for name, label in known if same(name, key)), key), LONGEST_NAME)


# ----------------------------------------------------------------------- cost


def _cost(price: Price | None, balance: Balance, cost: Cost) -> Iterator[tuple[_Cell, ...]]:
    """The price as a row for each number, as `utb status` says it; or what is missing to count with."""
    if price is None:
        yield "Deltagarnas tid", "", "", "", NOTHING_YET
    else:
        yield from _time(price, cost)
        yield from _learning(price, balance)
        yield from _kronor(price)
    yield "En timme", "Medarbetare", round(cost.per_hour, 2), "kronor", _source(cost)
    if cost.substitute_per_hour:
        yield "En timme", "Vikarie", round(cost.substitute_per_hour, 2), "kronor", ""


def _time(price: Price, cost: Cost) -> Iterator[tuple[_Cell, ...]]:
    section, year = "Deltagarnas tid", format_number(cost.hours_a_year)
    travel = ", med restid" if price.travel else ""
    for group in price.groups:
        people, minutes = format_number(group.people), format_number(group.minutes)
        told = f"Antal personer: {people}. Minuter per person{travel}: {minutes}."
        yield section, group.name or "Grupp utan namn", _amount(group.hours), "timmar", told
    notes = (
        f"Restid: {UNANSWERED}." if TRAVEL in price.unknown else "",
        _LEAST if price.has_least_hours else "",
        for_all_in_words(price),
    )
    yield section, "I allt", _amount(price.hours), "timmar", " ".join(filter(None, notes))
    yield section, "I allt", _amount(price.shifts), "arbetspass", f"Ett arbetspass är {SHIFT_HOURS} timmar."
    yield section, "I allt", round(price.years, 1), "årsarbetare", f"En årsarbetare är {year} timmar."
    for name in price.uncounted:
        yield section, name, "", "", "Inte medräknat: antal, minuter eller aktivitet saknas."


def _learning(price: Price, balance: Balance) -> Iterator[tuple[_Cell, ...]]:
    without = "Utan restid." if price.travel else ""
    yield "Lärande", "I vardagen", _amount(balance.everyday), "timmar", without
    yield "Lärande", "Formellt", _amount(balance.formal), "timmar", without
    yield "Lärande", "Obligatoriskt", _amount(balance.mandatory), "timmar", without
    if balance.unsorted:
        yield "Lärande", "Utan form", _amount(balance.unsorted), "timmar", without


def _kronor(price: Price) -> Iterator[tuple[_Cell, ...]]:
    total, expense = (
        _LEAST if is_least else "" for is_least in (price.has_least_total, price.has_least_expense)
    )
    own_work, bought = (
        _known(price, price.own_work, TRAINERS, PRODUCERS),
        _known(price, price.external, BOUGHT),
    )
    substitutes = _known(price, price.substitutes, SUBSTITUTES, note=SAME_HOUR if price.substitutes else "")
    share = "" if price.lacks_numbers else price.per_participant
    new = price.new_expense or ("" if expense else 0.0)
    named: tuple[tuple[str, str, float | str, str], ...] = (
        ("Kostnad", "Deltagarnas tid", price.time_value, _LEAST if price.has_least_hours else ""),
        ("Kostnad", "Eget arbete med att utbilda och ta fram material", *own_work),
        ("Kostnad", "Köpta tjänster, lokaler och material", *bought),
        ("Kostnad", "Merkostnad för vikarier", *_known(price, price.extra, SUBSTITUTES)),
        ("Kostnad", "I allt", price.total, f"{total} {left_out_in_words(price)}".strip()),
        ("Kostnad", "Per deltagare", share, total),
        ("Varav ny utgift", "Vikarier", *substitutes),
        ("Varav ny utgift", "Köpt", *bought),
        ("Varav ny utgift", "I allt", new, f"En del av kostnaden i allt. {expense}".strip()),
    )
    for section, name, amount, note in named:
        yield section, name, amount if isinstance(amount, str) else _whole(amount), "kronor", note


def _known(price: Price, amount: float, *fields: str, note: str = "") -> tuple[float | str, str]:
    """An amount, and which of its parts nobody has answered; no amount when none of it is known."""
    unknown = unknown_parts(price, fields)
    return (amount or "", f"Ej besvarat: {joined(unknown)}.") if unknown else (amount, note)


def _source(cost: Cost) -> str:
    if cost.is_example:
        return EXAMPLE_TO_REPLACE
    known = ", ".join(filter(None, [cost.source, str(cost.year or "")]))
    return known or "Skriv gärna år och källa under ”kostnad” i utb.yaml."


def _amount(number: float) -> float:
    return _whole(number) if number >= WHOLE_FROM else round(number, 1)


def _whole(number: float) -> float:
    return math.floor(number + 0.5) if abs(number) < _LARGEST else number


# --------------------------------------------------------------------- sheets


def _overview(sheet: Any, title: str, tables: dict[_Sheet, _Table], styles: _Styles) -> None:
    """The first sheet: whose workbook it is, and what stands on the others."""
    for number, line in enumerate((title, _ABOUT, REMINDER)):
        sheet.write_string(number, 0, _text(line), styles.plain if number else styles.title)
    rows = [(tab.name, tab.about, len(table.rows) or UNANSWERED) for tab, table in tables.items()]
    _put(sheet, _Table(("Blad", "Innehåll", "Rader"), rows), styles, top=4)


def _fill(sheet: Any, table: _Table, styles: _Styles) -> None:
    """A table with headings that stay, filters, and a sentence where it has no rows."""
    rows = table.rows or [[UNANSWERED, *("" for _ in table.heads[1:])]]
    _put(sheet, _Table(table.heads, rows), styles)
    sheet.freeze_panes(1, 1 if table.heads[0] == "Id" else 0)
    sheet.autofilter(0, 0, len(rows), len(table.heads) - 1)
    sheet.repeat_rows(0)


def _put(sheet: Any, table: _Table, styles: _Styles, top: int = 0) -> None:
    """The table from a row on; its columns and rows as large as what stands in them.

    Excel gives rows their height by itself, LibreOffice does not.
    """
    columns = zip(table.heads, zip(*table.rows, strict=True), strict=True)
    widest = max(_WIDEST, _SHEET // len(table.heads))
    widths = [min(widest, _width(head, cells)) for head, cells in columns]
    for column, (head, width) in enumerate(zip(table.heads, widths, strict=True)):
        sheet.set_column(column, column, width)
        sheet.write_string(top, column, _text(head), styles.head)
    sheet.set_row(top, _height(table.heads, [width - _ARROW for width in widths]))
    for number, row in enumerate(table.rows, top + 1):
        sheet.set_row(number, _height(row, widths))
        for column, value in enumerate(row):
            _write(sheet, number, column, value, styles)


def _width(head: str, values: Sequence[_Cell]) -> int:
    """As wide as the longest line; a long heading breaks between its words."""
    words = max((len(word) for word in ([head] if len(head) <= _ONE_LINE else head.split())), default=0)
    lines = max((len(line) for value in values for line in str(value).split("\n")), default=0)
    return max(_NARROWEST, words + _ARROW + _MARGIN, lines + _MARGIN + 3)


def _height(values: Sequence[_Cell], widths: Sequence[int]) -> int:
    most = max(_lines(str(value), width - _MARGIN) for value, width in zip(values, widths, strict=True))
    return min(_TALLEST, most * _LINE)


def _lines(text: str, width: int) -> int:
    """How many lines a text takes in a column: letters are narrower than the digits that widths count."""
    return sum(len(wrap(line, max(1, width * 11 // 10))) or 1 for line in text.split("\n"))


def _set_paper(sheet: Any, title: str) -> None:
    """A4 on its side, as wide as the page. The ampersand is a command in a footer."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{_short(title).replace('&', 'och')}&R&A, sida &P av &N")
