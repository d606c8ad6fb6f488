"""The editions of a dossier, as its texts through the years: what each says, read fast one after the other.

What stands in one answer is most often in the next edition too, and is then not read again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import INITIATIVE_TITLE
from utbildningsprocess.dossier.codec import decode
from utbildningsprocess.dossier.document import read, title_in
from utbildningsprocess.dossier.first_lines import identity_in
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.dossier.structure import missing
from utbildningsprocess.errors import LineFault
from utbildningsprocess.model import Given, Unfit

if TYPE_CHECKING:
    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.dossier.pieces import Decoded
    from utbildningsprocess.model import Answer, Answers, Battery

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


class Editions:
    """Reads texts of dossiers, with the questions as they are today."""

    def __init__(self, battery: Battery) -> None:
        self._battery = battery
        self._known: dict[tuple[str, str], Decoded] = {}

    def read(self, text: str) -> Edition:
        """What a text says."""
        seen = scan(text)
        answers, faults = self._closely(text) if seen.links else self._fast(seen)
        unasked = {
            qid: Unfit(seen.body(qid), "") for qid in seen.spans if self._battery.question(qid) is None
        }
        answers |= {qid: answer for qid, answer in unasked.items() if answer.text}
        if title := title_in(seen):
            answers[INITIATIVE_TITLE] = Given(title)
        fault = "rad {}: {}".format(*min(faults)) if faults else ""
        return Edition(answers, title, identity_in(text), fault)

    def _closely(self, text: str) -> tuple[dict[str, Answer], list[LineFault]]:
        """The answers of a text with links that a formatter may have moved out of them."""
        content = read(text, self._battery)
        wrong = content.structural_problems
        return dict(content.answers), [LineFault(problem.line, problem.public_text) for problem in wrong]

    def _fast(self, seen: Scan) -> tuple[dict[str, Answer], list[LineFault]]:
        """The answers of a text, and what puts them in doubt; an answer that is known is not read again."""
        answers: dict[str, Answer] = {}
        wrong = [problem for problem in (*seen.problems, *missing(seen, self._battery)) if problem.structural]
        faults = [LineFault(problem.line, problem.public_text) for problem in wrong]
        for qid, body in seen.bodies.items():
            question = self._battery.question(qid)
            if question is None:
                continue
            decoded = self._known.get((qid, body))
            if decoded is None:
                decoded = decode(question, body, seen.outline_of(qid))
                if len(self._known) >= _MOST_KEPT:
                    self._known.clear()
                self._known[qid, body] = decoded
            if decoded.answer is not None:
                answers[qid] = decoded.answer
            if decoded.grave:
                line = seen.extent(qid)[0] + 1 + decoded.grave[0].line
                faults.append(LineFault(line, f"{qid}: Här står något som inte går att läsa som svar."))
        return answers, faults
