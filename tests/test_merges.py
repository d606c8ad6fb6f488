"""Two branches of a dossier: what merges clean is right, what cannot be is told and mended; no row is lost.

Every row says in its texts which row it is, and what points at it says which row was meant.
"""

from __future__ import annotations

import re
from collections import Counter
from random import Random
from typing import TYPE_CHECKING, NamedTuple

import pytest

from git_repo import git
from making import BATTERY, ROOT
from test_dossier import merged
from utbildningsprocess.addresses import ACTIVITIES, DEVIATIONS, GOALS, OCCASIONS, TARGET_GROUPS
from utbildningsprocess.answers.renames import following
from utbildningsprocess.answers.rows import given_rows, new_row_id, row_key
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import open_stage, read, with_answer
from utbildningsprocess.dossier.first_lines import with_first_lines
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet, Battery, Given, Kind, Row
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.model import Item, Question

WORDS = {GOALS: "kunna", ACTIVITIES: "titel", OCCASIONS: "plats", TARGET_GROUPS: "namn", DEVIATIONS: "skal"}
"""The field of each group that says which row it is."""
BESIDE = {GOALS: "kriterium", OCCASIONS: "ledare_roll", TARGET_GROUPS: "forkunskap", DEVIATIONS: "roll"}
"""A field that is changed, and says of which row it speaks."""
POINTING = {ACTIVITIES: ("mal", GOALS), OCCASIONS: ("aktivitet", ACTIVITIES)}
NAME = re.compile(r"rad[a-z]{6}")
SMALLER = Battery(
    tuple(
        stage.model_copy(
            update={"questions": tuple(asked for asked in stage.questions if asked.qid in WORDS)}
        )
        for stage in BATTERY.stages
    )
)


class Branch:
    """A dossier on one branch, the names of the rows it has, and every id a row has had."""

    def __init__(self, text: str, chance: Random) -> None:
        self.text = text
        self.chance = chance
        self.ids: set[tuple[str, str]] = set()
        self.added: set[str] = set()
        self.removed: set[str] = set()

    def change(self) -> None:
        """Does one thing that people do with rows."""
        qid = self.chance.choice([GOALS, GOALS, ACTIVITIES, OCCASIONS, TARGET_GROUPS, DEVIATIONS])
        sheet = read(self.text, SMALLER).sheet
        rows = list(given_rows(sheet.answers, qid))
        way = self.chance.choice(["add", "add", "first", "remove", "move", "beside", "point"])
        if way in ("add", "first") or not rows:
            self._add(sheet, qid, rows, first=way == "first")
        elif way == "remove":
            row = rows.pop(self.chance.randrange(len(rows)))
            self.removed.add(str(row.values[WORDS[qid]])[:9])
        elif way == "move":
            rows.insert(self.chance.randrange(len(rows)), rows.pop(self.chance.randrange(len(rows))))
        else:
            place = self.chance.randrange(len(rows))
            rows[place] = self._changed(sheet, qid, rows[place], way)
        self.ids |= {(qid, row.id) for row in rows}
        answer = Given(tuple(rows)) if rows else None
        self.text = with_first_lines(with_answer(self.text, SMALLER, qid, answer), self.text, b"")

    def _add(self, sheet: AnswerSheet, qid: str, rows: list[Row], *, first: bool) -> None:
        question = SMALLER.question(qid)
        assert question
        name = "rad" + "".join(self.chance.choices("abcdefghij", k=6))
        self.added.add(name)
        row = Row(new_row_id(question, sheet), {WORDS[qid]: name})
        if qid in POINTING or qid == DEVIATIONS:
            row = self._changed(sheet, qid, row, "point")
        rows.insert(0 if first else len(rows), row)

    def _changed(self, sheet: AnswerSheet, qid: str, row: Row, way: str) -> Row:
        name = str(row.values[WORDS[qid]])[:9]
        if way == "beside" and qid in BESIDE:
            return Row(row.id, {**row.values, BESIDE[qid]: f"{name} {self.chance.randrange(100)}"})
        source = POINTING.get(qid, ("", GOALS))[1]
        targets = given_rows(sheet.answers, source)
        if not targets or qid in (GOALS, TARGET_GROUPS):
            return row
        target = self.chance.choice(targets)
        meant = f"{name} menar {str(target.values[WORDS[source]])[:9]}"
        if qid == DEVIATIONS:
            return Row(row.id, {**row.values, "regel": f"R14 {target.id}", WORDS[qid]: meant})
        key = row_key(SMALLER.question(source), target)  # type: ignore[arg-type]
        pointed = (key,) if qid == ACTIVITIES else key
        return Row(row.id, {**row.values, POINTING[qid][0]: pointed, WORDS[qid]: meant})


