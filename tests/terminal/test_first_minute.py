"""The first minute with the program on a pty: what somebody who has just come is asked and shown."""

from __future__ import annotations

import os
import sys

import pytest

from utbildningsprocess.steps import STEPS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
if sys.platform != "win32":
    from terminal.screens import ENTER, LEAVE, LEFT, MAP, PASS, SAVE, Terminal

WANTED = "Vad vill du göra?"
CASES, ESTHER, SHARE, TRIED = (
    "Vilka verklighetsnära fall eller situationer används?",
    "Har någon med Esthers erfarenhet påverkat innehållet?",
    "Hur stor del av den gemensamma tiden är deltagarna aktiva? (procent)",
    "Vilka har provkört, och vad ändrade ni?",
)
MORE = "Enter visar mer."
HEADINGS = "<!-- utb:dossier 1 -->\n\n# {}\n\n" + "\n\n".join(f"## {step.name}" for step in STEPS) + "\n"


def utb(folder, *arguments, **size) -> Terminal:
    (folder / ".git").mkdir(exist_ok=True)
    return Terminal("-m", "utbildningsprocess", *arguments, folder=folder, **size)


@pytest.mark.parametrize("plain", [False, True], ids=["terminal", "enkel"])
def test_alone_in_an_empty_folder_it_asks_what_is_wanted_and_does_it(tmp_path, plain):
    enter = ENTER if plain else ""
    seen = utb(tmp_path, *(["--enkel"] if plain else []), rows=24)
    seen.see("Inget just nu")
    seen.send("4", enter).see("6. Uppföljning")
    seen.see("Inget just nu")
    seen.send("1", enter)
    if not plain:
        seen.see(MORE)
        assert "1. Behov" not in seen.shown()
        seen.send(ENTER).see(MORE)
        seen.send("s", ENTER).see(WANTED)
    else:
        seen.see("Resultat: M6: ej mätt")
        seen.see("5. Inget just nu")
    assert (tmp_path / "utb-exempel" / "svar.yaml").exists()
    seen.send("3", enter).see("Vad ska insatsen heta?")
    seen.send("Trygg start", ENTER).see("Sedan 13 frågor i Behov: ungefär 12 minuter")
    seen.send(LEAVE)
    assert seen.ends() == 130, seen.shown()
    assert (tmp_path / "insatser" / "trygg-start.md").exists()


def test_whoever_wants_nothing_or_leaves_gets_their_terminal_back(tmp_path):
    for key, code in (("5", 0), (LEAVE, 130)):
        seen = utb(tmp_path)
        seen.see("Inget just nu")
        seen.send(key)
        assert seen.ends() == code
    assert not (tmp_path / "insatser").exists()


def test_a_method_is_picked_from_a_list_and_read_a_screen_at_a_time(tmp_path):
    seen = utb(tmp_path, "metod", rows=30)
    seen.see("Vilken metod vill du läsa om?")
    seen.send("1", ENTER).see(MORE)
    assert "Källor" not in seen.shown()
    seen.send(ENTER).see("Källor")
    assert seen.ends() == 0


def test_the_list_of_methods_can_be_left(tmp_path):
    seen = utb(tmp_path, "metod")
    seen.see("Vilken metod vill du läsa om?")
    seen.send(LEAVE)
    assert seen.ends() == 0


def test_the_guide_notices_what_is_tried_and_leaves_nothing_behind(tmp_path):
    temporary = tmp_path / "tmp"
    temporary.mkdir()
    seen = Terminal("-m", "utbildningsprocess", "guide", folder=tmp_path, TMPDIR=str(temporary))
    seen.see("Guiden: Skriv några ord")
    assert len(list(temporary.iterdir())) == 1
    seen.answer(CASES, "Ett fall", SAVE)
    seen.see("Guiden: Bra. Svara inte än")
    seen.answer(ESTHER, LEFT)
    seen.see("Guiden: Bra. Svaret står kvar.")
    seen.answer(CASES, " till", SAVE)
    seen.see("Guiden: Bra. Säg nu att ni inte vet än")
    seen.answer(ESTHER, PASS)
    seen.answer(f"Hur vill du göra med frågan ”{ESTHER}”", "2")
    seen.answer("Vem kan veta? (Tomt går bra.)", "Chefen", ENTER)
    seen.see("Guiden: Bra. Öppna kartan")
    seen.answer(SHARE, MAP)
    seen.answer("Vilken fråga vill ni till?", ENTER)
    seen.see("Guiden: Bra. Där syntes vad som är besvarat.")
    seen.answer(SHARE, "80", ENTER)
    seen.see("Guiden: Bra. Fyll i en rad")
    seen.answer("Roll", "Läkare", ENTER)
    seen.answer("Granskat", "12 mars", ENTER)
    seen.answer("Gäller till", "2027", ENTER)
    seen.answer("Roll Lämna tomt om det inte är fler.", ENTER)
    seen.see("Guiden: Bra. Skriv en halv mening")
    seen.answer(TRIED, "En halv men", LEAVE)
    seen.answer("Ta med det?", "J")
    seen.see("Guiden: Bra. Du är tillbaka")
    seen.answer(TRIED, "ing", SAVE)
    seen.see("Guiden: Bra. Det här är genomgången")
    seen.answer("Så här ser svaren ut. Välj en fråga för att ändra svaret.", ENTER)
    seen.answer("Vill du se vad svaren i Analys pekar på?", "N")
    seen.answer("Vill du se ett dokument som görs av svaren: Inbjudan?", "N")
    seen.see("Kopian är borttagen.")
    assert seen.ends() == 0
    assert list(temporary.iterdir()) == []
    assert not list((tmp_path / "state").rglob("*.json"))
    assert not (tmp_path / "utb-exempel").exists()


def test_the_guide_goes_on_with_whoever_does_something_else_and_can_be_left(tmp_path):
    seen = Terminal("-m", "utbildningsprocess", "guide", folder=tmp_path)
    seen.see("Guiden: Skriv några ord")
    seen.answer(CASES, "Ett fall", SAVE)
    seen.see("Svara inte än")
    seen.answer(ESTHER, "4")
    seen.see("Guiden: Öppna kartan")
    seen.answer(SHARE, LEAVE)
    seen.see("Guiden slutar här. Kopian är borttagen.")
    assert seen.ends() == 130


def test_which_initiative_is_chosen_by_title_step_and_date_the_latest_first(tmp_path):
    (tmp_path / "insatser").mkdir()
    reason = "## Behov\n\n<!-- utb:behov.varfor -->\n\nDärför\n\n<!-- /utb:behov.varfor -->"
    for place, (name, title) in enumerate([("gammal", "Den gamla"), ("senast", "Den senaste")]):
        path = tmp_path / "insatser" / f"{name}.md"
        path.write_text(HEADINGS.format(title).replace("## Behov", reason), encoding="utf-8")
        os.utime(path, (1_700_000_000 + place * 100,) * 2)
    seen = utb(tmp_path, "diagnos", columns=60)
    seen.see("Vilken insats gäller det?")
    seen.see("1. Den senaste (Behov)")
    seen.see("2. Den gamla (Behov)")
    seen.send("2")
    assert seen.ends() == 0
