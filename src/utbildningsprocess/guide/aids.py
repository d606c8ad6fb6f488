"""A filled-in page without its aids: boxes, numbers before statements and empty fields become plain answers.

Every line keeps its number. What was not touched leaves nothing; what was filled in becomes what a dossier
holds; what is neither is a fault with its line, never dropped in silence.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.answers.by_name import find_field, find_option
from utbildningsprocess.answers.kinds import numbered_options
from utbildningsprocess.answers.readers import NO, YES
from utbildningsprocess.answers.unknown import known_by, not_yet
from utbildningsprocess.dossier.guide_mark import heading_checked
from utbildningsprocess.dossier.pieces import LABELLED, item_text
from utbildningsprocess.dossier.protection import STATE
from utbildningsprocess.errors import LineFault
from utbildningsprocess.guide.page import UNMARKED
from utbildningsprocess.markdown import outline
from utbildningsprocess.model import Kind
from utbildningsprocess.swedish import clean_line, fold, same, uniform

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from utbildningsprocess.markdown import TopBlock
    from utbildningsprocess.model import Option, Question, Statement

_BOX = re.compile(r"^\\?\[[ \t]*([xXvV✓✔☑√]?)[ \t]*\\?\][ \t]*")
_BARE_STATE = re.compile(r"(vet inte(?: än)?|hoppas över)[ \t]*(?:\.|:[ \t]*(.*))?", re.IGNORECASE)
_AROUND_MARK = f" \t*_:.[](){{}}\\=-–{UNMARKED}"
_LOOSE = "Texten hör inte till någon punkt i svaret. Flytta in den i en punkt, eller ta bort den."


class Bared(NamedTuple):
    """The lines of an answer without aids, and what is wrong in them, by line from 0."""

    lines: list[str]
    faults: tuple[LineFault, ...] = ()


class _Item(NamedTuple):
    """One item of a list: its lines [first, end), and its text without bullet, as one line."""

    first: int
    end: int
    text: str

    @property
    def is_open(self) -> bool:
        """Whether nothing is said: no text, or a box without a tick."""
        box = _BOX.match(self.text)
        return not self.words or bool(box and not box[1])

    @property
    def words(self) -> str:
        return _BOX.sub("", self.text)


def without_aids(question: Question, lines: Sequence[str]) -> Bared:
    """A filled-in answer as a dossier has it: without what the guide printed to help, as empty boxes."""
    match question.kind:
        case Kind.CHOICE | Kind.YES_NO:
            bared = _one_box(question, lines)
        case Kind.MULTIPLE:
            bared = _boxes(question, lines)
        case Kind.STATEMENTS:
            bared = _marks(question, lines)
        case Kind.LIST | Kind.REFERENCES:
            bared = _points(lines)
        case Kind.GROUP:
            bared = Bared(_filled_rows(question, lines))
        case Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.REFERENCE:
            bared = Bared(list(lines))
        case Kind.TEXT | Kind.LONG_TEXT | Kind.MEASURE:
            bared = Bared(list(lines))
        case _:
            assert_never(question.kind)
    return bared._replace(lines=_with_state(question, bared.lines))


def _items(lines: Sequence[str]) -> list[_Item]:
    items = outline("\n".join(lines)).items
    return [
        _Item(item.first, item.end, clean_line(item_text(lines[item.first : item.end]))) for item in items
    ]


def _without(lines: Sequence[str], blocks: Iterable[_Item | TopBlock]) -> list[str]:
    gone = {number for block in blocks for number in range(block.first, block.end)}
    return ["" if number in gone else line for number, line in enumerate(lines)]


def _loose(lines: Sequence[str], items: Iterable[_Item]) -> tuple[LineFault, ...]:
    """The first text beside the items."""
    beside = [number for number, line in enumerate(_without(lines, items)) if line.strip()]
    return (LineFault(beside[0], _LOOSE),) if beside else ()


# --------------------------------------------------------------------- boxes


def _one_box(question: Question, lines: Sequence[str]) -> Bared:
    items = _items(lines)
    chosen = [item for item in items if not item.is_open]
    result = _without(lines, items)
    faults = _unknown_boxes(question, items)
    if len(chosen) > 1:
        why = "Flera alternativ är valda, men frågan tar bara ett. Låt ett kryss stå kvar."
        faults += (LineFault(chosen[1].first, why),)
    if chosen:
        faults += _loose(lines, items)
        result[chosen[0].first] = chosen[0].words
    return Bared(result, faults)


def _boxes(question: Question, lines: Sequence[str]) -> Bared:
    items = _items(lines)
    chosen = [item for item in items if not item.is_open]
    result = _without(lines, [item for item in items if item.is_open])
    for item in chosen:
        if _BOX.match(item.text):
            result[item.first : item.end] = [f"- {item.words}", *[""] * (item.end - item.first - 1)]
    return Bared(result, _unknown_boxes(question, items) + (_loose(lines, items) if chosen else ()))


def _unknown_boxes(question: Question, items: Iterable[_Item]) -> tuple[LineFault, ...]:
    """Boxes without a tick whose words are a person's own."""
    own = [item for item in items if item.is_open and item.words and not _is_offered(question, item.words)]
    why = "”{}” är inget av alternativen. Sätt x i rutan om det är ett svar, eller ta bort raden."
    return tuple(LineFault(item.first, why.format(item.words)) for item in own)


