"""Findings -> text for people, JSON, annotations for a forge, or JUnit for a build server.

What is published where anybody may read it (annotations, JUnit) holds no words of an answer.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from itertools import groupby
from textwrap import wrap
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from utbildningsprocess.checks.deviations import NEVER_ACCEPTED
from utbildningsprocess.checks.findings import EVERY_STAGE, without_names
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.steps import ABOUT, STEP_IDS, step_name
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.checks.model import Deviation, Finding, RuleText

NARROWEST = 40
INDENT = "      "
ANNOTATIONS = {Grade.RED: "error", Grade.YELLOW: "warning", Grade.TIP: "notice"}
_NO_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NAMES = {Grade.RED: "Röd", Grade.YELLOW: "Gul", Grade.TIP: "Tips"}
_MEANINGS = {Grade.RED: "den röda tråden är av", Grade.YELLOW: "en risk", Grade.TIP: "något att överväga"}
_COUNTED = {Grade.RED: ("rött", "röda"), Grade.YELLOW: ("gult", "gula"), Grade.TIP: ("tips", "tips")}
ERROR, UNREAD = "fel", "Dossiern går inte att granska"
"""The grade of what stands in the way of checking a dossier, and what that is called."""
_HOLDS = "Inga fynd. Den röda tråden håller i det som är besvarat hittills."
_NOTHING_YET = "Det finns inget att granska än: inget steg är påbörjat."


@dataclass(frozen=True)
class Located:
    """A finding, and the line in the file where it is."""

    finding: Finding
    line: int


@dataclass(frozen=True)
class Reviewed:
    """What the check of one dossier gave."""

    name: str
    typed: str
    """The name as it is typed in a command."""
    title: str
    path: str
    """From the working directory, with slashes."""
    found: tuple[Located, ...]
    applied: tuple[RuleText, ...]
    """The rules whose stage is begun."""

    @property
    def is_broken(self) -> bool:
        """Whether there is a red finding that nobody has accepted."""
        return any(one.finding.grade is Grade.RED and one.finding.deviation is None for one in self.found)


@dataclass(frozen=True)
class Unread:
    """A dossier that could not be checked, and why, each fault with its line."""

    name: str
    path: str
    """From the working directory, with slashes."""
    places: tuple[tuple[int, str], ...]


# -------------------------------------------------------------------- text


def as_text(reviews: Sequence[Reviewed], width: int) -> str:
    """The findings for people, by dossier and stage, and what can be done about them."""
    width = max(width, NARROWEST)
    parts = [_dossier(one, width) for one in reviews]
    parts += [_folded(_count(reviews), width)] if any(one.found for one in reviews) else []
    parts += _hints(reviews)
    return "\n\n".join(parts)


def _dossier(review: Reviewed, width: int) -> str:
    parts = [f"{review.title}\n{review.path}"]
    for stage, part in groupby(review.found, key=lambda one: one.finding.stage):
        lines = [line for one in part for line in _lines(one, width)]
        parts.append("\n".join([stage_title(stage), *lines]))
    if not review.found:
        parts.append(_folded(_HOLDS if review.applied else _NOTHING_YET, width))
    return "\n\n".join(parts)


def stage_title(stage: str) -> str:
    """The heading over the findings of a stage."""
    other = {EVERY_STAGE: "I alla steg", "avsteg": "Avsteg"}
    return step_name(stage) if stage in (*STEP_IDS, ABOUT) else other.get(stage, stage)


def _lines(one: Located, width: int) -> Iterator[str]:
    finding = one.finding
    start = f"[{grade_name(finding.grade).lower()}] {finding.rule} rad {one.line}: "
    yield _folded(f"{start}{finding.text}", width, "", INDENT)
    if finding.deviation:
        yield _folded(f"Avsteg: {_reason(finding.deviation)}", width, INDENT, INDENT)


def _folded(text: str, width: int, first: str = "", rest: str = "") -> str:
    lines = wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )
    return "\n".join(lines)


def _reason(deviation: Deviation) -> str:
    who = ", ".join(filter(None, [deviation.role, deviation.on.isoformat() if deviation.on else ""]))
    return f"{deviation.reason} ({who})" if who else deviation.reason


def _count(reviews: Sequence[Reviewed]) -> str:
    found = [one.finding for review in reviews for one in review.found]
    grades = [one.grade for one in found]
    kinds = [
        f"{grades.count(each)} {_COUNTED[each][grades.count(each) > 1]}" for each in Grade if each in grades
    ]
    where = f" i {len(reviews)} insatser" if len(reviews) > 1 else ""
    accepted = sum(one.deviation is not None for one in found)
    rest = f" {accepted} är {'godtaget' if accepted == 1 else 'godtagna'} med avsteg." if accepted else ""
    return f"{len(found)} fynd{where}: {joined(kinds)}.{rest}"


def _hints(reviews: Sequence[Reviewed]) -> list[str]:
    """How to learn more of a rule, and how to accept a finding."""
    left = [(one, each.finding) for one in reviews for each in one.found if each.finding.deviation is None]
    if not left:
        return []
    lines = [f"Läs mer om en regel: utb granska --regel {left[0][1].rule}"]
    for review, finding in left:
        if finding.rule not in NEVER_ACCEPTED:
            lines.append(f"Godta ett fynd: {accept_command(review.typed, finding.rule)}")
            break
    return ["\n".join(lines)]


def accept_command(typed: str, rule: str) -> str:
    """The command that accepts a finding, to be completed with a reason and a role."""
    return f'utb granska {typed} --avsteg {rule} --skal "…" --roll "…"'


def grade_name(grade: Grade) -> str:
    """What a grade is called."""
    return _NAMES[grade]


def explained(rule: RuleText, width: int) -> str:
    """A rule: what it looks at, what it says, why, on whose word, and how to accept what it finds."""
    width = max(width, NARROWEST)
    parts = [
        f"{rule.id} {rule.title}",
        f"Grad: {grade_name(rule.grade)}, {_MEANINGS[rule.grade]}\nSteg: {stage_title(rule.stage)}",
        _folded(f"Gäller när: {rule.condition.replace('`', '')}.", width),
        _folded(f"Så säger den: {without_names(rule.text)}", width),
        _folded(f"Varför: {rule.why}", width),
        _folded(f"Källa: {rule.source}", width),
        _folded("Det här fyndet går inte att godta. Ta bort det som regeln har hittat.", width)
        if rule.id in NEVER_ACCEPTED
        else f"Godta ett fynd med ett skäl:\n{accept_command('INSATS', rule.id)}",
    ]
    return "\n\n".join(parts)


# -------------------------------------------------------------------- JSON


def as_json(reviews: Sequence[Reviewed], unread: Sequence[Unread] = ()) -> str:
    """The findings as a list in JSON, and after them what stands in the way of checking a dossier."""
    data = [_as_data(review, one) for review in reviews for one in review.found]
    data += [_fault_data(one, line, what) for one in unread for line, what in one.places]
    return json.dumps(data, ensure_ascii=False)


def _fault_data(unread: Unread, line: int, what: str) -> dict[str, object]:
    nothing = dict.fromkeys(("regel", "steg", "avsteg"))
    return {"insats": unread.name, "grad": ERROR, "rad": line, "text": what, **nothing}


def _as_data(review: Reviewed, one: Located) -> dict[str, object]:
    finding = one.finding
    return {
        "insats": review.name,
        "regel": finding.rule,
        "grad": str(finding.grade),
        "steg": finding.stage,
        "rad": one.line,
        "text": finding.text,
        "avsteg": _deviation_data(finding.deviation),
    }


def _deviation_data(deviation: Deviation | None) -> dict[str, object] | None:
    if deviation is None:
        return None
    on = deviation.on.isoformat() if deviation.on else None
    return {"skal": deviation.reason, "roll": deviation.role, "datum": on}


# ------------------------------------------------------------------ GitHub


def as_github(
    reviews: Sequence[Reviewed], texts: Mapping[str, RuleText], unread: Sequence[Unread] = ()
) -> str:
    """The findings, and what could not be read, as workflow commands: GitHub shows them at their lines."""
    found = [_annotated(review.path, one, texts) for review in reviews for one in review.found]
    faults = [
        _annotation("error", one.path, line, UNREAD, what) for one in unread for line, what in one.places
    ]
    return "\n".join([*found, *faults])


def _annotated(path: str, one: Located, texts: Mapping[str, RuleText]) -> str:
    finding = one.finding
    kind = ANNOTATIONS[Grade.TIP if finding.deviation else finding.grade]
    title = f"{finding.rule} {texts[finding.rule].title}"
    return _annotation(kind, path, one.line, title, public_sentence(finding))


def _annotation(kind: str, path: str, line: int, title: str, text: str) -> str:
    return f"::{kind} file={_property(path)},line={line},title={_property(title)}::{_percent(text)}"


def public_sentence(finding: Finding) -> str:
    """The sentence to publish, without any words of an answer."""
    return f"{finding.public_text} (avsteg)" if finding.deviation else finding.public_text


def _percent(text: str) -> str:
    """Text as GitHub wants it, so that it can neither end its line nor begin another command."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _percent(text).replace(":", "%3A").replace(",", "%2C")


