"""Which question a person means by an address or an id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import did_you_mean, fold, joined

if TYPE_CHECKING:
    from utbildningsprocess.model import Battery, Question


def question_meant(battery: Battery, wanted: str) -> Question:
    """The question at an address, or the only one with that id. WrongUse suggests another."""
    name = fold(wanted).replace("-", "_")
    if question := battery.question(name):
        return question
    namesakes = [question for question in battery.questions() if question.id == name]
    if len(namesakes) == 1:
        return namesakes[0]
    if namesakes:
        addresses = joined(question.qid for question in namesakes)
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
