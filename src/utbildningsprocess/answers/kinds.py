"""What each kind of question takes and says: one row for each, and at the end which kind has which.

A new kind gets a row here, and mypy names the other places that decide by kind.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple, assert_never

from pydantic import InstanceOf, TypeAdapter

from utbildningsprocess.answers import numbers, readers
from utbildningsprocess.answers.by_name import find_option
from utbildningsprocess.answers.composite import read_rows, read_statements
from utbildningsprocess.answers.from_start import said_from_start
from utbildningsprocess.answers.measures import measure_echo
from utbildningsprocess.answers.pasted_lists import BECAME_LIST, with_lists
from utbildningsprocess.answers.periods import spoken_date
from utbildningsprocess.answers.rows import row_label
from utbildningsprocess.model import Kind, Period, Row, TimeSpan
from utbildningsprocess.swedish import clean_line, format_number, is_blank, joined, running, with_unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.model import Item, Question, Value


# ------------------------------------------------------------- values as text

_MOST_SAID = 2
"""The fields that a row without a name is known by."""


def _number_or_text(value: object) -> str:
    return format_number(value) if isinstance(value, (int, float)) else str(value)


def _yes_or_no(_: Item, value: object) -> str:
    return "Ja" if value else "Nej"


def _label_or_id(item: Item, key: str) -> str:
    """The label of an option, or its id when the label would be read as another option."""
    label = item.label(key)
    option = find_option(item.options, label)
    return label if option is None or option.id == key else key


def _one_line(item: Item, value: object) -> str:
    return running(item.label(str(value)))


def _labels(item: Item, values: tuple[object, ...]) -> str:
    if item.of_numbers:
        return _typed_list(values)
    return ", ".join(item.label(_number_or_text(value)) for value in values)


def _typed_list(values: tuple[object, ...]) -> str:
    """Several in one line, with the mark between them that none of them holds."""
    texts = [_number_or_text(value) for value in values]
    return ("; " if any(_divides(text) for text in texts) else ", ").join(texts)


def _edited_list(values: tuple[object, ...]) -> str:
    """Several as they are edited: a single one with a comma in it ends so that it stays one."""
    typed = _typed_list(values)
    return f"{typed};" if len(values) == 1 and "," in typed else typed


def _divides(text: str) -> bool:
    """Whether a comma between this and another would be read as part of one of them, or divide it."""
    return "," in text or text.endswith((".", ":", "!", "?")) or readers.runs_on(text)


def _read_group(question: Question, raw: object, today: date | None) -> tuple[Row, ...]:
    return read_rows(question, raw, lambda field, value: handling(field.kind).read(field, value, today))


def _row_labels(question: Question, rows: tuple[Row, ...]) -> str:
    labels = "; ".join(_row_in_short(question, row) for row in rows)
    return f"{len(rows)} {'rad' if len(rows) == 1 else 'rader'}: {labels}"


def _row_in_short(question: Question, row: Row) -> str:
    """The row by its name; one that has none by what is said first in it."""
    label = row_label(question, row)
    if label != f"Rad {row.id}":
        return label
    said = [field for field in question.fields if field.id in row.values][:_MOST_SAID]
    told = (f"{field.name}: {handling(field.kind).show(field, row.values[field.id])}" for field in said)
    return ", ".join(told) or label


def _number_as_understood(item: Item, text: str, value: float) -> str:
    """The number with its unit when it is typed in another way, and what was said of it that is not kept."""
    said, loose = with_unit(value, item.unit), numbers.not_kept(text)
    typed, from_start = clean_line(text), said_from_start(value, item.unit)
    bare = [] if " " in item.unit else [f"{typed} {item.unit}".strip()]  # a unit that says more than of what
    echo = f"Det är {from_start}." if from_start else f"Talet är {said}."
    if {clean_line(said), clean_line(from_start)} & {typed, *bare}:
        echo = ""
    return " ".join(filter(None, [echo, f"”{loose}” sparas inte." if loose else ""]))


def _list_as_understood(item: Item, text: str, values: tuple[object, ...]) -> str:
    """The numbers with their unit when they are typed in another way than they stand."""
    if not item.of_numbers or clean_line(text) == _typed_list(values):
        return ""
    *before, last = (with_unit(value, item.unit) for value in values if isinstance(value, (int, float)))
    bare = [words.removesuffix(f" {item.unit}") for words in before]
    return f"Talen är {joined([*bare, last])}." if before else f"Talet är {last}."


# ------------------------------------------------------------ how to write them

_ANY_DATE = "Skriv datumet som du brukar: 2026-03-12, 12/3, 12 mars eller i morgon."
_LESS_EXACT = (
    " En vecka, en månad, ett kvartal eller en årstid räcker också: v. 22, oktober, Q4, hösten 2027."
)

_SEVERAL = "En eller flera, med komma emellan"
_ONE_BOX = "Sätt ett x i en ruta: [x]."
_BOXES = "Sätt ett x i varje ruta som stämmer: [x]."
_ADD_A_LINE = "Egna ord går bra: lägg till en rad."


def _between(item: Item, how: str) -> str:
    """How several are told apart; in sentences a comma is part of them."""
    return f"{how}." if item.of_numbers else f"{how}, eller semikolon om det är hela meningar."


def _options(item: Item) -> str:
    return " / ".join(option.label for option in item.offered)


def _a_number(item: Item) -> str:
    return "Ett tal." if item.unit in item.text.casefold() else f"Ett tal ({item.unit})."


def numbered_options(question: Question) -> str:
    """The options of a question in one line, with the numbers that stand for them on a page."""
    return ", ".join(f"{number} {option.label}" for number, option in enumerate(question.offered, 1))


# --------------------------------------------------------------------- the rows


class Handling(NamedTuple):
    """How answers of one kind are read, edited and said, and how people are told to write them."""

    reader: Callable[[Any, object, date | None], Value]
    """Finds the value in what is raw, or raises Invalid with a sentence."""
    type: Any = str
    """What every value of the kind is; pydantic holds the reader to it."""
    edit: Callable[[Any], str] = str
    """A value as the text a person edits; empty when what is chosen, or has parts, is never one text."""
    show: Callable[[Any, Any], str] = _one_line
    """A value in one line, as a person would say it."""
    write: Callable[[Item, Any], str] = lambda _, value: str(value)
    """A value, or one part of it, as a dossier has it."""
    possible: Callable[[Item], list[str | bool]] = lambda _: []
    """Every value there is to choose one of; none where values are free."""
    at_prompt: Callable[[Item], str] = lambda _: ""
    """How to type it."""
    echo: Callable[[Item, str, Any], str] = lambda _item, _text, _value: ""
    """What is said of how a typed text was understood; empty when there is nothing to say."""
    in_field: Callable[[Item], str] = lambda _: ""
    """How to write it where there is only room for a text."""
    on_page: Callable[[Any], str] | None = None
    """How to answer on a page to fill in; as `in_field` when there is nothing else to say."""
    on_paper: str = ""
    """How to answer by hand; as `in_field` when there is nothing else to say."""

    def read(self, item: Item, raw: object, today: date | None) -> Value:
        """A raw value as a valid one. Raises Invalid."""
        if isinstance(raw, str) and is_blank(raw):
            raw = ""
        value = self.reader(item, raw, today)
        if type(value) is not self.type:  # else it needs no closer look
            value = _adapter(self.type).validate_python(value, strict=True)
        return value


@cache
def _adapter(value_type: Any) -> TypeAdapter[Any]:
    return TypeAdapter(value_type)


_TEXT = Handling(lambda _item, raw, _today: readers.read_prose(raw))
_LONG_TEXT = Handling(
    lambda _item, raw, today: readers.read_long_prose(raw, stored=today is None),
    echo=lambda _item, text, _value: BECAME_LIST if with_lists(text) != text else "",
)
_MEASURE = Handling(
    lambda _item, raw, _today: readers.read_prose(raw),
    at_prompt=lambda _: "Skriv ett tal med enhet, till exempel 68 % eller högst 15 minuter. Annars i ord.",
    echo=lambda _item, text, _value: measure_echo(text),
    in_field=lambda _: "Ett tal med enhet, till exempel 68 %, eller i ord.",
)
_CHOICE = Handling(
    lambda item, raw, _: readers.read_choice(item, raw),
    write=_label_or_id,
    possible=lambda item: [option.id for option in item.offered],
    in_field=_options,
    on_page=lambda item: f"{_ONE_BOX} {_ADD_A_LINE}" if item.own_words else _ONE_BOX,
    on_paper="Kryssa en ruta.",
)
_MULTIPLE = Handling(
    lambda item, raw, _: readers.read_choices(item, raw),
    tuple[str, ...],
    edit=_typed_list,
    show=_labels,
    write=_label_or_id,
    in_field=lambda item: f"{_SEVERAL}: {_options(item)}",
    on_page=lambda item: f"{_BOXES} {_ADD_A_LINE}" if item.own_words else _BOXES,
    on_paper="Kryssa varje ruta som stämmer.",
)
_YES_NO = Handling(
    lambda _item, raw, _today: readers.read_yes_no(raw),
    bool,
    edit=lambda _: "",
    show=_yes_or_no,
    write=_yes_or_no,
    possible=lambda _: [True, False],
    in_field=lambda _: "Ja / Nej",
    on_page=lambda _: _ONE_BOX,
    on_paper="Kryssa en ruta.",
)
_NUMBER = Handling(
    lambda item, raw, today: numbers.read_number(item, raw, stored=today is None),
    int | float,
    edit=format_number,
    show=lambda item, value: with_unit(value, item.unit),
    write=lambda _, value: _number_or_text(value),
    at_prompt=lambda item: f"Skriv med siffror, till exempel {numbers.number_example(item)}.",
    echo=_number_as_understood,
    in_field=_a_number,
)
_DATE = Handling(
    readers.read_date,
    date | InstanceOf[Period],
    at_prompt=lambda item: f"{_ANY_DATE}{_LESS_EXACT if item.approximate else ''}",
    echo=lambda _item, _text, value: f"Datumet är {spoken_date(value)}.",
    in_field=lambda item: (
        "Ett datum med årtal, till exempel 2026-03-12"
        + (
            ", eller en vecka, månad, årstid eller ett kvartal, till exempel hösten 2026."
            if item.approximate
            else "."
        )
    ),
)
_TIME_SPAN = Handling(
    lambda _item, raw, _today: readers.read_time_span(raw),
    InstanceOf[TimeSpan],
    at_prompt=lambda _: "Skriv start och slut, till exempel 8.30-16. Bara starten går också bra: 13.",
    echo=lambda _, text, value: "" if str(value) == text else f"Tiden är {value}.",
    in_field=lambda _: "Start och slut, till exempel 08.30–16.00.",
)
_LIST = Handling(
    lambda item, raw, today: readers.read_list(item, raw, stored=today is None),
    tuple[str | int | float, ...],
    edit=_edited_list,
    show=_labels,
    write=lambda _, value: _number_or_text(value),
    at_prompt=lambda item: _between(item, "Skriv med komma emellan"),
    echo=_list_as_understood,
    in_field=lambda item: _between(item, "Flera skrivs med komma emellan"),
    on_page=lambda item: _between(item, "Skriv en rad för varje, eller med komma emellan"),
    on_paper="Skriv en på varje rad.",
)
_STATEMENTS = Handling(
    lambda question, raw, _: read_statements(question, raw),
    dict[str, InstanceOf[str]],
    edit=lambda _: "",
    show=lambda _, value: (
        f"{len(value)} {'påstående besvarat' if len(value) == 1 else 'påståenden besvarade'}"
    ),
    on_page=lambda question: f"Skriv en siffra i stället för punkterna: {numbered_options(question)}.",
    on_paper="Kryssa en ruta för varje påstående.",
)
_GROUP = Handling(
    _read_group,
    tuple[InstanceOf[Row], ...],
    edit=lambda _: "",
    show=_row_labels,
    on_paper="Räcker raderna inte: fortsätt på baksidan.",
)
_REFERENCE = Handling(lambda _item, raw, _today: readers.read_reference(raw), in_field=lambda _: "En")
_REFERENCES = Handling(
    lambda _item, raw, _today: readers.read_references(raw),
    tuple[str, ...],
    edit=_typed_list,
    show=_labels,
    in_field=lambda _: _SEVERAL,
)


@cache
def handling(kind: Kind) -> Handling:  # noqa: C901, PLR0911, PLR0912  a case for each kind
    """How answers of a kind are handled."""
    match kind:
        case Kind.TEXT:
            return _TEXT
        case Kind.LONG_TEXT:
            return _LONG_TEXT
        case Kind.MEASURE:
            return _MEASURE
        case Kind.CHOICE:
            return _CHOICE
        case Kind.MULTIPLE:
            return _MULTIPLE
        case Kind.YES_NO:
            return _YES_NO
        case Kind.NUMBER:
            return _NUMBER
        case Kind.DATE:
            return _DATE
        case Kind.TIME_SPAN:
            return _TIME_SPAN
        case Kind.LIST:
            return _LIST
        case Kind.STATEMENTS:
            return _STATEMENTS
        case Kind.GROUP:
            return _GROUP
        case Kind.REFERENCE:
            return _REFERENCE
        case Kind.REFERENCES:
            return _REFERENCES
        case _:
            assert_never(kind)
