"""`utb ny`: a new initiative, asked or from a file."""

from __future__ import annotations

import json

import pytest
import yaml

from conftest import EXAMPLE
from small import SMALL
from utbildningsprocess.model import AnswerSheet, Kind
from utbildningsprocess.work.pace import SECONDS, minutes_to_type

NOBODY = (
    "Fel: Det finns ingen att fråga: standard in är stängd eller tom. "
    "Kör kommandot i en terminal, eller ange svaren i en fil med --svar FIL.\n"
)
MORE = "Fyll på ett steg i den med: utb steg STEG trygg-start --svar"


def answered(utb, path):
    return json.loads(utb("visa", str(path), "--format", "json").out)


def test_a_file_becomes_a_dossier_and_its_path_is_the_last_line(utb):
    outcome = utb("ny", "--svar", str(EXAMPLE))
    assert outcome.code == 0
    assert outcome.out == "insatser/trygg-start-introduktion-for-nya-underskoterskor-pa-medicin.md\n"
    assert outcome.err.splitlines()[-1] == "Dossiern finns här:"
    assert (
        (utb.folder / outcome.out.strip())
        .read_text("utf-8")
        .startswith("<!-- utb:dossier 1 -->\n\n<!-- insats: ")
    )


def test_the_title_on_the_command_line_wins_over_the_file_s(utb):
    path = utb.example()
    assert path.name == "trygg-start.md"
    assert answered(utb, path)["titel"] == "Trygg start"


def test_the_same_command_twice_changes_no_byte(utb):
    path = utb.example()
    before = path.read_bytes()
    outcome = utb("ny", "Trygg start", "--svar", str(EXAMPLE))
    assert (outcome.code, outcome.out) == (0, "insatser/trygg-start.md\n")
    assert "Inget har ändrats." in outcome.err
    assert path.read_bytes() == before


def test_an_initiative_that_says_something_else_is_not_written_over(utb):
    path = utb.example()
    path.write_text(
        path.read_text("utf-8").replace("Av 62 undersköterskor", "Av 63 undersköterskor"), "utf-8"
    )
    before = path.read_bytes()
    assert utb("ny", "Trygg start", "--svar", str(EXAMPLE)) == (
        2,
        "",
        f"Fel: Insatsen finns redan: insatser/trygg-start.md. Inget har skrivits. {MORE} {EXAMPLE}\n",
    )
    assert path.read_bytes() == before
    assert len(list(path.parent.iterdir())) == 1


def test_all_errors_of_a_file_are_told_at_once_and_nothing_is_written(utb):
    (utb.folder / "fel.yaml").write_text(
        "svar:\n  behov:\n    varfro: x\n    krav: y\n  anlys: {}\n", "utf-8"
    )
    outcome = utb("ny", "T", "--svar", "fel.yaml")
    assert (outcome.code, outcome.out) == (2, "")
    lines = outcome.err.splitlines()
    assert [line.split(" ")[0] for line in lines] == ["fel.yaml:3:", "fel.yaml:4:", "fel.yaml:5:"]
    assert lines[0].endswith("Menade du varfor?")
    assert lines[2].endswith("Menade du analys?")
    assert not (utb.folder / "insatser").exists()


def test_a_file_without_title_needs_one(utb):
    (utb.folder / "s.yaml").write_text("svar: {behov: {varfor: Därför}}", "utf-8")
    assert utb("ny", "--svar", "s.yaml") == (
        2,
        "",
        'Fel: Titeln saknas. Skriv utb ny "TITEL" --svar s.yaml, eller titel under initiativ.\n',
    )


def test_json_on_standard_in_is_an_answers_file(utb):
    outcome = utb("ny", "T", "--svar", "-", stdin='{"svar": {"behov": {"varfor": "Därför"}}}')
    assert outcome.out == "insatser/t.md\n"
    assert answered(utb, outcome.out.strip())["svar"] == {"behov": {"varfor": "Därför"}}


def test_a_file_that_is_not_there_is_named(utb):
    assert utb("ny", "T", "--svar", "borta.yaml") == (
        3,
        "",
        "Fel: borta.yaml finns inte. Kontrollera sökvägen.\n",
    )


@pytest.mark.parametrize("stdin", [None, ""], ids=["closed", "empty"])
@pytest.mark.parametrize("title", [[], ["Titel"]], ids=["untitled", "titled"])
def test_with_nobody_to_ask_the_way_is_an_answers_file(utb, stdin, title):
    assert utb("ny", *title, stdin=stdin) == (2, "", NOBODY)
    assert not (utb.folder / "insatser").exists()


def test_an_empty_title_is_none(utb):
    assert utb("ny", " ") == (2, "", "Fel: Titeln är tom. Skriv vad insatsen heter.\n")


def core_of_behov():
    stages = yaml.safe_load((EXAMPLE.parent / "1-behov.yaml").read_text("utf-8"))
    return [asked for asked in stages["fragor"] if asked.get("karna") and "visas_om" not in asked]


AT_THE_START = (":v\n\n",) * 3
"""What is asked after the title: the organisation, who leads the work and whom to ask."""


def test_a_pipe_can_answer_the_whole_fast_track(utb):
    questions = core_of_behov()
    # A group opens in its first field; past all of them comes the question of what to do with it.
    typed = [":v\n" * len(question.get("falt", [])) + ":v\n\n" for question in questions]
    outcome = utb("ny", "--snabb", stdin="".join(["Min titel\n", *AT_THE_START, *typed]))
    assert outcome.code == 0, outcome.err
    assert outcome.out == "insatser/min-titel.md\n"
    unknown = answered(utb, "insatser/min-titel.md")["okanda"]
    assert len([key for key in unknown if key.startswith("behov.")]) == len(questions)
    assert len(unknown) == len(questions) + len(AT_THE_START)
    assert f"{len(questions)} frågor.\n" in outcome.err
    assert f"{len(questions)} svar skrevs i avsnittet Behov." in outcome.err
    assert outcome.err.endswith("Dossiern finns här:\n")


