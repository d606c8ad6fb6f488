"""The Markdown between a question's markers -> its answer, and everything there that is not part of it.

What is read, plus what is named as a fault or loose, is all that stands between the markers.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.by_name import find_option
from utbildningsprocess.answers.faults import Invalid, wrong
from utbildningsprocess.answers.rows import number_of, rows_in
from utbildningsprocess.answers.unknown import NOT_YET
from utbildningsprocess.dossier.group_codec import decode_group
from utbildningsprocess.dossier.pieces import (
    LABELLED,
    Decoded,
    Piece,
    accept_written,
    item_text,
    lazy_lines,
    left_out,
    unseen,
)
from utbildningsprocess.dossier.protection import STATE, unprotect
from utbildningsprocess.dossier.traces import new_names_in, traces_in, without_traces
from utbildningsprocess.errors import LineFault, LineNotice
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Given, Kind, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.swedish import clean_line, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.markdown import Outline
    from utbildningsprocess.model import Question

_BOX = re.compile(r"^\[([^\]]{0,3})\](?:\s+|$)")
_TICKS = ("x", "X")
_MARKS = re.compile(r" {0,3}|[vV✓✔☑√*]| ?[xX] ?")
"""What stands in a box that was meant to be ticked or not."""
_STRUCK = re.compile(r"~~.+~~\W*", re.DOTALL)
SKIPPED, UNKNOWN = "Hoppas över", NOT_YET
_WRAPPED = 60
"""Characters: a line at least as long may have been broken by a program, not by a person."""
_HARD_BREAK = re.compile(r"(?:[ \t]{2,}|\\)\n")
"""A line broken on purpose: two blanks or a backslash at its end, which are no part of the text."""
_NEW_BLOCK = re.compile(r"\s*(?:[-*+>#|<`~\[]|__|\d+[.)]\s)")
_NOT_A_PLACE = (
    "”{}” först på raden läses som punktens nummer. Hör det till svaret: skriv ett bindestreck före."
)
_NOT_COUNTED = "Texten räknas inte som svar. Skriv den som en egen punkt, eller flytta ut den."


def decode(question: Question, body: str, seen: Outline | None = None) -> Decoded:
    """The answer that stands between the markers of a question; `seen` is the body's outline where known."""
    traces, names = (traces_in(body), new_names_in(body)) if question.kind is Kind.GROUP else ({}, ())
    if traces or names:
        decoded = _decode(question, without_traces(body), None, traces)
        return _beside_traces(traces, decoded)._replace(new_names=names)
    return _decode(question, body, seen)


def _beside_traces(traces: Mapping[str, int], decoded: Decoded) -> Decoded:
    """What a group says, with the ids that removed rows have had; no row may have one of them."""
    ids = {row.id for row in rows_in(given_value(decoded.answer))}
    back = tuple(
        LineFault(
            line,
            f"{row_id} står som borttagen, men raden finns. Ge raden ett nytt id, eller ta bort "
            f"<!-- borttagen: {row_id} --> om det är samma rad.",
        )
        for row_id, line in traces.items()
        if row_id in ids
    )
    faults = tuple(sorted([*decoded.faults, *back]))
    return decoded._replace(faults=faults, grave=(*decoded.grave, *back), traces=tuple(traces))


def _decode(question: Question, body: str, seen: Outline | None, traces: Iterable[str] = ()) -> Decoded:
    if is_blank(unprotect(body)):
        return Decoded(None)
    try:
        if STATE.match(body):
            return _decode_state(question, body)
        return _decode_given(question, body, seen, max(map(number_of, traces), default=0))
    except Invalid as error:
        return Decoded(Unfit(body, str(error)), (LineFault(0, str(error)),))


def _decode_state(question: Question, body: str) -> Decoded:
    """A question passed over or not known yet; an answer beside it makes both uncertain."""
    lines = body.split("\n")
    end = 1
    while end < len(lines) and _goes_on(question, lines[end - 1], lines[end]):
        end += 1
    state = STATE.match("\n".join(lines[:end]))
    words = clean_line(state[2]) if state else ""
    answer = Skipped(words) if lines[0].strip("*_ \t").casefold().startswith("hoppas") else Unknown(words)
    below = next((number for number in range(end, len(lines)) if lines[number].strip()), None)
    if below is None:
        return Decoded(answer)
    name = SKIPPED if isinstance(answer, Skipped) else UNKNOWN
    fault = LineFault(below, f"Under ”{name}” står mer text. Behåll det ena: svaret, eller ”{name}”.")
    if question.kind in (Kind.MULTIPLE, Kind.LIST, Kind.REFERENCES, Kind.STATEMENTS):
        return Decoded(answer, (fault,), loose=((below, len(lines)),))
    return Decoded(Unfit(body, fault.sentence), (fault,))


