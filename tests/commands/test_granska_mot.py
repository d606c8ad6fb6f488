"""`utb granska` in git: only what is new stops, what is staged is what is looked at, and a text can be handed over."""

from __future__ import annotations

import json
import re
from datetime import date

import pytest

from git_repo import git

NUMBER = "811218-9876"  # Invented; its check digit is right.
UNSOLVED = "ej_lost"


@pytest.fixture
def repo(utb):
    """On a branch of its own: an initiative in which something red is said already, and a sound one."""
    utb.dossier("Gammal", varfor="Vi behöver en kurs")
    utb.dossier("Natt")
    answer(utb, "gammal", "genomforande.bemanning", UNSOLVED)
    git(utb.folder, "init", "-q", "-b", "main")
    commit(utb)
    git(utb.folder, "checkout", "-qb", "gren")
    return utb


def answer(utb, name: str, question: str, value: str) -> None:
    assert utb("svar", name, question, value).code == 0


def commit(utb) -> None:
    git(utb.folder, "add", "-A")
    git(utb.folder, "commit", "-qm", "ändring")


def edit(utb, name: str, old: str, new: str) -> None:
    path = utb.folder / "insatser" / f"{name}.md"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def rules(outcome) -> list[str]:
    return [finding["regel"] for finding in json.loads(outcome.out)]


# ------------------------------------------------------------- what is new


def test_what_was_red_before_does_not_stop_and_is_counted(repo):
    assert repo("granska", "--strikt").code == 1
    edit(repo, "gammal", "Vi behöver en kurs", "Vi behöver en kurs till")
    code, out, err = repo("granska", "--mot", "main")
    assert (code, out) == (0, "")
    assert re.fullmatch(
        r"Jämfört med main \([0-9a-f]{7}\): inget nytt fynd\. \d äldre fynd visas inte\.\n",
        err,
    )


@pytest.mark.parametrize("form", ["text", "json", "github", "junit"])
def test_what_is_newly_red_stops_and_is_all_that_is_shown(repo, form):
    answer(repo, "natt", "genomforande.bemanning", UNSOLVED)
    code, out, err = repo("granska", "--mot", "main", "--format", form)
    assert code == 1
    shown = out if form != "junit" else "".join(re.findall(r"<failure.*", out))
    assert "Bemanningen är inte löst" in shown
    assert "R01" not in shown
    assert "gammal" not in out
    assert "1 nytt fynd, varav 1 rött." in err


def test_what_main_has_got_meanwhile_is_not_the_branch_s(repo):
    answer(repo, "natt", "varfor", "För att natten är otrygg")
    commit(repo)
    git(repo.folder, "checkout", "-q", "main")
    answer(repo, "natt", "genomforande.bemanning", UNSOLVED)
    commit(repo)
    git(repo.folder, "checkout", "-q", "gren")
    code, _, err = repo("granska", "--mot", "main")
    assert code == 0
    assert re.match(r"Jämfört med main, vid [0-9a-f]{7} där grenarna skildes åt: ", err)
    git(repo.folder, "merge", "-q", "main")
    assert repo("granska", "--mot", "main").code == 0


def test_a_question_that_nobody_has_answered_yet_stops_nobody(repo):
    repo.dossier("Ny", varfor="För att natten är otrygg")
    code, out, err = repo("granska", "--mot", "main")
    assert (code, out) == (0, "")
    assert "fynd om frågor som inte är besvarade än visas inte." in err
    assert "R01" in repo("granska", "ny").out


def test_a_goal_without_activity_stops_only_when_there_are_activities(repo):
    answer(repo, "natt", "koncept.larandemal", '[{"kunna": "Kunna larma"}]')
    assert repo("granska", "--mot", "main").code == 0
    answer(repo, "natt", "koncept.aktiviteter", '[{"titel": "Träff"}]')
    outcome = repo("granska", "--mot", "main", "--format", "json")
    assert outcome.code == 1
    assert "R11" in rules(outcome)


