"""The one strict reader of data files: text -> a model, or every fault in the file at once.

Question batteries, the rules of the thread check, the diagnosis, the learning objects and the settings
are all read here. Each of them adds its models, and what must hold between the parts of its files.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from utbildningsprocess.data_files.sentences import Wording
from utbildningsprocess.data_files.yaml_text import Unreadable, load_yaml
from utbildningsprocess.errors import Broken
from utbildningsprocess.swedish import did_you_mean, fold, joined, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath

    _Mapping = Mapping[str, Any]

_FORMAT = 1
_T = TypeVar("_T")
_Model = TypeVar("_Model", bound=BaseModel)
_folded = lru_cache(maxsize=1000)(fold)
"""The same few keys stand in every file."""
_NAME = re.compile(r"\{([a-zåäö_]+)\}", re.IGNORECASE)
_INSTEAD = {
    "esther": "Skriv Esther, så byts det mot ert eget ord.",
    "resursbibliotek": "Länken i utb.yaml visas ändå, under varje metod.",
    "kontakt": "Kontakten i utb.yaml visas ändå, under varje metod.",
}
"""What to do about a name that people may know from the settings."""


class StrictModel(BaseModel):
    """A model of something in a data file: it takes no other keys, and no value of another type."""

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class DataFile:
    """A data file that is being read, and every fault found in it so far."""

    def __init__(self, name: str, wording: Wording | None = None) -> None:
        self.name = name
        self.faults: set[tuple[int, str]] = set()
        """What is wrong, each fault with its line."""
        self._wording = wording or Wording()
        self._line_of: Callable[[KeyPath], int] = lambda _path: 1

    def fault_on_line(self, line: int, sentence: str) -> None:
        """Notes a fault on a line; what it quotes from the file may not break the line it is shown on."""
        self.faults.add((line, " ".join(sentence.split())))

    def fault_at(self, path: KeyPath, sentence: str) -> None:
        """Notes a fault on the line that a path leads to."""
        self.fault_on_line(self._line_of(path), sentence)

    def add_faults(self, faults: Iterable[tuple[KeyPath, str]]) -> None:
        """Notes faults, each with its path."""
        for path, sentence in faults:
            self.fault_at(path, sentence)

    def mapping(
        self, text: str, otherwise: str, *, as_written: bool = False, may_be_empty: bool = False
    ) -> dict[str, Any] | None:
        """The keys and values in the text, with lists as tuples; None, and a fault noted, when it has none.

        `otherwise` is what to say of a text with something else in it. Keys may be spelt with diacritics
        and capital letters, and composed in any way, unless they count as written.
        """
        try:
            read = load_yaml(text, self.name) if as_written else load_yaml(nfc(text), self.name, _folded)
        except Unreadable as error:
            self.fault_on_line(error.line, error.what)
            return None
        self._line_of = read.line
        value = {} if may_be_empty and read.value is None else _with_tuples(read.value)
        if isinstance(value, dict):
            return value
        self.fault_at((), otherwise)
        return None

    def without_format(self, mapping: _Mapping, wanted: int = _FORMAT) -> dict[str, Any]:
        """The keys without `format`; it is a fault when that is not the one that this version reads."""
        number = mapping.get("format")
        if number != wanted or isinstance(number, bool):
            missing = self._wording.no_format if number is None else ""
            another = f"den här versionen läser bara format {wanted}. Skriv format: {wanted}."
            self.fault_at(("format",), missing or another)
        return {key: value for key, value in mapping.items() if key != "format"}

    def validated(
        self, model: type[_Model], mapping: _Mapping, path: KeyPath = (), given: _Mapping | None = None
    ) -> _Model | None:
        """What stands at a path, as its model; None, and its faults noted, when it does not fit the model.

        `given` is what the model wants beside what the file says.
        """
        value = {**mapping, **(given or {})}
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for inner, sentence in self._wording.sentences(error.errors(), value, model, hidden=given or ()):
                self.fault_at((*path, *inner), sentence)
            return None


def _with_tuples(value: Any) -> Any:
    """A value with its lists as tuples, as frozen models hold them."""
    if isinstance(value, list):
        return tuple(_with_tuples(item) for item in value)
    return {key: _with_tuples(item) for key, item in value.items()} if isinstance(value, dict) else value


def faultless(read: _T | None, *files: DataFile) -> _T:
    """What was read of the files, when nothing is wrong in them.

    Raises Broken with every fault of every file, a line each: `fil:rad: vad. Menade du …?`
    """
    faults = sorted((file.name, *fault) for file in files for fault in file.faults)
    if faults or read is None:
        raise Broken("\n".join(f"{name}:{line}: {sentence}" for name, line, sentence in faults))
    return read


# ------------------------------------------------------------ names in braces


def unfilled(
    value: object, path: KeyPath = (), known: Callable[[KeyPath], Sequence[str]] = lambda _: ()
) -> Faults:
    """A fault for each name in the texts of a value read from YAML that is not filled in where it stands.

    `known` says which names are, by the path to a text.
    """
    if isinstance(value, str):
        yield from ((path, sentence) for sentence in not_filled_in(value, known(path)))
    elif isinstance(value, (dict, tuple)):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from unfilled(inner, (*path, key), known)


def not_filled_in(text: str, known: Sequence[str] = ()) -> Iterator[str]:
    """A sentence for each name in a text that is none of those known to be filled in there."""
    for name in dict.fromkeys(_NAME.findall(text)):
        if name not in known:
            filled_in = joined(f"{{{word}}}" for word in known)
            usual = f"Det här fylls i: {filled_in}." if known else "Skriv det som ska läsas, utan klamrar."
            hint = did_you_mean(name, known) or _INSTEAD.get(name.casefold(), usual)
            yield f"{{{name}}} fylls inte i här. {hint}"
