"""`utb diagnos`: what the answers point at; and what happens to it when two branches meet."""

from __future__ import annotations

import json

import pytest

from git_repo import git
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace


def data(utb, *args):
    return json.loads(utb("diagnos", *args, "--format", "json").out)


def test_the_causes_come_first_then_the_mix_and_nothing_is_written(utb):
    path = utb.example()
    before = path.read_bytes()
    outcome = utb("diagnos")
    assert (outcome.code, outcome.err) == (0, "")
    places = [
        outcome.out.index(words)
        for words in (
            "Svaren pekar på de här orsakerna",
            "Kunskap saknas (stark, 3 av 3)",
            "Det pekar på: en mix",
            "Bygg på",
            "Komplettera med",
            "Dessutom: Ett krav ska uppfyllas",
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
        "tillagg",
        "huvud",
        "komplettera",
        "orsaker",
        "larandeandel",
        "osakert",
    ]
    assert (found["utfall"], found["tillagg"], found["osakert"]) == ("MIX", ["OBLIGATORISK_BAS"], [])
    assert set(found["huvud"]) == {"handledning", "ovning", "utbildning"}
    assert found["orsaker"][2] == {"id": "tid", "styrka": 2.5, "svar": {"s10": "delvis", "s11": "delvis"}}
    assert found["larandeandel"] == pytest.approx(0.3288, abs=1e-4)


def test_without_an_analysis_it_says_what_to_answer(utb):
    utb.dossier("Ny")
    assert "Svara på påståendena i Analys" in utb("diagnos").out
    assert data(utb)["utfall"] is None


def test_answers_in_doubt_give_no_diagnosis_and_unreadable_ones_are_told(utb):
    path = utb.example()
    text = path.read_text("utf-8")
    path.write_text(text.replace("**Stämmer:**", "**Stämer:**", 1), "utf-8")
    for args in (("diagnos",), ("granska", "--format", "json")):
        outcome = utb(*args)
        assert outcome.code == 0
        assert "analys.hinder: ”Stämer” är inget svar på ett påstående" in outcome.err
    path.write_text(text.replace("- **Stämmer:**", "<<<<<<< HEAD\n- **Stämmer:**", 1), "utf-8")
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
    utb("svar", "ny", "hinder", '{"s04": "stammer", "s05": "stammer"}')
    utb("svar", "ny", "kan_idag", "tidigare")
    assert data(utb)["huvud"] == ["ovning"]
    assert "Vilka andra insatser" not in utb("steg", "analys", "ny", stdin=":s\n").out
    assert "analys.andra_insatser" not in asked_in_analysis()
    utb("svar", "ny", "hinder", '{"s10": "stammer"}')
    assert "analys.andra_insatser" in asked_in_analysis()


def asked_in_analysis():
    interview = Initiative.open(Workspace.open(), "ny").interview("analys")
    return [question.qid for question in interview.relevant]


def test_two_branches_with_different_answers_merge_clean_and_the_check_says_what_they_now_point_at(utb):
    path = utb.example()
    git(utb.folder, "init", "-q", "-b", "main")
    git(utb.folder, "add", "insatser")
    git(utb.folder, "commit", "-q", "-m", "start")
    hinder = json.loads(utb("svar", "trygg", "analys.hinder").out)
    git(utb.folder, "switch", "-q", "-c", "chef")
    tired = {**hinder, "s01": "stammer_inte", "s02": "stammer_inte", "s03": "stammer_inte"}
    assert utb("svar", "trygg", "analys.hinder", json.dumps({**tired, "s09": "stammer"})).code == 0
    git(utb.folder, "commit", "-q", "-am", "chef")
    git(utb.folder, "switch", "-q", "main")
    assert utb("svar", "trygg", "analys.kan_idag", "ja_flesta").code == 0
    git(utb.folder, "commit", "-q", "-am", "medarbetare")
    git(utb.folder, "merge", "-q", "chef")
    assert "<<<<<<<" not in path.read_text("utf-8")
    assert "verktyg" in data(utb)["huvud"]
    found = json.loads(utb("granska", "trygg", "--format", "json").out)
    stale = [one for one in found if one["regel"] == "R44"]
    assert len(stale) == 1
    assert "verktyg och checklistor" in stale[0]["text"].casefold()
    assert path.read_text("utf-8").splitlines()[stale[0]["rad"] - 1] == "<!-- utb:analys.slutsats -->"
