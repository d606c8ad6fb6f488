"""`diagnos.yaml` -> the rules of the diagnosis, or every error in them at once."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, NamedTuple

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Key

from utbildningsprocess.addresses import (
    ABLE_TODAY,
    ACTIONS_BESIDE_LEARNING,
    ACTIVITIES,
    COMPLEMENTARY_ACTIONS,
    MAIN_ACTIONS,
    OBSTACLES,
    OUTCOME,
)
from utbildningsprocess.battery.conditions import faults_of
from utbildningsprocess.battery.reading import NOT_KNOWN, known_in
from utbildningsprocess.battery.sentences import sentences
from utbildningsprocess.data_files.braces import unfilled
from utbildningsprocess.data_files.yaml_text import Located, load_yaml, tuples
from utbildningsprocess.errors import Broken, listed
from utbildningsprocess.model import Condition
from utbildningsprocess.swedish import did_you_mean, fold, nfc

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.battery.reading import Computed
    from utbildningsprocess.model import Battery, Item

    Path = tuple[str | int, ...]
    Faults = Iterator[tuple[Path, str]]

FORMAT = 1
WHOLE = 100
"""Percent that every cause divides among actions."""
NOTHING_HINDERS = "UNDERSOK_FORST", ("undersok",)
"""The outcome, and what to do, when every statement is answered and none speaks for a cause."""
SHORT_WORD = 5
"""Letters: a shorter word must begin a word, or ”kurs” would be found in ”resurs”."""


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class CauseRule(_Data):
    """One cause: what it is called, what it means, and its place in the BEM and COM-B models."""

    name: str = Key(alias="namn")
    meaning: str = Key(alias="klartext")
    bem: str = ""
    comb: str = ""


class ActionRule(_Data):
    """One kind of action: its name, what it can be, and the words by which a text mentions it."""

    name: str = Key(alias="namn")
    in_practice: str = Key(alias="i_praktiken")
    is_learning: bool = Key(False, alias="larande")
    words: tuple[str, ...] = Key(alias="namnord")


class OnePage(_Data):
    """What changes when all there is to do can be written on one page."""

    times: Mapping[str, float] = Key(alias="ganger")
    plus: Mapping[str, float]


class Adjustment(_Data):
    """What changes the points of actions after the causes have given them."""

    able_today: Mapping[str, Mapping[str, float]] = Key(alias="kan_idag")
    one_page: OnePage = Key(alias="en_a4")


class Gate(_Data):
    """A condition that decides the outcome before anything is counted, or adds something to it."""

    id: str
    condition: Condition = Key(alias="om")
    or_unknown: int | None = Key(None, alias="eller_vet_inte")
    """How many statements answered ”vet inte” make the gate apply, too."""
    outcome: str | None = Key(None, alias="utfall")
    main: str | None = Key(None, alias="huvud")
    addition: str | None = Key(None, alias="tillagg")
    text: str


class Outcome(_Data):
    """An outcome: from which share of formal learning, and how it is said."""

    code: str = Key(alias="kod")
    name: str = Key(alias="namn")
    text: str
    least: float | None = Key(None, alias="fran")


class Form(_Data):
    """How a form of activity counts."""

    everyday: bool = Key(alias="vardag")
    actions: tuple[str, ...] = Key(alias="insatser")


class Rules(_Data):
    """Everything the diagnosis counts with."""

    factor: Mapping[str, float] = Key(alias="svarsfaktor")
    causes: Mapping[str, CauseRule] = Key(alias="orsaker")
    weights: Mapping[str, Mapping[str, float]] = Key(alias="vikter")
    actions: Mapping[str, ActionRule] = Key(alias="insatser")
    instead: Mapping[str, ActionRule] = Key(alias="i_stallet")
    matrix: Mapping[str, Mapping[str, float]] = Key(alias="matris")
    adjustment: Adjustment = Key(alias="justering")
    gates: tuple[Gate, ...] = Key(alias="grindar")
    outcomes: tuple[Outcome, ...] = Key(alias="utfall")
    forms: Mapping[str, Form] = Key(alias="aktivitetsformer")

    def action(self, action_id: str) -> ActionRule:
        """The kind of action of that id; KeyError when there is none."""
        return self.actions[action_id] if action_id in self.actions else self.instead[action_id]

    def action_name(self, action_id: str) -> str:
        """What people call an action."""
        return self.action(action_id).name

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code; KeyError when there is none."""
        for candidate in self.outcomes:
            if candidate.code == code:
                return candidate
        raise KeyError(code)

    def outcome_name(self, code: str) -> str:
        """What people call an outcome."""
        return self.outcome(code).name

    def mentions(self, action_id: str, text: str) -> bool:
        """Whether a text names the action, by its name or by a word that stands for it."""
        action = self.action(action_id)
        plain = nfc(text).casefold()
        return any(_stands_in(nfc(word).casefold(), plain) for word in (action.name, *action.words))

    def counts_as(self, form: str) -> tuple[str, ...]:
        """The kinds of action that an activity of that form is."""
        return self.forms[form].actions if form in self.forms else ()

    def everyday_forms(self) -> Mapping[str, bool]:
        """Of each form whether it is learning in daily work."""
        return {form: rule.everyday for form, rule in self.forms.items()}


