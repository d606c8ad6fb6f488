"""What stands beside the questions: the methods behind them, what answers come to, and advice at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.checks import Finding
    from utbildningsprocess.model import AnswerSheet


def _no_method(_qid: str) -> str:
    return ""


def _no_remark(_qid: str, _sheet: AnswerSheet) -> str:
    return ""


def _no_summary(_sheet: AnswerSheet) -> str:
    return ""


def _no_advice(_sheet: AnswerSheet) -> Sequence[Finding]:
    return ()


@dataclass(frozen=True)
class Commentary:
    """What a conversation can draw on; without any of it, it only asks."""

    method: Callable[[str], str] = _no_method
    """The method behind a question, as text to read; empty when there is none."""
    remark: Callable[[str, AnswerSheet], str] = _no_remark
    """What the answers so far come to, in a line, where a question calls for it."""
    summary: Callable[[AnswerSheet], str] = _no_summary
    """What a stage comes to when it is done."""
    advice: Callable[[AnswerSheet], Sequence[Finding]] = _no_advice
    """The findings of the stage that matter most, few enough to read."""
