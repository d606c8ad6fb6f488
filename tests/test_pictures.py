"""Pictures: nothing in them is lost, their gaps are in view, and everybody can read them."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import made, whole
from utbildningsprocess.exports.layout import as_rows
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.model import Given, Row
from utbildningsprocess.pages.figures import Goal, Journey, Lane, Matrix, Picture
from utbildningsprocess.pictures.lists import as_list
from utbildningsprocess.pictures.mermaid import mermaid
from utbildningsprocess.pictures.svg import svgs

NAMES = ("larresa", "trad", "orsaker", "utfall")
TEXT_CONTRAST, SHAPE_CONTRAST = 4.5, 3.0
"""What WCAG 2.1 asks for in 1.4.3 and 1.4.11."""
PAPER = "#ffffff"


def pictures(answers=None):
    return made("larresa", whole() if answers is None else answers).page.pictures


def drawn(picture):
    return ET.fromstring(svgs(picture)[0])  # noqa: S314  our own text


def shapes(picture, tag):
    return [one for one in drawn(picture).iter() if one.tag.endswith(f"}}{tag}")]


def words(picture):
    return " ".join(one.text or "" for one in shapes(picture, "text"))


def with_rows(qid, change):
    answers = whole()
    rows = (Row(row.id, change(row)) for row in answers[qid].value)
    return answers | {qid: Given(tuple(rows))}


# ------------------------------------------------------------------- contents


@pytest.mark.parametrize("name", NAMES)
def test_every_picture_of_the_example_is_drawn_without_cutting_a_word(name):
    shown = words(pictures()[name])
    assert len(shown) > 100
    # A long measure is named by its first words already in the data.
    assert not re.search(r"\w…", shown)


@pytest.mark.parametrize(
    ("said", "percent"),
    [
        ("68 %", 68),
        ("12,5 procent", 12.5),
        ("högst 15 %", 15),
        ("27 % (17 av 62)", 27),
        ("ca 70 %.", 70),
        ("ökade med 12 % till 56 %", None),
        ("ökade med 12 %", None),
        ("1.000 %", None),
        ("12 % färre avvikelser", None),
        ("86 % på dagen, 79 % på natten", None),
        ("80 % (M1); 60 % (M2)", None),
        ("mellan 10 och 20 %", None),
        ("17 av 12", None),
        ("0 %", 0),
        ("100 %", 100),
        ("68%", 68),
        ("68 procent", 68),
        ("12.5 %", 12.5),
        ("under 10 %", 10),
        ("över 50 %", 50),
        ("omkring 40 %", 40),
        ("46 av 51", 90.2),
        ("46 av 51 (M3)", None),
        ("46 av 51 svarande", None),
        ("46 av 51 (svarande)", 90.2),
        ("51 av 51", 100),
        ("0 av 51", 0),
        ("11 av 11", 100),
        ("10 av 12", 83.3),
        ("3 av 5", None),
        ("4 av 5", None),
        ("4 av 5 (medelbetyg)", None),
        ("8 av 10", None),
        ("3 av 4", None),
        ("46 av 51 (medelbetyg)", None),
        ("80 % (medelvärde)", None),
        ("80 % (snitt)", None),
        ("70 % (betyg)", None),
        ("0 % (ej mätt)", None),
        ("0 % (mäts inte)", None),
        ("0 % (Inte mätt än)", None),
        ("0 % (har aldrig mätts)", None),
        ("0 % (uppgift saknas)", None),
        ("80 % (mål)", None),
        ("80 % (målet)", None),
        ("80 % (Målvärde)", None),
        ("80 % (prognos)", None),
        ("80 % (önskat läge)", None),
        ("27 % (40 av 62)", None),
        ("27 % (62 av 17)", None),
        ("27 % (0 av 0)", None),
        ("27,4 % (17 av 62)", 27.4),
        ("27 % (17 av 62 svarande)", 27),
        ("28 % (17 av 62)", 28),
        ("30 % (17 av 62)", None),
        ("60 % (3 av 5)", 60),
        ("27 % (17 av 62, mål 15 %)", None),
        ("68 % (mål 90 %)", 68),
        ("68 % (nuläge 50)", None),
        ("68 % (enligt loggen)", 68),
        ("86 % i rätt tid (mål 90 %, nuläge 68 %)", None),
        ("ej mätt", None),
        ("46 av 51 (90 %)", None),
        ("27 % (17 av 62 inte mätta)", None),
        ("0 av 0", None),
        ("120 %", None),
        ("färre", None),
    ],
)
def test_a_bar_is_one_number_of_one_measure_and_all_else_is_words(said, percent):
    def measured(row):
        return {**row.values, "utfall": said} if row.values["matt"] == "M3" else {**row.values, "utfall": ""}

    picture = pictures(with_rows("uppfoljning.resultat", measured))["utfall"]
    after = next(pair.after for pair in picture.drawing.pairs if pair.label.startswith("E2"))
    assert (after and round(after, 1)) == percent
    beside = r"(?:, )?(?:mål 90 %|nuläge 68 %)"  # what stands beside the outcome anyway
    assert re.sub(r" \(\)", "", re.sub(beside, "", said)) in picture.words


def test_two_outcomes_of_one_measure_are_words():
    answers = whole()
    (row,) = [row for row in answers["uppfoljning.resultat"].value if row.values["matt"] == "M3"]
    twice = (row, Row("2", {**row.values, "utfall": "40 %"}))
    picture = pictures(answers | {"uppfoljning.resultat": Given(twice)})["utfall"]
    assert next(pair.after for pair in picture.drawing.pairs if pair.label.startswith("E2")) is None
    assert "40 %" in picture.words


def test_the_matrix_has_a_dot_for_each_activity_that_trains_a_goal():
    answers = whole()
    trained = sum(len(row.values["mal"]) for row in answers["koncept.aktiviteter"].value)
    assert trained > 10
    assert len(shapes(pictures()["trad"], "circle")) == trained


def test_the_matrix_shows_what_is_missing():
    goals = (Goal("L1", "larma", (), ()), Goal("L2", "rapportera", ("A1",), ("M1",)))
    matrix = Matrix(goals, (("A1", "Övning"), ("A2", "Föreläsning")), (("M1", "Enkät"),))
    picture = Picture("trad", "Tråden", "ord", matrix)
    assert "Aktivitet saknas" in words(picture)
    assert "A2 Föreläsning (tränar inget mål)" in words(picture)
    assert "saknas" in as_list(picture)
    code = mermaid(picture)
    assert 'mal0 --> aktiviteter0["Aktivitet saknas"]:::lucka' in code
    assert 'aktiviteter0 --> matt0["Mått saknas"]:::lucka' in code
    assert 'losa["Tränar inget mål<br>A2 Föreläsning"]:::lucka' in code


def test_a_matrix_of_many_activities_lists_them():
    activities = tuple((f"A{number}", f"Aktivitet {number}") for number in range(1, 31))
    goal = Goal("L1", "larma", ("A2", "A30"), ())
    picture = Picture("trad", "Tråden", "ord", Matrix((goal,), activities, ()))
    assert not shapes(picture, "circle")
    assert "A2, A30" in words(picture)
    assert as_rows(picture) == (("Mål", "Aktiviteter", "Mått"), ("L1 larma", "A2, A30", "saknas"))


@pytest.mark.parametrize("count", range(1, 13))
def test_the_columns_of_a_matrix_stand_apart(count):
    activities = tuple((f"A{number}", "Övning") for number in range(count))
    goal = Goal("L1", "larma", tuple(name for name, _ in activities), ())
    picture = Picture("trad", "Tråden", "ord", Matrix((goal,), activities, ()))
    places = [float(one.get("cx")) for one in shapes(picture, "circle")]
    assert all(after - before > 25 for before, after in pairwise(places))
    assert all(place < 600 for place in places)


# ---------------------------------------------------------------- readability


def luminance(colour):
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def box_of(rect):
    return [float(rect.get(key) or 0) for key in ("x", "y", "width", "height")]


def ground(rects, x, y):
    """The colour of the uppermost box that a point lies in."""
    over = (rect for rect in reversed(rects) if _holds(box_of(rect), x, y))
    return next((rect.get("fill") for rect in over), PAPER)


def _holds(box, x, y):
    left, top, width, height = box
    return left <= x <= left + width and top <= y <= top + height


@pytest.mark.parametrize("name", NAMES)
def test_the_words_of_a_picture_stand_out_from_what_they_are_written_on(name):
    picture = pictures()[name]
    texts, rects = shapes(picture, "text"), shapes(picture, "rect")
    assert texts
    for one in texts:
        under = ground(rects, float(one.get("x")), float(one.get("y")) - 4)
        assert contrast(one.get("fill"), under) >= TEXT_CONTRAST


@pytest.mark.parametrize("name", NAMES)
def test_what_a_picture_says_by_its_shapes_stands_out(name):
    """Dots, bars and marks against the pale ground; the ground itself says nothing."""
    picture = pictures()[name]
    fills = {one.get("fill") for tag in ("rect", "circle") for one in shapes(picture, tag)} - {PAPER}
    pale = max(fills, key=luminance)
    assert all(contrast(fill, pale) >= SHAPE_CONTRAST for fill in fills - {pale})


# --------------------------------------------------------------- whatever text

LABELS = st.text(max_size=80)


@given(LABELS, LABELS, LABELS)
def test_whatever_labels_say_every_drawing_holds(group, name, title):
    journey = Journey(title, (name, title), (), (Lane(group, (name,), lines=(title,)),), note=name)
    goal = Goal(name, title, (name,), (group,))
    matrix = Matrix((goal,), ((name, title),), ((group, title),))
    for drawing in (journey, matrix):
        picture = Picture("bild", "Bild", group, drawing)
        drawn(picture)
        assert len(mermaid(picture).splitlines()) == len(
            mermaid(Picture("bild", "Bild", "x", drawing)).splitlines()
        )
        assert {block.kind for block in page_blocks(as_list(picture))} <= {"paragraph", "bullets"}


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_in_words_is_a_list(name):
    title, items = page_blocks(as_list(pictures()[name]))
    assert (title.kind, items.kind) == ("paragraph", "bullets")
