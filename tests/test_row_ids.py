"""A row's id is used once, for ever: what pointed at a removed row never means another."""

from __future__ import annotations

import re

import pytest

from small import SMALL
from test_dossier import TEMPLATE
from utbildningsprocess.addresses import OCCASIONS
from utbildningsprocess.answers.rows import given_rows, new_row_id, with_ids
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.dossier.first_lines import format_needed
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

GOALS = "koncept.larandemal"
EMPTY = new_dossier(TEMPLATE, "T", AnswerSheet(SMALL, {}))


def goals(*ids):
    return Given(tuple(Row(row_id, {"kunna": f"mål {row_id}"}) for row_id in ids))


def written(*answers):
    text = EMPTY
    for answer in answers:
        text = with_answer(text, SMALL, GOALS, answer)
    return text


def next_id(text):
    return new_row_id(SMALL.question(GOALS), read(text, SMALL).sheet)


@pytest.mark.parametrize(
    ("history", "following"),
    [
        ([goals("L1", "L2", "L3"), goals("L1", "L2")], "L4"),
        ([goals("L1", "L2", "L3"), goals("L1", "L3")], "L4"),
        ([goals("L1", "L2"), goals("L2", "L1"), goals("L1")], "L3"),
        ([goals("L1", "L2"), None], "L3"),
        ([goals("L1", "L2"), Skipped("byggs om")], "L3"),
        ([goals("L1", "L2"), Skipped("byggs om"), goals("L3"), None], "L4"),
        ([goals("L1", "L2"), goals("L1"), goals("L1", "L3"), goals("L1")], "L4"),
        ([goals("L1", "L2", "L3"), goals("L1", "L2"), goals("L1"), None], "L4"),
    ],
)
def test_the_id_of_a_removed_row_never_comes_back(history, following):
    text = written(*history)
    assert next_id(text) == following
    assert read(text, SMALL).problems == ()
    assert read(text, SMALL).answers.get(GOALS) == history[-1]


def test_a_removed_row_leaves_a_trace_only_where_its_id_would_come_back():
    assert "borttagen" not in written(goals("L1", "L2", "L3"), goals("L1", "L3"))
    assert written(goals("L1", "L2", "L3"), goals("L1", "L2")).count("\n<!-- borttagen: L3 -->\n") == 1


def test_a_trace_that_would_use_up_every_id_is_no_trace_and_is_named():
    text = written(goals("L1")).replace("- **Ska kunna:**", "<!-- borttagen: L999999 -->\n\n- **Ska kunna:**")
    assert next_id(text) == "L2"
    assert read(text, SMALL).problems


def test_changing_another_row_leaves_the_trace_where_it_is():
    before = written(goals("L1", "L2"), goals("L1"))
    after = with_answer(before, SMALL, GOALS, Given((Row("L1", {"kunna": "annat"}),)))
    assert after == before.replace("mål L1", "annat")


def test_a_row_that_would_get_a_removed_one_s_id_is_refused_with_a_free_one():
    text = written(goals("L1", "L2"), goals("L1"))
    with pytest.raises(WrongUse, match=r"L2 var id för en rad som är borttagen.*L3"):
        with_answer(text, SMALL, GOALS, goals("L1", "L2"))


def test_a_removed_row_that_stands_there_again_is_told_at_its_trace_and_stops_writing():
    text = written(goals("L1", "L2"), goals("L1"))
    back = text.replace("<!-- borttagen", "#### L2\n\n- **Ska kunna:** annat\n\n<!-- borttagen")
    (problem,) = read(back, SMALL).structural_problems
    assert back.split("\n")[problem.line - 1] == "<!-- borttagen: L2 -->"
    with pytest.raises(Broken, match="L2 står som borttagen"):
        with_answer(back, SMALL, GOALS, goals("L1"))


