"""What whole talks cost: keys, screens, bytes and waits, beside the first release: `python bench/samtal.py`.

A typist (`typist.py`) answers two whole initiatives on a pseudo-terminal, in this program and in the first
release, with the same answers: those that both can ask for. P is `python -c pass` in the same run.

A screen is a time the program waits with a new question or page; a row that is seen whole is one. A key
is a letter or one press. Texts cost the same letters everywhere, so the keys beside them are told apart.
"sheet" is the same typist with the rows of larger groups in a sheet, who pastes them as a table.
Other wizards (`rivals.py`) are set beside it where their programs are found: they cannot ask for rows.
"""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import yaml

from pty_terminal import Terminal
from rivals import PROGRAMS, plain_answers, rival_talk, variables_of_person
from run import as_a_person, installed, run, timed
from typist import Stroke, Tally, Typist

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

ROOT = Path(__file__).parent.parent
FIRST_RELEASE = "f8bed93"
INITIATIVES = {"exempel": ROOT / "questions" / "exempel.yaml", "skola": ROOT / "tests/cases/goda/skola.yaml"}
"""The example that is shipped, and a judged case of another kind."""
STAGES = ("behov", "analys", "koncept", "produktion", "genomforande", "uppfoljning")
MOST_P50, MOST_P99, MOST_BYTES = 0.6, 1.8, 400
HALF = 0.5


class Release(NamedTuple):
    """A release of the program: where its source is, and whether Tab leads on within a row."""

    name: str
    source: Path
    tabs: bool
    tables: bool = False
    """Whether its typist pastes the rows of a group, as from a sheet."""

    def battery(self) -> list[dict[str, Any]]:
        """Its questions, each with its stage."""
        questions = []
        for path in sorted((self.source / "questions").glob("[0-6]-*.yaml")):
            read = yaml.safe_load(path.read_text(encoding="utf-8"))
            questions += [{**question, "stage": read["steg"]} for question in read["fragor"]]
        return questions

    def command(self, *words: str) -> list[str]:
        """The program with some words, as it is run here."""
        return [sys.executable, "-m", "utbildningsprocess", *words]


def answers_of(path: Path) -> tuple[str, dict[str, Any]]:
    """The title of an answers file, and its answers by address."""
    read = yaml.safe_load(path.read_text(encoding="utf-8"))
    facts = {f"om.{key}": value for key, value in read["initiativ"].items()}
    answers = {
        f"{stage}.{key}": value for stage, given in read["svar"].items() for key, value in given.items()
    }
    return str(facts.pop("om.titel")), facts | answers


def shared(plan: Mapping[str, Any], batteries: Sequence[Iterable[Mapping[str, Any]]]) -> dict[str, Any]:
    """The answers that every battery can take: its questions, fields, statements and options."""
    kept = dict(plan)
    for battery in batteries:
        known = {f"{question['stage']}.{question['id']}": question for question in battery}
        kept = {qid: _taken(known[qid], value) for qid, value in kept.items() if qid in known}
    return {qid: value for qid, value in kept.items() if value not in (None, [], {})}


def _taken(item: Mapping[str, Any], value: Any) -> Any:
    """What an item can take of a value."""
    options = {option["id"] for option in item.get("alternativ", ()) if not option.get("utgar")}
    if "falt" in item:
        fields = {field["id"]: field for field in item["falt"]}
        return [
            {key: _taken(fields[key], cell) for key, cell in row.items() if key in fields} for row in value
        ]
    if "pastaenden" in item:
        statements = {known["id"] for known in item["pastaenden"]}
        return {key: option for key, option in value.items() if key in statements and option in options}
    if isinstance(value, list) and options:
        return [key for key in value if key in options]
    return value if not options or str(value) in options else None


