"""`utb lista`: all initiatives of a folder, the most urgent first."""

from __future__ import annotations

import csv
import io
import json
import os
import random
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from making import BATTERY, ROOT
from utbildningsprocess.documents.kinds import NEW_DOSSIER
from utbildningsprocess.documents.template import new_dossier
from utbildningsprocess.dossier.document import read
from utbildningsprocess.files.facts_cache import FACTS_FILE
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.swedish import clean_line
from utbildningsprocess.work.portfolio.choosing import FOLDED_TO_ASCII, folded
from utbildningsprocess.work.portfolio.listing import PortfolioReader
from utbildningsprocess.work.portfolio.making import facts_of
from utbildningsprocess.work.workspace import Workspace

TODAY = date(2025, 9, 15)
EMPTY = new_dossier(template_text(ROOT, NEW_DOSSIER), "TITEL", AnswerSheet(BATTERY, {}), "dossier")
WHY, WHEN, DECISIONS = "behov.varfor", "behov.klart_senast", "analys.beslutsgang"


def text_of(title, answers):
    text = EMPTY.replace("TITEL", title)
    for qid, answer in answers.items():
        opening, closing = f"<!-- utb:{qid} -->\n", f"\n<!-- /utb:{qid} -->"
        assert f"{opening}{closing}" in text
        text = text.replace(f"{opening}{closing}", f"{opening}\n{answer}\n{closing}")
    return text


@pytest.fixture(autouse=True)
def today(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: TODAY)


def write(utb, name, title="", answers=None):
    path = utb.folder / "insatser" / f"{name}.md"
    path.parent.mkdir(exist_ok=True)
    path.write_text(text_of(title or name, {WHY: "Därför", **(answers or {})}), encoding="utf-8")
    return path


def due(day):
    return {WHEN: day}


def decisions(**values):
    fields = {"galler": "Beslutet gäller", "utfall": "Det blev", "senast": "Behövs senast"}
    lines = [f"- **{fields[key]}:** {value}" for key, value in values.items()]
    return {DECISIONS: "\n".join(["#### D1", "", *lines])}


def titles(outcome):
    return [entry["titel"] for entry in json.loads(outcome.out)]


def as_json(utb, *args):
    return utb("lista", "--format", "json", *args)


# ------------------------------------------------------------------ what is shown


def test_each_stands_with_its_step_what_comes_next_and_who_leads(utb):
    utb.example()
    write(utb, "larm", "Larma i tid", answers=due("2026-01-10"))
    code, out, err = utb("lista")
    assert (code, err) == (0, "2 insatser.\n")
    assert (
        out
        == """\
Trygg start
  Uppföljning, 1 försenad
  Skulle ha skett 2025-03-01: Insats klar: I1 Huvudhandledare får 10 % avsatt
    tid och samma schema som den nya i fyra veckor
  Processledare: Lärandestrateg, sektionen för lärande, träning och simulering

Larma i tid
  Behov, 1 rött fynd
  2026-01-10: Det ska fungera i vardagen
"""
    )


def test_a_wide_terminal_has_columns_and_a_narrow_one_short_lines(utb, monkeypatch):
    utb.example()
    for columns in (40, 60, 99, 100, 130, 160):
        monkeypatch.setenv("COLUMNS", str(columns))
        outcome = utb("lista")
        assert outcome.out.startswith("Insats  ") == (columns >= 100)
        assert max(map(len, outcome.out.splitlines())) < columns
    assert not utb("lista", "--enkel").out.startswith("Insats  ")


def test_columns_say_what_it_is_that_is_late(utb, monkeypatch):
    monkeypatch.setenv("COLUMNS", "110")
    utb.example()
    write(utb, "larm", "Larma i tid")
    assert "  2025-03-01: Insats klar: I1" in utb("lista").out


def test_of_many_lines_with_a_word_the_first_are_shown_and_the_others_counted(utb):
    for lines, more in ((4, "  och 1 rad till\n"), (5, "  och 2 rader till\n")):
        write(utb, "larm", "Larma i tid", answers={WHY: "\n\n".join(["tyst"] * lines)})
        out = utb("lista", "--sok", "tyst").out
        assert (out.count(": tyst\n"), out.endswith(more)) == (3, True)


