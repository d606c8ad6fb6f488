"""`utb dokument`: what the next person needs, made from the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import file_format, known_format, meant_format
from utbildningsprocess.cli.output import STDOUT, UNCHANGED, display, result, say
from utbildningsprocess.cli.parameters import Initiative, Replace
from utbildningsprocess.documents.kinds import DOCUMENTS, EVERYTHING, PAGE_FORMATS, DocumentKind, kind_meant
from utbildningsprocess.errors import OK, WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.swedish import fold, joined

if TYPE_CHECKING:
    from utbildningsprocess.work.documents import Documents
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


def dokument(
    kind: _Kind = None,
    initiative: Initiative = None,
    *,
    form: _Form = None,
    out: _Out = None,
    replace: Replace = False,
) -> None:
    """Gör ett dokument av svaren. Det som inte är besvarat står som ”Ej besvarad”.

    Utan --format och -o visas texten. Annars sparas filen: i mappen dokument, eller där -o säger.
    Tabeller, kalender och ”alla” sparas alltid.
    """
    from utbildningsprocess.work.documents import unused_templates
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    wanted = _wanted(workspace, kind, initiative)
    documents = meant(workspace, wanted.initiative).documents
    if wanted.everything:
        _tell(unused_templates(workspace))
        if code := _save_everything(documents, form, out, replace=replace):
            raise Exit(code)
    elif wanted.kind is None:
        result(documents.listing())
    else:
        _tell(unused_templates(workspace))
        _make(documents, wanted.kind, form, out, replace=replace)


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


def _tell(sentences: list[str] | tuple[str, ...]) -> None:
    for sentence in sentences:
        say(sentence)


def _make(
    documents: Documents, kind: DocumentKind, form: str | None, out: str | None, *, replace: bool
) -> None:
    """Shows one document, writes it to stdout, or saves it."""
    from utbildningsprocess.documents.compose import to_markdown
    from utbildningsprocess.files import shown
    from utbildningsprocess.screen import is_read, show_markdown
    from utbildningsprocess.work.documents import NO_DATES

    saved_as = meant_format(form, out, kind.formats)
    if out == STDOUT:
        if not saved_as.is_text:
            raise WrongUse(f"{saved_as} går inte att skriva på standard ut. Ange en fil med -o.")
        made = documents.make(kind, saved_as)
        _tell(made.notes)
        result(made.data.decode("utf-8").removesuffix("\n"))
    elif kind.is_page and not (form or out):
        _tell(documents.make(kind).notes)
        text = to_markdown(documents.document(kind), drawn=not is_read())
        show_markdown(text, plain=display(documents.workspace.settings).plain)
    elif documents.is_empty(kind):
        say(f"{NO_DATES} Ingen fil har sparats.")
    else:
        saved = documents.save(kind, saved_as, Path(out) if out else None, replace=replace)
        _tell(saved.notes)
        result(shown(saved.path))
        if not saved.is_new:
            say(UNCHANGED)


# ----------------------------------------------------------------- everything


def _save_everything(documents: Documents, form: str | None, out: str | None, *, replace: bool) -> int:
    """Saves every document in every format, or in one; what cannot be saved is told. Gives the exit code."""
    from utbildningsprocess.files import shown
    from utbildningsprocess.work.documents import NO_DATES, Saved, told_by_cause

    folder = _folder_meant(out) if out else None
    formats = (known_format(form, tuple(FileFormat)),) if form else tuple(FileFormat)
    unchanged, troubles = 0, []
    for outcome in documents.save_all(formats, folder, replace=replace):
        if isinstance(outcome, Saved):
            _tell(outcome.notes)
            result(shown(outcome.path))
            unchanged += not outcome.is_new
        else:
            troubles.append(outcome)
    if FileFormat.ICS in formats and any(documents.is_empty(kind) for kind in DOCUMENTS):
        say(f"{NO_DATES} Ingen kalender har sparats.")
    if unchanged:
        say(UNCHANGED if unchanged == 1 else f"{unchanged} filer fanns redan och är likadana.")
    for text in told_by_cause(troubles):
        say(text)
    return max((trouble.trouble.exit_code for trouble in troubles), default=OK)


def _folder_meant(out: str) -> Path:
    """The folder that all documents are to be saved in. Raises WrongUse for what is rather a file's name."""
    from utbildningsprocess.files import is_folder, shown

    folder, ending = Path(out), file_format(out)
    if out == STDOUT:
        raise WrongUse(f"Med ”{EVERYTHING}” blir det flera filer. Ange en mapp med -o.")
    if ending in tuple(FileFormat) and not is_folder(folder):
        raise WrongUse(
            f"{out} är namnet på en fil, men med ”{EVERYTHING}” är -o en mapp. "
            f"Skriv till exempel -o {shown(folder.with_suffix(''))}, och --format {ending} "
            "om ni bara vill ha det formatet."
        )
    return folder
