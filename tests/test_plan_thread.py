"""The picture of the thread: what hangs together, where it does not, and that nothing in an answer breaks it."""

from __future__ import annotations

import html
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery import load_battery
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.markdown import escaped, outline, render
from utbildningsprocess.model import AnswerSheet, Given, Row
from utbildningsprocess.plan.thread import Strand, is_measured, strands
from utbildningsprocess.plan.thread_words import as_markdown, as_table
from utbildningsprocess.swedish import clean_line

ROOT = Path(__file__).parent.parent
CASES = ROOT / "tests" / "cases" / "trad"
BATTERY = load_battery(battery_texts(find_root(ROOT)))
EXAMPLE = read_answers_file(
    (ROOT / "questions" / "exempel.yaml").read_text("utf-8"), "exempel.yaml", BATTERY, date(2025, 6, 1)
).answers


def answers(**groups):
    """Rows by the names they have in the test: goals, effects, activities, measures, results."""
    places = {
        "goals": ("koncept.larandemal", "L"),
        "effects": ("behov.effektmatt", "E"),
        "activities": ("koncept.aktiviteter", "A"),
        "measures": ("koncept.matt", "M"),
        "results": ("uppfoljning.resultat", ""),
    }
    found = {}
    for name, given in groups.items():
        qid, prefix = places[name]
        found[qid] = Given(tuple(Row(f"{prefix}{number}", one) for number, one in enumerate(given, 1)))
    return found


WITH_GAPS = answers(
    goals=[{"kunna": "larma"}, {"kunna": "rapportera"}, {"kunna": "förflytta"}],
    effects=[{"matt": "Andel som slutar"}],
    activities=[
        {"titel": "Simulering", "mal": ("L1", "L3")},
        {"titel": "Föreläsning"},
        {"titel": "Film", "mal": ("L9",)},
    ],
    measures=[
        {"avser": ("L1",), "niva": "7_tillampning"},
        {"avser": ("L1", "E1")},
        {"avser": (), "niva": "3_upplevelse"},
    ],
    results=[{"matt": "M1", "utfall": "46 av 51"}, {"matt": "M2", "utfall": ""}],
)


# ------------------------------------------------------------------- the strands


def test_goals_come_first_then_effect_measures_then_what_hangs_loose():
    assert strands(AnswerSheet(BATTERY, WITH_GAPS)) == (
        Strand("L1 larma", ("A1 Simulering",), ("M1 (nivå 7)", "M2"), ("M1: 46 av 51", "M2: saknas")),
        Strand("L2 rapportera", (), (), ()),
        Strand("L3 förflytta", ("A1 Simulering",), (), ()),
        Strand("E1 Andel som slutar", None, ("M2",), ()),
        Strand("", ("A2 Föreläsning", "A3 Film"), ("M3 (nivå 3)",), ()),
    )


def test_the_example_hangs_together():
    found = strands(AnswerSheet(BATTERY, EXAMPLE))
    assert [one.goal.partition(" ")[0] for one in found] == ["L1", "L2", "L3", "L4", "E1", "E2", "E3"]
    assert all(one.measures and one.results and one.activities != () for one in found)
    assert found[4].results == ("M6: ej mätt",)


def test_without_answers_there_is_no_thread():
    assert strands(AnswerSheet(BATTERY, {})) == ()


def test_a_level_without_a_number_is_said_in_words():
    found = strands(
        AnswerSheet(BATTERY, answers(effects=[{"matt": "x"}], measures=[{"avser": ("E1",), "niva": "egen"}]))
    )
    assert found[0].measures == ("M1 (egen)",)


@pytest.mark.parametrize(
    ("outcome", "measured"),
    [
        *((said, True) for said in ("50 av 51", "Bättre", "Färre fall", "Inga avvikelser", "Ingen skillnad")),
        *((said, True) for said in ("Ingen säger att de väntar", "Inga matrester", "Ingen svarar fel")),
        *(
            (said, True)
            for said in ("Ingen följer rutinen", "Inget saknas i akterna", "Inte lika många fall")
        ),
        *(
            (said, True)
            for said in (
                "Alla mäts inför ronden och larmen kommer i tid",
                "86 %, men natten hann vi inte mäta",
            )
        ),
        *((said, False) for said in ("ej mätt", "Ej mätt än", "inte mätt", "", "Vi hann inte mäta")),
        *((said, False) for said in ("Går inte att säga", "Det går ännu inte att säga", "Mäts i juni")),
        *(
            (said, False)
            for said in ("Mäts först vecka 40", "Ska mätas 2026-01-10", "Kommer att mätas i maj")
        ),
        *((said, False) for said in ("Har inte mätts", "Ingen mätning gjord", "Inga svar har kommit in")),
        *(
            (said, False)
            for said in ("Mätningen blev inte av", "Mätningen är uppskjuten", "Vet inte", "Oklart än")
        ),
        *((said, False) for said in ("För tidigt att säga", "Inget resultat än", "Underlag saknas")),
    ],
)
def test_what_counts_as_measured(outcome, measured):
    given = answers(measures=[{}], results=[{"matt": "m1", "utfall": outcome}])
    assert is_measured(given, Row("M1", {})) is measured


