"""A list of initiatives for other programs and for mail: JSON, Markdown, and tables for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.personal import without_people
from utbildningsprocess.steps import step_name
from utbildningsprocess.swedish import visible_json
from utbildningsprocess.work.portfolio.words import (
    LIFE_NAMES,
    LISTED_HEADINGS,
    LISTED_NUMBERS,
    NO_PROMISES,
    listed_cells,
    when_in_words,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from utbildningsprocess.exports.xlsx_cells import Content
    from utbildningsprocess.work.portfolio.choosing import LineFound, Promises
    from utbildningsprocess.work.portfolio.facts import Dated
    from utbildningsprocess.work.portfolio.listing import Listed

_COLUMNS = (
    "Insats",
    "Titel",
    "Steg",
    "Nästa",
    "Nästa datum",
    "Nästa första dag",
    "Nästa sista dag",
    "Försenat",
    "Röda",
    "Gula",
    "Status",
    "Processledare",
    "Planerade timmar",
)
_DUE_COLUMNS = ("Insats", "Titel", "Vad", "Datum", "Första dag", "Sista dag", "Försenat", "Vem")


def listed_as_json(
    listed: Sequence[Listed],
    today: date,
    lines: Mapping[Path, Sequence[LineFound]] | None,
    promises: Mapping[Path, Sequence[Dated]],
) -> str:
    """A list with an object for each initiative.

    With a search there are also the lines in which the word stands, and with promises all that is due.
    """
    data = []
    for initiative in listed:
        entry = _entry(initiative, today)
        if lines is not None:
            found_in = lines.get(initiative.path, ())
            entry["traffar"] = [{"rad": line.number, "text": line.text} for line in found_in]
        if initiative.path in promises:
            entry["datum"] = [_promise(dated) for dated in promises[initiative.path]]
        data.append(entry)
    return visible_json(json.dumps(data, ensure_ascii=False, indent=2))


def _entry(initiative: Listed, today: date) -> dict[str, object]:
    facts, day = initiative.facts, today.isoformat()
    due = facts.next_date(day)
    what = due.what if due else facts.reason
    return {
        "insats": initiative.name,
        "titel": initiative.title,
        "steg": facts.stage or None,
        "nasta": {"vad": what, "datum": _date(due)} if what else None,
        "forsenat": len(facts.overdue(day)),
        "roda": facts.red,
        "gula": facts.yellow,
        "status": initiative.life,
        "roll": facts.leader or None,
    }


def _promise(dated: Dated) -> dict[str, object]:
    return {"vad": dated.what, "datum": _date(dated), "roll": dated.who or None}


def _date(due: Dated | None) -> dict[str, str] | None:
    return {"ord": due.said, "forsta": due.first, "sista": due.last} if due else None


def listed_as_csv(listed: Sequence[Listed], today: date) -> str:
    """A table that a Swedish spreadsheet opens by its defaults: BOM, semicolon, decimal comma, ISO dates."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    writer.writerows(map(_as_typed, _row(initiative, today)) for initiative in listed)
    return f"\ufeff{out.getvalue().rstrip()}"


def listed_as_xlsx(listed: Sequence[Listed], today: date) -> bytes:
    """A workbook: the initiatives, and everything with a date that is to come or is late.

    Raises WrongUse without XlsxWriter.
    """
    from utbildningsprocess.exports.xlsx import About, tables_to_xlsx
    from utbildningsprocess.exports.xlsx_cells import Column, SheetTable
    from utbildningsprocess.work.workspace import made_date

    rows = [_row(initiative, today) for initiative in listed]
    dues = [row for initiative in listed for row in _due_rows(initiative, today)]
    tables = {
        "Insatser": SheetTable(tuple(map(Column, _COLUMNS)), rows),
        "Datum": SheetTable(tuple(map(Column, _DUE_COLUMNS)), dues),
    }
    return tables_to_xlsx(About("Alla insatser", made_date(today)), tables)


def _row(initiative: Listed, today: date) -> list[Content]:
    facts, day = initiative.facts, today.isoformat()
    due = facts.next_date(day)
    return [
        initiative.name,
        initiative.title,
        step_name(facts.stage) if facts.stage else "",
        *((due.what, due.said, *_days(due)) if due else (facts.reason, "", "", "")),
        len(facts.overdue(day)),
        facts.red,
        facts.yellow,
        LIFE_NAMES[initiative.life],
        facts.leader,
        "" if facts.hours is None else round(facts.hours, 2),
    ]


def _due_rows(initiative: Listed, today: date) -> Iterator[list[Content]]:
    day = today.isoformat()
    for due in initiative.facts.waiting(day):
        late = "Ja" if due.last < day else ""
        yield [initiative.name, initiative.title, due.what, due.said, *_days(due), late, due.who]


def _days(due: Dated) -> tuple[date, date]:
    return date.fromisoformat(due.first), date.fromisoformat(due.last)


def _as_typed(cell: Content) -> str:
    """A cell as text that a spreadsheet reads as what it is."""
    match cell:
        case float():
            return f"{cell:.2f}".rstrip("0").rstrip(".").replace(".", ",")
        case str():
            return _no_formula(cell)
        case _:
            return str(cell)


def listed_as_markdown(listed: Sequence[Listed], today: date) -> str:
    """A table in Markdown, to paste into a page or a matter."""
    from utbildningsprocess.markdown import escaped

    rows = [
        [escaped(without_people(cell)) for cell in listed_cells(initiative, today)] for initiative in listed
    ]
    marks = ["--:" if heading in LISTED_NUMBERS else "---" for heading in LISTED_HEADINGS]
    return "\n".join(f"| {' | '.join(row)} |" for row in (LISTED_HEADINGS, marks, *rows))


def promises_as_markdown(listed: Sequence[Listed], today: date, promises: Promises) -> str:
    """What is due in each initiative and who sees to it, to paste into a mail; empty where nothing is."""
    from utbildningsprocess.markdown import escaped

    blocks = [
        "\n".join([f"**{escaped(initiative.title)}**", "", *_bullets(promises.due[initiative.path], today)])
        for initiative in listed
    ]
    until = f" till och med {promises.until}" if promises.until else ""
    role = f" för {escaped(promises.role)}" if promises.role else ""
    return "\n\n".join([f"Det här väntar{until}{role}:", *blocks]) if blocks else ""


def _bullets(promises: Sequence[Dated], today: date) -> Iterator[str]:
    from utbildningsprocess.markdown import escaped

    for dated in promises:
        who = f" ({escaped(dated.who)})" if dated.who else ""
        yield f"- {when_in_words(dated, today)}: {escaped(dated.what)}{who}"
    if not promises:
        yield f"- {NO_PROMISES}"


def _no_formula(cell: str) -> str:
    """The cell as text: a spreadsheet would run what begins as a formula does."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
