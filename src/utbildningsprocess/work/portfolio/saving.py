"""A list of initiatives saved as a file: written whole, and never over what somebody else has written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.proof import sealed, sealed_on, unsealed
from utbildningsprocess.files.made import present_at, save_made
from utbildningsprocess.files.roots import find_root
from utbildningsprocess.work.workspace import made_date

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.work.portfolio.listing import Listed

_CALENDAR_NAME = "Alla insatser"


class SavedList(NamedTuple):
    """What came of saving a list: whether the file is new or changed, and what to know of it."""

    is_new: bool
    notes: tuple[str, ...] = ()


def save_list(path: Path, data: bytes, form: str, today: date, *, replace: bool) -> SavedList:
    """Saves a list that is made in a format. Raises Edited, WrongUse or Broken as save_made does."""
    root = find_root(Path())
    if form not in tuple(FileFormat):
        return SavedList(save_made(path, data, root, replace=replace))
    known = FileFormat(form)
    return SavedList(
        save_made(
            path,
            sealed(data, known, made_date(today)),
            root,
            replace=replace,
            is_same=lambda present: unsealed(present, known) == unsealed(data, known),
            is_untouched=lambda present: sealed_on(present, known) is not None,
        )
    )


def save_calendar(path: Path, listed: Sequence[Listed], today: date, *, replace: bool) -> SavedList | None:
    """Saves one calendar of initiatives, that replaces the one before; None when there is nothing to tell.

    Raises Missing without icalendar, else as `save_list`.
    """
    from utbildningsprocess.work.calendars import CalendarOfAll
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.workspace import Workspace

    workspace, earlier = Workspace.open(Path(), today), present_at(path)
    calendar = CalendarOfAll((OpenDossier(workspace, initiative.path) for initiative in listed), today)
    data = calendar.make(_CALENDAR_NAME, earlier)
    if not data:
        return None
    saved = save_list(path, data, FileFormat.ICS, today, replace=replace)
    return saved._replace(notes=tuple(calendar.to_know(path, earlier, data)))