# ------------------------------------------------------------------------- plain


@pytest.mark.parametrize("width", [100, 40])
def test_the_example_is_drawn_as_the_case_shows(width):
    case = (CASES / f"exempel-{width}.txt").read_text("utf-8")
    assert as_table(strands(AnswerSheet(BATTERY, EXAMPLE)), width) + "\n" == case


def test_gaps_are_in_view():
    assert (
        as_table(strands(AnswerSheet(BATTERY, WITH_GAPS)), 80)
        == """\
Mål                  Aktiviteter     Mått         Resultat
-------------------  --------------  -----------  ------------
L1 larma             A1 Simulering   M1 (nivå 7)  M1: 46 av 51
                                     M2           M2: saknas

L2 rapportera        saknas          saknas       saknas

L3 förflytta         A1 Simulering   saknas       saknas

E1 Andel som slutar  –               M2           saknas

saknas               A2 Föreläsning  M3 (nivå 3)  saknas
                     A3 Film"""
    )


def test_in_a_narrow_terminal_each_goal_stands_by_itself():
    assert (
        as_table(strands(AnswerSheet(BATTERY, WITH_GAPS)), 40)
        == """\
L1 larma
  Aktiviteter: A1 Simulering
  Mått: M1 (nivå 7); M2
  Resultat: M1: 46 av 51; M2: saknas

L2 rapportera
  Aktiviteter: saknas
  Mått: saknas
  Resultat: saknas

L3 förflytta
  Aktiviteter: A1 Simulering
  Mått: saknas
  Resultat: saknas

E1 Andel som slutar
  Mått: M2
  Resultat: saknas

Mål saknas
  Aktiviteter: A2 Föreläsning; A3 Film
  Mått: M3 (nivå 3)
  Resultat: saknas"""
    )


def test_columns_can_be_declined_at_any_width():
    found = strands(AnswerSheet(BATTERY, WITH_GAPS))
    assert as_table(found, 71) == as_table(found, 100, columns=False)


LINE = st.text(max_size=60).map(clean_line)
CELL = st.one_of(st.none(), st.lists(LINE.filter(bool), max_size=3).map(tuple))
STRANDS = st.lists(st.builds(Strand, LINE, CELL, CELL, CELL), min_size=1, max_size=4)


@drawn(STRANDS, st.integers(24, 120))
def test_no_line_is_wider_than_the_terminal(found, width):
    assert max(map(len, as_table(found, width).splitlines())) <= width


# ---------------------------------------------------------------------- Markdown


def cells(markdown):
    """The cells' texts of the one table there is, headings aside."""
    page = render(markdown)
    assert page.startswith("<table>")
    assert page.endswith("</table>\n")
    inside = re.findall(r"<td>(.*?)</td>", page, re.DOTALL)
    assert not [one for one in inside if "<" in one]
    return [html.unescape(one) for one in inside]


def test_the_table_says_what_the_picture_says():
    assert cells(as_markdown(strands(AnswerSheet(BATTERY, WITH_GAPS))))[:4] == [
        "L1 larma",
        "A1 Simulering",
        "M1 (nivå 7); M2",
        "M1: 46 av 51; M2: saknas",
    ]


EVIL = "a | b \\| <b>fet</b> [x](javascript:y) `kod` *em* &amp; ~~bort~~ <!-- utb:x --> \n\n# Rubrik\n| c |"


def test_an_evil_answer_stays_in_its_cell():
    given = answers(goals=[{"kunna": EVIL}], results=[{"matt": "M1", "utfall": EVIL}])
    found = strands(AnswerSheet(BATTERY, given))
    assert cells(as_markdown(found)) == [found[0].goal, "saknas", "saknas", "saknas"]


@drawn(STRANDS)
def test_whatever_an_answer_says_it_stays_text(found):
    said = cells(as_markdown(found))
    assert len(said) == 4 * len(found)
    assert said[::4] == [strand.goal or "saknas" for strand in found]


@drawn(LINE.filter(bool))
def test_a_text_is_a_paragraph_of_its_own_whatever_it_begins_with(text):
    (block,) = outline(escaped(text)).blocks
    assert block.kind == "paragraph"
    assert html.unescape(render(escaped(text))) == f"<p>{text}</p>\n"


def test_without_columns_there_is_a_list_for_each_goal():
    assert (
        as_markdown(strands(AnswerSheet(BATTERY, WITH_GAPS))[3:], columns=False)
        == """\
**E1 Andel som slutar**

- Mått: M2
- Resultat: saknas

**Mål saknas**

- Aktiviteter: A2 Föreläsning; A3 Film
- Mått: M3 (nivå 3)
- Resultat: saknas"""
    )
