"""Deviations that accept nothing: what is wrong with each, and what to write instead.

A deviation from a finding that is no longer there is in order: it waits for the finding to come back.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.cells import filled_rows, line_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.deviations import NEVER_ACCEPTED, row_named, target
from utbildningsprocess.checks.koncept import PHASE_WORDS
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.checks.reports import accept_command
from utbildningsprocess.checks.texts import no_such_rule
from utbildningsprocess.swedish import joined, same

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.deviations import Target
    from utbildningsprocess.checks.model import Finding

_HEADING = re.compile(r"^ {0,3}#{1,2}\s+(.*?)[\s#]*$")
_RULE = re.compile(r"\bR\d{1,3}\b", re.IGNORECASE)
_COUNTS_NOT = "räknas inte"


def unheeded(case: Case, findings: Sequence[Finding]) -> Iterator[tuple[str, str]]:
    """The rows of the accepted deviations that accept nothing, by id, each with a sentence."""
    for row in filled_rows(given_rows(case.sheet.answers, DEVIATIONS)):
        rule = line_in(row, "regel")
        meant = target(rule)
        if not rule:
            yield row.id, f"Avsteget {_COUNTS_NOT}: raden säger inte vilken regel. Skriv ”- **Regel:** R24”."
        elif meant is None:
            why = f"”{rule}” är ingen regel. Skriv till exempel R24 eller R11 L3."
            yield row.id, f"Avsteget {_COUNTS_NOT}: {why}"
        elif wrong := _wrong_rule(meant) or _wrong_row(meant, case, findings):
            yield row.id, f"Avsteget från {meant} {_COUNTS_NOT}: {wrong}"
        elif not line_in(row, "skal"):
            yield row.id, f"Avsteget från {meant} {_COUNTS_NOT}: skälet saknas. Skriv ”- **Skäl:** …”."


def _wrong_rule(meant: Target) -> str:
    """Why nothing can be accepted of the rule that is meant; empty when it can."""
    if meant.rule not in CHECKS:
        return f"regeln finns inte. {no_such_rule(meant.rule, tuple(CHECKS))}"
    if meant.rule in NEVER_ACCEPTED:
        return "den regeln går inte att godta. Ta bort det som den har hittat."
    return ""


def _wrong_row(meant: Target, case: Case, findings: Sequence[Finding]) -> str:
    """Why nothing can be accepted for the row that is meant; empty when it can, or none is meant."""
    rule, row = meant
    rows = [finding.row for finding in findings if finding.rule == rule]
    if not row:
        return ""
    if rows and not any(rows):
        return f"regeln gäller ingen enskild rad. Skriv bara {rule}."
    if row not in _known_rows(case):
        return f"raden {row} finns inte. Skriv {rule} och en rad som finns, eller bara {rule}."
    if rows and _group(row) not in map(_group, rows):
        return f"regeln har fynd på {joined(rows)}. Skriv en av dem, eller bara {rule}."
    return ""


def _known_rows(case: Case) -> set[str]:
    """What a finding's row can be: a row of any group, a cause or a phase."""
    rows = {row.id for qid in case.sheet.answers for row in given_rows(case.sheet.answers, qid)}
    return {row_named(row) for row in (*rows, *case.diagnosis_model.causes, *PHASE_WORDS)}


def _group(row: str) -> str:
    """What a row's name tells of its group: the letters before its number, or a dash for a mere name."""
    letters = row.rstrip("0123456789")
    return letters if letters != row else "-"


def astray(lines: Iterable[tuple[int, str]], typed: str) -> Iterator[tuple[int, str]]:
    """Of the lines outside the answers those that look like deviations, each with a sentence."""
    inside = False
    for number, line in lines:
        rule = _RULE.search(line)
        if heading := _HEADING.match(line):
            inside = same(heading[1], "Avsteg")
        elif line.lstrip().startswith("#") and not rule:
            inside = False
        elif inside and rule:
            name = rule[0].upper()
            instead = f"det står utanför markörerna. Skriv: {accept_command(typed, name)}"
            yield number, f"Avsteget från {name} {_COUNTS_NOT}: {instead}"
