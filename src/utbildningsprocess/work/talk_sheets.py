"""Talk sheets: a stage's open questions as a page for a conversation, and the way back from the page."""

from __future__ import annotations

import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import show
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.first_lines import identity_in
from utbildningsprocess.dossier.guide_mark import is_guide, mark_in
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.guide.mail.asking import is_about
from utbildningsprocess.guide.page import guide, open_questions
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.guide.replies import Reply, Stated
from utbildningsprocess.model import Given, Kind, given_value
from utbildningsprocess.steps import FOLLOW_UP
from utbildningsprocess.swedish import same
from utbildningsprocess.work.privacy import refuse_personal_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.guide.mail.key import Key
    from utbildningsprocess.guide.reading import Filled
    from utbildningsprocess.model import Answer, AnswerSheet, Problem, Role, Stage
    from utbildningsprocess.work.open_dossier import OpenDossier

DAMAGED = " (dossiern är skadad)"


class TalkSheet(NamedTuple):
    """The open questions of a stage, those a role can answer when one is named."""

    initiative: OpenDossier
    stage: Stage
    """With those of its questions that are chosen."""
    role: Role | None

    @property
    def is_empty(self) -> bool:
        """Whether no question waits."""
        return not open_questions(self._sheet, self.stage, self.role)

    @property
    def _sheet(self) -> AnswerSheet:
        return self.initiative.sheet_with_damage

    @property
    def _title(self) -> str:
        damaged = DAMAGED if self.initiative.content.structural_problems else ""
        return f"{self.initiative.title}{damaged}"

    @property
    def _command(self) -> str:
        return self.initiative.workspace.step_command(self.stage, self.initiative.path)

    @property
    def text(self) -> str:
        """The sheet in Markdown, to be filled in between its markers; when nothing waits, a sentence."""
        command = f"{self._command} --fran FIL"
        identity = self.initiative.identity
        return guide(self._title, self.stage, self._sheet, who=self.role, command=command, identity=identity)

    def for_others(self) -> str:
        """How many questions wait for somebody else than the role, in a sentence; empty when none does."""
        sheet = self.initiative.sheet
        left = len(open_questions(sheet, self.stage)) - len(open_questions(sheet, self.stage, self.role))
        if not left:
            return ""
        many = "En annan fråga väntar" if left == 1 else f"{left} andra frågor väntar"
        return f"{many} på svar i {self.stage.title}. Utan --vem visas alla."


def talk_sheet(
    initiative: OpenDossier, stage: Stage, role: Role | None, *, despite_damage: bool = False
) -> TalkSheet:
    """The sheet of a stage. Raises Broken when the dossier is damaged and not to be used despite that."""
    if not despite_damage:
        initiative.refuse_if_damaged("innan det går att skriva ut vad som är öppet")
    return TalkSheet(initiative, stage, role)


class TakenIn(NamedTuple):
    """What filled-in sheets could not give, a line each, and what they say that differs from the dossier."""

    lines: list[str]
    replies: list[Reply]


def take_in(
    initiative: OpenDossier, stage: Stage, sheets: Iterable[tuple[str, str]], *, consent: bool, settles: bool
) -> TakenIn:
    """Saves what filled-in sheets answer, given as name and text.

    What differs from the dossier is a line, or part of a reply where the caller `settles` it. Raises Broken
    when the markers of one are damaged, WrongUse when one has no question of the stage, is of another
    initiative or holds a personal identity number without consent, or when nothing could be taken.
    """
    sheet, lines, replies = initiative.sheet, list[str](), list[Reply]()
    taken: dict[str, Answer] = {}
    for name, text in sheets:
        _refuse_sheet_of_another(initiative, stage, text, name)
        filled = filled_in(text, stage, sheet)
        _refuse_what_is_no_sheet(filled, name, initiative, stage)
        sheet = sheet.with_answers(filled.answers)
        taken |= filled.answers
        came, settled = _to_settle(initiative, name, filled) if settles else (None, ())
        replies += [came] if came else []
        lines += problem_lines(name, (problem for problem in filled.problems if problem not in settled))
    if lines and not taken and not replies:
        raise WrongUse("\n".join([*lines, "Inget svar är sparat: se raderna ovan."]))
    refuse_personal_numbers(initiative.sheet, taken, consent=consent)
    initiative.open_stage(stage.id)
    if taken:
        initiative.save(taken)
    return TakenIn(lines, replies)