def test_json_has_the_same_keys_in_the_same_order_always(utb):
    write(utb, "larm", "Larma i tid", answers=due("oktober 2025"))
    assert json.loads(as_json(utb).out) == [
        {
            "insats": "larm",
            "titel": "Larma i tid",
            "steg": "behov",
            "nasta": {
                "vad": "Det ska fungera i vardagen",
                "datum": {"ord": "oktober 2025", "forsta": "2025-10-01", "sista": "2025-10-31"},
            },
            "forsenat": 0,
            "roda": 1,
            "gula": 0,
            "status": "aktiv",
            "roll": None,
        }
    ]
    assert list(json.loads(as_json(utb).out)[0]) == [
        *("insats", "titel", "steg", "nasta", "forsenat", "roda", "gula", "status", "roll")
    ]


def test_an_empty_folder_is_an_empty_list(utb):
    assert as_json(utb)[:2] == (0, "[]\n")
    code, out, err = utb("lista")
    assert (code, out, err) == (0, "", "Det finns ingen insats i insatser. Starta en med: utb ny\n")


def test_a_table_opens_in_a_swedish_spreadsheet(utb):
    write(utb, "larm", "Larma; i tid å", answers=due("2026-01-10"))
    write(utb, "formel", "=1+1")
    out = utb("lista", "--format", "csv").out
    assert out.startswith("\ufeffInsats;Titel;Steg;")
    rows = list(csv.DictReader(io.StringIO(out.removeprefix("\ufeff")), delimiter=";"))
    assert (rows[0]["Titel"], rows[0]["Nästa sista dag"]) == ("Larma; i tid å", "2026-01-10")
    assert rows[1]["Titel"] == "'=1+1"


def test_a_table_in_markdown_keeps_its_columns(utb):
    write(utb, "larm", "Larm | *natt*", answers=due("2026-01-10"))
    head, marks, row = utb("lista", "--format", "md").out.splitlines()
    assert head == "| Insats | Steg | Nästa | Försenat | Röda | Processledare | Status |"
    assert marks == "| --- | --- | --- | --: | --: | --- | --- |"
    assert row.startswith(r"| Larm \| \*natt\* | Behov | 2026-01-10: Det ska")


# ------------------------------------------------------------------------ order


def test_what_is_late_comes_first_then_by_date_and_what_is_over_last(utb):
    write(utb, "a-senare", answers=due("2026-05-01"))
    write(utb, "b-snart", answers=due("2025-09-20"))
    write(utb, "c-sent", answers=decisions(galler="Allt", senast="2025-09-01"))
    write(utb, "d-vilar", answers={**due("2025-09-16"), **decisions(galler="Allt", utfall="Pausat")})
    write(
        utb, "e-slut", answers={**due("2025-09-16"), **decisions(galler="Allt", utfall="Avslutat i förtid")}
    )
    write(utb, "f-utan")
    assert titles(as_json(utb)) == ["c-sent", "b-snart", "a-senare", "f-utan", "d-vilar", "e-slut"]


def test_due_today_is_today_and_late_from_the_day_after(utb, monkeypatch):
    write(utb, "larm", answers=decisions(galler="Allt", senast="2025-09-15"))
    assert "  I dag: Beslut behövs: D1 Allt\n" in utb("lista").out
    assert as_json(utb, "--forsenat").out == "[]\n"
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2025, 9, 16))
    assert "1 försenad, 1 rött fynd\n  Skulle ha skett 2025-09-15: Beslut behövs" in utb("lista").out
    assert json.loads(as_json(utb, "--forsenat").out)[0]["forsenat"] == 1


def test_titles_of_the_same_urgency_sort_as_in_a_swedish_register(utb):
    for place, title in enumerate(["Öl", "Ärta", "A\u030al", "Zon", "Éva", "Eva 2", "ask"]):
        write(utb, f"fil-{place}", title)
    assert titles(as_json(utb)) == ["ask", "Éva", "Eva 2", "Zon", "Ål", "Ärta", "Öl"]


# ---------------------------------------------------------------------- filters


def test_a_date_may_be_said_as_people_say_it(utb):
    write(utb, "snart", answers=due("2025-09-20"))
    write(utb, "senare", answers=due("2025-10-01"))
    assert titles(as_json(utb, "--fore", "denna månad")) == ["snart"]
    assert titles(as_json(utb, "--fore", "2025-10-01")) == ["snart", "senare"]
    outcome = utb("lista", "--fore", "snart nog")
    assert (outcome.code, "--fore: ”snart nog” går inte att läsa som datum." in outcome.err) == (2, True)


