"""What the diagnosis gives the questions after it: the mix to plan from, and the draft of a conclusion."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIONS_BESIDE_LEARNING,
    COMPLEMENTARY_ACTIONS,
    MAIN_ACTIONS,
    OTHER_ACTIONS,
    OUTCOME,
    PROPOSED_CONCLUSION,
    SUPPORT,
)
from utbildningsprocess.answers.cells import text_in
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.diagnosis.sentences import (
    deciding_gate,
    gate_texts,
    inside,
    outcome_sentences,
    quoted_answer,
    support_name,
)
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import running

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.model import Answers, Battery

_MOST_PROPOSED = 3
_POINTS_AT = "Det pekar på: "


def computed_answers(model: DiagnosisModel, battery: Battery, answers: Answers) -> Answers:
    """The diagnosis as answers that conditions, drafts and prefilled rows may use; empty while there is none.

    `diagnos.utfall` is the outcome's code, `.underlag` how well founded it is; `.huvud`, `.komplettera` and
    `.andra` (neither training nor practice) are ids of actions; `.slutsats` is the draft of a conclusion.
    """
    diagnosis = diagnose(model, answers)
    if diagnosis.outcome is None:
        return {}
    mix = () if diagnosis.gate else (*diagnosis.main, *diagnosis.complement)
    several = {
        MAIN_ACTIONS: diagnosis.main,
        COMPLEMENTARY_ACTIONS: diagnosis.complement,
        ACTIONS_BESIDE_LEARNING: tuple(key for key in mix if key in model.beside_learning),
    }
    return {
        OUTCOME: Given(diagnosis.outcome),
        SUPPORT: Given(diagnosis.support),
        PROPOSED_CONCLUSION: Given(
            proposed_conclusion(model, battery, diagnosis, _not_chosen(model, answers))
        ),
        **{qid: Given(actions) for qid, actions in several.items() if actions},
    }


def _not_chosen(model: DiagnosisModel, answers: Answers) -> frozenset[str]:
    """The actions beside learning that nobody has planned, once it is said which are; none before that."""
    if OTHER_ACTIONS not in answers:
        return frozenset()
    planned = {text_in(row, "typ") for row in given_rows(answers, OTHER_ACTIONS)}
    return frozenset(model.beside_learning) - planned


def proposed_conclusion(
    model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, left_out: Collection[str] = ()
) -> str:
    """The diagnosis as the draft of `analys.slutsats`, for a person to change and own; empty without one.

    Actions that have been left out since are no part of what is built.
    """
    if diagnosis.outcome is None:
        return ""
    outcome, gate = model.outcome(diagnosis.outcome), deciding_gate(model, diagnosis)
    sentences = [*([] if gate else outcome_sentences(model, diagnosis)), *gate_texts(model, diagnosis)]
    paragraphs = [
        _causes_in_prose(battery, diagnosis),
        " ".join([f"{_POINTS_AT}{inside(outcome.name)}.", *sentences]),
        "" if gate else _mix_in_prose(model, diagnosis, left_out),
        f"{support_name(model, diagnosis)}.",
    ]
    return "\n\n".join(filter(None, paragraphs))


def proposed_outcome(model: DiagnosisModel, conclusion: str) -> str:
    """The code of the outcome that a conclusion still names in the words of its draft; empty for none."""
    said = running(conclusion)
    named = (outcome for outcome in model.outcomes if f"{_POINTS_AT}{inside(outcome.name)}." in said)
    return next((outcome.code for outcome in named), "")


def _causes_in_prose(battery: Battery, diagnosis: Diagnosis) -> str:
    if not diagnosis.statements:
        return "Vi har inte svarat på påståendena om vad som hindrar."
    shown = diagnosis.strong or diagnosis.causes[:_MOST_PROPOSED]
    if not shown:
        return "Analysen pekar inte ut något tydligt hinder."
    first = next(iter(shown[0].answers.items()))
    kind = "de här hindren" if diagnosis.strong else "de här möjliga hindren"
    hindrances = _bullets(f"Analysen pekar på {kind}:", (cause.name for cause in shown))
    return f"{hindrances}\n\nVi har till exempel svarat {quoted_answer(battery, *first)}"


def _mix_in_prose(model: DiagnosisModel, diagnosis: Diagnosis, left_out: Collection[str]) -> str:
    roles = (("Vi bygger på:", diagnosis.main), ("Vi kompletterar med:", diagnosis.complement))
    kept = [(heading, [key for key in actions if key not in left_out]) for heading, actions in roles]
    return "\n\n".join(
        _bullets(heading, (model.action(action).name for action in actions))
        for heading, actions in kept
        if actions
    )


def _bullets(heading: str, names: Iterable[str]) -> str:
    return "\n".join([heading, "", *(f"- {name}" for name in names)])
