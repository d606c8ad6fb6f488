"""A list of initiatives for other programs: JSON, and a table for a spreadsheet."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from utbildningsprocess.steps import step_name
from utbildningsprocess.swedish import visible_json
from utbildningsprocess.work.portfolio.words import LIFE_NAMES, LISTED_HEADINGS, LISTED_NUMBERS, listed_cells

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.work.portfolio.choosing import LineFound
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


def listed_as_json(
    listed: Sequence[Listed], today: date, lines: Mapping[Path, Sequence[LineFound]] | None
) -> str:
    """A list with an object for each initiative; with a search also the lines in which the word stands."""
    data = []
    for initiative in listed:
        entry = _entry(initiative, today)
        if lines is not None:
            found_in = lines.get(initiative.path, ())
            entry["traffar"] = [{"rad": line.number, "text": line.text} for line in found_in]
        data.append(entry)
    return visible_json(json.dumps(data, ensure_ascii=False, indent=2))


def _entry(initiative: Listed, today: date) -> dict[str, object]:
    facts, day = initiative.facts, today.isoformat()
    due = facts.next_date(day)
    return {
        "insats": initiative.path.stem,
        "titel": initiative.title,
        "steg": facts.stage or None,
        "nasta": {"vad": due.what if due else facts.reason or None, "datum": _date(due)},
        "forsenat": len(facts.overdue(day)),
        "roda": facts.red,
        "gula": facts.yellow,
        "status": initiative.life,
        "roll": facts.leader or None,
    }


def _date(due: Dated | None) -> dict[str, str] | None:
    return {"ord": due.said, "forsta": due.first, "sista": due.last} if due else None


def listed_as_csv(listed: Sequence[Listed], today: date) -> str:
    """A table that a Swedish spreadsheet opens by its defaults: BOM, semicolon, decimal comma, ISO dates."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    writer.writerow(_COLUMNS)
    day = today.isoformat()
    for initiative in listed:
        facts = initiative.facts
        due = facts.next_date(day)
        words = (due.what, due.said, due.first, due.last) if due else (facts.reason, "", "", "")
        row = [
            initiative.path.stem,
            initiative.title,
            step_name(facts.stage) if facts.stage else "",
            *words,
            str(len(facts.overdue(day))),
            str(facts.red),
            str(facts.yellow),
            LIFE_NAMES[initiative.life],
            facts.leader,
            "" if facts.hours is None else f"{facts.hours:.2f}".rstrip("0").rstrip(".").replace(".", ","),
        ]
        writer.writerow([_no_formula(cell) for cell in row])
    return f"\ufeff{out.getvalue().rstrip()}"


def listed_as_markdown(listed: Sequence[Listed], today: date) -> str:
    """A table in Markdown, to paste into a page or a matter."""
    from utbildningsprocess.markdown import escaped

    rows = [[escaped(cell) for cell in listed_cells(initiative, today)] for initiative in listed]
    marks = ["--:" if heading in LISTED_NUMBERS else "---" for heading in LISTED_HEADINGS]
    return "\n".join(f"| {' | '.join(row)} |" for row in (LISTED_HEADINGS, marks, *rows))


def _no_formula(cell: str) -> str:
    """The cell as text: a spreadsheet would run what begins as a formula does."""
    return f"'{cell}" if cell[:1] in ("=", "+", "-", "@", "\t", "\r") else cell
