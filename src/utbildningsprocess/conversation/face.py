"""What every face of the conversation can do, and the ways a person leaves a question unanswered."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, NamedTuple, Protocol, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)

FIRST = "Det här är den första frågan. Det finns ingen att gå tillbaka till."
NO_HELP = "Det finns ingen mer hjälp om den här frågan."
_OWN_NUMBER = re.compile(r"(\d+)[.)]? +(?=\S)")
_NO_MAP = "Kartan över frågorna går att öppna när en fråga i steget ställs."
_NO_LESSONS = "Här finns inga lärdomar att läsa eller notera."
_UNSKIPPABLE = "Den här frågan går inte att hoppa över."


class Signal(Exception):
    """The person left the question without answering it; `text` is what was half-typed."""

    def __init__(self, text: str = "") -> None:
        super().__init__(text)
        self.text = text


class Back(Signal):
    """They go back to the question before."""


class Pass(Signal):
    """They go past the question; the conversation asks whether it is skipped or not yet known."""


class Onward(Signal):
    """They go on to the next field of the same row, and leave this one as it is."""


class ToMap(Signal):
    """They want to see all questions of the stage, and open another."""


class PastedTable(Signal):
    """They pasted several rows where one value is asked for; `text` is what was typed before that."""

    def __init__(self, text: str, table: str) -> None:
        super().__init__(text)
        self.table = table


class AboutLessons(Signal):
    """They turn to the lessons of earlier initiatives that are shown."""


class ReadLessons(AboutLessons):
    """They want to read more of them."""


class NoteLesson(AboutLessons):
    """They want it noted that one of them is used."""


class DontKnow(Pass):
    """They go past the question, which nobody can answer yet."""


class SaidUnknown(DontKnow):
    """They say in so many words that nobody knows yet; `text` is who can know, when they say it."""


class Leave(Signal):
    """They leave the whole conversation, to go on another time."""


class SaveAndLeave(Leave):
    """They ask in so many words that what they have answered be saved, and leave."""


class Choice(NamedTuple, Generic[T_co]):
    """One option: `value` is what comes back when it is chosen, `label` what people read."""

    value: T_co
    label: str
    help: str = ""
    takes_words: bool = False
    """Whether it is chosen to answer in words of one's own."""
    is_alone: bool = False
    """Whether it goes together with no other option."""


class Cell(NamedTuple):
    """A field beside the one that is asked: its name, and what is answered in it."""

    name: str
    shown: str = ""


def numbers_and_labels(options: Sequence[Choice[object]]) -> list[tuple[int, str]]:
    """The number and the label of each option, in the order given.

    Labels that say numbers of their own, as levels do, are chosen by these, wherever they stand in the list.
    """
    own = [_OWN_NUMBER.match(option.label) for option in options]
    places = list(range(1, len(options) + 1))
    if sorted(int(match[1]) if match else 0 for match in own) != places:
        return [(place, option.label) for place, option in zip(places, options, strict=True)]
    return [(int(match[1]), match.string[match.end() :]) for match in own if match]


def where_words_go(options: Sequence[Choice[object]]) -> str:
    """How to answer in words of one's own, after a sentence; empty where no option takes them."""
    said = zip(numbers_and_labels(options), options, strict=True)
    ways = [
        f" Med egna ord svarar ni under {number}, ”{label}”."
        for (number, label), option in said
        if option.takes_words
    ]
    return "".join(ways)


def go_together(option: Choice[object], near: Choice[object]) -> bool:
    """Whether two options can be ticked at once."""
    return option == near or not (option.is_alone or near.is_alone)


YES_NO = (Choice(value=True, label="Ja"), Choice(value=False, label="Nej"))