def _is_offered(question: Question, words: str) -> bool:
    if question.kind is Kind.YES_NO:
        return fold(words) in (*YES, *NO)
    return find_option(question.options, words) is not None


# ---------------------------------------------------------------- statements


def _marks(question: Question, lines: Sequence[str]) -> Bared:
    items = _items(lines)
    result = _without(lines, items)
    faults: list[LineFault] = []
    seen: set[str] = set()
    for item in items:
        statement, mark = _divided(question, item.text)
        if not mark:
            continue
        option = _meant(question, mark)
        if statement is None:
            faults.append(LineFault(item.first, f"”{item.text}” är inget av påståendena."))
        elif option is None:
            why = f"”{mark}” är inget svar på ett påstående. Skriv {numbered_options(question)}."
            faults.append(LineFault(item.first, why))
        elif statement.id in seen:
            faults.append(LineFault(item.first, "Påståendet är besvarat två gånger. Behåll ett av svaren."))
        else:
            seen.add(statement.id)
            result[item.first] = f"- **{option.label}:** {statement.text}"
    return Bared(result, (*faults, *(_loose(lines, items) if seen else ())))


def _divided(question: Question, text: str) -> tuple[Statement | None, str]:
    """The statement that a text ends with, and what stands before it; a mark alone when there is none."""
    plain = _compared(text)
    names = [(_compared(name), statement) for statement in question.statements for name in statement.names]
    fitting = [(name, statement) for name, statement in names if plain.endswith(name)]
    if not fitting:
        return None, plain
    name, statement = max(fitting, key=lambda pair: len(pair[0]))
    return statement, plain.removesuffix(name).strip(_AROUND_MARK)


def _compared(text: str) -> str:
    return uniform(text).rstrip(". ")


def _meant(question: Question, mark: str) -> Option | None:
    """The option with that number on the page, or with that name."""
    if re.fullmatch(r"[1-9]\d?", mark) and int(mark) <= len(question.offered):
        return question.offered[int(mark) - 1]
    return find_option(question.options, mark)


# ----------------------------------------------------------- lists and groups


def _points(lines: Sequence[str]) -> Bared:
    items = _items(lines)
    empty = [item for item in items if not item.text]
    return Bared(_without(lines, empty), _loose(lines, items) if len(items) > len(empty) else ())


class _RowRead(NamedTuple):
    """A row of a page: its fields, its heading if it has one, and whether nobody has filled in anything."""

    fields: list[_Item]
    heading: list[TopBlock]
    is_unfilled: bool


def _rows(question: Question, lines: Sequence[str]) -> Iterator[_RowRead]:
    items = _items(lines)
    heads = [block for block in outline("\n".join(lines)).blocks if block.kind == "heading"]
    for first, end in pairwise([0, *(head.first for head in heads), len(lines)]):
        row = [item for item in items if first <= item.first < end]
        head = [heading for heading in heads if heading.first == first]
        beside = "\n".join(_without(lines, [*row, *head])[first:end]).strip()
        said = any(not _is_empty(question, item) and not _is_prefilled(question, item) for item in row)
        is_bare = all(_is_bare(question, heading) for heading in head)
        yield _RowRead(row, head, is_unfilled=not said and is_bare and _says_nothing(beside))


def _filled_rows(question: Question, lines: Sequence[str]) -> list[str]:
    """The rows in which something is filled in, and what stands beside rows."""
    kept = list(lines)
    for fields, heading, is_unfilled in _rows(question, lines):
        empty = [item for item in fields if _is_empty(question, item)]
        kept = _without(kept, [*fields, *heading] if is_unfilled else empty)
        for item in () if is_unfilled else fields:
            label, state = _state_of(question, item)
            if state and not _is_passed_over(state):
                kept[item.first] = f"- **{label}:** {not_yet(known_by(state[2] or ''))}"
    return kept


