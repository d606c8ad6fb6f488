"""`utb svar`: one answer, read or written without prompts."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.answers.accept import accept, plain_value, show
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.rows import dangling
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.privacy import refuse_personal_numbers
from utbildningsprocess.cli.session import Session
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace, today
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.swedish import clean_line, did_you_mean, fold, joined, shortened

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, Battery, Question

SHORT = 60


def read_or_set(  # noqa: PLR0913  what the command takes
    initiative: str, wanted: str, value: str | None, *, skip: str | None, unknown: bool, consent: bool
) -> None:
    """Shows the answer to a question, or writes a new one."""
    if skip is not None and (unknown or value is not None):
        raise WrongUse("Ange ett svar, --hoppa eller --vet-inte, inte flera av dem.")
    workspace = open_workspace()
    question = meant_question(workspace.battery, wanted)
    session = Session(workspace, meant_dossier(workspace, initiative))
    if skip is None and not unknown and value is None:
        _show(question, session.answers.get(question.qid))
        return
    answer = _answer(question, value, skip=skip, unknown=unknown)
    _check_references(session, question, answer)
    refuse_personal_numbers(workspace.battery, {question.qid: answer}, session.answers, consent=consent)
    session.save(question.qid, answer)
    say(f"Sparat i {shown(session.path)}: {question.text} {_in_short(question, answer)}")


def _in_short(question: Question, answer: Answer) -> str:
    """The answer as it was understood, so that a date or a choice gone wrong is seen."""
    match answer:
        case Given(value):
            return shortened(show(question, value), SHORT)
        case Skipped():
            return "Hoppas över."
        case Unknown() | Unfit():
            return "Vet inte än."
        case _:
            assert_never(answer)


def meant_question(battery: Battery, wanted: str) -> Question:
    """The question at an address, or the only one with that id. WrongUse suggests another."""
    name = fold(wanted).replace("-", "_")
    if question := battery.question(name):
        return question
    found = [question for question in battery.questions() if question.id == name]
    if len(found) == 1:
        return found[0]
    if found:
        addresses = joined(question.qid for question in found)
        raise WrongUse(f"”{wanted}” finns i flera steg: {addresses}. Skriv vilken du menar.")
    hint = _nearest(battery, name) or "Skriv adressen som steg.fraga."
    raise WrongUse(f"Frågan ”{wanted}” finns inte. {hint}")


def _nearest(battery: Battery, name: str) -> str:
    """A suggestion: the right id in the wrong stage first, then a near address, then a near id."""
    by_id = {question.id: question.qid for question in battery.questions()}
    question_id = name.rpartition(".")[2]
    if question_id in by_id:
        return f"Menade du {by_id[question_id]}?"
    near_id = did_you_mean(question_id, by_id)
    return did_you_mean(name, by_id.values()) or next(
        (f"Menade du {qid}?" for key, qid in by_id.items() if near_id == f"Menade du {key}?"), ""
    )


def _show(question: Question, answer: Answer | None) -> None:
    match answer:
        case Given():
            result(_as_typed(question, answer))
        case Unfit(text, why):
            say(f"Svaret går inte att läsa: {why}")
            result(text)
        case Skipped(reason):
            say(f"Frågan är överhoppad: {reason}" if reason else "Frågan är överhoppad.")
        case Unknown(who):
            say(f"Vet inte än: {who}" if who else "Vet inte än.")
        case None:
            say("Frågan är inte besvarad än.")
        case _:
            assert_never(answer)


def _as_typed(question: Question, answer: Given) -> str:
    """The answer in the form it can be given back in."""
    if question.kind.is_composite:
        return json.dumps(plain_value(question, answer.value), ensure_ascii=False)
    if isinstance(answer.value, str) and not question.options:
        return answer.value
    if isinstance(answer.value, tuple):
        return "\n".join(
            show(question, (part,)) for part in answer.value if isinstance(part, (str, int, float))
        )
    return show(question, answer.value)


# ------------------------------------------------------------------- writing


def _answer(question: Question, value: str | None, *, skip: str | None, unknown: bool) -> Answer:
    if skip is not None:
        return Skipped(clean_line(skip))
    if unknown:
        return Unknown(clean_line(value or ""))
    text = (sys.stdin.read() if sys.stdin else "") if value == "-" else value or ""
    try:
        return Given(accept(question, _raw(question, text), today()))
    except Invalid as error:
        raise WrongUse(f"{question.qid}: {error.sentence}") from None


def _raw(question: Question, text: str) -> object:
    if not question.kind.is_composite:
        return text
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        raise WrongUse(
            f"{question.qid} tar flera värden och skrivs som JSON, i den form som ”utb svar” visar det."
        ) from None


def _check_references(session: Session, question: Question, answer: Answer) -> None:
    after = session.sheet.with_answers({question.qid: answer})
    wrong = [reference.sentence for reference in dangling(after) if reference.qid == question.qid]
    if wrong:
        raise WrongUse(f"{question.qid}: {' '.join(wrong)}")
