"""Reports: one list of findings as text, JSON, annotations and JUnit, and nothing that slips out of its place."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from utbildningsprocess.checks.model import Deviation, Finding, Grade, RuleText
from utbildningsprocess.checks.reports import REPORT_FORMATS, Report, Reviewed, Unread, rule_explained

if TYPE_CHECKING:
    from collections.abc import Sequence

ACCEPTED = Deviation("R24", "", "Färre avvikelser är värt mer", "Vårdenhetschef", date(2026, 3, 1))


def rule(rule_id: str, grade: Grade, stage: str, title: str) -> RuleText:
    return RuleText(rule_id, grade, stage, title, "`behov.varfor` är tom", "Text {id}.", "Därför.", "Källan")


def finding(rule: RuleText, text: str, public: str = "", deviation: Deviation | None = None) -> Finding:
    said = (text, public or text, deviation)
    return Finding(rule.id, rule.grade, rule.stage, "behov.varfor", "", *said, opens="behov.varfor")


def located(finding: Finding, line: int) -> Finding:
    return replace(finding, line=line)


WORDS = rule("R03", Grade.YELLOW, "behov", "Behovet utan lösningsord")
GOALS = rule("R11", Grade.RED, "koncept", "Varje mål har en aktivitet")
TIME = rule("R24", Grade.YELLOW, "koncept", "Deltagarnas tid mot värdet")
BLEND = rule("R43", Grade.TIP, "koncept", "Traditionellt och digitalt blandat")
RULES = (WORDS, GOALS, TIME, BLEND)
FOUND = (
    located(finding(WORDS, "Behovet är en lösning (”kursen”).", "Behovet är en lösning (”…”)."), 12),
    located(
        finding(GOALS, "Lärandemål L2 saknar aktivitet. Lägg till en där deltagarna övar på målet."), 212
    ),
    located(
        finding(GOALS, "Lärandemål L10 saknar aktivitet. Lägg till en där deltagarna övar på målet."), 220
    ),
    located(finding(TIME, "Deltagartiden är 939 timmar.", deviation=ACCEPTED), 230),
    located(finding(BLEND, "Pröva att blanda."), 240),
)


def reviewed(*findings: Finding, applied: tuple[RuleText, ...] = RULES, **more: str) -> Reviewed:
    names = {
        "name": "trygg-start",
        "typed": "trygg-start",
        "title": "Trygg start",
        "path": "insatser/trygg-start.md",
    }
    return Reviewed(**{**names, **more}, findings=findings, applied=applied)


START = reviewed(*FOUND)
CALM = reviewed(name="lugn", typed="lugn", title="Lugn", path="insatser/lugn.md")
NEW = reviewed(applied=(), name="ny", typed="ny", title="Ny", path="insatser/ny.md")


def report(form: str, reviews: list[Reviewed], unread: Sequence[Unread] = (), width: int = 80) -> str:
    return REPORT_FORMATS[form](Report(reviews, unread, width))


# -------------------------------------------------------------------- text


def test_text_for_people() -> None:
    assert (
        report("text", [START], width=60)
        == """\
Trygg start
insatser/trygg-start.md

Behov
[gul] R03 rad 12: Behovet är en lösning (”kursen”).

Koncept
[röd] R11 rad 212: Lärandemål L2 saknar aktivitet. Lägg till
      en där deltagarna övar på målet.
[röd] R11 rad 220: Lärandemål L10 saknar aktivitet. Lägg
      till en där deltagarna övar på målet.
[gul] R24 rad 230: Deltagartiden är 939 timmar.
      Avsteg: Färre avvikelser är värt mer (Vårdenhetschef,
      1 mars 2026)
[tips] R43 rad 240: Pröva att blanda.

5 fynd: 2 röda, 2 gula och 1 tips. 1 är godtaget med avsteg.

Läs mer om en regel: utb granska --regel R03
Godta ett fynd: utb granska trygg-start --avsteg R03 --skal "…" --roll "…\""""
    )


def test_text_for_several_dossiers_says_kindly_when_there_is_nothing() -> None:
    assert (
        report("text", [CALM, NEW])
        == """\
Lugn
insatser/lugn.md

Inga fynd. Den röda tråden håller i det som är besvarat hittills.

Ny
insatser/ny.md

Det finns inget att granska än: inget steg är påbörjat."""
    )


