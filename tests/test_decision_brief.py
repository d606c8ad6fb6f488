"""The decision brief: what it asks for, who decides, and what it leaves out when nobody has answered."""

from __future__ import annotations

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import BATTERY, made, only_behov, source, whole
from test_documents import of_twelve
from utbildningsprocess.documents.decision import DecisionView
from utbildningsprocess.documents.text import first_sentences
from utbildningsprocess.model import Given, Row, Unknown
from utbildningsprocess.swedish import shortened

GO_ON = "Gå vidare med en mix av utbildning och andra insatser."
NEEDED = "Ta fram koncept med handledartid i schemat."
LEARNING = "Genomför lärandet: 8 aktiviteter för 84 personer. Första tillfället: tisdag 18 februari 2025."
TIME = "Avsätt 939 timmar av deltagarnas tid. Ny utgift 222\u00a0000 kronor."
OTHERS = "Gör de 4 andra insatserna i förslaget, den sista senast lördag 1 mars 2025."
FOLLOW_UP = "Följ upp målen senast tisdag 31 mars 2026."
TAKEN = ("utfall", "datum", "skal")


def with_rows(address, change, answers=None):
    """The answers, the example's unless others are given, with the values of a group's rows changed."""
    answers = answers or whole()
    rows = (Row(row.id, change(row.values)) for row in answers[address].value)
    return answers | {address: Given(tuple(rows))}


def only(*, without):
    return lambda values: {key: value for key, value in values.items() if key not in without}


def waiting(**changed):
    """The example before its decision is taken."""
    answers = with_rows("analys.beslutsgang", only(without=TAKEN))
    return answers | {address.replace("__", "."): answer for address, answer in changed.items()}


def proposal(answers):
    return DecisionView(source(answers).case).forslag


def brief(answers):
    return made("beslutsunderlag", answers).text


def test_each_thing_to_say_yes_to_is_a_numbered_sentence():
    sentences = [NEEDED, LEARNING, TIME, OTHERS, FOLLOW_UP]
    assert proposal(waiting()) == sentences
    numbered = "".join(f"{number}. {text}\n" for number, text in enumerate(sentences, 1))
    assert (
        f"**Vi ber dig besluta om det här:** Verksamhetschef, senast lördag 1 februari 2025.\n\n{numbered}"
        in brief(waiting())
    )


@pytest.mark.parametrize(
    ("address", "gone", "instead"),
    [
        ("analys.beslutsgang", NEEDED, None),
        ("analys.andra_insatser", OTHERS, None),
        ("behov.effektmatt", FOLLOW_UP, None),
        ("behov.malgrupper", TIME, None),
        ("genomforande.tillfallen", LEARNING, LEARNING.replace("tisdag 18 februari", "tisdag 4 mars")),
    ],
)
def test_a_sentence_without_its_answer_is_left_out(address, gone, instead):
    answers = {qid: answer for qid, answer in waiting().items() if qid != address}
    sentences = proposal(answers)
    assert gone not in sentences
    assert instead is None or instead in sentences
    assert not any("Ej besvarad" in sentence for sentence in sentences)


def test_the_way_on_is_a_sentence_until_what_it_holds_is_told():
    answers = {qid: answer for qid, answer in waiting().items() if not qid.startswith("koncept.")}
    assert proposal(answers) == [NEEDED, GO_ON, OTHERS, FOLLOW_UP]
    only_learning = {qid: answer for qid, answer in waiting().items() if qid != "analys.andra_insatser"}
    assert proposal(only_learning) == [NEEDED, GO_ON, LEARNING, TIME, FOLLOW_UP]
    assert proposal(waiting(analys__beslut=Given("koncept_larande"))) == [
        *(NEEDED, LEARNING, TIME, OTHERS, FOLLOW_UP)
    ]


