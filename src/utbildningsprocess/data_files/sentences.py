"""What pydantic finds wrong in a data file, as Swedish sentences, each with its path in the file."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import TYPE_CHECKING, Any, get_args

from pydantic import BaseModel

from utbildningsprocess.swedish import did_you_mean, joined

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from pydantic.fields import FieldInfo
    from pydantic_core import ErrorDetails

    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath

_EXPECTED = {
    "string_type": "en text",
    "bool_type": "true eller false",
    "int_type": "ett heltal",
    "float_type": "ett tal",
    "tuple_type": "en lista",
    "dict_type": "ett block med nycklar",
}
_SAME_TYPE = {"int_from_float": "int_type", "mapping_type": "dict_type"}
"""Types of error that say the same of the value."""


@dataclass(frozen=True)
class Wording:
    """How a kind of data file words its faults; as the question batteries do, unless it says otherwise."""

    unknown_key: str = "nyckeln ”{key}” finns inte här."
    known_keys: str = "Här får stå"
    no_value: str = "saknar värde. Skriv något, eller ta bort raden."
    """Empty, when it is better to say what the value should be."""
    empty: str = "är tom. Skriv ett värde."
    no_format: str = ""
    """What to say when there is no `format`; as when there is another one, unless it says otherwise."""
    expected: Mapping[str, str] = field(default_factory=dict)
    """What a value should be, by pydantic's type of error."""
    advice: Mapping[str, str] = field(default_factory=lambda: {"string_type": "Sätt citattecken om."})
    """What to do about a single value of the wrong type, by pydantic's type of error."""
    full_keys: bool = False
    """Whether a key is named together with those it stands under: `kostnad.ar`."""
    no_such_word: Callable[[object], str] = str
    """The sentence for a value that is no word of an enumeration."""

    def sentences(
        self, errors: Iterable[ErrorDetails], value: Any, model: type[BaseModel], hidden: Collection[str]
    ) -> Faults:
        """A sentence for each path that is wrong in a value, also when pydantic tried several types there.

        Keys of the model that are `hidden` are never proposed: the reader sets them itself.
        """
        # pydantic counts only the items that are right, and would also call a list of wrong ones too short.
        told = [error for error in errors if error["type"] != "too_short" or not error["input"]]
        placed = sorted(((_path(error, value), error) for error in told), key=lambda pair: str(pair[0]))
        for path, group in groupby(placed, key=lambda pair: pair[0]):
            yield path, self._sentence(path, [error for _, error in group], model, hidden)

    def _sentence(
        self, path: KeyPath, errors: list[ErrorDetails], model: type[BaseModel], hidden: Collection[str]
    ) -> str:
        error = errors[0]
        match error["type"]:
            case "missing":
                return f"nyckeln ”{path[-1]}” saknas."
            case "extra_forbidden":
                known = [key for key in _fields(_model_at(path[:-1], model)) if key not in hidden]
                hint = did_you_mean(str(path[-1]), known) or f"{self.known_keys}: {', '.join(known)}."
                return f"{self.unknown_key.format(key=self._key(path))} {hint}"
            case "enum" | "is_instance_of":
                return self.no_such_word(error["input"])
            case "value_error":
                return str(error["ctx"]["error"])
        if isinstance(path[-1], int):
            return f"punkt {path[-1] + 1} under ”{path[-2]}” {self._unfit(path, errors, model)}"
        return f"”{self._key(path)}” {self._unfit(path, errors, model)}"

    def _key(self, path: KeyPath) -> str:
        return ".".join(map(str, path)) if self.full_keys else str(path[-1])

    def _unfit(self, path: KeyPath, errors: list[ErrorDetails], model: type[BaseModel]) -> str:
        """What is said of a value that its key cannot have."""
        error = errors[0]
        match error["type"]:
            case "too_short" | "string_too_short":
                return self.empty
            case "literal_error":
                # pydantic quotes the words, and has an English one before the last.
                words = str(error["ctx"]["expected"]).replace("'", "").replace(" or ", " eller ")
                return f"ska vara {'något av ' if ' eller ' in words else ''}{words}."
            case "greater_than" | "greater_than_equal" | "less_than_equal":
                return f"kan inte vara {error['input']}. Kontrollera talet."
        if error["input"] is None and self.no_value:
            return self.no_value
        types = {_SAME_TYPE.get(error["type"], error["type"]) for error in errors}
        if "float_type" in types:
            types.discard("int_type")
        expected = {**_EXPECTED, **self.expected}
        wanted = {expected.get(kind) or _block(_model_at(path, model)) for kind in types}
        advice = "" if isinstance(error["input"], (dict, tuple)) else self.advice.get(error["type"], "")
        return f"ska vara {' eller '.join(sorted(wanted))}. {advice}".rstrip()


def _path(error: ErrorDetails, value: Any) -> KeyPath:
    """The path in the file: pydantic adds the names of the types it tried."""
    if error["type"] == "missing":
        return error["loc"]
    path: list[str | int] = []
    for key in error["loc"]:
        known = key in value if isinstance(value, dict) else isinstance(value, tuple) and isinstance(key, int)
        if not known:
            break
        path.append(key)
        value = value[key]
    return tuple(path)


def _block(model: type[BaseModel]) -> str:
    """What a block must hold at least."""
    needed = [key for key, info in _fields(model).items() if info.is_required()]
    return f"ett block med nycklarna {joined(needed)}" if needed else "ett block med nycklar"


def _fields(model: type[BaseModel]) -> dict[str, FieldInfo]:
    return {info.alias or name: info for name, info in model.model_fields.items()}


def _model_at(path: KeyPath, model: type[BaseModel]) -> type[BaseModel]:
    """The model of the innermost block at or around a path."""
    for key in path:
        info = _fields(model).get(str(key))
        model = next(_models_in(info and info.annotation), model)
    return model


def _models_in(annotation: object) -> Iterator[type[BaseModel]]:
    """The models that a type is made of, as Option in tuple[Option, ...]."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)