def test_the_count_is_for_all_dossiers_together() -> None:
    text = report("text", [reviewed(FOUND[0]), CALM, reviewed(FOUND[0], FOUND[1])])
    assert "\n\n3 fynd i 3 insatser: 1 rött och 2 gula.\n\n" in text


def test_what_is_accepted_gets_no_hints() -> None:
    assert report("text", [reviewed(FOUND[3])]).endswith("1 fynd: 1 gult. 1 är godtaget med avsteg.")


def test_a_deviation_is_shown_with_what_there_is_of_it() -> None:
    def last_line(role: str, on: date | None) -> str:
        given = finding(TIME, "T.", deviation=Deviation("R24", "", "Skäl", role, on))
        return report("text", [reviewed(located(given, 1))]).split("\n")[5]

    assert last_line("", None) == "      Avsteg: Skäl"
    assert last_line("Chef", None) == "      Avsteg: Skäl (Chef)"
    assert last_line("", date(2026, 3, 1)) == "      Avsteg: Skäl (1 mars 2026)"


def test_nobody_is_told_how_to_accept_a_personal_number() -> None:
    number = rule("R32", Grade.RED, "alla", "Inga personnummer i texten")
    alone = located(finding(number, "Texten liknar ett personnummer."), 3)
    assert report("text", [reviewed(alone)]).endswith("Läs mer om en regel: utb granska --regel R32")
    both = report("text", [reviewed(alone, FOUND[1])])
    assert both.endswith('Godta ett fynd: utb granska trygg-start --avsteg R11 --skal "…" --roll "…"')


def test_no_line_is_wider_than_the_terminal_and_a_long_word_stays_whole() -> None:
    link = f"https://exempel.se/{'x' * 60}"
    long = located(finding(GOALS, f"Lärandemålet i {link} saknar aktivitet, " * 3), 2)
    lines = report("text", [reviewed(long)], width=10).split("\n")[:-2]
    assert [line for line in lines if len(line) > 40 and link not in line] == []
    assert sum(link in line for line in lines) == 3


@pytest.mark.parametrize(("stage", "heading"), [("om", "Om insatsen"), ("avsteg", "Avsteg"), ("genomforande", "Genomförande")])  # fmt: skip
def test_every_stage_has_a_heading(stage: str, heading: str) -> None:
    where = Finding("R33", Grade.YELLOW, stage, f"{stage}.x", "", "Text.", "Text.")
    assert f"\n\n{heading}\n[gul] R33 rad 1: Text.\n" in report("text", [reviewed(located(where, 1))])


def test_a_rule_explained() -> None:
    assert (
        rule_explained(TIME, 60)
        == """\
R24 Deltagarnas tid mot värdet

Grad: Gul, en risk
Steg: Koncept

Gäller när: behov.varfor är tom.

Så säger den: Text ….

Varför: Därför.

Källa: Källan

Godta ett fynd med ett skäl:
utb granska INSATS --avsteg R24 --skal "…" --roll "…\""""
    )


def test_a_rule_that_cannot_be_accepted_says_so() -> None:
    text = rule_explained(rule("R32", Grade.RED, "alla", "Inga personnummer"), 80)
    assert "Grad: Röd, den röda tråden är av\nSteg: I alla steg\n" in text
    assert text.endswith("Det här fyndet går inte att godta. Ta bort det som regeln har hittat.")


def test_the_question_to_open_is_named_when_it_is_not_where_the_finding_stands() -> None:
    place = "Genomförande, frågan ”När och var sker tillfällena?”"
    elsewhere = replace(FOUND[1], opens="genomforande.tillfallen", place=place)
    lines = report("text", [reviewed(elsewhere)]).splitlines()
    assert "      Öppna: Genomförande, frågan ”När och var sker tillfällena?”." in lines
    here = replace(FOUND[0], place="Behov, frågan ”Varför?”")
    assert "Öppna" not in report("text", [reviewed(here)])


# -------------------------------------------------------------------- JSON


def test_json_is_a_list_with_these_keys() -> None:
    text = report("json", [reviewed(FOUND[1], FOUND[3])])
    assert json.loads(text) == [
        {
            "insats": "trygg-start",
            "regel": "R11",
            "grad": "rod",
            "steg": "koncept",
            "fraga": "behov.varfor",
            "rad": 212,
            "text": "Lärandemål L2 saknar aktivitet. Lägg till en där deltagarna övar på målet.",
            "avsteg": None,
        },
        {
            "insats": "trygg-start",
            "regel": "R24",
            "grad": "gul",
            "steg": "koncept",
            "fraga": "behov.varfor",
            "rad": 230,
            "text": "Deltagartiden är 939 timmar.",
            "avsteg": {
                "skal": "Färre avvikelser är värt mer",
                "roll": "Vårdenhetschef",
                "datum": "2026-03-01",
            },
        },
    ]
    assert "Lärandemål" in text


