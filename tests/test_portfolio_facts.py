"""What is known of an initiative in short: the same as the full reading gives, on every day."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drawn import COSTLIEST, WHENS
from making import BATTERY, READ, WORKSPACE
from utbildningsprocess.checks.model import Grade
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import read
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped, Unknown
from utbildningsprocess.plan.life import life_of
from utbildningsprocess.plan.reached import judged_measures
from utbildningsprocess.swedish import alphabetical
from utbildningsprocess.work.outlook import outlook_of
from utbildningsprocess.work.portfolio.facts import Reading, from_json, to_json
from utbildningsprocess.work.portfolio.learnt import learnt_from_json, learnt_of, learnt_to_json
from utbildningsprocess.work.portfolio.making import FactsMaker, facts_of
from utbildningsprocess.work.portfolio.reviewed import checked_from_json, checked_text, checked_to_json
from utbildningsprocess.work.portfolio.watched_day import WatchedDay

DAYS = st.dates(date(2024, 1, 1), date(2028, 12, 31))
TEMPLATE = template_text(WORKSPACE.root, NEW_DOSSIER)


def text_of(answers, title=READ.title):
    return new_dossier(TEMPLATE, title, AnswerSheet(BATTERY, answers), "dossier")


def on(today):
    return replace(WORKSPACE, today=today)


@st.composite
def some_answers(draw):
    """The example's answers: some left out, skipped or not known, and with other dates in some rows."""
    answers = {}
    for qid, answer in READ.answers.items():
        fate = draw(st.sampled_from("kkkkkosu"))
        if fate == "k":
            answers[qid] = _with_other_dates(draw, answer)
        elif fate != "o":
            answers[qid] = Skipped("Gäller inte") if fate == "s" else Unknown("Chefen")
    return answers


def _with_other_dates(draw, answer):
    if not isinstance(answer, Given) or not isinstance(answer.value, tuple):
        return answer
    rows = []
    for row in answer.value:
        if not isinstance(row, Row):
            return answer
        dates = {key: draw(WHENS) for key, value in row.values.items() if isinstance(value, date)}
        rows.append(replace(row, values={**row.values, **dates}))
    return Given(tuple(rows))


@COSTLIEST
@given(some_answers(), DAYS)
def test_facts_say_what_the_full_reading_says(answers, today):
    workspace, content = on(today), read(text_of(answers), BATTERY)
    facts, outlook = facts_of(workspace, content), outlook_of(workspace, content.sheet)
    counted = [sum(column) for column in zip(*(step[1:5] for step in outlook.standings), strict=True)]
    assert [facts.answered, facts.skipped, facts.unknown, facts.open] == counted
    left = [finding.grade for finding in outlook.findings if finding.deviation is None]
    assert (facts.red, facts.yellow) == (left.count(Grade.RED), left.count(Grade.YELLOW))
    assert facts.reason == outlook.step.reason
    first, overdue = facts.next_date(today.isoformat()), facts.overdue(today.isoformat())
    assert (first.said if first else None) == next((str(due.on) for due in outlook.dates), None)
    assert [dated.said for dated in overdue] == [str(due.on) for due in outlook.dates if due.overdue]
    price, goals = outlook.case.price, judged_measures(outlook.case.applying)
    assert facts.plan.learning == (tuple(outlook.case.balance) if price else ())
    assert (facts.plan.spending.total if facts.plan.spending else None) == (price.total if price else None)
    assert [*facts.measures] == [*goals]


@COSTLIEST
@given(some_answers(), DAYS)
def test_facts_are_the_same_after_they_have_been_kept(answers, today):
    reading = FactsMaker(on(today)).reading(text_of(answers))
    assert from_json(to_json(reading)) == reading


@COSTLIEST
@given(some_answers(), DAYS)
def test_lessons_and_thread_checks_are_the_same_after_they_have_been_kept(answers, today):
    text = text_of(answers)
    learnt, found = learnt_of(on(today), text), checked_text(on(today), text, "larm")
    assert learnt_from_json(learnt_to_json(learnt)) == learnt
    assert checked_from_json(checked_to_json(found)) == found


@COSTLIEST
@given(some_answers(), DAYS, st.integers(-800, 800))
def test_lessons_and_thread_checks_hold_for_every_day_they_say(answers, today, distance):
    text, later = text_of(answers), today + timedelta(days=distance)
    learnt, found = learnt_of(on(today), text), checked_text(on(today), text, "larm")
    if learnt.holds_on(later):
        assert learnt.earlier == learnt_of(on(later), text).earlier
    if found.since <= later <= found.until:
        computed = checked_text(on(later), text, "larm")
        assert found == replace(computed, since=found.since, until=found.until)
    assert learnt.holds_on(today)
    assert found.since <= today <= found.until


