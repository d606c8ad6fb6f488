"""The answers of a form as text in a mail: the words below each question, in the form's own shape."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.by_name import find_option, find_statement
from utbildningsprocess.answers.unknown import NOT_YET
from utbildningsprocess.guide.form.definition import choices_in_form
from utbildningsprocess.guide.form.reply import form_reply
from utbildningsprocess.guide.form.saved import SavedForm, role_in_form, when_saved
from utbildningsprocess.guide.form.states import OTHER_OPTION, state_of_rows
from utbildningsprocess.guide.mail.key import ANSWER_ID
from utbildningsprocess.guide.mail.placing import placed
from utbildningsprocess.guide.mail.subtracting import Remains, subtracted
from utbildningsprocess.model import AnswerSheet, Kind
from utbildningsprocess.swedish import fold, uniform

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.guide.form.states import State
    from utbildningsprocess.guide.mail.key import Key
    from utbildningsprocess.guide.mail.letter import Received
    from utbildningsprocess.guide.mail.sent import SentMail
    from utbildningsprocess.guide.mail.subtracting import LeftLine
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Item, Question, Stage

_PASSED = re.compile(r"(?P<way>Vet inte än|Hoppar över)(?:: ?(?P<words>.*))?", re.IGNORECASE | re.DOTALL)
_ROW = re.compile(r"(?:Rad (?P<id>\S.{0,60})|Ny rad)", re.IGNORECASE)
_POINT = re.compile(r"^\s*[-*•] +")
_INDENT = "  "


class CopiedForm(NamedTuple):
    """A letter with answers from a form in it, the key in it, and what was asked."""

    letter: Received
    sent: SentMail
    key: Key


def copied_reply(name: str, copied: CopiedForm, stage: Stage, sheet: AnswerSheet) -> Reply:
    """What the text of a form says in a letter; what stands around it is sorted as in any mail."""
    letter, sent, key = copied
    remains = subtracted(letter.text, sent)
    below, around = _divided(remains)
    questions = {asked.number: asked.question for asked in sent.questions}
    known = {question.qid: question for question in stage.questions}
    answers = {
        questions[number].qid: state
        for number, lines in below.items()
        if (state := _state(known[questions[number].qid], lines, sheet))
    }
    marked = ANSWER_ID.search(letter.text)
    day, saved = when_saved(marked["saved"] if marked else "")
    form = SavedForm(
        key,
        {asked.question.qid: {"text": asked.text} for asked in sent.questions},
        answer_id=marked["id"].casefold() if marked else letter.sent_id,
        role=key.role or role_in_form(((marked and marked["role"]) or "").casefold()),
        day=day or letter.day,
        saved=saved,
        answers=answers,
    )
    came = form_reply(name, form, stage, sheet, letter.written)
    beside = placed(Remains(around, remains.cuts, remains.depths), sent)
    loose = [written.text for words in beside.words.values() for written in words]
    return came._replace(
        is_role_sure=came.is_role_sure and not (letter.is_passed_on or beside.is_passed_on),
        unplaced=(*came.unplaced, *beside.unplaced, *loose),
        beside=(*came.beside, *beside.beside),
    )


def _divided(remains: Remains) -> tuple[dict[int, list[str]], list[LeftLine]]:
    """The lines below each question, of the copy that is quoted least; and all other lines."""
    copies = sorted(remains.depths, key=lambda copy: (remains.depths[copy], copy))
    below: dict[int, list[str]] = {}
    whose: dict[int, int] = {}
    for copy in copies:
        for line in remains.lines:
            if line.copy == copy and line.text and line.number:
                whose.setdefault(line.number, copy)
    around: list[LeftLine] = []
    for line in remains.lines:
        if line.number and whose.get(line.number, line.copy) == line.copy:
            is_quoted = remains.depths[line.copy] > 0
            below.setdefault(line.number, []).append(line.unquoted if is_quoted else line.raw)
        else:
            around.append(line)
    return below, around


# ------------------------------------------------------------------ as states


def _state(question: Question, lines: Sequence[str], sheet: AnswerSheet) -> State | None:
    """What the lines below a question say, in the shape that a form has it; None for nothing."""
    if not any(line.strip() for line in lines):
        return None
    match question.kind:
        case Kind.STATEMENTS:
            return _passed("\n".join(lines)) or {"statements": dict(_statements(question, lines))}
        case Kind.GROUP:
            return _passed("\n".join(lines)) or {"rows": list(_rows(question, lines, sheet))}
        case _:
            return _simple(question, "\n".join(line.rstrip() for line in lines).strip("\n"), sheet)


def _passed(text: str) -> State | None:
    match = _PASSED.fullmatch(text.strip())
    if match is None or "\n" in (match["words"] or ""):
        return None
    way = "unknown" if fold(match["way"]) == fold(NOT_YET) else "skipped"
    return {way: (match["words"] or "").strip()}


def _simple(item: Item, text: str, sheet: AnswerSheet) -> State:
    is_choice = item.kind in (Kind.CHOICE, Kind.MULTIPLE, Kind.YES_NO) or item.kind.is_reference
    passed = _passed(text)
    if passed and not (is_choice and find_option(item.options, text)):
        return passed
    return _chosen(item, _pieces(item, text, sheet), sheet) if is_choice else {"text": text}


def _pieces(item: Item, text: str, sheet: AnswerSheet) -> Iterator[str]:
    """What is chosen, one a line or with semicolons between; a label may have a semicolon of its own."""
    labels = sorted(choices_in_form(item, sheet).values(), key=len, reverse=True)
    for line in filter(None, (_POINT.sub("", line).strip() for line in text.split("\n"))):
        left = line
        while left:
            label = next((label for label in labels if f"{left}; ".startswith(f"{label}; ")), "")
            piece = label or left.partition("; ")[0]
            yield piece
            left = left[len(piece) :].removeprefix("; ")


def _chosen(item: Item, lines: Iterable[str], sheet: AnswerSheet) -> State:
    """Alternatives by their labels, one a line, and what is none of them as words of one's own."""
    labels = {uniform(label): key for key, label in choices_in_form(item, sheet).items()}
    chosen: list[str] = []
    own: list[str] = []
    for line in lines:
        key = labels.get(uniform(line)) or _by_key(item, line, sheet)
        head, mark, words = line.partition(":")
        if key is None and mark and labels.get(uniform(head)) == OTHER_OPTION:
            key, own = OTHER_OPTION, [*own, words.strip()]
        chosen += [key] if key else []
        own += [line] if key is None else []
    if own and item.own_words and OTHER_OPTION not in chosen:
        chosen.append(OTHER_OPTION)
    return {"chosen": chosen, "own": "; ".join(filter(None, own))}


