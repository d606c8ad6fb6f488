"""`utb git-sammanfoga` as git calls it, and `utb visa --som-git` as git compares files with it."""

from __future__ import annotations

import re
import subprocess
from typing import TYPE_CHECKING

import pytest

from git_repo import WHO, git, git_environment
from making import BATTERY
from utbildningsprocess.addresses import GOALS
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.dossier.mend.mends import proposed_mends
from utbildningsprocess.files.git_merge import merged_by_git
from utbildningsprocess.files.git_program import wanted_settings
from utbildningsprocess.model import Given, Row
from utbildningsprocess.work.git_text import text_for_git

if TYPE_CHECKING:
    from pathlib import Path

WHY = "behov.varfor"
DRIVER = "merge.utb.driver"


class Three:
    """Three versions of a file, and what comes of them when git asks for a merge."""

    def __init__(self, utb, start: str) -> None:
        self.utb = utb
        self.start = start
        self.err = ""

    def merged(self, ours: str, theirs: str, *names: str) -> tuple[int, str]:
        """The exit code, and what then stands in the file of ours."""
        for name, text in (("bas", self.start), ("var", ours), ("deras", theirs)):
            (self.utb.folder / name).write_bytes(text.encode())
        code, out, self.err = self.utb("git-sammanfoga", "bas", "var", "deras", "insatser/ny.md", *names)
        assert out == ""
        return code, (self.utb.folder / "var").read_bytes().decode()

    def answered(self, qid: str, value: object, text: str = "") -> str:
        """A version with another answer."""
        return with_answer(text or self.start, BATTERY, qid, Given(value))  # type: ignore[arg-type]


@pytest.fixture
def three(utb):
    """Three versions that begin as the same dossier, in a folder without a repository of git's own."""
    git(utb.folder, "init", "-q", "-b", "main")
    return Three(utb, utb.dossier("Ny", varfor="Därför", vem_vill="Cheferna").read_text("utf-8"))


def goal(row_id: str, **fields: str) -> Row:
    return Row(row_id, dict(fields))


def test_two_fields_of_the_same_row_go_together_without_a_conflict(three):
    three.start = three.answered(GOALS, (goal("L1", kunna="larma"),))
    ours = three.answered(GOALS, (goal("L1", kunna="larma", forutsattning="på natten"),))
    theirs = three.answered(GOALS, (goal("L1", kunna="larma", kriterium="nio av tio"),))
    code, text = three.merged(ours, theirs)
    whole = {"kunna": "larma", "forutsattning": "på natten", "kriterium": "nio av tio"}
    assert (code, given_rows(read(text, BATTERY).answers, GOALS)) == (0, (Row("L1", whole),))


def test_the_same_field_changed_differently_is_a_conflict_of_that_field_with_whose_it_is(three):
    three.start = three.answered(GOALS, (goal("L1", kunna="larma", kriterium="alltid"),))
    ours = three.answered(GOALS, (goal("L1", kunna="larma", kriterium="nio av tio"),))
    theirs = three.answered(GOALS, (goal("L1", kunna="larma", kriterium="varje gång"),))
    code, text = three.merged(ours, theirs, "--vi", "HEAD", "--de", "anna")
    conflict = (
        "#### L1\n\n- **Ska kunna:** larma\n<<<<<<< HEAD\n- **Kriterium:** nio av tio\n=======\n"
        "- **Kriterium:** varje gång\n>>>>>>> anna\n"
    )
    assert code == 1
    assert conflict in text
    whole = proposed_mends(text, BATTERY)[0].ways[0].text
    assert not read(whole, BATTERY).structural_problems
    assert "nio av tio" in whole
    assert "varje gång" in whole


@pytest.mark.parametrize(
    "text",
    [
        "x\n\n[q]:\nhttp://%s",
        "- [q]: http://%s",
        '[q]: http://g\n    "titel %s"',
        "| a |\n|---|\n| 1 | %s",
        "| a |\n|---|\n| 1 | %s |",
        "[q]: http://g/%s-b",
    ],
)
def test_what_a_reader_does_not_see_is_in_conflict_too(three, text):
    why = three.start.replace("Därför", text % "gammal")
    three.start, ours, theirs = why, why.replace("gammal", "vår"), why.replace("gammal", "deras")
    code, merged = three.merged(ours, theirs)
    assert code == 1
    assert "vår" in merged
    assert "deras" in merged


