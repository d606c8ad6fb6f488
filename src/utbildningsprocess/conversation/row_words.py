"""What a row of a group is called while its group is asked, and what points at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import choices, references, row_key, row_label

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import GroupField, Question, Row


class RowWords(NamedTuple):
    """The rows of one group in words."""

    interview: Interview
    question: Question
    prefilled_field: GroupField | None
    """The field that rows can be begun with, if there is one."""

    def pointed_at(self, row: Row) -> Iterator[str]:
        """A sentence for each answer that points at a row."""
        interview, key = self.interview, row_key(self.question, row)
        pointing = [reference.qid for reference in references(interview.sheet) if reference.key == key]
        for qid in dict.fromkeys(pointing):
            asked = interview.battery.question(qid)
            if asked and any(self.question.qid in field.points_at for field in asked.fields):
                yield f"Svaret på ”{asked.text}” hänvisar till {key}."

    def name(self, row: Row) -> str:
        """What a row is, and its id: Mål L1."""
        name = self.question.row_name
        return f"{name[:1].upper()}{name[1:]} {row.id}"

    def label(self, row: Row) -> str:
        """The row in a few words; one with no words of its own by what it was prefilled with."""
        label, begun = row_label(self.question, row), self.begun_with(row)
        bare = label in (row.id, f"Rad {row.id}")
        if not (bare and begun):
            return label
        return f"{row.id} {begun}" if self.question.row_prefix else begun

    def begun_with(self, row: Row) -> str:
        """What a prefilled row was begun with, as people read it; empty for other rows."""
        if self.prefilled_field is None:
            return ""
        labels = dict(choices(self.prefilled_field, self.interview.sheet))
        key = str(row.values.get(self.prefilled_field.id, ""))
        return labels.get(key) or self.prefilled_field.label(key)