def test_an_answer_that_was_there_and_is_gone_stops(repo):
    git(repo.folder, "checkout", "-q", "main")
    answer(repo, "natt", "effektmatt", '[{"matt": "Larm", "nulage": "9", "mal": "5", "nar": "2030-01-01"}]')
    commit(repo)
    git(repo.folder, "checkout", "-qb", "annan")
    path = repo.folder / "insatser" / "natt.md"
    text = path.read_text("utf-8")
    path.write_text(
        re.sub(r"(<!-- utb:behov.effektmatt -->\n).*?(<!-- /utb)", r"\1\n\2", text, flags=re.DOTALL), "utf-8"
    )
    outcome = repo("granska", "--mot", "main", "--format", "json")
    assert (outcome.code, rules(outcome)) == (1, ["R01"])


def test_a_finding_that_only_the_day_has_made_is_not_new(repo, monkeypatch):
    git(repo.folder, "checkout", "-q", "main")
    answer(repo, "natt", "produktion.sakgranskning", '[{"giltigt_till": "2027-05-08"}]')
    commit(repo)
    git(repo.folder, "checkout", "-qb", "annan")
    answer(repo, "natt", "varfor", "För att natten är otrygg")
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2028, 1, 1))
    assert "R31" in repo("granska", "natt").out
    assert repo("granska", "--mot", "main").out == ""


def test_what_is_accepted_is_told_and_does_not_stop_until_the_acceptance_is_taken_away(repo):
    answer(repo, "natt", "genomforande.bemanning", UNSOLVED)
    repo("granska", "natt", "--avsteg", "R34", "--skal", "Löses i juni", "--roll", "Chef")
    code, out, _ = repo("granska", "--mot", "main")
    assert code == 0
    assert "Avsteg: Löses i juni (Chef," in out
    commit(repo)
    git(repo.folder, "checkout", "-qb", "utan")
    edit(repo, "natt", "- **Skäl:** Löses i juni\n", "")
    assert repo("granska", "--mot", "gren").code == 1


def test_text_that_is_not_read_stops_only_when_it_is_new(repo):
    place = "<!-- utb:behov.krav -->\n"
    edit(repo, "natt", place, f"{place}\nkanske inte, vi får se\n")
    assert repo("granska", "--mot", "main").code == 1
    commit(repo)
    edit(repo, "natt", "# Natt\n", "# Natt\n\nEn rad till.\n")
    assert repo("granska", "--mot", "HEAD").code == 0


def test_a_personal_number_stops_however_old_it_is(repo):
    edit(repo, "natt", "# Natt\n", f"# Natt\n\nFråga {NUMBER}.\n")
    commit(repo)
    outcome = repo("granska", "--mot", "HEAD", "--format", "json")
    assert (outcome.code, rules(outcome)) == (1, ["R32"])
    assert "inget nytt fynd. 1 äldre fynd om personnummer visas ändå." in outcome.err


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<!-- /utb:behov.varfor -->\n", ""),
        ("Därför", "<<<<<<< HEAD\nDärför\n=======\nDärav\n>>>>>>> main"),
        ("Därför", "Därför\n>>>>>>> main"),
    ],
    ids=["a marker", "a conflict", "what is left of a conflict"],
)
def test_a_broken_file_stops_however_old_it_is(repo, old, new):
    edit(repo, "natt", old, new)
    commit(repo)
    code, out, err = repo("granska", "--mot", "HEAD", "--format", "github")
    assert code == 3
    assert out.startswith("::error file=insatser/natt.md,line=")
    assert "insatser/natt.md behöver lagas innan den kan granskas" in err


