"""YAML and JSON text -> plain values that remember their lines; the only home of PyYAML.

Stricter than YAML, so that a file means what it looks like: no aliases, anchors or tags, no key
twice, and `yes`, `off`, `12:30` and `0123` are text. Only `true`, `false`, `null`, plain numbers
and ISO dates are anything else.
"""

from __future__ import annotations

import json
import math
import re
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from itertools import takewhile
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from utbildningsprocess.data_files.spelled import Spelled
from utbildningsprocess.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
"""Levels of keys and lists inside each other."""
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_THOUSANDS = re.compile(r"-?[1-9][0-9]{0,2}\.[0-9]{2}0")
"""What a person writes for thousands, and no program for a number with decimals: 25.000. It stays a text."""
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN|[-+.0-9eE]+|true|false|null|[\[\]{},:\n]')

KeyPath: TypeAlias = tuple[str | int, ...]
"""The keys and places in lists that lead to a part of a file: `("fragor", 0, "id")`."""
Faults: TypeAlias = "Iterator[tuple[KeyPath, str]]"
"""What is wrong in a file: the path to each fault, and a sentence."""


class Unreadable(Broken):
    """The text is no YAML or JSON that the tool reads."""

    def __init__(self, name: str, line: int, what: str) -> None:
        self.line = line
        self.what = what
        super().__init__(f"{name}:{line}: {what}")


@dataclass(frozen=True)
class ValueWithLines:
    """A value of plain Python that was read from a text, and the line that each part of it stands on."""

    value: Any
    _line: int
    _parts: dict[str | int, ValueWithLines] = field(default_factory=dict)

    def line(self, path: KeyPath) -> int:
        """The line of the part at `path`, or of the nearest part around it that exists; counted from 1."""
        if path and path[0] in self._parts:
            return self._parts[path[0]].line(path[1:])
        return self._line


def load_yaml(text: str, name: str, key: Callable[[str], str] = str) -> ValueWithLines:
    """The value of a text in YAML or JSON; `key` may rewrite the keys, to fold their spelling.

    Raises Unreadable with one sentence: file, line, what is wrong.
    """
    text = text.removeprefix("\ufeff")
    if forbidden := _FORBIDDEN.search(text):
        line = text.count("\n", 0, forbidden.start()) + 1
        raise Unreadable(name, line, "här finns ett osynligt styrtecken. Ta bort det.")
    if len(text.encode()) > MOST_BYTES:
        raise Unreadable(name, 1, "filen är större än en megabyte. Dela upp den.")
    events = _json(text, name) or _yaml(text, name)
    first = next(events, _Event("=", 1))
    whole = _Builder(events, name, key).build(first, first.line)
    next(events, None)  # What follows is nothing, or raises.
    return whole


# ------------------------------------------------------------ text -> events


class _Event(NamedTuple):
    """A step through a text: `{` and `[` begin, `]` ends, `=` is a scalar with its text and value."""

    mark: str
    line: int
    text: str = ""
    value: object = None


_Events: TypeAlias = "Iterator[_Event]"
_PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _yaml(text: str, name: str) -> _Events:
    documents = 0
    try:
        for event in yaml.parse(text, Loader=_PARSER):
            line = event.start_mark.line + 1 if event.start_mark else 1
            if isinstance(event, yaml.NodeEvent):
                yield _node(event, line, name)
            elif isinstance(event, yaml.CollectionEndEvent):
                yield _Event("]", line)
            elif isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise Unreadable(name, line, "filen har flera delar. Ta bort raden med ---.")
    except yaml.YAMLError as error:
        raise _syntax_error(error, name) from None


def _node(event: yaml.NodeEvent, line: int, name: str) -> _Event:
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise Unreadable(name, line, f"{_REFERENCE} Skriv ut värdet, eller sätt citattecken om det.")
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
        raise Unreadable(name, line, _TAG)
    if isinstance(event, yaml.ScalarEvent):
        text = str(event.value)
        return _Event("=", line, text, _plain(text) if event.implicit[0] else text)
    return _Event("{" if isinstance(event, yaml.MappingStartEvent) else "[", line)


def _plain(text: str) -> object:
    """What a word without quotes means."""
    if text in _WORDS:
        return _WORDS[text]
    if (number := _NUMBER.fullmatch(text)) and not _THOUSANDS.fullmatch(text):
        return Spelled(text) if number[2] else int(text)
    if _DATE.fullmatch(text):
        with suppress(ValueError):
            return date.fromisoformat(text)
    return text


def _json(text: str, name: str) -> _Events | None:
    """The events of JSON, or None where the text should be read as YAML."""
    named = name.casefold().endswith(".json")
    if not named and not text.lstrip().startswith(("{", "[")):
        return None
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except RecursionError:
        pass  # It is told with its line when the values are built.
    except json.JSONDecodeError as error:
        if named:
            raise Unreadable(name, error.lineno, _JSON.get(error.msg, _JSON_ELSE)) from None
        return None
    return _json_events(text)


def _json_events(text: str) -> _Events:
    line = 1
    for match in _JSON_TOKEN.finditer(text):
        lexeme = match[0]
        if lexeme == "\n":
            line += 1
        elif lexeme in "{[":
            yield _Event(lexeme, line)
        elif lexeme in "}]":
            yield _Event("]", line)
        elif lexeme.startswith('"'):
            string = re.sub("[\ud800-\udfff]", "\ufffd", json.loads(lexeme))
            yield _Event("=", line, string, string)
        elif lexeme not in ",:":
            yield _Event("=", line, lexeme, _json_plain(lexeme))


