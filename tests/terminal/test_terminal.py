"""The conversation on a real pty: what a person types, and what they see."""

from __future__ import annotations

import os
import signal
import sys
import time
from contextlib import suppress
from datetime import date

import pytest

from small import SMALL
from utbildningsprocess.dossier import document
from utbildningsprocess.model import AnswerSheet, Given, Row, Skipped, TimeSpan, Unknown

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
if sys.platform != "win32":
    from terminal.screens import (
        BACK,
        DOWN,
        EDITOR,
        ENTER,
        HELP,
        LEAVE,
        LEFT,
        MAP,
        PASS,
        SAVE,
        SHIFT_TAB,
        TAB,
        UP,
        asking,
    )

WHY, SHORT, DEMAND = (
    "Varför vill ni göra den här insatsen?",
    "Hur låter det i en mening?",
    "Finns det ett krav?",
)
SOURCE, NOW, ROWS = "Vilket krav?", "Varför just nu?", "Hur många är det i varje grupp?"
HURRY, WHEN, TIME, SHARE, REVIEW = (
    "Är det bråttom?",
    "När?",
    "Vilken tid?",
    "Hur stor andel? (procent)",
    "Välj en fråga för att ändra svaret.",
)
GROUPS = Given((Row("1", {"namn": "Nya", "antal": 62}),))


def answers(folder):
    return document.read((folder / "trygg.md").read_text("utf-8"), SMALL).answers


def write(folder, **given) -> None:
    """A dossier that already has some answers of Behov."""
    text = "<!-- utb:dossier 1 -->\n\n# Trygg start\n\n## Behov\n\n## Koncept\n"
    for key, answer in given.items():
        text = document.open_stage(text, AnswerSheet(SMALL, {}), "behov")
        text = document.with_answer(text, SMALL, f"behov.{key}", answer)
    (folder / "trygg.md").write_text(text, "utf-8")


def test_a_whole_stage_is_typed_regretted_skipped_and_reviewed(tmp_path):
    seen = asking(tmp_path)
    seen.answer(WHY, "Av 62 undersköterskor slutade 17.", ENTER, "Åtgärd krävs, även på ö.", SAVE)
    seen.answer(SHORT, "Trygg strat", ENTER)
    seen.answer(DEMAND, BACK)
    seen.answer(SHORT, BACK)
    seen.answer(WHY, " Nu.", SAVE)
    seen.answer(SHORT, "\x7f" * 4, "tart", ENTER)
    seen.answer(DEMAND, "2")
    seen.answer(SOURCE, PASS)
    seen.answer(f"Hur vill du göra med frågan ”{SOURCE}”", "1")
    seen.answer("Varför hoppar ni över frågan? (Tomt går bra.)", "Gäller inte oss", ENTER)
    seen.see(f"✓ {SOURCE}\n  Hoppad: Gäller inte oss")
    seen.answer(NOW, PASS)
    seen.answer(f"Hur vill du göra med frågan ”{NOW}”", "2")
    seen.answer("Vem kan veta? (Tomt går bra.)", "Chefen", ENTER)
    assert "✓ Vem kan veta?" not in seen.see(f"✓ {NOW}\n  Vet inte än: Chefen")
    more = "Namn Lämna tomt om det inte är fler."
    seen.answer("Namn", "Nya", ENTER)
    seen.answer("Antal", "62", TAB)
    seen.answer(more, "Handledare", TAB)
    seen.answer("Antal", ENTER)
    seen.answer(more, SHIFT_TAB)
    seen.answer("Vad vill du göra?", "6")
    seen.answer("Vilken vill du flytta?", "2")
    seen.answer("Vart ska den?", "1")
    seen.answer("Vad vill du göra?", "2")
    seen.answer(HURRY, "j")
    seen.answer(WHEN, "31/2", ENTER)
    seen.see("Fel: Det datumet finns inte")
    seen.send("\x7f" * 4, "12 mars", ENTER)
    seen.answer(TIME, "16-8", ENTER)
    seen.see("Fel: Slutet i ”16-8” är inte senare än starten.")
    seen.send("\x7f" * 4, "8.30-16", ENTER)
    seen.see("Tiden är 08.30–16.00.")
    seen.answer(SHARE, "40", ENTER)
    seen.answer("Vilka dagar?", "3, 14 och 60", "\x7f" * 6, ", 60", ENTER)
    seen.answer("Vilka ord?", "trygg, säker", ENTER)
    seen.see("4. Påstående nummer 4 om vardagen.")
    seen.send("2", "1", "2", "1")
    seen.see("4. Påstående nummer 4 om vardagen. Stämmer")
    seen.send(SAVE)
    seen.answer(REVIEW, "2", ENTER)
    seen.answer(SHORT, "!", ENTER)
    seen.answer(REVIEW, ENTER)
    seen.see("Färdigt.")
    assert seen.ends() == 0
    assert answers(tmp_path) == {
        "behov.varfor": Given("Av 62 undersköterskor slutade 17.\\\nÅtgärd krävs, även på ö. Nu."),
        "behov.kort": Given("Trygg start!"),
        "behov.krav": Given("lag"),
        "behov.kalla": Skipped("Gäller inte oss"),
        "behov.utlosare": Unknown("Chefen"),
        "behov.malgrupper": Given((Row("2", {"namn": "Handledare"}), Row("1", {"namn": "Nya", "antal": 62}))),
        "behov.bradskar": Given(value=True),
        "behov.klart": Given(date(2026, 3, 12)),
        "behov.tid": Given(TimeSpan(8 * 60 + 30, 16 * 60)),
        "behov.andel": Given(40),
        "behov.dagar": Given((3, 14, 60)),
        "behov.ord": Given(("trygg", "säker")),
        "behov.hinder": Given({"s01": "inte", "s02": "stammer", "s03": "inte", "s04": "stammer"}),
    }


