"""The text of a pull request: what the answers say otherwise than on a branch, and what that changes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.personal import without_people
from utbildningsprocess.plan.cost_words import total_in_words
from utbildningsprocess.work.history.decisions import case_of, pointed_at
from utbildningsprocess.work.history.telling import Chapter, Entry, called_last, of_file
from utbildningsprocess.work.history.wording import told

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.work.history.choosing import Selection
    from utbildningsprocess.work.history.deeds import RecordedDeed
    from utbildningsprocess.work.history.record import Record
    from utbildningsprocess.work.workspace import Workspace


def compared_chapters(record: Record, choice: Selection) -> list[Chapter]:
    """What each initiative says otherwise, and what that does."""
    return [
        Chapter(*called_last(record, deeds), tuple(_entries(record, deed)))
        for deeds in record.by_initiative()
        for deed in choice.chosen(deeds, record.workspace.today)
    ]


def _entries(record: Record, deed: RecordedDeed) -> Iterator[Entry]:
    yield Entry("Det här ändras", (*of_file(deed), *told(record.workspace.battery, deed.altered)))
    effects = tuple(_effects(record.workspace, deed))
    if effects:
        yield Entry("Det här följer av det", effects)


def _effects(workspace: Workspace, deed: RecordedDeed) -> Iterator[str]:
    """What the answers come to, before and after."""
    before, after = (
        case_of(workspace, edition) if edition else None for edition in (deed.before, deed.after)
    )
    if after is None or deed.fault:
        return
    yield from _of_diagnosis(before, after)
    yield from _of_cost(before, after)
    yield from _of_findings(workspace, before, after)


def _of_diagnosis(before: Case | None, after: Case) -> Iterator[str]:
    old, new = (pointed_at(case) if case else "" for case in (before, after))
    if old and not new:
        yield f"Svaren räcker inte längre till en diagnos. Förut pekade den på: {old}"
    elif old and old == new:
        yield f"Diagnosen är densamma: {new}"
    elif new:
        yield f"Diagnosen pekar nu på: {new} Förut: {old or 'ingen diagnos.'}"


def _of_cost(before: Case | None, after: Case) -> Iterator[str]:
    old, new = (case.price if case else None for case in (before, after))
    if new is None:
        if old is not None:
            yield f"Kostnaden går inte längre att räkna ut. Förut: {total_in_words(old)}."
    elif old is not None and before is not None and old.total != new.total:
        yield f"Kostnaden ändras från {total_in_words(old)} till {total_in_words(new)}."
        yield f"Så räknades den förut: {without_people(before.arithmetic.total)}"
        yield f"Så räknas den nu: {without_people(after.arithmetic.total)}"
    elif old is None:
        yield f"Kostnaden går nu att räkna ut: {without_people(after.arithmetic.total)}"
    else:
        yield f"Kostnaden är densamma: {total_in_words(new)}."


def _of_findings(workspace: Workspace, before: Case | None, after: Case) -> Iterator[str]:
    old, new = (_red(workspace, case) if case else {} for case in (before, after))
    yield from (f"Nytt rött fynd, {key[0]}: {text}" for key, text in new.items() if key not in old)
    yield from (f"Rött fynd som försvinner, {key[0]}: {text}" for key, text in old.items() if key not in new)


def _red(workspace: Workspace, case: Case) -> dict[tuple[str, str, str], str]:
    """The red findings that nobody has accepted, by rule and place."""
    return {
        (finding.rule, finding.qid, finding.row): without_people(finding.text)
        for finding in check(case, workspace.thread_rules)
        if finding.grade is Grade.RED and finding.deviation is None
    }
