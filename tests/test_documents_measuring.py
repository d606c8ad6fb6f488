"""What whoever takes over, and whoever asked for it, is told of measurements that lack or have two days."""

from __future__ import annotations

from datetime import date

from making import made, whole
from utbildningsprocess.model import Given, Row

AFTER = date(2026, 1, 10)
"""When all occasions of the example have been."""
TWO_DAYS = "Nästa mätning är tisdag 31 mars 2026, men i planen mäts M6 måndag 6 april 2026."


def changed(address, row_id, **values):
    """The example with some values changed in one row of a group."""
    rows = whole()[address].value
    told = (Row(row.id, {**row.values, **values}) if row.id == row_id else row for row in rows)
    return whole() | {address: Given(tuple(told))}


def told(answers, today=AFTER):
    """The report and the handing over, as they read."""
    names = ("uppfoljningsrapport", "overlamning")
    return [made(name, answers, today=today).text.replace("\u00a0", " ") for name in names]


def test_a_goal_that_nobody_measures_before_its_last_day_is_named_with_day_and_role():
    said = "E2 ska nås senast onsdag 1 april 2026, men ingen mätning är planerad till dess. M3 mättes"
    later = changed("behov.effektmatt", "E2", nar=date(2026, 4, 1))
    without_next = {qid: answer for qid, answer in later.items() if qid != "uppfoljning.nasta_matning"}
    for text in told(without_next):
        assert f"{said} tisdag 2 september 2025. Ansvarig: Vårdutvecklare.\n" in text
    assert all(said not in text for text in told(later))
    assert all(said not in text for text in told(without_next, date(2026, 4, 2)))


def test_two_days_for_the_next_measurement_are_told_and_one_is_not():
    assert all(TWO_DAYS in text for text in told(whole()))
    same_day = whole() | {"uppfoljning.nasta_matning": Given(date(2026, 4, 6))}
    assert all("Nästa mätning är" not in text for text in told(same_day))


def test_what_is_late_says_how_far_it_has_come():
    late = told(whole())[1].partition("| Försenat: ")[2].partition("\n")[0]
    assert "i fyra veckor. Läge: Pågår, Klar på tre av fyra avdelningar | Verksamhetschef |" in late


def test_what_people_judge_themselves_is_called_so_beside_what_is_measured():
    report = told(whole())[0]
    assert "\n- **Andel som använder det i arbetet, egen uppgift:** 78 procent\n" in report
    assert "\n**Det blev, enligt egen bedömning:** Ja, till stor del." in report


def test_a_box_for_what_has_passed_asks_whether_it_came_about():
    over = made("checklista", whole(), today=AFTER).text.replace("\u00a0", " ")
    assert over.count("- [ ] Blev det av? ") == 3
    assert "- [ ] Blev det av? Utse huvudhandledare" in over
    assert "## När\n\nHar varit: allt till och med vecka 28 2025.\n" in over
    assert "Säg i det första samtalet" not in over
    assert "Blev det av" not in made("checklista", whole(), today=date(2025, 2, 1)).text