def _json_plain(lexeme: str) -> object:
    if lexeme in _WORDS or _NUMBER.fullmatch(lexeme):
        return _plain(lexeme)
    number = Spelled(lexeme)
    return number if math.isfinite(number) and not lexeme.lstrip("-").isdigit() else lexeme


# ----------------------------------------------------------- events -> values


@dataclass(frozen=True)
class _Builder:
    events: _Events
    name: str
    rewrite: Callable[[str], str]

    def build(self, event: _Event, line: int, depth: int = 0) -> ValueWithLines:
        """The value that begins with an event; it stands on the line of its key."""
        if event.mark == "=":
            return ValueWithLines(event.value, line)
        if depth == MOST_DEPTH:
            raise Unreadable(self.name, event.line, _TOO_DEEP)
        parts: dict[str | int, ValueWithLines] = {}
        for inner in takewhile(lambda inner: inner.mark != "]", self.events):
            if event.mark == "[":
                parts[len(parts)] = self.build(inner, inner.line, depth + 1)
            else:
                key = self._key(inner, parts)
                parts[key] = self.build(next(self.events), inner.line, depth + 1)
        value = {key: inside.value for key, inside in parts.items()}
        return ValueWithLines(value if event.mark == "{" else list(value.values()), line, parts)

    def _key(self, event: _Event, earlier: Mapping[str | int, ValueWithLines]) -> str:
        if event.mark != "=" or not event.text.strip():
            raise Unreadable(self.name, event.line, "här ska det stå en nyckel före kolonet.")
        key = self.rewrite(event.text)
        if key in earlier:
            sentence = f"nyckeln ”{event.text}” står redan på rad {earlier[key].line(())}. Ta bort den ena."
            raise Unreadable(self.name, event.line, sentence)
        return key


# ------------------------------------------------------------------ sentences

_REFERENCE = "tecknen & och * först i ett värde betyder en hänvisning, och sådana läses inte."
_TAG = "ett utropstecken först i ett värde betyder en märkning, och sådana läses inte. Sätt citattecken om."
_TOO_DEEP = f"innehållet ligger i fler än {MOST_DEPTH} nivåer. Gör det plattare."
_YAML_ELSE = "texten går inte att läsa som YAML. Kontrollera indrag, kolon och citattecken."
_YAML = (
    ("while scanning an alias", f"{_REFERENCE} Sätt citattecken om värdet."),
    ("while scanning an anchor", f"{_REFERENCE} Sätt citattecken om värdet."),
    ("mapping values are not allowed", "ett kolon står där det inte får stå. Sätt citattecken om texten."),
    ("could not find expected ':'", "kolonet efter nyckeln saknas, eller så stämmer inte indraget."),
    (
        "did not find expected key",
        "indraget stämmer inte med raderna ovanför, eller så saknas ett citattecken.",
    ),
    ("did not find expected '-'", "indraget stämmer inte med listan ovanför, eller så saknas ett streck."),
    ("cannot start any token", "värdet börjar med ett tecken som YAML inte tillåter. Sätt citattecken om."),
    ("tab character", "raden har en tabb i indraget. Byt den mot blanksteg."),
    ("while scanning a quoted scalar", "texten börjar med ett citattecken som aldrig avslutas."),
    ("escape", "ett bakstreck inom citattecken följs av fel tecken. Skriv två bakstreck."),
    ("while parsing a flow sequence", "listan inom [ ] saknar ett kommatecken eller sin avslutning."),
    ("while parsing a flow mapping", "delen inom { } saknar ett kommatecken eller sin avslutning."),
    ("while parsing a flow node", "ett värde eller en avslutning saknas inom [ ] eller { }."),
    ("block sequence entries", "ett streck står där det inte får stå. Kontrollera indraget."),
    ("block scalar", "tecknet | eller > får inte följas av text på samma rad."),
    ("expected <document start>", "raden hör inte ihop med det som står ovanför. Kontrollera indraget."),
    ("undefined tag", _TAG),
    ("directive", "raden börjar med ett procenttecken, och sådana rader läses inte."),
)
_JSON_ELSE = "texten går inte att läsa som JSON. Kontrollera kommatecken, kolon och citattecken."
_JSON = {
    "Expecting ',' delimiter": "ett kommatecken saknas, eller så är en parentes inte avslutad.",
    "Expecting ':' delimiter": "ett kolon saknas efter nyckeln.",
    "Expecting property name enclosed in double quotes": "här ska det stå en nyckel inom citattecken.",
    "Illegal trailing comma before end of object": "ett kommatecken står sist, där inget mer följer.",
    "Illegal trailing comma before end of array": "ett kommatecken står sist, där inget mer följer.",
    "Expecting value": "här saknas ett värde.",
    "Unterminated string starting at": "texten börjar med ett citattecken som aldrig avslutas.",
    "Extra data": "det står något mer efter slutet.",
}


def _syntax_error(error: yaml.YAMLError, name: str) -> Unreadable:
    context, problem = str(getattr(error, "context", "") or ""), str(getattr(error, "problem", "") or "")
    sentence = next((text for words, text in _YAML if words in f"{context} {problem}"), _YAML_ELSE)
    began_there = "end of stream" in problem or context.startswith("while parsing a flow")
    mark = getattr(error, "context_mark", None) if began_there else None
    mark = mark or getattr(error, "problem_mark", None)
    return Unreadable(name, mark.line + 1 if mark else 1, sentence)
