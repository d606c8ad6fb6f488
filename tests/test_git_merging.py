"""The merge that git asks for: over random histories it never ends clean with less than both sides have said."""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from making import BATTERY, ROOT
from test_merges import BESIDE, NAME, POINTING, WORDS, Branch
from utbildningsprocess.addresses import DEVIATIONS, GOALS
from utbildningsprocess.answers.rows import given_rows, row_key
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import open_stage, read, with_answer
from utbildningsprocess.dossier.first_lines import with_first_lines
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.dossier.mend.sides import sides_of
from utbildningsprocess.dossier.merging.bodies import NotProven
from utbildningsprocess.dossier.merging.clashes import Labels
from utbildningsprocess.dossier.merging.merge import Terms, merged_dossier
from utbildningsprocess.dossier.merging.three_ways import Said
from utbildningsprocess.files.git_merge import merged_by_git
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet, Battery, Given, Kind, given_value
from utbildningsprocess.work.git_merging import merge_for_git

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from utbildningsprocess.model import Question

    Merge = Callable[..., str]

TEXTS = ("behov.varfor", "behov.signal")
RENUMBERED = re.compile(r"####|- \*\*(Tränar|Aktiv|Regel)")
"""The lines of rows that may get another id, and of what points at them."""
TWICE = " igen"
"""After the name of a row that has the same name as one before it."""
LISTS = tuple(asked.qid for asked in BATTERY.questions() if asked.kind is Kind.LIST)[:1]
CHOSEN = tuple(asked.qid for asked in BATTERY.questions() if asked.kind is Kind.MULTIPLE)[:1]
STATEMENTS = tuple(asked.qid for asked in BATTERY.questions() if asked.kind is Kind.STATEMENTS)
SEVERAL = Battery(
    tuple(
        stage.model_copy(
            update={
                "questions": tuple(
                    asked
                    for asked in stage.questions
                    if asked.qid in (*WORDS, *TEXTS, *LISTS, *CHOSEN, *STATEMENTS)
                )
            }
        )
        for stage in BATTERY.stages
    )
)


class Person(Branch):
    """Changes rows, and now and then another answer or the text around the answers."""

    battery = SEVERAL

    def change(self) -> None:
        if self.chance.randrange(5) < 3:
            super().change()
            return
        way = self.chance.choice([*TEXTS, *LISTS, *CHOSEN, *STATEMENTS, "title", "note"])
        if way == "title":
            self.text = self.text.replace("\n# ", f"\n# {self._word()} ", 1)
        elif way == "note":
            self.text = self.text.replace("\n## Koncept\n", f"\n{self._word()}\n\n## Koncept\n", 1)
        else:
            self._answer(SEVERAL.question(way))

    def _answer(self, question: Question | None) -> None:
        assert question
        earlier = given_value(read(self.text, SEVERAL).answers.get(question.qid))
        value: object = self._word()
        if question.kind is Kind.STATEMENTS:
            key = self.chance.choice(question.statements).id
            before = earlier if isinstance(earlier, dict) else {}
            value = {**before, key: self.chance.choice(question.options).id}
        elif question.kind in (Kind.LIST, Kind.MULTIPLE):
            items = list(earlier) if isinstance(earlier, tuple) else []
            new = self.chance.choice(question.options).id if question.options else self._word()
            if items and self.chance.randrange(2):
                items.pop(self.chance.randrange(len(items)))
            value = tuple(dict.fromkeys([*items, new]))
        self.text = with_answer(self.text, SEVERAL, question.qid, Given(value))  # type: ignore[arg-type]

    def _word(self) -> str:
        return "ord" + "".join(self.chance.choices("abcdefghij", k=8))


# --------------------------------------------------------- what must be said


def told(text: str) -> dict[tuple[str, ...], object]:
    """Everything that a text says, in small pieces that each can be changed alone.

    A row is known by the name that stands in its words, and what it points at by the name of that row.
    """
    dossier = read(text, SEVERAL)
    answers = dossier.answers
    called = {
        (qid, row_key(SEVERAL.question(qid), row)): _name(str(row.values.get(words, "")))  # type: ignore[arg-type]
        for qid, words in WORDS.items()
        for row in given_rows(answers, qid)
    }
    things: dict[tuple[str, ...], object] = {("title",): dossier.title}
    for qid, words in WORDS.items():
        for row in given_rows(answers, qid):
            name = _name(str(row.values.get(words, "")))
            name += TWICE * ((qid, name) in things)
            things[qid, name] = True
            things[qid, name, "beside"] = row.values.get(BESIDE.get(qid, ""), "")
            things[qid, name, "meant"] = str(row.values.get(words, ""))
            source, key = _target(qid, row.values)
            things[qid, name, "points"] = key and called.get((source, key), "nowhere")
    for qid, answer in answers.items():
        value = given_value(answer)
        if qid in TEXTS:
            things[qid,] = value
        elif isinstance(value, dict):
            things |= {(qid, key): option for key, option in value.items()}
        elif isinstance(value, tuple) and qid not in WORDS:
            things |= {(qid, str(item)): True for item in value}
    for number, line in dossier.outside_lines():
        if line.startswith("ord"):
            things["note", line] = number > 0
    return {key: thing for key, thing in things.items() if thing}


