"""What an initiative is worked on with: the folder, its questions and settings, and what they lead to."""

from __future__ import annotations

import os
import shlex
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cached_property, lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from utbildningsprocess.battery import load_battery
from utbildningsprocess.battery.shipped import also_read_as
from utbildningsprocess.diagnosis.conclusion import computed_answers
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.roots import (
    battery_texts,
    find_dossier,
    find_root,
    is_foreign,
    list_archived,
    list_dossiers,
    method_texts,
    question_text,
    root_of,
    shipped_texts,
    texts_about_esther,
)
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.plan.demand import demand_answers
from utbildningsprocess.swedish import did_you_mean, fold, in_quotation_marks, joined
from utbildningsprocess.work import clock

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.answers.answers_file import AnswersFile
    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.checks.model import RuleText
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.files.roots import Root
    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.model import Answers, AnswerSheet, Battery, Question, Stage
    from utbildningsprocess.settings import Settings

    _Texts: TypeAlias = tuple[tuple[str, str], ...]

DIAGNOSIS, THREAD_RULES = "diagnos.yaml", "rod-trad.yaml"


@dataclass(frozen=True)
class Workspace:
    """A folder with initiatives, the questions asked there, and what their answers are counted with."""

    root: Root
    battery: Battery
    diagnosis_model: DiagnosisModel
    """What the diagnosis counts with."""
    today: date
    here: Root | None = None
    """Where the person stands, when that is another root than this one."""

    @classmethod
    def open(cls, folder: Path | str = ".", today: date | None = None) -> Workspace:
        """The workspace that a folder belongs to: its own or the nearest above with utb.yaml or .git.

        Raises Broken with every fault, a line each, when the settings, questions or diagnosis cannot be used.

            workspace = Workspace.open("utb-exempel")
        """
        return cls.at(find_root(Path(folder)), today)

    @classmethod
    def at(cls, root: Root, today: date | None = None) -> Workspace:
        """The workspace of a root that is known. Raises Broken as `open` does."""
        questions, model = _read_together(
            question_text(root, DIAGNOSIS),
            tuple(battery_texts(root).items()),
            tuple(texts_about_esther(root).items()) if root.settings.esther_is_renamed else (),
            tuple(shipped_texts(root).items()) if root.settings.questions else (),
        )
        derive = partial(_derived, model, questions)
        battery = replace(questions, derive=derive, esther=root.settings.esther)
        return cls(root, battery, model, today or clock.current_date())

    def around(self, path: Path) -> Workspace:
        """The workspace of a dossier, whose own folder decides: this one, or that of another unit or root.

        Raises Broken as `open` does.
        """
        root = root_of(path, self.root)
        return (
            self
            if root == self.root
            else replace(Workspace.at(root, self.today), here=self.here or self.root)
        )

    def calling_esther(self, word: str) -> Workspace:
        """The same workspace with another word for Esther; itself when it is no word, or the one it has."""
        settings = self.settings.calling_esther(word)
        if settings.esther == self.settings.esther:
            return self
        return replace(Workspace.at(replace(self.root, settings=settings), self.today), here=self.here)

    @property
    def settings(self) -> Settings:
        """What utb.yaml says."""
        return self.root.settings

    @cached_property
    def thread_rules(self) -> Mapping[str, RuleText]:
        """What there is to say of each rule of the thread check, by its id."""
        from utbildningsprocess.checks.texts import load_rules

        return load_rules(question_text(self.root, THREAD_RULES), THREAD_RULES)

    @cached_property
    def learning_objects(self) -> tuple[Method, ...]:
        """The texts about the methods behind the questions."""
        from utbildningsprocess.learning_objects import asked_about, load_methods

        return asked_about(load_methods(method_texts(self.root)), self.battery)

    def case(self, sheet: AnswerSheet, outside: str = "") -> Case:
        """Answers, and the text outside them in the dossier, as the thread check looks at them."""
        from utbildningsprocess.checks.case import Case

        settings = self.settings
        return Case(sheet, self.diagnosis_model, settings.cost, settings.limits, self.today, outside)

    # --------------------------------------------------------- initiatives

    def paths(self) -> list[Path]:
        """The dossiers that are not put away, by name."""
        return [path for path in list_dossiers(self.root) if not is_foreign(path)]

    def archived(self) -> list[Path]:
        """The dossiers that are put away, by name."""
        return [path for path in list_archived(self.root) if not is_foreign(path)]

    def find(self, wanted: str | None = None) -> Path:
        """The dossier a person means by a path, a name or a part of one; by nothing, the only one there is.

        Raises Ambiguous, with the candidates, when several could be meant, WrongUse when none is.
        """
        return find_dossier(self.root, wanted)

    def read_answers(self, text: str, name: str, existing: Answers | None = None) -> AnswersFile:
        """The answers in the text of an answers file called `name`; WrongUse lists every fault in it."""
        from utbildningsprocess.answers.answers_file import read_answers_file

        return read_answers_file(text, name, self.battery, self.today, existing)

    # ------------------------------------------------------- what to type

    def typed_name(self, path: Path) -> str:
        """What a person types to mean a dossier: its name, or its path when it lies elsewhere."""
        here = self.here or self.root
        return shlex.quote(path.stem if path.parent in (here.dossiers, here.archive) else shown(path))

    def step_command(self, stage: Stage, path: Path) -> str:
        """The command that asks a stage of a dossier."""
        return f"utb steg {stage.id} {self.typed_name(path)}"