@pytest.mark.parametrize(
    ("args", "shown"),
    [
        (["--steg", "uppföljning"], ["Trygg start"]),
        (["--steg", "1"], ["Larma i tid"]),
        (["--status", "aktiv"], ["Trygg start", "Larma i tid"]),
        (["--status", "vilande"], []),
        (["--forsenat"], ["Trygg start"]),
        (["--roll", "verksamhetschef"], ["Trygg start"]),
        (["--malgrupp", "handledare"], ["Trygg start"]),
        (["--orsak", "tid"], ["Trygg start"]),
        (["--orsak", "finns inte"], []),
        (["--sok", "tidiga TECKEN"], ["Trygg start"]),
        (["--sok", "Varför vill ni"], []),
    ],
    ids=" ".join,
)
def test_only_those_that_are_wanted_are_shown(utb, args, shown):
    utb.example()
    write(utb, "larm", "Larma i tid", answers=due("2026-01-10"))
    outcome = as_json(utb, *args)
    assert (outcome.code, titles(outcome)) == (0, shown)


def test_an_initiative_that_another_replaces_is_replaced(utb):
    write(utb, "gammal")
    write(utb, "ny-insats", answers={"om.ersatter": "- gammal.md"})
    assert titles(as_json(utb, "--status", "ersatt")) == ["gammal"]
    outcome = utb("lista", "--status", "ersat")
    assert (outcome.code, outcome.err) == (2, "Fel: Statusen ”ersat” finns inte. Menade du ersatt?\n")


def test_the_line_where_a_word_stands_is_shown(utb):
    path = write(utb, "larm", answers={WHY: "Vi kommer\n\nför sent till la\u0308rm när natten är lång."})
    lines = path.read_text("utf-8").splitlines()
    line = next(number for number, text in enumerate(lines, 1) if "för sent" in text)
    assert f"  rad {line}: för sent till lärm när natten är lång.\n" in utb("lista", "--sok", "LÄRM").out
    assert json.loads(as_json(utb, "--sok", "för  sent").out)[0]["traffar"][0]["rad"] == line
    assert as_json(utb, "--sok", "larm när").out == "[]\n"
    assert utb("lista", "--sok", " ").code == 2


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=20)
@given(word=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=8))
def test_any_string_is_a_word_to_search_for(utb, word):
    write(utb, "med", answers={WHY: f"Före {word} efter"})
    outcome = as_json(utb, f"--sok={word}")
    assert outcome.code == (0 if clean_line(word) else 2)
    if outcome.code == 0 and clean_line(word) not in ("<!--", "**"):
        assert titles(outcome) == ["med"]


def test_what_becomes_plain_letters_when_folded_is_known():
    """A file is passed by when the word's plain letters are not in its bytes: this is what they can hide in."""
    every = (chr(code) for code in range(0x80, sys.maxunicode + 1) if not 0xD800 <= code < 0xE000)
    plain = [char for char in every if any(made.isascii() and made.isalnum() for made in folded(char))]
    assert [char for char in plain if char.encode() not in FOLDED_TO_ASCII] == []


# ------------------------------------------------------------- what is in no sum


def test_copies_and_notes_are_named_and_in_no_sum(utb):
    original = utb.example()
    data = original.read_bytes()
    for name in ("trygg-start (1)", "trygg-start-ANNAS-DATOR", "omdopt"):
        original.with_name(f"{name}.md").write_bytes(data.replace(b"Exempelregionen", b"Regionen"))
    original.with_name("~$trygg-start.md").write_bytes(data)
    original.with_name(".dold.md").write_bytes(data)
    original.with_name("mote.md").write_text("# Minnesanteckningar\n")
    code, out, err = utb("lista", "--format", "json")
    assert (code, [entry["titel"] for entry in json.loads(out)]) == (0, ["Trygg start"])
    assert err.splitlines() == [
        "insatser/mote.md är ingen dossier och visas inte.",
        "insatser/trygg-start (1).md är en kopia av trygg-start.md och räknas inte. En rad skiljer sig.",
        "insatser/trygg-start-ANNAS-DATOR.md är en kopia av trygg-start.md och räknas inte. En rad skiljer sig.",
        "insatser/omdopt.md är en kopia av trygg-start.md och räknas inte. En rad skiljer sig.",
    ]