def _name(words: str) -> str:
    return next(iter(NAME.findall(words)), words)


def _target(qid: str, values: Mapping[str, object]) -> tuple[str, str]:
    if qid == DEVIATIONS:
        return GOALS, str(values.get("regel", "")).removeprefix("R14 ")
    field, source = POINTING.get(qid, ("", ""))
    value = values.get(field, "")
    return source, str(value[0] if isinstance(value, tuple) and value else value or "")


def missed(base: str, ours: str, theirs: str, result: str) -> list[str]:
    """What a result without conflicts says less or otherwise than both sides have made of the base."""
    before, mine, yours, after = _before(base), told(ours), told(theirs), told(result)
    wrong = []
    for row in [key for key in after if key[-1].endswith(TWICE)]:
        _forget_if_both_stand((row[0], row[1].removesuffix(TWICE)), before, mine, yours, after)
    for key in {**before, **mine, **yours, **after}:
        values = before.get(key), mine.get(key), yours.get(key)
        wanted = values[2] if values[1] == values[0] else values[1]
        if key[-1] == "points" and "nowhere" in (*values, after.get(key)):
            continue  # the row that it means was taken away on the way
        if values[1] != values[2] and values[0] not in values[1:]:
            wrong.append(f"{key}: chose among {values}")
        elif after.get(key) != wanted:
            wrong.append(f"{key}: {after.get(key)!r} and not {wanted!r}")
    rows = [key for key in before if len(key) > 1 and (*key, "meant") in before]
    for row in rows:
        sides = [_of_row(side, row) for side in (mine, yours)]
        if [] in sides and max(sides) not in ([], _of_row(before, row)):
            wrong.append(f"{row}: taken away, and changed")
    return wrong


def _forget_if_both_stand(row: tuple[str, ...], *versions: dict[tuple[str, ...], object]) -> None:
    """Forgets a row that came to both by different roads, if it stands as each of them has it."""
    before, mine, yours, after = versions
    twin = (row[0], row[1] + TWICE)
    stand = [[_of_row(after, row), _of_row(after, twin)], [_of_row(mine, row), _of_row(yours, row)]]
    if row not in before and stand[0] == stand[1]:
        for things in versions:
            for key in [key for key in things if key[:2] in (row, twin)]:
                del things[key]


def _before(base: str) -> dict[tuple[str, ...], object]:
    """What stood before; what was a conflict then is like nothing that anyone says now."""
    sides = sides_of(base)
    if sides is None:
        return told(base)
    mine, yours = told(sides.ours), told(sides.theirs)
    return {key: mine.get(key) if mine.get(key) == yours.get(key) else object() for key in {**mine, **yours}}


def _of_row(things: Mapping[tuple[str, ...], object], row: tuple[str, ...]) -> list[str]:
    return [f"{key[2:]}: {thing}" for key, thing in things.items() if key[:2] == row and key[-1] != "points"]


# ----------------------------------------------------------------- merging


def by_driver(base: str, ours: str, theirs: str, *, shown: bool = False, descends: bool = True) -> str:
    """The three texts merged answer by answer, as git has it done."""
    labels = Labels("HEAD", "annan", "bas" if shown else None)

    def text_merge(*texts: str) -> str:
        return _by_git(*texts, flags=("--diff3",))

    try:
        return merged_dossier(
            base, ours, theirs, Terms(lambda: SEVERAL, text_merge, labels, descends=descends)
        ).text
    except NotProven:
        return "<<<<<<< not proven\n=======\n>>>>>>> \n" + by_git(base, ours, theirs)


def by_git(base: str, ours: str, theirs: str, **_: bool) -> str:
    """The three texts merged line by line."""
    return _by_git(base, ours, theirs)


def _by_git(*texts: str, flags: Sequence[str] = ()) -> str:
    data = [text.encode() for text in texts]
    return merged_by_git(data[0], data[1], data[2], ("HEAD", "bas", "annan"), *flags)[0].decode()


class Merging(NamedTuple):
    """Three versions to merge, and whether ours has grown out of the base."""

    base: str
    ours: str
    theirs: str
    descends: bool = True


def _start(chance: Random) -> str:
    start = new_dossier(template_text(ROOT, NEW_DOSSIER), "T", AnswerSheet(SEVERAL, {}))
    start = open_stage(start, AnswerSheet(SEVERAL, {}), "avsteg")
    return _changed(with_first_lines(start, "", b"seed"), chance, 14)


def _changed(text: str, chance: Random, most: int = 6) -> str:
    person = Person(text, chance)
    for _ in range(chance.randrange(1, most)):
        person.change()
    return person.text


def merging(merge: Merge, chance: Random) -> list[Merging]:
    """Two branches, merged."""
    base = _start(chance)
    return [Merging(base, _changed(base, chance), _changed(base, chance))]


