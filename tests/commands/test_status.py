"""`utb status`: where an initiative stands."""

from __future__ import annotations


def test_a_finished_initiative(utb):
    utb.example()
    assert utb("status") == (
        0,
        """\
Trygg start
insatser/trygg-start.md

Steg          Besvarade  Hoppade  Vet inte än  Öppna
Behov                14        0            0      0
Analys               11        0            0      0
Koncept              10        0            0      0
Produktion           10        0            0      0
Genomförande          9        0            0      0
Uppföljning          11        0            0      0

Inget är öppet: alla frågor är besvarade eller hoppade över.
Läs dossiern med: utb visa trygg-start
""",
        "",
    )


def test_a_narrow_terminal_gets_sentences(utb, monkeypatch):
    utb.example()
    monkeypatch.setenv("COLUMNS", "40")
    outcome = utb("status")
    assert "Behov: 14 besvarade\nAnalys: 11 besvarade\n" in outcome.out
    assert max(map(len, outcome.out.splitlines()[:9])) <= 40


def test_what_is_open_and_whom_it_waits_for(utb):
    utb.dossier("Ny")
    utb("svar", "ny", "esther", "--vet-inte", "Vårdenhetschefen")
    utb("svar", "ny", "utlosare", "--hoppa", "Gäller inte oss")
    out = utb("status").out
    assert "Behov                 1        1            1     10\n" in out
    assert "Öppna frågor i Behov:\n- Vem/vilka vill göra den här insatsen?\n" in out
    assert "Väntar på svar:\n- På vilket sätt bidrar den här insatsen" in out
    assert "(Vårdenhetschefen)\n" in out
    assert out.endswith("Nästa steg: utb steg behov ny\n10 frågor i Behov är inte besvarade än.\n")


def test_problems_in_the_file_are_told_with_their_line(utb):
    path = utb.dossier("Ny")
    text = path.read_text("utf-8")
    path.write_text(text.replace("Därför", "Därför\n\n# En rubrik"), "utf-8")
    line = text[: text.index("Därför")].count("\n") + 3
    assert f"Att se över i filen:\nrad {line}: En rubrik på nivå 1 eller 2" in utb("status").out


def test_without_an_initiative_there_is_one_to_start(utb):
    assert utb("status") == (2, "", "Fel: Det finns ingen insats i insatser. Starta en med ”utb ny”.\n")
