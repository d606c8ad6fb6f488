"""Questions out by mail, and the replies back: `utb samtal --format mejl` and `utb steg --fran`."""

from __future__ import annotations

import json
import os
from itertools import permutations

import pytest

from mails import HEADERS, answer
from utbildningsprocess.guide.mail.asking import made_again
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.work.workspace import Workspace

QUESTIONS = ("nulage_beteende", "kan_idag", "hinder.s10", "tillfragade")


def data(utb, name="trygg-start"):
    return json.loads(utb("visa", name, "--format", "json").out)


def mail(utb, *questions, who="chef"):
    """The text of a mail with some questions of Analys; they come in the order of the stage."""
    chosen = [word for question in questions or QUESTIONS for word in ("--fraga", question)]
    outcome = utb("samtal", "analys", "--format", "mejl", "--vem", who, *chosen)
    assert outcome.code == 0, outcome.err
    return outcome.out


def take(utb, *names, more=(), stdin=None):
    given = [word for name in names for word in ("--fran", name)]
    return utb("steg", "analys", *given, *more, stdin=stdin)


# ------------------------------------------------------------------- out


def test_a_mail_asks_each_question_with_a_tag_and_letters_and_ends_in_a_key(utb):
    utb.dossier("Trygg start")
    text = mail(utb)
    assert "\n\n[analys 1] Hur gör de i dag, och vad har ni redan provat?\n\n" in text
    assert "\n[analys 2] Vilka har ni pratat med? Välj en eller flera.\na) Medarbetare i målgruppen\n" in text
    assert (
        "\n[analys 4] Hur mycket hindrar det här: Tiden är för knapp.\na) Mycket  b) Delvis  c) Inte alls"
        in text
    )
    *_, last = text.strip().split("\n")
    assert last.startswith("[nyckel analys/svar/chef/")
    assert len(last) < 80


def test_the_same_mail_can_be_made_again_from_its_last_line(utb):
    path = utb.dossier("Trygg start")
    text = mail(utb)
    workspace = Workspace.open(path.parent)
    last = text.strip().split("\n")[-1]
    again = made_again(key_in(last), "Trygg start", workspace.battery.stage("analys"))
    assert f"{again.text}\n" == text


