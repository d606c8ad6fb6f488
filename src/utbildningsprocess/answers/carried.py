"""What the answers of an earlier initiative give a new one to begin from, and what of them never follows."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DECISION, DECISIONS, DEVIATIONS, stage_of
from utbildningsprocess.answers.conditions import field_applies
from utbildningsprocess.answers.of_its_time import of_its_time
from utbildningsprocess.answers.rows import given_rows, naming_fields, row_key, rows_in
from utbildningsprocess.answers.settled import EarlierOption
from utbildningsprocess.answers.unknown import chooses_unknown
from utbildningsprocess.model import GroupField, Kind, Question, Row, given_value
from utbildningsprocess.personal import personal_numbers
from utbildningsprocess.steps import ANALYSIS, CONCEPT, DELIVERY, FOLLOW_UP, NEED, PRODUCTION
from utbildningsprocess.swedish import in_quotation_marks, joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.model import AnswerSheet, Item, Value

_STAGES = (NEED, ANALYSIS, CONCEPT, PRODUCTION)
"""The plan of an initiative: what happened after it belongs to that one."""
_PEOPLE = "personer"
_DATES, _PEOPLE_LEFT, _DECISIONS, _OF_THEN = "datum", "antal personer", "beslut", "det som bara gällde då"
_BEYOND = {DELIVERY: "genomförandet", FOLLOW_UP: "uppföljningen", stage_of(DEVIATIONS): "avstegen"}
_LEFT = (_DATES, _PEOPLE_LEFT, _DECISIONS, _OF_THEN, *_BEYOND.values())
"""What never follows, in the order it is told."""
_LONGEST_TITLE, _LONGEST_QUOTED, _MOST_QUOTED = 60, 40, 3
_ALIKE = 0.5
"""The share of its words that a row keeps when it is the same row, worded otherwise."""


class Forerunner(NamedTuple):
    """An earlier initiative that a new one begins from."""

    title: str
    sheet: AnswerSheet

    @property
    def quoted(self) -> str:
        """Its title in a sentence."""
        return in_quotation_marks(self.title, _LONGEST_TITLE)

    def carried(self, question: Question, sheet: AnswerSheet) -> Value | None:
        """What the new answers in a sheet can take over for a question of theirs; None for nothing."""
        same_question = self.sheet.battery.question(question.qid)
        value = given_value(self.sheet.answers.get(question.qid))
        if value is None or same_question is None or same_question.kind is not question.kind:
            return None
        if not _is_of_plan(question) or not _may_follow(question):
            return None
        if question.kind.family == "rows":
            rows = tuple(self._row(question, row, sheet) for row in rows_in(value))
            return tuple(row for row in rows if row.values) or None
        return self._followed(question, value, sheet)

    def left_behind(self) -> tuple[str, ...]:
        """In words what is answered there and never follows."""
        left = {*self._left_behind()}
        return tuple(name for name in _LEFT if name in left)

    # ------------------------------------------------------------- helpers

    def _row(self, question: Question, row: Row, sheet: AnswerSheet) -> Row:
        """A row without what does not follow or is not asked here.

        It keeps its id, so that what points at it does so here.
        """
        values = {
            field.id: followed
            for field in question.fields
            if field.id in row.values
            and _may_follow(field)
            and (followed := self._followed(field, row.values[field.id], sheet)) is not None
        }
        here = Row(row.id, values)
        asked = {field.id for field in question.fields if field_applies(field, here, sheet)}
        return Row(row.id, {key: value for key, value in values.items() if key in asked})

    def _followed(self, item: Item, value: Value, sheet: AnswerSheet) -> Value | None:
        """A value as it can be given here, by what is offered and what rows there are. No personal number."""
        if chooses_unknown(item, value) or personal_numbers(str(value)):
            return None
        if isinstance(value, dict):
            return _statements(item, value)
        if item.kind in (Kind.REFERENCE, Kind.REFERENCES) or item.options:
            keys = value if isinstance(value, tuple) else (value,)
            here = tuple(key for key in (self._here(item, str(key), sheet) for key in keys) if key)
            return (here or None) if isinstance(value, tuple) else next(iter(here), None)
        return value

    def _here(self, item: Item, key: str, sheet: AnswerSheet) -> str | None:
        """What a key chosen there is called here; None where it is not offered, or the row is not here."""
        if item.options:
            is_own = item.own_words and all(option.id != key for option in item.options)
            return key if is_own or any(option.id == key for option in item.offered) else None
        return next((led for qid in item.points_at if (led := self._led(qid, key, sheet))), None)

    def _led(self, qid: str, key: str, sheet: AnswerSheet) -> str | None:
        """The key of the row of a group here that says what the row with that key says there."""
        there, here = self.sheet.battery.question(qid), sheet.battery.question(qid)
        if there is None or here is None:
            return None
        meant = next(
            (row for row in given_rows(self.sheet.answers, qid) if row_key(there, row) == key), Row("", {})
        )
        words, rows = _words(there, meant), given_rows(sheet.answers, qid)
        same = (row for row in rows if words and _words(here, row) == words)
        reworded = (row for row in rows if row.id == meant.id and _alike(words, _words(here, row)))
        return next((row_key(here, row) for row in (*same, *reworded)), None)

    def _left_behind(self) -> Iterator[str]:
        """What is left behind of each answer, one after the other."""
        for question in self.sheet.battery.questions():
            value = given_value(self.sheet.answers.get(question.qid))
            if value is not None and stage_of(question.qid) in _STAGES:
                yield from (name for item in _answered(question, value) if (name := _as_left(question, item)))
            elif value is not None:
                yield _BEYOND.get(stage_of(question.qid), "")


def carried_from(earlier: Forerunner, value: Value) -> str:
    """Where a draft comes from, and what in it is to be checked because it may no longer be true."""
    origin = f"Utkast ur {earlier.quoted}."
    said = of_its_time("\n".join(_texts_of(value)))
    mentioned = joined([*_mentioned("datum", said.dates), *_mentioned("antal", said.people)])
    return f"{origin} Utkastet nämner {mentioned}: stämmer det nu?" if mentioned else origin


def _mentioned(kind: str, words: Sequence[str]) -> Iterator[str]:
    """What is mentioned of a kind, in the words of the draft; nothing where nothing is."""
    if words:
        name = f"ett {kind}" if len(words) == 1 else kind
        quoted = joined((in_quotation_marks(said, _LONGEST_QUOTED) for said in words), most=_MOST_QUOTED)
        yield f"{name} ({quoted})"


def _texts_of(value: object) -> Iterator[str]:
    """The texts in a value, in its rows, too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, Row):
        yield from _texts_of(tuple(value.values.values()))
    elif isinstance(value, tuple):
        for inner in value:
            yield from _texts_of(inner)


