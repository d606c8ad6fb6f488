"""One dossier while a command works on it: what was read, what is saved, and what to do in a conflict."""

from __future__ import annotations

import difflib
from typing import TYPE_CHECKING

from utbildningsprocess import dossier, files
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.model import Answer, Answers, Battery


class Session:
    """Joins the file, the text and the answers: every answer is on disk before the next question."""

    def __init__(self, workspace: Workspace, path: Path, stage_id: str | None = None) -> None:
        self.path = path
        self.written: set[str] = set()
        """The addresses of the answers saved so far."""
        self._battery: Battery = workspace.battery
        self._root = workspace.root.folder
        self._stage_id = stage_id
        self._load()

    def _load(self) -> None:
        self._text, self._fingerprint = files.read_dossier(self.path)
        self._pending = self._text
        self.content = dossier.read(self._text, self._battery)
        self._answers: dict[str, Answer] = dict(self.content.answers)

    @property
    def answers(self) -> Answers:
        """What the dossier says, with what has been saved since it was read."""
        return self._answers

    @property
    def sheet(self) -> AnswerSheet:
        """The same, with the questions."""
        return AnswerSheet(self._battery, self._answers)

    def open_stage(self) -> None:
        """Writes the stage's questions that are not in the dossier yet."""
        self._save_text(self._opened(self._text, self._answers))

    def save(self, qid: str, answer: Answer | None) -> None:
        """Saves one answer, and the questions that it made relevant."""
        self.save_all({qid: answer})

    def save_all(self, given: Mapping[str, Answer | None]) -> None:
        """Saves several answers at once: all of them or, in trouble, none."""
        text = self._text
        after = _merged(self._answers, given)
        try:
            for qid, answer in given.items():
                text = dossier.with_answer(text, self._battery, qid, answer)
        except Broken as error:
            raise self._named(error) from None
        self._save_text(self._opened(text, after))
        self._answers = after
        self.written.update(given)

    def _opened(self, text: str, answers: Answers) -> str:
        if self._stage_id is None:
            return text
        try:
            return dossier.open_stage(text, AnswerSheet(self._battery, answers), self._stage_id)
        except Broken as error:
            raise self._named(error) from None

    def _save_text(self, text: str) -> None:
        self._pending = text
        if text != self._text:
            self._fingerprint = files.save(self.path, text, self._fingerprint, self._root)
        self._text = text

    def _named(self, error: Broken) -> Broken:
        return Broken(f"{shown(self.path)}: {error}")

    # ------------------------------------------- when somebody else was here

    def reread(self) -> Answers:
        """Takes over what the file says now."""
        self._load()
        return self._answers

    def difference(self) -> str:
        """What stands in the file now beside what was about to be written."""
        theirs = nfc(files.read_dossier(self.path).text).splitlines()
        ours = nfc(self._pending).splitlines()
        lines = difflib.unified_diff(theirs, ours, "filen som den är nu", "med ditt svar", lineterm="", n=1)
        return "\n".join(lines)

    def save_beside(self, qid: str, answer: Answer | None) -> str:
        """Saves the dossier as it was read, with one answer changed, in a file beside; gives its path."""
        text = dossier.with_answer(self._text, self._battery, qid, answer)
        return shown(files.save_beside(self.path, text, self._root))

    # ---------------------------------------------------- for a conversation

    def store(self) -> Store:
        """What a conversation needs to save and to remember half-typed texts."""
        path = self.path
        return Store(
            save=self.save,
            draft_read=lambda place: draft.text if (draft := files.read_draft(path, place)) else None,
            draft_write=lambda place, text: files.save_draft(path, place, text),
            draft_drop=lambda place: files.drop_draft(path, place),
            reread=self.reread,
            difference=self.difference,
            save_beside=self.save_beside,
        )


def _merged(answers: Answers, given: Mapping[str, Answer | None]) -> dict[str, Answer]:
    merged = {**answers, **given}
    return {qid: answer for qid, answer in merged.items() if answer is not None}
