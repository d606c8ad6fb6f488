"""What was read of the files of a battery, before it is known whether they fit together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.data_files.yaml_text import Located
    from utbildningsprocess.model import Battery, Question, Stage

Path: TypeAlias = tuple[str | int, ...]
Faults: TypeAlias = "Iterator[tuple[Path, str]]"
Computed: TypeAlias = Mapping[str, tuple[str, ...]]
"""By the address of a computed answer what it can be; nothing when that is not known, or any text."""


class StageReading(NamedTuple):
    """What could be read of one file. A question that could not be read has its id and None."""

    name: str
    located: Located
    stage_id: str
    stage: Stage | None
    questions: tuple[tuple[str, Question | None], ...]


NOT_KNOWN: Computed = MappingProxyType(dict.fromkeys(DERIVED, ()))
"""That there are computed answers, and not what they can be."""


@dataclass(frozen=True)
class Known:
    """The questions a condition may ask for, and what the computed answers it may ask for can be."""

    by_qid: Mapping[str, Question | None]
    stage_ids: tuple[str, ...]
    computed: Computed
    whole: bool = True

    def missing(self, qid: str) -> str:
        """Why an address leads nowhere, or nothing when it leads somewhere or cannot be judged."""
        if qid in self.by_qid or not (self.whole or qid.partition(".")[0] in self.stage_ids):
            return ""
        if "." not in qid:
            near = [known for known in self.by_qid if known.endswith(f".{fold(qid)}")]
            hint = f"Menade du {near[0]}?" if near else "Skriv steg och fråga, till exempel behov.varfor."
        else:
            hint = did_you_mean(qid, [*self.by_qid, *self.computed])
        return f"frågan ”{qid}” finns inte. {hint}".strip()


def known_in(battery: Battery) -> Known:
    """The questions of a battery, for a condition that may not ask for anything computed."""
    by_qid = {question.qid: question for question in battery.questions()}
    return Known(by_qid, tuple(stage.id for stage in battery.stages), {})


@dataclass(frozen=True)
class Reading:
    """All files together; `whole` when every one could be read."""

    files: tuple[StageReading, ...]
    whole: bool
    computed: Computed

    @cached_property
    def known(self) -> Known:
        """The questions of all files, by address."""
        by_qid = {
            f"{file.stage_id}.{qid}": question
            for file in self.files
            for qid, question in file.questions
            if qid
        }
        stage_ids = tuple(file.stage_id for file in self.files)
        return Known(by_qid, stage_ids, self.computed, self.whole)
