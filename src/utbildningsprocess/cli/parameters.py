"""The arguments and options that several commands share."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.errors import WrongUse

MaybeInitiative = Annotated[
    str | None,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="Insatsens filnamn, en del av det eller en sökväg. Behövs inte när det bara finns en.",
    ),
]
NamedInitiative = Annotated[
    str,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="Insatsens filnamn, en del av det eller en sökväg.",
    ),
]
AnswersFrom = Annotated[
    list[str] | None,
    Option(
        "--svar", metavar="FIL", help="Hämta svaren ur en svarsfil (YAML eller JSON) i stället för att fråga."
    ),
]
Plain = Annotated[
    bool,
    Option("--enkel", help="Fråga med rena textrader, för skärmläsare och enkla terminaler."),
]
Consent = Annotated[
    bool,
    Option("--medge-personuppgift", help="Spara även om en text innehåller ett personnummer."),
]
Anyway = Annotated[
    bool,
    Option("--anda", help="Gör det fast dossiern är skadad. Skadan står överst och där svar kan saknas."),
]
Fast = Annotated[bool, Option("--snabb", help="Ställ bara kärnfrågorna.")]
Replace = Annotated[bool, Option("--ersatt", help="Skriv över en fil som ser annorlunda ut.")]


def only_one(names: list[str]) -> str:
    """The answers file that is given. Raises WrongUse when there are several, which might contradict."""
    if len(names) > 1:
        raise WrongUse("--svar tar en fil. Kör kommandot en gång för varje fil. Inget har ändrats.")
    return names[0]
