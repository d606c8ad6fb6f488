"""The columns of a table from a survey tool: which of our questions, goals and options each is about."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.form.states import OTHER_OPTION
from utbildningsprocess.guide.survey.asking import GROUP, NAME, OWN_CODE, PARTS, SurveyPlace
from utbildningsprocess.model import Kind
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.answers.tables import Cells
    from utbildningsprocess.model import Question, Stage

_NUMBER = re.compile(r"^(?:fråga |del |q)?(\d{1,2})(?:[.):]\s*|\s+(?=\D))")
_AGAIN = re.compile(r"^\W*(?:[\W_]*\d{1,2}|dag \d+|efter \d+ dagar|\d+ dagar)?\W*$")
TITLES = 4
"""How many rows there may be above the headings."""
_OWN = re.compile(r"(?:något )?(?:annat|övrigt|other)\b.{0,40}")
"""What the column is called with the words of one's own."""
_MARKS = " *:.?[]()–-_/"


class Besides(StrEnum):
    """What a column may be about besides our questions."""

    TIME = "tid"
    RESPONDENT = "svarande"
    ASKED = "fraga"
    SAID = "svar"
    OTHER = "annat"


_KNOWN = {
    Besides.TIME: re.compile(
        r"tidst\S+|starttid|slut(för\S+)?tid|(start|slut)?datum|datum skickat|inskicka\S+|svarstid|timestamp|"
        r"(start|completion) time|(date )?submit\S*( date)?|((start|end) )?date"
    ),
    Besides.RESPONDENT: re.compile(r"svarande|svars-?id|respon\S+?( ?id)?|id"),
    Besides.ASKED: re.compile(r"fråga|frågetext|question|item"),
    Besides.SAID: re.compile(r"svar|värde|answer|value"),
}
"""What the columns are called that survey tools put beside ours."""


class Meant(NamedTuple):
    """What a column can be about: a place in the survey, or one option there that is ticked or not."""

    place: SurveyPlace
    option: str = ""


@dataclass
class SurveyColumn:
    """A column: its heading, and what it is about once that is known."""

    number: int
    heading: str
    may_mean: list[Meant] = field(default_factory=list)
    besides: Besides | None = None

    @property
    def meant(self) -> Meant | None:
        """What it is about; None while that is nothing, or may be several things."""
        return self.may_mean[0] if len(self.may_mean) == 1 else None


class Columns(NamedTuple):
    """What the columns of a table are about, and those of which a person has to say that."""

    known: list[SurveyColumn]
    unclear: list[SurveyColumn]

    def about(self, besides: Besides) -> SurveyColumn | None:
        """The first column about something else than our questions."""
        return next((column for column in self.known if column.besides is besides), None)

    @property
    def unread(self) -> list[str]:
        """The headings that have nothing to do with the survey."""
        return [column.heading for column in self.known if column.besides is Besides.OTHER]


class Names:
    """What the questions of a survey are called, in whichever words a table has them."""

    def __init__(self, stages: Sequence[Stage]) -> None:
        self._questions = [question for stage in stages for question in stage.questions]

    def knows(self, words: str) -> bool:
        """Whether a heading is one of ours."""
        return bool(self.meanings(words)) or besides_of(words) is not Besides.OTHER

    def begins_in(self, line: str) -> bool:
        """Whether a line of a file has any of our questions in it."""
        words = uniform(line)
        return any(name in words for question in self._questions for name in _names(question))

    def known_letters(self, words: str) -> int:
        """How much of a heading is ours: the letters of a question in it, or one for other words."""
        asked = {meant.place.question for meant in self.meanings(words)}
        names = [name for question in self._questions if question.id in asked for name in _names(question)]
        letters = [len(name) for name in names if name in uniform(words)]
        return max(letters, default=int(self.knows(words)))

    def meanings(self, words: str) -> list[Meant]:
        """All that a heading can be about."""
        whole = uniform(words).strip(_MARKS)
        if not whole:
            return []
        numbered = _NUMBER.match(whole)
        bare = whole[numbered.end() :].strip(_MARKS) if numbered else whole
        meant = [*dict.fromkeys(m for question in self._questions for m in _about(question, whole, bare))]
        number = numbered[1] if numbered else _day_number(whole)
        if number and (said := [m for m in meant if m.place.question.startswith(f"f{number}_")]):
            return said
        return meant


def _day_number(whole: str) -> str:
    """The number of the question that is asked twice, where a heading says the day instead."""
    if "dag 0" in whole or "direkt efter" in whole:
        return "1"
    return "7" if "90" in whole else ""


def _about(question: Question, whole: str, bare: str) -> Iterator[Meant]:
    place = SurveyPlace(question.id)
    if whole == question.id:
        yield Meant(place)
        return
    for asked in _names(question):
        if asked not in whole:
            continue
        left = bare.replace(asked, "", 1) if asked in bare else whole.replace(asked, "", 1)
        if question.kind is Kind.STATEMENTS:
            yield from _of_goal(question, left)
        elif _AGAIN.match(left):
            yield Meant(place)
        elif question.kind is Kind.MULTIPLE:
            yield from _of_option(question, left.strip(_MARKS))
    if question.kind is Kind.STATEMENTS:
        yield from (m for m in _of_goal(question, whole) if m.place.goal)


