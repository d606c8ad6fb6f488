"""What is left at one question or field of a form, as an answer: read as if it were typed to `utb`."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.composite import unknown_said
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.options import without_excluding
from utbildningsprocess.answers.unknown import NOT_YET, UNKNOWN_OPTION, not_yet
from utbildningsprocess.guide.form.definition import choices_in_form
from utbildningsprocess.guide.form.states import OTHER_OPTION, YES_ID
from utbildningsprocess.guide.replies import Suggestion
from utbildningsprocess.markdown import with_hard_breaks
from utbildningsprocess.model import Given, GroupField, Kind, Skipped, Unknown
from utbildningsprocess.swedish import is_blank, joined

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from utbildningsprocess.model import Answer, AnswerSheet, Item

_SEVERAL = "flera alternativ är valda, och frågan tar ett"


class Understood(NamedTuple):
    """What somebody has left: in words, and the answer that it is, or why only a person can decide."""

    words: str
    answer: Answer | None = None
    doubt: str = ""
    proposals: tuple[Suggestion, ...] = ()
    beside: str = ""


class ReadAgainst(NamedTuple):
    """What answers are read against: the dossier whose rows can be chosen, and the day they were written."""

    sheet: AnswerSheet
    day: date | None


def understood_state(item: Item, state: Mapping[str, object], reading: ReadAgainst) -> Understood | None:
    """What a state says of a question or a field without parts of its own; None when it says nothing."""
    if isinstance(state.get("unknown"), str):
        return _not_known(item, str(state["unknown"]).strip())
    if isinstance(state.get("skipped"), str) and not isinstance(item, GroupField):
        reason = str(state["skipped"]).strip()
        return Understood(f"Hoppar över: {reason}" if reason else "Hoppar över", Skipped(reason))
    match item.kind:
        case Kind.TEXT | Kind.LONG_TEXT | Kind.MEASURE | Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.LIST:
            return _typed(item, state, reading)
        case Kind.YES_NO | Kind.CHOICE | Kind.MULTIPLE | Kind.REFERENCE | Kind.REFERENCES:
            return _chosen(item, state, reading)
        case Kind.STATEMENTS | Kind.GROUP:
            return None
        case _:
            assert_never(item.kind)


def _not_known(item: Item, who: str) -> Understood:
    """That nobody knows, by the option that says so where there is one and nobody is named."""
    if not who and any(option.id == UNKNOWN_OPTION for option in item.offered):
        return Understood(NOT_YET, Given((UNKNOWN_OPTION,) if _takes_several(item) else UNKNOWN_OPTION))
    return Understood(not_yet(who), Unknown(who))


def _typed(item: Item, state: Mapping[str, object], reading: ReadAgainst) -> Understood | None:
    text = _text(state.get("text")) or _text(state.get("own"))
    if is_blank(text):
        return None
    if isinstance(item, GroupField) and (who := unknown_said(item, text)) is not None:
        return Understood(text, Unknown(who))
    return _accepted(item, text, text, reading)


def _accepted(item: Item, raw: object, words: str, reading: ReadAgainst) -> Understood:
    try:
        value = accept(item, raw, reading.day)
    except Invalid as error:
        return Understood(words, doubt=str(error).rstrip("."))
    if item.kind is Kind.LONG_TEXT and isinstance(value, str):
        value = with_hard_breaks(value)
    return Understood(words, Given(value))


def _text(raw: object) -> str:
    return raw if isinstance(raw, str) else ""


# ---------------------------------------------------------------- what is chosen


def _chosen(item: Item, state: Mapping[str, object], reading: ReadAgainst) -> Understood | None:
    keys = state.get("chosen")
    chosen = (
        list(dict.fromkeys(key for key in keys if isinstance(key, str))) if isinstance(keys, list) else []
    )
    own = "" if is_blank(text := _text(state.get("own")) or _text(state.get("text"))) else text.strip()
    if not chosen and not own:
        return None
    labels = _labels(item, reading)
    words = "\n".join(
        [
            *(labels.get(key, item.label(key)) for key in chosen if key != OTHER_OPTION or not own),
            *filter(None, [own]),
        ]
    )
    if strange := [key for key in chosen if key not in labels]:
        return _with_strange(item, chosen, strange, words, reading)
    if _takes_several(item):
        return _several(item, chosen, own, words, reading)
    return _single(item, chosen, own, words, reading)


def _labels(item: Item, reading: ReadAgainst) -> dict[str, str]:
    """What can be chosen, with its words."""
    labels = choices_in_form(item, reading.sheet)
    return {OTHER_OPTION: "Annat", **labels} if item.own_words else labels


def _with_strange(
    item: Item, chosen: list[str], strange: list[str], words: str, reading: ReadAgainst
) -> Understood:
    """What is said where something is chosen that is there no longer, or never was."""
    names = joined(f"”{item.label(key)}”" for key in strange)
    is_retired = all(any(option.id == key for option in item.options) for key in strange)
    known = chosen if is_retired else [key for key in chosen if key not in strange]
    doubt = f"{names} {'har utgått' if is_retired else 'finns inte'}"
    return Understood(words, doubt=doubt, proposals=_proposed(item, [known], reading))


def _takes_several(item: Item) -> bool:
    return item.kind in (Kind.MULTIPLE, Kind.REFERENCES)


def _proposed(item: Item, ways: list[list[str]], reading: ReadAgainst) -> tuple[Suggestion, ...]:
    """What may be meant, by the ids of what is then chosen."""
    labels = _labels(item, reading)
    read = (
        _accepted(
            item,
            way if _takes_several(item) else way[0],
            ", ".join(labels.get(key, item.label(key)) for key in way),
            reading,
        )
        for way in ways
        if way
    )
    return tuple(Suggestion(said.words, said.answer) for said in read if said.answer)


def _single(item: Item, chosen: list[str], own: str, words: str, reading: ReadAgainst) -> Understood:
    if len(chosen) > 1:
        proposals = _proposed(item, [[key] for key in chosen if key != OTHER_OPTION], reading)
        return Understood(words, doubt=_SEVERAL, proposals=proposals)
    if own and chosen in ([], [OTHER_OPTION]):
        return _accepted(item, own, own, reading)
    if item.kind is Kind.YES_NO:
        return Understood(words, Given(chosen == [YES_ID]), beside=own)
    return _accepted(item, chosen[0], words, reading)._replace(beside=own)


def _several(item: Item, chosen: list[str], own: str, words: str, reading: ReadAgainst) -> Understood:
    kept, clash = without_excluding(item, chosen)
    if clash:
        proposals = _proposed(item, [kept, *([key] for key in chosen if key not in kept)], reading)
        return Understood(words, doubt="alternativen går inte ihop", proposals=proposals)
    own_words = [word.strip() for word in own.split(";") if not is_blank(word)]
    if not item.own_words:
        beside = own if chosen else ""
        return _accepted(item, chosen or own_words, words, reading)._replace(beside=beside)
    has_other = any(option.id == OTHER_OPTION for option in item.options)
    unsaid = [OTHER_OPTION] if OTHER_OPTION in chosen and has_other and not own_words else []
    answers = [*(key for key in chosen if key != OTHER_OPTION), *unsaid, *own_words]
    if not answers:
        return Understood(words, doubt="svaret har inga ord")
    return _accepted(item, answers, words, reading)
