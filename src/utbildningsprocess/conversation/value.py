"""Asks for one simple value: the answer to a question that is no group, or to a field of one."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import EMPTY_ANSWER, accept, editable, understood
from utbildningsprocess.answers.composite import unknown_said
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.options import without_excluding
from utbildningsprocess.answers.rows import choices, is_of_unasked
from utbildningsprocess.conversation.face import Ask, Back, Choice, SaidUnknown
from utbildningsprocess.markdown import with_hard_breaks, without_hard_breaks
from utbildningsprocess.model import GroupField, Kind, Question
from utbildningsprocess.swedish import is_blank

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Item, Value

_OWN = "annat"
"""The option whose choice means words of one's own; added where a question has none of that name."""
_SEVERAL_WORDS = "Flera saker skriver du med semikolon emellan."


def ask_value(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    """What the person answers, accepted; None when they leave it empty. May raise any Signal."""
    ask = replace(ask, help="\n".join(filter(None, [ask.help, handling(item.kind).at_prompt(item)])))
    match item.kind:
        case Kind.CHOICE | Kind.REFERENCE:
            return _picked(talk, item, ask, place, earlier)
        case Kind.MULTIPLE | Kind.REFERENCES:
            return _ticked(talk, item, ask, place, earlier)
        case Kind.YES_NO:
            return talk.face.ask_yes_no(ask, earlier if isinstance(earlier, bool) else None)
        case Kind.TEXT | Kind.LONG_TEXT | Kind.MEASURE | Kind.LIST:
            return _typed(talk, item, ask, place, earlier)
        case Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN:
            return _typed(talk, item, ask, place, earlier)
        case Kind.GROUP | Kind.STATEMENTS:
            raise TypeError(f"{item.kind} has parts, which are asked one by one")
        case _:
            assert_never(item.kind)


def _typed(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    reader = _Reader(item, talk.interview.today, may_be_empty=earlier is None or bool(ask.draft_name))
    ask = replace(ask, check=reader.check)
    begin = in_prompt(item, earlier)
    text = talk.ask_text(ask, place, begin, long=item.kind is Kind.LONG_TEXT)
    if isinstance(item, GroupField) and (who := unknown_said(item, text)) is not None:
        raise SaidUnknown(who)
    if item.kind is Kind.LONG_TEXT and isinstance(reader.value, str):
        if text == begin:
            return earlier
        reader.value = with_hard_breaks(reader.value)
    if reader.value is not None and (echo := understood(item, text, reader.value)):
        talk.face.say(echo)
    return reader.value


def in_prompt(item: Item, value: Value | None) -> str:
    """A value as the text that a person begins from; of several options one in each line."""
    if item.kind in (Kind.MULTIPLE, Kind.REFERENCES) and isinstance(value, tuple):
        return "\n".join(map(item.label, map(str, value)))
    text = editable(item, value)
    return without_hard_breaks(text) if item.kind is Kind.LONG_TEXT else text


@dataclass
class _Reader:
    """Reads what is typed as an answer to an item, and keeps the value it accepted last."""

    item: Item
    today: date
    may_be_empty: bool
    value: Value | None = None

    def check(self, text: str) -> str | None:
        """What is wrong with the text as an answer. The answer to a question is not emptied by an Enter."""
        self.value = None
        if is_blank(text):
            return EMPTY_ANSWER if isinstance(self.item, Question) and not self.may_be_empty else None
        if isinstance(self.item, GroupField) and unknown_said(self.item, text) is not None:
            return None
        try:
            self.value = accept(self.item, text, self.today)
        except Invalid as error:
            return str(error)
        return None


def _picked(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value:
    default = earlier if isinstance(earlier, str) else None
    chosen = [default] if default and (item.kind.is_reference or item.label(default) != default) else []
    words = default if default and item.own_words and not chosen else ""
    options = _options(talk, item, chosen)
    while True:
        picked = talk.face.ask_choice(ask, options, _OWN if words else default)
        if not item.own_words or picked != _OWN:
            return picked
        with suppress(Back):
            if words := _own_words(talk, item, words, f"{place}/{_OWN}"):
                return accept(item, words, talk.interview.today)


def _ticked(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    chosen = [str(key) for key in earlier] if isinstance(earlier, tuple) else []
    known = {option.id for option in item.options if not option.retired or option.id in chosen}
    words: list[str] = []
    if item.own_words:
        words = [key for key in chosen if key not in known]
        chosen = [key for key in chosen if key in known or key == _OWN] + ([_OWN] if words else [])
    while True:
        chosen = talk.ask_several(ask, place, _options(talk, item, chosen), chosen)
        chosen, clash = without_excluding(item, chosen)
        if clash:
            talk.face.say(clash)
            if not chosen:
                continue
        if not item.own_words or _OWN not in chosen:
            return tuple(chosen) or None
        try:
            text = _own_words(talk, item, "; ".join(words), f"{place}/{_OWN}", _SEVERAL_WORDS)
            words = [word.strip() for word in text.split(";") if not is_blank(word)]
        except Back:
            continue
        unsaid = [_OWN] if _OWN in known and not words else []
        answers = [*(key for key in chosen if key != _OWN), *unsaid, *words]
        return accept(item, answers, talk.interview.today) if answers else None


def _own_words(talk: Talk, item: Item, earlier: str, place: str, how: str = "") -> str:
    check = _Reader(item, talk.interview.today, may_be_empty=True).check
    text = talk.ask_text(Ask("Med egna ord:", help=how, check=check, can_go_back=True), place, earlier)
    talk.drop_draft(place)
    return "" if is_blank(text) else text.strip()


def _options(talk: Talk, item: Item, chosen: Sequence[str]) -> list[Choice[str]]:
    """What can be chosen; an earlier choice stays possible even when it is retired, or its row is gone."""
    helps = {option.id: option.help for option in item.options}
    alone = {option.id for option in item.options if option.excludes}
    options = [
        Choice(key, label, helps.get(key, ""), key in alone)
        for key, label in choices(item, talk.interview.sheet)
    ]
    keys = {option.value for option in options}
    gone = [key for key in chosen if key not in keys]
    stands = [key for key in gone if key in helps or is_of_unasked(item, key, talk.interview.battery)]
    options += [
        Choice(key, item.label(key) if key in stands else f"{key} (finns inte längre)") for key in gone
    ]
    if item.own_words and _OWN not in {*keys, *gone}:
        options.append(Choice(_OWN, "Annat"))
    return [option._replace(takes_words=item.own_words and option.value == _OWN) for option in options]


def nothing_to_choose(talk: Talk, item: Item) -> str | None:
    """Why a reference cannot be answered: the groups it points at have no rows yet."""
    if not item.kind.is_reference or _options(talk, item, []):
        return None
    groups = [talk.interview.battery.question(qid) for qid in item.points_at]
    names = " eller ".join(f"”{group.text}”" for group in groups if group)
    return f"”{item.text}” väljs bland svaren på {names}, där det inte finns några än. Uppgiften lämnas tom."
