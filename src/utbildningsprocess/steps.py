"""The six steps of the process, and how people spell them."""

from __future__ import annotations

from typing import NamedTuple

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import did_you_mean, fold


class Step(NamedTuple):
    """One step of the process: its place, its id in files and its name on screen."""

    number: int
    id: str
    name: str


NEED, ANALYSIS, CONCEPT = "behov", "analys", "koncept"
PRODUCTION, DELIVERY, FOLLOW_UP = "produktion", "genomforande", "uppfoljning"
STEPS = (
    Step(1, NEED, "Behov"),
    Step(2, ANALYSIS, "Analys"),
    Step(3, CONCEPT, "Koncept"),
    Step(4, PRODUCTION, "Produktion"),
    Step(5, DELIVERY, "Genomförande"),
    Step(6, FOLLOW_UP, "Uppföljning"),
)
STEP_IDS = tuple(step.id for step in STEPS)
ABOUT = "om"
"""The section with facts about the initiative: asked like a step, but not one of the six."""

PROMISES = "lofte"
"""What stands where a step does for what has been promised in any of them: in commands, tags and keys."""
DIFFERENCES = "olika"
"""What stands where a step does for what several who have answered see differently: in commands."""


def parse_step(text: str) -> str:
    """The id of the step a person means: any case, with or without diacritics, or its number.

    Raises WrongUse with a suggestion when no step is meant.
    """
    if step := step_meant(text):
        return step
    if fold(text) == ABOUT:
        return ABOUT
    names = ", ".join(step.name for step in STEPS)
    hint = did_you_mean(fold(text), STEP_IDS)
    raise WrongUse(f"Steget ”{text}” finns inte. {hint or f'Stegen är: {names}.'}")


def step_meant(text: str) -> str | None:
    """The id of the step of that name or number, in any spelling; None when there is none."""
    wanted = fold(text)
    return next((step.id for step in STEPS if wanted in (step.id, str(step.number))), None)


def step_name(step_id: str) -> str:
    """The name of a step on screen."""
    return next((step.name for step in STEPS if step.id == step_id), "Om insatsen")
