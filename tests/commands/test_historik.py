"""`utb historik`: a year of answers in git read as sentences: who, when, which answer, from what to what."""

from __future__ import annotations

import json
from datetime import date

import pytest

from git_repo import git

TODAY = date(2026, 12, 1)
PHONE = "070-123 45 67"
NUMBER = "640823-3234"
YEAR = """\
Trygg natt
insatser/trygg-natt.md

10 januari 2026, Anna Ås
- Insatsen ”Trygg start” lades till.
- ”Varför vill ni göra den här insatsen?” besvarades: ”Ring [telefonnummer]”.

1 februari 2026, Bo
- ”Hur går ni vidare?” besvarades: ”Vi undersöker mer först”.

3 mars 2026, Cilla med Dan och Eva
- ”Om det verkligen gällde, skulle de klara det redan i dag?” besvarades:
  ”Nej”.
- ”Hur går ni vidare?” ändrades från ”Vi undersöker mer först” till ”Vi går
  till Koncept med en mix av insatser”.
- Beslut ”D1 Ta fram koncept” lades till. Beslutas av: ”Chefen”; Behövs senast:
  1 april 2026.

10 mars 2026, Bo
- Filen bytte namn från trygg-start.md till trygg-natt.md.
- Titeln ändrades från ”Trygg start” till ”Trygg natt”.

2 april 2026, Anna Ås
- ”Varför vill ni göra den här insatsen?” ändrades från ”Ring [telefonnummer]”
  till ”vet inte än” (HR vet).
- Beslut ”D1 Ta fram koncept”: fältet ”Behövs senast” ändrades från 1 april
  2026 till maj 2026.

Inte sparat i git än
- ”Varför vill ni göra den här insatsen?” ändrades från ”vet inte än” (HR vet)
  till ”Ojämn handledning”.
"""


@pytest.fixture
def repo(utb, monkeypatch):
    """An empty repository to work in; the day is another than that of its commits."""
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)
    (utb.folder / ".git").rmdir()
    git(utb.folder, "init", "-q", "-b", "main")
    return utb


def commit(utb, day, name, message="ändring", *how):
    git(utb.folder, "add", "-A")
    written = ("-c", f"user.name={name}", "-c", "user.email=hemlig@example.org")
    date_of_it = ("--date", f"{day}T12:00:00+0100")
    git(utb.folder, *written, "commit", "-q", "--allow-empty", *date_of_it, "-m", message, *how)


def ran(utb, *command):
    outcome = utb(*command)
    assert outcome.code == 0, outcome.err
    return outcome.out


def year(utb):
    """A small year of one initiative, with a change that is not committed."""
    utb.dossier("Trygg start", varfor=f"Ring {PHONE}")
    commit(utb, "2026-01-10", "Anna Ås")
    ran(utb, "svar", "trygg-start", "analys.beslut", "undersok_mer")
    commit(utb, "2026-02-01", "Bo")
    ran(utb, "svar", "trygg-start", "analys.kan_idag", "nej")
    row = '[{"galler": "Ta fram koncept", "roll": "Chefen", "senast": "2026-04-01"}]'
    ran(utb, "svar", "trygg-start", "analys.beslut", "koncept_mix")
    ran(utb, "svar", "trygg-start", "analys.beslutsgang", row)
    together = "mix\n\nCo-authored-by: Dan <dan@example.org>\nCo-authored-by: Eva <eva@example.org>"
    commit(utb, "2026-03-03", "Cilla", together)
    ran(utb, "byt-namn", "trygg-start", "Trygg natt")
    commit(utb, "2026-03-10", "Bo")
    ran(utb, "svar", "trygg-natt", "behov.varfor", "--vet-inte", "HR")
    ran(utb, "svar", "trygg-natt", "analys.beslutsgang", row.replace("2026-04-01", "maj 2026"))
    commit(utb, "2026-04-02", "Anna Ås")
    ran(utb, "svar", "trygg-natt", "behov.varfor", "Ojämn handledning")


def test_a_year_reads_as_sentences_with_what_is_not_committed_last(repo):
    year(repo)
    outcome = repo("historik")
    assert (outcome.code, outcome.err, outcome.out) == (0, "", YEAR)
    assert repo("historik", "natt").out == YEAR


