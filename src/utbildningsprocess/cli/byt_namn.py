"""`utb byt-namn`: another title for an initiative, and the file name that goes with it."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from utbildningsprocess.cli.asking import open_meant, point_at
from utbildningsprocess.cli.output import say
from utbildningsprocess.cli.parameters import Consent, NamedInitiative


def byt_namn(
    initiative: NamedInitiative,
    title: Annotated[str, Argument(metavar="TITEL", help="Vad insatsen ska heta.")],
    *,
    consent: Consent = False,
) -> None:
    """Ge en insats en ny titel och filen det namn som hör till. Utkast och dokument följer med.

    Efteråt visas var det gamla namnet står kvar i andra textfiler. De ändras inte.
    """
    from utbildningsprocess.work.renaming import rename_initiative

    renamed = rename_initiative(open_meant(initiative), title, consent=consent)
    say(f"Insatsen heter nu ”{renamed.initiative.title}”.")
    for line in renamed.notes:
        say(line)
    point_at(renamed.initiative)
