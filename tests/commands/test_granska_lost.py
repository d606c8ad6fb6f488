"""`utb granska --mot`: what stood where the branches parted and is gone is told, and stops."""

from __future__ import annotations

import json
import re

import pytest

from git_repo import git, git_says

NUMBER = "811218-9876"  # Invented; its check digit is right.


@pytest.fixture
def repo(utb):
    """Two initiatives in main, each with three answers, and a branch of its own."""
    for title in ("Dag", "Natt"):
        utb.dossier(title, varfor="Vi är otrygga")
        for qid, value in (("behov.krav", "nej"), ("genomforande.bemanning", "vikarie")):
            assert utb("svar", title.lower(), qid, value).code == 0
    git(utb.folder, "init", "-q", "-b", "main")
    commit(utb)
    git(utb.folder, "checkout", "-qb", "gren")
    return utb


def commit(utb) -> None:
    git(utb.folder, "add", "-A")
    git(utb.folder, "commit", "-qm", "ändring")


def insatser(utb, name: str):
    return utb.folder / "insatser" / name


def change(utb, pattern: str, new: str, count: int = 0) -> None:
    path = insatser(utb, "natt.md")
    text = path.read_text("utf-8")
    changed = re.sub(pattern, new, text, count=count, flags=re.DOTALL)
    assert changed != text
    path.write_text(changed, "utf-8")


def both(utb) -> list[tuple[int, str]]:
    """The exit code, and all that is said, of what lies there and of what is staged."""
    git(utb.folder, "add", "-A")
    outcomes = [utb("granska", *flags, "--mot", "main") for flags in ([], ["--index"])]
    return [(outcome.code, outcome.out + outcome.err) for outcome in outcomes]


# ------------------------------------------------------------ answers that are gone


def test_a_dossier_whose_answers_are_emptied_stops(repo):
    change(repo, r"(<!-- utb:([\w.]+) -->\n).*?(<!-- /utb:\2 -->)", r"\1\n\3")
    for code, said in both(repo):
        assert code == 1
        assert re.search("insatser/natt.md: 3 svar som fanns i ändringen [0-9a-f]{7} är borta: ", said)
    assert "title=Svar är borta::3 svar" in repo("granska", "--mot", "main", "--format", "github").out


def test_an_answer_that_is_taken_away_is_told_and_does_not_stop(repo):
    change(repo, r"(<!-- utb:behov.krav -->\n).*?(<!-- /utb)", r"\1\n\2")
    for code, said in both(repo):
        assert code == 0
        assert re.search("natt.md: 1 svar som fanns i ändringen [0-9a-f]{7} är borta: behov.krav\\.", said)


def test_an_answer_that_is_gone_with_its_place_stops(repo):
    change(repo, r"<!-- utb:behov.krav -->\n.*?<!-- /utb:behov.krav -->\n", "")
    assert [code for code, _ in both(repo)] == [1, 1]


def test_an_answer_that_is_no_longer_known_is_not_gone(repo):
    assert repo("svar", "natt", "behov.krav", "--vet-inte").code == 0
    assert all("borta" not in said for _, said in both(repo))


# ----------------------------------------------------------- dossiers that are gone


def removed(path):
    path.unlink()


def called_otherwise(path):
    path.rename(path.with_suffix(".txt"))


def hidden(path):
    path.rename(path.with_name(".natt.md"))


def put_deeper(path):
    (path.parent / "gamla").mkdir()
    path.rename(path.parent / "gamla" / path.name)


def replaced_by_a_link(path):
    path.rename(path.parent.parent / "annan.md")
    path.symlink_to("../annan.md")


def replaced_by_a_folder(path):
    path.unlink()
    path.mkdir()
    (path / "x.txt").write_text("x")


@pytest.mark.parametrize(
    "done",
    [
        removed,
        called_otherwise,
        hidden,
        put_deeper,
        replaced_by_a_link,
        replaced_by_a_folder,
    ],
)
def test_a_dossier_that_is_no_longer_there_stops(repo, done):
    done(insatser(repo, "natt.md"))
    for code, said in both(repo):
        assert code == 1
        assert re.search("insatser/natt.md fanns i ändringen [0-9a-f]{7} och är borta\\.", said)
        assert "utb arkivera natt" in said
    outcome = repo("granska", "--mot", "main", "--format", "json")
    assert "insatser/natt.md fanns" in json.loads(outcome.out)[0]["text"]


def test_a_folder_of_another_name_in_the_settings_switches_nothing_off(repo):
    (repo.folder / "utb.yaml").write_text("mapp: nya\n", "utf-8")
    (repo.folder / "nya").mkdir()
    for code, said in both(repo):
        assert code == 1
        assert (
            said.count("och läses inte längre. Flytta filen till mappen med insatser, eller rätta raden") == 2
        )
    (repo.folder / "nya").rmdir()
    insatser(repo, "").rename(repo.folder / "nya")
    assert [code for code, _ in both(repo)] == [0, 0]


def test_a_dossier_that_is_put_away_or_renamed_is_not_gone(repo):
    assert repo("arkivera", "natt", "--ja").code == 0
    insatser(repo, "dag.md").rename(insatser(repo, "kväll.md"))
    assert repo("granska", "--mot", "main").code == 0
    assert [code for code, _ in both(repo)] == [0, 0]


def test_an_old_dossier_without_letters_is_known_by_what_it_says(repo):
    git(repo.folder, "checkout", "-q", "main")
    change(repo, r"<!-- insats: \w+ -->\n", "")
    commit(repo)
    git(repo.folder, "checkout", "-qB", "gren")
    insatser(repo, "natt.md").rename(insatser(repo, "skift.md"))
    assert [code for code, _ in both(repo)] == [0, 0]