def test_keys_that_were_pressed_before_a_stop_are_obeyed_before_it(tmp_path):
    seen = asking(tmp_path)
    seen.asks(WHY)
    os.kill(seen.child.pid, signal.SIGSTOP)
    seen.send("Klar text", SAVE)
    os.kill(seen.child.pid, signal.SIGTERM)
    os.kill(seen.child.pid, signal.SIGCONT)
    assert seen.ends() == 130
    assert answers(tmp_path) == {"behov.varfor": Given("Klar text")}


@pytest.mark.parametrize("how", ["ctrl-c", "ctrl-d", "SIGTERM", "SIGHUP"])
def test_leaving_in_the_middle_of_a_word_costs_nothing(tmp_path, how):
    seen = asking(tmp_path)
    seen.answer(WHY, "Klar text", SAVE)
    seen.answer(SHORT, "halva or")
    seen.see("halva or")
    if how.startswith("SIG"):
        os.kill(seen.child.pid, getattr(signal, how))
    else:
        seen.send({"ctrl-c": LEAVE, "ctrl-d": "\x04"}[how])
    seen.see("Allt du har svarat är sparat")
    assert seen.ends() == 130
    assert answers(tmp_path) == {"behov.varfor": Given("Klar text")}
    again = asking(tmp_path)
    again.see("Ni hann skriva det här")
    again.answer("Ta med det?", "j")
    again.answer(SHORT, "d", ENTER)
    again.answer(DEMAND, LEAVE)
    assert again.ends() == 130
    assert answers(tmp_path)["behov.kort"] == Given("halva ord")


@pytest.mark.parametrize("in_editor", [False, True])
def test_a_killed_process_loses_a_second_of_typing_at_most_and_nothing_in_an_editor(tmp_path, in_editor):
    editor, opened = tmp_path / "editor.sh", tmp_path / "igang"
    editor.write_text(f'#!/bin/sh\ntouch "{opened}"\nsleep 60\n')
    editor.chmod(0o755)
    seen = asking(tmp_path, EDITOR=str(editor))
    seen.answer(WHY, "Mitt i en mening", *([EDITOR] if in_editor else []))
    drafts = tmp_path / "state" / "utkast"
    while not (opened.is_file() if in_editor else list(drafts.glob("*.json"))):
        assert seen._take()
    os.kill(seen.child.pid, signal.SIGKILL)
    seen.ends()
    again = asking(tmp_path)
    again.see("Mitt i en mening")
    again.answer("Ta med det?", ENTER)
    again.answer(WHY, SAVE)
    again.answer(SHORT, LEAVE)
    again.ends()
    assert answers(tmp_path) == {"behov.varfor": Given("Mitt i en mening")}


