"""The diagnosis in words: causes and the answers behind them first, then the mix, then how sure it is.

It says ”pekar på” and never ”visar”: the weights are a judgement, and the people who answered decide.
"""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import OBSTACLES, OUTCOME, PROPOSED_CONCLUSION
from utbildningsprocess.diagnosis.outcome import STRONGEST, Diagnosis, diagnose, other_actions
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.diagnosis.model import DiagnosisModel
    from utbildningsprocess.diagnosis.outcome import Cause
    from utbildningsprocess.diagnosis.tipping import TippingPoint
    from utbildningsprocess.model import Answers, Battery

LIMITS = (
    "Diagnosen är ett underlag för samtal, inte ett beslut. Vikter och gränser är vår bedömning och är inte "
    "prövade i forskning, och de flesta påståendena gäller miljö och drivkrafter, så svaren pekar oftare på "
    "annat än utbildning."
)
TOO_LITTLE = (
    "Det finns inte svar nog för en diagnos. Svara på påståendena i Analys, ”Hur väl stämmer påståendena?”."
)
NO_CAUSE = "Inget av svaren pekar ut något hinder."
BAR = 10
MOST_CAUSES, MOST_PROPOSED, MOST_ANSWERS, MOST_POINTS, MOST_UNKNOWN = 5, 3, 3, 3, 5
INDENT = "  "


def explained(  # noqa: PLR0913  what there is to explain, and how
    rules: DiagnosisModel,
    battery: Battery,
    found: Diagnosis,
    tipping: Sequence[TippingPoint],
    *,
    width: int,
    bars: bool = True,
) -> str:
    """The diagnosis as text of a width; with `bars` strength is drawn as well as said."""
    if found.outcome is None:
        return _fill(TOO_LITTLE, width)
    parts = [
        "\n".join(_causes(rules, battery, found, width, bars=bars)),
        "\n".join(_mix(rules, found, width, bars=bars)),
        "\n".join(_additions(rules, found, width)),
        "\n".join(_uncertain(battery, found, width)),
        "\n".join(_tipping(rules, battery, tipping, width)),
        _fill(LIMITS, width),
    ]
    return "\n\n".join(part for part in parts if part)


def _fill(text: str, width: int, indent: str = "") -> str:
    further = indent + INDENT if text.startswith("- ") else indent
    return textwrap.fill(
        text, width, initial_indent=indent, subsequent_indent=further, break_on_hyphens=False
    )


def _bar(part: float) -> str:
    filled = round(part * BAR)
    return "█" * filled + "·" * (BAR - filled)


# ------------------------------------------------------------------- causes


def _causes(
    rules: DiagnosisModel, battery: Battery, found: Diagnosis, width: int, *, bars: bool
) -> Iterator[str]:
    """The causes worth mentioning, with the answers that drove them."""
    shown = [cause for cause in found.causes if cause.is_possible][:MOST_CAUSES]
    yield "Svaren pekar på de här orsakerna"
    if not shown:
        yield _fill(
            NO_CAUSE if not found.causes else "Ingen orsak är tydlig. Svaren är svaga.", width, INDENT
        )
    for cause in shown:
        yield ""
        yield from _cause(rules, battery, cause, width, bars=bars)
    if rest := [cause.name for cause in found.causes if cause.is_possible][MOST_CAUSES:]:
        yield ""
        yield _fill(f"Dessutom: {'; '.join(rest)}.", width, INDENT)


def _cause(rules: DiagnosisModel, battery: Battery, cause: Cause, width: int, *, bars: bool) -> Iterator[str]:
    how = "stark" if cause.is_strong else "möjlig"
    strength = f"{how}, {format_number(round(cause.strength, 1))} av {format_number(STRONGEST)}"
    yield _fill(f"{cause.name} ({strength})", width, INDENT)
    if bars:
        yield f"{INDENT}{_bar(cause.strength / STRONGEST)}"
    yield _fill(rules.causes[cause.id].meaning, width, INDENT)
    for statement, answer in list(cause.answers.items())[:MOST_ANSWERS]:
        yield _fill(f"Ni har svarat {said(battery, statement, answer)}", width, INDENT * 2)


def said(battery: Battery, statement: str, answer: str) -> str:
    """What was answered to a statement, quoted with it."""
    return f"”{option_label(battery, OBSTACLES, answer)}” på ”{statement_text(battery, statement)}”"


def statement_text(battery: Battery, statement: str) -> str:
    """The sentence of a statement."""
    question = battery.question(OBSTACLES)
    statements = question.statements if question else ()
    return next((one.text for one in statements if one.id == statement), statement)


def option_label(battery: Battery, qid: str, option: str | bool) -> str:  # noqa: FBT001  an answer of yes or no
    """What people read for an option of a question."""
    if isinstance(option, bool):
        return "Ja" if option else "Nej"
    question = battery.question(qid)
    options = question.options if question else ()
    return next((one.label for one in options if one.id == option), option)


# ---------------------------------------------------------------------- mix


def _mix(rules: DiagnosisModel, found: Diagnosis, width: int, *, bars: bool) -> Iterator[str]:
    """The outcome, and the actions it points at."""
    outcome = rules.outcome(found.outcome or "")
    yield _fill(f"Det pekar på: {_inside(outcome.name)}", width)
    gate = next((one for one in rules.gates if one.id == found.gate), None)
    yield _fill(gate.text if gate else outcome.text, width, INDENT)
    if found.share is not None and not found.gate:
        share = f"Utbildning och övning är {round(found.share * 100)} procent av det som svaren pekar på."
        yield _fill(share, width, INDENT)
    for heading, actions in (("Bygg på", found.main), ("Komplettera med", found.complement)):
        if actions and found.share is not None and not found.gate:
            yield ""
            yield heading
            yield from _actions(rules, found, actions, width, bars=bars)