def test_a_dossier_that_the_other_side_of_a_merge_has_removed_is_not_gone_anew(repo):
    insatser(repo, "natt.md").unlink()
    commit(repo)
    git(repo.folder, "checkout", "-q", "main")
    git(repo.folder, "merge", "-q", "--no-ff", "--no-commit", "gren")
    assert repo("granska", "--index", "--mot", "HEAD").code == 0


# ------------------------------------------------ what lies where nobody reviews it


def with_number(repo, name: str) -> None:
    path = insatser(repo, name)
    path.parent.mkdir(parents=True, exist_ok=True)
    text = insatser(repo, "natt.md").read_text("utf-8")
    path.write_text(text.replace("Vi är otrygga", f"Vi är {NUMBER}"), "utf-8")


@pytest.mark.parametrize(
    "name", ["arkiv/gammal.md", "natt - kopia.md", "natt.kopia1.md", ".dold.md", "../enhet/insatser/kväll.md"]
)
def test_a_personal_number_stops_wherever_git_finds_the_dossier(repo, name):
    with_number(repo, name)
    assert all(code == 1 and "R32" in said for code, said in both(repo))


def test_what_is_put_away_is_looked_at_for_what_must_not_be_there_and_for_nothing_else(repo):
    assert repo("svar", "natt", "genomforande.bemanning", "ej_lost").code == 0
    assert repo("arkivera", "natt", "--ja").code == 0
    assert repo("granska", "--mot", "main").code == 0
    insatser(repo, "dag.md").rename(insatser(repo, "arkiv/dag.md"))
    with_number_in = insatser(repo, "arkiv/natt.md")
    with_number_in.write_text(with_number_in.read_text("utf-8").replace("otrygga", NUMBER), "utf-8")
    repo.dossier("Kväll")
    commit(repo)
    for flags in (["--mot", "HEAD"], ["--strikt"]):
        outcome = repo("granska", *flags, "--format", "json")
        told = [(one["insats"], one["regel"]) for one in json.loads(outcome.out) if one["insats"] != "kvall"]
        assert (outcome.code, told) == (1, [("natt", "R32")])
    with_number_in.write_text(
        with_number_in.read_text("utf-8").replace("<!-- /utb:behov.krav -->\n", ""), "utf-8"
    )
    commit(repo)
    assert [repo("granska", *flags).code for flags in (["--mot", "HEAD"], ["--strikt"])] == [3, 3]


def test_what_has_changed_in_another_unit_is_looked_at_from_the_top(repo):
    unit = repo.folder / "enhet" / "insatser"
    unit.mkdir(parents=True)
    insatser(repo, "natt.md").rename(unit / "natt.md")
    insatser(repo, "dag.md").unlink()
    insatser(repo, "").rmdir()
    commit(repo)
    git(repo.folder, "checkout", "-qb", "annan")
    path = unit / "natt.md"
    path.write_text(path.read_text("utf-8").replace("Vikarie", "Inte löst"), "utf-8")
    outcome = repo("granska", "--mot", "gren", "--format", "github")
    assert outcome.code == 1
    assert "file=enhet/insatser/natt.md" in outcome.out


def test_that_no_dossier_is_there_is_told(repo):
    git(repo.folder, "rm", "-qr", "insatser")
    commit(repo)
    assert repo("granska", "--mot", "HEAD").err.endswith(
        "inget nytt fynd. Ingen insats utanför arkivet har granskats.\n"
    )


@pytest.mark.parametrize("form", ["text", "json", "github", "junit"])
@pytest.mark.parametrize("state", ["whole", "broken", "removed"])
def test_a_personal_number_in_the_name_of_a_file_stops_and_is_not_published(repo, form, state):
    path = insatser(repo, f"natt-{NUMBER}.md")
    insatser(repo, "natt.md").rename(path)
    commit(repo)
    if state == "broken":
        path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.krav -->\n", ""), "utf-8")
    if state == "removed":
        path.unlink()
    outcome = repo("granska", "--mot", "HEAD", "--format", form)
    assert outcome.code == (3 if state == "broken" else 1)
    if state == "whole":
        assert "R32" in outcome.out
        assert "”filens namn” innehåller något som" in outcome.out
    if form != "text":
        assert NUMBER not in outcome.out
    if form in ("github", "junit"):
        assert NUMBER not in outcome.err


def test_a_wanted_name_of_two_lines_is_told_as_one(repo):
    for words in (["granska", "a\nb"], ["granska", "--format", "a\nb"], ["granska", "--regel", "a\nb"]):
        outcome = repo(*words)
        assert outcome.code == 2
        assert "”a b” finns inte." in outcome.err


@pytest.mark.parametrize("is_there", [True, False])
def test_what_git_cannot_read_is_told_once_by_its_path_and_stops(repo, is_there):
    for line in git_says(repo.folder, "ls-tree", "-r", "HEAD", "--", "insatser").splitlines():
        blob = line.split()[2]
        (repo.folder / ".git" / "objects" / blob[:2] / blob[2:]).unlink()
    for name in ("natt", "dag"):
        assert repo("svar", name, "behov.varfor", "En annan orsak").code == 0
        if not is_there:
            insatser(repo, f"{name}.md").unlink()
    for code, said in both(repo):
        assert code == 3
        assert re.match(r"Fel: Git kunde inte läsa insatser/(dag|natt)\.md i ändringen [0-9a-f]{7}\. ", said)
        assert "ingenting" not in said
        assert said.count("Git kunde inte läsa") == 1
