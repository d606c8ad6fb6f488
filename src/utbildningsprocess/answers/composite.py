"""Answers with parts of their own, statements and rows: read part by part, every fault told at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from utbildningsprocess.answers.by_name import find_field, find_option, find_statement, says_other
from utbildningsprocess.answers.faults import Fault, Invalid, wrong
from utbildningsprocess.answers.rows import with_ids
from utbildningsprocess.answers.settled import EarlierOption
from utbildningsprocess.answers.unknown import UNKNOWN_FIELDS, known_by, who_knows
from utbildningsprocess.model import Row
from utbildningsprocess.swedish import clean_line, did_you_mean, fold, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.model import GroupField, Item, Question, Value

    ReadField = Callable[[GroupField, object], Value]


_NOT_KNOWN = ("vet inte", "vet ej", "vet ej an")


def read_statements(question: Question, raw: object) -> dict[str, str]:
    """The option chosen for each statement, by their ids."""
    if not isinstance(raw, Mapping) or not raw:
        raise wrong("Här behövs ett svar per påstående.")
    chosen: dict[str, str] = {}
    faults = []
    for key, answer in raw.items():
        statement = find_statement(question, str(key))
        option = find_option(question.options, str(answer))
        if statement is None:
            hint = did_you_mean(str(key), [statement.id for statement in question.statements])
            faults.append(Fault((str(key),), f"Påståendet ”{key}” finns inte. {hint}".strip()))
        elif option is None:
            known = joined(option.label for option in question.offered)
            faults.append(
                Fault((str(key),), f"”{answer}” är inget svar på ett påstående. Välj bland {known}.")
            )
        else:
            is_earlier = isinstance(answer, EarlierOption) or says_other(statement, str(key))
            chosen[statement.id] = EarlierOption(option.id) if is_earlier else option.id
    if faults:
        raise Invalid(faults)
    return {statement.id: chosen[statement.id] for statement in question.statements if statement.id in chosen}


def read_rows(question: Question, raw: object, read_field: ReadField) -> tuple[Row, ...]:
    """The rows of a group, each with an id; rows read before stay as they are."""
    if isinstance(raw, Mapping):
        raw = [raw]
    if not isinstance(raw, (list, tuple)) or not raw:
        raise wrong("Här behövs minst en rad.")
    if question.most_rows is not None and len(raw) > question.most_rows:
        raise wrong(f"Här ryms högst {question.most_rows} rad.")
    faults: list[Fault] = []
    rows: list[Row] = []
    for number, raw_row in enumerate(raw):
        row, row_faults = (raw_row, []) if isinstance(raw_row, Row) else _row(question, raw_row, read_field)
        faults += [Fault((number, *fault.path), fault.sentence) for fault in row_faults]
        rows.append(row)
    if question.row_prefix:
        faults += _id_faults(question, rows)
    if faults:
        raise Invalid(faults)
    return with_ids(question, rows)


def _row(question: Question, raw: object, read_field: ReadField) -> tuple[Row, list[Fault]]:
    if not isinstance(raw, Mapping):
        return Row("", {}), [Fault((), "En rad ska ha fält med namn och värde.")]
    values: dict[str, Value] = {}
    unknown, faults = _unknown_fields(question, raw.get(UNKNOWN_FIELDS))
    for key, given in raw.items():
        field = find_field(question, str(key))
        if key in ("id", UNKNOWN_FIELDS) or given is None:
            continue
        if field is None:
            faults.append(_no_field(question, (key,), str(key)))
            continue
        who = unknown_in(field, given)
        if field.id in unknown or who is not None:
            both = field.id in unknown and who is None
            faults += [Fault((key,), f"”{field.name}” står också under {UNKNOWN_FIELDS}.")] if both else []
            unknown[field.id] = who or unknown.get(field.id, "")
            continue
        try:
            values[field.id] = read_field(field, given)
        except Invalid as error:
            faults += [Fault((key, *fault.path), fault.sentence) for fault in error.faults]
    row = Row(clean_line(str(raw.get("id", ""))), in_field_order(question, values), {}, unknown)
    return row, faults


def _unknown_fields(question: Question, raw: object) -> tuple[dict[str, str], list[Fault]]:
    """The fields that are said not to be known, each with who can know, and what is wrong among them."""
    if raw is None:
        return {}, []
    if not isinstance(raw, Mapping):
        how = f"Under ”{UNKNOWN_FIELDS}” ska det stå fält, vart och ett med den som vet eller med ingenting."
        return {}, [Fault((UNKNOWN_FIELDS,), how)]
    fields = {key: find_field(question, str(key)) for key in raw}
    unknown = {field.id: known_by(str(raw[key] or "")) for key, field in fields.items() if field}
    missing = [key for key, field in fields.items() if field is None]
    return unknown, [_no_field(question, (UNKNOWN_FIELDS, key), str(key)) for key in missing]


def _no_field(question: Question, path: tuple[str | int, ...], name: str) -> Fault:
    hint = did_you_mean(name, [field.id for field in question.fields])
    return Fault(path, f"Fältet ”{name}” finns inte. {hint}".strip())


def unknown_in(field: Item, raw: object) -> str | None:
    """Who can know a field of which it is said that nobody knows yet; None for all else, as an option."""
    if not isinstance(raw, str) or find_option(field.options, clean_line(raw)):
        return None
    return who_knows(raw)


def unknown_said(field: Item, text: str) -> str | None:
    """As `unknown_in`, of what people type or paste: ”vet inte” and ”vet ej” say the same there."""
    if fold(text).rstrip(" .?") in _NOT_KNOWN and not find_option(field.options, clean_line(text)):
        return ""
    return unknown_in(field, text)


def in_field_order(question: Question, values: Mapping[str, Value]) -> dict[str, Value]:
    """The values of a row in the order its fields have in the battery."""
    return {field.id: values[field.id] for field in question.fields if field.id in values}


def _id_faults(question: Question, rows: Sequence[Row]) -> list[Fault]:
    faults = []
    seen: set[str] = set()
    for number, row in enumerate(rows):
        if row.id and not re.fullmatch(rf"(?:{question.row_prefix})?[1-9]\d{{0,5}}", row.id):
            example = f"{question.row_prefix}{number + 1}"
            faults.append(Fault((number,), f"”{row.id}” är inget rad-id här. Skriv till exempel {example}."))
        elif row.id in seen - {""}:
            faults.append(Fault((number,), f"Rad-id {row.id} står på två rader."))
        seen.add(row.id)
    return faults
