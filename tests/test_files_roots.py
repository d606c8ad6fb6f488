"""Finding the root, the dossiers in it, and the data we ship."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.dossier_file import save
from utbildningsprocess.files.glance import glance
from utbildningsprocess.files.names import new_path
from utbildningsprocess.files.roots import (
    Ambiguous,
    Root,
    battery_texts,
    find_dossier,
    find_root,
    here,
    is_foreign,
    list_dossiers,
    question_text,
    template_text,
)

if TYPE_CHECKING:
    from collections.abc import Callable


posix = pytest.mark.skipif(os.name == "nt", reason="Windows has neither pipes with names nor such rights")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Root:
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "state"))
    folder = tmp_path / "repo"
    (folder / "insatser").mkdir(parents=True)
    (folder / "utb.yaml").write_text("organisation: Region Ö\n", encoding="utf-8")
    monkeypatch.chdir(folder)
    return find_root(folder)


def with_dossiers(root: Root, *names: str) -> list[Path]:
    paths = [root.dossiers / name for name in names]
    for path in paths:
        path.write_text("<!-- utb:dossier 1 -->\n\n# x\n")
    return paths


# --------------------------------------------------------------------- root


def test_the_root_is_the_nearest_folder_upward_with_utb_yaml(root: Root) -> None:
    deep = root.folder / "a" / "b"
    deep.mkdir(parents=True)
    (root.folder / "a" / ".git").mkdir()
    found = find_root(deep)
    assert found.folder == root.folder.resolve()
    assert found.settings.organisation == "Region Ö"


def test_without_utb_yaml_the_root_is_the_git_repo_and_without_that_the_start(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    assert find_root(deep).folder == deep.resolve()
    (tmp_path / ".git").touch()
    found = find_root(deep)
    assert (found.folder, found.dossiers.name) == (tmp_path.resolve(), "insatser")


def test_a_broken_utb_yaml_names_file_and_line(root: Root) -> None:
    (root.folder / "utb.yaml").write_text("mapp: insatser\norganisaton: X\n")
    with pytest.raises(
        Broken, match=re.escape("utb.yaml:2: inställningen ”organisaton” finns inte. Menade du organisation?")
    ):
        find_root(root.folder)
    (root.folder / "utb.yaml").write_bytes(b"mapp: x\n\xff\n")
    with pytest.raises(Broken, match=r"utb\.yaml:2: texten är inte UTF-8"):
        find_root(root.folder)


# ----------------------------------------------------------------- dossiers


def test_dossiers_are_the_markdown_files_of_the_folder_by_name(root: Root) -> None:
    paths = with_dossiers(root, "b.md", "a.MD", ".dold.md", "README.md", "bild.png", "c.md.bak")
    assert list_dossiers(root) == [paths[1], paths[0]]


def test_a_root_without_the_folder_has_no_dossiers(tmp_path: Path) -> None:
    assert list_dossiers(find_root(tmp_path)) == []


def test_a_new_dossier_gets_its_title_as_name_and_a_number_when_that_is_taken(root: Root) -> None:
    names = []
    for _ in range(3):
        path = new_path(root, "Trygg start på våren")
        save(path, "x", None)
        names.append(path.name)
    assert names == ["trygg-start-pa-varen.md", "trygg-start-pa-varen-2.md", "trygg-start-pa-varen-3.md"]


def test_a_name_is_taken_in_any_case_and_numbered_names_stay_short(root: Root) -> None:
    with_dossiers(root, "START.MD", f"{'x' * 60}.md")
    assert new_path(root, "Start").name == "start-2.md"
    assert new_path(root, "x" * 80).name == f"{'x' * 58}-2.md"


@pytest.mark.parametrize(
    "wanted",
    [
        "trygg-start-pa-varen",
        "Trygg start på våren",
        "Trygg start: på våren!",
        "VÅREN",
        "va\u030aren",
        "trygg",
        "trygg-start-pa-varen.md",
        "insatser/trygg-start-pa-varen.md",
    ],
)
def test_a_dossier_is_found_by_path_slug_title_or_part(root: Root, wanted: str) -> None:
    path, _ = with_dossiers(root, "trygg-start-pa-varen.md", "handhygien.md")
    assert find_dossier(root, wanted).resolve() == path.resolve()


def test_the_exact_name_wins_over_a_part_of_another(root: Root) -> None:
    path, _ = with_dossiers(root, "start.md", "start-kopia.md")
    assert find_dossier(root, "Start") == path


def test_a_copy_saved_in_a_conflict_is_no_initiative_of_its_own(root: Root) -> None:
    path, _ = with_dossiers(root, "start.md", "start.kopia1.md")
    assert find_dossier(root, None) == path


def test_names_that_fold_alike_are_told_apart_by_their_letters(root: Root) -> None:
    first, second = with_dossiers(root, "mall.md", "mäll.md")
    assert (find_dossier(root, "mall"), find_dossier(root, "ma\u0308ll")) == (first, second)


def test_the_only_dossier_needs_no_name(root: Root) -> None:
    (path,) = with_dossiers(root, "start.md")
    assert find_dossier(root, None) == path


STEPS = "# Start\n\n## Behov\n\nVi vill.\n\n## Analys\n\n## Koncept\n"


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        ("# Minnesanteckningar\n\nVi pratade om utb: allt väl.\n", True),
        ("", True),
        ("# Möte\n\n## Behov\n\nMer kaffe.\n\n## Analys\n", True),
        ("<!-- utb:dossier 1 -->\n", False),
        ("# Start\n\n<!-- utb:behov.varfor -->\n\nDärför\n\n<!-- /utb:behov.varfor -->\n", False),
        ("# Start\n\n&lt;!-- utb:behov.varfor --&gt;\n", False),
        (STEPS, False),
        ("\0", False),
    ],
)
def test_a_file_that_never_was_a_dossier_is_foreign_and_one_that_lost_its_markers_is_not(
    root: Root, text: str, foreign: bool
) -> None:
    path = root.dossiers / "x.md"
    path.write_text(text, encoding="utf-8")
    assert is_foreign(path) is foreign


def test_notes_beside_the_dossiers_are_meant_only_by_their_own_name(root: Root) -> None:
    path, notes = with_dossiers(root, "start.md", "start-motet.md")
    notes.write_text("# Mötet\n\nVi ses på torsdag.\n", encoding="utf-8")
    assert find_dossier(root, None) == path
    assert find_dossier(root, "motet") == notes
    path.unlink()
    with pytest.raises(WrongUse, match="Det finns ingen insats i insatser"):
        find_dossier(root, None)


@pytest.mark.parametrize("wanted", [None, "start"])
def test_several_that_could_be_meant_are_offered(root: Root, wanted: str | None) -> None:
    paths = with_dossiers(root, "start-a.md", "start-b.md")
    with pytest.raises(Ambiguous, match="start-a och start-b") as caught:
        find_dossier(root, wanted)
    assert caught.value.candidates == paths


def test_a_misspelt_name_gets_a_suggestion_and_a_strange_one_the_list(root: Root) -> None:
    with_dossiers(root, "handhygien.md")
    with pytest.raises(WrongUse, match=r"Menade du handhygien\?"):
        find_dossier(root, "handhygein")
    for wanted in ("zzz", "???", "insatser", "utb.yaml", "x\0y", "x" * 5000):
        with pytest.raises(WrongUse, match="Insatserna är: handhygien"):
            find_dossier(root, wanted)


def test_where_nothing_is_started_the_way_to_start_is_said(root: Root) -> None:
    for wanted in (None, "start"):
        with pytest.raises(WrongUse, match="utb ny"):
            find_dossier(root, wanted)


def test_a_file_anywhere_is_found_from_where_one_stands_and_its_folder_is_the_root(
    root: Root, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "annat" / "min.md"
    elsewhere.parent.mkdir()
    elsewhere.write_text("# x\n")
    monkeypatch.chdir(elsewhere.parent)
    for wanted in ("min.md", "./min.md", str(elsewhere)):
        assert find_dossier(root, wanted).resolve() == elsewhere.resolve()
    assert find_root(find_dossier(root, "min.md").parent).folder == elsewhere.parent.resolve()


# --------------------------------------------------------------------- data


def test_the_batteries_we_ship_are_found(root: Root) -> None:
    texts = battery_texts(root)
    assert "1-behov.yaml" in texts
    assert not {"diagnos.yaml", "rod-trad.yaml"} & set(texts)
    assert list(texts) == sorted(texts)


def test_own_batteries_and_templates_take_the_place_of_ours(root: Root) -> None:
    for folder, name in (("fragor", "1-behov.yaml"), ("fragor", "9-egen.yaml"), ("mallar", "dossier.md.j2")):
        (root.folder / folder).mkdir(exist_ok=True)
        (root.folder / folder / name).write_text("eget\n")
    (root.folder / "utb.yaml").write_text("fragor: fragor\nmallar: mallar\n")
    own = find_root(root.folder)
    assert battery_texts(own).keys() - battery_texts(root).keys() == {"9-egen.yaml"}
    assert battery_texts(own)["1-behov.yaml"] == "eget\n"
    assert template_text(own, "dossier.md.j2") == "eget\n"


def test_a_folder_of_ones_own_that_is_missing_gets_a_sentence(root: Root) -> None:
    (root.folder / "utb.yaml").write_text("fragor: finns-inte\n")
    with pytest.raises(Broken, match="finns-inte finns inte"):
        battery_texts(find_root(root.folder))


def test_data_nobody_has_is_a_bug_to_ask_for(root: Root) -> None:
    for ask in (question_text, template_text):
        with pytest.raises(KeyError):
            ask(root, "metoder/finns-inte.md")


@pytest.mark.parametrize("key", ["mallar", "fragor"])
@pytest.mark.parametrize("linked", ["folder", "file"])
def test_a_link_out_of_the_root_is_not_read_as_a_template_or_question(
    root: Root, tmp_path: Path, key: str, linked: str
) -> None:
    outside = tmp_path / "hemligt"
    outside.mkdir()
    name = "dossier.md.j2" if key == "mallar" else "1-behov.yaml"
    (outside / name).write_text("hemligt\n")
    own = root.folder / key
    if linked == "folder":
        own.symlink_to(outside)
    else:
        own.mkdir()
        (own / name).symlink_to(outside / name)
    (root.folder / "utb.yaml").write_text(f"{key}: {key}\n")
    with pytest.raises(Broken, match="är en länk ut ur mappen"):
        template_text(find_root(root.folder), name) if key == "mallar" else battery_texts(
            find_root(root.folder)
        )


@pytest.mark.parametrize("name", ["utb.yml", "UTB.yaml", "utb.yaml.txt", "Utb.YML.txt"])
def test_settings_under_another_name_are_told_and_not_passed_over(tmp_path: Path, name: str) -> None:
    inner = tmp_path / "insatser"
    inner.mkdir()
    (tmp_path / ".git").mkdir()
    (tmp_path / name).write_text("mapp: annan\n")
    for start in (tmp_path, inner):
        with pytest.raises(Broken, match=f"{name} läses inte. Inställningarna läses bara ur"):
            find_root(start)
    (tmp_path / "utb.yaml").write_text("mapp: annan\n")
    assert find_root(inner).settings.folder == "annan"


@pytest.mark.parametrize(
    "make",
    [
        Path.mkdir,
        pytest.param(os.mkfifo, marks=posix),
        lambda path: path.symlink_to("ingenstans"),
    ],
)
def test_settings_that_are_no_file_are_told(tmp_path: Path, make: Callable[[Path], None]) -> None:
    make(tmp_path / "utb.yaml")
    with pytest.raises(Broken, match=r"utb\.yaml är ingen vanlig fil"):
        find_root(tmp_path)


def test_a_folder_that_is_gone_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gone = tmp_path / "borta"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    for act in (here, lambda: find_root(Path())):
        with pytest.raises(Broken, match="Mappen du står i finns inte längre"):
            act()
    assert glance(Path()).names() == []


@posix
def test_a_folder_one_may_not_enter_is_told(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    inner.parent.chmod(0)
    find_root(tmp_path)  # reads in what it needs, while everything may be read
    me = os.geteuid()
    if me == 0:  # root may enter every folder
        os.seteuid(65534)
    try:
        with pytest.raises(Broken, match="går inte att läsa: du saknar läsrättighet"):
            find_root(inner)
    finally:
        os.seteuid(me)
        inner.parent.chmod(0o700)
