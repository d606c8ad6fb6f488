"""Lessons of earlier initiatives in a conversation: told once; a key reads or notes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import BUILDS_ON
from utbildningsprocess.conversation.face import Ask, Back, Choice, NoteLesson, ReadLessons
from utbildningsprocess.lessons.model import Suggested
from utbildningsprocess.model import Given, Unfit, given_value

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.conversation.face import AboutLessons, T
    from utbildningsprocess.conversation.talk import Talk

_HEADING = "Lärdomar från tidigare insatser som kan passa här:"
_NOT_READABLE = (
    "Det som står på frågan ”{}” går inte att läsa, så lärdomen är inte noterad. Rätta det först: utb steg om"
)


def tell_lessons(talk: Talk) -> None:
    """Shows the lessons that fit, once in a conversation; nothing where none does."""
    if talk.recalled is not None:
        return
    talk.recalled = talk.commentary.recall()
    lines = [_HEADING] if talk.recalled.lessons else []
    for number, lesson in enumerate(talk.recalled.lessons, 1):
        first, second = lesson.in_short
        lines += [f"{number}. {first}", f"   {second}"]
    if lines := [*lines, *filter(None, [talk.recalled.unread])]:
        talk.face.say("\n" + "\n".join(lines))


def has_lessons(talk: Talk) -> bool:
    """Whether there are lessons to read or to note."""
    return bool(talk.recalled and talk.recalled.lessons)


def pass_over_lessons(talk: Talk) -> None:
    """Remembers that the person has gone on: what was shown does not come back in this initiative."""
    if talk.recalled and talk.recalled.lessons:
        talk.commentary.pass_over([lesson.key for lesson in talk.recalled.lessons])


def beside_lessons(talk: Talk, ask: Callable[[], T]) -> T:
    """What the person answers, who may read and note lessons before that."""
    while True:
        try:
            return ask()
        except (ReadLessons, NoteLesson) as way:
            heed(talk, way)


def heed(talk: Talk, way: AboutLessons) -> None:
    """Shows the lessons whole, or notes that one of them is used."""
    lessons = talk.recalled.lessons if talk.recalled else ()
    if isinstance(way, ReadLessons):
        told = [f"{number}. {lesson.whole}" for number, lesson in enumerate(lessons, 1)]
        talk.face.say("\n" + "\n\n".join(told))
        return
    chosen: Suggested | None = lessons[0]
    if len(lessons) > 1:
        ask = Ask("Vilken lärdom använder ni?", can_go_back=True, is_in_passing=True)
        options = [Choice[Suggested | None](lesson, lesson.in_short[0]) for lesson in lessons]
        try:
            chosen = talk.face.ask_choice(ask, [*options, Choice(None, "Ingen av dem")])
        except Back:
            return
    if chosen:
        _note(talk, chosen)


def _note(talk: Talk, lesson: Suggested) -> None:
    """Writes in the dossier that a lesson is used, after what stands there."""
    question = talk.interview.battery.question(BUILDS_ON)
    if question is None:
        talk.face.say("Här ställs ingen fråga om vad ni har lärt av, så lärdomen är inte noterad.")
        return
    answer = talk.interview.answers.get(BUILDS_ON)
    if isinstance(answer, Unfit):
        talk.face.say(_NOT_READABLE.format(question.text))
        return
    before = given_value(answer)
    lines = before if isinstance(before, tuple) else ()
    if lesson.noted not in lines:
        talk.put(BUILDS_ON, Given((*lines, lesson.noted)))
    talk.face.say(f"Noterat på frågan ”{question.text}”: {lesson.noted}")