def test_without_choice_a_mail_asks_what_is_open_and_tells_what_has_no_room_in_it(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--format", "mejl", "--karna")
    assert "[analys 1] Hur gör de i dag" in outcome.out
    assert outcome.err.startswith(
        "Det här går inte att svara på i ett mejl, för svaren är rader: ”Vad ska vem göra"
    )
    assert "Spara svaret i insatser/inkommet och läs in det med: utb steg analys trygg-start" in outcome.err


def test_questions_can_be_chosen_for_a_guide_too(utb):
    utb.dossier("Trygg start")
    out = utb("samtal", "analys", "--fraga", "hinder.s10", "--fraga", "analys.kan_idag").out
    assert out.count("<!-- utb:analys.") == 2
    assert "Tiden är för knapp." in out
    assert "Annat går före." not in out


def test_a_question_that_is_not_in_the_stage_is_met_with_a_suggestion(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--format", "mejl", "--fraga", "kan_idagg")
    assert outcome == (2, "", "Fel: Frågan ”kan_idagg” finns inte i Analys. Menade du analys.kan_idag?\n")


def test_a_mail_can_be_saved_as_a_text(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--format", "mejl", "--fraga", "kan_idag", "-o", "mejl.txt")
    assert outcome.out == "mejl.txt\n"
    assert "[nyckel " in (utb.folder / "mejl.txt").read_text("utf-8")


# ------------------------------------------------------------------ back


def test_a_reply_is_read_and_read_again_it_changes_nothing(utb):
    path = utb.dossier("Trygg start")
    name = answer(utb, mail(utb), "1. Vi läser själva.", "2. a, c", "3. b", "4. Delvis, mest på natten")
    outcome = take(utb, name)
    assert outcome.code == 0, outcome.err
    assert data(utb)["svar"]["analys"] == {
        "nulage_beteende": "Vi läser själva.",
        "tillfragade": ["medarbetare", "esther"],
        "kan_idag": "nagra",
        "hinder": {"s10": "delvis"},
    }
    assert "svar.eml: svar från chef, skickat 2026-03-03.\n" in outcome.err
    assert "Nytt: Hur gör de i dag, och vad har ni redan provat? ”Vi läser själva.”" in outcome.err
    assert "”mest på natten” ryms inte i svaret ”Delvis”." in outcome.err
    before = path.read_bytes()
    again = take(utb, name)
    assert path.read_bytes() == before
    assert "Står redan i dossiern: analys.nulage_beteende, analys.tillfragade, " in again.err


def test_several_statements_are_told_together(utb):
    utb.dossier("Trygg start")
    text = utb("samtal", "analys", "--format", "mejl", "--fraga", "hinder.s10", "--fraga", "hinder.s11").out
    name = answer(utb, text, "1. a", "2. c")
    told = take(utb, name).err
    assert "Nytt: Hur mycket hindrar det här: 2 påståenden\n  Mycket: Tiden är för knapp.\n" in told
    assert "Står redan i dossiern: analys.hinder (2 påståenden)." in take(utb, name).err


def test_a_statement_can_have_any_of_the_answers_where_it_is_unclear(utb):
    utb.dossier("Trygg start")
    text = utb("samtal", "analys", "--format", "mejl", "--fraga", "hinder.s10").out
    name = answer(utb, text, "1. se ovan")
    assert "Det kan vara: ”Mycket”; ”Delvis”; ”Inte alls”; ”Vet inte”" in take(utb, name).err
    take(utb, name, more=("--enkel",), stdin="3\n")
    assert data(utb)["svar"]["analys"]["hinder"] == {"s10": "stammer_inte"}


def test_a_file_is_known_by_what_it_holds_and_not_by_its_name(utb):
    utb.dossier("Trygg start")
    for name in ("svar (1).html.txt", "svar", "svar.docx"):
        answer(utb, mail(utb), "3. b", name=name)
        assert take(utb, name).code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


def test_a_reply_comes_through_a_pipe_as_text_or_as_it_was_sent(utb):
    utb.dossier("Trygg start")
    text = mail(utb)
    assert take(utb, "-", stdin=f"3. b\n\n{text}").code == 0
    raw = (
        HEADERS.format("x").replace("utf-8", "iso-8859-1") + f"1. Vi läser själva på båda ställena.\n\n{text}"
    )
    assert take(utb, "-", stdin=raw.replace("”", '"').encode("cp1252")).code == 0
    assert data(utb)["svar"]["analys"]["nulage_beteende"] == "Vi läser själva på båda ställena."
    outcome = take(utb, "-", stdin=f"1. på\n\n{text}".replace("”", '"').encode("cp1252"))
    assert outcome.code == 3
    assert outcome.err.startswith("Fel: Texten på standard in är inte i teckenkodningen UTF-8")


def test_what_only_a_person_can_decide_is_told_and_not_saved(utb):
    utb.dossier("Trygg start")
    outcome = take(utb, answer(utb, mail(utb), "Vi är lite oense här.", "3. b eller c"))
    assert outcome.code == 0
    assert "analys" not in data(utb)["svar"]
    assert (
        "Att avgöra: Om det verkligen gällde, skulle de klara det redan i dag? (analys.kan_idag)"
        in outcome.err
    )
    assert "”b eller c” (flera alternativ nämns, och frågan tar ett)" in outcome.err
    assert "Det kan vara: ”Några av dem”; ”De har kunnat det tidigare”" in outcome.err
    assert "  Kunde inte placeras: ”Vi är lite oense här.”\n" in outcome.err
    assert "svara med: utb svar trygg-start FRÅGA VÄRDE" in outcome.err


def test_a_day_without_a_year_is_read_against_the_day_the_mail_was_sent(utb):
    utb.dossier("Trygg start")
    text = utb("samtal", "behov", "--format", "mejl", "--fraga", "klart_senast", "--fraga", "vem_vill").out
    number = 1 if "[behov 1] Vem" not in text else 2
    name = answer(utb, text, f"{3 - number}. Chefen,", "och klinikledningen", f"{number}. 1 juni")
    assert utb("steg", "behov", "--fran", name).code == 0
    answers = data(utb)["svar"]["behov"]
    assert answers["klart_senast"]["ord"] == "2026-06-01"
    assert " ".join(answers["vem_vill"].split()) == "Chefen, och klinikledningen"


def test_in_a_text_such_a_day_is_read_against_the_day_the_file_was_saved(utb):
    utb.dossier("Trygg start")
    text = utb("samtal", "behov", "--format", "mejl", "--fraga", "klart_senast").out
    path = utb.folder / "svar.txt"
    path.write_text(f"1. 1 juni\n\n{text}", "utf-8")
    os.utime(path, (1_773_000_000, 1_773_000_000))
    assert utb("steg", "behov", "--fran", "svar.txt").code == 0
    assert data(utb)["svar"]["behov"]["klart_senast"]["ord"] == "2026-06-01"


def test_loose_words_with_a_personal_number_are_saved_only_when_somebody_insists(utb):
    utb.dossier("Trygg start")
    name = answer(utb, mail(utb, "nulage_beteende", "kan_idag"), "Det gällde 811218-9876.", "", "2. b")
    outcome = take(utb, name, more=("--enkel",), stdin="1\n1\n")
    assert "Texten ser ut att innehålla personnummer" in outcome.err
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


def test_statements_join_those_that_are_answered(utb):
    utb.dossier("Trygg start")
    utb("svar", "trygg", "analys.hinder", '{"s06": "stammer"}')
    take(utb, answer(utb, mail(utb, "hinder.s10", "hinder.s05"), "1. a", "2. c"))
    hinder = data(utb)["svar"]["analys"]["hinder"]
    assert hinder == {"s06": "stammer", "s10": "stammer", "s05": "stammer_inte"}


# --------------------------------------------------------------- different


def told_different(utb):
    utb.dossier("Trygg start")
    name = answer(utb, mail(utb, "nulage_beteende", "kan_idag"), "1. Vi läser själva.", "2. b")
    utb("svar", "trygg", "analys.nulage_beteende", "Muntligt.")
    utb("svar", "trygg", "analys.kan_idag", "nej")
    return name


@pytest.mark.parametrize(
    ("way", "text", "choice"),
    [
        ("behall", "Muntligt.", "nej"),
        ("ersatt", "Vi läser själva.", "nagra"),
        ("bada", "Muntligt.\n\nVi läser själva.", "nej"),
    ],
)
def test_a_script_says_what_becomes_of_answers_that_differ(utb, way, text, choice):
    name = told_different(utb)
    outcome = take(utb, name, more=("--vid-olika", way))
    answers = data(utb)["svar"]["analys"]
    assert (answers["nulage_beteende"], answers["kan_idag"]) == (text, choice)
    assert ("Att avgöra: Om det verkligen" in outcome.err) == (choice == "nej")
    before = data(utb)
    take(utb, name, more=("--vid-olika", way))
    assert data(utb) == before


def test_without_a_word_an_answer_that_differs_stays_and_is_told(utb):
    outcome = take(utb, told_different(utb))
    assert data(utb)["svar"]["analys"] == {"nulage_beteende": "Muntligt.", "kan_idag": "nej"}
    assert "  I dossiern står: Muntligt.\n  Chef, svar.eml: ”Vi läser själva.”\n" in outcome.err
    assert outcome.code == 0


def test_an_unknown_way_is_met_with_the_known_ones(utb):
    name = told_different(utb)
    outcome = take(utb, name, more=("--vid-olika", "gissa"))
    assert outcome.err == "Fel: --vid-olika kan inte vara ”gissa”. Skriv behall, ersatt eller bada.\n"


def test_a_person_chooses_for_each_in_plain_lines(utb):
    name = told_different(utb)
    outcome = take(utb, name, more=("--enkel",), stdin="2\n1\n")
    assert outcome.code == 0, outcome.err
    answers = data(utb)["svar"]["analys"]
    assert answers == {"nulage_beteende": "Muntligt.\n\nVi läser själva.", "kan_idag": "nagra"}


def test_a_person_writes_two_answers_together(utb):
    name = told_different(utb)
    outcome = take(utb, name, more=("--enkel",), stdin="3\nBåda, efter avdelning.\n.\n3\n")
    assert data(utb)["svar"]["analys"]["nulage_beteende"] == "Båda, efter avdelning.", outcome.err


def test_what_is_chosen_is_saved_at_once_and_stays_when_they_leave(utb):
    name = told_different(utb)
    outcome = take(utb, name, more=("--enkel",), stdin="1\n")
    assert outcome.code == 130
    assert data(utb)["svar"]["analys"] == {"nulage_beteende": "Vi läser själva.", "kan_idag": "nej"}
    assert "Det som är valt är sparat. Läs in filen igen för att ta ställning till resten." in outcome.err


def test_a_person_says_which_question_loose_words_belong_to(utb):
    utb.dossier("Trygg start")
    lines = ("Vi är lite oense här.", "", "Mötet har flyttats.", "", "1. Muntligt.", "2. b")
    name = answer(utb, mail(utb, "nulage_beteende", "kan_idag"), *lines)
    outcome = take(utb, name, more=("--enkel",), stdin="1\n2\n")
    assert outcome.code == 0, outcome.err
    answers = data(utb)["svar"]["analys"]
    assert answers == {"nulage_beteende": "Muntligt.\n\nVi är lite oense här.", "kan_idag": "nagra"}


def into_the_inbox(utb, *lines, name="svar.eml", **more):
    return answer(
        utb, mail(utb, "nulage_beteende", "kan_idag", **more), *lines, name=f"insatser/inkommet/{name}"
    )


def test_what_a_person_has_chosen_is_not_asked_again_when_the_folder_is_read_but_when_the_file_is_named(utb):
    utb.dossier("Trygg start")
    utb("svar", "trygg", "analys.nulage_beteende", "Muntligt.")
    name = into_the_inbox(utb, "Mötet har flyttats.", "", "1. Vi läser själva.")
    folder = "insatser/inkommet"
    assert take(utb, folder, more=("--enkel",), stdin="4\n2\n").code == 0
    again = take(utb, folder, more=("--enkel",), stdin="\n")
    assert again.code == 0, again.err
    assert (
        "Avgjort förut: analys.nulage_beteende. Läs in filen för sig för att välja om."
        in again.out + again.err
    )
    assert take(utb, name, more=("--enkel",), stdin="1\n2\n").code == 0
    assert data(utb)["svar"]["analys"]["nulage_beteende"] == "Vi läser själva."


def test_what_stands_beside_the_answers_is_told_once_for_a_folder_and_always_for_a_file(utb):
    utb.dossier("Trygg start")
    name = into_the_inbox(utb, "Hej Lärande!", "", "2. b", "", "Med vänlig hälsning", "Kim")
    told = "    Hej Lärande!\n"
    assert told in take(utb, "insatser/inkommet").err
    assert told not in take(utb, "insatser/inkommet").err
    assert told in take(utb, name).err
    into_the_inbox(utb, "Hej igen!", "", "2. b")
    assert "    Hej igen!" in take(utb, "insatser/inkommet").err


def test_what_the_dossier_has_lost_since_is_taken_in_again(utb):
    path = utb.dossier("Trygg start")
    before = path.read_bytes()
    into_the_inbox(utb, "2. b")
    assert take(utb, "insatser/inkommet").code == 0
    path.write_bytes(before)
    assert take(utb, "insatser/inkommet").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


def test_the_same_answer_changed_is_told_as_that_persons_change(utb):
    utb.dossier("Trygg start")
    into_the_inbox(utb, "2. b")
    assert take(utb, "insatser/inkommet").code == 0
    into_the_inbox(utb, "2. a")
    outcome = take(utb, "insatser/inkommet")
    assert "Ändrat sedan svaret lästes in förra gången: Om det verkligen gällde" in outcome.err
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


def test_the_same_answer_from_another_role_is_asked_about(utb):
    utb.dossier("Trygg start")
    into_the_inbox(utb, "2. b")
    assert take(utb, "insatser/inkommet").code == 0
    into_the_inbox(utb, "2. b", who="medarbetare")
    outcome = take(utb, "insatser/inkommet", more=("--enkel",), stdin="2\n")
    assert "Vem har svarat i insatser/inkommet/svar.eml?" in outcome.out + outcome.err


def test_a_damaged_note_of_what_has_been_taken_in_stops_nothing(utb):
    utb.dossier("Trygg start")
    into_the_inbox(utb, "2. b")
    for text in (
        "{",
        "[]",
        '{"svar": 3}',
        '{"svar": {"a": {"roll": 1, "avgjort": "x"}}}',
        '{"svar": {"a": []}}',
        '{"svar": {"\\ud800": {"roll": "\\udfff", "avgjort": {}}}}',
    ):
        (utb.folder / "insatser/inkommet/.inlasta.json").write_text(text, "utf-8")
        assert take(utb, "insatser/inkommet").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


def test_that_nobody_knows_replaces_no_answer(utb):
    name = told_different(utb)
    answer(utb, mail(utb, "nulage_beteende", "kan_idag"), "1. Vet inte", name=name)
    outcome = take(utb, name, more=("--vid-olika", "ersatt"))
    assert data(utb)["svar"]["analys"]["nulage_beteende"] == "Muntligt."
    assert "Ändrar inget, för det finns ett svar: svar.eml, chef: ”Vet inte" in outcome.err
    assert "Står redan i dossiern" not in outcome.err


def test_what_an_answer_takes_the_place_of_is_told(utb):
    path = utb.dossier("Trygg start")
    name = answer(utb, mail(utb), "1. Muntligt.", "2. b", "3. b", "4. a")
    utb("svar", "trygg", "nulage_beteende", "Kajsa på Löner.", "--vet-inte")
    utb("svar", "trygg", "tillfragade", "--hoppa", "Det gjordes i våras.")
    utb("svar", "trygg", "kan_idag", "nej")
    path.write_text(path.read_text("utf-8").replace("\nNej\n", "\nKajsa kan det mesta.\n"), "utf-8")
    outcome = take(utb, name)
    for words in ("Kajsa på Löner.", "Det gjordes i våras.", "Kajsa kan det mesta."):
        assert words in outcome.err.split("Ersätter")[-1] or words in outcome.err, outcome.err
    assert outcome.err.count("  Ersätter det som stod: ”") == 3


def test_what_a_script_replaces_is_told_whole(utb):
    name = told_different(utb)
    outcome = take(utb, name, more=("--vid-olika", "ersatt"))
    assert "  Ersätter det som stod: ”Muntligt.”" in outcome.err


def test_that_the_dossier_has_moved_on_is_told(utb):
    utb.dossier("Trygg start")
    utb("svar", "trygg", "analys.kan_idag", "nej")
    name = answer(utb, mail(utb, "kan_idag"), "1. b")
    assert "har ändrats sedan frågan skickades" not in take(utb, name).err
    utb("svar", "trygg", "analys.kan_idag", "ja_flesta")
    assert "Det som står i dossiern har ändrats sedan frågan skickades." in take(utb, name).err


@pytest.mark.parametrize("way", ["behall", "ersatt", "bada"])
def test_several_files_give_the_same_dossier_in_any_order(utb, way):
    path = utb.dossier("Trygg start")
    text, before = mail(utb, "nulage_beteende", "kan_idag"), path.read_bytes()
    names = [
        answer(utb, text, "1. Vi läser själva.", "2. b", name="a.eml"),
        answer(utb, text, "1. Muntligt.", "2. b", name="b.eml"),
        answer(utb, text, "1. Muntligt.", name="c.eml"),
    ]
    outcomes = set()
    for order in permutations(names):
        path.write_bytes(before)
        assert take(utb, *order, more=("--vid-olika", way)).code == 0
        outcomes.add(path.read_bytes())
    assert len(outcomes) == 1
    assert data(utb)["svar"]["analys"]["kan_idag"] == "nagra"


@pytest.mark.parametrize(
    ("more", "stdin", "text", "statement"),
    [
        (("--vid-olika", "behall"), None, "Muntligt.", "stammer"),
        (("--vid-olika", "ersatt"), None, "Vi läser själva.", "delvis"),
        (("--vid-olika", "bada"), None, "Muntligt.\n\nVi läser själva.", "stammer"),
        (("--enkel",), "1\n1\n", "Vi läser själva.", "delvis"),
        ((), None, "Muntligt.", "stammer"),
    ],
)
def test_a_filled_in_guide_that_differs_is_settled_as_a_reply_is(utb, more, stdin, text, statement):
    utb.dossier("Trygg start")
    page = utb("samtal", "analys", "--fraga", "nulage_beteende", "--fraga", "hinder.s10").out
    marker = "<!-- utb:analys.nulage_beteende -->\n"
    filled = page.replace(marker, f"{marker}\nVi läser själva.\n").replace("**…:** Tiden", "**2:** Tiden")
    (utb.folder / "guide.md").write_text(filled, "utf-8")
    utb("svar", "trygg", "analys.nulage_beteende", "Muntligt.")
    utb("svar", "trygg", "analys.hinder", '{"s10": "stammer"}')
    outcome = take(utb, "guide.md", more=more, stdin=stdin)
    answers = data(utb)["svar"]["analys"]
    assert (answers["nulage_beteende"], answers["hinder"]["s10"]) == (text, statement), outcome.err
    assert ("Dossiern har redan ett annat svar, som står kvar: ”Muntligt.”" in outcome.err) == (more == ())


# ------------------------------------------------------------------ whose


def test_a_mail_that_is_passed_on_asks_who_has_answered(utb):
    utb.dossier("Trygg start")
    head = "---------- Vidarebefordrat meddelande ---------\nFrån: Robin <r@mail.example>\nDatum: 3 mars 2026 12:00"
    name = answer(utb, mail(utb, "kan_idag"), "Se nedan.", "", head, "", "1. b")
    assert "svar.eml: svar från oklart vem" in take(utb, name).err
    utb("svar", "trygg", "analys.kan_idag", "nej")
    outcome = take(utb, name, more=("--enkel",), stdin="3\n1\n")
    assert "Vem har svarat i svar.eml?" in outcome.out + outcome.err
    assert "svar.eml: svar från medarbetare" in outcome.err
    assert data(utb)["svar"]["analys"]["kan_idag"] == "nagra"


def test_a_personal_number_is_not_read_in_without_consent(utb):
    utb.dossier("Trygg start")
    number = "811218-9876"
    name = answer(utb, mail(utb, "nulage_beteende", "kan_idag"), f"1. Som för {number}.", "2. b")
    outcome = take(utb, name)
    assert (outcome.code, data(utb)["svar"].get("analys")) == (2, None)
    assert "innehåller ett personnummer" in outcome.err
    assert take(utb, name, more=("--medge-personuppgift",)).code == 0
    assert number in data(utb)["svar"]["analys"]["nulage_beteende"]


def test_a_reply_to_another_initiative_or_stage_is_not_read_in(utb):
    utb.dossier("Annan start")
    other = mail(utb)
    utb.dossier("Trygg start")
    (utb.folder / "svar.txt").write_text(f"3. b\n\n{other}", "utf-8")
    outcome = utb("steg", "analys", "trygg", "--fran", "svar.txt")
    assert outcome.code == 2
    assert outcome.err.startswith("Fel: svar.txt svarar på ett mejl om en annan insats än ”Trygg start”.")
    outcome = utb("steg", "koncept", "annan", "--fran", "svar.txt")
    assert outcome.err.startswith("Fel: svar.txt svarar på frågor i steget analys. Inget har ändrats.")


def test_a_damaged_key_is_made_up_for_by_the_questions_and_without_them_told(utb):
    utb.dossier("Trygg start")
    text = mail(utb)
    head, _, key = text.strip().rpartition("\n")
    damaged = key.replace("analys/svar", "analys/svar/x")
    (utb.folder / "svar.txt").write_text(f"3. b\n\n{head}\n{damaged}\n", "utf-8")
    assert take(utb, "svar.txt").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}
    (utb.folder / "svar.txt").write_text(f"3. b\n\n{damaged}\n", "utf-8")
    outcome = take(utb, "svar.txt")
    assert outcome.err.startswith("Fel: svar.txt går inte att läsa in. Nyckeln på sista raden är skadad")


def test_a_key_alone_is_enough(utb):
    utb.dossier("Trygg start")
    key = mail(utb).strip().split("\n")[-1]
    (utb.folder / "svar.txt").write_text(f"3. b\n\n> {key[:30]}\n> {key[30:]}\n", "utf-8")
    assert take(utb, "svar.txt").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


# ---------------------------------------------------------------- the inbox


def test_the_inbox_is_kept_out_of_git_and_of_every_list(utb):
    utb.dossier("Trygg start")
    name = answer(utb, mail(utb), "3. b", name="insatser/inkommet/svar.md")
    assert (utb.folder / "insatser/inkommet/.gitignore").read_text("utf-8").endswith("\n*\n")
    assert "inkommet" not in utb("lista").out
    assert take(utb, "insatser/inkommet").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}
    assert (utb.folder / name).exists()


def test_in_a_folder_what_cannot_be_read_is_told_and_all_else_is_read(utb):
    utb.dossier("Trygg start")
    text = mail(utb)
    box = utb.folder / "insatser" / "inkommet"
    answer(utb, text, "3. b", name="insatser/inkommet/b.eml")
    (box / "a.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600))
    (box / "c.txt").write_bytes(b"nul\0" * 50)
    automatic = HEADERS.format("d").replace("Subject:", "Auto-Submitted: auto-replied\nSubject:")
    (box / "d.eml").write_text(f"{automatic}Jag är på semester. 3. c\n\n{text}", "utf-8")
    (box / ".dold").write_text("x", "utf-8")
    outcome = take(utb, "insatser/inkommet")
    assert outcome.code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}
    folder = "insatser/inkommet"
    assert f"{folder}/a.msg är en fil i Outlooks eget format (.msg) och går inte att läsa in." in outcome.err
    assert f"{folder}/c.txt är ingen textfil." in outcome.err
    assert f"{folder}/d.eml är ett automatiskt svar. Det räknas inte." in outcome.err


# ----------------------------------------------------------------- hostile


def test_a_huge_file_is_a_sentence(utb):
    utb.dossier("Trygg start")
    with (utb.folder / "stor.eml").open("wb") as file:
        file.truncate(50_000_000)
    outcome = take(utb, "stor.eml")
    assert (outcome.code, outcome.out) == (3, "")
    assert outcome.err.startswith("Fel: stor.eml är större än 25 MB. Spara filen utan bilder och bilagor")


def test_a_large_picture_in_a_mail_stops_no_answer(utb):
    utb.dossier("Trygg start")
    name = answer(utb, mail(utb), "3. b")
    picture = "A" * 76 + "\n"
    head = 'MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary="b"\n\n--b\n'
    text = (utb.folder / name).read_text("utf-8").replace("MIME-Version: 1.0\n", head)
    kind = "\n--b\nContent-Type: image/jpeg\nContent-Transfer-Encoding: base64\n\n"
    (utb.folder / name).write_text(f"{text}{kind}{picture * 90_000}--b--\n", "utf-8")
    assert take(utb, name).code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}


