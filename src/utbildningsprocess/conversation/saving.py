"""Saves answers as they are given: where they are kept, and what to do when that fails."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.renames import Following
from utbildningsprocess.answers.settled import is_unchanged
from utbildningsprocess.conversation.face import Ask, Choice, Signal, quoted
from utbildningsprocess.errors import Conflict, UtbError
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer, Answers, Question

_AGAIN, _REREAD, _DIFFERENCE, _BESIDE, _STOP = "igen", "las_in", "skillnad", "bredvid", "avsluta"
_OTHERS_WERE_HERE = (
    "Någon annan har ändrat andra svar i filen. De är inlästa, och ditt svar sparas bredvid dem."
)
_READ_AGAIN = "Filen är läst på nytt. Ingen annan har ändrat något svar."


@dataclass(frozen=True)
class Store:
    """Where answers and drafts are kept, and what can be done when a save meets a conflict.

    A draft may be impossible to keep, which is no error: it is kept when it can be read again.
    """

    save: Callable[[str, Answer | None], object]
    draft_read: Callable[[str], str | None]
    draft_write: Callable[[str, str], object]
    draft_drop: Callable[[str], object]
    followed: Callable[[], Following] = lambda: Following({}, {}, {})
    """The answers that followed a row with another name in the last save."""
    peek: Callable[[], Answers] | None = None
    """The answers in the file as it now stands, which is not taken in."""
    reread: Callable[[], Answers] | None = None
    """Takes in the file as it now stands, and gives its answers; saving works again after it."""
    difference: Callable[[], str] | None = None
    """What has changed in the file, in words."""
    save_beside: Callable[[str, Answer | None], str] | None = None
    """Writes one answer to a file of its own, and gives that file's path."""
    draft_place: str = ""
    """Where drafts are kept, as people read it."""
    save_text: Callable[[str, str], str] | None = None
    """Saves a text as a new file of that name, and gives its path. Raises UtbError when it cannot."""


class Saver:
    """Saves the answers of an interview, and knows which of them are saved."""

    def __init__(self, interview: Interview, face: Face, store: Store) -> None:
        self._interview = interview
        self._face = face
        self._store = store
        self._saved: dict[str, Answer | None] = dict(interview.answers)

    def save(self, qid: str, answer: Answer | None) -> None:
        """Saves an answer. When that fails the person chooses what to do; only they can give it up."""
        taken_in = False
        while not is_unchanged(answer, self._saved.get(qid)):
            try:
                self._store.save(qid, answer)
            except UtbError as trouble:
                taken_in = not taken_in and isinstance(trouble, Conflict) and self._takes_in(qid, answer)
                if not taken_in:
                    self._settle(trouble, qid, answer)
            else:
                self._saved[qid] = answer
                self._face.saved()
                self._take_in(self._store.followed())

    def save_in_passing(self, qid: str, answer: Answer | None) -> bool:
        """Saves an answer without a word; False when it is not saved, and a person has to choose how."""
        try:
            self._store.save(qid, answer)
        except UtbError:
            return False
        self._saved[qid] = answer
        return True

    def _take_in(self, followed: Following) -> None:
        """The answers that followed are saved; they are the ones to go on from."""
        for qid, answer in followed.answers.items():
            self._saved[qid] = answer
            self._interview.put(qid, answer)
        if followed.sentence:
            self._face.say(followed.sentence)

    def _takes_in(self, qid: str, answer: Answer | None) -> bool:
        """Whether what others have changed in the file is read in: only when they let this question be."""
        if self._store.peek is None:
            return False
        try:
            answers = self._store.peek()
            if answers.get(qid) not in (self._saved.get(qid), answer):
                return False
            said = _READ_AGAIN if answers == self._saved else _OTHERS_WERE_HERE
            self._reread(qid, answer)
        except UtbError:
            return False
        self._face.say(said)
        return True

    def _settle(self, trouble: UtbError, qid: str, answer: Answer | None) -> None:
        """Lets the person choose until saving can be tried again, or need not be; else raises the trouble."""
        self._face.say(str(trouble))
        while True:
            ask = Ask("Ditt svar är inte sparat. Vad vill du göra?")
            try:
                way = self._face.ask_choice(ask, self._ways_out(trouble))
            except Signal:
                way = _STOP
            if way == _STOP:
                raise trouble
            try:
                if way == _REREAD:
                    self._reread(qid, answer)
                elif way == _BESIDE:
                    self._beside(qid, answer)
                elif way == _DIFFERENCE and self._store.difference:
                    self._face.say(self._store.difference())
                    continue
            except UtbError as further:
                self._face.say(str(further))
            else:
                return

    def _ways_out(self, trouble: UtbError) -> list[Choice[str]]:
        again = Choice(_AGAIN, "Försök spara igen")
        if not isinstance(trouble, Conflict):
            return [again, Choice(_STOP, "Avsluta")]
        ways = [
            (self._store.reread, Choice(_REREAD, "Läs in filen på nytt och spara mitt svar där")),
            (self._store.difference, Choice(_DIFFERENCE, "Visa skillnaden")),
            (self._store.save_beside, Choice(_BESIDE, "Spara mitt svar i en fil bredvid")),
        ]
        return [*(choice for act, choice in ways if act), again, Choice(_STOP, "Avsluta")]

    def _reread(self, qid: str, answer: Answer | None) -> None:
        """Reads the file anew and puts the answer there, unless others have answered the same question."""
        if self._store.reread is None:
            return
        ours = self._saved.get(qid)
        answers = self._store.reread()
        theirs = answers.get(qid)
        if theirs not in (ours, answer) and not self._may_replace(qid, theirs):
            self._beside(qid, answer)
            return
        self._take_over(answers)
        self._interview.put(qid, answer)

    def _may_replace(self, qid: str, theirs: Answer | None) -> bool:
        question = self._interview.battery.question(qid)
        self._face.say("Någon annan har under tiden ändrat svaret på samma fråga. Där står nu:")
        self._face.say(quoted(_in_words(question, theirs) if question and theirs else "(inget svar)"))
        ask = Ask("Ersätta det med ditt svar? Säger du nej sparas ditt svar i en fil bredvid.")
        try:
            return self._face.ask_yes_no(ask, default=False)
        except Signal:
            return False

    def _beside(self, qid: str, answer: Answer | None) -> None:
        """Saves the answer in a file of its own, and lets the dossier stand as others left it."""
        if self._store.save_beside is None or self._store.reread is None:
            return
        self._face.say(f"Ditt svar är sparat i {self._store.save_beside(qid, answer)}.")
        self._take_over(self._store.reread())
        self._saved[qid] = answer

    def _take_over(self, answers: Answers) -> None:
        self._saved = dict(answers)
        self._interview.reread(answers)


def _in_words(question: Question, answer: Answer) -> str:
    match answer:
        case Given(value):
            return value if isinstance(value, str) and not question.options else show(question, value)
        case Skipped(reason):
            return f"Hoppas över: {reason}"
        case Unknown(who):
            return f"Vet inte än. {who}".strip()
        case Unfit(text):
            return text