def test_it_is_limited_to_days_and_to_a_question(repo):
    year(repo)
    march = ran(repo, "historik", "--sedan", "mars", "--till", "2026-03")
    assert "3 mars" in march
    assert "10 mars" in march
    assert "februari" not in march
    assert "Inte sparat" not in march
    why = ran(repo, "historik", "--fraga", "varfor")
    assert why.count("Varför vill ni") == 3
    assert "Beslut" not in why
    assert "Filen" not in why
    assert "Inte sparat" in ran(repo, "historik", "--sedan", "denna månad")


def test_data_holds_every_alteration_with_what_was_and_what_became(repo):
    year(repo)
    data = json.loads(ran(repo, "historik", "--format", "json"))
    assert (data["format"], data["borjar"]) == (1, None)
    (initiative,) = data["insatser"]
    assert initiative["titel"] == "Trygg natt"
    changes = {(event["datum"], event["fraga"], event["falt"]): event for event in initiative["andringar"]}
    decided = changes["2026-03-03", "analys.beslut", None]
    assert (decided["fran"], decided["till"]) == ("undersok_mer", "koncept_mix")
    assert (decided["namn"], decided["med"]) == ("Cilla", ["Dan", "Eva"])
    moved = changes["2026-04-02", "analys.beslutsgang", "senast"]
    assert moved["rad"] == "D1"
    assert moved["till"]["forsta"] == "2026-05-01"
    assert changes["2026-04-02", "behov.varfor", None]["till"] == {"okand": "HR"}
    assert changes[None, "behov.varfor", None]["till"] == "Ojämn handledning"


@pytest.mark.parametrize("form", ["text", "json", "md"])
def test_ways_to_reach_people_are_never_shown_though_git_remembers_them(repo, form):
    year(repo)
    ran(repo, "svar", "trygg-natt", "behov.varfor", f"Gäller {NUMBER}", "--medge-personuppgift")
    shown = ran(repo, "historik", "--format", form) + ran(repo, "historik", "--fraga", "varfor")
    assert NUMBER not in shown
    assert PHONE not in shown
    assert "@example.org" not in shown
    assert "innehåller ett personnummer" in shown


def test_a_file_named_by_a_personal_number_has_no_name_in_json(repo):
    year(repo)
    folder = next(repo.folder.rglob("trygg-natt.md")).parent
    (folder / "trygg-natt.md").rename(folder / f"natt-{NUMBER}.md")
    data = json.loads(ran(repo, "historik", "--format", "json"))
    hidden = "[Texten visas inte. Den innehåller ett personnummer.]"
    assert hidden in [initiative["insats"] for initiative in data["insatser"]]


def test_a_decision_is_told_with_its_ground_and_what_has_changed_in_it_since(repo):
    year(repo)
    ran(repo, "svar", "trygg-natt", "analys.gap_belagg", "Ja, vi har mätt det")
    log = ran(repo, "historik", "--beslut")
    assert "10 januari" not in log
    assert "Skrevs in 3 mars 2026 av Cilla med Dan och Eva\n- ”Hur går ni vidare?” ändrades" in log
    assert "- Svaren räckte då inte till en diagnos." in log
    log = " ".join(log.split())
    assert "- Grund: Om det verkligen gällde, skulle de klara det redan i dag? – ”Nej”." in log
    assert "- Har ändrats sedan (inte sparat i git än): ”Finns det ett glapp" in log
    assert "- Har ändrats sedan (3 mars 2026, Cilla med Dan och Eva): ”Om det" in log
    assert (
        "”Vi undersöker mer först”. - Beslutet har ändrats sedan (3 mars 2026, Cilla med Dan och Eva)" in log
    )
    assert "Varför vill ni" not in log


def test_a_dossier_in_the_archive_is_followed_and_one_that_is_removed_is_told(repo):
    year(repo)
    ran(repo, "arkivera", "trygg-natt", "--ja")
    repo.dossier("Kort besök")
    commit(repo, "2026-05-01", "Bo")
    (repo.folder / "insatser" / "kort-besok.md").unlink()
    commit(repo, "2026-06-01", "Eva")
    told = ran(repo, "historik")
    assert "1 maj 2026, Bo\n- Insatsen lades i arkivet." in told
    assert told.endswith("1 juni 2026, Eva\n- Dossiern togs bort.\n")
    assert told.count("lades till.") == 2 + 1  # two initiatives, and a row


