"""What the diagnosis counts with: all of it is data from `diagnos.yaml`, used in `counting`."""

from __future__ import annotations

import re
from collections.abc import Mapping

from pydantic import Field as Key

from utbildningsprocess.data_files.strict import StrictModel
from utbildningsprocess.model import Condition
from utbildningsprocess.swedish import nfc

NOTHING_HINDERS = "UNDERSOK_FORST", ("undersok",)
"""The outcome, and what to do, when every statement is answered and none speaks for a cause."""
_SHORT_WORD = 5
"""Letters: a shorter word must begin a word, or ”kurs” would be found in ”resurs”."""


class CauseMeaning(StrictModel):
    """Something that can hinder people: its name and meaning, and its place in the BEM and COM-B models."""

    name: str = Key(alias="namn")
    meaning: str = Key(alias="klartext")
    bem: str = ""
    comb: str = ""


class Action(StrictModel):
    """A kind of thing to do about causes: its name, what it can be, and the words for it in a text."""

    name: str = Key(alias="namn")
    in_practice: str = Key(alias="i_praktiken")
    is_learning: bool = Key(False, alias="larande")
    words: tuple[str, ...] = Key(alias="namnord")


class OnePage(StrictModel):
    """How the points of actions change when all that people have to do can be written on one page."""

    times: Mapping[str, float] = Key(alias="ganger")
    """By action what its points are multiplied by."""
    plus: Mapping[str, float]
    """By action what is then added to its points."""


class Adjustment(StrictModel):
    """How two single answers change the points that the causes have given the actions."""

    able_today: Mapping[str, Mapping[str, float]] = Key(alias="kan_idag")
    """By the answer to whether people can do it today, and by action, what its points are multiplied by."""
    one_page: OnePage = Key(alias="en_a4")


class Gate(StrictModel):
    """A condition on the answers that either decides the outcome by itself, or adds something to it."""

    id: str
    condition: Condition = Key(alias="om")
    or_unknown: int | None = Key(None, alias="eller_vet_inte")
    """How many statements answered ”vet inte” make the gate apply, too."""
    outcome: str | None = Key(None, alias="utfall")
    main: str | None = Key(None, alias="huvud")
    """What to do instead of an action, when the gate decides the outcome."""
    addition: str | None = Key(None, alias="tillagg")
    text: str


class Outcome(StrictModel):
    """What the diagnosis can come to, and how it is said."""

    code: str = Key(alias="kod")
    name: str = Key(alias="namn")
    text: str
    least: float | None = Key(None, alias="fran")
    """The share of training and practice, 0 to 1, from which it applies; None when only gates lead to it."""


class ActivityForm(StrictModel):
    """How a planned activity of some form counts."""

    everyday: bool = Key(alias="vardag")
    """Whether it is learning in daily work."""
    actions: tuple[str, ...] = Key(alias="insatser")
    """The kinds of action that it is, by id."""


class DiagnosisModel(StrictModel):
    """Everything the diagnosis counts with, by the ids of statements, causes and actions."""

    factor: Mapping[str, float] = Key(alias="svarsfaktor")
    """By the answer to a statement how much it counts, from 0 to 1."""
    causes: Mapping[str, CauseMeaning] = Key(alias="orsaker")
    weights: Mapping[str, Mapping[str, float]] = Key(alias="vikter")
    """By statement, and by cause, how strongly the statement speaks for the cause: 1 to 3."""
    actions: Mapping[str, Action] = Key(alias="insatser")
    instead: Mapping[str, Action] = Key(alias="i_stallet")
    """What to do when no action is called for, as finding out more."""
    matrix: Mapping[str, Mapping[str, float]] = Key(alias="matris")
    """By cause, and by action, how many percent of what meets the cause the action is."""
    adjustment: Adjustment = Key(alias="justering")
    gates: tuple[Gate, ...] = Key(alias="grindar")
    outcomes: tuple[Outcome, ...] = Key(alias="utfall")
    forms: Mapping[str, ActivityForm] = Key(alias="aktivitetsformer")

    @property
    def beside_learning(self) -> tuple[str, ...]:
        """The ids of the actions that are neither training nor practice."""
        return tuple(key for key, action in self.actions.items() if not action.is_learning)

    def action(self, action_id: str) -> Action:
        """The action of that id, or what to do instead; KeyError when there is neither."""
        return self.actions[action_id] if action_id in self.actions else self.instead[action_id]

    def outcome(self, code: str) -> Outcome:
        """The outcome of that code; KeyError when there is none."""
        return {outcome.code: outcome for outcome in self.outcomes}[code]

    def mentions(self, action_id: str, text: str) -> bool:
        """Whether a text names the action, by its name or by a word that stands for it."""
        action = self.action(action_id)
        plain = nfc(text).casefold()
        return any(_stands_in(nfc(word).casefold(), plain) for word in (action.name, *action.words))

    def everyday_forms(self) -> Mapping[str, bool]:
        """Of each form whether it is learning in daily work."""
        return {form: counted.everyday for form, counted in self.forms.items()}


def _stands_in(word: str, text: str) -> bool:
    if len(word) < _SHORT_WORD:
        return re.search(rf"\b{re.escape(word)}", text) is not None
    return word in text
