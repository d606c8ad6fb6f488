"""One answer -> the Markdown between its markers; `decode` of it gives the answer back."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.composite import unknown_in
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.answers.settled import EarlierOption
from utbildningsprocess.answers.unknown import not_yet
from utbildningsprocess.dossier.codec import SKIPPED, UNKNOWN, decode, read_item
from utbildningsprocess.dossier.group_codec import field_text, labels_within
from utbildningsprocess.dossier.pieces import LABELLED, item_text
from utbildningsprocess.dossier.protection import fence, holds_plain, protect, renders_as_item
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.model import Answer, GroupField, Question, Row, Value


_BREAKS_WHEN_WRAPPED = re.compile(r"(?<=\S) (?:(?:-{3,}|_{3,}|\*{3,}|\\)(?!\S)|`{3}|~{3}|<[A-Za-z/!?])")
"""A word that a formatter that wraps lines may put at a line's edge, where it begins a block or a break."""


def encode(question: Question, answer: Answer) -> str:
    """The Markdown of an answer; `decode` of it gives the answer back."""
    match answer:
        case Given():
            return _encode_given(question, answer)
        case Skipped(reason):
            return f"**{SKIPPED}:** {clean_line(reason)}".rstrip()
        case Unknown(who):
            return f"**{UNKNOWN}:** {clean_line(who)}".rstrip()
        case Unfit(text):
            return text
        case _:
            assert_never(answer)


def _encode_given(question: Question, answer: Given) -> str:
    value = answer.value
    if isinstance(value, dict):
        return "\n".join(encode_statement(question, *chosen) for chosen in _in_battery_order(question, value))
    if isinstance(value, tuple):
        rows = [encode_row(question, row) for row in rows_in(value)]
        return "\n\n".join(rows) or "\n".join(encode_item(question, item) for item in value)
    text = handling(question.kind).write(question, value)
    if question.kind.is_text or question.own_words or decode(question, text).answer != answer:
        return protect(text)
    return text


def encode_item(question: Question, value: object) -> str:
    """One list item; fenced inside its bullet when it would not come back as one plain item."""
    text = handling(question.kind).write(question, value)
    plain = f"- {text}"
    if read_item(question, text).words == text and holds_plain(plain) and renders_as_item(plain, text):
        return plain
    return "- " + fence(text).replace("\n", "\n  ")


def _in_battery_order(question: Question, value: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(statement.id, value[statement.id]) for statement in question.statements if statement.id in value]


def encode_statement(question: Question, statement_id: str, option_id: str) -> str:
    """The list item of one statement with its answer, in the words that were answered."""
    statement = next(statement for statement in question.statements if statement.id == statement_id)
    is_earlier = isinstance(option_id, EarlierOption) and statement.other_meaning
    text = statement.other_meaning[0] if is_earlier else statement.text
    return f"- **{question.label(option_id)}:** {text}"


def encode_row(question: Question, row: Row) -> str:
    """One row: its heading, what stands loose in it, and an item for each field."""
    cells = in_cells(row)
    lines = [encode_field(question, field, cells[field.id]) for field in question.fields if field.id in cells]
    lines += [encode_unfit(question, key, text) for key, text in row.unfit.items() if key]
    return "\n\n".join(filter(None, [f"#### {row.id}", row.unfit.get(""), "\n".join(lines)]))


def in_cells(row: Row) -> dict[str, Value | Unknown]:
    """What is said in the fields of a row: their values, and that nobody knows."""
    return {**row.values, **{key: Unknown(who) for key, who in row.unknown.items()}}


def encode_unfit(question: Question, key: str, text: str) -> str:
    """The list item of what does not fit its field, or has none."""
    names = {field.id: field.name for field in question.fields}
    return _labelled(question, names.get(key, key), text)


def encode_field(question: Question, field: GroupField, value: Value | Unknown) -> str:
    """The list item of one field; a text that says that nobody knows, and means more, is fenced."""
    if isinstance(value, Unknown):
        return _labelled(question, field.name, not_yet(value.who))
    write = handling(field.kind).write
    if not isinstance(value, tuple):
        text = write(field, value)
        return _labelled(question, field.name, text, fenced=unknown_in(field, text) is not None)
    words = [write(field, item) for item in value]
    for text in (", ".join(words), "; ".join(words)):
        if _accepted(field, text) == value and unknown_in(field, text) is None:
            return _labelled(question, field.name, text)
    return _labelled(question, field.name, "\n".join(f"- {word}" for word in words) + "\n", fenced=True)


def _accepted(field: GroupField, text: str) -> Value | None:
    try:
        return accept(field, text, None)
    except Invalid:
        return None


def _labelled(question: Question, label: str, text: str, *, fenced: bool = False) -> str:
    """`- **Fält:** värde`, with the value's further lines indented below its bullet.

    A value that begins with a block stands on lines of its own: a formatter would make it something else.
    So does one that begins with a backslash, which a formatter finds needless after a label.
    """
    if not text:
        return f"- **{label}:**"
    if not fenced:
        of_its_own = f"- **{label}:**\n\n  "
        for start in [of_its_own] if text[0] == "\\" else [f"- **{label}:** ", of_its_own]:
            plain = start + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
            if _reads_back(question, plain, label, text):
                return plain
    return f"- **{label}:**\n\n  " + fence(text).replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _reads_back(question: Question, bullet: str, label: str, text: str) -> bool:
    """Whether an item gives its text back, means the same to Markdown, and hides no other field."""
    if _BREAKS_WHEN_WRAPPED.search(text) or len(outline(bullet).items) != 1 or not holds_plain(bullet):
        return False
    item = item_text(bullet.split("\n"))
    labelled = LABELLED.match(item)
    if labelled is None or field_text(labelled[2]) != text or any(labels_within(question, item)):
        return False
    return renders_as_item(bullet, text, label)