def _actions(
    rules: DiagnosisModel, found: Diagnosis, actions: Sequence[str], width: int, *, bars: bool
) -> Iterator[str]:
    highest = max(found.points.values())
    for action in actions:
        rule = rules.action(action)
        yield _fill(f"{rule.name}: {rule.in_practice}", width, INDENT)
        if bars:
            yield f"{INDENT}{_bar(found.points[action] / highest)}"


def _additions(rules: DiagnosisModel, found: Diagnosis, width: int) -> Iterator[str]:
    for gate in rules.gates:
        if gate.addition in found.additions:
            yield _fill(f"Dessutom: {gate.text}", width)


# ----------------------------------------------------------------- how sure


def _uncertain(battery: Battery, found: Diagnosis, width: int) -> Iterator[str]:
    """What is not known, for a diagnosis is no surer than its answers."""
    if not found.unknown:
        return
    number = len(found.unknown)
    many = "Ett svar saknas eller är" if number == 1 else f"{number} svar saknas eller är"
    yield _fill(f"Så säkert är det: {many} ”vet inte”.", width)
    for one in found.unknown[:MOST_UNKNOWN]:
        question = battery.question(one)
        yield _fill(f"- {question.text if question else statement_text(battery, one)}", width, INDENT)
    if number > MOST_UNKNOWN:
        yield f"{INDENT}- och {number - MOST_UNKNOWN} till"


def _tipping(
    rules: DiagnosisModel, battery: Battery, tipping: Sequence[TippingPoint], width: int
) -> Iterator[str]:
    """The nearest changes that would tip the outcome."""
    points = [point for point in tipping if point.changes_outcome][:MOST_POINTS]
    if not points:
        yield _fill("Inget enskilt svar skulle ändra utfallet.", width)
        return
    yield "Det här skulle ändra bilden"
    for point in points:
        yield _fill(f"- {_tip(rules, battery, point)}", width, INDENT)


def _tip(rules: DiagnosisModel, battery: Battery, point: TippingPoint) -> str:
    before = "" if point.before is None else f" i stället för {_quoted(battery, point, point.before)}"
    outcome = rules.outcome_name(point.outcome) if point.outcome else "ingen diagnos"
    asked = battery.question(point.qid)
    sentence = asked.text if asked and not point.statement else statement_text(battery, point.statement)
    return f"Svarar ni {_quoted(battery, point, point.after)}{before} på ”{sentence}” blir det: {outcome}."


def _quoted(battery: Battery, point: TippingPoint, option: str | bool) -> str:  # noqa: FBT001  as above
    return f"”{option_label(battery, point.qid, option)}”"


# --------------------------------------------------------- for other questions


def facts(rules: DiagnosisModel, battery: Battery, answers: Answers) -> Answers:
    """What questions may ask of the diagnosis, as answers; nothing while there is no diagnosis.

    `diagnos.utfall` is the outcome's code; `.huvud`, `.komplettera` and `.andra` (what is not formal
    learning) are ids of actions; `.slutsats` is the diagnosis as the draft of a conclusion.
    """
    found = diagnose(rules, answers)
    if found.outcome is None:
        return {}
    several = {
        "huvud": found.main,
        "komplettera": found.complement,
        "andra": other_actions(rules, found),
    }
    return {
        OUTCOME: Given(found.outcome),
        PROPOSED_CONCLUSION: Given(proposed_conclusion(rules, battery, found)),
        **{f"diagnos.{name}": Given(actions) for name, actions in several.items() if actions},
    }


def proposed_conclusion(rules: DiagnosisModel, battery: Battery, found: Diagnosis) -> str:
    """The diagnosis as the draft of `analys.slutsats`, for a person to change and own; empty without one."""
    if found.outcome is None:
        return ""
    gate = next((one for one in rules.gates if one.id == found.gate), None)
    outcome = rules.outcome(found.outcome)
    parts = [
        _causes_in_prose(battery, found),
        gate.text if gate else f"Det pekar på: {_inside(outcome.name)}. {outcome.text}",
        "" if gate else _mix_in_prose(rules, found),
        *(one.text for one in rules.gates if one.addition in found.additions),
    ]
    return "\n\n".join(filter(None, parts))


def _causes_in_prose(battery: Battery, found: Diagnosis) -> str:
    strong = [cause for cause in found.causes if cause.is_strong]
    shown = strong or [cause for cause in found.causes if cause.is_possible][:MOST_PROPOSED]
    if not shown:
        return "Analysen pekar inte ut något tydligt hinder."
    first = next(iter(shown[0].answers.items()))
    return "\n".join(
        [
            "Analysen pekar på de här hindren:",
            "",
            *(f"- {cause.name}" for cause in shown),
            "",
            f"Vi har till exempel svarat {said(battery, *first)}",
        ]
    )


def _mix_in_prose(rules: DiagnosisModel, found: Diagnosis) -> str:
    if found.share is None:
        return ""
    roles = (("Vi bygger på:", found.main), ("Vi kompletterar med:", found.complement))
    return "\n\n".join(_bullets(rules, heading, actions) for heading, actions in roles if actions)


def _bullets(rules: DiagnosisModel, heading: str, actions: Sequence[str]) -> str:
    return "\n".join([heading, "", *(f"- {rules.action_name(one)}" for one in actions)])


def _inside(name: str) -> str:
    """A name as it stands inside a sentence."""
    return name[:1].lower() + name[1:]
