"""The first minute with the program on a pty: what somebody who has just come is asked and shown."""

from __future__ import annotations

import sys

import pytest

from utbildningsprocess.steps import STEPS

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pty")
if sys.platform != "win32":
    from terminal.screens import ENTER, LEAVE, Terminal

WANTED = "Vad vill du göra?"
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
    seen.send("3", enter).see("6. Uppföljning")
    seen.see("Inget just nu")
    seen.send("1", enter)
    if not plain:
        seen.see(MORE)
        assert "1. Behov" not in seen.shown()
        seen.send(ENTER).see(MORE)
        seen.send("s", ENTER).see(WANTED)
    else:
        seen.see("Resultat: M6: ej mätt")
        seen.see("4. Inget just nu")
    assert (tmp_path / "utb-exempel" / "svar.yaml").exists()
    seen.send("2", enter).see("Vad ska insatsen heta?")
    seen.send("Trygg start", ENTER).see("Sedan 13 frågor i Behov: ungefär 12 minuter")
    seen.send(LEAVE)
    assert seen.ends() == 130
    assert (tmp_path / "insatser" / "trygg-start.md").exists()


def test_whoever_wants_nothing_or_leaves_gets_their_terminal_back(tmp_path):
    for key in ("4", LEAVE):
        seen = utb(tmp_path)
        seen.see("Inget just nu")
        seen.send(key)
        assert seen.ends() == 0
    assert not (tmp_path / "insatser").exists()


def test_which_initiative_is_asked_by_title(tmp_path):
    (tmp_path / "insatser").mkdir()
    for name, title in (("a", "Larma i tid"), ("b", "Trygg start för nya")):
        (tmp_path / "insatser" / f"{name}.md").write_text(HEADINGS.format(title), "utf-8")
    seen = utb(tmp_path, "status")
    seen.see("2. Trygg start för nya")
    seen.send("2").see("Nästa steg: utb steg behov b")
    assert seen.ends() == 0


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
