"""The first look at the root agrees with the real reading of it."""

from __future__ import annotations

import pytest

from utbildningsprocess.files.glance import glance
from utbildningsprocess.files.roots import find_root, list_dossiers


@pytest.mark.parametrize(
    "settings",
    [
        "",
        "mapp: projekt\n",
        'mapp: "mina insatser" # här\nenkel: ja\n',
        "organisation: Region Ö\nenkel: true\nmapp: a/b\n",
        "enkel: nej\n# mapp: x\n",
        "\ufeffmapp: 'x'\nenkel: på\n",
    ],
)
def test_it_sees_what_the_real_reading_sees(tmp_path, settings):
    (tmp_path / "utb.yaml").write_text(settings, "utf-8")
    inside = tmp_path / "djup" / "mapp"
    inside.mkdir(parents=True)
    root, seen = find_root(inside), glance(inside)
    assert (seen.dossiers, seen.plain) == (root.dossiers, root.settings.plain)


def test_without_utb_yaml_the_repo_is_the_root(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "under").mkdir()
    assert glance(tmp_path / "under").dossiers == find_root(tmp_path / "under").dossiers


def test_the_names_are_those_of_the_dossiers(tmp_path):
    (tmp_path / ".git").mkdir()
    (tmp_path / "insatser").mkdir()
    for name in ("b.md", "a.md", "README.md", ".dold.md", "x.txt"):
        (tmp_path / "insatser" / name).touch()
    assert (
        glance(tmp_path).names() == [path.stem for path in list_dossiers(find_root(tmp_path))] == ["a", "b"]
    )


def test_with_no_folder_there_are_no_names(tmp_path):
    (tmp_path / ".git").mkdir()
    assert glance(tmp_path).names() == []