def test_a_dossier_that_takes_the_place_of_another_is_not_taken_for_it(repo):
    repo.dossier("Första")
    commit(repo, "2026-01-01", "Bo")
    (repo.folder / "insatser" / "forsta.md").unlink()
    repo.dossier("Andra")
    commit(repo, "2026-02-01", "Bo")
    assert "bytte namn" not in ran(repo, "historik")
    assert ran(repo, "historik", "andra").count("lades till") == 1


def test_formatting_alone_is_no_event(repo):
    path = repo.example()
    commit(repo, "2026-01-01", "Bo")
    path.write_bytes(path.read_bytes().replace(b"\n- ", b"\n* ").replace(b"\n", b"\r\n"))
    commit(repo, "2026-02-01", "Bo")
    assert "februari 2026" not in ran(repo, "historik")


def branched(utb, ours, theirs):
    """Two branches from one commit, each with an answer of its own to one question; the first is out."""
    utb.dossier("Natt", varfor="Från början")
    commit(utb, "2026-01-01", "Anna")
    git(utb.folder, "checkout", "-qb", "sida")
    ran(utb, "svar", "natt", *theirs)
    commit(utb, "2026-02-01", "Bo")
    git(utb.folder, "checkout", "-q", "main")
    ran(utb, "svar", "natt", *ours)
    commit(utb, "2026-03-01", "Cilla")


def test_what_two_sides_did_is_told_once_each_and_a_clean_merge_has_done_nothing(repo):
    branched(repo, ("behov.varfor", "Cillas"), ("behov.uppna_losa", "Bos"))
    git(repo.folder, "merge", "-q", "sida", "-m", "samman")
    told = ran(repo, "historik")
    assert told.count("Bos") == told.count("Cillas") == 1
    assert "sammanslagning" not in told


@pytest.mark.parametrize(
    ("settled", "sentence"),
    [
        ("Något tredje", "ändrades från ”Cillas” till ”Något tredje”."),
        ("Cillas", ": när två grenar slogs samman behölls ”Cillas”, och ”Bos” föll bort."),
        ("Bos", ": när två grenar slogs samman behölls ”Bos”, och ”Cillas” föll bort."),
    ],
)
def test_a_conflict_is_told_by_who_settled_it_and_how(repo, settled, sentence):
    branched(repo, ("behov.varfor", "Cillas"), ("behov.varfor", "Bos"))
    git(repo.folder, "merge", "-q", "sida", check=False)
    git(repo.folder, "checkout", "--ours", "insatser/natt.md")
    ran(repo, "svar", "natt", "behov.varfor", settled)
    commit(repo, "2026-04-01", "Dan")
    told = " ".join(ran(repo, "historik").split())
    assert "1 april 2026, Dan (sammanslagning) - ”Varför vill ni göra den här insatsen?”" in told
    assert sentence in told


def test_a_text_that_could_not_be_read_then_is_told_and_what_follows_is_read(repo):
    path = repo.dossier("Natt", varfor="Först")
    commit(repo, "2026-01-01", "Anna")
    whole = path.read_text("utf-8")
    path.write_text(whole.replace("Först", "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> sida"), "utf-8")
    commit(repo, "2026-02-01", "Bo")
    path.write_text(whole.replace("Först", "Sedan"), "utf-8")
    commit(repo, "2026-03-01", "Cilla")
    told = " ".join(ran(repo, "historik").split())
    assert "1 februari 2026, Bo - Dossiern gick inte att läsa i ändringen" in told
    assert "Cilla - ”Varför vill ni göra den här insatsen?” ändrades från ”Först” till ”Sedan”." in told


