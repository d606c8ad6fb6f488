"""A year of a team in git: clones of one repository, where nothing that anybody has said is lost.

Every answer that is typed holds a mark of its own, and so does every note beside the answers. What must stand
after a merge is then a matter of sets, whatever the file looks like: what either side has written since they
parted, and what neither has let go.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import date, timedelta
from random import Random
from typing import TYPE_CHECKING, TypeAlias

import pytest

from git_repo import git, git_says
from making import BATTERY
from utbildningsprocess.addresses import ACTIVITIES, GOALS, TARGET_GROUPS
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.model import Given, Kind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from conftest import Outcome, Utb
    from utbildningsprocess.dossier.mend.model import Way

    Marks: TypeAlias = dict[str, frozenset[str]]
    """Where each mark stands: unit and question."""

MARK = re.compile(r"m\d{5}x")
UNITS = ("akuten", "psykiatrin")
TEXTS = (
    "behov.varfor",
    "behov.uppna_losa",
    "behov.omfattas",
    "analys.nulage_beteende",
    "analys.vardagslarande",
    "analys.forebilder",
    "koncept.kollegastod",
    "uppfoljning.framgangsfall",
)
WORDS = {TARGET_GROUPS: ("namn", "forkunskap"), GOALS: ("kunna", "kriterium"), ACTIVITIES: ("titel",)}
"""The fields of each group that are typed in words."""
READING = (
    ("lista", "--arkiv"),
    ("status", "{}"),
    ("visa", "{}"),
    ("visa", "{}", "--format", "yaml"),
    ("granska",),
    ("diagnos", "{}"),
    ("erfarenheter",),
    ("samtal", "analys", "{}"),
    ("dokument", "beslutsunderlag", "{}"),
    ("historik", "{}"),
)
FIRST_DAY = date(2027, 1, 4)
SHALLOW_FROM, WORKTREE_FROM = 10, 20
"""The days of work when there is a shallow clone, and a second tree of the first clone."""


def marks_in(texts: dict[str, str]) -> Marks:
    """The marks of dossiers by their path, each with where it stands; a note stands at no question."""
    places: dict[str, set[str]] = {}
    for path, text in texts.items():
        unit = path.split("/", 1)[0]
        inside: set[str] = set()
        for qid, answer in read(text, BATTERY).answers.items():
            for mark in MARK.findall(_own_words(qid, answer)):
                places.setdefault(mark, set()).add(f"{unit} {qid}")
                inside.add(mark)
        for mark in set(MARK.findall(text)) - inside:
            places.setdefault(mark, set()).add(f"{unit} anteckning")
    return {mark: frozenset(where) for mark, where in places.items()}


def _own_words(qid: str, answer: object) -> str:
    if not isinstance(answer, Given):
        return str(answer)
    if (question := BATTERY.question(qid)) is None or question.kind is not Kind.GROUP:
        return str(answer.value)
    return " ".join(str(row.values.get(field, "")) for row in answer.value for field in WORDS[qid])


def due_after_merge(base: Marks, ours: Marks, theirs: Marks) -> Marks:
    """The marks that must stand when two sides that parted at a base are one, each with where it may stand."""
    return {
        mark: ours.get(mark, frozenset()) | theirs.get(mark, frozenset())
        for mark in ours.keys() | theirs.keys()
        if (mark in ours and mark in theirs) or mark not in base
    }


class Year:
    """The clones of a team, and what came of their year."""

    def __init__(self, folder: Path, utb: Utb, patch: pytest.MonkeyPatch, seed: int) -> None:
        self.folder, self.utb, self.patch = folder, utb, patch
        self.chance = Random(seed)  # noqa: S311  a draw, no secret
        self.counts: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.day = FIRST_DAY
        self._number = 0
        self.origin = folder / "origin.git"
        folder.mkdir()
        git(folder, "init", "-q", "--bare", "-b", "main", self.origin.name)
        self.clones = [self._clone("anna"), self._clone("bo"), self._clone("cilla")]
        self._begin()

    # ------------------------------------------------------------- the clones

    def _clone(self, name: str, *how: str) -> Path:
        git(self.folder, "clone", "-q", *how, self.origin.as_uri(), name)
        clone = self.folder / name
        git(clone, "config", "user.name", name.capitalize())
        git(clone, "config", "user.email", f"{name}@example.org")
        return clone

    def _begin(self) -> None:
        first, *others = self.clones
        for unit in UNITS:
            (first / unit).mkdir()
            self.run(first, "init", unit, "--ja")
            for number in range(2):
                self.run(first / unit, "ny", f"{unit} {number}", "--svar", "-", stdin=self._first_answers())
        self._commit(first, "Början")
        git(first, "push", "-q", "-u", "origin", "HEAD:main")
        for clone in others:
            git(clone, "pull", "-q", "origin", "main")
            for unit in UNITS:
                self.run(clone / unit, "init", "--klon", "--ja")

    def _new_place(self) -> None:
        """Somebody gets a clone with only the last of the history, and later a second tree of the first clone."""
        if self.counts["dagar"] == SHALLOW_FROM:
            shallow = self._clone("doris", "--depth", "2")
            self.run(shallow / UNITS[0], "init", "--klon", "--ja")
            self.clones.append(shallow)
        else:
            git(self.clones[0], "worktree", "add", "-q", "-b", "gren", "../annas-gren")
            self.clones.append(self.folder / "annas-gren")

    def run(self, folder: Path, *command: str, stdin: str | None = None) -> Outcome:
        """Runs a command in a folder on the day it is; what it cannot do is a fault of the test."""
        with self.patch.context() as patch:
            patch.chdir(folder)
            patch.setattr("utbildningsprocess.work.clock.current_date", lambda: self.day)
            outcome = self.utb(*command, stdin=stdin)
        if outcome.code:
            self.wrong.append(f"{' '.join(command)}: {outcome.code} {outcome.err}")
        return outcome

    def _commit(self, clone: Path, words: str) -> None:
        git(clone, "add", "-A")
        moment = f"{self.day.isoformat()}T12:00:00+0100"
        git(clone, "commit", "-q", "--allow-empty", "--date", moment, "-m", words)
        self.counts["ändringar"] += 1

    # ------------------------------------------------------------- what people do

    def mark(self) -> str:
        """Words that nobody has written before."""
        self._number += 1
        return f"m{self._number:05d}x"

    def _first_answers(self) -> str:
        return f"svar:\n  behov:\n    varfor: Vi ser {self.mark()} på golvet.\n"

    def session(self) -> None:
        """One person's day: take in what is new, answer, look, save in git, and share it."""
        self.day += timedelta(days=self.chance.randrange(1, 10))
        self.counts["dagar"] += 1
        if self.counts["dagar"] in (SHALLOW_FROM, WORKTREE_FROM):
            self._new_place()
        clone = self.chance.choice(self.clones)
        if self.chance.random() < 0.6:
            self.take_in(clone)
        for _ in range(self.chance.randrange(1, 4)):
            self.do_something(clone)
        self.look(clone)
        self._commit(clone, f"Dag {self.day}")
        if self.chance.random() < 0.6:
            self.take_in(clone)
            git(clone, "push", "-q", "origin", "HEAD:main")

    def dossiers(self, clone: Path) -> list[Path]:
        """The dossiers of a clone."""
        return sorted(path for unit in UNITS for path in (clone / unit / "insatser").rglob("*.md"))

    def do_something(self, clone: Path) -> None:
        """One of the things that people do to a dossier."""
        path = self.chance.choice(self.dossiers(clone))
        unit, name = clone / path.relative_to(clone).parts[0], path.stem
        deeds = (self._answer, self._answer, self._several, self._row, self._row, self._row, self._by_hand)
        rarer = (self._skip, self._new, self._rename, self._archive)
        self.chance.choice(deeds * 3 + rarer)(unit, name, path)

    def _answer(self, unit: Path, name: str, _path: Path) -> None:
        self.run(unit, "svar", name, self.chance.choice(TEXTS), f"Svar {self.mark()}, som vi ser det.")

    def _several(self, unit: Path, name: str, _path: Path) -> None:
        asked = self.chance.sample([qid for qid in TEXTS if qid.startswith("analys")], 2)
        lines = [f"    {qid.partition('.')[2]}: Flera {self.mark()}" for qid in asked]
        answers = "\n".join(["svar:", "  analys:", *lines, ""])
        self.run(unit, "steg", "analys", name, "--svar", "-", stdin=answers)

    def _row(self, unit: Path, name: str, _path: Path) -> None:
        qid = self.chance.choice(list(WORDS))
        rows = json.loads(self.run(unit, "svar", name, qid).out or "[]")
        way = self.chance.choice(["add", "add", "change", "remove", "move"])
        fields = WORDS[qid]
        if way == "add" or not rows:
            rows.append({fields[0]: f"Rad {self.mark()}"})
        elif way == "change":
            self.chance.choice(rows)[self.chance.choice(fields)] = f"Ändrad {self.mark()}"
        elif way == "remove" and len(rows) > 1:
            rows.pop(self.chance.randrange(len(rows)))
        else:
            rows.insert(0, rows.pop())
        self.run(unit, "svar", name, qid, json.dumps(rows, ensure_ascii=False))

    def _by_hand(self, _unit: Path, _name: str, path: Path) -> None:
        """A word in an answer changed in an editor, or a note written below a heading."""
        text = path.read_text("utf-8")
        marks = sorted(
            mark for mark, where in marks_in({"x/": text}).items() if "anteckning" not in str(where)
        )
        if marks and self.chance.random() < 0.5:
            old = self.chance.choice(marks)
            path.write_text(text.replace(old, self.mark()), "utf-8", newline="")
        else:
            heads = [found.end() for found in re.finditer(r"^## .+\n", text, re.MULTILINE)]
            at = self.chance.choice(heads)
            path.write_text(f"{text[:at]}\nAnteckning {self.mark()}.\n{text[at:]}", "utf-8", newline="")

    def _skip(self, unit: Path, name: str, _path: Path) -> None:
        self.run(unit, "svar", name, "behov.signal", "--hoppa", f"För tidigt {self.mark()}")

    def _new(self, unit: Path, _name: str, _path: Path) -> None:
        self.run(unit, "ny", f"Ny {self._number}", "--svar", "-", stdin=self._first_answers())

    def _rename(self, unit: Path, name: str, _path: Path) -> None:
        self.run(unit, "byt-namn", name, f"Nytt namn {self._number}")

    def _archive(self, unit: Path, name: str, path: Path) -> None:
        back = ("--tillbaka",) if path.parent.name == "arkiv" else ()
        if not back and len(list(path.parent.glob("*.md"))) == 1:
            return
        self.run(unit, "arkivera", name, "--ja", *back)

    def look(self, clone: Path) -> None:
        """Every reading command, after which git sees what it saw before."""
        before = git_says(clone, "status", "--porcelain"), self.texts(clone)
        path = self.chance.choice(self.dossiers(clone))
        unit = clone / path.relative_to(clone).parts[0]
        for words in READING:
            self.run(unit, *(word.format(path.stem) for word in words))
        if (git_says(clone, "status", "--porcelain"), self.texts(clone)) != before:
            self.wrong.append(f"läsande kommandon ändrade något i {clone.name}")
        self.counts["lästa kommandon"] += len(READING)

    # ------------------------------------------------------------- what git does

    def texts(self, clone: Path) -> dict[str, str]:
        """The dossiers that lie in a clone, by their path from its top."""
        return {path.relative_to(clone).as_posix(): path.read_text("utf-8") for path in self.dossiers(clone)}

    def texts_at(self, clone: Path, commit: str) -> dict[str, str]:
        """The dossiers of a commit."""
        names = git_says(clone, "ls-tree", "-r", "-z", "--name-only", commit).split("\0")
        paths = [name for name in names if "/insatser/" in name and name.endswith(".md")]
        return {path: git_says(clone, "show", f"{commit}:{path}") for path in paths}

    def take_in(self, clone: Path) -> None:
        """What the others have shared, by a merge, a rebase or picked change by change."""
        git(clone, "fetch", "-q", "origin")
        if git_says(clone, "rev-parse", "--is-shallow-repository").strip() == "true":
            git(clone, "fetch", "-q", "--deepen", "50", "origin")
        way = self.chance.choice(["merge", "merge", "rebase", "cherry-pick"])
        ours, theirs = "HEAD", "origin/main"
        base = git_says(clone, "merge-base", ours, theirs).strip()
        sides = [marks_in(self.texts_at(clone, commit)) for commit in (base, ours, theirs)]
        if way == "rebase":
            self._rebase(clone)
        elif way == "cherry-pick":
            self._pick(clone, base)
        else:
            git(clone, "merge", "-q", "--no-edit", theirs, check=False)
        kind = self._settled(clone, sides)
        self.counts[f"{way}: {kind}"] += 1

    def _rebase(self, clone: Path) -> None:
        git(clone, "rebase", "-q", "origin/main", check=False)
        if self._waits_for(clone, "rebase-merge"):  # as most do when it says conflict after conflict
            git(clone, "rebase", "--abort")
            git(clone, "merge", "-q", "--no-edit", "origin/main", check=False)

    def _waits_for(self, clone: Path, name: str) -> bool:
        """Whether git has stopped in the middle of something, which it keeps in a file of this name."""
        return (clone / git_says(clone, "rev-parse", "--git-path", name).strip()).exists()

    def _pick(self, clone: Path, base: str) -> None:
        """Their changes picked one by one on top of ours, and then the rest merged."""
        for commit in git_says(clone, "rev-list", "--reverse", "--no-merges", f"{base}..origin/main").split():
            git(clone, "cherry-pick", "--allow-empty", "--keep-redundant-commits", commit, check=False)
            if self._waits_for(clone, "CHERRY_PICK_HEAD"):
                git(clone, "cherry-pick", "--abort", check=False)
                break
        git(clone, "merge", "-q", "--no-edit", "origin/main", check=False)

    def _settled(self, clone: Path, sides: list[Marks]) -> str:
        """Judges what git made of two sides, and lets a person settle what it could not."""
        due = due_after_merge(*sides)
        conflicts = git_says(clone, "diff", "--name-only", "--diff-filter=U").splitlines()
        texts = self.texts(clone)
        standing = set(MARK.findall("\n".join(texts.values())))
        if lost := due.keys() - standing:
            self.wrong.append(f"{clone.name} {self.day}: borta {sorted(lost)} {conflicts}")
        if not conflicts:
            found = marks_in(texts)
            self.wrong += [f"tillbaka: {mark}" for mark in found.keys() - due.keys()]
            moved = [mark for mark in found.keys() & due.keys() if not found[mark] <= due[mark]]
            self.wrong += [f"på annan plats: {mark} {found[mark]} {due[mark]}" for mark in moved]
            self.wrong += [f"{path}: {said.text}" for path, said in self._problems(texts)]
            return "rent"
        self.counts["konflikter i svar"] += self._settle(clone)
        return "konflikt"

    def _problems(self, texts: dict[str, str]) -> list[tuple[str, object]]:
        return [
            (path, said) for path, text in texts.items() for said in read(text, BATTERY).structural_problems
        ]

    def _settle(self, clone: Path) -> int:
        """Both kept where that can be, else what is proposed first; what is let go is let go by a person."""
        count = 0
        for path in self.dossiers(clone):
            text = path.read_text("utf-8")
            while read(text, BATTERY).structural_problems and (mends := proposed_mends(text, BATTERY)):
                before = set(MARK.findall(text))
                text = _kept_both(mends[0].ways).text
                count += 1
                self.counts["valda bort"] += len(before - set(MARK.findall(text)))
            path.write_text(text, "utf-8", newline="")
        git(clone, "add", "-A")
        git(clone, "commit", "-q", "--no-edit", "--allow-empty")
        self.wrong += [f"{path}: {said}" for path, said in self._problems(self.texts(clone))]
        return count


def _kept_both(ways: tuple[Way, ...]) -> Way:
    return max(ways, key=lambda way: len(set(MARK.findall(way.text))))


@pytest.fixture
def years(tmp_path: Path, utb: Utb, monkeypatch: pytest.MonkeyPatch) -> Callable[[int], Year]:
    return lambda seed: Year(tmp_path / "år", utb, monkeypatch, seed)


@pytest.mark.parametrize(
    ("seed", "days"), [(1, 4), *[pytest.param(seed, 20, marks=pytest.mark.experiment) for seed in (2, 3, 4)]]
)
def test_a_year_of_a_team_loses_nothing_that_anybody_said(years, record_property, seed, days):
    year = years(seed)
    for _ in range(days):
        year.session()
    record_property(f"a year of {days} days", dict(year.counts))
    assert "\n".join(year.wrong) == ""