@pytest.mark.parametrize(
    ("history", "number"),
    [
        ([goals("L1", "L2")], 1),
        ([goals("L2", "L1")], 1),
        ([goals("L1", "L2"), goals("L2")], 1),
        ([goals("L1", "L2"), goals("L1")], 2),
    ],
)
def test_the_format_gets_a_new_number_only_where_the_first_release_would_misread(history, number):
    assert format_needed(written(*history)) == number


def test_a_row_of_a_group_without_letters_keeps_its_number_when_rows_are_put_before_it_or_moved():
    rows = [Row("1", {"namn": "Nya"}), Row("2", {"namn": "Natt"})]
    text = with_answer(EMPTY, SMALL, "behov.malgrupper", Given(tuple(rows)))
    moved = with_answer(
        text, SMALL, "behov.malgrupper", Given((Row("3", {"namn": "Chefer"}), rows[1], rows[0]))
    )
    assert moved.index("#### 3\n") < moved.index("#### 2\n\n- **Namn:** Natt") < moved.index("#### 1\n")
    assert [row.id for row in read(moved, SMALL).answers["behov.malgrupper"].value] == ["3", "2", "1"]
    assert format_needed(moved) == 1


@pytest.mark.parametrize(
    ("headings", "number"), [("1 2", 1), ("T1 T2", 1), ("1 T2", 1), ("T2 T1", 2), ("1 T3", 2)]
)
def test_ids_that_the_first_release_would_count_anew_give_the_format_its_new_number(headings, number):
    rows = "\n\n".join(f"#### {heading}\n\n- **Plats:** {heading}" for heading in headings.split())
    text = f"<!-- utb:dossier 1 -->\n\n<!-- utb:genomforande.tillfallen -->\n\n{rows}\n\n<!-- /utb:genomforande.tillfallen -->\n"
    assert format_needed(text) == number


def test_an_old_heading_with_a_number_alone_is_read_as_its_id_and_stands_when_something_else_changes(utb):
    path = utb.example()
    old = re.sub(r"^#### T(\d)$", r"#### \1", path.read_text("utf-8"), flags=re.MULTILINE)
    path.write_text(old, "utf-8")
    initiative = Initiative(Workspace.open(), path)
    rows = given_rows(initiative.answers, OCCASIONS)
    assert ([row.id for row in rows][:2], initiative.problems) == (["T1", "T2"], ())
    changed = Row("T2", {**rows[1].values, "plats": "Sal 3"})
    initiative.save({OCCASIONS: Given((rows[0], changed, *rows[2:]))})
    assert path.read_text("utf-8") == old.replace("Kliniskt träningscentrum", "Sal 3", 1)


# ------------------------------------------------------- rows known by name

GROUPS = "behov.malgrupper"


def groups(*names):
    return Given(tuple(Row(str(number), {"namn": name}) for number, name in enumerate(names, 1)))


def pointing(name):
    return Given((Row("L1", {"kunna": "larma", "malgrupp": name}),))


def with_names(text, *history):
    for names in history:
        text = with_answer(text, SMALL, GROUPS, groups(*names))
    return text


def test_a_name_that_a_row_has_had_is_told_when_another_row_takes_it_and_something_points_at_it():
    text = with_names(EMPTY, ["Chefer"], ["Enhetschefer"])
    assert "<!-- Chefer heter nu Enhetschefer -->" in text.split("\n")
    assert format_needed(text) == 2
    taken = with_names(text, ["Enhetschefer", "Chefer"])
    assert read(taken, SMALL).problems == ()
    taken = with_answer(taken, SMALL, GOALS, pointing("Chefer"))
    (problem,) = read(taken, SMALL).problems
    assert problem.text.startswith("behov.malgrupper: En rad som hette ”Chefer” heter nu ”Enhetschefer”")
    assert taken.split("\n")[problem.line - 1] == "<!-- Chefer heter nu Enhetschefer -->"
    assert "Chefer" not in problem.public
    (mend,) = proposed_mends(taken, SMALL)
    pointed = [read(way.text, SMALL) for way in mend.ways]
    assert [given_rows(dossier.answers, GOALS)[0].values["malgrupp"] for dossier in pointed] == [
        "Enhetschefer",
        "Chefer",
    ]
    assert [dossier.problems for dossier in pointed] == [(), ()]


