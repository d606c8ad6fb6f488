"""Half-typed answers outlive the window they were typed in, and never stand in the way."""

from __future__ import annotations

import json
import os
import stat
import time
from pathlib import Path

import pytest

from utbildningsprocess.files.drafts import drop_draft, read_draft, save_draft, sweep_drafts
from utbildningsprocess.files.state import _usual_place, state_folder

PLACE = "koncept.larandemal/L1/kunna"


@pytest.fixture(autouse=True)
def drafts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "state"))
    return tmp_path / "state" / "utkast"


@pytest.mark.parametrize("text", ["halvt sv", "två\nrader å", "\ud800 ensam", "  inledande"])
def test_a_draft_comes_back_as_typed(tmp_path: Path, text: str) -> None:
    assert save_draft(tmp_path / "a.md", PLACE, text)
    draft = read_draft(tmp_path / "a.md", PLACE)
    assert draft
    assert draft.text == text
    assert abs(time.time() - draft.time.timestamp()) < 5


def test_each_place_of_each_dossier_has_its_own(tmp_path: Path) -> None:
    one, other = tmp_path / "a.md", tmp_path / "b.md"
    for dossier, place, text in ((one, "x", "1"), (one, "y", "2"), (other, "x", "3"), (None, "x", "4")):
        save_draft(dossier, place, text)
    found = [
        read_draft(dossier, place) for dossier, place in ((one, "x"), (one, "y"), (other, "x"), (None, "x"))
    ]
    assert [draft.text for draft in found if draft] == ["1", "2", "3", "4"]
    assert read_draft(other, "y") is None


def test_a_draft_is_found_by_any_path_to_the_dossier(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    save_draft(Path("a.md"), PLACE, "x")
    assert read_draft(tmp_path / "sub" / ".." / "a.md", PLACE)


def test_a_dropped_or_emptied_draft_is_gone(tmp_path: Path) -> None:
    save_draft(None, PLACE, "x")
    assert drop_draft(None, PLACE)
    assert drop_draft(None, PLACE)
    assert read_draft(None, PLACE) is None
    save_draft(None, PLACE, "x")
    assert save_draft(None, PLACE, "  \n")
    assert read_draft(None, PLACE) is None


@pytest.mark.skipif(os.name == "nt", reason="modes of POSIX")
def test_drafts_are_private(drafts: Path) -> None:
    save_draft(None, PLACE, "x")
    (file,) = drafts.iterdir()
    modes = [stat.S_IMODE(path.stat().st_mode) for path in (drafts.parent, drafts, file)]
    assert modes == [0o700, 0o700, 0o600]


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[1]", b'"x"', b"\xff\xfe", b'{"dossier": "", "plats": "x"}', b"[" * 20000],
)
def test_a_damaged_draft_is_no_draft(drafts: Path, damage: bytes) -> None:
    save_draft(None, PLACE, "x")
    (file,) = drafts.iterdir()
    file.write_bytes(damage)
    assert read_draft(None, PLACE) is None
    assert save_draft(None, PLACE, "y")


@pytest.mark.parametrize("change", [{"text": 7}, {"tid": "i går"}, {"tid": None}, {"plats": "annan"}])
def test_a_draft_with_something_else_in_it_is_no_draft(drafts: Path, change: dict[str, object]) -> None:
    save_draft(None, PLACE, "x")
    (file,) = drafts.iterdir()
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    assert read_draft(None, PLACE) is None


@pytest.mark.parametrize("place", ["fil/under", "relativ"])
def test_where_nothing_can_be_kept_nothing_is_disturbed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    (tmp_path / "fil").touch()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / place) if "/" in place else place)
    assert not save_draft(None, PLACE, "x")
    assert read_draft(None, PLACE) is None
    drop_draft(None, PLACE)
    sweep_drafts()
    assert [path.name for path in tmp_path.iterdir()] == ["fil"]


def test_drafts_nobody_came_back_to_are_swept(drafts: Path) -> None:
    save_draft(None, "gammal", "x")
    (file,) = drafts.iterdir()
    os.utime(file, (time.time() - 91 * 24 * 3600,) * 2)
    save_draft(None, "ny", "y")
    sweep_drafts()
    assert read_draft(None, "gammal") is None
    assert read_draft(None, "ny")


@pytest.mark.skipif(os.name == "nt", reason="the home of nobody is a thing of POSIX")
def test_somebody_without_a_home_has_no_place_for_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "UTB_STATE_DIR", "XDG_STATE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "getuid", lambda: 54321)
    _usual_place.cache_clear()
    with pytest.raises(OSError, match="/dev/null"):
        state_folder("utkast")
    _usual_place.cache_clear()
