"""The decisions of initiatives: each with what it rested on when it was taken, and what has changed since."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    ALTERNATIVES,
    CONCLUSION,
    DECISION,
    DECISIONS,
    GAP_EVIDENCE,
    GOALS_REACHED,
    OBSTACLES,
    ONE_PAGE,
    PEOPLE_ASKED,
    RESPONDENTS,
    RESULTS,
    VALUE_GAINED,
    WHAT_HAPPENS_NOW,
)
from utbildningsprocess.diagnosis.sentences import support_name
from utbildningsprocess.dossier.alterations import alterations
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.work.history.telling import Chapter, Entry, called_last, head
from utbildningsprocess.work.history.wording import answer_in_words, kept_sentence, options_counted, told
from utbildningsprocess.work.outlook_words import diagnosis_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.dossier.editions import Edition
    from utbildningsprocess.work.history.choosing import Selection
    from utbildningsprocess.work.history.deeds import RecordedDeed
    from utbildningsprocess.work.history.record import Record
    from utbildningsprocess.work.workspace import Workspace

_ANALYSIS = (
    GAP_EVIDENCE,
    ABLE_TODAY,
    ONE_PAGE,
    OBSTACLES,
    RESPONDENTS,
    PEOPLE_ASKED,
    CONCLUSION,
    ALTERNATIVES,
)
_FOLLOW_UP = (GOALS_REACHED, VALUE_GAINED, RESULTS)
_MOST_CHANGED = 6


def decision_chapters(record: Record, choice: Selection) -> list[Chapter]:
    """The decisions of each initiative, each with its ground."""
    chosen = [(deeds, choice.chosen(deeds, record.workspace.today)) for deeds in record.by_initiative()]
    return [
        Chapter(*called_last(record, deeds), tuple(_entry(record, deed, _last(deeds)) for deed in deciding))
        for deeds, deciding in chosen
        if deciding
    ]


def _last(deeds: Sequence[RecordedDeed]) -> Edition | None:
    """What an initiative says now, or said last."""
    return next((deed.after or deed.before for deed in reversed(deeds) if deed.after or deed.before), None)


def _entry(record: Record, deed: RecordedDeed, now: Edition | None) -> Entry:
    battery = record.workspace.battery
    said = [*told(battery, deed.altered), *(kept_sentence(battery, kept) for kept in deed.kept)]
    qids = {altered.place.qid for altered in (*deed.altered, *deed.kept)}
    if deed.after and qids & {DECISION, DECISIONS}:
        said += _ground(record.workspace, deed.after, now, _ANALYSIS)
    elif deed.after and WHAT_HAPPENS_NOW in qids:
        said += _ground(record.workspace, deed.after, now, _FOLLOW_UP)
    return Entry(head(deed), tuple(said))


def _ground(workspace: Workspace, then: Edition, now: Edition | None, qids: Sequence[str]) -> Iterator[str]:
    """What a decision rested on, and what of that has changed since."""
    battery = workspace.battery
    if qids is _ANALYSIS:
        yield _diagnosed(case_of(workspace, then))
    grounds = [question for qid in qids if (question := battery.question(qid)) and qid in then.answers]
    for question in grounds:
        if question.qid != OBSTACLES:  # which is counted
            yield f"Grund: ”{question.text}” {answer_in_words(question, then.answers[question.qid])}."
    if not grounds:
        yield "Inget annat som beslutet kan vila på var besvarat då."
    if now is None or now is then:
        return
    ours, theirs = (
        {qid: edition.answers[qid] for qid in qids if qid in edition.answers} for edition in (then, now)
    )
    changed = told(battery, tuple(alterations(battery, ours, theirs)))
    if grounds and not changed:
        yield "Grunden är densamma i dag."
    yield from (f"Har ändrats sedan: {sentence}" for sentence in changed[:_MOST_CHANGED])
    if len(changed) > _MOST_CHANGED:
        yield f"Och {len(changed) - _MOST_CHANGED} ändringar till i grunden sedan dess."
    if changed and qids is _ANALYSIS and (line := pointed_at(case_of(workspace, now))):
        yield f"I dag pekar diagnosen på: {line}"


def case_of(workspace: Workspace, edition: Edition) -> Case:
    """What an edition says, as the thread check and the diagnosis look at it."""
    battery = workspace.battery
    known = {qid: answer for qid, answer in edition.answers.items() if battery.question(qid)}
    return workspace.case(AnswerSheet(battery, known))


def pointed_at(case: Case) -> str:
    """What the diagnosis points at, inside a sentence; empty when there is none."""
    return diagnosis_line(case).partition(": ")[2]


def _diagnosed(case: Case) -> str:
    """What the diagnosis pointed at, from which answers, and how well founded it was."""
    diagnosis, question = case.diagnosis, case.sheet.battery.question(OBSTACLES)
    chosen = [*diagnosis.statements.values()]
    counts = options_counted(question, chosen)
    counted = f"Påståenden som var besvarade: {len(chosen)} ({counts})." if chosen else ""
    support = support_name(case.diagnosis_model, diagnosis)
    pointed = pointed_at(case)
    line = f"Diagnosen pekade då på: {pointed}" if pointed else "Svaren räckte då inte till en diagnos."
    return " ".join(filter(None, [line, counted, f"{support}." if support else ""]))
