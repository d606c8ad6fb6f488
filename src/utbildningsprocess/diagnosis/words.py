"""The diagnosis in words: causes and the answers behind them first, then the mix, then how sure it is.

It says ”pekar på” and never ”visar”: the weights are a judgement, and the people who answered decide.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ACTIONS_BESIDE_LEARNING,
    COMPLEMENTARY_ACTIONS,
    MAIN_ACTIONS,
    OBSTACLES,
    OUTCOME,
    PROPOSED_CONCLUSION,
)
from utbildningsprocess.diagnosis.counting import STRONGEST, Diagnosis, diagnose, strongest
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import format_number

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.diagnosis.counting import Cause
    from utbildningsprocess.diagnosis.model import DiagnosisModel, Gate
    from utbildningsprocess.diagnosis.tipping import TippingPoint
    from utbildningsprocess.model import Answers, Battery

_LIMITS = (
    "Diagnosen är ett underlag för samtal, inte ett beslut. Vikter och gränser är vår bedömning och är inte "
    "prövade i forskning, och de flesta påståendena gäller miljö och drivkrafter, så svaren pekar oftare på "
    "annat än utbildning."
)
_TOO_LITTLE = (
    "Det finns inte svar nog för en diagnos. Svara på påståendena i Analys, ”Hur väl stämmer påståendena?”."
)
_NO_CAUSE = "Inget av svaren pekar ut något hinder."
_FAINT_CAUSES = "Ingen orsak är tydlig. Svaren är svaga."
_BAR = 10
_MOST_CAUSES, _MOST_PROPOSED, _MOST_POINTS, _MOST_UNKNOWN = 5, 3, 3, 5
_INDENT = "  "


def diagnosis_text(  # noqa: PLR0913  what there is to show, and how
    model: DiagnosisModel,
    battery: Battery,
    diagnosis: Diagnosis,
    tipping: Sequence[TippingPoint],
    *,
    width: int,
    bars: bool = True,
) -> str:
    """The diagnosis as text of a width; with `bars` strength is drawn as well as said."""
    if diagnosis.outcome is None:
        return _filled(_TOO_LITTLE, width)
    sections = (
        _causes(model, battery, diagnosis, bars=bars),
        _mix(model, diagnosis, bars=bars),
        (f"Dessutom: {gate.text}" for gate in model.gates if gate.addition in diagnosis.additions),
        _uncertain(battery, diagnosis),
        _tipping(model, battery, tipping),
        (_LIMITS,),
    )
    texts = ["\n".join(_filled(line, width) for line in lines) for lines in sections]
    return "\n\n".join(filter(None, texts))


def _filled(line: str, width: int) -> str:
    """A line as lines of a width, which begin where it does; those of a point under its words."""
    words = line.lstrip()
    indent = line.removesuffix(words)
    further = indent + _INDENT if words.startswith("- ") else indent
    return textwrap.fill(
        words, width, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False
    )


def _bar(share: float) -> str:
    filled = round(share * _BAR)
    return f"{_INDENT}{'█' * filled}{'·' * (_BAR - filled)}"


# ------------------------------------------------------------------- causes


def _causes(model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis, *, bars: bool) -> Iterator[str]:
    """The causes worth mentioning, with the answers that drove them."""
    possible = [cause for cause in diagnosis.causes if cause.is_possible]
    yield "Svaren pekar på de här orsakerna"
    if not possible:
        yield _INDENT + (_FAINT_CAUSES if diagnosis.causes else _NO_CAUSE)
    shown = strongest(possible, _MOST_CAUSES)
    for cause in shown:
        yield ""
        yield from _cause(model, battery, cause, bars=bars)
    if further := [cause.name for cause in possible[len(shown) :]]:
        yield ""
        yield f"{_INDENT}Dessutom: {'; '.join(further)}."


def _cause(model: DiagnosisModel, battery: Battery, cause: Cause, *, bars: bool) -> Iterator[str]:
    how = "stark" if cause.is_strong else "möjlig"
    strength = f"{format_number(round(cause.strength, 1))} av {format_number(STRONGEST)}"
    yield f"{_INDENT}{cause.name} ({how}, {strength})"
    if bars:
        yield _bar(cause.strength / STRONGEST)
    yield f"{_INDENT}{model.causes[cause.id].meaning}"
    for statement, answer in cause.answers.items():
        yield f"{_INDENT * 2}Ni har svarat {quoted_answer(battery, statement, answer)}"


def quoted_answer(battery: Battery, statement: str, answer: str) -> str:
    """The answer to a statement and the statement, both in quotes: `”Stämmer” på ”Tiden räcker inte.”`."""
    return f"{_quoted(battery, OBSTACLES, answer)} på ”{_asked(battery, statement)}”"


def _quoted(battery: Battery, qid: str, value: str | bool) -> str:  # noqa: FBT001  an answer of yes or no
    if isinstance(value, bool):
        return "”Ja”" if value else "”Nej”"
    question = battery.question(qid)
    return f"”{question.label(value) if question else value}”"


def _asked(battery: Battery, name: str) -> str:
    """The text of a question, by its address, or of a statement, by its id."""
    question, obstacles = battery.question(name), battery.question(OBSTACLES)
    texts = {statement.id: statement.text for statement in obstacles.statements} if obstacles else {}
    return question.text if question else texts.get(name, name)


# ---------------------------------------------------------------------- mix


def gate_texts(model: DiagnosisModel, diagnosis: Diagnosis) -> list[str]:
    """What the gates say that decided the outcome or added to it."""
    gates = (
        gate for gate in model.gates if gate.id == diagnosis.gate or gate.addition in diagnosis.additions
    )
    return [gate.text for gate in gates]


def _gate(model: DiagnosisModel, diagnosis: Diagnosis) -> Gate | None:
    """The gate that decided the outcome, if one did."""
    return next((gate for gate in model.gates if gate.id == diagnosis.gate), None)


def _mix(model: DiagnosisModel, diagnosis: Diagnosis, *, bars: bool) -> Iterator[str]:
    """The outcome, and the actions it points at."""
    outcome, gate = model.outcome(diagnosis.outcome or ""), _gate(model, diagnosis)
    yield f"Det pekar på: {_inside(outcome.name)}"
    yield f"{_INDENT}{gate.text if gate else outcome.text}"
    if diagnosis.share is None or gate:
        return
    percent = round(diagnosis.share * 100)
    yield f"{_INDENT}Utbildning och övning är {percent} procent av det som svaren pekar på."
    highest = max(diagnosis.points.values())
    for heading, action_ids in (("Bygg på", diagnosis.main), ("Komplettera med", diagnosis.complement)):
        if action_ids:
            yield ""
            yield heading
        for action_id in action_ids:
            action = model.action(action_id)
            yield f"{_INDENT}{action.name}: {action.in_practice}"
            if bars:
                yield _bar(diagnosis.points[action_id] / highest)


# ----------------------------------------------------------------- how sure


def _uncertain(battery: Battery, diagnosis: Diagnosis) -> Iterator[str]:
    """What is not known, for a diagnosis is no surer than its answers."""
    if not diagnosis.unknown:
        return
    number = len(diagnosis.unknown)
    yield f"Så säkert är det: {'Ett' if number == 1 else number} svar saknas eller är ”vet inte”."
    yield from (f"{_INDENT}- {_asked(battery, unknown)}" for unknown in diagnosis.unknown[:_MOST_UNKNOWN])
    if number > _MOST_UNKNOWN:
        yield f"{_INDENT}- och {number - _MOST_UNKNOWN} till"


def _tipping(model: DiagnosisModel, battery: Battery, tipping: Sequence[TippingPoint]) -> Iterator[str]:
    """The nearest changes that would tip the outcome."""
    points = [point for point in tipping if point.changes_outcome][:_MOST_POINTS]
    yield "Det här skulle ändra bilden" if points else "Inget enskilt svar skulle ändra utfallet."
    for point in points:
        yield f"{_INDENT}- {_tip(model, battery, point)}"


def _tip(model: DiagnosisModel, battery: Battery, point: TippingPoint) -> str:
    before = "" if point.before is None else f" i stället för {_quoted(battery, point.qid, point.before)}"
    outcome = model.outcome(point.outcome).name if point.outcome else "ingen diagnos"
    after, asked = _quoted(battery, point.qid, point.after), _asked(battery, point.statement or point.qid)
    return f"Svarar ni {after}{before} på ”{asked}” blir det: {outcome}."


# --------------------------------------------------------- for other questions


def computed_answers(model: DiagnosisModel, battery: Battery, answers: Answers) -> Answers:
    """The diagnosis as answers that conditions, drafts and prefilled rows may use; empty while there is none.

    `diagnos.utfall` is the outcome's code; `.huvud`, `.komplettera` and `.andra` (neither training nor
    practice) are ids of actions; `.slutsats` is the diagnosis as the draft of a conclusion.
    """
    diagnosis = diagnose(model, answers)
    if diagnosis.outcome is None:
        return {}
    mix = (*diagnosis.main, *diagnosis.complement)
    several = {
        MAIN_ACTIONS: diagnosis.main,
        COMPLEMENTARY_ACTIONS: diagnosis.complement,
        ACTIONS_BESIDE_LEARNING: tuple(key for key in mix if key in model.beside_learning),
    }
    return {
        OUTCOME: Given(diagnosis.outcome),
        PROPOSED_CONCLUSION: Given(proposed_conclusion(model, battery, diagnosis)),
        **{qid: Given(actions) for qid, actions in several.items() if actions},
    }


def proposed_conclusion(model: DiagnosisModel, battery: Battery, diagnosis: Diagnosis) -> str:
    """The diagnosis as the draft of `analys.slutsats`, for a person to change and own; empty without one."""
    if diagnosis.outcome is None:
        return ""
    outcome, gate = model.outcome(diagnosis.outcome), _gate(model, diagnosis)
    paragraphs = [
        _causes_in_prose(battery, diagnosis),
        gate.text if gate else f"Det pekar på: {_inside(outcome.name)}. {outcome.text}",
        "" if gate or diagnosis.share is None else _mix_in_prose(model, diagnosis),
        *(added.text for added in model.gates if added.addition in diagnosis.additions),
    ]
    return "\n\n".join(filter(None, paragraphs))


def _causes_in_prose(battery: Battery, diagnosis: Diagnosis) -> str:
    strong = [cause for cause in diagnosis.causes if cause.is_strong]
    shown = strong or strongest(diagnosis.causes, _MOST_PROPOSED)
    if not shown:
        return "Analysen pekar inte ut något tydligt hinder."
    first = next(iter(shown[0].answers.items()))
    hindrances = _bullets("Analysen pekar på de här hindren:", (cause.name for cause in shown))
    return f"{hindrances}\n\nVi har till exempel svarat {quoted_answer(battery, *first)}"


def _mix_in_prose(model: DiagnosisModel, diagnosis: Diagnosis) -> str:
    roles = (("Vi bygger på:", diagnosis.main), ("Vi kompletterar med:", diagnosis.complement))
    return "\n\n".join(
        _bullets(heading, (model.action(action).name for action in actions))
        for heading, actions in roles
        if actions
    )


def _bullets(heading: str, names: Iterable[str]) -> str:
    return "\n".join([heading, "", *(f"- {name}" for name in names)])


def _inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
