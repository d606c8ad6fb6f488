"""A dossier as text: its answers and problems, and the text with one answer changed.

A change replaces the lines between one pair of markers; every other byte, the newline style and
a byte order mark stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType
from typing import TYPE_CHECKING

from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.options import clashes
from utbildningsprocess.answers.rows import dangling, number_of, rows_in
from utbildningsprocess.answers.settled import is_unchanged
from utbildningsprocess.dossier.bearers import doubts
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.first_lines import identity_in
from utbildningsprocess.dossier.markers import scan, trimmed
from utbildningsprocess.dossier.patching import rewritten, with_kept
from utbildningsprocess.dossier.placing import LINE, has_stage, newline_of, with_lines_between, with_questions
from utbildningsprocess.dossier.structure import damage, missing
from utbildningsprocess.dossier.traces import (
    Traceless,
    is_trace,
    left_behind,
    names_left_behind,
    new_names_of,
    with_traces,
)
from utbildningsprocess.errors import Broken, LineNotice, WrongUse
from utbildningsprocess.model import AnswerSheet, Given, Kind, Problem, Unfit, given_value
from utbildningsprocess.swedish import clean_line, nfc

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.dossier.pieces import Decoded
    from utbildningsprocess.dossier.traces import NewName
    from utbildningsprocess.markdown import TopBlock
    from utbildningsprocess.model import Answer, Answers, Battery, Question

_LINK = re.compile(r"\[([^\[\]\n]+)\](?!\(|:)")
_ALL_LEAVE_TRACES = Traceless()
_NONE_TRACELESS: Mapping[str, Traceless] = MappingProxyType({})
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


@dataclass(frozen=True)
class Dossier:
    """What a dossier says: its title, its answers by address, and what could not be read."""

    text: str
    title: str
    sheet: AnswerSheet
    problems: tuple[Problem, ...]
    lines: Mapping[str, int]
    """The line of each answer's opening marker, from 1, also of those the battery does not know."""

    rows: Mapping[tuple[str, str], int]
    """The line where each row of a group begins, by the question's address and the row's id."""

    damaged: Mapping[str, int]
    """The questions whose answers may be another's, or gone: each with the line where that is seen."""

    new_names: Mapping[str, tuple[NewName, ...]]
    """The names that rows of a group have had, by the question's address."""

    @property
    def answers(self) -> Answers:
        """The answers by address."""
        return self.sheet.answers

    @property
    def identity(self) -> str:
        """The letters the initiative is known by whatever it is called; empty in an old dossier."""
        return identity_in(self.text)

    @property
    def outside(self) -> str:
        """The title, and what people have written outside the answers and as answers to unknown questions."""
        return "\n".join([*(line for _, line in self.outside_lines()), *self.unasked.values()])

    @property
    def unasked(self) -> Mapping[str, str]:
        """What stands as answers to questions that the battery does not have, by address."""
        seen = scan(self.text)
        gone = [qid for qid in seen.spans if self.sheet.battery.question(qid) is None]
        return {qid: body for qid in gone if (body := seen.body(qid))}

    def outside_lines(self) -> list[tuple[int, str]]:
        """The lines outside the answers, each with its number from 1."""
        seen = scan(self.text)
        return [(number + 1, line) for number, line in enumerate(seen.lines) if number not in seen.inside]

    def line_of(self, qid: str, row: str = "") -> int:
        """The line, from 1, of an answer's opening marker or of where one of its rows begins."""
        return self.rows.get((qid, row)) or self.lines.get(qid, 1)

    def unread_lines(self, qid: str) -> list[str]:
        """What stands in an answer and could not be read: its lines that a problem names."""
        seen = scan(self.text)
        named = {problem.line - 1 for problem in self.problems if not problem.is_notice}
        if qid not in seen.spans:
            return []
        whole = isinstance(self.answers.get(qid), Unfit)
        return [
            seen.lines[n].strip()
            for n in range(*seen.extent(qid))
            if seen.lines[n].strip() and (whole or n in named)
        ]

    @property
    def structural_problems(self) -> tuple[Problem, ...]:
        """The problems that stand in the way of writing."""
        return tuple(problem for problem in self.problems if problem.structural)


