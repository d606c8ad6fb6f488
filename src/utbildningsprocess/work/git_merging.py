"""Three versions of a file that git asks to have merged: joined answer by answer, or else as git would."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import bears_traces
from utbildningsprocess.dossier.mend.model import as_in_file, lf_text
from utbildningsprocess.dossier.merging.bodies import NotProven
from utbildningsprocess.dossier.merging.clashes import Labels, with_conflicts
from utbildningsprocess.dossier.merging.merge import Damaged, Terms, merged_dossier
from utbildningsprocess.dossier.merging.three_ways import Said
from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.git_merge import branch_being_merged, merged_by_git, shows_base
from utbildningsprocess.files.roots import is_folder

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.model import Battery

OURS, BASE = "HEAD", "bas"
"""What git calls our side, and what we call that which stood before, where git has not said."""


_MARKS = ("<<<<<<<", ">>>>>>>")


class GitMerged(NamedTuple):
    """The bytes that are to stand in the file, whether they hold no conflict, and why git had to do it."""

    data: bytes
    is_clean: bool
    why: str = ""


def merge_for_git(versions: Said[bytes], place: Path, ours: str, theirs: str) -> GitMerged:
    """The merge of three versions of the file at a place, with what the sides are called, if that is known.

    Never raises, and never gives less than both sides have said without conflict lines round it.
    """
    names = Labels(ours or OURS, theirs or branch_being_merged())
    try:
        texts = Said(*(data.decode("utf-8") for data in versions))
        if not all(bears_traces(text) and not is_guide(text) for text in texts[:2]):
            return _as_git_does(versions, names)
        return _joined(texts, place, names)
    except (UnicodeDecodeError, Damaged):
        # Where two branches have merged each other, git hands over a base that is in conflict itself, and
        # may find that each side only took lines away from it.
        merge = _told_apart if _MARKS[0].encode() in versions.base else _as_git_does
        return merge(versions, names, "")
    except NotProven:
        return _told_apart(versions, names, "svaren gick inte att slå samman var för sig")
    except UtbError as error:
        return _as_git_does(versions, names, str(error))
    except Exception as error:  # noqa: BLE001  a driver that falls leaves a file without the other side's text
        return _told_apart(versions, names, f"{type(error).__name__}: {error}")


def _joined(texts: Said[str], place: Path, names: Labels) -> GitMerged:
    """The answers of both sides. Raises UtbError, Damaged or NotProven where that cannot be had."""
    labels = names._replace(base=BASE if shows_base() else None)
    terms = Terms(partial(_questions_at, place), _text_merge, labels, descends=bool(branch_being_merged()))
    ours, theirs, base = map(lf_text, texts)
    merged = merged_dossier(base, ours, theirs, terms)
    mark = "\ufeff" if texts.ours.startswith("\ufeff") else ""
    raw = as_in_file(texts.ours, merged.text) if "\r" in texts.ours else mark + merged.text
    return GitMerged(raw.encode("utf-8"), merged.is_clean)


def _questions_at(place: Path) -> Battery:
    """The questions of the folder that a file lies in, or is to lie in."""
    from utbildningsprocess.work.workspace import Workspace

    folder = next(folder for folder in place.absolute().parents if is_folder(folder))
    return Workspace.open(folder).battery


def _text_merge(base: str, ours: str, theirs: str) -> str:
    before, mine, yours = (text.encode("utf-8") for text in (base, ours, theirs))
    return merged_by_git(before, mine, yours, ("", "", ""), "--diff3")[0].decode("utf-8")


# ----------------------------------------------------------- when that fails


def _as_git_does(versions: Said[bytes], names: Labels, why: str = "") -> GitMerged:
    """What git makes of the files as texts, or both whole where it can make nothing of them."""
    ours, theirs, base = versions
    try:
        return GitMerged(*merged_by_git(base, ours, theirs, (names.ours, BASE, names.theirs)), why)
    except UtbError as error:
        return _both_whole(versions, names, str(error))


def _told_apart(versions: Said[bytes], names: Labels, why: str) -> GitMerged:
    """What git makes of the files, with conflict lines round all that differs where git finds no conflict."""
    by_git = _as_git_does(versions, names, why)
    if not by_git.is_clean:
        return by_git
    lines = Said(*(data.decode("utf-8", "surrogateescape").split("\n") for data in versions))
    text = "\n".join(with_conflicts(lines, names))
    return GitMerged(text.encode("utf-8", "surrogateescape"), lines.is_agreed, why)


def _both_whole(versions: Said[bytes], names: Labels, why: str) -> GitMerged:
    """Both texts from end to end, between conflict lines."""
    if versions.is_agreed:
        return GitMerged(versions.ours, is_clean=True)
    first, last = (f"{mark} {name}".rstrip().encode() for mark, name in zip(_MARKS, names, strict=False))
    lines = (first, versions.ours, b"=======", versions.theirs, last, b"")
    return GitMerged(b"\n".join(lines), is_clean=False, why=why)