def _by_key(item: Item, line: str, sheet: AnswerSheet) -> str | None:
    """A row by its id alone, whatever it was called when the form was made; an option by a former label."""
    if item.kind.is_reference:
        first = line.split(" ", maxsplit=1)[0]
        return first if first in choices_in_form(item, sheet) else None
    option = find_option(item.options, line)
    return option.id if option else None


def _statements(question: Question, lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """The statements that are answered, each in a line with its answer after it."""
    for line in filter(None, (_POINT.sub("", line).strip() for line in lines)):
        name, _, words = line.rpartition(":")
        statement, option = (
            find_statement(question, name.strip()),
            find_option(question.options, words.strip()),
        )
        if statement and option:
            yield statement.id, option.id
        else:
            yield line, line


def _rows(question: Question, lines: Iterable[str], sheet: AnswerSheet) -> Iterator[State]:
    """Rows, each below a line with its id, or one that says that it is new."""
    rows = (state_of_rows(question, sheet) or {}).get("rows")
    proposed = [row["cells"] for row in rows if not row["id"]] if isinstance(rows, list) else []
    heads: list[tuple[str, list[str]]] = [("", [])]
    for line in lines:
        head = _ROW.fullmatch(line.strip()) if not line.startswith(_INDENT) else None
        if head:
            heads.append((head["id"] or "", []))
        else:
            heads[-1][1].append(line)
    for number, (row_id, below) in enumerate(heads):
        cells = dict(_cells(question, below, sheet))
        if cells and (row_id or cells not in proposed):
            yield {"id": row_id, "key": f"n{number}", "cells": cells}


def _cells(question: Question, lines: Iterable[str], sheet: AnswerSheet) -> Iterator[tuple[str, State]]:
    """The fields of a row, each in a line that begins with its words, and those that go on below it."""
    names = sorted(question.fields, key=lambda field: -len(field.text))
    texts: dict[str, list[str]] = {}
    current = ""
    for line in lines:
        named = next((field for field in names if line.startswith(f"{field.text}:")), None)
        if named:
            current = named.id
            texts[current] = [line[len(named.text) + 1 :].strip()]
        elif current or line.strip():
            texts.setdefault(current, []).append(line.removeprefix(_INDENT))
    for field in question.fields:
        text = "\n".join(texts.get(field.id, [])).strip()
        if text:
            yield field.id, _simple(field, text, sheet)
    if beside := "\n".join(texts.get("", [])).strip():
        yield "", {"text": beside}