def test_a_broken_file_is_told_with_its_line_every_time(utb):
    write(utb, "hel")
    path = write(utb, "trasig")
    path.write_text(path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->\n", ""), encoding="utf-8")
    path.with_name("latin.md").write_bytes("# Å\n<!-- utb:behov.varfor -->".encode("latin-1"))
    for _ in range(3):
        outcome = as_json(utb)
        assert (outcome.code, titles(outcome)) == (3, ["hel"])
        assert "Fel: insatser/latin.md:1: texten är inte UTF-8." in outcome.err
        assert "Fel: insatser/trasig.md:82: " in outcome.err
        assert "Laga den med: utb laga trasig\n" in outcome.err


# -------------------------------------------------------------------- the cache


def changed(chance, paths, number):
    """One file, or all at once as when a branch is switched, with other texts that are as long as before."""
    stamp = paths[0].stat()
    concerned = paths if chance.random() < 0.1 else [chance.choice(paths)]
    for path in concerned:
        text = text_of(f"Titel {number:03}", {WHY: f"Skäl {chance.randrange(10**4):04}"})
        beside = path.with_suffix(".ny")
        beside.write_bytes(text.encode())
        beside.replace(path)
        if chance.random() < 0.7:  # else it is only within the same second
            back = stamp.st_mtime_ns - chance.choice((0, 3600 * 10**9))
            os.utime(path, ns=(stamp.st_atime_ns, back))
    return concerned


@pytest.mark.parametrize("changes", [20, pytest.param(300, marks=pytest.mark.experiment)])
def test_what_is_kept_is_never_old(utb, changes):
    """Changes of the same length in the same second, the clock set back, and whole branches switched."""
    paths = [write(utb, f"insats-{number}", "Titel 000", {WHY: "Skäl 0000"}) for number in range(6)]
    chance = random.Random(7)  # noqa: S311  changes, not secrets
    for number in range(changes):
        concerned = changed(chance, paths, number)
        portfolio = PortfolioReader(Path(), TODAY).read()
        shown = {listed.path.name: listed.facts for listed in portfolio.listed}
        assert {shown[path.name].title for path in concerned} == {f"Titel {number:03}"}
    workspace = Workspace.open(utb.folder, TODAY)
    for path in paths:
        computed = facts_of(workspace, read(path.read_text("utf-8"), workspace.battery))
        assert shown[path.name]._replace(since="", until="") == computed._replace(since="", until="")


def test_another_day_other_questions_or_settings_give_other_facts(utb, monkeypatch):
    write(utb, "larm", answers=decisions(galler="Allt", senast="2025-09-15"))
    assert json.loads(as_json(utb).out)[0]["forsenat"] == 0
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2026, 1, 1))
    assert json.loads(as_json(utb).out)[0]["forsenat"] == 1
    (utb.folder / "utb.yaml").write_text("mapp: insatser\nenkel: ja\n", encoding="utf-8")
    assert json.loads(as_json(utb).out)[0]["forsenat"] == 1
    (utb.folder / "utb.yaml").write_text("mapp: [", encoding="utf-8")
    assert as_json(utb).code == 3


@pytest.mark.parametrize("trouble", ["locked", "noise", "folder"])
def test_trouble_with_the_cache_changes_nothing_but_a_sentence(utb, tmp_path, monkeypatch, trouble):
    utb.example()
    before = utb("lista", "--format", "json")
    place = tmp_path / "tillstand" / FACTS_FILE
    assert place.exists()
    if trouble == "locked":
        held = sqlite3.connect(place, isolation_level=None)
        held.execute("BEGIN EXCLUSIVE")
    elif trouble == "noise":
        place.write_bytes(random.Random(1).randbytes(9000))  # noqa: S311
    else:
        (tmp_path / "fil").touch()
        monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "fil"))
    after = utb("lista", "--format", "json")
    assert (after.code, after.out) == (before.code, before.out)
    sentence = "Det som räknades ut kunde inte sparas till nästa gång. Då tar listan lika lång tid igen.\n"
    assert after.err == before.err + ("" if trouble == "noise" else sentence)


class Asked:
    """What is asked of the files below a folder while it is watched: how often each is opened and listed."""

    def __init__(self):
        self.folder = None
        self.opened = Counter()
        self.walked = Counter()

    def hear(self, event, args):
        path = args[0] if args else None
        if self.folder is None or not isinstance(path, str | os.PathLike):
            return
        if event == "open" and Path(path).is_relative_to(self.folder):
            self.opened[Path(path).name] += 1
        elif event in ("os.scandir", "os.listdir") and Path(path) == self.folder:
            self.walked[event] += 1


