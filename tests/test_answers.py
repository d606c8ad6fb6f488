"""One raw value -> one valid answer, or a sentence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from making import BATTERY
from small import SMALL, stage
from utbildningsprocess.answers.accept import accept, editable, plain_value, show
from utbildningsprocess.answers.conditions import holds, is_relevant
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.kinds import Handling
from utbildningsprocess.answers.rows import choices, dangling, new_row_id, prefilled, row_key, row_label
from utbildningsprocess.model import AnswerSheet, Condition, Given, Item, Kind, Row, Skipped
from utbildningsprocess.swedish import clean_line

TODAY = date(2026, 3, 12)


def take(qid: str, raw: object) -> object:
    return accept(SMALL.question(qid), raw, TODAY)


def refusal(qid: str, raw: object) -> str:
    with pytest.raises(Invalid) as error:
        take(qid, raw)
    return str(error.value)


@pytest.mark.parametrize(
    ("qid", "raw", "value"),
    [
        ("behov.kort", "  hej\r\ndär ", "  hej\ndär"),
        ("behov.kort", 12, "12"),
        ("behov.kort", date(2026, 1, 2), "2026-01-02"),
        ("behov.krav", "LAG ELLER FÖRESKRIFT", "lag"),
        ("behov.krav", "Lagkrav", "lag"),
        ("behov.krav", "nej", "nej"),
        ("behov.utlosare", "lag, egna ord", ("lag", "egna ord")),
        ("behov.utlosare", "Nej, inget krav", ("nej",)),
        ("behov.utlosare", ["lag", "LAG", "lag"], ("lag",)),
        ("behov.bradskar", "J", True),
        ("behov.bradskar", False, False),
        ("behov.andel", "75 %", 75),
        ("behov.andel", "7,5 procent", 7.5),
        ("behov.andel", 12.0, 12),
        ("behov.klart", "12/4", date(2026, 4, 12)),
        ("behov.dagar", "3\n10", (3, 10)),
        ("behov.dagar", 3, (3,)),
        ("behov.ord", "- ett\n- två, tre", ("ett", "två, tre")),
        (
            "behov.ord",
            "Halvdag: prövades 2024, fallen blev inte färre",
            ("Halvdag: prövades 2024, fallen blev inte färre",),
        ),
        (
            "behov.ord",
            "Det hjälper inte. Det är dyrt, och sent.",
            ("Det hjälper inte. Det är dyrt, och sent.",),
        ),
        ("behov.ord", "Låt bli: dyrt, sent; kurs: prövad", ("Låt bli: dyrt, sent", "kurs: prövad")),
        ("behov.ord", "natt, larm 12.30, t.ex. helg", ("natt", "larm 12.30", "t.ex. helg")),
        (
            "behov.hinder",
            {"s01": "stammer", "Påstående nummer 2 om vardagen": "Stämmer inte"},
            {"s01": "stammer", "s02": "inte"},
        ),
        ("behov.malgrupper", {"Namn": "Nya", "antal": "1 200"}, (Row("1", {"namn": "Nya", "antal": 1200}),)),
        (
            "koncept.larandemal",
            [{"id": "L4"}, {"kunna": "larma"}],
            (Row("L4", {}), Row("L5", {"kunna": "larma"})),
        ),
        ("koncept.aktiviteter", [{"mal": ["L1", "L1"], "titel": None}], (Row("A1", {"mal": ("L1",)}),)),
    ],
)
def test_what_people_and_files_say_is_accepted(qid, raw, value):
    assert take(qid, raw) == value


@pytest.mark.parametrize(
    ("qid", "raw", "sentence"),
    [
        ("behov.kort", "  \n ", "Svaret är tomt"),
        ("behov.kort", True, "behövs en text"),
        ("behov.kort", {"a": 1}, "behövs en text"),
        ("behov.krav", "lagg", "Menade du lag?"),
        ("behov.bradskar", "kanske", "varken ja eller nej"),
        ("behov.andel", "101", "högst 100"),
        ("behov.andel", -1, "minst 0"),
        ("behov.andel", True, "inte ett tal"),
        ("behov.andel", float("inf"), "”inf” är inte ett tal. Skriv med siffror"),
        ("behov.andel", float("nan"), "”nan” är inte ett tal. Skriv med siffror"),
        ("behov.andel", "nan", "”nan” är inte ett tal. Skriv med siffror"),
        ("behov.andel", 10**400, "000 …” är inte ett tal. Skriv med siffror"),
        ("behov.andel", "9" * 400, "999 …” är inte ett tal. Skriv med siffror"),
        ("behov.dagar", [float("nan")], "”nan” är inte ett tal. Skriv med siffror"),
        ("behov.dagar", ["1" + "0" * 400], "000 …” är inte ett tal. Skriv med siffror"),
        ("behov.malgrupper", [{"antal": float("nan")}], "”nan” är inte ett tal. Skriv med siffror"),
        ("behov.klart", "31/2", "Det datumet finns inte"),
        ("behov.ord", {}, "behövs en lista"),
        ("behov.ord", [[1]], "enkla värden"),
        ("behov.hinder", {"s09": "stammer"}, "Påståendet ”s09” finns inte"),
        ("behov.hinder", {"s01": "kanske"}, "inget svar på ett påstående"),
        ("behov.hinder", [], "ett svar per påstående"),
        ("behov.malgrupper", [], "minst en rad"),
        ("behov.malgrupper", ["Nya"], "fält med namn och värde"),
        ("behov.malgrupper", [{"naamn": "Nya"}], "Menade du namn?"),
        ("koncept.larandemal", [{"id": "M1"}], "inget rad-id"),
        ("koncept.larandemal", [{"id": "L1"}, {"id": "L1"}], "på två rader"),
    ],
)
def test_what_is_no_answer_gets_a_sentence(qid, raw, sentence):
    assert sentence in refusal(qid, raw)


def test_every_fault_of_a_group_is_told_at_once_with_its_place():
    with pytest.raises(Invalid) as error:
        take("behov.malgrupper", [{"antal": "flera"}, {"antal": 3, "nmn": "x"}])
    assert [fault.path for fault in error.value.faults] == [(0, "antal"), (1, "nmn")]


def test_values_are_shown_in_words_and_given_to_machines_plain():
    rows = (Row("L1", {"kunna": "larma i tid", "klart": date(2026, 1, 2)}),)
    assert plain_value(SMALL.question("koncept.larandemal"), rows) == [
        {"id": "L1", "kunna": "larma i tid", "klart": "2026-01-02"}
    ]
    assert plain_value(SMALL.question("behov.malgrupper"), (Row("1", {"namn": "Nya"}),)) == [{"namn": "Nya"}]
    shown = {
        "behov.bradskar": (True, "Ja"),
        "behov.andel": (7.5, "7,5 procent"),
        "behov.krav": ("lag", "Lag eller föreskrift"),
        "behov.utlosare": (("lag", "eget"), "Lag eller föreskrift, eget"),
        "behov.hinder": ({"s01": "inte"}, "1 påstående besvarat"),
        "koncept.larandemal": (rows, "1 rad: L1 larma i tid"),
        "behov.klart": (date(2026, 1, 2), "2026-01-02"),
    }
    assert {qid: show(SMALL.question(qid), value) for qid, (value, _) in shown.items()} == {
        qid: text for qid, (_, text) in shown.items()
    }


UNITS = sorted(
    {item.unit for question in BATTERY.questions() for item in (question, *question.fields)} - {""}
)


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("number", [0, 1, 2, 7.5, 1200, 25_000, 1_234_567])
def test_an_amount_is_read_back_from_what_is_shown(unit, number):
    item = Item(id="x", text="X", typ=Kind.NUMBER, enhet=unit, decimaler=True)
    assert accept(item, show(item, number), TODAY) == number
    assert accept(item, show(item, number).replace("\u00a0", " "), TODAY) == number
    assert accept(item, f"{number} {unit}".replace(".", ","), TODAY) == number


def test_one_of_every_unit_in_the_battery_is_said_in_the_singular():
    said = {unit: show(Item(id="x", text="X", typ=Kind.NUMBER, enhet=unit), 1) for unit in UNITS}
    assert said == {
        "dagar": "1 dag",
        "dagar före": "1 dag före",
        "kronor": "1 krona",
        "minuter": "1 minut",
        "personer": "1 person",
        "platser": "1 plats",
        "procent": "1 procent",
        "svar": "1 svar",
        "timmar": "1 timme",
        "veckor från första tillfället": "1 vecka från första tillfället",
    }


# --------------------------------------------------------------------- rows

ANSWERS = {
    "behov.malgrupper": Given((Row("1", {"namn": "Nya"}), Row("2", {"antal": 4}))),
    "koncept.larandemal": Given(
        (Row("L1", {"kunna": "larma"}), Row("L3", {"kunna": "ropa", "malgrupp": "Nya"}))
    ),
    "koncept.aktiviteter": Given((Row("A1", {"mal": ("L1", "L7")}),)),
}


def test_references_choose_among_the_rows_of_the_group_they_point_at():
    field = SMALL.question("koncept.aktiviteter").field("mal")
    assert choices(field, AnswerSheet(SMALL, ANSWERS)) == (("L1", "L1 larma"), ("L3", "L3 ropa"))
    people = SMALL.question("koncept.larandemal").field("malgrupp")
    assert choices(people, AnswerSheet(SMALL, ANSWERS)) == (("Nya", "Nya"),)


def test_a_row_is_known_by_its_id_or_by_its_first_field():
    assert row_key(SMALL.question("koncept.larandemal"), Row("L1", {"kunna": "x"})) == "L1"
    assert row_key(SMALL.question("behov.malgrupper"), Row("1", {"namn": "Nya"})) == "Nya"
    assert row_label(SMALL.question("behov.malgrupper"), Row("2", {})) == "Rad 2"


def test_a_row_that_begins_with_a_choice_is_called_by_it_while_its_first_text_is_empty():
    kinds = [{"id": "stod", "text": "Verktyg och stöd"}]
    fields = [
        {"id": "typ", "text": "Typ", "typ": "val", "alternativ": kinds},
        {"id": "insats", "text": "Insats", "typ": "text"},
        {"id": "roll", "text": "Ansvarig roll", "typ": "text"},
    ]
    group = {"id": "insatser", "text": "Vad görs?", "typ": "grupp", "rad_id": "I", "falt": fields}
    (question,) = stage("analys", 2, "Analys", {"steg": "analys", **group}).questions
    assert row_label(question, Row("I1", {"typ": "stod", "roll": "Chef"})) == "I1 Verktyg och stöd"
    assert row_label(question, Row("I1", {"typ": "stod", "insats": "Kort"})) == "I1 Kort"
    assert row_label(question, Row("I1", {"roll": "Chef"})) == "I1 Chef"


def test_a_row_id_is_never_reused_while_something_points_at_it():
    assert new_row_id(SMALL.question("koncept.larandemal"), AnswerSheet(SMALL, ANSWERS)) == "L8"
    assert new_row_id(SMALL.question("behov.malgrupper"), AnswerSheet(SMALL, ANSWERS)) == "3"


def test_prefilled_rows_join_those_already_there():
    status = SMALL.question("koncept.status")
    answers = {**ANSWERS, "koncept.status": Given((Row("1", {"mal": "L3", "utfall": "bra"}),))}
    assert prefilled(status, AnswerSheet(SMALL, answers)) == (
        Row("1", {"mal": "L3", "utfall": "bra"}),
        Row("2", {"mal": "L1"}),
    )


RESULTS = BATTERY.question("uppfoljning.resultat")
MEASURES_AND_EFFECTS = {
    "behov.effektmatt": Given(tuple(Row(key, {"matt": "Andel"}) for key in ("E1", "E2", "E3"))),
    "koncept.matt": Given(
        (
            Row("M1", {"avser": ("E1",)}),
            Row("M2", {"avser": ("L1", "E2", "E3", "E9")}),
            Row("M3", {"avser": ("E3", "E9")}),
            Row("M4", {"metod": "Prov"}),
        )
    ),
}


@pytest.mark.parametrize(
    ("there", "begun"),
    [
        ([], ["M1", "E2", "E3", "M3", "M4"]),
        (["E3"], ["E3", "M1", "E2", "M3", "M4"]),
        (["M2"], ["M2", "M1", "M3", "M4"]),
    ],
)
def test_a_measure_of_several_effects_begins_a_row_for_each_of_them(there, begun):
    rows = Given(tuple(Row(str(number), {"matt": key}) for number, key in enumerate(there, 1)))
    sheet = AnswerSheet(BATTERY, {**MEASURES_AND_EFFECTS, **({RESULTS.qid: rows} if there else {})})
    assert [row.values["matt"] for row in prefilled(RESULTS, sheet)] == begun


def test_a_measure_of_several_goals_begins_one_row():
    measure = Row("M1", {"avser": ("L1", "L2")})
    goals = Given((Row("L1", {"kunna": "larma"}), Row("L2", {"kunna": "ringa"})))
    sheet = AnswerSheet(BATTERY, {"koncept.larandemal": goals, "koncept.matt": Given((measure,))})
    assert [row.values["matt"] for row in prefilled(RESULTS, sheet)] == ["M1"]


def test_a_reference_to_a_row_that_is_gone_is_found():
    lost = [
        (reference.qid, reference.row, reference.field.id)
        for reference, _ in dangling(AnswerSheet(SMALL, ANSWERS))
    ]
    assert lost == [("koncept.aktiviteter", 0, "mal")]


# --------------------------------------------------------------- conditions

FACTS = {
    "a.val": Given("lag"),
    "a.flera": Given(("x", "y")),
    "a.tal": Given(79.5),
    "a.ja": Given(True),
    "a.hoppad": Skipped("nej"),
    "a.rader": Given((Row("1", {"typ": "film", "in": 5, "ut": 4}), Row("2", {"in": 3}))),
}


@pytest.mark.parametrize(
    ("condition", "met"),
    [
        ({"fraga": "a.val", "ar": "lag"}, True),
        ({"fraga": "a.val", "ar": "nej"}, False),
        ({"fraga": "a.ja", "ar": True}, True),
        ({"fraga": "a.val", "i": ["nej", "lag"]}, True),
        ({"fraga": "a.flera", "innehaller": "y"}, True),
        ({"fraga": "a.flera", "innehaller": ["z"]}, False),
        ({"fraga": "a.tal", "minst": 79.5}, True),
        ({"fraga": "a.tal", "hogst": 79}, False),
        ({"fraga": "a.ja", "minst": 0}, False),
        ({"fraga": "a.hoppad", "besvarad": True}, False),
        ({"fraga": "a.okand", "besvarad": False}, True),
        ({"fraga": "a.hoppad", "ar": "nej"}, False),
        ({"fraga": "a.rader", "falt": "typ", "innehaller": ["digitalt", "film"]}, True),
        ({"fraga": "a.rader", "falt": "ut", "mindre_an_falt": "in"}, True),
        ({"fraga": "a.rader", "falt": "in", "mindre_an_falt": "ut"}, False),
        ({"alla": [{"fraga": "a.ja", "ar": True}, {"inte": {"fraga": "a.tal", "minst": 80}}]}, True),
        ({"nagon": [{"fraga": "a.val", "ar": "x"}, {"fraga": "a.tal", "hogst": 80}]}, True),
    ],
)
def test_conditions(condition, met):
    assert holds(Condition.model_validate(condition, strict=False), FACTS) is met


def test_a_question_without_a_condition_is_always_relevant():
    assert is_relevant(SMALL.question("behov.varfor"), AnswerSheet(SMALL, {}))
    assert not is_relevant(SMALL.question("behov.kalla"), AnswerSheet(SMALL, {}))


@pytest.mark.parametrize(
    ("value", "kind"), [(True, int | float), ("12", int | float), (["a"], tuple[str, ...])]
)
def test_a_reader_that_gives_something_else_than_its_kind_has_is_a_bug_and_no_answer(value, kind):
    with pytest.raises(ValidationError):
        Handling(lambda *_: value, kind).read(SMALL.question("behov.kort"), "12", TODAY)


@given(st.lists(st.text("abÅ,.:!? ", min_size=1, max_size=20), min_size=1, max_size=4))
def test_a_list_edited_and_left_as_it_stands_is_the_same_list(texts: list[str]) -> None:
    value = take("behov.ord", [text for text in texts if clean_line(text)] or ["ord"])
    assert take("behov.ord", editable(SMALL.question("behov.ord"), value)) == value
