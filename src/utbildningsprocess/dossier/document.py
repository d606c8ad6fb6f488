"""A dossier as text: its answers and problems, and the text with one answer changed.

A change replaces the lines between one pair of markers; every other byte, the newline style and
a byte order mark stay.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import dangling, given_rows
from utbildningsprocess.dossier.codec import decode, encode
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.dossier.protection import fence
from utbildningsprocess.errors import Broken
from utbildningsprocess.model import AnswerSheet, Problem
from utbildningsprocess.swedish import clean_line, same

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.markdown import TopBlock
    from utbildningsprocess.model import Answer, Answers, Battery, Question, Stage

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_LINK = re.compile(r"\[([^\[\]\n]+)\](?!\(|:)")
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

    @property
    def answers(self) -> Answers:
        """The answers by address."""
        return self.sheet.answers

    @property
    def outside(self) -> str:
        """The title, and what people have written outside the answers and as answers to unknown questions."""
        seen = scan(self.text)
        unknown = [seen.body(qid) for qid in seen.spans if self.sheet.battery.question(qid) is None]
        return "\n".join([*(line for _, line in self.outside_lines()), *unknown])

    def outside_lines(self) -> list[tuple[int, str]]:
        """The lines outside the answers, each with its number from 1."""
        seen = scan(self.text)
        return [(number + 1, line) for number, line in enumerate(seen.lines) if number not in seen.inside]

    def line_of(self, qid: str, row: str = "") -> int:
        """The line, from 1, of an answer's opening marker or of where one of its rows begins."""
        return self.rows.get((qid, row)) or self.lines.get(qid, 1)

    @property
    def structural_problems(self) -> tuple[Problem, ...]:
        """The problems that stand in the way of writing."""
        return tuple(problem for problem in self.problems if problem.structural)


def read(text: str, battery: Battery) -> Dossier:
    """Everything a dossier says; never raises, whatever the text."""
    seen = scan(text)
    answers: dict[str, Answer] = {}
    rows: dict[tuple[str, str], int] = {}
    problems = list(seen.problems)
    for qid, span in seen.spans.items():
        question = battery.question(qid)
        body = seen.body(qid)
        first = _first_line(seen, qid)
        if question is None:
            if body:
                why = f"Frågan {qid} finns inte bland frågorna. Svaret behålls."
                problems.append(Problem(span.opening + 1, why))
            continue
        body = _with_moved_links(question, body, seen, problems, first)
        decoded = decode(question, body)
        if decoded.answer is not None:
            answers[qid] = decoded.answer
            begun = zip(given_rows(answers, qid), decoded.rows, strict=False)
            rows |= {(qid, row.id): first + offset for row, offset in begun}
        problems += [Problem(first + offset, f"{qid}: {why}") for offset, why in decoded.faults]
    lines = {qid: span.opening + 1 for qid, span in seen.spans.items()}
    sheet = AnswerSheet(battery, answers)
    problems += [
        Problem(_first_line(seen, reference.qid), f"{reference.qid} rad {reference.row + 1}: {sentence}")
        for reference, sentence in dangling(sheet)
    ]
    return Dossier(text, _title(seen), sheet, tuple(sorted(problems)), lines, rows)


def _first_line(seen: Scan, qid: str) -> int:
    """The line, from 1, where the text of an answer begins."""
    span = seen.spans[qid]
    inside = range(span.opening + 1, span.closing)
    return next((number + 1 for number in inside if seen.lines[number].strip()), span.opening + 1)


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
    problems.append(Problem(first, f"{question.qid}: en länkadress hämtades från en annan plats i filen."))
    return "\n".join([body, "", *moved])


def _title(seen: Scan) -> str:
    heading = _first_heading(seen)
    return clean_line(_ESCAPED.sub(r"\1", heading.content)) if heading else ""


def _first_heading(seen: Scan) -> TopBlock | None:
    return next((heading for heading in seen.headings if heading.tag == "h1"), None)


def title_line(title: str) -> str:
    """The title as the dossier's first heading, what Markdown would take for markup escaped."""
    return "# " + re.sub(r"([\\`*_\[\]<&]|#$)", r"\\\1", clean_line(title))


# ------------------------------------------------------------------ writing


def with_answer(text: str, battery: Battery, qid: str, answer: Answer | None) -> str:
    """The text with one answer changed, or emptied by None; a question not yet written gets its place.

    Raises Broken while a structural problem stands, for then an answer could land in the wrong place.
    """
    refuse_if_broken(text)
    question = battery.question(qid)
    if question is None:
        raise Broken(f"Frågan {qid} finns inte i batteriet.")
    seen = scan(text)
    if qid not in seen.spans:
        text = _with_questions(text, battery, [question])
        seen = scan(text)
    if decode(question, seen.body(qid)).answer == answer:
        return text
    plain = encode(question, answer) if answer is not None else ""
    for body in (plain, fence(plain)):
        changed = _splice(text, seen, qid, body)
        if _others_unchanged(seen, scan(changed), qid, body):
            return changed
    raise Broken(f"Svaret på {qid} går inte att skriva utan att ändra ett annat svar. Inget är sparat.")