@pytest.mark.parametrize(
    ("way", "sentence"),
    [("undersok_mer", "Undersök mer först."), ("avsluta", "Avsluta här."), ("pausa", "Pausa, och ta upp")],
)
def test_nothing_is_to_be_done_where_the_way_is_to_do_nothing(way, sentence):
    answers = waiting(analys__beslut=Given(way))
    first, second = proposal(answers)
    assert first == NEEDED
    assert second.startswith(sentence)
    text = brief(answers)
    assert not re.search("## Förslaget|Kostnad|Uppföljning|Handledarträff", text)


def test_something_else_than_learning_has_no_cost_of_learning_to_ask_for():
    answers = waiting(analys__beslut=Given("annan_insats"))
    assert proposal(answers) == [NEEDED, "Gör något annat än utbildning.", OTHERS, FOLLOW_UP]


def test_who_decides_is_said_to_be_unanswered():
    answers = {qid: answer for qid, answer in waiting().items() if qid != "analys.beslutsgang"}
    assert "**Vem beslutar, och när:** Ej besvarad\n" in brief(answers)
    assert "**Vem beslutar, och när:** Ej besvarad\n" in brief(only_behov())
    nobody = with_rows("analys.beslutsgang", only(without=("roll", *TAKEN)))
    assert "**Vi ber dig besluta om det här:** Ej besvarad, senast lördag 1 februari 2025." in brief(nobody)
    no_day = with_rows("analys.beslutsgang", only(without=("senast", *TAKEN)))
    assert "**Vi ber dig besluta om det här:** Verksamhetschef, senast: Ej besvarad." in brief(no_day)


def test_who_decides_is_said_once_above_the_list_with_the_numbers_where_they_are_several():
    said = (
        {"galler": "Schemat", "roll": "Chefen", "senast": date(2025, 9, 1)},
        {"galler": "Lokalen.", "roll": "HR", "senast": date(2025, 9, 2)},
        {"galler": "Tiden", "roll": "Chefen", "senast": date(2025, 9, 1)},
    )
    rows = Given(tuple(Row(f"D{number}", row) for number, row in enumerate(said, 1)))
    text = brief(whole() | {"analys.beslutsgang": rows})
    assert text.count("besluta om det här") == 1
    assert (
        "**Vi ber er besluta om det här:** Chefen, senast måndag 1 september 2025 (punkt 1 och 3); HR, senast tisdag 2 september "
        "2025 (punkt 2).\n\n1. Schemat.\n2. Lokalen.\n3. Tiden.\n"
    ) in text


def test_the_proposal_names_every_activity_and_each_item_is_a_sentence():
    text = brief(waiting()).partition("## Förslaget")[2].partition("**Kostnad")[0].replace("\u00a0", " ")
    titles = [row.values["titel"] for row in whole()["koncept.aktiviteter"].value]
    assert [title for title in titles if title not in text] == []
    items = [line for line in text.splitlines() if line]
    assert all(line.endswith(".") and not line.endswith("..") for line in items)


def test_learning_does_not_begin_on_a_day_that_is_called_off():
    first, *others = whole()["genomforande.tillfallen"].value
    called_off = Row(first.id, {**first.values, "lage": "installt"})
    answers = waiting(genomforande__tillfallen=Given((called_off, *others)))
    assert LEARNING.replace("18 februari", "4 mars") in proposal(answers)


def test_one_other_action_is_no_list_and_a_missing_day_gives_no_last_day():
    rows = whole()["analys.andra_insatser"].value
    one = waiting(analys__andra_insatser=Given(rows[:1]))
    assert "Gör den andra insatsen i förslaget, senast lördag 1 mars 2025." in proposal(one)
    unsaid = Row("I2", {**rows[1].values, "klart": None})
    assert "Gör de 2 andra insatserna i förslaget." in proposal(
        waiting(analys__andra_insatser=Given((rows[0], unsaid)))
    )


# ----------------------------------------------------------- what is decided


