"""`utb diagnos`: what the answers point at; and what happens to it when two branches meet."""

from __future__ import annotations

import json

from git_repo import git
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace


def data(utb, *args):
    return json.loads(utb("diagnos", *args, "--format", "json").out)


def test_the_causes_come_first_then_the_mix_and_nothing_is_written(utb):
    path = utb.example()
    before = path.read_bytes()
    outcome = utb("diagnos")
    talk = "Prata om det ni ser olika, med en sida som underlag:\n  utb samtal olika trygg-start\n"
    assert (outcome.code, outcome.err) == (0, talk)
    places = [
        outcome.out.index(words)
        for words in (
            "Svaren pekar på de här orsakerna",
            "Kunskap saknas: stark (1 Mycket, 1 Delvis)",
            "Det pekar på: en mix",
            "Ett krav ska uppfyllas",
            "Bygg på",
            "Håll ögonen på: ",
            "Underlaget är rimligt.",
            "På gränsen mellan en mix och lärande",
            "Det här skulle ändra bilden",
            "inte ett beslut",
        )
    ]
    assert places == sorted(places)
    assert "visar" not in outcome.out
    assert path.read_bytes() == before


def test_the_json_has_just_the_agreed_keys(utb):
    utb.example()
    found = data(utb)
    assert list(found) == [
        "utfall",
        "underlag",
        "brister",
        "vilar_pa",
        "motsagelser",
        "tillagg",
        "huvud",
        "komplettera",
        "hall_ogonen_pa",
        "orsaker",
        "sammanvagt",
        "osakert",
        "svarande",
    ]
    assert (found["utfall"], found["tillagg"], found["osakert"]) == ("MIX", ["OBLIGATORISK_BAS"], [])
    assert found["huvud"] == ["handledning", "bemanning", "utbildning"]
    assert found["orsaker"][1] == {
        "id": "tid",
        "stark": True,
        "mycket": 1,
        "delvis": 1,
        "svar": {"s10": "stammer", "s11": "delvis"},
    }
    assert (found["underlag"], found["brister"], found["vilar_pa"]) == ("rimligt", ["b5"], ["s10"])


def test_the_counting_is_shown_line_by_line(utb):
    utb.example()
    told = utb("diagnos", "--rakna").out
    assert [line[:2] for line in told.splitlines() if line[:1].isdecimal()] == [
        f"{step}." for step in range(1, 10)
    ]
    assert utb("diagnos", "--rakna", "--format", "json").out == utb("diagnos", "--format", "json").out


def test_without_an_analysis_it_says_what_to_answer(utb):
    utb.dossier("Ny")
    assert "Svara på påståendena i Analys" in utb("diagnos").out
    assert data(utb)["utfall"] is None


def test_answers_in_doubt_give_no_diagnosis_and_unreadable_ones_are_told(utb):
    path = utb.example()
    text = path.read_text("utf-8")
    path.write_text(text.replace("**Mycket:**", "**Myket:**", 1), "utf-8")
    for args in (("diagnos",), ("granska", "--format", "json")):
        outcome = utb(*args)
        assert outcome.code == 0
        assert "analys.hinder: ”Myket” är inget svar på ett påstående" in outcome.err
    path.write_text(text.replace("- **Mycket:**", "<<<<<<< HEAD\n- **Mycket:**", 1), "utf-8")
    outcome = utb("diagnos", "--format", "json")
    assert (outcome.code, outcome.out) == (3, "")
    assert "behöver lagas" in outcome.err
    assert "Nästa steg: utb laga " in utb("status").out


def test_an_unknown_format_is_answered_with_the_right_one(utb):
    utb.example()
    assert utb("diagnos", "--format", "jsn") == (
        2,
        "",
        "Fel: Formatet ”jsn” finns inte. Menade du json?\n",
    )


def test_what_is_asked_next_follows_the_diagnosis(utb):
    """An analysis that points at learning alone has no other actions to ask about."""
    utb.dossier("Ny")
    utb("svar", "ny", "hinder", hindering(s04="stammer", s05="stammer"))
    utb("svar", "ny", "kan_idag", "tidigare")
    assert data(utb)["huvud"] == ["ovning"]
    assert "Vilka andra insatser" not in utb("steg", "analys", "ny", stdin=":s\n").out
    assert "analys.andra_insatser" not in asked_in_analysis()
    utb("svar", "ny", "hinder", hindering(s10="stammer"))
    assert "analys.andra_insatser" in asked_in_analysis()


def hindering(**said):
    """Every statement answered: nothing hinders but this."""
    return json.dumps({**dict.fromkeys((f"s{number:02}" for number in range(1, 21)), "stammer_inte"), **said})


def asked_in_analysis():
    interview = Initiative.open(Workspace.open(), "ny").interview("analys")
    return [question.qid for question in interview.relevant]


def test_two_branches_with_different_answers_merge_clean_and_the_check_says_what_they_now_point_at(utb):
    path = utb.example()
    hinder = json.loads(utb("svar", "trygg", "analys.hinder").out)
    able = {**hinder, "s01": "stammer_inte", "s02": "stammer_inte", "s03": "stammer_inte"}
    assert utb("svar", "trygg", "analys.hinder", json.dumps(able)).code == 0
    assert utb("svar", "trygg", "analys.slutsats", "Vi behöver mer tid.").code == 0
    assert utb("svar", "trygg", "analys.andra_insatser", "--hoppa", "Tas upp senare.").code == 0
    git(utb.folder, "init", "-q", "-b", "main")
    git(utb.folder, "add", "insatser")
    git(utb.folder, "commit", "-q", "-m", "start")
    git(utb.folder, "switch", "-q", "-c", "chef")
    assert utb("svar", "trygg", "analys.hinder", json.dumps({**able, "s12": "stammer"})).code == 0
    git(utb.folder, "commit", "-q", "-am", "chef")
    git(utb.folder, "switch", "-q", "main")
    assert utb("svar", "trygg", "analys.kan_idag", "nagra").code == 0
    git(utb.folder, "commit", "-q", "-am", "medarbetare")
    git(utb.folder, "merge", "-q", "chef")
    assert "<<<<<<<" not in path.read_text("utf-8")
    assert "organisation" in data(utb)["huvud"]
    found = json.loads(utb("granska", "trygg", "--format", "json").out)
    stale = [one for one in found if one["regel"] == "R44"]
    assert len(stale) == 1
    assert "organisatorisk förändring" in stale[0]["text"].casefold()
    assert path.read_text("utf-8").splitlines()[stale[0]["rad"] - 1] == "<!-- utb:analys.slutsats -->"
