"""Findings -> text for people, JSON, annotations for a forge, or JUnit for a build server (`REPORT_FORMATS`).

What is published where anybody may read it (annotations, JUnit) holds no words of an answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from textwrap import fill
from types import MappingProxyType
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.findings import EVERY_STAGE, without_names
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.steps import ABOUT, STEP_IDS, step_name
from utbildningsprocess.swedish import joined, visible_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from utbildningsprocess.checks.model import Finding, RuleText
    from utbildningsprocess.model import Problem

_NARROWEST = 40
_INDENT = "      "
_ANNOTATIONS = {Grade.RED: "error", Grade.YELLOW: "warning", Grade.TIP: "notice"}
_NAMES = {Grade.RED: "Röd", Grade.YELLOW: "Gul", Grade.TIP: "Tips"}
_MEANINGS = {Grade.RED: "den röda tråden är av", Grade.YELLOW: "en risk", Grade.TIP: "något att överväga"}
_COUNTED = {Grade.RED: ("rött", "röda"), Grade.YELLOW: ("gult", "gula"), Grade.TIP: ("tips", "tips")}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNREAD_TEXT = "Text som inte läses"
_SLIP = "las"
"""The grade of what a dossier holds and could not be read."""
_ERROR = "fel"
"""The grade of what stands in the way of checking a dossier."""
_HOLDS = "Inga fynd. Den röda tråden håller i det som är besvarat hittills."
_READ_HOLDS = "Inga fynd i det som går att läsa."
_NOTHING_YET = "Det finns inget att granska än: inget steg är påbörjat."
_folded = partial(fill, break_long_words=False, break_on_hyphens=False)


@dataclass(frozen=True)
class Reviewed:
    """What the check of one dossier gave."""

    name: str
    typed: str
    """The name as it is typed in a command."""
    title: str
    path: str
    """From the working directory, with slashes."""
    findings: tuple[Finding, ...]
    applied: tuple[RuleText, ...]
    """The rules whose stage is begun."""
    problems: tuple[Problem, ...] = ()
    """What in the file could not be read as it stands."""

    @property
    def slips(self) -> tuple[Problem, ...]:
        """The problems that are to be mended, and may not be just as somebody wants it."""
        return tuple(problem for problem in self.problems if not problem.is_notice)

    @property
    def is_broken(self) -> bool:
        """Whether there is a red finding that nobody has accepted."""
        return any(finding.grade is Grade.RED for finding in filter(_is_failure, self.findings))


@dataclass(frozen=True)
class Unread:
    """A dossier that could not be checked, or has lost something, and why, each fault with its line."""

    name: str
    path: str
    """From the working directory, with slashes."""
    places: tuple[tuple[int, str], ...]
    what: str = "Dossiern går inte att granska"


@dataclass(frozen=True)
class Report:
    """What the check of some dossiers gave; `width` is how many characters a line of text may have."""

    reviews: Sequence[Reviewed]
    unread: Sequence[Unread] = ()
    width: int = 80

    @property
    def findings(self) -> list[tuple[Reviewed, Finding]]:
        """All findings, each with the review of its dossier."""
        return [(review, finding) for review in self.reviews for finding in review.findings]


# -------------------------------------------------------------------- text


def _as_text(report: Report) -> str:
    """The findings for people, by dossier and stage, and what can be done about them."""
    width = max(report.width, _NARROWEST)
    paragraphs = [_dossier(review, width) for review in report.reviews]
    paragraphs += [_folded(_count(report), width), _hints(report)] if report.findings else []
    return "\n\n".join(filter(None, paragraphs))


def _dossier(review: Reviewed, width: int) -> str:
    paragraphs = [f"{review.title}\n{review.path}"]
    for stage, findings in groupby(review.findings, key=lambda finding: finding.stage):
        lines = [line for finding in findings for line in _lines(finding, width)]
        paragraphs.append("\n".join([stage_title(stage), *lines]))
    if review.slips:
        unread = joined(str(line) for line in sorted({problem.line for problem in review.slips}))
        paragraphs.append(_folded(f"Rad {unread} läses inte som svar. Rätta det som står där.", width))
    if not review.findings:
        holds = _READ_HOLDS if review.slips else _HOLDS
        paragraphs.append(_folded(holds if review.applied else _NOTHING_YET, width))
    return "\n\n".join(paragraphs)


def stage_title(stage: str) -> str:
    """The heading over the findings of a stage."""
    no_steps = {EVERY_STAGE: "I alla steg", "avsteg": "Avsteg"}
    return step_name(stage) if stage in (*STEP_IDS, ABOUT) else no_steps.get(stage, stage)


def _lines(finding: Finding, width: int) -> Iterator[str]:
    start = f"[{grade_name(finding.grade).lower()}] {finding.rule} rad {finding.line}: "
    yield _folded(f"{start}{finding.text}", width, subsequent_indent=_INDENT)
    if finding.place and (finding.opens != finding.qid or stage_of(finding.opens) != finding.stage):
        place = f"Öppna: {finding.place}."
        yield _folded(place, width, initial_indent=_INDENT, subsequent_indent=_INDENT)
    if deviation := finding.deviation:
        who = ", ".join(filter(None, [deviation.role, date_in_short(deviation.on) if deviation.on else ""]))
        accepted = f"Avsteg: {deviation.reason}{f' ({who})' if who else ''}"
        yield _folded(accepted, width, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _count(report: Report) -> str:
    findings = [finding for _, finding in report.findings]
    grades = [finding.grade for finding in findings]
    counted = [
        f"{number} {_COUNTED[grade][number > 1]}" for grade in Grade if (number := grades.count(grade))
    ]
    where = f" i {len(report.reviews)} insatser" if len(report.reviews) > 1 else ""
    accepted = sum(finding.deviation is not None for finding in findings)
    ending = f" {accepted} är {'godtaget' if accepted == 1 else 'godtagna'} med avsteg." if accepted else ""
    return f"{len(findings)} fynd{where}: {joined(counted)}.{ending}"


def _hints(report: Report) -> str:
    """How to learn more of a rule, and how to accept a finding; empty when every finding is accepted."""
    left = [(review.typed, finding.rule) for review, finding in report.findings if not finding.deviation]
    more = [f"Läs mer om en regel: utb granska --regel {rule}" for _, rule in left]
    commands = [accept_command(typed, rule) for typed, rule in left if rule not in NEVER_ACCEPTED]
    return "\n".join([*more[:1], *(f"Godta ett fynd: {command}" for command in commands[:1])])


def accept_command(typed: str, rule: str) -> str:
    """The command that accepts a finding, to be completed with a reason and a role."""
    return f'utb granska {typed} --avsteg {rule} --skal "…" --roll "…"'


def grade_name(grade: Grade) -> str:
    """What a grade is called."""
    return _NAMES[grade]


def rule_explained(rule: RuleText, width: int) -> str:
    """A rule for people: what it looks at, says and rests on, why, and how to accept what it finds."""
    width = max(width, _NARROWEST)
    grade = f"Grad: {grade_name(rule.grade)}, {_MEANINGS[rule.grade]}"
    paragraphs = [
        f"{rule.id} {rule.title}",
        f"{grade}\nSteg: {stage_title(rule.stage)}",
        _folded(f"Gäller när: {rule.condition.replace('`', '')}.", width),
        _folded(f"Så säger den: {without_names(rule.text)}", width),
        _folded(f"Varför: {rule.why}", width),
        _folded(f"Källa: {rule.source}", width),
        _folded("Det här fyndet går inte att godta. Ta bort det som regeln har hittat.", width)
        if rule.id in NEVER_ACCEPTED
        else f"Godta ett fynd med ett skäl:\n{accept_command('INSATS', rule.id)}",
    ]
    return "\n\n".join(paragraphs)


# -------------------------------------------------------------------- JSON


def _as_json(report: Report) -> str:
    """The findings as a list in JSON, and after them what stands in the way of checking a dossier."""
    data = [_finding_data(review, finding) for review, finding in report.findings]
    nothing = dict.fromkeys(("regel", "steg", "fraga", "avsteg"))
    data += [
        {"insats": unread.name, "grad": _ERROR, "rad": line, "text": what, **nothing}
        for unread in report.unread
        for line, what in unread.places
    ]
    data += [
        {
            "insats": review.name,
            "grad": _SLIP,
            "rad": problem.line,
            "text": problem.public_text,
            **nothing,
        }
        for review in report.reviews
        for problem in review.problems
    ]
    return visible_json(json.dumps(data, ensure_ascii=False, default=str))


def _finding_data(review: Reviewed, finding: Finding) -> dict[str, object]:
    given = finding.deviation
    return {
        "insats": review.name,
        "regel": finding.rule,
        "grad": str(finding.grade),
        "steg": finding.stage,
        "fraga": finding.opens,
        "rad": finding.line,
        "text": finding.text,
        "avsteg": given and {"skal": given.reason, "roll": given.role, "datum": given.on},
    }


# ------------------------------------------------------------------ GitHub


def _as_github(report: Report) -> str:
    """The findings, and what could not be read, as workflow commands: GitHub shows them at their lines."""
    findings = [_finding_annotation(review, finding) for review, finding in report.findings]
    faults = [
        _annotation("error", unread.path, line, unread.what, what)
        for unread in report.unread
        for line, what in unread.places
    ]
    slips = [
        _annotation(
            "notice" if problem.is_notice else "warning",
            review.path,
            problem.line,
            _UNREAD_TEXT,
            problem.public_text,
        )
        for review in report.reviews
        for problem in review.problems
    ]
    return "\n".join([*findings, *slips, *faults])


def _finding_annotation(review: Reviewed, finding: Finding) -> str:
    grade = Grade.TIP if finding.deviation else finding.grade
    title = next(f"{rule.id} {rule.title}" for rule in review.applied if rule.id == finding.rule)
    return _annotation(_ANNOTATIONS[grade], review.path, finding.line, title, _public_sentence(finding))


def _annotation(kind: str, path: str, line: int, title: str, text: str) -> str:
    return f"::{kind} file={_property(path)},line={line},title={_property(title)}::{_percent(text)}"


def _public_sentence(finding: Finding) -> str:
    """The sentence to publish, without any words of an answer."""
    return f"{finding.public_text} (avsteg)" if finding.deviation else finding.public_text


def _percent(text: str) -> str:
    """Text as GitHub wants it, so that it can neither end its line nor begin another command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _percent(text).replace(":", "%3A").replace(",", "%2C")