def test_what_is_decided_says_by_whom_and_when_and_has_no_line_to_sign_on():
    decided, undecided = brief(whole()), brief(waiting())
    said = (
        "Beslutat torsdag 30 januari 2025 av Verksamhetschef: Ta fram koncept med handledartid i schemat. Ja"
    )
    assert f"## Beslut\n\n**Inget beslut väntar.** {said}" in decided
    assert not re.search("Underskrift|Vi ber|## Förslag", decided)
    assert not re.search("Redan beslutat|Inget beslut väntar", undecided)
    taken = whole()["analys.beslutsgang"].value
    later = Row("D2", {"galler": "Förläng", "roll": "Sjukhuschef", "senast": date(2025, 9, 1)})
    partly = brief(whole() | {"analys.beslutsgang": Given((*taken, later))})
    assert (
        "**Vi ber dig besluta om det här:** Sjukhuschef, senast måndag 1 september 2025.\n\n1. Förläng.\n"
        in partly
    )
    assert "**Redan beslutat:** Ta fram koncept med handledartid i schemat. Ja, enligt förslaget" in partly


def test_several_decisions_that_are_taken_are_a_list_and_one_for_want_of_facts_still_waits():
    (first,) = whole()["analys.beslutsgang"].value
    second = Row("D2", {"galler": "Förläng", "utfall": "ja"})
    both = brief(whole() | {"analys.beslutsgang": Given((first, second))})
    assert (
        "**Inget beslut väntar.**\n\n1. Beslutat torsdag 30 januari 2025 av Verksamhetschef: Ta fram" in both
    )
    assert "\n2. Beslutat (dag och av vem: Ej besvarad): Förläng. Ja, enligt förslaget.\n" in both
    wanting = Row("D1", {**first.values, "utfall": "mer_underlag"})
    assert "Inget beslut väntar" not in brief(whole() | {"analys.beslutsgang": Given((wanting,))})


def test_places_that_do_not_suffice_stand_right_below_the_decision_and_once():
    rows = whole()["genomforande.tillfallen"].value
    few = {"genomforande.tillfallen": Given(tuple(Row(row.id, {**row.values, "platser": 1}) for row in rows))}
    decided, undecided = (
        brief(whole() | few),
        brief(waiting(genomforande__tillfallen=few["genomforande.tillfallen"])),
    )
    assert re.search(
        r"beslutat|Beslutat .*\n\n\*\*Att lösa:\*\* Platserna räcker inte: .*\n\n## Problemet", decided
    )
    assert re.search(r"\n\n\*\*Villkor:\*\* Platserna räcker inte: .*\n\n## Problemet", undecided)
    assert decided.count("Platserna räcker inte") == 1


def test_what_came_of_the_goals_so_far_stands_beside_what_is_promised():
    assert "**Resultat hittills:** Av tre mål är inget nått, två är ännu inte nådda" in brief(whole())
    assert "Resultat hittills" not in brief(
        {qid: said for qid, said in whole().items() if qid != "uppfoljning.resultat"}
    )


# ------------------------------------------------------------ what it stands on


def test_the_sum_is_called_what_it_is_and_what_is_not_in_it_is_said():
    for answers in (waiting(), whole()):
        text = brief(answers).replace("\u00a0", " ")
        cost = next(line for line in text.splitlines() if line.startswith("**Kostnad för lärandet:**"))
        assert "Ungefär 448 000 kronor" in cost
        assert " Ingår inte: andra insatser" in cost
        assert cost.endswith(", Vårdenhetschefer.")
    assert (
        "(Huvudhandledare får 10 % avsatt tid och samma schema som den nya i fyra veckor; och 3 till)" in cost
    )


def test_every_cause_that_is_as_strong_as_the_third_is_named():
    statements = [statement.id for statement in BATTERY.question("analys.hinder").statements]
    much = ("s06", "s08", "s10", "s12", "s13")
    obstacles = {key: "stammer" if key in much else "stammer_inte" for key in statements}
    answers = waiting(analys__hinder=Given(obstacles), analys__svarande=Unknown(""))
    causes = [cause.name for cause in source(answers).case.diagnosis.strong]
    named = next(line for line in brief(answers).splitlines() if line.startswith("**Svaren pekar på"))
    assert len(causes) == len(much)
    assert f" Starka orsaker: {'; '.join(causes)}." in named


