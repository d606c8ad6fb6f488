"""`utb metod`: the learning objects, listed and read."""

from __future__ import annotations

import pytest


def test_all_methods_are_listed_with_their_steps(utb):
    outcome = utb("metod")
    assert (outcome.code, outcome.err) == (0, "")
    lines = [line for line in outcome.out.splitlines() if line.startswith("  ") and line[2] != " "]
    assert len(lines) == 20
    assert "utb metod ÄMNE" in outcome.out


def test_a_step_lists_its_own(utb):
    out = utb("metod", "UPPFÖLJNING").out
    assert out.startswith("Metoder i Uppföljning\n")
    assert "lar-av-resultatet" in out
    assert "sprid-och-plocka-fram" not in out


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