def test_a_shallow_clone_says_where_its_history_begins_and_how_to_fetch_the_rest(repo, monkeypatch):
    year(repo)
    commit(repo, "2026-05-01", "Bo")
    git(repo.folder.parent, "clone", "-q", "--depth", "2", repo.folder.as_uri(), "grund")
    monkeypatch.chdir(repo.folder.parent / "grund")
    told = ran(repo, "historik")
    assert told.startswith(
        "Historiken börjar 2 april 2026: klonen är grund. Hämta resten med:\n    git fetch --unshallow\n"
    )
    assert "2 april 2026, Anna" not in told
    assert "1 maj 2026, Bo" in told


def test_what_a_branch_changes_is_told_for_a_pull_request_with_what_follows_of_it(repo):
    path = repo.example()
    commit(repo, "2026-01-01", "Anna")
    git(repo.folder, "checkout", "-qb", "gren")
    ran(repo, "svar", path.stem, "analys.beslut", "avsluta")
    commit(repo, "2026-02-01", "Bo")
    rows = json.loads(ran(repo, "svar", path.stem, "behov.malgrupper"))
    rows[0]["antal"] = 200
    ran(repo, "svar", path.stem, "behov.malgrupper", json.dumps(rows))
    told = ran(repo, "historik", "--mot", "main", "--format", "md")
    assert (
        "”Hur går ni vidare?” ändrades från ”Vi går till Koncept med en mix av insatser” till ”Vi avslutar här”."
        in told
    )
    assert "fältet ”Antal personer” ändrades från 60 till 200" in told
    assert "- Diagnosen är densamma: en mix" in told
    assert "- Kostnaden ändras från ungefär" in told
    assert "timmar ×" in told
    assert "- Nytt rött fynd, R" in told
    git(repo.folder, "stash", "-q")
    git(repo.folder, "checkout", "-q", "main")
    assert repo("historik", "--mot", "gren").err == (
        "Det här skiljer från ”gren”, räknat från ändringen "
        f"{repo('historik', '--mot', 'gren').err.split('ändringen ')[1][:7]}.\nInget svar är ändrat.\n"
    )


@pytest.mark.parametrize(
    ("command", "code", "sentence"),
    [
        (("--mot", "finns-inte"), 2, "Git känner inte till ”finns-inte”"),
        (("--mot", "main", "--beslut"), 2, "--mot jämför med en gren"),
        (("--sedan", "nyss igen"), 2, "--sedan: "),
        (("--sedan", "2026-05", "--till", "2026-04"), 2, "är före --sedan"),
        (("--fraga", "varfor", "--beslut"), 2, "Ange --beslut eller --fraga, inte båda."),
        (("--fraga", "behov.finns_inte"), 2, "Frågan ”behov.finns_inte” finns inte."),
        (("--format", "csv"), 2, "Formatet ”csv” finns inte."),
        (("--sedan", "2026-11"), 0, "Inget svar ändrades under den tiden."),
    ],
)
def test_what_cannot_be_told_is_said_in_a_sentence(repo, command, code, sentence):
    repo.dossier("Natt")
    commit(repo, "2026-01-01", "Anna")
    outcome = repo("historik", *command)
    assert (outcome.code, outcome.out) == (code, "")
    assert sentence in outcome.err


def test_without_git_or_a_commit_that_is_said(repo, monkeypatch, tmp_path):
    repo.dossier("Natt")
    outcome = repo("historik")
    assert outcome.code == 2
    assert "än. Gör det med: git add, och sedan git commit" in outcome.err
    (tmp_path / "utan").mkdir()
    monkeypatch.chdir(tmp_path / "utan")
    repo.folder = tmp_path / "utan"
    outcome = repo("historik")
    assert outcome.code == 2
    assert "ligger inte i ett git-repo" in outcome.err


def test_a_dossier_that_git_does_not_know_is_told_as_not_committed(repo):
    repo.dossier("Natt")
    commit(repo, "2026-01-01", "Anna")
    repo.dossier("Dag")
    assert "Inte sparat i git än\n- Insatsen ”Dag” lades till." in ran(repo, "historik", "dag")


def test_it_changes_no_byte(repo):
    year(repo)
    paths = [path for path in repo.folder.rglob("*") if path.is_file()]
    before = {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}
    for command in ((), ("--beslut",), ("--mot", "HEAD~2")):
        ran(repo, "historik", *command)
    assert before == {path: (path.read_bytes(), path.stat().st_mtime_ns) for path in paths}


