"""Dossiers of the first release: they open without a problem, keep every byte, and can be answered on."""

from __future__ import annotations

from pathlib import Path

import pytest

from making import BATTERY, KIND, WORKSPACE, sampled
from utbildningsprocess.answers.settled import answered_earlier, is_settled, open_statements
from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

OLD = sorted((Path(__file__).parent / "cases" / "gamla").glob("*.md"))


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_old_dossier_opens_without_a_problem_and_every_answer_is_read(path):
    dossier = read(path.read_text("utf-8"), BATTERY)
    assert dossier.problems == ()
    assert len(dossier.answers) > 5


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_to_save_what_already_stands_changes_no_byte(path):
    text = path.read_text("utf-8")
    for qid, answer in read(text, BATTERY).answers.items():
        assert with_answer(text, BATTERY, qid, answer) == text


@pytest.mark.parametrize("path", OLD, ids=lambda path: path.stem)
def test_an_old_dossier_is_diagnosed_and_reviewed(utb, path):
    (utb.folder / "insatser").mkdir()
    there = utb.folder / "insatser" / path.name
    there.write_bytes(path.read_bytes())
    for command in (
        ("visa", path.stem),
        ("granska", path.stem),
        ("diagnos", path.stem),
        ("status", path.stem),
    ):
        outcome = utb(*command)
        assert outcome.code == 0, outcome.err
    assert there.read_bytes() == path.read_bytes()


@pytest.mark.parametrize(("name", "kind_id"), sampled([path.name for path in OLD], KIND))
def test_an_old_dossier_is_made_into_documents(utb, name, kind_id):
    (utb.folder / "insatser").mkdir()
    there = utb.folder / "insatser" / name
    there.write_bytes((OLD[0].parent / name).read_bytes())
    assert utb("dokument", kind_id, there.stem).code == 0
    assert there.read_bytes() == (OLD[0].parent / name).read_bytes()


def test_statements_whose_meaning_has_moved_are_offered_once_more_with_the_old_answer(utb):
    (utb.folder / "insatser").mkdir()
    there = utb.folder / "insatser" / "exempel.md"
    there.write_bytes((Path(__file__).parent / "cases" / "gamla" / "exempel.md").read_bytes())
    initiative = Initiative(Workspace.open(), there)
    before = initiative.answers["analys.hinder"]
    assert answered_earlier(before) == {"s02", "s04", "s05"}
    asked = BATTERY.question("analys.hinder")
    new = {"s17", "s18", "s19", "s20"}
    assert {statement.id for statement in open_statements(asked, before)} == {"s02", "s04", "s05"} | new
    assert not is_settled(asked, before)
    assert diagnose(WORKSPACE.diagnosis_model, initiative.answers).statements["s02"] == "stammer"
    initiative.answer("analys.hinder", {**{key: str(option) for key, option in before.value.items()}})
    after = Initiative(Workspace.open(), there).answers["analys.hinder"]
    assert (dict(after.value), answered_earlier(after)) == (dict(before.value), frozenset())
    assert {statement.id for statement in open_statements(asked, after)} == new
    assert "- **Mycket:** Det är nytt för dem som ska göra det.\n" in there.read_text("utf-8")
    assert "- **Stämmer delvis:** Medarbetarna vet inte vad som gäller eller varför.\n" in there.read_text(
        "utf-8"
    )
