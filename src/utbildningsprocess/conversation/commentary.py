"""What can be said beside the questions: the methods behind them, what answers come to, advice at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.model import AnswerSheet


@dataclass(frozen=True)
class Commentary:
    """What a conversation can say beside its questions; without any of it, it only asks."""

    method: Callable[[str], str] = lambda _qid: ""
    """The method behind a question, as text to read; empty when there is none."""
    remark: Callable[[str, AnswerSheet], str] = lambda _qid, _sheet: ""
    """What the answers so far come to, in a line, where a question calls for it."""
    summary: Callable[[AnswerSheet], str] = lambda _sheet: ""
    """What a stage comes to when it is done."""
    advice: Callable[[AnswerSheet], Sequence[Finding]] = lambda _sheet: ()
    """The findings of the stage that matter most, few enough to read."""
