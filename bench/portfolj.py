"""How long many initiatives take, as ratios within one run: `python bench/portfolj.py [ANTAL …] [--varv N]`.

P is `python -c pass` in the same environment. For each number, 1 000 unless others are given, so many
dossiers of 20–30 KB are made in a folder of their own: they have come to different stages, say things in
different words, and some are broken. What finds nothing kept is run once; the rest, and a search of the same
bytes with `rg` or `git grep` where they are, once in each round. The best time of each job counts, for
others use the machine, too. Checking is measured over 300 of them.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

ROUNDS = 5
USUAL, MANY, CHECKED = 1_000, 10_000, 300
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
BROKEN = 97
"""One in so many lacks the end of an answer."""
NOWHERE, SOMEWHERE = "finns ingenstans", "larm"
NOTHING_KEPT = ", inget sparat"
STEPS = ("analys", "koncept", "produktion", "genomforande", "uppfoljning")
_SENTENCE = re.compile(r"(?m)^([A-ZÅÄÖ][^\n<]{40,}|- \*\*[^*\n]+:\*\* [^\n<]{60,})\.$")
MOST = {
    (USUAL, f"utb lista{NOTHING_KEPT}"): 100,
    (USUAL, "utb lista"): 15,
    (MANY, "utb lista"): 60,
    (MANY, "utb lista --sok (träffar)"): 60,
    (MANY, "utb lista --sok (inga)"): 150,
    (MANY, "utb erfarenheter (träffar)"): 60,
    (MANY, "utb erfarenheter (inga)"): 150,
    (CHECKED, "utb granska"): 20,
}
"""In P, for so many."""
MOST_MEMORY, MOST_KEPT, MOST_CHECKING = 150, 50, 3
"""Megabytes, megabytes, and seconds of computing for 300."""


class Taken(NamedTuple):
    """What a command took: milliseconds by the clock, seconds of computing, and megabytes at most."""

    milliseconds: float
    computing: float
    memory: float


def run(command: Sequence[str], folder: Path) -> Taken:
    """Runs a command to its end; its output goes nowhere. 1 is nothing found, and 3 a broken file."""
    variables = {**os.environ, "UTB_STATE_DIR": str(folder / "tillstand")}
    with tempfile.TemporaryFile() as trouble:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=variables,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=trouble,
        )
        if hasattr(os, "wait4"):
            _, status, used = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            unit = 1e6 if sys.platform == "darwin" else 1e3
            computing, memory = used.ru_utime + used.ru_stime, used.ru_maxrss / unit
        else:
            process.wait()
            computing = memory = float("nan")
        milliseconds = (time.perf_counter() - start) * 1000
        if process.returncode not in (0, 1, 3):
            trouble.seek(0)
            raise SystemExit(trouble.read().decode("utf-8", "replace"))
    return Taken(milliseconds, computing, memory)


def make(folder: Path, number: int) -> None:
    """So many dossiers that differ in title, stage, dates, words and length."""
    chance = random.Random(SEED)  # noqa: S311  texts, not secrets
    run(["git", "init", "-q"], folder)
    run([sys.executable, "-m", "utbildningsprocess", "exempel"], folder)
    (example,) = (folder / "utb-exempel" / "insatser").glob("*.md")
    text = example.read_text(encoding="utf-8")
    shutil.rmtree(folder / "utb-exempel")
    (folder / "insatser").mkdir()
    for place in range(number):
        varied = _varied(text, place, chance)
        (folder / "insatser" / f"insats-{place:05}.md").write_text(varied, encoding="utf-8")


def _varied(text: str, place: int, chance: random.Random) -> str:
    """The example as another initiative might have it, about as long as dossiers are."""
    title = next(line for line in text.splitlines() if line.startswith("# "))
    identity = text.partition("<!-- insats: ")[2].partition(" ")[0]
    varied = text.replace(title, f"# {chance.choice(WORDS).capitalize()} {place}", 1)
    varied = varied.replace(identity, "".join(chance.choices(LETTERS, k=10)), 1)
    for year in range(2025, 2029):
        varied = varied.replace(f"{year}-", f"{year + chance.randrange(-1, 2)}-")
    for step in STEPS[chance.randrange(len(STEPS) + 1) :]:
        varied = re.sub(
            rf"(?s)(<!-- utb:{step}\.(\w+) -->\n).*?(<!-- /utb:{step}\.\2 -->)", r"\1\n\3", varied
        )
    varied = _SENTENCE.sub(lambda said: f"{said[1]}, {chance.choice(WORDS)} {chance.randrange(90)}.", varied)
    size = chance.randrange(SMALLEST, LARGEST)
    while len(varied.encode()) < size:
        varied += f"\n{' '.join(chance.choices(WORDS, k=60))}\n"
    return varied.replace("<!-- /utb:behov.varfor -->\n", "", 1) if place % BROKEN == BROKEN - 1 else varied


def listing_jobs() -> dict[str, list[str]]:
    """What is run in each round over all of them."""
    utb = [sys.executable, "-m", "utbildningsprocess"]
    lines = {
        "P": [sys.executable, "-c", "pass"],
        "utb --version": [*utb, "--version"],
        "utb lista": [*utb, "lista"],
        "utb lista --format json": [*utb, "lista", "--format", "json"],
        "utb lista --sok (träffar)": [*utb, "lista", "--sok", SOMEWHERE],
        "utb lista --sok (inga)": [*utb, "lista", "--sok", NOWHERE],
        "utb erfarenheter (träffar)": [*utb, "erfarenheter", SOMEWHERE],
        "utb erfarenheter (inga)": [*utb, "erfarenheter", "ingenstans"],
        "rg": ["rg", "-i", NOWHERE, "insatser"],
        "git grep": ["git", "grep", "--no-index", "-i", NOWHERE, "--", "insatser"],
    }
    return {name: line for name, line in lines.items() if shutil.which(line[0])}


def checking_jobs() -> dict[str, list[str]]:
    """What is run in each round over 300."""
    return {
        "P": [sys.executable, "-c", "pass"],
        "utb granska": [sys.executable, "-m", "utbildningsprocess", "granska"],
    }


def measure(number: int, jobs: dict[str, list[str]], alone: Sequence[str], rounds: int) -> None:
    """Makes so many dossiers, runs the jobs over them, and prints a table of the best of each."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, number)
        best = {f"{job}{NOTHING_KEPT}": run(jobs[job], folder) for job in alone}
        for _ in range(rounds):
            for job, line in jobs.items():
                taken = run(line, folder)
                best[job] = Taken(*map(min, best.get(job, taken), taken))
        kept = sum(file.stat().st_size for file in (folder / "tillstand").glob("utraknat-*"))
        size = sum(file.stat().st_size for file in (folder / "insatser").iterdir())
    sys.stdout.write(f"\n{number} dossiers, {size / 1e6:.0f} MB; {kept / 1e6:.1f} MB is kept of them")
    sys.stdout.write(f"\n{'job':<40}{'ms':>10}{'P':>8}{'target':>9}{'CPU s':>8}{'MB':>7}\n")
    for job, taken in best.items():
        target = f"<= {MOST[number, job]}" if (number, job) in MOST else ""
        ratio = taken.milliseconds / best["P"].milliseconds
        sys.stdout.write(
            f"{job:<40}{taken.milliseconds:>10.1f}{ratio:>8.1f}{target:>9}"
            f"{taken.computing:>8.2f}{taken.memory:>7.0f}\n"
        )


def main() -> None:
    """Prints a table for each number of dossiers, and one for the checking of 300."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("numbers", nargs="*", type=int, default=[USUAL], metavar="ANTAL")
    parser.add_argument("--varv", type=int, default=ROUNDS, help="rounds; the best of them counts")
    asked = parser.parse_args()
    for number in asked.numbers:
        measure(number, listing_jobs(), ["utb lista", "utb erfarenheter (träffar)"], asked.varv)
    measure(CHECKED, checking_jobs(), ["utb granska"], asked.varv)
    sys.stdout.write(
        f"\ntargets: {MOST_MEMORY} MB of memory and {MOST_KEPT} MB kept at {MANY} dossiers, "
        f"{MOST_CHECKING} s of computing to check {CHECKED} with nothing kept\n"
    )


if __name__ == "__main__":
    main()