class _Asked:
    """A question in a text: the same as any other asking of the very same question."""

    def __init__(self, question: Question, seen: Scan) -> None:
        self.question, self.seen = question, seen

    def __hash__(self) -> int:
        return id(self.question)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.question is self.question


@lru_cache(maxsize=128)
def decode_cached(asked: _Asked, body: str) -> Decoded:
    """The answer in a body, which most often has been read before."""
    qid, is_text = asked.question.qid, asked.question.kind.is_text
    same = not is_text and body == asked.seen.body(qid)  # else links have been moved into it
    return decode(asked.question, body, asked.seen.outline_of(qid) if same else None)


@lru_cache(maxsize=4)
def read(text: str, battery: Battery) -> Dossier:
    """Everything a dossier says; never raises, whatever the text. A save reads the same text often."""
    seen = scan(text)
    answers: dict[str, Answer] = {}
    rows: dict[tuple[str, str], int] = {}
    spent: dict[str, int] = {}
    new_names: dict[str, tuple[NewName, ...]] = {}
    damaged: dict[str, int] = {}
    problems = [*seen.problems, *missing(seen, battery)]
    for qid, span in seen.spans.items():
        question = battery.question(qid)
        body = seen.body(qid)
        first = _first_line(seen, qid)
        if question is None:
            if body:
                why = f"Frågan {qid} finns inte bland frågorna. Svaret behålls."
                problems.append(Problem(span.opening + 1, why, is_notice=True))
            continue
        body = _with_moved_links(question, body, seen, problems, first)
        decoded = decode_cached(_Asked(question, seen), body)
        if decoded.answer is not None:
            answers[qid] = decoded.answer
        if decoded.traces:
            spent[qid] = decoded.spent
        if decoded.new_names:
            new_names[qid] = tuple(name._replace(line=first + name.line) for name in decoded.new_names)
        if question.kind is Kind.GROUP:
            rows |= {(qid, str(piece.key)): first + piece.first for piece in decoded.pieces}
        problems += _told(qid, decoded, first)
        if decoded.grave:
            damaged[qid] = first + decoded.grave[0].line
    lines = {qid: span.opening + 1 for qid, span in seen.spans.items()}
    sheet = AnswerSheet(battery, answers, spent)
    damaged |= damage(seen, battery)
    problems += _dangling(seen, sheet, rows, damaged)
    problems += _clashing(seen, sheet, rows)
    problems += [doubt.problem for doubt in doubts(sheet, new_names, rows)]
    return Dossier(text, title_in(seen), sheet, tuple(sorted(problems)), lines, rows, damaged, new_names)


def _told(qid: str, decoded: Decoded, first: int) -> list[Problem]:
    """What is wrong in an answer that begins at a line, as problems."""
    hidden = f"{qid}: Här står något som inte går att läsa som svar."
    return [
        Problem(
            first + fault.line,
            f"{qid}: {fault.sentence}",
            fault in decoded.grave,
            hidden,
            isinstance(fault, LineNotice),
        )
        for fault in decoded.faults
    ]


def _dangling(
    seen: Scan, sheet: AnswerSheet, rows: Mapping[tuple[str, str], int], damaged: Mapping[str, int]
) -> Iterator[Problem]:
    """The references to rows that do not exist, each at the row that it stands in.

    Which rows there are in a damaged group nobody knows.
    """
    for reference, sentence in dangling(sheet):
        if not damaged.keys().isdisjoint(reference.field.points_at):
            continue
        place = f"{reference.qid} rad {reference.row + 1}"
        public = f"{place}: En hänvisning pekar på en rad som inte finns."
        line = rows.get((reference.qid, reference.row_id)) or _first_line(seen, reference.qid)
        yield Problem(line, f"{place}: {sentence}", public=public)


