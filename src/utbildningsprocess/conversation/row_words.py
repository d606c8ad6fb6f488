"""What a row of a group is called while its group is asked, and what points at it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.rows import choices, naming_fields, references, row_key, row_label
from utbildningsprocess.interview import beside_name, field_in_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import GroupField, Question, Row


_MOST_COLUMNS = 3
"""Beside the name of a row: what tells it from the others has room on a narrow screen."""


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
        """The row in a few words; by what it was begun with, unless it has an id and words of its own."""
        label, begun = row_label(self.question, row), self.begun_with(row)
        if begun and not self.question.row_prefix:
            return begun
        return f"{row.id} {begun}" if begun and label == row.id else label

    def in_full(self, row: Row) -> tuple[str, str]:
        """The row in a few words, and what else it says."""
        return self.label(row), beside_name(self.question, row)

    def begun_with(self, row: Row) -> str:
        """What a prefilled row was begun with, as people read it; empty for other rows."""
        if self.prefilled_field is None:
            return ""
        labels = dict(choices(self.prefilled_field, self.interview.sheet))
        key = str(row.values.get(self.prefilled_field.id, ""))
        return labels.get(key) or self.prefilled_field.label(key)

    def table(self, rows: Sequence[Row]) -> tuple[list[str], list[list[str]]]:
        """The rows as a table: its heads, and for each row its name and what a few of its fields say."""
        naming = [field.id for row in rows for field in naming_fields(self.question, row)]
        by_need = sorted(self.question.fields, key=lambda field: not field.core)
        told = [
            field
            for field in by_need
            if field.id not in naming
            and field != self.prefilled_field
            and any(field.id in row.said for row in rows)
        ][:_MOST_COLUMNS]
        heads = [self.question.row_name.capitalize(), *(field.name for field in told)]
        return heads, [[self.label(row), *(field_in_words(field, row) for field in told)] for row in rows]

    def undone(self, now: Sequence[Row], earlier: Sequence[Row]) -> str:
        """What was taken back, when the rows became what they were."""
        ids, earlier_ids = [row.id for row in now], [row.id for row in earlier]
        told = {
            "borta igen": [row for row in now if row.id not in earlier_ids],
            "tillbaka": [row for row in earlier if row.id not in ids],
            "som förut": [row for row in earlier if row.id in ids and row not in now],
        }
        said = [f"{self._several(rows)} är {how}" for how, rows in told.items() if rows]
        return f"Ångrat: {', och '.join(said) or 'ordningen är som förut'}."

    def _several(self, rows: Sequence[Row]) -> str:
        return self.label(rows[0]) if len(rows) == 1 else f"{len(rows)} rader"
