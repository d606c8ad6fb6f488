"""A page read back: what it answers, and what could not be taken, with the line of each."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.answers.accept import accept, show
from utbildningsprocess.answers.faults import Invalid, wrong
from utbildningsprocess.answers.options import clashes
from utbildningsprocess.answers.rows import choices, dangling, given_rows, references, rows_in
from utbildningsprocess.dossier.codec import SKIPPED, UNKNOWN, decode
from utbildningsprocess.dossier.guide_mark import (
    HEADINGS_TOLD,
    beside,
    changed_print,
    is_guide,
    mark_in,
    printed_in,
    words_checked,
)
from utbildningsprocess.dossier.markers import DOSSIER_FORMAT, DOSSIER_HEADER, OUTSIDE, scan, trimmed
from utbildningsprocess.dossier.pieces import Decoded
from utbildningsprocess.errors import LineFault, LineNotice
from utbildningsprocess.guide.aids import passed_fields, strange_headings, strange_pointers, without_aids
from utbildningsprocess.guide.completing import completed, says_the_same
from utbildningsprocess.model import Given, Kind, Problem, Row, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean, clean_line, nfc, shortened

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.model import Answer, Answers, AnswerSheet, Question, Stage, Value

_BESIDE = re.compile(r"^ {0,3}(?:>(?:[ \t]|$)|<!--[ \t]*utskrivet:)")
_MAY_DIFFER = re.compile(
    r" {0,3}(?:[>#`]|Det här är de frågor i|Lämna tomt det ni inte|Spara filen och läs in|utb steg )"
)
"""Lines that a guide of the first release has beside the answers, in words that may have changed since."""


class AnotherAnswer(NamedTuple):
    """An answer that is not taken, for the dossier has another, and the problem that tells."""

    answer: Answer
    problem: Problem


@dataclass(frozen=True)
class Filled:
    """What a page gives: the answers to take, by address, and what is wrong with the rest."""

    answers: Answers
    problems: tuple[Problem, ...]
    has_questions: bool
    """Whether the text has a place for any question of the stage."""
    differing: Mapping[str, AnotherAnswer] = field(default_factory=dict)
    """The answers that say something else than the dossier, by address; their problems are among all."""

    @property
    def structural_problems(self) -> tuple[Problem, ...]:
        """The problems that put the answers in doubt."""
        return tuple(problem for problem in self.problems if problem.structural)


def filled_in(text: str, stage: Stage, existing: AnswerSheet) -> Filled:
    """The answers of one stage in a filled-in page, or in any text with a dossier's markers.

    An answer is taken when the question is unanswered, unknown or skipped so far. One that says something
    else than the `existing` answer is a problem, and not taken.
    """
    page = _Page(text, existing)
    qids = [qid for qid in page.seen.spans if stage_of(qid) == stage.id]
    given = {qid: answer for qid in qids if (answer := page.answer(qid))}
    taken = {qid: new for qid, answer in given.items() if (new := page.taken(qid, answer))}
    taken = page.without_dangling(page.without_strangers(given, taken))
    page.tell_of_other_stages(stage)
    page.tell_of_what_is_beside(stage)
    differing = {qid: differs for qid, differs in page.differing.items() if stage_of(qid) == stage.id}
    return Filled(taken, tuple(sorted(page.problems)), has_questions=bool(qids), differing=differing)


_CHANGED_PRINT = (
    "Raden som börjar ”utskrivet:” är ändrad. Därför går det inte att se vad ni har skrivit utanför svaren. "
    "Svaren läses ändå. Läs igenom resten själv, eller skriv ut guiden på nytt."
)


class _Page:
    """Reads one page and collects what is wrong in it."""

    def __init__(self, text: str, existing: AnswerSheet) -> None:
        self.text = text
        self.existing = existing
        self.battery = existing.battery
        self.seen = scan(_without_help(text))
        self.problems = list(self.seen.problems)
        self.differing: dict[str, AnotherAnswer] = {}

    def wrong(self, qid: str, sentence: str, line: int = -1) -> None:
        """Notes a problem at a line of the answer, from 0, or at its opening marker."""
        self.problems.append(Problem(self.seen.spans[qid].opening + 2 + line, f"{qid}: {sentence}"))

    def answer(self, qid: str) -> Answer | None:
        """The answer to a question, None when it is empty or could not be read without a fault."""
        question = self.battery.question(qid)
        span = self.seen.spans[qid]
        if question is None:
            if self.seen.body(qid):
                self.wrong(qid, "Frågan finns inte bland frågorna.")
            return None
        lines = [nfc(line) for line in self.seen.lines[span.opening + 1 : span.closing]]
        read = _read_answer(question, lines)
        notes = [*passed_fields(question, lines), *strange_pointers(question, lines, self.known(question))]
        notes += self.strange_headings(question, lines)
        for line, sentence in (*read.faults, *notes):
            self.wrong(qid, sentence, line)
        clash = next(clashes(question, read.answer.value), None) if isinstance(read.answer, Given) else None
        if clash:
            self.wrong(qid, clash.sentence)
        return None if _unclear(read) or clash else read.answer

    def strange_headings(self, question: Question, lines: Sequence[str]) -> list[LineFault]:
        """The headings that somebody has changed; a guide that does not tell of its headings says nothing."""
        is_changed = changed_print(self.text) is not None
        printed = frozenset[str]() if is_changed else printed_in(self.text) or frozenset()
        tells = question.kind is Kind.GROUP and HEADINGS_TOLD in printed
        return strange_headings(question, lines, printed) if tells else []

    def known(self, question: Question) -> list[str]:
        """What the rows that a page begins can be about, by id and in words."""
        target = question.field(question.prefill.target) if question.prefill else None
        return [name for choice in choices(target, self.existing) for name in choice] if target else []

    def taken(self, qid: str, answer: Answer) -> Answer | None:
        """The answer to save when it says something new, with what the dossier has of it already.

        Notes a problem when the dossier has another, which then stays.
        """
        question, earlier = self.battery.question(qid), self.existing.answers.get(qid)
        if question is None or says_the_same(question, answer, self.existing):
            return None
        match earlier:
            case Given(value):
                more = completed(question, answer.value, self.existing) if isinstance(answer, Given) else None
                if more is not None:
                    return self.within_bounds(question, more)
                there = shortened(show(question, value), 60)
                self.wrong(qid, f"Dossiern har redan ett annat svar, som står kvar: ”{there}”")
                self.differing[qid] = AnotherAnswer(answer, self.problems[-1])
                return None
            case Unfit(text):
                there = clean_line(text)
                self.wrong(qid, f"Svaret ersätter en text i dossiern som inte gick att läsa: ”{there}”")
                return answer
            case Skipped(said) | Unknown(said):
                if said:
                    state = SKIPPED if isinstance(earlier, Skipped) else UNKNOWN
                    self.wrong(qid, f"Svaret ersätter det som stod i dossiern: ”{state}: {clean_line(said)}”")
                return answer
            case None:
                return answer
            case _:
                assert_never(earlier)

    def within_bounds(self, question: Question, value: Value) -> Answer | None:
        """The value as an answer; notes a problem when it has more rows than the question takes."""
        try:
            return Given(accept(question, value, None) if rows_in(value) else value)
        except Invalid as error:
            self.wrong(question.qid, str(error))
            return None

    def without_strangers(self, given: Answers, taken: Answers) -> dict[str, Answer]:
        """The answers whose references mean the same rows in the dossier as they do on the page."""
        lost = set()
        for reference in references(self.existing.with_answers(taken)):
            groups = reference.field.points_at
            strangers = {key for qid in groups for key in self._strangers(given, taken, qid)}
            if reference.qid in taken and reference.key in strangers:
                why = (
                    f"”{reference.field.text}” pekar på {reference.key}, en annan rad i dossiern än i guiden."
                )
                self.wrong(reference.qid, f"rad {reference.row + 1}: {why} Svaret är inte sparat.")
                lost.add(reference.qid)
        return {qid: answer for qid, answer in taken.items() if qid not in lost}

    def _strangers(self, given: Answers, taken: Answers, qid: str) -> set[str]:
        """The rows of a group in the dossier that the page cannot have meant by their ids."""
        mark = mark_in(self.text)
        now = {row.id for row in given_rows(self.existing.answers, qid)}
        then = set(mark.rows.get(qid, "").split(",")) if mark else now
        its_own = {row.id for row in given_rows(given, qid)}
        if qid in taken:
            return now - then - its_own
        return (now - then) | (its_own - (then if mark else set()) if self._differs(given, qid) else set())

    def _differs(self, given: Answers, qid: str) -> bool:
        """Whether the page answers a question otherwise than the dossier does."""
        question, answer = self.battery.question(qid), given.get(qid)
        if question is None or answer is None:
            return False
        return not says_the_same(question, answer, self.existing)

    def tell_of_other_stages(self, stage: Stage) -> None:
        """Notes each answer of another stage that says something else than the dossier."""
        for qid in self.seen.spans:
            if (
                stage_of(qid) != stage.id
                and (answer := self.answer(qid))
                and self._differs({qid: answer}, qid)
            ):
                self.wrong(
                    qid, f"Svaret hör till steget {stage_of(qid)} och är inte läst. Läs in det för sig."
                )

    def tell_of_what_is_beside(self, stage: Stage) -> None:
        """Notes what somebody has written in a guide beside the places for answers."""
        if not is_guide(self.text):
            return
        if (line := changed_print(self.text)) is not None:
            self.problems.append(Problem(line + 1, _CHANGED_PRINT))
            return
        told, printed = {problem.line for problem in self.problems}, printed_in(self.text)
        lines = beside(self.text)
        if printed is None:
            lines = [(number, line) for number, line in lines if not _MAY_DIFFER.match(line)]
            printed = frozenset(map(words_checked, stage.purpose.split("\n")))
        written = [number for number, line in lines if words_checked(line) not in printed]
        firsts = [number + 1 for number in written if number - 1 not in written]
        self.problems += [Problem(line, OUTSIDE) for line in firsts if line not in told]

    def without_dangling(self, taken: dict[str, Answer]) -> dict[str, Answer]:
        """The answers whose references all point at rows that are there, or will be."""
        lost = set()
        for reference, sentence in dangling(self.existing.with_answers(taken)):
            if reference.qid in taken:
                self.wrong(reference.qid, f"rad {reference.row + 1}: {sentence}")
                lost.add(reference.qid)
        kept = {qid: answer for qid, answer in taken.items() if qid not in lost}
        return self.without_dangling(kept) if lost else kept


def _without_help(text: str) -> str:
    """The text with the help beside the answers blank, and with the first line of a dossier somewhere."""
    seen = scan(text)
    lines = enumerate(seen.lines)
    bare = ["" if _BESIDE.match(line) and number not in seen.inside else line for number, line in lines]
    headed = any(DOSSIER_HEADER.match(line) for line in seen.lines)
    return "\n".join(bare if headed else [*bare, f"<!-- utb:dossier {DOSSIER_FORMAT} -->"])


def _read_answer(question: Question, lines: Sequence[str]) -> Decoded:
    """The answer between the markers of a question on a page, its faults by line from 0."""
    bared = without_aids(question, lines)
    if bared.faults:
        return Decoded(None, bared.faults)
    first = next((number for number, line in enumerate(bared.lines) if line.strip()), 0)
    decoded = decode(question, "\n".join(trimmed(bared.lines)))
    faults = tuple(type(fault)(first + fault.line, fault.sentence) for fault in decoded.faults)
    if _unclear(decoded) or not isinstance(decoded.answer, Given):
        return Decoded(decoded.answer, faults)
    try:
        return Decoded(Given(_entered(question, decoded.answer.value)), faults)
    except Invalid as error:
        return Decoded(None, (LineFault(first, str(error)),))


def _unclear(read: Decoded) -> bool:
    """Whether something in an answer could not be read, and not only is worth telling."""
    return not all(isinstance(fault, LineNotice) for fault in read.faults)


def _entered(question: Question, value: Value) -> Value:
    """The value as it would have been typed: texts cleaned, rows within bounds."""
    if rows := rows_in(value):
        if not all(row.values or row.unknown for row in rows):
            raise wrong("En rad har inget ifyllt fält. Flytta texten till ett fält, eller ta bort raden.")
        return accept(question, [_entered_row(question, row) for row in rows], None)
    return accept(question, value, None) if question.kind.is_text else value


def _entered_row(question: Question, row: Row) -> Row:
    texts = [field.id for field in question.fields if field.kind.is_text]
    values = {key: clean(str(value)) if key in texts else value for key, value in row.values.items()}
    return replace(row, values=values)
