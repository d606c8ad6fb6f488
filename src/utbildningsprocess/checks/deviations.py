"""Findings that people have accepted for a reason: rows of the question `avsteg.godtagna`.

The field `regel` says which: `R24` for every finding of the rule, `R11 L3` for that row's only.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.cells import date_in, line_in
from utbildningsprocess.answers.rows import given_rows, numbered
from utbildningsprocess.checks.model import Deviation
from utbildningsprocess.model import Row
from utbildningsprocess.swedish import clean_line, fold

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.model import Answers, AnswerSheet, Value

NEVER_ACCEPTED = ("R32",)
"""Rules whose findings have to be mended: traces of real people."""
_TARGET = re.compile(r"r?\s*(\d{1,3})(?:\s*[\s:,]\s*([^\W\d]+\d*|\d+))?\.?", re.IGNORECASE)


class Target(NamedTuple):
    """What a deviation is from: a rule, or one row that it hit."""

    rule: str
    row: str

    def __str__(self) -> str:
        return f"{self.rule} {self.row}".rstrip()


def target(text: str) -> Target | None:
    """What `R24`, `r11 l3` or `R11:L3` means; None when it means nothing of the kind."""
    match = _TARGET.fullmatch(clean_line(text))
    return Target(f"R{int(match[1]):02}", row_named(match[2] or "")) if match else None


def row_named(text: str) -> str:
    """A row as findings name it: an id in capitals, a cause or a phase in small letters from a to z."""
    return text.upper() if text[-1:].isdigit() else fold(text)


def deviations(answers: Answers) -> tuple[Deviation, ...]:
    """The deviations there are reasons for; a row that gives none, or names no rule, accepts nothing."""
    read = (_deviation(row) for row in given_rows(answers, DEVIATIONS))
    return tuple(deviation for deviation in read if deviation and deviation.reason)


def _deviation(row: Row) -> Deviation | None:
    meant = target(line_in(row, "regel"))
    if meant is None:
        return None
    return Deviation(*meant, line_in(row, "skal"), line_in(row, "roll"), date_in(row, "datum"))


def accepting(given: Iterable[Deviation], rule: str, row: str) -> Deviation | None:
    """The deviation that accepts a finding: the row's own before the whole rule's."""
    if rule in NEVER_ACCEPTED:
        return None
    named = row_named(row)
    # Rows that have ids now were known by their number alone.
    rows = ("", named, named.lstrip("DHRT"))
    fitting = [deviation for deviation in given if deviation.rule == rule and deviation.row in rows]
    return max(fitting, key=lambda deviation: bool(deviation.row), default=None)


def with_deviation(sheet: AnswerSheet, added: Deviation) -> tuple[Row, ...]:
    """The rows with one deviation more; one from the same rule and row gives way, unless it says the same."""
    rows = given_rows(sheet.answers, DEVIATIONS)
    for place, row in enumerate(rows):
        present = _deviation(row)
        if present and (present.rule, present.row) == (added.rule, added.row):
            added = replace(added, role=added.role or present.role)
            same = (present.reason, present.role) == (added.reason, added.role)
            return rows if same else (*rows[:place], _row(added, row), *rows[place + 1 :])
    return numbered([*rows, _row(added, Row("", {}))], spent=sheet.spent.get(DEVIATIONS, 0))


def _row(deviation: Deviation, replaced: Row) -> Row:
    """The deviation as a row; what did not fit the row it replaces is kept where nothing takes its place."""
    given: dict[str, Value | None] = {
        "regel": str(Target(deviation.rule, deviation.row)),
        "skal": deviation.reason,
        "roll": deviation.role,
        "datum": deviation.on,
    }
    values = {field: value for field, value in given.items() if value}
    unfit = {field: text for field, text in replaced.unfit.items() if field not in values}
    unknown = {field: who for field, who in replaced.unknown.items() if field not in values}
    return Row(replaced.id, values, unfit, unknown)
