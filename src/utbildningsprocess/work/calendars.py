"""The calendar files of initiatives: the calendar of one or of all, and the invitation to each occasion."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.documents.text import as_read
from utbildningsprocess.exports.ics_events import invitations
from utbildningsprocess.files.git_folder import repository_of
from utbildningsprocess.files.made import made_before
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import fold, slug
from utbildningsprocess.work.workspace import made_minute

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator
    from datetime import date

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.work.open_dossier import OpenDossier


class Calendars:
    """What a calendar program can read of an initiative; an occasion is meant by the id of its row."""

    def __init__(self, initiative: OpenDossier, case: Case) -> None:
        self._initiative = initiative
        self._known_as = known_as(initiative)
        self._sheet, self._today = case.sheet, case.today
        self._minute = made_minute(case.today)

    def make(self, earlier: bytes, occasion: str) -> bytes:
        """The calendar, or the invitation to one occasion. Raises WrongUse without icalendar."""
        from utbildningsprocess.exports.ics import to_ics

        return to_ics(
            self._initiative.title,
            self._sheet,
            self._today,
            self._known_as,
            made=self._minute,
            earlier=earlier,
            occasion=occasion,
        )

    def is_empty(self, earlier: bytes, occasion: str) -> bool:
        """Whether there is nothing to tell: no day to come, and nothing of the earlier one to call off."""
        from utbildningsprocess.exports.ics import is_without_entries

        return is_without_entries(self._sheet, self._today, self._known_as, earlier, occasion)

    def forgotten(self, path: Path, earlier: bytes) -> Iterator[str]:
        """Says that what stood in the place of a calendar is no memory of it."""
        yield from forgotten(path, earlier, (self._known_as,))

    def invitations(self, folder: Path, name: str) -> Iterator[tuple[Path, str]]:
        """The file of each occasion that has a day, and those that lie in the folder since before.

        Of the latter, some are of occasions that have passed, and some of such that are to be called off.
        """
        rows = {
            f"{name}-{row if row.isalnum() else slug(row)}.ics": row
            for row in (event.row for event in invitations(self._sheet, self._today))
        }
        yield from ((folder / file_name, row) for file_name, row in rows.items())
        names = set(map(fold, rows))
        for path in made_before(folder, f"{name}-*.ics"):
            if fold(path.name) not in names:
                yield path, path.stem.removeprefix(f"{name}-")


class CalendarOfAll:
    """One calendar of several initiatives."""

    def __init__(self, dossiers: Iterable[OpenDossier], today: date) -> None:
        self._today = today
        self._initiatives: dict[str, OpenDossier] = {}
        for dossier in sorted(dossiers, key=lambda dossier: dossier.path):
            letters = known_as(dossier)
            if letters in self._initiatives:  # two old dossiers in places that are called the same
                letters = _hashed(dossier.path.resolve())
            self._initiatives[letters] = dossier

    def make(self, name: str, earlier: bytes) -> bytes:
        """The calendar; empty when there is nothing to tell. Raises Missing without icalendar."""
        from utbildningsprocess.exports.ics import Calendared, all_to_ics

        told = (
            Calendared(dossier.title, as_read(dossier.sheet), letters)
            for letters, dossier in self._initiatives.items()
        )
        return all_to_ics(name, told, self._today, made=made_minute(self._today), earlier=earlier)

    def to_know(self, path: Path, earlier: bytes, made: bytes) -> Iterator[str]:
        """Says that what stood in the place of the calendar is no memory of it, or what has gone from it."""
        from utbildningsprocess.exports.ics_earlier import told_no_more

        yield from forgotten(path, earlier, self._initiatives.keys())
        if gone := told_no_more(earlier, made, self._today):
            many, them = ("En post", "posten") if gone == 1 else (f"{gone} poster", "dem")
            yield f"{many} i den förra kalendern är inte med längre. Ta bort {them} ur kalendern för hand."


def forgotten(path: Path, earlier: bytes, letters: Collection[str]) -> Iterator[str]:
    """Says that what stood in the place of a calendar is no memory of it."""
    from utbildningsprocess.exports.ics_earlier import why_forgotten

    if why := why_forgotten(earlier, letters):
        yield f"{shown(path)}: {why}"


def known_as(initiative: OpenDossier) -> str:
    """The letters of the initiative; for an old dossier, without them, its place in the repository."""
    path, root = initiative.path.resolve(), initiative.workspace.root
    if root.is_archived(path):  # as it was known before it was put away
        path = path.parent.with_name(path.name)
    top = repository_of(path) or root.folder.resolve().parent
    place = path.relative_to(top) if path.is_relative_to(top) else Path(path.name)
    return initiative.identity or _hashed(place)


def _hashed(place: Path) -> str:
    """A place in letters: folders are called as people are, and a calendar is sent to many."""
    return sha256(os.fsencode(place.with_suffix("").as_posix())).hexdigest()[:16]
