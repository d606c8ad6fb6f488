"""One raw value -> one valid answer, or a sentence that says what is wrong.

The same readers serve what a person types, what stands in a dossier and what an answers file
holds, so no way in accepts what another refuses. Pydantic checks every simple value.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple, TypeAlias, cast

from pydantic import BeforeValidator, TypeAdapter, ValidationError, ValidationInfo
from pydantic_core import PydanticCustomError

from utbildningsprocess.answers.dates import parse_date
from utbildningsprocess.answers.numbers import no_number, parse_number
from utbildningsprocess.answers.rows import named, row_label
from utbildningsprocess.model import Kind, Question, Row
from utbildningsprocess.swedish import (
    clean,
    clean_line,
    did_you_mean,
    fold,
    format_number,
    joined,
    running,
    same,
    singular,
    with_unit,
)

if TYPE_CHECKING:
    from utbildningsprocess.model import Item, Option, Value

YES = ("ja", "j", "true", "sant")
NO = ("nej", "n", "false", "falskt")
TOO_LARGE = 10**15
"""Numbers are exact below it."""


class Fault(NamedTuple):
    """One thing wrong with a value; `path` leads into it: row number, field id."""

    path: tuple[str | int, ...]
    sentence: str


class Invalid(ValueError):
    """The value is no answer to the question."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """What is wrong, for a person."""
        return " ".join(fault.sentence for fault in self.faults)


def accept(item: Item, raw: object, today: date | None) -> Value:
    """The valid answer in `raw`: text as typed, or a value from YAML or JSON.

    Without `today`, dates must say their year. Raises Invalid with every fault of a group at once.
    """
    if isinstance(item, Question):
        if item.kind is Kind.GROUP:
            return _group(item, raw, today)
        if item.kind is Kind.STATEMENTS:
            return _statements(item, raw)
    value = _simple(item, raw, today)
    if isinstance(item, Question) and value in ("", ()):
        raise Invalid([Fault((), "Svaret är tomt. Skriv något, eller hoppa över frågan.")])
    return value


# ------------------------------------------------------------ simple values


class _Context(NamedTuple):
    item: Item
    today: date | None


_Info: TypeAlias = "ValidationInfo[_Context]"


def _wrong(sentence: str) -> PydanticCustomError:
    return PydanticCustomError("svar", "{sentence}", {"sentence": sentence})


def _read_text(raw: object) -> str:
    if isinstance(raw, (bool, Mapping)) or not isinstance(raw, (str, int, float, date)):
        raise _wrong("Här behövs en text.")
    if isinstance(raw, (int, float)):
        return format_number(raw)
    return clean(raw.isoformat() if isinstance(raw, date) else raw)


def _read_choice(raw: object, info: _Info) -> str:
    item = info.context.item
    text = clean_line(raw) if isinstance(raw, str) else str(raw)
    if option := find_option(item.options, text):
        return option.id
    known = [option.label for option in item.options]
    hint = did_you_mean(text, [option.id for option in item.options])
    raise _wrong(f"”{text}” finns inte bland alternativen: {'; '.join(known)}. {hint}".strip())


def _read_several(raw: object, info: _Info) -> tuple[str, ...]:
    item = info.context.item
    if isinstance(raw, str) and find_option(item.options, clean_line(raw)):
        raw = [raw]
    chosen: list[str] = []
    for text in _parts(raw):
        option = find_option(item.options, text)
        if option is None and not item.own_words:
            _read_choice(text, info)
        key = option.id if option else text
        if key not in chosen:
            chosen.append(key)
    return tuple(chosen)


def _read_yes_no(raw: object) -> bool:
    if isinstance(raw, bool):
        return raw
    word = fold(str(raw))
    if word not in (*YES, *NO):
        raise _wrong(f"”{raw}” är varken ja eller nej.")
    return word in YES


def _read_number(raw: object, info: _Info) -> int | float:
    item = info.context.item
    try:
        number = raw if isinstance(raw, (int, float)) else parse_number(_without_unit(str(raw), item.unit))
    except ValueError as error:
        raise _wrong(str(error)) from None
    if isinstance(raw, bool) or not abs(number) < TOO_LARGE:  # also what is no number compares as false
        raise _wrong(no_number(str(raw)))
    if item.at_least is not None and number < item.at_least:
        raise _wrong(f"{format_number(number)} är för lite: minst {format_number(item.at_least)}.")
    if item.at_most is not None and number > item.at_most:
        raise _wrong(f"{format_number(number)} är för mycket: högst {format_number(item.at_most)}.")
    return int(number) if float(number).is_integer() else round(number, 12)


def _without_unit(text: str, unit: str) -> str:
    bare = clean_line(text)
    for ending in filter(None, (unit, singular(unit), "%" if unit == "procent" else "", "st")):
        if fold(bare).endswith(fold(ending)):
            return bare[: -len(ending)].strip()
    return bare


def _read_date(raw: object, info: _Info) -> date:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return parse_date(str(raw), info.context.today)
    except ValueError as error:
        raise _wrong(str(error)) from None


def _read_list(raw: object, info: _Info) -> tuple[str | int | float, ...]:
    item = info.context.item
    parts = _parts(raw)
    return tuple(_read_number(part, info) for part in parts) if item.of_numbers else tuple(parts)


def _read_reference(raw: object) -> str:
    if isinstance(raw, (bool, Mapping, list, tuple)):
        raise _wrong("Här behövs ett enda namn eller id på en rad.")
    return clean_line(str(raw))


def _read_references(raw: object) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_parts(raw)))


def _parts(raw: object) -> list[str]:
    """The parts of a list: the items of one, or text divided by lines, semicolons or commas."""
    if isinstance(raw, str):
        divider = next((mark for mark in ("\n", ";", ",") if mark in raw.strip(" ")), ",")
        raw = [re.sub(r"^\s*[-*+]\s+", "", part) for part in raw.split(divider)]
    elif isinstance(raw, (int, float)) and not isinstance(raw, bool):
        raw = [raw]
    if not isinstance(raw, (list, tuple)):
        raise _wrong("Här behövs en lista.")
    if any(isinstance(part, (Mapping, list, tuple, bool)) for part in raw):
        raise _wrong("Listan får bara innehålla enkla värden.")
    texts = [format_number(part) if isinstance(part, (int, float)) else clean_line(str(part)) for part in raw]
    return [text for text in texts if text]


def _adapter(kind: Any, reader: Any) -> TypeAdapter[Any]:
    return TypeAdapter(Annotated[kind, BeforeValidator(reader)])


_ADAPTERS: dict[Kind, TypeAdapter[Any]] = {
    Kind.TEXT: _adapter(str, _read_text),
    Kind.LONG_TEXT: _adapter(str, _read_text),
    Kind.CHOICE: _adapter(str, _read_choice),
    Kind.MULTIPLE: _adapter(tuple[str, ...], _read_several),
    Kind.YES_NO: _adapter(bool, _read_yes_no),
    Kind.NUMBER: _adapter(int | float, _read_number),
    Kind.DATE: _adapter(date, _read_date),
    Kind.LIST: _adapter(tuple[str | int | float, ...], _read_list),
    Kind.REFERENCE: _adapter(str, _read_reference),
    Kind.REFERENCES: _adapter(tuple[str, ...], _read_references),
}


def _simple(item: Item, raw: object, today: date | None) -> Value:
    try:
        return cast("Value", _ADAPTERS[item.kind].validate_python(raw, context=_Context(item, today)))
    except ValidationError as error:
        raise Invalid([Fault((), str(fault["msg"])) for fault in error.errors()]) from None


def find_option(options: Sequence[Option], text: str) -> Option | None:
    """The option with that id, label or former label, in any case and composition."""
    for option in options:
        if option.id == text or any(same(text, name) for name in (option.label, option.id, *option.former)):
            return option
    return None


# --------------------------------------------------- statements and groups


def _statements(question: Question, raw: object) -> dict[str, str]:
    if not isinstance(raw, Mapping) or not raw:
        raise Invalid([Fault((), "Här behövs ett svar per påstående.")])
    found: dict[str, str] = {}
    faults = []
    for key, answer in raw.items():
        statement = find_statement(question, str(key))
        option = find_option(question.options, str(answer))
        if statement is None:
            hint = did_you_mean(str(key), [one.id for one in question.statements])
            faults.append(Fault((str(key),), f"Påståendet ”{key}” finns inte. {hint}".strip()))
        elif option is None:
            known = joined(one.label for one in question.options)
            faults.append(
                Fault((str(key),), f"”{answer}” är inget svar på ett påstående. Välj bland {known}.")
            )
        else:
            found[statement] = option.id
    if faults:
        raise Invalid(faults)
    return {one.id: found[one.id] for one in question.statements if one.id in found}


def find_statement(question: Question, text: str) -> str | None:
    """The id of the statement with that id, text or former text."""
    for statement in question.statements:
        names = (statement.id, statement.text, *statement.former)
        if any(same(text.rstrip(". "), name.rstrip(". ")) for name in names):
            return statement.id
    return None


def _group(question: Question, raw: object, today: date | None) -> tuple[Row, ...]:
    if isinstance(raw, Mapping):
        raw = [raw]
    if not isinstance(raw, (list, tuple)) or not raw:
        raise Invalid([Fault((), "Här behövs minst en rad.")])
    if question.most_rows is not None and len(raw) > question.most_rows:
        raise Invalid([Fault((), f"Här ryms högst {question.most_rows} rad.")])
    faults: list[Fault] = []
    rows: list[Row] = []
    for number, row in enumerate(raw):
        if isinstance(row, Row):
            rows.append(row)
            continue
        read, wrong = _row(question, row, today)
        faults += [Fault((number, *fault.path), fault.sentence) for fault in wrong]
        rows.append(read)
    if question.row_prefix:
        faults += _id_faults(question, rows)
    if faults:
        raise Invalid(faults)
    return named(question, rows)


def _row(question: Question, raw: object, today: date | None) -> tuple[Row, list[Fault]]:
    if not isinstance(raw, Mapping):
        return Row("", {}), [Fault((), "En rad ska ha fält med namn och värde.")]
    values: dict[str, Value] = {}
    faults = []
    row_id = clean_line(str(raw.get("id", "")))
    for key, given in raw.items():
        field = find_field(question, str(key))
        if key == "id" or given is None:
            continue
        if field is None:
            hint = did_you_mean(str(key), [one.id for one in question.fields])
            faults.append(Fault((key,), f"Fältet ”{key}” finns inte. {hint}".strip()))
            continue
        try:
            values[field] = accept(question.field(field), given, today)
        except Invalid as error:
            faults += [Fault((key, *fault.path), fault.sentence) for fault in error.faults]
    return Row(row_id, in_field_order(question, values)), faults


def in_field_order(question: Question, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a row in the order its fields have in the battery."""
    return {field.id: values[field.id] for field in question.fields if field.id in values}


