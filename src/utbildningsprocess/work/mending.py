"""A damaged dossier put right: what is proposed, and what the person has chosen saved at once."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from utbildningsprocess.dossier import document
from utbildningsprocess.dossier.mend.conflicts import conflict_mends
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.dossier.mend.model import Mend, Way, as_in_file, lf_text
from utbildningsprocess.dossier.mend.sides import Sides, sides_of
from utbildningsprocess.files.copies import copies_of, forget_copy, keep_copy
from utbildningsprocess.files.dossier_file import read_dossier, save
from utbildningsprocess.files.git_folder import is_merging, side_in_words
from utbildningsprocess.files.trouble import shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from utbildningsprocess.model import Battery, Problem
    from utbildningsprocess.work.workspace import Workspace


_GIT_WAITS = "Git väntar på att sammanslagningen görs klar: git add {} och sedan git commit --no-edit"


class Mending:
    """A dossier being mended, and the copies of it that lie beside.

    What is chosen is on disk when the call returns. A copy of the file as it was is kept until `finish`.
    Saving raises Changed or Gone, and writes nothing, when somebody else has changed the file.
    """

    def __init__(self, workspace: Workspace, path: Path) -> None:
        self.workspace = workspace
        self.path = path
        self._kept: dict[Path, Path] = {}
        self._file = _File(path)
        self._twin: _File | None = None

    @property
    def battery(self) -> Battery:
        """The questions."""
        return self.workspace.battery

    @property
    def text(self) -> str:
        """The text of the dossier, with LF between its lines."""
        return self._file.text

    def proposed(self) -> list[Mend]:
        """What can be mended now: in the dossier first, and then what differs from the copies beside it."""
        self._twin = None
        if mends := proposed_mends(self.text, self.battery, partial(side_in_words, self.path)):
            return mends
        for copy in [] if self.is_damaged else copies_of(self.path):
            twin = _File(copy)
            if document.read(twin.text, self.battery).structural_problems:
                continue
            self._twin = twin
            return self._compared(twin)
        return []

    def _compared(self, twin: _File) -> list[Mend]:
        """What differs between the dossier and a copy. It is never sure that a copy is wanted."""
        name = twin.path.name
        if twin.text == self.text:
            return [Mend(1, f"{name} är en likadan kopia.", (Way("Ta bort kopian", self.text),), sure=True)]
        names = (self.path.name, name)
        sides = Sides(self.text, twin.text, None, names, names)
        mends = conflict_mends(self.text, sides, self.battery)
        return [replace(mend, sure=False, what=f"{name} är en kopia. {mend.what}") for mend in mends]

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What is wrong in the dossier as it stands."""
        return document.read(self.text, self.battery).problems

    @property
    def is_damaged(self) -> bool:
        """Whether something stands in the way of reading and writing answers."""
        return any(problem.structural for problem in self.problems)

    def take(self, text: str) -> list[str]:
        """Saves the text of a way that was chosen, in the copy too when it was one that was compared.

        Gives a line for each copy that it kept of a file as it was.
        """
        before = set(self._kept)
        self._put(text)
        return self._where_kept([copy for path, copy in self._kept.items() if path not in before])

    def _put(self, text: str) -> None:
        twin = self._twin
        if twin is None:
            self._save(self._file, text)
            return
        sides = sides_of(text)
        self._save(self._file, sides.ours if sides else text)
        self._save(twin, sides.theirs if sides else text)
        if sides is None:
            forget_copy(twin.path)

    def _save(self, file: _File, text: str) -> None:
        if text != file.text:
            if file.path not in self._kept:
                self._kept[file.path] = keep_copy(file.path, file.raw, self.workspace.root.folder)
            file.save(text, self.workspace.root.folder)

    def take_sure(self) -> Iterator[str]:
        """Saves every mend that cannot be wrong; gives a line for each."""
        seen = {self.text}
        while mend := next((mend for mend in self.proposed() if mend.sure), None):
            yield from self.take(mend.ways[0].text)
            yield f"Rad {mend.line}: {mend.what} {mend.ways[0].label}: gjort."
            if self.text in seen and self._twin is None:
                return
            seen.add(self.text)

    def finish(self) -> str:
        """What to say at the end; forgets the copies of the files when nothing more is proposed."""
        name = shown(self.path)
        wrong = [f"{name}:{problem.line}: {problem.text}" for problem in self.problems]
        if self.is_damaged:
            return "\n".join(
                [f"Det här står kvar att rätta i {name}:", *wrong, *self._where_kept(self._kept.values())]
            )
        if self.proposed():
            again = f"utb laga {self.workspace.typed_name(self.path)}"
            return "\n".join([f"Mer går att laga med: {again}", *self._where_kept(self._kept.values())])
        for copy in self._kept.values():
            forget_copy(copy)
        done = f"{name} är lagad." if self._kept else f"Det finns inget att laga i {name}."
        left = ["Det här är inget som hindrar, men läses inte som svar:", *wrong] if wrong else []
        waiting = [_GIT_WAITS.format(name)] if is_merging(self.path) else []
        return "\n".join([done, *left, *waiting])

    @staticmethod
    def _where_kept(copies: Iterable[Path]) -> list[str]:
        return [f"Filen som den var finns i {shown(copy)} tills allt är lagat." for copy in copies]


class _File:
    """A file as it stands on disk, and its text with LF between its lines."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.raw, self._fingerprint = read_dossier(path)

    @property
    def text(self) -> str:
        return lf_text(self.raw)

    def save(self, text: str, root: Path) -> None:
        raw = as_in_file(self.raw, text)
        self._fingerprint = save(self.path, raw, self._fingerprint, root)
        self.raw = raw
