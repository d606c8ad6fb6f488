"""Answers counted: at each place how many have answered what, all together and group by group."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.survey.asking import AFTER, BEFORE, WHEN_PLANNED, SurveyPlace
from utbildningsprocess.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.guide.survey.respondents import Respondent
    from utbildningsprocess.model import Question

NO_GROUP = ""


class Count(NamedTuple):
    """How many have answered, and how many of them each option."""

    answered: int
    spread: Mapping[str, int] = {}

    def share_of(self, options: Iterable[str]) -> float:
        """The share that has chosen any of some options, of which each takes one."""
        return sum(self.spread.get(option, 0) for option in options) / self.answered


class Tally(NamedTuple):
    """The answers at a place: of all, of each group, in own words, and those that are no option."""

    question: Question
    place: SurveyPlace
    whole: Count
    groups: Mapping[str, Count]
    words: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()

    @property
    def is_counted(self) -> bool:
        """Whether it has options to count."""
        return self.question.kind not in (Kind.TEXT, Kind.LONG_TEXT)


def tally(question: Question, place: SurveyPlace, people: Sequence[Respondent]) -> Tally:
    """What some people answer at a place; their words in an order that tells nothing of anybody."""
    said = [(person.group, person.said[place]) for person in people if place in person.said]
    counted = [(group, cell) for group, cell in said if cell.options or (cell.words and not question.options)]
    options = [option.id for option in question.options]

    def figure(cells: list[tuple[str, ...]]) -> Count:
        chosen = Counter(option for cell in cells for option in cell)
        return Count(len(cells), {option: chosen[option] for option in options})

    groups = {group for group, _ in counted}
    return Tally(
        question,
        place,
        figure([cell.options for _, cell in counted]),
        {name: figure([cell.options for group, cell in counted if group == name]) for name in sorted(groups)},
        tuple(sorted((cell.words for _, cell in said if cell.words), key=str.casefold)),
        tuple(sorted(cell.unknown for _, cell in said if cell.unknown)),
    )


class BeforeAfter(NamedTuple):
    """What the same people answered before and after, at a goal: how many now say more, the same or less."""

    goal: str
    more: int
    same: int
    less: int

    @property
    def many(self) -> int:
        """How many can be compared."""
        return self.more + self.same + self.less


def pairs(question: Question, goal: str, people: Iterable[Respondent]) -> BeforeAfter:
    """The answers with the same code before and after. A code that several have is nobody's."""
    order = [option.id for option in question.options]
    sides: list[dict[str, int]] = []
    for side in (BEFORE, AFTER):
        place = SurveyPlace(side, goal)
        having = [
            (person.code, person.said[place]) for person in people if person.code and place in person.said
        ]
        many = Counter(code for code, _ in having)
        sides.append(
            {code: order.index(said.options[0]) for code, said in having if many[code] == 1 and said.options}
        )
    before, after = sides
    steps = [after[code] - before[code] for code in before if code in after]
    more, less = sum(step > 0 for step in steps), sum(step < 0 for step in steps)
    return BeforeAfter(goal, more, len(steps) - more - less, less)


def half_finished(people: Iterable[Respondent], asked: Sequence[SurveyPlace]) -> int:
    """How many have answered some of what a part asks everybody, and not all of it."""
    needed = {place for place in asked if place.question != WHEN_PLANNED}
    return sum(0 < len(needed & set(person.said)) < len(needed) for person in people)