def find_field(question: Question, text: str) -> str | None:
    """The id of the field with that id or label."""
    for field in question.fields:
        if same(text, field.id) or same(text.rstrip(":?"), field.text.rstrip(":?")):
            return field.id
    return None


def _id_faults(question: Question, rows: Sequence[Row]) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if row.id and not re.fullmatch(rf"{question.row_prefix}[1-9]\d{{0,5}}", row.id):
            example = f"{question.row_prefix}{number + 1}"
            faults.append(Fault((number,), f"”{row.id}” är inget rad-id här. Skriv till exempel {example}."))
        elif row.id in seen - {""}:
            faults.append(Fault((number,), f"Rad-id {row.id} står på två rader."))
        seen.add(row.id)
    return faults


def plain(question: Question, value: Value) -> object:
    """The value as JSON holds it: dates in ISO form, rows with their id where the group has ids."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain_row(question, part) if isinstance(part, Row) else part for part in value]
    return value


def _plain_row(question: Question, row: Row) -> dict[str, object]:
    fields = {key: plain(question, value) for key, value in row.values.items()}
    return {"id": row.id, **fields} if question.row_prefix else fields


def show(item: Item, value: Value) -> str:
    """The value in one line of plain text, as a person would say it."""
    if isinstance(value, bool):
        return "Ja" if value else "Nej"
    if isinstance(value, (int, float)):
        return with_unit(value, item.unit)
    if isinstance(value, str):
        return running(_option_label(item, value))
    if isinstance(value, tuple):
        return _show_several(item, value)
    if isinstance(value, date):
        return value.isoformat()
    return "1 påstående besvarat" if len(value) == 1 else f"{len(value)} påståenden besvarade"


def _show_several(item: Item, value: tuple[object, ...]) -> str:
    if isinstance(item, Question) and item.kind is Kind.GROUP:
        rows = [row_label(item, row) for row in value if isinstance(row, Row)]
        return f"{len(rows)} {'rad' if len(rows) == 1 else 'rader'}: {'; '.join(rows)}"
    return ", ".join(_part(item, part) for part in value)


def _part(item: Item, part: object) -> str:
    return format_number(part) if isinstance(part, (int, float)) else _option_label(item, str(part))


def _option_label(item: Item, key: str) -> str:
    return next((option.label for option in item.options if option.id == key), key)
