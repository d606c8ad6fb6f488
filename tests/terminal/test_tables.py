"""A table copied from Excel and pasted on a real pty, with brackets as terminals paste it, and in plain lines."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from small import SMALL
from utbildningsprocess.dossier import document
from utbildningsprocess.model import AnswerSheet, Given, Row

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
if sys.platform != "win32":
    from terminal.screens import LEAVE, SAVE, SHIFT_TAB, TAB, asking

LINES = ["Namn\tAntal\tSkift\tOrt", '"Nya, dag\nonatt"\t25\tnatt\tÖ', "Chefer\t4\tdag\tÅ", "Äldre\t30\t\t"]
EXCEL = "".join(f"{line}\r" for line in [*LINES, "\t\t\t"]).replace("\n", "\r")
ROWS = (
    Row("1", {"namn": "Först"}),
    Row("2", {"namn": "Nya, dag\nonatt", "antal": 25}),
    Row("3", {"namn": "Chefer", "antal": 4}),
    Row("4", {"namn": "Äldre", "antal": 30}),
)
GROUPS, WAY = "behov.malgrupper", "Vad vill du göra?"


def ready(folder) -> None:
    """A dossier of Behov in which the groups are the first question to ask."""
    text = "<!-- utb:dossier 1 -->\n\n# Trygg start\n\n## Behov\n\n## Koncept\n"
    text = document.open_stage(text, AnswerSheet(SMALL, {}), "behov")
    given = {"varfor": "Klart", "kort": "Klart", "krav": "nej", "utlosare": ("annat",)}
    for key, value in given.items():
        text = document.with_answer(text, SMALL, f"behov.{key}", Given(value))
    (folder / "trygg.md").write_text(text, "utf-8")


def saved(folder):
    answer = document.read((folder / "trygg.md").read_text("utf-8"), SMALL).answers.get(GROUPS)
    return answer.value if isinstance(answer, Given) else ()


def test_a_table_from_excel_is_shown_and_saved_only_after_a_yes(tmp_path):
    ready(tmp_path)
    seen = asking(tmp_path)
    seen.answer("Namn", "Först", TAB)
    seen.answer("Antal", "7", f"\x1b[200~{EXCEL}\x1b[201~")
    seen.see("Tabellen har 3 rader och 4 kolumner, delade med tabb. Första raden är rubriker.")
    seen.see("Kolumnen ”Skift” och kolumnen ”Ort” hör inte till något fält och tas inte med.")
    assert saved(tmp_path) == ROWS[:1]
    seen.answer(WAY, "2")
    seen.answer("Antal", f"\x1b[200~{EXCEL}\x1b[201~")
    assert saved(tmp_path) == ROWS[:1]
    seen.see("1. Lägg till 3 rader", times=1)
    seen.answer(WAY, "1")
    seen.see("Raderna är tillagda. Ni fortsätter i Rad 1.")
    assert saved(tmp_path) == ROWS
    seen.answer("Antal", TAB)
    seen.answer("Namn Lämna tomt om det inte är fler.", SHIFT_TAB)
    seen.see("Det här finns nu:")
    assert saved(tmp_path) == (Row("1", {"namn": "Först", "antal": 7}), *ROWS[1:])
    seen.send(LEAVE)
    assert seen.ends() == 130


def test_a_table_that_is_shown_when_the_process_is_killed_is_saved_nowhere_and_waits(tmp_path):
    ready(tmp_path)
    seen = asking(tmp_path)
    seen.answer("Namn", f"\x1b[200~{EXCEL}\x1b[201~")
    seen.asks(WAY)
    os.kill(seen.child.pid, signal.SIGKILL)
    seen.ends()
    assert saved(tmp_path) == ()
    again = asking(tmp_path)
    again.see("Chefer 4 dag Å Äldre 30")
    again.answer("Ta med det?", "n")
    again.answer("Namn", LEAVE)
    assert again.ends() == 130
    assert saved(tmp_path) == ()


def test_forty_lines_pasted_in_a_long_text_stay_text(tmp_path):
    seen = asking(tmp_path)
    lines = [f"Rad {number}; och mer" for number in range(40)]
    seen.answer("Varför vill ni göra den här insatsen?", f"\x1b[200~{chr(13).join(lines)}\x1b[201~")
    seen.see("Rad 39; och mer")
    seen.send(SAVE)
    seen.answer("Hur låter det i en mening?", LEAVE)
    seen.ends()
    text = document.read((tmp_path / "trygg.md").read_text("utf-8"), SMALL).answers["behov.varfor"].value
    assert text.split("\\\n") == lines


def test_a_table_in_plain_lines_is_shown_in_words_without_a_control_byte(tmp_path):
    ready(tmp_path)
    seen = asking(tmp_path, "behov", "--enkel")
    seen.see("Namn")
    seen.type_lines("Först")
    seen.see("Antal")
    seen.send("\n".join(LINES) + "\n")
    seen.see("Det ser ut som en tabell med 5 rader. Tryck Enter tills den visas.")
    seen.type_lines("")
    seen.see("2. Nej, lägg inte till något")
    assert saved(tmp_path) == ROWS[:1]
    seen.type_lines("1")
    seen.see("Det här finns nu:")
    assert saved(tmp_path) == ROWS
    seen.type_lines(":s")
    assert seen.ends() == 0
    assert b"\x1b" not in seen.raw
