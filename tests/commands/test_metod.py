"""`utb metod`: the learning objects, listed and read."""

from __future__ import annotations

import json
import re

import pytest

from utbildningsprocess.steps import STEP_IDS


def test_all_methods_are_listed_with_their_steps(utb):
    outcome = utb("metod")
    assert (outcome.code, outcome.err) == (0, "")
    lines = [line for line in outcome.out.splitlines() if line.startswith("  ") and line[2] != " "]
    assert len(lines) == 20
    assert "utb metod ÄMNE" in outcome.out


def test_a_step_says_what_to_read_first_how_long_it_takes_and_what_it_explains(utb):
    out = utb("metod", "UPPFÖLJNING").out
    assert out.startswith(
        "Att läsa om Uppföljning\n\nLäs först (ungefär 1 minut)\n\n"
        "  mat-det-som-spelar-roll\n    Mät det som spelar roll\n    - Vad visar varje mått?\n"
        "    - Har vi nått målen?\n"
    )
    first, then, other = (out.index(words) for words in ("Läs först", "Läs sedan", "Hör också hit"))
    assert first < then < out.index("lar-av-resultatet") < other < out.index("esther-som-medskapare")
    assert "sprid-och-plocka-fram" not in out
    assert out.endswith("\n\nLäs en med: utb metod ÄMNE\n")


def test_other_programs_get_the_same_in_the_same_order(utb):
    def names(*words):
        return [method["namn"] for method in json.loads(utb("metod", *words, "--format", "json").out)]

    out = utb("metod", "analys").out
    assert names("analys") == [line.strip() for line in out.splitlines() if re.fullmatch(r"  [a-z-]+", line)]
    assert (len(names()), names("rödtråd")) == (20, ["rod-trad"])
    (method,) = json.loads(utb("metod", "rod trad", "--format", "json").out)
    assert (method["titel"], method["steg"], method["minuter"]) == ("Röd tråd", ["koncept", "produktion"], 2)
    assert method["fragor"] == ["koncept.aktiviteter", "produktion.material"]
    assert "## Källor" in method["text"]
    assert utb("metod", "xyzzy", "--format", "json").code == 2
    assert utb("metod", "--format", "jsn").err == "Fel: Formatet ”jsn” finns inte. Menade du json?\n"


@pytest.mark.parametrize("columns", [40, 80])
@pytest.mark.parametrize("step", STEP_IDS)
def test_what_to_read_for_a_step_stays_within_the_window(utb, monkeypatch, columns, step):
    monkeypatch.setenv("COLUMNS", str(columns))
    assert max(map(len, utb("metod", step).out.splitlines())) < columns


@pytest.mark.parametrize("columns", ["40", "100"])
def test_no_line_of_the_list_is_wider_than_the_window(utb, monkeypatch, columns):
    monkeypatch.setenv("COLUMNS", columns)
    lines = utb("metod").out.splitlines()
    narrow = [line for line in lines if not line.startswith("    ")]
    assert max(map(len, narrow if columns == "40" else lines)) <= int(columns)


@pytest.mark.parametrize(
    ("topic", "title"),
    [
        ("nytta", "Vad är bäst för Esther?"),
        ("rod trad", "Röd tråd"),
        ("kirkpatric", "Mät det som spelar roll"),
        ("effektmått", "Mät det som spelar roll"),
        ("com-b", "Sex lådor och COM-B"),
        ("debrifing", "Simulering och debriefing"),
    ],
)
def test_a_topic_is_found_whatever_its_spelling(utb, topic, title):
    assert utb("metod", topic).out.startswith(f"# {title}\n")


def test_plain_lines_can_be_asked_for(utb):
    assert utb("metod", "rod trad", "--enkel").out == utb("metod", "rod trad").out
    assert utb("metod", "analys", "--enkel").out == utb("metod", "analys").out


def test_an_unknown_topic_is_a_sentence(utb):
    assert utb("metod", "xyzzy") == (
        2,
        "",
        "Fel: Ingen metod handlar om ”xyzzy”. Se alla med: utb metod\n",
    )


def test_a_method_ends_with_whom_to_ask(utb):
    (utb.folder / "utb.yaml").write_text(
        "kontakt: Sektionen för lärande\nresursbibliotek: https://intranat.example/larande\n", "utf-8"
    )
    out = utb("metod", "nytta").out
    assert out.endswith(
        "## Hjälp och mer läsning\n\n- Kontakt: Sektionen för lärande\n"
        "- Resursbibliotek: https://intranat.example/larande\n"
    )


def test_esther_has_the_name_the_organisation_has_chosen(utb):
    (utb.folder / "utb.yaml").write_text("esther: brukaren\n", "utf-8")
    out = utb("metod", "nytta").out
    assert out.startswith("# Vad är bäst för brukaren?\n\nBrukaren ")
    assert "Esther" not in out.partition("## Källor")[0]
    assert "*What Is Best for Esther?" in out
    assert utb("batteri", "kontrollera").code == 0
    utb("ny", "Ny", stdin=":s\n")
    text = (utb.folder / "insatser" / "ny.md").read_text("utf-8")
    assert "### På vilket sätt bidrar den här insatsen till att det blir bäst för brukaren?" in text
    assert "<!-- utb:behov.esther -->" in text


def test_an_organisation_can_replace_a_method_and_add_one(utb):
    (utb.folder / "utb.yaml").write_text("fragor: egna\n", "utf-8")
    (utb.folder / "egna" / "metoder").mkdir(parents=True)
    head = "---\ntitel: {}\nsteg: [behov]\nfragor: [behov.varfor]\namnesord: [egen]\n---\n\nText.\n"
    for name, title in (("07-rod-trad.md", "Vår tråd"), ("20-egen-metod.md", "Egen metod")):
        (utb.folder / "egna" / "metoder" / name).write_text(head.format(title), "utf-8")
    assert utb("metod", "egen-metod").out.startswith("# Egen metod\n")
    assert "Vår tråd" in utb("metod", "behov").out


def test_a_broken_method_is_told_with_file_and_line(utb):
    (utb.folder / "utb.yaml").write_text("fragor: egna\n", "utf-8")
    (utb.folder / "egna" / "metoder").mkdir(parents=True)
    (utb.folder / "egna" / "metoder" / "20-egen.md").write_text("---\ntitl: X\n---\n\nText.\n", "utf-8")
    outcome = utb("metod")
    assert outcome.code == 3
    assert "20-egen.md:2: " in outcome.err
    assert "Menade du titel?" in outcome.err
    assert utb("batteri", "kontrollera").code == 3


def test_the_way_to_a_topic_is_shown_when_several_fit(utb):
    out = utb("metod", "lärande").out
    assert out.startswith("Flera metoder handlar om ”lärande”\n")
    assert "larandemal-som-syns" in out
    assert "rod-trad" not in out


def test_a_short_word_is_not_found_across_others(utb):
    """Folded, ”före” begins ”för Esther” when the blank is left out."""
    out = utb("metod", "före").out
    assert out.startswith("Flera metoder handlar om ”före”\n\n  fore-under-efter")
    assert "vad-ar-bast" not in out
