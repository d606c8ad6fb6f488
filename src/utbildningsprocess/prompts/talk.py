"""What every part of the conversation shares: the drafts of half-typed text, and saving for good."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.errors import Conflict, UtbError
from utbildningsprocess.model import Given
from utbildningsprocess.prompts.face import Ask, Back, Choice, Signal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer, Answers
    from utbildningsprocess.prompts.face import Face

AGAIN, REREAD, DIFFERENCE, BESIDE, STOP = "igen", "las_in", "skillnad", "bredvid", "avsluta"


@dataclass(frozen=True)
class Store:
    """Where answers and drafts are kept. The last three say what can be done when a save meets a conflict."""

    save: Callable[[str, Answer | None], object]
    draft_read: Callable[[str], str | None]
    draft_write: Callable[[str, str], object]
    draft_drop: Callable[[str], object]
    reread: Callable[[], Answers] | None = None
    """Takes in the file as it now stands, and gives its answers; saving works again after it."""
    difference: Callable[[], str] | None = None
    """What has changed in the file, in words."""
    save_beside: Callable[[str, Answer | None], str] | None = None
    """Writes one answer to a file of its own, and gives that file's path."""


class Talk:
    """One conversation under way: the interview, the face it has, and the store behind it."""

    def __init__(self, interview: Interview, face: Face, store: Store) -> None:
        self.interview = interview
        self.face = face
        self.store = store
        self._half_typed: dict[str, str] = {}
        self._saved: dict[str, Answer] = dict(interview.answers)

    # -------------------------------------------------------------- drafts

    def beginning(self, place: str, earlier: str) -> str:
        """The text to begin from: what was half-typed here, when the person wants it, or the earlier answer."""
        if place in self._half_typed:
            return self._half_typed[place]
        draft = self.store.draft_read(place)
        if not draft or draft == earlier:
            return earlier
        self.face.say("Ni hann skriva det här förra gången:")
        self.face.say(quoted(draft))
        if self.face.ask_yes_no(Ask("Ta med det?"), default=True):
            return draft
        self.drop_draft(place)
        return earlier

    @contextmanager
    def keeping(self, place: str, earlier: str) -> Iterator[None]:
        """Keeps what is half-typed when the person leaves the question."""
        try:
            yield
        except Signal as signal:
            if signal.text.strip() and signal.text != earlier:
                self.keep_draft(place, signal.text)
            raise

    def keep_draft(self, place: str, text: str) -> None:
        """Keeps a half-typed text, for this conversation and the next."""
        self._half_typed[place] = text
        self.store.draft_write(place, text)

    def drop_draft(self, place: str) -> None:
        """Forgets a half-typed text: it is saved, or not wanted."""
        self._half_typed.pop(place, None)
        self.store.draft_drop(place)

    # -------------------------------------------------------------- saving

    def put(self, qid: str, answer: Answer | None) -> None:
        """Stores an answer without going on, and saves it."""
        self.interview.put(qid, answer)
        self.save(qid, answer)

    def save(self, qid: str, answer: Answer | None) -> None:
        """Saves an answer. When that fails the person chooses what to do; the answer is never dropped."""
        while answer != self._saved.get(qid):
            try:
                self.store.save(qid, answer)
            except Conflict as trouble:
                if self._settle_conflict(trouble, qid, answer):
                    return
            except UtbError as trouble:
                self._try_again_or_stop(trouble, qid, answer)
            else:
                self._note_saved(qid, answer)
                self.face.saved()

    def _note_saved(self, qid: str, answer: Answer | None) -> None:
        if answer is None:
            self._saved.pop(qid, None)
        else:
            self._saved[qid] = answer

    def _try_again_or_stop(self, trouble: UtbError, qid: str, answer: Answer | None) -> None:
        self.face.say(str(trouble))
        options = [
            Choice(AGAIN, "Försök spara igen"),
            Choice(STOP, "Avsluta; en text du skrev finns kvar som utkast"),
        ]
        if self._choose("Svaret är inte sparat. Vad vill du göra?", options, trouble, qid, answer) == STOP:
            self._stop(trouble, qid, answer)

    def _settle_conflict(self, trouble: UtbError, qid: str, answer: Answer | None) -> bool:
        """Whether the matter is settled; otherwise saving is tried once more."""
        self.face.say(str(trouble))
        while True:
            options = self._ways_out()
            way = self._choose("Ditt svar är inte sparat. Vad vill du göra?", options, trouble, qid, answer)
            try:
                if way == STOP:
                    self._stop(trouble, qid, answer)
                elif way == DIFFERENCE and self.store.difference:
                    self.face.say(self.store.difference())
                elif way == BESIDE and self.store.save_beside:
                    self._beside(qid, answer)
                    return True
                elif way != REREAD or self._take_in(qid, answer):
                    return False
            except UtbError as further:
                if further is trouble:
                    raise
                self.face.say(str(further))

    def _ways_out(self) -> list[Choice]:
        ways = [
            (self.store.reread, Choice(REREAD, "Läs in filen på nytt och spara mitt svar där")),
            (self.store.difference, Choice(DIFFERENCE, "Visa skillnaden")),
            (self.store.save_beside, Choice(BESIDE, "Spara mitt svar i en fil bredvid")),
        ]
        return [*(choice for able, choice in ways if able), Choice(AGAIN, "Försök igen"), Choice(STOP, "Avsluta")]

    def _choose(
        self, text: str, options: list[Choice], trouble: UtbError, qid: str, answer: Answer | None
    ) -> str:
        try:
            return self.face.ask_choice(Ask(text), options)
        except Signal:
            self._stop(trouble, qid, answer)
            raise

    def _take_in(self, qid: str, answer: Answer | None) -> bool:
        """Reads the file anew; whether the answer may be saved there, in place of what others wrote."""
        if self.store.reread is None:
            return True
        answers = self.store.reread()
        theirs, ours = answers.get(qid), self._saved.get(qid)
        self._saved = dict(answers)
        self.interview.reread(answers)
        self.interview.put(qid, answer)
        if theirs in (ours, answer):
            return True
        self.face.say("Någon annan har under tiden ändrat svaret på samma fråga. Där står nu:")
        self.face.say(quoted(next((line.shown for line in self._lines(qid, theirs)), "") or "(inget)"))
        try:
            return self.face.ask_yes_no(Ask("Ersätta det med ditt svar?"), default=False)
        except Signal:
            return False

    def _lines(self, qid: str, answer: Answer | None) -> list[ReviewLine]:
        ours = self.interview.answer(qid)
        self.interview.put(qid, answer)
        lines = [line for line in self.interview.review() if line.qid == qid]
        self.interview.put(qid, ours)
        return lines

    def _beside(self, qid: str, answer: Answer | None) -> None:
        if self.store.save_beside is None:
            return
        self.face.say(f"Ditt svar är sparat i {self.store.save_beside(qid, answer)}.")
        if self.store.reread is not None:
            answers = self.store.reread()
            self._saved = dict(answers)
            self.interview.reread(answers)

    def _stop(self, trouble: UtbError, qid: str, answer: Answer | None) -> None:
        if isinstance(answer, Given) and isinstance(answer.value, str):
            self.store.draft_write(qid, answer.value)
        raise trouble


def quoted(text: str) -> str:
    """A text set in, line by line, as something someone wrote."""
    return "\n".join(f"  {line}" for line in text.split("\n"))
