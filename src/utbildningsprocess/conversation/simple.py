"""Asking for one simple value: a question that is no group, or a field of one."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import accept, editable, show
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.rows import choices
from utbildningsprocess.conversation.face import Ask, Back, Choice
from utbildningsprocess.conversation.privacy import typed
from utbildningsprocess.model import Kind, Question

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import Item, Value

OWN = "annat"
"""The option whose choice means words of one's own; added where a question has none of that name."""
EMPTY = "Svaret är tomt. Skriv något, eller hoppa över frågan."


def ask_item(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    """What the person answers, valid; None when a field is left empty. May raise any Signal."""
    ask = replace(ask, help="\n".join(filter(None, [ask.help, handling(item.kind).at_prompt])))
    match item.kind:
        case Kind.CHOICE | Kind.REFERENCE:
            return _picked(talk, item, ask, earlier)
        case Kind.MULTIPLE | Kind.REFERENCES:
            return _ticked(talk, item, ask, earlier)
        case Kind.YES_NO:
            return talk.face.ask_yes_no(ask, earlier if isinstance(earlier, bool) else None)
        case Kind.TEXT | Kind.LONG_TEXT | Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.LIST:
            return _typed(talk, item, ask, place, earlier)
        case Kind.GROUP | Kind.STATEMENTS:
            raise ValueError(f"{item.kind} has parts, which are asked one by one")
        case _:
            assert_never(item.kind)


def _typed(talk: Talk, item: Item, ask: Ask, place: str, earlier: Value | None) -> Value | None:
    before = editable(item, earlier)
    ask = replace(
        ask,
        draft=talk.beginning(place, before),
        check=checker(talk, item),
        on_draft=lambda text: talk.store.draft_write(place, text),
    )
    put = talk.face.ask_long if item.kind is Kind.LONG_TEXT else talk.face.ask_text
    with talk.keeping(place, before):
        text = typed(talk.face, put, ask, before)
    if not text.strip():
        return None
    value = accept(item, text, talk.interview.today)
    if show(item, value) != text and (echo := handling(item.kind).echo):
        talk.face.say(echo.format(show(item, value)))
    return value


def checker(talk: Talk, item: Item) -> Callable[[str], str | None]:
    """Says what is wrong with a text as an answer to the item. A field may be left empty, a question not."""

    def wrong(text: str) -> str | None:
        if not text.strip():
            return EMPTY if isinstance(item, Question) else None
        try:
            accept(item, text, talk.interview.today)
        except Invalid as error:
            return error.sentence
        return None

    return wrong


def _picked(talk: Talk, item: Item, ask: Ask, earlier: Value | None) -> Value:
    default = earlier if isinstance(earlier, str) else None
    gone = [default] if default and item.kind.is_reference else []
    return talk.face.ask_choice(ask, _options(talk, item, gone), default)


def _ticked(talk: Talk, item: Item, ask: Ask, earlier: Value | None) -> Value | None:
    chosen = [str(one) for one in earlier] if isinstance(earlier, tuple) else []
    known = {option.id for option in item.options}
    words: list[str] = []
    if item.own_words:
        words = [one for one in chosen if one not in known]
        chosen = [one for one in chosen if one in known or one == OWN] + ([OWN] if words else [])
    while True:
        chosen = talk.face.ask_several(ask, _options(talk, item, chosen), chosen)
        if not item.own_words or OWN not in chosen:
            return tuple(chosen) or None
        try:
            words = _own_words(talk, words)
        except Back:
            continue
        unsaid = [OWN] if OWN in known and not words else []
        return (*(one for one in chosen if one != OWN), *unsaid, *words) or None


def _own_words(talk: Talk, words: list[str]) -> list[str]:
    ask = Ask(
        "Med egna ord:",
        help="Flera saker skriver du med semikolon emellan.",
        draft="; ".join(words),
        can_go_back=True,
    )
    text = typed(talk.face, talk.face.ask_text, ask, ask.draft)
    return [part.strip() for part in text.split(";") if part.strip()]


def _options(talk: Talk, item: Item, chosen: Sequence[str]) -> list[Choice]:
    """What can be chosen; an earlier choice stays possible even when its row is gone."""
    helps = {option.id: option.help for option in item.options}
    found = choices(item, talk.interview.sheet)
    options = [Choice(key, label, helps.get(key, "")) for key, label in found]
    keys = {option.key for option in options}
    options += [Choice(key, f"{key} (finns inte längre)") for key in chosen if key not in keys]
    if item.own_words and OWN not in keys:
        options.append(Choice(OWN, "Annat"))
    return options


def nothing_to_choose(talk: Talk, item: Item) -> str | None:
    """Why a reference cannot be answered: the groups it points at have no rows yet."""
    if not item.kind.is_reference or _options(talk, item, []):
        return None
    groups = [talk.interview.battery.question(qid) for qid in item.points_at]
    names = " eller ".join(f"”{group.text}”" for group in groups if group)
    return f"”{item.text}” väljs bland svaren på {names}, där det inte finns några än. Uppgiften lämnas tom."