def talk(release: Release, title: str, plan: Mapping[str, Any], folder: Path) -> Tally:
    """An initiative typed from its first question to its last."""
    folder.mkdir()
    variables = {
        **variables_of_person(),
        "PYTHONPATH": str(release.source / "src"),
        "UTB_STATE_DIR": str(folder / "state"),
    }
    tally = Tally()
    typist = Typist(release.battery(), plan, tally, tabs=release.tabs, tables=release.tables)
    done: list[str] = []
    while missing := [stage for stage in STAGES if stage not in done]:
        words = ["ny", title] if not done else ["steg", missing[0]]
        typed = " ".join(["utb", words[0], f'"{title}"' if not done else missing[0]])
        typist.stage = missing[0]
        tally.add(
            missing[0], Stroke(len(typed) + 1, is_text=False, is_single=False, milliseconds=0, painted=0)
        )
        terminal = Terminal(release.command(*words), folder, variables)
        typist.talk(terminal)
        if code := terminal.close():
            raise SystemExit(
                f"{release.name}: utb {words[0]} ended with {code}:\n" + "\n".join(terminal.lines())
            )
        done = [stage for stage in STAGES if stage in done or stage in tally.screens]
    return tally


def released(folder: Path) -> Release | None:
    """The first release, taken out of the history; None where that is not at hand."""
    archive = subprocess.run(["git", "archive", FIRST_RELEASE], cwd=ROOT, capture_output=True, check=False)
    if archive.returncode:
        return None
    folder.mkdir()
    subprocess.run(["tar", "-x", "-C", str(folder)], input=archive.stdout, check=True)
    return Release("first", folder, tabs=False)


# ------------------------------------------------------------------- table


class Cost(NamedTuple):
    """What a part of a talk has cost."""

    letters: int
    keys: int
    """Presses beside the letters of the answers."""
    screens: int
    painted: int


def cost(tally: Tally, stages: Sequence[str]) -> Cost:
    """The cost of some stages of a talk."""
    strokes = [stroke for stage in stages for stroke in tally.strokes.get(stage, [])]
    return Cost(
        sum(stroke.keys for stroke in strokes if stroke.is_text),
        sum(stroke.keys for stroke in strokes if not stroke.is_text),
        sum(tally.screens.get(stage, 0) for stage in stages),
        sum(stroke.painted for stroke in strokes),
    )


def table(name: str, tallies: Mapping[str, Tally]) -> Iterator[str]:
    """A line for each stage and for the whole, each release beside the others."""
    yield ""
    columns = "".join(
        f"{f'{release}: letters':>15}{'keys':>7}{'screens':>9}{'bytes':>10}" for release in tallies
    )
    yield f"{name:16}{columns}"
    for title, stages in {**{stage: (stage,) for stage in STAGES}, "all": ("start", "om", *STAGES)}.items():
        costs = [cost(tally, stages) for tally in tallies.values()]
        yield f"{title:16}" + "".join(
            f"{told.letters:15}{told.keys:7}{told.screens:9}{told.painted:10}" for told in costs
        )


def beside_rivals(
    programs: Mapping[str, str], answers: Sequence[tuple[str, str]], ours: Tally, unit: float, folder: Path
) -> Iterator[str]:
    """What a screen of Behov costs: here with its choices and rows, in other wizards an answer in words."""
    yield f"\n{'a screen of Behov':24}{'keys beside':>12}{'bytes':>8}{'p50':>9}{'p99':>9}"
    tallies = {"now": ours}
    for name, program in programs.items():
        (folder / name).mkdir()
        tallies[name] = rival_talk(name, program, answers, folder / name)
    for name, tally in tallies.items():
        told, times = cost(tally, ["behov"]), key_times(tally, ["behov"], unit)
        screens = max(told.screens, 1)
        yield (
            f"{name:24}{told.keys / screens:12.1f}{told.painted / screens:8.0f}"
            f"{times[49]:7.2f} P{times[98]:7.2f} P"
        )


