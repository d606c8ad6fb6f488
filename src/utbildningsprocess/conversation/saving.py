"""Saving answers as they are given, and what to do when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.accept import show
from utbildningsprocess.conversation.face import Ask, Choice, Signal, quoted
from utbildningsprocess.errors import Conflict, UtbError
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown

if TYPE_CHECKING:
    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.conversation.store import Store
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer, Answers, Question

_REREAD, _DIFFERENCE, _BESIDE, _STOP = "las_in", "skillnad", "bredvid", "avsluta"
_TRY_AGAIN = Choice("igen", "Försök spara igen")


class Saver:
    """Saves answers. When that fails the person chooses what to do; only they can give an answer up."""

    def __init__(self, interview: Interview, face: Face, store: Store) -> None:
        self._interview = interview
        self._face = face
        self._store = store
        self._saved: dict[str, Answer | None] = dict(interview.answers)

    def save(self, qid: str, answer: Answer | None) -> None:
        """Saves an answer. When that fails the person chooses what to do; only they can give it up."""
        while answer != self._saved.get(qid):
            try:
                self._store.save(qid, answer)
            except Conflict as trouble:
                self._settle_conflict(trouble, qid, answer)
            except UtbError as trouble:
                self._try_again_or_stop(trouble)
            else:
                self._saved[qid] = answer
                self._face.saved()

    def _try_again_or_stop(self, trouble: UtbError) -> None:
        self._face.say(str(trouble))
        stop = Choice(_STOP, "Avsluta, med texten kvar som utkast")
        if self._choose([_TRY_AGAIN, stop], trouble) == _STOP:
            raise trouble

    def _settle_conflict(self, trouble: Conflict, qid: str, answer: Answer | None) -> None:
        """Lets the person choose until saving can be tried again, or need not be."""
        self._face.say(str(trouble))
        while True:
            way = self._choose(self._ways_out(), trouble)
            if way == _STOP:
                raise trouble
            try:
                if self._take(way, qid, answer):
                    return
            except UtbError as further:
                self._face.say(str(further))

    def _ways_out(self) -> list[Choice[str]]:
        ways = [
            (self._store.reread, Choice(_REREAD, "Läs in filen på nytt och spara mitt svar där")),
            (self._store.difference, Choice(_DIFFERENCE, "Visa skillnaden")),
            (self._store.save_beside, Choice(_BESIDE, "Spara mitt svar i en fil bredvid")),
        ]
        able = [choice for act, choice in ways if act]
        return [*able, _TRY_AGAIN, Choice(_STOP, "Avsluta")]

    def _choose(self, ways: list[Choice[str]], trouble: UtbError) -> str:
        try:
            return self._face.ask_choice(Ask("Ditt svar är inte sparat. Vad vill du göra?"), ways)
        except Signal:
            raise trouble from None

    def _take(self, way: str, qid: str, answer: Answer | None) -> bool:
        """Whether the chosen way leads on from the conflict."""
        if way == _DIFFERENCE and self._store.difference:
            self._face.say(self._store.difference())
            return False
        if way == _BESIDE:
            self._beside(qid, answer)
        elif way == _REREAD:
            self._reread(qid, answer)
        return True

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
    """An answer of any state, as a person would say it."""
    match answer:
        case Given(value):
            return value if isinstance(value, str) and not question.options else show(question, value)
        case Skipped(reason):
            return f"Hoppas över: {reason}"
        case Unknown(who):
            return f"Vet inte än. {who}".strip()
        case Unfit(text):
            return text
