"""Asks for one simple value: the answer to a question that is no group, or to a field of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.answers.accept import Invalid, accept, show
from utbildningsprocess.answers.rows import choices
from utbildningsprocess.conversation.face import Ask, Back, Choice
from utbildningsprocess.conversation.personal_numbers import ask_guarded
from utbildningsprocess.model import Kind, Question
from utbildningsprocess.swedish import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Item, Value

_OWN = "annat"
"""The option whose choice means words of one's own; added where a question has none of that name."""
PICKED = (Kind.CHOICE, Kind.REFERENCE)
TICKED = (Kind.MULTIPLE, Kind.REFERENCES)
EMPTY_ANSWER = "Svaret är tomt. Skriv något, eller hoppa över frågan."
_HOW = {
    Kind.DATE: "Skriv datumet som du brukar: 2026-03-12, 12/3, 12 mars, v. 11 eller i morgon.",
    Kind.NUMBER: "Skriv med siffror, till exempel 12 eller 12,5.",
    Kind.LIST: "Skriv med komma emellan.",
}


def ask_value(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    """What the person answers, accepted; None when they leave it empty. May raise any Signal."""
    ask = replace(ask, help="\n".join(filter(None, [ask.help, _HOW.get(item.kind)])))
    if item.kind in PICKED:
        return _picked(talk, item, ask, earlier)
    if item.kind in TICKED:
        return _ticked(talk, item, ask, earlier)
    if item.kind is Kind.YES_NO:
        return talk.face.ask_yes_no(ask, earlier if isinstance(earlier, bool) else None)
    return _typed(talk, item, ask, place, earlier)


def _typed(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    reader = _Reader(item, talk.interview.today)
    ask = replace(ask, check=reader.check)
    text = talk.ask_text(ask, place, editable(earlier), long=item.kind is Kind.LONG_TEXT)
    if isinstance(reader.value, date) and show(item, reader.value) != text:
        talk.face.say(f"Datumet är {show(item, reader.value)}.")
    return reader.value


@dataclass
class _Reader:
    """Reads what is typed as an answer to an item, and keeps the value it accepted last."""

    item: Item
    today: date
    value: Value | None = None

    def check(self, text: str) -> str | None:
        """What is wrong with the text as an answer. A field may be left empty, a question not."""
        self.value = None
        if not text.strip():
            return EMPTY_ANSWER if isinstance(self.item, Question) else None
        try:
            self.value = accept(self.item, text, self.today)
        except Invalid as error:
            return error.sentence
        return None


def _picked(talk: Talk, item: Item, ask: Ask, earlier: Value | None) -> Value:
    default = earlier if isinstance(earlier, str) else None
    gone = [default] if default and item.kind is Kind.REFERENCE else []
    return talk.face.ask_choice(ask, _options(talk, item, gone), default)


def _ticked(talk: Talk, item: Item, ask: Ask, earlier: Value | None) -> Value | None:
    chosen = [str(key) for key in earlier] if isinstance(earlier, tuple) else []
    known = {option.id for option in item.options}
    words: list[str] = []
    if item.own_words:
        words = [key for key in chosen if key not in known]
        chosen = [key for key in chosen if key in known or key == _OWN] + ([_OWN] if words else [])
    while True:
        chosen = talk.face.ask_several(ask, _options(talk, item, chosen), chosen)
        if not item.own_words or _OWN not in chosen:
            return tuple(chosen) or None
        try:
            words = _own_words(talk, words)
        except Back:
            continue
        unsaid = [_OWN] if _OWN in known and not words else []
        answers = [*(key for key in chosen if key != _OWN), *unsaid, *words]
        return accept(item, answers, talk.interview.today) if answers else None


def _own_words(talk: Talk, words: list[str]) -> list[str]:
    how = "Flera saker skriver du med semikolon emellan."
    ask = Ask("Med egna ord:", help=how, draft="; ".join(words), can_go_back=True)
    text = ask_guarded(talk.face, ask, ask.draft)
    return [word.strip() for word in text.split(";") if word.strip()]


def _options(talk: Talk, item: Item, chosen: Sequence[str]) -> list[Choice[str]]:
    """What can be chosen; an earlier choice stays possible even when its row is gone."""
    helps = {option.id: option.help for option in item.options}
    options = [Choice(key, label, helps.get(key, "")) for key, label in choices(item, talk.interview.sheet)]
    keys = {option.value for option in options}
    options += [Choice(key, f"{key} (finns inte längre)") for key in chosen if key not in keys]
    if item.own_words and _OWN not in keys:
        options.append(Choice(_OWN, "Annat"))
    return options


def nothing_to_choose(talk: Talk, item: Item) -> str | None:
    """Why a reference cannot be answered: the groups it points at have no rows yet."""
    if item.kind not in (Kind.REFERENCE, Kind.REFERENCES) or _options(talk, item, []):
        return None
    groups = [talk.interview.battery.question(qid) for qid in item.points_at]
    names = " eller ".join(f"”{group.text}”" for group in groups if group)
    return f"”{item.text}” väljs bland svaren på {names}, där det inte finns några än. Uppgiften lämnas tom."


def editable(value: Value | None) -> str:
    """A value as the text a person edits."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, (int, float)):
        return format_number(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        parts = [format_number(one) if isinstance(one, (int, float)) else str(one) for one in value]
        divider = "; " if any("," in part for part in parts) else ", "
        return divider.join(parts)
    return value if isinstance(value, str) else ""
