"""Whole journeys with the program itself on a pty: what a process leader does, and what the dossier then says."""

from __future__ import annotations

import re
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from conftest import EXAMPLE, Utb
from git_repo import git

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
if sys.platform != "win32":
    from terminal.screens import (
        BACK,
        ENTER,
        HELP,
        LEAVE,
        MAP,
        NOTE_LESSON,
        PASS,
        READ_LESSONS,
        SAVE,
        TAB,
        QuickTerminal,
        Terminal,
    )

NUMBER = "19121212-1212"
CONCLUSION = "Vad visar analysen, med era egna ord?"
DECISION = "Hur går ni vidare?"
REVIEW = "Välj en fråga för att ändra svaret."
WHAT_NOW = "Vad vill ni göra?"


def utb(folder, *arguments, **size) -> Terminal:
    return QuickTerminal("-m", "utbildningsprocess", *arguments, folder=folder, **size)


@contextmanager
def at_once(folder):
    """Commands in this process, in the folder and with the state that the program on the pty has."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.setenv("UTB_STATE_DIR", str(folder / "state"))
        patch.setenv("COLUMNS", "100")
        yield Utb(folder, patch)


def run(folder, *arguments) -> str:
    with at_once(folder) as program:
        done = program(*arguments)
    assert done.code == 0, done.err
    return done.out


def started(folder, *left_out: str) -> Path:
    """The example up to Analys, without some of its answers; gives the dossier's path."""
    (folder / ".git").mkdir()
    with at_once(folder) as program:
        path = program.example()
    text = path.read_text("utf-8")
    for qid in left_out:
        before, _, rest = text.partition(f"<!-- utb:{qid} -->\n")
        _, mark, after = rest.partition(f"<!-- /utb:{qid} -->")
        text = f"{before}<!-- utb:{qid} -->\n\n{mark}{after}"
    path.write_text(text, "utf-8")
    return path


def test_analys_ends_with_the_diagnosis_a_number_is_caught_and_a_deviation_recorded(tmp_path):
    path = started(tmp_path, "analys.slutsats", "analys.beslut", "analys.tillfragade", "analys.svarande")
    seen = utb(tmp_path, "steg", "analys", rows=120, columns=100)
    seen.answer("Vilka har ni pratat med?", "2", ENTER)
    seen.answer("Roll", PASS)
    seen.answer("Hur vill du göra med frågan ”Vilka har svarat på påståendena var för sig?”", "1")
    seen.answer("Varför hoppar ni över frågan? (Tomt går bra.)", ENTER)
    seen.see("Ett förslag från diagnosen.")
    seen.answer(CONCLUSION, f"\nEnligt {NUMBER}.", SAVE)
    seen.see(f"Texten ser ut att innehålla personnummer: {NUMBER}.")
    seen.answer("Vad vill du göra?", "1")
    seen.answer(CONCLUSION, "\x7f" * (len(NUMBER) + 1), "chefen.", SAVE)
    seen.answer(DECISION, "2")
    seen.answer(REVIEW, ENTER)
    seen.see("Handlaget i en vardagsuppgift saknas: stark (2 Mycket)")
    seen.see("Det pekar på: en mix")
    seen.see("Ingen ur målgruppen är tillfrågad.")
    seen.answer(WHAT_NOW, "3")
    seen.answer("Varför väljer ni bort rådet R06?", "Medarbetarna tillfrågas i piloten", ENTER)
    seen.answer("Vilken roll godtar avsteget? (Tomt går bra.)", "Verksamhetschef", ENTER)
    seen.see("Dossiern finns här:")
    assert seen.ends() == 0
    text = path.read_text("utf-8")
    assert NUMBER not in text
    assert "Enligt chefen." in text
    assert "## Avsteg" in text
    assert "- **Skäl:** Medarbetarna tillfrågas i piloten" in text
    shown = run(tmp_path, "granska", "trygg-start")
    assert "Medarbetarna tillfrågas i piloten (Verksamhetschef" in " ".join(shown.split())


def test_the_diagnosis_proposes_the_other_actions_and_back_undoes_the_choice(tmp_path):
    path = started(tmp_path, "analys.andra_insatser")
    seen = utb(tmp_path, "steg", "analys", rows=60, columns=100)
    seen.asks("Diagnosen pekar på de här insatserna. Vilka vill ni ta med? Ni kan ändra senare.")
    seen.send("1", "2", ENTER)
    seen.answer("Insats", "Lärpar på varje avdelning", ENTER)
    seen.answer("Ansvarig roll", BACK)
    seen.answer("Insats", LEAVE)
    assert seen.ends() == 130
    text = path.read_text("utf-8")
    assert "- **Insats:** Lärpar på varje avdelning" in text
    assert "#### I2\n\n- **Typ av insats:** Bemanning och resurser" in text


@pytest.mark.parametrize("columns", [40, 100])
def test_help_asked_for_twice_opens_the_method(tmp_path, columns):
    started(tmp_path, "analys.beslut")
    seen = utb(tmp_path, "steg", "analys", rows=150, columns=columns)
    seen.asks(DECISION)
    seen.send(HELP)
    seen.see("Tryck F1 en gång till så visas metoden bakom frågan.")
    seen.send(HELP)
    seen.see("Fallgrop")
    seen.see("Källor")
    seen.see("utb metod analys")
    seen.send("2")
    seen.answer(REVIEW, LEAVE)
    assert seen.ends() == 130


