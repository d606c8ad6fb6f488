"""`utb samtal` and `utb steg --fran`: a page out, and what was filled in back."""

from __future__ import annotations

import json

import pytest

from utbildningsprocess.guide.page import ROLES


def data(utb, name="trygg-start"):
    return json.loads(utb("visa", name, "--format", "json").out)


def page(utb, *args):
    """The page, saved as a file in the working directory; gives its text and path."""
    outcome = utb("samtal", *args)
    assert outcome.code == 0, outcome.err
    path = utb.folder / "samtal.md"
    path.write_text(outcome.out, "utf-8")
    return path


def fill(path, *changes):
    text = path.read_text("utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    path.write_text(text, "utf-8")
    return text


def line_of(text, words):
    return next(number for number, line in enumerate(text.split("\n"), 1) if words in line)


TICKED = ("- [ ] De har kunnat det tidigare", "- [x] De har kunnat det tidigare")
WRITTEN = (
    "<!-- utb:analys.forebilder -->\n",
    "<!-- utb:analys.forebilder -->\n\nAvdelning 3 ritar upp passet.\n",
)


def test_a_page_goes_out_and_comes_back(utb):
    utb.dossier("Trygg start")
    path = page(utb, "analys", "--vem", "Medarbetare")
    statement = "Tiden är för knapp."
    fill(path, TICKED, WRITTEN, (f"**…:** {statement}", f"**1:** {statement}"))
    outcome = utb("steg", "analys", "trygg", "--fran", "samtal.md")
    assert (outcome.code, outcome.out) == (0, "insatser/trygg-start.md\n")
    assert outcome.err.splitlines()[:2] == ["", "3 svar skrevs i avsnittet Analys."]
    assert data(utb)["svar"]["analys"] == {
        "forebilder": "Avdelning 3 ritar upp passet.",
        "kan_idag": "tidigare",
        "hinder": {"s10": "stammer"},
    }


def test_the_page_names_the_command_that_reads_it(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "3")
    assert outcome.err == ""
    assert "\n\n# Samtal om Koncept: Trygg start\n" in outcome.out
    assert "\nutb steg koncept trygg-start --fran FIL\n" in outcome.out
    assert outcome.out.endswith("-->\n")


def test_the_questions_for_others_are_counted(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--vem", "beställare")
    assert "<!-- utb:analys.beslut -->" in outcome.out
    assert "<!-- utb:analys.kan_idag -->" not in outcome.out
    assert outcome.err.endswith(" andra frågor väntar på svar i Analys. Utan --vem visas alla.\n")


def test_the_help_names_every_role_there_is(utb):
    said = " ".join(utb("samtal", "--help").out.split())
    assert all(role in said for role in ROLES.values())


def test_what_is_answered_is_not_asked(utb):
    utb.example()
    said = "Ingen fråga i Koncept väntar på svar: alla är besvarade eller hoppade över.\n"
    assert utb("samtal", "koncept") == (0, said, "")


def test_an_unknown_role_or_step_is_met_with_a_suggestion(utb):
    utb.dossier("Trygg start")
    assert utb("samtal", "analys", "--vem", "chf") == (
        2,
        "",
        "Fel: Rollen ”chf” finns inte. Menade du chef?\n",
    )
    assert utb("samtal", "analy") == (2, "", "Fel: Steget ”analy” finns inte. Menade du analys?\n")


def test_an_untouched_page_changes_no_byte(utb):
    dossier = utb.dossier("Trygg start")
    utb("steg", "analys", stdin=":s\n")
    before = dossier.read_bytes()
    page(utb, "analys")
    outcome = utb("steg", "analys", "--fran", "samtal.md")
    assert outcome.code == 0
    assert outcome.err.splitlines()[1] == "Inget ändrades i avsnittet Analys."
    assert dossier.read_bytes() == before


def test_the_same_page_a_second_time_changes_no_byte(utb):
    dossier = utb.dossier("Trygg start")
    fill(page(utb, "analys"), TICKED, WRITTEN)
    utb("steg", "analys", "--fran", "samtal.md")
    before = dossier.read_bytes()
    outcome = utb("steg", "analys", "--fran", "samtal.md")
    assert outcome.err.splitlines()[1] == "Inget ändrades i avsnittet Analys."
    assert dossier.read_bytes() == before


def test_a_page_can_come_through_a_pipe(utb):
    utb.dossier("Trygg start")
    text = fill(page(utb, "analys"), TICKED)
    outcome = utb("steg", "analys", "--fran", "-", stdin=text)
    assert outcome.code == 0, outcome.err
    assert data(utb)["svar"]["analys"] == {"kan_idag": "tidigare"}


def test_what_could_not_be_taken_is_listed_and_the_rest_is_saved(utb):
    utb.dossier("Trygg start", klart_senast="2026-09-01")
    path = page(utb, "behov")
    extra = "<!-- utb:behov.klart_senast -->\n2026-10-01\n<!-- /utb:behov.klart_senast -->\n"
    text = fill(
        path,
        ("<!-- utb:behov.krav -->", f"{extra}\n<!-- utb:behov.krav -->"),
        (
            "- [ ] Ja, lag eller föreskrift\n- [ ] Ja, avtal",
            "- [x] Ja, lag eller föreskrift\n- [x] Ja, avtal",
        ),
        ("- [ ] Risk för skada", "- [x] Risk för skada"),
    )
    outcome = utb("steg", "behov", "--fran", "samtal.md")
    there = line_of(text, "<!-- utb:behov.klart_senast -->")
    two = line_of(text, "- [x] Ja, avtal")
    assert outcome.err.splitlines()[:4] == [
        f"samtal.md:{there}: behov.klart_senast: Dossiern har redan ett annat svar, som står kvar: ”2026-09-01”",
        f"samtal.md:{two}: behov.krav: Flera alternativ är valda, men frågan tar bara ett. Låt ett kryss stå kvar.",
        "",
        "Ett svar skrevs i avsnittet Behov.",
    ]
    assert outcome.code == 0
    assert data(utb)["svar"]["behov"] == {
        "noll": "risk_skada",
        "klart_senast": {"ord": "2026-09-01", "forsta": "2026-09-01", "sista": "2026-09-01"},
    }


@pytest.mark.parametrize("text", ["Bara anteckningar.\n", "", "<!-- utb:dossier 1 -->\n\n# Trygg start\n"])
def test_a_file_without_the_stage_is_no_page(utb, text):
    dossier = utb.dossier("Trygg start")
    before = dossier.read_bytes()
    (utb.folder / "samtal.md").write_text(text, "utf-8")
    outcome = utb("steg", "analys", "--fran", "samtal.md")
    why = "Fel: samtal.md har inga frågor i Analys att läsa svar från. Inget har ändrats. "
    what_to_do = "En guide att fylla i får du med: utb samtal analys trygg-start\n"
    assert outcome == (2, "", why + what_to_do)
    assert dossier.read_bytes() == before


def test_a_page_for_another_stage_is_no_page(utb):
    utb.dossier("Trygg start")
    page(utb, "analys")
    assert utb("steg", "koncept", "--fran", "samtal.md").code == 2


def test_a_damaged_page_is_not_read(utb):
    dossier = utb.dossier("Trygg start")
    before = dossier.read_bytes()
    text = fill(page(utb, "analys"), TICKED, ("<!-- /utb:analys.kan_idag -->\n", ""))
    outcome = utb("steg", "analys", "--fran", "samtal.md")
    line = line_of(text, "<!-- utb:analys.vardagslarande -->")
    assert (outcome.code, outcome.out) == (3, "")
    assert f"samtal.md:{line}: Svaret analys.vardagslarande börjar innan analys.kan_idag" in outcome.err
    assert dossier.read_bytes() == before


def test_a_missing_page_is_a_sentence(utb):
    utb.dossier("Trygg start")
    outcome = utb("steg", "analys", "--fran", "samtal.md")
    assert outcome == (3, "", "Fel: samtal.md finns inte. Kontrollera sökvägen.\n")


def test_a_damaged_dossier_is_not_written(utb):
    dossier = utb.dossier("Trygg start")
    fill(page(utb, "analys"), TICKED)
    dossier.write_text(dossier.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), "utf-8")
    before = dossier.read_bytes()
    assert utb("steg", "analys", "--fran", "samtal.md").code == 3
    assert dossier.read_bytes() == before


def test_a_personal_identity_number_is_not_saved_unasked(utb):
    utb.dossier("Trygg start")
    fill(page(utb, "analys"), (WRITTEN[0], f"{WRITTEN[0]}\n19121212-1212 gör så här.\n"), TICKED)
    outcome = utb("steg", "analys", "--fran", "samtal.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert "analys" not in data(utb)["svar"]
    assert utb("steg", "analys", "--fran", "samtal.md", "--medge-personuppgift").code == 0
    assert list(data(utb)["svar"]["analys"]) == ["forebilder", "kan_idag"]


def test_the_ending_of_a_file_and_what_people_say_tell_the_format(utb):
    utb.dossier("Trygg start")
    for args, begins in (
        (("-o", "till-chefen.html"), b"<!doctype html>"),
        (("-o", "till-chefen.txt"), b"Hej!"),
        (("-o", "till-chefen.docx", "--format", "word"), b"PK"),
    ):
        assert utb("samtal", "analys", *args).code == 0
        assert (utb.folder / args[1]).read_bytes().startswith(begins)


def test_a_format_or_a_word_that_is_nearly_meant_is_answered_with_what_there_is(utb):
    utb.dossier("Trygg start")
    wrong = utb("samtal", "analys", "--format", "pdf")
    assert wrong == (2, "", "Fel: Formatet ”pdf” finns inte. Formaten är: md, docx, mejl, formular.\n")
    assert utb("samtal", "olikka").err == "Fel: Steget ”olikka” finns inte. Menade du olika?\n"
    assert utb("samtal", "anlys").err == "Fel: Steget ”anlys” finns inte. Menade du analys?\n"


def test_a_page_can_be_saved_as_a_file_and_read_back(utb):
    utb.dossier("Trygg start")
    shown = utb("samtal", "analys").out
    assert utb("samtal", "analys", "-o", "-").out == shown
    assert utb("samtal", "analys", "-o", "guide.md") == (0, "guide.md\n", "")
    path = utb.folder / "guide.md"
    assert path.read_text("utf-8") == shown
    assert utb("samtal", "analys", "--format", "md") == (0, "samtal-analys-trygg-start.md\n", "")
    assert utb("samtal", "analys", "-o", "guide.md").err == "Filen fanns redan och är likadan.\n"
    fill(path, TICKED)
    assert utb("samtal", "analys", "-o", "guide.md", "--ersatt").code == 2
    assert utb("steg", "analys", "--fran", "guide.md").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "tidigare"}


@pytest.mark.parametrize("args", [("--format", "docx"), ("-o", "x.docx"), ("-o", "x.md")])
def test_when_nothing_is_open_it_is_said_and_nothing_is_saved(utb, args):
    utb.example()
    before = sorted(utb.folder.rglob("*"))
    said = "Ingen fråga i Koncept väntar på svar: alla är besvarade eller hoppade över.\n"
    code, out, err = utb("samtal", "koncept", *args)
    assert (code, out, err.startswith("Ingen fil är skriven.")) == (0, said, True)
    assert sorted(utb.folder.rglob("*")) == before


def test_a_word_file_goes_not_to_standard_out(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--format", "docx", "-o", "-")
    assert outcome == (2, "", "Fel: En Word-fil går inte att visa i terminalen. Ange en fil med -o.\n")


def test_a_word_file_names_the_organisation_of_the_initiative_and_else_that_of_the_settings(utb):
    docx = pytest.importorskip("docx")
    utb.dossier("Trygg start")
    (utb.folder / "utb.yaml").write_text("organisation: Region Exempel\n", "utf-8")

    def header(name):
        utb("samtal", "analys", "-o", name)
        return docx.Document(str(utb.folder / name)).sections[0].header.paragraphs[0].text

    assert header("a.docx") == "Samtalsguide\tRegion Exempel"
    utb("svar", "trygg", "om.organisation", "Höglandets sjukhus")
    assert header("b.docx") == "Samtalsguide\tHöglandets sjukhus"


# --------------------------------------------- a guide is no dossier, nor anybody else's


def unmarked(path):
    lines = path.read_text("utf-8").split("\n")
    path.write_text(
        "\n".join(one for one in lines if not one.startswith(("<!-- samt", "<!-- utsk"))), "utf-8"
    )


COMMANDS = [
    ("steg", "behov", "insatser/guide.md", "--svar", "svar.yaml"),
    ("status", "insatser/guide.md"),
    ("visa", "guide"),
    ("svar", "guide", "behov.varfor"),
    ("svar", "guide", "behov.varfor", "Nytt"),
    ("diagnos", "guide"),
    ("granska", "guide", "--avsteg", "R24", "--skal", "x", "--roll", "y"),
    ("dokument", "beslutsunderlag", "guide"),
    ("samtal", "behov", "guide"),
    ("byt-namn", "guide", "Annat"),
]


def test_an_answer_that_quotes_a_guide_makes_none_of_its_dossier(utb):
    path = utb.dossier("Trygg start")
    quoted = utb("samtal", "analys").out.partition("## ")[0]
    assert "samtalsguide:" in quoted
    assert utb("svar", "trygg", "behov.varfor", quoted).code == 0
    assert utb("visa", "trygg").code == 0
    assert "samtalsguide:" in path.read_text("utf-8")


@pytest.mark.parametrize("args", COMMANDS, ids=lambda args: args[0])
@pytest.mark.parametrize("release", ["first", "this"])
def test_a_guide_is_refused_as_an_initiative(utb, args, release):
    utb.dossier("Trygg start")
    guide = utb.folder / "insatser" / "guide.md"
    guide.write_text(utb("samtal", "analys").out, "utf-8")
    (utb.folder / "svar.yaml").write_text("svar: {behov: {varfor: X}}\n", "utf-8")
    if release == "first":
        unmarked(guide)
    before = guide.read_bytes()
    outcome = utb(*args)
    assert (outcome.code, outcome.out) == (2, "")
    assert (
        "guide.md är en samtalsguide och ingen dossier. Inget har ändrats. Läs in den med: utb steg "
        in outcome.err
    )
    assert guide.read_bytes() == before


def test_a_guide_among_the_dossiers_is_none_of_them(utb):
    utb.dossier("Trygg start")
    (utb.folder / "insatser" / "guide.md").write_text(utb("samtal", "analys").out, "utf-8")
    assert utb("status").code == 0
    outcome = utb("granska")
    assert "guide.md är ingen dossier och granskas inte." in outcome.err


def test_a_second_guide_that_the_shell_puts_in_is_not_written_in(utb):
    utb.dossier("Trygg start")
    fill(page(utb, "analys"), TICKED)
    utb("samtal", "analys", "-o", "annan.md")
    before = (utb.folder / "annan.md").read_bytes()
    assert utb("steg", "analys", "--fran", "samtal.md", "annan.md").code == 2
    assert (utb.folder / "annan.md").read_bytes() == before
    assert "analys" not in data(utb)["svar"]


def test_several_guides_are_all_read(utb):
    utb.dossier("Trygg start")
    fill(page(utb, "analys"), TICKED)
    (utb.folder / "samtal.md").rename(utb.folder / "a.md")
    fill(page(utb, "analys"), WRITTEN)
    outcome = utb("steg", "analys", "--fran", "a.md", "--fran", "samtal.md")
    assert outcome.code == 0, outcome.err
    assert list(data(utb)["svar"]["analys"]) == ["forebilder", "kan_idag"]


@pytest.mark.parametrize("args", [("ny", "Annat"), ("steg", "behov", "trygg")])
def test_two_answers_files_are_refused(utb, args):
    path = utb.dossier("Trygg start")
    before = path.read_bytes()
    for name in "ab":
        (utb.folder / f"{name}.yaml").write_text("svar: {behov: {varfor: X}}\n", "utf-8")
    outcome = utb(*args, "--svar", "a.yaml", "--svar", "b.yaml")
    assert outcome == (
        2,
        "",
        "Fel: --svar tar en fil. Kör kommandot en gång för varje fil. Inget har ändrats.\n",
    )
    assert path.read_bytes() == before
    assert len(list((utb.folder / "insatser").iterdir())) == 1


@pytest.mark.parametrize("release", ["first", "this"])
def test_a_guide_of_another_initiative_is_refused(utb, release):
    utb.dossier("Trygg start")
    other = utb.dossier("Annan start")
    path = page(utb, "analys", "annan-start")
    fill(path, TICKED)
    if release == "first":
        unmarked(path)
    outcome = utb("steg", "analys", "trygg", "--fran", "samtal.md")
    said = "Fel: samtal.md hör till en annan insats, ”Annan start”, än ”Trygg start”. Inget har ändrats."
    assert (outcome.code, outcome.err.startswith(said)) == (2, True)
    whole = utb("steg", "behov", "trygg", "--fran", str(other.relative_to(utb.folder)))
    assert whole.code == 2
    assert "hör till en annan insats" in whole.err
    assert utb("steg", "analys", "annan", "--fran", "samtal.md").code == 0


def test_a_guide_follows_an_initiative_that_gets_another_name(utb):
    utb.dossier("Trygg start")
    fill(page(utb, "analys"), TICKED)
    utb("byt-namn", "trygg", "Något annat")
    assert utb("steg", "analys", "--fran", "samtal.md").code == 0


def test_it_is_an_error_when_nothing_could_be_taken(utb):
    path = utb.dossier("Trygg start", klart_senast="2026-09-01")
    before = path.read_bytes()
    text = "<!-- utb:behov.klart_senast -->\n2026-10-01\n<!-- /utb:behov.klart_senast -->\n"
    (utb.folder / "samtal.md").write_text(text, "utf-8")
    outcome = utb("steg", "behov", "--fran", "samtal.md")
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.endswith("Inget svar är sparat: se raderna ovan.\n")
    assert path.read_bytes() == before