def misread(dossier: Dossier) -> list[str]:
    """What stands at another row than it was written for."""
    answers = dossier.answers
    called = {
        (qid, row.id): NAME.findall(str(row.values.get(words, "")))[:1]
        for qid, words in WORDS.items()
        for row in given_rows(answers, qid)
    }
    wrong = []
    for qid, words in WORDS.items():
        for row in given_rows(answers, qid):
            beside = NAME.findall(str(row.values.get(BESIDE.get(qid, ""), "")))
            if beside and beside != called[qid, row.id]:
                wrong.append(f"{qid} {row.id}: {beside} beside {called[qid, row.id]}")
            meant = NAME.findall(str(row.values.get(words, "")))[1:]
            key, source = _points_at(qid, row)
            target = called.get((source, key))
            if meant and key and target is not None and target != meant:
                wrong.append(f"{qid} {row.id}: {key} is {target}, meant {meant}")
    return wrong


def _points_at(qid: str, row: Row) -> tuple[str, str]:
    if qid == DEVIATIONS:
        return str(row.values.get("regel", "")).removeprefix("R14 "), GOALS
    field, source = POINTING.get(qid, ("", ""))
    value = row.values.get(field, "")
    return str(value[0] if isinstance(value, tuple) else value), source


class Outcome(NamedTuple):
    """What came of a merge, what was wrong, and which rows are gone.

    `mended` was reported, and the first way of each mend taken. `mended, told to check` had an id that
    means two rows and is pointed at, which no program can tell apart: the person is asked to look.
    """

    kind: str
    wrong: list[str]
    lost: set[str]


def one_merge(folder: Path, seed: int) -> Outcome:
    chance = Random(seed)  # noqa: S311  a draw, no secret
    template = template_text(ROOT, NEW_DOSSIER)
    start = new_dossier(template, "T", AnswerSheet(SMALLER, {}))
    start = open_stage(start, AnswerSheet(SMALLER, {}), "avsteg")
    base = Branch(with_first_lines(start, "", b"seed"), chance)
    for _ in range(chance.randrange(2, 10)):
        base.change()
    sides = [Branch(base.text, chance), Branch(base.text, chance)]
    for side in sides:
        for _ in range(chance.randrange(1, 5)):
            side.change()
    folder.mkdir()
    text = merged(folder, base.text, sides[0].text, sides[1].text)
    dossier = read(text, SMALLER)
    standing = (base.added - base.removed) | sides[0].added | sides[1].added
    standing -= sides[0].removed | sides[1].removed
    kind = "clean"
    if dossier.structural_problems:
        text, told = mended(text)
        dossier = read(text, SMALLER)
        told_to_check = any("Se efter" in what for what in told)
        kind = "mended, told to check" if told_to_check else "mended"
    lost = {name for name in standing if f":** {name}" not in text}
    wrong = [] if kind == "mended, told to check" else misread(dossier)
    wrong += [problem.text for problem in dossier.structural_problems]
    if kind == "clean":
        wrong += _reused(dossier, base.ids | sides[0].ids | sides[1].ids)
    said = str({qid: given_rows(dossier.answers, qid) for qid in WORDS})
    wrong += [f"{name} is not read" for name in standing if name not in said]
    return Outcome("wrong" if wrong else kind, wrong, lost)


