"""`utb status`: where an initiative stands, what is open, and what to do next."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import dossier, files
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.checks import check
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.support import is_plain, width
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Unknown
from utbildningsprocess.plan.cost import balance
from utbildningsprocess.plan.cost_words import balance_in_words, price_in_short
from utbildningsprocess.plan.due import coming
from utbildningsprocess.plan.thread import strands
from utbildningsprocess.plan.thread_words import as_table
from utbildningsprocess.screen import aligned_table
from utbildningsprocess.work.outlook import next_step, standings

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from utbildningsprocess.checks import Case, Finding
    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.dossier import Dossier
    from utbildningsprocess.model import AnswerSheet, Stage
    from utbildningsprocess.plan.due import Due
    from utbildningsprocess.work.outlook import NextStep, Standing

NARROWEST, WIDE = 20, 66
MOST_LISTED = 5
NO_THREAD = (
    "Det finns ingen tråd att visa än. Den börjar med effektmåtten i Behov eller lärandemålen i Koncept."
)
_HEADINGS = ("Steg", "Besvarade", "Hoppade", "Vet inte än", "Öppna", "Röda", "Gula")


class Outlook(NamedTuple):
    """What an initiative's answers come to."""

    case: Case
    findings: tuple[Finding, ...]
    dates: tuple[Due, ...]
    step: NextStep


def show_status(initiative: str | None, *, thread: bool = False) -> None:
    """Shows the status of an initiative, or with `thread` how its goals hang together with the rest."""
    workspace = open_workspace()
    path = meant_dossier(workspace, initiative)
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    title = f"{content.title or path.stem}\n{shown(path)}"
    parts = _thread(workspace, content) if thread else _standing(workspace, path, content)
    result("\n\n".join(part for part in (title, *parts) if part))


def _standing(workspace: Workspace, path: Path, content: Dossier) -> tuple[str, ...]:
    if content.structural_problems:
        return (_problems(content), "Nästa steg: laga filen på raderna ovan. Läs sedan statusen igen.")
    outlook = _outlook(workspace, content.sheet)
    found = standings(content.sheet, outlook.findings)
    return (
        _overview(found, f"{PROGRAM} granska {workspace.name(path)}", plain=is_plain(workspace)),
        _what_is_open(content.sheet, outlook.step),
        _dates(outlook.dates),
        _folded(_price(workspace, outlook.case)),
        _folded(diagnosis_line(outlook.case)),
        _problems(content),
        _recommended(workspace, path, outlook.step),
    )


def _outlook(workspace: Workspace, sheet: AnswerSheet) -> Outlook:
    case = workspace.case(sheet)
    findings = check(case, workspace.checks)
    dates = coming(sheet, case.today)
    overdue = [due for due in dates if due.overdue]
    return Outlook(case, findings, dates, next_step(sheet, findings, overdue))


# -------------------------------------------------------------- the next step


def recommendation(workspace: Workspace, path: Path, sheet: AnswerSheet) -> str:
    """The next step as a command, and why."""
    return _recommended(workspace, path, _outlook(workspace, sheet).step)


def _recommended(workspace: Workspace, path: Path, step: NextStep) -> str:
    name = workspace.name(path)
    if step.review:
        return f"Nästa steg: {PROGRAM} granska {name}\n{_folded(step.reason)}"
    if step.stage is None:
        return f"{_folded(step.reason)}\nLäs dossiern med: {PROGRAM} visa {name}"
    return f"Nästa steg: {workspace.step_command(step.stage, path)}\n{_folded(step.reason)}"


# ------------------------------------------------------------------ the stages


def _overview(found: Sequence[Standing], review: str, *, plain: bool) -> str:
    if plain or shutil.get_terminal_size().columns < WIDE:
        said = "\n".join(_folded(_in_words(one)) for one in found)
    else:
        rows = [[one.stage.title, *map(str, (*one[1:5], one.red, one.yellow))] for one in found]
        said = aligned_table([_HEADINGS, *rows])
    if not any(one.red or one.yellow for one in found):
        return said
    return f"{said}\n\nRöda och gula är fynd i granskningen.\nLäs dem med: {review}"


