"""The package as another program uses it: what `docs/python.md` shows is run, and what it promises holds."""

from __future__ import annotations

import re
import runpy
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

import utbildningsprocess
from utbildningsprocess import Broken, Conflict, Given, Initiative, Skipped, Unknown, Workspace, WrongUse

TOP = Path(__file__).parent.parent
PAGE = (TOP / "docs" / "python.md").read_text("utf-8")
TODAY = date(2026, 11, 2)


@pytest.fixture
def initiative(tmp_path, monkeypatch):
    monkeypatch.setenv("UTB_STATE_DIR", str(tmp_path / "tillstand"))
    (tmp_path / "utb.yaml").write_text("organisation: Region X\n", "utf-8")
    return Initiative.start(Workspace.open(tmp_path, TODAY), "Trygg start")


def test_the_lines_of_the_page_run_as_they_stand(utb, capsys):
    assert utb("exempel").code == 0
    code = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    assert len(code.strip().splitlines()) <= 12
    script = utb.folder / "prov.py"
    script.write_text(code, "utf-8")
    runpy.run_path(str(script))
    assert "svar\n" in capsys.readouterr().out
    assert (utb.folder / "beslutsunderlag.pdf").read_bytes().startswith(b"%PDF-")
    assert (
        utb(
            "svar",
            "utb-exempel/insatser/" + next(iter((utb.folder / "utb-exempel/insatser").iterdir())).name,
            "klart_senast",
        ).out
        == "2027-06-01\n"
    )


def test_every_call_the_page_names_exists():
    calls = re.findall(r"`(workspace|initiative)\.(\w+)", PAGE)
    owners = {"workspace": Workspace, "initiative": Initiative}
    lost = [name for owner, name in calls if not hasattr(owners[owner], name)]
    assert (len(calls) > 10, lost) == (True, [])


def test_every_public_name_can_be_imported_and_says_what_it_is():
    public = {name: getattr(utbildningsprocess, name) for name in utbildningsprocess.__all__}
    assert [name for name, thing in public.items() if not thing.__doc__] == []
    with pytest.raises(AttributeError):
        utbildningsprocess.ingenting  # noqa: B018


def test_what_is_answered_is_on_disk_at_once(initiative):
    assert initiative.answer("varfor", "Natten är ensam.") == Given("Natten är ensam.")
    assert initiative.skip("behov.esther", "tas i mars") == Skipped("tas i mars")
    assert initiative.unknown("signal", "chefen") == Unknown("chefen")
    again = Initiative.open(initiative.workspace)
    assert again.answers == initiative.answers
    assert again.title == "Trygg start"


def test_a_whole_group_is_answered_with_python_values(initiative):
    initiative.answer("malgrupper", [{"namn": "Nya", "antal": 12}])
    assert [row.values["namn"] for row in initiative.answers["behov.malgrupper"].value] == ["Nya"]


@pytest.mark.parametrize(
    ("question", "value", "said"),
    [
        ("fel", "x", "Frågan ”fel” finns inte."),
        ("klart_senast", "31/2", "Det datumet finns inte"),
        ("varfor", "Anna 811228-9874", "innehåller ett personnummer"),
    ],
)
def test_what_is_no_answer_is_refused_in_a_sentence_and_nothing_is_saved(initiative, question, value, said):
    before = initiative.path.read_bytes()
    with pytest.raises(WrongUse, match=said):
        initiative.answer(question, value)
    assert initiative.path.read_bytes() == before


def test_a_personal_number_is_saved_when_that_is_consented_to(initiative):
    initiative.answer("varfor", "Anna 811228-9874", consent=True)
    assert "811228-9874" in initiative.path.read_text("utf-8")


def test_another_title_changes_the_first_heading_and_nothing_else(initiative):
    before = initiative.path.read_text("utf-8")
    initiative.rename("Trygg *start*, natt")
    assert initiative.title == "Trygg *start*, natt"
    assert initiative.path.read_text("utf-8") == before.replace("# Trygg start", r"# Trygg \*start\*, natt")
    with pytest.raises(WrongUse, match="Titeln är tom"):
        initiative.rename("  ")


def test_what_somebody_else_wrote_is_not_overwritten(initiative):
    other = Initiative.open(initiative.workspace)
    other.answer("varfor", "Deras")
    with pytest.raises(Conflict):
        initiative.answer("varfor", "Mitt")
    assert initiative.reread()["behov.varfor"] == Given("Deras")
    initiative.answer("varfor", "Mitt")
    assert other.path.read_text("utf-8").count("Deras") == 0


def test_a_damaged_dossier_is_read_but_nothing_is_concluded_from_it(initiative):
    text = initiative.path.read_text("utf-8").replace("<!-- /utb:behov.varfor -->", "")
    initiative.path.write_text(text, "utf-8")
    damaged = Initiative.open(initiative.workspace)
    assert [problem.line for problem in damaged.problems if problem.structural]
    for conclude in (damaged.review, damaged.diagnose):
        with pytest.raises(Broken, match="behöver lagas"):
            conclude()


def test_outlook_review_and_documents_are_values(initiative):
    initiative.answer("varfor", "Natten är ensam.")
    assert initiative.outlook().step.stage.id == "behov"
    assert {finding.stage for finding in initiative.review().findings} == {"behov"}
    assert initiative.documents.make("beslutsunderlag").data.decode().startswith("# ")
    saved = initiative.documents.save("beslutsunderlag", "html")
    assert (saved.path.suffix, saved.is_new) == (".html", True)
    with pytest.raises(WrongUse, match="Dokumentet ”fel” finns inte"):
        initiative.documents.make("fel")
    with pytest.raises(WrongUse, match="finns inte som pdf"):
        initiative.documents.make("kalender", "pdf")


def test_importing_the_package_costs_nothing():
    code = "import sys, utbildningsprocess; print(sorted(set(sys.modules) & {'pydantic', 'yaml', 'typer', 'rich'}))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, encoding="utf-8", check=True, cwd=TOP / "src"
    )
    assert done.stdout == "[]\n"
