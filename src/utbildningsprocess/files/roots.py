"""Where things are: the root with its settings, the dossiers in it, and the data we ship."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import filterfalse
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import read_text
from utbildningsprocess.files.glance import (
    ARCHIVE_FOLDER,
    CONFIG_NAME,
    DOCUMENTS_FOLDER,
    DOSSIER_ENDINGS,
    as_spelt,
    dossier_files,
    original_of,
    root_folder,
    unit_folder,
)
from utbildningsprocess.files.shipped import SURVEY_QUESTIONS, packaged
from utbildningsprocess.files.trouble import not_read, shown
from utbildningsprocess.swedish import did_you_mean, fold, in_quotation_marks, joined, nfc, slug

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

    from utbildningsprocess.settings import Settings

EXAMPLE_ANSWERS, GUIDE = "exempel.yaml", "guide.yaml"
_NOT_BATTERIES = ("diagnos.yaml", SURVEY_QUESTIONS, EXAMPLE_ANSWERS, GUIDE, "rod-trad.yaml")
_MOST_NAMED = 10
_LIKE_SETTINGS = re.compile(r"utb\.ya?ml(\.txt)?", re.IGNORECASE)


class Ambiguous(WrongUse):
    """Several dossiers could be meant; whoever asks may offer a choice among the candidates."""

    def __init__(self, sentence: str, candidates: list[Path]) -> None:
        super().__init__(sentence)
        self.candidates = candidates


@dataclass(frozen=True)
class Root:
    """The folder everything is found from, and what its utb.yaml says."""

    folder: Path
    settings: Settings
    unit: Path | None = None
    """The folder below it that keeps dossiers of its own, where several units share the root."""

    @property
    def dossiers(self) -> Path:
        """The folder where new dossiers are written."""
        return as_spelt(self.unit or self.folder, self.settings.folder)

    @property
    def archive(self) -> Path:
        """The folder of the dossiers that are put away."""
        return self.dossiers / ARCHIVE_FOLDER

    def is_archived(self, dossier: Path) -> bool:
        """Whether a dossier is put away."""
        return is_same_folder(dossier.parent, self.archive)

    def keeps(self, dossier: Path) -> bool:
        """Whether a dossier lies among those of this root, or is put away."""
        return is_same_folder(dossier.parent, self.dossiers) or self.is_archived(dossier)

    def documents_of(self, dossier: Path) -> Path:
        """The folder where documents of a dossier are saved: beside the folder of dossiers, or beside it."""
        home = self.documents if self.keeps(dossier) else dossier.parent / DOCUMENTS_FOLDER
        return home / dossier.stem

    @property
    def documents(self) -> Path:
        """The folder where documents are saved: beside the folder of dossiers."""
        return (self.unit or self.folder) / DOCUMENTS_FOLDER


def here() -> Path:
    """The folder somebody stands in. Raises Broken when it has been removed."""
    try:
        return Path.cwd()
    except OSError:
        what = "Gå till en annan mapp med cd, och försök igen."
        raise Broken(f"Mappen du står i finns inte längre. {what}") from None


def find_root(start: Path) -> Root:
    """The root that a folder is in, with its settings. Broken when its utb.yaml cannot be read."""
    from utbildningsprocess.settings import Settings, read_settings

    start, folder = start_and_root(start)
    path = folder / CONFIG_NAME
    settings = read_settings(read_text(path), shown(path)) if path.is_file() else Settings()
    unit = unit_folder(start, folder, settings.folder)
    return Root(folder, settings, None if unit == folder else unit)


def start_and_root(start: Path) -> tuple[Path, Path]:
    """A folder by its full path, and the root that it is in. Raises Broken for settings that are misnamed."""
    start = (here() / start).resolve()
    try:
        folder = root_folder(start)
    except OSError as error:
        raise not_read(error, start) from None
    _refuse_misnamed_settings(start, folder)
    return start, folder


def _refuse_misnamed_settings(start: Path, root: Path) -> None:
    """Raises Broken for settings that would not be read, from where somebody stands up to the root."""
    for folder in (start, *start.parents):
        names: list[str] = []
        if not (folder / CONFIG_NAME).is_file():
            with suppress(OSError):
                names = sorted(filter(_LIKE_SETTINGS.fullmatch, os.listdir(folder)))  # noqa: PTH208  names
        if names and names[0] != CONFIG_NAME:
            what = f"Inställningarna läses bara ur en fil som heter {CONFIG_NAME}. Byt namn på filen."
            raise Broken(f"{shown(folder / names[0])} läses inte. {what}")
        if names:
            what = "Ta bort den, eller lägg inställningarna i en textfil med det namnet."
            raise Broken(f"{shown(folder / CONFIG_NAME)} är ingen vanlig fil. {what}")
        if folder == root:
            return


def root_of(dossier: Path, here: Root) -> Root:
    """The root of a dossier: the one where somebody stands, unless it lies in another unit or another root.

    Raises Broken as `find_root`.
    """
    if here.keeps(dossier):
        return here
    own = find_root(dossier.parent)
    has_own = own.unit or (own.folder / CONFIG_NAME).is_file() or own.keeps(dossier)
    return own if has_own else here


# ----------------------------------------------------------------- dossiers


def list_dossiers(root: Root) -> list[Path]:
    """The files of a root that may be dossiers, by name; not a README, nor a copy of another."""
    return _without_copies(_named_as_dossiers(root.dossiers))


def list_archived(root: Root) -> list[Path]:
    """The same of those that are put away."""
    return _without_copies(_named_as_dossiers(root.archive))


def _without_copies(paths: list[Path]) -> list[Path]:
    stems = {path.stem for path in paths}
    return [path for path in paths if original_of(path.stem, stems) is None]


def latest_dossier(root: Root, besides: Path) -> Path | None:
    """The dossier that was written last, besides one; None when there is no other."""
    paths = [path for path in list_dossiers(root) if path != besides and path.is_file()]
    return max(paths, key=lambda path: path.stat().st_mtime, default=None)


def list_copies(root: Root) -> list[tuple[Path, Path]]:
    """The copies beside dossiers that sync programs and conflicts leave, each with what it is a copy of."""
    paths = _named_as_dossiers(root.dossiers)
    originals = {path.stem: path for path in reversed(paths)}
    made = [(path, original_of(path.stem, originals)) for path in paths]
    return [(path, originals[stem]) for path, stem in made if stem is not None]


def _named_as_dossiers(folder: Path) -> list[Path]:
    try:
        return dossier_files(folder)
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise not_read(error, folder) from None


def is_foreign(path: Path) -> bool:
    """Whether a file beside the dossiers, as notes of a meeting or a link to nowhere, is none.

    One that cannot be read may be a dossier.
    """
    from utbildningsprocess.dossier.guide_mark import is_guide
    from utbildningsprocess.dossier.markers import bears_traces

    if not os.path.exists(path):  # noqa: PTH110  unlike exists, no trouble with a long name
        return True
    try:
        text = read_text(path)
    except Broken:
        return False
    return is_guide(text) or not bears_traces(text)


def is_folder(path: Path) -> bool:
    """Whether there is a folder at the path."""
    return os.path.isdir(path)  # noqa: PTH112  unlike is_dir, no trouble with a long name


def find_dossier(root: Root, wanted: str | None) -> Path:
    """The dossier a person means by a path, a slug or a part of one; by nothing, the only one there is.

    A file beside the dossiers that is none is meant only by its own name.
    One that is put away is meant by its own name, or where no other is.
    Raises Ambiguous when several could be meant, WrongUse when none is.
    """
    if wanted and (path := _by_path(root, wanted)):
        return path
    present = list_dossiers(root)
    matches = _by_name(present, wanted) if wanted else present
    if wanted and not any(_is_called(path, wanted) for path in matches):
        put_away = _by_name(list_archived(root), wanted)
        matches = [path for path in put_away if _is_called(path, wanted)] or matches or put_away
    if wanted and not matches:
        matches = [copy for copy, _ in list_copies(root) if nfc(copy.stem) == nfc(wanted)]
    if not wanted or len(matches) > 1:
        matches = list(filterfalse(is_foreign, matches))
    if len(matches) == 1:
        return matches[0]
    dossiers = list(filterfalse(is_foreign, present))
    if not dossiers:
        way = "Se arkivet med ”utb lista --arkiv”." if list_archived(root) else "Starta en med ”utb ny”."
        raise WrongUse(f"Det finns ingen insats i {shown(root.dossiers)}. {way}")
    names = joined((path.stem for path in (matches or dossiers)), most=_MOST_NAMED)
    asked = in_quotation_marks(wanted or "", 60)
    if matches:
        what = f"{asked} passar på flera insatser" if wanted else "Det finns flera insatser"
        raise Ambiguous(f"{what}: {names}. Skriv vilken du menar.", matches)
    hint = did_you_mean(wanted or "", [path.stem for path in dossiers])
    raise WrongUse(f"Insatsen {asked} finns inte. {hint or f'Insatserna är: {names}.'}")


def _by_path(root: Root, wanted: str) -> Path | None:
    for base in (Path(), root.folder, root.dossiers):
        path = as_spelt(base, wanted)
        if path.suffix.lower() in DOSSIER_ENDINGS and os.path.isfile(path):  # noqa: PTH113  as above
            return path.absolute()
    return None


def _by_name(dossiers: list[Path], wanted: str) -> list[Path]:
    """The dossiers with exactly that name, else with that name however spelt, else with it as a part."""
    exact = [path for path in dossiers if _is_called(path, wanted)]
    words = _words(wanted.removesuffix(".md"))
    spelt = [path for path in dossiers if words and _words(path.stem) == words]
    titled = [path for path in dossiers if words and path.stem == slug(wanted)]
    return exact or spelt or titled or [path for path in dossiers if words and words in _words(path.stem)]


def _is_called(path: Path, wanted: str) -> bool:
    return nfc(wanted) in (nfc(path.stem), nfc(path.name))


def _words(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")


# --------------------------------------------------------------------- data


def battery_texts(root: Root) -> dict[str, str]:
    """The batteries by file name: ours, with the root's own files in place of those of the same name."""
    names = _question_names(root, "", (".yaml", ".yml"))
    return {name: question_text(root, name) for name in names if name not in _NOT_BATTERIES}