def made_date(today: date) -> date:
    """The day that made files bear: today, unless the environment asks for the same bytes every day."""
    epoch = _epoch()
    return epoch.date() if epoch else today


def made_minute(today: date) -> datetime:
    """The minute of that day when files are made, for those that have to tell two of one day apart."""
    made = _epoch() or datetime.combine(today, clock.now().timetz())
    return made.astimezone(UTC).replace(second=0, microsecond=0)


def _epoch() -> datetime | None:
    """The moment that the environment asks made files to bear."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(epoch), UTC) if epoch.isdecimal() else None


def question_meant(battery: Battery, wanted: str) -> Question:
    """The question at an address, or the only one with that id. WrongUse suggests another."""
    name = fold(wanted).replace("-", "_")
    if question := battery.question(name):
        return question
    namesakes = [question for question in battery.questions() if question.id == name]
    if len(namesakes) == 1:
        return namesakes[0]
    if namesakes:
        addresses = joined(question.qid for question in namesakes)
        raise WrongUse(f"”{wanted}” finns i flera steg: {addresses}. Skriv vilken du menar.")
    hint = _nearest(battery, name) or "Skriv adressen som steg.fraga."
    raise WrongUse(f"Frågan {in_quotation_marks(wanted, 60)} finns inte. {hint}")


def _nearest(battery: Battery, name: str) -> str:
    """A suggestion: the right id in the wrong stage first, then a near address, then a near id."""
    by_id = {question.id: question.qid for question in battery.questions()}
    question_id = name.rpartition(".")[2]
    if question_id in by_id:
        return f"Menade du {by_id[question_id]}?"
    near_id = did_you_mean(question_id, by_id)
    return did_you_mean(name, by_id.values()) or next(
        (f"Menade du {qid}?" for key, qid in by_id.items() if near_id == f"Menade du {key}?"), ""
    )


def _derived(model: DiagnosisModel, questions: Battery, answers: Answers) -> Answers:
    """Everything that is computed and not asked, as answers."""
    return {**computed_answers(model, questions, answers), **demand_answers(answers)}


@lru_cache(maxsize=16)
def _read_together(
    diagnosis_text: str, asked: _Texts, about_esther: _Texts, ours: _Texts
) -> tuple[Battery, DiagnosisModel]:
    """The questions and what the diagnosis counts with, read once where many workspaces have the same texts.

    `about_esther` are the questions in our words, where an organisation has a word of its own for her, and
    `ours` those we ship, where they are an organisation's own.
    """
    diagnosis = read_diagnosis(diagnosis_text, DIAGNOSIS)
    shipped = _shipped(ours) if ours else None
    questions = load_battery(dict(asked), diagnosis.computed, shipped, diagnosis.causes)
    if about_esther:
        # A dossier written before the word was chosen, or elsewhere, is read as well.
        in_our_words = load_battery(dict(about_esther), diagnosis.computed, shipped, diagnosis.causes)
        questions = also_read_as(questions, in_our_words)
    return questions, fitting(diagnosis, questions)


@lru_cache(maxsize=2)
def _shipped(texts: _Texts) -> Battery:
    """The questions that we ship, read once for all who have questions of their own."""
    return load_battery(dict(texts))
