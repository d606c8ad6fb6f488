"""A stage answered: from an answers file, and what is said before and after."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.answers.renames import known_again
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.steps import NEED
from utbildningsprocess.work.outlook import stage_to_go_on_with
from utbildningsprocess.work.outlook_words import recommendation
from utbildningsprocess.work.pace import minutes_to_type
from utbildningsprocess.work.privacy import refuse_personal_numbers

if TYPE_CHECKING:
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Stage
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.open_dossier import OpenDossier


def fill_stage(
    initiative: OpenDossier, stage: Stage, text: str, name: str, *, consent: bool
) -> tuple[str, ...]:
    """Takes the answers of one stage from an answers file called `name`; a second time changes nothing.

    Gives a line for each number or date that was not written as it stands in a dossier.

    Raises WrongUse that lists every fault in the file, or when it has no answer in the stage.
    """
    read = initiative.workspace.read_answers(text, name, initiative.answers)
    given = {qid: answer for qid, answer in read.answers.items() if stage_of(qid) == stage.id}
    if not given:
        raise WrongUse(f"{name} har inga svar i {stage.title}. Inget har ändrats.")
    given = {qid: known_again(qid, initiative.sheet, answer) for qid, answer in given.items()}
    new = {qid: answer for qid, answer in given.items() if initiative.answers.get(qid) != answer}
    refuse_personal_numbers(initiative.sheet, new, consent=consent)
    initiative.open_stage(stage.id)
    if new:
        initiative.save(new)
    return read.notes


def beginning(initiative: Initiative, *, core_only: bool) -> str:
    """What waits whoever begins: where the dossier lies, that it can be left, how much there is to answer."""
    facts, first = initiative.interview_at_start(), initiative.interview(NEED, core_only=core_only)
    minutes = minutes_to_type(first.stage, initiative.sheet, core_only=core_only)
    lines = [
        f"Dossiern är skapad: {shown(initiative.path)}",
        "Varje svar sparas där direkt. Sluta när ni vill, mitt i också.",
    ]
    if facts:
        many, they = ("en uppgift", "Den") if facts.remaining == 1 else (f"{facts.remaining} uppgifter", "De")
        later = f"{they} kan också vänta: utb steg {facts.stage.id}"
        lines.append(f"Först {many} till dokumenten. {later}")
    much = f"{'Sedan' if facts else 'Det blir'} {first.remaining} frågor i {first.stage.title}"
    takes = f"ungefär {minutes} minuter att skriva. Samtalet tar sin tid."
    return "\n".join([*lines, f"{much}: {takes}"])


def introduction(interview: Interview) -> tuple[str, str]:
    """What a stage is for, and how much it asks."""
    stage, number, total = interview.stage, interview.remaining, interview.progress.total
    if not number:
        much = f"Alla {total} frågor är besvarade. Här är svaren."
    elif number == total:
        much = "En fråga." if total == 1 else f"{total} frågor."
    else:
        much = f"{number} av {total} frågor är kvar."
    return f"{stage.title}\n{stage.purpose}", much


def near_by_title(initiative: OpenDossier) -> str:
    """A line about another initiative with nearly the same title, and how to search; empty where none is."""
    from utbildningsprocess.lessons.titles import nearly_called

    workspace = initiative.workspace
    paths = {path.stem: path for path in (*workspace.paths(), *workspace.archived())}
    names = [name for name in paths if name != initiative.path.stem]
    near = nearly_called(initiative.title, names)
    if not near:
        return ""
    read = f"Läs den med: utb visa {workspace.typed_name(paths[near[0]])}"
    return f"En insats heter nästan likadant.\n{read}\nSök bland alla lärdomar med: utb erfarenheter SÖK"


def closing_words(initiative: OpenDossier, stage: Stage, display: Display) -> str:
    """What was written, in a stage or through it in others, and the next step with its reason."""
    numbers = Counter(map(stage_of, initiative.written))
    told = [
        f"{'Ett svar' if number == 1 else f'{number} svar'} skrevs i avsnittet {section.title}."
        for section in initiative.workspace.battery.stages
        if (number := numbers[section.id])
    ]
    what = " ".join(told) or f"Inget ändrades i avsnittet {stage.title}."
    # Findings come first among what can be done next: they would hide the next stage while they stand.
    following = stage_to_go_on_with(initiative.sheet, stage)
    ahead = initiative.workspace.step_command(following, initiative.path) if following else ""
    advised = recommendation(initiative, display)
    on = "" if ahead in advised else f"\nEller gå vidare: {ahead}"
    return f"\n{what}\n{advised}{on}"


def left_in_the_middle(initiative: OpenDossier, stage: Stage, why: str) -> str:
    """What to say to somebody who leaves a stage in the middle: where the dossier is, and how to go on."""
    again = initiative.workspace.step_command(stage, initiative.path)
    return f"{why}\nDossiern: {shown(initiative.path)}\nFortsätt med: {again}"
