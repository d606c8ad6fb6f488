"""The learning journey on the wall: readable from some way off, nothing lost, nothing over anything else."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLY
from making import KIND, ROOT, made, source, whole
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.exports.html import to_html
from utbildningsprocess.exports.pdf import Program, to_pdf
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import Given, Period, Row
from utbildningsprocess.pages.figures import Flag, Journey, Lane, Week
from utbildningsprocess.pictures.lettering import lines_of, width_of
from utbildningsprocess.pictures.lists import as_list
from utbildningsprocess.pictures.poster import (
    WIDTH,
    Axis,
    Lettering,
    Patch,
    PatchKind,
    lane_height,
    top_height,
)
from utbildningsprocess.pictures.sheets import HEIGHT, sheets

LARGE, SMALLEST = 24, 12
"""The least that a heading or a date, and anything else, may be, in points."""
SWEDISH = "abcdefghijklmnoprstuvyåäö    ABDEFHKLMNRSTUVÅÄÖ0123456789,.()-W"


# --------------------------------------------------------------------- layout

TEXTS = st.text(SWEDISH, min_size=1, max_size=120).filter(str.strip)
NAMES = st.text(SWEDISH, min_size=1, max_size=60).filter(str.strip)
LINES = st.text(SWEDISH, min_size=1, max_size=300).filter(str.strip)


@st.composite
def journeys(draw):
    """Up to sixty weeks, twelve activities, eight groups, and names of sixty letters and more."""
    count = draw(st.integers(0, 60))
    weeks = tuple(
        Week(f"v. {place % 52 + 1}", f"{place % 28 + 1}/{place % 12 + 1}", f"Vecka {place}", place % 3 > 0)
        for place in range(count)
    )
    boxes = st.lists(st.tuples(st.integers(0, max(0, count - 1)), TEXTS), max_size=12 if count else 0)
    groups = draw(st.lists(NAMES, max_size=8, unique=True))
    lanes = [Lane("Deltagare", (group,), tuple(sorted(draw(boxes)))) for group in groups]
    flags = [
        Flag(f"{place + 1}/12 2027", f"dag {place}", tuple(draw(st.lists(TEXTS, min_size=1, max_size=3))))
        for place in range(draw(st.integers(0, 8)))
    ]
    lanes += [
        Lane("Chefen", (), tuple(sorted(draw(boxes))), tuple(draw(st.lists(LINES, max_size=3)))),
        Lane("Utan datum", lines=tuple(draw(st.lists(TEXTS, max_size=12)))),
        Lane("Uppföljning", flags=tuple(flags)),
    ]
    kept = tuple(lane for lane in lanes if lane.boxes or lane.lines or lane.flags)
    promise = ("Så blir det bäst för Esther", draw(LINES))
    return Journey(draw(TEXTS), promise, weeks, kept, "2025–2027" if weeks else "", draw(TEXTS))


def of_kind(sheet, kind):
    return [item for item in sheet.drawn if isinstance(item, Patch) and item.look is kind]


def lettered(sheet):
    return [item for item in sheet.drawn if isinstance(item, Lettering)]


@COSTLY
@given(journeys())
def test_words_are_large_and_stay_in_their_room_on_the_sheet(journey):
    for sheet in sheets(journey):
        boxes = of_kind(sheet, PatchKind.BOX)
        for words in lettered(sheet):
            wide = width_of(words.words, words.size, bold=words.bold)
            assert words.size >= SMALLEST
            assert wide <= words.room + 0.01
            assert 0 <= words.x <= words.x + words.room <= WIDTH + 0.01
            assert words.size * 0.7 <= words.y <= sheet.height - words.size * 0.2
            for box in boxes:
                if box.x <= words.x < box.x + box.width and box.y < words.y - 1 < box.y + box.height:
                    assert words.x + wide <= box.x + box.width
                    assert words.y + words.size * 0.2 <= box.y + box.height + 0.01


@COSTLY
@given(journeys())
def test_no_box_lies_over_another_or_outside_the_sheet(journey):
    for sheet in sheets(journey):
        boxes = of_kind(sheet, PatchKind.BOX) + of_kind(sheet, PatchKind.PANEL)
        assert all(box.x >= 0 and box.x + box.width <= WIDTH + 0.01 for box in boxes)
        assert all(box.y >= 0 and box.y + box.height <= sheet.height for box in boxes)
        for box, beside in combinations(boxes, 2):
            apart = (
                box.x + box.width <= beside.x
                or beside.x + beside.width <= box.x
                or box.y + box.height <= beside.y
                or beside.y + beside.height <= box.y
            )
            assert apart


@COSTLY
@given(journeys())
def test_each_sheet_has_the_axis_and_dates_and_roles_are_large(journey):
    for sheet in sheets(journey):
        large = " ".join(words.words for words in lettered(sheet) if words.size >= LARGE)
        assert all(week.day in large for week in sheet.shown.weeks)
        for lane in sheet.shown.lanes:
            assert lane.role in large
            assert all(flag.day in large for flag in lane.flags)
        axis = of_kind(sheet, PatchKind.DOT)
        assert len(axis) == len(sheet.shown.weeks) <= 7
        assert bool(journey.weeks) == bool(sheet.shown.weeks)


def things(journey):
    """All that is to be read in a journey, each with its lane and its week or date."""
    return Counter(
        (lane.role, lane.names, when, thing)
        for lane in journey.lanes
        for when, several in journey.told(lane)
        for thing in several
    )


def bare(text):
    return re.sub(r"[\s-]", "", text)


@COSTLY
@given(journeys())
def test_everything_stands_on_some_sheet_once_and_in_full(journey):
    made_sheets = sheets(journey)
    assert sum((things(sheet.shown) for sheet in made_sheets), Counter()) == things(journey)
    for sheet in made_sheets:
        written = bare("".join(words.words for words in lettered(sheet)))
        assert all(bare(thing) in written for *_, thing in things(sheet.shown))


@COSTLY
@given(journeys())
def test_a_lane_is_divided_between_sheets_only_where_it_is_taller_than_one(journey):
    made_sheets = sheets(journey)
    parts = Counter(
        (sheet.shown.weeks, lane.role, lane.names) for sheet in made_sheets for lane in sheet.shown.lanes
    )
    for (weeks, role, names), count in parts.items():
        if count > 1:
            start = journey.weeks.index(weeks[0]) if weeks else 0
            lane = next(lane for lane in journey.lanes if (lane.role, lane.names) == (role, names))
            here = tuple(
                (place - start, what) for place, what in lane.boxes if start <= place < start + len(weeks)
            )
            is_last = weeks[-1:] == journey.weeks[-1:]
            all_of_it = Lane(role, names, here, lane.lines if is_last else (), lane.flags if is_last else ())
            tallest = max(sheet.height for sheet in made_sheets)
            assert lane_height(all_of_it, Axis(weeks)) > tallest - top_height(journey) - 100


def test_a_lane_taller_than_a_sheet_goes_on_on_the_next_and_keeps_its_name():
    week = Week("v. 9", "24/2", "Vecka 9, från måndag 24 februari 2025")
    crowded = Lane(
        "Deltagare",
        ("Läkare",),
        tuple((0, f"Övning {number} " + "med återkoppling " * 4) for number in range(40)),
        tuple(f"Läsning {number}" for number in range(60)),
        (Flag("1/6", "söndag 1 juni 2025", tuple(f"Mätning {number}" for number in range(80))),),
    )
    journey = Journey("Larma", ("", ""), (week,), (crowded,), "2025")
    made_sheets = sheets(journey)
    assert len(made_sheets) > 3
    assert sum((things(sheet.shown) for sheet in made_sheets), Counter()) == things(journey)
    for sheet in made_sheets:
        assert {"Deltagare", "Läkare", "24/2"} <= {words.words for words in lettered(sheet)}
        assert all(words.y < sheet.height for words in lettered(sheet))


def test_the_letters_of_the_typesetter_are_never_wider_than_their_room():
    import typst

    words = sorted(
        set(re.findall(r"[\wåäö()/–-]+", template_text(ROOT, "uppdragsbeskrivning.md.j2") + as_list(drawn())))
    )
    program = "\n".join(
        f"#context [#metadata((w: {json.dumps(word, ensure_ascii=False)}, b: {json.dumps(bold)}, "
        f's: measure(text(font: "Libertinus Serif", size: 24pt, weight: {700 if bold else 400}, '
        f"{json.dumps(word, ensure_ascii=False)})).width.pt())) <ord>]"
        for word in words
        for bold in (False, True)
    )
    measured = json.loads(typst.query(program.encode(), "<ord>", field="value", ignore_system_fonts=True))
    assert len(measured) == 2 * len(words) > 200
    wider = [one["w"] for one in measured if one["s"] > width_of(one["w"], 24, bold=one["b"])]
    assert wider == []


def test_a_short_journey_is_read_from_further_off_and_a_full_one_in_the_least_letters():
    weeks = tuple(Week(f"v. {number}", f"{number}/3", f"Vecka {number}") for number in range(1, 4))
    short = Journey("Resan", ("", ""), weeks, (Lane("Chefen", boxes=((2, "Gå en rond"),)),), "2025")
    full = replace(short, lanes=(Lane("Chefen", lines=("Gå en rond i månaden",) * 60),))
    (sheet,) = sheets(short)
    assert min(words.size for words in lettered(sheet)) >= 1.5 * SMALLEST
    assert min(words.size for words in lettered(sheets(full)[0])) == SMALLEST


def test_a_measure_that_comes_unannounced_is_not_announced_on_the_wall():
    told = rows(koncept__matt=("M", [{"metod": "Tid vid oanmäld övning", "nar_dagar": 30}]))
    document = made("larresa", whole() | told)
    assert "Tid vid oanmäld övning" not in as_list(document.page.pictures["larresa"])
    assert document.to_know == "Det här kommer oanmält och står inte på bladet: M1 Tid vid oanmäld övning."
    told = rows(koncept__matt=("M", [{"metod": "Tid vid övning", "nar_dagar": 30}]))
    assert "Tid vid övning" in as_list(picture(whole() | told))


def test_what_is_measured_before_the_last_time_says_before():
    told = rows(koncept__matt=("M", [{"metod": "Förtest", "nar_dagar": -14}]))
    undated = lane(journey_of(without("genomforande.tillfallen") | told), "Uppföljning")
    assert "14 dagar före sista tillfället, som inte har datum än: Förtest" in undated.lines
    assert "14 dagar före sista tillfället" in made("uppdragsbeskrivning", whole() | told).text


def test_a_word_is_divided_where_swedish_divides_it():
    assert lines_of("Läkemedelsgenomgång", 12, 80) == ["Läkemedels-", "genomgång"]
    assert lines_of("färdighetsträning", 12, 65) == ["färdighets-", "träning"]


def test_a_word_that_fits_no_line_is_divided_with_a_hyphen():
    assert lines_of("Specialistsjuksköterskeutbildningen", 12, 100)[0].endswith("-")
    assert "".join(lines_of("Specialistsjuksköterskeutbildningen", 12, 100)).replace("-", "") == (
        "Specialistsjuksköterskeutbildningen"
    )


# ------------------------------------------------------------ what is known


def picture(answers=None):
    return made("larresa", whole() if answers is None else answers).page.pictures["larresa"]


def drawn(answers=None):
    return picture(answers)


def journey_of(answers=None):
    return picture(answers).drawing


def without(*addresses):
    return {qid: answer for qid, answer in whole().items() if qid not in addresses}


def rows(**groups):
    """Answers to groups, each given as dicts; the ids are counted."""
    return {
        qid.replace("__", "."): Given(
            tuple(Row(f"{letter}{number}", dict(row.items())) for number, row in enumerate(several, 1))
        )
        for qid, (letter, several) in groups.items()
    }


def days(journey):
    return [week.day for week in journey.weeks]


def lane(journey, role):
    return next((lane for lane in journey.lanes if lane.role == role), None)


BARE = ("genomforande.tillfallen", "koncept.forsta_tillfalle", "koncept.chef_handlingar")


def test_an_activity_stands_in_the_week_of_its_first_occasion_that_is_held():
    told = rows(
        koncept__aktiviteter=("A", [{"titel": "Träff", "vecka": 20}]),
        genomforande__tillfallen=(
            "T",
            [
                {"aktivitet": "A1", "datum": date(2025, 3, 5), "lage": "installt"},
                {"aktivitet": "A1", "datum": date(2025, 4, 2)},
                {"aktivitet": "A1", "datum": date(2025, 3, 27)},
            ],
        ),
    )
    journey = journey_of(without(*BARE) | told)
    assert days(journey) == ["24/3"]
    assert journey.weeks[0].name == "v. 13"
    assert "Det som hålls flera gånger" in journey.note
    assert lane(journey, "Deltagare").boxes[0][1] == "Träff 27/3 och 2/4"
    assert "räknade" not in journey.note


def test_weeks_are_counted_from_the_first_time_and_that_is_said():
    told = rows(koncept__aktiviteter=("A", [{"titel": "Träff", "vecka": 0}, {"titel": "Prov", "vecka": -2}]))
    journey = journey_of(without(*BARE) | told | {"koncept.forsta_tillfalle": Given(date(2025, 1, 8))})
    assert days(journey) == ["23/12", "6/1"]
    assert [week.name for week in journey.weeks] == ["v. 52", "v. 2, 2025"]
    assert journey.years == "2024–2025"
    assert journey.note.startswith("Veckorna är räknade från första tillfället, onsdag 8 januari 2025.")


def test_whoever_is_in_a_later_round_is_told_how_many_weeks_later_that_is():
    journey = journey_of(whole())
    assert journey.note == (
        "Räknat från första omgången, tisdag 4 mars 2025. Andra: 5 veckor senare (8/4) och Tredje: 10 veckor senare (13/5)."
    )


def test_a_first_time_that_is_known_to_the_week_is_said_as_a_week():
    told = rows(koncept__aktiviteter=("A", [{"titel": "Träff", "vecka": 1}]))
    week = Period(date(2025, 3, 3), date(2025, 3, 9), "vecka 10 2025")
    journey = journey_of(without(*BARE) | told | {"koncept.forsta_tillfalle": Given(week)})
    assert days(journey) == ["10/3"]
    assert journey.note.startswith(
        "Veckorna är räknade från första tillfället, vecka 10 2025 (3–9 mars 2025)."
    )


@pytest.mark.parametrize("first", [None, Period(date(2025, 3, 1), date(2025, 3, 31), "mars 2025")])
def test_no_date_is_made_up_where_only_weeks_apart_are_known(first):
    answers = without(*BARE) | ({"koncept.forsta_tillfalle": Given(first)} if first else {})
    journey = journey_of(answers)
    assert days(journey) == ["−2", "−1", "0", "2", "4", "6", "8"]
    assert journey.years == ""
    assert ("mars 2025" in journey.note) == bool(first)


def test_what_has_no_week_stands_in_a_lane_of_its_own():
    told = rows(
        koncept__aktiviteter=(
            "A",
            [{"titel": "Träff", "vecka": 0}, {"titel": "Läsning", "fas": "fore"}, {"titel": "Samtal"}],
        )
    )
    journey = journey_of(without(*BARE) | told | {"koncept.forsta_tillfalle": Given(date(2025, 3, 3))})
    assert lane(journey, "Utan datum").lines == ("Före: Läsning", "Samtal")
    assert [what for _, what in lane(journey, "Deltagare").boxes] == ["Träff"]


def test_an_action_of_the_chief_with_a_week_stands_on_the_axis():
    told = rows(
        koncept__chef_handlingar=(
            "H",
            [
                {"handling": "Frågar", "vecka": 3, "fas": "under"},
                {"handling": "Lyfter hinder", "fas": "efter"},
            ],
        )
    )
    journey = journey_of(whole() | told)
    chief = lane(journey, "Chefen")
    assert [(journey.weeks[place].day, what) for place, what in chief.boxes] == [("24/3", "Frågar")]
    assert chief.lines == ("Efter: Lyfter hinder",)


def test_groups_that_do_the_same_share_a_lane_and_nothing_is_lost():
    told = rows(
        behov__malgrupper=("", [{"namn": "Läkare"}, {"namn": "Kuratorer"}, {"namn": "Fysioterapeuter"}]),
        koncept__aktiviteter=(
            "A",
            [
                {"titel": "Träff", "vecka": 0},
                {"titel": "Prov", "vecka": 1, "malgrupp": ("Läkare", "Kuratorer")},
                {"titel": "Samtal", "vecka": 2, "malgrupp": ("Vårdbiträden",)},
            ],
        ),
    )
    journey = journey_of(without(*BARE) | told)
    assert [(lane.names, [what for _, what in lane.boxes]) for lane in journey.lanes if lane.boxes] == [
        (("Läkare", "Kuratorer"), ["Träff", "Prov"]),
        (("Fysioterapeuter",), ["Träff"]),
        (("Vårdbiträden",), ["Träff", "Samtal"]),
    ]


def test_measures_are_followed_up_on_their_days_and_without_a_last_day_in_words():
    flags = lane(journey_of(), "Uppföljning").flags
    assert ("24/8", ("Punktmätning NEWS2 på pass med nya",)) in [(flag.day, flag.what) for flag in flags]
    told = [(flag.day, flag.what) for flag in flags if "Personalomsättning bland nya" in flag.what]
    assert [day for day, _ in told] == ["31/3 2026"]  # the day that is said for the next measurement
    assert "Nästa mätning" not in {what for flag in flags for what in flag.what}
    undated = lane(journey_of(without("genomforande.tillfallen")), "Uppföljning")
    assert (
        "75 dagar efter sista tillfället, som inte har datum än: Punktmätning NEWS2 på pass med nya"
        in undated.lines
    )
    assert (
        "Direkt efter sista tillfället, som inte har datum än: Bedömningsmall i simuleringen" in undated.lines
    )


def test_no_lane_stands_without_anything_in_it():
    answers = without("koncept.chef_handlingar", "koncept.kollegastod", "koncept.matt", "behov.esther")
    journey = journey_of(answers)
    assert [lane(journey, role) for role in ("Chefen", "Kollegor", "Utan datum")] == [None] * 3
    assert journey.promise[1] == ""
    assert all(lane.boxes or lane.lines or lane.flags for lane in journey.lanes)


# -------------------------------------------------------------------- on paper


def pdf(answers):
    return to_pdf(made("larresa", answers).page, Program(template_text(ROOT, "sida.typ")))


def test_the_journey_of_the_example_is_one_sheet_that_lies_down():
    made_pdf = pdf(whole())
    assert made_pdf.pages == 1
    width, height = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", made_pdf.data)[0]
    assert [round(float(side)) for side in (width, height)] == [842, 595]


def test_a_large_journey_becomes_more_sheets_and_no_page_beside_them():
    activities = [{"titel": f"Simulering {number} " + "x" * 40, "vecka": number * 5} for number in range(12)]
    answers = without(*BARE) | rows(
        behov__malgrupper=("", [{"namn": f"Grupp {number} {'y' * 50}"} for number in range(8)]),
        koncept__aktiviteter=("A", activities),
    )
    assert pdf(answers).pages == len(sheets(journey_of(answers))) > 1


def test_a_title_of_any_length_leaves_room_for_the_drawing():
    for title in ("Kort", "Larma i tid: " + "ett ord till " * 40, "Ordutanblanksteg" * 30):
        (sheet, *_) = sheets(made("larresa", whole(), title=title).page.pictures["larresa"].drawing)
        assert sheet.heading_height + sheet.height == HEIGHT
        assert sheet.heading_height <= 100


def test_the_page_on_the_web_says_the_same_as_a_list():
    text = to_html(made("larresa", whole()).page)
    told = text.partition('<div class="in-words">')[2]
    assert "<li>Vecka 9, från måndag 24 februari 2025<ul><li>Förväntanssamtal med vårdenhetschef</li>" in told
    assert "torsdag 10 juli 2025" in told


def test_a_sheet_says_on_itself_when_it_was_made_and_that_answers_may_be_missing():
    damaged = replace(source(whole()), damage=(12,))
    kind = KIND["larresa"]
    page = compose(kind, template_text(ROOT, kind.template), kind.template, damaged).page
    for sheet in to_html(page).split('<figure class="wall">')[1:]:
        facts = sheet.partition('<p class="facts">')[2].partition("</p>")[0]
        assert facts.startswith("Skadad fil: Dossiern behöver lagas på rad 12.")
    assert "Gjord: 1 juni 2025" in to_html(made("larresa", whole()).page).partition('<p class="facts">')[2]


def test_a_text_that_would_be_a_tower_in_its_week_is_told_below_with_the_week():
    said = "Utse huvudhandledare, lägg gemensamt schema och ha förväntanssamtal på 30 minuter"
    weeks = tuple(Week(f"v. {number}", f"{number}/3", f"Vecka {number}") for number in range(1, 8))
    chief = Lane("Chefen", boxes=((2, said), (3, "Gå en rond")))
    (sheet,) = sheets(Journey("Resan", ("", ""), weeks, (chief,), "2025"))
    assert f"v. 3 3/3: {said}" in " ".join(item.words for item in lettered(sheet))
    assert len(of_kind(sheet, PatchKind.BOX)) == 1