def test_leaving_keeps_what_was_answered_and_says_how_to_go_on(utb):
    outcome = utb("ny", "Min titel", stdin="".join([*AT_THE_START, "Cheferna vill.\n.\nhalvvägs\n:s\n"]))
    assert (outcome.code, outcome.out) == (0, "")
    assert outcome.err.endswith("Dossiern: insatser/min-titel.md\nFortsätt med: utb steg behov min-titel\n")
    assert answered(utb, "insatser/min-titel.md")["svar"] == {"behov": {"vem_vill": "Cheferna vill."}}
    again = utb("steg", "behov", stdin="ja\n.\n:s\n")
    assert "  halvvägs" in again.err


def test_leaving_before_the_title_creates_nothing(utb):
    outcome = utb("ny", stdin=":s\n")
    assert outcome.code == 130
    assert outcome.err.endswith("Avbrutet. Ingen insats har skapats.\n")
    assert not (utb.folder / "insatser").exists()


@pytest.mark.parametrize(("choice", "names"), [("1", ["en.md"]), ("2", ["en-2.md", "en.md"])])
def test_a_taken_name_is_a_choice(utb, choice, names):
    path = utb.dossier("En")
    outcome = utb("ny", "En", stdin=f"{choice}\n:s\n")
    assert "Det finns redan en insats med det namnet: insatser/en.md." in outcome.err
    assert sorted(one.name for one in path.parent.iterdir()) == names


@pytest.mark.parametrize(
    "titles",
    [
        [
            f"En lång titel som börjar likadant i alla de första sextio tecknen {end}"
            for end in ["ett", "två"]
        ],
        ["日本", "中国"],
        ["Mål", "Mal"],
    ],
)
def test_titles_that_make_the_same_file_name_are_two_initiatives(utb, titles):
    (utb.folder / "s.yaml").write_text("svar: {}", "utf-8")
    first, second, again = [utb("ny", title, "--svar", "s.yaml") for title in [*titles, titles[1]]]
    assert (first.code, second.code) == (0, 0)
    assert first.out != second.out == again.out
    assert "Inget har ändrats." in again.err
    assert titles[1] in (utb.folder / second.out.strip()).read_text("utf-8")


ABOUT = """\
format: 1
steg: om
nummer: 0
titel: Om insatsen
fragor:
  - {id: organisation, typ: text, text: "Vilken organisation?", vid_start: true}
  - {id: processledare_roll, typ: text, text: "Vem leder?", vid_start: true}
  - {id: kontakt, typ: text, text: "Vart vänder man sig?"}
"""


@pytest.fixture
def at_start(utb):
    """A folder whose questions begin with an organisation and a role."""
    (utb.folder / "egna").mkdir()
    (utb.folder / "egna" / "0-om.yaml").write_text(ABOUT, "utf-8")
    (utb.folder / "utb.yaml").write_text("fragor: egna\norganisation: Region Exempel\n", "utf-8")
    return utb


def test_an_initiative_begins_with_what_is_asked_at_the_start_and_enter_takes_the_usual(at_start):
    outcome = at_start("ny", "Första", stdin="\nLärandestrateg\n:s\n")
    assert "Region Exempel" in outcome.err
    path = at_start.folder / "insatser" / "forsta.md"
    about = answered(at_start, path)["svar"]["om"]
    assert about == {"organisation": "Region Exempel", "processledare_roll": "Lärandestrateg"}
    at_start("ny", "Andra", stdin="\n\n:s\n")
    path = at_start.folder / "insatser" / "andra.md"
    assert answered(at_start, path)["svar"]["om"] == about


def test_what_is_asked_at_the_start_can_be_left_and_the_dossier_is_there(at_start):
    outcome = at_start("ny", "Första", stdin=":s\n")
    assert "Fortsätt med: utb steg om forsta" in outcome.err
    assert (at_start.folder / "insatser" / "forsta.md").is_file()


def test_whoever_begins_hears_where_the_file_lies_how_long_it_takes_and_that_it_can_be_left(utb):
    begun = utb("ny", "Prov", stdin=":s\n").err.partition("\n\n")[0].splitlines()
    assert begun == [
        "Dossiern är skapad: insatser/prov.md",
        "Varje svar sparas där direkt. Sluta när ni vill, mitt i också.",
        "Först 3 uppgifter till dokumenten. De kan också vänta: utb steg om",
        "Sedan 13 frågor i Behov: ungefär 12 minuter att skriva. Samtalet tar sin tid.",
    ]
    fast = utb("ny", "Snabbt", "--snabb", stdin=":s\n").err
    assert "Sedan 11 frågor i Behov: ungefär 10 minuter" in fast


def test_every_sort_of_question_has_a_pace_and_a_row_is_its_fields():
    assert {*Kind} == {*SECONDS, Kind.GROUP}
    stage, sheet = SMALL.stage("behov"), AnswerSheet(SMALL, {})
    (rows,) = [question for question in stage.questions if question.kind is Kind.GROUP]
    only_rows = stage.model_copy(update={"questions": (rows,)})
    seconds = 2 * sum(SECONDS[field.kind] for field in rows.fields if not field.late)
    assert minutes_to_type(only_rows, sheet) == -(-seconds // 60)
