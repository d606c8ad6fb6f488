"""`utb dokument`: what the next person needs, made from the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.making import make_one, save_everything, tell
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.parameters import Anyway, MaybeInitiative, Replace
from utbildningsprocess.documents.kinds import DOCUMENTS, EVERYTHING, PAGE_FORMATS, DocumentKind, kind_meant
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.swedish import fold, joined

if TYPE_CHECKING:
    from utbildningsprocess.work.workspace import Workspace

_OWN_FORMATS = " och ".join(f"{kind.id} är {kind.formats[0]}" for kind in DOCUMENTS if not kind.is_page)


_Kind = Annotated[
    str | None,
    Argument(
        metavar="TYP",
        autocompletion=completion.documents,
        help="Dokumentet, ”tabeller”, ”kalender” eller ”alla”. "
        "Utan typ visas vilka som finns och vad som saknas.",
    ),
]
_Form = Annotated[
    str | None,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(FileFormat),
        help=f"Spara som {joined(PAGE_FORMATS, 'eller')}; {_OWN_FORMATS}.",
    ),
]
_Out = Annotated[
    str | None,
    Option(
        "-o",
        "--ut",
        metavar="FIL",
        help="Filen att spara i; ändelsen säger formatet. Ett streck (-) skriver md eller html på "
        "standard ut. Med ”alla” är det en mapp.",
    ),
]


def dokument(  # noqa: PLR0913  one parameter for each option
    kind: _Kind = None,
    initiative: MaybeInitiative = None,
    *,
    form: _Form = None,
    out: _Out = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Gör ett dokument av svaren. Det som inte är besvarat står som ”Ej besvarad”.

    Utan --format och -o visas texten. Annars sparas filen: i mappen dokument, eller där -o säger.
    Tabeller, kalender och ”alla” sparas alltid.
    """
    from utbildningsprocess.work.documents import Documents, unused_templates
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    wanted = _wanted(workspace, kind, initiative)
    documents = Documents(meant(workspace, wanted.initiative), despite_damage=anyway)
    if wanted.everything:
        tell(unused_templates(workspace))
        if code := save_everything(documents, form, out, replace=replace):
            raise Exit(code)
    elif wanted.kind is None:
        result(documents.listing())
    else:
        tell(unused_templates(workspace))
        make_one(documents, wanted.kind, form, out, replace=replace)


class _Wanted(NamedTuple):
    kind: DocumentKind | None
    initiative: str | None
    everything: bool = False


def _wanted(workspace: Workspace, kind: str | None, initiative: str | None) -> _Wanted:
    """The kind and the initiative; a lone word that names no kind may name an initiative."""
    if kind is None or fold(kind) == EVERYTHING:
        return _Wanted(None, initiative, everything=kind is not None)
    try:
        return _Wanted(kind_meant(kind), initiative)
    except WrongUse as trouble:
        if initiative is not None:
            raise
        try:
            return _Wanted(None, str(workspace.find(kind)))
        except WrongUse:
            raise trouble from None
