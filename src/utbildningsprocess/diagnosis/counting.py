"""Answers -> a diagnosis, in the eight sentences that are written at the top of `diagnos.yaml`.

1 and 2. `_cause`: a cause is strong when one of its statements hinders much, and possible when one hinders
   partly; what people can do already lowers some causes.
3. `CauseMeaning.met_by`: what can be written on one page is met by information.
4 and 5. `_roles`: strong causes point at main actions; possible ones at complements, or are to be watched.
6. `_by_sides`: the sides of the strong causes give the outcome.
7. `_deciding_gate`: the first gate that applies decides the outcome; `_additions` hold whatever it is.
8. `_shortcomings`: what takes from how sure it is.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    DEMAND,
    GAP_EVIDENCE,
    IF_NOTHING_IS_DONE,
    OBSTACLES,
    ONE_PAGE,
    PEOPLE_ASKED,
)
from utbildningsprocess.answers.conditions import holds
from utbildningsprocess.diagnosis.model import LEARNING
from utbildningsprocess.diagnosis.respondents import (
    DONT_KNOW,
    MUCH,
    NOT_AT_ALL,
    PARTLY,
    people_asked,
    voices_in,
    weigh,
)
from utbildningsprocess.model import Given, Unknown, given_value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from utbildningsprocess.diagnosis.model import Counted, DiagnosisModel, Gate, Meets
    from utbildningsprocess.diagnosis.respondents import Weighed
    from utbildningsprocess.model import Answers

SINGLE_QUESTIONS = (DEMAND, IF_NOTHING_IS_DONE, GAP_EVIDENCE, ABLE_TODAY, ONE_PAGE)
"""The questions, beside the statements, that the diagnosis counts with."""
LEARN, MIX, OTHER = "LARANDE", "MIX", "INTE_UTBILDNING"
"""The outcomes that the strong causes give; the others come of gates."""
NOTHING_TO_PLAN = ("GOR_INGENTING", "UNDERSOK_FORST")
"""Outcomes without any action to plan."""
FIND_OUT = "UNDERSOK_FORST"
_ENOUGH_TO_COMPLEMENT = 2


@dataclass(frozen=True)
class Cause:
    """Something that hinders, what meets it, and the answers that say so."""

    id: str
    name: str
    meets: Meets
    answers: Mapping[str, str]
    """The answers that speak for it, by statement; ”Mycket” first."""
    is_lowered: bool = False
    """Whether it is at most possible, for people can do it already."""

    @cached_property
    def much(self) -> int:
        """How many of its statements hinder much."""
        return list(self.answers.values()).count(MUCH)

    @cached_property
    def partly(self) -> int:
        """How many of its statements hinder partly."""
        return list(self.answers.values()).count(PARTLY)

    @cached_property
    def is_strong(self) -> bool:
        """Whether some action must meet it."""
        return self.much > 0 and not self.is_lowered

    @property
    def points_at_a_complement(self) -> bool:
        """Whether it is possible, and enough to do something about."""
        return not self.is_strong and (self.much > 0 or self.partly >= _ENOUGH_TO_COMPLEMENT)

    @property
    def is_learning(self) -> bool:
        """Whether learning meets it."""
        return self.meets.side == LEARNING


@dataclass(frozen=True)
class Diagnosis:
    """What the answers point at, by the ids of causes and actions."""

    outcome: str | None = None
    """The code of the outcome; None while too little is answered to say anything."""
    gate: str = ""
    """The gate that decided the outcome, if one did."""
    additions: tuple[str, ...] = ()
    """What gates add, whatever the outcome."""
    main: tuple[str, ...] = ()
    """The actions to build on, those of the strongest causes first."""
    complement: tuple[str, ...] = ()
    """The actions to complement them with."""
    statements: Mapping[str, str] = field(default_factory=dict)
    """The answers to the statements that were counted."""
    causes: tuple[Cause, ...] = ()
    """The causes that some answer speaks for, strongest first."""
    unknown: tuple[str, ...] = ()
    """What is not answered, or answered with ”vet inte”: statements by id, questions by address."""
    contradictions: tuple[str, ...] = ()
    """Answers that pull apart, by the ids of `diagnos.yaml`."""
    rests_on: tuple[str, ...] = ()
    """The statements whose ”Mycket” alone decides the outcome, in the order of their numbers."""
    shortcomings: tuple[str, ...] = ()
    """What makes it less sure, by the ids of `diagnos.yaml`."""
    support: str = ""
    """How well founded it is: the id of a level in `diagnos.yaml`; empty without an outcome."""
    weighed: Weighed | None = None
    """What those say together who have answered one by one."""
    is_weighed: bool = False
    """Whether that is what was counted."""

    @cached_property
    def strong(self) -> tuple[Cause, ...]:
        """The causes that some action must meet."""
        return tuple(cause for cause in self.causes if cause.is_strong)

    @property
    def possible(self) -> tuple[Cause, ...]:
        """The causes that are not strong."""
        return tuple(cause for cause in self.causes if not cause.is_strong)

    @property
    def watched(self) -> tuple[Cause, ...]:
        """The causes that point at nothing to do yet."""
        return tuple(cause for cause in self.causes if not (cause.is_strong or cause.points_at_a_complement))


def diagnose(model: DiagnosisModel, answers: Answers) -> Diagnosis:
    """The diagnosis of the answers so far; conditions, rules and words ask for that of the same answers.

    The statements answered together count; while they are not answered, what those say together who have
    answered one by one.
    """
    return _diagnosed(_Asked(model, answers))


class _Asked:
    """Some answers as they are now, for a dictionary may be another later."""

    def __init__(self, model: DiagnosisModel, answers: Answers) -> None:
        self.model, self.answers = model, dict(answers)

    def __hash__(self) -> int:
        return id(self.model)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Asked) and other.model is self.model and other.answers == self.answers


@lru_cache(maxsize=2)
def _diagnosed(asked: _Asked) -> Diagnosis:
    model = asked.model
    answers: Answers = asked.answers
    weighed = weigh(voices_in(answers, model.statements), model.statements)
    is_weighed = bool(weighed.answers) and not statement_answers(answers)
    answers = as_said({**answers, OBSTACLES: Given(dict(weighed.answers))} if is_weighed else answers)
    counted = replace(_counted(model, answers), weighed=weighed, is_weighed=is_weighed)
    if counted.outcome is None:
        return counted
    deciding = counted.strong and not counted.gate
    rests_on = _resting_on(model, answers, counted) if deciding else ()
    facts = _Facts(model, answers, replace(counted, rests_on=rests_on), weighed.disagree and bool(deciding))
    shortcomings = facts.shortcomings()
    least = model.support.levels[-1].id if counted.outcome == FIND_OUT else ""
    level = next(level.id for level in model.support.levels if len(shortcomings) <= level.most)
    return replace(
        counted,
        additions=tuple(
            gate.addition for gate in model.gates if gate.addition and facts.meet(gate.condition)
        ),
        rests_on=rests_on,
        shortcomings=shortcomings,
        support=least or level,
    )


def statement_answers(answers: Answers) -> Mapping[str, str]:
    """The answers to the statements, by statement."""
    value = given_value(answers.get(OBSTACLES))
    return value if isinstance(value, dict) else {}


def strongest(causes: Sequence[Cause], most: int) -> list[Cause]:
    """The first so many causes, and those that are as strong as the last of them."""
    last = causes[:most][-1:]
    return [*causes[:most], *(cause for cause in causes[most:] if as_strong_as_the_first([*last, cause])[1:])]


def as_strong_as_the_first(causes: Sequence[Cause]) -> list[Cause]:
    """The causes that are as strong as the strongest."""
    return [cause for cause in causes if (cause.much, cause.partly) == (causes[0].much, causes[0].partly)]


# -------------------------------------------------------------- the outcome


def _counted(model: DiagnosisModel, answers: Answers) -> Diagnosis:
    """The outcome and what it comes of; not how sure it is."""
    statements = statement_answers(answers)
    causes = _causes(model, answers, statements)
    unknown = _unknown(model, answers, statements)
    found = Diagnosis(statements=statements, causes=causes, unknown=unknown)
    if statements:
        facts = _Facts(model, answers, found)
        found = replace(found, contradictions=facts.contradictions())
    gate = _deciding_gate(_Facts(model, answers, found), has_statements=bool(statements))
    if gate is not None:
        strong = [cause.meets.first for cause in found.strong] if gate.complements_with_strong else ()
        complement = tuple(dict.fromkeys(strong))
        return replace(
            found, outcome=gate.outcome, gate=gate.id, main=(gate.main or "",), complement=complement
        )
    if not statements:
        return Diagnosis(unknown=unknown)
    main, complement = _roles(causes)
    return replace(found, outcome=_by_sides(found.strong), main=main, complement=complement)


def as_said(answers: Answers) -> Answers:
    """The answers, where ”vet inte än” to a question says the same as its option ”vet inte”.

    Whoever has answered the statements has been asked.
    """
    asked = people_asked(answers)
    unknown = {qid: Given(DONT_KNOW) for qid in SINGLE_QUESTIONS if isinstance(answers.get(qid), Unknown)}
    return {**answers, **unknown, **({PEOPLE_ASKED: Given(asked)} if asked else {})}


def _causes(model: DiagnosisModel, answers: Answers, statements: Mapping[str, str]) -> tuple[Cause, ...]:
    """The causes that some answer speaks for: most ”Mycket” first, then most ”Delvis”, then as they stand."""
    able = str(given_value(answers.get(ABLE_TODAY)))
    lowered = model.able_today[able].at_most_possible if able in model.able_today else ()
    on_one_page = given_value(answers.get(ONE_PAGE)) is True
    speaking: dict[str, dict[str, str]] = {}
    for wanted in (MUCH, PARTLY):
        for key, spoken_for in model.statements.items():
            for cause_id in spoken_for if statements.get(key) == wanted else ():
                speaking.setdefault(cause_id, {})[key] = wanted
    causes = (
        Cause(
            cause_id,
            meaning.name,
            meaning.met_by(on_one_page=on_one_page),
            speaking[cause_id],
            cause_id in lowered,
        )
        for cause_id, meaning in model.causes.items()
        if cause_id in speaking
    )
    return tuple(sorted(causes, key=lambda cause: (not cause.is_strong, -cause.much, -cause.partly)))


def _roles(causes: Sequence[Cause]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The main actions, and those to complement them with, each once."""
    main = tuple(dict.fromkeys(cause.meets.first for cause in causes if cause.is_strong))
    more = dict.fromkeys(cause.meets.first for cause in causes if cause.points_at_a_complement)
    return main, tuple(action for action in more if action not in main)


