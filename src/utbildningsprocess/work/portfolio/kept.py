"""What the texts of many files come to: each read each time, and computed once for the same bytes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

from utbildningsprocess.errors import Broken
from utbildningsprocess.files.dossier_file import decoded
from utbildningsprocess.files.facts_cache import key_of
from utbildningsprocess.files.glance import as_spelt
from utbildningsprocess.files.many import questions_fingerprint, whole_bytes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from utbildningsprocess.files.facts_cache import FactsCache
    from utbildningsprocess.work.workspace import Workspace

    Look = Callable[[Path, bytes], None]
    Progress = Callable[[int, int], None]

_T = TypeVar("_T")
AT_A_TIME = 50
"""Files: what is computed of so many is kept at once, and no more is lost when the program is stopped."""


class UnreadFile(NamedTuple):
    """A file that cannot be read safely: the sentence that says why, or its faults with their lines."""

    path: Path
    sentence: str
    faults: tuple[tuple[int, str], ...] = ()
    is_waiting: bool = False
    """Whether there was only no time to read it."""


class Recipe(NamedTuple, Generic[_T]):
    """How a text is made into a value that can be kept for another day."""

    version: bytes
    """The key of everything beside the text that the value comes of, but for the day."""
    make: Callable[[str, Path], _T]
    to_text: Callable[[_T], str]
    from_text: Callable[[str], _T]
    holds: Callable[[_T], bool]
    """Whether a value that was kept is the same today."""
    about: Callable[[Path], bytes] = lambda _: b""
    """What of a file's place the value comes of; most often nothing."""
    has_time: Callable[[], bool] = lambda: True
    """Whether there is time to make one more; most often there is."""


def version_of(program: bytes, workspace: Workspace, what: bytes) -> bytes:
    """The key of the program, the questions and the settings, for one sort of value."""
    own = workspace.settings.questions
    questions = questions_fingerprint(as_spelt(workspace.root.folder, own) if own else None)
    return key_of(program, what, repr(workspace.settings).encode(), questions)


def kept_values(
    cache: FactsCache,
    recipe: Recipe[_T],
    paths: Sequence[Path],
    look: Look = lambda _path, _data: None,
    progress: Progress | None = None,
) -> Iterator[tuple[Path, _T | UnreadFile]]:
    """The value of each file. `look` is handed the bytes of each too, and `progress` how many are read."""
    for first in range(0, len(paths), AT_A_TIME):
        together: dict[Path, bytes] = {}
        for path in paths[first : first + AT_A_TIME]:
            try:
                together[path] = whole_bytes(path)
            except Broken as error:
                yield path, UnreadFile(path, str(error))
            else:
                look(path, together[path])
        yield from _together(cache, recipe, together)
        if progress:
            progress(min(first + AT_A_TIME, len(paths)), len(paths))


def _together(
    cache: FactsCache, recipe: Recipe[_T], files: Mapping[Path, bytes]
) -> Iterator[tuple[Path, _T | UnreadFile]]:
    keys = {path: key_of(recipe.version, recipe.about(path), data) for path, data in files.items()}
    kept = cache.read(keys.values())
    fresh: dict[bytes, str] = {}
    try:
        for path, data in files.items():
            key = keys[path]
            if key in kept and recipe.holds(value := recipe.from_text(kept[key])):
                yield path, value
                continue
            if not recipe.has_time():
                yield path, UnreadFile(path, "", is_waiting=True)
                continue
            try:
                text = decoded(data, path)
            except Broken as error:
                yield path, UnreadFile(path, str(error))
                continue
            value = recipe.make(text, path)
            fresh[key] = recipe.to_text(value)
            yield path, value
    finally:
        cache.write(fresh)
