"""The mail that is sent: chosen questions with tags, and letters to choose by."""

from __future__ import annotations

import re
import string
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.by_name import find_option
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.guide.choosing import address_of
from utbildningsprocess.guide.mail.key import ANSWER_ID
from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.guide.replies import Purpose
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
)
_WHO_SEES = (
    (
        "Svaren skrivs in i dossiern. De som arbetar med det här läser den, och den kan bli en allmän "
        "handling. Skriv roller, inte namn, och inget om enskilda personer."
    ),
)
_WHO_SEES_ALONE = (
    (
        "Ni är flera som svarar, var och en för sig. Din roll och dina svar kommer att stå i dossiern, "
        "bredvid de andras. De som arbetar med det här läser den, och den kan bli en allmän handling."
    ),
    (
        "Är du ensam i din roll går det att förstå att svaren är dina. Vill du inte det: svara inte här, "
        "utan säg det i samtalet i stället. Skriv roller, inte namn, och inget om enskilda personer."
    ),
)
_ALONE_IN_KEY = re.compile(rf"\[nyckel\s*\w+/{Purpose.ALONE}/", re.IGNORECASE)
_CLOSING = ("Tack för hjälpen!", "Låt raden här under stå kvar. Den behövs när svaret läses in.")
_COPY_OPENING = ("Hej!", "Här är mina svar om ”{title}”.")
_COPY_CLOSING = ("Låt raderna här under stå kvar. De behövs när svaret läses in.",)
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
    purpose: str = Purpose.ANSWER
    is_copy: bool = False
    """Whether it is what a form gives to paste: whole questions, with their answers below them."""

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


def form_units(stage: Stage) -> Iterator[tuple[Question, Statement | None]]:
    """What a form can ask in a stage, in its order: every question whole."""
    yield from ((question, None) for question in stage.questions if not question.filled_by)


def every_unit(stage: Stage) -> list[tuple[Question, Statement | None]]:
    """Everything that a key can name, what a mail has room for first: the place of each stays its own."""
    beside = (unit for unit in form_units(stage) if unit[0].kind in _NOT_BY_MAIL)
    return [*mail_units(stage), *beside]


def by_mail(units: Iterable[tuple[Question, Statement | None]]) -> tuple[MailQuestion, ...]:
    """The questions as they stand in a mail, numbered from 1."""
    return tuple(
        MailQuestion(
            number, question, statement, _worded(question.text, statement), _how(question), _options(question)
        )
        for number, (question, statement) in enumerate(units, 1)
    )


def mail(
    title: str, questions: tuple[MailQuestion, ...], key: str = "", purpose: str = Purpose.ANSWER
) -> SentMail:
    """The mail that asks some questions about an initiative, and says before them who sees the answers."""
    many = "Här är en fråga." if len(questions) == 1 else f"Här är {len(questions)} frågor."
    opening = tuple(paragraph.format(title=title, many=many) for paragraph in _OPENING)
    opening += _WHO_SEES_ALONE if purpose == Purpose.ALONE else _WHO_SEES
    return SentMail(opening, questions, _CLOSING if key else _CLOSING[:1], key, purpose)


def copy(
    title: str, questions: tuple[MailQuestion, ...], key: str = "", purpose: str = Purpose.ANSWER
) -> SentMail:
    """What stands around the answers in the text that a form gives to paste into a mail."""
    opening = tuple(paragraph.format(title=title) for paragraph in _COPY_OPENING)
    return SentMail(opening, questions, _COPY_CLOSING, key, purpose, is_copy=True)


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
    is_copy = ANSWER_ID.search(text) is not None
    units = list(form_units(stage) if is_copy else mail_units(stage))
    tags = list(re.finditer(rf"\[\s*{re.escape(stage.id)}\s+(\d+)\s*\]", text, re.IGNORECASE))
    ends = [*(tag.start() for tag in tags), len(text)][1:]
    asked: dict[int, MailQuestion] = {}
    for tag, end in zip(tags, ends, strict=True):
        number, below = int(tag[1]), text[tag.end() : end]
        if number not in asked and (known := _known(units, below)):
            asked[number] = known._replace(number=number, options=_letters_used(known, below))
    if not asked:
        return None
    questions = tuple(asked[number] for number in sorted(asked))
    purpose = _purpose_in(text)
    if is_copy:
        return copy(title, questions, purpose=purpose)
    return mail(title, questions, purpose=purpose)._replace(closing=_CLOSING)


def _purpose_in(text: str) -> Purpose:
    """What the answers in a text are for, by what is left in it of the mail that asked."""
    letters = letters_in(text).text
    is_said = any(letters_in(paragraph).text in letters for paragraph in _WHO_SEES_ALONE)
    return Purpose.ALONE if is_said or _ALONE_IN_KEY.search(text) else Purpose.ANSWER


def _known(units: Iterable[tuple[Question, Statement | None]], below: str) -> MailQuestion | None:
    """The question whose words a text begins with, in any wording it has had; the longest that fits."""
    said = letters_in(below).text
    fits: list[tuple[int, MailQuestion]] = []
    for question, statement in units:
        for name in (question.text, *question.former):
            words = _worded(name, statement)
            if said.startswith(wanted := letters_in(words).text):
                fits.append((len(wanted), by_mail([(question, statement)])[0]._replace(text=words)))
    return max(fits, key=lambda fit: fit[0], default=(0, None))[1]


def _letters_used(asked: MailQuestion, below: str) -> tuple[MailOption, ...]:
    """The alternatives with the letters they have in a text, where it has any; else as they are now."""
    used: dict[str, MailOption] = {}
    if asked.statement:  # its alternatives stand beside each other
        below = re.sub(r"[ \t\xa0]+(?=[a-z]\)[ \t\xa0])", "\n", below)
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