def refuse_if_broken(text: str) -> None:
    """Raises Broken, with every structural problem and its line, while one stands."""
    wrong = [problem for problem in scan(text).problems if problem.structural]
    if wrong:
        listed = "\n".join(f"rad {problem.line}: {problem.text}" for problem in wrong)
        raise Broken(f"Filen behöver lagas innan något kan skrivas i den:\n{listed}")


def _others_unchanged(before: Scan, after: Scan, qid: str, body: str) -> bool:
    if before.spans.keys() != after.spans.keys() or after.body(qid) != body:
        return False
    return all(before.body(kept) == after.body(kept) for kept in before.spans if kept != qid)


def _newline(raw: list[str]) -> str:
    """The newline most lines end with."""
    endings = [line[len(line.rstrip("\r\n")) :] for line in raw]
    return max(("\n", "\r\n", "\r"), key=endings.count)


def _splice(text: str, seen: Scan, qid: str, body: str) -> str:
    raw = _LINE.findall(text)
    newline = _newline(raw)
    span = seen.spans[qid]
    inner = ["", *body.split("\n"), ""] if body else [""]
    between = [line + newline for line in inner]
    return "".join([*raw[: span.opening + 1], *between, *raw[span.closing :]])


def open_stage(text: str, sheet: AnswerSheet, stage_id: str) -> str:
    """The text with every relevant question of a stage written, each after its predecessor.

    Raises Broken while a structural problem stands.
    """
    refuse_if_broken(text)
    spans = scan(text).spans
    questions = sheet.battery.stage(stage_id).questions
    unwritten = [question for question in questions if question.qid not in spans]
    relevant = [question for question in unwritten if is_relevant(question, sheet)]
    return _with_questions(text, sheet.battery, relevant)


def _with_questions(text: str, battery: Battery, questions: list[Question]) -> str:
    for question in questions:
        stage = battery.stage(question.stage)
        text = _with_section(text, stage)
        text = _insert(text, _place(text, stage, question), _question_lines(question))
    return text


def _question_lines(question: Question) -> list[str]:
    heading = f"### {question.text}"
    return [heading, "", f"<!-- utb:{question.qid} -->", "", f"<!-- /utb:{question.qid} -->"]


def _insert(text: str, number: int, lines: list[str]) -> str:
    """The text with lines inserted before a line, a blank line on each side."""
    raw = _LINE.findall(text)
    newline = _newline(raw)
    if raw and number >= len(raw) and not raw[-1].endswith(("\n", "\r")):
        raw[-1] += newline
    before = [newline] if number > 0 and raw[number - 1].strip() else []
    after = [newline] if number < len(raw) and raw[number].strip() else []
    return "".join([*raw[:number], *before, *(line + newline for line in lines), *after, *raw[number:]])


def _place(text: str, stage: Stage, question: Question) -> int:
    """The line before which a question belongs: where its predecessor's section ends."""
    seen = scan(text)
    earlier = stage.questions[: stage.questions.index(question)]
    written = [seen.spans[question.qid].closing for question in earlier if question.qid in seen.spans]
    start = written[-1] if written else _stage_heading(seen, stage)
    return _section_end(seen, len(seen.lines) if start is None else start)


def _section_end(seen: Scan, number: int) -> int:
    """The line of the next heading after a line, or the end of the text without its blank last lines."""
    headings = [heading.first for heading in seen.headings if heading.tag in ("h1", "h2", "h3")]
    following = [first for first in headings if first > number]
    following += [span.opening for span in seen.spans.values() if span.opening > number]
    filled = [number for number, line in enumerate(seen.lines) if line.strip()]
    return min(following, default=filled[-1] + 1 if filled else 0)


def _stage_heading(seen: Scan, stage: Stage) -> int | None:
    titled = (
        heading for heading in seen.headings if heading.tag == "h2" and same(heading.content, stage.title)
    )
    return next((heading.first for heading in titled), None)


def _with_section(text: str, stage: Stage) -> str:
    """The text with the stage's heading, at the end when a person has taken it away."""
    seen = scan(text)
    written = any(question.qid in seen.spans for question in stage.questions)
    if written or _stage_heading(seen, stage) is not None:
        return text
    purpose = ["", stage.purpose] if stage.purpose else []
    return _insert(text, len(_LINE.findall(text)), [f"## {stage.title}", *purpose])


def with_title(text: str, title: str) -> str:
    """The text with another title."""
    seen = scan(text)
    heading = _first_heading(seen)
    if heading is None or _title(seen) == clean_line(title):
        return text
    raw = _LINE.findall(text)
    raw[heading.first : heading.end] = [title_line(title) + _newline(raw)]
    return "".join(raw)
