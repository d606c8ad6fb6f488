"""What an earlier initiative gives a new one to begin from, and what of it never follows."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from making import BATTERY, READ
from utbildningsprocess.answers.carried import Forerunner, carried_from
from utbildningsprocess.answers.of_its_time import of_its_time
from utbildningsprocess.answers.rows import rows_in
from utbildningsprocess.model import AnswerSheet, Given, Kind, Period, Row, TimeSpan, Unknown

EXAMPLE = Forerunner("Trygg start", AnswerSheet(BATTERY, READ.answers))
NOTHING = AnswerSheet(BATTERY, {})
GOALS, ACTIVITIES = "koncept.larandemal", "koncept.aktiviteter"
FIRST, THIRD = Row("L1", {"kunna": "larma i tid"}), Row("L3", {"kunna": "rapportera enligt SBAR"})


def carried(qid, earlier=EXAMPLE, now=NOTHING):
    return earlier.carried(BATTERY.question(qid), now)


def taken_over():
    """All answers that follow when each is taken as it is, in the order they are asked."""
    sheet = NOTHING
    for question in BATTERY.questions():
        if (value := EXAMPLE.carried(question, sheet)) is not None:
            sheet = sheet.with_answers({question.qid: Given(value)})
    return sheet.answers


def values_in(value):
    rows = rows_in(value)
    return [cell for row in rows for cell in row.values.values()] if rows else [value]


def earlier(**answers) -> Forerunner:
    """An initiative with these answers, by stage and question with two underscores between."""
    given = {qid.replace("__", "."): Given(value) for qid, value in answers.items()}
    return Forerunner("Förra", AnswerSheet(BATTERY, given))


def test_what_follows_is_the_plan_and_never_what_happened():
    stages = {qid.partition(".")[0] for qid in taken_over()}
    assert stages == {"behov", "analys", "koncept", "produktion"}
    never = {
        "analys.beslut",
        "analys.beslutsgang",
        "analys.slutsats",
        "analys.tillfragade",
        "produktion.pilot",
    }
    assert never <= {*READ.answers}
    assert not never & {*taken_over()}
    assert {"behov.varfor", "analys.hinder", GOALS, ACTIVITIES, "produktion.material", "koncept.matt"} <= {
        *taken_over()
    }


def test_no_date_time_or_number_of_people_follows_not_even_in_a_row():
    for qid, answer in taken_over().items():
        question = BATTERY.question(qid)
        assert not any(isinstance(value, date | Period | TimeSpan) for value in values_in(answer.value)), qid
        said = {key for row in rows_in(answer.value) for key in row.values}
        assert [field.id for field in question.fields if field.id in said and field.unit == "personer"] == []
    assert {*carried("behov.malgrupper")[0].values} == {"namn", "forkunskap"}
    assert "nulage" not in carried("behov.effektmatt")[0].values


def test_a_later_field_of_a_row_does_not_follow():
    actions = (Row("H1", {"fas": "fore", "handling": "ha samtal", "blev": "ja", "marktes": "mer tid"}),)
    followed = carried("koncept.chef_handlingar", earlier(koncept__chef_handlingar=actions))
    assert followed == (Row("H1", {"fas": "fore", "handling": "ha samtal"}),)


def test_what_points_at_a_row_points_at_the_same_row_here():
    sheet = AnswerSheet(BATTERY, taken_over())
    assert carried(ACTIVITIES, now=sheet)[3].values["mal"] == READ.answers[ACTIVITIES].value[3].values["mal"]


MEASURES = {"koncept__larandemal": (FIRST, THIRD), "koncept__matt": (Row("M1", {"avser": ("L1", "L3")}),)}


@pytest.mark.parametrize(
    ("goals", "led"),
    [
        ((FIRST, THIRD), ("L1", "L3")),
        ((THIRD,), ("L3",)),
        ((Row("L1", THIRD.values),), ("L1",)),
        ((replace(FIRST, values={"kunna": "larma i rätt tid"}), THIRD), ("L1", "L3")),
        ((Row("L1", {"kunna": "ge återkoppling"}), THIRD), ("L3",)),
        ((Row("L1", THIRD.values), Row("L3", FIRST.values)), ("L3", "L1")),
    ],
    ids=[
        "as it was",
        "one is left out",
        "another id",
        "reworded",
        "another row has the id",
        "changed places",
    ],
)
def test_a_reference_follows_what_a_row_says_and_never_only_its_id(goals, led):
    now = AnswerSheet(BATTERY, {GOALS: Given(goals)})
    (measure,) = carried("koncept.matt", earlier(**MEASURES), now)
    assert measure.values["avser"] == led


def test_a_field_that_is_not_asked_here_does_not_follow():
    activities = earlier(koncept__aktiviteter=(Row("A1", {"titel": "Prov", "obligatorisk": True}),))
    by_law = AnswerSheet(BATTERY, {"behov.krav": Given("lag_foreskrift")})
    assert [*carried(ACTIVITIES, activities)[0].values] == ["titel"]
    assert [*carried(ACTIVITIES, activities, by_law)[0].values] == ["titel", "obligatorisk"]


def test_a_row_of_which_nothing_follows_is_no_draft():
    assert carried("koncept.matt", earlier(**MEASURES)) is None


def test_what_nobody_knew_and_what_holds_a_personal_number_does_not_follow():
    assert carried("behov.noll", earlier(behov__noll="vet_inte")) is None
    assert carried("behov.varfor", earlier(behov__varfor="Enligt 19121212-1212.")) is None
    unknown = Forerunner("Förra", AnswerSheet(BATTERY, {"behov.varfor": Unknown("HR")}))
    assert carried("behov.varfor", unknown) is None


def test_an_option_or_a_statement_that_is_no_longer_asked_does_not_follow():
    assert carried("behov.noll", earlier(behov__noll="borta")) == "borta"  # own words are taken there
    assert carried("analys.gap_belagg", earlier(analys__gap_belagg="borta")) is None
    followed = carried("analys.hinder", earlier(analys__hinder={"s01": "delvis", "borta": "delvis"}))
    assert followed == {"s01": "delvis"}


def test_another_kind_of_question_at_the_address_gives_nothing():
    asked = BATTERY.question("behov.varfor").model_copy(update={"kind": Kind.YES_NO})
    assert EXAMPLE.carried(asked, NOTHING) is None


def test_what_is_left_behind_is_told_by_what_there_is():
    assert EXAMPLE.left_behind() == (
        *("datum", "antal personer", "beslut", "det som bara gällde då"),
        *("genomförandet", "uppföljningen"),
    )
    assert earlier(behov__varfor="Därför").left_behind() == ()
    assert earlier(behov__klart_senast=date(2024, 5, 1)).left_behind() == ("datum",)


@pytest.mark.parametrize(
    ("text", "dates", "people"),
    [
        (
            "Av 62 undersköterskor som började förra året slutade 17.",
            ("förra året",),
            ("62 undersköterskor",),
        ),
        (
            "Klart den 3 maj 2024, uppföljt 2024-09-30 och 12/10.",
            ("den 3 maj 2024", "2024-09-30", "12/10"),
            (),
        ),
        ("Hösten 2024 och i mars, vecka 12.", ("Hösten 2024", "i mars", "vecka 12"), ()),
        ("Sedan 2019 har tolv nya medarbetare slutat.", ("2019",), ("tolv nya medarbetare",)),
        ("tre av fem var nya", (), ("tre av fem",)),
        ("Nästa år, i höstas, förra terminen.", ("Nästa år", "i höstas", "förra terminen"), ()),
        ("I våra lokaler, en gång i veckan, med fem uppgifter till 12 elever.", (), ("12 elever",)),
        ("Övningen tar 30 minuter, 2 gånger i 8 veckor, och kostar 4,6 av 5 möjliga.", (), ()),
        ("NEWS2 på A4 enligt 3 kap. 3 §, 90 % rätt.", (), ()),
    ],
)
def test_a_draft_tells_the_dates_and_numbers_of_people_that_it_mentions(text, dates, people):
    assert of_its_time(text) == (dates, people)


def test_a_draft_says_where_it_is_from_and_asks_whether_what_was_true_still_is():
    assert carried_from(EXAMPLE, "Vi vill.") == "Utkast ur ”Trygg start”."
    assert carried_from(EXAMPLE, ("Sedan 2019", "2020 och 2021, 2022")) == (
        "Utkast ur ”Trygg start”. Utkastet nämner datum (”2019”, ”2020”, ”2021” och 1 till): stämmer det nu?"
    )
    rows = (Row("1", {"namn": "Nya", "forkunskap": "15 deltagare saknar den"}),)
    assert carried_from(EXAMPLE, rows).endswith("nämner ett antal (”15 deltagare”): stämmer det nu?")