# ------------------------------------------------------------------- JUnit


def as_junit(reviews: Sequence[Reviewed], unread: Sequence[Unread] = ()) -> str:
    """The rules applied as test cases, a suite for each dossier; red and yellow findings are failures.

    A dossier that could not be read is a suite with one test case, which ended with an error.
    """
    root = ET.Element("testsuites", name="utb granska")
    suites = [_suite(root, review) for review in reviews]
    suites += [_unread_suite(root, one) for one in unread]
    for key in ("tests", "failures", "errors"):
        root.set(key, str(sum(int(suite.get(key, "0")) for suite in suites)))
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ET.tostring(root, encoding="unicode")}'


def _suite(root: ET.Element, review: Reviewed) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=_xml(review.path))
    for rule in review.applied:
        _case(suite, review, rule)
    return _counted(suite)


def _counted(suite: ET.Element) -> ET.Element:
    """The suite with the numbers of what is in it."""
    suite.set("tests", str(len(suite)))
    suite.set("failures", str(len(suite.findall("testcase/failure"))))
    suite.set("errors", str(len(suite.findall("testcase/error"))))
    suite.set("skipped", "0")
    return suite


def _unread_suite(root: ET.Element, unread: Unread) -> ET.Element:
    suite = ET.SubElement(root, "testsuite", name=_xml(unread.path))
    names = {"classname": unread.path, "name": UNREAD, "file": unread.path}
    case = ET.SubElement(suite, "testcase", {key: _xml(value) for key, value in names.items()})
    error = ET.SubElement(case, "error", type=ERROR, message=_xml(unread.places[0][1]))
    error.text = _xml("\n".join(f"rad {line}: {what}" for line, what in unread.places))
    return _counted(suite)


def _case(suite: ET.Element, review: Reviewed, rule: RuleText) -> None:
    names = {
        "classname": f"{review.path}.{rule.stage}",
        "name": f"{rule.id} {rule.title}",
        "file": review.path,
    }
    case = ET.SubElement(suite, "testcase", {key: _xml(value) for key, value in names.items()})
    found = [one for one in review.found if one.finding.rule == rule.id]
    failing = [one for one in found if one.finding.deviation is None and one.finding.grade is not Grade.TIP]
    advice = [one for one in found if one not in failing]
    if failing:
        first = public_sentence(failing[0].finding)
        failure = ET.SubElement(case, "failure", type=str(rule.grade), message=_xml(first))
        failure.text = _xml(_listed(failing))
    if advice:
        ET.SubElement(case, "system-out").text = _xml(_listed(advice))


def _listed(found: Sequence[Located]) -> str:
    return "\n".join(f"rad {one.line}: {public_sentence(one.finding)}" for one in found)


def _xml(text: str) -> str:
    """Text without the characters that XML cannot hold."""
    return _NO_XML.sub("", text)
