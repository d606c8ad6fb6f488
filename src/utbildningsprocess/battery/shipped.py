"""What we ship, beside questions that are not quite ours: what they leave out, and other words for the same.

An organisation may ask less than we do, and call Esther by another name. Our templates, rules and texts go on
naming what it has left out, which reads as unanswered; and dossiers written in our words are read in its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from utbildningsprocess.model import Option
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Container, Sequence

    from utbildningsprocess.model import Battery, GroupField, Item, Question, Stage, Statement

_AnItem = TypeVar("_AnItem", bound="Item")
_APart = TypeVar("_APart", "Option", "GroupField", "Statement")


def with_ours(question: Question, ours: Question, qids: Container[str]) -> Question:
    """The question with the options, fields and statements of ours that it lacks: read, but not asked.

    So are fields that choose among the rows of questions of which none is among those asked.
    """
    if question.kind is not ours.kind:
        return question
    shipped = {field.id: field for field in ours.fields}
    own = [_with_options(field, shipped.get(field.id, field)) for field in question.fields]
    fields = tuple(
        field.model_copy(update={"retired": True})
        if field.points_at and not any(qid in qids for qid in field.points_at)
        else field
        for field in _with_lacking(own, ours.fields)
    )
    asked = [field.id for field in fields if not field.retired]
    prefill = question.prefill if question.prefill and question.prefill.target in asked else None
    statements = _with_lacking(question.statements, ours.statements)
    update = {"fields": fields, "statements": statements, "prefill": prefill}
    return _with_options(question, ours).model_copy(update=update)


def _with_options(item: _AnItem, ours: Item) -> _AnItem:
    """The item with our options, too; what is true of one initiative only stays so in words of their own."""
    always_new = item.always_new or ours.always_new
    return item.model_copy(
        update={"options": _with_lacking(item.options, ours.options), "always_new": always_new}
    )


def _with_lacking(own: Sequence[_APart], ours: Sequence[_APart]) -> tuple[_APart, ...]:
    """The parts, and those of ours that are like none of them by id or label, in the places they have."""
    ids, labels = {part.id for part in own}, {uniform(_label(part)) for part in own}
    whole = list(own)
    for place, part in enumerate(ours):
        if part.id not in ids and uniform(_label(part)) not in labels:
            before = [one.id for one in ours[:place]]
            at = next((n for n in range(len(whole), 0, -1) if whole[n - 1].id in before), 0)
            whole.insert(at, part.model_copy(update={"retired": True}))
    return tuple(whole)


def _label(part: Option | GroupField | Statement) -> str:
    return part.label if isinstance(part, Option) else part.text


def also_read_as(battery: Battery, other: Battery) -> Battery:
    """The battery, whose texts are also read in the words of another with the same questions."""
    return replace(battery, stages=tuple(_stage_read_as(stage, other) for stage in battery.stages))


def _stage_read_as(stage: Stage, other: Battery) -> Stage:
    pairs = ((question, other.question(question.qid)) for question in stage.questions)
    questions = tuple(_question_read_as(own, theirs) if theirs else own for own, theirs in pairs)
    return stage.model_copy(update={"questions": questions})


def _question_read_as(question: Question, other: Question) -> Question:
    fields = {field.id: field for field in other.fields}
    texts = {statement.id: statement.text for statement in other.statements}
    statements = tuple(
        one.model_copy(update={"former": _former(one.former, one.text, texts.get(one.id, one.text))})
        for one in question.statements
    )
    own = tuple(_item_read_as(field, fields.get(field.id, field)) for field in question.fields)
    return _item_read_as(question, other).model_copy(update={"fields": own, "statements": statements})


def _item_read_as(item: _AnItem, other: Item) -> _AnItem:
    labels = {option.id: option.label for option in other.options}
    options = tuple(
        one.model_copy(update={"former": _former(one.former, one.label, labels.get(one.id, one.label))})
        for one in item.options
    )
    return item.model_copy(update={"former": _former(item.former, item.text, other.text), "options": options})


def _former(known: tuple[str, ...], text: str, other: str) -> tuple[str, ...]:
    return known if other == text else (*known, other)