@dataclass(frozen=True)
class Ask:
    """One thing to ask a person, and what the face may do while it is asked."""

    text: str
    heading: str = ""
    stages: Sequence[str] = ()
    """The steps of the process, each with how it stands."""
    reminders: Sequence[str] = ()
    """Lines to read before the question, as they are."""
    help: str = ""
    method: Callable[[], str] = lambda: ""
    """The method behind the question, to read when help is asked for a second time."""
    draft: str = ""
    """An earlier answer, or half of one, to edit."""
    draft_name: str = ""
    """What the draft is, when it is no earlier answer."""
    is_begun: bool = False
    """Whether the draft is half of an answer, which goes on: it is not replaced by what is typed next."""
    check: Callable[[str], str | None] = lambda _text: None
    """Says in a sentence what is wrong with a text; None accepts it."""
    on_draft: Callable[[str], object] = lambda _text: None
    """Is told what is half-typed, so often that a killed process loses at most a second of it."""
    beside: Sequence[str] = ()
    """What stands in the same row: a personal identity number may begin or end there."""
    example: str = ""
    """A picture of what the text means, shown below it."""
    examples: Sequence[str] = ()
    """Answers that are weak or strong, to see where nothing is typed yet."""
    most_words: int = 0
    """The words that a text does best to keep to; 0 where its length does not matter."""
    row: tuple[Sequence[Cell], Sequence[Cell]] | None = None
    """The fields of the same row, before and after the one that is asked; None when it is in no row."""
    is_table: Callable[[str], bool] = lambda _text: False
    """Whether a text that is pasted here is a table, with which the question is left."""
    folded: Sequence[str] = ()
    """The names of further fields of the row, which are asked only when they are unfolded."""
    unfold: Callable[[], object] = lambda: None
    """Has the further fields of the row asked, too."""
    is_in_passing: bool = False
    """Whether it is a way to somewhere, of which nothing needs to stand on the screen afterwards."""
    told: tuple[str, str] | None = None
    """The question that stands on the screen afterwards in place of this one, and how it now stands."""
    can_go_back: bool = False
    can_skip: bool = False
    has_map: bool = False
    """Whether all questions of the stage can be seen from here."""
    has_lessons: bool = False
    """Whether lessons of earlier initiatives are shown, to read more of or to note."""


class StatementLine(NamedTuple):
    """One of the statements on a page: its text, a picture of what it means, and a word about its answer."""

    text: str
    example: str = ""
    remark: str = ""


@dataclass(frozen=True)
class StatementPage:
    """Statements to answer on one page, each with one of the same options, in any order."""

    ask: Ask
    lines: Sequence[StatementLine]
    options: Sequence[Choice[str]]
    answers: Callable[[], Sequence[str | None]]
    """The answers so far, by place; None where there is none."""
    waiting: Callable[[], Collection[int]]
    """The places that are still to be answered."""
    begin: int
    """The place to begin at."""
    answer: Callable[[int, str], bool]
    """Takes an answer to a place; False when the page is to be left, to choose how to save it."""


class Face(Protocol):
    """Puts questions to a person. Every method may raise a Signal."""

    draws_rows: bool
    """Whether the fields round the one that is asked are shown, and a row is told when it is done."""

    def say(self, text: str = "") -> None:
        """Shows lines of plain text."""

    def show_rows(self, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
        """Shows rows, each with its name first, and what the heads say of it."""

    def saved(self) -> None:
        """Tells that an answer is saved, where the person cannot see it."""

    def ask_text(self, ask: Ask) -> str:
        """One line of text: the one that `ask.check` accepted last."""

    def ask_long(self, ask: Ask) -> str:
        """Text of any number of lines: the one that `ask.check` accepted last."""

    def ask_choice(self, ask: Ask, options: Sequence[Choice[T]], default: T | None = None) -> T:
        """The value of one option."""

    def ask_several(self, ask: Ask, options: Sequence[Choice[T]], defaults: Collection[T] = ()) -> list[T]:
        """The values of any number of options, in their order."""

    def ask_yes_no(self, ask: Ask, default: bool | None = None) -> bool:  # noqa: FBT001  the answer given before
        """Yes or no."""

    @property
    def ask_page(self) -> Callable[[StatementPage], None] | None:
        """Asks statements on one page until the person is done; None where they are asked one by one."""


def present(face: Face, ask: Ask) -> None:
    """Says what comes before an answer: where we are, what to read the question against, the question."""
    if ask.heading or ask.reminders:
        face.say()
    for line in (*filter(None, [ask.heading]), *ask.reminders, ask.text, *filter(None, [ask.example])):
        face.say(line)


def refusal(ask: Ask, signal: Signal) -> str | None:
    """Why the signal does not apply to this question, or None when it does."""
    if isinstance(signal, Back) and not ask.can_go_back:
        return FIRST
    if isinstance(signal, ToMap) and not ask.has_map:
        return _NO_MAP
    if isinstance(signal, AboutLessons) and not ask.has_lessons:
        return _NO_LESSONS
    passes = isinstance(signal, Pass) and not ask.can_skip
    return _UNSKIPPABLE if passes or (isinstance(signal, Onward) and ask.row is None) else None


def quoted(text: str) -> str:
    """A text set in, line by line, as something someone wrote."""
    return "\n".join(f"  {line}" for line in text.split("\n"))
