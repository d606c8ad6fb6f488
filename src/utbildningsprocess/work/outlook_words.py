"""Where an initiative stands, in words for a terminal of some width."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import DECISION, OTHER_ACTIONS, OTHER_ACTIONS_STATUS, stage_of
from utbildningsprocess.answers.conditions import is_asked
from utbildningsprocess.answers.waiting import awaited
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.markdown import escaped
from utbildningsprocess.personal import without_people
from utbildningsprocess.plan.cost_words import balance_in_words, price_in_short
from utbildningsprocess.plan.promises import late_promises
from utbildningsprocess.plan.thread import strands
from utbildningsprocess.plan.thread_words import as_table
from utbildningsprocess.screen.showing import aligned_table
from utbildningsprocess.steps import PROMISES
from utbildningsprocess.swedish import joined, shortened
from utbildningsprocess.work.outlook import outlook_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.model import AnswerSheet, Stage
    from utbildningsprocess.plan.due import Due
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.outlook import NextStep, Outlook, Standing

MOST_LISTED = 5
NO_THREAD = (
    "Det finns ingen tråd att visa än. Den börjar med effektmåtten i Behov eller lärandemålen i Koncept."
)
_NARROWEST_TEXT, _NARROWEST_TABLE = 20, 66
_LONGEST_DUE = 100
_HEADINGS = ("Steg", "Besvarade", "Hoppade", "Vet inte än", "Öppna", "Röda", "Gula")


def status_in_words(initiative: OpenDossier, display: Display) -> str:
    """How far each stage has come, what is open, the dates, and the next step with its reason."""
    if initiative.content.structural_problems:
        stop = f"Nästa steg: {initiative.mend_command}, som lagar filen. Läs sedan statusen igen."
        return _joined(_title(initiative), _problems(initiative), stop)
    outlook = outlook_of(initiative.workspace, initiative.sheet)
    return _joined(
        _title(initiative),
        _overview(outlook.standings, f"utb granska {initiative.typed_name}", display),
        _what_is_open(initiative.sheet, outlook.step, display),
        _dates(outlook.dates, display, _how_to_tell(initiative, outlook)),
        _promises(initiative),
        _folded(_price(initiative, outlook.case), display),
        _folded(diagnosis_line(outlook.case), display),
        _problems(initiative),
        _recommended(initiative, outlook.step, display),
    )


def status_as_markdown(initiative: OpenDossier) -> str:
    """Where an initiative stands, for whoever decides: one screen in Markdown, without traces of anybody.

    Raises Broken when the file is damaged.
    """
    initiative.refuse_if_damaged("innan det går att säga hur det går")
    outlook = outlook_of(initiative.workspace, initiative.sheet)
    red = [
        f"{finding.rule}: {finding.text}"
        for finding in outlook.findings
        if finding.grade is Grade.RED and finding.deviation is None
    ]
    late = [_on(due) for due in outlook.dates if due.overdue]
    ahead = [_on(due) for due in outlook.dates if not due.overdue]
    begun = [standing.stage.title for standing in outlook.standings if standing.is_begun]
    price = price_in_short(outlook.case.price, outlook.case.cost) if outlook.case.price else ""
    decision = outlook.case.label(DECISION, outlook.case.text(DECISION)).removesuffix(".")
    return _joined(
        f"## {_published(initiative.title)}",
        f"**Steg:** {begun[-1]}. {_published(outlook.step.reason)}" if begun else "",
        f"**Beslut efter analysen:** {_published(decision)}." if decision else "",
        _bullets("Skulle ha skett", late),
        _bullets("Kommande datum", ahead),
        _bullets("Röda fynd", red),
        _published(diagnosis_line(outlook.case)),
        _published(price),
    )


def _bullets(heading: str, lines: Sequence[str]) -> str:
    items = (f"- {_published(line.removeprefix('- '))}" for line in _first(lines))
    return "\n".join([f"**{heading}**", "", *items]) if lines else ""


def _published(text: str) -> str:
    return escaped(without_people(text))


def thread_in_words(initiative: OpenDossier, display: Display) -> str:
    """The red thread from goals to results, in columns or in plain lines."""
    threads = strands(initiative.sheet)
    thread = (
        as_table(threads, display.width, columns=not display.plain)
        if threads
        else _folded(NO_THREAD, display)
    )
    return _joined(_title(initiative), thread)


def recommendation(initiative: OpenDossier, display: Display) -> str:
    """The next step as a command, and why."""
    return _recommended(initiative, outlook_of(initiative.workspace, initiative.sheet).step, display)


def diagnosis_line(case: Case) -> str:
    """What the diagnosis points at, in one line; empty when there is none."""
    diagnosis = case.diagnosis
    if diagnosis.outcome is None:
        return ""
    names = [case.diagnosis_model.action(action).name for action in diagnosis.main]
    inside = ", ".join(f"{name[:1].lower()}{name[1:]}" for name in names)
    mix = f" ({inside})" if inside and not diagnosis.gate else ""
    outcome = case.diagnosis_model.outcome(diagnosis.outcome).name
    return f"Diagnosen pekar på: {outcome[:1].lower()}{outcome[1:]}{mix}."


def _joined(*parts: str) -> str:
    return "\n\n".join(filter(None, parts))


def _title(initiative: OpenDossier) -> str:
    return f"{initiative.title}\n{shown(initiative.path)}"


def _recommended(initiative: OpenDossier, step: NextStep, display: Display) -> str:
    reason = _folded(step.reason, display)
    if step.review:
        return f"Nästa steg: utb granska {initiative.typed_name}\n{reason}"
    if step.stage is None:
        return f"{reason}\nLäs dossiern med: utb visa {initiative.typed_name}"
    return f"Nästa steg: {initiative.workspace.step_command(step.stage, initiative.path)}\n{reason}"


# ------------------------------------------------------------------ the stages


def _overview(standings: Sequence[Standing], review: str, display: Display) -> str:
    if display.plain or display.columns < _NARROWEST_TABLE:
        overview = "\n".join(_folded(_in_words(standing), display) for standing in standings)
    else:
        rows = [
            [standing.stage.title, *map(str, (*standing[1:5], standing.red, standing.yellow))]
            for standing in standings
        ]
        overview = aligned_table([_HEADINGS, *rows])
    if not any(standing.red or standing.yellow for standing in standings):
        return overview
    return f"{overview}\n\nRöda och gula är fynd i granskningen.\nLäs dem med: {review}"


def _in_words(standing: Standing) -> str:
    states = (
        (standing.answered, "besvarad", "besvarade"),
        (standing.skipped, "hoppad", "hoppade"),
        (standing.unknown, "vet inte än", "vet inte än"),
        (standing.open, "öppen", "öppna"),
        (standing.red, "rött fynd", "röda fynd"),
        (standing.yellow, "gult fynd", "gula fynd"),
    )
    words = [f"{number} {single if number == 1 else plural}" for number, single, plural in states if number]
    return f"{standing.stage.title}: {', '.join(words)}"


def _what_is_open(sheet: AnswerSheet, step: NextStep, display: Display) -> str:
    """The open questions of the stage to go to, and what somebody else was to find out."""
    waiting = _open_questions(sheet, step.stage, display) if step.stage and not step.review else ""
    unknown = [
        f"- {what.words}{f' ({what.who})' if what.who else ''}"
        for stage in sheet.battery.stages
        for what in awaited(stage, sheet)
    ]
    asked_of_others = "\n".join(["Väntar på svar:", *_some(unknown, display)]) if unknown else ""
    return _joined(waiting, asked_of_others)


def _open_questions(sheet: AnswerSheet, stage: Stage, display: Display) -> str:
    waiting = [
        f"- {question.text}"
        for question in stage.questions
        if question.qid not in sheet.answers and is_asked(question, sheet)
    ]
    return "\n".join([f"Öppna frågor i {stage.title}:", *_some(waiting, display)]) if waiting else ""


def _some(lines: Sequence[str], display: Display) -> list[str]:
    return [_folded(line, display) for line in _first(lines)]


def _first(lines: Sequence[str]) -> Sequence[str]:
    more = len(lines) - MOST_LISTED
    return lines if more <= 1 else [*lines[:MOST_LISTED], f"- och {more} till"]


# --------------------------------------------------------- what has been computed


def _dates(dates: Sequence[Due], display: Display, how_to_tell: str) -> str:
    """What should have happened, with how to tell that it has, and what comes next."""
    overdue = [_on(due) for due in dates if due.overdue]
    ahead = [_on(due) for due in dates if not due.overdue]
    headed = [("Skulle ha skett:", overdue, how_to_tell), ("Kommande datum:", ahead, "")]
    return _joined(
        *(
            "\n".join(filter(None, [heading, *_some(lines, display), told]))
            for heading, lines, told in headed
            if lines
        )
    )


def _how_to_tell(initiative: OpenDossier, outlook: Outlook) -> str:
    """How to say that another action is done; empty where none is late, or that is the next step."""
    sheet = initiative.sheet
    late = any(due.overdue and due.qid == OTHER_ACTIONS for due in outlook.dates)
    stage = sheet.battery.stage(stage_of(OTHER_ACTIONS_STATUS))
    is_open = sheet.battery.asks(OTHER_ACTIONS_STATUS) and OTHER_ACTIONS_STATUS not in sheet.answers
    if not (late and is_open) or outlook.step.stage == stage:
        return ""
    return f"Är en insats klar? Säg det med: {initiative.workspace.step_command(stage, initiative.path)}"


def _promises(initiative: OpenDossier) -> str:
    """How to ask what became of the promises whose day has passed; empty where all have an answer."""
    untold = late_promises(initiative.sheet, initiative.workspace.today)
    ids = joined((promise.row.id for promise in untold), most=MOST_LISTED)
    return f"Fråga vad som blev av {ids}: utb samtal {PROMISES} {initiative.typed_name}" if untold else ""


def _on(due: Due) -> str:
    return f"- {due.on} {shortened(due.what, _LONGEST_DUE)}"


def _price(initiative: OpenDossier, case: Case) -> str:
    """The price of time in short, when it can be counted."""
    if case.price is None:
        return ""
    words = balance_in_words(case.price, case.balance, esther=initiative.workspace.settings.esther)
    return f"{price_in_short(case.price, case.cost)}\n{words}"


def _problems(initiative: OpenDossier) -> str:
    if not initiative.problems:
        return ""
    lines = [f"rad {problem.line}: {problem.text}" for problem in initiative.problems]
    return "\n".join(["Att se över i filen:", *lines])


def _folded(text: str, display: Display) -> str:
    """Each line of the text wrapped, an item's following lines set in."""
    return "\n".join(
        textwrap.fill(
            line,
            max(display.width, _NARROWEST_TEXT),
            subsequent_indent="  " if line.startswith("- ") else "",
            break_on_hyphens=False,
            break_long_words=False,
        )
        for line in text.split("\n")
    )