def _by_sides(strong: Sequence[Cause]) -> str:
    sides = {cause.is_learning for cause in strong}
    return {frozenset({True}): LEARN, frozenset({False}): OTHER}.get(frozenset(sides), MIX)


def _deciding_gate(facts: _Facts, *, has_statements: bool) -> Gate | None:
    for gate in facts.model.gates:
        counts = has_statements or gate.condition.most_strong is None
        enough = has_statements and gate.or_unknown is not None and facts.unknown >= gate.or_unknown
        if gate.outcome is not None and (enough or (counts and facts.meet(gate.condition))):
            return gate
    return None


# ------------------------------------------------------------- how sure it is


def _resting_on(model: DiagnosisModel, answers: Answers, counted: Diagnosis) -> tuple[str, ...]:
    """The statements whose ”Mycket” gives another outcome as ”Delvis”."""
    statements = statement_answers(answers)
    return tuple(
        key
        for key in sorted(statements)
        if statements[key] == MUCH
        and _counted(model, {**answers, OBSTACLES: Given({**statements, key: PARTLY})}).outcome
        != counted.outcome
    )


def _unknown(model: DiagnosisModel, answers: Answers, statements: Mapping[str, str]) -> tuple[str, ...]:
    single = [qid for qid in SINGLE_QUESTIONS if given_value(answers.get(qid)) in (None, DONT_KNOW)]
    return (*single, *(key for key in model.statements if statements.get(key, DONT_KNOW) == DONT_KNOW))


