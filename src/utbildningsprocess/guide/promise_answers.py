"""What a reply says of promises, put where the dossier keeps it: cells of rows, or a new row."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.answers.measures import stated_values
from utbildningsprocess.guide.mail.understanding import NO_OPTION, SEVERAL_OPTIONS
from utbildningsprocess.guide.promise_questions import labelled, place_in, told_field
from utbildningsprocess.guide.replies import Stated, Suggestion
from utbildningsprocess.model import Given, Kind, Row, Skipped, Unknown
from utbildningsprocess.plan.promises import every_promise
from utbildningsprocess.plan.thread import says_measured

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Answer, AnswerSheet, GroupField, Value
    from utbildningsprocess.plan.promises import Promise

_ABOUT_BOTH = (NO_OPTION, SEVERAL_OPTIONS)
"""The doubts about an answer whose words say what was noticed, whatever alternative they mean."""
_UNSURE = "det är oklart om det är svar på frågan"
_DAY_APART = re.compile(r"\s*(?:[,;(\n]|[.]\s|\s[–—-]\s|\b(?=(?:den|i|mätt\w*|mätdatum)\b))\s*")
_BEFORE_DAY = re.compile(r"^(?:(?:mätt\w*|mätdatum|gjordes|datum|den|i|på|det)[\s:]+)+", re.IGNORECASE)


def with_promises_told(came: Reply, sheet: AnswerSheet, written: date | None) -> Reply:
    """The reply with its answers where the dossier keeps what becomes of promises, and who had promised.

    What is said of a promise that the dossier no longer has is left to be shown, and why one is passed over.
    """
    promises = {promise.place: promise for promise in every_promise(sheet)}
    told: dict[int, dict[str, Stated]] = {}
    loose: list[str] = []
    for said in came.said:
        promise = promises.get(place_in(said.address))
        field = told_field(promise, said.address, sheet.battery) if promise else None
        if promise is None or field is None or isinstance(said.answer, Skipped):
            loose.append(said.answer.reason if isinstance(said.answer, Skipped) else said.words)
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
        noticed = _as_field(more, said, words, written)
        is_hinted = not said.doubt or any(way.answer for way in said.proposals)
        if words:
            yield further, noticed if is_hinted else _in_doubt(noticed)
    else:
        outcome, day = _outcome_and_day(said.words, more, written) if said.answer else ("", "")
        yield first, _as_outcome(_as_field(field, said, outcome, written) if day else said)
        if day:
            yield further, _as_field(more, said, day, written)


def _with_every_option(field: GroupField, said: Stated) -> Stated:
    """What only a person can decide, with every alternative to choose among, those that are hinted first."""
    if said.answer is not None:
        return said
    hinted = [proposal for proposal in said.proposals if proposal.answer]
    known = [proposal.answer for proposal in hinted]
    others = [Suggestion(labelled(option).label, Given(option.id)) for option in field.offered]
    return said._replace(
        proposals=(*hinted, *(proposal for proposal in others if proposal.answer not in known))
    )


def _in_doubt(said: Stated) -> Stated:
    """What is said, for a person to take or leave."""
    way = Suggestion(said.words, said.answer)
    return said._replace(answer=None, doubt=said.doubt or _UNSURE, proposals=(way,))


def _as_outcome(said: Stated) -> Stated:
    """An outcome: for a person to read where it neither holds a value nor says that nothing is measured."""
    value = said.answer.value if isinstance(said.answer, Given) else ""
    if not isinstance(value, str) or stated_values(value) or not says_measured(value):
        return said
    ways = (Suggestion(value, said.answer), Suggestion("Ej mätt", Given("ej mätt")))
    return said._replace(answer=None, doubt="svaret har inget värde", proposals=ways)


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
        for name, said in fields.items():
            if not (name == sort.told[0] and _is_chosen(promise, there, fields)):
                yield said._replace(address=f"{sort.told_in}.{there.id}.{name}")
        return
    doubtful = next(((name, said) for name, said in fields.items() if said.answer is None), None)
    only = {name: said.answer or _only_way(said) for name, said in fields.items()}
    clear = {name: answer for name, answer in only.items() if answer}
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


def _only_way(said: Stated) -> Answer | None:
    """What a doubtful answer is where there is one thing that it can be."""
    return said.proposals[0].answer if len(said.proposals) == 1 else None


def _is_chosen(promise: Promise, row: Row, fields: Mapping[str, Stated]) -> bool:
    """Whether a person has said before what a doubtful answer means: its words stand there beside it."""
    first, further = (fields.get(name) for name in promise.sort.told)
    if first is None or first.answer is not None or further is None or further.answer is None:
        return False
    name, more = promise.sort.told
    return name in row.values and further.answer == Given(row.values.get(more, ""))


def _new_row(promise: Promise, answers: Mapping[str, Answer]) -> Answer:
    """A row that says what became of a promise."""
    values: dict[str, Value] = {promise.sort.pointer: promise.row.id}
    values |= {name: answer.value for name, answer in answers.items() if isinstance(answer, Given)}
    unknown = {name: answer.who for name, answer in answers.items() if isinstance(answer, Unknown)}
    return Given((Row("", values, unknown=unknown),))
