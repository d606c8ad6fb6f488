"""When a form asks a question: what hangs on its own answers, with what the dossier decides decided."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from utbildningsprocess.answers.conditions import holds

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from utbildningsprocess.model import AnswerSheet, Condition, GroupField, Question

FormCondition: TypeAlias = bool | dict[str, object]
"""Decided already, or what a form looks at in its own answers."""


def condition_in_form(question: Question, sheet: AnswerSheet, asked: Collection[str]) -> FormCondition:
    """When a question is asked in a form that asks the questions at some addresses."""
    if question.relevant_if is None:
        return True
    return _resolved(question.relevant_if, sheet, asked)


def asked_in_form(candidates: Sequence[Question], sheet: AnswerSheet) -> list[Question]:
    """The questions that apply, or come to do so by what is answered in the same form."""
    asked = list(candidates)
    while True:
        addresses = {question.qid for question in asked}
        kept = [question for question in asked if condition_in_form(question, sheet, addresses) is not False]
        if len(kept) == len(asked):
            return asked
        asked = kept


def _resolved(condition: Condition, sheet: AnswerSheet, asked: Collection[str]) -> FormCondition:
    if condition.every is not None:
        return _together("all", [_resolved(inner, sheet, asked) for inner in condition.every])
    if condition.some is not None:
        return _together("any", [_resolved(inner, sheet, asked) for inner in condition.some])
    if condition.negated is not None:
        inner = _resolved(condition.negated, sheet, asked)
        return not inner if isinstance(inner, bool) else {"not": inner}
    looks_here = condition.question in asked and condition.field is None
    return _looked_at(condition) if looks_here else holds(condition, {**sheet.answers, **sheet.derived})


def _together(name: str, inner: list[FormCondition]) -> FormCondition:
    """Conditions that must all hold, or of which one must, without those that are decided."""
    decisive = name == "any"
    if any(condition is decisive for condition in inner):
        return decisive
    left = [condition for condition in inner if not isinstance(condition, bool)]
    if not left:
        return not decisive
    return left[0] if len(left) == 1 else {name: left}


def _looked_at(condition: Condition) -> dict[str, object]:
    """One comparison with the answer at an address in the form."""
    address = {"address": condition.question}
    if condition.answered is not None:
        return {**address, "answered": condition.answered}
    if isinstance(condition.equals, bool):
        return {**address, "in": ["ja" if condition.equals else "nej"]}
    if isinstance(condition.equals, int | float):
        return {**address, "min": condition.equals, "max": condition.equals}
    values = condition.equals or condition.one_of or condition.contains
    if values is not None:
        return {**address, "in": [values] if isinstance(values, str) else list(values)}
    bounds = {"min": condition.at_least, "max": condition.at_most}
    return {**address, **{key: bound for key, bound in bounds.items() if bound is not None}}


def field_when(field: GroupField) -> dict[str, object] | None:
    """What is to be chosen elsewhere in its row for a field to be asked; None where it always is."""
    condition = field.relevant_if
    if condition is None or condition.question is not None or condition.field is None:
        return None
    values = condition.equals or condition.one_of or condition.contains
    if isinstance(values, str):
        return {"field": condition.field, "in": [values]}
    return {"field": condition.field, "in": list(values)} if isinstance(values, tuple) else None