def test_what_points_at_a_name_that_a_row_has_had_is_led_to_that_row():
    text = with_names(EMPTY, ["Chefer"], ["Ledare"], ["Enhetschefer", "Läkare"])
    (mend,) = proposed_mends(with_answer(text, SMALL, GOALS, pointing("Chefer")), SMALL)
    assert mend.sure
    assert "Raden heter nu ”Enhetschefer”." in mend.what
    assert given_rows(read(mend.ways[0].text, SMALL).answers, GOALS)[0].values["malgrupp"] == "Enhetschefer"


def test_two_rows_of_one_name_that_something_points_at_are_told_and_one_gets_another():
    text = with_answer(with_names(EMPTY, ["Chefer", "Chefer"]), SMALL, GOALS, pointing("Chefer"))
    (problem,) = read(text, SMALL).problems
    assert "Två rader heter ”Chefer”. Vilken menas i koncept.larandemal L1?" in problem.text
    (mend,) = proposed_mends(text, SMALL)
    mended = read(mend.ways[0].text, SMALL)
    assert [row.values["namn"] for row in given_rows(mended.answers, GROUPS)] == ["Chefer", "Chefer 2"]
    assert mended.problems == ()


@pytest.mark.parametrize("name", ["Chefer -- alla", "<b>", "Chefer heter nu annat"])
def test_a_name_that_a_comment_cannot_hold_leaves_no_trace(name):
    text = with_names(EMPTY, ["Chefer"], [name])
    assert "<!-- Chefer heter" not in text
    assert [row.values["namn"] for row in given_rows(read(text, SMALL).answers, GROUPS)] == [name]


def test_a_name_taken_back_at_once_leaves_no_trace():
    assert "heter nu" not in with_names(EMPTY, ["Chefer"], ["Cheferr"], ["Chefer"])


def test_a_name_corrected_in_the_run_where_it_was_typed_leaves_no_trace(utb):
    initiative = Initiative.start(Workspace.open(), "Trygg start")
    for name in ("Anna Andersson på natten", "Undersköterskor natt"):
        initiative.save({GROUPS: groups(name)})
    assert "Anna" not in initiative.path.read_text("utf-8")
    again = Initiative(Workspace.open(), initiative.path)
    for name in ("Nattpersonal", "Nattpersonalen"):
        again.save({GROUPS: groups(name)})
    assert "<!-- Undersköterskor natt heter nu Nattpersonalen -->" in again.path.read_text("utf-8")


def test_a_name_corrected_at_once_leaves_a_trace_where_something_points_at_it(utb):
    initiative = Initiative.start(Workspace.open(), "Trygg start")
    initiative.save({GROUPS: groups("Chefer")})
    initiative.save({GOALS: pointing("Chefer")})
    initiative.save({GROUPS: groups("Enhetschefer")})
    assert "<!-- Chefer heter nu Enhetschefer -->" in initiative.path.read_text("utf-8")


def test_a_row_may_have_no_number_so_high_that_the_next_could_not_be_read():
    text = written(goals("L1")).replace("#### L1", "#### L999999")
    (problem,) = read(text, SMALL).structural_problems
    assert "L999999 är ett för högt nummer. Ge raden ett lägre." in problem.text
    assert next_id(written(goals("L1")).replace("#### L1", "#### L99999")) == "L100000"
    rows = with_ids(SMALL.question(GOALS), [Row("L999999", {"kunna": "a"}), Row("L2", {"kunna": "b"})])
    assert [row.id for row in rows] == ["L3", "L2"]