def _stands_in(word: str, text: str) -> bool:
    if len(word) < SHORT_WORD:
        return re.search(rf"\b{re.escape(word)}", text) is not None
    return word in text


# ------------------------------------------------------------------- loading


class Read(NamedTuple):
    """What could be read of the file, and what is wrong with it, before the questions are known."""

    name: str
    located: Located
    rules: Rules | None
    faults: tuple[tuple[Path, str], ...]

    @property
    def computed(self) -> Computed:
        """What the diagnosis can come to, for conditions that ask for it."""
        if self.rules is None:
            return NOT_KNOWN
        actions = tuple(self.rules.actions)
        other = tuple(one for one in actions if not self.rules.actions[one].is_learning)
        return {
            **NOT_KNOWN,
            OUTCOME: tuple(outcome.code for outcome in self.rules.outcomes),
            MAIN_ACTIONS: (*actions, *self.rules.instead),
            COMPLEMENTARY_ACTIONS: actions,
            ACTIONS_BESIDE_LEARNING: other,
        }


def load_diagnosis(text: str, name: str, battery: Battery) -> Rules:
    """The rules in the text, which must fit the questions they count with.

    Raises Broken with every error, a line each: `fil:rad: vad`.
    """
    return fitting(read_diagnosis(text, name), battery)


def read_diagnosis(text: str, name: str) -> Read:
    """What can be read of the text. Raises Broken only when it is no YAML."""
    located = load_yaml(text, name, key=lru_cache(fold))
    rules, faults = _read(located)
    faults += unfilled(located.value)
    if rules is not None:
        faults += _own_faults(rules)
    return Read(name, located, rules, tuple(faults))


def fitting(read: Read, battery: Battery) -> Rules:
    """The rules that were read, which must fit the questions they count with. Raises as `load_diagnosis`."""
    faults = [*read.faults, *(_battery_faults(read.rules, battery) if read.rules else ())]
    if faults:
        lines = sorted({(read.located.line(path), " ".join(what.split())) for path, what in faults})
        raise Broken(listed([f"{read.name}:{line}: {what}" for line, what in lines]))
    if read.rules is None:
        raise RuntimeError("no rules, and nothing wrong with them")
    return read.rules


def _read(located: Located) -> tuple[Rules | None, list[tuple[Path, str]]]:
    if not isinstance(located.value, dict):
        return None, [((), "filen ska ha nycklar, som orsaker, matris och utfall.")]
    value: dict[str, Any] = tuples(located.value)
    found = value.pop("format", None)
    wrong: list[tuple[Path, str]] = []
    if found != FORMAT:
        wrong = [(("format",), f"den här versionen läser bara format {FORMAT}. Skriv format: {FORMAT}.")]
    try:
        return Rules.model_validate(value), wrong
    except ValidationError as error:
        return None, [*wrong, *sentences(error.errors(), value, Rules)]


