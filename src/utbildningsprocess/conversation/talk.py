"""What every part of the conversation shares: the drafts of half-typed text, and saving for good."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import show
from utbildningsprocess.conversation.face import Ask, Back, Choice, Signal
from utbildningsprocess.errors import Conflict, UtbError
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.conversation.support import Support
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Answer, Answers, Question

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

    def __init__(self, interview: Interview, face: Face, store: Store, support: Support) -> None:
        self.interview = interview
        self.face = face
        self.store = store
        self.support = support
        self._half_typed: dict[str, str] = {}
        self._saved: dict[str, Answer] = dict(interview.answers)

    @property
    def has_half_typed(self) -> bool:
        """Whether some text was left half-typed and is kept for the next time."""
        return bool(self._half_typed)

    # -------------------------------------------------------------- drafts

    def beginning(self, place: str, earlier: str) -> str:
        """The text to begin from: what was half-typed here, if the person wants it, or the earlier answer."""
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
                self._half_typed[place] = signal.text
                self.store.draft_write(place, signal.text)
            raise

    def drop_draft(self, place: str) -> None:
        """Forgets a half-typed text: it is saved, or not wanted."""
        self._half_typed.pop(place, None)
        self.store.draft_drop(place)

    # -------------------------------------------------------------- saving

    @contextmanager
    def saving(self, place: str, text: str) -> Iterator[None]:
        """Keeps the text as a draft if it cannot be saved, and drops the draft once it is."""
        try:
            yield
        except UtbError:
            self.store.draft_write(place, text)
            raise
        self.drop_draft(place)

    def put(self, qid: str, answer: Answer | None) -> None:
        """Stores an answer without going on, and saves it."""
        self.interview.put(qid, answer)
        self.save(qid, answer)

    def save(self, qid: str, answer: Answer | None) -> None:
        """Saves an answer. When that fails the person chooses what to do; only they can give it up."""
        while answer != self._saved.get(qid):
            try:
                self.store.save(qid, answer)
            except Conflict as trouble:
                self._settle_conflict(trouble, qid, answer)
            except UtbError as trouble:
                self._try_again_or_stop(trouble)
            else:
                self._note(qid, answer)
                self.face.saved()

    def _note(self, qid: str, answer: Answer | None) -> None:
        if answer is None:
            self._saved.pop(qid, None)
        else:
            self._saved[qid] = answer

    def _try_again_or_stop(self, trouble: UtbError) -> None:
        self.face.say(str(trouble))
        ways = [
            Choice(AGAIN, "Försök spara igen"),
            Choice(STOP, "Avsluta, med texten kvar som utkast"),
        ]
        if self._choose(ways, trouble) == STOP:
            raise trouble

    def _settle_conflict(self, trouble: Conflict, qid: str, answer: Answer | None) -> None:
        """Lets the person choose until saving can be tried again, or need not be."""
        self.face.say(str(trouble))
        while True:
            way = self._choose(self._ways_out(), trouble)
            if way == STOP:
                raise trouble
            try:
                if self._take(way, qid, answer):
                    return
            except UtbError as further:
                self.face.say(str(further))

    def _ways_out(self) -> list[Choice]:
        ways = [
            (self.store.reread, Choice(REREAD, "Läs in filen på nytt och spara mitt svar där")),
            (self.store.difference, Choice(DIFFERENCE, "Visa skillnaden")),
            (self.store.save_beside, Choice(BESIDE, "Spara mitt svar i en fil bredvid")),
        ]
        able = [choice for callable_, choice in ways if callable_]
        return [*able, Choice(AGAIN, "Försök spara igen"), Choice(STOP, "Avsluta")]

    def _choose(self, ways: list[Choice], trouble: UtbError) -> str:
        try:
            return self.face.ask_choice(Ask("Ditt svar är inte sparat. Vad vill du göra?"), ways)
        except Signal:
            raise trouble from None

    def _take(self, way: str, qid: str, answer: Answer | None) -> bool:
        """Whether the chosen way leads on from the conflict."""
        if way == DIFFERENCE and self.store.difference:
            self.face.say(self.store.difference())
            return False
        if way == BESIDE:
            self._beside(qid, answer)
        elif way == REREAD:
            self._reread(qid, answer)
        return True

    def _reread(self, qid: str, answer: Answer | None) -> None:
        """Reads the file anew and puts the answer there, unless others have answered the same question."""
        if self.store.reread is None:
            return
        ours = self._saved.get(qid)
        answers = self.store.reread()
        theirs = answers.get(qid)
        if theirs not in (ours, answer) and not self._may_replace(qid, theirs):
            self._beside(qid, answer)
            return
        self._take_over(answers)
        self.interview.put(qid, answer)

    def _may_replace(self, qid: str, theirs: Answer | None) -> bool:
        question = self.interview.battery.question(qid)
        self.face.say("Någon annan har under tiden ändrat svaret på samma fråga. Där står nu:")
        self.face.say(quoted(in_words(question, theirs) if question and theirs else "(inget svar)"))
        ask = Ask("Ersätta det med ditt svar? Säger du nej sparas ditt svar i en fil bredvid.")
        try:
            return self.face.ask_yes_no(ask, default=False)
        except Signal:
            return False

    def _beside(self, qid: str, answer: Answer | None) -> None:
        """Saves the answer in a file of its own, and lets the dossier stand as others left it."""
        if self.store.save_beside is None or self.store.reread is None:
            return
        self.face.say(f"Ditt svar är sparat i {self.store.save_beside(qid, answer)}.")
        self._take_over(self.store.reread())
        self._note(qid, answer)

    def _take_over(self, answers: Answers) -> None:
        self._saved = dict(answers)
        self.interview.reread(answers)


def in_words(question: Question, answer: Answer) -> str:
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
        case _:
            assert_never(answer)


def quoted(text: str) -> str:
    """A text set in, line by line, as something someone wrote."""
    return "\n".join(f"  {line}" for line in text.split("\n"))


def back_and_forth(first: int, count: int, ask: Callable[[int], None]) -> None:
    """Asks parts of a question in order, one back at Back. Raises Back from the very first part."""
    number = first
    while number < count:
        try:
            ask(number)
        except Back:
            if number == 0:
                raise
            number -= 1
        else:
            number += 1