def unread_questions(root: Root) -> list[str]:
    """What is wrong with what lies in the organisation's own folder of questions, in sentences."""
    own = _own(root, root.settings.questions)
    names = _names(own)
    lost = [name for name in names if name.endswith(".md")]
    read = [name for name in names if name.endswith((".yaml", ".yml")) or name == "metoder"]
    nothing = "har inget som läses. Frågor läses ur filer som 1-behov.yaml, och lärobjekt ur mappen metoder."
    empty = [f"Mappen {shown(own)} {nothing}"] if own and not read and not lost else []
    return [*empty, *(f"{name} läses inte här. Flytta lärobjektet till mappen metoder." for name in lost)]


def shipped_texts(root: Root) -> dict[str, str]:
    """The batteries we ship, by file name, with the organisation's word for Esther."""
    return battery_texts(replace(root, settings=root.settings.model_copy(update={"questions": ""})))


def texts_about_esther(root: Root) -> dict[str, str]:
    """The batteries by file name, as they are written: with our word for Esther."""
    return battery_texts(replace(root, settings=root.settings.about_esther()))


def question_text(root: Root, name: str) -> str:
    """A text of the resource library (`metoder/….md` too): the root's own, else ours, else KeyError.

    It speaks of Esther by the name the organisation has chosen; the example is as it was written.
    """
    text = _data_text("questions", _own_file(root, root.settings.questions, name), name)
    return text if name == EXAMPLE_ANSWERS else root.settings.worded(text)


