"""What was read of the files of a battery, before it is known whether they fit together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from utbildningsprocess.model import DERIVED
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import Question, Stage
    from utbildningsprocess.yaml_text import Located

Path: TypeAlias = tuple[str | int, ...]
Faults: TypeAlias = "Iterator[tuple[Path, str]]"


class StageReading(NamedTuple):
    """What could be read of one file. A question that could not be read has its id and None."""

    name: str
    located: Located
    stage_id: str
    stage: Stage | None
    questions: tuple[tuple[str, Question | None], ...]


@dataclass(frozen=True)
class Reading:
    """All files together; `whole` when every one could be read."""

    files: tuple[StageReading, ...]
    whole: bool

    @cached_property
    def by_qid(self) -> dict[str, Question | None]:
        return {
            f"{file.stage_id}.{qid}": question
            for file in self.files
            for qid, question in file.questions
            if qid
        }

    def missing(self, qid: str) -> str:
        """Why an address leads nowhere, or nothing when it leads somewhere or cannot be judged."""
        stage_ids = [file.stage_id for file in self.files]
        if qid in self.by_qid or not (self.whole or qid.partition(".")[0] in stage_ids):
            return ""
        if "." not in qid:
            near = [known for known in self.by_qid if known.endswith(f".{fold(qid)}")]
            hint = f"Menade du {near[0]}?" if near else "Skriv steg och fråga, till exempel behov.varfor."
        else:
            hint = did_you_mean(qid, [*self.by_qid, *DERIVED])
        return f"frågan ”{qid}” finns inte. {hint}".strip()
