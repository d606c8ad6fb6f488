"""`utb laga`: what is damaged in a dossier shown, and mended one by one, or all that is sure."""

from __future__ import annotations

import os
import random
import re
import subprocess
import sys
import time

import pytest

from git_repo import git, git_says
from making import BATTERY
from utbildningsprocess.dossier.document import read
from utbildningsprocess.files.copies import copies_of
from utbildningsprocess.files.git_merge import branch_being_merged
from utbildningsprocess.model import Given

CLOSE = "<!-- /utb:behov.varfor -->\n"
CONFLICT = "<<<<<<< HEAD\nVårt skäl\n=======\nDeras skäl\n>>>>>>> anna"


@pytest.fixture
def ny(utb):
    """A dossier called ny; calling it with two texts puts the one in the place of the other."""
    path = utb.dossier("Ny", varfor="Därför", vem_vill="Cheferna")

    def damage(whole: str, damaged: str):
        text = path.read_text("utf-8")
        assert whole in text
        path.write_text(text.replace(whole, damaged), "utf-8")

    utb.damage, utb.path = damage, path
    return utb


def answers(path):
    return read(path.read_text("utf-8"), BATTERY).answers


def files(ny):
    return [path.name for path in ny.path.parent.iterdir()]


def test_a_whole_dossier_needs_nothing(ny):
    told = "Det finns inget att laga i insatser/ny.md.\n"
    for options in ([], ["--visa"], ["--alla-sakra"]):
        assert ny("laga", *options) == (0, "", told)


def test_what_can_be_mended_is_shown_with_the_difference_and_nothing_is_changed(ny):
    ny.damage(CLOSE, "")
    before = ny.path.read_bytes()
    outcome = ny("laga", "ny", "--visa")
    assert outcome.code == 3
    assert "Slutmarkören <!-- /utb:behov.varfor --> saknas." in outcome.out
    assert "läggs till:\n  <!-- /utb:behov.varfor -->" in outcome.out
    assert "Det här står kvar att rätta i insatser/ny.md:\ninsatser/ny.md:" in outcome.err
    assert ny.path.read_bytes() == before


def test_what_cannot_be_wrong_is_mended_without_a_question_and_the_file_is_as_it_was(ny):
    before = ny.path.read_bytes()
    ny.damage(CLOSE, "")
    outcome = ny("laga", "--alla-sakra")
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith("insatser/ny.md är lagad.\n")
    assert ny.path.read_bytes() == before
    assert files(ny) == ["ny.md"]


def test_what_is_not_sure_is_left_for_a_person_and_the_file_as_it_was_is_kept(ny):
    ny.damage(CLOSE, "")
    ny.damage("Cheferna", CONFLICT)
    outcome = ny("laga", "--alla-sakra")
    assert outcome.code == 3
    assert "En git-konflikt i svaret behov.vem_vill" in outcome.err
    assert files(ny) == ["ny.md"]


def test_a_conflict_is_settled_in_lines_with_both_texts_shown(ny):
    ny.damage("Därför", CONFLICT)
    outcome = ny("laga", "--enkel", stdin="3\n")
    assert outcome.code == 0
    assert "Så här står det i den utcheckade versionen:\n  Vårt skäl\n" in outcome.err
    assert "Så här står det i anna:\n  Deras skäl\n" in outcome.err
    assert "Filen som den var finns i insatser/ny.md.fore-lagning tills allt är lagat." in outcome.err
    assert answers(ny.path)["behov.varfor"] == Given("Deras skäl")
    assert files(ny) == ["ny.md"]


def test_an_answer_in_conflict_is_written_anew(ny):
    ny.damage("Därför", CONFLICT)
    assert ny("laga", "--enkel", stdin="4\nDet nya\n\nskälet\n.\n").code == 0
    assert answers(ny.path)["behov.varfor"] == Given("Det nya\n\nskälet")


def test_a_mend_can_be_left_and_the_talk_ended(ny):
    ny.damage(CLOSE, "")
    before = ny.path.read_bytes()
    for reply in ("2\n", "3\n"):
        outcome = ny("laga", "--enkel", stdin=reply)
        assert (outcome.code, ny.path.read_bytes()) == (3, before)
    outcome = ny("laga", "--enkel", stdin=":s\n")
    assert (outcome.code, "Avbrutet" in outcome.err) == (3, False)


@pytest.mark.parametrize("left", [":s\n", ":b\n:s\n", ""])
def test_half_an_answer_that_was_written_anew_is_shown_when_the_person_leaves(ny, left):
    ny.damage("Därför", CONFLICT)
    outcome = ny("laga", "--enkel", stdin=f"4\nDet nya skälet\n{left}")
    assert "Här är den:\n  Det nya skälet\n" in outcome.err
    assert "Vårt skäl" in ny.path.read_text("utf-8")


