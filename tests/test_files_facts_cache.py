"""What has been computed before is kept in one file: whatever is wrong with it, nothing false comes out."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from utbildningsprocess.files import facts_cache
from utbildningsprocess.files.facts_cache import FACTS_FILE, FactsCache, key_of

KEYS = [key_of(b"version", str(number).encode()) for number in range(40)]
VALUES = {key: f"värde {number} " * 50 for number, key in enumerate(KEYS)}
HOLD = """
import sqlite3, sys, time
held = sqlite3.connect(sys.argv[1], isolation_level=None)
held.execute("BEGIN EXCLUSIVE")
sys.stdout.write("held\\n")
sys.stdout.flush()
time.sleep(30)
"""
FILL = """
import sys
from utbildningsprocess.files.facts_cache import FactsCache, key_of
cache = FactsCache(b"p")
number = 0
while True:
    cache.write({key_of(b"%d" % place): f"{place}" for place in range(number, number + 20)})
    number += 20
    sys.stdout.write(f"{number}\\n")
    sys.stdout.flush()
"""


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path))
    return tmp_path / FACTS_FILE


def filled():
    cache = FactsCache(b"p")
    cache.write(VALUES)
    cache.close()


def read():
    return FactsCache(b"p").read(KEYS)


def test_what_is_written_is_read_the_next_time(place):
    assert read() == {}
    assert not place.exists()
    filled()
    assert read() == VALUES
    assert FactsCache(b"p").read([key_of(b"annat")]) == {}
    if os.name != "nt":
        assert place.stat().st_mode & 0o777 == 0o600


def test_a_key_tells_its_parts_apart():
    assert len({key_of(b"ab", b"c"), key_of(b"a", b"bc"), key_of(b"abc"), key_of(b"abc", b"")}) == 4


def test_what_an_older_program_kept_is_thrown_away(place):
    filled()
    newer = FactsCache(b"nyare")
    newer.write({KEYS[0]: "ny"})
    assert newer.read(KEYS) == {KEYS[0]: "ny"}


def test_no_more_is_kept_than_there_is_room_for(place, monkeypatch):
    monkeypatch.setattr(facts_cache, "MOST_KEPT", 30)
    filled()
    assert list(read()) == KEYS[10:]


@pytest.mark.parametrize("noise", [b"", b"noise" * 1000, b"SQLite format 3\0" + b"\xff" * 5000, b"\0" * 8192])
def test_noise_is_thrown_away_and_made_anew(place, noise):
    place.write_bytes(noise)
    cache = FactsCache(b"p")
    assert cache.read(KEYS) == {}
    cache.write(VALUES)
    cache.write(VALUES)
    cache.close()
    assert not cache.lost
    assert read() == VALUES


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40)
@given(st.integers(0, 50_000), st.binary(min_size=1, max_size=200))
def test_damage_never_gives_another_value(place, where, damage):
    place.unlink(missing_ok=True)
    filled()
    data = bytearray(place.read_bytes())
    data[where % len(data) : where % len(data) + len(damage)] = damage
    place.write_bytes(data)
    assert read().items() <= VALUES.items()


def test_another_process_that_holds_it_is_waited_for_only_a_moment(place):
    filled()
    with subprocess.Popen([sys.executable, "-c", HOLD, place], stdout=subprocess.PIPE) as holder:
        holder.stdout.readline()
        start = time.monotonic()
        cache = FactsCache(b"p")
        assert cache.read(KEYS) == {}
        cache.write(VALUES)
        assert time.monotonic() - start < 1
        assert cache.lost
        holder.kill()
    assert read() == VALUES


@pytest.mark.parametrize("where", ["folder", "file"])
def test_where_nothing_can_be_written_nothing_is_kept(tmp_path, monkeypatch, where):
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "x"))
    if where == "folder":
        (tmp_path / "x").write_bytes(b"")
    else:
        (tmp_path / "x" / FACTS_FILE).mkdir(parents=True)
    cache = FactsCache(b"p")
    assert cache.read(KEYS) == {}
    cache.write(VALUES)
    assert cache.lost


def test_a_full_disk_keeps_what_was_kept_before(place, monkeypatch):
    filled()
    cache = FactsCache(b"p")
    assert cache.read(KEYS)
    pages = sqlite3.connect(place).execute("PRAGMA page_count").fetchone()[0]
    cache._connection.execute(f"PRAGMA max_page_count = {pages}")
    cache.write({key_of(b"%d" % number): "x" * 5000 for number in range(50)})
    assert cache.lost
    assert read() == VALUES


def test_killed_while_it_is_filled_it_holds_whole_values(place):
    for seconds in (0.0, 0.01, 0.03):
        with subprocess.Popen([sys.executable, "-c", FILL], stdout=subprocess.PIPE) as filler:
            filler.stdout.readline()
            time.sleep(seconds)
            filler.kill()
            confirmed = 20 + sum(1 for _ in filler.stdout) * 20
        wanted = {key_of(b"%d" % number): f"{number}" for number in range(confirmed)}
        kept = FactsCache(b"p").read(wanted)
        assert kept == dict(list(wanted.items())[-facts_cache.MOST_KEPT :])
