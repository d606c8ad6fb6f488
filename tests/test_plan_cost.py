"""The price of time, computed and in words. The cases are worked by hand."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.battery import load_battery
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.model import Given, Row, Unknown
from utbildningsprocess.plan.cost import Balance, balance, price
from utbildningsprocess.plan.cost_words import (
    NOTHING_YET,
    balance_in_words,
    kronor,
    left_out_in_words,
    price_in_short,
    price_in_words,
)
from utbildningsprocess.settings import Settings, read_settings

ROOT = Path(__file__).parent.parent
BATTERY = load_battery(battery_texts(find_root(ROOT)))
FORMS = fitting(
    read_diagnosis((ROOT / "questions" / "diagnos.yaml").read_text("utf-8"), "diagnos.yaml"), BATTERY
).everyday_forms()
EXAMPLE = read_answers_file(
    (ROOT / "questions" / "exempel.yaml").read_text("utf-8"), "exempel.yaml", BATTERY, date(2025, 6, 1)
).answers
COST = Settings().cost
THOUSAND = {"timkostnad": 1000}


def rows(prefix, *values):
    return Given(tuple(Row(f"{prefix}{number}", given) for number, given in enumerate(values, 1)))


def initiative(groups, activities, **basis):
    """Groups as (name, people), activities as (minutes, names of groups or none), and the basis."""
    return {
        "behov.malgrupper": rows("", *({"namn": name, "antal": people} for name, people in groups)),
        "koncept.aktiviteter": rows(
            "A",
            *(
                {"titel": f"Aktivitet {n}", "minuter": minutes, **({"malgrupp": tuple(who)} if who else {})}
                for n, (minutes, who) in enumerate(activities, 1)
            ),
        ),
        "koncept.kostnadsunderlag": rows("", basis),
    }


NOTHING_BOUGHT = {"restid_min": 0, "ersattarandel": 0, "externt_kr": 0}


def cost(**settings):
    lines = "\n".join(f"  {key}: {value}" for key, value in settings.items())
    return read_settings(f"kostnad:\n{lines}\n", "utb.yaml").cost


def plain(text):
    """The text with ordinary blanks in its numbers."""
    return text.replace("\u00a0", " ")


TWO_GROUPS = initiative(
    [("Nya", 10), ("Handledare", 4)],
    [(90, ["Nya"]), (60, ["Handledare"]), (30, [])],
    restid_min=60,
    ersattarandel=50,
    utbildartimmar=8,
    produktionstimmar=2,
    externt_kr=5000,
)
"""Nya: 10 × (90 + 30 + 60) / 60 = 30 hours. Handledare: 4 × (60 + 30 + 60) / 60 = 10 hours."""


# --------------------------------------------------------------------- the price


@pytest.mark.parametrize(
    ("groups", "activities", "said"),
    [
        ([("Nya", 10), ("Handledare", 4)], [(90, []), (60, [])], "A1 och A2 är räknade för alla målgrupper"),
        ([("Nya", 10), ("Handledare", 4)], [(90, ["Nya"]), (60, [])], "A2 är räknad för alla målgrupper"),
        ([("Nya", 10), ("Handledare", 4)], [(90, ["Nya"]), (60, ["Handledare"])], ""),
        ([("Nya", 10)], [(90, []), (60, [])], ""),
        ([("Nya", 10), ("Handledare", 4)], [(90, ["Nya"]), (None, [])], ""),
    ],
)
def test_what_is_counted_for_all_groups_because_nobody_has_said_for_whom_is_told(groups, activities, said):
    found = price(initiative(groups, activities), COST)
    shared = balance(initiative(groups, activities), FORMS)
    for text in (price_in_words(found, shared, COST), price_in_short(found, COST)):
        assert text.count("för alla målgrupper") == bool(said)
        assert said in text


def test_the_example_equals_the_known_answer():
    found = price(EXAMPLE, COST)
    assert found.hours == 939
    assert round(found.shifts) == 117
    assert round(found.years, 1) == 0.5
    assert round(found.total, -3) == 448_000
    assert round(found.substitutes, -3) == 197_000
    assert round(found.new_expense, -3) == 222_000
    assert found.participants == 84
    assert found.uncounted == ("Vårdenhetschefer",)


def test_two_groups_with_activities_of_their_own_one_in_common_and_travel():
    found = price(TWO_GROUPS, cost(**THOUSAND))
    assert [tuple(one) for one in found.groups] == [("Nya", 10, 180, 30), ("Handledare", 4, 150, 10)]
    assert (found.hours, found.shifts, found.participants) == (40, 5, 14)
    # 40 hours of participants, 10 of one's own, and what is bought; half of the 40 by substitutes.
    assert found.total == 40_000 + 10_000 + 5_000
    assert (found.substitutes, found.new_expense) == (20_000, 25_000)
    assert found.per_participant == pytest.approx(55_000 / 14)


def test_of_a_dearer_substitute_only_the_difference_is_added():
    found = price(TWO_GROUPS, cost(timkostnad=1000, vikarietimme=1200))
    assert found.extra == 20 * 200
    assert found.total == 55_000 + 4_000
    assert found.new_expense == 20 * 1200 + 5_000


def test_a_cheaper_substitute_makes_the_participants_hours_no_cheaper():
    found = price(TWO_GROUPS, cost(timkostnad=1000, vikarietimme=800))
    assert (found.extra, found.total, found.substitutes) == (0, 55_000, 16_000)


def test_without_substitutes_what_is_bought_is_the_only_new_expense():
    answers = initiative([("Nya", 10)], [(60, [])], ersattarandel=0, externt_kr=700)
    found = price(answers, COST)
    assert (found.substitutes, found.new_expense) == (0, 700)


def test_a_group_without_activities_does_not_travel_either():
    answers = initiative([("Nya", 10), ("Chefer", 4)], [(60, ["Nya"])], restid_min=60)
    found = price(answers, COST)
    assert (found.hours, found.participants, found.uncounted) == (20, 10, ("Chefer",))


def test_a_group_is_known_however_its_name_is_spelt():
    assert price(initiative([("Nya  sjuksköterskor", 3)], [(60, ["nya Sjuksköterskor"])]), COST).hours == 3


def test_two_groups_of_the_same_name_are_both_counted():
    answers = initiative([("Nya", 3), ("Nya", 2)], [(60, ["Nya"])])
    assert price(answers, COST).hours == sum(balance(answers, {})) == 5


@pytest.mark.parametrize(
    "answers",
    [
        {},
        initiative([], [(60, [])]),
        initiative([("Nya", 0)], [(60, [])]),
        initiative([("Nya", 10)], []),
        initiative([("Nya", 10)], [(0, [])]),
        initiative([("Nya", 10)], [(60, ["Andra"])]),
        {**initiative([("Nya", 10)], [(60, [])]), "behov.malgrupper": Unknown("Chefen")},
        {
            "behov.malgrupper": rows("", {"namn": "Nya"}),
            "koncept.aktiviteter": rows("A", {"minuter": "en timme"}),
        },
    ],
)
def test_without_people_or_minutes_there_is_nothing_to_count(answers):
    assert price(answers, COST) is None


def test_what_lacks_a_number_is_named_and_the_rest_counted():
    answers = initiative([("Nya", 10), ("Gamla", 0)], [(60, []), (0, []), (30, ["Gamla"])])
    found = price(answers, COST)
    assert found.hours == 10
    assert found.uncounted == ("Gamla", "A2 Aktivitet 2", "A3 Aktivitet 3")


PEOPLE = st.lists(st.tuples(st.sampled_from("ABC"), st.integers(0, 500)), min_size=1, max_size=4)
TIMES = st.lists(
    st.tuples(st.integers(0, 600), st.lists(st.sampled_from("ABC"), max_size=2)), min_size=1, max_size=5
)
BASIS = {
    "restid_min": st.integers(0, 300),
    "utbildartimmar": st.integers(0, 99),
    "externt_kr": st.integers(0),
}
SHARE = st.integers(0, 100)


def total(answers, *, hour=COST):
    found = price(answers, hour)
    return found.total if found else 0


@drawn(PEOPLE, TIMES, st.fixed_dictionaries(BASIS), SHARE, st.data())
def test_more_minutes_never_cost_less(people, times, basis, share, data):
    place = data.draw(st.integers(0, len(times) - 1))
    minutes, who = times[place]
    more = [*times[:place], (minutes + data.draw(st.integers(1, 600)), who), *times[place + 1 :]]
    before, after = (initiative(people, one, ersattarandel=share, **basis) for one in (times, more))
    assert total(after) >= total(before)
    assert total(after, hour=cost(vikarietimme=500)) >= total(before, hour=cost(vikarietimme=500))


@drawn(PEOPLE, TIMES, st.fixed_dictionaries(BASIS), SHARE, SHARE)
def test_the_share_of_substitutes_changes_no_total_while_their_hour_costs_the_same(
    people, times, basis, one, other
):
    first, second = (initiative(people, times, ersattarandel=share, **basis) for share in (one, other))
    assert total(first) == total(second)
    assert total(first, hour=cost(vikarietimme=350)) == total(second, hour=cost(vikarietimme=350))


# ------------------------------------------------------------- kinds of learning


def test_the_examples_hours_divide_by_kind_of_learning():
    assert balance(EXAMPLE, FORMS) == Balance(120, 777, 0)


def test_what_meets_a_demand_is_mandatory_whatever_its_form():
    answers = initiative([("Nya", 2)], [(60, []), (60, []), (60, [])])
    forms = ({"form": "handledning"}, {"form": "simulering"}, {"form": "handledning", "obligatorisk": True})
    rows_with_forms = (
        Row(row.id, {**row.values, **form})
        for row, form in zip(answers["koncept.aktiviteter"].value, forms, strict=True)
    )
    answers["koncept.aktiviteter"] = Given(tuple(rows_with_forms))
    assert balance(answers, FORMS) == Balance(2, 2, 2)


def test_an_activity_whose_form_nobody_has_said_is_of_no_kind():
    answers = initiative([("Nya", 2)], [(60, []), (30, [])])
    formal, unsaid = answers["koncept.aktiviteter"].value
    formal = Row(formal.id, {**formal.values, "form": "workshop"})
    answers["koncept.aktiviteter"] = Given((formal, unsaid))
    counted = balance(answers, FORMS)
    assert counted == Balance(0, 2, 0, 1)
    said = balance_in_words(price(answers, COST), counted)
    assert "0 timmar i vardagen, 2 formellt och 0 obligatoriskt. Utan form: 1 timme. När" in said


# ---------------------------------------------------------------------- in words


def test_the_price_of_the_example_in_words():
    said = price_in_words(price(EXAMPLE, COST), balance(EXAMPLE, FORMS), COST)
    assert (
        plain(said)
        == """\
