"""The rules of the thread: one good and one bad case each, what makes the example break them, and no surprises."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from every import every_case
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.battery import load_battery
from utbildningsprocess.checks.case import Case, Hit
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.registry import CHECKS, WORDS
from utbildningsprocess.checks.texts import load_rules
from utbildningsprocess.data_files.yaml_text import load_yaml
from utbildningsprocess.diagnosis.conclusion import computed_answers
from utbildningsprocess.diagnosis.loading import fitting, read_diagnosis
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped, Unfit, Unknown
from utbildningsprocess.settings import Settings

if TYPE_CHECKING:
    from collections.abc import Callable

    from utbildningsprocess.model import Answer, Answers

    Change = Callable[[Answers], Answers]

TODAY = date(2025, 6, 1)
ROOT = Path(__file__).parent.parent
QUESTIONS, CASES = ROOT / "questions", ROOT / "tests" / "cases" / "regler"
BATTERY = load_battery(battery_texts(find_root(ROOT)))
DIAGNOSIS = fitting(read_diagnosis((QUESTIONS / "diagnos.yaml").read_text("utf-8"), "diagnos.yaml"), BATTERY)


def read(path: Path) -> Answers:
    return read_answers_file(path.read_text("utf-8"), path.name, BATTERY, TODAY).answers


def case(answers: Answers, today: date = TODAY) -> Case:
    return Case(AnswerSheet(BATTERY, answers), DIAGNOSIS, Settings().cost, Settings().limits, today)


def hits(rule: str, answers: Answers, today: date = TODAY) -> list[Hit]:
    return list(CHECKS[rule](case(answers, today)))


def rule_texts() -> dict[str, dict[str, str]]:
    located = load_yaml((QUESTIONS / "rod-trad.yaml").read_text("utf-8"), "rod-trad.yaml")
    return {rule["id"]: rule for rule in located.value["regler"]}


EXAMPLE = read(QUESTIONS / "exempel.yaml")
EVERY_RULE = every_case("rule", sorted(CHECKS))


# -------------------------------------------------------------- nothing is missing


def test_every_rule_has_a_text_a_function_a_good_and_a_bad_case() -> None:
    named = set(rule_texts())
    assert set(CHECKS) == named
    assert {f"{rule}/{kind}.yaml" for rule in named for kind in ("bra", "fel")} == {
        path.relative_to(CASES).as_posix() for path in CASES.rglob("*.*")
    }


@EVERY_RULE
@pytest.mark.parametrize("kind", ["bra", "fel"])
def test_every_case_begins_by_saying_what_it_shows(rule: str, kind: str) -> None:
    first = (CASES / rule / f"{kind}.yaml").read_text("utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")


@EVERY_RULE
def test_every_function_says_what_it_gives(rule: str) -> None:
    assert (CHECKS[rule].__doc__ or "").endswith(".")


# ------------------------------------------------------------ good and bad cases


def hit(qid: str, row: str = "", raw: dict[str, str] | None = None, opens: str = "", **words: str) -> Hit:
    return Hit(qid, row, words, raw or {}, opens)


def text(qid: str, field: str = "") -> str:
    """The words of a question, or of a field of a group."""
    question = BATTERY.question(qid)
    assert question is not None
    return question.field(field).text if field else question.text


def label(qid: str, option: str) -> str:
    return case({}).label(qid, option)


def quoted(words: str) -> str:
    return f"”{words}”"


def row_hit(qid: str, row: str, raw: dict[str, str] | None = None, opens: str = "", **words: str) -> Hit:
    """A hit on a row that the sentence calls by its id."""
    return Hit(qid, row, {"id": row, **words}, raw or {}, opens)


_VALID = "Bäst före-datumet för innehållet"
EXPECTED = {
    "R01": [hit("behov.effektmatt")],
    "R02": [
        row_hit("behov.effektmatt", "E1", saknas="nuläge"),
        row_hit("behov.effektmatt", "E3", saknas="datum"),
    ],
    "R03": [
        hit("behov.varfor", raw={"ord": "kurs"}),
        hit("behov.uppna_losa", raw={"ord": "Utbildningen"}),
    ],
    "R04": [hit("behov.esther")],
    "R05": [hit("behov.krav_kalla")],
    "R06": [hit("analys.tillfragade")],
    "R07": [
        row_hit(
            "analys.onskat_beteende", "B1", {"gor": "”förstår vikten av att rapportera”", "ord": "förstår"}
        ),
        row_hit("analys.onskat_beteende", "B2", {"gor": "”Känner till larmrutinen”", "ord": "Känner till"}),
    ],
    "R08": [
        hit(
            "analys.beslut",
            utfall=quoted(DIAGNOSIS.outcome("INTE_UTBILDNING").name),
            beslut=quoted(label("analys.beslut", "koncept_larande")),
        )
    ],
    "R09": [
        hit(
            "analys.andra_insatser",
            "tid",
            orsak=DIAGNOSIS.causes["tid"].name,
            svar="”Tiden är för knapp”",
            insatser="”Bemanning och resurser” eller ”Organisatorisk förändring”",
        )
    ],
    "R10": [row_hit("analys.andra_insatser", "I1"), row_hit("analys.andra_insatser", "I3")],
    "R11": [replace(row_hit("koncept.larandemal", "L2"), lacks="koncept.aktiviteter")],
    "R12": [replace(row_hit("koncept.larandemal", "L2"), lacks="koncept.matt")],
    "R13": [row_hit("koncept.larandemal", "L2")],
    "R14": [
        row_hit(
            "koncept.larandemal",
            "L1",
            {"brist": "saknar kriterium och börjar med något som inte syns (”förstå”)"},
            brist="saknar kriterium och börjar med något som inte syns",
        ),
        row_hit("koncept.larandemal", "L2", {"brist": "saknar kriterium"}, brist="saknar kriterium"),
        row_hit(
            "koncept.larandemal",
            "L3",
            {"brist": "börjar med något som inte syns (”ha kunskap”)"},
            brist="börjar med något som inte syns",
        ),
    ],
    "R15": [row_hit("koncept.aktiviteter", "A2")],
    "R16": [hit("koncept.aktiviteter", "fore", fas="före"), hit("koncept.aktiviteter", "efter", fas="efter")],
    "R17": [hit("koncept.aktiviteter", dagar="7")],
    "R18": [row_hit("koncept.larandemal", "L1")],
    "R19": [hit("koncept.matt")],
    "R20": [
        hit("koncept.chef_handlingar", "under", fas="under"),
        hit("koncept.chef_handlingar", "efter", fas="efter"),
    ],
    "R21": [hit("koncept.tillampning_dagar", dagar="15")],
    "R22": [hit("genomforande.egen_plan")],
    "R23": [hit("koncept.samverkan")],
    "R24": [
        hit("koncept.aktiviteter", timmar="minst 360", **{"pass": "minst 45 arbetspass"}, kr="126\u00a0000")
    ],
    "R25": [hit("analys.gap_belagg", grans="500", belagg=label("analys.gap_belagg", "vi_tror"))],
    "R26": [row_hit("produktion.material", "P2")],
    "R27": [hit("produktion.aktiv_andel", procent="49")],
    "R28": [hit("produktion.repetition_dagar")],
    "R29": [hit("produktion.tillganglighet")],
    "R30": [hit("produktion.debriefing")],
    "R31": [
        hit("produktion.sakgranskning", "1", vad=f"{_VALID} har passerat"),
        hit("produktion.sakgranskning", "2", vad=f"{_VALID} saknas"),
    ],
    "R32": [
        hit("behov.signal", falt=quoted(text("behov.signal"))),
        hit("behov.malgrupper", "2", falt=quoted(text("behov.malgrupper", "forkunskap"))),
    ],
    "R33": [
        hit(
            "behov.vem_vill",
            raw={"vad": "en e-postadress (”larande@example.org”) och ett telefonnummer (”070-174 06 05”)"},
            falt=quoted(text("behov.vem_vill")),
            vad="en e-postadress och ett telefonnummer",
        )
    ],
    "R34": [hit("genomforande.bemanning")],
    "R35": [
        hit(
            "koncept.aktiviteter",
            "A1",
            {"aktivitet": "Startdag"},
            "genomforande.tillfallen",
            aktivitet="A1",
            platser="40",
            antal="65 personer",
        )
    ],
    "R36": [
        hit(
            "genomforande.deltagande",
            "2",
            {"malgrupp": "Undersköterskor"},
            "genomforande.missade",
            andel="78",
            malgrupp="rad 2",
        )
    ],
    "R37": [hit("koncept.matt", narmast="M1, dag 29")],
    "R38": [
        hit("koncept.matt", "M2", {"matt": "M2"}, "uppfoljning.resultat", matt="M2"),
        hit("koncept.matt", "M3", {"matt": "M3"}, "uppfoljning.resultat", matt="M3"),
    ],
    "R39": [hit("uppfoljning.natt_malen", opens="uppfoljning.resultat")],
    "R40": [row_hit("analys.andra_insatser", "I2", opens="uppfoljning.andra_insatser_status")],
    "R41": [hit("uppfoljning.lardomar")],
    "R42": [hit("uppfoljning.nasta_matning")],
    "R43": [hit("koncept.aktiviteter", former="Ingen aktivitet är digital")],
    "R44": [hit("analys.slutsats", insats=quoted(DIAGNOSIS.action("bemanning").name))],
    "R45": [
        row_hit("koncept.aktiviteter", "A1", fas="före", vecka="2"),
        row_hit("koncept.aktiviteter", "A3", fas="efter", vecka="-1"),
        row_hit("koncept.aktiviteter", "A4", fas="före", vecka="34"),
    ],
    "R46": [hit("koncept.kollegastod")],
    "R47": [hit("uppfoljning.varde", lage="Svaret om värde säger inte vad Esther märker")],
    "R48": [hit("behov.krav_bevis", saknas="hur det visas och hur ofta det görs om")],
    "R49": [hit("koncept.vardag_kvar")],
    "R50": [
        row_hit(
            "analys.onskat_beteende",
            "B1",
            opens="koncept.larandemal",
            svar="”Det är svårt att göra i praktiken, även för den som vet hur”",
            nivaer="”Minnas” och ”Förstå”",
        )
    ],
    "R51": [hit("uppfoljning.resultat", "1", {"matt": "för M2 (Enkät)"}, matt="i rad 1")],
    "R52": [row_hit("koncept.matt", "M3")],
    "R53": [
        hit("analys.beslutsgang", beslut=label("analys.beslut", "koncept_mix"), saknas="dag"),
    ],
    "R54": [
        row_hit("koncept.matt", "M5", {"grupp": "Enhetschefer"}, grupp="en målgrupp", antal="2 personer")
    ],
    "R55": [
        hit(
            "uppfoljning.lardomar",
            "R1",
            {"lardom": "”Bättre schema”"},
            lardom="i rad R1",
            saknas="ansvarig roll och datum",
        )
    ],
    "R56": [hit("genomforande.deltagande", datum="10 februari 2025")],
    "R57": [hit("koncept.aktiviteter")],
    "R58": [hit("genomforande.krav_registrering")],
    "R59": [hit("produktion.enkat_svar")],
    "R60": [hit("uppfoljning.resultat", "1", {"matt": "för M1 (Stickprov)"}, matt="i rad 1")],
    "R61": [hit("analys.hinder", pastaenden="”Tiden är för knapp”")],
    "R64": [
        hit("behov.effektmatt", "E1", vad="Måttet E1", datum="31 december 2026", start="10 februari 2027")
    ],
    "R63": [row_hit("koncept.aktiviteter", "A2")],
    "R62": [hit("analys.slutsats", forr="att undersöka först", nu="annat än utbildning")],
}


@EVERY_RULE
def test_a_bad_case_is_found_where_it_is_bad(rule: str) -> None:
    assert hits(rule, read(CASES / rule / "fel.yaml")) == EXPECTED[rule]


@EVERY_RULE
def test_a_good_case_is_left_in_peace(rule: str) -> None:
    answers = read(CASES / rule / "bra.yaml")
    assert answers != {}
    assert hits(rule, answers) == []


@EVERY_RULE
def test_what_a_rule_fills_in_is_known(rule: str) -> None:
    found = hits(rule, read(CASES / rule / "fel.yaml"))
    assert {word for one in found for word in {*one.words, *one.raw}} == set(WORDS.get(rule, ()))


@EVERY_RULE
def test_every_name_in_a_sentence_gets_its_word(rule: str) -> None:
    asked = set(re.findall(r"\{(\w+)\}", rule_texts()[rule]["text"]))
    given_words = [{*found.words, *found.raw} for found in hits(rule, read(CASES / rule / "fel.yaml"))]
    assert [words for words in given_words if not asked <= words] == []


# ---------------------------------------------------- what would break the example


def given(**values: object) -> Change:
    """Other answers: `behov__varfor` is `behov.varfor`; None takes the answer away."""
    changed = {key.replace("__", "."): value for key, value in values.items()}
    return lambda answers: {
        **{qid: answer for qid, answer in answers.items() if qid not in changed},
        **{qid: Given(value) for qid, value in changed.items() if value is not None},  # type: ignore[arg-type]
    }


def rows(qid: str, change: Callable[[Row], Row | None]) -> Change:
    """Each row changed, or taken away with None."""

    def changed(answers: Answers) -> Answers:
        kept = tuple(row for old in given_rows(answers, qid) if (row := change(old)) is not None)
        return {**answers, qid: Given(kept)}

    return changed


def fields(qid: str, *row_ids: str, **values: object) -> Change:
    """Other values in the rows named, or in all of them; None takes the value away."""

    def changed(row: Row) -> Row:
        if row_ids and row.id not in row_ids:
            return row
        merged = {**row.values, **values}
        return replace(row, values={key: value for key, value in merged.items() if value is not None})

    return rows(qid, changed)


def without_rows(qid: str, *row_ids: str) -> Change:
    return rows(qid, lambda row: None if row.id in row_ids else row)


def each(*changes: Change) -> Change:
    """One change after the other."""

    def changed(answers: Answers) -> Answers:
        for change in changes:
            answers = change(answers)
        return answers

    return changed


ACTIVITIES, GOALS, MEASURES = "koncept.aktiviteter", "koncept.larandemal", "koncept.matt"
MUTATIONS: dict[str, Change] = {
    "R01": given(behov__effektmatt=None),
    "R02": fields("behov.effektmatt", "E1", mal=None),
    "R03": given(behov__varfor="Nya behöver en webbutbildning."),
    "R04": given(behov__esther="Vården blir bättre."),
    "R05": given(behov__krav_kalla=None),
    "R06": given(analys__tillfragade=("chef", "sakkunnig"), analys__svarande=None),
    "R07": fields("analys.onskat_beteende", "B1", gor="är medveten om larmtrappan"),
    "R08": given(analys__gap_belagg="vet_inte"),
    "R09": without_rows("analys.andra_insatser", "I1", "I2"),
    "R10": fields("analys.andra_insatser", "I2", ansvarig_roll=None),
    "R11": each(
        fields(ACTIVITIES, "A1", mal=("L1",)),
        fields(ACTIVITIES, "A5", "A8", mal=("L1", "L2", "L3")),
    ),
    "R12": each(fields(MEASURES, "M2", avser=None), fields(MEASURES, "M5", avser=("L1", "L2"))),
    "R13": fields(GOALS, "L1", beteende="B9"),
    "R14": fields(GOALS, "L2", kriterium=None),
    "R15": fields(ACTIVITIES, "A8", mal=None),
    "R16": without_rows(ACTIVITIES, "A7", "A8"),
    "R17": fields(ACTIVITIES, vecka=0),
    "R18": fields(ACTIVITIES, "A1", "A5", "A8", aktiv=False),
    "R19": without_rows(MEASURES, "M3", "M4"),
    "R20": without_rows("koncept.chef_handlingar", "H3"),
    "R21": given(koncept__tillampning_dagar=30),
    "R22": given(genomforande__egen_plan="nej"),
    "R23": given(koncept__samverkan="vet_inte"),
    "R25": given(analys__gap_belagg="vi_tror"),
    "R26": fields("produktion.material", "P1", aktivitet=None),
    "R27": given(produktion__aktiv_andel=40),
    "R28": given(produktion__repetition_dagar=(14,)),
    "R29": given(produktion__tillganglighet=None),
    "R30": given(produktion__debriefing=None),
    "R31": fields("produktion.sakgranskning", giltigt_till=date(2025, 5, 31)),
    "R32": given(behov__signal="Patienten, 121212-1212, fick vänta."),
    "R33": given(om__processledare_roll="Lärandestrateg, larande@example.org"),
    "R34": given(genomforande__bemanning=("ej_lost",)),
    "R35": without_rows("genomforande.tillfallen", "T2"),
    "R36": each(given(genomforande__missade=None), fields("genomforande.deltagande", "1", fullfoljt=40)),
    "R37": fields(MEASURES, "M3", "M4", nar_dagar=14),
    "R38": each(without_rows("uppfoljning.resultat", "6"), fields(MEASURES, "M6", nar_dagar=None)),
    "R39": each(
        given(uppfoljning__natt_malen="ja"),
        fields("uppfoljning.resultat", "3", "4", utfall="ej mätt"),
    ),
    "R40": without_rows("uppfoljning.andra_insatser_status", "1"),
    "R41": given(uppfoljning__lardomar=None),
    "R42": given(uppfoljning__nasta_matning=None),
    "R43": fields(ACTIVITIES, form="digital"),
    "R44": given(analys__slutsats="Analysen visar att det behövs en kurs.", analys__andra_insatser=None),
    "R45": fields(ACTIVITIES, "A1", vecka=30),
    "R46": given(koncept__kollegastod=None),
    "R47": given(uppfoljning__varde="Ja, alla var nöjda."),
    "R48": given(
        behov__krav_intervall="vet_inte",
        behov__krav_kalla="Brandskydd 2 kap. 2 §.",
        koncept__krav_kortast=None,
    ),
    "R49": each(
        given(koncept__vardag_kvar=None, koncept__kollegastod=None),
        fields(ACTIVITIES, form="digital"),
        fields("koncept.chef_handlingar", handling="Tackar för deltagandet"),
        given(analys__andra_insatser=None),
    ),
    "R50": fields(GOALS, niva="forsta"),
    "R51": fields("uppfoljning.resultat", "1", datum=None),
    "R52": fields(MEASURES, "M1", ansvarig_roll=None),
    "R53": given(analys__beslutsgang=None),
    "R54": each(fields("behov.malgrupper", "1", antal=4), given(produktion__enkat_svar="anonyma")),
    "R55": fields("uppfoljning.lardomar", "R2", anvands="nu"),
    "R56": given(genomforande__deltagande=None),
    "R57": fields(ACTIVITIES, form="workshop"),
    "R58": given(genomforande__krav_registrering=None),
    "R59": given(produktion__enkat_svar=None),
    "R60": fields("uppfoljning.resultat", "1", utfall="dag 86 %, natt 79 %"),
    "R61": fields("analys.svarande", s10="stammer_inte"),
    "R63": fields(ACTIVITIES, "A1", fas=None),
    "R64": fields("behov.effektmatt", "E1", nar=date(2024, 1, 1)),
    "R62": given(analys__slutsats="Det pekar på: lärande. Bemanning, handledning och utbildning behövs."),
}
SILENCED: dict[str, Change] = {"R24": fields(ACTIVITIES, minuter=10)}
"""The rules the example breaks, and what would mend it."""


def test_every_rule_is_tried_on_the_example() -> None:
    assert sorted([*MUTATIONS, *SILENCED]) == sorted(CHECKS)


@every_case("rule", MUTATIONS)
def test_the_example_keeps_the_rule_until_it_is_changed(rule: str) -> None:
    assert hits(rule, EXAMPLE) == []
    assert hits(rule, MUTATIONS[rule](EXAMPLE)) != []


@pytest.mark.parametrize("rule", SILENCED)
def test_the_example_breaks_the_rule_until_it_is_mended(rule: str) -> None:
    assert hits(rule, EXAMPLE) != []
    assert hits(rule, SILENCED[rule](EXAMPLE)) == []


def test_the_example_takes_939_hours_117_shifts_and_329_thousand_kronor() -> None:
    assert [one.words for one in hits("R24", EXAMPLE)] == [
        {"timmar": "939", "pass": "ungefär 117 arbetspass", "kr": "329\u00a0000"}
    ]


def test_the_example_breaks_no_thread() -> None:
    red = [rule for rule, words in rule_texts().items() if words["grad"] == "rod"]
    assert red != []
    assert {rule: hits(rule, EXAMPLE) for rule in red if hits(rule, EXAMPLE)} == {}


def test_a_review_holds_through_its_last_day() -> None:
    assert hits("R31", EXAMPLE, date(2026, 2, 28)) == []
    told = [hit("produktion.sakgranskning", "1", vad=f"{_VALID} har passerat")]
    assert hits("R31", EXAMPLE, date(2026, 3, 1)) == told


# ------------------------------------------------------------ whatever the answers


@EVERY_RULE
def test_a_stage_nobody_has_touched_gives_nothing(rule: str) -> None:
    stage = rule_texts()[rule]["steg"]
    for answers in (read(CASES / rule / "fel.yaml"), EXAMPLE):
        rest = {
            qid: answer for qid, answer in answers.items() if stage not in ("alla", qid.partition(".")[0])
        }
        assert hits(rule, rest) == []


PLAIN = st.sampled_from([Unknown(), Unknown("frågar HR"), Skipped("inte nu"), Unfit("kanske", "Går inte.")])


def damaged_row(row: Row) -> st.SearchStrategy[Row]:
    """The row with some of its fields, or none, and perhaps one that does not fit."""
    kept = st.sets(st.sampled_from(sorted(row.values))) if row.values else st.just(set())
    unfit = st.sampled_from([{}, {"Eget fält": "kanske"}, {"klart": "i vår"}])
    return st.builds(lambda keys, odd: Row(row.id, {key: row.values[key] for key in keys}, odd), kept, unfit)


def damaged(answer: Answer) -> st.SearchStrategy[Answer | None]:
    """The answer as it is, gone, in another state, of another kind, or with rows that lack things."""
    value = answer.value if isinstance(answer, Given) else ()
    parts = [part for part in value if isinstance(part, Row)] if isinstance(value, tuple) else []
    broken = st.tuples(*map(damaged_row, parts)).map(Given) if parts else st.just(Given(()))
    fewer = (
        st.lists(st.sampled_from(parts), unique_by=id).map(lambda kept: Given(tuple(kept)))
        if parts
        else PLAIN
    )
    odd = st.sampled_from([Given(""), Given(0), Given(True), Given(("a", 1)), Given({"s01": "stammer"})])  # type: ignore[list-item]
    return st.one_of(st.just(answer), st.none(), PLAIN, broken, fewer, odd)


ANSWERS = st.fixed_dictionaries({qid: damaged(answer) for qid, answer in EXAMPLE.items()}).map(
    lambda answers: {qid: answer for qid, answer in answers.items() if answer is not None}
)


@drawn(ANSWERS)
def test_whatever_the_answers_every_finding_points_at_a_question_and_a_row_that_exist(
    answers: Answers,
) -> None:
    for rule in CHECKS:
        for found in hits(rule, answers):
            assert BATTERY.question(found.qid) is not None
            rows = {row.id for row in given_rows(answers, found.qid)}
            assert found.row in {"", *rows, *DIAGNOSIS.causes, "fore", "under", "efter"}
            assert all({**found.words, **found.raw}.values())


@EVERY_RULE
def test_rows_with_nothing_in_them_say_nothing_wrong(rule: str) -> None:
    empty = rows_emptied(EXAMPLE)
    assert [found for found in hits(rule, empty) if found.row[-1:].isdigit()] == []


def rows_emptied(answers: Answers) -> Answers:
    return {
        qid: Given(tuple(Row(row.id, {}) for row in given_rows(answers, qid)))
        if given_rows(answers, qid)
        else answer
        for qid, answer in answers.items()
    }


# ------------------------------------------------------------- where a rule is careful


def statements(**hindering: str) -> dict[str, str]:
    """Every statement answered: nothing hinders but this."""
    obstacles = BATTERY.question("analys.hinder")
    assert obstacles
    return {**{statement.id: "stammer_inte" for statement in obstacles.statements}, **hindering}


STRONG_TIME = given(
    analys__hinder=statements(s10="stammer"), analys__andra_insatser=None, analys__beslut=None
)
NO_CONCEPT = {qid: answer for qid, answer in EXAMPLE.items() if not qid.startswith("koncept.")}


def test_a_strong_cause_is_no_finding_while_the_analysis_is_under_way() -> None:
    halfway = STRONG_TIME(NO_CONCEPT)
    assert hits("R09", halfway) == []
    assert hits("R09", given(analys__beslut="annan_insats")(halfway)) != []


@pytest.mark.parametrize("decision", ["avsluta", "undersok_mer"])
def test_a_strong_cause_is_no_finding_when_nothing_will_be_done(decision: str) -> None:
    assert hits("R09", given(analys__beslut=decision)(STRONG_TIME(NO_CONCEPT))) == []


def test_activities_to_come_may_meet_what_can_be_learnt() -> None:
    learning = given(analys__hinder=statements(s03="stammer", s04="stammer"), analys__andra_insatser=None)
    assert hits("R09", learning(NO_CONCEPT)) == []
    planned = each(learning, given(koncept__aktiviteter=(Row("A1", {"form": "forelasning"}),)))
    assert [one.words["orsak"] for one in hits("R09", planned(NO_CONCEPT))] == [
        DIAGNOSIS.causes["fardighet_vardag"].name,
        DIAGNOSIS.causes["fardighet_sallan"].name,
    ]


DERIVING = replace(BATTERY, derive=partial(computed_answers, DIAGNOSIS, BATTERY))
LEARNING = given(analys__hinder=statements(s04="stammer"), analys__beslut="koncept_larande")
"""Only practice meets this, so that no other actions are asked for."""
NO_GAP = given(analys__gap_belagg="inget_gap")


def findings(answers: Answers) -> list[tuple[str, str]]:
    texts = load_rules((QUESTIONS / "rod-trad.yaml").read_text("utf-8"), "rod-trad.yaml")
    found = check(replace(case(answers), sheet=AnswerSheet(DERIVING, answers)), texts)
    return [(one.rule, one.qid) for one in found]


def test_other_actions_that_are_no_longer_asked_for_are_not_held_against_anybody() -> None:
    nobodys = fields("analys.andra_insatser", ansvarig_roll=None)
    untold = given(uppfoljning__andra_insatser_status=None)
    broken = each(nobodys, untold)(EXAMPLE)
    assert {"R10", "R40"} <= {rule for rule, _ in findings(broken)}
    assert not {"R10", "R40"} & {rule for rule, _ in findings(NO_GAP(broken))}


def test_a_strong_cause_is_to_be_met_by_activities_when_no_other_actions_are_asked_for() -> None:
    lecture = given(koncept__aktiviteter=(Row("A1", {"form": "forelasning"}),), analys__andra_insatser=None)
    assert ("R09", "koncept.aktiviteter") in findings(each(LEARNING, lecture)(EXAMPLE))


def test_other_actions_meet_a_cause_though_they_are_no_longer_asked_for() -> None:
    unasked = given(koncept__aktiviteter=(Row("A1", {"form": "forelasning"}),))
    coached = fields("analys.andra_insatser", typ="ovning")
    assert "R09" not in {rule for rule, _ in findings(each(LEARNING, unasked, coached)(EXAMPLE))}


@drawn(ANSWERS)
def test_whatever_the_answers_no_finding_in_a_stage_is_about_a_question_that_is_not_asked(
    answers: Answers,
) -> None:
    for rule, qid in findings(answers):
        question = BATTERY.question(qid)
        assert question is not None
        assert rule in ("R32", "R33") or is_relevant(question, AnswerSheet(DERIVING, answers))


def test_no_evidence_and_not_knowing_yet_are_the_same() -> None:
    unknown = {**EXAMPLE, "analys.gap_belagg": Unknown("chefen")}
    assert [one.words["belagg"] for one in hits("R25", unknown)] == [label("analys.gap_belagg", "vet_inte")]


@pytest.mark.parametrize("answer", [Given("vet_inte"), Unknown("Jurist")])
def test_a_law_that_is_named_though_nobody_knows_which_is_told_however_that_is_said(answer):
    named = {"behov.krav": answer, "behov.utlosare": Given(("lagkrav",))}
    assert [hit.qid for hit in hits("R05", named)] == ["behov.krav"]
    assert hits("R05", {"behov.krav": answer}) == []


def test_limits_are_the_organisations_own() -> None:
    generous = replace(case(EXAMPLE), limits={"tidsvarning_timmar": 1000})
    assert list(CHECKS["R24"](generous)) == []


def test_names_are_compared_as_people_write_them() -> None:
    seats = fields(ACTIVITIES, "A4", malgrupp=("nya  Undersköterskor",))
    assert hits("R35", each(seats, MUTATIONS["R35"])(EXAMPLE)) != []


@pytest.mark.parametrize(("rule", "field"), [("R17", "vecka"), ("R43", "form")])
def test_nothing_is_said_of_all_activities_when_one_is_not_known(rule: str, field: str) -> None:
    assert hits(rule, each(MUTATIONS[rule], fields(ACTIVITIES, "A3", **{field: None}))(EXAMPLE)) == []


def test_seats_are_not_counted_when_an_occasion_does_not_say() -> None:
    unsaid = fields("genomforande.tillfallen", "T3", platser=None)
    assert hits("R35", each(MUTATIONS["R35"], unsaid)(EXAMPLE)) == []


def test_activities_all_in_one_week_are_within_seven_days() -> None:
    assert hits("R17", MUTATIONS["R17"](EXAMPLE)) == [hit(ACTIVITIES, dagar="7")]


def test_a_prefilled_row_is_no_result_and_no_status() -> None:
    prefilled = each(
        fields("uppfoljning.resultat", "1", utfall=None, datum=None, kommentar=None),
        fields("uppfoljning.andra_insatser_status", "1", status=None, kommentar=None),
    )(EXAMPLE)
    assert [found.row for found in hits("R38", prefilled, date(2025, 7, 1))] == ["M1"]
    assert [found.row for found in hits("R40", prefilled)] == ["I1"]


def test_a_measure_whose_day_has_not_come_is_not_late() -> None:
    without = without_rows("uppfoljning.resultat", "6")(EXAMPLE)
    last_occasion_and_300_days = date(2026, 4, 6)
    assert hits("R38", without, last_occasion_and_300_days - timedelta(days=1)) == []
    assert [found.row for found in hits("R38", without, last_occasion_and_300_days)] == ["M6"]


def test_a_finding_names_the_question_where_it_is_mended() -> None:
    texts = load_rules((QUESTIONS / "rod-trad.yaml").read_text("utf-8"), "rod-trad.yaml")
    without_result = MUTATIONS["R38"](EXAMPLE)
    (found,) = [one for one in check(case(without_result), texts) if one.rule == "R38"]
    assert (found.qid, found.row, found.opens) == (MEASURES, "M6", "uppfoljning.resultat")
    assert found.place == "Uppföljning, frågan ”Vad visar varje mått?”"


@pytest.mark.parametrize(("rule", "stage"), [("R13", "analys."), ("R26", "koncept.")])
def test_no_link_is_asked_for_to_a_stage_nobody_has_touched(rule: str, stage: str) -> None:
    rest = {qid: answer for qid, answer in EXAMPLE.items() if not qid.startswith(stage)}
    assert hits(rule, rest) == []
    assert hits(rule, {**rest, f"{stage}nulage_beteende": Unknown()}) != []


def test_activities_that_point_at_goals_no_longer_there_belong_to_none() -> None:
    assert hits("R15", fields(ACTIVITIES, "A8", mal=("L9",))(EXAMPLE)) == [row_hit(ACTIVITIES, "A8")]


NUMBER, MAIL = "121212-1212", "larande@example.org"


@pytest.mark.parametrize(
    "answer",
    [
        Given(f"Se {NUMBER}, {MAIL}."),
        Given(("chef", f"{NUMBER} {MAIL}")),
        Skipped(f"{NUMBER} vill inte, säger {MAIL}"),
        Unknown(f"{MAIL} vet om {NUMBER}"),
        Unfit(f"{NUMBER} {MAIL}", "Här behövs ett tal."),
    ],
    ids=lambda answer: type(answer).__name__,
)
def test_traces_of_people_are_found_in_every_kind_of_answer(answer: Answer) -> None:
    where = quoted(text("behov.utlosare"))
    answers = {"behov.utlosare": answer}
    assert hits("R32", answers) == [hit("behov.utlosare", falt=where)]
    mail = {"vad": f"en e-postadress ({quoted(MAIL)})"}
    assert hits("R33", answers) == [hit("behov.utlosare", raw=mail, falt=where, vad="en e-postadress")]


def test_traces_of_people_in_one_row_are_one_finding() -> None:
    row = Row("A1", {"titel": NUMBER, "mal": (NUMBER,)}, {"titel": NUMBER, "Eget fält": NUMBER})
    answers = {ACTIVITIES: Given((row,)), "behov.nedlagd": Given(NUMBER)}
    title, goals = text(ACTIVITIES, "titel"), text(ACTIVITIES, "mal")
    assert hits("R32", answers) == [
        hit(ACTIVITIES, "A1", falt=f"{quoted(title)}, {quoted(goals)} och ”ett eget fält”"),
        hit("behov.nedlagd", falt="”behov.nedlagd”"),
    ]


def test_nobody_parts_from_others_by_not_knowing() -> None:
    unsure = fields("analys.svarande", s10="vet_inte")(read(CASES / "R61" / "fel.yaml"))
    assert hits("R61", unsure) == []
    joint = given(analys__hinder={"s08": "delvis", "s10": "vet_inte"})(read(CASES / "R61" / "fel.yaml"))
    assert hits("R61", joint) == []


@pytest.mark.parametrize(
    ("word", "value"),
    [
        ("den äldre", "De äldre får hjälp i tid."),
        ("den äldre", "Den äldre får hjälp i tid."),
        ("studenten", "Studenterna får besked samma dag."),
        ("resenären", "Resenärerna hittar till tåget."),
        ("gästen", "Gästerna väntar kortare."),
        ("eleven", "Elevens schema går att läsa."),
    ],
)
def test_those_it_is_for_are_heard_in_any_form_of_the_organisation_s_own_word(word: str, value: str) -> None:
    answers = given(uppfoljning__varde=value)(read(CASES / "R47" / "fel.yaml"))
    sheet = AnswerSheet(replace(BATTERY, esther=word), answers)
    assert list(CHECKS["R47"](replace(case(answers), sheet=sheet))) == []


@pytest.mark.parametrize(
    ("left_out", "saknas"),
    [("behov.krav_bevis", "hur ofta det görs om"), ("behov.krav_intervall", "hur det visas")],
)
def test_of_a_demand_only_what_is_asked_is_missed(left_out: str, saknas: str) -> None:
    stages = tuple(
        stage.model_copy(update={"questions": tuple(one for one in stage.questions if one.qid != left_out)})
        for stage in BATTERY.stages
    )
    named = {question.qid: question for question in BATTERY.questions()}
    answers = read(CASES / "R48" / "fel.yaml")
    sheet = AnswerSheet(replace(BATTERY, stages=stages, named=named), answers)
    (found,) = CHECKS["R48"](replace(case(answers), sheet=sheet))
    assert found.words == {"saknas": saknas}
    assert found.qid != left_out


@pytest.mark.parametrize(("role", "found"), [("chef", 1), ("medarbetare", 0)])
def test_who_has_answered_the_statements_has_been_asked(role: str, found: int) -> None:
    alone = Given((Row("SV1", {"roll": role, "s01": "delvis"}),))
    answers = {"analys.tillfragade": Given(("chef",)), "analys.svarande": alone}
    assert len(hits("R06", answers)) == found


def test_a_conclusion_need_not_name_what_an_activity_is() -> None:
    answers = given(analys__slutsats="Det som saknas är tid.")(EXAMPLE)
    assert hits("R44", answers) == []
    elsewhere = rows(
        "koncept.aktiviteter", lambda row: replace(row, values={**row.values, "form": "digital"})
    )
    assert [found.words["insats"] for found in hits("R44", elsewhere(answers))] == [
        quoted(DIAGNOSIS.action("handledning").name)
    ]