def test_without_anybody_to_ask_there_is_a_way_on(ny):
    ny.damage(CLOSE, "")
    outcome = ny("laga")
    assert outcome.code == 2
    assert ny("laga", "--visa", "--alla-sakra") == (
        2,
        "",
        "Fel: Ange --visa eller --alla-sakra, inte båda.\n",
    )


@pytest.mark.parametrize(
    "command",
    [("svar", "ny", "varfor", "Nytt"), ("diagnos",), ("granska", "ny"), ("status",)],
    ids=lambda command: command[0],
)
def test_what_is_refused_because_of_damage_points_at_the_command(ny, command):
    ny.damage(CLOSE, "")
    outcome = ny(*command)
    assert "utb laga ny" in outcome.out + outcome.err


def test_the_wizard_offers_to_mend_and_goes_on(ny):
    ny.damage(CLOSE, "")
    outcome = ny("steg", "behov", "--enkel", stdin="ja\n1\nSjuksköterskorna\n.\n:s\n")
    assert "Vill du laga filen nu?" in outcome.err
    given = answers(ny.path)
    assert given["behov.varfor"] == Given("Därför")
    assert Given("Sjuksköterskorna") in given.values()


def test_the_lines_keep_their_endings(ny):
    data = ny.path.read_bytes().replace(b"\n", b"\r\n")
    ny.path.write_bytes(data.replace(CLOSE.replace("\n", "\r\n").encode(), b""))
    assert ny("laga", "--alla-sakra").code == 0
    assert ny.path.read_bytes() == data


# ------------------------------------------------------------------- copies


@pytest.mark.parametrize(
    ("name", "is_one"),
    [
        ("ny-ANNAS-DATOR.md", True),
        ("ny (1).md", True),
        ("ny 2.md", False),
        ("ny (Annas konfliktkopia 2026-11-25).md", True),
        ("ny (Anna's conflicted copy 2026-11-25).md", True),
        ("ny.sync-conflict-20261125-101010-ABCDEFG.md", True),
        ("ny - kopia.md", True),
        ("ny_conflict.md", True),
        ("ny.kopia1.md", True),
        ("ny-2.md", False),
        ("ny-start.md", False),
        ("nyare.md", False),
        ("ny.md.fore-lagning", False),
        ("annan (1).md", False),
        ("ny (1).txt", False),
    ],
)
def test_copies_are_known_by_their_names(tmp_path, name, is_one):
    (tmp_path / "ny.md").write_text("", "utf-8")
    (tmp_path / name).write_text("", "utf-8")
    assert [copy.name for copy in copies_of(tmp_path / "ny.md")] == [name] * is_one


def test_a_copy_is_taken_in_question_by_question_and_then_removed(ny):
    copy = ny.path.with_name("ny-ANNAS-DATOR.md")
    text = ny.path.read_text("utf-8").replace("Därför", "Annas skäl").replace("Cheferna", "Anna")
    copy.write_text(text, "utf-8")
    outcome = ny("laga", "ny", "--enkel", stdin="3\n2\n")
    assert outcome.code == 0, outcome.err
    assert "ny-ANNAS-DATOR.md är en kopia." in outcome.err
    assert set(answers(ny.path).values()) >= {Given("Anna"), Given("Därför")}
    assert files(ny) == ["ny.md"]


def test_a_copy_left_half_way_goes_on_where_it_was(ny):
    copy = ny.path.with_name("ny (1).md")
    text = ny.path.read_text("utf-8").replace("Därför", "Annas skäl").replace("Cheferna", "Anna")
    copy.write_text(text, "utf-8")
    assert "Mer går att laga med: utb laga ny" in ny("laga", "ny", "--enkel", stdin="3\n5\n").err
    outcome = ny("laga", "ny", "--enkel", stdin="3\n")
    assert outcome.err.count("två olika svar") == 1
    assert set(answers(ny.path).values()) >= {Given("Anna"), Given("Annas skäl")}
    assert not copy.exists()


def test_a_copy_that_differs_is_never_taken_in_unasked_but_one_alike_is_removed(ny):
    copy = ny.path.with_name("ny (1).md")
    copy.write_text(ny.path.read_text("utf-8").replace("Därför", ""), "utf-8")
    assert "Mer går att laga" in ny("laga", "ny", "--alla-sakra").err
    copy.write_bytes(ny.path.read_bytes())
    assert ny("laga", "ny", "--alla-sakra").code == 0
    assert not copy.exists()


# -------------------------------------------------------------------- kills


