"""The decisions of initiatives: each with what it rested on when it was taken, and what has changed since."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

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
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.diagnosis.sentences import support_name
from utbildningsprocess.dossier.alterations import alterations
from utbildningsprocess.model import AnswerSheet, Period, Row, given_value
from utbildningsprocess.work.history.telling import UNCOMMITTED, Chapter, Entry, by_whom, called_last, head
from utbildningsprocess.work.history.wording import (
    SHORT,
    UNCUT,
    answer_in_words,
    kept_sentence,
    options_counted,
    told,
    with_address,
)
from utbildningsprocess.work.outlook_words import diagnosis_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.dossier.alterations import AnswerPlace
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
_DECIDED_ON = "datum"
"""The field of a decision that holds the day it was taken."""


def decision_chapters(record: Record, choice: Selection, *, whole: bool = False) -> list[Chapter]:
    """The decisions of each initiative, each with its ground; `whole` cuts no text and leaves nothing out."""
    chosen = [(deeds, choice.chosen(deeds, record.workspace.today)) for deeds in record.by_initiative()]
    longest = UNCUT if whole else SHORT
    return [
        Chapter(
            *called_last(record, deeds),
            tuple(_entry(_Looking(record.workspace, deeds, longest), deed) for deed in deciding),
        )
        for deeds, deciding in chosen
        if deciding
    ]


class _Looking(NamedTuple):
    """The deeds that a decision is one of, and how much of a text is told."""

    workspace: Workspace
    deeds: Sequence[RecordedDeed]
    longest: int

    def now(self) -> Edition | None:
        """What the initiative says now, or said last."""
        editions = (deed.after or deed.before for deed in reversed(self.deeds))
        return next(filter(None, editions), None)

    def later(self, since: RecordedDeed) -> Sequence[RecordedDeed]:
        """The deeds after one of them."""
        first = next(number for number, deed in enumerate(self.deeds) if deed.commit is since.commit)
        return self.deeds[first + 1 :]

    def changed_since(self, since: RecordedDeed) -> Iterator[str]:
        """What has become of what was decided, change by change."""
        decided = {altered.place[:2] for altered in (*since.altered, *since.kept)}
        for deed in self.later(since):
            altered = tuple(altered for altered in deed.altered if altered.place[:2] in decided)
            for sentence in told(self.workspace.battery, altered, self.longest):
                yield f"Beslutet har ändrats sedan{_when(deed)}: {sentence}"

    def last_change(self, since: RecordedDeed, place: AnswerPlace) -> str:
        """When an answer was changed last after a deed, and by whom; empty when that cannot be told."""
        later = [
            (deed, {altered.place for altered in (*deed.altered, *deed.kept)})
            for deed in reversed(self.later(since))
        ]
        nearest = (deed for deed, places in later if place in places)
        near = (deed for deed, places in later if place.qid in {known.qid for known in places})
        changed = next(nearest, None) or next(near, None)
        return _when(changed) if changed else ""


def _when(deed: RecordedDeed) -> str:
    return f" ({head(deed) if deed.commit else UNCOMMITTED.lower()})"


def _entry(looking: _Looking, deed: RecordedDeed) -> Entry:
    battery, longest = looking.workspace.battery, looking.longest
    said = told(battery, deed.altered, longest)
    said += [kept_sentence(battery, kept, longest) for kept in deed.kept]
    said += looking.changed_since(deed)
    qids = {altered.place.qid for altered in (*deed.altered, *deed.kept)}
    if deed.after and qids & {DECISION, DECISIONS}:
        said += _diagnosed(case_of(looking.workspace, deed.after))
        said += _ground(looking, deed, deed.after, _ANALYSIS)
    elif deed.after and WHAT_HAPPENS_NOW in qids:
        said += _ground(looking, deed, deed.after, _FOLLOW_UP)
    return Entry(_decided(deed), tuple(said))


def _decided(deed: RecordedDeed) -> str:
    """The day that a decision itself has, where it is all of it, and when it was written and by whom."""
    is_all = {altered.place.qid for altered in deed.altered} == {DECISIONS}
    rows = [altered for altered in deed.altered if is_all and altered.after]
    days = {
        given_value(altered.after) if altered.place.part else row.values.get(_DECIDED_ON)
        for altered in rows
        for row in rows_in(given_value(altered.after)) or [Row("", {})]
        if altered.place.part in ("", _DECIDED_ON)
    }
    known = [day for day in days if isinstance(day, (date, Period))]
    taken = f"Beslutat {date_in_short(known[0])}. " if len(known) == 1 else ""
    commit = deed.commit
    return (
        f"{taken}{f'Skrevs in {date_in_short(commit.day)} av {by_whom(commit)}' if commit else UNCOMMITTED}"
    )


def _ground(looking: _Looking, deed: RecordedDeed, then: Edition, qids: Sequence[str]) -> Iterator[str]:
    """What a decision rested on, and what of that has changed since."""
    battery, longest = looking.workspace.battery, looking.longest
    grounds = [question for qid in qids if (question := battery.question(qid)) and qid in then.answers]
    for question in grounds:
        if question.qid != OBSTACLES:  # which is counted
            answer = answer_in_words(question, then.answers[question.qid], longest)
            yield with_address(f"Grund: {question.text} – {answer}", question.qid)
    if not grounds:
        yield "Inget annat som beslutet kan vila på var besvarat då."
    now = looking.now() or then
    ours, theirs = (
        {qid: edition.answers[qid] for qid in qids if qid in edition.answers} for edition in (then, now)
    )
    changed = list(alterations(battery, ours, theirs))
    if not changed:
        yield "Grunden är densamma i dag." if grounds else "Det är det inte i dag heller."
    said = [
        f"Har ändrats sedan{last}: {sentence}"
        for last, group in groupby(changed, lambda altered: looking.last_change(deed, altered.place))
        for sentence in told(battery, tuple(group), longest)
    ]
    most = len(said) if longest == UNCUT else _MOST_CHANGED
    yield from said[:most]
    if left := len(said[most:]):
        yield f"Och {left} {'ändring' if left == 1 else 'ändringar'} till i grunden sedan dess."
    if qids is _ANALYSIS and now is not then:
        yield from _diagnosed_today(*(case_of(looking.workspace, edition) for edition in (then, now)))


def _diagnosed_today(then: Case, now: Case) -> Iterator[str]:
    """What has become of the diagnosis since, where it says something else or rests on something else."""
    old, new = pointed_at(then), pointed_at(now)
    if old != new:
        yield f"I dag pekar diagnosen på: {new}" if new else "I dag räcker svaren inte till en diagnos."
    if words := support_changed(then, now):
        yield f"{'Diagnosen är densamma i dag. ' if old == new else ''}{words}"


def support_changed(before: Case, after: Case) -> str:
    """How well founded the diagnosis was and has become; empty when that is the same."""
    old, new = (support_name(case.diagnosis_model, case.diagnosis) for case in (before, after))
    return f"Underlaget har ändrats: ”{old}” → ”{new}”." if old and new and old != new else ""


def case_of(workspace: Workspace, edition: Edition) -> Case:
    """What an edition says, as the thread check and the diagnosis look at it."""
    battery = workspace.battery
    known = {qid: answer for qid, answer in edition.answers.items() if battery.question(qid)}
    return workspace.case(AnswerSheet(battery, known))


def pointed_at(case: Case) -> str:
    """What the diagnosis points at, inside a sentence; empty when there is none."""
    return diagnosis_line(case).partition(": ")[2]


def _diagnosed(case: Case) -> list[str]:
    """What the diagnosis pointed at, from which answers, and how well founded it was."""
    diagnosis, question = case.diagnosis, case.sheet.battery.question(OBSTACLES)
    chosen = [*diagnosis.statements.values()]
    counts = options_counted(question, chosen)
    counted = f"Påståenden som var besvarade: {len(chosen)} ({counts})." if chosen else ""
    support = support_name(case.diagnosis_model, diagnosis)
    pointed = pointed_at(case)
    line = f"Diagnosen pekade då på: {pointed}" if pointed else "Svaren räckte då inte till en diagnos."
    return [" ".join(filter(None, [line, counted, f"{support}." if support else ""]))]
