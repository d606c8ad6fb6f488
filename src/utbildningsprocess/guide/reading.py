"""A page read back: what it answers, and what could not be taken, with the line of each."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.answers.accept import Invalid, accept, show
from utbildningsprocess.answers.rows import dangling
from utbildningsprocess.dossier.codec import TEXTS, Decoded, decode
from utbildningsprocess.dossier.markers import FORMAT, HEADER, scan, split_lines, trimmed
from utbildningsprocess.guide.aids import without_aids
from utbildningsprocess.markdown import render
from utbildningsprocess.model import Given, Kind, Problem, Row, Unfit, Unknown
from utbildningsprocess.swedish import clean, clean_line, nfc, shortened

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.model import Answer, Answers, AnswerSheet, Question, Stage, Value

SHORT = 60
_HELP = re.compile(r"^ {0,3}>(?:[ \t]|$)")


@dataclass(frozen=True)
class Filled:
    """What a page gives: the answers to take, by address, and what is wrong with the rest."""

    answers: Answers
    problems: tuple[Problem, ...]
    found: bool
    """Whether the text has a place for any question of the stage."""

    @property
    def structural_problems(self) -> tuple[Problem, ...]:
        """The problems that put the answers in doubt."""
        return tuple(problem for problem in self.problems if problem.structural)


def filled_in(text: str, stage: Stage, existing: AnswerSheet) -> Filled:
    """The answers of one stage in a filled-in page, or in any text with a dossier's markers.

    Taken are answers to what is unanswered, unknown or skipped so far. One that says something else
    than the `existing` answer is a problem and left.
    """
    page = _Page(text, existing)
    given = page.answers(stage.id)
    taken = {qid: answer for qid, answer in given.items() if page.may_stand(qid, answer)}
    taken = page.without_dangling(taken)
    return Filled(taken, tuple(sorted(page.problems)), page.holds(stage.id))


class _Page:
    """Reads one page and collects what is wrong in it."""

    def __init__(self, text: str, existing: AnswerSheet) -> None:
        self.existing = existing
        self.battery = existing.battery
        self.seen = scan(_without_help(text))
        self.problems = list(self.seen.problems)

    def holds(self, stage_id: str) -> bool:
        return any(_stage_of(qid) == stage_id for qid in self.seen.spans)

    def wrong(self, qid: str, sentence: str, line: int = -1) -> None:
        """Notes a problem at a line of the answer, from 0, or at its opening marker."""
        self.problems.append(Problem(self.seen.spans[qid].opening + 2 + line, f"{qid}: {sentence}"))

    def answers(self, stage_id: str) -> dict[str, Answer]:
        """The answers of a stage that could be read without a fault."""
        found = {}
        for qid in self.seen.spans:
            if _stage_of(qid) == stage_id and (answer := self._answer(qid)):
                found[qid] = answer
        return found

    def _answer(self, qid: str) -> Answer | None:
        question = self.battery.question(qid)
        span = self.seen.spans[qid]
        if question is None:
            if self.seen.body(qid):
                self.wrong(qid, "Frågan finns inte bland frågorna.")
            return None
        read = read_answer(question, self.seen.lines[span.opening + 1 : span.closing])
        for line, sentence in read.faults:
            self.wrong(qid, sentence, line)
        return None if read.faults else read.answer

    def may_stand(self, qid: str, answer: Answer) -> bool:
        """Whether an answer is news, and does not talk against what is answered already."""
        question, earlier = self.battery.question(qid), self.existing.answers.get(qid)
        if question is None or _says_the_same(question, earlier, answer):
            return False
        if isinstance(earlier, Unfit):
            text = clean_line(earlier.text)
            self.wrong(qid, f"Svaret ersätter en text i dossiern som inte gick att läsa: ”{text}”")
        if isinstance(earlier, Given):
            there = shortened(show(question, earlier.value), SHORT)
            self.wrong(qid, f"Dossiern har redan ett annat svar, som står kvar: ”{there}”")
            return False
        return True

    def without_dangling(self, taken: dict[str, Answer]) -> dict[str, Answer]:
        """The answers whose references all point at rows that are there, or will be."""
        found = dangling(self.existing.with_answers(taken))
        lost = {qid for qid, *_ in found} & taken.keys()
        for qid, number, _, sentence in found:
            if qid in lost:
                self.wrong(qid, f"rad {number + 1}: {sentence}")
        kept = {qid: answer for qid, answer in taken.items() if qid not in lost}
        return self.without_dangling(kept) if lost else kept


def _stage_of(qid: str) -> str:
    return qid.partition(".")[0]


def _without_help(text: str) -> str:
    """The text with the help beside the answers blank, and with the first line of a dossier somewhere."""
    lines = split_lines(text)
    spans = scan(text).spans.values()
    inside = {number for span in spans for number in range(span.opening, span.closing + 1)}
    bare = ["" if _HELP.match(line) and number not in inside else line for number, line in enumerate(lines)]
    headed = any(HEADER.match(line) for line in lines)
    return "\n".join(bare if headed else [*bare, f"<!-- utb:dossier {FORMAT} -->"])


def read_answer(question: Question, lines: Sequence[str]) -> Decoded:
    """The answer between the markers of a question on a page, its faults by line from 0."""
    bared = without_aids(question, [nfc(line) for line in lines])
    if bared.faults:
        return Decoded(None, bared.faults)
    first = next((number for number, line in enumerate(bared.lines) if line.strip()), 0)
    decoded = decode(question, "\n".join(trimmed(bared.lines)))
    if decoded.faults or not isinstance(decoded.answer, Given):
        return Decoded(decoded.answer, tuple((first + line, why) for line, why in decoded.faults))
    try:
        return Decoded(Given(_entered(question, decoded.answer.value)))
    except Invalid as error:
        return Decoded(None, ((first, error.sentence),))


def _entered(question: Question, value: Value) -> Value:
    """The value as it would have been typed: texts cleaned, rows within bounds."""
    if question.kind is Kind.GROUP and isinstance(value, tuple):
        rows = [_entered_row(question, row) for row in value if isinstance(row, Row)]
        return accept(question, rows, None)
    return accept(question, value, None) if question.kind in TEXTS else value


def _entered_row(question: Question, row: Row) -> Row:
    texts = [field.id for field in question.fields if field.kind in TEXTS]
    values = {key: clean(str(value)) if key in texts else value for key, value in row.values.items()}
    return Row(row.id, values, row.unfit)


def _says_the_same(question: Question, one: Answer | None, other: Answer) -> bool:
    """Whether an answer adds nothing: texts look the same in Markdown, rows hold the same where filled in."""
    if isinstance(one, Unknown) and isinstance(other, Unknown):
        return other.who in ("", one.who)
    if not (isinstance(one, Given) and isinstance(other, Given)):
        return one == other
    if question.kind in TEXTS:
        return render(str(one.value)) == render(str(other.value))
    return _in_short(one.value) == _in_short(other.value)


def _in_short(value: Value) -> object:
    """The value, of rows only what is filled in."""
    rows = [part for part in value if isinstance(part, Row)] if isinstance(value, tuple) else []
    filled = [
        Row(row.id, {key: one for key, one in row.values.items() if one != ""}, row.unfit) for row in rows
    ]
    return filled or value
