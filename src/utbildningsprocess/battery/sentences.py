"""Pydantic's errors as Swedish sentences, each with its place in the file."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from utbildningsprocess.model import Condition, GroupField, Kind, Option, Prefill, Question, Statement
from utbildningsprocess.swedish import did_you_mean, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import BaseModel
    from pydantic_core import ErrorDetails

    from utbildningsprocess.battery.reading import Path

KINDS = tuple(str(kind) for kind in Kind)
_MODELS: dict[str, type[BaseModel]] = {
    "alternativ": Option,
    "pastaenden": Statement,
    "falt": GroupField,
    "visas_om": Condition,
    "alla": Condition,
    "nagon": Condition,
    "inte": Condition,
    "forifyll": Prefill,
}
_EXPECTED = {
    "string_type": "en text",
    "bool_type": "true eller false",
    "int_type": "ett heltal",
    "int_from_float": "ett heltal",
    "float_type": "ett tal",
    "tuple_type": "en lista",
}


def sentences(
    errors: Iterable[ErrorDetails], value: Any, model: type[BaseModel]
) -> Iterator[tuple[Path, str]]:
    """A sentence per place that is wrong; a key that may hold one of several kinds gives one, too."""
    placed = sorted(((_place(error, value), error) for error in errors), key=lambda pair: str(pair[0]))
    for place, group in groupby(placed, key=lambda pair: pair[0]):
        yield place, _sentence(place, [error for _, error in group], model)


def _place(error: ErrorDetails, value: Any) -> Path:
    """The place in the file: pydantic adds the names of the types it tried."""
    if error["type"] == "missing":
        return error["loc"]
    place: list[str | int] = []
    for key in error["loc"]:
        inside = isinstance(value, dict) or (isinstance(value, tuple) and isinstance(key, int))
        if not inside or (isinstance(value, dict) and key not in value):
            break
        place.append(key)
        value = value[key]
    return tuple(place)


def _sentence(place: Path, errors: list[ErrorDetails], model: type[BaseModel]) -> str:
    first = errors[0]
    key = next((str(part) for part in reversed(place) if isinstance(part, str)), "")
    if first["type"] == "missing":
        return f"nyckeln ”{key}” saknas."
    if first["type"] == "extra_forbidden":
        return _unknown_key(place, model)
    if first["type"] in ("enum", "is_instance_of"):
        return _unknown_kind(first["input"])
    if first["type"] == "literal_error":
        return f"{_name(place)} ska vara något av {_choices(first)}."
    if first["input"] is None:
        return f"{_name(place)} saknar värde. Skriv något, eller ta bort raden."
    return f"{_name(place)} ska vara {_expected(place, errors)}.{_quotes(errors)}"


def _name(place: Path) -> str:
    """What to call a place: its key, or the item of a list."""
    if place and isinstance(place[-1], int):
        return f"punkt {place[-1] + 1} under ”{place[-2]}”"
    return f"”{place[-1]}”"


def _unknown_key(place: Path, model: type[BaseModel]) -> str:
    around = next((part for part in reversed(place[:-1]) if isinstance(part, str)), "")
    model = _MODELS.get(around, model)
    known = [info.alias or name for name, info in model.model_fields.items()]
    if model is Question:
        known.remove("steg")
    hint = did_you_mean(str(place[-1]), known) or f"Här får stå: {', '.join(known)}."
    return f"nyckeln ”{place[-1]}” finns inte här. {hint}"


def _unknown_kind(found: object) -> str:
    hint = did_you_mean(found, KINDS) if isinstance(found, str) else ""
    hint = hint or f"Typerna är: {', '.join(KINDS)}."
    shown = f"”{found}”" if isinstance(found, str) else "det som står här"
    return f"{shown} är ingen typ av fråga. {hint}"


def _choices(error: ErrorDetails) -> str:
    """The words allowed, as pydantic lists them, without its quotes and its last word in English."""
    return str(error["ctx"]["expected"]).replace("'", "").replace(" or ", " eller ")


def _block(place: Path) -> str:
    """What a block must hold at least."""
    around = next((part for part in reversed(place) if isinstance(part, str)), "")
    model = _MODELS.get(around)
    needed = (
        [info.alias or name for name, info in model.model_fields.items() if info.is_required()]
        if model
        else []
    )
    return f"ett block med nycklarna {joined(needed)}" if needed else "ett block med nycklar"


def _expected(place: Path, errors: list[ErrorDetails]) -> str:
    kinds = {error["type"] for error in errors}
    if {"int_type", "float_type"} <= kinds:
        kinds -= {"int_type", "int_from_float"}
    return " eller ".join(sorted({_EXPECTED.get(kind) or _block(place) for kind in kinds}))


def _quotes(errors: list[ErrorDetails]) -> str:
    simple = not isinstance(errors[0]["input"], (dict, tuple, type(None)))
    return " Sätt citattecken om." if simple and errors[0]["type"] == "string_type" else ""
