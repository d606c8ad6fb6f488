"""How long people wait, as ratios within one run: `python bench/run.py [--rounds N] [--rivals FOLDER …]`.

P is `python -c pass` in the same environment. Every job is run once in each round, so that a busy
machine slows all of them alike; the table shows medians. Run it with the Python that utb is
installed in. Rivals are run where they are installed, beside this Python or in the folders given.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from functools import partial
from itertools import count, cycle
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import pexpect

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

CURSOR_REPORT = b"\x1b[1;1R"
ENTER, DONE = b"\r", b"\x13"
TITLE = "Ett initiativ som mäts"
ANSWERS = 4
PARAGRAPH = "Ett stycke ur en dossier, så som människor skriver.\n\n"
SIZES = {"25 KB": 25_000, "100 KB": 100_000}

Times = dict[str, list[float]]


class Target(NamedTuple):
    """What a job is measured against, and how much of it is allowed."""

    job: str
    base: str
    most: float

    @property
    def limit(self) -> str:
        return f"<= {self.most:g} ms" if self.base == "ms" else f"<= {self.most:g} {self.base}"


TARGETS = (
    Target("utb --version", "P", 7),
    Target("utb --help", "P", 7),
    Target("utb, completion in bash", "P", 8),
    Target("utb ny, first question on a pty", "P", 11),
    Target("utb ny, answer to next question", "P", 0.6),
    Target("a whole dossier read", "its blocks parsed", 1.2),
    *(Target(f"save of {size}", f"overwrite of {size}", 4) for size in SIZES),
)
IN_MILLISECONDS = re.compile("answer|overwrite|parsed|read")
"""Jobs that are no start-up: a ratio to P would say nothing."""
RIVALS = {"copier": "copier", "cookiecutter": "cookiecutter", "commitizen": "cz"}


# --------------------------------------------------------------- start-up


def timed(job: Callable[[], object]) -> float:
    """The time a job takes, in milliseconds."""
    start = time.perf_counter()
    job()
    return (time.perf_counter() - start) * 1000


def run(command: Sequence[str], folder: Path, variables: Mapping[str, str] = MappingProxyType({})) -> None:
    """Runs a command to its end; its output goes nowhere."""
    subprocess.run(
        command,
        cwd=folder,
        env=os.environ | variables,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=True,
    )


def start_ups(
    utb: str, rivals: Mapping[str, str], folder: Path
) -> Iterator[tuple[str, Callable[[], object]]]:
    """The commands that answer without asking anything."""
    completion = {"_UTB_COMPLETE": "complete_bash", "_UTB_LINE": "utb st"}
    yield "P", partial(run, [sys.executable, "-c", "pass"], folder)
    yield "utb --version", partial(run, [utb, "--version"], folder)
    yield "utb --help", partial(run, [utb, "--help"], folder)
    yield "utb, completion in bash", partial(run, [utb], folder, completion)
    for name, program in rivals.items():
        option = "version" if name == "commitizen" else "--version"
        yield f"{name} --version", partial(run, [program, option], folder)
        yield f"{name} --help", partial(run, [program, "--help"], folder)


# --------------------------------------------------------- a conversation


class Conversation:
    """A program on a pseudo-terminal that answers like one."""

    def __init__(self, command: Sequence[str], folder: Path) -> None:
        self.start = time.perf_counter()
        self.child = pexpect.spawn(
            command[0],
            list(command[1:]),
            cwd=str(folder),
            dimensions=(40, 100),
            timeout=20,
        )
        self.child.delaybeforesend = None
        self.seen = b""

    def wait_for(self, text: str) -> float:
        """Waits until the text has been shown since the last key; gives the milliseconds since then."""
        wanted = text.encode()
        while wanted not in self.seen:
            chunk = self.child.read_nonblocking(65_536, timeout=20)
            if b"\x1b[6n" in chunk:
                self.child.send(CURSOR_REPORT)
            self.seen += chunk
        return (time.perf_counter() - self.start) * 1000

    def settle(self) -> None:
        """Reads what is still on its way, as a person does before the next key."""
        deadline = time.perf_counter() + 0.3  # a key that comes sooner belongs to the question before
        while time.perf_counter() < deadline:
            try:
                chunk = self.child.read_nonblocking(65_536, timeout=0.05)
            except pexpect.TIMEOUT:
                continue
            if b"\x1b[6n" in chunk:
                self.child.send(CURSOR_REPORT)

    def press(self, keys: bytes) -> None:
        """Sends keys, and starts the clock."""
        self.settle()
        self.seen = b""
        self.start = time.perf_counter()
        self.child.send(keys)

    def close(self) -> None:
        self.child.close(force=True)


def utb_conversation(utb: str, folder: Path, times: Times) -> None:
    """`utb ny`: the wait for the title, and from one finished answer to the next question."""
    talk = Conversation([utb, "ny"], folder)
    try:
        times["utb ny, first question on a pty"].append(talk.wait_for("Vad ska insatsen heta?"))
        talk.press(TITLE.encode())
        talk.press(ENTER)
        talk.wait_for("klar ")
        while b", Behov" not in talk.seen:
            talk.press(DONE)  # what is asked of every initiative stays open
            talk.wait_for("klar ")
        for number in range(1, ANSWERS + 1):
            answer = f"Svar nummer {number} på den här frågan."
            talk.press(answer.encode())
            talk.press(DONE)
            times["utb ny, answer to next question"].append(talk.wait_for(f"{number + 1} av"))
            if not any(answer in path.read_text(encoding="utf-8") for path in folder.glob("insatser/*.md")):
                raise SystemExit(f"the next question came before the answer was saved: {answer}")
    finally:
        talk.close()


def rival_conversation(name: str, program: str, folder: Path, times: Times) -> None:
    """The same wait in a program of the same kind, with two questions of text."""
    command, first, second = _rival_session(name, program, folder)
    talk = Conversation(command, folder)
    try:
        times[f"{name}, first question on a pty"].append(talk.wait_for(first))
        talk.press(b"alfa")
        talk.press(ENTER)
        times[f"{name}, answer to next question"].append(talk.wait_for(second))
    finally:
        talk.close()


def _rival_session(name: str, program: str, folder: Path) -> tuple[list[str], str, str]:
    template = folder / "mall"
    template.mkdir()
    if name == "copier":
        (template / "copier.yml").write_text("firstthing: {type: str}\nsecondthing: {type: str}\n", "utf-8")
        return [program, "copy", str(template), str(folder / "ny")], "firstthing", "secondthing"
    (template / "{{cookiecutter.firstthing}}").mkdir()
    (template / "cookiecutter.json").write_text('{"firstthing": "a", "secondthing": "b"}', "utf-8")
    return [program, str(template), "-o", str(folder)], "firstthing", "secondthing"


# ------------------------------------------------------------------ saving


def saves(folder: Path, times: Times, turns: int) -> None:
    """A plain overwrite and a durable save by turns, of two sizes: each is given text, changed every time."""
    for size, length in SIZES.items():
        text = (PARAGRAPH * length).encode()[:length].decode(errors="ignore")
        plain = partial(next, plain_saves(folder / f"plain-{length}.md", text))
        bare = partial(next, bare_saves(folder / f"bare-{length}.md", text))
        durable = partial(next, durable_saves(folder / f"dossier-{length}.md", text))
        for _ in range(turns):
            times[f"overwrite of {size}"].append(timed(plain))
            times[f"bare overwrite that survives a power cut, {size}"].append(timed(bare))
            times[f"save of {size}"].append(timed(durable))


def answers(utb: str, folder: Path, times: Times, turns: int) -> None:
    """The work on the text before a save, in the example and in a long dossier."""
    run([utb, "exempel"], folder)
    example = next(folder.glob("utb-exempel/insatser/*.md")).read_text(encoding="utf-8")
    reads(example, folder, times, turns)
    notes = "\n## Egna anteckningar\n\n" + PARAGRAPH * (75_000 // len(PARAGRAPH))
    for text in (example, example + notes):
        changed = new_texts(text, folder)
        for _ in range(turns):
            times[f"one answer into {len(text) // 1000} KB, not saved"].append(timed(partial(next, changed)))


def reads(text: str, folder: Path, times: Times, turns: int) -> None:
    """A whole dossier read for the first time, and one parse of its blocks, by turns."""
    from utbildningsprocess.battery import load_battery
    from utbildningsprocess.dossier import document, markers
    from utbildningsprocess.files.roots import battery_texts, find_root
    from utbildningsprocess.markdown import outline

    battery = load_battery(battery_texts(find_root(folder)))
    document.read(text, battery)
    for _ in range(turns):
        times["its blocks parsed"].append(timed(partial(outline, text)))
        markers.scan.cache_clear()
        markers.piece_outline.cache_clear()
        document.decode_cached.cache_clear()
        document.read.cache_clear()
        times["a whole dossier read"].append(timed(partial(document.read, text, battery)))


def plain_saves(path: Path, text: str) -> Iterator[str]:
    """Overwrites a file with two texts by turns, one for each step."""
    for content in cycle((text, text.upper())):
        path.write_text(content, encoding="utf-8", newline="")
        yield content


def bare_saves(path: Path, text: str) -> Iterator[str]:
    """The least that survives a power cut, without a check or a lock: what the disk itself asks for."""
    temp = path.with_suffix(".tmp")
    for content in cycle((text, text.upper())):
        with temp.open("w", encoding="utf-8", newline="") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        temp.replace(path)
        descriptor = os.open(path.parent, os.O_RDONLY)
        os.fsync(descriptor)
        os.close(descriptor)
        yield content


def durable_saves(path: Path, text: str) -> Iterator[str]:
    """Saves two texts by turns, one for each step."""
    from utbildningsprocess.files.dossier_file import save

    fingerprint = None
    for content in cycle((text, text.upper())):
        fingerprint = save(path, content, fingerprint, path.parent)
        yield fingerprint


def new_texts(text: str, folder: Path) -> Iterator[str]:
    """The dossier with one answer changed, another one for each step."""
    from utbildningsprocess.battery import load_battery
    from utbildningsprocess.dossier.document import with_answer
    from utbildningsprocess.files.roots import battery_texts, find_root
    from utbildningsprocess.model import Given

    battery = load_battery(battery_texts(find_root(folder)))
    for number in count(1):
        text = with_answer(text, battery, "behov.varfor", Given(f"Svar nummer {number}."))
        yield text


# ------------------------------------------------------------------- table


def measure(utb: str, rivals: Mapping[str, str], rounds: int, folder: Path) -> Times:
    """Every job, once a round."""
    times: Times = defaultdict(list)
    jobs = list(start_ups(utb, rivals, folder))
    for _, job in jobs:
        job()
    for _ in range(rounds):
        for name, job in jobs:
            times[name].append(timed(job))
        utb_conversation(utb, Path(tempfile.mkdtemp(dir=folder)), times)
        for name in rivals.keys() - {"commitizen"}:
            rival_conversation(name, rivals[name], Path(tempfile.mkdtemp(dir=folder)), times)
    saves(folder, times, rounds * 20)
    answers(utb, folder, times, rounds * 3)
    return times


def table(times: Times) -> Iterator[str]:
    """One line a job: its median, its ratio, and its target where it has one."""
    medians = {name: statistics.median(values) for name, values in times.items()}
    targets = {target.job: target for target in TARGETS}
    yield f"{'job':44}{'median':>11}{'ratio':>8}  {'target':26}verdict"
    for name in sorted(medians, key=lambda name: name not in {"P", *targets}):
        target = targets.get(name, Target(name, "ms" if IN_MILLISECONDS.search(name) else "P", math.inf))
        measure = medians[name] / medians.get(target.base, 1)
        ratio = f"{measure:.1f}" if target.base in medians else ""
        verdict = (
            f"{target.limit:26}{'met' if measure <= target.most else 'MISSED'}" if name in targets else ""
        )
        yield f"{name:44}{medians[name]:8.2f} ms{ratio:>8}  {verdict}".rstrip()


def installed(names: Mapping[str, str], folders: Sequence[Path]) -> dict[str, str]:
    """The programs that are to be found, by name."""
    path = os.pathsep.join(map(str, [Path(sys.executable).parent, *folders]))
    paths = {name: shutil.which(program, path=path) for name, program in names.items()}
    return {name: program for name, program in paths.items() if program}


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--rounds", type=int, default=15)
    parser.add_argument("--rivals", type=Path, nargs="*", default=[], help="folders with their programs")
    chosen = parser.parse_args()
    utb = installed({"utb": "utb"}, []).get("utb") or sys.exit("utb is not installed beside this Python")
    rivals = installed(RIVALS, chosen.rivals)
    with tempfile.TemporaryDirectory() as folder:
        as_a_person(Path(folder))
        print("\n".join(table(measure(utb, rivals, chosen.rounds, Path(folder)))))
    if missing := RIVALS.keys() - rivals.keys():
        print(f"\nnot installed here: {', '.join(sorted(missing))}")


def as_a_person(folder: Path) -> None:
    """Sets the environment of a person at a terminal: byte code is cached, and nothing is set for utb."""
    for name in list(os.environ):
        if name.startswith(("UTB_", "_UTB_")) or name in (
            "PYTHONDONTWRITEBYTECODE",
            "ACCESSIBLE",
            "NO_COLOR",
        ):
            del os.environ[name]
    os.environ |= {"TERM": "xterm-256color", "LANG": "C.UTF-8", "UTB_STATE_DIR": str(folder / "state")}


if __name__ == "__main__":
    main()