@pytest.mark.parametrize("torn", ["", "<!-- /utb:behov.vem_vill -->\n"])
def test_sides_that_have_settled_the_same_conflict_differently_are_in_conflict(three, torn):
    conflict = "<<<<<<< HEAD\nEtt\n=======\nTvå\n>>>>>>> annan\n"
    versions = [three.answered(WHY, answer).replace(torn, "", 1) for answer in ("Ett", "Två")]
    three.start = three.start.replace("Därför\n", conflict)
    code, text = three.merged(*versions)
    assert code == 1
    assert "\nEtt\n" in text
    assert "\nTvå\n" in text


def test_what_stood_before_is_in_the_conflict_when_git_is_told_so(three):
    git(three.utb.folder, "config", "merge.conflictStyle", "zdiff3")
    code, text = three.merged(three.answered(WHY, "Ett"), three.answered(WHY, "Två"), "--vi", "%X")
    assert code == 1
    assert "<<<<<<< HEAD\nEtt\n||||||| bas\nDärför\n=======\nTvå\n>>>>>>>\n" in text


def test_rows_that_both_add_get_ids_of_their_own_and_their_references_follow(three):
    measures = "koncept.matt"
    three.start = three.answered(GOALS, (goal("L1", kunna="larma"),))
    versions = []
    for what in ("lyfta", "rapportera"):
        text = three.answered(GOALS, (goal("L1", kunna="larma"), goal("L2", kunna=what)))
        row = Row("M1", {"avser": ("L2",), "metod": f"prov i att {what}"})
        versions.append(three.answered(measures, (row,), text))
    code, text = three.merged(*versions)
    answers = read(text, BATTERY).answers
    assert code == 0
    assert [(row.id, row.values["kunna"]) for row in given_rows(answers, GOALS)] == [
        ("L1", "larma"),
        ("L2", "lyfta"),
        ("L3", "rapportera"),
    ]
    assert [(row.id, row.values["avser"], row.values["metod"]) for row in given_rows(answers, measures)] == [
        ("M1", ("L2",), "prov i att lyfta"),
        ("M2", ("L3",), "prov i att rapportera"),
    ]


def test_a_row_that_is_taken_away_and_changed_is_a_conflict(three):
    three.start = three.answered(GOALS, (goal("L1", kunna="larma"), goal("L2", kunna="lyfta")))
    ours = three.answered(GOALS, (goal("L1", kunna="larma"),))
    theirs = three.answered(GOALS, (goal("L1", kunna="larma"), goal("L2", kunna="lyfta rätt")))
    code, text = three.merged(ours, theirs)
    assert code == 1
    assert "=======\n" in text
    assert "lyfta rätt" in text


def test_a_file_that_is_only_wrapped_anew_gives_way_to_what_is_changed(three):
    three.start = three.answered(WHY, "Många slutar tidigt.\n\n- en\n- två")
    wrapped = three.start.replace(
        "Många slutar tidigt.\n\n- en\n- två", "Många slutar\ntidigt.\n\n* en\n* två"
    )
    changed = three.answered(WHY, "Många slutar sent.\n\n- en\n- två")
    assert wrapped != three.start
    assert three.merged(wrapped, changed) == (0, changed)


def test_a_side_with_other_line_ends_changes_only_what_it_changes(three):
    ours = "\ufeff" + three.answered(WHY, "Ett").replace("\n", "\r\n")
    theirs = three.answered("behov.vem_vill", "Alla")
    both = three.answered("behov.vem_vill", "Alla", three.answered(WHY, "Ett"))
    assert three.merged(ours, theirs) == (0, "\ufeff" + both.replace("\n", "\r\n"))


def test_the_text_around_the_answers_is_merged_by_git(three):
    ours = three.start.replace("## Analys\n", "## Analys\n\nVår anteckning.\n")
    theirs = three.start.replace("# Ny\n", "# Nytt namn\n")
    code, text = three.merged(ours, theirs)
    assert (code, text) == (0, ours.replace("# Ny\n", "# Nytt namn\n"))
    code, text = three.merged(ours, ours.replace("Vår", "Deras"))
    assert code == 1
    assert "<<<<<<< HEAD\nVår anteckning.\n=======\nDeras anteckning.\n>>>>>>>\n" in text


