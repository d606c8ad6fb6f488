"""The whole command line, put together from the commands."""

from __future__ import annotations

from collections.abc import Callable  # noqa: TC003  read where the module is
from functools import cache
from typing import TYPE_CHECKING, Annotated

from typer import Context, Exit, Option, Typer
from typer.main import get_command

from utbildningsprocess import __version__
from utbildningsprocess.cli.arkivera import arkivera
from utbildningsprocess.cli.batteri import batteri, kontrollera
from utbildningsprocess.cli.beginning import begin
from utbildningsprocess.cli.byt_namn import byt_namn
from utbildningsprocess.cli.chrome import SETTINGS, SwedishCommand, SwedishGroup
from utbildningsprocess.cli.diagnos import diagnos
from utbildningsprocess.cli.dokument import dokument
from utbildningsprocess.cli.enkat import enkat
from utbildningsprocess.cli.erfarenheter import erfarenheter
from utbildningsprocess.cli.exempel import exempel
from utbildningsprocess.cli.git_sammanfoga import git_sammanfoga
from utbildningsprocess.cli.granska import granska
from utbildningsprocess.cli.guide import guide_
from utbildningsprocess.cli.historik import historik
from utbildningsprocess.cli.init import init
from utbildningsprocess.cli.komplettering import komplettering
from utbildningsprocess.cli.laga import laga
from utbildningsprocess.cli.lista import lista
from utbildningsprocess.cli.metod import metod
from utbildningsprocess.cli.ny import ny
from utbildningsprocess.cli.ord import ord_
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.parameters import Plain
from utbildningsprocess.cli.rensa import rensa
from utbildningsprocess.cli.samtal import samtal
from utbildningsprocess.cli.status import status
from utbildningsprocess.cli.steg import steg
from utbildningsprocess.cli.svar import svar
from utbildningsprocess.cli.visa import visa

if TYPE_CHECKING:
    from utbildningsprocess.cli.click_parts import Command

_CARE, _FOR_GIT = "Sköt om", "För git"
_COMMANDS: dict[str, list[tuple[Callable[..., None], str]]] = {
    "Börja här": [
        (guide_, "Prova det viktigaste på en kopia av exemplet."),
        (exempel, "Skriv en färdig insats att titta på."),
        (ny, "Starta en insats: titel och steget Behov."),
        (steg, "Svara på ett stegs frågor."),
        (status, "Se var insatsen står och vad som är nästa steg."),
        (lista, "Se alla insatser, den mest brådskande först."),
    ],
    "Läs, ändra och pröva": [
        (visa, "Läs dossiern, eller få svaren som JSON eller YAML."),
        (svar, "Läs eller skriv ett enda svar."),
        (diagnos, "Se vad svaren i Analys pekar på."),
        (granska, "Kontrollera den röda tråden."),
        (historik, "Se vem som har ändrat vilket svar och när, ur git."),
    ],
    "Dela med andra": [
        (samtal, "Fråga andra, i mejl, Word, formulär eller samtal."),
        (dokument, "Gör dokument av svaren: beslutsunderlag, inbjudan, rapport …"),
        (enkat, "Räkna svaren på enkäten, utan att små grupper syns."),
    ],
    "Slå upp": [
        (metod, "Läs om metoderna bakom frågorna."),
        (ord_, "Slå upp ett ord i ordlistan."),
        (erfarenheter, "Läs vad tidigare insatser har lärt sig."),
    ],
    _CARE: [
        (init, "Förbered en mapp som ni delar i git."),
        (arkivera, "Lägg en avslutad insats i arkivet."),
        (byt_namn, "Ge en insats en ny titel och ett nytt filnamn."),
        (laga, "Laga en dossier som är skadad eller i konflikt."),
        (rensa, "Se och ta bort det som ligger utanför dossiererna."),
        (komplettering, "Låt skalet fylla i kommandon med tabbtangenten."),
    ],
    _FOR_GIT: [(git_sammanfoga, "Slå samman tre versioner av en dossier, svar för svar.")],
}
"""The commands and what each does in short, by what a person wants, in the order to meet them."""


@cache
def command() -> Command:
    """The whole command line, as typer runs it."""
    app = _group("Från behov till uppföljning: frågor, svar och en dossier i Markdown.")
    app.callback(invoke_without_command=True)(_root)
    for heading, commands in _COMMANDS.items():
        for function, short in commands:
            _add(app, function, short, heading)
    own_questions = _group("Egna frågebatterier.")
    own_questions.callback(invoke_without_command=True)(batteri)
    _add(own_questions, kontrollera, "Kontrollera frågebatterierna.")
    app.add_typer(
        own_questions, name="batteri", short_help="Kontrollera egna frågebatterier.", rich_help_panel=_CARE
    )
    return get_command(app)


def _group(help_text: str) -> Typer:
    return Typer(
        cls=SwedishGroup,
        help=help_text,
        add_completion=False,
        rich_markup_mode=None,
        context_settings=SETTINGS,
    )


def _add(app: Typer, function: Callable[..., None], short: str, heading: str | None = None) -> None:
    """Adds a command under a heading of the help, called as its function is but for a line at the end.

    What git calls is not listed.
    """
    name = function.__name__.rstrip("_").replace("_", "-")
    about = None if function.__doc__ else short  # python -OO takes the docstrings away
    app.command(
        name,
        cls=SwedishCommand,
        help=about,
        short_help=short,
        rich_help_panel=heading,
        hidden=heading == _FOR_GIT,
    )(function)


def _show_version(wanted: bool) -> None:  # noqa: FBT001  typer calls it with the flag
    if wanted:
        result(f"utb {__version__}")
        raise Exit


def _root(
    ctx: Context,
    *,
    _version: Annotated[
        bool, Option("--version", is_eager=True, callback=_show_version, help="Visa programmets version.")
    ] = False,
    plain: Plain = False,
) -> None:
    if ctx.invoked_subcommand is None:
        begin(plain=plain)
