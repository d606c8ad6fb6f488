"""`utb samtal lofte`: what became of what was promised, asked on a page or in a mail."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import NamedTuple

from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import PROMISES
from utbildningsprocess.swedish import fold

_NAMES = ("lofte", "loften", "loftena")
_MAIL = "mejl"


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


def ask_of_promises(
    initiative: str | None, wish: PromiseWish, form: str | None, out: str | None, *, replace: bool
) -> None:
    """Asks what became of what is due: shows a page to talk from, or gives a mail to paste."""
    from utbildningsprocess.work.portfolio.choosing import last_day_meant
    from utbildningsprocess.work.promise_sheets import promise_sheet
    from utbildningsprocess.work.workspace import Workspace

    if wish.has_chosen:
        raise WrongUse("--fraga och --karna gäller inte löften. Välj med --fore och --vem.")
    is_mail = form is not None and known_format(form, (FileFormat.MD, _MAIL)) == _MAIL
    workspace = Workspace.open()
    opened = meant(workspace, initiative)
    today = workspace.today
    until = date.fromisoformat(last_day_meant(wish.until, today)) if wish.until is not None else today
    sheet = promise_sheet(opened, until, (wish.who or "").strip())
    text = sheet.mail if is_mail else sheet.text
    if out in (None, STDOUT) or not sheet.asked:
        result(text)
    else:
        save_made_file(opened.workspace.root, Path(str(out)), f"{text}\n".encode(), replace=replace)
    for line in sheet.notes(is_sent=is_mail):
        say(line)
