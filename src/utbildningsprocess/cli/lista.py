"""`utb lista`: all initiatives, the most urgent first; filtered, searched, and for other programs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.formats import LISTS, list_format
from utbildningsprocess.cli.output import STDOUT
from utbildningsprocess.cli.parameters import Plain, Replace
from utbildningsprocess.errors import BROKEN, WrongUse
from utbildningsprocess.screen.looks import Plainness
from utbildningsprocess.swedish import joined

_Late = Annotated[bool, Option("--forsenat", help="Visa bara dem där något är försenat.")]
_Before = Annotated[
    str | None,
    Option(
        "--fore",
        metavar="DATUM",
        help="Visa bara dem där något ska ske till och med dagen: 2027-03-01, ”denna månad”, v. 12.",
    ),
]
_Step = Annotated[
    str | None,
    Option("--steg", metavar="STEG", autocompletion=completion.steps, help="Visa bara dem i ett steg."),
]
_Life = Annotated[
    str | None,
    Option(
        "--status",
        metavar="STATUS",
        autocompletion=completion.lives,
        help="Visa bara dem som är aktiv, vilande, avslutad eller ersatt.",
    ),
]
_Role = Annotated[
    str | None,
    Option("--roll", metavar="ROLL", help="Visa bara dem där rollen leder, beslutar eller ansvarar."),
]
_Group = Annotated[str | None, Option("--malgrupp", metavar="ORD", help="Visa bara dem med målgruppen.")]
_Cause = Annotated[
    str | None, Option("--orsak", metavar="ORD", help="Visa bara dem där diagnosen ser orsaken som stark.")
]
_Word = Annotated[
    str | None,
    Option("--sok", metavar="ORD", help="Visa bara dem där ordet står, och på vilken rad."),
]
_Form = Annotated[
    str | None,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(LISTS),
        help=f"{joined(LISTS, 'eller')}. Utan flaggan visas text.",
    ),
]
_Out = Annotated[
    str | None,
    Option("-o", "--ut", metavar="FIL", help="Filen att spara i; ändelsen säger formatet."),
]
_Open = Annotated[
    bool,
    Option("--oppen", help="Visa bara antal på sidan (html), så att den går att visa för alla."),
]


def lista(  # noqa: PLR0913  one parameter for each option
    *,
    late: _Late = False,
    before: _Before = None,
    step: _Step = None,
    life: _Life = None,
    role: _Role = None,
    group: _Group = None,
    cause: _Cause = None,
    word: _Word = None,
    form: _Form = None,
    out: _Out = None,
    replace: Replace = False,
    is_open: _Open = False,
    plain: Plain = False,
) -> None:
    """Se alla insatser i mappen: steget, det som kommer härnäst, det som är försenat och vem som leder.

    Den mest brådskande står först.
    """
    from utbildningsprocess.cli.listing import (
        Target,
        read_initiatives,
        save_initiatives,
        show_initiatives,
    )
    from utbildningsprocess.steps import parse_step
    from utbildningsprocess.work import clock
    from utbildningsprocess.work.portfolio.choosing import (
        Wanted,
        chosen,
        last_day_meant,
        life_meant,
        selection_in_words,
    )
    from utbildningsprocess.work.portfolio.page_making import PageWish

    form = list_format(form, out)
    if is_open and form != "html":
        raise WrongUse("--oppen gäller sidan. Lägg till --format html.")
    Plainness.wanted = Plainness.wanted or plain
    wanted = Wanted(
        overdue=late,
        until=last_day_meant(before, clock.current_date()) if before is not None else "",
        step=parse_step(step) if step is not None else "",
        life=life_meant(life) if life is not None else "",
        role=role or "",
        group=group or "",
        cause=cause or "",
    )
    seen = read_initiatives(word)
    listed = chosen(seen.portfolio.listed, wanted, seen.today)
    if seen.search is not None:
        listed = [initiative for initiative in listed if initiative.path in seen.search.lines]
    drawn = PageWish(selection_in_words(wanted, word), is_open)
    if out is None or out == STDOUT:
        show_initiatives(seen, listed, form, drawn)
    else:
        save_initiatives(seen, listed, Target(Path(out), form, replace), drawn)
    if seen.portfolio.unreadable:
        raise Exit(BROKEN)
