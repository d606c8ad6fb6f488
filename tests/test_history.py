"""The record of initiatives in git: replayed in its order it gives what stands there, also through merges."""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING

import pytest

from git_repo import git
from making import BATTERY
from test_alterations import TEXT, in_parts, replayed
from utbildningsprocess.addresses import DECISION, WHY
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.files.roots import find_root
from utbildningsprocess.model import Given
from utbildningsprocess.work.history.record import read_record
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.model import Answer

ASKED = ("behov.varfor", "behov.uppna_losa", "koncept.kollegastod")
HOW = (("-X", "ours"), ("-X", "theirs"), ("-s", "ours"))


def a_year_of_branches(folder: Path, chance: Random) -> Path:
    """A repository in which two branches change the same answers and are merged in one way or another."""
    path = folder / "insatser" / "natt.md"
    path.parent.mkdir()
    git(folder, "init", "-q", "-b", "main")
    path.write_text(TEXT, "utf-8")

    def commit(number: int) -> None:
        git(folder, "add", "-A")
        moment = f"{1_767_225_600 + number * 86_400} +0100"
        git(folder, "commit", "-q", "--allow-empty", "--date", moment, "-m", str(number))

    commit(0)
    git(folder, "branch", "sida")
    for number in range(1, 12):
        branch, other = chance.choice((("main", "sida"), ("sida", "main")))
        git(folder, "checkout", "-q", branch)
        if chance.random() < 0.3:
            git(folder, "merge", "-q", "--no-ff", "--no-commit", *chance.choice(HOW), other)
        else:
            answer: Answer = Given(f"Svar nummer {number}.")
            text = path.read_text("utf-8")
            path.write_text(with_answer(text, BATTERY, chance.choice(ASKED), answer), "utf-8")
        commit(number)
    git(folder, "checkout", "-q", "main")
    git(folder, "merge", "-q", "--no-ff", *chance.choice(HOW), "sida", "-m", "sist")
    return path


@pytest.mark.parametrize("seed", [0, 1, 14])
def test_replayed_it_gives_the_answers_that_stand_there(tmp_path: Path, seed: int) -> None:
    path = a_year_of_branches(tmp_path, Random(seed))  # noqa: S311  a draw, no secret
    said = in_parts({})
    for deed in read_record(Workspace.at(find_root(tmp_path))).deeds:
        for alteration in (*deed.altered, *deed.kept):
            said[alteration.place.qid] = None
            said = replayed(said, [alteration._replace(before=None)])
    now = in_parts(read(path.read_text("utf-8"), BATTERY).answers)
    assert {qid: said.get(qid) for qid in ASKED} == {qid: now.get(qid) for qid in ASKED}


def test_a_file_that_moves_between_units_keeps_its_history(tmp_path: Path) -> None:
    git(tmp_path, "init", "-q", "-b", "main")
    (tmp_path / "utb.yaml").write_text("mapp: insatser\n", "utf-8")
    old, new = (tmp_path / unit / "insatser" / "natt.md" for unit in ("akuten", "psyk"))
    for number, (path, text) in enumerate(
        ((old, TEXT), (new, with_answer(TEXT, BATTERY, WHY, Given("Flyttad"))))
    ):
        path.parent.mkdir(parents=True)
        old.unlink(missing_ok=True)
        path.write_text(text, "utf-8")
        git(tmp_path, "add", "-A")
        git(tmp_path, "commit", "-q", "-m", str(number))
    first, second = read_record(Workspace.open(new.parent), new).deeds
    assert (first.new_path, second.old_path) == ("akuten/insatser/natt.md", "akuten/insatser/natt.md")
    assert [alteration.place.qid for alteration in second.altered] == [WHY]
    assert DECISION in {alteration.place.qid for alteration in first.altered}


def test_what_is_copied_to_another_branch_is_told_once(tmp_path: Path) -> None:
    path = tmp_path / "insatser" / "natt.md"
    path.parent.mkdir()
    git(tmp_path, "init", "-q", "-b", "main")
    path.write_text(TEXT, "utf-8")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "start")
    git(tmp_path, "branch", "sida")
    path.write_text(with_answer(TEXT, BATTERY, WHY, Given("Kopierat")), "utf-8")
    git(tmp_path, "commit", "-qam", "varför")
    git(tmp_path, "checkout", "-q", "sida")
    path.write_text(with_answer(TEXT, BATTERY, "koncept.kollegastod", Given("Eget")), "utf-8")
    git(tmp_path, "commit", "-qam", "eget")
    git(tmp_path, "cherry-pick", "main")
    git(tmp_path, "merge", "-q", "main", "-m", "samman")
    deeds = read_record(Workspace.at(find_root(tmp_path))).deeds
    assert [alteration.place.qid for deed in deeds[1:] for alteration in deed.altered].count(WHY) == 1