def _answered(question: Question, value: Value) -> Iterator[Item]:
    """What is answered in an answer: the question, or the fields of its rows."""
    said = {key for row in rows_in(value) for key in row.values}
    yield question
    yield from (field for field in question.fields if field.id in said)


def _is_of_plan(question: Question) -> bool:
    """Whether a question is about the plan, which its own answers do not give, with rows to choose among."""
    return stage_of(question.qid) in _STAGES and not question.proposal and question.most_rows != 1


def _may_follow(item: Item) -> bool:
    """Whether an answer can be true of another initiative, too."""
    is_later = isinstance(item, GroupField) and (item.late or item.retired)
    is_of_then = item.kind in (Kind.DATE, Kind.TIME_SPAN) or item.unit == _PEOPLE
    return not (item.always_new or is_later or is_of_then)


def _statements(item: Item, value: Mapping[str, str]) -> dict[str, str] | None:
    """The statements that say what they said, each with an option that is known."""
    asked = {statement.id for statement in item.asked_statements} if isinstance(item, Question) else set()
    known = {option.id for option in item.offered}
    return {
        key: option
        for key, option in value.items()
        if key in asked and option in known and not isinstance(option, EarlierOption)
    } or None


def _words(question: Question, row: Row) -> frozenset[str]:
    """The words that a row is known by."""
    named = " ".join(str(row.values.get(field.id, "")) for field in naming_fields(question, row))
    return frozenset(re.findall(r"\w+", named.casefold()))


def _alike(words: frozenset[str], others: frozenset[str]) -> bool:
    """Whether a row that is known by other words is the same row, worded otherwise."""
    return len(words & others) >= _ALIKE * len(words) > 0


def _as_left(question: Question, item: Item) -> str:
    """What a thing is called that does not follow; empty for one that may."""
    if _may_follow(item) or (item is not question and not _may_follow(question)):
        return ""
    if item.kind in (Kind.DATE, Kind.TIME_SPAN):
        return _DATES
    if item.unit == _PEOPLE:
        return _PEOPLE_LEFT
    return _DECISIONS if question.qid in (DECISION, DECISIONS) else _OF_THEN
