"""`utb svar`: one answer, read or written without prompts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.output import STDIN, read_input, result, say
from utbildningsprocess.cli.parameters import Consent, NamedInitiative
from utbildningsprocess.cli.table import add_table
from utbildningsprocess.errors import WrongUse

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, Question
    from utbildningsprocess.work.initiative import Initiative

_Question = Annotated[
    str,
    Argument(
        metavar="FRÅGA",
        autocompletion=completion.questions,
        help="Frågans adress: ”behov.varfor”, eller bara ”varfor”.",
    ),
]
_Value = Annotated[
    str | None,
    Argument(metavar="VÄRDE", help="Det nya svaret. Ett streck (-) läser det från standard in."),
]
_Skip = Annotated[str | None, Option("--hoppa", metavar="SKÄL", help="Hoppa över frågan, med ett skäl.")]
_Table = Annotated[
    str | None,
    Option(
        "--tabell",
        metavar="FIL",
        help="Lägg till rader ur en tabell (CSV eller tabbar) i en grupp. Ett streck (-) läser standard in.",
    ),
]
_Sure = Annotated[bool, Option("--ja", help="Lägg till tabellens rader utan att fråga.")]
_Unknown = Annotated[bool, Option("--vet-inte", help="Svara ”vet inte än”. VÄRDE säger då vem som vet.")]


def svar(  # noqa: PLR0913  one parameter for each option
    initiative: NamedInitiative,
    question: _Question,
    value: _Value = None,
    *,
    skip: _Skip = None,
    unknown: _Unknown = False,
    table: _Table = None,
    sure: _Sure = False,
    consent: Consent = False,
) -> None:
    """Läs ett svar, eller skriv det utan att bli tillfrågad.

    Grupper och påståenden läses och skrivs som JSON, i samma form som ”utb visa --format json” ger.
    Rader i en grupp kan också komma ur en tabell med --tabell; de visas innan de sparas.
    """
    from utbildningsprocess.work.workspace import Workspace, question_meant

    answers = [skip is not None, unknown or value is not None, table is not None]
    if sum(answers) > 1:
        raise WrongUse("Ange ett svar, --hoppa, --vet-inte eller --tabell, inte flera av dem.")
    if sure and table is None:
        raise WrongUse("--ja hör ihop med --tabell FIL.")
    workspace = Workspace.open()
    asked = question_meant(workspace.battery, question)
    opened = meant(workspace, initiative)
    if table is not None:
        add_table(opened, asked, table, sure=sure, consent=consent)
    elif skip is not None:
        _tell(opened, asked, opened.skip(asked.qid, skip, consent=consent))
    elif unknown:
        _tell(opened, asked, opened.unknown(asked.qid, value or "", consent=consent))
    elif value is not None:
        text = read_input(STDIN).text if value == STDIN else value
        _tell(opened, asked, opened.answer(asked.qid, text, consent=consent), text)
    else:
        _show(opened, asked)


def _tell(opened: Initiative, asked: Question, answer: Answer, text: str = "") -> None:
    """Says what was saved, and how it was understood."""
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.answer_words import in_short

    for sentence in (*opened.told, *opened.replaced):
        say(sentence)
    say(f"Sparat i {shown(opened.path)}: {asked.text} {in_short(asked, answer, text)}")
    if opened.followed.sentence:
        say(opened.followed.sentence)


def _show(opened: Initiative, asked: Question) -> None:
    """The answer as it can be typed, and in words what has no such form."""
    from utbildningsprocess.work.answer_words import as_typed, without_value

    opened.refuse_if_damaged("innan svaren kan läsas")
    present = opened.answers.get(asked.qid)
    if sentence := without_value(present):
        say(sentence)
    if typed := as_typed(asked, present):
        result(typed)
