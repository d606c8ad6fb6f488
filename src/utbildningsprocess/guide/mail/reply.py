"""A letter as a reply: what it says at each address, measured against the mail that it answers."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.guide.mail.placing import placed
from utbildningsprocess.guide.mail.subtracting import subtracted
from utbildningsprocess.guide.mail.understanding import chosen_of, meant_by
from utbildningsprocess.guide.replies import Reply, Stated, Suggestion
from utbildningsprocess.model import Given, Kind
from utbildningsprocess.swedish import uniform

if TYPE_CHECKING:
    from utbildningsprocess.guide.mail.letter import Received
    from utbildningsprocess.guide.mail.placing import Placed, Written
    from utbildningsprocess.guide.mail.sent import MailOption, MailQuestion, SentMail
    from utbildningsprocess.guide.mail.subtracting import Remains
    from utbildningsprocess.guide.mail.understanding import Meaning
    from utbildningsprocess.model import Answer


_IN_OWN_WORDS = (Kind.TEXT, Kind.LONG_TEXT, Kind.LIST, Kind.MEASURE)
_MOST_STRUCK = 100
"""Stretches struck out that are looked for: one in an answer is enough to ask about it."""
_BETWEEN_LABELS = re.compile(r"[,.;:(–]")
_LEAST_TELLING = 4
"""Letters of an alternative, at least, that tells that an answer belongs to another question."""


class _Pointed(NamedTuple):
    """What somebody has done to our alternatives instead of writing, and which ones that may mean."""

    why: str
    proposals: tuple[Suggestion, ...]


def reply(name: str, letter: Received, sent: SentMail) -> Reply:
    """What a letter answers to the mail that was sent."""
    remains = subtracted(letter.text, sent)
    taken = placed(remains, sent, letter.sender)
    readings = [_said(asked, taken, remains, letter) for asked in sent.questions]
    said = tuple(_unless_misplaced(reading, sent, taken) for reading in readings if reading is not None)
    several = any(len({words.text for words in _current(taken, asked)}) > 1 for asked in sent.questions)
    earlier = [words.text for asked in sent.questions for words in _superseded(taken, asked)]
    further = [words.further for asked in sent.questions for words in _current(taken, asked) if words.further]
    shown = {proposal.words for answer in said for proposal in answer.proposals}
    loose = [text for text in dict.fromkeys(further) if not any(text in words for words in shown)]
    return Reply(
        name=name,
        answer_id=letter.sent_id,
        day=letter.day,
        role="",
        is_role_sure=not (taken.is_passed_on or letter.is_passed_on or several),
        said=said,
        asked=tuple(asked.address for asked in sent.questions),
        unplaced=(*taken.unplaced, *loose),
        beside=tuple(sorted(dict.fromkeys((*taken.beside, *earlier)), key=letter.text.find)),
    )


def _current(taken: Placed, asked: MailQuestion) -> list[Written]:
    return [words for words in taken.words.get(asked.number, []) if words.is_current]


def _superseded(taken: Placed, asked: MailQuestion) -> list[Written]:
    """What was answered in an earlier round, where there is a newer answer."""
    words = taken.words.get(asked.number, [])
    return [said for said in words if not said.is_current] if _current(taken, asked) else []


def _said(asked: MailQuestion, taken: Placed, remains: Remains, letter: Received) -> Stated | None:
    """What a reply says of one question; None when it says nothing."""
    current, every = _current(taken, asked), taken.words.get(asked.number, [])
    pointed = _pointed_at(asked, taken, remains, letter)
    if not every:
        return _doubted(asked, "", pointed.why, list(pointed.proposals)) if pointed else None
    if not current:
        why = "står bara i ett citat av ett tidigare svar"
        proposals = [proposal for words in every for proposal in _proposed(asked, words, letter)]
        written = "\n\n".join(words.text for words in every)
        return _doubted(asked, written, why, [*proposals, *(pointed.proposals if pointed else ())])
    return _from_words(asked, current, pointed, letter)


def _unless_misplaced(said: Stated, sent: SentMail, taken: Placed) -> Stated:
    """What is said, in doubt where words of one's own begin as an alternative of another question does."""
    asked = next(asked for asked in sent.questions if asked.address == said.address)
    if asked.options or not isinstance(said.answer, Given):
        return said
    labels = {uniform(option.label) for near in sent.questions for option in near.options}
    pieces = [uniform(piece) for piece in _BETWEEN_LABELS.split(said.words) if piece.strip()]
    named = pieces if labels.issuperset(pieces) else pieces[:1]
    is_between = all(words.is_between for words in _current(taken, asked))
    why = ""
    if labels.issuperset(named) and any(len(label) >= _LEAST_TELLING for label in named):
        why = "svaret ser ut att höra till en annan fråga"
    elif _holds_more(said.words, asked, sent, is_between=is_between):
        why = "svaret kan innehålla svar på flera frågor"
    return (
        said._replace(answer=None, doubt=why, proposals=(Suggestion(said.words, said.answer),))
        if why
        else said
    )


