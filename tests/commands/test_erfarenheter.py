"""`utb erfarenheter`: what earlier initiatives have learnt, listed, searched, or for one initiative."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

GOOD = Path(__file__).parent.parent / "cases" / "goda"
NOTHING_LEARNT = "Ingen insats har några lärdomar än. De skrivs i steget Uppföljning: utb steg\nuppföljning\n"


@pytest.fixture(autouse=True)
def today(monkeypatch):
    """A day, and all the patience in the world: a busy machine is no failure."""
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2026, 9, 15))
    monkeypatch.setattr("utbildningsprocess.work.commentary._SECONDS", {"analys": 600.0, "koncept": 600.0})


def made(utb, *names):
    """Good initiatives as dossiers; gives the names they are called by."""
    outcomes = [utb("ny", "--svar", str(GOOD / f"{name}.yaml")) for name in names]
    assert all(outcome.code == 0 for outcome in outcomes)
    return [Path(outcome.out.splitlines()[-1]).stem for outcome in outcomes]


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_what_a_link_leads_out_to_is_read_no_more_than_by_the_list(utb, tmp_path):
    (name,) = made(utb, "kontor")
    dossier = utb.folder / "insatser" / f"{name}.md"
    outside = dossier.rename(tmp_path / "utanför.md")
    dossier.symlink_to(outside)
    code, out, err = utb("erfarenheter")
    assert (code, out) == (0, NOTHING_LEARNT)
    told = f"insatser/{name}.md är en länk ut ur mappen och läses inte.\n"
    assert told in err
    assert told in utb("lista").err


def test_lessons_are_listed_by_initiative_the_newest_first(utb):
    made(utb, "kontor", "registratur")
    code, out, err = utb("erfarenheter")
    assert (code, err) == (0, "")
    headings = [line for line in out.splitlines() if line and not line.startswith(" ")]
    assert headings == [
        "Mejlet ska in i diariet, mätt 10 februari 2025",
        "Handlingar som går att hitta: registrering samma vecka, mätt 10 december 2024",
    ]
    assert "\n  Ändra: Cheferna först nästa gång. Gäller: Kansliet\n" in out
    assert "\n  Läs mer: utb visa mejlet-ska-in-i-diariet\n" in out


def test_a_search_shows_the_lessons_that_hold_every_word_and_then_those_that_come_near(utb):
    made(utb, "klinik", "skola")
    out = utb("erfarenheter", "KORTET").out
    assert out.startswith("Se delirium i tid på kirurgen, mätt 5 april 2025\n")
    assert "Ändra: Kortet till bemanningsenheten. Gäller: Helger" in out
    out = utb("erfarenheter", "natt").out
    assert out.startswith("Ingen lärdom innehåller ”natt”.\n\nLiknande:\n\nSe delirium")
    assert out.endswith("  Liknande ord: natten\n")


def test_a_word_that_only_the_initiative_holds_is_shown_where_it_stands(utb):
    made(utb, "klinik")
    assert utb("erfarenheter", "kirurgen").out.endswith(
        "  Om insatsen står: ”Se delirium i tid på kirurgen”\n"
    )


@pytest.mark.parametrize("sought", ["xyzzy", "å", "OR NOT *", "'\"(", "-", "%s {0}"])
def test_any_text_is_a_search(utb, sought):
    made(utb, "skola")
    outcome = utb("erfarenheter", sought)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out.startswith(("Ingen lärdom innehåller ”", "Alla kan säga vad de vill i matsalen"))


def test_what_fits_an_initiative_comes_with_its_reasons(utb):
    ours, _ = made(utb, "kontor", "registratur")
    code, out, err = utb("erfarenheter", "--for", ours)
    assert (code, err) == (0, "")
    assert out.startswith(
        "Behåll: Gå runt i stället för att kalla. Gäller: Alla som inför något litet\n  Ur Mejlet "
    )
    assert "Samma hinder: ”Man får" in out
    assert "Ord som möts: " in out
    assert out.count("Ur Mejlet ska in i diariet") == 3


def test_nothing_fits_where_obstacle_and_words_do_not_meet(utb):
    ours, _ = made(utb, "klinik", "skola")
    assert utb("erfarenheter", "--for", ours).out == (
        "Ingen lärdom kommer ur en insats med både samma hinder och liknande ord.\n"
    )


def test_before_the_analysis_nothing_fits_and_the_way_there_is_shown(utb):
    made(utb, "klinik")
    new = utb.dossier("Delirium på kirurgen")
    out = utb("erfarenheter", "--for", new.stem).out
    assert " ".join(out.split()) == (
        "Förslagen utgår från det som hindrar. Svara först på frågorna i Analys: utb steg analys delirium-pa-kirurgen"
    )


def test_where_nothing_has_been_learnt_a_sentence_says_so(utb):
    assert utb("erfarenheter") == (0, "Här finns inga andra insatser att lära av än.\n", "")
    utb.dossier()
    assert utb("erfarenheter") == (0, NOTHING_LEARNT, "")
    assert utb("erfarenheter", "natt").out == NOTHING_LEARNT


def test_a_dossier_that_cannot_be_read_is_named_and_the_others_are_shown(utb):
    made(utb, "skola")
    damaged, unread = utb.dossier("Skadad"), utb.dossier("Olast")
    damaged.write_text(damaged.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), "utf-8")
    unread.write_bytes(b"\xff\xfe\xfa")
    code, out, err = utb("erfarenheter", "tecken")
    assert code == 0
    assert out.startswith("Alla kan säga vad de vill i matsalen")
    assert (
        "insatser/skadad.md är skadad, så lärdomarna där är inte med. Laga den med: utb laga skadad\n" in err
    )
    assert err.count("Lärdomarna där är inte med.") == 1
    assert len(err.splitlines()) == 2


def test_other_programs_get_the_same_as_json(utb):
    ours, theirs = made(utb, "kontor", "registratur")
    listed = json.loads(utb("erfarenheter", "--format", "json").out)
    assert [initiative["insats"] for initiative in listed["insatser"]] == [theirs, ours]
    assert listed["insatser"][0]["lardomar"][0] == {
        "var": "uppfoljning.lardomar:R1",
        "slag": "Behåll",
        "text": "Gå runt i stället för att kalla",
        "galler": "Alla som inför något litet",
    }
    found = json.loads(utb("erfarenheter", "--format", "json", "kalla").out)
    assert (found["sok"], len(found["traffar"])) == ("kalla", 1)
    fitting = json.loads(utb("erfarenheter", "--format", "json", "--for", ours).out)
    assert fitting["for"] == ours
    assert {hit["insats"] for hit in fitting["forslag"]} == {theirs}
    assert all(hit["skal"]["hinder"] and hit["skal"]["ord"] for hit in fitting["forslag"])


def test_words_and_an_initiative_are_not_taken_together(utb):
    outcome = utb("erfarenheter", "natt", "--for", "x")
    assert (outcome.code, outcome.err) == (2, "Fel: Ange ord att söka på eller --for, inte båda.\n")


def test_what_was_kept_is_neither_old_nor_called_by_an_older_name(utb):
    (name,) = made(utb, "klinik")
    path = utb.folder / "insatser" / f"{name}.md"
    first = utb("erfarenheter")
    assert utb("erfarenheter") == first
    path.write_text(path.read_text("utf-8").replace("Kortet till", "Listan till"), encoding="utf-8")
    path.rename(path.with_name("nytt-namn.md"))
    now = utb("erfarenheter")
    assert now.out == first.out.replace("Kortet till", "Listan till").replace(name, "nytt-namn")


def test_a_damaged_dossier_is_named_every_time(utb):
    (name,) = made(utb, "klinik")
    path = utb.folder / "insatser" / f"{name}.md"
    path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), encoding="utf-8")
    path.with_name("latin.md").write_bytes("# Å".encode("latin-1"))
    path.with_name("anteckning.md").write_text("# Minnesanteckning\n", encoding="utf-8")
    for _ in range(2):
        outcome = utb("erfarenheter")
        assert outcome.out == NOTHING_LEARNT
        assert (
            f"{name}.md är skadad, så lärdomarna där är inte med. Laga den med: utb laga {name}\n"
            in outcome.err
        )
        assert "insatser/latin.md:1: texten är inte UTF-8." in outcome.err
        assert "anteckning" not in outcome.err


# ------------------------------------------------------------- in the wizard

PAST = "klart\n\n"
"""Through the review and what comes after it, without a choice."""
TOLD = "Lärdomar från tidigare insatser som kan passa här:"


def beginning(utb, *stages):
    """A new initiative with the need and the analysis of one that is known, near another one; gives its path."""
    made(utb, "registratur")
    answers = yaml.safe_load((GOOD / "kontor.yaml").read_text("utf-8"))
    answers["initiativ"]["titel"] = "Nytt på kontoret"
    given = answers["svar"]
    answers["svar"] = {stage: given[stage] for stage in ("behov", "analys")}
    ahead = ("befintligt", "larandemal", "krav_kortast", "forsta_tillfalle")
    answers["svar"]["koncept"] = {name: given["koncept"][name] for name in ahead}
    file = utb.folder / "nytt.yaml"
    file.write_text(yaml.safe_dump(answers, allow_unicode=True), "utf-8")
    outcome = utb("ny", "--svar", file.name)
    assert (outcome.code, TOLD in outcome.err + outcome.out) == (0, False)
    return utb.folder / outcome.out.splitlines()[-1]


def test_after_analys_lessons_come_once_and_nothing_of_them_stands_in_the_dossier(utb):
    path = beginning(utb)
    before = path.read_bytes()
    told = utb("steg", "analys", path.stem, "--enkel", stdin=PAST).err
    assert (
        f"{TOLD}\n1. Behåll: Gå runt i stället för att kalla (Mejlet ska in i diariet, 10 februari 2025)\n"
        in told
    )
    assert "\n   Samma hinder: ”Man får sällan veta hur det går”; ord: " in told
    assert "Läs mer om lärdomarna med :l. Notera att ni använder en av dem med :n." in told
    assert path.read_bytes() == before
    assert TOLD not in utb("steg", "analys", path.stem, "--enkel", stdin=PAST).err
    assert TOLD not in utb("steg", "koncept", path.stem, "--enkel", stdin=":s\n").err


def test_before_the_activities_whoever_stops_there_meets_them_again_and_so_does_a_colleague(
    utb, monkeypatch, tmp_path
):
    path = beginning(utb)
    assert TOLD in utb("steg", "koncept", path.stem, "--enkel", stdin=":s\n").err
    assert TOLD in utb("steg", "analys", path.stem, "--enkel", stdin=PAST).err
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "kollegan"))
    assert TOLD in utb("steg", "koncept", path.stem, "--enkel", stdin=":s\n").err


def test_after_analys_one_is_noted_in_the_dossier_and_follows_it_everywhere(utb, monkeypatch, tmp_path):
    path = beginning(utb)
    told = utb("steg", "analys", path.stem, "--enkel", stdin="klart\n:n\n2\n\n").err
    noted = "mejlet-ska-in-i-diariet.md: Ändra: Cheferna först nästa gång. Gäller: Kansliet"
    assert f"lärt av?”: {noted}\n" in told
    assert f"\n- {noted}\n" in path.read_text("utf-8")
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "kollegan"))
    assert "Cheferna först" not in utb("steg", "koncept", path.stem, "--enkel", stdin=":s\n").err


def test_a_personal_number_in_a_lesson_never_follows_into_another_dossier(utb):
    path = beginning(utb)
    theirs = path.parent / "mejlet-ska-in-i-diariet.md"
    theirs.write_text(
        theirs.read_text("utf-8").replace("Cheferna först", "Cheferna och 19121212-1212 först"), "utf-8"
    )
    utb("steg", "analys", path.stem, "--enkel", stdin="klart\n:n\nÄndra: Cheferna\n\n")
    assert "\n- mejlet-ska-in-i-diariet.md: Ändra\n" in path.read_text("utf-8")


def test_alone_in_a_folder_nothing_is_said_and_nothing_computed(utb, tmp_path):
    path = beginning(utb)
    (path.parent / "mejlet-ska-in-i-diariet.md").unlink()
    assert TOLD not in utb("steg", "analys", path.stem, "--enkel", stdin=PAST).err
    assert not list((tmp_path / "tillstand").glob("utraknat-*"))


def test_what_there_was_no_time_to_read_is_said(utb, monkeypatch):
    path = beginning(utb)
    monkeypatch.setattr("utbildningsprocess.work.commentary._SECONDS", {})
    told = utb("steg", "koncept", path.stem, "--enkel", stdin=":s\n").err
    assert (
        "Lärdomarna i en annan insats är inte lästa än. Läs dem med: utb erfarenheter --for nytt-pa-kontoret"
        in told
    )
    assert TOLD not in told
    utb("erfarenheter")
    assert TOLD in utb("steg", "koncept", path.stem, "--enkel", stdin=":s\n").err


def test_at_behov_an_initiative_with_nearly_the_same_title_is_mentioned_on_a_line(utb):
    utb.dossier("Trygg start på kirurgen")
    path = utb.dossier("Trygg start på kirurgen 2027")
    told = utb("steg", "behov", path.stem, "--enkel", stdin=":s\n").err
    assert "\nEn insats heter nästan likadant.\nLäs den med: utb visa trygg-start-pa-kirurgen\n" in told
    assert "\nSök bland alla lärdomar med: utb erfarenheter SÖK\n" in told
    other = utb.dossier("Larm")
    assert "nästan likadant" not in utb("steg", "behov", other.stem, "--enkel", stdin=":s\n").err


# ----------------------------------------------------------------- by cause

TOO_FEW = "Ingen orsak finns i minst 5 av dem, så det går inte att säga något."
OWN = "Era egna insatser visar"


def copied(utb, name, number):
    """A good initiative, and so many others with other letters and titles that answer the same."""
    (stem,) = made(utb, name)
    path = utb.folder / "insatser" / f"{stem}.md"
    text = path.read_text("utf-8")
    letters = text.partition("<!-- insats: ")[2].partition(" ")[0]
    for place in range(number):
        other = text.replace(letters, f"bcdfghjkm{'npqrst'[place]}", 1)
        (path.parent / f"annan-{place}.md").write_text(other, "utf-8")
    return path


def test_by_cause_nothing_is_said_of_four_and_of_five_also_how_it_is_counted(utb):
    path = copied(utb, "kontor", 4)
    (path.parent / "annan-3.md").rename(utb.folder / "undan.md")
    assert TOO_FEW in utb("erfarenheter", "--orsaker").out
    assert OWN not in utb("diagnos", path.stem).out
    (utb.folder / "undan.md").rename(path.parent / "annan-3.md")
    out = utb("erfarenheter", "--orsaker").out
    assert out.startswith("Av 5 insatser har 5 minst ett mål i arbetet som är mätt i tal.\n\n")
    assert ": 5 insatser, av " in out
    assert "\nSå är det räknat: en insats är med där diagnosen ser orsaken som stark" in out
    assert "\nDet är inget bevis för vad som hjälper" in out
    told = utb("diagnos", path.stem).out.partition(f"\n{OWN}\n")[2]
    assert " 5 insatser: av " in " ".join(told.split())
    assert told.endswith("  Det är inget bevis. Så är det räknat: utb erfarenheter --orsaker\n")
    assert OWN in utb("steg", "analys", path.stem, "--enkel", stdin=PAST).err
    data = json.loads(utb("erfarenheter", "--orsaker", "--format", "json").out)
    assert (data["insatser"], data["med_matt_mal"], data["minst"]) == (5, 5, 5)
    assert all(cause["insatser"] == 5 and cause["mal"] >= cause["natta"] for cause in data["orsaker"])
    assert data["orsaker"][0]["valt"][0] == {"slag": "Planerat lärande", "insatser": 5}
    assert data["raknat"]
    assert data["forbehall"]


def test_by_cause_a_copy_counts_in_no_sum(utb):
    path = copied(utb, "kontor", 1)
    (path.parent / "samma-bokstaver.md").write_bytes(path.read_bytes())
    assert json.loads(utb("erfarenheter", "--orsaker", "--format", "json").out)["insatser"] == 2


@pytest.mark.parametrize("more", [("natt",), ("--for", "x")])
def test_by_cause_is_asked_of_all_initiatives(utb, more):
    outcome = utb("erfarenheter", "--orsaker", *more)
    assert (outcome.code, outcome.out) == (2, "")
    assert (
        outcome.err == "Fel: --orsaker gäller alla insatser. Ange det utan ord att söka på och utan --for.\n"
    )
