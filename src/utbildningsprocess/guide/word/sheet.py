"""A Word file to fill in, made of a form: each question with its help, and boxes for the answer."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.dossier.document import title_line
from utbildningsprocess.guide.form.definition import (
    WHO_SEES,
    is_asked_of_others,
    key_in_form,
    with_open_statements,
)
from utbildningsprocess.guide.mail.sent import by_mail
from utbildningsprocess.guide.page import Agenda, help_of, how_to_write, open_questions, with_article
from utbildningsprocess.guide.word.names import ANSWER, OR_WRITE, OWN, short_checksum
from utbildningsprocess.guide.word.slots import question_slots, rows_of_slots
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.model import Kind
from utbildningsprocess.pages.boxes import Box, BoxCell, BoxKind, BoxTable, FillInPage, TickLine
from utbildningsprocess.pages.page import Block, Inline, plain_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utbildningsprocess.guide.form.definition import Form
    from utbildningsprocess.guide.mail.asking import Asking
    from utbildningsprocess.guide.word.slots import Slot
    from utbildningsprocess.model import Item, Question, Stage
    from utbildningsprocess.pages.boxes import PagePiece
    from utbildningsprocess.pages.page import Page

TOLD = "utb-blad"
"""The name of what a file says of itself, as it begins."""
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_STATEMENT = "Påstående"
_ANSWER_SHARES, _FIELD_SHARES = (0.2, 0.8), (0.32, 0.38, 0.3)
_STATEMENT_SHARE, _TICK_SHARE = 0.4, 0.095
_INSTRUCTIONS = (
    "Det här är frågor om {stage}{chosen}. Ta dem i den ordning som passar, och lämna tomt det ni inte "
    "pratar om. Klicka i en ruta och skriv, eller skriv ut sidorna och skriv för hand. Kryss och listor kan "
    "ni också svara på med bokstav eller ord i rutan bredvid. Vet ni inte än: skriv Vet inte än: och vem som "
    "kan veta."
)
_SEND_BACK = "Spara filen och skicka tillbaka den. Då kan svaren läsas in."
_KEEP_KEY = "Låt raden här under stå kvar. Den behövs när svaren läses in."


def questions_on_sheet(asking: Asking, chosen: Stage, *, only_open: bool) -> tuple[Question, ...]:
    """The chosen questions of a stage, all of them or those that wait for an answer."""
    if not only_open:
        return tuple(filter(is_asked_of_others, chosen.questions))
    waiting = open_questions(asking.sheet, chosen, asking.who)
    return tuple(
        with_open_statements(question, asking.sheet) for question in waiting if is_asked_of_others(question)
    )


def sheet_text(form: Form) -> str:
    """What stands before the first question, in Markdown with the heading of the page."""
    asking = form.asking
    chosen = f", för {with_article(asking.who, asking.sheet.battery)}" if asking.who else ""
    who_sees = form.who_sees or WHO_SEES[form.purpose]
    told = _INSTRUCTIONS.format(stage=asking.stage.title, chosen=chosen)
    heading = title_line(f"Samtal om {asking.stage.title}: {asking.title}")
    return "\n\n".join([heading, told, *who_sees, _SEND_BACK])


def fill_in_page(form: Form, page: Page) -> FillInPage:
    """The form as a page to fill in, after what `page` holds."""
    pieces = [*page.body, *pieces_of(form, dict(enumerate(form.questions, 1)))]
    key = key_in_form(form, by_mail((question, None) for question in form.questions))._replace(stood={})
    told = {
        "made": form.made.isoformat(),
        "asked": [question.qid for question in form.questions],
        "begun": begun(slots_of(form, dict(enumerate(form.questions, 1)))),
        "ours": sorted({short_checksum(words) for words in own_texts(pieces)}),
    }
    return FillInPage(page, tuple(pieces), key.written(), {TOLD: json.dumps(told, separators=(",", ":"))})


def pieces_of(form: Form, numbered: Mapping[int, Question]) -> list[PagePiece]:
    """Some questions by their numbers, with what stands below them, and what stands before the key."""
    pieces = [piece for number, question in numbered.items() for piece in _question(form, number, question)]
    return [*pieces, Block("paragraph", (Inline("text", _KEEP_KEY),))]


def slots_of(form: Form, numbered: Mapping[int, Question]) -> list[Slot]:
    """Room for the answers to some questions by their numbers."""
    return [slot for number, question in numbered.items() for slot in question_slots(form, number, question)]


def begun(slots: Iterable[Slot]) -> dict[str, str]:
    """A checksum of what each answer says from the start, by the name of its box, where it says something."""
    return {slot.unit.name: short_checksum(slot.begun.said) for slot in slots if slot.begun.said}


def own_texts(pieces: Iterable[PagePiece]) -> Iterator[str]:
    """Every text of ours on a page, paragraph by paragraph and cell by cell."""
    for piece in pieces:
        match piece:
            case BoxTable():
                cells = [cell for row in piece.rows for cell in row if cell.box is None]
                yield from (
                    text for cell in cells for text in (cell.words, f"{cell.words} {cell.tag}") if text
                )
            case TickLine():
                yield piece.words
            case Block():
                yield from _words_in(piece)


def _words_in(block: Block) -> Iterator[str]:
    if block.line:
        yield plain_text(block.line)
    if block.text:
        yield block.text
    for row in block.rows:
        yield from map(plain_text, row)
    for child in block.children:
        yield from _words_in(child)


# ---------------------------------------------------------------- a question


def _question(form: Form, number: int, question: Question) -> Iterator[PagePiece]:
    agenda = Agenda(form.known, form.questions)
    stage_id = form.asking.stage.id
    yield Block("heading", (Inline("text", question.text),), level=2)
    yield from page_blocks(help_of(question, agenda, _how(question, agenda)))
    if question.kind is Kind.GROUP:
        for row in rows_of_slots(form, number, question):
            yield _row(row.label, row.slots, stage_id)
        return
    slots = list(question_slots(form, number, question))
    if question.kind is Kind.STATEMENTS:
        yield _statements(question, slots, stage_id)
    else:
        yield from _whole(slots[0], stage_id)


def _how(question: Question, agenda: Agenda) -> str:
    """How to answer on a page that is filled in by keys or by hand."""
    if question.kind is Kind.GROUP:
        return "Behövs fler rader: kopiera en tabell." if question.most_rows != 1 else ""
    return handling(question.kind).on_paper or how_to_write(question, agenda)


def _whole(slot: Slot, stage_id: str) -> Iterator[PagePiece]:
    """Boxes to tick, and below them one to write in."""
    for letter, (option, label) in zip(_LETTERS, slot.ticks.items(), strict=False):
        ticked = "x" if option in slot.begun.ticked else ""
        words = f"{letter}) {label}"
        yield TickLine(Box(slot.unit.tick(option), BoxKind.TICK, label, ticked), words)
    heading = (OWN if slot.item.own_words else OR_WRITE) if slot.ticks else ANSWER
    kind = BoxKind.LINE if slot.ticks else _box_kind(slot.item)
    box = Box(slot.unit.name, kind, slot.label, slot.begun.words)
    row = (BoxCell(heading, slot.unit.tag(stage_id)), BoxCell(box=box))
    yield BoxTable((row,), _ANSWER_SHARES)


def _box_kind(item: Item) -> BoxKind:
    if item.kind in (Kind.LONG_TEXT, Kind.LIST, Kind.REFERENCES):
        return BoxKind.LINES
    return BoxKind.DATE if item.kind is Kind.DATE and not item.approximate else BoxKind.LINE


def _statements(question: Question, slots: list[Slot], stage_id: str) -> BoxTable:
    labels = [option.label for option in question.offered]
    header = tuple(BoxCell(words) for words in (_STATEMENT, *labels, OR_WRITE))
    rows = []
    for slot in slots:
        ticks = (
            BoxCell(
                box=Box(slot.unit.tick(key), BoxKind.TICK, label, "x" if key in slot.begun.ticked else "")
            )
            for key, label in slot.ticks.items()
        )
        beside = BoxCell(box=Box(slot.unit.name, BoxKind.LINE, slot.label))
        rows.append((BoxCell(slot.label, slot.unit.tag(stage_id)), *ticks, beside))
    wide = _TICK_SHARE * len(labels)
    shares = (_STATEMENT_SHARE, *[_TICK_SHARE] * len(labels), 1 - _STATEMENT_SHARE - wide)
    return BoxTable((header, *rows), shares, has_header=True)


def _row(label: str, slots: tuple[Slot, ...], stage_id: str) -> BoxTable:
    """A row of a group, a field on each line."""
    rows: list[tuple[BoxCell, ...]] = [(BoxCell(label, span=3),)]
    for slot in slots:
        name = BoxCell(slot.label, slot.unit.tag(stage_id))
        box = Box(slot.unit.name, _box_kind(slot.item), slot.label, slot.begun.words)
        if slot.listed:
            choices = tuple(slot.listed.values())
            listed = Box(slot.unit.listed, BoxKind.LIST, slot.label, slot.begun.listed, choices)
            rows.append((name, BoxCell(box=listed), BoxCell(box=box._replace(kind=BoxKind.BESIDE))))
        else:
            rows.append((name, BoxCell(box=box, span=2)))
    return BoxTable(tuple(rows), _FIELD_SHARES, has_header=True)