def _to_settle(initiative: OpenDossier, name: str, filled: Filled) -> tuple[Reply | None, Sequence[Problem]]:
    """What differs in a sheet as a reply, but for rows, which cannot be put together; and its problems."""
    said: list[Stated] = []
    settled: list[Problem] = []
    for qid, differs in filled.differing.items():
        question, value = initiative.workspace.battery.question(qid), given_value(differs.answer)
        if question is None or question.kind is Kind.GROUP:
            continue
        settled.append(differs.problem)
        if isinstance(value, dict):
            told = {statement.id: statement.text for statement in question.statements}
            said += [
                Stated(f"{qid}.{key}", told[key], question.label(option), Given(option))
                for key, option in value.items()
            ]
        else:
            words = "" if value is None else show(question, value)
            said.append(Stated(qid, question.text, words, differs.answer))
    came = Reply(name=name, answer_id=name, day=None, role="", is_role_sure=True, said=tuple(said))
    return (came if said else None), settled


def _refuse_sheet_of_another(initiative: OpenDossier, stage: Stage, text: str, name: str) -> None:
    """Raises WrongUse for the guide or the dossier of another: known by its letters, else by its title."""
    mark = mark_in(text)
    theirs, ours = mark.identity if mark else identity_in(text), initiative.identity
    heading = read(text, initiative.workspace.battery).title
    title = heading.partition(": ")[2].removesuffix(DAMAGED) if is_guide(text) else heading
    is_other = theirs != ours if theirs and ours else bool(title) and not same(title, initiative.title)
    if is_other:
        raise WrongUse(
            f"{name} hör till en annan insats, ”{title}”, än ”{initiative.title}”. Inget har ändrats. "
            f"En guide för den här insatsen får du med: {_sheet_command(initiative, stage)}"
        )


def refuse_another_initiative(initiative: OpenDossier, name: str, key: Key) -> None:
    """Raises WrongUse for an answer whose key is of another initiative."""
    if not is_about(key, initiative.identity, initiative.title):
        raise WrongUse(
            f"{name} svarar på ett mejl om en annan insats än ”{initiative.title}”. Inget har ändrats. "
            "Kontrollera vilken insats svaret hör till."
        )


def _refuse_what_is_no_sheet(filled: Filled, name: str, initiative: OpenDossier, stage: Stage) -> None:
    if filled.structural_problems:
        raise Broken("\n".join(problem_lines(name, filled.structural_problems)))
    if not filled.has_questions:
        raise WrongUse(nothing_to_read(initiative, stage, name))


def nothing_to_read(initiative: OpenDossier, stage: Stage, name: str) -> str:
    """The sentence about a file that answers nothing in a stage, and how to get one that can."""
    count = f". Svar på enkäten räknas med: utb enkat {initiative.typed_name} {shlex.quote(name)}"
    return (
        f"{name} har inga frågor i {stage.title} att läsa svar från. Inget har ändrats. "
        f"En guide att fylla i får du med: {_sheet_command(initiative, stage)}"
        f"{count if stage.id == FOLLOW_UP else ''}"
    )


def _sheet_command(initiative: OpenDossier, stage: Stage) -> str:
    return f"utb samtal {stage.id} {initiative.typed_name}"


def problem_lines(name: str, problems: Iterable[Problem]) -> list[str]:
    """Problems of a file called `name`, as `fil:rad: mening`."""
    return [f"{name}:{problem.line}: {problem.text}" for problem in problems]