def _own_faults(rules: Rules) -> Faults:
    """What does not fit together inside the file."""
    for statement, weights in rules.weights.items():
        yield from _unknown(("vikter", statement), weights, rules.causes, "orsaken")
    yield from _unknown(("matris",), rules.matrix, rules.causes, "orsaken")
    yield from _unknown(("orsaker",), set(rules.causes) - set(rules.matrix), (), "matrisen för")
    for cause, row in rules.matrix.items():
        yield from _unknown(("matris", cause), row, rules.actions, "insatsen")
        if sum(row.values()) != WHOLE:
            yield ("matris", cause), f"procenten för ”{cause}” blir {sum(row.values()):g}, inte {WHOLE}."
    for form, rule in rules.forms.items():
        yield from _unknown(("aktivitetsformer", form), rule.actions, rules.actions, "insatsen")
    for factors in (*rules.adjustment.able_today.values(), rules.adjustment.one_page.times):
        yield from _unknown(("justering",), factors, rules.actions, "insatsen")
    yield from _unknown(("justering",), rules.adjustment.one_page.plus, rules.actions, "insatsen")
    for number, gate in enumerate(rules.gates):
        yield from _gate_faults(rules, gate, ("grindar", number))
    if not any(outcome.least == 0 for outcome in rules.outcomes):
        yield ("utfall",), "inget utfall gäller från 0. Lägg till ett, så att det alltid finns ett utfall."
    code, actions = NOTHING_HINDERS
    yield from _unknown(("utfall",), [code], [outcome.code for outcome in rules.outcomes], "utfallet")
    yield from _unknown(("i_stallet",), actions, rules.instead, "insatsen")


def _gate_faults(rules: Rules, gate: Gate, path: Path) -> Faults:
    codes = [outcome.code for outcome in rules.outcomes]
    if (gate.outcome is None) is (gate.addition is None):
        yield path, f"grinden ”{gate.id}” ska ha antingen ”utfall” eller ”tillagg”."
    if gate.outcome is not None:
        yield from _unknown(path, [gate.outcome], codes, "utfallet")
        yield from _unknown(path, [gate.main or ""], rules.instead, "insatsen")


def _unknown(path: Path, used: Iterable[str], known: Iterable[str], what: str) -> Faults:
    names = list(known)
    for name in used:
        if name not in names:
            yield (*path, name), f"{what} ”{name}” finns inte. {did_you_mean(name, names)}".strip()


def _battery_faults(rules: Rules, battery: Battery) -> Faults:
    """Where the rules and the questions do not speak of the same things."""
    hinder = battery.question(OBSTACLES)
    if hinder is not None:
        yield from _same(("vikter",), rules.weights, [one.id for one in hinder.statements], hinder.qid)
        yield from _same(("svarsfaktor",), rules.factor, _options(hinder), hinder.qid)
    able = battery.question(ABLE_TODAY)
    if able is not None:
        path = ("justering", "kan_idag")
        yield from _same(path, rules.adjustment.able_today, _options(able), able.qid)
    activities = battery.question(ACTIVITIES)
    if activities is not None and any(field.id == "form" for field in activities.fields):
        known = _options(activities.field("form"))
        yield from _same(("aktivitetsformer",), rules.forms, known, activities.qid)
    for number, gate in enumerate(rules.gates):
        yield from faults_of(gate.condition, ("grindar", number, "om"), known_in(battery))


def _options(item: Item) -> list[str]:
    return [option.id for option in item.options]


def _same(path: Path, ours: Iterable[str], theirs: list[str], qid: str) -> Faults:
    present = list(ours)
    for name in present:
        if name not in theirs:
            hint = did_you_mean(name, theirs)
            yield (*path, name), f"”{name}” finns inte bland svaren på {qid}. {hint}".strip()
    for name in theirs:
        if name not in present:
            yield path, f"”{name}” i {qid} saknas här. Lägg till en rad för det."
