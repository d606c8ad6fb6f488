"""What a conversation can draw on in a workspace: methods, what the answers come to, and the thread check."""

from __future__ import annotations

import shutil
from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ACTIVITIES, COST_BASIS, TARGET_GROUPS
from utbildningsprocess.conversation.commentary import Commentary
from utbildningsprocess.steps import ANALYSIS, CONCEPT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.checks import Finding
    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.model import AnswerSheet, Stage

WIDEST = 100
MOST_FINDINGS = 3
COUNTED = (TARGET_GROUPS, ACTIVITIES, COST_BASIS)
"""The questions whose answers change what the participants' time costs."""


def support_for(workspace: Workspace, stage: Stage) -> Commentary:
    """The support of one stage. Nothing is read or counted before it is asked for."""
    summaries = {ANALYSIS: diagnosis, CONCEPT: time_cost}
    summary = summaries.get(stage.id, lambda _workspace, _answers: "")
    return Commentary(
        method=partial(_method, workspace),
        remark=partial(_remark, workspace, stage.id),
        summary=partial(summary, workspace),
        advice=partial(_advice, workspace, stage.id),
    )


def is_plain(workspace: Workspace) -> bool:
    """Whether columns and bars would be in the way, as they are when a screen reader reads them across."""
    from utbildningsprocess.faces.choosing import wishes_lines

    return workspace.root.settings.plain or wishes_lines()


def width() -> int:
    """The columns that text for people is set in."""
    return min(WIDEST, shutil.get_terminal_size().columns - 1)


def _method(workspace: Workspace, qid: str) -> str:
    from utbildningsprocess.learning_objects import in_plain_text, method_for, to_read

    found = method_for(workspace.methods, qid)
    settings = workspace.root.settings
    return in_plain_text(to_read(found, settings.contact, settings.library)) if found else ""


def _remark(workspace: Workspace, stage: str, qid: str, sheet: AnswerSheet) -> str:
    """The time so far, after an answer in Koncept that changes it."""
    if stage != CONCEPT or qid not in COUNTED:
        return ""
    from utbildningsprocess.plan.cost_words import in_short

    price = workspace.case(sheet).price
    return in_short(price) if price else ""


def _advice(workspace: Workspace, stage: str, sheet: AnswerSheet) -> Sequence[Finding]:
    from utbildningsprocess.checks import check, most_important

    found = check(workspace.case(sheet), workspace.checks)
    return most_important(found, stage, MOST_FINDINGS)


def diagnosis(workspace: Workspace, sheet: AnswerSheet, *, bars: bool = False) -> str:
    """The diagnosis of the answers, in words."""
    from utbildningsprocess.diagnosis import diagnose, explained, tipping_points

    rules = workspace.rules
    tipping = tipping_points(rules, sheet)
    return explained(rules, sheet.battery, diagnose(rules, sheet.answers), tipping, width=width(), bars=bars)


def time_cost(workspace: Workspace, sheet: AnswerSheet) -> str:
    """What the participants' time costs, and how it divides between kinds of learning."""
    from utbildningsprocess.plan.cost import balance
    from utbildningsprocess.plan.cost_words import explained

    price = workspace.case(sheet).price
    if price is None:
        return ""
    learning = balance(sheet.answers, workspace.rules.everyday_forms())
    settings = workspace.root.settings
    return explained(price, learning, settings.cost, esther=settings.esther)