def _holds_more(words: str, asked: MailQuestion, sent: SentMail, *, is_between: bool) -> bool:
    """Whether words name another question by its number, or by its words before a line.

    Between two questions of ours a number that begins a line counts what somebody lists.
    """
    near = [question for question in sent.questions if question is not asked]
    marks = re.finditer(r"(\S)(\s)(\d{1,2})[.)]\s", words)
    numbers = {
        int(mark[3])
        for mark in marks
        if (not is_between if mark[2] == "\n" else not mark[1].isalnum() or int(mark[3]) == asked.number + 1)
    }
    if any(question.number in numbers for question in near):
        return True
    texts = [letters_in(text).text for question in near for text in _own_words_of(question)]
    heads = [letters_in(head).text for head in re.findall(r"^(.*?)[:?]", words, re.MULTILINE)]
    return any(head.endswith(text) for head in heads for text in texts)


def _own_words_of(question: MailQuestion) -> list[str]:
    """The words that a question is known by: its own, and those of its statement alone."""
    return [question.text, *([question.statement.text] if question.statement else [])]


def _from_words(
    asked: MailQuestion,
    current: list[Written],
    pointed: _Pointed | None,
    letter: Received,
) -> Stated:
    meanings = [meant_by(asked, words.text, letter.written) for words in current]
    proposals = [proposal for words in current for proposal in _proposed(asked, words, letter)]
    answers = [read.answer for read in meanings]
    beside = " ".join(read.beside for read in meanings if read.beside)
    written = "\n\n".join(dict.fromkeys(words.text for words in current))
    doubt = _doubt(asked, current, meanings)
    if any(_without(words.text, letter.struck) != words.text for words in current):
        kept = [words._replace(text=_without(words.text, letter.struck)) for words in current]
        doubt = "en del av svaret är struken"
        proposals = [
            *(proposal for words in kept for proposal in _proposed(asked, words, letter)),
            *proposals,
        ]
    if not doubt and pointed and answers[0] not in [proposal.answer for proposal in pointed.proposals]:
        doubt = pointed.why
    if doubt:
        return _doubted(asked, written, doubt, [*proposals, *(pointed.proposals if pointed else ())])
    return Stated(asked.address, asked.text, written, answers[0], beside=beside)


def _without(words: str, struck: tuple[str, ...]) -> str:
    """Some words without those of them that are struck out."""
    for stretch in filter(None, map(str.strip, struck[:_MOST_STRUCK])):
        spaced = r"\s+".join(map(re.escape, stretch.split()))
        words = re.sub(rf"(?<!\w){spaced}(?!\w)\s?", "", words)
    return words.strip()


def _doubt(asked: MailQuestion, current: list[Written], meanings: list[Meaning]) -> str:
    """Why only a person can decide; empty when it is clear."""
    first = next((read.doubt for read in meanings if read.doubt), "")
    if len({str(read.answer) for read in meanings}) > 1 or (first and len(meanings) > 1):
        return "två svar på samma fråga"
    if first:
        return first
    if any(words.is_shared for words in current):
        return "ett svar på flera frågor"
    if asked.question.kind in _IN_OWN_WORDS and any(words.further for words in current):
        return "det som står sist kan höra till svaret"
    return ""


def _proposed(asked: MailQuestion, words: Written, letter: Received) -> list[Suggestion]:
    read = meant_by(asked, words.text, letter.written)
    if read.answer is None:
        return list(read.proposals)
    label = _in_words(asked, read.answer, words.text)
    longer = f"{words.text}\n\n{words.further}" if words.further and not asked.options else ""
    more = meant_by(asked, longer, letter.written) if longer else None
    proposals = [Suggestion(label, read.answer)]
    return [*proposals, Suggestion(longer, more.answer)] if more and more.answer else proposals


def _in_words(asked: MailQuestion, answer: Answer, text: str) -> str:
    value = getattr(answer, "value", None)
    values = value if isinstance(value, tuple) else (value,)
    labels = [option.label for option in asked.options if option.value in values]
    return ", ".join(labels) or text


def _doubted(asked: MailQuestion, written: str, why: str, proposals: list[Suggestion]) -> Stated:
    once = tuple({proposal.words: proposal for proposal in proposals}.values())
    return Stated(asked.address, asked.text, written, None, why, once)


# ------------------------------------------------- our alternatives, marked


def _pointed_at(asked: MailQuestion, taken: Placed, remains: Remains, letter: Received) -> _Pointed | None:
    """What somebody has done to our alternatives instead of writing, and which ones that may mean."""
    if not asked.options:
        return None
    kept = remains.kept(asked.number)
    ways = (
        ("det står kryss vid alternativ", taken.ticked.get(asked.number, [])),
        ("alternativ är färgade eller markerade", _marked(asked, letter.coloured)),
        ("alternativ är strukna", _left(asked, _marked(asked, letter.struck))),
        ("bara några alternativ står kvar", kept if len(kept) < len(asked.options) else ()),
    )
    for why, letters in ways:
        if letters:
            chosen: list[MailOption] = [option for option in asked.options if option.letter in letters]
            return _Pointed(why, chosen_of(asked, chosen))
    return None


def _marked(asked: MailQuestion, marked: tuple[str, ...]) -> list[str]:
    """The letters of the alternatives that are marked, unless all are."""
    ours = {option.letter: letters_in(option.words).text for option in asked.options}
    stretches = [letters_in(words).text for words in marked]
    letters = [letter for letter, words in ours.items() if any(words in stretch for stretch in stretches)]
    return letters if len(letters) < len(ours) else []


def _left(asked: MailQuestion, struck: list[str]) -> list[str]:
    return [option.letter for option in asked.options if option.letter not in struck] if struck else []