@pytest.fixture
def asked():
    heard = Asked()
    sys.addaudithook(heard.hear)  # which no one can take away, so it is made deaf
    yield heard
    heard.folder = None


@pytest.mark.parametrize("number", [12, pytest.param(1000, marks=pytest.mark.experiment)])
def test_unchanged_files_are_opened_once_and_read_once_and_their_folder_is_walked_once(
    utb, asked, monkeypatch, number
):
    for place in range(number):
        path = write(utb, f"insats-{place:03}")
    assert len(PortfolioReader(Path(), TODAY).read().listed) == number
    reads, system_read = Counter(), os.read

    def read_counted(descriptor, length):
        reads[length] += 1
        return system_read(descriptor, length)

    monkeypatch.setattr(os, "read", read_counted)
    asked.folder = path.parent
    assert len(PortfolioReader(Path(), TODAY).read().listed) == number
    assert (set(asked.opened.values()), len(asked.opened)) == ({1}, number)
    assert reads.total() == number
    assert asked.walked == {"os.scandir": 1}


def kept_rows(place):
    """How many values are kept at this moment; none while the file is being made."""
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True)) as database:
            return database.execute("SELECT count(*) FROM kept").fetchone()[0]
    except sqlite3.Error:
        return 0


@pytest.mark.experiment
@pytest.mark.parametrize("share", [10, 50, 90])
def test_killed_anywhere_while_it_fills_the_cache_it_shows_all_the_next_time(utb, tmp_path, share):
    for number in range(1000):
        write(utb, f"insats-{number:03}", answers=due("2026-01-10"))
    environment = {**os.environ, "UTB_STATE_DIR": str(tmp_path / "annat")}
    command = [sys.executable, "-m", "utbildningsprocess", "lista", "--format", "json"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as run:
        while kept_rows(tmp_path / "annat" / FACTS_FILE) < 10 * share:
            assert run.poll() is None
            time.sleep(0.01)
        run.kill()
    assert 10 * share <= kept_rows(tmp_path / "annat" / FACTS_FILE) < 1001
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert len(json.loads(done.stdout)) == 1000


def test_killed_while_it_fills_the_cache_it_shows_all_the_next_time(utb, tmp_path):
    for number in range(60):
        write(utb, f"insats-{number:02}", answers=due("2026-01-10"))
    environment = {**os.environ, "UTB_STATE_DIR": str(tmp_path / "annat")}
    command = [sys.executable, "-m", "utbildningsprocess", "lista", "--format", "json"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, env=environment
    ) as run:
        while not (tmp_path / "annat" / FACTS_FILE).exists() and run.poll() is None:
            pass
        run.kill()
    done = subprocess.run(command, capture_output=True, env=environment, check=False)
    assert len(json.loads(done.stdout)) == 60


def test_stopped_while_it_fills_the_cache_it_has_kept_what_was_computed(utb, tmp_path):
    for number in range(120):
        write(utb, f"insats-{number:03}")

    def stop(done, number):
        assert number == 120
        if done == 100:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        PortfolioReader(Path(), TODAY, stop).read()
    database = sqlite3.connect(tmp_path / "tillstand" / FACTS_FILE)
    # A row for each initiative, and one for the settings.
    assert database.execute("SELECT count(*) FROM kept").fetchone() == (101,)
    database.close()
    assert len(PortfolioReader(Path(), TODAY).read().listed) == 120


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_links_to_nowhere_are_named_and_folders_are_not_walked(utb):
    path = write(utb, "hel")
    folder = path.parent
    (folder / "inget.md").symlink_to("finns-inte.md")
    (folder / "slinga").symlink_to(".")
    (folder / "rot.md").symlink_to("/")
    (folder / "under").mkdir()
    (folder / "under" / "annan.md").write_bytes(path.read_bytes())
    outcome = as_json(utb)
    assert (outcome.code, titles(outcome)) == (3, ["hel"])
    assert outcome.err.splitlines() == [
        "insatser/rot.md är en länk ut ur mappen och läses inte.",
        "Fel: insatser/inget.md finns inte. Kontrollera sökvägen.",
    ]


@pytest.mark.parametrize("flag", ["--roll", "--malgrupp", "--orsak", "--sok"])
def test_an_empty_choice_is_no_choice_of_all(utb, flag):
    write(utb, "larm")
    outcome = utb("lista", flag, "")
    assert (outcome.code, outcome.out, flag in outcome.err) == (2, "", True)