def test_a_decision_against_the_diagnosis_is_said_with_the_reason_that_is_written():
    against = waiting(behov__noll=Given("inget_markbart"), behov__krav=Given("nej"))
    text = brief(against)
    assert "**Svaren pekar på att låta bli.**" in text
    assert "**Förslaget går en annan väg än svaren.** Skälet: Ej besvarad\n" in text
    row = Row("1", {"regel": "R08", "skal": "Personalen vill det", "roll": "Chef"})
    told = brief(against | {"avsteg.godtagna": Given((row,))})
    assert "Skälet: Personalen vill det.\n" in told
    assert told.count("Personalen vill det") == 1
    assert "går en annan väg" not in brief(waiting())


@pytest.mark.parametrize(
    "option", BATTERY.question("analys.gap_belagg").options, ids=lambda option: option.id
)
def test_what_is_known_of_the_gap_is_a_statement_and_no_question_of_a_form(option):
    line = next(
        line
        for line in brief(waiting(analys__gap_belagg=Given(option.id))).splitlines()
        if "Hur säkert" in line
    )
    assert re.search("[Gg]lapp", line)
    assert "?" not in line
    assert "Glappet:" not in line


def test_doing_nothing_is_among_the_other_ways_once():
    assert brief(waiting()).count("- Låta bli") == 1
    assert "- Låta bli: Risk för skada.\n" in brief(waiting(analys__alternativ=Given(("En kurs till",))))


# --------------------------------------------------------------- whole sentences


@pytest.mark.parametrize(
    ("text", "longest", "told"),
    [
        ("Ett. Två. Tre.", 9, "Ett. Två."),
        ("Ett. Två.", 9, "Ett. Två."),
        ("De kan, t.ex. Anna, göra det. Inte vi.", 32, "De kan, t.ex. Anna, göra det."),
        ("Hon sa: ”Nej!” Sedan gick hon.", 20, "Hon sa: ”Nej!”"),
        ("Den här meningen är för lång.", 15, "Den här …"),
    ],
)
def test_a_text_is_cut_between_sentences_where_it_can_be(text, longest, told):
    assert first_sentences(text, longest) == told


@given(st.text(alphabet="aB .!?…”", max_size=80), st.integers(5, 60))
def test_what_is_left_of_a_text_is_its_beginning_and_not_too_long(text, longest):
    told = first_sentences(text, longest)
    assert len(told) <= longest
    assert told == shortened(text, longest) or " ".join(text.split()).startswith(told)


def test_where_all_is_decided_what_is_late_and_what_was_measured_is_said_in_the_brief():
    text = made("beslutsunderlag", whole(), today=date(2025, 9, 20)).text.replace("\u00a0", " ")
    assert "fyra veckor. Verksamhetschef, försenat sedan lördag 1 mars 2025, läge: Pågår.\n" in text
    assert "E3: missat, 71 % mot 90 %. " in text or "E2: ännu 86 % mot 90 %. " in text
    assert "Och 2 mått till" not in text
    assert "försenat" not in brief(waiting())
    late = of_twelve("beslutsunderlag", "diariet").text.replace("\u00a0", " ")
    assert "**Försenat:** I1 En rutin i stället för två" in late
    assert ", sedan onsdag 30 september 2026. I2 Knapp i mejlen" in late


def test_too_few_places_are_said_with_how_many_more_it_takes():
    text = of_twelve("beslutsunderlag", "bussforare").text.replace("\u00a0", " ")
    assert "36 platser för 96 personer i Övning i en parkerad buss. 60 saknar plats; " in text
    assert "med 12 per tillfälle behövs 5 tillfällen till." in text
    uneven = of_twelve("beslutsunderlag", "larmcentral").text.replace("\u00a0", " ")
    assert "18 saknar plats" in uneven


def test_what_is_to_be_settled_with_the_unions_is_said_first_of_what_is_unclear():
    text = of_twelve("beslutsunderlag", "bussforare").text
    assert (
        "**Att reda ut:** Insatsen ändrar organisation, bemanning eller arbetssätt, men samverkan är" in text
    )