def test_a_long_text_is_cut_where_it_is_another_and_is_to_be_seen_whole(repo):
    long = "Nya undersköterskor får olika besked av olika kollegor och lämnas ensamma för tidigt på passen"
    repo.dossier("Natt", varfor=long)
    commit(repo, "2026-01-01", "Anna")
    ran(repo, "svar", "natt", "behov.varfor", long.replace("tidigt", "länge"))
    outcome = repo("historik", "--sedan", "i dag")
    told = " ".join(outcome.out.split())
    assert "ändrades från ”… lämnas ensamma för tidigt på passen” till ”… lämnas ensamma för länge" in told
    whole = " ".join(ran(repo, "historik", "natt", "--fraga", "varfor").split())
    assert f"besvarades: ”{long}”" in whole
    assert "länge på passen” (behov.varfor)." in told
    assert repo("historik").err.endswith("så här:\n    utb historik natt --fraga behov.varfor\n")
    for form in ("md", "json"):
        assert f"besvarades: ”{long}”" in ran(repo, "historik", "--format", form).replace('\\"', '"')


def test_a_narrow_window_wraps_and_no_word_is_lost(repo, monkeypatch):
    year(repo)
    monkeypatch.setenv("COLUMNS", "40")
    narrow = ran(repo, "historik")
    assert max(map(len, narrow.splitlines())) < 40
    assert narrow.split() == YEAR.split()


def test_a_dossier_elsewhere_is_read_from_its_own_repository(repo, monkeypatch, tmp_path):
    year(repo)
    elsewhere = tmp_path / "annanstans"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert "3 mars 2026, Cilla" in ran(repo, "historik", str(repo.folder / "insatser" / "trygg-natt.md"))


def test_initiatives_that_are_all_removed_are_told_and_a_link_out_of_the_repository_is_passed_over(
    repo, tmp_path
):
    path = repo.dossier("Natt")
    commit(repo, "2026-01-01", "Anna")
    moved = path.rename(tmp_path / "natt.md")
    path.parent.rmdir()
    commit(repo, "2026-02-01", "Bo")
    assert ran(repo, "historik").endswith("1 februari 2026, Bo\n- Dossiern togs bort.\n")
    path.parent.mkdir()
    (path.parent / "dag.md").symlink_to(moved)
    assert "Natt" in ran(repo, "historik")


def test_a_conflict_in_the_working_tree_is_told_with_its_line(repo):
    path = repo.dossier("Natt", varfor="Först")
    commit(repo, "2026-01-01", "Anna")
    conflict = "<<<<<<< HEAD\nA\n=======\nB\n>>>>>>> sida"
    path.write_text(path.read_text("utf-8").replace("Först", conflict), "utf-8")
    told = " ".join(ran(repo, "historik").split())
    assert "Inte sparat i git än - Dossiern går inte att läsa: rad " in told
    assert "git-konflikt" in told


def test_a_whole_stage_is_told_in_short_with_its_first_answers_and_the_way_to_the_others(repo):
    repo.dossier("Natt")
    commit(repo, "2026-01-01", "Anna")
    asked = (
        "uppna_losa",
        "omfattas",
        "esther",
        "signal",
        "noll",
        "klart_senast",
        "vem_vill",
        "varfor",
        "krav",
    )
    for name in asked:
        repo("svar", "natt", f"behov.{name}", "2027-01-01" if name == "klart_senast" else "Nej")
    ran(repo, "svar", "natt", "analys.kan_idag", "nej")
    ran(repo, "svar", "natt", "analys.beslut", "avsluta")
    commit(repo, "2026-03-02", "Sam")
    outcome = repo("historik", "--sedan", "mars")
    assert "2 mars 2026, Sam: stegen Behov och Analys, 11 svar\n" in outcome.out
    assert outcome.out.count("\n- ") == 5 + 2
    assert "”Hur går ni vidare?” besvarades" in outcome.out
    assert outcome.out.endswith("- Och 5 svar till.\n")
    assert outcome.err == "Allt, med hela texterna, står i:\n    utb historik natt --format md\n"
    assert "svar till" not in ran(repo, "historik", "--format", "md")