def test_json_of_nothing_is_an_empty_list() -> None:
    assert report("json", [CALM, NEW]) == "[]"


def test_a_deviation_without_a_day_is_null_in_json() -> None:
    given = finding(TIME, "T.", deviation=Deviation("R24", "", "Skäl", "", None))
    (found,) = json.loads(report("json", [reviewed(located(given, 1))]))
    assert found["avsteg"] == {"skal": "Skäl", "roll": "", "datum": None}


# ------------------------------------------------------------------ GitHub


def test_annotations() -> None:
    start = "file=insatser/trygg-start.md,line="
    assert report("github", [START, CALM]).split("\n") == [
        f"::warning {start}12,title=R03 Behovet utan lösningsord::Behovet är en lösning (”…”).",
        f"::error {start}212,title=R11 Varje mål har en aktivitet::{FOUND[1].text}",
        f"::error {start}220,title=R11 Varje mål har en aktivitet::{FOUND[2].text}",
        f"::notice {start}230,title=R24 Deltagarnas tid mot värdet::Deltagartiden är 939 timmar. (avsteg)",
        f"::notice {start}240,title=R43 Traditionellt och digitalt blandat::Pröva att blanda.",
    ]


def test_no_findings_are_no_annotations() -> None:
    assert report("github", [CALM, NEW]) == ""


# ------------------------------------------------------------------- JUnit