def _goes_on(question: Question, above: str, line: str) -> bool:
    """Whether a line goes on with the reason above it, and is no answer of its own."""
    if not line.strip() or _NEW_BLOCK.match(line) or STATE.match(line):
        return False
    return not _is_answer(question, line) and (len(above) >= _WRAPPED or line.lstrip()[:1].islower())


def _is_answer(question: Question, line: str) -> bool:
    """Whether a line under a state says what the question asks for; of running text nothing can be told."""
    if question.kind.is_text or question.kind in (Kind.GROUP, Kind.STATEMENTS, Kind.LIST, Kind.REFERENCES):
        return False
    try:
        accept(question, clean_line(line), None)
    except Invalid:
        return False
    return True


def _decode_given(question: Question, body: str, seen: Outline | None, spent: int) -> Decoded:
    match question.kind:
        case Kind.GROUP:
            return decode_group(question, body, seen or outline(body), spent)
        case Kind.TEXT | Kind.LONG_TEXT | Kind.MEASURE:
            return Decoded(Given(unprotect(body)))
        case Kind.MULTIPLE | Kind.LIST | Kind.REFERENCES:
            return _decode_list(question, body, seen or outline(body))
        case Kind.STATEMENTS:
            return _decode_statements(question, body, seen or outline(body))
        case Kind.CHOICE | Kind.YES_NO | Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.REFERENCE:
            text = unprotect(body)
            value = accept_written(question, text)
            loose = left_out(question, text, value)
            return Decoded(Given(value), (LineNotice(0, loose),) if loose else ())
        case _:
            assert_never(question.kind)


def _beside(lines: Sequence[str], seen: Outline) -> list[tuple[int, int]]:
    """The lines of what is no list."""
    blocks = [(block.first, block.end) for block in seen.blocks if not block.kind.endswith("_list")]
    return sorted([*blocks, *unseen(lines, seen)])


# -------------------------------------------------------------------- lists


class ItemRead(NamedTuple):
    """What an item of a list says: its words, None when it says nothing, and what is strange with it."""

    words: str | None
    why: str = ""


def read_item(question: Question, text: str, *, boxes: bool = False) -> ItemRead:
    """The words of an item; `boxes` says that it stands in a list of boxes to tick."""
    bare = unprotect(text)
    if bare != text:
        return ItemRead(bare)
    if "\n" in text and [block.kind for block in outline(text).blocks] != ["paragraph"]:
        return ItemRead(None, f"Punkten har fler delar. {_NOT_COUNTED}")
    box = _BOX.match(text)
    if box and _MARKS.fullmatch(box[1]):
        return _read_box(question, text[box.end() :], box[1])
    if boxes:
        return ItemRead(
            None, "Punkten har ingen ruta, fast andra i listan har det. Den räknas inte som svar."
        )
    if _STRUCK.fullmatch(text) or (question.kind is Kind.MULTIPLE and "~~" in text):
        return ItemRead(None, "Överstruken text räknas inte som svar. Ta bort den, eller ta bort strecken.")
    return ItemRead(_HARD_BREAK.sub("\n", text))


def _read_box(question: Question, words: str, mark: str) -> ItemRead:
    if mark in _TICKS and "~~" not in words:
        return ItemRead(words)
    if not mark.strip() and find_option(question.options, clean_line(words)):
        return ItemRead(None)
    return ItemRead(None, "Rutan är inte ikryssad med [x]. Punkten räknas inte som svar.")


