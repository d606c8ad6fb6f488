"""What a reply says of promises, put where the dossier keeps it: cells of rows, or a new row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.measures import stated_values
from utbildningsprocess.guide.mail.understanding import NO_OPTION, SEVERAL_OPTIONS
from utbildningsprocess.guide.promise_questions import place_in, told_field
from utbildningsprocess.guide.replies import Stated, Suggestion
from utbildningsprocess.model import Given, Kind, Row, Unknown
from utbildningsprocess.plan.promises import every_promise

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Answer, AnswerSheet, GroupField, Value
    from utbildningsprocess.plan.promises import Promise

_ABOUT_BOTH = (NO_OPTION, SEVERAL_OPTIONS)
"""The doubts about an answer whose words say what was noticed, whatever alternative they mean."""
_DAY_APART = re.compile(r"\s*(?:[,;(\n]|[.]\s|\s[–—-]\s|\b(?=(?:den|i|mätt\w*|mätdatum)\b))\s*")
_BEFORE_DAY = re.compile(
    r"^(?:(?:mätningen|mätt\w*|mätdatum|gjordes|datum|den|i|på|det|:)[\s:]+)+", re.IGNORECASE
)


def with_promises_told(came: Reply, sheet: AnswerSheet, written: date | None) -> Reply:
    """The reply with its answers where the dossier keeps what becomes of promises, and who had promised.

    What is said of a promise that the dossier no longer has is left to be shown.
    """
    promises = {promise.place: promise for promise in every_promise(sheet)}
    told: dict[int, dict[str, Stated]] = {}
    loose: list[str] = []
    for said in came.said:
        promise = promises.get(place_in(said.address))
        field = told_field(promise, said.address, sheet.battery) if promise else None
        if promise is None or field is None:
            loose.append(said.words)
            continue
        for name, stated in _by_field(promise, field, said, sheet, written):
            told.setdefault(promise.place, {}).setdefault(name, stated)
    answers = tuple(
        stated for place, fields in told.items() for stated in _placed(promises[place], fields, sheet)
    )
    return came._replace(said=answers, asked=(), unplaced=(*came.unplaced, *filter(None, loose)))


def _by_field(
    promise: Promise, field: GroupField, said: Stated, sheet: AnswerSheet, written: date | None
) -> Iterator[tuple[str, Stated]]:
    """What is said of a promise as what is said for each field: whether it was done, and what was noticed."""
    first, further = promise.sort.told
    group = sheet.battery.question(promise.sort.told_in)
    more = next((field for field in group.fields if field.id == further), None) if group else None
    if field.id != first or more is None:
        yield field.id, said
    elif field.kind is Kind.CHOICE:
        yield first, _with_every_option(field, said._replace(beside=""))
        words = said.words if said.doubt in _ABOUT_BOTH else said.beside
        if words:
            yield further, _as_field(more, said, words, written)
    else:
        outcome, day = _outcome_and_day(said.words, more, written) if said.answer else ("", "")
        yield first, _as_field(field, said, outcome, written) if day else said
        if day:
            yield further, _as_field(more, said, day, written)


def _with_every_option(field: GroupField, said: Stated) -> Stated:
    """What only a person can decide, with every alternative to choose among, those that are hinted first."""
    if said.answer is not None:
        return said
    hinted = [proposal for proposal in said.proposals if proposal.answer]
    known = [proposal.answer for proposal in hinted]
    others = [Suggestion(option.label, Given(option.id)) for option in field.offered]
    return said._replace(
        proposals=(*hinted, *(proposal for proposal in others if proposal.answer not in known))
    )


def _as_field(field: GroupField, said: Stated, words: str, written: date | None) -> Stated:
    """Some of what is said, read as the field reads it."""
    stated = said._replace(words=words, answer=None, doubt="", proposals=(), beside="")
    try:
        return stated._replace(answer=Given(handling(field.kind).read(field, words, written)))
    except Invalid as error:
        return stated._replace(doubt=str(error).rstrip("."))


def _outcome_and_day(words: str, day_field: GroupField, written: date | None) -> tuple[str, str]:
    """An outcome and its day, where the words end or begin with a day; else all of them and nothing."""
    for match in _DAY_APART.finditer(words):
        before, after = words[: match.start()].strip(" ,;.("), words[match.end() :].strip(" ,;.()")
        for outcome, day in ((before, after), (after, before)):
            bare = _BEFORE_DAY.sub("", day)
            if stated_values(outcome) and _is_day(bare, day_field, written):
                return outcome, bare
    return words, ""


def _is_day(words: str, field: GroupField, written: date | None) -> bool:
    try:
        return field.kind is Kind.DATE and bool(handling(field.kind).read(field, words, written))
    except Invalid:
        return False


# ------------------------------------------------------------ where it belongs


def _placed(promise: Promise, fields: Mapping[str, Stated], sheet: AnswerSheet) -> Iterator[Stated]:
    """What is said for each field as cells of the row that tells of the promise, or as a new row."""
    sort, there = promise.sort, promise.telling_row(sheet)
    if there is not None:
        yield from (
            said._replace(address=f"{sort.told_in}.{there.id}.{name}") for name, said in fields.items()
        )
        return
    clear = {name: said.answer for name, said in fields.items() if said.answer is not None}
    doubtful = next(((name, said) for name, said in fields.items() if said.answer is None), None)
    first = next(iter(fields.values()))
    whole = first._replace(
        address=f"{sort.told_in}.+{promise.place}",
        words="\n".join(dict.fromkeys(said.words for said in fields.values())),
    )
    if doubtful is None:
        yield whole._replace(answer=_new_row(promise, clear), doubt="", proposals=())
        return
    name, said = doubtful
    ways = tuple(
        Suggestion(way.words, _new_row(promise, {**clear, name: way.answer}))
        for way in said.proposals
        if way.answer
    )
    yield whole._replace(answer=None, doubt=said.doubt, proposals=ways)


def _new_row(promise: Promise, answers: Mapping[str, Answer]) -> Answer:
    """A row that says what became of a promise."""
    values: dict[str, Value] = {promise.sort.pointer: promise.row.id}
    values |= {name: answer.value for name, answer in answers.items() if isinstance(answer, Given)}
    unknown = {name: answer.who for name, answer in answers.items() if isinstance(answer, Unknown)}
    return Given((Row("", values, unknown=unknown),))