Deltagarnas tid är 939 timmar för 84 personer, ungefär 117 arbetspass eller 0,5 årsarbetare.
- Nya undersköterskor: 60 personer, 14 timmar 15 minuter var med restid, 855 timmar
- Handledare (undersköterskor): 24 personer, 3 timmar 30 minuter var med restid, 84 timmar

Inte medräknat, eftersom antal, minuter eller aktivitet saknas: Vårdenhetschefer.

Kostnaden är ungefär 448 000 kronor, eller 5 335 kronor per deltagare.
- Deltagarnas tid: 328 650 kronor
- Eget arbete med att utbilda och ta fram material: 94 500 kronor
- Köpta tjänster, lokaler och material: 25 000 kronor

Varav ny utgift: 222 000 kronor (vikarier 197 000 och köpt 25 000). Vikariens timme är samma timme som deltagarens \
och räknas bara en gång.

Andra insatser ingår inte.

En timme är räknad till 350 kronor. Det är ett exempelvärde: 33 000 kronor i månaden och 52 procents påslag. Skriv \
ert eget under ”kostnad” i utb.yaml.

Vad måste bli bättre för att det ska vara värt 939 timmar?

Lärandet: 120 timmar i vardagen, 777 formellt och 0 obligatoriskt, utan restid. När de tre hänger ihop får vi både \
nytta i verksamheten och värde för Esther."""
    )


def test_the_price_of_the_example_in_short():
    assert (
        plain(price_in_short(price(EXAMPLE, COST), COST))
        == "Planerad tid: 939 timmar för 84 deltagare, ungefär 117 arbetspass. Kostnad i allt: ungefär 448 000 kronor "
        "(exempelvärde 350 kronor i timmen). Vårdenhetschefer är inte medräknat. Andra insatser ingår inte."
    )


def test_the_price_in_short_names_no_example_where_an_hour_has_its_own_cost():
    own = cost(timkostnad=350)
    assert "exempelvärde" not in price_in_short(price(EXAMPLE, own), own)


def test_numbers_in_words_do_not_break_between_lines():
    assert (
        re.findall(r"\d \d", price_in_words(price(EXAMPLE, COST), Balance(0, 0, 0), cost(timkostnad=350)))
        == []
    )


def test_what_is_missing_is_said_in_one_sentence():
    assert price_in_words(None, Balance(0, 0, 0), COST) == price_in_short(None, COST) == NOTHING_YET


def test_small_numbers_keep_a_decimal_and_one_is_not_many():
    answers = initiative([("Nya", 1)], [(60, ["Nya"])], **NOTHING_BOUGHT)
    said = price_in_words(price(answers, COST), Balance(1, 0, 0.5), COST)
    assert "Deltagarnas tid är 1 timme för 1 person, ungefär 0,1 arbetspass." in said
    assert "- Nya: 1 person, 1 timme var, 1 timme\n" in said
    assert "Ingen ny utgift är medräknad: inga vikarier och inget köpt." in said
    assert "Lärandet: 1 timme i vardagen, 0 formellt och 0,5 obligatoriskt. När" in said


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        (
            {"timkostnad": 412.5, "ar": 2026, "kalla": "Ekonomi"},
            "räknad till 412,5 kronor (Ekonomi, 2026).\n",
        ),
        ({"timkostnad": 412}, "räknad till 412 kronor. Skriv gärna år och källa under ”kostnad” i utb.yaml."),
        ({"timkostnad": 350, "ar": 2026}, "räknad till 350 kronor (2026). Skriv gärna år och källa"),
        (
            {"vikarietimme": 500},
            "Skriv ert eget under ”kostnad” i utb.yaml. En vikaries timme är räknad till 500",
        ),
    ],
)
def test_what_an_hour_costs_is_said_with_year_and_source(settings, sentence):
    hour = cost(**settings)
    assert sentence in price_in_words(price(TWO_GROUPS, hour), Balance(0, 0, 0), hour)


def test_what_a_substitute_costs_beyond_the_participant_is_a_part_of_its_own():
    hour = cost(timkostnad=1000, vikarietimme=1200)
    said = plain(price_in_words(price(TWO_GROUPS, hour), Balance(0, 0, 0), hour))
    assert (
        "- Merkostnad för vikarier: 4 000 kronor\n\nVarav ny utgift: 29 000 kronor (vikarier 24 000 och"
        in said
    )


def test_the_one_it_is_all_for_is_called_what_the_organisation_says():
    assert balance_in_words(price(TWO_GROUPS, COST), Balance(1, 2, 3), esther="eleven").endswith(
        "värde för eleven."
    )


@pytest.mark.parametrize(
    ("amount", "said"), [(448_150, "448 000 kronor"), (10_000, "10 000 kronor"), (5_335.1, "5 335 kronor")]
)
def test_large_sums_are_said_in_thousands(amount, said):
    assert plain(kronor(amount)) == said


# ------------------------------------------------------------ what is unknown


def said_of(**basis):
    answers = initiative([("Nya", 10)], [(120, ["Nya"])], **basis)
    return plain(price_in_words(price(answers, COST), Balance(0, 0, 0), COST))


def test_parts_that_nobody_has_answered_are_named_and_the_sums_are_the_least():
    said = said_of()
    assert "Deltagarnas tid är minst 20 timmar för 10 personer, minst 2,5 arbetspass." in said
    assert "Kostnaden är minst 7 000 kronor" in said
    assert "Ny utgift är okänd: svar saknas om vikarier och köpta tjänster, lokaler och material." in said
    assert (
        "Ej besvarat och inte medräknat: restid, vikarier, utbildarnas tid, tid att ta fram material och "
        "köpta tjänster, lokaler och material." in said
    )


def test_a_part_that_is_answered_with_nothing_is_known():
    said = said_of(**NOTHING_BOUGHT, utbildartimmar=0, produktionstimmar=0)
    assert "minst" not in said
    assert "Ej besvarat" not in said
    assert "Ingen ny utgift är medräknad: inga vikarier och inget köpt." in said


def test_people_without_a_number_make_the_hours_the_least():
    known = {**NOTHING_BOUGHT, "utbildartimmar": 0, "produktionstimmar": 0}
    answers = initiative([("Nya", 10), ("Chefer", None)], [(120, ["Nya", "Chefer"])], **known)
    assert price(answers, COST).has_least_hours
    assert price_in_short(price(answers, COST), COST).startswith("Planerad tid: minst 20 timmar")


@pytest.mark.parametrize(
    ("minutes", "people", "hours", "sum_"),
    [
        (107, 30, "minst 53 timmar", "minst 18 000"),
        (60, 1, "minst 1 timme", ""),
    ],
)
def test_the_least_it_can_be_is_never_rounded_up(minutes, people, hours, sum_):
    said = plain(price_in_short(price(initiative([("Nya", people)], [(minutes, [])]), COST), COST))
    assert f"Planerad tid: {hours} för" in said
    assert f"Kostnad i allt: {sum_}" in said


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["40 timmar", "25 000 kronor"], "Andra insatser (40 timmar och 25\u00a0000 kronor) ingår inte."),
        (["10 timmar", "30 timmar"], "Andra insatser (40 timmar) ingår inte."),
        (
            ["25 tkr", "en tjänst till", None],
            "ingår inte. Kostnaden för I2 och I3 är inte sagd i siffror.",
        ),
        (["en tjänst till", None], "Andra insatser ingår inte."),
    ],
)
def test_what_other_actions_cost_is_summed_by_unit_and_never_nothing_where_it_is_unsaid(said, words):
    rows = tuple(
        Row(f"I{number}", {"insats": "x", **({"kostnad": cost} if cost else {})})
        for number, cost in enumerate(said, 1)
    )
    answers = {**TWO_GROUPS, "analys.andra_insatser": Given(rows)}
    assert left_out_in_words(price(answers, COST)).endswith(words)
