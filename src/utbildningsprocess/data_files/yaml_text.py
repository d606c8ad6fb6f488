"""YAML and JSON text -> plain values that remember their lines; the only home of PyYAML.

Stricter than YAML, so that a file means what it looks like: no aliases, anchors or tags, no key
twice, and `yes`, `off`, `12:30` and `0123` are text. Only `true`, `false`, `null`, plain numbers
and ISO dates are anything else.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import yaml

from utbildningsprocess.errors import Broken

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST_BYTES = 1_000_000
MOST_DEPTH = 40
_NUMBER = re.compile(r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,15})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
_WORDS: dict[str, object] = {"true": True, "false": False, "null": None, "~": None, "": None}
_JSON_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*"|-?Infinity|NaN|[-+.0-9eE]+|true|false|null|[\[\]{},:\n]')


class Unreadable(Broken):
    """The text is no YAML or JSON that the tool reads."""

    def __init__(self, name: str, line: int, what: str) -> None:
        self.name = name
        self.line = line
        self.what = what
        super().__init__(f"{name}:{line}: {what}")


@dataclass(frozen=True)
class _Lines:
    """The line of a value, and of what is in it by key or place."""

    line: int
    below: dict[str | int, _Lines] = field(default_factory=dict)


@dataclass(frozen=True)
class Located:
    """A value of plain Python, and where its parts stand."""

    value: Any
    _lines: _Lines

    def line(self, path: tuple[str | int, ...]) -> int:
        """The line of the part at `path`, or of the nearest part around it that exists."""
        found = self._lines
        for key in path:
            if key not in found.below:
                break
            found = found.below[key]
        return found.line


def load_yaml(text: str, name: str, key: Callable[[str], str] = str) -> Located:
    """The value of a text in YAML or JSON; `key` may rewrite the keys, to fold their spelling.

    Raises Unreadable with one sentence: file, line, what is wrong.
    """
    text = text.removeprefix("\ufeff")
    _check_characters(text, name)
    build = _Build(name, key)
    for event in _json(text, name) or _yaml(text, name):
        build.take(event)
    return Located(build.value, build.lines)


def _check_characters(text: str, name: str) -> None:
    if found := _FORBIDDEN.search(text):
        line = text.count("\n", 0, found.start()) + 1
        raise Unreadable(name, line, "här finns ett osynligt styrtecken. Ta bort det.")
    if len(text.encode()) > MOST_BYTES:
        raise Unreadable(name, 1, "filen är större än en megabyte. Dela upp den.")


def tuples(value: Any) -> Any:
    """A value with its lists as tuples, as frozen models hold them."""
    if isinstance(value, list):
        return tuple(tuples(part) for part in value)
    return {key: tuples(part) for key, part in value.items()} if isinstance(value, dict) else value


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
            documents += isinstance(event, yaml.DocumentStartEvent)
            if documents > 1:
                raise Unreadable(name, _line(event), "filen har flera delar. Ta bort raden med ---.")
            if translated := _translated(event, name):
                yield translated
    except yaml.YAMLError as error:
        raise _syntax_error(error, name) from None


def _translated(event: yaml.Event, name: str) -> _Event | None:
    if isinstance(event, yaml.CollectionEndEvent):
        return _Event("]", _line(event))
    if not isinstance(event, yaml.NodeEvent):
        return None
    line = _line(event)
    if isinstance(event, yaml.AliasEvent) or event.anchor is not None:
        raise Unreadable(name, line, f"{_REFERENCE} Skriv ut värdet, eller sätt citattecken om det.")
    if isinstance(event, (yaml.ScalarEvent, yaml.CollectionStartEvent)) and event.tag is not None:
        raise Unreadable(name, line, _TAG)
    if isinstance(event, yaml.ScalarEvent):
        return _Event("=", line, event.value, _scalar(event))
    return _Event("{" if isinstance(event, yaml.MappingStartEvent) else "[", line)


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark else 1


def _scalar(event: yaml.ScalarEvent) -> object:
    text = str(event.value)
    return _plain(text) if event.implicit[0] else text


def _plain(text: str) -> object:
    """What a word without quotes means."""
    if text in _WORDS:
        return _WORDS[text]
    if number := _NUMBER.fullmatch(text):
        return float(text) if number[2] else int(text)
    if _DATE.fullmatch(text):
        try:
            return date.fromisoformat(text)
        except ValueError:
            return text
    return text


def _json(text: str, name: str) -> _Events | None:
    """The events of JSON, or None where the text should be read as YAML."""
    named = name.casefold().endswith(".json")
    if not named and not text.lstrip().startswith(("{", "[")):
        return None
    _check_depth(text, name)
    try:
        json.loads(text, parse_int=str, parse_float=str)
    except json.JSONDecodeError as error:
        if named:
            raise Unreadable(name, error.lineno, _JSON.get(error.msg, _JSON_ELSE)) from None
        return None
    return _json_events(text)


def _check_depth(text: str, name: str) -> None:
    depth = 0
    for part, line in _json_tokens(text):
        depth += (part in "[{") - (part in "]}")
        if depth > MOST_DEPTH:
            raise Unreadable(name, line, _TOO_DEEP)


def _json_tokens(text: str) -> Iterator[tuple[str, int]]:
    line = 1
    for found in _JSON_TOKEN.finditer(text):
        if found[0] == "\n":
            line += 1
        else:
            yield found[0], line


def _json_events(text: str) -> _Events:
    for part, line in _json_tokens(text):
        if part in "{[":
            yield _Event(part, line)
        elif part in "}]":
            yield _Event("]", line)
        elif part.startswith('"'):
            string = _without_lone_surrogates(json.loads(part))
            yield _Event("=", line, string, string)
        elif part not in ",:":
            yield _Event("=", line, part, _json_plain(part))


def _without_lone_surrogates(text: str) -> str:
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _json_plain(part: str) -> object:
    if part in _WORDS or _NUMBER.fullmatch(part):
        return _plain(part)
    if part.endswith(("NaN", "Infinity")):
        return part
    number = float(part)
    return number if math.isfinite(number) and not part.lstrip("-").isdigit() else part


# ----------------------------------------------------------- events -> values


@dataclass
class _Open:
    """A mapping or list that is being read."""

    value: Any
    lines: _Lines
    key: str | None = None


class _Build:
    """Puts values together from events, and their lines beside them."""

    def __init__(self, name: str, key: Callable[[str], str]) -> None:
        self.name = name
        self.rewrite = key
        self.value: Any = None
        self.lines = _Lines(1)
        self.open: list[_Open] = []

    def take(self, event: _Event) -> None:
        if event.mark == "]":
            self.open.pop()
        elif self._awaits_key():
            self._take_key(event)
        elif event.mark == "=":
            self._put(event.value, _Lines(self._line_of(event)))
        else:
            self._begin(event)

    def _awaits_key(self) -> bool:
        return bool(self.open) and isinstance(self.open[-1].value, dict) and self.open[-1].key is None

    def _take_key(self, event: _Event) -> None:
        top = self.open[-1]
        if event.mark != "=" or not event.text.strip():
            raise Unreadable(self.name, event.line, "här ska det stå en nyckel före kolonet.")
        top.key = self.rewrite(event.text)
        if top.key in top.value:
            first = top.lines.below[top.key].line
            raise Unreadable(
                self.name, event.line, f"nyckeln ”{event.text}” står redan på rad {first}. Ta bort den ena."
            )
        top.lines.below[top.key] = _Lines(event.line)

    def _begin(self, event: _Event) -> None:
        if len(self.open) >= MOST_DEPTH:
            raise Unreadable(self.name, event.line, _TOO_DEEP)
        value: Any = {} if event.mark == "{" else []
        lines = _Lines(self._line_of(event))
        self._put(value, lines)
        self.open.append(_Open(value, lines))

    def _line_of(self, event: _Event) -> int:
        """A value stands where its key does."""
        top = self.open[-1] if self.open else None
        return top.lines.below[top.key].line if top and top.key is not None else event.line

    def _put(self, value: Any, lines: _Lines) -> None:
        if not self.open:
            self.value, self.lines = value, lines
            return
        top = self.open[-1]
        if top.key is None:
            top.lines.below[len(top.value)] = lines
            top.value.append(value)
        else:
            top.lines.below[top.key] = lines
            top.value[top.key] = value
            top.key = None


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
    ("unknown escape", "ett bakstreck inom citattecken följs av fel tecken. Skriv två bakstreck."),
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