@COSTLIEST
@given(some_answers(), DAYS, st.integers(-800, 800))
def test_facts_hold_for_every_day_they_say(answers, today, distance):
    content = read(text_of(answers), BATTERY)
    kept, later = facts_of(on(today), content), today + timedelta(days=distance)
    computed = facts_of(on(later), content)
    if kept.holds_on(later.isoformat()):
        assert kept == computed._replace(since=kept.since, until=kept.until)
    assert kept.holds_on(today.isoformat())


def test_the_example_says_who_decides_and_measures_and_what_of_its_cost_is_known():
    facts = facts_of(WORKSPACE, read(text_of(READ.answers), BATTERY))
    assert facts.plan.spending.uncertain == ()
    assert None not in facts.plan.spending
    assert {dated.who for dated in facts.dates if dated.qid == "analys.andra_insatser"} >= {"Verksamhetschef"}
    without = {qid: said for qid, said in READ.answers.items() if qid != "koncept.kostnadsunderlag"}
    spending = facts_of(WORKSPACE, read(text_of(without), BATTERY)).plan.spending
    assert (spending.own_work, spending.bought, spending.beyond, spending.new) == (None,) * 4
    assert spending.uncertain == ("time", "own_work", "new", "total")


def test_a_day_that_is_only_compared_holds_until_the_day_it_is_compared_with():
    today = WatchedDay(date(2026, 5, 10))
    assert today < date(2026, 5, 20)
    assert date(2026, 5, 1) <= today
    assert (today.since, today.until) == (date(2026, 5, 2), date(2026, 5, 19))


@pytest.mark.parametrize(
    "asked",
    [
        lambda today: today == date(2026, 5, 10),
        lambda today: today <= date(2026, 5, 10),
        lambda today: today - date(2026, 5, 1),
        lambda today: date(2026, 5, 11) - today,
        lambda today: today + timedelta(days=1),
        lambda today: f"{today}",
        lambda today: today.year,
        lambda today: {today},
    ],
)
def test_a_day_that_is_asked_anything_else_holds_for_itself(asked):
    today = WatchedDay(date(2026, 5, 10))
    asked(today)
    assert (today.since, today.until) == (date(2026, 5, 10), date(2026, 5, 10))


def test_a_damaged_file_is_its_faults_and_a_foreign_one_nothing():
    maker = FactsMaker(WORKSPACE)
    damaged = text_of(READ.answers).replace("<!-- /utb:behov.varfor -->\n", "")
    assert maker.reading(damaged).facts is None
    assert maker.reading(damaged).faults[0][0] > 1
    assert maker.reading("# Minnesanteckningar\n") == Reading(None)


def decided(*rows):
    return Given(tuple(Row(f"D{place}", {"galler": "Allt", **row}) for place, row in enumerate(rows, 1)))


@pytest.mark.parametrize(
    ("answers", "life"),
    [
        ({}, "aktiv"),
        ({"analys.beslutsgang": decided({"utfall": "ja"})}, "aktiv"),
        ({"analys.beslutsgang": decided({"utfall": "pausat"})}, "vilande"),
        ({"analys.beslutsgang": decided({"utfall": "pausat"}, {"utfall": "ja"})}, "aktiv"),
        ({"analys.beslutsgang": decided({"utfall": "avslutat_i_fortid"})}, "avslutad"),
        ({"analys.beslut": Given("pausa")}, "vilande"),
        ({"analys.beslut": Given("pausa"), "analys.beslutsgang": decided({"utfall": "ja"})}, "aktiv"),
        ({"analys.beslut": Given("avsluta"), "analys.beslutsgang": decided({"utfall": "ja"})}, "avslutad"),
        ({"uppfoljning.nasta_steg": Given("sprid")}, "aktiv"),
        ({"uppfoljning.nasta_steg": Given("avsluta")}, "avslutad"),
        ({"uppfoljning.nasta_steg": Given("ersatt")}, "ersatt"),
    ],
)
def test_the_life_of_an_initiative_is_what_its_answers_say(answers, life):
    assert life_of(answers) == life


def test_titles_sort_as_in_a_swedish_register():
    register = ["10 råd", "Ask", "e", "É", "Esther", "zon", "Å", "A\u030aka", "åska", "Ä", "Ö", "övning"]
    assert sorted(register[6:] + register[:6], key=alphabetical) == register
