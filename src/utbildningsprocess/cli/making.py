"""Documents shown, written to stdout or saved, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.cli.formats import file_format, known_format, meant_format
from utbildningsprocess.cli.output import STDOUT, UNCHANGED, display, result, say
from utbildningsprocess.documents.kinds import DOCUMENTS, EVERYTHING
from utbildningsprocess.errors import OK, WrongUse
from utbildningsprocess.exports.formats import FileFormat

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.work.documents import Documents


def tell(sentences: Iterable[str]) -> None:
    """Says each of some sentences."""
    for sentence in sentences:
        say(sentence)


def make_one(
    documents: Documents, kind: DocumentKind, form: str | None, out: str | None, *, replace: bool
) -> None:
    """Shows one document, writes it to stdout, or saves it."""
    from utbildningsprocess.documents.compose import to_markdown
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.screen.showing import is_read, show_markdown
    from utbildningsprocess.work.documents import NO_DATES

    saved_as = meant_format(form, out, kind.formats)
    if out == STDOUT:
        if not saved_as.is_text:
            raise WrongUse(f"{saved_as} går inte att skriva på standard ut. Ange en fil med -o.")
        made = documents.make(kind, saved_as)
        tell(made.notes)
        result(made.data.decode("utf-8").removesuffix("\n"))
    elif kind.is_page and not (form or out):
        tell(documents.make(kind).notes)
        text = to_markdown(documents.document(kind), drawn=not is_read())
        show_markdown(text, plain=display(documents.workspace.settings).plain)
    elif documents.is_empty(kind):
        say(f"{NO_DATES} Ingen fil har sparats.")
    else:
        saved = documents.save(kind, saved_as, Path(out) if out else None, replace=replace)
        tell(saved.notes)
        result(shown(saved.path))
        if not saved.is_new:
            say(UNCHANGED)


# ----------------------------------------------------------------- everything


def save_everything(documents: Documents, form: str | None, out: str | None, *, replace: bool) -> int:
    """Saves every document in every format, or in one; what cannot be saved is told. Gives the exit code.

    A format whose add-on is missing is no error unless it was asked for by name.
    """
    from utbildningsprocess.exports.extras import Missing
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.documents import NO_DATES, Saved, told_by_cause

    folder = _folder_meant(out) if out else None
    formats = (known_format(form, tuple(FileFormat)),) if form else tuple(FileFormat)
    unchanged, troubles = 0, []
    for outcome in documents.save_all(formats, folder, replace=replace):
        if isinstance(outcome, Saved):
            tell(outcome.notes)
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
    failed = [outcome.trouble for outcome in troubles if form or not isinstance(outcome.trouble, Missing)]
    return max((trouble.exit_code for trouble in failed), default=OK)


def _folder_meant(out: str) -> Path:
    """The folder that all documents are to be saved in. Raises WrongUse for what is rather a file's name."""
    from utbildningsprocess.files.roots import is_folder
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.privacy import refuse_in_file_name

    refuse_in_file_name(out)
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
