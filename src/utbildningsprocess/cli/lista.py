"""`utb lista`: all initiatives, the most urgent first; filtered, searched, and for other programs."""

from __future__ import annotations

from typing import Annotated

from typer import Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.formats import LISTS, list_format
from utbildningsprocess.cli.output import STDOUT
from utbildningsprocess.cli.parameters import Plain, Replace
from utbildningsprocess.errors import WrongUse
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
    Option("--roll", metavar="ROLL", help="Visa det rollen har lovat, och allt i de insatser som den leder."),
]
_Group = Annotated[str | None, Option("--malgrupp", metavar="ORD", help="Visa bara dem med målgruppen.")]
_Cause = Annotated[
    str | None, Option("--orsak", metavar="ORD", help="Visa bara dem där diagnosen ser orsaken som stark.")
]
_Word = Annotated[
    str | None,
    Option("--sok", metavar="ORD", help="Visa bara dem där ordet står, och på vilken rad."),
]
_Archived = Annotated[bool, Option("--arkiv", help="Visa också dem som ligger i arkivet.")]
_Places = Annotated[
    list[str] | None,
    Option("--mapp", metavar="MAPP", help="Läs insatserna i mappen; ange flaggan igen för fler mappar."),
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
    archived: _Archived = False,
    places: _Places = None,
    form: _Form = None,
    out: _Out = None,
    replace: Replace = False,
    is_open: _Open = False,
    plain: Plain = False,
) -> None:
    """Se alla insatser i mappen: steget, det som kommer härnäst, det som är försenat och vem som leder.

    Den mest brådskande står först.
    """
    from utbildningsprocess.cli.listing import ListFile, give_initiatives
    from utbildningsprocess.work.portfolio.choosing import Wanted

    Plainness.wanted = Plainness.wanted or plain
    target = ListFile(list_format(form, out), "" if out in (None, STDOUT) else str(out), replace, is_open)
    if is_open and target.form != "html":
        raise WrongUse("--oppen gäller sidan. Lägg till --format html.")
    texts = ("" if text is None else text or " " for text in (before, step, life, role, group, cause))
    give_initiatives(Wanted(late, archived, *texts), word, places or (), target)
