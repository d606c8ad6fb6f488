"""`utb komplettering`: the script that lets the shell complete commands, shown or put in place."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion


def komplettering(
    shell: Annotated[
        str | None,
        Argument(
            metavar="SKAL",
            autocompletion=completion.shells,
            help="bash, zsh, fish, powershell eller pwsh. Utan skal används det du kör.",
        ),
    ] = None,
    *,
    install: Annotated[bool, Option("--installera", help="Lägg skriptet på plats i din hemmapp.")] = False,
) -> None:
    """Låt skalet fylla i kommandon, steg och insatser med tabbtangenten. Visar skriptet som behövs."""
    completion.show_or_install(shell, install=install)