@pytest.mark.parametrize("left", ["", "# Natt\n\nAllt är borta.\n"])
def test_a_dossier_that_has_lost_everything_stops(repo, left):
    (repo.folder / "insatser" / "natt.md").write_text(left, "utf-8")
    (repo.folder / "insatser" / "motet.md").write_text("# Mötet\n", "utf-8")
    git(repo.folder, "add", "-A")
    for flag in ([], ["--index"]):
        code, _, err = repo("granska", "--mot", "HEAD", *flag)
        assert code == 3
        assert "Fel: insatser/natt.md behöver lagas innan den kan granskas:\n" in err
        assert "insatser/motet.md behöver lagas" not in err


def test_a_file_that_is_mended_is_not_compared_with_what_could_not_be_read(repo):
    whole = (repo.folder / "insatser" / "gammal.md").read_text("utf-8")
    edit(repo, "gammal", "<!-- /utb:behov.varfor -->\n", "")
    commit(repo)
    (repo.folder / "insatser" / "gammal.md").write_text(whole, "utf-8")
    code, out, err = repo("granska", "--mot", "HEAD")
    assert (code, out) == (0, "")
    assert "insatser/gammal.md gick inte att läsa då, så där jämförs inget." in err


def test_an_initiative_is_known_again_by_its_letters_when_its_file_has_another_name(repo):
    git(repo.folder, "mv", "insatser/gammal.md", "insatser/nytt-namn.md")
    edit(repo, "nytt-namn", "# Gammal\n", "# Nytt namn\n")
    assert repo("granska", "--mot", "main").code == 0


def test_a_repo_without_initiatives_stops_nobody(repo):
    git(repo.folder, "rm", "-qr", "insatser")
    commit(repo)
    assert repo("granska", "--mot", "HEAD").code == 0


def test_what_cannot_be_compared_with_is_one_sentence(repo, tmp_path, monkeypatch):
    unknown = repo("granska", "--mot", "finnsinte")
    assert unknown.code == 2
    assert unknown.err.startswith("Fel: Git känner inte till ”finnsinte”")
    assert unknown.err.endswith("Här finns gren och main.\n")
    assert repo("granska", "--mot", "master").err.endswith("Menade du main?\n")
    assert "grund" not in unknown.err
    answer(repo, "natt", "varfor", "För natten")
    commit(repo)
    shallow = tmp_path / "grund"
    git(tmp_path, "clone", "-q", "--depth", "1", repo.folder.as_uri(), str(shallow))
    monkeypatch.chdir(shallow)
    told = repo("granska", "--mot", "origin/main")
    assert (told.code, told.out) == (2, "")
    assert told.err.endswith("Klonen är grund. Hämta resten av historiken: git fetch --unshallow\n")
    git(shallow, "fetch", "-q", "--depth", "1", "origin", "main:refs/remotes/origin/main")
    assert (
        "Git hittar ingen gemensam ändring för ”origin/main” och HEAD"
        in repo("granska", "--mot", "origin/main").err
    )


def test_outside_git_there_is_nothing_to_compare_with(repo, tmp_path, monkeypatch):
    lonely = tmp_path / "ensam"
    (lonely / "insatser").mkdir(parents=True)
    monkeypatch.chdir(lonely)
    for flag in (["--mot", "main"], ["--index"]):
        outcome = repo("granska", *flag)
        assert outcome.code == 2
        assert "ligger inte i ett git-repo, eller så saknas git." in outcome.err


# ----------------------------------------------------------- what is staged


def test_what_is_staged_is_looked_at_and_not_what_lies_in_the_folder(repo):
    answer(repo, "natt", "genomforande.bemanning", UNSOLVED)
    assert repo("granska", "--index", "--mot", "HEAD") == (
        0,
        "",
        "Git har ingen ändrad dossier att spara (git add), så inget har granskats.\n",
    )
    git(repo.folder, "add", "-A")
    answer(repo, "natt", "genomforande.bemanning", "vikarie")
    (repo.folder / "insatser" / "motet.md").write_text("# Mötet\n", "utf-8")
    (repo.folder / "LÄSMIG.md").write_text("<!-- utb:behov.varfor -->\n", "utf-8")
    git(repo.folder, "add", "insatser/motet.md", "LÄSMIG.md")
    outcome = repo("granska", "--index", "--mot", "HEAD", "--format", "github")
    assert outcome.code == 1
    assert re.findall(r"file=([^,]+),line=\d+,title=(R\d+)", outcome.out) == [("insatser/natt.md", "R34")]
    assert "R34" not in repo("granska", "natt").out


