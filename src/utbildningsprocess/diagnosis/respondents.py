"""Several who have answered the statements one by one: their answers weighed together, and where they part.

The rules are S1 to S9 in `diagnos.yaml`. Everybody counts alike, and nobody is voted down: where one sees
what no other sees, that is what to talk about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import PEOPLE_ASKED, RESPONDENTS
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import given_value

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.model import Answers

NOT_AT_ALL, PARTLY, MUCH, DONT_KNOW = "stammer_inte", "delvis", "stammer", "vet_inte"
"""The options of the statements, by id."""
_BY_DEGREE = (NOT_AT_ALL, PARTLY, MUCH)
_FAR_APART = 2
"""Steps between ”Inte alls” and ”Mycket”."""
_MANY_APART = 3
MOST_TO_TALK_ABOUT = 5
_FROM_ESTHER = "esther"


@dataclass(frozen=True)
class Voice:
    """One who has answered: the role, as it is told, and the answers by statement."""

    row_id: str
    role: str
    """The id of the role, or nothing."""
    closer: str
    """The role in the person's own words; empty when nothing is said."""
    answers: Mapping[str, str]


@dataclass(frozen=True)
class Weighed:
    """What several say together, by statement, and where they see differently."""

    voices: tuple[Voice, ...]
    answers: Mapping[str, str]
    """The answers weighed together; those of statements that nobody has answered are missing."""
    apart: tuple[str, ...]
    """The statements that some find hinder much, and others not at all."""
    alone: Mapping[str, Voice]
    """The one who alone says ”Mycket”, by statement."""
    agreed: int
    """How many statements all have answered, and alike."""

    def said_of(self, key: str) -> tuple[Voice, ...]:
        """Those who have answered a statement."""
        return tuple(voice for voice in self.voices if key in voice.answers)

    @property
    def denied(self) -> tuple[str, ...]:
        """The statements that together hinder much, and somebody says do not at all."""
        return tuple(key for key in self.apart if self.answers[key] == MUCH)

    @property
    def disagree(self) -> bool:
        """Whether they see differently what decides."""
        return bool(self.denied) or len(self.apart) >= _MANY_APART

    @property
    def to_talk_about(self) -> tuple[str, ...]:
        """At most five statements to talk about: what one alone sees, Esther first, then what parts them.

        Where there are more, what Esther alone sees has room first, then what parts them on what decides.
        """
        everything = self.all_to_talk_about
        alone = [key for key in everything if key in self.alone and self.alone[key].role == _FROM_ESTHER]
        kept = [*dict.fromkeys([*alone, *self.denied, *everything])][:MOST_TO_TALK_ABOUT]
        return tuple(key for key in everything if key in kept)

    @property
    def all_to_talk_about(self) -> tuple[str, ...]:
        """Every statement that there is something to say about, in the order to talk of them."""
        alone = sorted(self.alone, key=lambda key: self.alone[key].role != _FROM_ESTHER)
        return tuple(dict.fromkeys([*alone, *self.apart]))


def voices_in(answers: Answers, statements: Iterable[str]) -> tuple[Voice, ...]:
    """Those who have answered some statement."""
    voices = []
    for row in given_rows(answers, RESPONDENTS):
        said = {key: str(row.values[key]) for key in statements if key in row.values}
        if said:
            role, closer = str(row.values.get("roll", "")), str(row.values.get("vem", ""))
            voices.append(Voice(row.id, role, closer, said))
    return tuple(voices)


def people_asked(answers: Answers) -> tuple[str, ...]:
    """Those who have been asked, by id: who is ticked, and the roles of those who have answered."""
    ticked = given_value(answers.get(PEOPLE_ASKED))
    answering = (str(row.values["roll"]) for row in given_rows(answers, RESPONDENTS) if "roll" in row.values)
    return tuple(dict.fromkeys([*map(str, ticked), *answering])) if isinstance(ticked, tuple) else ()


def weigh(voices: Sequence[Voice], statements: Iterable[str]) -> Weighed:
    """What they say together of each statement, in the order of the statements."""
    keys = [key for key in statements if any(key in voice.answers for voice in voices)]
    together = {key: _middle([voice.answers.get(key, DONT_KNOW) for voice in voices]) for key in keys}
    degrees = {
        key: [_degree(voice, key) for voice in voices if _degree(voice, key) is not None] for key in keys
    }
    apart = tuple(key for key in keys if {0, _FAR_APART} <= set(degrees[key]))
    alone = {}
    for key in keys if len(voices) > 1 else ():
        much = [voice for voice in voices if voice.answers.get(key) == MUCH]
        if len(much) == 1 and len(degrees[key]) > 1:
            alone[key] = much[0]
    return Weighed(
        voices=tuple(voices),
        answers=together,
        apart=apart,
        alone=alone,
        agreed=sum(len({voice.answers.get(key) for voice in voices}) == 1 for key in keys),
    )


def _middle(said: Sequence[str]) -> str:
    """The middle answer, the lower of two; ”vet inte” when at least half do not know."""
    known = sorted(_BY_DEGREE.index(answer) for answer in said if answer in _BY_DEGREE)
    if len(said) - len(known) >= len(known):
        return DONT_KNOW
    return _BY_DEGREE[known[(len(known) - 1) // 2]]


def _degree(voice: Voice, key: str) -> int | None:
    answer = voice.answers.get(key)
    return _BY_DEGREE.index(answer) if answer in _BY_DEGREE else None