def test_a_question_is_found_by_words_of_its_text(repo):
    year(repo)
    assert ran(repo, "historik", "--fraga", "Hur går ni vidare?") == ran(
        repo, "historik", "--fraga", "beslut"
    )
    outcome = repo("historik", "--fraga", "hur")
    assert outcome.code == 2
    assert "”hur” står i flera frågor: " in outcome.err
    near = repo("historik", "--fraga", "Varför vill ni göra den insatsen?").err
    assert near.endswith("Menade du ”Varför vill ni göra den här insatsen?”\n")


def test_a_decision_with_a_day_of_its_own_has_that_first(repo):
    year(repo)
    row = '[{"galler": "Ta fram koncept", "roll": "Chefen", "utfall": "ja", "datum": "2026-03-20"}]'
    commit(repo, "2026-05-01", "Bo")
    ran(repo, "svar", "trygg-natt", "analys.beslutsgang", row)
    commit(repo, "2026-05-02", "Kim")
    assert "\nBeslutat 20 mars 2026. Skrevs in 2 maj 2026 av Kim\n" in ran(repo, "historik", "--beslut")


def test_a_row_is_called_by_what_it_points_at_and_says_nothing_empty(repo):
    repo.dossier("Natt")
    commit(repo, "2026-01-01", "Anna")
    ran(repo, "svar", "natt", "analys.andra_insatser", '[{"typ": "bemanning", "insats": "Nytt schema"}]')
    status = '[{"insats": "I1", "status": "pagar", "kommentar": "Följs upp i juni."}]'
    ran(repo, "svar", "natt", "uppfoljning.andra_insatser_status", status)
    told = " ".join(ran(repo, "historik", "--sedan", "i dag").split())
    assert "Insats ”I1 Nytt schema” lades till. Läge: ”Pågår”; Kommentar: ”Följs upp i juni.” " in f"{told} "
    commit(repo, "2026-02-01", "Anna")
    ran(repo, "svar", "natt", "uppfoljning.andra_insatser_status", status.replace("pagar", "klar"))
    told = " ".join(ran(repo, "historik", "--sedan", "i dag").split())
    assert "Insats ”I1 Nytt schema”: fältet ”Läge” ändrades från ”Pågår” till ”Klar”." in told


def test_a_ground_that_has_become_weaker_is_said_from_what_to_what(repo):
    path = repo.example()
    commit(repo, "2026-01-01", "Anna")
    git(repo.folder, "branch", "gren")
    ran(repo, "svar", path.stem, "analys.gap_belagg", "vi_tror")
    for name in ("analys.tillfragade", "analys.svarande", "analys.kan_idag"):
        ran(repo, "svar", path.stem, name, "--vet-inte", "HR")
    commit(repo, "2026-02-01", "Bo")
    for command in (("--mot", "gren"), ("--beslut",)):
        told = " ".join(ran(repo, "historik", *command).split())
        assert "Underlaget har ändrats: ”Rimligt underlag” → ”Svagt underlag”." in told
        assert told.count("en mix (") == 1
        assert "Diagnosen är densamma" in told
    assert "Har ändrats sedan (1 februari 2026, Bo): ”Vilka har ni pratat med?”" in told


def test_a_decision_whose_ground_nobody_has_changed_says_so(repo):
    repo.example()
    commit(repo, "2026-01-01", "Anna")
    assert "- Grunden är densamma i dag.\n" in ran(repo, "historik", "--beslut")


def test_the_page_to_paste_has_nothing_cut_not_even_the_name_of_a_row(repo):
    repo.example()
    commit(repo, "2026-01-01", "Anna")
    for command in ((), ("--beslut",)):
        assert " …”" not in ran(repo, "historik", "--format", "md", *command)


def test_what_to_copy_is_whole_in_a_narrow_window_and_no_word_is_cut(repo, monkeypatch):
    repo.example()
    commit(repo, "2026-01-01", "Anna")
    monkeypatch.setenv("COLUMNS", "40")
    *lines, command = repo("historik").err.splitlines()
    assert " ".join(lines) == "Allt, med hela texterna, står i:"
    assert command.startswith("    utb historik ")
