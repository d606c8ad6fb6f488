"""Documents shown, written to stdout or saved, and what is said of it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.cli.formats import file_format, known_format, meant_format
from utbildningsprocess.cli.output import STDOUT, UNCHANGED, display, result, say
from utbildningsprocess.errors import OK, WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.work.documents import Documents, NotSaved
    from utbildningsprocess.work.page_files import PageFiles, Saved


def tell(sentences: Iterable[str]) -> None:
    """Says each of some sentences."""
    for sentence in sentences:
        say(sentence)


def make_one_of(
    documents: Documents, kind: DocumentKind, form: str | None, out: str | None, *, replace: bool
) -> int:
    """Shows, writes or saves one document of an initiative, or saves the invitations. Gives the exit code."""
    from utbildningsprocess.work.documents import ONE_WITH_SOURCES

    if documents.sourced and not kind.is_page:
        raise WrongUse(ONE_WITH_SOURCES)
    if kind.is_for_each_occasion(fold(form) if form else file_format(out or "")):
        return _save_invitations(documents, kind, out, replace=replace)
    return make_one(documents, kind, form, out, replace=replace)


def make_one(
    documents: PageFiles, kind: DocumentKind, form: str | None, out: str | None, *, replace: bool
) -> int:
    """Shows one document, writes it to stdout, or saves it. Gives the exit code."""
    from utbildningsprocess.documents.compose import to_markdown
    from utbildningsprocess.exports.proof import unsealed
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.screen.showing import is_read, show_markdown
    from utbildningsprocess.work.documents import NO_DATES

    saved_as = meant_format(form, out, kind.formats)
    if out == STDOUT:
        if not saved_as.is_text:
            raise WrongUse(f"{saved_as} går inte att visa i terminalen. Ange en fil med -o.")
        made = documents.make(kind, saved_as)
        tell(made.notes)
        # Text for a mail is often piped or pasted on, and has no use for the proof of a file.
        data = unsealed(made.data, saved_as) if saved_as is FileFormat.TXT else made.data
        result(data.decode("utf-8").removesuffix("\n"))
    elif kind.is_page and not (form or out):
        tell(documents.make(kind).notes)
        text = to_markdown(documents.document(kind), drawn=not is_read())
        show_markdown(text, plain=display(documents.workspace.settings).plain)
    elif documents.is_empty(kind, Path(out) if out else None):
        say(f"{NO_DATES} Ingen fil har sparats.")
    else:
        saved = documents.save(kind, saved_as, Path(out) if out else None, replace=replace)
        tell(saved.notes)
        result(shown(saved.path))
        if not saved.is_new:
            say(UNCHANGED)
    return OK


def _save_invitations(documents: Documents, kind: DocumentKind, out: str | None, *, replace: bool) -> int:
    """Saves the invitation to each occasion as a file for calendars."""
    from utbildningsprocess.work.documents import NO_OCCASIONS, ONE_WITH_SOURCES

    if documents.sourced:
        raise WrongUse(ONE_WITH_SOURCES)
    folder = _folder_meant(out) if out else None
    outcomes = _told(documents.save_each(kind, FileFormat.ICS, folder, replace=replace))
    if not outcomes:
        say(NO_OCCASIONS)
    return _told_at_the_end(outcomes)


# ----------------------------------------------------------------- everything


def save_everything(documents: Documents, form: str | None, out: str | None, *, replace: bool) -> int:
    """Saves every document in every format, or in one; what cannot be saved is told. Gives the exit code.

    A format whose add-on is missing is no error unless it was asked for by name.
    """
    from utbildningsprocess.work.documents import NO_DATES

    folder = _folder_meant(out) if out else None
    formats = (known_format(form, tuple(FileFormat)),) if form else tuple(FileFormat)
    outcomes = _told(documents.save_all(formats, folder, replace=replace))
    if FileFormat.ICS in formats and not any(outcome.path.name == "kalender.ics" for outcome in outcomes):
        say(f"{NO_DATES} Ingen kalender har sparats.")
    return _told_at_the_end(outcomes, is_missing_wrong=form is not None)


def _told(outcomes: Iterable[Saved | NotSaved]) -> Sequence[Saved | NotSaved]:
    """Tells of each file as it is saved."""
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.page_files import Saved

    told = []
    for outcome in outcomes:
        told.append(outcome)
        if isinstance(outcome, Saved):
            tell(outcome.notes)
            result(shown(outcome.path))
    return told


def _told_at_the_end(outcomes: Sequence[Saved | NotSaved], *, is_missing_wrong: bool = True) -> int:
    """Tells how many files were as they are, and why others could not be saved. Gives the exit code."""
    from utbildningsprocess.exports.extras import Missing
    from utbildningsprocess.work.documents import NotSaved, told_by_cause

    troubles = [outcome for outcome in outcomes if isinstance(outcome, NotSaved)]
    if unchanged := sum(not (isinstance(outcome, NotSaved) or outcome.is_new) for outcome in outcomes):
        say(UNCHANGED if unchanged == 1 else f"{unchanged} filer fanns redan och är likadana.")
    tell(told_by_cause(troubles))
    failed = (outcome.trouble for outcome in troubles)
    codes = (error.exit_code for error in failed if is_missing_wrong or not isinstance(error, Missing))
    return max(codes, default=OK)


def _folder_meant(out: str) -> Path:
    """The folder that several files are to be saved in. Raises WrongUse for what is rather a file's name."""
    from utbildningsprocess.files.roots import is_folder
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.work.privacy import refuse_in_file_name

    refuse_in_file_name(out)
    folder, ending = Path(out), file_format(out)
    if out == STDOUT:
        raise WrongUse("Det blir flera filer. Ange en mapp med -o.")
    if ending in tuple(FileFormat) and not is_folder(folder):
        raise WrongUse(
            f"{out} är namnet på en fil, men det blir flera filer och -o är en mapp. "
            f"Skriv till exempel -o {shown(folder.with_suffix(''))} --format {ending}."
        )
    return folder