def verdict(name: str, measured: float, most: float, unit: str = "") -> str:
    """A line with what was measured, its target and whether it is met."""
    told = "met" if measured <= most else "MISSED"
    return f"{name:60}{measured:10.2f} {unit:5}  {f'<= {most:g} {unit}':18}{told}".rstrip()


def _singles(tally: Tally, stages: Iterable[str]) -> list[Stroke]:
    """The keys of some stages that were pressed one by one and painted something."""
    strokes = (stroke for stage in stages for stroke in tally.strokes.get(stage, ()))
    return [stroke for stroke in strokes if stroke.is_single and stroke.painted]


def key_times(tally: Tally, stages: Iterable[str], unit: float) -> list[float]:
    """The percentiles 1 to 99 of the time from key to paint, in P."""
    return statistics.quantiles(
        (stroke.milliseconds / unit for stroke in _singles(tally, stages)), n=100, method="inclusive"
    )


def waits(tally: Tally, unit: float) -> Iterator[str]:
    """The time from key to paint, and what a key paints: of the keys that were pressed one by one."""
    times = key_times(tally, tally.strokes, unit)
    yield verdict("from key to paint, p50", times[49], MOST_P50, "P")
    yield verdict("from key to paint, p99", times[98], MOST_P99, "P")
    letters = sorted(stroke.painted for stroke in _singles(tally, tally.strokes) if stroke.is_text)
    yield f"{'bytes painted by a letter, p50':60}{statistics.median(letters):10.0f}"
    yield verdict("bytes painted by a letter, most", letters[-1], MOST_BYTES)


def ratios(tallies: Mapping[str, Tally], plan: Mapping[str, Any]) -> Iterator[str]:
    """Koncept beside the first release."""
    now, first = (cost(tally, ["koncept"]) for tally in (tallies["now"], tallies["first"]))
    rows = f"{len(plan['koncept.aktiviteter'])} activities, {len(plan['koncept.matt'])} measures"
    yield verdict(f"Koncept ({rows}), keys beside letters", now.keys / first.keys, HALF, "first")
    all_now, all_first = now.keys + now.letters, first.keys + first.letters
    yield f"{'  with the letters of the answers':60}{all_now / all_first:10.2f} first"
    sheet = cost(tallies["sheet"], ["koncept"])
    yield verdict("  the same with a sheet at hand", sheet.keys / first.keys, HALF, "first")
    yield verdict(f"Koncept ({rows}), screens", now.screens / first.screens, HALF, "first")


def main() -> None:
    """Types and prints."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "initiatives", nargs="*", choices=[[], *INITIATIVES], help="which to type; both if none"
    )
    parser.add_argument("--rivals", type=Path, nargs="*", default=[], help="folders with their programs")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        as_a_person(folder)
        print("P is the time of `python -c pass`.")
        first = released(folder / "first")
        if first is None:
            print(
                f"The first release ({FIRST_RELEASE}) is not in the history here: its columns are left out."
            )
        now = Release("now", ROOT, tabs=True)
        releases = [now, now._replace(name="sheet", tables=True), *([first] if first else [])]
        for initiative in chosen.initiatives or INITIATIVES:
            title, answers = answers_of(INITIATIVES[initiative])
            plan = shared(answers, [release.battery() for release in releases])
            tallies = {
                release.name: talk(release, title, plan, folder / f"{initiative}-{release.name}")
                for release in releases
            }
            rivals = installed(PROGRAMS, chosen.rivals)
            units = [timed(lambda: run([sys.executable, "-c", "pass"], folder)) for _ in range(21)]
            unit = statistics.median(units)
            print("\n".join([*table(initiative, tallies), *waits(tallies["now"], unit)]))
            if first:
                print("\n".join(ratios(tallies, plan)))
            words = plain_answers(now.battery(), plan)
            place = folder / f"{initiative}-rivals"
            place.mkdir()
            print("\n".join(beside_rivals(rivals, words, tallies["now"], unit, place)))


if __name__ == "__main__":
    main()
