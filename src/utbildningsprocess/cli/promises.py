"""`utb samtal lofte`: what became of what was promised, asked on a page or in a mail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.handing_out import SavingPlace, give_form, save_made_file
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import PROMISES
from utbildningsprocess.swedish import fold

_NAMES = ("lofte", "loften", "loftena")
_MAIL, _FORM = "mejl", "formular"


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
    """Asks what became of what is due: shows a page to talk from, or gives a mail or a form."""
    from utbildningsprocess.work.portfolio.choosing import last_day_meant
    from utbildningsprocess.work.promise_sheets import promise_sheet
    from utbildningsprocess.work.workspace import Workspace

    if wish.has_chosen:
        raise WrongUse("--fraga och --karna gäller inte löften. Välj med --fore och --vem.")
    known = known_format(form, (FileFormat.MD, _MAIL, _FORM)) if form else FileFormat.MD
    if place.opens and known != _FORM:
        raise WrongUse("--oppna öppnar ett sparat formulär. Skriv --format formular.")
    workspace = Workspace.open()
    opened = meant(workspace, initiative)
    today = workspace.today
    until = date.fromisoformat(last_day_meant(wish.until, today)) if wish.until is not None else today
    sheet = promise_sheet(opened, until, (wish.who or "").strip())
    root = opened.workspace.root
    if known == _FORM and sheet.asked:
        name = f"formular-{PROMISES}-{opened.path.stem}.html"
        give_form(root, sheet.as_file(), sheet.notes(known), name, place)
        return
    text = sheet.mail if known == _MAIL else sheet.text
    if place.file and sheet.asked:
        save_made_file(root, Path(place.file), f"{text}\n".encode(), replace=place.replace)
    else:
        result(text)
    for line in sheet.notes(known):
        say(line)