# ------------------------------------------------------------------- JUnit


def _as_junit(report: Report) -> str:
    """The rules applied as test cases, a suite for each dossier; red and yellow findings are failures.

    A dossier that could not be read is a suite with one test case, which ended with an error.
    """
    root = ET.Element("testsuites", name="utb granska")
    for review in report.reviews:
        suite = ET.SubElement(root, "testsuite", name=review.path)
        for rule in review.applied:
            _rule_case(suite, review, rule)
        if review.problems:
            _reading_case(suite, review)
    for unread in report.unread:
        suite = ET.SubElement(root, "testsuite", name=unread.path)
        case = ET.SubElement(suite, "testcase", classname=unread.path, name=unread.what, file=unread.path)
        error = ET.SubElement(case, "error", type=_ERROR, message=unread.places[0][1])
        error.text = "\n".join(f"rad {line}: {what}" for line, what in unread.places)
    for element in (root, *root):
        for key, tag in (("tests", "testcase"), ("failures", "failure"), ("errors", "error")):
            element.set(key, str(len([*element.iter(tag)])))
    for suite in root:
        suite.set("skipped", "0")
    ET.indent(root)
    text = f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'
    return _NO_XML.sub("", text)


def _rule_case(suite: ET.Element, review: Reviewed, rule: RuleText) -> None:
    title, path = f"{rule.id} {rule.title}", review.path
    case = ET.SubElement(suite, "testcase", classname=f"{path}.{rule.stage}", name=title, file=path)
    findings = [finding for finding in review.findings if finding.rule == rule.id]
    failing = [finding for finding in findings if _is_failure(finding)]
    advice = [finding for finding in findings if not _is_failure(finding)]
    if failing:
        message = _public_sentence(failing[0])
        ET.SubElement(case, "failure", type=rule.grade, message=message).text = _listed(failing)
    if advice:
        ET.SubElement(case, "system-out").text = _listed(advice)


def _reading_case(suite: ET.Element, review: Reviewed) -> None:
    """A test case about what could not be read; it fails unless all of it are notices."""
    case = ET.SubElement(suite, "testcase", classname=review.path, name=_UNREAD_TEXT, file=review.path)
    text = "\n".join(f"rad {problem.line}: {problem.public_text}" for problem in review.problems)
    if review.slips:
        ET.SubElement(case, "failure", type=_SLIP, message=review.slips[0].public_text).text = text
    else:
        ET.SubElement(case, "system-out").text = text


def _is_failure(finding: Finding) -> bool:
    return finding.deviation is None and finding.grade is not Grade.TIP


def _listed(findings: Sequence[Finding]) -> str:
    return "\n".join(f"rad {finding.line}: {_public_sentence(finding)}" for finding in findings)


REPORT_FORMATS: Mapping[str, Callable[[Report], str]] = MappingProxyType(
    {"text": _as_text, "json": _as_json, "github": _as_github, "junit": _as_junit}
)
"""By name every format of a report, and what writes it."""