def test_everything_staged_is_new_before_the_first_commit(utb):
    utb.dossier("Natt")
    answer(utb, "natt", "genomforande.bemanning", UNSOLVED)
    git(utb.folder, "init", "-q")
    git(utb.folder, "add", "-A")
    outcome = utb("granska", "--index", "--mot", "HEAD")
    assert outcome.code == 1
    assert "Jämfört med HEAD: 1 nytt fynd, varav 1 rött." in outcome.err


def test_what_a_merge_brings_in_is_not_new_in_what_is_staged(repo):
    answer(repo, "natt", "genomforande.bemanning", UNSOLVED)
    commit(repo)
    git(repo.folder, "checkout", "-q", "main")
    git(repo.folder, "merge", "-q", "--no-ff", "--no-commit", "gren")
    assert repo("granska", "--index", "--mot", "HEAD").code == 0


def test_what_is_staged_in_another_unit_is_looked_at_too(repo):
    unit = repo.folder / "enhet" / "insatser"
    unit.mkdir(parents=True)
    (unit / "kväll.md").write_text(
        "<!-- utb:dossier 1 -->\n\n# Kväll\n\n<!-- utb:behov.varfor -->\n", "utf-8"
    )
    git(repo.folder, "add", "-A")
    outcome = repo("granska", "--index", "--format", "github")
    assert outcome.code == 3
    assert "file=enhet/insatser/kväll.md," in outcome.out


# ------------------------------------------------------ what is handed over


def test_a_text_can_be_handed_over(repo):
    text = (repo.folder / "insatser" / "gammal.md").read_text("utf-8")
    outcome = repo("granska", "-", "--strikt", "--format", "github", stdin=text)
    assert outcome.code == 1
    assert "file=-,line=" in outcome.out
    broken = repo("granska", "-", stdin=text.replace("<!-- /utb:behov.varfor -->\n", ""))
    assert (broken.code, broken.out) == (3, "")
    assert broken.err.startswith("Fel: - behöver lagas innan den kan granskas:\n")


@pytest.mark.parametrize(
    ("args", "told"),
    [
        (["natt", "--index"], "--index granskar det som är tillagt med git add. Ange ingen insats."),
        (["-", "natt"], "”-” läser en dossier från standard in. Ange den ensam."),
        (["-", "--mot", "main"], "--mot jämför filer som git känner till. Ange insatsen i stället för ”-”."),
    ],
)
def test_what_does_not_fit_together_is_told(repo, args, told):
    assert repo("granska", *args, stdin="") == (2, "", f"Fel: {told}\n")


def test_what_a_merge_has_not_merged_stops_and_says_what_to_do(repo):
    edit(repo, "gammal", "Vi behöver en kurs", "Grenens skäl")
    commit(repo)
    git(repo.folder, "checkout", "-q", "main")
    edit(repo, "gammal", "Vi behöver en kurs", "Stammens skäl")
    commit(repo)
    git(repo.folder, "merge", "-q", "gren", check=False)
    for more in ((), ("--mot", "HEAD")):
        outcome = repo("granska", "--index", *more)
        assert (outcome.code, outcome.out) == (3, "")
        assert "gammal.md är inte sammanslagen än. Lös konflikten med utb laga" in outcome.err
    assert outcome.err.endswith(
        "i det som gick att läsa. 1 fil gick inte att granska, så det är inte klart.\n"
    )
