"""Both sides of each condition of a rule: the smallest initiative where it speaks, and one step from it.

A side is named by what is so on it. Of a number there are the limit, just under and just over.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

import pytest

from every import every_case
from test_checks import BATTERY, TODAY, each, fields, given, hits, rows, statements
from utbildningsprocess.addresses import (
    ACTIVITIES,
    DECISIONS,
    EFFECT_MEASURES,
    GOALS,
    LESSONS,
    MEASURES,
    OCCASIONS,
    RESULTS,
    TARGET_GROUPS,
)
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.model import Given, Period, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from utbildningsprocess.model import Answers

    Change = Callable[[Answers], Answers]

TOLD_RULES = ("R45", *(f"R{number}" for number in range(47, 61)), "R63", "R64")
"""The rules whose conditions stand here."""


class Sides(NamedTuple):
    """The smallest initiative where a rule speaks, what silences it, and what does not, each one step away."""

    speaks: Answers
    silent: Mapping[str, Change]
    speaks_too: Mapping[str, Change] = {}


# ------------------------------------------------------------- how they are written


def said(**values: object) -> Change:
    """Other answers, as in `given`; a list of dicts is the rows of a group."""
    return given(**{key: grouped(key.replace("__", "."), value) for key, value in values.items()})


def initiative(**values: object) -> Answers:
    return said(**values)({})


def grouped(qid: str, value: object) -> object:
    if not isinstance(value, list):
        return value
    question = BATTERY.question(qid)
    assert question is not None
    return tuple(Row(f"{question.row_prefix or ''}{place}", cells) for place, cells in enumerate(value, 1))


def added(qid: str, **cells: object) -> Change:
    """One row more in a group."""

    def changed(answers: Answers) -> Answers:
        present = [dict(row.values) for row in given_rows(answers, qid)]
        return {**answers, qid: Given(grouped(qid, [*present, cells]))}  # type: ignore[arg-type]

    return changed


def unknown(qid: str, *lacking: str) -> Change:
    """Rows in which it is said that nobody knows yet what stands in some fields."""

    def changed(row: Row) -> Row:
        kept = {field: value for field, value in row.values.items() if field not in lacking}
        return replace(row, values=kept, unknown=dict.fromkeys(lacking, "chefen"))

    return rows(qid, changed)


def ago(days: int) -> date:
    return TODAY - timedelta(days=days)


EMPTY_ROWS = [{}]

# ------------------------------------------------------------------- the sides

SIDES: dict[str, Sides] = {
    "R45 a preparation after the last joint occasion": Sides(
        initiative(koncept__aktiviteter=[{"fas": "fore", "vecka": 1}, {"fas": "under", "vecka": 0}]),
        silent={
            "it is in the week of the occasion": fields(ACTIVITIES, "A1", vecka=0),
            "it is in the week before": fields(ACTIVITIES, "A1", vecka=-1),
            "another occasion is as late": added(ACTIVITIES, fas="under", vecka=1),
            "it is in the phase during": fields(ACTIVITIES, "A1", fas="under"),
            "it is in the phase after": fields(ACTIVITIES, "A1", fas="efter"),
            "it has no phase": fields(ACTIVITIES, "A1", fas=None),
            "it has no week": fields(ACTIVITIES, "A1", vecka=None),
            "the occasion has no week": fields(ACTIVITIES, "A2", vecka=None),
            "another occasion has no week": added(ACTIVITIES, fas="under"),
            "its own occasion is as late": each(
                fields(ACTIVITIES, "A1", mal=("L1", "L2")), added(ACTIVITIES, fas="under", vecka=1, mal=("L2",))
            ),
        },
        speaks_too={
            "there is no joint occasion": fields(ACTIVITIES, "A2", fas="efter"),
            "only the occasion of another goal is as late": each(
                fields(ACTIVITIES, mal=("L1",)), added(ACTIVITIES, fas="under", vecka=5, mal=("L2",))
            ),
            "only the occasion of another goal has no week": each(
                fields(ACTIVITIES, mal=("L1",)), added(ACTIVITIES, fas="under", mal=("L2",))
            ),
            "only what comes after is as late": added(ACTIVITIES, fas="efter", vecka=1),
        },
    ),
    "R45 a week before the first occasion": Sides(
        initiative(koncept__aktiviteter=[{"fas": "under", "vecka": -1}]),
        silent={
            "it is the week of the occasion": fields(ACTIVITIES, vecka=0),
            "it is in the phase before": fields(ACTIVITIES, fas="fore"),
            "it has no phase": fields(ACTIVITIES, fas=None),
        },
        speaks_too={"it is in the phase after": fields(ACTIVITIES, fas="efter")},
    ),
    "R45 a week of the calendar": Sides(
        initiative(koncept__aktiviteter=[{"fas": "under", "vecka": 20}]),
        silent={
            "it is week 19": fields(ACTIVITIES, vecka=19),
            "the programme is long and begins in week 0": added(ACTIVITIES, fas="under", vecka=0),
            "it is in the phase after": fields(ACTIVITIES, fas="efter"),
            "it has no phase": fields(ACTIVITIES, fas=None),
        },
        speaks_too={"it is week 21": fields(ACTIVITIES, vecka=21)},
    ),
    "R47 somebody who was to be asked": Sides(
        initiative(behov__esther_tillfragad=("nej_men_planerat",), koncept__tillampning_dagar=3),
        silent={
            "nobody planned to ask": said(behov__esther_tillfragad=("nej",)),
            "nothing is said of it": said(behov__esther_tillfragad=None),
            "Koncept is not begun": said(koncept__tillampning_dagar=None),
            "Esther was asked in the analysis": said(analys__tillfragade=("chef", "esther")),
            "Esther has a part in the plan": said(koncept__esther_i_planen="Läser kallelsen före oss."),
        },
        speaks_too={
            "others were asked in the analysis": said(analys__tillfragade=("chef", "medarbetare")),
            "it was planned beside something else": said(behov__esther_tillfragad=("nej", "nej_men_planerat")),
            "there was room for one answer only": said(behov__esther_tillfragad="nej_men_planerat"),
        },
    ),
    "R47 somebody who was asked": Sides(
        initiative(behov__esther_tillfragad=("ja_narstaende",), uppfoljning__varde="Alla var nöjda."),
        silent={
            "nobody was asked": said(behov__esther_tillfragad=("nej",)),
            "it was only planned": said(behov__esther_tillfragad=("nej_men_planerat",)),
            "nothing is said of the value": said(uppfoljning__varde=None),
            "the value names Esther": said(uppfoljning__varde="Esther var nöjd."),
        },
        speaks_too={
            "Esther was asked herself": said(behov__esther_tillfragad=("ja_patient_brukare",)),
            "a survey asked her": said(behov__esther_tillfragad=("ja_via_enkat_klagomal",)),
            "there was room for one answer only": said(behov__esther_tillfragad="ja_narstaende"),
        },
    ),
    "R48": Sides(
        initiative(behov__krav="lag_foreskrift", koncept__aktiviteter=[{"titel": "Släckövning"}]),
        silent={
            "nothing is demanded": said(behov__krav="nej"),
            "the demand is our own": said(behov__krav="internt_beslut"),
            "nobody knows of a demand": said(behov__krav="vet_inte"),
            "no activity is planned": said(koncept__aktiviteter=None),
            "nothing is written of the activity": said(koncept__aktiviteter=EMPTY_ROWS),
            "the shortest way is chosen": said(koncept__krav_kortast="Visad färdighet på passet."),
            "the demand asks for no course": said(behov__krav_kalla="Ingen utbildning krävs."),
            "both are answered": said(behov__krav_bevis=("intyg",), behov__krav_intervall="varje_ar"),
            "the demand says neither": said(behov__krav_bevis=("sags_inte",), behov__krav_intervall="sags_inte"),
            "one of the proofs is known": said(behov__krav_bevis=("vet_inte", "intyg"), behov__krav_intervall="en_gang"),
        },
        speaks_too={
            "it stands in an agreement": said(behov__krav="avtal_certifiering"),
            "only the proof is answered": said(behov__krav_bevis=("intyg",)),
            "only how often is answered": said(behov__krav_intervall="varje_ar"),
            "nobody knows the proof": said(behov__krav_bevis=("vet_inte",), behov__krav_intervall="varje_ar"),
            "nobody knows how often": said(behov__krav_bevis=("intyg",), behov__krav_intervall="vet_inte"),
        },
    ),
    "R49": Sides(
        initiative(koncept__aktiviteter=[{"form": "forelasning", "fas": "under"}]),
        silent={
            "no activity is planned": said(koncept__aktiviteter=None),
            "nothing is written of the activity": said(koncept__aktiviteter=EMPTY_ROWS),
            "something is said to be left": said(koncept__vardag_kvar="En pärm."),
            "people talk at work afterwards": added(ACTIVITIES, form="samtal", fas="efter"),
            "the manager asks every week": said(koncept__chef_handlingar=[{"fas": "efter", "handling": "Frågar varje vecka"}]),
            "colleagues meet every week": said(koncept__kollegastod="Ses varje vecka."),
            **{
                f"another action of the kind {kind} is weekly": said(analys__andra_insatser=[{"typ": kind, "insats": "Möte varje vecka"}])
                for kind in ("handledning", "bemanning", "organisation", "ledarskap")
            },
        },
        speaks_too={
            "a lecture comes afterwards": added(ACTIVITIES, form="forelasning", fas="efter"),
            "people talk at work during it": added(ACTIVITIES, form="samtal", fas="under"),
            "an activity afterwards has no form": added(ACTIVITIES, titel="Något mer", fas="efter"),
            "the manager asks every week before": said(koncept__chef_handlingar=[{"fas": "fore", "handling": "Frågar varje vecka"}]),
            "the manager says thanks": said(koncept__chef_handlingar=[{"fas": "efter", "handling": "Tackar"}]),
            "colleagues are glad": said(koncept__kollegastod="Hejar på."),
            "a tool comes every week": said(analys__andra_insatser=[{"typ": "verktyg", "insats": "Nytt blad varje vecka"}]),
            "a change is made once": said(analys__andra_insatser=[{"typ": "organisation", "insats": "Ny blankett"}]),
        },
    ),
    "R50": Sides(
        initiative(
            analys__hinder=statements(s03="stammer"),
            analys__onskat_beteende=[{"gor": "larmar"}],
            koncept__larandemal=[{"niva": "minnas", "beteende": "B1"}],
        ),
        silent={
            "it hinders partly": said(analys__hinder=statements(s03="delvis")),
            "something else hinders": said(analys__hinder=statements(s01="stammer")),
            "nobody has said what hinders": said(analys__hinder=None),
            "the goal leads to nothing": fields(GOALS, beteende=None),
            "the goal leads elsewhere": fields(GOALS, beteende="B2"),
            "the goal is to do it": fields(GOALS, niva="tillampa"),
            "the goal has no level": fields(GOALS, niva=None),
            "one goal more is to do it": added(GOALS, niva="tillampa", beteende="B1"),
            "nothing is written of what they do": said(analys__onskat_beteende=EMPTY_ROWS),
        },
        speaks_too={
            "it is rare": said(analys__hinder=statements(s04="stammer")),
            "it is done together": said(analys__hinder=statements(s05="stammer")),
            "it is said under pressure": said(analys__hinder=statements(s18="stammer")),
            "the goal is to understand": fields(GOALS, niva="forsta"),
            "one goal more leads elsewhere": added(GOALS, niva="tillampa", beteende="B2"),
        },
    ),
    "R51": Sides(
        initiative(uppfoljning__resultat=[{"matt": "M1", "utfall": "64 %"}]),
        silent={
            "there is a day": fields(RESULTS, datum=ago(7)),
            "nobody knows the day": unknown(RESULTS, "datum"),
            "it was not measured": fields(RESULTS, utfall="Ej mätt"),
            "there was no time to measure": fields(RESULTS, utfall="Vi hann inte mäta"),
            "nobody can say": fields(RESULTS, utfall="Går inte att säga"),
            "it is still to be measured": fields(RESULTS, utfall="Mäts i juni"),
            "there is no outcome": fields(RESULTS, utfall=None),
        },
        speaks_too={
            "the measure is not said": fields(RESULTS, matt=None),
            "nobody knows the measure": unknown(RESULTS, "matt"),
        },
    ),
    "R52": Sides(
        initiative(koncept__matt=[{"metod": "Stickprov"}]),
        silent={
            "a role measures": fields(MEASURES, ansvarig_roll="Vårdutvecklare"),
            "nobody knows who": unknown(MEASURES, "ansvarig_roll"),
            "nothing is written of the measure": said(koncept__matt=EMPTY_ROWS),
        },
        speaks_too={
            "the role is a dash": fields(MEASURES, ansvarig_roll="–"),
            "nobody knows how": unknown(MEASURES, "metod"),
        },
    ),
    "R63": Sides(
        initiative(koncept__aktiviteter=[{"titel": "Obligatorisk förmiddag"}]),
        silent={
            "it has a phase": fields(ACTIVITIES, fas="under"),
            "nothing is written of the activity": said(koncept__aktiviteter=EMPTY_ROWS),
        },
        speaks_too={"nobody knows the phase": unknown(ACTIVITIES, "fas")},
    ),
    "R64": Sides(
        initiative(
            behov__effektmatt=[{"matt": "Fel", "nar": date(2027, 2, 9)}],
            koncept__forsta_tillfalle=date(2027, 2, 10),
        ),
        silent={
            "it is the day when it begins": fields(EFFECT_MEASURES, nar=date(2027, 2, 10)),
            "something comes the week before": said(koncept__aktiviteter=[{"titel": "Film", "vecka": -1}]),
            "nobody knows when": unknown(EFFECT_MEASURES, "nar"),
            "nobody has said when it begins": said(koncept__forsta_tillfalle=None, koncept__samverkan="nej"),
        },
        speaks_too={"all is to work later": said(behov__klart_senast=date(2028, 1, 1))},
    ),
    "R53": Sides(
        initiative(
            analys__beslut="koncept_mix", analys__beslutsgang=[{"galler": "Koncept"}], koncept__tillampning_dagar=3
        ),
        silent={
            "nothing is decided": said(analys__beslut=None),
            "more is to be found out": said(analys__beslut="undersok_mer"),
            "Koncept is not begun": said(koncept__tillampning_dagar=None),
            "there is a role and a day": fields(DECISIONS, roll="Chef", datum=ago(7)),
            "there is a role and a last day": fields(DECISIONS, roll="Chef", senast=ago(7)),
            "nobody knows the role": each(fields(DECISIONS, senast=ago(7)), unknown(DECISIONS, "roll")),
            "nobody knows the day": each(fields(DECISIONS, roll="Chef"), unknown(DECISIONS, "senast")),
            "one row more has both": added(DECISIONS, roll="Chef", senast=ago(7)),
        },
        speaks_too={
            "another way is chosen": said(analys__beslut="annan_insats"),
            "there is no row": said(analys__beslutsgang=None),
            "there is a role": fields(DECISIONS, roll="Chef"),
            "there is a last day": fields(DECISIONS, senast=ago(7)),
            "the role and the day stand in two rows": each(fields(DECISIONS, roll="Chef"), added(DECISIONS, senast=ago(7))),
        },
    ),
    "R54": Sides(
        initiative(
            behov__malgrupper=[{"namn": "Chefer", "antal": 4}],
            koncept__larandemal=[{"malgrupp": "Chefer"}],
            koncept__matt=[{"avser": ("L1",), "niva": "3_upplevelse"}],
        ),
        silent={
            "they are five": fields(TARGET_GROUPS, antal=5),
            "they are none": fields(TARGET_GROUPS, antal=0),
            "nobody says how many they are": fields(TARGET_GROUPS, antal=None),
            "the group is another": fields(TARGET_GROUPS, namn="Lärare"),
            "the goal is for no group": fields(GOALS, malgrupp=None),
            "the measure is of no goal": fields(MEASURES, avser=None),
            "the measure is of another goal": fields(MEASURES, avser=("L2",)),
            "it is no survey": fields(MEASURES, niva="7_tillampning"),
            "the answers have names": said(produktion__enkat_svar="med_namn"),
            "the answers have codes": said(produktion__enkat_svar="kodade"),
            "four are enough": said(produktion__enkat_svar="anonyma", produktion__enkat_minsta=4),
        },
        speaks_too={
            "the answers are anonymous": said(produktion__enkat_svar="anonyma"),
            "the method is a survey": fields(MEASURES, niva="7_tillampning", metod="Kort ENKÄT"),
            "five are not enough": each(
                fields(TARGET_GROUPS, antal=5), said(produktion__enkat_svar="anonyma", produktion__enkat_minsta=6)
            ),
            "no number of answers is enough": said(produktion__enkat_svar="anonyma", produktion__enkat_minsta=0),
            "the group is written in another way": fields(GOALS, malgrupp="chefer "),
            "a larger group stands first": said(
                behov__malgrupper=[{"namn": "Lärare", "antal": 60}, {"namn": "Chefer", "antal": 4}]
            ),
        },
    ),
    "R55": Sides(
        initiative(uppfoljning__lardomar=[{"typ": "andra", "anvands": "nu"}]),
        silent={
            "it is for the next time": fields(LESSONS, anvands="nasta"),
            "nobody says for when": fields(LESSONS, anvands=None),
            "it is something to keep": fields(LESSONS, typ="behall"),
            "nobody says of what kind": fields(LESSONS, typ=None),
            "there is a role and a day": fields(LESSONS, ansvarig_roll="Chef", klart=TODAY),
            "nobody knows either": unknown(LESSONS, "ansvarig_roll", "klart"),
        },
        speaks_too={
            "it is for now and the next time": fields(LESSONS, anvands="bada"),
            "it is something to stop": fields(LESSONS, typ="sluta"),
            "there is a role": fields(LESSONS, ansvarig_roll="Chef"),
            "there is a day": fields(LESSONS, klart=TODAY),
            "the role is left empty": fields(LESSONS, ansvarig_roll="", klart=TODAY),
        },
    ),
    "R56": Sides(
        initiative(genomforande__tillfallen=[{"datum": ago(14)}]),
        silent={
            "it was 13 days ago": fields(OCCASIONS, datum=ago(13)),
            "it is to come": fields(OCCASIONS, datum=ago(-14)),
            "there is no day": fields(OCCASIONS, datum=None, platser=8),
            "it was called off": fields(OCCASIONS, lage="installt"),
            "they are counted": said(genomforande__deltagande=[{"fullfoljt": 8}]),
            "nobody completed": said(genomforande__deltagande=[{"fullfoljt": 0}]),
            "one group of two is counted": said(genomforande__deltagande=[{"inbjudna": 9}, {"fullfoljt": 8}]),
        },
        speaks_too={
            "it was 15 days ago": fields(OCCASIONS, datum=ago(15)),
            "it is said to be held": fields(OCCASIONS, lage="genomfort"),
            "one more was yesterday": added(OCCASIONS, datum=ago(1)),
            "one more has no day": added(OCCASIONS, platser=8),
            "only the invited are counted": said(genomforande__deltagande=[{"inbjudna": 9}]),
        },
    ),
    "R57": Sides(
        initiative(koncept__aktiviteter=[{"form": "forelasning"}, {"form": "workshop"}]),
        silent={
            "there is only one": rows(ACTIVITIES, lambda row: row if row.id == "A1" else None),
            "one more has no form": added(ACTIVITIES, titel="Övning"),
            "only one has a form": fields(ACTIVITIES, "A2", form=None, titel="Övning"),
            "one is at work": fields(ACTIVITIES, "A2", form="larpar"),
            "one is digital": fields(ACTIVITIES, "A2", form="digital"),
            "both are at work": fields(ACTIVITIES, form="larpar"),
            "both are digital": fields(ACTIVITIES, form="digital"),
            "one form is unknown": fields(ACTIVITIES, "A2", form="rymdresa"),
            "both forms are unknown": fields(ACTIVITIES, form="rymdresa"),
        },
        speaks_too={
            "both are wherever each one is": fields(ACTIVITIES, form="sjalvstudier"),
        },
    ),
    "R58": Sides(
        initiative(behov__krav="lag_foreskrift", genomforande__bemanning=("schemalagt",)),
        silent={
            "nothing is demanded": said(behov__krav="nej"),
            "nobody knows of a demand": said(behov__krav="vet_inte"),
            "Genomförande is not begun": said(genomforande__bemanning=None),
            "somebody keeps the record": said(genomforande__krav_registrering="Vårdenhetschefen."),
        },
        speaks_too={
            "it stands in an agreement": said(behov__krav="avtal_certifiering"),
            "the demand is our own": said(behov__krav="internt_beslut"),
        },
    ),
    "R59": Sides(
        initiative(koncept__matt=[{"niva": "3_upplevelse"}], produktion__aktiv_andel=80),
        silent={
            "Produktion is not begun": said(produktion__aktiv_andel=None),
            "there is no measure": said(koncept__matt=None),
            "it is no survey": fields(MEASURES, niva="7_tillampning"),
            "it is settled": said(produktion__enkat_svar="ingen_enkat"),
        },
        speaks_too={
            "the method is a survey": fields(MEASURES, niva="7_tillampning", metod="Webbenkät"),
            "one measure more is no survey": added(MEASURES, niva="7_tillampning"),
        },
    ),
    "R60 two values in one": Sides(
        initiative(uppfoljning__resultat=[{"matt": "M1", "utfall": "dag 86 %, natt 79 %"}]),
        silent={
            "there is one value": fields(RESULTS, utfall="86 %"),
            "it is a share": fields(RESULTS, utfall="46 av 51"),
            "the other is what was aimed at": fields(RESULTS, utfall="86 % (mål 90 %)"),
            "the other is a day": fields(RESULTS, utfall="86 % den 3 mars 2025"),
            "it is a range": fields(RESULTS, utfall="70–80 %"),
            "it is not measured": fields(RESULTS, utfall="Ej mätt, varken 5 eller 6 enheter hann"),
            "there is no outcome": fields(RESULTS, utfall=None),
        },
        speaks_too={"the measure is not said": fields(RESULTS, matt=None)},
    ),
    "R60 a measure of two effects": Sides(
        initiative(
            behov__effektmatt=[{"matt": "Fall"}, {"matt": "Trycksår"}],
            koncept__matt=[{"avser": ("E1", "E2")}],
            uppfoljning__resultat=[{"matt": "M1", "utfall": "färre"}],
        ),
        silent={
            "it is of one of them": fields(MEASURES, avser=("E1",)),
            "one of them is gone": rows(EFFECT_MEASURES, lambda row: row if row.id == "E1" else None),
            "one of them is a goal": fields(MEASURES, avser=("E1", "L1")),
            "it is not measured": fields(RESULTS, utfall="Inte mätt"),
            "there is no outcome": fields(RESULTS, utfall=None),
            "the result is of another": fields(RESULTS, matt="M2"),
            "the measure is gone": said(koncept__matt=None),
        },
    ),
}  # fmt: skip


def cases(kind: str) -> list[Any]:
    return [
        (name, side, change) for name, sides in SIDES.items() for side, change in getattr(sides, kind).items()
    ]


def spoken(name: str, change: Change | None = None) -> list[str]:
    """The rows that a rule finds, or an empty one; of the smallest initiative, or of what it is changed to."""
    answers = SIDES[name].speaks
    return [hit.row for hit in hits(name.split(maxsplit=1)[0], change(answers) if change else answers)]


@every_case("name", SIDES)
def test_the_smallest_initiative_has_one_finding(name: str) -> None:
    assert len(spoken(name)) == 1


@every_case("name, side, change", cases("silent"))
def test_one_step_away_the_rule_is_silent(name: str, side: str, change: Change) -> None:
    assert spoken(name, change) == []


@every_case("name, side, change", cases("speaks_too"))
def test_a_step_that_does_not_matter_leaves_the_finding(name: str, side: str, change: Change) -> None:
    assert spoken(name, change) == spoken(name)


def test_every_rule_is_told_from_both_sides() -> None:
    assert {name.split()[0] for name in SIDES} == set(TOLD_RULES)
    assert [name for name, sides in SIDES.items() if not sides.silent] == []


# ------------------------------------------------------------- where, and in which words

LAW = SIDES["R48"].speaks
DECIDED = SIDES["R53"].speaks
"""Initiatives of which the sentence says more than that something is wrong."""


@pytest.mark.parametrize(
    ("level", "method", "is_heard"),
    [
        *((level, "Enkät efter passet", True) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Ingen intervju, en kort enkät", True) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Inte intervju utan enkät", True) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Inte bara enkät", True) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Webbenkät och samtal", True) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Ingen enkät, chefen ser efter", False) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Inte en enkät utan stickprov", False) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Runda i stället för enkäten", False) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Muntlig fråga i slutet", False) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Handuppräckning", False) for level in ("3_upplevelse", "7_tillampning")),
        *((level, "Intervju med fem", False) for level in ("3_upplevelse", "7_tillampning")),
        ("3_upplevelse", "Två frågor på papper", True),
        ("3_upplevelse", None, True),
        ("7_tillampning", "Två frågor på papper", False),
    ],
)
@pytest.mark.parametrize("rule", ["R54", "R59"])
def test_a_survey_is_heard_where_people_are_asked_in_writing(
    rule: str, level: str, method: str | None, *, is_heard: bool
) -> None:
    asked = fields(MEASURES, niva=level, metod=method)(SIDES[rule].speaks)
    assert bool(hits(rule, asked)) == is_heard


@pytest.mark.parametrize(
    ("answered", "place", "lacking"),
    [
        ({}, "behov.krav_bevis", "hur det visas och hur ofta det görs om"),
        ({"behov__krav_bevis": ("intyg",)}, "behov.krav_intervall", "hur ofta det görs om"),
        ({"behov__krav_intervall": "varje_ar"}, "behov.krav_bevis", "hur det visas"),
    ],
)
def test_of_a_demand_it_is_said_what_is_open(answered: dict[str, object], place: str, lacking: str) -> None:
    (hit,) = hits("R48", said(**answered)(LAW))
    assert (hit.qid, hit.words["saknas"]) == (place, lacking)


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        (fields(DECISIONS), "roll och dag"),
        (said(analys__beslutsgang=None), "roll och dag"),
        (fields(DECISIONS, roll="Chef"), "dag"),
        (fields(DECISIONS, datum=TODAY), "roll"),
        (fields(DECISIONS, senast=TODAY), "roll"),
        (unknown(DECISIONS, "senast"), "roll"),
        (each(fields(DECISIONS, roll="Chef"), added(DECISIONS, senast=TODAY)), "roll och dag"),
        (each(fields(DECISIONS, roll="Chef"), added(DECISIONS, galler="Pengar")), "dag"),
        (each(fields(DECISIONS, datum=TODAY), added(DECISIONS, galler="Pengar")), "roll"),
    ],
)
def test_of_a_decision_it_is_said_what_is_open(change: Change, lacking: str) -> None:
    (hit,) = hits("R53", change(DECIDED))
    assert hit.words["saknas"] == lacking


@pytest.mark.parametrize(
    ("change", "lacking"),
    [
        (fields(LESSONS), "ansvarig roll och datum"),
        (fields(LESSONS, ansvarig_roll="Chef"), "datum"),
        (fields(LESSONS, klart=TODAY), "ansvarig roll"),
        (unknown(LESSONS, "klart"), "ansvarig roll"),
        (fields(LESSONS, klart=TODAY, ansvarig_roll=""), "ansvarig roll"),
    ],
)
def test_of_a_lesson_it_is_said_what_is_open(change: Change, lacking: str) -> None:
    (hit,) = hits("R55", change(SIDES["R55"].speaks))
    assert hit.words["saknas"] == lacking


def test_a_lesson_is_called_by_its_words_and_by_its_row_where_there_are_none() -> None:
    lesson = SIDES["R55"].speaks
    assert [(hit.words["lardom"], hit.raw) for hit in hits("R55", lesson)] == [("i rad R1", {})]
    told = fields(LESSONS, lardom="Kortare dagar")(lesson)
    assert [hit.raw for hit in hits("R55", told)] == [{"lardom": "”Kortare dagar”"}]
    quoting = fields(LESSONS, lardom='Säg ”stopp” i stället för "vänta"')(lesson)
    assert [hit.raw for hit in hits("R55", quoting)] == [{"lardom": "”Säg ’stopp’ i stället för ’vänta’”"}]
    long = fields(LESSONS, lardom="Kortare dagar och " + "flera " * 20)(lesson)
    assert [hit.raw["lardom"][-3:] for hit in hits("R55", long)] == [" …”"]


def test_a_result_is_called_by_its_measure_and_by_its_row_where_there_is_none() -> None:
    result = SIDES["R51"].speaks
    assert [(hit.words["matt"], hit.raw) for hit in hits("R51", result)] == [("i rad 1", {"matt": "för M1"})]
    planned = said(koncept__matt=[{"metod": "Stickprov"}])(result)
    assert [hit.raw for hit in hits("R51", planned)] == [{"matt": "för M1 (Stickprov)"}]
    assert [hit.raw for hit in hits("R51", fields(RESULTS, matt=None)(result))] == [{}]


def test_an_occasion_before_the_first_counts_as_the_first() -> None:
    early = initiative(koncept__aktiviteter=[{"fas": "under", "vecka": -2}, {"fas": "fore", "vecka": 0}])
    assert [hit.row for hit in hits("R45", early)] == ["A1"]


def test_the_last_occasion_that_has_been_is_named() -> None:
    later = each(added(OCCASIONS, datum=ago(15)), added(OCCASIONS, datum=ago(1)))
    assert [hit.words for hit in hits("R56", later(SIDES["R56"].speaks))] == [
        {"datum": date_in_short(ago(14))}
    ]


def test_a_measure_of_several_small_groups_is_one_finding() -> None:
    groups = [{"namn": "Chefer", "antal": 4}, {"namn": "Lärare", "antal": 3}]
    goals = [{"malgrupp": "Chefer"}, {"malgrupp": "Lärare"}]
    few = said(
        behov__malgrupper=groups,
        koncept__larandemal=goals,
        koncept__matt=[{"avser": ("L1", "L2"), "metod": "Enkät"}],
    )
    assert [hit.raw for hit in hits("R54", few({}))] == [{"grupp": "Chefer"}]


def test_levels_and_statements_are_named_once_and_only_those_that_hinder() -> None:
    twice = each(
        added(GOALS, niva="minnas", beteende="B1"),
        said(analys__hinder=statements(s03="stammer", s04="delvis")),
    )
    (hit,) = hits("R50", twice(SIDES["R50"].speaks))
    assert hit.words["nivaer"] == "”Minnas”"
    assert hit.words["svar"].count("”") == 2


def test_of_many_statements_the_first_are_named_and_the_others_counted() -> None:
    answers = {f"s{number:02}": "stammer" for number in range(1, 21)}
    alone = [{"roll": "Chef", **dict.fromkeys(answers, "stammer_inte")}] * 2
    (hit,) = hits("R61", initiative(analys__hinder=answers, analys__svarande=alone))
    assert hit.words["pastaenden"].count("”") == 6
    assert hit.words["pastaenden"].endswith("och 17 till")
    (hit,) = hits(
        "R50",
        said(analys__hinder=statements(s03="stammer", s04="stammer", s05="stammer"))(SIDES["R50"].speaks),
    )
    assert hit.words["svar"].endswith("även för den som vet hur” och 2 till")


def test_the_day_when_all_is_to_work_comes_after_the_learning_begins_too() -> None:
    before = said(behov__effektmatt=None, behov__klart_senast=date(2027, 1, 1))(SIDES["R64"].speaks)
    (hit,) = hits("R64", before)
    assert (hit.qid, hit.words["start"]) == ("behov.klart_senast", "10 februari 2027")


def test_a_day_that_is_reckoned_from_a_month_is_told_as_the_earliest() -> None:
    month = said(koncept__forsta_tillfalle=Period(date(2027, 8, 1), date(2027, 8, 31), "augusti 2027"))
    a_week_before = said(koncept__aktiviteter=[{"titel": "Film", "vecka": -1}])
    (hit,) = hits("R64", a_week_before(month(SIDES["R64"].speaks)))
    assert hit.words["start"] == "tidigast 25 juli 2027"
