"""What comes back for rows: a cell that somebody has changed, and a row that somebody has added."""

from __future__ import annotations

from datetime import date

import pytest

from making import BATTERY, whole
from utbildningsprocess.guide.replies import Reply, Stated
from utbildningsprocess.model import AnswerSheet, Given, Row, Unknown, given_value
from utbildningsprocess.work.comparing import WhenDifferent, compared, decided_for, whole_answers
from utbildningsprocess.work.taking_in import told_of_answers, unsettled

GOALS = "koncept.larandemal"
SHEET = AnswerSheet(BATTERY, whole())
FIRST = given_value(SHEET.answers[GOALS])[0]


def reply(*said, name="svar.html"):
    return Reply(name, name, date(2026, 3, 3), "chef", is_role_sure=True, said=said)


def cell(field, answer, row_id=FIRST.id):
    return Stated(f"{GOALS}.{row_id}.{field}", "Frågan", str(given_value(answer)), answer)


def new_row(number=1, **values):
    return Stated(f"{GOALS}.+{number}", "Frågan", "", Given((Row("", values),)))


def saved(comparison, chosen):
    return given_value(whole_answers(comparison, SHEET, chosen)[GOALS])


def test_a_cell_that_says_what_the_dossier_says_changes_nothing():
    comparison = compared(SHEET, [reply(cell("kunna", Given(FIRST.values["kunna"])))])
    assert comparison.equal == [f"{GOALS}.{FIRST.id}.kunna"]
    assert comparison.new == comparison.different == {}


def test_a_cell_that_says_something_else_is_chosen_by_a_person_and_leaves_the_others_as_they_are():
    comparison = compared(SHEET, [reply(cell("kunna", Given("larma i tid")))])
    (matter,) = unsettled(comparison)
    assert matter.lines[0] == f"I dossiern står: {FIRST.values['kunna']}"
    rows = saved(comparison, {matter.address: matter.ways[0].answer})
    assert rows[0].values == {**FIRST.values, "kunna": "larma i tid"}
    assert rows[1:] == given_value(SHEET.answers[GOALS])[1:]


def test_an_empty_cell_is_filled_and_keeps_the_order_of_the_fields():
    answers = whole()
    values = {key: value for key, value in FIRST.values.items() if key != "kunna"}
    answers[GOALS] = Given((Row(FIRST.id, values, unknown={"kunna": "Chefen"}),))
    sheet = AnswerSheet(BATTERY, answers)
    comparison = compared(sheet, [reply(cell("kunna", Given("larma i tid")))])
    address = f"{GOALS}.{FIRST.id}.kunna"
    assert comparison.new == {address: Given("larma i tid")}
    (row,) = given_value(whole_answers(comparison, sheet, comparison.new)[GOALS])
    assert list(row.values) == list(FIRST.values)
    assert row.unknown == {}


def test_that_nobody_knows_replaces_no_cell():
    comparison = compared(SHEET, [reply(cell("kunna", Unknown("Chefen")))])
    assert not comparison.new
    assert not comparison.different


def test_a_new_row_gets_an_id_that_nobody_has_had_and_is_told_as_it_reads():
    comparison = compared(SHEET, [reply(new_row(kunna="larma i tid"), new_row(2, kunna="fråga en kollega"))])
    many = len(given_value(SHEET.answers[GOALS]))
    rows = saved(comparison, comparison.new)
    assert [row.id for row in rows[many:]] == [f"L{many + 1}", f"L{many + 2}"]
    assert any("larma i tid" in line for line in told_of_answers(comparison, {}))


def test_a_row_that_two_have_added_alike_is_added_once_and_two_that_differ_twice():
    alike = compared(SHEET, [reply(new_row(kunna="larma")), reply(new_row(kunna="larma"), name="b.html")])
    differ = compared(SHEET, [reply(new_row(kunna="larma")), reply(new_row(kunna="ringa"), name="b.html")])
    assert (len(alike.new), len(differ.new)) == (1, 2)


def test_a_new_row_that_the_dossier_has_already_is_not_added_again():
    comparison = compared(SHEET, [reply(new_row(kunna=FIRST.values["kunna"]))])
    assert not comparison.new
    assert comparison.equal


def test_what_is_said_of_a_row_that_is_gone_is_told():
    comparison = compared(SHEET, [reply(cell("kunna", Given("larma i tid"), row_id="L99"))])
    assert [line for line in told_of_answers(comparison, {}) if "larma i tid" in line and "svar.html" in line]


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
def test_two_who_change_a_cell_each_are_both_offered_in_any_order(order):
    came = [reply(cell("kunna", Given("larma"))), reply(cell("kunna", Given("ringa")), name="b.html")]
    comparison = compared(SHEET, [came[place] for place in order])
    (matter,) = unsettled(comparison)
    assert {way.label for way in matter.ways} >= {"larma", "ringa", "Alla svaren"}
    assert decided_for(comparison, WhenDifferent.KEEP) == {}
    assert decided_for(comparison, WhenDifferent.REPLACE) == {}


def test_two_cells_of_one_row_and_a_new_row_are_saved_together():
    said = (cell("kunna", Given("larma i tid")), new_row(kunna="ringa"))
    comparison = compared(SHEET, [reply(*said)])
    chosen = {**decided_for(comparison, WhenDifferent.REPLACE), **comparison.new}
    rows = saved(comparison, chosen)
    assert rows[0].values["kunna"] == "larma i tid"
    assert rows[-1].values == {"kunna": "ringa"}