def test_junit() -> None:
    assert (
        report("junit", [START, NEW])
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="utb granska" tests="4" failures="2" errors="0">
  <testsuite name="insatser/trygg-start.md" tests="4" failures="2" errors="0" skipped="0">
    <testcase classname="insatser/trygg-start.md.behov" name="R03 Behovet utan lösningsord" file="insatser/trygg-start.md">
      <failure type="gul" message="Behovet är en lösning (”…”).">rad 12: Behovet är en lösning (”…”).</failure>
    </testcase>
    <testcase classname="insatser/trygg-start.md.koncept" name="R11 Varje mål har en aktivitet" file="insatser/trygg-start.md">
      <failure type="rod" message="Lärandemål L2 saknar aktivitet. Lägg till en där deltagarna övar på målet.">rad 212: Lärandemål L2 saknar aktivitet. Lägg till en där deltagarna övar på målet.
rad 220: Lärandemål L10 saknar aktivitet. Lägg till en där deltagarna övar på målet.</failure>
    </testcase>
    <testcase classname="insatser/trygg-start.md.koncept" name="R24 Deltagarnas tid mot värdet" file="insatser/trygg-start.md">
      <system-out>rad 230: Deltagartiden är 939 timmar. (avsteg)</system-out>
    </testcase>
    <testcase classname="insatser/trygg-start.md.koncept" name="R43 Traditionellt och digitalt blandat" file="insatser/trygg-start.md">
      <system-out>rad 240: Pröva att blanda.</system-out>
    </testcase>
  </testsuite>
  <testsuite name="insatser/ny.md" tests="0" failures="0" errors="0" skipped="0" />
</testsuites>"""
    )


def test_a_rule_without_findings_is_a_test_that_passes() -> None:
    root = ET.fromstring(report("junit", [CALM]))  # noqa: S314  what the line before made
    cases = list(root.iter("testcase"))
    assert [case.get("name", "")[:3] for case in cases] == ["R03", "R11", "R24", "R43"]
    assert [list(case) for case in cases] == [[], [], [], []]


# ------------------------------------------------------ what cannot be read

TORN = Unread("sliten", "insatser/sliten.md", ((12, "Slutmarkören saknas."), (40, "Ett NUL-tecken.")))


def test_what_cannot_be_read_is_in_json_as_a_fault_without_a_rule() -> None:
    first, second = json.loads(report("json", [CALM], [TORN]))
    assert first == {
        "insats": "sliten",
        "regel": None,
        "grad": "fel",
        "steg": None,
        "fraga": None,
        "rad": 12,
        "text": "Slutmarkören saknas.",
        "avsteg": None,
    }
    assert second["rad"] == 40


def test_what_cannot_be_read_is_annotated_after_the_findings() -> None:
    there = "::error file=insatser/sliten.md,line="
    assert report("github", [reviewed(FOUND[4])], [TORN]).split("\n")[1:] == [
        f"{there}12,title=Dossiern går inte att granska::Slutmarkören saknas.",
        f"{there}40,title=Dossiern går inte att granska::Ett NUL-tecken.",
    ]


def test_what_cannot_be_read_is_a_test_case_in_error() -> None:
    assert (
        report("junit", [], [TORN])
        == """\
<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="utb granska" tests="1" failures="0" errors="1">
  <testsuite name="insatser/sliten.md" tests="1" failures="0" errors="1" skipped="0">
    <testcase classname="insatser/sliten.md" name="Dossiern går inte att granska" file="insatser/sliten.md">
      <error type="fel" message="Slutmarkören saknas.">rad 12: Slutmarkören saknas.
rad 40: Ett NUL-tecken.</error>
    </testcase>
  </testsuite>
</testsuites>"""
    )


# ------------------------------------------------------- what tries to get out

EVIL = [
    "slut\n::error file=x,line=1::Påhittat",
    "slut\r::error::Påhittat",
    "100%0A::error::Påhittat",
    "]]></failure><testcase name='x'/>",
    '" onerror="x" <b>&amp;&#0;',
    "\x1b[31mrött\x07 \x00 \x0b \ufffe \ud800",
    "\u2028rad \u202eomvänt",
]


@pytest.mark.parametrize("evil", EVIL, ids=ascii)
def test_one_finding_is_one_annotation_whatever_it_says(evil: str) -> None:
    bad = rule("R11", Grade.RED, "koncept", f"Titel, med: {evil}")
    found = located(finding(bad, "Egna ord", evil), 3)
    one = reviewed(found, applied=(bad,), path=f"insatser/a,b:c%\n{evil}.md")
    line = report("github", [one])
    assert "\n" not in line
    assert "\r" not in line
    head, message = line.removeprefix("::error ").split("::", 1)
    properties = dict(part.split("=", 1) for part in head.split(","))
    assert {key: unescaped(value) for key, value in properties.items()} == {
        "file": one.path,
        "line": "3",
        "title": f"R11 {bad.title}",
    }
    assert unescaped(message) == evil


def unescaped(text: str) -> str:
    """The text as the forge reads it."""
    for code, char in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(code, char)
    return text


@pytest.mark.parametrize("evil", EVIL, ids=ascii)
def test_junit_is_xml_whatever_a_finding_says(evil: str) -> None:
    bad = rule("R11", Grade.RED, "koncept", evil)
    one = reviewed(located(finding(bad, "Egna ord", evil), 3), applied=(bad,), path=f"insatser/{evil}.md")
    root = ET.fromstring(report("junit", [one]))  # noqa: S314  what the line before made
    (case,) = root.iter("testcase")
    (failure,) = case
    assert failure.tag == "failure"
    written = "".join(char for char in evil if char not in "\x1b\x07\x00\x0b\ufffe\ud800")
    assert failure.text is not None
    assert failure.text.replace("\r", "\n") == f"rad 3: {written}".replace("\r", "\n")
    assert failure.get("message") == written


@pytest.mark.parametrize("evil", EVIL[:5], ids=ascii)
def test_json_holds_any_text(evil: str) -> None:
    (found,) = json.loads(report("json", [reviewed(located(finding(GOALS, evil), 3))]))
    assert found["text"] == evil


def test_what_is_published_has_no_words_of_an_answer_and_no_reason() -> None:
    private = "Anna Andersson"
    reason = Deviation("R24", "", private, private, None)
    found = (
        located(finding(WORDS, private, "Publikt."), 1),
        located(finding(TIME, private, "Publikt.", reason), 2),
    )
    one = reviewed(*found, title=private)
    assert private not in report("github", [one])
    assert private not in report("junit", [one])


def test_only_a_red_finding_that_nobody_accepted_breaks_the_thread() -> None:
    accepted = located(finding(GOALS, "T.", deviation=ACCEPTED), 1)
    assert reviewed(FOUND[1]).is_broken
    assert not reviewed(FOUND[0], FOUND[4], accepted).is_broken
    assert not CALM.is_broken
