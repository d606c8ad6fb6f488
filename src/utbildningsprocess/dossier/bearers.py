"""Names of rows that something points at, where two rows may be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import given_rows, pointing_at, row_key
from utbildningsprocess.model import Problem
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.answers.rows import Reference
    from utbildningsprocess.dossier.traces import NewName
    from utbildningsprocess.model import AnswerSheet, Question


class Doubt(NamedTuple):
    """A name that may mean two rows, the line from 1 where that is seen, and what points at the name."""

    question: Question
    name: str
    line: int
    references: Sequence[Reference]
    bearer_before: str = ""
    """What the row is called now that had the name; empty when two rows have it."""

    @property
    def what(self) -> str:
        """What is in doubt, for people."""
        if not self.bearer_before:
            return f"Två rader heter ”{self.name}”. Vilken menas i {self._where}?"
        return (
            f"En rad som hette ”{self.name}” heter nu ”{self.bearer_before}”, och en annan rad har "
            f"fått det gamla namnet. Vilken menas i {self._where}?"
        )

    @property
    def problem(self) -> Problem:
        """The doubt as something to tell of when the dossier is read."""
        public = f"{self.question.qid}: Ett namn kan mena två rader. Det står i {self._where}."
        return Problem(self.line, f"{self.question.qid}: {self.what} Kör utb laga.", public=public)

    @property
    def _where(self) -> str:
        return joined(dict.fromkeys(f"{place.qid} {place.row_id}" for place in self.references))


def doubts(
    sheet: AnswerSheet,
    new_names: Mapping[str, Sequence[NewName]],
    lines: Mapping[tuple[str, str], int],
) -> Iterator[Doubt]:
    """The names that something points at and that may mean two rows; `lines` are the rows', from 1."""
    for question in sheet.battery.questions():
        if question.row_prefix or not question.fields:
            continue
        names: set[str] = set()
        for row in given_rows(sheet.answers, question.qid):
            name = row_key(question, row)
            if name in names and (pointing := pointing_at(sheet, question.qid, name)):
                yield Doubt(question, name, lines.get((question.qid, row.id), 1), pointing)
            names.add(name)
        changes = new_names.get(question.qid, ())
        for change in changes:
            pointing = pointing_at(sheet, question.qid, change.old) if change.old in names else []
            if pointing:
                yield Doubt(question, change.old, change.line, pointing, called_now(change.old, changes))


def called_now(name: str, changes: Sequence[NewName]) -> str:
    """What the row is called that has had a name; empty when no row has."""
    steps = {change.old: change.new for change in changes}
    passed: list[str] = []
    while name in steps and name not in passed:
        passed.append(name)
        name = steps[name]
    return name if passed else ""