def test_an_answer_to_a_question_nobody_knows_is_taken_whole(three):
    mark = "<!-- /utb:behov.varfor -->\n"
    foreign = mark + "\n<!-- utb:behov.egen_fraga -->\n\n{}\n\n<!-- /utb:behov.egen_fraga -->\n"
    three.start = three.start.replace(mark, foreign.format("Förr"))
    ours, theirs = three.start.replace("Förr", "Ett"), three.start.replace("Förr", "Två")
    assert three.merged(ours, three.start) == (0, ours)
    code, text = three.merged(ours, theirs)
    assert code == 1
    assert "<<<<<<< HEAD\nEtt\n=======\nTvå\n>>>>>>>\n" in text


@pytest.mark.parametrize("text", ["en\ntvå\ntre\nfyra\nfem\n", "# Om repot\n\nText utan radslut"])
def test_a_file_that_is_no_dossier_is_merged_as_git_does(three, text):
    three.start = text
    ours, theirs = f"{text}\nVår rad\n", f"{text}\nDeras rad\n"
    data = [version.encode() for version in (text, ours, theirs)]
    whole, is_clean = merged_by_git(data[0], data[1], data[2], ("HEAD", "bas", "anna"))
    assert three.merged(ours, theirs, "--de", "anna") == (1, whole.decode())
    assert not is_clean
    assert three.merged(ours, text) == (0, ours)


def test_broken_settings_make_it_git_s_own_merge_and_are_told_in_one_line(three):
    (three.utb.folder / "utb.yaml").write_text("fel: [", "utf-8")
    code, text = three.merged(three.answered(WHY, "Ett"), three.answered(WHY, "Två"))
    assert code == 1
    assert "<<<<<<< HEAD\nEtt\n=======\nTvå\n>>>>>>>" in text
    assert three.err.count("\n") == 1
    assert "utb.yaml" in three.err


@pytest.mark.parametrize("broken", ["\0", "\n<<<<<<< HEAD\n"])
def test_what_cannot_be_read_is_never_left_without_conflict_lines(three, broken):
    ours, theirs = three.answered(WHY, "Ett").replace("Ett", f"Ett{broken}"), three.answered(WHY, "Två")
    code, text = three.merged(ours, theirs)
    assert code == 1
    assert "=======" in text
    assert "Två" in text
    assert "Ett" in text


def test_a_bug_leaves_both_texts_between_conflict_lines(three, monkeypatch):
    def falls(*_):
        raise IndexError("slut")

    monkeypatch.setattr("utbildningsprocess.work.git_merging.merged_dossier", falls)
    ours, theirs = three.answered(WHY, "Ett"), three.answered("behov.vem_vill", "Alla")
    code, text = three.merged(ours, theirs)
    assert code == 1
    assert "<<<<<<< HEAD\nEtt\n=======\nDärför\n>>>>>>>\n" in text
    assert "<<<<<<< HEAD\nCheferna\n=======\nAlla\n>>>>>>>\n" in text
    assert three.err == "insatser/ny.md: IndexError: slut\n"


def test_git_that_cannot_be_run_leaves_both_texts_whole(three, monkeypatch):
    monkeypatch.setenv("PATH", "")
    three.start = "förr\n"
    assert three.merged("ett\n", "två\n") == (1, "<<<<<<< HEAD\nett\n\n=======\ntvå\n\n>>>>>>>\n")


# ---------------------------------------------------------------- in git


@pytest.fixture
def repo(three):
    """A repository where git merges dossiers with this program, and a way to commit a version of one."""
    folder = three.utb.folder
    git(folder, "config", DRIVER, wanted_settings()[DRIVER])
    (folder / ".gitattributes").write_text("*.md merge=utb\n", "utf-8")
    path = folder / "insatser" / "ny.md"

    def commit(branch: str, text: str, start: str = "main") -> Path:
        git(folder, "checkout", "-q", "-B", branch, *([start] if branch != start else []), check=False)
        path.write_text(text, "utf-8")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", branch)
        return path

    three.commit, three.path = commit, path
    return three


