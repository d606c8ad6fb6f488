"""The answers and what the time costs as a workbook: sums are formulas, what somebody wrote is text."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple

from utbildningsprocess.exports.extras import need
from utbildningsprocess.exports.xlsx_cells import (
    Column,
    SheetTable,
    Styles,
    cell_text,
    short_text,
    write_table,
)
from utbildningsprocess.exports.xlsx_cost import cost_tables
from utbildningsprocess.exports.xlsx_groups import Groups
from utbildningsprocess.pages.page import REMINDER, UNANSWERED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from xlsxwriter import Workbook

    from utbildningsprocess.exports.xlsx_groups import Sheet
    from utbildningsprocess.model import AnswerSheet
    from utbildningsprocess.settings import Cost

_ABOUT = "Svaren som de stod i dossiern. Ändra där och gör kalkylbladet på nytt."
_COUNTED = "Kostnaden räknas i bladen: ändrar du ett tal här ändras summorna, men inte dossiern."
_A4 = 9


class About(NamedTuple):
    """What a workbook says of itself."""

    title: str
    made: date
    organisation: str = ""


def to_xlsx(about: About, answered: AnswerSheet, cost: Cost, everyday_forms: Mapping[str, bool]) -> bytes:
    """The workbook as bytes, the same for the same answers. Raises WrongUse without XlsxWriter."""
    need("xlsxwriter", "xlsx", "Kalkylblad")
    groups = Groups(answered)
    tables: dict[Sheet, SheetTable] = {
        **groups.tables(),
        **cost_tables(answered, groups, cost, everyday_forms),
    }
    return workbook(about, (_ABOUT, _COUNTED, REMINDER), tables)


def workbook(about: About, lines: Sequence[str], tables: Mapping[Sheet, SheetTable]) -> bytes:
    """A workbook of tables, after a sheet that says what it is, as bytes. WrongUse without XlsxWriter."""
    need("xlsxwriter", "xlsx", "Kalkylblad")
    target = BytesIO()
    with _book(target, about) as book:
        styles = Styles(book)
        _overview(book.add_worksheet("Översikt"), (about.title, *lines), tables, styles)
        for sheet, table in tables.items():
            if table.rows:
                _fill(book.add_worksheet(sheet.name), table, styles)
                for name, cell in table.names.items():
                    book.define_name(name, f"={sheet.name}!{cell}")
        for sheet in book.worksheets():
            _set_paper(sheet, about.title)
    return target.getvalue()


def tables_to_xlsx(about: About, tables: Mapping[str, SheetTable]) -> bytes:
    """A workbook with a sheet for each table as bytes. Raises WrongUse without XlsxWriter."""
    need("xlsxwriter", "xlsx", "Kalkylblad")
    target = BytesIO()
    with _book(target, about) as book:
        styles = Styles(book)
        for name, table in tables.items():
            sheet = book.add_worksheet(name)
            _fill(sheet, table, styles)
            _set_paper(sheet, about.title)
    return target.getvalue()


def _book(target: BytesIO, about: About) -> Workbook:
    """A workbook without sheets, that says whose it is."""
    from xlsxwriter import Workbook

    # So XlsxWriter leaves texts alone; its own errors for numbers would be formulas.
    never = ("strings_to_formulas", "strings_to_urls", "strings_to_numbers", "nan_inf_to_errors")
    book = Workbook(target, {"in_memory": True, **dict.fromkeys(never, False)})
    title, whose = short_text(about.title), short_text(about.organisation)
    # A workbook's times have no zone; the day alone, so that the same day gives the same bytes.
    created = datetime.combine(about.made, time())
    book.set_properties({"title": title, "author": whose, "company": whose, "created": created})
    return book


def _overview(sheet: Any, lines: Sequence[str], tables: Mapping[Sheet, SheetTable], styles: Styles) -> None:
    """The first sheet: whose workbook it is, what stands on the others, and what nobody has answered."""
    for number, line in enumerate(lines):
        sheet.write_string(number, 0, cell_text(line), styles.plain if number else styles.title)
    rows = [
        (tab.name, tab.about, len(table.rows) - len(table.sums) or UNANSWERED)
        for tab, table in tables.items()
    ]
    columns = tuple(map(Column, ("Blad", "Innehåll", "Rader")))
    write_table(sheet, SheetTable(columns, rows), styles, top=len(lines) + 1)


def _fill(sheet: Any, table: SheetTable, styles: Styles) -> None:
    """A table with headings that stay, and filters over what stands above its last sums."""
    write_table(sheet, table, styles)
    last = len(table.rows)
    while last - 1 in table.sums:
        last -= 1
    sheet.freeze_panes(1, 1 if table.columns[0].head == "Id" else 0)
    sheet.autofilter(0, 0, last, len(table.columns) - 1)
    sheet.repeat_rows(0)


def _set_paper(sheet: Any, title: str) -> None:
    """A4 on its side, as wide as the page. The ampersand is a command in a footer."""
    sheet.set_landscape()
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer(f"&L{short_text(title).replace('&', 'och')}&R&A, sida &P av &N")
