"""The answers that both sides have changed, read and joined: rows first, for other rows point at them."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.rows import row_key, rows_in
from utbildningsprocess.dossier.markers import trimmed
from utbildningsprocess.dossier.mend.both import ROW_NAMED, pointing_anew
from utbildningsprocess.dossier.merging.bodies import NotProven, chosen_body, is_sound, read_body
from utbildningsprocess.dossier.merging.groups import chosen_rows
from utbildningsprocess.dossier.merging.same_rows import Versions, keys_now, twins_in
from utbildningsprocess.dossier.merging.three_ways import Said
from utbildningsprocess.model import Given, Kind, given_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.dossier.merging.same_rows import Twins
    from utbildningsprocess.dossier.merging.skeletons import TakenApart
    from utbildningsprocess.dossier.pieces import Decoded
    from utbildningsprocess.model import Answer, AnswerSheet, Question, Row

    _Keys: TypeAlias = "list[dict[str, dict[str, str]]]"
    """Of ours, theirs and the base: for each group what its rows were pointed at by, and are now."""

_MOST_TURNS = 8
"""How many groups in a row may point at each other before it is given up to follow them."""


def joined_answers(
    qids: Iterable[str], taken: Said[TakenApart], sheets: Said[AnswerSheet], *, descends: bool
) -> dict[str, Said[Sequence[str]]]:
    """What is to stand between the markers of some questions, on each side.

    `descends` says that ours has grown out of the base. Raises NotProven when it cannot be written.
    """
    bodies = {qid: Said(*(side.answers.get(qid, [""]) for side in taken)) for qid in qids}
    asked = {qid: sheets.ours.battery.question(qid) for qid in bodies}
    groups = _Groups(
        [question for question in asked.values() if question and question.kind is Kind.GROUP],
        bodies,
        sheets,
        descends=descends,
    )
    result: dict[str, Said[Sequence[str]]] = {}
    for qid, question in asked.items():
        if question is not None:
            result[qid] = chosen_body(question, bodies[qid], groups.rows(question))
        elif trimmed(bodies[qid].base) not in map(trimmed, bodies[qid][:2]):
            result[qid] = bodies[qid]
    return result


class _Groups:
    """The groups that have to be joined, read, with the rows that are the same found in all of them."""

    def __init__(
        self,
        questions: Sequence[Question],
        bodies: Mapping[str, Said[Sequence[str]]],
        sheets: Said[AnswerSheet],
        *,
        descends: bool,
    ) -> None:
        self.sheets, self.descends = sheets, descends
        read = {
            question: Said(*(read_body(question, lines) for lines in bodies[question.qid]))
            for question in questions
        }
        self.decoded = {question.qid: sides for question, sides in read.items() if _is_rows(sides)}
        self.questions = [question for question in questions if question.qid in self.decoded]
        self.keys: _Keys = [{}, {}, {}]
        self.versions: dict[str, Versions] = {}
        self.twins: dict[str, list[Twins]] = {}
        for _ in range(_MOST_TURNS):
            before = self.keys
            self._find_twins()
            if before == self.keys:
                break
        else:
            raise NotProven
        self._refuse_unread([question for question in questions if question.qid not in self.decoded], bodies)

    def _find_twins(self) -> None:
        """Finds which rows are the same, once what points at rows points at them as they are called now."""
        keys: _Keys = [{}, {}, {}]
        for question in self.questions:
            sides = self.decoded[question.qid]
            ours, theirs, base = (
                [self._pointing(question, row, number) for row in rows_in(given_value(side.answer))]
                for number, side in enumerate(sides)
            )
            versions = Versions(base, ours, theirs, (sides.base, sides.ours, sides.theirs))
            self.versions[question.qid] = versions
            everyone = twins_in(question, versions, self.sheets, descends=self.descends)
            self.twins[question.qid] = everyone
            for number, side in enumerate((1, 2, 0)):
                if moved := keys_now(question, everyone, side):
                    keys[number][question.qid] = moved
        self.keys = keys

    def _pointing(self, question: Question, row: Row, side: int) -> Row:
        for qid, keys in self.keys[side].items():
            row = pointing_anew(question, row, qid, keys)
        return row

    def _refuse_unread(self, unread: Sequence[Question], bodies: Mapping[str, Said[Sequence[str]]]) -> None:
        """Raises NotProven when rows that cannot be read may point at rows that are called something else."""
        moved = {qid for keys in self.keys for qid in keys}
        for question in unread:
            points = {qid for field in question.fields for qid in field.points_at}
            if question.qid == DEVIATIONS or points & moved:
                ours, theirs, base = bodies[question.qid]
                if moved and not (ours == theirs == base):
                    raise NotProven

    def rows(self, question: Question) -> Said[Answer | None] | None:
        """The rows of a group on each side; None where what stands there cannot be read as rows."""
        if question.qid not in self.twins:
            return None
        versions, everyone = self.versions[question.qid], self.twins[question.qid]
        said = chosen_rows(question, versions, everyone, partial(self._doubted, question))
        return Said(*(Given(rows) if rows else None for rows in said))

    def _doubted(self, question: Question, row: Row) -> set[str]:
        """The fields of a row of theirs that may point at another row among ours than was meant."""
        doubtful = {group.qid: self._doubtful(group) for group in self.questions}
        named = {key for keys in doubtful.values() for key in keys} if question.qid == DEVIATIONS else set()
        fields = set()
        for field in question.fields:
            value = row.values.get(field.id)
            pointed = {key for qid in field.points_at for key in doubtful.get(qid, ())}
            keys = {*map(str, value)} if isinstance(value, tuple) else {str(value)}
            if keys & pointed or named & {*ROW_NAMED.findall(str(value))}:
                fields.add(field.id)
        return fields

    def _doubtful(self, group: Question) -> set[str]:
        """What the rows of a group are pointed at by that ours may not have, where it has other roots."""
        return {
            twins.row_id if group.row_prefix else row_key(group, twins.base)
            for twins in self.twins.get(group.qid, ())
            if twins.base and (twins.is_doubtful or (twins.ours is None and not self.descends))
        }


def _is_rows(sides: Said[Decoded]) -> bool:
    """Whether all that stands in three versions of a group is rows, or nothing."""
    return all(is_sound(side) and (side.answer is None or isinstance(side.answer, Given)) for side in sides)
