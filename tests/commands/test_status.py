"""`utb status`: where an initiative stands."""

from __future__ import annotations

import re
from datetime import date

import pytest


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 9, 15))


def plain(text):
    """The text with ordinary blanks in its numbers."""
    return text.replace("\u00a0", " ")


def test_a_finished_initiative(utb):
    utb.example()
    code, out, err = utb("status")
    assert (code, plain(out), err) == (
        0,
        """\
Trygg start
insatser/trygg-start.md

Steg          Besvarade  Hoppade  Vet inte än  Öppna  Röda  Gula
Behov                16        0            0      0     0     0
Analys               16        0            0      0     0     0
Koncept              14        0            0      0     0     1
Produktion           13        0            0      0     0     0
Genomförande         12        0            0      0     0     0
Uppföljning          14        0            0      0     0     0

Röda och gula är fynd i granskningen.
Läs dem med: utb granska trygg-start

Skulle ha skett:
- 2025-03-01 Insats klar: I1 Huvudhandledare får 10 % avsatt tid och samma
  schema som den nya i fyra veckor

Kommande datum:
- 2025-09-30 Mål att nå: E2 Andel NEWS2-kontroller i rätt tid vid punktmätning
- 2026-02-28 Ny sakgranskning: Medicinskt ledningsansvarig läkare och
  hygiensjuksköterska
- 2026-03-31 Mål att nå: E1 Andel nya undersköterskor som slutar inom 12
  månader
- 2026-03-31 Nästa mätning: M6 Personalomsättning bland nya

Planerad tid: 939 timmar för 84 deltagare, ungefär 117 arbetspass. Kostnad i
allt: ungefär 448 000 kronor (exempelvärde 350 kronor i timmen).
Vårdenhetschefer är inte medräknat. Andra insatser ingår inte.
Lärandet: 120 timmar i vardagen, 777 formellt och 0 obligatoriskt, utan restid.
När de tre hänger ihop får vi både nytta i verksamheten och värde för Esther.

Diagnosen pekar på: en mix (vardagslärande och handledning, bemanning och
resurser, utbildning).

Inget är öppet: alla frågor är besvarade eller hoppade över.
Läs dossiern med: utb visa trygg-start
""",
        "",
    )


def test_a_narrow_terminal_gets_sentences(utb, monkeypatch):
    utb.example()
    monkeypatch.setenv("COLUMNS", "40")
    outcome = utb("status")
    assert "Behov: 16 besvarade\nAnalys: 16 besvarade\nKoncept: 14 besvarade, 1 gult fynd\n" in outcome.out
    assert max(map(len, outcome.out.splitlines())) <= 40


@pytest.mark.parametrize("setting", ["UTB_ACCESSIBLE", "enkel"])
def test_without_columns_there_are_sentences_at_any_width(utb, monkeypatch, setting):
    utb.example()
    if setting == "enkel":
        (utb.folder / "utb.yaml").write_text("enkel: ja\n", "utf-8")
    else:
        monkeypatch.setenv(setting, "1")
    assert "Behov: 16 besvarade\n" in utb("status").out
    assert (
        "\n\nL4 ge konkret återkoppling med observationskort\n  Aktiviteter:\n" in utb("status", "--trad").out
    )


def test_what_is_open_and_whom_it_waits_for(utb):
    utb.dossier("Ny")
    utb("svar", "ny", "esther", "--vet-inte", "Vårdenhetschefen")
    utb("svar", "ny", "utlosare", "--hoppa", "Gäller inte oss")
    out = utb("status").out
    assert "Behov                 1        1            1     10     1     0\n" in out
    assert "Öppna frågor i Behov:\n- Vem/vilka vill göra den här insatsen?\n" in out
    assert "Väntar på svar:\n- På vilket sätt bidrar den här insatsen" in out
    assert "(Vårdenhetschefen)\n" in out
    assert out.endswith("Nästa steg: utb steg behov ny\n10 frågor i Behov är inte besvarade än.\n")


def test_a_field_that_nobody_can_fill_in_yet_waits_too(utb):
    utb.dossier("Ny")
    utb("svar", "ny", "effektmatt", '[{"matt": "Fel", "okanda": {"nulage": "Apoteket"}}]')
    assert "Väntar på svar:\n- E1 Fel: Nuläge (Apoteket)\n" in utb("status").out


def test_a_dossier_with_little_in_it_has_neither_dates_price_nor_diagnosis(utb):
    utb.dossier("Ny")
    out = utb("status").out
    assert not [word for word in ("Skulle ha", "Kommande", "Planerad tid", "Diagnosen") if word in out]


def test_when_the_thread_is_broken_the_next_step_is_to_read_the_findings(utb):
    utb.example()
    utb("svar", "trygg", "koncept.chef_handlingar", '[{"fas": "fore", "handling": "Har ett samtal"}]')
    out = utb("status").out
    assert out.endswith(
        "Nästa steg: utb granska trygg-start\n2 röda fynd i Koncept. De är lättare att laga nu än senare.\n"
    )


