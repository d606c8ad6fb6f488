"""One answer <-> the Markdown between its markers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.composite import find_field, in_field_order
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.rows import rows_in, with_ids
from utbildningsprocess.dossier.protection import STATE, fence, holds_plain, protect, unprotect
from utbildningsprocess.errors import LineFault
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Given, Kind, Question, Row, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean_line

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.model import Answer, GroupField, Value

_BULLET = re.compile(r"^( {0,3}(?:[-*+]|\d{1,9}[.)]))( {1,4}(?=\S)| ?)")
_TASK = re.compile(r"^\[([ xX])\]\s+")
LABELLED = re.compile(r"^(?:\*\*|__)(.+?)\s*:?\s*(?:\*\*|__)[ \t]*:?[ \t]*(.*)$", re.DOTALL)
_SKIPPED, _UNKNOWN = "Hoppas över", "Vet inte än"


class Decoded(NamedTuple):
    """An answer, or None when there is none, and what was wrong, by line from 0 in the body."""

    answer: Answer | None
    faults: tuple[LineFault, ...] = ()
    rows: tuple[int, ...] = ()
    """The line, from 0 in the body, where each row of a group begins."""


# ------------------------------------------------------------------ reading


def decode(question: Question, body: str) -> Decoded:
    """The answer that stands between the markers of a question."""
    if not body.strip():
        return Decoded(None)
    if state := STATE.match(body):
        words = clean_line(state[2])
        return Decoded(Skipped(words) if state[1].casefold() == _SKIPPED.casefold() else Unknown(words))
    try:
        return _decode_given(question, body)
    except Invalid as error:
        return Decoded(Unfit(body, str(error)), (LineFault(0, str(error)),))


def _decode_given(question: Question, body: str) -> Decoded:
    raw: object
    match question.kind:
        case Kind.GROUP:
            return _decode_group(question, body)
        case Kind.TEXT | Kind.LONG_TEXT:
            return Decoded(Given(unprotect(body)))
        case Kind.MULTIPLE | Kind.LIST | Kind.REFERENCES:
            raw = _checked(_list_items(body)) or unprotect(body)
        case Kind.STATEMENTS:
            raw = _statements(_list_items(body))
        case Kind.CHOICE | Kind.YES_NO | Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.REFERENCE:
            raw = unprotect(body)
        case _:
            assert_never(question.kind)
    return Decoded(Given(accept(question, raw, None)))


def _list_items(body: str) -> list[str]:
    """The items of the top-level lists in a body, without bullets, indentation and protection."""
    lines = body.split("\n")
    texts = [item_text(lines[item.first : item.end]) for item in outline(body).items]
    return [unprotect(text.strip("\n")) for text in texts]


def item_text(lines: Sequence[str]) -> str:
    """The text of one list item, without its bullet and the indentation below it."""
    bullet = _BULLET.match(lines[0])
    offset = bullet.end() if bullet else 0
    return "\n".join([lines[0][offset:], *(re.sub(rf"^ {{0,{offset}}}", "", line) for line in lines[1:])])


def _checked(items: Sequence[str]) -> Sequence[str]:
    """The items; of a task list only the ticked ones."""
    if all(map(_TASK.match, items)):
        return [_TASK.sub("", item) for item in items if not item.startswith("[ ]")]
    return items


def _statements(items: Sequence[str]) -> dict[str, str]:
    """The option written before each statement."""
    options = {}
    for item in items:
        labelled = LABELLED.match(item)
        option, text = (labelled[1], labelled[2]) if labelled else ("", item)
        options[clean_line(text)] = option
    return options


class _Entry(NamedTuple):
    """One item in the list of a row: its line in the body, from 0, and its text."""

    line: int
    text: str


class _Section(NamedTuple):
    """One row as it is written: the line and words of its heading, its list items, and text beside them."""

    line: int
    name: str
    items: list[_Entry]
    loose: list[str]


def _decode_group(question: Question, body: str) -> Decoded:
    faults: list[LineFault] = []
    rows: list[Row] = []
    sections = _sections(body)
    for section in sections:
        row_id = _row_id(question, section, {row.id for row in rows}, faults)
        rows.append(_decode_row(question, section, row_id, faults))
    answer = Given(with_ids(question, rows)) if rows else None
    return Decoded(answer, tuple(faults), tuple(section.line for section in sections))


def _sections(body: str) -> list[_Section]:
    """The rows of a group: what stands under each heading. Bullets before any heading are a row too."""
    lines = body.split("\n")
    seen = outline(body)
    sections = [_Section(0, "", [], [])]
    for block in seen.blocks:
        if block.kind == "heading":
            sections.append(_Section(block.first, clean_line(block.content), [], []))
        elif block.kind in ("bullet_list", "ordered_list"):
            inside = [item for item in seen.items if block.first <= item.first < block.end]
            entries = [_Entry(item.first, item_text(lines[item.first : item.end])) for item in inside]
            sections[-1].items.extend(entries)
        else:
            sections[-1].loose.append("\n".join(lines[block.first : block.end]))
    return [section for section in sections if section.name or section.items or section.loose]


def _row_id(question: Question, section: _Section, seen: set[str], faults: list[LineFault]) -> str:
    if not question.row_prefix:
        return ""
    row_id = re.match(rf"{question.row_prefix}[1-9]\d{{0,5}}\b", section.name)
    if row_id is None:
        why = f"Raden har inget id. Skriv en rubrik som #### {question.row_prefix}1 ovanför den."
    elif row_id[0] in seen:
        why = f"{row_id[0]} finns två gånger. Ge den ena raden ett nytt nummer."
    else:
        return row_id[0]
    faults.append(LineFault(section.line, why))
    return ""


def _decode_row(question: Question, section: _Section, row_id: str, faults: list[LineFault]) -> Row:
    values: dict[str, Value] = {}
    unfit: dict[str, str] = {}
    if section.loose:
        unfit[""] = "\n\n".join(section.loose)
        why = "Texten i raden hör inte till något fält. Skriv den som ”- **Fält:** värde”."
        faults.append(LineFault(section.line, why))
    for entry in section.items:
        labelled = LABELLED.match(entry.text)
        label = clean_line(labelled[1]) if labelled else ""
        field = find_field(question, label)
        text = _field_text(labelled[2]) if labelled else entry.text
        if field is None or field.id in values or field.id in unfit:
            unfit[_free_key(label, unfit)] = text
            why = "finns två gånger i raden" if field else "finns inte bland fälten"
            faults.append(LineFault(entry.line, f"”{label or clean_line(text)[:40]}” {why}."))
        elif field.kind.is_text:
            values[field.id] = text
        elif text.strip():
            try:
                values[field.id] = accept(field, text, None)
            except Invalid as error:
                unfit[field.id] = text
                faults.append(LineFault(entry.line, f"{field.name}: {error}"))
    return Row(row_id, in_field_order(question, values), unfit)


def _free_key(label: str, taken: Mapping[str, str]) -> str:
    key, number = label or "Text", 2
    while key in taken:
        key, number = f"{label or 'Text'} {number}", number + 1
    return key


def _field_text(raw: str) -> str:
    return unprotect("\n".join(line.rstrip() for line in raw.split("\n")).strip("\n"))


# ------------------------------------------------------------------ writing


def encode(question: Question, answer: Answer) -> str:
    """The Markdown of an answer; `decode` of it gives the answer back."""
    match answer:
        case Given():
            return _encode_given(question, answer)
        case Skipped(reason):
            return f"**{_SKIPPED}:** {clean_line(reason)}".rstrip()
        case Unknown(who):
            return f"**{_UNKNOWN}:** {clean_line(who)}".rstrip()
        case Unfit(text):
            return text
        case _:
            assert_never(answer)


def _encode_given(question: Question, answer: Given) -> str:
    value = answer.value
    if isinstance(value, dict):
        return _encode_statements(question, value)
    write = handling(question.kind).write
    if isinstance(value, tuple):
        rows = [_encode_row(question, row) for row in rows_in(value)]
        return "\n\n".join(rows) or "\n".join(_bullet(write(question, item)) for item in value)
    text = write(question, value)
    if question.kind.is_text or decode(question, text).answer != answer:
        return protect(text)
    return text


def _bullet(text: str) -> str:
    """One list item; fenced inside its bullet when it would not come back as one plain item."""
    plain = f"- {text}"
    if not _TASK.match(text) and holds_plain(plain) and _list_items(plain) == [text]:
        return plain
    return "- " + fence(text).replace("\n", "\n  ")


def _encode_statements(question: Question, value: Mapping[str, str]) -> str:
    labels = {option.id: option.label for option in question.options}
    given = [statement for statement in question.statements if statement.id in value]
    return "\n".join(f"- **{labels[value[statement.id]]}:** {statement.text}" for statement in given)


def _encode_row(question: Question, row: Row) -> str:
    given = [field for field in question.fields if field.id in row.values]
    lines = [_encode_field(field, row.values[field.id]) for field in given]
    names = {field.id: field.name for field in question.fields}
    lines += [_labelled(names.get(key, key), text) for key, text in row.unfit.items() if key]
    return "\n\n".join(filter(None, [f"#### {row.id}", row.unfit.get(""), "\n".join(lines)]))


def _encode_field(field: GroupField, value: Value) -> str:
    write = handling(field.kind).write
    if not isinstance(value, tuple):
        return _labelled(field.name, write(field, value))
    words = [write(field, item) for item in value]
    for text in (", ".join(words), "; ".join(words)):
        if _accepted(field, text) == value:
            return _labelled(field.name, text)
    return _labelled(field.name, "\n".join(f"- {word}" for word in words) + "\n", fenced=True)


def _accepted(field: GroupField, text: str) -> Value | None:
    try:
        return accept(field, text, None)
    except Invalid:
        return None


def _labelled(label: str, text: str, *, fenced: bool = False) -> str:
    """`- **Fält:** värde`, with the value's further lines indented below its bullet."""
    if not text:
        return f"- **{label}:**"
    plain = f"- **{label}:** " + text.replace("\n", "\n  ").replace("\n  \n", "\n\n")
    if not fenced and _reads_back(plain, text):
        return plain
    return f"- **{label}:**\n\n  " + fence(text).replace("\n", "\n  ").replace("\n  \n", "\n\n")


def _reads_back(bullet: str, text: str) -> bool:
    if len(outline(bullet).items) != 1 or not holds_plain(bullet):
        return False
    labelled = LABELLED.match(item_text(bullet.split("\n")))
    return labelled is not None and _field_text(labelled[2]) == text
