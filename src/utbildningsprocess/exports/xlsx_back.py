"""A workbook that somebody hands over: its bytes -> the cells of its sheets, as text, never as formulas."""

from __future__ import annotations

import re
from datetime import date, datetime
from io import BytesIO
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.extras import need
from utbildningsprocess.swedish import clean

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.answers.tables import Cells

_MOST_CELLS = 2_000_000
_CELL = re.compile(rb'<(?:\w+:)?c\b[^>]{0,200}?\br="([A-Z]{1,3})(\d{1,7})"')
_SHEET = re.compile(r"xl/.+\.xml", re.IGNORECASE)
_SAVE_AS_CSV = "Spara bladet som CSV (UTF-8) och läs in den filen."


def cells_of_workbook(data: bytes, parts: Mapping[str, bytes], name: str) -> list[Cells]:
    """The cells of each sheet that has any; `parts` is what the workbook is packed of, by path.

    Raises Broken for what is no workbook, is damaged, locked, or spans far too many cells; Missing without
    the library.
    """
    if any(_cells_spanned(sheet) > _MOST_CELLS for path, sheet in parts.items() if _SHEET.fullmatch(path)):
        raise Broken(f"{name} är för stor för att läsas in. {_SAVE_AS_CSV}")
    need("python_calamine", "enkat", "Svar i kalkylblad (xlsx)")
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError

    try:
        workbook = CalamineWorkbook.from_filelike(BytesIO(data))
        sheets = [workbook.get_sheet_by_name(sheet).to_python() for sheet in workbook.sheet_names]
    except PasswordError:
        raise Broken(f"{name} är låst med lösenord. Ta bort lösenordet, eller: {_SAVE_AS_CSV}") from None
    except (CalamineError, ValueError, OSError):
        raise Broken(f"{name} är skadad eller inget kalkylblad. {_SAVE_AS_CSV}") from None
    tables = [tuple(tuple(map(_text, row)) for row in rows) for rows in sheets]
    filled = [tuple(row for row in table if any(row)) for table in tables]
    return [table for table in filled if table]


def _cells_spanned(sheet: bytes) -> int:
    """How many cells a sheet spans, from its first to the one furthest away."""
    widest = tallest = 0
    for column, row in _CELL.findall(sheet):
        width = 0
        for letter in column:
            width = width * 26 + letter - 64
        widest, tallest = max(widest, width), max(tallest, int(row))
    return widest * tallest


def _text(value: object) -> str:
    """A cell as text: whole numbers without decimals, days as they are sorted."""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return value.isoformat()[:10]
    return clean(str(value)).strip()