def _decode_list(question: Question, body: str, seen: Outline) -> Decoded:
    if not seen.items:
        return Decoded(Given(accept(question, _listed_in_words(body, seen), None)))
    lines = body.split("\n")
    texts = [item_text(lines[item.first : item.end]).strip("\n") for item in seen.items]
    boxes = any((box := _BOX.match(text)) and _MARKS.fullmatch(box[1]) for text in texts)
    loose = _beside(lines, seen)
    faults = [LineFault(first, _NOT_COUNTED) for first, _ in loose]
    said: list[Piece] = []
    for place, (item, text) in enumerate(zip(seen.items, texts, strict=True)):
        words, why = read_item(question, text, boxes=boxes)
        if words and (number := _out_of_order(lines[item.first], place)):
            words = f"{number} {words}" if question.of_numbers else words
            faults.append(LineFault(item.first, _NOT_A_PLACE.format(number)))
        key = _item_key(question, words or "")
        if words is not None and question.kind is not Kind.LIST and key in [piece.key for piece in said]:
            words, why = None, "Punkten finns två gånger. Ta bort den ena."
        if words is not None:
            said.append(Piece(key, words, item.first, item.end))
            faults += lazy_lines(lines[item.first : item.end], item.first)
        elif why:
            loose.append((item.first, item.end))
            faults.append(LineFault(item.first, why))
    answer = Given(accept(question, [piece.value for piece in said], None)) if said else None
    pieces: tuple[Piece, ...] = ()
    if answer and isinstance(answer.value, tuple) and len(answer.value) == len(said):
        told = zip(said, answer.value, strict=True)
        pieces = tuple(piece._replace(key=value, value=value) for piece, value in told)
    return Decoded(answer, tuple(sorted(faults)), pieces=pieces, loose=tuple(sorted(loose)))


def _out_of_order(line: str, place: int) -> str:
    """The number that an item begins with, when it is not the item's place in the list: 2026. in any list."""
    number = re.match(r"\s*((\d{1,9})[.)])\s", line)
    return number[1] if number and int(number[2]) not in (0, 1, place, place + 1) else ""


def _item_key(question: Question, words: str) -> str:
    option = find_option(question.options, clean_line(words))
    return option.id if option else clean_line(words)


def _listed_in_words(body: str, seen: Outline) -> str:
    """A list written as running text. Raises Invalid for what is something else."""
    text = unprotect(body)
    if text == body and (_STRUCK.search(body) or any(block.kind != "paragraph" for block in seen.blocks)):
        raise wrong("Svaret är ingen lista. Skriv en punkt på varje rad.")
    return text


# --------------------------------------------------------------- statements


def _decode_statements(question: Question, body: str, seen: Outline) -> Decoded:
    lines = body.split("\n")
    loose = _beside(lines, seen)
    faults = [LineFault(first, _NOT_COUNTED) for first, _ in loose]
    pieces: dict[str, Piece] = {}
    doubled: set[str] = set()
    for item in seen.items:
        text = item_text(lines[item.first : item.end]).strip("\n")
        statement, option, why = _read_statement(question, text)
        piece = Piece(statement, option, item.first, item.end)
        earlier = piece if why else pieces.setdefault(statement, piece)
        if earlier is not piece:
            why = "Påståendet finns två gånger. Behåll ett av svaren."
            doubled |= {statement} if earlier.value != option else set()
        if why:
            loose.append((item.first, item.end))
            faults.append(LineFault(item.first, why))
    for statement in doubled:
        piece = pieces.pop(statement)
        loose.append((piece.first, piece.end))
        faults.append(LineFault(piece.first, "Påståendet har två olika svar. Behåll ett av dem."))
    if not pieces and not doubled:
        raise wrong(min(faults).sentence if seen.items else "Här behövs ett svar per påstående.")
    options = {
        statement.id: pieces[statement.id].value
        for statement in question.statements
        if statement.id in pieces
    }
    answer = Given(accept(question, options, None)) if options else None
    return Decoded(answer, tuple(sorted(faults)), pieces=tuple(pieces.values()), loose=tuple(sorted(loose)))


def _read_statement(question: Question, text: str) -> tuple[str, str, str]:
    """The ids of the statement and of the option before it, or what is wrong with them."""
    labelled = LABELLED.match(text)
    option, words = (labelled[1], clean_line(labelled[2])) if labelled else ("", clean_line(text))
    try:
        value = accept(question, {words: option}, None)
    except Invalid as error:
        return "", "", str(error)
    return *next(iter(value.items() if isinstance(value, dict) else ())), ""
