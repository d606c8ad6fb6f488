"""The thread check of one text, whatever its file is called: computed once, and kept for another day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date  # noqa: TC003  pydantic evaluates the annotations
from functools import cache
from pathlib import PurePath
from typing import TYPE_CHECKING

from pydantic import TypeAdapter

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.checks.findings import applying, check
from utbildningsprocess.checks.model import Finding  # noqa: TC001  as above
from utbildningsprocess.checks.unheeded import astray, unheeded
from utbildningsprocess.dossier.document import read
from utbildningsprocess.model import Given, Problem
from utbildningsprocess.work.portfolio.watched_day import WatchedDay

if TYPE_CHECKING:
    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.work.workspace import Workspace


@dataclass(frozen=True)
class Checked:
    """What the thread check of a text gives, and from which day through which."""

    title: str
    identity: str
    """The letters the initiative is known by; empty in an old dossier."""
    findings: tuple[Finding, ...]
    applied: tuple[str, ...]
    """The ids of the rules whose stage is begun."""
    problems: tuple[Problem, ...]
    unheeded: tuple[tuple[int, str], ...]
    """The lines where a deviation stands that accepts nothing, each with a sentence."""
    since: date
    until: date
    given: frozenset[str]
    """The addresses of the questions that have got an answer."""
    answered: frozenset[str]
    """Those of the questions whose answer says anything at all, as that nobody knows yet."""
    places: frozenset[str]
    """Those of the questions that have a place for their answer."""


def checked(workspace: Workspace, content: Dossier, typed: str) -> Checked:
    """The thread check of a dossier that a person means by typing a name."""
    today = WatchedDay(workspace.today)
    asked = workspace.case(content.sheet, content.outside)
    case = replace(asked, today=today, file_name=PurePath(typed).name)
    findings = check(case, workspace.thread_rules)
    rows = [(content.line_of(DEVIATIONS, row), why) for row, why in unheeded(case, findings)]
    return Checked(
        title=content.title,
        identity=content.identity,
        findings=tuple(
            replace(finding, line=content.line_of(finding.qid, finding.row)) for finding in findings
        ),
        applied=tuple(rule.id for rule in applying(case, workspace.thread_rules)),
        problems=content.problems,
        unheeded=tuple(sorted([*rows, *astray(content.outside_lines(), typed)])),
        since=today.since,
        until=today.until,
        given=frozenset(qid for qid, answer in content.answers.items() if isinstance(answer, Given)),
        answered=frozenset(content.answers),
        places=frozenset(content.lines),
    )


def checked_text(workspace: Workspace, text: str, typed: str) -> Checked | None:
    """The thread check of a text; none where it is damaged."""
    content = read(text, workspace.battery)
    return None if content.structural_problems else checked(workspace, content, typed)


def checked_to_json(value: Checked | None) -> str:
    """It as text to keep."""
    return _adapter().dump_json(value).decode()


def checked_from_json(text: str) -> Checked | None:
    """What was kept."""
    return _adapter().validate_json(text)


@cache
def _adapter() -> TypeAdapter[Checked | None]:
    return TypeAdapter(Checked | None)
