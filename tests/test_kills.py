"""Killed at any moment, the program has lost no confirmed answer and left a whole file."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time

import pytest

from utbildningsprocess.battery import load_battery
from utbildningsprocess.dossier.document import read
from utbildningsprocess.files.roots import battery_texts, find_root
from utbildningsprocess.model import Given

TEXT_QUESTIONS = ["vem_vill", "varfor", "uppna_losa", "omfattas", "esther"]
LATEST = 0.015
"""Seconds after a confirmation: long enough to fall before, in and after the next save."""


def killed_session(folder, number: int, rng: random.Random) -> int:
    """How many answers the program said it had saved before it was killed at some moment."""
    typed = "".join(f"Svar {name} i omgång {number} – åäö\n.\n" for name in TEXT_QUESTIONS)
    process = subprocess.Popen(
        [sys.executable, "-m", "utbildningsprocess", "steg", "behov", "larm", "--enkel", "--alla"],
        cwd=folder,
        # A state of its own: a draft left by the kill before would be offered, and the answers asked for fewer.
        env={**os.environ, "UTB_STATE_DIR": str(folder / f"state-{number}"), "PYTHONIOENCODING": "utf-8"},
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    process.stdin.write(typed.encode())
    process.stdin.close()
    wanted, confirmed = rng.randrange(len(TEXT_QUESTIONS) + 1), 0
    while confirmed < wanted and (line := process.stderr.readline()):
        confirmed += line == b"Sparat.\n"
    time.sleep(rng.uniform(0, LATEST))
    process.kill()
    confirmed += process.stderr.read().count(b"Sparat.\n")
    process.wait()
    process.stderr.close()
    return confirmed


@pytest.mark.parametrize(
    ("seed", "kills"),
    [(0, 5), *(pytest.param(seed, 50, marks=pytest.mark.experiment) for seed in (1, 2))],
)
def test_every_confirmed_answer_survives_a_kill(tmp_path, record_property, seed, kills):
    battery = load_battery(battery_texts(find_root(tmp_path)))
    start = [sys.executable, "-m", "utbildningsprocess", "ny", "Larm", "--enkel"]
    subprocess.run(start, cwd=tmp_path, input=b"\n", capture_output=True, check=False)
    path = tmp_path / "insatser" / "larm.md"
    rng = random.Random(seed)  # noqa: S311  moments, not secrets
    counts = []
    for number in range(kills):
        before = read(path.read_text("utf-8"), battery).answers
        confirmed = killed_session(tmp_path, number, rng)
        dossier = read(path.read_text("utf-8"), battery)
        assert dossier.problems == ()
        for place, name in enumerate(TEXT_QUESTIONS):
            new, old = Given(f"Svar {name} i omgång {number} – åäö"), before.get(f"behov.{name}")
            allowed = (new,) if place < confirmed else (new, old)
            assert dossier.answers.get(f"behov.{name}") in allowed
        counts.append(confirmed)
    record_property("kills", f"{kills}, after {sum(counts)} confirmed answers, of which none was lost")
    assert len(set(counts)) > 1, "every kill fell in the same place: the test shows nothing"
