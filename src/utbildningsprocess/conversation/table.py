"""A table that somebody has pasted or saved: shown as the rows it becomes, and saved only after a yes."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess.answers.table_rows import UNUSED, is_pasted_table, rows_from_paste
from utbildningsprocess.answers.tables import COMMA, NONE, SEMICOLON, TAB
from utbildningsprocess.checks.written import written_texts
from utbildningsprocess.conversation.face import Ask, Back, Choice, PastedTable, Signal
from utbildningsprocess.conversation.personal_numbers import insists, numbers_beside
from utbildningsprocess.interview import field_in_words
from utbildningsprocess.model import Kind
from utbildningsprocess.swedish import clean, clean_line, joined, shortened

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.answers.table_rows import TablePreview
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.conversation.talk import Talk
    from utbildningsprocess.model import GroupField, Question, Row

_ADD, _COLUMNS, _HEADING, _TEXT, _NO = "lagg_till", "kolumner", "rubriker", "text", "nej"
_DIVIDED = {
    TAB: ", delade med tabb",
    SEMICOLON: ", delade med semikolon",
    COMMA: ", delade med komma",
    NONE: "",
}
_CHOSEN = (Kind.CHOICE, Kind.MULTIPLE, Kind.YES_NO, Kind.REFERENCE, Kind.REFERENCES)
"""The kinds of fields where no text is typed."""
_NAMED, _UNNAMED = "Första raden är rubriker.", "Den har inga rubriker: kolumnerna tas i fältens ordning."
_MISFITS = "Det här stämmer inte med fälten. Det får stå som det är skrivet tills ni ändrar det:"
_HOW_TO_PASTE = (
    "Kopiera raderna i Excel, Word eller ett mejl och klistra in dem här. Tabbar eller semikolon skiljer "
    "kolumnerna åt. Raderna visas innan något sparas."
)
_NO_TABLE = "Det är ingen tabell: den har flera rader, eller kolumner med tabb emellan. Inget lades till."
_WAITED = "Den här tabellen klistrade ni in förra gången. Den är inte sparad än."
_MOST_SHOWN = 15
"""The rows that are shown of a longer table; what does not fit is told of every row."""
_LONGEST_CELL = 60


class TableTaken(Back):
    """Rows were added from a table: they go from the field where it was pasted to all the rows."""


def rows_pasted(
    talk: Talk, question: Question, pasted: PastedTable, field: GroupField | None = None, place: str = ""
) -> tuple[Row, ...]:
    """The rows that the person wants of what they pasted; none where they say no.

    Meanwhile it waits for the next time: in a field of text as its text, which it becomes when they want it
    so, else as a table. What was half-typed at the place of the field stays there.
    """
    sheet, today = talk.interview.sheet, talk.interview.today
    preview = rows_from_paste(question, pasted.table, sheet, today, field.id if field else "")
    if preview is None:
        talk.face.say(_NO_TABLE)
        return ()
    text = _as_text(pasted, field) if field and field.kind not in _CHOSEN else None
    before = talk.half_typed.get(place, "")
    waits_at = table_place(question) if text is None else place
    talk.keep_draft(waits_at, pasted.table if text is None else text)
    try:
        wanted = ask_about_table(talk.face, preview, can_be_text=text is not None)
    except Back:
        wanted = None
    except _AsText:
        return ()
    talk.drop_draft(waits_at)
    if before:
        talk.keep_draft(place, before)
    return wanted.rows if wanted else ()


def rows_waiting(talk: Talk, question: Question) -> tuple[Row, ...]:
    """The rows that the person wants of a table that was shown when they left the last time."""
    table = talk.store.draft_read(table_place(question)) or ""
    if not is_pasted_table(question, None, table):
        return ()
    talk.face.say(_WAITED)
    return rows_pasted(talk, question, PastedTable("", table))


def table_place(question: Question) -> str:
    """The place where a table for a group is kept until the person has said yes or no."""
    return f"{question.qid}/tabell"


def _as_text(pasted: PastedTable, field: GroupField) -> str:
    """What was pasted, after what was typed, as the text of a field: lines stay lines in a long one."""
    if field.kind is Kind.LONG_TEXT:
        return clean("\n".join(filter(None, [pasted.text, pasted.table])))
    return clean_line(f"{pasted.text} {pasted.table}")


def rows_typed(talk: Talk, question: Question) -> tuple[Row, ...]:
    """The rows that the person wants of a table that they are asked to paste. Raises Back."""
    place = table_place(question)
    ask = Ask(
        "Klistra in tabellen, eller skriv en rad för varje.",
        help=_HOW_TO_PASTE,
        can_go_back=True,
        is_table=partial(is_pasted_table, question, None),
    )
    try:
        pasted = PastedTable("", talk.ask_text(ask, place, "", long=True))
    except PastedTable as table:
        pasted = table
    talk.drop_draft(place)
    return rows_pasted(talk, question, pasted)


class _AsText(Signal):
    """They want what they pasted as the text of one field."""


def ask_about_table(face: Face, preview: TablePreview, *, can_be_text: bool = False) -> TablePreview | None:
    """Shows what a table becomes until the person says yes, or no, which is None. May raise any Signal."""
    while True:
        for line in table_in_words(preview):
            face.say(line)
        ask = Ask("Vad vill du göra?", can_go_back=True)
        way = face.ask_choice(ask, _ways(preview, can_be_text=can_be_text))
        if way == _NO:
            face.say("Inget lades till.")
            return None
        if way == _TEXT:
            raise _AsText
        try:
            if way == _COLUMNS:
                preview = _with_other_column(face, preview)
            elif way == _HEADING:
                preview = preview.with_heading(has_heading=not preview.has_heading)
            elif _may_be_saved(face, preview):
                return preview
        except Back:
            continue


def _ways(preview: TablePreview, *, can_be_text: bool) -> list[Choice[str]]:
    count = len(preview.rows)
    add = [Choice(_ADD, f"Lägg till {_rows(count)}")] if count and not preview.too_many else []
    heading = "Läs första raden som en rad" if preview.has_heading else "Läs första raden som rubriker"
    return [
        *add,
        Choice(_NO, "Nej, lägg inte till något"),
        *([Choice(_TEXT, "Nej, skriv det som text i fältet")] if can_be_text else []),
        Choice(_COLUMNS, "Byt fält för en kolumn"),
        Choice(_HEADING, heading),
    ]


def _with_other_column(face: Face, preview: TablePreview) -> TablePreview:
    """The preview with a column in the field that the person chooses."""
    names = {field.id: field.name for field in preview.question.fields}
    columns = [
        Choice(place, f"{_capital(_called(preview, place))}: {names.get(column, 'tas inte med')}")
        for place, column in enumerate(preview.columns)
    ]
    place = face.ask_choice(Ask("Vilken kolumn?", can_go_back=True), columns) if len(columns) > 1 else 0
    fields = [Choice(field.id, field.name) for field in preview.question.fields if not field.retired]
    ask = Ask(f"Vilket fält hör {_called(preview, place)} till?", can_go_back=True)
    chosen = face.ask_choice(ask, [*fields, Choice(UNUSED, "Inget, ta inte med den")], preview.columns[place])
    return preview.with_column(place, chosen)


def _may_be_saved(face: Face, preview: TablePreview) -> bool:
    """Whether no new row holds a personal identity number, or the person insists on it."""
    numbers = []
    for row, texts in written_texts(preview.question, preview.question.qid, preview.answer):
        if row in {new.id for new in preview.rows}:
            numbers += numbers_beside([*texts.values()])
    return not numbers or insists(face, "", numbers)


# ---------------------------------------------------------------- in words


def table_in_words(preview: TablePreview) -> Iterator[str]:
    """What a table becomes, line by line: its form, what is left out, the rows, and what does not fit."""
    width = preview.table.width
    size = f"{_rows(preview.lines)} och {width} {'kolumn' if width == 1 else 'kolumner'}"
    heading = f" {_NAMED if preview.has_heading else _UNNAMED}"
    yield f"\nTabellen har {size}{_DIVIDED.get(preview.table.divider, '')}.{heading}"
    if preview.cleaned:
        yield f"Rensat: {preview.cleaned}."
    if left_out := [_called(preview, place) for place in preview.left_out]:
        yield f"{_capital(joined(left_out))} hör inte till något fält och tas inte med."
    yield "Så här blir raderna:" if preview.rows else "Det blir inga rader av den."
    for number, row in enumerate(preview.rows[:_MOST_SHOWN], 1):
        yield f"  {number}. {_row(preview.question, row)}"
    if (more := len(preview.rows) - _MOST_SHOWN) > 0:
        yield f"  … och {_rows(more)} till"
    if (empty := preview.lines - len(preview.rows)) > 0:
        yield f"{_rows(empty)} har inget i fälten och blir ingen rad."
    if preview.too_many:
        yield f"Det är {preview.too_many} för många: här ryms högst {preview.question.most_rows}."
    if preview.misfits:
        yield _MISFITS
        yield from (f"  {sentence}" for sentence in preview.misfits)
    if preview.understood:
        yield "Så här förstås det som är skrivet på annat sätt:"
        yield from (f"  {sentence}" for sentence in preview.understood)


def _row(question: Question, row: Row) -> str:
    cells = {field.name: field_in_words(field, row) for field in question.fields if field.id in row.said}
    return " · ".join(f"{name}: {shortened(text, _LONGEST_CELL)}" for name, text in cells.items())


def _called(preview: TablePreview, place: int) -> str:
    name = preview.names[place]
    return f"kolumnen ”{shortened(name, _LONGEST_CELL)}”" if name else f"kolumn {place + 1}"


def _capital(text: str) -> str:
    return f"{text[:1].upper()}{text[1:]}"


def _rows(count: int) -> str:
    return f"{count} {'rad' if count == 1 else 'rader'}"
