"""Put aside with Ctrl-Z and called back, the program leaves the terminal as the shell had it, and takes it again."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs job control")
if sys.platform != "win32":
    from terminal.screens import ASKING, ENTER, LEAVE, SAVE, Terminal

SHELL = "import os; os.execvp('sh', ['sh', '-i'])"
ASIDE = "\x1a"


def modes(shell: Terminal, file: Path) -> str:
    """How the terminal treats keys, as the shell finds it."""
    shell.send(f"stty -a > {file.name}; echo {file.name} är skrivet\r")
    shell.see(f"{file.name} är skrivet", times=2)
    return file.read_text("utf-8")


def test_a_conversation_put_aside_gives_the_terminal_back_and_takes_it_again(tmp_path):
    shell = Terminal("-c", SHELL, folder=tmp_path, columns=300, PS1="skal> ")
    shell.see("skal>")
    before = modes(shell, tmp_path / "fore")
    shell.send(f"{sys.executable} {ASKING} trygg.md behov\r")
    shell.answer("Varför vill ni göra den här insatsen?", "Det behövs", SAVE)
    shell.answer("Hur låter det i en mening?", "Trygg start", ENTER)
    shell.answer("Finns det ett krav?", ASIDE)
    shell.see("skal>", times=3)
    assert modes(shell, tmp_path / "undan") == before
    shell.send("fg\r")
    shell.answer("Finns det ett krav?", "2")
    shell.answer("Vilket krav?", "Arbetsmiljölagen", SAVE)
    shell.answer("Varför just nu?", LEAVE)
    shell.see("Allt du har svarat är sparat")
    shell.see("skal>", times=5)
    assert modes(shell, tmp_path / "efter") == before
    assert "Arbetsmiljölagen" in (tmp_path / "trygg.md").read_text("utf-8")
    shell.send("exit\r")
    shell.ends()


def test_the_shell_gets_its_terminal_back_without_half_a_line(tmp_path):
    shell = Terminal("-c", SHELL, folder=tmp_path, columns=300, PS1="skal> ")
    shell.see("skal>")
    before = modes(shell, tmp_path / "fore")
    shell.send(f"{sys.executable} {ASKING} trygg.md behov --enkel\r")
    shell.see("Varför vill ni göra den här insatsen?")
    shell.send("halv", ASIDE)
    shell.see("skal>", times=3)
    assert modes(shell, tmp_path / "undan") == before
    shell.send("fg\r")
    shell.see("trygg.md behov --enkel", times=2)
    shell.type_lines("Larmen kommer sent")
    shell.send("halv", LEAVE)
    shell.see("skal>", times=5)
    assert modes(shell, tmp_path / "efter") == before
    shell.send("echo slut\r")
    shell.see("skal> echo slut")
    shell.send("exit\r")
    shell.ends()
