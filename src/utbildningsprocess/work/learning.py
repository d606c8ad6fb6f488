"""What is tried in a guided tour, and the copy of the example it is tried on."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Literal, NamedTuple

from pydantic import Field as Key

from utbildningsprocess.conversation.tour import REVIEW, Deed, Moment
from utbildningsprocess.data_files.strict import DataFile, StrictModel, faultless
from utbildningsprocess.files.drafts import drop_drafts
from utbildningsprocess.files.roots import GUIDE, question_text
from utbildningsprocess.files.state import passing_folder
from utbildningsprocess.work.starting import write_example

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.work.initiative import Initiative


class _Moment(StrictModel):
    question: str = Key(alias="fraga")
    deed: Literal["svar", "rad", "tillbaka", "karta", "vet_inte", "lamna"] = Key(alias="nar")
    words: str = Key(alias="gor")
    plain: str = Key(alias="enkel")


class _Guide(StrictModel):
    stage: str = Key(alias="avsnitt")
    document: str = Key(alias="dokument")
    moments: tuple[_Moment, ...] = Key(alias="moment", min_length=1)

    def left_open(self) -> list[str]:
        """The addresses of the questions that something is tried at."""
        names = dict.fromkeys(moment.question for moment in self.moments if moment.question != REVIEW)
        return [f"{self.stage}.{name}" for name in names]


class Lesson(NamedTuple):
    """A copy of the example to learn on: the stage to answer, the document to look at, and what to try."""

    initiative: Initiative
    stage: str
    document: str
    tries: tuple[_Moment, ...]

    def moments(self, *, plain: bool) -> list[Moment]:
        """What to try, said with keys or, in plain lines, with commands."""
        return [
            Moment(moment.question, Deed(moment.deed), moment.plain if plain else moment.words)
            for moment in self.tries
        ]


@contextmanager
def lesson() -> Iterator[Lesson]:
    """A copy of the example with some questions open, in a folder that is gone afterwards."""
    with passing_folder() as folder:
        initiative = write_example(folder).initiative
        guide = _read(question_text(initiative.workspace.root, GUIDE))
        initiative.save(dict.fromkeys(guide.left_open()))
        try:
            yield Lesson(initiative, guide.stage, guide.document, guide.moments)
        finally:
            drop_drafts(initiative.path)


def _read(text: str) -> _Guide:
    """The guide in the text. Raises Broken with every fault in it."""
    file = DataFile(GUIDE)
    mapping = file.mapping(text, "filen ska ha nycklarna ”avsnitt”, ”dokument” och ”moment”.")
    guide = file.validated(_Guide, file.without_format(mapping)) if mapping else None
    return faultless(guide, file)
