"""An answers file: a whole initiative, or part of one, as YAML or JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.faults import Fault, Invalid
from utbildningsprocess.answers.rows import dangling
from utbildningsprocess.data_files.yaml_text import load_yaml
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import AnswerSheet, Given, Skipped, Unknown
from utbildningsprocess.steps import ABOUT
from utbildningsprocess.swedish import clean_line, did_you_mean, fold

if TYPE_CHECKING:
    from datetime import date

    from utbildningsprocess.data_files.yaml_text import ValueWithLines
    from utbildningsprocess.model import Answer, Answers, Battery

_KEYS = ("initiativ", "svar", "avsteg", "hoppade", "okanda", "titel", "format", "problem")


@dataclass(frozen=True)
class AnswersFile:
    """What the file gives: a title, perhaps empty, and answers by address."""

    title: str
    answers: Answers


def read_answers_file(
    text: str, name: str, battery: Battery, today: date, existing: Answers | None = None
) -> AnswersFile:
    """The answers in the text. References may point at rows of `existing` answers too.

    Raises WrongUse that lists every error as `fil:rad: vad`; raises Broken when it is no YAML.
    """
    reading = _Reading(load_yaml(text, name), name, battery, today)
    result = reading.everything()
    merged = {**(existing or {}), **result.answers}
    reading.check_references(merged, result.answers)
    if reading.errors:
        raise WrongUse("\n".join(text for _, text in sorted(reading.errors)))
    return result


class _Reading:
    """Reads one file and collects every error in it."""

    def __init__(self, located: ValueWithLines, name: str, battery: Battery, today: date) -> None:
        self.located = located
        self.name = name
        self.battery = battery
        self.today = today
        self.errors: list[tuple[int, str]] = []
        self.paths: dict[str, tuple[str | int, ...]] = {}

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
                self.wrong(
                    (str(key),), f"Nyckeln ”{key}” finns inte. {did_you_mean(str(key), _KEYS)}".strip()
                )
        answers: dict[str, Answer] = {}
        about = self._mapping(("initiativ",))
        answers.update(self._stage(ABOUT, about, ("initiativ",), ignored="titel"))
        for stage_id, stage_answers in self._mapping(("svar",)).items():
            answers.update(self._named_stage(str(stage_id), stage_answers))
        answers.update(self._deviations(whole.get("avsteg")))
        answers.update(self._states("hoppade", Skipped))
        answers.update(self._states("okanda", Unknown))
        title = about.get("titel", whole.get("titel", ""))
        return AnswersFile(clean_line(str(title or "")), answers)

    def check_references(self, answers: Answers, given: Answers) -> None:
        for qid, number, field, sentence in dangling(AnswerSheet(self.battery, answers)):
            if qid in given:
                self.wrong((*self.paths.get(qid, ()), number, field), f"{qid}: {sentence}")

    def _mapping(self, path: tuple[str]) -> Mapping[object, object]:
        inside = self.located.value.get(path[0])
        if inside is None:
            return {}
        if not isinstance(inside, Mapping):
            self.wrong(path, f"Under ”{path[0]}” ska det stå nycklar med värden.")
            return {}
        return inside

    def _named_stage(self, name: str, given: object) -> dict[str, Answer]:
        known = [stage.id for stage in self.battery.stages]
        path = ("svar", name)
        if fold(name) not in known:
            self.wrong(path, f"Steget ”{name}” finns inte. {did_you_mean(name, known)}".strip())
            return {}
        if given is None:
            return {}
        if not isinstance(given, Mapping):
            self.wrong(path, f"Under ”{name}” ska det stå frågor med svar.")
            return {}
        return self._stage(fold(name), given, path)

    def _stage(
        self, stage_id: str, given: Mapping[object, object], path: tuple[str, ...], ignored: str = ""
    ) -> dict[str, Answer]:
        known = [question.id for question in self.battery.questions() if question.stage == stage_id]
        answers: dict[str, Answer] = {}
        for key, raw in given.items():
            if key == ignored or raw is None:
                continue
            if key not in known:
                hint = did_you_mean(str(key), known)
                self.wrong((*path, str(key)), f"Frågan ”{key}” finns inte i {stage_id}. {hint}".strip())
                continue
            answers.update(self._answer(f"{stage_id}.{key}", raw, (*path, str(key))))
        return answers

    def _answer(self, qid: str, raw: object, path: tuple[str | int, ...]) -> dict[str, Answer]:
        question = self.battery.question(qid)
        if question is None:
            self.wrong(path, f"Frågan ”{qid}” finns inte.")
            return {}
        self.paths[qid] = path
        try:
            return {qid: Given(accept(question, raw, self.today))}
        except Invalid as error:
            for fault in error.faults:
                self.wrong((*path, *fault.path), f"{qid}: {_in_row(fault)}{fault.sentence}")
            return {}

    def _deviations(self, given: object) -> dict[str, Answer]:
        return self._answer(DEVIATIONS, given, ("avsteg",)) if given else {}

    def _states(self, key: str, state: type[Skipped | Unknown]) -> dict[str, Answer]:
        answers: dict[str, Answer] = {}
        qids = [question.qid for question in self.battery.questions()]
        for qid, words in self._mapping((key,)).items():
            if qid in qids:
                answers[str(qid)] = state(clean_line(str(words or "")))
            else:
                hint = did_you_mean(str(qid), qids)
                self.wrong((key, str(qid)), f"Frågan ”{qid}” finns inte. {hint}".strip())
        return answers


def _in_row(fault: Fault) -> str:
    numbers = [step for step in fault.path if isinstance(step, int)]
    return f"rad {numbers[0] + 1}: " if numbers else ""
