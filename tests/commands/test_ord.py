"""`utb ord`: words looked up in the glossary."""

from __future__ import annotations

import pytest

from utbildningsprocess.work.glossary import glossary


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("Glapp", "glapp: Skillnaden mellan hur det är och hur det ska vara."),
        ("com-b", "COM-B: Modell där förmåga, tillfälle och motivation"),
        ("gap", "Här skriver vi glapp i stället för gap.\nglapp: "),
        ("nyckeltalen", "Här skriver vi effektmått i stället för nyckeltalen.\n"),
        ("Esther", "Esther: En tänkt person"),
    ],
)
def test_a_word_is_looked_up_also_by_what_others_call_it(utb, typed, said):
    outcome = utb("ord", typed)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(said)


def test_a_word_leads_to_the_method_about_it_and_a_method_to_the_word(utb):
    assert utb("ord", "röd tråd").out.endswith("Läs mer: utb metod rod-trad\n")
    assert utb("metod", "svarsfil").err == (
        "Fel: Ingen metod handlar om ”svarsfil”, men ordet står i ordlistan: utb ord svarsfil\n"
    )


def test_a_word_that_is_not_there_points_on(utb):
    assert utb("ord", "glap").err == "Fel: Ordet ”glap” står inte i ordlistan. Menade du glapp?\n"
    assert utb("ord", "xyzzy").err == "Fel: Ordet ”xyzzy” står inte i ordlistan. Se alla med: utb ord\n"
    assert utb("ord", "xyz\nzy").err == "Fel: Ordet ”xyz zy” står inte i ordlistan. Se alla med: utb ord\n"


def test_without_a_word_all_are_listed_with_the_swedish_letters_last(utb):
    lines = [line for line in utb("ord").out.splitlines() if not line.startswith(" ")]
    terms = [line.partition(":")[0] for line in lines]
    assert sorted(terms) == sorted(word.term for word in glossary())
    assert terms[-2:] == ["återkoppling", "överlämning"]
    assert max(map(len, lines)) < 80
