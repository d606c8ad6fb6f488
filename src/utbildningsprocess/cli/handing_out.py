"""What is made for others to fill in: saved in a file, and perhaps opened."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say

if TYPE_CHECKING:
    from collections.abc import Iterable

    from utbildningsprocess.files.roots import Root


MAIL, HTML_FORM = "mejl", "formular"
"""What can be handed out beside files of a known format."""
_BY_ENDING = {".txt": MAIL, ".html": HTML_FORM}


class SavingPlace(NamedTuple):
    """Where something is saved, over what stands there or not, and whether it is opened."""

    out: str | None
    replace: bool
    opens: bool = False

    @property
    def file(self) -> str | None:
        """The file that is named; None for none, or for the terminal."""
        return None if self.out == STDOUT else self.out


def handed_out_as(out: str | None) -> str:
    """A mail or a form, where the ending of the file says so; nothing for any other."""
    return _BY_ENDING.get(Path(out or "").suffix.lower(), "")


def give_form(root: Root, page: bytes, notes: Iterable[str], name: str, place: SavingPlace) -> None:
    """Shows a form, or saves it where it is to be, else by a name, and says what to do with it."""
    from utbildningsprocess.files.opening import is_opened

    if place.out == STDOUT:
        result(page.decode())
        return
    target = Path(place.out or name)
    save_made_file(root, target, page, replace=place.replace)
    for line in notes:
        say(line)
    if place.opens and not is_opened(target):
        say("Formuläret går inte att öppna härifrån. Öppna filen i din webbläsare.")
