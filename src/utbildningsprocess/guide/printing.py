"""The page for paper: boxes to tick and lines to write on by hand, and no word of files and markers."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.kinds import handling
from utbildningsprocess.dossier.document import title_line
from utbildningsprocess.guide.page import (
    Agenda,
    boxes,
    help_of,
    how_to_write,
    nothing_open,
    open_questions,
    rows_to_fill,
    statements_given,
    with_article,
)
from utbildningsprocess.markdown import escaped
from utbildningsprocess.model import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.model import AnswerSheet, GroupField, Question, Role, Stage

_DOT, _LINE, _LEAST = "…", 52, 12
"""What a line to write on is made of, how many of it there are in a whole line, and at least."""
_OWN_WORDS = "Annat:"
_INSTRUCTIONS = """\
Det här är de frågor i {stage} som väntar på svar{chosen}. Ta dem i den ordning som passar, och skriv för \
hand. Lämna tomt det ni inte pratar om. Vet ni inte än: skriv vem som kan veta. Skriv roller i stället för \
namn, och ingenting om verkliga personer.

Efteråt för ni in svaren i dossiern med `{command}`."""


def form(title: str, stage: Stage, sheet: AnswerSheet, *, who: Role | None = None, command: str) -> str:
    """A form in Markdown: each open question with its help, and room to write.

    `command` is what asks the questions again, so that the answers can be put in.
    """
    agenda = Agenda(sheet, open_questions(sheet, stage, who))
    if not agenda.questions:
        return nothing_open(stage, who, sheet.battery)
    chosen = f", utvalda för ett samtal med {with_article(who, sheet.battery)}" if who else ""
    paragraphs = [
        title_line(f"Samtal om {stage.title}: {title}"),
        _INSTRUCTIONS.format(stage=stage.title, chosen=chosen, command=command),
        *(_section(question, agenda) for question in agenda.questions),
    ]
    return "\n\n".join(filter(None, paragraphs))


def questions_on_paper(questions: Sequence[Question], sheet: AnswerSheet) -> str:
    """Questions in Markdown, each with its help and room to write, whoever is asked."""
    agenda = Agenda(sheet, tuple(questions))
    return "\n\n".join(_section(question, agenda) for question in agenda.questions)


def _section(question: Question, agenda: Agenda) -> str:
    how = handling(question.kind).on_paper or how_to_write(question, agenda)
    parts = [f"## {question.text}", help_of(question, agenda, how), _room(question, agenda)]
    return "\n\n".join(filter(None, parts))


def _room(question: Question, agenda: Agenda) -> str:
    """Where the answer is to be written."""
    match question.kind:
        case Kind.CHOICE | Kind.MULTIPLE:
            own = [f"{_OWN_WORDS} {_ruled(_OWN_WORDS)}"] if question.own_words else []
            return boxes([*(option.label for option in question.offered), *own])
        case Kind.YES_NO:
            return boxes(("Ja", "Nej"))
        case Kind.STATEMENTS:
            return _statements(question, agenda)
        case Kind.GROUP:
            return rows_to_fill(question, agenda, "###", _field)
        case Kind.NUMBER | Kind.DATE | Kind.TIME_SPAN | Kind.REFERENCE | Kind.TEXT | Kind.MEASURE:
            return _ruled()
        case Kind.LONG_TEXT | Kind.LIST | Kind.REFERENCES:
            return "\n\n".join([_ruled()] * 3)
        case _:
            assert_never(question.kind)


def _ruled(beside: str = "") -> str:
    """A line to write on, beside some words."""
    return _DOT * max(_LEAST, _LINE - round(len(beside) * 0.7))


def _statements(question: Question, agenda: Agenda) -> str:
    """A table with a box for each answer to each statement, ticked where the dossier has it."""
    given = statements_given(question, agenda)
    labels = [option.label for option in question.offered]
    keys = [option.id for option in question.offered]
    rows = [["Påstående", *labels], ["---"] * (len(labels) + 1)]
    rows += [
        [escaped(statement.text), *("☒" if given.get(statement.id) == key else "☐" for key in keys)]
        for statement in question.asked_statements
    ]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _field(field: GroupField) -> str:
    return f"- **{field.name}:** {_ruled(f'{field.name}:')}"
