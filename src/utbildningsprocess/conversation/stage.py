"""Asks the questions of one stage, saves every answer as it is given, and ends in the review."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.addresses import ACTIVITIES
from utbildningsprocess.answers.accept import EMPTY_ANSWER
from utbildningsprocess.answers.unknown import NOT_YET, chooses_unknown
from utbildningsprocess.answers.voices import said_alone
from utbildningsprocess.conversation.composite import ask_group
from utbildningsprocess.conversation.end_of_stage import choose_question, end_stage
from utbildningsprocess.conversation.face import (
    FIRST,
    Ask,
    Back,
    Choice,
    DontKnow,
    Leave,
    Pass,
    SaidUnknown,
    SaveAndLeave,
    ToMap,
    quoted,
)
from utbildningsprocess.conversation.half_typed import part_from_half_typed, warn_of_drafts
from utbildningsprocess.conversation.recalled import (
    beside_lessons,
    has_lessons,
    pass_over_lessons,
    tell_lessons,
)
from utbildningsprocess.conversation.statements import ask_statements
from utbildningsprocess.conversation.talk import UNDER_WAY, WHO_KNOWS, Commentary, Talk, under_way
from utbildningsprocess.conversation.value import ask_value, in_prompt
from utbildningsprocess.errors import Interrupted, SavedAndLeft, UtbError
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import running, shortened

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from utbildningsprocess.conversation.face import Face
    from utbildningsprocess.conversation.saving import Store
    from utbildningsprocess.interview import Interview
    from utbildningsprocess.model import Question

MORE = "Mer att fylla i när ni vill:"
_WIDEST_REMINDER, _MOST_LINES = 90, 4
_MORE_IN_HELP = "  … Hjälpen visar allt."
_SAID_ALONE = "Så har de svarat var för sig. Inget av det är ert gemensamma svar:"
_WHY = "Varför hoppar ni över frågan? (Tomt går bra.)"
_SKIP, _UNKNOWN, _RETURN = "hoppa", "vet_inte", "tillbaka"
_WAYS = [
    Choice(_SKIP, "Hoppa över (med ett skäl)"),
    Choice(_UNKNOWN, "Vet inte än (vem vet?)"),
    Choice(_RETURN, "Tillbaka till frågan"),
]


def ask_at_start(interview: Interview, face: Face, store: Store) -> None:
    """Asks what is to be asked when an initiative begins, saved as it is given. Raises as `ask_stage`."""
    talk = Talk(interview, face, store, Commentary())
    with _left_in_good_order(talk):
        _ask_all(talk)


def ask_stage(interview: Interview, face: Face, store: Store, commentary: Commentary | None = None) -> None:
    """Asks what is to be asked and ends in the review; every answer is saved as it is given.

    Raises Interrupted when the person, or the system, leaves, and the store's own trouble when an answer
    could not be saved.
    """
    talk = Talk(interview, face, store, commentary or Commentary())
    warn_of_drafts(face, store)
    with _left_in_good_order(talk):
        _reopen_unfinished(talk)
        _ask_all(talk)
        while (qid := end_stage(talk)) is not None:
            interview.goto(qid)
            _ask_all(talk, opened=qid)
        if left := interview.left_out():
            face.say("\n".join([MORE, *(f"- {words}" for words in left)]))


@contextmanager
def _left_in_good_order(talk: Talk) -> Iterator[None]:
    """Says what is saved, and what is half-typed, when the person leaves or saving fails."""
    try:
        yield
    except (Leave, KeyboardInterrupt) as leaving:
        words = " ".join(filter(None, ["Allt du har svarat är sparat.", part_from_half_typed(talk)]))
        if isinstance(leaving, SaveAndLeave):
            raise SavedAndLeft(words) from None
        raise Interrupted(f"Avbrutet. {words}") from None
    except UtbError:
        if waiting := part_from_half_typed(talk):
            talk.face.say(waiting)
        raise


def _reopen_unfinished(talk: Talk) -> None:
    """Asks again the questions that were left half-way last time, before those that are merely open."""
    for question in reversed(talk.interview.relevant):
        place = under_way(question.qid) if question.kind.is_composite else question.qid
        if talk.store.draft_read(place):
            talk.interview.goto(question.qid)


def _ask_all(talk: Talk, opened: str | None = None) -> None:
    """Asks until nothing is left. Back from a question opened in the review leads to the review."""
    while (question := talk.interview.current) is not None:
        before = talk.interview.asked
        if question.qid == ACTIVITIES:
            tell_lessons(talk)
        try:
            beside_lessons(talk, partial(_ask_question, talk, question))
            pass_over_lessons(talk)
            _tell_of_number(talk, question, before)
        except Back:
            if question.qid == opened:
                talk.interview.keep()
                talk.store.draft_drop(under_way(question.qid))
            elif not talk.interview.back():
                talk.face.say(FIRST)
        except ToMap:
            if qid := choose_question(talk):
                talk.interview.visit(qid)
        except Pass as way:
            _pass_over(talk, question, way)


def _tell_of_number(talk: Talk, question: Question, before: Sequence[str]) -> None:
    """Says it when an answer changes which questions are asked: their number would move without a word."""
    now = talk.interview.asked
    told = {
        "till gäller": {*now} - {*before, question.qid},
        "gäller inte längre": {*before} - {*now, question.qid},
    }
    for what, qids in told.items():
        if qids:
            many = "En fråga" if len(qids) == 1 else f"{len(qids)} frågor"
            talk.face.say(
                f"{many} {what} efter det svaret. Nu är det {len(now)} i {talk.interview.stage.title}."
            )


def _ask_question(talk: Talk, question: Question) -> None:
    ask = _ask(talk, question)
    match question.kind.family:
        case "rows":
            _ask_parts(talk, question, ask, ask_group)
        case "statements":
            _ask_parts(talk, question, ask, ask_statements)
        case "text" | "value" | "reference":
            _ask_simple(talk, question, ask)
        case family:
            assert_never(family)


def _ask_parts(
    talk: Talk, question: Question, ask: Ask, ask_all: Callable[[Talk, Question, Ask], None]
) -> None:
    """Asks a question with parts of its own; one that is left half-way is asked again the next time."""
    if not talk.store.draft_read(under_way(question.qid)):
        talk.store.draft_write(under_way(question.qid), UNDER_WAY)
    ask_all(talk, question, ask)
    talk.store.draft_drop(under_way(question.qid))
    _remark(talk, question)


def _ask_simple(talk: Talk, question: Question, ask: Ask) -> None:
    proposal = talk.interview.proposal(question)
    earlier = talk.interview.draft(question)
    ask = replace(ask, draft_name=proposal.named) if proposal else ask
    begin = proposal.value if proposal else earlier
    value = ask_value(talk, question, ask, question.qid, begin)
    if chooses_unknown(question, value):
        talk.drop_draft(question.qid)
        raise SaidUnknown
    if value is None:
        if earlier is None:
            talk.leave_open()
            talk.drop_draft(question.qid)
        else:
            talk.face.say(f"Fel: {EMPTY_ANSWER}")
        return
    if question.most_words and (words := len(str(value).split())) > question.most_words:
        talk.face.say(f"Texten är {words} ord. Den läses bäst med högst {question.most_words}.")
    with talk.draft_until_saved(question.qid, in_prompt(question, value)):
        talk.saver.save(question.qid, talk.interview.settle(Given(value)))
    _remark(talk, question)


def _remark(talk: Talk, question: Question) -> None:
    if remark := talk.commentary.remark(question.qid, talk.interview.sheet):
        talk.face.say(remark)


def _ask(talk: Talk, question: Question) -> Ask:
    interview = talk.interview
    reminders: list[str] = []
    if isinstance(answer := interview.answers.get(question.qid), Unfit):
        # Not every kind of question can begin from it.
        unreadable = "I filen står det här, som inte går att läsa som ett svar:"
        reminders = [unreadable, quoted(answer.text), answer.why]
    whole: list[str] = []
    for reminder in interview.reminders(question):
        told = f"Så här skrev ni i {reminder.stage}, på frågan ”{reminder.question}”:"
        shown = [shortened(line, _WIDEST_REMINDER) for line in reminder.lines[:_MOST_LINES]]
        reminders += [told, quoted("\n".join(shown))]
        if shown != list(reminder.lines):
            reminders.append(_MORE_IN_HELP)
            whole += [told, quoted("\n".join(reminder.lines))]
    if voices := [f"{who}: {said}" for who, said in said_alone(question, interview.sheet)]:
        shown = [shortened(running(line), _WIDEST_REMINDER) for line in voices]
        reminders += [_SAID_ALONE, quoted("\n".join(shown))]
        if shown != voices:
            reminders.append(_MORE_IN_HELP)
            whole += [_SAID_ALONE, quoted("\n".join(voices))]
    unit = f" ({question.unit})" if question.unit and question.unit not in question.text else ""
    return Ask(
        f"{question.text}{unit}",
        heading=_heading(talk),
        stages=talk.interview.stages(),
        reminders=tuple(reminders),
        help="\n".join(filter(None, [_help_text(question), *whole])),
        examples=_examples(question),
        most_words=question.most_words or 0,
        method=lambda: talk.commentary.method(question.qid),
        can_go_back=interview.progress.number > 1 or interview.at != interview.stage,
        can_skip=True,
        has_map=True,
        has_lessons=has_lessons(talk),
    )


def _heading(talk: Talk) -> str:
    number, total = talk.interview.progress
    return f"Fråga {number} av {total}, {talk.interview.at.title}"


def _examples(question: Question) -> tuple[str, ...]:
    texts = {
        "Svagt exempel: ”{}”": question.weak_example,
        "Starkt exempel: ”{}”": question.strong_example,
    }
    return tuple(words.format(text) for words, text in texts.items() if text)


def _help_text(question: Question) -> str:
    method = question.method and f"Metod: {question.method}"
    more = f"Följdfrågor: {' '.join(question.follow_ups)}" if question.follow_ups else ""
    return "\n".join(filter(None, [question.help, method, *_examples(question), more]))


def _pass_over(talk: Talk, question: Question, way: Pass) -> None:
    """Notes why a question is passed over, or that nobody knows yet; or goes back to it."""
    try:
        text = f"Hur vill du göra med frågan ”{question.text}”"
        ask = Ask(text, heading=_heading(talk), can_go_back=True, is_in_passing=True)
        chosen = _UNKNOWN if isinstance(way, DontKnow) else talk.face.ask_choice(ask, _WAYS)
        if chosen == _RETURN or not (isinstance(way, SaidUnknown) or _may_replace(talk, question)):
            return
        place, earlier = f"{question.qid}/{chosen}", talk.interview.answers.get(question.qid)
        who = earlier.who if chosen == _UNKNOWN and isinstance(earlier, Unknown) else ""
        asked, state = (WHO_KNOWS, NOT_YET) if chosen == _UNKNOWN else (_WHY, "Hoppad")
        ask = Ask(asked, told=(question.text, state), can_go_back=True)
        words = talk.ask_text(ask, place, who)
    except Back:
        return
    answer = Unknown(words) if chosen == _UNKNOWN else Skipped(words)
    with talk.draft_until_saved(place, words):
        talk.saver.save(question.qid, talk.interview.settle(answer))
    talk.store.draft_drop(under_way(question.qid))


def _may_replace(talk: Talk, question: Question) -> bool:
    if not isinstance(talk.interview.answers.get(question.qid), Given):
        return True
    ask = Ask("Frågan har redan ett svar. Ta bort det?", can_go_back=True)
    return talk.face.ask_yes_no(ask, default=False)