def method_texts(root: Root) -> dict[str, str]:
    """The learning objects by file name: ours, with the root's own in place of those of the same name."""
    names = _question_names(root, "metoder", (".md",))
    return {name: question_text(root, f"metoder/{name}") for name in names}


def _question_names(root: Root, folder: str, endings: tuple[str, ...]) -> list[str]:
    """The files in a folder of the resource library, ours and the root's own, by name."""
    own = _own(root, root.settings.questions)
    own_names = _names(own / folder) if own and (own / folder).is_dir() else []
    names = {*_names(packaged("questions") / folder), *own_names}
    return sorted(name for name in names if name.endswith(endings))


def template_text(root: Root, name: str) -> str:
    """One template: the root's own, or ours. KeyError when neither is."""
    return _data_text("templates", _own_file(root, root.settings.templates, name), name)


def template_bytes(root: Root, name: str) -> bytes | None:
    """A file of the root's own templates as it is; None when there is none of that name."""
    path = _own_file(root, root.settings.templates, name)
    if path is None:
        return None
    try:
        return path.read_bytes()
    except OSError as error:
        raise not_read(error, path) from None


def template_shown(root: Root, name: str) -> str:
    """What people call a template: its path when it is the root's own, else its name."""
    path = _own_file(root, root.settings.templates, name)
    return shown(path) if path else name


def template_folder(root: Root) -> str | None:
    """The folder of the root's own templates; None when it has none. Broken when a link in it leads out."""
    own = _own(root, root.settings.templates)
    for path in own.rglob("*") if own else ():
        kept_inside(path, root)
    return str(own) if own else None


def own_templates(root: Root) -> list[str]:
    """The names of what is in the root's own folder of templates, as far as it can be listed."""
    with suppress(Broken, OSError):
        return sorted(_names(_own(root, root.settings.templates)))
    return []


def _own(root: Root, folder: str) -> Path | None:
    if not folder:
        return None
    own = as_spelt(root.folder, folder)
    if not own.is_dir():
        raise Broken(f"Mappen {shown(own)} finns inte. Skapa den, eller ta bort raden i {CONFIG_NAME}.")
    return kept_inside(own, root)


def _own_file(root: Root, folder: str, name: str) -> Path | None:
    own = _own(root, folder)
    return kept_inside(own / name, root) if own and (own / name).is_file() else None


def kept_inside(path: Path, root: Root) -> Path:
    """The path, unless it is or lies behind a link that leads out of the root: then Broken."""
    if path.resolve().is_relative_to(root.folder.resolve()):
        return path
    raise Broken(
        f"{shown(path)} är en länk ut ur mappen {shown(root.folder)} och läses inte. "
        "Lägg en kopia där i stället för länken."
    )


def _names(folder: Traversable | None) -> list[str]:
    return [entry.name for entry in folder.iterdir() if not entry.name.startswith(".")] if folder else []


def _data_text(kind: str, own: Path | None, name: str) -> str:
    if own:
        return nfc(read_text(own))
    ours = packaged(kind).joinpath(*name.split("/"))
    if not ours.is_file():
        raise KeyError(name)
    return ours.read_bytes().decode("utf-8").removeprefix("\ufeff")


def is_same_folder(folder: Path, wanted: Path) -> bool:
    """Whether two paths are one folder, however they are spelt."""
    with suppress(OSError):
        return folder.samefile(wanted)
    return folder.resolve() == wanted.resolve()
