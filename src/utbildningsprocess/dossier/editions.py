"""The editions of a dossier, as its texts through the years: what each says, read fast one after the other.

What stands in one answer is most often in the next edition too, and is then not read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import INITIATIVE_TITLE
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.document import read, title_in
from utbildningsprocess.dossier.first_lines import identity_in
from utbildningsprocess.dossier.markers import Span, piece_outline, scan, split_lines, trimmed
from utbildningsprocess.dossier.pieces import Decoded
from utbildningsprocess.dossier.structure import missing
from utbildningsprocess.model import Given, Problem, Unfit
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.model import Answer, Answers, Battery, Question

_MOST_KEPT = 20_000
"""Answers: what is remembered of a long history, which has far fewer answers than editions of them."""


class Edition(NamedTuple):
    """What a text of a dossier says, or why it cannot be told."""

    answers: Answers
    """By address, also the title, and as unfit the answers to questions that are asked no longer."""
    title: str
    identity: str
    """The letters that its initiative is known by; empty in an old dossier."""
    fault: str = ""
    """What puts the answers in doubt, with its line; empty for a whole text."""


class _Known(NamedTuple):
    """A whole text that has been read: its lines, where its answers stand in them, and what it says."""

    lines: Sequence[str]
    spans: Mapping[str, Span]
    edition: Edition


class Editions:
    """Reads texts of dossiers, with the questions as they are today."""

    def __init__(self, battery: Battery) -> None:
        self._battery = battery
        self._decoded: dict[tuple[str, str], Decoded] = {}
        self._last: dict[str, _Known] = {}

    def read(self, text: str, place: str = "") -> Edition:
        """What a text says; a text that lay at a place is best read after the one before it there."""
        lines = split_lines(text)
        known = self._last.get(place)
        if known and (changed := self._with_one_answer_changed(known, lines)):
            self._last[place] = changed
            return changed.edition
        seen = scan(text)
        edition = self._closely(text, seen) if seen.links else self._by_answer(text, seen)
        self._last.pop(place, None)
        if not edition.fault and not seen.links:
            self._last[place] = _Known(lines, seen.spans, edition)
        return edition

    def _closely(self, text: str, seen: Scan) -> Edition:
        """What a text says with links that a formatter may have moved out of answers."""
        content = read(text, self._battery)
        return self._edition(text, seen, dict(content.answers), content.structural_problems)

    def _by_answer(self, text: str, seen: Scan) -> Edition:
        """What a text says; an answer that is known is not read again."""
        answers: dict[str, Answer] = {}
        wrong = [problem for problem in (*seen.problems, *missing(seen, self._battery)) if problem.structural]
        for qid, body in seen.bodies.items():
            question = self._battery.question(qid)
            decoded = self._decode(question, body) if question else Decoded(None)
            if decoded.answer is not None:
                answers[qid] = decoded.answer
            if decoded.grave:
                why = f"{qid}: Här står något som inte går att läsa som svar."
                wrong.append(Problem(seen.extent(qid)[0] + 1 + decoded.grave[0].line, why))
        return self._edition(text, seen, answers, wrong)

    def _edition(
        self, text: str, seen: Scan, answers: dict[str, Answer], wrong: Sequence[Problem]
    ) -> Edition:
        unasked = {qid: seen.body(qid) for qid in seen.spans if self._battery.question(qid) is None}
        answers |= {qid: Unfit(body, "") for qid, body in unasked.items() if body}
        if title := title_in(seen):
            answers[INITIATIVE_TITLE] = Given(title)
        first = min(wrong, default=None)
        fault = f"rad {first.line}: {first.public_text}" if first else ""
        return Edition(answers, title, identity_in(text), fault)

    def _decode(self, question: Question, body: str) -> Decoded:
        key = (question.qid, body)
        if key not in self._decoded:
            if len(self._decoded) >= _MOST_KEPT:
                self._decoded.clear()
            self._decoded[key] = decode(question, body)
        return self._decoded[key]

    def _with_one_answer_changed(self, known: _Known, lines: Sequence[str]) -> _Known | None:
        """What lines say that are known but for those within one answer; None for all other lines."""
        first, end = _otherwise(known.lines, lines)
        spans = known.spans.items()
        within = (qid for qid, span in spans if span.opening < first and end <= span.closing)
        question = self._battery.question(next(within, ""))
        if question is None:
            return None
        more = len(lines) - len(known.lines)
        opening, closing = known.spans[question.qid]
        piece = lines[opening + 1 : closing + more + 1]
        if not _is_sound(piece, lines[first : end + more]):
            return None
        decoded = self._decode(question, nfc("\n".join(trimmed(piece[:-1]))))
        if decoded.grave:
            return None
        given = {} if decoded.answer is None else {question.qid: decoded.answer}
        answers = {qid: answer for qid, answer in known.edition.answers.items() if qid != question.qid}
        moved = {
            qid: Span(*(number + more if number > opening else number for number in span))
            for qid, span in spans
        }
        return _Known(lines, moved, known.edition._replace(answers=answers | given))


def _otherwise(old: Sequence[str], new: Sequence[str]) -> tuple[int, int]:
    """The lines [first, end) of the old that are not as in the new."""
    most = min(len(old), len(new))
    first = next((number for number in range(most) if old[number] != new[number]), most)
    left = most - first
    same = next((number for number in range(left) if old[-1 - number] != new[-1 - number]), left)
    return first, len(old) - same


def _is_sound(piece: Sequence[str], changed: Sequence[str]) -> bool:
    """Whether the lines of an answer with its last marker leave nothing open, and have no marks in them."""
    if any("utb" in line.lower() or "\0" in line or line[:1] in ("<", ">", "|") for line in changed):
        return False
    seen = piece_outline("\n".join(piece))
    last = seen.blocks[-1] if seen.blocks else None
    return not seen.links and last is not None and (last.kind, last.first) == ("html_block", len(piece) - 1)
