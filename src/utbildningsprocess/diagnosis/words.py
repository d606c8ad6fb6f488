"""The diagnosis as a text to read: causes and the answers behind them, then the mix, then how sure it is.

It says ”pekar på” and never ”visar”: what belongs to which cause is a judgement, and the people who
answered decide.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.diagnosis.seeing import said_by, seen_by_each
from utbildningsprocess.diagnosis.sentences import (
    asked,
    contradiction_texts,
    deciding_gate,
    edge_text,
    gate_texts,
    in_quotes,
    inside,
    outcome_instead,
    outcome_sentences,
    quoted_answer,
    said_beside,
    shortcoming_texts,
    strength,
    support_text,
    watched,
)
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.diagnosis.counting import Cause, Diagnosis
    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.diagnosis.tipping import TippingPoint
    from utbildningsprocess.model import AnswerSheet, Battery

_TOO_LITTLE = "Det finns inte svar nog för en diagnos. Svara på påståendena i Analys, ”{}”"
_NOT_ASKED = (
    "Här går det inte att göra någon diagnos, för era egna frågor har inga påståenden om vad som hindrar "
    f"({OBSTACLES})."
)
_NO_CAUSE, _NO_STATEMENT = "Inget av svaren pekar ut något hinder.", "Inga påståenden är besvarade."
_INDENT = "  "
_MOST_POSSIBLE = 5


def diagnosis_text(  # noqa: PLR0913  what there is to show, and how
    model: DiagnosisModel,
    sheet: AnswerSheet,
    diagnosis: Diagnosis,
    tipping: Sequence[TippingPoint],
    *,
    width: int,
    bars: bool = True,
) -> str:
    """The diagnosis as text of a width; with `bars` the answers of each cause are drawn as well as said."""
    battery = sheet.battery
    if diagnosis.outcome is None:
        return filled(too_little(battery), width)
    apart = diagnosis.weighed is not None and diagnosis.weighed.disagree
    voices = seen_by_each(model, sheet, diagnosis)
    sections = (
        voices if apart else (),
        _causes(model, battery, diagnosis, bars=bars),
        _mix(model, diagnosis),
        said_beside(model, diagnosis, sheet.answers),
        filter(None, [watched(model, diagnosis)]),
        _support(model, battery, diagnosis, tipping),
        contradiction_texts(model, diagnosis),
        () if apart else voices,
        tipping_lines(model, battery, diagnosis, tipping),
        (model.words.limits,),
    )
    texts = ["\n".join(filled(line, width) for line in lines) for lines in sections]
    return "\n\n".join(filter(None, texts))


def too_little(battery: Battery) -> str:
    """Why there is no diagnosis: nothing is answered yet, or nothing is asked to count it from."""
    return _NOT_ASKED if battery.leaves_out(OBSTACLES) else _TOO_LITTLE.format(asked(battery, OBSTACLES))


def filled(line: str, width: int) -> str:
    """A line as lines of a width, which begin where it does; those of a point under its words."""
    words = line.lstrip()
    indent = line.removesuffix(words)
    further = indent + _INDENT if words.startswith("- ") else indent
    return textwrap.fill(
        words, width, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False
    )


# ------------------------------------------------------------------- causes


def _causes(model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, *, bars: bool) -> Iterator[str]:
    """The strong causes, and those that point at a complement, with the answers behind them."""
    yield "Svaren pekar på de här orsakerna"
    if not diagnosis.causes:
        yield _INDENT + (_NO_CAUSE if diagnosis.statements else _NO_STATEMENT)
    pointing = [cause for cause in diagnosis.causes if cause.is_strong or cause.points_at_a_complement]
    for cause in pointing or diagnosis.causes[:_MOST_POSSIBLE]:
        yield ""
        yield f"{_INDENT}{cause.name}: {strength(cause)}"
        if bars:
            yield _bar(model, cause)
        yield f"{_INDENT}{cause.meets.meaning}"
        for statement, answer in cause.answers.items():
            yield f"{_INDENT * 2}{said_by(diagnosis, statement)} {quoted_answer(battery, statement, answer)}"


def _bar(model: DiagnosisModel, cause: Cause) -> str:
    """A square for each statement of the cause: full for ”Mycket”, half for ”Delvis”."""
    number = sum(cause.id in causes for causes in model.statements.values())
    return _INDENT + "█" * cause.much + "▒" * cause.partly + "·" * (number - cause.much - cause.partly)


# ---------------------------------------------------------------------- mix


def _mix(model: DiagnosisModel, diagnosis: Diagnosis) -> Iterator[str]:
    """The outcome, and the actions it points at."""
    outcome = model.outcome(diagnosis.outcome or "")
    yield f"Det pekar på: {inside(outcome.name)}"
    gate = deciding_gate(model, diagnosis)
    for sentence in () if gate else outcome_sentences(model, diagnosis):
        yield f"{_INDENT}{sentence}"
    for sentence in gate_texts(model, diagnosis):
        yield f"{_INDENT}{sentence}"
    main = () if gate else diagnosis.main
    for heading, action_ids in (("Bygg på", main), ("Komplettera med", diagnosis.complement)):
        if action_ids:
            yield ""
            yield heading
        for action_id in action_ids:
            action = model.action(action_id)
            yield f"{_INDENT}{action.name}: {action.in_practice}"


# ----------------------------------------------------------------- how sure


def _support(
    model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, tipping: Sequence[TippingPoint]
) -> Iterator[str]:
    """How well founded it is, and what would make it surer; a diagnosis is no surer than its answers."""
    yield support_text(model, diagnosis)
    for sentence in shortcoming_texts(model, diagnosis):
        yield f"{_INDENT}- {sentence}"
    if tipping and diagnosis.rests_on:
        yield ""
        yield edge_text(model, battery, diagnosis, tipping[0].then.outcome or "")


def tipping_lines(
    model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, tipping: Sequence[TippingPoint]
) -> Iterator[str]:
    """The answers that, given otherwise, would change the picture."""
    if tipping:
        yield "Det här skulle ändra bilden"
    yield from (f"{_INDENT}- {tip_sentence(model, battery, diagnosis, point)}" for point in tipping)


def tip_sentence(model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, point: TippingPoint) -> str:
    """What another answer would change, as a sentence."""
    more = [action for action in point.then.main if action not in diagnosis.main]
    names = joined((inside(model.action(action).name) for action in more), "eller")
    if len(point.statements) > 1:
        statements = joined(f"”{asked(battery, key)}”" for key in point.statements)
        then = f"pekar svaren på {names}" if diagnosis.gate else f"blir också {names} en huvudinsats"
        return f"Hindrar något av det här egentligen mycket {then}: {statements}."
    question = point.statements[0] if point.statements else point.qid
    after = in_quotes(battery, point.qid, point.after)
    then = outcome_instead(model, diagnosis, point.then)
    return f"Svarar ni {after} på ”{asked(battery, question)}” blir det: {then}."