def _clashing(seen: Scan, sheet: AnswerSheet, rows: Mapping[tuple[str, str], int]) -> Iterator[Problem]:
    """The options that do not go together, each at its row or answer."""
    for qid, answer in sheet.answers.items():
        question = sheet.battery.question(qid)
        for clash in clashes(question, answer.value) if question and isinstance(answer, Given) else ():
            line = rows.get((qid, clash.row_id)) or _first_line(seen, qid)
            yield Problem(line, f"{qid}: {clash.sentence}", is_notice=True)


def _first_line(seen: Scan, qid: str) -> int:
    """The line, from 1, where the text of an answer begins; of an empty one that of its marker."""
    first, end = seen.extent(qid)
    return first + 1 if first < end else first


def _with_moved_links(question: Question, body: str, seen: Scan, problems: list[Problem], first: int) -> str:
    """The answer with the link definitions that a formatter moved to the end of the document."""
    if not question.kind.is_text or not seen.links or "[" not in body:
        return body
    moved = []
    for label in dict.fromkeys(_LINK.findall(body)):
        target = seen.links.get(" ".join(label.split()).upper())
        if target is not None and f"[{label}]:" not in body:
            moved.append(f"[{label}]: {target}")
    if not moved:
        return body
    why = f"{question.qid}: en länkadress hämtades från en annan plats i filen."
    problems.append(Problem(first, why, is_notice=True))
    return "\n".join([body, "", *moved])


def title_in(seen: Scan) -> str:
    """The title, as the first heading says it."""
    heading = _first_heading(seen)
    return clean_line(_ESCAPED.sub(r"\1", heading.content)) if heading else ""


def _first_heading(seen: Scan) -> TopBlock | None:
    return next((heading for heading in seen.headings if heading.tag == "h1"), None)


def title_line(title: str) -> str:
    """The title as the dossier's first heading, what Markdown would take for markup escaped."""
    return "# " + re.sub(r"([\\`*_\[\]<&]|#$)", r"\\\1", clean_line(title))


# ------------------------------------------------------------------ writing


def with_answer(
    text: str, battery: Battery, qid: str, answer: Answer | None, traceless: Traceless = _ALL_LEAVE_TRACES
) -> str:
    """The text with one answer changed, or emptied by None; a question not yet written gets its place.

    Raises Broken while a structural problem stands, for then an answer could land in the wrong place.
    """
    text, seen = _with_places(text, battery, [qid])
    proposals = _proposals(battery, seen, qid, answer, traceless)
    if proposals is None:
        return text
    for lines in proposals:
        if changed := _spliced(text, seen, {qid: lines}):
            return changed
    raise Broken(f"Svaret på {qid} går inte att skriva utan att ändra ett annat svar. Inget är sparat.")


def with_answers(
    text: str,
    battery: Battery,
    answers: Mapping[str, Answer | None],
    traceless: Mapping[str, Traceless] = _NONE_TRACELESS,
) -> str:
    """The text with several answers changed as each would be alone: in one pass, where the best lines fit."""
    placed, seen = _with_places(text, battery, answers)
    best = {}
    for qid, answer in answers.items():
        proposals = _proposals(battery, seen, qid, answer, traceless.get(qid, _ALL_LEAVE_TRACES))
        if proposals is not None:
            best[qid] = next(proposals, None)
    if changed := _spliced(placed, seen, best):
        return changed
    for qid, answer in answers.items():
        text = with_answer(text, battery, qid, answer, traceless.get(qid, _ALL_LEAVE_TRACES))
    return text


def _with_places(text: str, battery: Battery, qids: Collection[str]) -> tuple[str, Scan]:
    """The text with a place for the answer to each of some questions, and where all of them stand."""
    refuse_if_broken(text, battery)
    spans = scan(text).spans
    unwritten = [asked for asked in battery.questions() if asked.qid in qids and asked.qid not in spans]
    text = with_questions(text, battery, unwritten)
    return text, scan(text)


