"""What was read of each file of a battery, and the questions they hold, before these are known to fit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from utbildningsprocess.data_files.strict import DataFile
    from utbildningsprocess.model import Battery, Question, Stage

Computed: TypeAlias = Mapping[str, tuple[str, ...]]
"""By the address of a computed answer what it can be; nothing when that is not known, or any text."""


class StageFile(NamedTuple):
    """What could be read of one file. A question that could not be read has its id and None."""

    file: DataFile
    stage_id: str
    stage: Stage | None
    questions: tuple[tuple[str, Question | None], ...]


NOT_KNOWN: Computed = MappingProxyType(dict.fromkeys(DERIVED, ()))
"""That there are computed answers, and not what they can be."""


@dataclass(frozen=True)
class KnownQuestions:
    """The questions a condition may ask for, and what the computed answers it may ask for can be."""

    by_qid: Mapping[str, Question | None]
    stage_ids: tuple[str, ...]
    computed: Computed
    whole: bool = True
    """Whether every file could be read, so that a question not known does not exist."""

    def missing(self, qid: str) -> str:
        """The sentence for an address without a question; empty when there is one, or nobody can tell."""
        if qid in self.by_qid or not (self.whole or qid.partition(".")[0] in self.stage_ids):
            return ""
        if "." not in qid:
            near = [known_qid for known_qid in self.by_qid if known_qid.endswith(f".{fold(qid)}")]
            hint = f"Menade du {near[0]}?" if near else "Skriv steg och fråga, till exempel behov.varfor."
        else:
            hint = did_you_mean(qid, [*self.by_qid, *self.computed])
        return f"frågan ”{qid}” finns inte. {hint}".strip()


def known_in(battery: Battery) -> KnownQuestions:
    """The questions of a battery, for a condition that may not ask for anything computed."""
    by_qid = {question.qid: question for question in battery.questions()}
    return KnownQuestions(by_qid, tuple(stage.id for stage in battery.stages), {})


@dataclass(frozen=True)
class BatteryFiles:
    """All files of a battery together; `whole` when every one could be read."""

    stage_files: tuple[StageFile, ...]
    whole: bool
    computed: Computed

    @cached_property
    def known(self) -> KnownQuestions:
        """The questions of all files, by address."""
        by_qid = {
            f"{file.stage_id}.{question_id}": question
            for file in self.stage_files
            for question_id, question in file.questions
            if question_id
        }
        stage_ids = tuple(file.stage_id for file in self.stage_files)
        return KnownQuestions(by_qid, stage_ids, self.computed, self.whole)
