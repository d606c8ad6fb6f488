"""From what stands in the boxes of a Word file to answers in the shape that a form has them in."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.by_name import find_option
from utbildningsprocess.answers.composite import unknown_said
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.guide.form.states import NO_ID, YES_ID
from utbildningsprocess.guide.mail.sent import by_mail
from utbildningsprocess.guide.mail.understanding import meant_by
from utbildningsprocess.guide.word.names import Unit, box_name, short_checksum
from utbildningsprocess.guide.word.slots import NEW, Filling
from utbildningsprocess.model import Given, Kind, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.guide.form.states import State
    from utbildningsprocess.guide.form.understanding import ReadAgainst
    from utbildningsprocess.guide.mail.understanding import Meaning
    from utbildningsprocess.guide.word.collecting import InBox
    from utbildningsprocess.guide.word.slots import Slot
    from utbildningsprocess.model import Item, Question


class Sent(NamedTuple):
    """What was sent: the questions by number, room for their answers, and what it said from the start."""

    numbered: Mapping[int, Question]
    slots: Mapping[str, Slot]
    """By the name of the box for words."""
    begun: Mapping[str, str]
    """Checksums, by the same name."""

    def is_changed(self, unit: Unit, written: Filling) -> bool:
        """Whether somebody has answers_in_boxes, and not left what stood there."""
        return bool(written.said) and short_checksum(written.said) != self.begun.get(unit.name)


@dataclass
class BoxAnswers:
    """What is answers_in_boxes, by address."""

    states: list[dict[str, State]] = field(default_factory=list)
    """As a form has it; more than one where a box stands several times in the file."""
    meanings: dict[str, Meaning] = field(default_factory=dict)
    """Of words beside alternatives that only a person can read."""
    beside: list[str] = field(default_factory=list)
    """Words that have no question any longer."""


def answers_in_boxes(boxes: Sequence[InBox], sent: Sent, reading: ReadAgainst) -> BoxAnswers:
    """What is answers_in_boxes in some boxes."""
    out = BoxAnswers()
    copies = _copies(boxes)
    for number in range(1 + max((copy for _, copy in copies), default=0)):
        written = {unit: words for (unit, copy), words in copies.items() if copy == number}
        states = dict(_states(written, sent, reading, out))
        if number == 0:
            states |= _rows(copies, sent, reading)
        out.states.append(states)
    for (unit, _), words in copies.items():
        if unit.number not in sent.numbered and words.words:
            out.beside.append(words.words)
    return out


def _copies(boxes: Iterable[InBox]) -> dict[tuple[Unit, int], Filling]:
    """What stands in the boxes of each answer, and of each copy of it.

    A copy of a row begins where a field of it stands a second time, and holds what follows.
    """
    times: Counter[str] = Counter()
    row_copies: Counter[Unit] = Counter()
    copies: dict[tuple[Unit, int], Filling] = {}
    for box in boxes:
        name = box_name(box.name)
        if name is None:
            continue
        unit = name.unit
        if unit.field:
            row = unit._replace(field="")
            row_copies[row] = max(row_copies[row], times[box.name])
            key = unit, row_copies[row]
        else:
            key = unit, times[box.name]
        times[box.name] += 1
        before = copies.get(key, Filling())
        if name.option:
            ticked = before.ticked | {name.option} if box.is_ticked else before.ticked
            copies[key] = before._replace(ticked=ticked)
        elif name.is_list:
            copies[key] = before._replace(listed=box.words)
        else:
            copies[key] = before._replace(words=box.words)
    return copies


def _states(
    written: Mapping[Unit, Filling], sent: Sent, reading: ReadAgainst, out: BoxAnswers
) -> Iterator[tuple[str, State]]:
    """What is answers_in_boxes of whole questions and of statements."""
    statements: dict[str, dict[str, object]] = {}
    for unit, words in written.items():
        question = sent.numbered.get(unit.number)
        slot = sent.slots.get(unit.name)
        if question is None or unit.field or not sent.is_changed(unit, words):
            continue
        if unit.place:
            statements.setdefault(question.qid, {})[unit.place] = _statement(question, words)
        elif question.kind not in (Kind.STATEMENTS, Kind.GROUP):
            yield question.qid, _state(question, words, slot, reading, out)
    for qid, table in statements.items():
        yield qid, {"statements": table}


def _statement(question: Question, written: Filling) -> str:
    """The option that is chosen for a statement; where it is not clear which, all that is said."""
    named = find_option(question.options, written.words)
    chosen = {*written.ticked, *([named.id] if named else [])}
    if len(chosen) == 1 and (named or not written.words):
        return chosen.pop()
    return ", ".join([*map(question.label, sorted(written.ticked)), *filter(None, [written.words])])


def _rows(
    copies: Mapping[tuple[Unit, int], Filling], sent: Sent, reading: ReadAgainst
) -> Iterator[tuple[str, State]]:
    """The rows of groups: those of the dossier with what is changed, new ones whole."""
    rows: dict[str, dict[tuple[str, int], dict[str, Filling]]] = {}
    for (unit, copy), written in copies.items():
        question = sent.numbered.get(unit.number)
        if question and unit.field and question.kind is Kind.GROUP:
            rows.setdefault(question.qid, {}).setdefault((unit.place, copy), {})[unit.field] = written
    numbers = {question.qid: number for number, question in sent.numbered.items()}
    for qid, by_place in rows.items():
        question = sent.numbered[numbers[qid]]
        told = []
        for (place, copy), cells in by_place.items():
            unit = Unit(numbers[qid], place)
            changed = {
                key for key, words in cells.items() if sent.is_changed(unit._replace(field=key), words)
            }
            is_new = copy > 0 or place.startswith(NEW)
            if changed:
                wanted = {key: words for key, words in cells.items() if is_new or key in changed}
                said = dict(_cells(question, unit, wanted, sent, reading))
                told.append({"id": "" if is_new else place, "key": f"{place}.{copy}", "cells": said})
        if told:
            yield qid, {"rows": told}


def _cells(
    question: Question, unit: Unit, cells: Mapping[str, Filling], sent: Sent, reading: ReadAgainst
) -> Iterator[tuple[str, State]]:
    fields = {field.id: field for field in question.fields}
    for key, written in cells.items():
        if key in fields and written.said:
            slot = sent.slots.get(unit._replace(field=key).name)
            yield key, _state(fields[key], written, slot, reading, BoxAnswers())


# ---------------------------------------------------------------- one answer


def _state(item: Item, written: Filling, slot: Slot | None, reading: ReadAgainst, out: BoxAnswers) -> State:
    """One answer, as a form has it."""
    words = written.words
    if not written.ticked and not written.listed:
        who = unknown_said(item, words)
        if who is not None:
            return {"unknown": who}
    if item.kind.is_text or item.kind in (Kind.NUMBER, Kind.DATE, Kind.TIME_SPAN, Kind.LIST, Kind.MEASURE):
        return {"text": words}
    chosen = [option for option in (slot.ticks if slot else {}) if option in written.ticked]
    chosen += [option for option in sorted(written.ticked) if option not in chosen]
    if written.listed:
        by_label = {label: key for key, label in (slot.listed if slot else {}).items()}
        key = by_label.get(written.listed.strip())
        chosen += [key] if key else _named(item, written.listed, reading)
        words = "; ".join(filter(None, [words, "" if chosen else written.listed]))
    if words and not chosen:
        return _from_words(item, words, slot, reading, out)
    if words and set(_named(item, words, reading)) == set(chosen):
        words = ""
    return {"chosen": chosen, "own": words}


def _from_words(item: Item, words: str, slot: Slot | None, reading: ReadAgainst, out: BoxAnswers) -> State:
    """What is written instead of choosing: a letter, the words of an alternative, or one's own."""
    named = _named(item, words, reading)
    if named:
        return {"chosen": named, "own": ""}
    if slot and slot.ticks:
        meaning = meant_by(by_mail([(slot.question, None)])[0], words, reading.day)
        if isinstance(meaning.answer, Unknown):
            return {"unknown": meaning.answer.who}
        if isinstance(meaning.answer, Given):
            return {"chosen": _keys(meaning.answer.value), "own": meaning.beside}
        if not item.own_words:
            out.meanings[slot.question.qid] = meaning
    return {"chosen": [], "own": words}


def _named(item: Item, words: str, reading: ReadAgainst) -> list[str]:
    """The ids of what is named in words as the program reads them; none where it is nothing to choose."""
    for said in (
        (words, words.split(" ", maxsplit=1)[0].rstrip(":.,")) if item.kind.is_reference else (words,)
    ):
        try:
            keys = _keys(accept(item, said, reading.day))
        except Invalid:
            continue
        if (
            item.kind is Kind.YES_NO
            or item.kind.is_reference
            or all(any(option.id == key for option in item.options) for key in keys)
        ):
            return keys
    return []


def _keys(value: object) -> list[str]:
    if isinstance(value, bool):
        return [YES_ID if value else NO_ID]
    return [str(key) for key in value] if isinstance(value, tuple) else [str(value)]