@pytest.mark.skipif(sys.platform == "win32", reason="kills otherwise")
@pytest.mark.parametrize(
    ("seed", "kills"), [(0, 4), *(pytest.param(n, 50, marks=pytest.mark.experiment) for n in (1, 2))]
)
def test_killed_at_any_moment_every_text_is_in_some_whole_file(ny, seed, kills):
    rng = random.Random(seed)  # noqa: S311  moments, not secrets
    ny.damage("Därför", CONFLICT)
    ny.damage("Cheferna", CONFLICT.replace("skäl", "namn"))
    damaged = ny.path.read_bytes()
    for _ in range(kills):
        for path in ny.path.parent.iterdir():
            path.unlink()
        ny.path.write_bytes(damaged)
        process = subprocess.Popen(
            [sys.executable, "-m", "utbildningsprocess", "laga", "--enkel"],
            cwd=ny.folder,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        )
        process.stdin.write(b"3\n3\n")
        process.stdin.close()
        for _ in range(rng.randrange(3)):
            while (line := process.stderr.readline()) and line != b"Sparat.\n":
                pass
        time.sleep(rng.uniform(0, 0.02))
        process.kill()
        process.wait()
        process.stderr.close()
        texts = {path.name: path.read_text("utf-8") for path in ny.path.parent.glob("ny*")}
        assert all(text.startswith("<!-- utb:dossier") and text.endswith("\n") for text in texts.values())
        done = not read(texts["ny.md"], BATTERY).structural_problems
        for words in ("Vårt skäl", "Deras skäl", "Vårt namn", "Deras namn"):
            assert any(words in text for text in texts.values()) or (done and words.startswith("Vårt"))


def test_whose_text_is_whose_is_said_with_branch_and_day(ny):
    folder = ny.folder
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    for branch, words in (("anna/behov", "Deras skäl"), ("main", "Vårt skäl")):
        git(folder, "checkout", "-q", *(["-b"] if branch != "main" else []), branch)
        text = ny.path.read_text("utf-8")
        ny.path.write_text(text.replace("Därför", words), "utf-8")
        git(folder, "commit", "-q", "-am", branch)
    git(folder, "merge", "-q", "anna/behov", check=False)
    for log in (folder / ".git" / "logs" / "refs" / "heads").rglob("*"):
        if log.is_file():
            log.write_text(re.sub(r"> \d+ ", "> 1767268800 ", log.read_text("utf-8")), "utf-8")
    told = ny("laga", "ny", "--visa").out
    assert "Så här står det i din version:\n  Vårt skäl\n" in told
    assert "Så här står det i grenen anna/behov (1 januari 2026):\n  Deras skäl\n" in told


@pytest.fixture
def pulled(ny, monkeypatch):
    """A dossier in conflict after `git pull`: we have answered, and so has somebody else in a clone."""
    folder, other = ny.folder, ny.folder.parent / "bo"
    (folder / ".git").rmdir()
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-q", "-m", "start")
    git(folder.parent, "clone", "-q", folder.as_uri(), "bo")
    for place, words, name in ((other, "Deras skäl", "Bo Ek"), (folder, "Vårt skäl", "Anna")):
        path = place / "insatser" / "ny.md"
        path.write_text(path.read_text("utf-8").replace("Därför", words), "utf-8")
        day = ("--date", "2026-11-28T12:00:00+0100")
        git(place, "-c", f"user.name={name}", "commit", "-q", "-a", *day, "-m", words)
    return ny, other


@pytest.mark.parametrize("way", [("merge",), ("rebase",)], ids=" ".join)
def test_after_a_pull_each_text_is_said_to_be_its_writers(pulled, way):
    ny, other = pulled
    how = ("--rebase",) if way == ("rebase",) else ("--no-rebase", "--no-edit")
    git(ny.folder, "pull", "-q", *how, other.as_uri(), "main", check=False)
    told = ny("laga", "ny", "--visa").out
    ours = "din version" if way == ("merge",) else "Annas version (28 november 2026)"
    assert "Så här står det i Bo Eks version (28 november 2026):\n  Deras skäl\n" in told
    assert f"Så här står det i {ours}:\n  Vårt skäl\n" in told
    assert not re.search("[0-9a-f]{8}", told)


def test_a_conflict_has_the_same_line_wherever_it_is_told_and_no_long_id(pulled):
    ny, other = pulled
    git(ny.folder, "pull", "-q", "--no-rebase", other.as_uri(), "main", check=False)
    line = ny.path.read_text("utf-8").split("\n").index("<<<<<<< HEAD") + 1
    assert ny("laga", "ny", "--visa").out.startswith(f"Rad {line}: ")
    for command in (("status", "ny"), ("granska",), ("lista",)):
        told = ny(*command)
        assert f"{line}: En git-konflikt" in told.out + told.err
        assert not re.search("[0-9a-f]{8}", told.out + told.err)
    assert ny("laga", "ny", "--enkel", stdin="2\n").err.endswith("sedan git commit --no-edit\n")


def test_what_is_pulled_is_called_by_who_wrote_it_also_in_the_conflict_lines(pulled, monkeypatch):
    ny, other = pulled
    git(ny.folder, "fetch", "-q", other.as_uri(), "main")
    commit = git_says(other, "rev-parse", "HEAD").strip()
    monkeypatch.setenv(f"GITHEAD_{commit}", commit)
    assert branch_being_merged() == f"{commit[:7]} (Bo Ek)"
