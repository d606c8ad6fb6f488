"""The diagnosis: worked cases, properties of the counting, and tipping points found by trying everything."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import assume, given
from hypothesis import strategies as st

from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery import load_battery
from utbildningsprocess.diagnosis.counting import Cause, diagnose, strongest
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.diagnosis.tipping import tipping_points
from utbildningsprocess.diagnosis.words import computed_answers, diagnosis_text, proposed_conclusion
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.roots import battery_texts, find_root, question_text
from utbildningsprocess.model import AnswerSheet, Given, Skipped, Unknown

TESTS = Path(__file__).parent
ROOT = find_root(TESTS)
BATTERY = load_battery(battery_texts(ROOT))
TEXT = question_text(ROOT, "diagnos.yaml")
RULES = fitting(read_diagnosis(TEXT, "diagnos.yaml"), BATTERY)
CASES = yaml.safe_load((TESTS / "cases" / "diagnos.yaml").read_text("utf-8"))["fall"]
LEARNING = {"utbildning", "ovning"}
HINDER = BATTERY.question("analys.hinder")
STATEMENTS = [statement.id for statement in HINDER.statements]
REPLIES = [option.id for option in HINDER.options]
ABLE = [option.id for option in BATTERY.question("analys.kan_idag").options]


def answers(**given_) -> dict:
    """Answers to the questions the diagnosis counts with, by their short names."""
    places = {"krav": "behov", "noll": "behov"}
    return {f"{places.get(key, 'analys')}.{key}": Given(value) for key, value in given_.items()}


def example():
    text = question_text(ROOT, "exempel.yaml")
    return read_answers_file(text, "exempel.yaml", BATTERY, date(2025, 6, 1)).answers


@st.composite
def situations(draw):
    """Any answers at all, none of which stops at a gate."""
    hinder = draw(st.dictionaries(st.sampled_from(STATEMENTS), st.sampled_from(REPLIES), min_size=1))
    assume(list(hinder.values()).count("vet_inte") < 6)
    found = answers(hinder=hinder, kan_idag=draw(st.sampled_from(ABLE)), en_a4=draw(st.booleans()))
    return found | answers(gap_belagg="matt", noll="risk_skada")


# -------------------------------------------------------------------- cases


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_a_worked_case_gives_the_expected_diagnosis(case):
    given_ = {key: case[key] for key in ("krav", "gap_belagg", "noll", "kan_idag")}
    found = diagnose(RULES, answers(**given_, en_a4=case["en_a4"] == "ja", hinder=case["hinder"] or {}))
    expected = case["forvantat"]
    assert found.outcome == expected["utfall"]
    assert set(found.main) == set(expected["huvud"])
    assert set(found.additions) == set(expected.get("tillagg", []))


def test_the_example_points_at_a_mix():
    found = diagnose(RULES, example())
    assert (found.outcome, found.additions) == ("MIX", ("OBLIGATORISK_BAS",))
    assert set(found.main) == {"handledning", "ovning", "utbildning"}
    assert "bemanning" in found.complement
    assert [(cause.id, cause.strength) for cause in found.causes if cause.is_strong] == [
        ("kunskap", 3),
        ("fardighet_vardag", 3),
        ("tid", 2.5),
    ]
    assert found.causes[2].answers == {"s10": "delvis", "s11": "delvis"}
    assert found.unknown == ()


def test_the_points_are_those_counted_by_hand():
    """s03 weighs 3 for fardighet_vardag; half of it is 1.5, of which 55, 30, 10 and 5 percent."""
    found = diagnose(RULES, answers(hinder={"s03": "delvis"}, kan_idag="tidigare"))
    assert {action: points for action, points in found.points.items() if points} == {
        "handledning": 82.5,
        "ovning": 45,
        "verktyg": 7.5,
        "utbildning": 7.5,
    }
    assert found.share == pytest.approx(52.5 / 142.5)
    assert (found.main, found.complement) == (("handledning",), ("ovning",))


def test_one_page_counts_for_information_and_tools():
    found = diagnose(RULES, answers(hinder={"s01": "stammer"}, kan_idag="nej", en_a4=True))
    assert found.points["information"] == 3 * 20 + 150
    assert found.points["verktyg"] == 100
    assert found.points["utbildning"] == 3 * 50 * 0.25


# -------------------------------------------------------------------- gates


@pytest.mark.parametrize(
    ("given_", "outcome", "gate"),
    [
        ({"gap_belagg": "inget_gap"}, "GOR_INGENTING", "g1"),
        ({"noll": "inget_markbart"}, "GOR_INGENTING", "g2"),
        ({"gap_belagg": "vet_inte"}, "UNDERSOK_FORST", "g3"),
        ({"hinder": dict.fromkeys(STATEMENTS[:6], "vet_inte")}, "UNDERSOK_FORST", "g3"),
        ({"hinder": {**dict.fromkeys(STATEMENTS[:5], "vet_inte"), "s10": "stammer"}}, "INTE_UTBILDNING", ""),
        ({"gap_belagg": "vet_inte", "noll": "inget_markbart"}, "GOR_INGENTING", "g2"),
    ],
)
def test_a_gate_decides_before_anything_is_counted(given_, outcome, gate):
    found = diagnose(RULES, answers(**given_))
    assert (found.outcome, found.gate) == (outcome, gate)


@pytest.mark.parametrize(
    ("demand", "added"),
    [("lag_foreskrift", True), ("avtal_certifiering", True), ("internt_beslut", False), ("nej", False)],
)
def test_a_demand_is_met_whatever_the_outcome(demand, added):
    for gap in ("matt", "inget_gap"):
        found = diagnose(RULES, answers(krav=demand, gap_belagg=gap, hinder={"s10": "stammer"}))
        assert ("OBLIGATORISK_BAS" in found.additions) is added


@pytest.mark.parametrize("nothing", [{}, {"analys.hinder": Skipped("")}, {"analys.hinder": Unknown("")}])
def test_without_answers_there_is_no_diagnosis(nothing):
    found = diagnose(RULES, nothing)
    assert (found.outcome, found.main, found.causes) == (None, (), ())
    assert computed_answers(RULES, BATTERY, nothing) == {}
    shown = diagnosis_text(RULES, BATTERY, found, (), width=80)
    assert shown.startswith("Det finns inte svar nog för en diagnos.")


def test_when_nothing_hinders_there_is_more_to_find_out_and_no_verdict_on_training():
    found = diagnose(RULES, answers(hinder=dict.fromkeys(STATEMENTS, "stammer_inte"), kan_idag="nej"))
    assert (found.outcome, found.main, found.complement, found.share) == (
        "UNDERSOK_FORST",
        ("undersok",),
        (),
        None,
    )
    text = diagnosis_text(RULES, BATTERY, found, (), width=80)
    assert "Inget av svaren pekar ut något hinder." in text
    assert "procent" not in text
    assert "Bygg på" not in text


def test_every_strong_cause_is_in_the_proposal_and_none_is_left_unnamed():
    found = diagnose(RULES, answers(hinder=dict.fromkeys(STATEMENTS, "stammer")))
    shown = diagnosis_text(RULES, BATTERY, found, (), width=80)
    proposal = proposed_conclusion(RULES, BATTERY, found)
    names = [cause.name for cause in found.causes if cause.is_strong]
    assert len(names) == 9
    assert all(name in proposal and name in " ".join(shown.split()) for name in names)
    assert ".”." not in proposal


def test_what_is_not_known_is_told():
    found = diagnose(RULES, answers(hinder={"s01": "stammer", "s02": "vet_inte"}, kan_idag="vet_inte"))
    assert "s01" not in found.unknown
    assert {"s02", "s03", "analys.kan_idag", "behov.noll"} <= set(found.unknown)


# --------------------------------------------------------------- properties


@given(situations())
def test_more_lack_of_time_never_raises_the_share_of_learning(given_):
    """Only s10 is lack of time and nothing else: s11 also speaks a little for lack of knowledge."""
    hinder = given_["analys.hinder"].value
    shares = [
        diagnose(RULES, {**given_, "analys.hinder": Given({**hinder, "s10": reply})}).share
        for reply in ("stammer_inte", "delvis", "stammer")
    ]
    known = [share for share in shares if share is not None]
    assert known == sorted(known, reverse=True)


@given(situations())
def test_those_who_can_already_need_no_learning_unless_the_task_is_rare(given_):
    hinder = given_["analys.hinder"].value
    common = {key: reply for key, reply in hinder.items() if key not in ("s04", "s05")}
    asked = {**given_, "analys.hinder": Given(common), "analys.kan_idag": Given("ja_flesta")}
    assert diagnose(RULES, asked).outcome != "LARANDE"


@given(situations())
def test_three_actions_and_their_equals_are_main_at_most_and_none_is_both(given_):
    found = diagnose(RULES, given_)
    assert all(
        found.points[action] == pytest.approx(found.points[found.main[2]]) for action in found.main[3:]
    )
    assert all(found.points[action] < found.points[found.main[-1]] for action in found.complement)
    assume(found.share is not None)
    assert not set(found.main) & set(found.complement)
    highest = max(found.points.values())
    assert all(found.points[one] >= 0.65 * highest - 1e-6 for one in found.main)
    assert all(found.points[one] >= 0.35 * highest - 1e-6 for one in found.complement)
    below = set(found.points) - {*found.main, *found.complement}
    assert all(found.points[one] < 0.35 * highest or highest == 0 for one in below)


@given(situations())
def test_every_cause_is_explained_by_answers_that_speak_for_it(given_):
    for cause in diagnose(RULES, given_).causes:
        spoken = sum(
            RULES.weights[statement].get(cause.id, 0) * RULES.factor[reply]
            for statement, reply in cause.answers.items()
        )
        assert cause.strength == min(3, spoken)
        assert 0 < cause.strength <= 3


# ------------------------------------------------------------ tipping points


def every_change(given_):
    """Every way to give one of the answers otherwise, by trying all of them."""
    for qid in ("behov.krav", "behov.noll", "analys.gap_belagg", "analys.kan_idag"):
        for option in BATTERY.question(qid).options:
            yield qid, "", option.id, Given(option.id)
    for after in (True, False):
        yield "analys.en_a4", "", after, Given(after)
    hinder = given_["analys.hinder"].value
    for statement in STATEMENTS:
        for reply in REPLIES:
            yield "analys.hinder", statement, reply, Given({**hinder, statement: reply})


@given(situations())
def test_the_tipping_points_are_just_those_that_trying_everything_finds(given_):
    now = diagnose(RULES, given_)
    tried = {}
    for qid, statement, after, answer in every_change(given_):
        then = diagnose(RULES, {**given_, qid: answer})
        if then.outcome != now.outcome or set(then.main) != set(now.main):
            tried[qid, statement, after] = then.outcome
    found = tipping_points(RULES, AnswerSheet(BATTERY, given_))
    assert {(one.qid, one.statement, one.after): one.outcome for one in found} == tried


def test_the_nearest_change_of_outcome_comes_first():
    found = tipping_points(RULES, AnswerSheet(BATTERY, example()))
    assert (found[0].statement, found[0].before, found[0].after) == ("s04", "delvis", "stammer")
    assert found[0].outcome == "LARANDE"
    changing = [point.changes_outcome for point in found]
    assert changing == sorted(changing, reverse=True)


# -------------------------------------------------------------------- words


def test_causes_and_the_answers_behind_them_come_before_the_outcome():
    found = example()
    text = diagnosis_text(
        RULES, BATTERY, diagnose(RULES, found), tipping_points(RULES, AnswerSheet(BATTERY, found)), width=100
    )
    assert text.index("Kunskap saknas (stark, 3 av 3)") < text.index("Det pekar på: en mix")
    assert "Ni har svarat ”Stämmer delvis” på ”Tid eller bemanning räcker inte för att göra rätt.”" in text
    assert "visar" not in text
    assert "inte ett beslut" in text
    assert "Dessutom: Ett krav ska uppfyllas" in text


@pytest.mark.parametrize("width", [40, 60, 100])
def test_the_words_keep_within_their_width(width):
    found = example()
    tipping = tipping_points(RULES, AnswerSheet(BATTERY, found))
    text = diagnosis_text(RULES, BATTERY, diagnose(RULES, found), tipping, width=width)
    assert max(map(len, text.splitlines())) <= width


def test_the_proposed_conclusion_mentions_the_actions_it_is_held_to():
    found = diagnose(RULES, example())
    text = proposed_conclusion(RULES, BATTERY, found)
    assert all(RULES.mentions(action, text) for action in found.main)
    assert text.startswith("Analysen pekar på de här hindren:\n\n- Kunskap saknas\n")


@pytest.mark.parametrize(
    ("action", "text", "mentioned"),
    [
        ("utbildning", "Vi bokar en KURS i maj.", True),
        ("utbildning", "Resurser och diskurser", False),
        ("ovning", "De behöver öva mer", True),
        ("ovning", "behöver", False),
        ("ingenting", "Vi avslutar här.", True),
        ("ledarskap", "Cheferna frågar varje vecka.", True),
    ],
)
def test_a_text_mentions_an_action_by_its_words(action, text, mentioned):
    assert RULES.mentions(action, text) is mentioned


# ------------------------------------------------------------------- loading


@pytest.mark.parametrize(
    ("before", "after", "sentence"),
    [
        ("utbildning: 50, inf", "utbildning: 40, inf", "procenten för ”kunskap” blir 90, inte 100."),
        ("s03: {fardighet_vardag: 3}", "s03: {fardighet_vardg: 3}", "orsaken ”fardighet_vardg” finns inte."),
        ("  s16: {kultur: 3}\n", "", "”s16” i analys.hinder saknas här. Lägg till en rad för det."),
        ("  s16:", "  s17:", "”s17” finns inte bland svaren på analys.hinder."),
        ("  mote: ", "  mite: ", "”mite” finns inte bland svaren på koncept.aktiviteter. Menade du mote?"),
        ("om: {fraga: behov.noll,", "om: {fraga: behov.nll,", "frågan ”behov.nll” finns inte."),
        (
            "ar: inget_gap}",
            "ar: inget_glapp}",
            "”inget_glapp” finns inte i ”gap_belagg”. Menade du inget_gap?",
        ),
        ("fraga: behov.noll, ar", "fraga: diagnos.utfall, ar", "frågan ”diagnos.utfall” finns inte."),
        ("kod: UNDERSOK_FORST", "kod: UNDERSOK", "utfallet ”UNDERSOK_FORST” finns inte."),
        ("huvud: undersok", "huvud: undersk", "insatsen ”undersk” finns inte. Menade du undersok?"),
        ("format: 1", "format: 2", "den här versionen läser bara format 1."),
        ("format: 1", "format: true", "den här versionen läser bara format 1."),
        ("grindar:", "grind:", "nyckeln ”grind” finns inte här. Menade du grindar?"),
        ('bem: "Knowledge"', 'bemm: "Knowledge"', "nyckeln ”bemm” finns inte här. Menade du bem?"),
        ("ar: inget_gap}", "arr: inget_gap}", "nyckeln ”arr” finns inte här. Menade du ar?"),
        ("  mote: ", "  mote: [] # ", "”mote” ska vara ett block med nycklarna vardag och insatser."),
        ("kan_idag:\n    nej:      ", "kan_idag:\n    neej:     ", "”neej” finns inte bland svaren"),
        ("{fran: 0, kod", "{fran: 0.05, kod", "inget utfall gäller från 0."),
    ],
)
def test_what_is_wrong_with_the_file_is_told_with_its_line(before, after, sentence):
    assert before in TEXT
    with pytest.raises(Broken) as trouble:
        fitting(read_diagnosis(TEXT.replace(before, after, 1), "diagnos.yaml"), BATTERY)
    assert sentence in str(trouble.value)
    assert all(line.startswith("diagnos.yaml:") for line in str(trouble.value).splitlines())


def test_every_cause_divides_a_hundred_percent():
    assert {sum(row.values()) for row in RULES.matrix.values()} == {100}


@pytest.mark.parametrize(
    ("strengths", "named"),
    [
        ((3, 3, 2, 1.5), "abc"),
        ((3, 2, 2, 2, 1.5), "abcd"),
        ((3, 2, 1.52, 1.48, 1.5, 1.4), "abcde"),
        ((3, 0.2), "a"),
        ((), ""),
    ],
)
def test_of_the_strongest_causes_none_is_left_out_that_ties_with_the_last(strengths, named):
    causes = [Cause(name, name, strength, {}) for name, strength in zip("abcdef", strengths, strict=False)]
    assert "".join(cause.id for cause in strongest(causes, 3)) == named
