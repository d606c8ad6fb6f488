"""The folder that a team shares: where it is, and its files for git, which only get what is missing."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import UtbError, WrongUse
from utbildningsprocess.files.dossier_file import check_target, read_dossier, save
from utbildningsprocess.files.glance import CONFIG_NAME, as_spelt
from utbildningsprocess.files.roots import find_root, here, is_folder
from utbildningsprocess.files.shipped import packaged
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from pathlib import Path


class TeamFolder(NamedTuple):
    """A folder with initiatives that is to be shared."""

    home: Path
    """Where documents are saved too."""
    settings_file: Path
    """The utb.yaml that holds there, or would."""
    dossiers: Path

    @property
    def below(self) -> str:
        """The folder of the dossiers from home, with slashes; empty when it is home itself."""
        path = self.dossiers.relative_to(self.home).as_posix()
        return "" if path == "." else path

    @property
    def nearest(self) -> Path:
        """The folder itself, or where it is still to be made the nearest one above it."""
        return next(folder for folder in (self.home, *self.home.parents) if is_folder(folder))


def team_folder(named: str | None) -> TeamFolder:
    """The folder that a person means: the one they name, or the one whose settings hold where they stand.

    Raises WrongUse for what can be no such folder, and Broken as `find_root`.
    """
    start = (here() / (named or "")).resolve()
    if os.path.lexists(start) and not start.is_dir():
        raise WrongUse(f"{shown(start)} är en fil. Ange en mapp.")
    if ".git" in start.parts:
        raise WrongUse("Mappen .git är till för git. Gå till mappen där ni arbetar, och försök igen.")
    root = find_root(start)
    unit = root.unit or root.folder
    has_settings = (root.folder / CONFIG_NAME).is_file()
    is_among_initiatives = unit != root.dossiers and root.dossiers in (start, *start.parents)
    home = unit if is_among_initiatives or (has_settings and named is None) else start
    settings_file = (root.folder if has_settings else home) / CONFIG_NAME
    return TeamFolder(home, settings_file, as_spelt(home, root.settings.folder))


class Addition(NamedTuple):
    """What is to be added to a file; nothing when all of it is there, or the file has to be left."""

    path: Path
    text: str = ""
    """The whole file, as it will stand; empty when nothing is added."""
    fingerprint: str | None = None
    """That of the file as it stands; None for a new one."""
    lines: tuple[str, ...] = ()
    """The lines that are added to what is written line by line."""
    trouble: str = ""
    """Why the file has to be left."""


def shipped_file(path: Path, name: str, root: Path) -> Addition:
    """One of the files we ship for teams, as a new file at a path; nothing where something stands."""
    if os.path.lexists(path):
        return Addition(path)
    text = (packaged("templates") / "git" / name).read_bytes().decode("utf-8")
    try:
        check_target(path, root)
    except UtbError as error:
        return Addition(path, trouble=str(error))
    return Addition(path, text)


def missing_lines(path: Path, heading: str, lines: tuple[str, ...], root: Path) -> Addition:
    """The lines that a file for git lacks, as they will stand at its end, below a heading of their own."""
    if is_folder(path):
        return Addition(path, trouble=f"{shown(path)} är en mapp. Byt namn på den, och kör utb init igen.")
    try:
        check_target(path, root)
        before, fingerprint = read_dossier(path) if os.path.lexists(path) else ("", None)
    except UtbError as error:
        return Addition(path, trouble=str(error))
    there = {_as_meant(line) for line in before.removeprefix("\ufeff").split("\n")}
    lacking = tuple(line for line in lines if _as_meant(line) not in there)
    if not lacking:
        return Addition(path)
    newline = "\r\n" if "\r\n" in before else "\n"
    end_of_line = newline if before.strip("\ufeff") and not before.endswith("\n") else ""
    heads = [] if _as_meant(heading) in there else [heading]
    added = "".join(f"{line}{newline}" for line in (*heads, *lacking))
    return Addition(path, before + end_of_line + added, fingerprint, lacking)


def _as_meant(line: str) -> str:
    """A line without what changes little, so that who has decided the opposite is left alone as well."""
    return " ".join(line.split()).removeprefix("!").strip("/")


def add(addition: Addition, root: Path) -> None:
    """Saves a file with what is added. Raises Conflict or Broken as `save`."""
    save(addition.path, addition.text, addition.fingerprint, root)
