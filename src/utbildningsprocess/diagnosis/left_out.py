"""What the diagnosis cannot come to, or counts otherwise, where an organisation has questions of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import OBSTACLES
from utbildningsprocess.answers.conditions import looked_at
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.diagnosis.model import Counted, DiagnosisModel
    from utbildningsprocess.model import Battery, Condition


class _Weighed(NamedTuple):
    """A gate, a shortcoming or a contradiction: what it is called, and when it applies."""

    name: str
    condition: Counted
    or_unknown: int | None = None

    @property
    def limit(self) -> int | None:
        """How many statements without an answer it takes, where it counts them."""
        return self.or_unknown or self.condition.least_unknown


def lapses(model: DiagnosisModel, battery: Battery) -> Iterator[str]:
    """What follows for the diagnosis from what of ours is left out and what is added to it, in sentences."""
    if battery.leaves_out(OBSTACLES):
        yield f"Ingen diagnos går att göra, för {OBSTACLES} ställs inte."
        return
    spoken_for = {cause for causes in model.statements.values() for cause in causes}
    for cause_id, cause in model.causes.items():
        if cause_id not in spoken_for:
            yield f"Diagnosen pekar aldrig på ”{cause.name}”, för inget påstående talar för det."
    weighed = [*_weighed(model)]
    for single in weighed:
        yield from _without_answers(single, len(model.statements), battery)
    yield from _limits(weighed, len(model.statements), battery)


def _weighed(model: DiagnosisModel) -> Iterator[_Weighed]:
    for gate in model.gates:
        yield _Weighed(f"Grinden {gate.id}", gate.condition, gate.or_unknown)
    for lacking in model.support.shortcomings:
        yield _Weighed(f"Bristen {lacking.id}", lacking.condition)
    for odd in model.contradictions:
        yield _Weighed(f"Motsägelsen {odd.id}", odd.condition)


def _without_answers(single: _Weighed, statements: int, battery: Battery) -> Iterator[str]:
    """What becomes of it when questions that it looks at are not asked."""
    asked_for = single.condition.answers
    gone = [*dict.fromkeys(filter(battery.leaves_out, looked_at(asked_for) if asked_for else ()))]
    if asked_for is None or not gone:
        return
    (can_hold, can_fail), why = _possible(asked_for, battery), f"för {joined(gone)} ställs inte"
    if not can_hold:
        by_number = single.or_unknown is not None and single.or_unknown <= statements
        when = f"bara när minst {single.or_unknown} påståenden saknar svar" if by_number else "aldrig"
        yield f"{single.name} i diagnosen gäller {when}, {why}."
    elif not can_fail and single.condition.model_fields_set == {"answers"}:
        yield f"{single.name} i diagnosen gäller alltid, {why}."
    else:
        yield f"{single.name} i diagnosen prövas utan {joined(gone)}."


def _possible(condition: Condition, battery: Battery) -> tuple[bool, bool]:
    """Whether a condition can hold, and whether it can fail, where some questions are not asked."""
    if condition.negated is not None:
        can_hold, can_fail = _possible(condition.negated, battery)
        return can_fail, can_hold
    inner = [_possible(comparison, battery) for comparison in condition.every or condition.some or ()]
    if condition.every is not None:
        return all(can_hold for can_hold, _ in inner), any(can_fail for _, can_fail in inner)
    if condition.some is not None:
        return any(can_hold for can_hold, _ in inner), all(can_fail for _, can_fail in inner)
    if not battery.leaves_out(condition.question or ""):
        return True, True
    return condition.answered is False, condition.answered is not False


def _limits(weighed: list[_Weighed], statements: int, battery: Battery) -> Iterator[str]:
    """That the limits stand though the number of statements is another, and those that are out of reach."""
    ours = battery.named.get(OBSTACLES)
    counting = [single for single in weighed if single.limit]
    if ours is None or not counting or statements == len(ours.asked_statements):
        return
    limits = joined(f"{single.limit} för {single.name.split()[-1]}" for single in counting)
    yield (
        f"Ni har {statements} påståenden och vi {len(ours.asked_statements)}, men diagnosens gränser för hur "
        f"många som saknar svar är desamma: {limits}."
    )
    for single in counting:
        if (single.limit or 0) > statements:
            how = "aldrig för att påståenden saknar svar" if single.or_unknown else "aldrig"
            yield f"{single.name} i diagnosen gäller {how}: ni har för få påståenden."