def _in_words(one: Standing) -> str:
    states = (
        (one.answered, "besvarad", "besvarade"),
        (one.skipped, "hoppad", "hoppade"),
        (one.unknown, "vet inte än", "vet inte än"),
        (one.open, "öppen", "öppna"),
        (one.red, "rött fynd", "röda fynd"),
        (one.yellow, "gult fynd", "gula fynd"),
    )
    words = [f"{number} {one if number == 1 else many}" for number, one, many in states if number]
    return f"{one.stage.title}: {', '.join(words)}"


def _what_is_open(sheet: AnswerSheet, step: NextStep) -> str:
    """The open questions of the stage to go to, and what somebody else was to find out."""
    parts = [_open_questions(sheet, step.stage)] if step.stage and not step.review else []
    unknown = [
        f"- {question.text}{f' ({answer.who})' if answer.who else ''}"
        for question in sheet.battery.questions()
        if isinstance(answer := sheet.answers.get(question.qid), Unknown)
    ]
    if unknown:
        parts.append("\n".join(["Väntar på svar:", *_some(unknown)]))
    return "\n\n".join(filter(None, parts))


def _open_questions(sheet: AnswerSheet, stage: Stage) -> str:
    waiting = [
        f"- {question.text}"
        for question in stage.questions
        if question.qid not in sheet.answers and is_relevant(question, sheet)
    ]
    return "\n".join([f"Öppna frågor i {stage.title}:", *_some(waiting)]) if waiting else ""


def _some(lines: list[str]) -> list[str]:
    more = len(lines) - MOST_LISTED
    lines = lines if more <= 1 else [*lines[:MOST_LISTED], f"- och {more} till"]
    return [_folded(line) for line in lines]


# --------------------------------------------------------- what has been computed


def _dates(dates: Sequence[Due]) -> str:
    """What should have happened, and what comes next."""
    overdue = [_on(due) for due in dates if due.overdue]
    ahead = [_on(due) for due in dates if not due.overdue]
    parts = [("Skulle ha skett:", overdue), ("Kommande datum:", ahead)]
    return "\n\n".join("\n".join([heading, *_some(lines)]) for heading, lines in parts if lines)


def _on(due: Due) -> str:
    return f"- {due.on.isoformat()} {due.what}"


def _price(workspace: Workspace, case: Case) -> str:
    """The price of time in short, when it can be counted."""
    if case.price is None:
        return ""
    divided = balance(case.answers, workspace.rules.everyday_forms())
    learning = balance_in_words(case.price, divided, esther=workspace.root.settings.esther)
    return f"{price_in_short(case.price)}\n{learning}"


def diagnosis_line(case: Case) -> str:
    """What the diagnosis points at, in one line; empty when there is none."""
    found = case.diagnosis
    if found.outcome is None:
        return ""
    names = [case.rules.action_name(action) for action in found.main]
    inside = ", ".join(f"{name[:1].lower()}{name[1:]}" for name in names)
    mix = f" ({inside})" if inside and not found.gate else ""
    outcome = case.rules.outcome_name(found.outcome)
    return f"Diagnosen pekar på: {outcome[:1].lower()}{outcome[1:]}{mix}."


def _thread(workspace: Workspace, content: Dossier) -> tuple[str, ...]:
    found = strands(content.sheet)
    picture = as_table(found, width(), columns=not is_plain(workspace)) if found else _folded(NO_THREAD)
    return (picture,)


def _problems(content: Dossier) -> str:
    if not content.problems:
        return ""
    lines = [f"rad {problem.line}: {problem.text}" for problem in content.problems]
    return "\n".join(["Att se över i filen:", *lines])


# ------------------------------------------------------------------------ lines


def _folded(text: str) -> str:
    """Each line of the text wrapped, an item's following lines set in."""
    return "\n".join(
        textwrap.fill(
            line,
            max(width(), NARROWEST),
            subsequent_indent="  " if line.startswith("- ") else "",
            break_on_hyphens=False,
            break_long_words=False,
        )
        for line in text.split("\n")
    )