def mended(text: str) -> tuple[str, list[str]]:
    """The text once the first way of each mend was taken, and what the mends said."""
    told = []
    while read(text, SMALLER).structural_problems and (mends := proposed_mends(text, SMALLER)):
        told.append(mends[0].what)
        text = mends[0].ways[0].text
    return text, told


def _reused(dossier: Dossier, ids: set[tuple[str, str]]) -> list[str]:
    """The ids of rows to come that another row has had."""
    coming = [(qid, new_row_id(SMALLER.question(qid), dossier.sheet)) for qid in WORDS]  # type: ignore[arg-type]
    return [f"{qid}: {row_id} again" for qid, row_id in coming if (qid, row_id) in ids]


@pytest.mark.parametrize("count", [25, pytest.param(250, marks=pytest.mark.experiment)])
def test_rows_changed_on_two_branches_merge_right_or_are_told_and_mended(tmp_path, count, record_property):
    outcomes = [one_merge(tmp_path / str(seed), seed) for seed in range(count)]
    kinds = Counter(outcome.kind for outcome in outcomes)
    record_property(f"of {count} merges of rows", dict(kinds))
    assert [outcome.wrong for outcome in outcomes if outcome.wrong] == []
    assert [outcome.lost for outcome in outcomes if outcome.lost] == []


# ------------------------------------------------------- rows known by name

POOL = ("Chefer", "Läkare", "Teamet", "Nya", "Natt")


def change_names(text: str, chance: Random) -> str:
    """Adds a group or a goal, gives a group another name, or points a goal at a group.

    The field beside says which group it is, and each goal which group was meant.
    """
    sheet = read(text, SMALLER).sheet
    groups, goals = (list(given_rows(sheet.answers, qid)) for qid in (TARGET_GROUPS, GOALS))
    names = [str(row.values["namn"]) for row in groups]
    free = [name for name in POOL if name not in names]
    way = chance.choice(["add", "rename", "rename", "goal", "goal", "point"])
    if way in ("add", "rename") and not free:
        return text
    given: dict[str, Given]
    if way == "add" or not groups:
        mark = "".join(chance.choices("abcdefghij", k=6))
        given = {TARGET_GROUPS: Given((*groups, Row("", {"namn": free[0], "forkunskap": mark})))}
    elif way == "rename":
        place = chance.randrange(len(groups))
        groups[place] = Row(groups[place].id, {**groups[place].values, "namn": chance.choice(free)})
        given = {TARGET_GROUPS: Given(tuple(groups))}
    else:
        meant = chance.choice(groups)
        values = {"malgrupp": str(meant.values["namn"]), "kriterium": str(meant.values["forkunskap"])}
        if way == "goal" or not goals:
            question = SMALLER.question(GOALS)
            assert question
            goals.append(Row(new_row_id(question, sheet), {"kunna": "x", **values}))
        else:
            place = chance.randrange(len(goals))
            goals[place] = Row(goals[place].id, {**goals[place].values, **values})
        given = {GOALS: Given(tuple(goals))}
    changed = {**given, **following(sheet, given).answers}
    for qid, answer in changed.items():
        text = with_answer(text, SMALLER, qid, answer)
    return text


def at_another_group(dossier: Dossier) -> list[str]:
    """The goals that point at a group they were not written for."""
    groups = {
        str(row.values["namn"]): row.values["forkunskap"]
        for row in given_rows(dossier.answers, TARGET_GROUPS)
    }
    return [
        f"{row.id} {row.values}"
        for row in given_rows(dossier.answers, GOALS)
        if groups.get(str(row.values["malgrupp"]), row.values["kriterium"]) != row.values["kriterium"]
    ]


