"""How long a list of many initiatives takes, as ratios within one run: `python bench/portfolj.py [ANTAL …]`.

P is `python -c pass` in the same environment. For each number, 1 000 unless others are given, so many
dossiers of 20–30 KB are made in a folder of their own. The first list finds nothing kept and is run once;
the others, and searching the same bytes with `rg` or `git grep` where they are, once in each round.
"""

from __future__ import annotations

import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROUNDS = 7
USUAL = (1_000,)
SEED = 26
LETTERS = "bcdfghjkmnpqrstvwxz"
WORDS = [
    "handledning",
    "natt",
    "larm",
    "schema",
    "övning",
    "trygghet",
    "rapport",
    "uppföljning",
    "avdelning",
    "rutin",
    "möte",
    "kollega",
]
SMALLEST, LARGEST = 20_000, 30_000
SEARCHED = "finns ingenstans"
MOST = {"utb lista": 15, "utb lista, nothing kept": 100}
"""In P, for a thousand."""


def timed(job: Callable[[], object]) -> float:
    """The time a job takes, in milliseconds."""
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def run(command: Sequence[str], folder: Path) -> None:
    """Runs a command to its end; its output goes nowhere. A search that finds nothing ends with 1."""
    variables = {**os.environ, "UTB_STATE_DIR": str(folder / "tillstand")}
    done = subprocess.run(
        command, cwd=folder, env=variables, stdin=subprocess.DEVNULL, capture_output=True, check=False
    )
    if done.returncode not in (0, 1):
        raise SystemExit(done.stderr.decode("utf-8", "replace"))


def make(folder: Path, number: int) -> None:
    """So many dossiers that differ in title, dates, roles and length."""
    chance = random.Random(SEED)  # noqa: S311  texts, not secrets
    run(["git", "init", "-q"], folder)
    run([sys.executable, "-m", "utbildningsprocess", "exempel"], folder)
    (example,) = (folder / "utb-exempel" / "insatser").glob("*.md")
    text = example.read_text(encoding="utf-8")
    shutil.rmtree(folder / "utb-exempel")
    (folder / "insatser").mkdir()
    title = next(line for line in text.splitlines() if line.startswith("# "))
    identity = text.partition("<!-- insats: ")[2].partition(" ")[0]
    for place in range(number):
        varied = text.replace(title, f"# {chance.choice(WORDS).capitalize()} {place}", 1)
        varied = varied.replace(identity, "".join(chance.choices(LETTERS, k=10)), 1)
        for year in range(2025, 2029):
            varied = varied.replace(f"{year}-", f"{year + chance.randrange(-1, 2)}-")
        size = chance.randrange(SMALLEST, LARGEST)
        while len(varied.encode()) < size:
            varied += f"\n{' '.join(chance.choices(WORDS, k=60))}\n"
        (folder / "insatser" / f"insats-{place:05}.md").write_text(varied, encoding="utf-8")


def jobs(folder: Path) -> dict[str, Callable[[], object]]:
    """What is run in each round."""
    utb = [sys.executable, "-m", "utbildningsprocess"]
    lines = {
        "P": [sys.executable, "-c", "pass"],
        "utb --version": [*utb, "--version"],
        "utb lista": [*utb, "lista"],
        "utb lista --format json": [*utb, "lista", "--format", "json"],
        "utb lista --sok": [*utb, "lista", "--sok", SEARCHED],
        "rg": ["rg", "-i", SEARCHED, "insatser"],
        "git grep": ["git", "grep", "--no-index", "-i", SEARCHED, "--", "insatser"],
    }
    return {name: partial(run, line, folder) for name, line in lines.items() if shutil.which(line[0])}


def measured(number: int) -> dict[str, float]:
    """The medians, in milliseconds, for so many dossiers."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, number)
        every = jobs(folder)
        first = timed(every["utb lista"])
        times: dict[str, list[float]] = {job: [] for job in every}
        for _ in range(ROUNDS):
            for job, work in every.items():
                times[job].append(timed(work))
        medians = {job: statistics.median(taken) for job, taken in times.items()}
        kept = sum(file.stat().st_size for file in (folder / "tillstand").glob("utraknat-*"))
        sys.stdout.write(f"\n{number} dossiers; {kept / 1e6:.1f} MB is kept of them\n")
        return {**medians, "utb lista, nothing kept": first}


def main(numbers: Sequence[int]) -> None:
    """Prints a table for each number of dossiers."""
    for number in numbers:
        medians = measured(number)
        sys.stdout.write(f"{'job':<28}{'ms':>9}{'P':>8}{'target':>9}\n")
        for job, milliseconds in medians.items():
            target = f"<= {MOST[job]}" if job in MOST and number == USUAL[0] else ""
            ratio = milliseconds / medians["P"]
            sys.stdout.write(f"{job:<28}{milliseconds:>9.1f}{ratio:>8.1f}{target:>9}\n")


if __name__ == "__main__":
    main([int(number) for number in sys.argv[1:]] or USUAL)