def test_a_measurement_that_is_late_is_the_next_step(utb, monkeypatch):
    utb.example()
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2026, 5, 1))
    out = utb("status").out
    assert "- 2026-03-31 Nästa mätning: M6 Personalomsättning bland nya\n\nPlanerad tid" in out
    assert out.endswith(
        "Nästa steg: utb steg uppfoljning trygg-start\n"
        "M6 skulle ha mätts 31 mars 2026, och det finns inget resultat.\n"
    )


def test_many_dates_are_five_and_the_number_of_the_rest(utb, monkeypatch):
    utb.example()
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 1, 1))
    out = utb("status").out
    ahead = out[out.index("Kommande datum:\n") : out.index("\n\nPlanerad tid")].splitlines()
    assert [line[:12] for line in ahead if line.startswith("- ")] == [
        "- 2025-02-18",
        "- 2025-02-20",
        "- 2025-02-20",
        "- 2025-02-24",
        "- 2025-03-01",
        "- och 14 til",
    ]


def test_a_decision_to_end_is_respected(utb):
    utb.example()
    utb("svar", "trygg", "beslut", "avsluta")
    out = utb("status").out
    assert "Nästa steg:" not in out
    assert "Ni har beslutat att avsluta efter analysen.\n" in out


def test_the_thread_is_shown_by_itself(utb, monkeypatch):
    utb.example()
    monkeypatch.setenv("COLUMNS", "101")
    lines = utb("status", "--trad").out.splitlines()
    assert lines[:4] == [
        "Trygg start",
        "insatser/trygg-start.md",
        "",
        "Mål                     Aktiviteter                  Mått         Resultat",
    ]
    assert not [line for line in lines if line.startswith(("Steg", "Nästa"))]
    assert max(map(len, lines)) <= 100


def test_without_goals_there_is_no_thread_yet(utb):
    utb.dossier("Ny")
    assert utb("status", "--trad").out.startswith(
        "Ny\ninsatser/ny.md\n\nDet finns ingen tråd att visa än. Den börjar"
    )


def test_problems_in_the_file_are_told_with_their_line(utb):
    path = utb.dossier("Ny")
    text = path.read_text("utf-8")
    path.write_text(text.replace("Därför", "Därför\n\n# En rubrik"), "utf-8")
    line = text[: text.index("Därför")].count("\n") + 3
    assert f"Att se över i filen:\nrad {line}: En rubrik på nivå 1 eller 2" in utb("status").out


def test_without_an_initiative_there_is_one_to_start(utb):
    assert utb("status") == (2, "", "Fel: Det finns ingen insats i insatser. Starta en med ”utb ny”.\n")


# ------------------------------------------------------------ a page to decide by


def test_as_markdown_there_is_a_short_page_for_each_initiative(utb):
    utb.example()
    utb.dossier("Ny *insats*")
    code, out, err = utb("status", "--format", "md")
    assert (code, err) == (0, "")
    example, new = (f"## {page}" for page in out.removeprefix("## ").removesuffix("\n").split("\n\n## "))
    assert new == (
        "## Ny \\*insats\\*\n\n**Steg:** Behov. 12 frågor i Behov är inte besvarade än.\n\n**Röda fynd**\n\n"
        "- R01: Det finns inget mått på vad som ska bli bättre. Lägg till minst ett, annars går värdet inte att "
        "följa upp."
    )
    assert re.findall(r"^\*\*(.*)\*\*$", example, re.MULTILINE) == ["Skulle ha skett", "Kommande datum"]
    assert "Diagnosen pekar på: en mix" in example
    assert "**Beslut efter analysen:** Vi går till Koncept med en mix av insatser.\n" in example
    assert utb("status", "trygg", "--format", "md").out == f"{example}\n"


def test_the_page_leaves_out_how_to_reach_anybody(utb):
    utb.dossier("Ny insats för anna.berg@region.se")
    for command in (["status"], ["lista"]):
        out = utb(*command, "--format", "md").out
        assert "[e-postadress]" in out.replace("\\", "")
        assert "anna.berg" not in out


def test_a_damaged_dossier_is_named_beside_the_pages_of_the_others(utb):
    utb.dossier("Hel")
    path = utb.dossier("Trasig")
    path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), "utf-8")
    code, out, err = utb("status", "--format", "md")
    assert code == 3
    assert out.startswith("## Hel\n")
    assert err.startswith("Fel: insatser/trasig.md behöver lagas innan det går att säga hur det går:\n")


def test_a_folder_without_initiatives_gives_no_page_and_is_no_fault(utb):
    assert utb("status", "--format", "md") == (0, "", "Det finns ingen insats i insatser.\n")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["--format", "json"], "Formatet ”json” finns inte. Formaten är: text, md."),
        (["--format", "md", "--trad"], "--trad visas bara som text. Ta bort --format."),
    ],
)
def test_what_cannot_be_a_page_is_told(utb, args, told):
    assert utb("status", *args) == (2, "", f"Fel: {told}\n")
