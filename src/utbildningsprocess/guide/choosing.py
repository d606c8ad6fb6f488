"""Questions chosen by address, and single statements of them, as a stage of these alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from utbildningsprocess.model import Question, Stage, Statement


def address_of(question: Question, statement: Statement | None) -> str:
    """Where an answer belongs: `analys.kan_idag`, or of a statement `analys.hinder.s10`."""
    return f"{question.qid}.{statement.id}" if statement else question.qid


def with_chosen(stage: Stage, addresses: Sequence[str], *, core_only: bool) -> Stage:
    """The stage with the questions and statements at some addresses, or all, and only its core if wanted.

    An address may leave out the name of the stage. Raises WrongUse for one that leads to no question.
    """
    wanted = {_meant(stage, address) for address in addresses}
    kept = (_narrowed(question, wanted) if wanted else question for question in stage.questions)
    chosen = tuple(question for question in kept if question and (question.core or not core_only))
    return stage.model_copy(update={"questions": chosen})


def _narrowed(question: Question, wanted: Iterable[str]) -> Question | None:
    """The question with the statements that are wanted; None when neither it nor any of them is."""
    if question.qid in wanted:
        return question
    chosen = [
        statement for statement in question.asked_statements if address_of(question, statement) in wanted
    ]
    return question.model_copy(update={"statements": tuple(chosen)}) if chosen else None


def _meant(stage: Stage, address: str) -> str:
    name = fold(address).replace("-", "_")
    whole = name if stage_of(name) == stage.id else f"{stage.id}.{name}"
    known = [question.qid for question in stage.questions]
    known += [
        address_of(question, statement)
        for question in stage.questions
        for statement in question.asked_statements
    ]
    if whole in known:
        return whole
    ids = [qid.partition(".")[2] for qid in known]
    hint = did_you_mean(name, known) or did_you_mean(name, ids) or "Skriv adressen som steg.fraga."
    raise WrongUse(f"Frågan ”{address}” finns inte i {stage.title}. {hint}")
