"""Reading and saving a dossier on a real disk, with everything a disk can do to it."""

from __future__ import annotations

import os
import re
import stat
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING

import pytest

from utbildningsprocess.errors import Broken, Conflict
from utbildningsprocess.files import atomic, state
from utbildningsprocess.files.atomic import patiently, sweep
from utbildningsprocess.files.dossier_file import (
    Changed,
    Gone,
    Taken,
    check_target,
    read_dossier,
    read_text,
    save,
    save_beside,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SOURCE = Path(__file__).parent.parent / "src"

posix = pytest.mark.skipif(os.name == "nt", reason="modes and signals of POSIX")
as_root = pytest.mark.skipif(os.name == "nt" or os.geteuid() != 0, reason="only root can give files away")


@pytest.fixture(autouse=True)
def _own_state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "state"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "repo" / "insatser"
    place.mkdir(parents=True)
    (tmp_path / "repo" / "utb.yaml").touch()
    return place


@pytest.fixture
def dossier(folder: Path) -> Path:
    path = folder / "start.md"
    path.write_bytes("# Start på våren\n".encode())
    return path


@pytest.fixture
def unprivileged() -> Iterator[Path]:
    """A folder, and for as long as it is used a process that permissions apply to, even when root runs this."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        (place / "state").mkdir()
        read_anything = os.geteuid() == 0
        if read_anything:
            for path in (place, place / "state"):
                os.chown(path, 65534, 65534)
            os.seteuid(65534)
        try:
            yield place
        finally:
            place.chmod(0o700)
            if read_anything:
                os.seteuid(0)


def nothing_stray(folder: Path) -> bool:
    return not list(folder.glob(".utb-*"))


# ------------------------------------------------------------------ reading


@pytest.mark.parametrize("text", ["", "a\r\nb\r\n", "\ufeff# Å\n", "a\rb\n\n", "NFD: a\u030a", "utan sista"])
def test_a_text_is_read_as_it_stands_newlines_and_bom_included(folder: Path, text: str) -> None:
    (folder / "a.md").write_bytes(text.encode())
    assert read_dossier(folder / "a.md").text == text


def test_the_bom_is_left_out_where_it_means_nothing(folder: Path) -> None:
    (folder / "a.yaml").write_bytes(b"\xef\xbb\xbfmapp: x\n")
    assert read_text(folder / "a.yaml") == "mapp: x\n"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"ett\ntv\xe5\n", "a.md:2: texten är inte UTF-8"),
        (b"ett\ntv\0\n", "a.md:2: filen innehåller ett nolltecken"),
        ("ett\n".encode("utf-16"), "a.md:1: texten är inte UTF-8"),
        (b"x" * 5_000_001, "större än 5 MB"),
    ],
)
def test_what_is_no_text_is_refused_with_its_line(folder: Path, data: bytes, said: str) -> None:
    (folder / "a.md").write_bytes(data)
    with pytest.raises(Broken, match=re.escape(said)):
        read_dossier(folder / "a.md")


def test_a_missing_file_a_folder_and_a_path_through_a_file_each_get_their_sentence(dossier: Path) -> None:
    with pytest.raises(Broken, match=r"borta\.md finns inte"):
        read_dossier(dossier.with_name("borta.md"))
    with pytest.raises(Broken, match="är en mapp"):
        read_dossier(dossier.parent)
    with pytest.raises(Broken, match="finns inte"):
        read_dossier(dossier / "inuti.md")


@posix
def test_what_another_program_hands_over_in_a_pipe_is_read_where_that_is_asked_for(tmp_path: Path) -> None:
    pipe = tmp_path / "svar.yaml"
    os.mkfifo(pipe)
    with pytest.raises(Broken, match="är ingen vanlig fil"):
        read_text(pipe)
    with ThreadPoolExecutor() as other_program:
        other_program.submit(pipe.write_bytes, "svar: å".encode())
        assert read_text(pipe, piped=True) == "svar: å"
        other_program.submit(pipe.write_bytes, b"x" * 5_000_001)
        with pytest.raises(Broken, match="är större än 5 MB"):
            read_text(pipe, piped=True)


@posix
def test_a_device_or_a_pipe_is_never_waited_for(folder: Path) -> None:
    os.mkfifo(folder / "ror.md")
    with pytest.raises(Broken, match="ingen vanlig fil"):
        read_dossier(folder / "ror.md")


@posix
def test_a_file_one_may_not_read_gets_its_sentence(unprivileged: Path) -> None:
    path = unprivileged / "a.md"
    path.touch(mode=0o000)
    with pytest.raises(Broken, match="saknar läsrättighet"):
        read_dossier(path)


# ------------------------------------------------------------------- saving


def test_a_save_gives_the_fingerprint_the_next_save_demands(dossier: Path) -> None:
    first = read_dossier(dossier).fingerprint
    second = save(dossier, "två\n", first)
    assert second == read_dossier(dossier).fingerprint
    save(dossier, "tre\n", second)
    assert dossier.read_bytes() == b"tre\n"
    assert nothing_stray(dossier.parent)


@pytest.mark.parametrize("text", ["a\r\nb\n", "\ufeffå", "", "\u2028"])
def test_a_text_is_saved_byte_for_byte(dossier: Path, text: str) -> None:
    save(dossier, text, read_dossier(dossier).fingerprint)
    assert dossier.read_bytes() == text.encode()


def test_the_same_text_writes_nothing(dossier: Path) -> None:
    before = dossier.stat()
    read = read_dossier(dossier)
    assert save(dossier, read.text, read.fingerprint) == read.fingerprint
    after = dossier.stat()
    assert (after.st_mtime_ns, after.st_ino) == (before.st_mtime_ns, before.st_ino)


@pytest.mark.parametrize("text", ["mitt\n", "# Start på våren\n"])
def test_a_file_changed_by_somebody_else_is_left_alone(dossier: Path, text: str) -> None:
    read = read_dossier(dossier)
    dossier.write_text("deras\n")
    with pytest.raises(Changed, match="har ändrats av någon annan") as caught:
        save(dossier, text, read.fingerprint)
    assert caught.value.exit_code == 4
    assert dossier.read_text() == "deras\n"
    assert nothing_stray(dossier.parent)


@pytest.mark.parametrize("text", ["mitt\n", "# Start på våren\n"])
def test_a_file_removed_by_somebody_else_is_not_brought_back(dossier: Path, text: str) -> None:
    read = read_dossier(dossier)
    dossier.unlink()
    with pytest.raises(Gone, match="finns inte längre"):
        save(dossier, text, read.fingerprint)
    dossier.parent.rmdir()
    with pytest.raises(Gone, match="finns inte längre"):
        save(dossier, text, read.fingerprint)


def test_a_new_file_is_made_with_its_folder(folder: Path) -> None:
    path = folder / "2026" / "ny.md"
    assert save(path, "ny\n", None) == read_dossier(path).fingerprint
    assert nothing_stray(path.parent)


def test_a_new_file_never_replaces_another(dossier: Path) -> None:
    before = dossier.read_bytes()
    with pytest.raises(Taken, match="finns redan"):
        save(dossier, "ny\n", None)
    assert dossier.read_bytes() == before


@posix
def test_a_new_file_does_not_follow_a_dangling_link_over_nothing(folder: Path) -> None:
    (folder / "lank.md").symlink_to(folder / "mal.md")
    save(folder / "lank.md", "ny\n", None)
    assert (folder / "lank.md").is_symlink()
    assert (folder / "mal.md").read_text() == "ny\n"


@posix
def test_where_hard_links_are_missing_a_new_file_is_still_made_and_never_over_another(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(_target: Path, _source: Path) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "hardlink_to", no_links)
    save(dossier.with_name("ny.md"), "ny\n", None)
    assert dossier.with_name("ny.md").read_text() == "ny\n"
    with pytest.raises(Taken):
        save(dossier, "ny\n", None)


def test_a_copy_beside_takes_the_next_free_name(dossier: Path) -> None:
    first, second = save_beside(dossier, "ett\n"), save_beside(dossier, "två\n")
    assert (first.name, second.name) == ("start.kopia1.md", "start.kopia2.md")
    assert first.read_text() == "ett\n"


@pytest.mark.parametrize("bad", ["rad\n\ud800", "rad\n\0"])
def test_a_text_that_could_not_be_read_again_is_not_saved(dossier: Path, bad: str) -> None:
    before = read_dossier(dossier)
    with pytest.raises(Broken, match="rad 2"):
        save(dossier, bad, before.fingerprint)
    with pytest.raises(Broken, match="större än 5 MB"):
        save(dossier, "å" * 2_500_001, before.fingerprint)
    assert read_dossier(dossier) == before


@pytest.mark.parametrize("name", ["på våren.md", "pa\u030a va\u030aren.md", "日本.md", "a b [c] $x.md"])
def test_any_file_name_works(folder: Path, name: str) -> None:
    save(folder / name, "två\n", save(folder / name, "ett\n", None))
    assert [path.name for path in folder.iterdir()] == [name]


# ----------------------------------------------------- links, modes, the root


@posix
def test_a_link_stays_a_link(folder: Path) -> None:
    real = folder.parent / "verklig.md"
    fingerprint = save(real, "ett\n", None)
    (folder / "lank.md").symlink_to("../verklig.md")
    save(folder / "lank.md", "två\n", fingerprint)
    assert (folder / "lank.md").is_symlink()
    assert real.read_text() == "två\n"
    assert nothing_stray(folder.parent)


@posix
def test_a_link_out_of_the_root_is_refused(folder: Path, tmp_path: Path) -> None:
    outside = tmp_path / "utanfor.md"
    fingerprint = save(outside, "ett\n", None)
    (folder / "lank.md").symlink_to(outside)
    with pytest.raises(Broken, match=r"länk till .*utanfor\.md"):
        save(folder / "lank.md", "två\n", fingerprint)
    (folder / "mapp").symlink_to(tmp_path)
    with pytest.raises(Broken, match="länk till"):
        save(folder / "mapp" / "utanfor.md", "två\n", fingerprint, folder.parent)
    assert outside.read_text() == "ett\n"


@posix
def test_a_link_above_the_root_does_no_harm(dossier: Path, tmp_path: Path) -> None:
    (tmp_path / "genvag").symlink_to(tmp_path / "repo")
    through = tmp_path / "genvag" / "insatser" / "start.md"
    assert check_target(through, tmp_path / "genvag") == dossier.resolve()
    save(through, "två\n", read_dossier(through).fingerprint)
    assert dossier.read_text() == "två\n"


@posix
def test_a_link_to_itself_gets_a_sentence(folder: Path) -> None:
    (folder / "a.md").symlink_to("a.md")
    with pytest.raises(Broken):
        read_dossier(folder / "a.md")
    with pytest.raises(Broken, match="pekar runt på sig själv"):
        save(folder / "a.md", "x", None)


def test_a_path_with_dots_is_the_file_it_leads_to(dossier: Path) -> None:
    roundabout = dossier.parent / ".." / "insatser" / "start.md"
    save(roundabout, "två\n", read_dossier(roundabout).fingerprint)
    assert dossier.read_text() == "två\n"


@posix
@pytest.mark.parametrize("mode", [0o600, 0o664, 0o640])
def test_the_mode_is_kept(dossier: Path, mode: int) -> None:
    dossier.chmod(mode)
    save(dossier, "två\n", read_dossier(dossier).fingerprint)
    assert stat.S_IMODE(dossier.stat().st_mode) == mode


@posix
def test_a_new_file_gets_the_mode_of_the_umask(folder: Path) -> None:
    old = os.umask(0o027)
    try:
        save(folder / "ny.md", "x", None)
    finally:
        os.umask(old)
    assert stat.S_IMODE((folder / "ny.md").stat().st_mode) == 0o640


@as_root
def test_the_owner_is_kept_when_root_saves(dossier: Path) -> None:
    os.chown(dossier, 65534, 65534)
    save(dossier, "två\n", read_dossier(dossier).fingerprint)
    assert (dossier.stat().st_uid, dossier.stat().st_gid) == (65534, 65534)


# ------------------------------------------------------- what the disk refuses


@posix
def test_a_folder_one_may_not_write_in_gets_a_sentence(unprivileged: Path) -> None:
    path = unprivileged / "a.md"
    fingerprint = save(path, "ett\n", None)
    unprivileged.chmod(0o555)
    for name, known in (("a.md", fingerprint), ("ny.md", None)):
        with pytest.raises(Broken, match="skrivskyddad"):
            save(unprivileged / name, "två\n", known)
    assert path.read_text() == "ett\n"


@posix
def test_a_write_protected_file_stays_protected(unprivileged: Path) -> None:
    path = unprivileged / "a.md"
    fingerprint = save(path, "ett\n", None)
    path.chmod(0o444)
    with pytest.raises(Broken, match="skrivskyddad"):
        save(path, "två\n", fingerprint)
    assert path.read_text() == "ett\n"


def test_a_file_where_a_folder_should_be_gets_a_sentence(dossier: Path) -> None:
    with pytest.raises(Broken, match="ingen mapp"):
        save(dossier / "ny.md", "x", None)


def test_a_folder_where_the_file_was_gets_a_sentence(dossier: Path) -> None:
    known = read_dossier(dossier).fingerprint
    dossier.unlink()
    dossier.mkdir()
    with pytest.raises(Broken, match="Det är en mapp"):
        save(dossier, "x", known)


def test_a_name_too_long_gets_a_sentence(folder: Path) -> None:
    with pytest.raises(Broken, match="Namnet är för långt"):
        save(folder / ("x" * 300 + ".md"), "x", None)


_FULL_DISK = """
import resource, signal, sys
from pathlib import Path
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.dossier_file import read_dossier, save
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
path = Path(sys.argv[1])
for target, known in ((path, read_dossier(path).fingerprint), (path.with_name("ny.md"), None)):
    try:
        save(target, "x" * 20000, known)
    except Broken as error:
        print(error)
"""


@posix
def test_a_full_disk_leaves_the_old_file_whole_and_no_new_one(dossier: Path) -> None:
    before = dossier.read_bytes()
    ran = started(_FULL_DISK, dossier).communicate()[0]
    assert [line.split(":")[0] for line in ran.splitlines()] == ["Disken är full"] * 2
    assert "start.md" in ran
    assert ".tmp" not in ran
    assert dossier.read_bytes() == before
    assert [path.name for path in dossier.parent.iterdir()] == ["start.md"]


def started(program: str, *arguments: object) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", program, *map(str, arguments)]
    environment = {**os.environ, "PYTHONPATH": str(SOURCE)}
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8", env=environment)


# ------------------------------------------------------------- two at a time


_RACE = """
import sys, time
from pathlib import Path
from utbildningsprocess.errors import Conflict
from utbildningsprocess.files.dossier_file import read_dossier, save
folder, me, rounds = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in range(rounds):
    (folder / f"redo-{number}-{me}").touch()
    while len(list(folder.glob(f"redo-{number}-*"))) < 3:
        time.sleep(0.0005)
    path = folder / f"{number}.md"
    known = read_dossier(path).fingerprint if number % 2 else None
    (folder / f"last-{number}-{me}").touch()
    while len(list(folder.glob(f"last-{number}-*"))) < 3:
        time.sleep(0.0005)
    try:
        save(path, f"{me} {number}\\n", known)
        print(number, me)
    except Conflict:
        pass
"""


def test_of_several_processes_at_once_exactly_one_saves(folder: Path) -> None:
    rounds = 12
    for number in range(1, rounds, 2):
        (folder / f"{number}.md").write_text("före\n")
    racers = [started(_RACE, folder, me, rounds) for me in "abc"]
    said = [line.split() for racer in racers for line in racer.communicate()[0].splitlines()]
    assert sorted(int(number) for number, _ in said) == list(range(rounds))
    for place, winner in said:
        assert (folder / f"{place}.md").read_text() == f"{winner} {place}\n"
    assert nothing_stray(folder)


def test_a_lock_that_is_kept_ends_in_a_sentence(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filelock = pytest.importorskip("filelock")
    monkeypatch.setattr(state, "LOCK_SECONDS", 0.1)
    before = read_dossier(dossier)
    with filelock.FileLock(state.lock_path(dossier)), pytest.raises(Conflict, match="ett annat fönster"):
        save(dossier, "två\n", before.fingerprint)
    assert read_dossier(dossier) == before
    assert nothing_stray(dossier.parent)


_ADD_LINES = """
import os, sys, time
from pathlib import Path
from utbildningsprocess.errors import Conflict
from utbildningsprocess.files import atomic
from utbildningsprocess.files.dossier_file import read_dossier, save
path, me, lines = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
os.environ["UTB_STATE_DIR"] = str(path.parent.parent / f"state-{me}")
quick = atomic.replace
atomic.replace = lambda temp, target: (time.sleep(0.003), quick(temp, target))
for number in range(lines):
    saved = False
    while not saved:
        text, known = read_dossier(path)
        try:
            save(path, f"{text}{me} {number}\\n", known)
            saved = True
        except Conflict:
            pass
"""


@pytest.mark.parametrize("lines", [25, pytest.param(300, marks=pytest.mark.experiment)])
def test_people_with_state_folders_of_their_own_lose_no_write(
    dossier: Path, lines: int, record_property: Callable[[str, object], None]
) -> None:
    dossier.write_text("")
    people = "abc"
    for writer in [started(_ADD_LINES, dossier, me, lines) for me in people]:
        writer.communicate()
    written = {f"{me} {number}" for me in people for number in range(lines)}
    lost = written - set(dossier.read_text().split("\n"))
    record_property(
        "writes of three people with state folders of their own", f"{len(written)}, lost {len(lost)}"
    )
    assert lost == set()
    assert nothing_stray(dossier.parent)


def test_the_claim_of_somebody_killed_is_taken_over_and_of_somebody_at_work_is_not(
    dossier: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(atomic, "_STALE_SECONDS", 0.2)
    before = read_dossier(dossier)
    with atomic.written_beside(dossier, b"", None) as temp, atomic.alone(dossier, temp):
        (claim,) = [path for path in dossier.parent.glob(".utb-*") if path != temp]
        claim.touch()
        save(dossier, "två\n", before.fingerprint)
        monkeypatch.setattr(atomic, "_STALE_SECONDS", -0.9)
        claim.touch()
        os.utime(claim, (time.time() + 60,) * 2)
        with pytest.raises(Conflict, match="ett annat fönster"):
            save(dossier, "tre\n", read_dossier(dossier).fingerprint)
    assert dossier.read_text() == "två\n"


def test_without_a_place_for_locks_a_save_still_works(dossier: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UTB_STATE_DIR", str(dossier / "ingen mapp"))
    save(dossier, "två\n", read_dossier(dossier).fingerprint)
    assert dossier.read_text() == "två\n"


_SAVE_FOREVER = """
import sys
from pathlib import Path
from utbildningsprocess.files.dossier_file import read_dossier, save
path = Path(sys.argv[1])
known, number = read_dossier(path).fingerprint, 0
while True:
    number += 1
    known = save(path, f"{number}\\n" + "å" * (20000 + number) + f"\\n{number}\\n", known)
    print("sparad", flush=True)
"""


@posix
@pytest.mark.parametrize("kills", [4, pytest.param(15, marks=pytest.mark.experiment)])
def test_a_killed_save_leaves_a_whole_file(dossier: Path, kills: int) -> None:
    chance = Random(7)  # noqa: S311  moments, not secrets
    for _ in range(kills):
        with started(_SAVE_FOREVER, dossier) as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.05 + chance.random() * 0.02)
            process.kill()
        first, body, last, end = read_dossier(dossier).text.split("\n")
        assert (first, len(body), end) == (last, 20000 + int(first), "")


# -------------------------------------------------------------------- sweeping


def test_only_old_temp_files_of_ours_are_swept(dossier: Path) -> None:
    folder = dossier.parent
    names = {".utb-gammal.tmp", ".utb-ny.tmp", ".utb-annan.md", "annan.tmp"}
    for name in names:
        (folder / name).touch()
        if name != ".utb-ny.tmp":
            os.utime(folder / name, (time.time() - 4000,) * 2)
    sweep(folder)
    assert {path.name for path in folder.iterdir()} == names - {".utb-gammal.tmp"} | {"start.md"}
    sweep(folder / "finns inte")


def test_permission_denied_for_a_moment_is_waited_out() -> None:
    left = [PermissionError(), PermissionError()]

    def action() -> None:
        if left:
            raise left.pop()

    patiently(action, (0.001, 0.001))
    left += [PermissionError()] * 2
    with pytest.raises(PermissionError):
        patiently(action, (0.001,))


def test_a_path_that_goes_up_is_no_link(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("inne", "ute"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "utb.yaml").touch()
    monkeypatch.chdir(tmp_path / "inne")
    assert check_target(Path("../x.html")) == (tmp_path / "x.html").resolve()
    (tmp_path / "inne" / "genvag").symlink_to(tmp_path / "ute")
    for path in ("genvag/x.html", "genvag/../x.html"):
        with pytest.raises(Broken, match="är en länk till"):
            check_target(Path(path), tmp_path / "inne")
