"""Somebody, or the system, ends the program in the moments after an answer: it is saved, or kept."""

from __future__ import annotations

import os
import signal
import time

import pytest

from terminal.screens import ENTER, LEAVE, SAVE, asking

LONGEST = 0.15
"""Seconds from a key to the next question, on a slow machine."""
MOMENTS = [LONGEST * step / 11 for step in range(12)]
INTERRUPTED = 130
TEXT = "Larmen kommer sent"
"""Without diacritics, which a draft escapes."""


@pytest.mark.experiment
@pytest.mark.parametrize("moment", MOMENTS, ids=lambda moment: f"{moment * 1000:.0f} ms")
@pytest.mark.parametrize("way", ["key", "SIGINT", "SIGTERM", "SIGHUP"])
@pytest.mark.parametrize("plain", [False, True], ids=["terminal", "enkel"])
def test_an_answer_on_its_way_to_the_file_comes_there(tmp_path, plain, way, moment):
    seen = asking(tmp_path, "behov", *(["--enkel"] if plain else []))
    question = "Varför vill ni göra den här insatsen?"
    if plain:
        seen.see(question)
        seen.send(TEXT, ENTER)
        time.sleep(LONGEST)
        seen.send(".", ENTER)
    else:
        seen.asks(question)
        seen.send(TEXT, SAVE)
    time.sleep(moment)
    if way == "key":
        seen.send(LEAVE)
    else:
        os.kill(seen.child.pid, getattr(signal, way))
    assert seen.ends() == INTERRUPTED
    kept = [path.read_text("utf-8") for path in tmp_path.rglob("*") if path.is_file()]
    assert any(TEXT in text for text in kept)


@pytest.mark.parametrize("typed", ["2\r\x03", "2\r3\x03"], ids=["at once", "with half a line"])
def test_a_line_that_ended_before_the_stop_is_an_answer(tmp_path, typed):
    seen = asking(tmp_path, "behov", "--enkel")
    seen.see("Varför vill ni göra den här insatsen?")
    seen.type_lines(TEXT, ".", "Trygg start")
    seen.see("3. ")
    seen.send(typed)
    assert seen.ends() == INTERRUPTED
    assert "Lag eller föreskrift" in (tmp_path / "trygg.md").read_text("utf-8")