@pytest.mark.parametrize("bracketed", [True, False])
def test_pasted_lines_stay_in_the_one_line_field_they_were_pasted_into(tmp_path, bracketed):
    write(tmp_path, varfor=Given("Klart"))
    seen = asking(tmp_path)
    seen.asks(SHORT)
    pasted = "rad ett\rrad två\rrad tre"
    seen.send(f"\x1b[200~{pasted}\r\x1b[201~" if bracketed else pasted)
    seen.see("rad ett rad två rad tre")
    seen.send(ENTER)
    seen.answer(DEMAND, LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.kort"] == Given("rad ett rad två rad tre")


def test_pasted_lines_stay_lines_in_a_long_text(tmp_path):
    seen = asking(tmp_path)
    seen.answer(WHY, "\x1b[200~rad ett\nrad två\x1b[201~")
    seen.see("rad två")
    seen.send(SAVE)
    seen.answer(SHORT, LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.varfor"] == Given("rad ett\\\nrad två")


def test_help_is_shown_above_the_question_with_the_text_kept(tmp_path):
    seen = asking(tmp_path, "koncept")
    seen.answer("Ska kunna", "bedöma", HELP)
    seen.see("Tangenter: Ctrl-S klar")
    seen.send(" en patient", SAVE)
    seen.answer("Nivå", LEAVE)
    seen.ends()
    assert answers(tmp_path)["koncept.larandemal"] == Given((Row("L1", {"kunna": "bedöma en patient"}),))


def test_a_long_text_is_edited_in_an_editor(tmp_path):
    editor = tmp_path / "editor.sh"
    editor.write_text('#!/bin/sh\necho "från redigeraren" >> "$1"\n')
    editor.chmod(0o755)
    seen = asking(tmp_path, EDITOR=str(editor))
    seen.answer(WHY, "börjat", EDITOR)
    seen.see("från redigeraren")
    seen.send(SAVE)
    seen.answer(SHORT, LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.varfor"].value.split() == ["börjat\\", "från", "redigeraren"]


def test_an_editor_with_a_window_is_waited_for_and_the_question_stands_above_as_a_comment(tmp_path):
    editor = tmp_path / "editor.sh"
    later = f'(sleep 2; head -n 1 "$1" > "{tmp_path}/rubrik"; echo "sparat senare" >> "$1") &'
    editor.write_text(f"#!/bin/sh\n{later}\n")
    editor.chmod(0o755)
    seen = asking(tmp_path, EDITOR=str(editor))
    seen.answer(WHY, "börjat", EDITOR)
    seen.see("Skriv och spara där. Tryck Enter här när du är klar.")
    while not (tmp_path / "rubrik").is_file():
        time.sleep(0.1)
    time.sleep(0.3)
    seen.send(ENTER)
    seen.see("sparat senare")
    seen.send(SAVE)
    seen.answer(SHORT, LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.varfor"].value.split() == ["börjat\\", "sparat", "senare"]
    assert (tmp_path / "rubrik").read_text("utf-8") == f"<!-- {WHY} -->\n"


def test_several_are_ticked_with_space_or_number_and_own_words_asked_for(tmp_path):
    write(tmp_path, varfor=Given("x"), kort=Given("x"), krav=Given("nej"))
    seen = asking(tmp_path)
    seen.answer(NOW, " ", DOWN, "3", ENTER)
    seen.answer("Med egna ord:", "Ny chef", ENTER)
    seen.answer("Namn", LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.utlosare"] == Given(("nej", "Ny chef"))


def test_ticks_wait_at_the_map_and_when_the_conversation_is_left(tmp_path):
    write(tmp_path, varfor=Given("x"), kort=Given("x"), krav=Given("nej"))
    seen = asking(tmp_path)
    seen.answer(NOW, "1", "2", MAP)
    seen.answer("Vilken fråga vill ni till?", BACK)
    seen.asks(NOW)
    assert seen.shown().count("●") == 2
    seen.send(LEAVE)
    assert seen.ends() == 130
    again = asking(tmp_path)
    again.answer("Ta med det?", "j")
    again.answer(NOW, ENTER)
    again.answer("Namn", LEAVE)
    again.ends()
    assert answers(tmp_path)["behov.utlosare"] == Given(("nej", "lag"))


def test_the_left_arrow_goes_back_from_a_list_and_an_invalid_text_is_no_hindrance(tmp_path):
    write(tmp_path, varfor=Given("x"))
    seen = asking(tmp_path)
    seen.answer(SHORT, "y", ENTER)
    seen.answer(DEMAND, LEFT)
    seen.answer(SHORT, "\x7f", ENTER)
    seen.see("Fel: Svaret är tomt.")
    seen.send(BACK)
    seen.answer(WHY, LEAVE)
    assert seen.ends() == 130


def test_the_first_question_says_that_it_is_the_first(tmp_path):
    seen = asking(tmp_path)
    seen.answer(WHY, BACK)
    seen.see("Det här är den första frågan.")
    seen.send("text", SAVE)
    seen.answer(SHORT, LEAVE)
    seen.ends()


@pytest.mark.parametrize("columns", [40, 24])
def test_a_narrow_terminal_shows_every_word(tmp_path, columns):
    write(tmp_path, varfor=Given("x"), kort=Given("x"))
    seen = asking(tmp_path, columns=columns, rows=30)
    shown = seen.see("2. Lag eller föreskrift")
    assert "Finns det ett krav?" in shown
    assert "1–3 väljer" in shown
    seen.send("1")
    seen.see("3. Annat", times=1)
    seen.see("Enter klar")
    seen.send(LEAVE)
    assert seen.ends() == 130


def test_the_smallest_of_windows_cuts_no_word_and_says_so_where_nothing_fits(tmp_path):
    write(tmp_path, varfor=Given("x"), kort=Given("x"), krav=Given("nej"))
    seen = asking(tmp_path, columns=20, rows=10)
    assert "föreskrift" in seen.see("2. Lag eller föreskrift")
    seen.send(LEAVE)
    seen.ends()
    simple = {"varfor": "x", "kort": "x", "krav": "nej", "utlosare": ("lag",), "bradskar": True, "andel": 4}
    more = {"klart": date(2026, 3, 12), "tid": TimeSpan(60, 90), "dagar": (3,), "ord": ("x",)}
    given = {key: Given(value) for key, value in {**simple, **more}.items()}
    write(tmp_path, malgrupper=GROUPS, **given)
    again = asking(tmp_path, columns=20, rows=10)
    again.see("Fönstret är för litet.")
    again.send(LEAVE)
    again.ends()
    larger = asking(tmp_path, columns=20, rows=24)
    larger.see("Påstående nummer 1 om vardagen.")
    larger.send("2")
    assert "…  2" in larger.see("Påstående nummer 2 om vardagen.")
    larger.send(LEAVE)
    larger.ends()


def test_a_text_that_arrives_at_a_question_of_yes_and_no_answers_nothing(tmp_path):
    write(
        tmp_path,
        varfor=Given("x"),
        kort=Given("x"),
        utlosare=Given(("lag",)),
        krav=Given("nej"),
        malgrupper=GROUPS,
    )
    seen = asking(tmp_path)
    seen.answer(HURRY, "ny text från mötet")
    seen.see("J/N svarar")
    seen.answer(HURRY, LEAVE)
    seen.ends()
    assert "behov.bradskar" not in answers(tmp_path)


@pytest.mark.parametrize("text", ["nej", "nej\r", "25 personer\r", "2 av 3"])
def test_words_that_come_at_once_choose_nothing_in_a_list(tmp_path, text):
    write(tmp_path, varfor=Given("x"), kort=Given("x"))
    seen = asking(tmp_path)
    seen.answer(DEMAND, text)
    seen.see("Här går det inte att skriva. Välj med en siffra eller med pilarna.")
    seen.answer(DEMAND, LEAVE)
    seen.ends()
    assert "behov.krav" not in answers(tmp_path)


def test_words_that_come_at_once_tick_nothing_and_several_digits_do(tmp_path):
    write(tmp_path, varfor=Given("x"), kort=Given("x"), krav=Given("nej"))
    seen = asking(tmp_path)
    seen.answer(NOW, "i 3 veckor\r")
    seen.see("Här går det inte att skriva.")
    assert "●" not in seen.shown()
    time.sleep(1.1)  # words are over
    seen.send("12\r")
    seen.answer("Namn", LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.utlosare"] == Given(("nej", "lag"))


@pytest.mark.parametrize(
    ("keys", "dropped"), [("2Lag", "2Lag"), ("2Lag\ri år", "2Lagi år"), ("ord " * 20, f"{'ord ' * 9}…")]
)
def test_what_comes_at_once_with_a_digit_and_is_not_taken_is_told(tmp_path, keys, dropped):
    write(tmp_path, varfor=Given("x"), kort=Given("x"))
    seen = asking(tmp_path)
    seen.answer(DEMAND, keys)
    seen.see(f"Det här togs inte med: ”{dropped}”.")
    seen.answer(DEMAND, LEAVE)
    seen.ends()
    assert "behov.krav" not in answers(tmp_path)


@pytest.mark.parametrize("text", ["nej, inte", "nej\r", "1 av 2\r"])
def test_words_at_a_question_of_yes_and_no_leave_the_answer_of_before(tmp_path, text):
    write(
        tmp_path,
        **{key: Given("x") for key in ("varfor", "kort")},
        utlosare=Given(("lag",)),
        krav=Given("nej"),
        malgrupper=GROUPS,
        bradskar=Given(value=True),
    )
    seen = asking(tmp_path, "behov", "--alla")
    for question, keys in ((WHY, SAVE), (SHORT, ENTER), (DEMAND, ENTER), (NOW, ENTER)):
        seen.answer(question, keys)
    seen.answer("Vad vill du göra?", ENTER)
    seen.answer(HURRY, text)
    seen.see("Här går det inte att skriva.")
    seen.answer(HURRY, LEAVE)
    seen.ends()


@pytest.mark.parametrize("size", [2, 3, 4])
def test_keys_that_a_slow_line_sends_together_answer_one_question_each(tmp_path, size):
    seen = asking(tmp_path)
    seen.asks(WHY)
    typed = f"Det behövs{SAVE}Vi ska lära{ENTER}2"
    for place in range(0, len(typed), size):
        seen.send(typed[place : place + size])
        time.sleep(0.3)
    seen.answer(SOURCE, LEAVE)
    seen.ends()
    given = {"behov.varfor": "Det behövs", "behov.kort": "Vi ska lära", "behov.krav": "lag"}
    assert answers(tmp_path) == {qid: Given(value) for qid, value in given.items()}


def test_nothing_is_chosen_before_the_person_has_chosen(tmp_path):
    write(tmp_path, varfor=Given("x"), kort=Given("x"), utlosare=Given(("lag",)), malgrupper=GROUPS)
    seen = asking(tmp_path)
    seen.asks(DEMAND)
    assert "❯" not in seen.shown()
    seen.send(ENTER)
    seen.see(
        "Inget är valt än. Välj med en siffra, eller med pilarna och Enter, eller hoppa över med Ctrl-O."
    )
    seen.send(UP, UP, ENTER)
    seen.answer(SOURCE, ENTER)
    seen.see("Frågan lämnas obesvarad.")
    seen.answer(HURRY, ENTER)
    seen.see("Inget är valt än. Välj med J eller N")
    seen.send("n")
    seen.answer(WHEN, LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.krav"] == Given("lag")
    assert answers(tmp_path)["behov.bradskar"] == Given(value=False)
    assert "behov.kalla" not in answers(tmp_path)
    again = asking(tmp_path, "behov", "--alla")
    again.answer(WHY, SAVE)
    again.answer(SHORT, ENTER)
    again.asks(DEMAND)
    again.see("❯ 2. Lag eller föreskrift")
    again.send(ENTER)
    again.answer(SOURCE, LEAVE)
    again.ends()
    assert answers(tmp_path)["behov.krav"] == Given("lag")


def test_the_cursor_follows_the_row(tmp_path):
    write(tmp_path, varfor=Given("x"), kort=Given("x"))
    seen = asking(tmp_path)
    seen.asks(DEMAND)
    seen.send(DOWN)
    seen.see("❯ 1.")
    first = seen.screen.cursor.y
    seen.send(DOWN)
    seen.see("❯ 2.")
    assert (seen.screen.cursor.y, seen.screen.cursor.hidden) == (first + 1, False)
    seen.send(LEAVE)
    seen.ends()


def test_control_characters_do_not_reach_the_dossier(tmp_path):
    write(tmp_path, varfor=Given("x"))
    seen = asking(tmp_path)
    seen.answer(SHORT, "a\u0308r\u202e det", ENTER)
    seen.answer(DEMAND, LEAVE)
    seen.ends()
    assert answers(tmp_path)["behov.kort"] == Given("är det")


@pytest.mark.parametrize(
    "wish", [{"TERM": "dumb"}, {"TERM": ""}, {"ACCESSIBLE": "1"}, {"UTB_ACCESSIBLE": "ja"}, {}]
)
def test_the_append_only_face_sends_no_escape_byte(tmp_path, wish):
    seen = asking(tmp_path, "behov", *([] if wish else ["--enkel"]), **wish)
    seen.see(WHY)
    seen.type_lines("En rad.", ".")
    seen.see(SHORT)
    seen.type_lines(":o", "1", "Senare")
    seen.see(DEMAND)
    seen.type_lines("lag")
    seen.send(":s\n")
    seen.see("Allt du har svarat är sparat")
    assert seen.ends() == 0
    assert b"\x1b" not in seen.raw
    assert answers(tmp_path) == {
        "behov.varfor": Given("En rad."),
        "behov.kort": Skipped("Senare"),
        "behov.krav": Given("lag"),
    }


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_the_append_only_face_keeps_lines_when_it_is_stopped(tmp_path, how):
    seen = asking(tmp_path, "behov", "--enkel")
    seen.see(WHY)
    seen.send("rad ett\n")
    seen.see("rad ett")
    drafts = tmp_path / "state" / "utkast"
    while not list(drafts.glob("*.json")):
        assert seen._take()
    # Python sees a signal that comes just before a blocking read only after it: people press again.
    # A program that has said that it ends is let be, for a signal kills one that is on its way out.
    for _ in range(20):
        with suppress(ProcessLookupError):
            os.kill(seen.child.pid, how)
        pressed = time.monotonic()
        while (
            (listens := seen._take()) and "är sparat" not in seen.shown() and time.monotonic() < pressed + 2
        ):
            pass
        if not listens or "är sparat" in seen.shown():
            break
    seen.see("Allt du har svarat är sparat")
    assert seen.ends() == 130
    again = asking(tmp_path, "behov", "--enkel")
    again.see("Ni hann skriva det här")
    again.type_lines("j", "")
    again.send(":s\n")
    again.ends()
    assert answers(tmp_path) == {"behov.varfor": Given("rad ett")}


PASTED = "Ring chefen.\n.\n:b\n:s\n\nTack!"


def test_lines_pasted_in_the_append_only_face_are_text(tmp_path):
    seen = asking(tmp_path, "behov", "--enkel")
    seen.see(WHY)
    seen.send(f"{PASTED}\n")
    seen.see("6 rader klistrades in. Tryck Enter, och avsluta sedan med en rad som bara har en punkt.")
    seen.type_lines("Det var allt.", ".")
    seen.see(SHORT)
    seen.send("En mening\n:s\nsom fort")
    seen.see("Raderna blir en: En mening :s Tryck Enter tills nästa fråga kommer.")
    seen.type_lines("sätter", "")
    seen.see(DEMAND)
    seen.send("2\n1\n")
    seen.see("Fel: Flera rader kom på en gång. Skriv ett svar i taget.")
    seen.send(":s\n")
    assert seen.ends() == 0
    assert b"\x1b" not in seen.raw
    assert answers(tmp_path) == {
        "behov.varfor": Given("Ring chefen.\\\n.\\\n:b\\\n:s\n\nTack!\\\nDet var allt."),
        "behov.kort": Given("En mening :s som fortsätter"),
    }


@pytest.mark.parametrize("plain", [True, False])
def test_bytes_that_are_not_utf_8_are_refused_where_they_are_typed(tmp_path, plain):
    write(tmp_path, varfor=Given("x"))
    seen = asking(tmp_path, "behov", *(["--enkel"] if plain else []))
    seen.see(SHORT)
    seen.child.send("Räksmörgås".encode("latin-1") + (b"\n" if plain else b"\r"))
    seen.see("Texten är inte i teckenkodningen UTF-8")
    assert "behov.kort" not in answers(tmp_path)
    seen.send(LEAVE)
    seen.ends()


@pytest.mark.parametrize("columns", [100, 40])
def test_a_row_left_in_the_middle_of_a_word_goes_on_in_that_field(tmp_path, columns):
    write(
        tmp_path,
        **{key: Given("x") for key in ("varfor", "kort")},
        krav=Given("nej"),
        utlosare=Given(("lag",)),
    )
    seen = asking(tmp_path, columns=columns)
    seen.answer("Namn", "Nya", ENTER)
    seen.answer("Antal", "6")
    seen.see("> 6")
    seen.send(LEAVE)
    seen.see("Ett halvfärdigt svar väntar")
    assert seen.ends() == 130
    again = asking(tmp_path, columns=columns)
    again.see("Ni fortsätter i Nya.")
    again.answer("Ta med det?", "j")
    again.answer("Antal", "2", ENTER)
    again.answer("Namn Lämna tomt om det inte är fler.", LEAVE)
    again.ends()
    assert answers(tmp_path)["behov.malgrupper"] == GROUPS


def test_a_menu_of_rows_keeps_its_table_when_the_window_changes_and_a_killed_copy_goes_on(tmp_path):
    groups = Given((Row("1", {"namn": "Nya", "antal": 62}), Row("2", {"namn": "Chefer", "antal": 5})))
    write(tmp_path, malgrupper=groups)
    seen = asking(tmp_path, columns=90)
    seen.asks(WHY)
    seen.send(MAP)
    seen.answer("Vilken fråga vill ni till?", "5", ENTER)
    seen.see("Rad Antal")
    seen.asks("Vad vill du göra?")
    for columns in (40, 70, 45, 90):
        seen.child.setwinsize(40, columns)
        seen.screen.resize(40, columns)
    seen.answer("Vad vill du göra?", "5")
    seen.answer("Vilken vill du kopiera?", "1")
    seen.answer("Namn", "Vikarier", ENTER)
    seen.asks("Antal")
    seen.child.kill(signal.SIGKILL)
    seen.ends()
    assert answers(tmp_path)["behov.malgrupper"].value[1] == Row("3", {"namn": "Vikarier", "antal": 62})
    again = asking(tmp_path, columns=90)
    again.see("Ni fortsätter i Vikarier.")
    again.answer("Antal", "\x7f\x7f7", ENTER)
    again.answer("Vad vill du göra?", LEAVE)
    again.ends()
    assert answers(tmp_path)["behov.malgrupper"].value[1] == Row("3", {"namn": "Vikarier", "antal": 7})


def test_a_half_typed_text_is_shown_and_saved_elsewhere_when_drafts_cannot_be_kept(tmp_path):
    (tmp_path / "state").write_text("ingen mapp")
    seen = asking(tmp_path)
    seen.see("Obs: halvskrivna texter kan inte sparas")
    seen.answer(WHY, "rad ett", ENTER, "rad två", LEAVE)
    seen.see("Den halvskrivna texten går inte att spara till nästa gång. Här är den:")
    seen.answer("Vad vill du göra?", "1")
    seen.answer("Vad ska filen heta?", ENTER)
    seen.see("Texten är sparad i")
    seen.see("Avbrutet. Allt du har svarat är sparat.")
    assert "väntar" not in seen.shown()
    assert seen.ends() == 130
    assert (tmp_path / "halvskriven-text.txt").read_text("utf-8") == "rad ett\nrad två\n"