def run(folder: Path, *arguments: str) -> int:
    return subprocess.run(
        ["git", *WHO, *arguments], cwd=folder, env=git_environment(), capture_output=True, check=False
    ).returncode


def test_git_merges_rebases_and_picks_answer_by_answer_also_in_a_file_with_a_new_name(repo):
    folder = repo.utb.folder
    repo.commit("main", repo.start)
    ours = repo.answered(GOALS, (goal("L1", kunna="larma"),))
    theirs = repo.answered(GOALS, (goal("L1", kunna="lyfta"),))
    repo.commit("anna", theirs)
    repo.commit("bo", ours)
    git(folder, "mv", "insatser/ny.md", "insatser/bytt.md")
    git(folder, "commit", "-q", "-m", "namn")
    for number, command in enumerate([("merge", "-q"), ("rebase", "-q"), ("cherry-pick",)]):
        git(folder, "checkout", "-q", "-B", f"prov{number}", "bo")
        assert run(folder, *command, "anna") == 0
        text = (folder / "insatser" / "bytt.md").read_text("utf-8")
        rows = given_rows(read(text, BATTERY).answers, GOALS)
        assert sorted(str(row.values["kunna"]) for row in rows) == ["larma", "lyfta"]
        assert [row.id for row in rows] == ["L1", "L2"]


def test_branches_that_have_merged_each_other_differently_are_in_conflict_and_name_the_branch(repo):
    folder = repo.utb.folder
    repo.commit("main", repo.start)
    for branch, other in (("anna", "Ett"), ("bo", "Två")):
        repo.commit(branch, repo.answered(WHY, other))
    for branch, merged, answer in (("anna2", "bo", "Tre"), ("bo2", "anna", "Fyra")):
        git(folder, "checkout", "-q", "-B", branch, branch[:-1])
        git(folder, "merge", "-q", merged, check=False)
        repo.path.write_text(repo.answered(WHY, answer), "utf-8")
        git(folder, "commit", "-q", "-am", branch)
    assert run(folder, "merge", "-q", "-X", "ours", "anna2") == 1
    assert "<<<<<<< HEAD\nFyra\n=======\nTre\n>>>>>>> anna2\n" in repo.path.read_text("utf-8")


def test_git_merges_the_texts_where_the_program_is_not_to_be_had(repo):
    folder = repo.utb.folder
    git(folder, "config", DRIVER, re.sub(".*(?= git-sammanfoga)", "finns-inte", wanted_settings()[DRIVER]))
    repo.commit("main", repo.start)
    repo.commit("anna", repo.answered(WHY, "Ett"))
    repo.commit("bo", repo.answered(WHY, "Två"))
    assert run(folder, "merge", "-q", "anna") == 1
    assert "=======\nEtt\n>>>>>>>" in repo.path.read_text("utf-8")


# ------------------------------------------------------- as git compares


def test_git_is_shown_the_same_for_a_file_that_is_wrapped_anew(three):
    start = three.answered(WHY, "Många slutar tidigt.\n\n- en lång punkt\n- två")
    start = three.answered(GOALS, (goal("L1", kunna="larma i tid och rätt"),), start)
    wrapped = start.replace("Många slutar tidigt.", "Många slutar\ntidigt.")
    wrapped = wrapped.replace("- en lång punkt\n- två", "* en lång\n  punkt\n* två")
    wrapped = wrapped.replace("larma i tid och rätt", "larma i tid\n  och rätt")
    shown = []
    for text in (start, wrapped, start.replace("Många", "Få")):
        (three.utb.folder / "fil").write_text(text, "utf-8")
        shown.append(three.utb("visa", "fil", "--format", "yaml", "--som-git"))
    assert shown[0] == shown[1] != shown[2]
    assert shown[0].code == 0
    assert 'kunna: "larma i tid och rätt"' in shown[0].out


@pytest.mark.parametrize("text", [b"# Om repot\r\n\r\nText", b"\xff\0", b"", b"<!-- utb:behov.varfor -->\nx"])
def test_git_is_shown_a_file_that_is_no_whole_dossier_as_it_stands(utb, text):
    path = utb.folder / "fil"
    path.write_bytes(text)
    assert text_for_git(path) == text