def strange_pointers(question: Question, lines: Sequence[str], known: Collection[str]) -> list[LineFault]:
    """A note for each row that is not read, for nothing is filled in, and points at no `known` row."""
    why = "Raden handlar om ”{}”, som inte finns i dossiern, och är inte läst: inget mer är ifyllt i den."
    unfilled = (row.fields for row in _rows(question, lines) if row.is_unfilled) if question.prefill else ()
    pointers = (item for fields in unfilled for item in fields if _is_prefilled(question, item))
    return [
        LineFault(item.first, why.format(_field_words(item)))
        for item in pointers
        if _field_words(item) and not any(same(_field_words(item), name) for name in known)
    ]


def strange_headings(question: Question, lines: Sequence[str], printed: Collection[str]) -> list[LineFault]:
    """A note for each row with nothing filled in whose heading was not printed, or stands twice."""
    why = "Rubriken ”{}” fanns inte i guiden, och inget är ifyllt i raden. Den är inte läst."
    unfilled = [row.heading[0] for row in _rows(question, lines) if row.is_unfilled and row.heading]
    names = [clean_line(heading.content) for heading in unfilled]
    return [
        LineFault(heading.first, why.format(name))
        for place, (heading, name) in enumerate(zip(unfilled, names, strict=True))
        if heading_checked(question.qid, name) not in printed or name in names[:place]
    ]


def _says_nothing(beside: str) -> bool:
    """Whether a text beside the fields of a row leaves the row unanswered."""
    return not beside or bool(STATE.match(beside) or _BARE_STATE.fullmatch(beside))


def _is_empty(question: Question, item: _Item) -> bool:
    labelled = LABELLED.match(item.text)
    if labelled is None or labelled[2]:
        return not item.text or _is_passed_over(_state_of(question, item)[1])
    return find_field(question, clean_line(labelled[1])) is not None


def passed_fields(question: Question, lines: Sequence[str]) -> list[LineFault]:
    """A note for each field that is said to be passed over, which leaves it empty, by line from 0."""
    why = "Ett fält kan inte vara ”{}”. Det är tomt så länge."
    items = _items(lines) if question.fields else []
    return [
        LineFault(item.first, why.format(_field_words(item)))
        for item in items
        if _is_passed_over(_state_of(question, item)[1])
    ]


def _state_of(question: Question, item: _Item) -> tuple[str, re.Match[str] | None]:
    """The label of a field that says that nobody knows, or passes it over, and how it says so."""
    labelled = LABELLED.match(item.text)
    field = find_field(question, clean_line(labelled[1])) if labelled else None
    words = _field_words(item)
    if field is None or find_option(field.options, words):
        return "", None
    return field.name, _BARE_STATE.fullmatch(words)


def _is_passed_over(state: re.Match[str] | None) -> bool:
    return state is not None and state[1].casefold().startswith("hoppas")


def _field_words(item: _Item) -> str:
    labelled = LABELLED.match(item.text)
    return re.sub("[*_]", "", clean_line(labelled[2])).strip() if labelled else ""


def _is_bare(question: Question, heading: TopBlock) -> bool:
    """Whether the heading of a row says its number and nothing else."""
    words = rf"(?:{re.escape(question.row_name)}[ ]+)?{question.row_prefix}[0-9]*"
    return re.fullmatch(words, clean_line(heading.content), re.IGNORECASE) is not None


def _is_prefilled(question: Question, item: _Item) -> bool:
    """Whether the item is the pointer that a prefilled row begins with."""
    labelled = LABELLED.match(item.text)
    field = find_field(question, clean_line(labelled[1])) if labelled else None
    return field is not None and question.prefill is not None and field.id == question.prefill.target


# -------------------------------------------------------------------- states


def _with_state(question: Question, lines: list[str]) -> list[str]:
    """The lines, with ”vet inte än” and ”hoppas över” understood also without asterisks."""
    said = [clean_line(line) for line in lines if line.strip()]
    state = _BARE_STATE.fullmatch(said[0]) if len(said) == 1 else None
    if state is None or find_option(question.options, said[0]):
        return lines
    name = "Vet inte än" if state[1].casefold().startswith("vet") else state[1]
    return [f"**{name}:** {state[2] or ''}" if line.strip() else line for line in lines]
