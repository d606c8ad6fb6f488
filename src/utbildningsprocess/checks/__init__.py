"""The red thread: what does not hang together between the stages. Advice, never a gate.

A rule is a function in the module of its stage (`registry` lists them) and its words in `rod-trad.yaml`
(`texts`). `findings` puts the two together with what people have accepted (`deviations`), and `reports`
says it, in words or to another program.
"""

from utbildningsprocess.checks.case import Case
from utbildningsprocess.checks.deviations import (
    NEVER_ACCEPTED,
    Target,
    accepting,
    deviations,
    target,
    with_deviation,
)
from utbildningsprocess.checks.findings import applying, check, most_important
from utbildningsprocess.checks.model import Deviation, Finding, Grade, Hit, RuleText
from utbildningsprocess.checks.registry import CHECKS
from utbildningsprocess.checks.reports import LocatedFinding, Reviewed
from utbildningsprocess.checks.texts import load_rules, no_such_rule
from utbildningsprocess.checks.unheeded import astray, unheeded

__all__ = [
    "CHECKS",
    "NEVER_ACCEPTED",
    "Case",
    "Deviation",
    "Finding",
    "Grade",
    "Hit",
    "LocatedFinding",
    "Reviewed",
    "RuleText",
    "Target",
    "accepting",
    "applying",
    "astray",
    "check",
    "deviations",
    "load_rules",
    "most_important",
    "no_such_rule",
    "target",
    "unheeded",
    "with_deviation",
]
