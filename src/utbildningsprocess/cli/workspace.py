"""What a command works with: the root, its battery, and the dossier that is meant."""

from __future__ import annotations

import io
import shlex
import sys
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.errors import WrongUse

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utbildningsprocess.checks import Case, RuleText
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.diagnosis import Rules
    from utbildningsprocess.files import Root
    from utbildningsprocess.learning_objects import Method
    from utbildningsprocess.model import AnswerSheet, Battery, Stage

DIAGNOSIS, CHECKS = "diagnos.yaml", "rod-trad.yaml"


@dataclass(frozen=True)
class Workspace:
    """The root that the working directory belongs to, the questions asked there, and what they lead to."""

    root: Root
    battery: Battery
    rules: Rules
    """What the diagnosis counts with."""

    @cached_property
    def checks(self) -> Mapping[str, RuleText]:
        """What there is to say of each rule of the thread check."""
        from utbildningsprocess.checks import load_rules
        from utbildningsprocess.files import question_text

        return load_rules(question_text(self.root, CHECKS), CHECKS)

    @cached_property
    def methods(self) -> tuple[Method, ...]:
        """The learning objects."""
        from utbildningsprocess.files import method_texts
        from utbildningsprocess.learning_objects import load_methods

        return load_methods(method_texts(self.root))

    def case(self, sheet: AnswerSheet, outside: str = "") -> Case:
        """An initiative's answers, and its text outside them, as the thread check looks at them."""
        from utbildningsprocess.checks import Case

        settings = self.root.settings
        return Case(sheet, self.rules, settings.cost, settings.limits, today(), outside)

    def name(self, path: Path) -> str:
        """What a person types to mean a dossier: its name, or its path when it lies elsewhere."""
        from utbildningsprocess.files.trouble import shown

        return shlex.quote(path.stem if path.parent == self.root.dossiers else shown(path))

    def step_command(self, stage: Stage, path: Path) -> str:
        """The command that asks a stage of a dossier."""
        return f"{PROGRAM} steg {stage.id} {self.name(path)}"


def today() -> date:
    """The date where the person is; the only look at the clock."""
    return datetime.now().astimezone().date()


def open_workspace() -> Workspace:
    """The workspace of the working directory."""
    from utbildningsprocess.files import find_root

    return workspace_at(find_root(Path.cwd()))


def workspace_at(root: Root) -> Workspace:
    """The workspace of a root."""
    from utbildningsprocess.battery import load_battery
    from utbildningsprocess.diagnosis import facts, fitting, read_diagnosis
    from utbildningsprocess.files import battery_texts, question_text

    diagnosis = read_diagnosis(question_text(root, DIAGNOSIS), DIAGNOSIS)
    questions = load_battery(battery_texts(root), diagnosis.computed)
    rules = fitting(diagnosis, questions)
    return Workspace(root, replace(questions, derive=partial(facts, rules, questions)), rules)


def meant_dossier(workspace: Workspace, wanted: str | None, *, plain: bool = False) -> Path:
    """The dossier that is meant; asks which when there are several and somebody can answer."""
    from utbildningsprocess.files import Ambiguous, find_dossier

    try:
        return find_dossier(workspace.root, wanted)
    except Ambiguous as several:
        if not (sys.stdin and sys.stdin.isatty()):
            raise
        return _chosen(several.candidates, face_for(plain=plain or workspace.root.settings.plain))


def _chosen(candidates: list[Path], face: Face) -> Path:
    from utbildningsprocess.conversation.face import Ask, Choice, Leave
    from utbildningsprocess.errors import Interrupted

    options = [Choice(path.name, path.stem) for path in candidates]
    try:
        name = face.ask_choice(Ask("Vilken insats gäller det?"), options)
    except Leave:
        raise Interrupted("Ingen insats valdes. Inget har ändrats.") from None
    return next(path for path in candidates if path.name == name)


def face_for(*, plain: bool) -> Face:
    """The face that suits the terminal. WrongUse when there is nobody to ask."""
    from utbildningsprocess.faces.choosing import choose_face

    if not _somebody_answers():
        raise WrongUse(
            "Det finns ingen att fråga: standard in är stängd eller tom. "
            "Kör kommandot i en terminal, eller ange svaren i en fil med --svar FIL."
        )
    return choose_face(plain=plain)


def _somebody_answers() -> bool:
    """Whether a terminal is there to type in, or a pipe with something in it."""
    if sys.stdin is None or sys.stdin.closed:
        return False
    if sys.stdin.isatty():
        return True
    waiting = sys.stdin.buffer
    try:
        return isinstance(waiting, io.BufferedReader) and bool(waiting.peek(1))
    except OSError:
        return False
