"""What the diagnosis and the thread check come to, for templates: with the answers and the rule behind it."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING, Any

from utbildningsprocess.addresses import DEVIATIONS, OBSTACLES
from utbildningsprocess.answers.periods import spoken_date
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.checks.genomforande import seats_lacking
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.diagnosis.counting import strongest
from utbildningsprocess.diagnosis.seeing import seen_differently
from utbildningsprocess.diagnosis.sentences import (
    gate_texts,
    outcome_sentences,
    quoted_answer,
    shortcoming_texts,
    strength,
    support_name,
)
from utbildningsprocess.documents.sources import Figure, source_at, traced
from utbildningsprocess.markdown import plain_line
from utbildningsprocess.swedish import format_number, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from utbildningsprocess.checks.model import Deviation, Finding
    from utbildningsprocess.diagnosis.counting import Cause
    from utbildningsprocess.documents.basis import Source

_MOST_CAUSES = 3
_AGAINST = "R08"
"""The rule that a decision follows the diagnosis."""
_LIMIT = re.compile(r"(\w+) i utb\.yaml \(\d+\)")
"""A limit in the condition of a rule, with what it is unless an organisation has its own."""
_FIRST_OF_ALL = "R35"
"""The rule that the places are enough for the people: what is planned cannot be done while it hits."""
_UNSETTLED = "R23"
"""The rule that negotiation with the unions is settled before the decision."""
_COST = "{timmar}"
"""What stands in the sentence of a rule that tells of the cost."""


def risk_texts(source: Source, findings: Sequence[Finding]) -> list[str]:
    """The risks, a sentence each: one for all rows of which the same is said."""
    alike: dict[tuple[str, str], list[tuple[str, Finding]]] = {}
    for finding in findings:
        has_id = finding.row[:1].isalpha()  # else it is a place, and any number in the text may look like it
        before, row, after = _risk(source, finding).partition(finding.row if has_id else "\n")
        alike.setdefault((before, after), []).append((row, finding))
    return [
        traced(
            f"{before}{joined(row for row, _ in hits)}{after}",
            partial(_rule_source, source, [finding for _, finding in hits]),
        )
        for (before, after), hits in alike.items()
    ]


def too_few_places(source: Source) -> list[str]:
    """Where the places are too few for the people and nobody has accepted it, a sentence each."""
    return [_with_what_it_takes(source, hit) for hit in _unaccepted(source) if hit.rule == _FIRST_OF_ALL]


def _with_what_it_takes(source: Source, finding: Finding) -> str:
    """That the places are too few, and the arithmetic of how many more it takes."""
    counted = traced(seats_lacking(source.case, finding.row), partial(_rule_source, source, [finding]))
    return " ".join(filter(None, [*risk_texts(source, [finding]), counted]))


def that_does_not_hold(source: Source) -> list[str]:
    """What does not hold together and nobody has accepted, a sentence each: too few places, then the red.

    Before these what has to be settled with the unions, for that comes before the decision.
    """
    unsettled = [hit for hit in _unaccepted(source) if hit.rule == _UNSETTLED]
    red = [hit for hit in _unaccepted(source) if hit.grade is Grade.RED and hit.rule != _FIRST_OF_ALL]
    return [*too_few_places(source), *risk_texts(source, unsettled), *risk_texts(source, red)]


def _unaccepted(source: Source) -> list[Finding]:
    return [hit for hit in source.findings if not hit.deviation]


def finding_text(source: Source, finding: Finding) -> str:
    """The sentence of a finding, with its advice."""
    return traced(plain_line(finding.text), partial(_rule_source, source, [finding]))


def _risk(source: Source, finding: Finding) -> str:
    """What is the matter, for those who do not use the program: the sentence without the advice after it."""
    rule = source.rules.get(finding.rule)
    advice = (rule.text if rule else "").partition(". ")[2].partition("{")[0]
    matter, _, _ = finding.text.rpartition(f". {advice}") if advice else ("", "", "")
    return plain_line(f"{matter}." if matter else finding.text)


def _rule_source(source: Source, alike: Sequence[Finding]) -> str:
    """The rule, the answers it looked at, and the arithmetic of the cost where it tells of that."""
    rule, sheet = source.rules.get(alike[0].rule), source.case.sheet
    where = dict.fromkeys(source_at(sheet, finding.qid, finding.row) for finding in alike)
    tells_of_cost = rule is not None and source.case.price is not None and _COST in rule.text
    sums = source.case.arithmetic if tells_of_cost else None
    condition = _LIMIT.sub(
        lambda limit: f"{limit[1]} i utb.yaml ({format_number(source.case.limits[limit[1]])})",
        rule.condition.replace("`", "") if rule else "",
    )
    sentences = (
        f"Granskningens regel {alike[0].rule}: {condition}. {'; '.join(where)}.",
        f"{sums.hours} {sums.shifts} {sums.total}" if sums else "",
    )
    return " ".join(filter(None, sentences))


def deviation_values(source: Source, deviation: Deviation) -> dict[str, Any]:
    """A finding that is accepted, and why."""
    rule, sheet, reason = source.rules.get(deviation.rule), source.case.sheet, plain_line(deviation.reason)
    rows = given_rows(sheet.answers, DEVIATIONS)
    row = next((row.id for row in rows if row.values.get("skal") == reason), "")
    from_row = partial(source_at, sheet, DEVIATIONS, row)
    return {
        "regel": traced(f"{deviation.rule} {deviation.row}".strip(), from_row),
        "titel": rule.title if rule else "",
        "skal": traced(reason, from_row),
        "roll": traced(plain_line(deviation.role), from_row),
        "datum": traced(spoken_date(deviation.on) if deviation.on else "", from_row),
    }


def diagnosis_values(source: Source) -> dict[str, Any]:
    """What a template may ask of the diagnosis."""
    diagnosis, model = source.case.diagnosis, source.case.diagnosis_model
    outcome = model.outcome(diagnosis.outcome) if diagnosis.outcome else None
    pointing = [cause for cause in diagnosis.causes if cause.is_strong or cause.points_at_a_complement]
    against = [finding for finding in source.findings if finding.rule == _AGAINST]

    def counted(words: str) -> str:
        return traced(words, partial(_diagnosis_source, source))

    return {
        "finns": outcome is not None,
        "utfall": counted(outcome.name if outcome else ""),
        "text": counted(" ".join([] if diagnosis.gate else outcome_sentences(model, diagnosis))),
        "underlag": counted(support_name(model, diagnosis)),
        "brister": [counted(text) for text in shortcoming_texts(model, diagnosis)],
        "orsaker": [_cause(source, cause) for cause in pointing],
        "starkaste": [_cause(source, cause) for cause in strongest(pointing, _MOST_CAUSES)],
        "huvud": [counted(model.action(action).name) for action in diagnosis.main],
        "komplettera": [counted(model.action(action).name) for action in diagnosis.complement],
        "grindar": [counted(text) for text in gate_texts(model, diagnosis)],
        "osakert": Figure.of(len(diagnosis.unknown), partial(_diagnosis_source, source)),
        "ser_olika": [counted(text) for text in seen_differently(model, source.case.sheet, diagnosis)],
        "skiljer": next(iter(risk_texts(source, against[:1])), ""),
        "skal": next(_reasons(source, against), ""),
    }


def _reasons(source: Source, findings: Iterable[Finding]) -> Iterator[str]:
    """The reasons for which findings are accepted."""
    return (deviation_values(source, finding.deviation)["skal"] for finding in findings if finding.deviation)


def _diagnosis_source(source: Source) -> str:
    """What the diagnosis is counted from: the causes with their answers counted, and the question."""
    causes = "; ".join(f"{cause.name}: {strength(cause)}" for cause in source.case.diagnosis.causes)
    asked = source_at(source.case.sheet, OBSTACLES)
    return f"Diagnosen, räknad av svaren. {f'{causes}. ' if causes else ''}{asked}"


def _cause(source: Source, cause: Cause) -> dict[str, Any]:
    quoted = [quoted_answer(source.case.sheet.battery, *answered) for answered in cause.answers.items()]
    counted = f"{cause.name}: {strength(cause)}, av {joined(quoted)}. "

    def from_answers(words: str) -> str:
        return traced(words, lambda: f"{counted}{source_at(source.case.sheet, OBSTACLES)}")

    return {
        "namn": from_answers(cause.name),
        "styrka": "stark" if cause.is_strong else "möjlig",
        "svar": [from_answers(words) for words in quoted],
    }
