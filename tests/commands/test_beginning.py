"""`utb` alone: what to do first, or which initiatives stand here."""

from __future__ import annotations


def test_where_nobody_answers_a_few_commands_are_named(utb):
    for stdin in (None, "1\n"):
        outcome = utb("--enkel", stdin=stdin)
        assert (outcome.code, outcome.err) == (0, "")
        assert [line.strip() for line in outcome.out.splitlines()[2:4]] == [
            "Börja så här:",
            "utb exempel                titta på en hel insats som exempel",
        ]


def test_initiatives_are_named_with_their_stage_and_how_to_go_on(utb):
    path = utb.dossier("Larma i tid")
    utb.example()
    damaged = utb.dossier("Skadad")
    damaged.write_text(damaged.read_text("utf-8").replace("<!-- /utb:behov.varfor -->", ""), "utf-8")
    path.with_name("oläslig.md").write_bytes(b"<!-- utb:dossier 1 -->\n\xff")
    outcome = utb()
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.out == (
        "Larma i tid\n  Behov. Fortsätt med: utb steg behov larma-i-tid\n"
        "oläslig\n  Filen går inte att läsa.\n"
        "Skadad\n  Filen är skadad. Laga den med: utb laga skadad\n"
        "Trygg start\n  Inget är öppet: alla frågor är besvarade eller hoppade över.\n"
        "\nSe mer om en: utb status INSATS\nStarta en ny: utb ny\n"
    )


def test_many_initiatives_are_counted(utb):
    path = utb.dossier("Insats 00")
    for number in range(1, 13):
        path.with_name(f"insats-{number:02}.md").write_bytes(path.read_bytes())
    out = utb().out
    assert (out.count("Fortsätt med"), out.count("Och 3 till i insatser.")) == (10, 1)
    assert "insats-08, insats-09 och 3 till. Skriv vilken du menar." in utb("status").err