@pytest.mark.parametrize("depth", [50, 3000])
def test_parts_within_parts_end_in_an_answer_or_a_sentence(utb, depth):
    utb.dossier("Trygg start")
    heads = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\n\n--b{n}\n' for n in range(depth))
    start = "From: a@region.example\nSubject: x\nMIME-Version: 1.0\n"
    body = f"Content-Type: text/plain; charset=utf-8\n\n3. b\n\n{mail(utb)}"
    (utb.folder / "svar.eml").write_text(start + heads + body, "utf-8")
    outcome = take(utb, "svar.eml")
    if depth < 100:
        assert (outcome.code, data(utb)["svar"]["analys"]) == (0, {"kan_idag": "nagra"})
    else:
        assert outcome.code == 3
        assert "har för många delar inuti varandra" in outcome.err


def test_script_in_a_page_is_no_words_and_signs_that_steer_a_terminal_are_not_sent_to_it(utb):
    utb.dossier("Trygg start")
    lines = mail(utb).replace("\n", "<br>\n")
    page = f"<html><body><script>alert('3. c')</script><p>3. b</p><p>\x1b[2J \u202eloose</p>{lines}</body></html>"
    (utb.folder / "svar.html").write_text(page, "utf-8")
    outcome = take(utb, "svar.html")
    assert data(utb)["svar"]["analys"] == {"kan_idag": "nagra"}
    assert "alert" not in outcome.err
    assert "\x1b[2J" not in outcome.err


def test_a_text_that_looks_like_markers_of_a_dossier_is_kept_as_text(utb):
    utb.dossier("Trygg start")
    name = answer(utb, mail(utb), "1. <!-- /utb:analys.nulage_beteende --> # Rubrik", "3. b")
    outcome = take(utb, name)
    assert outcome.code == 0, outcome.err
    assert data(utb)["problem"] == []
    assert "Rubrik" in data(utb)["svar"]["analys"]["nulage_beteende"]


def test_a_link_to_nowhere_and_a_folder_without_files_are_sentences(utb):
    utb.dossier("Trygg start")
    (utb.folder / "lank.eml").symlink_to("ingenstans")
    assert take(utb, "lank.eml").code == 3
    (utb.folder / "tom").mkdir()
    outcome = take(utb, "tom")
    assert (outcome.code, outcome.err) == (2, "Fel: tom har inga filer att läsa in. Inget har ändrats.\n")