def _proposals(
    battery: Battery, seen: Scan, qid: str, answer: Answer | None, traceless: Traceless
) -> Iterator[list[str]] | None:
    """Lines to stand as an answer, the best first; None where it says so already."""
    question = battery.question(qid)
    if question is None:
        raise Broken(f"Frågan {qid} finns inte i batteriet.")
    said = partial(decode_cached, _Asked(question, seen))
    before = said(seen.body(qid))
    answer = with_kept(question, before.answer, answer)
    if is_unchanged(before.answer, answer):
        return None
    before = before._replace(traces=tuple(row_id for row_id in before.traces if row_id not in traceless.back))
    traces = left_behind(before.traces, before.answer, answer)
    renames = new_names_of(battery, question, before.answer, answer)
    names = names_left_behind(before.new_names, renames, traceless.names)
    _refuse_to_reuse(question, before, answer)
    raw = trimmed(["" if is_trace(line) else line for line in seen.raw_lines(qid)])
    proposed = rewritten(question, raw, before, answer, said)
    return (with_traces(lines, traces, names) if traces or names else lines for lines in proposed)


def _refuse_to_reuse(question: Question, before: Decoded, answer: Answer | None) -> None:
    """Raises WrongUse when a row would get the id of a removed one, and what points at that."""
    ids = [row.id for row in rows_in(given_value(answer))]
    if row_id := next((row_id for row_id in ids if row_id in before.traces), ""):
        free = f"{question.row_prefix}{max(before.spent, *map(number_of, ids)) + 1}"
        raise WrongUse(
            f"{question.qid}: {row_id} var id för en rad som är borttagen, och används inte igen. "
            f'Ge raden ett nytt id: "id": "{free}".'
        )


def refuse_if_broken(text: str, battery: Battery) -> None:
    """Raises Broken, with every structural problem and its line, while one stands."""
    wrong = read(text, battery).structural_problems
    if wrong:
        listed = "\n".join(f"rad {problem.line}: {problem.text}" for problem in wrong)
        raise Broken(f"Filen behöver lagas innan något kan skrivas i den:\n{listed}")


def _spliced(text: str, seen: Scan, answers: Mapping[str, list[str] | None]) -> str:
    """The text with other lines as some answers; empty where there are none, or one reads otherwise."""
    written = {qid: lines for qid, lines in answers.items() if lines is not None}
    changed = with_lines_between(text, seen, written)
    bodies = {qid: nfc("\n".join(lines)) for qid, lines in written.items()}
    is_whole = len(written) == len(answers) and {**seen.bodies, **bodies} == scan(changed).bodies
    return changed if is_whole else ""


def open_stage(text: str, sheet: AnswerSheet, stage_id: str) -> str:
    """The text with every relevant question of a stage written, each after its predecessor.

    Raises Broken while a structural problem stands.
    """
    refuse_if_broken(text, sheet.battery)
    spans = scan(text).spans
    questions = sheet.battery.stage(stage_id).questions
    unwritten = [question for question in questions if question.qid not in spans]
    relevant = [question for question in unwritten if is_relevant(question, sheet)]
    return with_questions(text, sheet.battery, relevant)


def with_new_questions(text: str, before: AnswerSheet, after: AnswerSheet) -> str:
    """The text with the questions that answers have made relevant, in the stages that are written.

    Raises Broken while a structural problem stands.
    """
    spans = scan(text).spans
    waiting = [question for question in after.battery.questions() if question.relevant_if is not None]
    relevant = [
        question
        for question in waiting
        if question.qid not in spans and is_relevant(question, after) and not is_relevant(question, before)
    ]
    written = [question for question in relevant if has_stage(text, after.battery.stage(question.stage))]
    if written:
        refuse_if_broken(text, after.battery)
    return with_questions(text, after.battery, written)


def with_title(text: str, title: str) -> str:
    """The text with another title."""
    seen = scan(text)
    heading = _first_heading(seen)
    if heading is None or title_in(seen) == clean_line(title):
        return text
    raw = LINE.findall(text)
    raw[heading.first : heading.end] = [title_line(title) + newline_of(raw)]
    return "".join(raw)
