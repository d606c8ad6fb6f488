"""A case -> findings: every rule whose stage is begun, its sentence, and the deviation that accepts it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.checks.deviations import accepting, deviations
from utbildningsprocess.checks.model import Finding, Grade
from utbildningsprocess.checks.registry import CHECKS, NEEDS, NOT_SETTLED_BY_SKIPPING, Check
from utbildningsprocess.model import Unknown
from utbildningsprocess.steps import ABOUT, STEP_IDS, step_name
from utbildningsprocess.swedish import shortened

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from utbildningsprocess.checks.case import Case, Hit
    from utbildningsprocess.checks.model import Deviation, RuleText
    from utbildningsprocess.model import Battery

EVERY_STAGE = "alla"
_NOTHING, _HIDDEN = "–", "…"
"""What stands for a word the rule did not give, and for one that is not to be published."""
_MOST_QUOTED = 80
"""Characters of an answer's own words in a sentence."""
_NAME = re.compile(r"\{([a-z_]+)\}")
_STAGES = (ABOUT, *STEP_IDS)


def check(
    case: Case, texts: Mapping[str, RuleText], rules: Mapping[str, Check] = CHECKS
) -> tuple[Finding, ...]:
    """What the rules find, in the order of the process and then by grade, rule and row.

    Nobody is told to mend what is no longer asked, or what is skipped for a reason; only a rule for every
    stage looks there, too.
    """
    accepted = deviations(case.sheet.answers)
    findings = (
        _finding(case, rule, hit, accepted)
        for rule in applying(case, texts)
        for hit in rules[rule.id](case)
        if rule.stage == EVERY_STAGE or _can_be_mended(case, rule.id, hit)
    )
    return tuple(sorted(findings, key=_order))


def _can_be_mended(case: Case, rule: str, hit: Hit) -> bool:
    """Whether what is hit is relevant, and the question to open for it is asked and not skipped."""
    places = (hit.qid, hit.opens or hit.qid)
    is_settled = rule not in NOT_SETTLED_BY_SKIPPING and any(map(case.is_skipped, places))
    return case.is_asked(hit.qid) and not (is_settled or any(map(case.sheet.battery.leaves_out, places)))


def switched_off(battery: Battery, rules: Iterable[str]) -> dict[str, list[str]]:
    """By rule what it needs and the battery does not ask, for the rules that are off for that reason."""
    lacking = {rule: [*filter(battery.leaves_out, NEEDS.get(rule, ()))] for rule in rules}
    return {rule: needs for rule, needs in lacking.items() if needs}


def applying(case: Case, texts: Mapping[str, RuleText]) -> tuple[RuleText, ...]:
    """The rules whose stage is begun: somebody has answered, skipped or put off a question of it."""
    off = switched_off(case.sheet.battery, texts)
    return tuple(
        rule
        for rule in texts.values()
        if rule.id not in off
        and (case.sheet.answers if rule.stage == EVERY_STAGE else case.begun(rule.stage))
    )


def most_important(findings: Iterable[Finding], stage: str, number: int = 3) -> tuple[Finding, ...]:
    """The findings of a stage that nobody has accepted, the gravest first."""
    left = (finding for finding in findings if finding.stage == stage and finding.deviation is None)
    return tuple(sorted(left, key=_order)[:number])


def _finding(case: Case, rule: RuleText, hit: Hit, accepted: Sequence[Deviation]) -> Finding:
    quoted = {name: shortened(words, _MOST_QUOTED) for name, words in hit.raw.items()}
    hidden = dict.fromkeys(hit.raw, _HIDDEN)
    return Finding(
        rule=rule.id,
        grade=rule.grade,
        stage=stage_of(hit.qid) if rule.stage == EVERY_STAGE else rule.stage,
        qid=hit.qid,
        row=hit.row,
        text=_filled(rule.text, {**hit.words, **quoted}),
        public_text=_filled(rule.text, {**hidden, **hit.words}),
        opens=hit.opens or hit.qid,
        place=_place(case, hit.opens or hit.qid),
        deviation=accepting(accepted, rule.id, hit.row),
        lacks="" if rule.stage == EVERY_STAGE else _lacking(case, hit),
    )


def _lacking(case: Case, hit: Hit) -> str:
    """The question whose answer would mend what is hit, while nobody knows that answer; else empty."""
    needed = hit.lacks or hit.opens or hit.qid
    answer = case.sheet.answers.get(needed)
    return needed if answer is None or isinstance(answer, Unknown) else ""


def _place(case: Case, qid: str) -> str:
    """Where somebody opens what is to be changed."""
    question = case.sheet.battery.question(qid)
    return f"{step_name(stage_of(qid))}, frågan ”{question.text}”" if question else ""


def _filled(sentence: str, words: Mapping[str, str]) -> str:
    """The sentence with its names replaced, once: what stands in for a name is never looked into."""
    return _NAME.sub(lambda name: words.get(name[1]) or _NOTHING, sentence)


def without_names(sentence: str) -> str:
    """The sentence with an ellipsis where a finding has its words."""
    return _NAME.sub(_HIDDEN, sentence)


def _order(finding: Finding) -> tuple[int, int, int, tuple[str, int], str]:
    """Where a finding comes: stage, grade, rule, and rows by number."""
    stage = _STAGES.index(finding.stage) if finding.stage in _STAGES else len(_STAGES)
    letters = finding.row.rstrip("0123456789")
    row = (letters, int(finding.row[len(letters) :] or 0))
    return stage, tuple(Grade).index(finding.grade), int(finding.rule[1:]), row, finding.qid