def rebasing(merge: Merge, chance: Random) -> list[Merging]:
    """A branch of several commits, replayed on another one as far as it goes without conflicts."""
    base = _start(chance)
    ours, done = _changed(base, chance), []
    for _ in range(chance.randrange(1, 5)):
        theirs = _changed(base, chance, 4)
        done.append(Merging(base, ours, theirs, descends=False))
        ours = merge(base, ours, theirs, descends=False)
        if read(ours, SEVERAL).structural_problems:
            break
        base = theirs
    return done


def picking(merge: Merge, chance: Random) -> list[Merging]:
    """A commit of one branch picked to another, and the branches merged after that."""
    base = _start(chance)
    ours, before = _changed(base, chance), _changed(base, chance)
    theirs = _changed(before, chance, 4)
    picked = merge(before, ours, theirs, descends=False)
    done = [Merging(before, ours, theirs, descends=False)]
    if read(picked, SEVERAL).structural_problems:
        return done
    return [*done, Merging(base, _changed(picked, chance, 4), _changed(theirs, chance, 4))]


def crossing(merge: Merge, chance: Random) -> list[Merging]:
    """Two branches that have merged each other, each in their own way, and are merged again."""
    base = _start(chance)
    ours, theirs = _changed(base, chance), _changed(base, chance)
    merged = mended(merge(base, ours, theirs)), mended(merge(base, theirs, ours))
    between = merge(base, ours, theirs)
    return [Merging(between, *(_changed(text, chance, 4) for text in merged))]


HISTORIES = (merging, rebasing, picking, crossing)


def mended(text: str) -> str:
    """The text once the first way of each mend was taken."""
    while read(text, SEVERAL).structural_problems and (mends := proposed_mends(text, SEVERAL)):
        text = mends[0].ways[0].text
    return text


def judged(merge: Merge, versions: Merging) -> tuple[str, list[str]]:
    """What came of a merge, and what was wrong with it, or with what a mend has made of its conflicts."""
    result = merge(*versions[:3], descends=versions.descends)
    problems = [problem.text for problem in read(result, SEVERAL).structural_problems]
    if not problems:
        wrong = missed(*versions[:3], result)
        return ("clean and wrong" if wrong else "clean and right"), wrong
    sides = sides_of(result)
    if sides is None or merge is by_git:
        return ("conflict" if sides else "told"), []
    whole = mended(result)
    lost = [name for name in NAME.findall(sides.ours + sides.theirs) if name not in whole]
    left = [problem.text for problem in read(whole, SEVERAL).structural_problems]
    return "conflict", [*lost, *left]


LONG = [pytest.param(how, 500 if how is merging else 125, marks=pytest.mark.experiment) for how in HISTORIES]


@pytest.mark.parametrize(("history", "count"), [*((how, 6) for how in HISTORIES), *LONG])
def test_no_merge_for_git_ends_clean_with_less_than_both_have_said(history, count, record_property):
    for merge in (by_git, by_driver):
        outcomes = [
            (seed, *judged(merge, versions))
            for seed in range(count)
            for versions in history(merge, Random(seed))  # noqa: S311  a draw, no secret
        ]
        kinds = Counter(kind for _, kind, _ in outcomes)
        record_property(f"{history.__name__} {merge.__name__}, of {len(outcomes)}", dict(kinds))
    assert [(seed, wrong) for seed, _, wrong in outcomes if wrong] == []


def damaged(text: str, chance: Random) -> str:
    """The text with a few lines lost, doubled, moved, put in a list, or come from nowhere."""
    lines = text.split("\n")
    for _ in range(chance.randrange(3)):
        place, away = chance.randrange(len(lines)), chance.randrange(len(lines))
        way = chance.randrange(5)
        if way == 0:
            del lines[place]
        elif way == 1:
            lines.insert(place, lines[away])
        elif way == 2:
            lines[place] = f"* {lines[place]}"
        elif way == 3:
            lines.insert(place, "lös text")
        else:
            lines[place], lines[away] = lines[away], lines[place]
    return "\n".join(lines)


@pytest.mark.parametrize("count", [6, pytest.param(300, marks=pytest.mark.experiment)])
def test_a_merge_of_damaged_files_keeps_every_line_or_has_conflict_lines(count, tmp_path, record_property):
    kinds: Counter[str] = Counter()
    for seed in range(count):
        chance = Random(seed)  # noqa: S311  a draw, no secret
        (versions,) = merging(by_git, chance)
        base, ours, theirs = (damaged(text, chance) for text in versions[:3])
        merged = merge_for_git(
            Said(*(text.encode() for text in (ours, theirs, base))), tmp_path / "x", "", ""
        )
        text = merged.data.decode()
        assert merged.is_clean == ("<<<<<<<" not in text)
        new = {line for line in [*ours.split("\n"), *theirs.split("\n")] if line not in base.split("\n")}
        kept = {line.removeprefix("- ") for line in text.split("\n")}  # loose text in a list is a point of it
        lost = [line for line in new if line.removeprefix("- ") not in kept and not RENUMBERED.match(line)]
        assert not (merged.is_clean and lost)
        kinds["clean" if merged.is_clean else "conflict"] += 1
    record_property(f"of {count} merges of damaged files", dict(kinds))
