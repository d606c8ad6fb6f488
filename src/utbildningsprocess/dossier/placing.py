"""Where questions stand in a dossier: each below its predecessor, under the heading of its stage."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.dossier.structure import bare_headings, stage_heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.model import Battery, Question, Stage

LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
"""A line of a text with its end, whatever that is."""


def newline_of(raw: list[str]) -> str:
    """The newline most lines end with."""
    endings = [line[len(line.rstrip("\r\n")) :] for line in raw]
    return max(("\n", "\r\n", "\r"), key=endings.count)


def has_stage(text: str, stage: Stage) -> bool:
    """Whether some question of a stage is written in the text; old dossiers got them when it was opened."""
    spans = scan(text).spans
    return any(question.qid in spans for question in stage.questions)


def with_questions(text: str, battery: Battery, questions: list[Question]) -> str:
    """The text with questions written, each after its predecessor."""
    for stage in battery.stages:
        unwritten = [question for question in questions if question.stage == stage.id]
        if not unwritten:
            continue
        text = _with_section(text, stage)
        seen = scan(text)
        bare = {question.qid: heading.end for question, heading, _ in bare_headings(seen, unwritten)}
        places: dict[int, list[str]] = {}
        for question in unwritten:
            place = bare.get(question.qid)
            lines = places.setdefault(_place(seen, stage, question) if place is None else place, [])
            lines += [*([""] if lines else []), *_question_lines(question)[0 if place is None else 2 :]]
        for place in sorted(places, reverse=True):
            text = _insert(text, place, places[place])
    return text


def _question_lines(question: Question) -> list[str]:
    heading = f"### {question.text}"
    return [heading, "", f"<!-- utb:{question.qid} -->", "", f"<!-- /utb:{question.qid} -->"]


def _insert(text: str, number: int, lines: list[str]) -> str:
    """The text with lines inserted before a line, a blank line on each side."""
    raw = LINE.findall(text)
    newline = newline_of(raw)
    if raw and number >= len(raw) and not raw[-1].endswith(("\n", "\r")):
        raw[-1] += newline
    before = [newline] if number > 0 and raw[number - 1].strip() else []
    after = [newline] if number < len(raw) and raw[number].strip() else []
    return "".join([*raw[:number], *before, *(line + newline for line in lines), *after, *raw[number:]])


def _place(seen: Scan, stage: Stage, question: Question) -> int:
    """The line before which a question belongs: where its predecessor's section ends."""
    earlier = stage.questions[: stage.questions.index(question)]
    written = [seen.spans[question.qid].closing for question in earlier if question.qid in seen.spans]
    heading = stage_heading(seen, stage)
    start = written[-1] if written else heading and heading.first
    return _section_end(seen, len(seen.lines) if start is None else start)


def _section_end(seen: Scan, number: int) -> int:
    """The line of the next heading after a line, or the end of the text without its blank last lines."""
    headings = [heading.first for heading in seen.headings if heading.tag in ("h1", "h2", "h3")]
    following = [first for first in headings if first > number]
    following += [span.opening for span in seen.spans.values() if span.opening > number]
    filled = [number for number, line in enumerate(seen.lines) if line.strip()]
    return min(following, default=filled[-1] + 1 if filled else 0)


def _with_section(text: str, stage: Stage) -> str:
    """The text with the stage's heading, at the end when a person has taken it away."""
    seen = scan(text)
    written = any(question.qid in seen.spans for question in stage.questions)
    if written or stage_heading(seen, stage) is not None:
        return text
    purpose = ["", stage.purpose] if stage.purpose else []
    return _insert(text, len(LINE.findall(text)), [f"## {stage.title}", *purpose])


def with_lines_between(text: str, seen: Scan, answers: Mapping[str, list[str]]) -> str:
    """The text with other lines between the markers of answers; those they have already keep every byte."""
    raw = LINE.findall(text)
    newline = newline_of(raw)
    for qid in sorted(answers, key=lambda qid: seen.spans[qid].opening, reverse=True):
        first, end = seen.spans[qid].opening + 1, seen.spans[qid].closing
        present = list(seen.lines[first:end])
        wanted = ["", *answers[qid], ""] if any(answers[qid]) else [""]
        above = _alike(present, wanted)
        below = _alike(present[above:][::-1], wanted[above:][::-1])
        raw[first + above : end - below] = [line + newline for line in wanted[above : len(wanted) - below]]
    return "".join(raw)


def _alike(present: list[str], wanted: list[str]) -> int:
    """How many lines are the same from the beginning."""
    pairs = zip(present, wanted, strict=False)
    return next(
        (number for number, (there, line) in enumerate(pairs) if there != line),
        min(len(present), len(wanted)),
    )
