"""The mail that is sent: chosen questions with tags, and letters to choose by."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.by_name import find_option
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.model import Kind
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.model import Question, Stage, Statement

_NOT_BY_MAIL = (Kind.GROUP, Kind.REFERENCE, Kind.REFERENCES)
"""Kinds whose answers are rows, or point at rows: a mail has no room for them."""
_YES_NO = ((True, "Ja"), (False, "Nej"))
_OPENING = (
    "Hej!",
    "Vi arbetar med ”{title}” och behöver det du vet. {many}",
    (
        "Skriv ditt svar under varje fråga och skicka tillbaka. Där det finns bokstäver räcker en bokstav. "
        "Är du osäker räcker ”vet inte”, och du får hoppa över frågor."
    ),
    (
        "Svaren skrivs in i dossiern. De som arbetar med det här läser den, och den kan bli en allmän "
        "handling. Skriv roller, inte namn, och inget om enskilda personer."
    ),
)
_CLOSING = ("Tack för hjälpen!", "Låt raden här under stå kvar. Den behövs när svaret läses in.")
_OPTION_LINE = re.compile(
    r"(?:^[\s>*•-]*|[ \t\xa0]{2})([a-z])\)[ \t\xa0]*(\S.*?)(?=[ \t\xa0]{2}[a-z]\)|$)", re.MULTILINE
)


class MailOption(NamedTuple):
    """One alternative of a question in a mail: its letter, the value it stands for, and its words."""

    letter: str
    value: str | bool
    label: str

    @property
    def words(self) -> str:
        """The alternative as it stands in the mail."""
        return f"{self.letter}) {self.label}"


class MailQuestion(NamedTuple):
    """One question of a mail: a question of the battery, or one statement of it."""

    number: int
    question: Question
    statement: Statement | None
    text: str
    how: str
    """How to answer, where that is said after the question."""
    options: tuple[MailOption, ...]

    @property
    def address(self) -> str:
        """Where the answer belongs."""
        return address_of(self.question, self.statement)

    @property
    def tag(self) -> str:
        """What the question is known by in the mail."""
        return f"[{self.question.stage} {self.number}]"

    @property
    def takes_several(self) -> bool:
        """Whether more than one alternative can be chosen."""
        return self.question.kind is Kind.MULTIPLE

    @property
    def words(self) -> str:
        """The question as a paragraph of the mail."""
        options = [option.words for option in self.options]
        lines = ["  ".join(options)] if self.statement else options
        return "\n".join([f"{self.tag} {self.text} {self.how}".rstrip(), *filter(None, lines)])


class SentMail(NamedTuple):
    """A mail as it was sent."""

    opening: tuple[str, ...]
    questions: tuple[MailQuestion, ...]
    closing: tuple[str, ...]
    key: str = ""

    @property
    def text(self) -> str:
        """The mail, to paste."""
        paragraphs = [*self.opening, *(asked.words for asked in self.questions), *self.closing]
        return "\n\n".join(filter(None, [*paragraphs, self.key]))


def mail_units(stage: Stage) -> Iterator[tuple[Question, Statement | None]]:
    """What can be asked by mail in a stage, in its order: questions, and statements by themselves."""
    for question in stage.questions:
        if question.kind is Kind.STATEMENTS:
            yield from ((question, statement) for statement in question.asked_statements)
        elif question.kind not in _NOT_BY_MAIL and not question.filled_by:
            yield question, None


def by_mail(units: Iterable[tuple[Question, Statement | None]]) -> tuple[MailQuestion, ...]:
    """The questions as they stand in a mail, numbered from 1."""
    return tuple(
        MailQuestion(
            number, question, statement, _worded(question.text, statement), _how(question), _options(question)
        )
        for number, (question, statement) in enumerate(units, 1)
    )


def mail(title: str, questions: tuple[MailQuestion, ...], key: str = "") -> SentMail:
    """The mail that asks some questions about an initiative."""
    many = "Här är en fråga." if len(questions) == 1 else f"Här är {len(questions)} frågor."
    opening = tuple(paragraph.format(title=title, many=many) for paragraph in _OPENING)
    return SentMail(opening, questions, _CLOSING if key else _CLOSING[:1], key)


def _worded(name: str, statement: Statement | None) -> str:
    return f"{name.rstrip(':?')}: {statement.text}" if statement else name


def _how(question: Question) -> str:
    if question.kind is Kind.STATEMENTS:
        return ""
    own = "Egna ord går också bra." if question.own_words else ""
    several = "Välj en eller flera." if question.kind is Kind.MULTIPLE else ""
    needs_words = question.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME_SPAN, Kind.LIST)
    how = handling(question.kind).in_field(question) if needs_words else several
    return " ".join(filter(None, [how, own]))


def _options(question: Question) -> tuple[MailOption, ...]:
    if question.kind is Kind.YES_NO:
        return tuple(MailOption("ab"[place], value, label) for place, (value, label) in enumerate(_YES_NO))
    offered = zip(string.ascii_lowercase, question.offered, strict=False)
    return tuple(MailOption(letter, option.id, option.label) for letter, option in offered)


# ------------------------------------------------- from the text of a mail


def sent_in(text: str, stage: Stage, title: str = "") -> SentMail | None:
    """The mail that a text quotes, known by its tags and the words of its questions; None without any.

    The letters are those that stand in the text, for they may be others than the battery gives today.
    """
    tags = list(re.finditer(rf"\[\s*{re.escape(stage.id)}\s+(\d+)\s*\]", text, re.IGNORECASE))
    ends = [*(tag.start() for tag in tags), len(text)][1:]
    asked: dict[int, MailQuestion] = {}
    for tag, end in zip(tags, ends, strict=True):
        number, below = int(tag[1]), text[tag.end() : end]
        if number not in asked and (known := _known(stage, below)):
            asked[number] = known._replace(number=number, options=_letters_used(known, below))
    if not asked:
        return None
    questions = tuple(asked[number] for number in sorted(asked))
    return mail(title, questions)._replace(closing=_CLOSING)


def _known(stage: Stage, below: str) -> MailQuestion | None:
    """The question whose words a text begins with, in any wording it has had; the longest that fits."""
    said = letters_in(below).text
    fits: list[tuple[int, MailQuestion]] = []
    for question, statement in mail_units(stage):
        for name in (question.text, *question.former):
            words = _worded(name, statement)
            if said.startswith(wanted := letters_in(words).text):
                fits.append((len(wanted), by_mail([(question, statement)])[0]._replace(text=words)))
    return max(fits, key=lambda fit: fit[0], default=(0, None))[1]


def _letters_used(asked: MailQuestion, below: str) -> tuple[MailOption, ...]:
    """The alternatives with the letters they have in a text, where it has any; else as they are now."""
    used: dict[str, MailOption] = {}
    for line in _OPTION_LINE.finditer(below):
        option = _beginning_with(asked.options, line[2]) or _formerly(asked.question, line[2])
        if option and line[1] not in used:
            used[line[1]] = option._replace(letter=line[1])
    return tuple(used[letter] for letter in sorted(used)) or asked.options


def _beginning_with(options: Sequence[MailOption], words: str) -> MailOption | None:
    fits = [option for option in options if uniform(words).startswith(uniform(option.label))]
    return max(fits, key=lambda option: len(option.label), default=None)


def _formerly(question: Question, words: str) -> MailOption | None:
    option = find_option(question.options, words)
    return MailOption("", option.id, words.strip()) if option else None
