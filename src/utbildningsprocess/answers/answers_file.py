"""An answers file: a whole initiative, or part of one, as YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.accept import accept, told_of
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.rows import dangling, rows_in, says_nothing
from utbildningsprocess.data_files.yaml_text import load_yaml
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import AnswerSheet, Given, Skipped, Unknown
from utbildningsprocess.steps import ABOUT
from utbildningsprocess.swedish import clean_line, did_you_mean, fold, joined

if TYPE_CHECKING:
    from datetime import date

    from utbildningsprocess.data_files.yaml_text import ValueWithLines
    from utbildningsprocess.model import Answer, Answers, Battery

_KEYS = (
    *("initiativ", "svar", "avsteg", "hoppade", "okanda", "titel"),
    *("format", "problem", "galler_inte", "utan_fraga"),
)
_COMMON = 5
"""How many of them a person writes; those after it are what `utb visa` gives besides."""


@dataclass(frozen=True)
class AnswersFile:
    """What the file gives: a title, perhaps empty, and answers by address."""

    title: str
    answers: Answers
    notes: tuple[str, ...] = ()
    """How loosely written numbers and dates were understood, each as `fil:rad: vad`."""


def read_answers_file(
    text: str, name: str, battery: Battery, today: date, existing: Answers | None = None
) -> AnswersFile:
    """The answers in the text. References may point at rows of `existing` answers too.

    Raises WrongUse that lists every error as `fil:rad: vad`; raises Broken when it is no YAML.
    """
    reading = _Reading(load_yaml(text, name), name, battery, today)
    result = reading.everything()
    reading.check_references({**(existing or {}), **result.answers})
    if reading.errors:
        raise WrongUse("\n".join(text for _, text in sorted(reading.errors)))
    return result


class _Reading:
    """Reads one file, and collects its answers and every error in it."""

    def __init__(self, located: ValueWithLines, name: str, battery: Battery, today: date) -> None:
        self.located = located
        self.name = name
        self.battery = battery
        self.today = today
        self.answers: dict[str, Answer] = {}
        self.errors: list[tuple[int, str]] = []
        self.paths: dict[str, tuple[str | int, ...]] = {}
        self.notes: list[str] = []

    def wrong(self, path: tuple[str | int, ...], sentence: str) -> None:
        line = self.located.line(path)
        self.errors.append((line, f"{self.name}:{line}: {sentence}"))

    def everything(self) -> AnswersFile:
        whole = self.located.value
        if not isinstance(whole, Mapping):
            self.wrong((), "Filen ska ha nycklarna initiativ och svar. Se utb exempel.")
            return AnswersFile("", {})
        for key in whole:
            if key not in _KEYS:
                hint = did_you_mean(str(key), _KEYS) or f"Nycklarna är: {joined(_KEYS[:_COMMON])}."
                self.wrong((str(key),), f"Nyckeln ”{key}” finns inte. {hint}")
        about = self._mapping(whole.get("initiativ"), ("initiativ",))
        self._stage(ABOUT, about, ("initiativ",), ignored="titel")
        for stage_id, stage_answers in self._mapping(whole.get("svar"), ("svar",)).items():
            self._named_stage(str(stage_id), stage_answers)
        if whole.get("avsteg"):
            self._answer(DEVIATIONS, whole["avsteg"], ("avsteg",))
        self._states(whole.get("hoppade"), "hoppade", Skipped)
        self._states(whole.get("okanda"), "okanda", Unknown)
        if unasked := self._mapping(whole.get("utan_fraga"), ("utan_fraga",)):
            line = self.located.line(("utan_fraga",))
            self.notes.append(
                f"{self.name}:{line}: {joined(map(str, unasked))} är ingen fråga här och läses inte."
            )
        title = about.get("titel", whole.get("titel", ""))
        return AnswersFile(clean_line(str(title or "")), self.answers, tuple(self.notes))

    def check_references(self, answers: Answers) -> None:
        for (qid, number, field, _, _), sentence in dangling(AnswerSheet(self.battery, answers)):
            if qid in self.answers:
                self.wrong((*self.paths.get(qid, ()), number, field.id), f"{qid}: {sentence}")

    def _mapping(
        self, given: object, path: tuple[str, ...], what: str = "nycklar med värden"
    ) -> Mapping[object, object]:
        if given is not None and not isinstance(given, Mapping):
            self.wrong(path, f"Under ”{path[-1]}” ska det stå {what}.")
        return given if isinstance(given, Mapping) else {}

    def _named_stage(self, name: str, given: object) -> None:
        known = [stage.id for stage in self.battery.stages]
        path = ("svar", name)
        if fold(name) in known:
            self._stage(fold(name), self._mapping(given, path, "frågor med svar"), path)
        else:
            self.wrong(path, f"Steget ”{name}” finns inte. {did_you_mean(name, known)}".strip())

    def _stage(
        self, stage_id: str, given: Mapping[object, object], path: tuple[str, ...], ignored: str = ""
    ) -> None:
        known = [question.id for question in self.battery.questions() if question.stage == stage_id]
        for key, raw in given.items():
            if key == ignored or raw is None:
                continue
            if key in known:
                self._answer(f"{stage_id}.{key}", raw, (*path, str(key)))
            else:
                hint = did_you_mean(str(key), known)
                self.wrong((*path, str(key)), f"Frågan ”{key}” finns inte i {stage_id}. {hint}".strip())

    def _answer(self, qid: str, raw: object, path: tuple[str | int, ...]) -> None:
        question = self.battery.question(qid)
        if question is None:
            self.wrong(path, f"Frågan ”{qid}” finns inte.")
            return
        self.paths[qid] = path
        try:
            value = accept(question, raw, self.today)
            place = f"{self.name}:{self.located.line(path)}: {qid}"
            self.notes += [f"{place}: {told}" for told in told_of(question, raw, value)]
            if not says_nothing(rows_in(value)):
                self.answers[qid] = Given(value)
        except Invalid as error:
            for fault in error.faults:
                self.wrong((*path, *fault.path), f"{qid}: {fault.placed}")

    def _states(self, given: object, key: str, state: type[Skipped | Unknown]) -> None:
        qids = [question.qid for question in self.battery.questions()]
        for qid, words in self._mapping(given, (key,)).items():
            if qid in qids:
                self.answers[str(qid)] = state(clean_line(str(words or "")))
            else:
                hint = did_you_mean(str(qid), qids)
                self.wrong((key, str(qid)), f"Frågan ”{qid}” finns inte. {hint}".strip())