@pytest.mark.parametrize(("columns", "below"), [(40, 14), (100, 9)])
def test_a_page_says_how_many_statements_have_no_room_and_how_to_be_done_with_it(tmp_path, columns, below):
    started(tmp_path, "analys.hinder")
    seen = utb(tmp_path, "steg", "analys", rows=22, columns=columns)
    shown = seen.see(f"↓ {below} till")
    assert "Ctrl-S klar · 1–4 svarar · F1 hjälp" in shown
    assert max(int(number) for number in re.findall(r"^. +(\d+)\. ", shown, re.MULTILINE)) == 20 - below
    seen.send(LEAVE)
    assert seen.ends() == 130


def test_the_method_is_shown_where_the_help_waits_and_what_is_typed_there_is_not_echoed(tmp_path):
    started(tmp_path, "analys.beslut")
    seen = utb(tmp_path, "steg", "analys", rows=24)
    seen.asks(DECISION)
    seen.send(HELP)
    seen.see("Enter visar frågan igen.")
    seen.send("7")
    seen.send(HELP)
    shown = seen.see("Källor")
    shown = seen.see("Enter visar frågan igen.")
    assert "^[" not in shown
    assert "\n7" not in shown
    seen.send(ENTER)
    seen.answer(DECISION, "2")
    seen.answer(REVIEW, LEAVE)
    assert seen.ends() == 130


def test_the_append_only_face_shows_the_method_and_catches_the_number(tmp_path):
    path = started(tmp_path, "analys.slutsats")
    seen = utb(tmp_path, "steg", "analys", "--enkel", rows=150)
    seen.see(CONCLUSION)
    seen.type_lines(":h")
    seen.see(":m visar metoden bakom frågan.")
    seen.type_lines(f"Enligt {NUMBER}.", ".")
    seen.see("1. Ändra texten")
    seen.type_lines("2")
    seen.see("Genomgång")
    seen.send(":s\n")
    assert seen.ends() == 0
    assert b"\x1b" not in seen.raw
    assert f"Enligt {NUMBER}." in path.read_text("utf-8")


@pytest.mark.parametrize("columns", [40, 100])
def test_a_conflict_is_mended_in_the_full_screen(tmp_path, columns):
    path = started(tmp_path)
    text = path.read_text("utf-8")
    before, mark, after = text.partition("<!-- utb:behov.varfor -->\n")
    answer, closing, end = after.partition("<!-- /utb:behov.varfor -->")
    conflict = f"\n<<<<<<< HEAD\n{answer.strip()}\n=======\nDeras skäl\n>>>>>>> anna\n\n"
    path.write_text(f"{before}{mark}{conflict}{closing}{end}", "utf-8")
    seen = utb(tmp_path, "laga", rows=80, columns=columns)
    seen.see("Så här står det i anna: Deras skäl")
    seen.answer("Vad vill du göra?", "1")
    seen.see("trygg-start.md är lagad.")
    assert seen.ends() == 0
    assert path.read_text("utf-8") == f"{before}{mark}\n{answer.strip()}\n\nDeras skäl\n\n{closing}{end}"


@pytest.mark.parametrize(("reply", "code"), [("n", 0), ("j", 130)])
def test_a_stage_goes_on_into_the_next_by_one_key(tmp_path, reply, code):
    started(tmp_path, "analys.beslut", "analys.beslutsgang")
    seen = utb(tmp_path, "steg", "behov", rows=90, columns=100)
    seen.answer(REVIEW, ENTER)
    seen.answer("Fortsätt med Analys?", reply)
    if reply == "j":
        seen.answer(DECISION, LEAVE)
    assert seen.ends() == code
    assert seen.shown().count("insatser/trygg-start.md") == 1


def test_the_map_opens_a_question_and_leads_back(tmp_path):
    started(tmp_path, "analys.beslut")
    seen = utb(tmp_path, "steg", "analys", rows=90, columns=100)
    seen.asks(DECISION)
    seen.send(MAP)
    seen.answer("Vilken fråga vill ni till?", "2", ENTER)
    seen.answer("Hur gör de i dag, och vad har ni redan provat?", SAVE)
    seen.answer(DECISION, LEAVE)
    assert seen.ends() == 130


def test_a_row_is_seen_whole_on_a_small_screen_and_kept_when_left_in_the_middle(tmp_path):
    path = started(tmp_path, "koncept.larandemal")
    seen = utb(tmp_path, "steg", "koncept", rows=20, columns=40)
    seen.asks("Ska kunna")
    seen.send("larma enligt trappan", TAB)
    seen.asks("Kriterium")
    seen.see("larma enligt")
    seen.see("Tabb: fler uppgifter (Målgrupp")
    seen.send(TAB)
    seen.asks("Målgrupp")
    seen.send("1")
    seen.child.setwinsize(24, 70)
    seen.screen.resize(24, 70)
    seen.asks("Förutsättning")
    seen.send("på eget pass", LEAVE)
    assert seen.ends() == 130
    assert "- **Ska kunna:** larma enligt trappan" in path.read_text("utf-8")
    again = utb(tmp_path, "steg", "koncept", rows=40, columns=100)
    again.see("på eget pass")
    again.answer("Ta med det?", "j")
    again.answer("Förutsättning", TAB)
    again.answer("Kriterium", LEAVE)
    assert again.ends() == 130
    assert "- **Förutsättning:** på eget pass" in path.read_text("utf-8")


