"""The counting of one diagnosis, line by line, as one would do it on paper with `docs/diagnosen.md`.

The steps have the numbers of that page, which are those of the sentences in `diagnos.yaml`, and one more.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ABLE_TODAY, OBSTACLES, ONE_PAGE
from utbildningsprocess.diagnosis.counting import FIND_OUT, NOTHING_TO_PLAN
from utbildningsprocess.diagnosis.respondents import MUCH
from utbildningsprocess.diagnosis.seeing import counted_answers
from utbildningsprocess.diagnosis.sentences import (
    asked,
    deciding_gate,
    in_quotes,
    inside,
    names,
    quoted_answer,
    strength,
    support_name,
)
from utbildningsprocess.diagnosis.words import filled, tipping_lines, too_little
from utbildningsprocess.model import Unknown, given_value
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.diagnosis.counting import Cause, Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.diagnosis.tipping import TippingPoint
    from utbildningsprocess.model import AnswerSheet

_UNANSWERED, _NOT_ASKED, _NOT_YET = "obesvarat", "ställs inte här", "vet inte än"
_NOTHING_CHANGES = "Inget av de svar som prövas skulle ändra bilden."
_TOO_EARLY = " Det är alltid svagt när utfallet är att undersöka först."


def reckoning_text(
    model: DiagnosisModel,
    sheet: AnswerSheet,
    diagnosis: Diagnosis,
    tipping: Sequence[TippingPoint],
    *,
    width: int,
) -> str:
    """Every step of the counting as text of a width; what stands set in belongs to the line above."""
    if sheet.battery.leaves_out(OBSTACLES):
        return filled(too_little(sheet.battery), width)
    return "\n".join(filled(line, width) for line in _steps(model, sheet, diagnosis, tipping))


def _steps(
    model: DiagnosisModel, sheet: AnswerSheet, diagnosis: Diagnosis, tipping: Sequence[TippingPoint]
) -> Iterator[str]:
    yield from _causes(model, sheet, diagnosis)
    yield from _changed_by_single_answers(sheet, diagnosis)
    yield from _roles(model, diagnosis)
    yield from _outcome(model, diagnosis)
    if diagnosis.outcome:
        yield from _support(model, sheet, diagnosis)
        first, *lines = [*tipping_lines(model, sheet.battery, diagnosis, tipping)] or [_NOTHING_CHANGES]
        yield f"9. {first}"
        yield from (f"   {line.lstrip()}" for line in lines)


def _causes(model: DiagnosisModel, sheet: AnswerSheet, diagnosis: Diagnosis) -> Iterator[str]:
    found = {cause.id: cause for cause in diagnosis.causes}
    yield "1. Orsakerna: ett ”Mycket” gör en orsak stark, ett ”Delvis” gör den möjlig."
    if whose := counted_answers(diagnosis):
        yield f"   {whose}"
    for cause_id, meaning in model.causes.items():
        said = [
            _said(sheet, diagnosis, key) for key, causes in model.statements.items() if cause_id in causes
        ]
        verdict = strength(found[cause_id]) if cause_id in found else "inget"
        spoken = ", ".join(said) or "inget påstående"
        yield f"   {meaning.name}: {spoken}. {verdict[:1].upper()}{verdict[1:]}."
    unknown = sum(key in model.statements for key in diagnosis.unknown)
    yield f"   Obesvarade eller ”vet inte”: {unknown} av {len(model.statements)} påståenden."


def _said(sheet: AnswerSheet, diagnosis: Diagnosis, key: str) -> str:
    answer = diagnosis.statements.get(key)
    words = _label(sheet, answer)
    if diagnosis.is_weighed and diagnosis.weighed:
        alone = (_label(sheet, voice.answers.get(key)) for voice in diagnosis.weighed.voices)
        return f"{key} {words} ({', '.join(alone)})"
    return f"{key} {words}"


def _label(sheet: AnswerSheet, answer: str | None) -> str:
    question = sheet.battery.question(OBSTACLES)
    return question.label(answer) if question and answer else _UNANSWERED


def _changed_by_single_answers(sheet: AnswerSheet, diagnosis: Diagnosis) -> Iterator[str]:
    for step, qid in ((2, ABLE_TODAY), (3, ONE_PAGE)):
        value = given_value(sheet.answers.get(qid))
        unanswered = _NOT_ASKED if sheet.battery.leaves_out(qid) else _UNANSWERED
        unanswered = _NOT_YET if isinstance(sheet.answers.get(qid), Unknown) else unanswered
        said = in_quotes(sheet.battery, qid, value) if isinstance(value, (str, bool)) else unanswered
        yield f"{step}. ”{asked(sheet.battery, qid)}” {said}. {_effect(diagnosis, step, value)}"


def _effect(diagnosis: Diagnosis, step: int, value: object) -> str:
    """What one answer changes."""
    if step == 2:  # noqa: PLR2004  the number of the sentence
        lowered = names(cause for cause in diagnosis.causes if cause.is_lowered)
        return f"Blir högst möjlig: {lowered}." if lowered else "Sänker ingen orsak."
    return "Kunskap möts av information." if value is True else "Kunskap möts av utbildning."


def _roles(model: DiagnosisModel, diagnosis: Diagnosis) -> Iterator[str]:
    yield f"4. Starka orsaker och det de pekar på, i ordning: {_pointing(model, diagnosis.strong)}."
    met = {cause.meets.first for cause in diagnosis.strong}
    possible = (cause for cause in diagnosis.causes if cause.points_at_a_complement)
    complementing = tuple(cause for cause in possible if cause.meets.first not in met)
    watched = names(diagnosis.watched) or "inget"
    yield f"5. Möjliga orsaker att komplettera för: {_pointing(model, complementing)}."
    yield f"   Att hålla ögonen på: {watched}."


def _pointing(model: DiagnosisModel, causes: tuple[Cause, ...]) -> str:
    pairs = (f"{inside(cause.name)} → {inside(model.action(cause.meets.first).name)}" for cause in causes)
    return "; ".join(pairs) or "inga"


def _outcome(model: DiagnosisModel, diagnosis: Diagnosis) -> Iterator[str]:
    learning = [cause for cause in diagnosis.strong if cause.is_learning]
    other = len(diagnosis.strong) - len(learning)
    yield f"6. Starka orsaker i lärande: {len(learning)}. Starka orsaker i annat: {other}."
    gate = deciding_gate(model, diagnosis)
    stated = (
        f"Grinden {gate.id} gäller: {gate.text.partition(' Troligast')[0]}" if gate else "Ingen grind gäller."
    )
    yield f"7. {stated}"
    outcome = model.outcome(diagnosis.outcome).name if diagnosis.outcome else "inte svar nog"
    yield f"   Det pekar på: {inside(outcome)}."
    if diagnosis.outcome in NOTHING_TO_PLAN:
        yield "   Inga insatser: de i steg 4 och 5 stryks."
    elif diagnosis.outcome:
        yield f"   Huvudinsatser: {_actions(model, diagnosis.main)}."
        yield f"   Att komplettera med: {_actions(model, diagnosis.complement)}."
    for added in model.gates:
        if added.addition and added.addition in diagnosis.additions:
            yield f"   Tillägg ({added.id}): {added.text}"


def _actions(model: DiagnosisModel, actions: Sequence[str]) -> str:
    return joined(inside(model.action(action).name) for action in actions) or "inget"


def _support(model: DiagnosisModel, sheet: AnswerSheet, diagnosis: Diagnosis) -> Iterator[str]:
    number = len(diagnosis.shortcomings)
    level = support_name(model, diagnosis)
    listed = f" ({', '.join(diagnosis.shortcomings)})" if number else ""
    too_early = _TOO_EARLY if diagnosis.outcome == FIND_OUT else ""
    yield f"8. Brister: {number}{listed}. {level}.{too_early}"
    if diagnosis.strong and not diagnosis.gate:
        resting = (f"{key} ({quoted_answer(sheet.battery, key, MUCH)})" for key in diagnosis.rests_on)
        yield f"   Utfallet vilar på: {joined(resting) or 'inget enskilt svar'}."
    yield f"   Drar åt olika håll: {joined(diagnosis.contradictions) or 'inget'}."