def _names(question: Question) -> list[str]:
    """What a question is and has been called, as headings are compared."""
    return [uniform(name).strip(_MARKS) for name in (question.text, *question.former)]


def _of_goal(question: Question, left: str) -> Iterator[Meant]:
    words = left.strip(_MARKS)
    for goal in question.statements:
        own_id, text = goal.id.casefold(), uniform(goal.text).partition(": ")[2].strip(_MARKS)
        if words == own_id or re.match(rf"{re.escape(own_id)}\W", words) or (text and words.startswith(text)):
            yield Meant(SurveyPlace(question.id, goal.id))
    if _AGAIN.match(left):
        # One goal is what the question is about; of several, nobody knows which.
        yield from (Meant(SurveyPlace(question.id, goal.id)) for goal in question.statements)


def _of_option(question: Question, words: str) -> Iterator[Meant]:
    for option in question.options:
        if any(words == uniform(name).strip(_MARKS) for name in (option.label, *option.former, option.id)):
            yield Meant(SurveyPlace(question.id), option.id)
            return
    if question.own_words and _OWN.fullmatch(words):
        yield Meant(SurveyPlace(question.id), OTHER_OPTION)


def besides_of(words: str) -> Besides:
    """What a heading is about that is none of our questions."""
    whole = uniform(words).strip(_MARKS)
    return next((besides for besides, names in _KNOWN.items() if names.fullmatch(whole)), Besides.OTHER)


def headed(cells: Cells, names: Names) -> Cells:
    """A table from its headings on: below titles, and with two rows of headings made one."""
    tables = [cells]
    for above in range(min(TITLES, len(cells) - 1)):
        first, second, *people = cells[above:]
        tables.append((second, *people))
        blocks = _in_one_row(first, second)
        tables += [(blocks, *people)] if blocks else []
    return max(tables, key=lambda table: _known_among(table[0], names))


def _known_among(headings: Iterable[str], names: Names) -> int:
    """How many things that we know headings are about."""
    return len({tuple(names.meanings(words)) or words for words in headings if names.knows(words)})


def _in_one_row(first: Sequence[str], second: Sequence[str]) -> tuple[str, ...]:
    """Two rows of headings as one, where a question stands above its goals or options; else nothing."""
    above = list(first)
    for number, words in enumerate(first):
        if not words and second[number] and number:
            above[number] = above[number - 1]
    if above == list(first):
        return ()
    many = Counter(above)
    return tuple(
        f"{words} [{below}]" if below and many[words] > 1 else words
        for words, below in zip(above, second, strict=True)
    )


def columns_of(headings: Sequence[str], names: Names, day: int | None) -> Columns:
    """What each column is about; unclear is what can be several things, or is the same as another."""
    columns = [SurveyColumn(number, words, names.meanings(words)) for number, words in enumerate(headings)]
    _keep_to_part(columns, _parts_meant(columns, day))
    for column in columns:
        if not column.may_mean:
            column.besides = besides_of(column.heading)
    unclear = [column for column in columns if len(column.may_mean) > 1]
    by_meaning: dict[Meant, list[SurveyColumn]] = {}
    for column in columns:
        if column.meant:
            by_meaning.setdefault(column.meant, []).append(column)
    unclear += [column for meant, same in by_meaning.items() if _are_one(meant, same) for column in same]
    return Columns([column for column in columns if column not in unclear], unclear)


def _are_one(meant: Meant, columns: Sequence[SurveyColumn]) -> bool:
    """Whether columns are about the same thing; that something else is chosen has one more for its words."""
    headings = {column.heading for column in columns}
    return len(columns) > (len(headings) if meant.option == OTHER_OPTION else 1)


def _parts_meant(columns: Iterable[SurveyColumn], day: int | None) -> set[str]:
    """The questions of the parts that a table holds, as far as its columns or somebody says so."""
    if day is not None:
        parts = [part for part in PARTS if part.day == day]
    else:
        sure = {column.meant.place.question for column in columns if column.meant}
        parts = [part for part in PARTS if sure & set(part.questions)]
    return {question for part in parts for question in part.questions} if len(parts) == 1 else set()


def _keep_to_part(columns: Iterable[SurveyColumn], questions: set[str]) -> None:
    """Lets columns be about the questions of one part, where one is meant."""
    if not questions:
        return
    standing = {question for part in PARTS for question in part.questions}
    others = standing - questions - {GROUP, OWN_CODE, NAME}
    for column in columns:
        kept = [meant for meant in column.may_mean if meant.place.question not in others]
        column.may_mean = kept if kept or len(column.may_mean) == 1 else column.may_mean
