"""`utb samtal lofte`: what became of what was promised, asked on a page or in a mail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.handing_out import HTML_FORM, MAIL, SavingPlace, give_form, handed_out_as
from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import PROMISES
from utbildningsprocess.swedish import fold, slug

if TYPE_CHECKING:
    from utbildningsprocess.work.promise_sheets import PromiseSheet

_NAMES = ("lofte", "loften", "loftena")
_FORMATS = (FileFormat.MD, FileFormat.DOCX, MAIL, HTML_FORM)


class PromiseWish(NamedTuple):
    """Whose promises are asked about, and until which day, as somebody has said it."""

    who: str | None
    until: str | None
    has_chosen: bool = False
    """Whether somebody has chosen among questions, which promises are not."""


def is_of_promises(step: str, until: str | None) -> bool:
    """Whether what stands where a step does means the promises. Raises WrongUse for a day with any other."""
    if fold(step) in _NAMES:
        return True
    if until is not None:
        raise WrongUse(f"--fore gäller bara löften: utb samtal {PROMISES}")
    return False


def ask_of_promises(initiative: str | None, wish: PromiseWish, form: str | None, place: SavingPlace) -> None:
    """Asks what became of what is due: shows a page to talk from, or gives a mail, a form or a Word file."""
    from utbildningsprocess.work.portfolio.choosing import last_day_meant
    from utbildningsprocess.work.promise_sheets import promise_sheet
    from utbildningsprocess.work.workspace import Workspace

    if wish.has_chosen:
        raise WrongUse("--fraga, --karna och --var-for-sig gäller inte löften. Välj med --fore och --vem.")
    known = _meant(form, place)
    workspace = Workspace.open()
    opened = meant(workspace, initiative)
    today = workspace.today
    until = date.fromisoformat(last_day_meant(wish.until, today)) if wish.until is not None else today
    sheet = promise_sheet(opened, until, (wish.who or "").strip())
    if sheet.asked:
        _give(sheet, known, place)
    else:
        result(sheet.text)
    if known != HTML_FORM or not sheet.asked:
        for line in sheet.notes(known):
            say(line)


def _meant(form: str | None, place: SavingPlace) -> str:
    """The format that is named, else the one that the ending of the file names, else Markdown.

    Raises WrongUse for what cannot be opened, or not be shown.
    """
    is_word = Path(place.file or "").suffix.lower() == ".docx"
    by_ending = handed_out_as(place.file) or (FileFormat.DOCX if is_word else FileFormat.MD)
    known = known_format(form, _FORMATS) if form else by_ending
    if place.opens and known != HTML_FORM:
        raise WrongUse("--oppna öppnar ett sparat formulär. Skriv --format formular.")
    if place.out == STDOUT and known == FileFormat.DOCX:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    return known


def _give(sheet: PromiseSheet, known: str, place: SavingPlace) -> None:
    """Shows the questions, or saves them in a file."""
    root = sheet.initiative.workspace.root
    whose = "-".join(
        filter(None, [PROMISES, sheet.initiative.path.stem, slug(sheet.role) if sheet.role else ""])
    )
    text = sheet.mail if known == MAIL else sheet.text
    if known == HTML_FORM:
        give_form(root, sheet.as_file(), sheet.notes(known), f"formular-{whose}.html", place)
    elif known == FileFormat.DOCX:
        target = Path(place.file or f"samtal-{whose}.docx")
        save_made_file(root, target, sheet.as_word_file(), replace=place.replace)
    elif place.file:
        save_made_file(root, Path(place.file), f"{text}\n".encode(), replace=place.replace)
    else:
        result(text)
