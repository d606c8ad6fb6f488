"""One answer <-> the Markdown between its markers."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import Invalid, accept, find_field, find_option, in_field_order
from utbildningsprocess.answers.rows import named
from utbildningsprocess.dossier.protection import STATE, fence, holds_plain, protect, unprotect
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Given, Kind, Question, Row, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean_line, format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.model import Answer, GroupField, Item, Value

TEXTS = (Kind.TEXT, Kind.LONG_TEXT)
SEVERAL = (Kind.MULTIPLE, Kind.LIST, Kind.REFERENCES)
_BULLET = re.compile(r"^( {0,3}(?:[-*+]|\d{1,9}[.)]))( {1,4}(?=\S)| ?)")
_TASK = re.compile(r"^\[([ xX])\]\s+")
_LABELLED = re.compile(r"^(?:\*\*|__)(.+?)\s*:?\s*(?:\*\*|__)[ \t]*:?[ \t]*(.*)$", re.DOTALL)
_SKIPPED, _UNKNOWN = "Hoppas över", "Vet inte än"


class Decoded(NamedTuple):
    """An answer, or None when there is none, and what was wrong: (line from 0 in the body, sentence)."""

    answer: Answer | None
    faults: tuple[tuple[int, str], ...] = ()
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
    if question.kind is Kind.GROUP:
        return _decode_group(question, body)
    return _decode_single(question, body)


def _decode_single(question: Question, body: str) -> Decoded:
    raw: object = unprotect(body)
    try:
        if question.kind in TEXTS:
            return Decoded(Given(str(raw)))
        if question.kind in SEVERAL:
            raw = _checked(list_items(body)) or raw
        elif question.kind is Kind.STATEMENTS:
            raw = _statements(list_items(body))
        return Decoded(Given(accept(question, raw, None)))
    except Invalid as error:
        return Decoded(Unfit(body, error.sentence), ((0, error.sentence),))


class Entry(NamedTuple):
    """One item of a list: its line in the body, from 0, and its text."""

    line: int
    text: str


def list_items(body: str) -> list[Entry]:
    """The items of the top-level lists in a body, without bullets and indentation."""
    lines = body.split("\n")
    return [Entry(item.first, _item_text(lines[item.first : item.end])) for item in outline(body).items]


def _item_text(lines: Sequence[str]) -> str:
    bullet = _BULLET.match(lines[0])
    offset = bullet.end() if bullet else 0
    rest = [line[min(offset, _indentation(line)) :] for line in lines[1:]]
    return unprotect("\n".join([lines[0][offset:], *rest]).strip("\n"))


def _indentation(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _checked(entries: Sequence[Entry]) -> list[str]:
    """The texts of the items; of a task list only the ticked ones."""
    tasks = [_TASK.match(entry.text) for entry in entries]
    if entries and all(tasks):
        pairs = zip(entries, tasks, strict=True)
        return [_TASK.sub("", entry.text) for entry, task in pairs if task and task[1] != " "]
    return [entry.text for entry in entries]


def _statements(entries: Sequence[Entry]) -> dict[str, str]:
    found = {}
    for entry in entries:
        labelled = _LABELLED.match(entry.text)
        option, text = (labelled[1], labelled[2]) if labelled else ("", entry.text)
        found[clean_line(text)] = option
    return found


class _Section(NamedTuple):
    line: int
    name: str
    items: list[Entry]
    loose: list[str]


def _decode_group(question: Question, body: str) -> Decoded:
    faults: list[tuple[int, str]] = []
    rows: list[Row] = []
    seen: set[str] = set()
    sections = tuple(_sections(body))
    for section in sections:
        row_id = _row_id(question, section, seen, faults)
        seen.add(row_id)
        rows.append(_decode_row(question, section, row_id, faults))
    answer = Given(named(question, rows)) if rows else None
    return Decoded(answer, tuple(faults), tuple(section.line for section in sections))


def _sections(body: str) -> Iterator[_Section]:
    """The rows of a group: what stands under each heading. Bullets before any heading are a row too."""
    lines = body.split("\n")
    seen = outline(body)
    current = _Section(0, "", [], [])
    for block in seen.blocks:
        if block.kind == "heading":
            if current.name or current.items or current.loose:
                yield current
            current = _Section(block.first, clean_line(block.content), [], [])
        elif block.kind in ("bullet_list", "ordered_list"):
            inside = [item for item in seen.items if block.first <= item.first < block.end]
            current.items.extend(
                Entry(item.first, _labelled_text(lines[item.first : item.end])) for item in inside
            )
        else:
            current.loose.append("\n".join(lines[block.first : block.end]))
    if current.name or current.items or current.loose:
        yield current


def _labelled_text(lines: Sequence[str]) -> str:
    bullet = _BULLET.match(lines[0])
    offset = bullet.end() if bullet else 0
    return "\n".join([lines[0][offset:], *(line[min(offset, _indentation(line)) :] for line in lines[1:])])


def _row_id(question: Question, section: _Section, seen: set[str], faults: list[tuple[int, str]]) -> str:
    if not question.row_prefix:
        return ""
    found = re.match(rf"{question.row_prefix}[1-9]\d{{0,5}}\b", section.name)
    if found is None:
        example = f"#### {question.row_prefix}1"
        faults.append((section.line, f"Raden har inget id. Skriv en rubrik som {example} ovanför den."))
        return ""
    if found[0] in seen:
        faults.append((section.line, f"{found[0]} finns två gånger. Ge den ena raden ett nytt nummer."))
        return ""
    return found[0]


def _decode_row(question: Question, section: _Section, row_id: str, faults: list[tuple[int, str]]) -> Row:
    values: dict[str, Value] = {}
    unfit: dict[str, str] = {}
    if section.loose:
        unfit[""] = "\n\n".join(section.loose)
        faults.append(
            (section.line, "Texten i raden hör inte till något fält. Skriv den som ”- **Fält:** värde”.")
        )
    for entry in section.items:
        labelled = _LABELLED.match(entry.text)
        label = clean_line(labelled[1]) if labelled else ""
        field = find_field(question, label)
        text = _field_text(labelled[2]) if labelled else entry.text
        if field is None or field in values or field in unfit:
            unfit[_free_key(label, unfit)] = text
            why = "finns två gånger i raden" if field else "finns inte bland fälten"
            faults.append((entry.line, f"”{label or clean_line(text)[:40]}” {why}."))
            continue
        value = _decode_field(question.field(field), text)
        if isinstance(value, Invalid):
            unfit[field] = text
            faults.append((entry.line, f"{question.field(field).text.rstrip(':?')}: {value.sentence}"))
        elif value is not None:
            values[field] = value
    return Row(row_id, in_field_order(question, values), unfit)


def _free_key(label: str, taken: Mapping[str, str]) -> str:
    key, number = label or "Text", 2
    while key in taken:
        key, number = f"{label or 'Text'} {number}", number + 1
    return key


def _field_text(raw: str) -> str:
    return unprotect("\n".join(line.rstrip() for line in raw.split("\n")).strip("\n"))


def _decode_field(field: GroupField, text: str) -> Value | Invalid | None:
    """The value of a field, what is wrong with it, or None when nothing is written."""
    if field.kind in TEXTS:
        return text
    if not text.strip():
        return None
    try:
        return accept(field, text, None)
    except Invalid as error:
        return error


# ------------------------------------------------------------------ writing


def encode(question: Question, answer: Answer) -> str:
    """The Markdown of an answer; `decode` of it gives the answer back."""
    if isinstance(answer, Skipped):
        return f"**{_SKIPPED}:** {clean_line(answer.reason)}".rstrip()
    if isinstance(answer, Unknown):
        return f"**{_UNKNOWN}:** {clean_line(answer.who)}".rstrip()
    if isinstance(answer, Unfit):
        return answer.text
    if question.kind is Kind.GROUP:
        return _encode_group(question, answer.value)
    if question.kind is Kind.STATEMENTS and isinstance(answer.value, dict):
        return _encode_statements(question, answer.value)
    return _encode_single(question, answer)


def _encode_single(question: Question, answer: Given) -> str:
    value = answer.value
    if isinstance(value, tuple):
        return "\n".join(_bullet(_word(question, part)) for part in value)
    text = _word(question, value)
    if question.kind in TEXTS or decode(question, text).answer != answer:
        return protect(text)
    return text


def _bullet(text: str) -> str:
    """One list item; fenced inside its bullet when it would not come back as one plain item."""
    plain = f"- {text}"
    if not _TASK.match(text) and holds_plain(plain) and [one.text for one in list_items(plain)] == [text]:
        return plain
    return "- " + fence(text).replace("\n", "\n  ")


def _encode_statements(question: Question, value: Mapping[str, str]) -> str:
    labels = {option.id: option.label for option in question.options}
    texts = {one.id: one.text for one in question.statements}
    return "\n".join(f"- **{labels[value[key]]}:** {text}" for key, text in texts.items() if key in value)


def _encode_group(question: Question, value: Value) -> str:
    rows = [row for row in value if isinstance(row, Row)] if isinstance(value, tuple) else []
    return "\n\n".join(_encode_row(question, row) for row in rows)


def _encode_row(question: Question, row: Row) -> str:
    lines = [
        _encode_field(field, row.values[field.id]) for field in question.fields if field.id in row.values
    ]
    names = {field.id: field.text.rstrip(":?") for field in question.fields}
    lines += [_labelled(names.get(key, key), text) for key, text in row.unfit.items() if key]
    loose = [row.unfit[""]] if "" in row.unfit else []
    return "\n\n".join(filter(None, [f"#### {row.id}", *loose, "\n".join(lines)]))


def _encode_field(field: GroupField, value: Value) -> str:
    label = field.text.rstrip(":?")
    if not isinstance(value, tuple):
        return _labelled(label, _word(field, value))
    words = [_word(field, part) for part in value]
    for text in (", ".join(words), "; ".join(words)):
        if _parts(field, text) == value:
            return _labelled(label, text)
    return _labelled(label, "\n".join(f"- {word}" for word in words) + "\n", fenced=True)


def _parts(field: GroupField, text: str) -> object:
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
    items = outline(bullet).items
    if len(items) != 1 or not holds_plain(bullet):
        return False
    found = _LABELLED.match(_labelled_text(bullet.split("\n")))
    return found is not None and _field_text(found[2]) == text


def _word(item: Item, value: object) -> str:
    """One simple value as it is written: labels for options, Ja and Nej, decimal commas, ISO dates."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, (int, float)):
        return format_number(value)
    if isinstance(value, date):
        return value.isoformat()
    option = next((one for one in item.options if one.id == value), None)
    if option is None:
        return str(value)
    return option.label if find_option(item.options, option.label) is option else option.id
