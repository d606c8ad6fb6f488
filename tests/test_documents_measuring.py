"""What whoever takes over, and whoever asked for it, is told of measurements that lack or have two days."""

from __future__ import annotations

from datetime import date

from making import made, whole
from test_documents import of_twelve
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


def test_a_measurement_whose_day_has_passed_is_said_to_be_late_and_never_as_planned():
    report, handed_over = told(whole(), date(2026, 5, 1))
    assert "| Skulle ha mätts senast tisdag 31 mars 2026, inte mätt |" in report
    assert "**Försenad mätning:** Skulle ha mätts senast tisdag 31 mars 2026, M6" in report
    assert "Försenat: tisdag 31 mars 2026 | Nästa mätning: M6" in handed_over
    for text in (report, handed_over):
        assert "Mäts enligt plan" not in text
        assert "**Nästa mätning:**" not in text
    assert all("Mäts enligt plan" in text for text in told(whole()))


def test_before_anything_is_measured_the_report_says_when_it_will_be_and_what_else_is_promised():
    report = of_twelve("uppfoljningsrapport", "bussforare").text.replace("\u00a0", " ")
    first = (
        "Uppföljningen är inte påbörjad: första mätningen är lördag 12 december 2026, M1 Checklista i bussen."
    )
    assert report.split("\n\n")[1] == first
    assert "10 per månad, onsdag 31 mars 2027 | Ska mätas onsdag 10 februari 2027 |" in report
    assert "- M1 Checklista i bussen. Ska mätas lördag 12 december 2026, Instruktör.\n" in report
    assert "i bussens radio. Teknikansvarig på depån, senast februari 2027.\n" in report
    assert first in of_twelve("lardomar", "bussforare").text.replace("\u00a0", " ")
