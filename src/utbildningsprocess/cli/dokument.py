"""`utb dokument`: what the next person needs, made from the answers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.making import make_one, make_one_of, save_everything, tell
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.parameters import Anyway, MaybeInitiative, Replace
from utbildningsprocess.cli.survey import HANDED_OUT, HandedOut, hand_out, is_handed_out
from utbildningsprocess.documents.kinds import (
    EVERY_KIND,
    EVERYTHING,
    OF_ALL,
    PAGE_FORMATS,
    DocumentKind,
    kind_meant,
)
from utbildningsprocess.errors import BROKEN, WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.swedish import fold, joined

if TYPE_CHECKING:
    from utbildningsprocess.work.documents import Documents
    from utbildningsprocess.work.workspace import Workspace

_OWN_FORMATS = joined(
    f"{kind.id} {'också' if kind.is_page else 'är'} {joined(kind.own_formats, 'eller')}"
    for kind in EVERY_KIND
    if kind.own_formats
)


_Kind = Annotated[
    str | None,
    Argument(
        metavar="TYP",
        autocompletion=completion.documents,
        help="Dokumentet, ”tabeller”, ”kalender” eller ”alla”; ”lage” gäller alla insatser. "
        "Utan typ visas vilka som finns och vad som saknas.",
    ),
]
_Form = Annotated[
    str | None,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(FileFormat),
        help=f"Spara som {joined(PAGE_FORMATS, 'eller')}; {_OWN_FORMATS}. "
        "Inbjudan som ics är en fil för varje tillfälle. "
        f"Enkäten också som {joined(HANDED_OUT, 'eller')}, för en del i taget, sparad i mappen där du står.",
    ),
]
_Out = Annotated[
    str | None,
    Option(
        "-o",
        "--ut",
        metavar="FIL",
        help="Filen att spara i; ändelsen säger formatet. Ett streck (-) visar md eller html i "
        "terminalen. Blir det flera filer, som med ”alla”, är det en mapp.",
    ),
]
_Sources = Annotated[
    bool,
    Option(
        "--kallor", help="Visa med små siffror vilket svar eller vilken uträkning varje uppgift kommer ur."
    ),
]
_Opens = Annotated[
    bool,
    Option("--oppna", help="Spara och öppna filen, som html utan --format. Med ”alla” öppnas mappen."),
]


_Day = Annotated[
    str | None,
    Option(
        "--dag",
        metavar="0|30|90",
        help="Delen av enkäten, när den görs som formular, txt eller csv. Utan flaggan blir det dag 0.",
    ),
]


def dokument(  # noqa: PLR0913  one parameter for each option
    kind: _Kind = None,
    initiative: MaybeInitiative = None,
    *,
    form: _Form = None,
    out: _Out = None,
    sources: _Sources = False,
    opens: _Opens = False,
    day: _Day = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Gör ett dokument av svaren. Det som inte är besvarat står som ”Ej besvarad”.

    Utan --format och -o visas texten. Annars sparas filen: i mappen dokument, eller där -o säger.
    Tabeller, kalender och ”alla” sparas alltid.
    """
    from utbildningsprocess.work.document_list import document_list
    from utbildningsprocess.work.documents import Documents
    from utbildningsprocess.work.opening import format_to_open, open_made
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    wanted = _wanted(workspace, kind, initiative)
    _refuse_without_kind(wanted, sources=sources, opens=opens)
    if wanted.kind is OF_ALL:
        _refuse_of_one(wanted.initiative, sources=sources, anyway=anyway)
        _make_state(workspace, form, out, opens=opens, replace=replace)
        return
    if is_handed_out(wanted.kind, form, day):
        hand_out(meant(workspace, wanted.initiative), HandedOut(form, day, out, replace, opens))
        return
    documents = Documents(meant(workspace, wanted.initiative), despite_damage=anyway, sourced=sources)
    if wanted.kind is None and not wanted.everything:
        result(document_list(documents))
        return
    form = format_to_open(wanted.kind, form, out) if opens else form
    if code := _make(documents, wanted.kind, form, out, replace=replace):
        raise Exit(code)
    tell(filter(None, [open_made(documents, wanted.kind, form, out) if opens else ""]))


def _refuse_of_one(initiative: str | None, *, sources: bool, anyway: bool) -> None:
    """Raises WrongUse for what holds for documents of one initiative."""
    if initiative is not None:
        raise WrongUse(f"Läget gäller alla insatser i mappen. Skriv bara: utb dokument {OF_ALL.id}")
    if sources:
        raise WrongUse("Läget visas utan --kallor: vid varje summa står hur många insatser den är räknad på.")
    if anyway:
        raise WrongUse("Läget görs utan --anda: dossierer som är skadade nämns i det, men räknas inte.")


def _make_state(
    workspace: Workspace, form: str | None, out: str | None, *, opens: bool, replace: bool
) -> None:
    """Makes the report on all initiatives; a sentence where there are none."""
    from utbildningsprocess.cli.listing import read_initiatives
    from utbildningsprocess.work.documents import unused_templates
    from utbildningsprocess.work.opening import format_to_open, open_made
    from utbildningsprocess.work.portfolio.report import StateReport
    from utbildningsprocess.work.portfolio.words import portfolio_notes

    if opens:
        form = format_to_open(OF_ALL, form, out)
    portfolio = read_initiatives().portfolio
    tell(portfolio_notes(portfolio, portfolio.listed, workspace.today))
    if portfolio.listed:
        report = StateReport(workspace, portfolio)
        tell(unused_templates(workspace))
        make_one(report, OF_ALL, form, out, replace=replace)
        if opens:
            tell(filter(None, [open_made(report, OF_ALL, form, out)]))
    if portfolio.unreadable:
        raise Exit(BROKEN)


def _make(
    documents: Documents, kind: DocumentKind | None, form: str | None, out: str | None, *, replace: bool
) -> int:
    """Makes a document, or all of them. Gives the exit code."""
    from utbildningsprocess.work.documents import unused_templates

    tell(unused_templates(documents.workspace))
    if kind is None:
        return save_everything(documents, form, out, replace=replace)
    return make_one_of(documents, kind, form, out, replace=replace)


class _Wanted(NamedTuple):
    kind: DocumentKind | None
    initiative: str | None
    everything: bool = False


def _refuse_without_kind(wanted: _Wanted, *, sources: bool, opens: bool) -> None:
    """Raises WrongUse for options that hold for one document, or for some to make, where there is none."""
    from utbildningsprocess.work.documents import ONE_WITH_SOURCES

    if sources and wanted.kind is None:
        raise WrongUse(ONE_WITH_SOURCES)
    if opens and not (wanted.kind or wanted.everything):
        raise WrongUse("Skriv vilket dokument som ska öppnas, till exempel: utb dokument dossier --oppna")


def _wanted(workspace: Workspace, kind: str | None, initiative: str | None) -> _Wanted:
    """The kind and the initiative; a lone word that names no kind may name an initiative."""
    if kind is None or fold(kind) == EVERYTHING:
        return _Wanted(None, initiative, everything=kind is not None)
    try:
        return _Wanted(kind_meant(kind, EVERY_KIND), initiative)
    except WrongUse as trouble:
        if initiative is not None:
            raise
        try:
            return _Wanted(None, str(workspace.find(kind)))
        except WrongUse:
            raise trouble from None
