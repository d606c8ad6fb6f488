"""`utb batteri`: an organisation's own questions, and what is counted and said from their answers."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Context, echo

from utbildningsprocess.cli.output import result


def batteri(ctx: Context) -> None:
    """Egna frågebatterier."""
    if ctx.invoked_subcommand is None:
        echo(ctx.get_help())


def kontrollera(
    folder: Annotated[
        str | None,
        Argument(
            metavar="MAPP", help="Mappen med frågebatterier. Utan mapp kontrolleras de som används här."
        ),
    ] = None,
) -> None:
    """Kontrollera att frågebatterierna går att använda; visar alla fel på en gång, med fil och rad."""
    from utbildningsprocess.work.batteries import check_batteries

    result(check_batteries(folder))
