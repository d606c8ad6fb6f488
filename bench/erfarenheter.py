"""How well lessons that come back meet situations and searches that were judged before anything was measured.

    python bench/erfarenheter.py            the figures of every file in tests/cases/erfarenheter
    python bench/erfarenheter.py --steg     also by stage
    python bench/erfarenheter.py FIL --visa also each question, what is shown for it, and the grade of that

A question where something fits gives nDCG@3 (Järvelin and Kekäläinen, "Cumulated gain-based evaluation of IR
techniques", 2002) with gain 2^grade - 1; one where nothing fits gives 1 for silence, else 0.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from utbildningsprocess.lessons.meeting import MOST_SUGGESTED, Meeting
from utbildningsprocess.lessons.model import Earlier, EarlierLesson, Recalled, Situation
from utbildningsprocess.lessons.searching import Search
from utbildningsprocess.lessons.titles import nearly_called
from utbildningsprocess.swedish import slug

CASES = Path(__file__).parent.parent / "tests" / "cases" / "erfarenheter"
TUNED = ("oppna", "oppna-omskriven", "egna-stalla")
STAGES = ("behov", "analys", "koncept")
HELD_OUT = ("egna-undan", "nya", "egna-sista")
"""No weight may be chosen by these."""

Raw = Mapping[str, Any]


class Outcome(NamedTuple):
    """What one question gave."""

    question: Raw
    hits: Sequence[Recalled]

    @property
    def grades(self) -> list[int]:
        """The grades of what is shown."""
        judged = self.question["relevanta"]
        return [judged.get(hit.lesson.key, 0) for hit in self.hits[:MOST_SUGGESTED]]

    @property
    def score(self) -> float:
        """From 0 to 1."""
        judged: list[int] = sorted(self.question["relevanta"].values(), reverse=True)
        return gain(self.grades) / gain(judged[:MOST_SUGGESTED]) if judged else float(not self.hits)


def gain(grades: Iterable[int]) -> float:
    """What a list of grades is worth, less for what stands further down."""
    return sum((float(2**grade) - 1) / math.log2(place + 2) for place, grade in enumerate(grades))


def load(name: str) -> Raw:
    """One file of judged cases, with its initiatives."""
    data: dict[str, Any] = yaml.safe_load((CASES / f"{name}.yaml").read_text(encoding="utf-8"))
    if source := data.get("initiativ_ur"):
        data["initiativ"] = yaml.safe_load((CASES / source).read_text(encoding="utf-8"))["initiativ"]
    return data


def situation(raw: Raw, why: str = "varfor") -> Situation:
    """A situation as a file has it; an obstacle is called by its id."""
    return Situation(
        title=raw["titel"],
        groups=tuple(raw["malgrupper"]),
        problem=raw[why],
        causes={each: each for each in raw.get("orsaker", ())},
        statements={each: each for each in raw.get("hinder", ())},
        activities=tuple(activity["vad"] for activity in raw.get("aktiviteter", ())),
    )


def earlier(data: Raw) -> list[Earlier]:
    """The earlier initiatives of a file."""
    return [
        Earlier(
            name=raw["id"],
            situation=situation(raw, "problem"),
            lessons=tuple(
                EarlierLesson(lesson["id"], lesson.get("typ", ""), lesson["text"], lesson.get("galler", ""))
                for lesson in raw["lardomar"]
            ),
            goals=tuple(raw["larandemal"]),
            keywords=tuple(raw.get("nyckelord", ())),
        )
        for raw in data["initiativ"]
    ]


def situations(name: str) -> list[Outcome]:
    """What each situation of a file gives."""
    data = load(name)
    meeting = Meeting(earlier(data))
    return [Outcome(raw, meeting.suggestions(situation(raw))) for raw in data["situationer"]]


def searches(name: str) -> list[Outcome]:
    """What each search of a file gives, in the order it is shown."""
    data = load(name)
    search = Search(earlier(data))
    return [Outcome(raw, search.find(raw["fraga"]).in_order) for raw in data["sokningar"]]


def mean(outcomes: Iterable[Outcome], chosen: Callable[[Raw], bool] = lambda _: True) -> float:
    """The mean of some outcomes, which is what the files are compared by."""
    scores = [outcome.score for outcome in outcomes if chosen(outcome.question)]
    return sum(scores) / len(scores) if scores else math.nan


def _is_analysed(question: Raw) -> bool:
    """Whether something fits, and the obstacles are known."""
    return question["steg"] != "behov" and bool(question["relevanta"])


def _by_stage(name: str, met: Sequence[Outcome]) -> str:
    """What somebody is told at each stage. At Behov no obstacle is known, and only titles are compared."""
    titles = [slug(raw["titel"]) for raw in load(name)["initiativ"]]
    at = {stage: [each for each in met if each.question["steg"] == stage] for stage in STAGES}
    need = at["behov"]
    figures = [f"{stage} {mean(at[stage]):.2f} av {len(at[stage])}" for stage in STAGES]
    fits = sum(bool(outcome.question["relevanta"]) for outcome in need)
    told = sum(bool(outcome.hits) for outcome in need)
    near = sum(bool(nearly_called(outcome.question["titel"], titles)) for outcome in need)
    shown = f"i behov passar något i {fits}, visas lärdomar i {told} och nämns en titel i {near}"
    return f"  {', '.join(figures)}; {shown}"


def _shown(outcome: Outcome) -> Iterator[str]:
    question = outcome.question
    yield f"\n{question['id']} {question.get('titel') or question['fraga']}: {outcome.score:.2f}"
    for grade, hit in zip(outcome.grades, outcome.hits, strict=False):
        reasons = "; ".join((*hit.reasons.obstacles, *hit.reasons.words))
        yield f"    {grade}  {hit.lesson.key} {hit.score:.2f}  {hit.lesson.text[:60]}  | {reasons}"
    shown = [hit.lesson.key for hit in outcome.hits[:MOST_SUGGESTED]]
    missed = [
        key for key, grade in question["relevanta"].items() if grade == max(question["relevanta"].values())
    ]
    if missed := [key for key in missed if key not in shown]:
        yield f"    missade: {', '.join(missed)}"


def main() -> None:
    """Prints the figures."""
    for name in [each for each in sys.argv[1:] if not each.startswith("--")] or (*TUNED, *HELD_OUT):
        met, found = situations(name), searches(name)
        silent = mean(met, lambda question: not question["relevanta"])
        print(
            f"{name:<18} situationer {mean(met):.2f}  (efter analys {mean(met, _is_analysed):.2f},"
            f" tyst {silent:.2f})  sökningar {mean(found):.2f}"
        )
        if "--steg" in sys.argv:
            print(_by_stage(name, met))
        if "--visa" in sys.argv:
            print("\n".join(line for outcome in (*met, *found) for line in _shown(outcome)))


if __name__ == "__main__":
    main()
