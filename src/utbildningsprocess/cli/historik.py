"""`utb historik`: what git remembers of the answers, the decisions, and the text of a pull request."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant_path
from utbildningsprocess.cli.formats import HISTORIES, known_format
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import joined

_Initiative = Annotated[
    str | None,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="Insatsens filnamn, en del av det eller en sökväg. Utan namn visas alla insatser.",
    ),
]
_Since = Annotated[
    str | None,
    Option("--sedan", metavar="DATUM", help="Visa det som ändrades den dagen eller senare: 2026-03, ”mars”."),
]
_Until = Annotated[
    str | None, Option("--till", metavar="DATUM", help="Visa det som ändrades till och med dagen.")
]
_Question = Annotated[
    str | None,
    Option(
        "--fraga",
        metavar="ADRESS",
        autocompletion=completion.questions,
        help="Visa bara vad som hände med svaret på frågan, med hela texterna.",
    ),
]
_Decisions = Annotated[
    bool, Option("--beslut", help="Visa besluten, vad de vilade på och vad av det som har ändrats sedan.")
]
_Against = Annotated[
    str | None,
    Option(
        "--mot",
        metavar="GREN",
        help="Visa vad som skiljer från en gren, och vad det gör med diagnosen, kostnaden och fynden.",
    ),
]
_Form = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(HISTORIES),
        help=f"{joined(HISTORIES, 'eller')}. Utan flaggan visas text.",
    ),
]


def historik(  # noqa: PLR0913  one parameter for each option
    initiative: _Initiative = None,
    *,
    since: _Since = None,
    until: _Until = None,
    question: _Question = None,
    decisions: _Decisions = False,
    against: _Against = None,
    form: _Form = HISTORIES[0],
) -> None:
    """Läs ur git vad som har ändrats i svaren: när, av vem, från vad och till vad.

    Det äldsta står först och det som inte är sparat i git än sist. Inget ändras.
    """
    from utbildningsprocess.cli.listing import reading_progress
    from utbildningsprocess.work.history.choosing import choice_meant
    from utbildningsprocess.work.history.record import read_record
    from utbildningsprocess.work.history.views import history_as
    from utbildningsprocess.work.workspace import Workspace

    form = known_format(form, HISTORIES)
    if against is not None and (since is not None or until is not None or decisions):
        raise WrongUse("--mot jämför med en gren och går inte ihop med --sedan, --till eller --beslut.")
    workspace = Workspace.open()
    choice = choice_meant(workspace, since, until, question, decisions=decisions)
    path = meant_path(workspace, initiative) if initiative is not None else None
    with reading_progress("ändringar") as progress:
        record = read_record(workspace, path, against, progress)
    words = history_as(form, record, choice, display(workspace.settings).width)
    if words.text:
        result(words.text, is_data=form != HISTORIES[0])
    if words.note:
        say(words.note)