@pytest.mark.parametrize("count", [25, pytest.param(250, marks=pytest.mark.experiment)])
def test_rows_that_get_names_others_have_had_are_never_taken_for_them(tmp_path, count, record_property):
    kinds: Counter[str] = Counter()
    for seed in range(count):
        chance = Random(seed)  # noqa: S311  a draw, no secret
        base = new_dossier(template_text(ROOT, NEW_DOSSIER), "T", AnswerSheet(SMALLER, {}))
        for _ in range(chance.randrange(2, 8)):
            base = change_names(base, chance)
        sides = [base, base]
        for number in (0, 1):
            for _ in range(chance.randrange(1, 5)):
                sides[number] = change_names(sides[number], chance)
        (tmp_path / str(seed)).mkdir()
        dossier = read(merged(tmp_path / str(seed), base, *sides), SMALLER)
        wrong = [] if dossier.problems else at_another_group(dossier)
        kinds["wrong" if wrong else "told" if dossier.problems else "clean"] += 1
    record_property(f"of {count} merges of renamed rows", dict(kinds))
    assert not kinds["wrong"]


# ------------------------------------------------------- two people in one stage


def an_answer(question: Question, chance: Random) -> object:
    """Something that answers a question, as it is typed."""
    if question.kind is Kind.GROUP:
        named = next((field for field in question.fields if field.kind.is_text), question.fields[-1])
        return f'[{{"{named.id}": "{_some_value(named, chance)}"}}]'
    if question.kind is Kind.STATEMENTS:
        chosen = chance.choice(question.options).id
        return f'{{"{question.statements[0].id}": "{chosen}"}}'
    return _some_value(question, chance)


def _some_value(item: Item, chance: Random) -> str:
    if item.options:
        return chance.choice(item.options).id
    if item.kind is Kind.NUMBER or item.of_numbers:
        return str(int(item.at_least or 0) + 1)
    by_kind = {Kind.YES_NO: "ja", Kind.DATE: "2027-03-01", Kind.TIME_SPAN: "08.30"}
    return by_kind.get(item.kind, f"text {chance.randrange(1000)}")


def in_one_stage(workspace: Workspace, seed: int) -> str:
    """Two people open the same stage on two branches and answer different questions: what came of it."""
    chance = Random(seed)  # noqa: S311  a draw, no secret
    initiative = Initiative.start(workspace, f"Prov {seed}")
    folder, path = workspace.root.folder, initiative.path
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    stage = chance.choice([stage for stage in workspace.battery.stages if stage.is_step])
    given: dict[str, object] = {}
    for branch in ("theirs", "main"):
        git(folder, "checkout", "-q", "-B", branch, "main" if branch == "theirs" else branch)
        person = Initiative(workspace, path)
        person.open_stage(stage.id)
        for _ in range(chance.randrange(1, 6)):
            asked = [q for q in person.interview(stage.id).relevant if q.qid not in given]
            if asked:
                question = chance.choice(asked)
                given[question.qid] = person.answer(question.qid, an_answer(question, chance))
        git(folder, "commit", "-q", "--allow-empty", "-am", branch)
    git(folder, "merge", "-q", "theirs", check=False)
    after = Initiative(workspace, path)
    if after.content.structural_problems:
        git(folder, "merge", "--abort", check=False)
        return "reported"
    return "clean" if {qid: after.answers.get(qid) for qid in given} == given else "wrong"


@pytest.mark.parametrize("count", [4, pytest.param(100, marks=pytest.mark.experiment)])
def test_two_people_who_answer_in_the_same_stage_merge_clean(utb, count, record_property):
    git(utb.folder, "init", "-q", "-b", "main")
    git(utb.folder, "commit", "-q", "--allow-empty", "-m", "start")
    workspace = Workspace.open()
    kinds = Counter(in_one_stage(workspace, seed) for seed in range(count))
    record_property(f"of {count} merges in one stage", dict(kinds))
    assert kinds == {"clean": count}