def test_lessons_stand_above_the_activities_and_a_key_reads_or_notes_them_in_mid_word(tmp_path):
    path = started(tmp_path, "koncept.aktiviteter")
    earlier = EXAMPLE.read_text("utf-8").replace("Trygg start", "Tryggare start i kommunen", 1)
    (tmp_path / "tidigare.yaml").write_text(earlier, "utf-8")
    run(tmp_path, "ny", "Tryggare start i kommunen", "--svar", "tidigare.yaml")
    run(tmp_path, "lista")
    seen = utb(tmp_path, "steg", "koncept", "trygg-start", rows=60, columns=90)
    shown = seen.see("Lärdomar från tidigare insatser som kan passa här:")
    seen.asks("Titel")
    seen.send("Halva", READ_LESSONS)
    seen.see("Läs mer: utb visa tryggare-start-i-kommunen")
    seen.asks("Titel")
    seen.see("Halva")
    seen.send(NOTE_LESSON)
    seen.answer("Vilken lärdom använder ni?", "1")
    seen.see("Noterat på frågan ”Vilka tidigare initiativ har ni lärt av?”")
    seen.asks("Titel")
    seen.send(" titeln", ENTER)
    seen.answer("Målgrupper", LEAVE)
    assert seen.ends() == 130
    text = path.read_text("utf-8")
    assert "- tryggare-start-i-kommunen.md: " in text
    assert "- **Titel:** Halva titeln" in text
    assert max(map(len, shown.splitlines())) <= 90


def test_a_new_initiative_begins_from_an_old_one_draft_by_draft(tmp_path):
    started(tmp_path)
    seen = utb(tmp_path, "ny", "Natt", "--fran", "trygg-start", rows=60, columns=100)
    seen.see("Följer inte med ur ”Trygg start”: datum, antal personer, beslut")
    seen.answer("Vilken organisation och verksamhet gäller det?", ENTER)
    seen.answer("Vilken roll leder arbetet?", ENTER)
    seen.answer("Vart vänder man sig med frågor om insatsen?", ENTER)
    seen.see("Till 10 frågor finns ett utkast ur ”Trygg start”.")
    seen.answer("Vem/vilka vill göra den här insatsen?", SAVE)
    seen.see("Utkastet nämner ett datum (”förra året”) och ett antal (”62 undersköterskor”)")
    seen.answer("Varför vill ni göra den här insatsen?", " Det gäller natten.", SAVE)
    seen.see("Utkast ur ”Trygg start”.", times=3)
    seen.answer("Vad vill ni uppnå med den här insatsen och vad ska den lösa?", LEAVE)
    assert seen.ends() == 130
    seen = utb(tmp_path, "steg", "analys", "natt", rows=60, columns=100)
    seen.answer("Vilka rader vill ni ta med?", "4", ENTER)
    seen.answer("Vad vill du göra?", ENTER)
    seen.answer("Hur gör de i dag, och vad har ni redan provat?", LEAVE)
    assert seen.ends() == 130
    text = (tmp_path / "insatser" / "natt.md").read_text("utf-8")
    assert "- trygg-start.md: svaren som utkast\n" in text
    assert "flera är nya. Det gäller natten.\n" in text
    assert re.findall("^#### (.*)", text, re.MULTILINE) == ["B1", "B2", "B3"]


def test_a_folder_is_prepared_for_git_after_it_is_shown_and_the_next_clone_is_told_once(tmp_path):
    team, clone = tmp_path / "grupp", tmp_path / "klon"
    team.mkdir()
    git(team, "init", "-q")
    seen = utb(team, "init", columns=100, rows=60)
    seen.see(".gitattributes är ny")
    seen.answer("Vill du skriva det här?", "j")
    seen.answer("Ska GitHub eller GitLab granska varje ändring som föreslås?", ENTER)
    seen.see("git add utb.yaml .gitignore .gitattributes")
    assert seen.ends() == 0
    assert not (team / ".github").exists()
    run(team, "ny", "Natt", "--svar", str(EXAMPLE))
    git(team, "add", "-A")
    git(team, "commit", "-qm", "ett")
    git(tmp_path, "clone", "-q", str(team), str(clone))
    seen = utb(clone, "status", columns=120, rows=60)
    seen.see("utb init --klon")
    assert seen.ends() == 0
    seen = utb(clone, "init", "--klon", "--enkel", columns=100, rows=60)
    seen.see("Tom rad behåller.")
    seen.send("\n")
    seen.see("Klonen är inställd.")
    assert seen.ends() == 0