@dataclass(frozen=True)
class _Facts:
    """What conditions can ask for: the answers, and what has been counted from them so far."""

    model: DiagnosisModel
    answers: Answers
    found: Diagnosis
    disagreement: bool = False

    @cached_property
    def unknown(self) -> int:
        """How many statements have no answer, or ”vet inte”."""
        return len(self.model.statements.keys() & self.found.unknown)

    def contradictions(self) -> tuple[str, ...]:
        """The answers that pull apart."""
        return tuple(odd.id for odd in self.model.contradictions if self.meet(odd.condition))

    def shortcomings(self, among: Iterable[str] = ()) -> tuple[str, ...]:
        """What makes the diagnosis less sure: all of it, or of some."""
        wanted = tuple(among)
        return tuple(
            lacking.id
            for lacking in self.model.support.shortcomings
            if (not wanted or lacking.id in wanted) and self.meet(lacking.condition)
        )

    def meet(self, condition: Counted) -> bool:
        """Whether everything that the condition names holds."""
        return all(_MET[name](self, condition) for name in condition.model_fields_set & _MET.keys())

    @cached_property
    def contradicts(self) -> bool:
        """Whether some answers pull apart in a way that is a shortcoming."""
        found = self.found.contradictions
        return any(odd.is_shortcoming and odd.id in found for odd in self.model.contradictions)

    def enough_strong(self, least: int) -> bool:
        """Whether the strong causes, and no gate, decided the outcome, and are so many."""
        return bool(self.found.outcome) and not self.found.gate and len(self.found.strong) >= least

    def much_in_any(self, causes: tuple[str, ...]) -> bool:
        """Whether some of the causes has a ”Mycket”."""
        return any(cause.much and cause.id in causes for cause in self.found.causes)

    def nothing_in(self, causes: tuple[str, ...]) -> bool:
        """Whether there are statements of the causes, and all are answered with ”inte alls”."""
        spoken = self.model.statements.items()
        said = [self.found.statements.get(key) for key, of in spoken if {*of} & {*causes}]
        return {*said} == {NOT_AT_ALL}


_MET: Mapping[str, Callable[[_Facts, Counted], bool]] = {
    "answers": lambda facts, named: named.answers is None or holds(named.answers, facts.answers),
    "most_strong": lambda facts, named: len(facts.found.strong) <= (named.most_strong or 0),
    "least_strong": lambda facts, named: facts.enough_strong(named.least_strong or 0),
    "least_unknown": lambda facts, named: facts.unknown >= (named.least_unknown or 0),
    "much_in_any": lambda facts, named: facts.much_in_any(named.much_in_any),
    "nothing_in": lambda facts, named: facts.nothing_in(named.nothing_in),
    "rests_on_one": lambda facts, named: bool(facts.found.rests_on) is named.rests_on_one,
    "disagreement": lambda facts, named: facts.disagreement is named.disagreement,
    "contradiction": lambda facts, named: facts.contradicts is named.contradiction,
    "least_shortcomings": lambda facts, named: (
        len(facts.shortcomings(named.among)) >= (named.least_shortcomings or 0)
    ),
}
"""When each thing that a condition can name holds."""
