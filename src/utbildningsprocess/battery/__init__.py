"""Question batteries: YAML texts -> a Battery, or every error in them at once.

A battery is a contract with dossiers already written, so reading it is strict: first the shape of
each question (here), then what the questions say of each other (`rules`).
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from pydantic import BaseModel, ValidationError

from utbildningsprocess.battery.reading import NOT_KNOWN, Reading, StageReading
from utbildningsprocess.battery.rules import faults_in
from utbildningsprocess.battery.sentences import KINDS, sentences
from utbildningsprocess.data_files.braces import unfilled
from utbildningsprocess.data_files.yaml_text import Located, Unreadable, load_yaml, tuples
from utbildningsprocess.errors import Broken, listed
from utbildningsprocess.model import Battery, Kind, Question, Stage
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utbildningsprocess.battery.reading import Computed, Path

FORMAT = 1
_Model = TypeVar("_Model", bound=BaseModel)


class _Fault(NamedTuple):
    name: str
    line: int
    what: str


def load_battery(texts: Mapping[str, str], computed: Computed = NOT_KNOWN) -> Battery:
    """The battery in the texts, by file name; stages in the order of their numbers.

    `computed` says what the answers that are computed can be, for conditions that ask for them.
    Raises Broken with every error of every file, a line each: `fil:rad: vad. Menade du …?`
    """
    reader = _Reader()
    readings = [found for name, text in texts.items() if (found := reader.stage(name, text))]
    whole = len(readings) == len(texts) and all(reading.stage_id for reading in readings)
    files = {reading.name: reading for reading in readings}
    for name, path, what in faults_in(Reading(tuple(readings), whole=whole, computed=computed)):
        reader.wrong(name, files[name].located.line(path), what)
    if reader.faults:
        raise Broken(listed([f"{name}:{line}: {what}" for name, line, what in sorted(reader.faults)]))
    stages = [reading.stage for reading in readings if reading.stage]
    return Battery(tuple(sorted(stages, key=lambda stage: stage.number)))


class _Reader:
    """Reads files one by one and collects what is wrong with their shape."""

    def __init__(self) -> None:
        self.faults: set[_Fault] = set()

    def wrong(self, name: str, line: int, what: str) -> None:
        """Notes a fault; what it quotes from the file may not break its line."""
        self.faults.add(_Fault(name, line, " ".join(what.split())))

    def stage(self, name: str, text: str) -> StageReading | None:
        """What could be read of a file; None when it is no battery at all."""
        try:
            located = load_yaml(text, name, key=lru_cache(fold))
        except Unreadable as error:
            self.wrong(name, error.line, error.what)
            return None
        if not isinstance(located.value, dict):
            self.wrong(name, 1, "filen ska ha nycklarna format, steg, nummer, titel och ”fragor”.")
            return None
        return self._stage(name, located)

    def _stage(self, name: str, located: Located) -> StageReading:
        value = dict(located.value)
        for path, what in unfilled(value):
            self.wrong(name, located.line(path), what)
        self._check_format(name, located, value.pop("format", None))
        raw = value.get("fragor")
        listed_questions = raw if isinstance(raw, list) else []
        stage_id = value.get("steg")
        stage_id = stage_id if isinstance(stage_id, str) else ""
        questions = [
            self._question(name, located, ("fragor", place), stage_id)
            for place in range(len(listed_questions))
        ]
        header = value | {"fragor": ()} if isinstance(raw, list) else value
        stage = self._validated(name, located, (), header, Stage)
        good = tuple(question for question in questions if question)
        whole = stage.model_copy(update={"questions": good}) if stage else None
        return StageReading(name, located, stage_id, whole, _by_id(listed_questions, questions))

    def _check_format(self, name: str, located: Located, found: object) -> None:
        if found is None:
            self.wrong(name, 1, "nyckeln ”format” saknas. Skriv format: 1 överst.")
        elif found != FORMAT or isinstance(found, bool):
            what = f"den här versionen läser bara format {FORMAT}. Skriv format: {FORMAT}."
            self.wrong(name, located.line(("format",)), what)

    def _question(self, name: str, located: Located, path: Path, stage_id: str) -> Question | None:
        raw = _at(located.value, path)
        if not isinstance(raw, dict):
            self.wrong(name, located.line(path), "en fråga ska ha nycklarna id, typ och text.")
            return None
        if "steg" in raw:
            what = "nyckeln ”steg” står överst i filen, inte i frågan. Ta bort raden."
            self.wrong(name, located.line((*path, "steg")), what)
        return self._validated(name, located, path, _typed(raw) | {"steg": stage_id}, Question)

    def _validated(
        self, name: str, located: Located, path: Path, value: Mapping[str, Any], model: type[_Model]
    ) -> _Model | None:
        try:
            return model.model_validate(value)
        except ValidationError as error:
            for place, what in sentences(error.errors(), value, model):
                self.wrong(name, located.line((*path, *place)), what)
            return None


def _by_id(raw: list[Any], questions: Iterable[Question | None]) -> tuple[tuple[str, Question | None], ...]:
    """Each question beside its id, also those that could not be read."""
    ids = [one["id"] if isinstance(one, dict) and isinstance(one.get("id"), str) else "" for one in raw]
    return tuple(zip(ids, questions, strict=True))


def _typed(raw: dict[str, Any]) -> dict[str, Any]:
    """A question as its model wants it: tuples for lists, and kinds where a kind is named."""
    typed: dict[str, Any] = _with_kind(tuples(raw))
    if isinstance(typed.get("falt"), tuple):
        typed["falt"] = tuple(_with_kind(field) for field in typed["falt"])
    return typed


def _with_kind(value: Any) -> Any:
    named = value.get("typ") if isinstance(value, dict) else None
    if isinstance(named, str) and fold(named) in KINDS:
        return {**value, "typ": Kind(fold(named))}
    return value


def _at(value: Any, path: Path) -> Any:
    for key in path:
        value = value[key]
    return value
