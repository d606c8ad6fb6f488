"""What we ship, beside questions that are not quite ours: what they leave out, and other words for the same.

An organisation may ask less than we do, and call Esther by another name. Our templates, rules and texts go on
naming what it has left out, which reads as unanswered; and dossiers written in our words are read in its own.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from utbildningsprocess.model import Battery, Item, Question, Stage

_AnItem = TypeVar("_AnItem", bound="Item")


def with_ours(question: Question, ours: Question) -> Question:
    """The question, with the options, fields and statements of ours that it lacks."""
    if question.kind is not ours.kind:
        return question
    shipped = {field.id: field for field in ours.fields}
    own = {field.id: _with_options(field, shipped.get(field.id, field)) for field in question.fields}
    said = {statement.id: statement for statement in (*ours.statements, *question.statements)}
    update = {
        "fields": (*own.values(), *(field for key, field in shipped.items() if key not in own)),
        "statements": tuple(said.values()),
    }
    return _with_options(question, ours).model_copy(update=update)


def _with_options(item: _AnItem, ours: Item) -> _AnItem:
    own = {option.id for option in item.options}
    more = (option for option in ours.options if option.id not in own)
    return item.model_copy(update={"options": (*item.options, *more)})


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
