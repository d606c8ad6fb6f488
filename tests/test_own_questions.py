"""An organisation that asks less than we do: everything goes on, and what falls away is said.

Each question, field and option of ours is taken away in turn, in the obvious way: its lines are deleted.
"""

from __future__ import annotations

import copy
import unicodedata
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from making import BATTERY, TODAY
from utbildningsprocess.addresses import DEVIATIONS, OBSTACLES
from utbildningsprocess.answers.accept import plain_value
from utbildningsprocess.answers.rows import dangling, given_rows, row_key
from utbildningsprocess.answers.settled import EarlierOption, is_settled
from utbildningsprocess.checks.findings import check
from utbildningsprocess.documents.basis import Source
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.documents.kinds import PAGES
from utbildningsprocess.dossier.document import read
from utbildningsprocess.dossier.mend.row_mends import reference_mends
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.roots import template_text
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Given, Row
from utbildningsprocess.work.batteries import check_batteries
from utbildningsprocess.work.commentary import counting_in_words, diagnosis_in_words
from utbildningsprocess.work.display import Display
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.outlook import standings
from utbildningsprocess.work.starting import write_example
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.model import Answers

QUESTIONS = Path(__file__).parent.parent / "questions"
OURS = {path.name: yaml.safe_load(path.read_text("utf-8")) for path in sorted(QUESTIONS.glob("[0-9]-*.yaml"))}
PARTS = ("alternativ", "pastaenden")
DUMPER = getattr(yaml, "CSafeDumper", yaml.SafeDumper)
SAMPLE = 31
"""One in so many is tried every time; all of them are in the experiment."""


def without(kind: str) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Every battery of ours without one thing of a kind: its address, the file, and what is left in it."""
    for name, battery in OURS.items():
        for place, question in enumerate(battery["fragor"]):
            address = f"{battery['steg']}.{question['id']}"
            for inner, own_id in _things(question, kind):
                left = copy.deepcopy(battery)
                _delete(left["fragor"], (place, *inner))
                yield ".".join(filter(None, (address, own_id))), name, left


def _things(question: dict[str, Any], kind: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    """Where the things of a kind lie in a question, and what they are called there."""
    if kind == "question":
        yield (), ""
    fields = question.get("falt", [])
    if kind == "field" and len(fields) > 1:
        yield from ((("falt", place), field["id"]) for place, field in enumerate(fields))
    if kind == "option":
        yield from _options(question, (), "")
        for place, field in enumerate(fields):
            yield from _options(field, ("falt", place), f"{field['id']}.")


def _options(item: dict[str, Any], path: tuple[Any, ...], name: str) -> Iterator[tuple[tuple[Any, ...], str]]:
    for part in PARTS:
        options = item.get(part, [])
        if len(options) > 1:
            yield from (((*path, part, place), name + one["id"]) for place, one in enumerate(options))


def _delete(within: Any, path: tuple[Any, ...]) -> None:
    for key in path[:-1]:
        within = within[key]
    del within[path[-1]]


def organisation(folder: Path, files: dict[str, str], settings: str = "") -> Workspace:
    """The workspace of an organisation that has files of its own in place of ours."""
    own = folder / "egna"
    own.mkdir(exist_ok=True)
    (folder / "utb.yaml").write_text(f"fragor: egna\n{settings}", "utf-8")
    for name, text in files.items():
        (own / name).write_text(text, "utf-8")
    return Workspace.open(str(folder), TODAY)


def dumped(battery: dict[str, Any]) -> str:
    return yaml.dump(battery, Dumper=DUMPER, allow_unicode=True, sort_keys=False)


def everything_of(
    workspace: Workspace, dossier: str, kinds: Sequence[DocumentKind] = PAGES
) -> set[tuple[str, str]]:
    """Makes everything there is to make of a dossier; gives the rows that the rules find fault with."""
    sheet = AnswerSheet(workspace.battery, read(dossier, workspace.battery).answers)
    case = workspace.case(sheet)
    found = check(case, workspace.thread_rules)
    source = Source("Insatsen", case, found, (), workspace.thread_rules, workspace.settings)
    for kind in kinds:
        name = kind.template
        assert compose(kind, template_text(workspace.root, name), name, source).text
    assert diagnosis_in_words(workspace, sheet, Display())
    assert counting_in_words(workspace, sheet, Display())
    return {(finding.rule, finding.row) for finding in found}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> str:
    return write_example(tmp_path_factory.mktemp("exempel"), TODAY).initiative.path.read_text("utf-8")


def refused_by_its_own_file(error: Broken, name: str) -> bool:
    """Whether every line of an error names the organisation's own file, which it can change."""
    return all(line.startswith(f"{name}:") for line in str(error).splitlines())


def tried(kind: str, step: int) -> list[Any]:
    """Some of what can be left out, each with some of the documents."""
    changes = [*without(kind)][::step]
    return [pytest.param(change, PAGES[place % 4 :: 4], id=change[0]) for place, change in enumerate(changes)]


@pytest.mark.parametrize(
    ("change", "kinds"),
    [*tried("question", SAMPLE), *tried("field", SAMPLE), *tried("option", SAMPLE * 2)],
)
def test_what_an_organisation_does_not_ask_breaks_nothing(
    change: tuple[str, str, dict[str, Any]], kinds: Sequence[DocumentKind], example: str, tmp_path: Path
) -> None:
    _try_without(change, example, tmp_path, kinds)


@pytest.mark.experiment
@pytest.mark.parametrize("third", range(3))
@pytest.mark.parametrize("kind", ["question", "field", "option"])
def test_everything_of_ours_can_be_left_out(
    kind: str, third: int, example: str, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    everything = [*enumerate(without(kind))][third::3]
    number = len(everything)
    refused = []
    for place, change in everything:
        # A field or an option is some words in a document: a few of them for each, in turn.
        most = {"question": len(PAGES), "field": 3, "option": 2}[kind]
        some = [PAGES[(place + more) % len(PAGES)] for more in range(most)]
        if not _try_without(change, example, tmp_path, some):
            refused.append(change[0])
    record_property(f"of {number} left out one by one, each a {kind}, those told in the own file", refused)
    # The only question of its file: without it the file holds no question at all, which is told.
    asked = [change[0] for _, change in everything]
    assert refused == ([DEVIATIONS] if kind == "question" and DEVIATIONS in asked else [])


def _try_without(
    change: tuple[str, str, dict[str, Any]],
    example: str,
    folder: Path,
    kinds: Sequence[DocumentKind] = PAGES,
) -> bool:
    """Whether the questions can be used without something; if not, their own file says why."""
    address, name, left = change
    for old in (folder / "egna").glob("*"):
        old.unlink()
    try:
        workspace = organisation(folder, {name: dumped(left)})
    except Broken as error:
        if not refused_by_its_own_file(error, name):
            raise
        return False
    everything_of(workspace, example, kinds)
    assert workspace.battery.leaves_out(address)
    # What is asked no longer is read where it stands, and shown as before; a whole question only stands there.
    content, answers = read(example, workspace.battery), dict(everything_read(example))
    stays = (
        [f"Frågan {address} finns inte bland frågorna. Svaret behålls."] if answers.pop(address, None) else []
    )
    assert ([problem.text for problem in content.problems], content.answers) == (stays, answers)
    return True


@cache
def everything_read(dossier: str) -> Answers:
    return read(dossier, BATTERY).answers


POINTED_AT = sorted(
    {qid for question in BATTERY.questions() for field in question.fields for qid in field.points_at}
)


@pytest.mark.parametrize("address", POINTED_AT)
def test_what_points_at_rows_that_are_not_asked_for_is_left_alone_and_can_be_saved_again(
    address: str, example: str, tmp_path: Path
) -> None:
    _, name, left = next(change for change in without("question") if change[0] == address)
    battery = organisation(tmp_path, {name: dumped(left)}).battery
    content = read(example, battery)
    assert [problem for problem in content.problems if not problem.is_notice] == []
    assert reference_mends(example, battery) == []
    (tmp_path / "insatser").mkdir()
    (tmp_path / "insatser" / "exempel.md").write_text(example, "utf-8")
    initiative = Initiative.open(Workspace.open(str(tmp_path), TODAY), "exempel")
    for qid, given in content.answers.items():
        question = battery.question(qid)
        if question and any(address in field.points_at for field in question.fields):
            assert isinstance(given, Given)
            assert initiative.answer(qid, plain_value(question, given.value)) == given


def test_a_reference_to_a_row_that_is_asked_for_and_is_not_there_is_still_told(tmp_path: Path) -> None:
    _, name, left = next(change for change in without("question") if change[0] == "koncept.larandemal")
    battery = organisation(tmp_path, {name: dumped(left)}).battery
    rows = (Row("M1", {"fraga": "Larmar de?", "avser": ("L7", "E9")}),)
    told = [sentence for _, sentence in dangling(AnswerSheet(battery, {"koncept.matt": Given(rows)}))]
    assert told == ["”Mäter” pekar på ”E9”, som inte finns."]


def test_what_nobody_can_choose_is_not_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    _, name, left = next(change for change in without("question") if change[0] == "analys.onskat_beteende")
    battery = organisation(tmp_path, {name: dumped(left)}).battery
    goals = battery.question("koncept.larandemal")
    assert goals is not None
    asked = Interview(battery.stage("koncept"), AnswerSheet(battery, {}), today=TODAY).fields(
        goals, Row("", {}), is_new=False
    )
    assert "beteende" not in [field.id for field in asked]
    monkeypatch.chdir(tmp_path)
    assert "Ni frågar inte efter de här uppgifterna: koncept.larandemal.beteende." in check_batteries(None)


# ----------------------------------------------------------------- what is said


def test_what_falls_away_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    need = copy.deepcopy(OURS["1-behov.yaml"])
    need["fragor"] = [one for one in need["fragor"] if one["id"] not in ("esther", "esther_tillfragad")]
    design = copy.deepcopy(OURS["3-koncept.yaml"])
    design["fragor"] = [one for one in design["fragor"] if one["id"] not in ("matt", "esther_i_planen")]
    organisation(tmp_path, {"1-behov.yaml": dumped(need), "3-koncept.yaml": dumped(design)})
    monkeypatch.chdir(tmp_path)
    said = check_batteries(None).splitlines()
    assert said[2] == (
        "Ni ställer inte de här frågorna: behov.esther, behov.esther_tillfragad, koncept.esther_i_planen "
        "och koncept.matt."
    )
    assert "Regeln R12 prövas inte, för koncept.matt.avser finns inte i era frågor." in said
    assert "Dokumentet ”Lärresa” görs utan behov.esther och koncept.matt." in said


def test_the_parts_of_questions_that_fall_away_are_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysis = copy.deepcopy(OURS["2-analys.yaml"])
    asked = {question["id"]: question for question in analysis["fragor"]}
    asked["hinder"]["pastaenden"] = [one for one in asked["hinder"]["pastaenden"] if one["orsak"] != ["tid"]]
    asked["beslutsgang"]["falt"] = [one for one in asked["beslutsgang"]["falt"] if one["id"] != "skal"]
    asked["tillfragade"]["alternativ"] = [
        one for one in asked["tillfragade"]["alternativ"] if one["id"] != "medarbetare"
    ]
    organisation(tmp_path, {"2-analys.yaml": dumped(analysis)})
    monkeypatch.chdir(tmp_path)
    gone = "analys.hinder.s10 och analys.hinder.s11"
    assert check_batteries(None).splitlines()[2:] == [
        "Ni frågar inte efter de här uppgifterna: analys.beslutsgang.skal.",
        f"De här valen och påståendena finns inte hos er: analys.tillfragade.medarbetare, {gone}.",
        "Det som redan är svarat där läses och visas som förut.",
        "Inga fynd ber er svara på något av det.",
        "Diagnosen pekar aldrig på ”Tid eller bemanning räcker inte”, för inget påstående talar för det.",
        (
            "Ni har 18 påståenden och vi 20, men diagnosens gränser för hur många som saknar svar är desamma: 7 för "
            "g3 och 4 för b2."
        ),
        "Regeln R06 prövas inte, för analys.tillfragade.medarbetare finns inte i era frågor.",
    ]


def what_falls_away(
    folder: Path, name: str, battery: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> list[str]:
    organisation(folder, {name: dumped(battery)})
    monkeypatch.chdir(folder)
    return check_batteries(None).splitlines()


@pytest.mark.parametrize(
    ("name", "gone", "said"),
    [
        (
            "2-analys.yaml",
            "gap_belagg",
            {
                "Grinden g0 i diagnosen prövas utan analys.gap_belagg.",
                "Grinden g1 i diagnosen gäller aldrig, för analys.gap_belagg ställs inte.",
                "Grinden g3 i diagnosen gäller bara när minst 7 påståenden saknar svar, för analys.gap_belagg ställs inte.",
                "Grinden g5 i diagnosen gäller aldrig, för analys.gap_belagg ställs inte.",
                "Bristen b1 i diagnosen gäller aldrig, för analys.gap_belagg ställs inte.",
            },
        ),
        (
            "2-analys.yaml",
            "kan_idag",
            {
                "Bristen b3 i diagnosen gäller alltid, för analys.kan_idag ställs inte.",
                "Motsägelsen m1 i diagnosen gäller aldrig, för analys.kan_idag ställs inte.",
                "Motsägelsen m2 i diagnosen gäller aldrig, för analys.kan_idag ställs inte.",
            },
        ),
        ("1-behov.yaml", "malgrupper", set()),
    ],
)
def test_what_of_the_diagnosis_falls_away_with_a_question_is_said(
    name: str, gone: str, said: set[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    battery = copy.deepcopy(OURS[name])
    battery["fragor"] = [one for one in battery["fragor"] if one["id"] != gone]
    lines = what_falls_away(tmp_path, name, battery, monkeypatch)
    assert {line for line in lines if " i diagnosen " in line} == said


@pytest.mark.parametrize(
    ("statements", "said"),
    [
        (27, []),
        (
            5,
            [
                "Grinden g3 i diagnosen gäller aldrig för att påståenden saknar svar: ni har för få påståenden."
            ],
        ),
        (
            3,
            [
                "Grinden g3 i diagnosen gäller aldrig för att påståenden saknar svar: ni har för få påståenden.",
                "Bristen b2 i diagnosen gäller aldrig: ni har för få påståenden.",
            ],
        ),
    ],
)
def test_another_number_of_statements_does_not_move_the_limits_and_it_is_said(
    statements: int, said: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysis = copy.deepcopy(OURS["2-analys.yaml"])
    hinder = next(one for one in analysis["fragor"] if one["id"] == "hinder")
    added = [{"id": f"e{n:02}", "text": f"Eget hinder nummer {n}.", "orsak": ["tid"]} for n in range(1, 8)]
    hinder["pastaenden"] = [*hinder["pastaenden"], *added][:statements]
    lines = what_falls_away(tmp_path, "2-analys.yaml", analysis, monkeypatch)
    limits = (
        f"Ni har {statements} påståenden och vi 20, men diagnosens gränser för hur många som saknar svar är "
        "desamma: 7 för g3 och 4 för b2."
    )
    assert [line for line in lines if line == limits or line.endswith("för få påståenden.")] == [
        limits,
        *said,
    ]


def test_without_the_statements_no_text_asks_for_an_answer_to_them(
    example: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    analysis = copy.deepcopy(OURS["2-analys.yaml"])
    analysis["fragor"] = [one for one in analysis["fragor"] if one["id"] not in ("hinder", "svarande")]
    workspace = organisation(tmp_path, {"2-analys.yaml": dumped(analysis)})
    monkeypatch.chdir(tmp_path)
    assert "Ingen diagnos går att göra, för analys.hinder ställs inte." in check_batteries(None)
    sheet = AnswerSheet(workspace.battery, read(example, workspace.battery).answers)
    for words in (
        diagnosis_in_words(workspace, sheet, Display()),
        counting_in_words(workspace, sheet, Display()),
    ):
        assert words.startswith("Här går det inte att göra någon diagnos")


def test_statements_of_one_s_own_open_the_question_in_a_dossier_that_lacks_them(
    example: str, tmp_path: Path
) -> None:
    analysis = copy.deepcopy(OURS["2-analys.yaml"])
    hinder = next(one for one in analysis["fragor"] if one["id"] == "hinder")
    added = [{"id": f"e0{n}", "text": f"Eget hinder nummer {n}.", "orsak": ["tid"]} for n in range(1, 8)]
    hinder["pastaenden"] += added
    battery = organisation(tmp_path, {"2-analys.yaml": dumped(analysis)}).battery
    sheet = AnswerSheet(battery, read(example, battery).answers)
    assert Interview(battery.stage("analys"), sheet, today=TODAY).current == battery.question(OBSTACLES)
    assert [(step.stage.id, step.open) for step in standings(sheet) if step.open] == [("analys", 1)]
    answer = sheet.answers[OBSTACLES]
    assert isinstance(answer, Given)
    assert isinstance(answer.value, dict)
    given = {**answer.value, **{one["id"]: "inte_alls" for one in added}}
    assert [step for step in standings(sheet.with_answers({OBSTACLES: Given(given)})) if step.open] == []


def test_a_statement_asked_no_longer_keeps_no_question_open(tmp_path: Path) -> None:
    analysis = copy.deepcopy(OURS["2-analys.yaml"])
    hinder = next(one for one in analysis["fragor"] if one["id"] == "hinder")
    hinder["pastaenden"] = [one for one in hinder["pastaenden"] if one["id"] != "s02"]
    question = organisation(tmp_path, {"2-analys.yaml": dumped(analysis)}).battery.question(OBSTACLES)
    assert question is not None
    rest = dict.fromkeys([statement.id for statement in question.asked_statements], "delvis")
    assert is_settled(question, Given({**rest, "s02": EarlierOption("delvis")}))


def test_an_option_that_is_left_out_is_not_offered_and_stays_where_it_is_chosen(
    example: str, tmp_path: Path
) -> None:
    need = copy.deepcopy(OURS["1-behov.yaml"])
    triggers = next(one for one in need["fragor"] if one["id"] == "utlosare")
    triggers["alternativ"] = [one for one in triggers["alternativ"] if one["id"] != "avvikelse"]
    battery = organisation(tmp_path, {"1-behov.yaml": dumped(need)}).battery
    question = battery.question("behov.utlosare")
    assert question is not None
    assert "avvikelse" not in [option.id for option in question.offered]
    assert read(example, battery).answers["behov.utlosare"] == everything_read(example)["behov.utlosare"]


def test_a_field_or_a_statement_that_is_left_out_is_asked_nowhere(tmp_path: Path) -> None:
    need, analysis = (copy.deepcopy(OURS[name]) for name in ("1-behov.yaml", "2-analys.yaml"))
    effects = next(one for one in need["fragor"] if one["id"] == "effektmatt")
    effects["falt"] = [field for field in effects["falt"] if field["id"] != "nar"]
    hinder = next(one for one in analysis["fragor"] if one["id"] == "hinder")
    hinder["pastaenden"] = [one for one in hinder["pastaenden"] if one["id"] != "s10"]
    battery = organisation(
        tmp_path, {"1-behov.yaml": dumped(need), "2-analys.yaml": dumped(analysis)}
    ).battery
    sheet = AnswerSheet(battery, {})
    stages = [battery.stage(stage) for stage in ("behov", "analys")]
    by_keys = [guide("Insatsen", stage, sheet, command="utb") for stage in stages]
    on_paper = [questions_on_paper(stage.questions, sheet) for stage in stages]
    for pages in (by_keys, on_paper):
        assert "Nuläge" in pages[0]
        assert "Nås senast" not in pages[0]
        assert "Det är ofta ny personal på plats" in pages[1]
        assert "Tiden är för knapp" not in pages[1]
    interview = Interview(battery.stage("behov"), sheet, today=TODAY)
    question = battery.question("behov.effektmatt")
    assert question is not None
    assert [field.id for field in interview.fields(question, Row("", {}), is_new=False)] == [
        field["id"] for field in effects["falt"]
    ]


def test_a_row_keeps_the_name_it_has_where_names_are_asked_no_longer(example: str, tmp_path: Path) -> None:
    need = copy.deepcopy(OURS["1-behov.yaml"])
    groups = next(one for one in need["fragor"] if one["id"] == "malgrupper")
    groups["falt"] = [field for field in groups["falt"] if field["id"] != "namn"]
    battery = organisation(tmp_path, {"1-behov.yaml": dumped(need)}).battery
    question, known = battery.question("behov.malgrupper"), read(example, battery).answers
    assert question is not None
    assert row_key(question, given_rows(known, "behov.malgrupper")[0]) == "Nya undersköterskor"
    assert row_key(question, Row("9", {"antal": 12})) == "12"


def test_no_finding_asks_for_what_nobody_can_answer(example: str, tmp_path: Path) -> None:
    before = everything_of(Workspace.at(organisation(tmp_path, {}).root, TODAY), example)
    design = copy.deepcopy(OURS["3-koncept.yaml"])
    design["fragor"] = [one for one in design["fragor"] if one["id"] != "aktiviteter"]
    after = everything_of(organisation(tmp_path, {"3-koncept.yaml": dumped(design)}), example)
    assert after <= before


@pytest.mark.parametrize(
    "label", ["[x] ruta", "# rubrik", "#", "-", "1.", "---", "**fet**", "- punkt", "> citat", "1. ett"]
)
def test_a_label_that_cannot_be_read_back_is_refused(label: str, tmp_path: Path) -> None:
    need = copy.deepcopy(OURS["1-behov.yaml"])
    next(one for one in need["fragor"] if one["id"] == "noll")["alternativ"][0]["text"] = label
    with pytest.raises(Broken, match="har tecken som betyder något i Markdown"):
        organisation(tmp_path, {"1-behov.yaml": dumped(need)})


def test_a_text_with_a_marker_of_the_dossier_is_refused(tmp_path: Path) -> None:
    need = copy.deepcopy(OURS["1-behov.yaml"])
    need["fragor"][1]["hjalp"] = "Se <!-- utb:behov.varfor --> här."
    with pytest.raises(Broken, match="som dossiern använder"):
        organisation(tmp_path, {"1-behov.yaml": dumped(need)})


def test_questions_that_wait_for_each_other_are_refused(tmp_path: Path) -> None:
    need = copy.deepcopy(OURS["1-behov.yaml"])
    need["fragor"][1]["visas_om"] = {"fraga": "behov.uppna_losa", "besvarad": True}
    need["fragor"][2]["visas_om"] = {"fraga": "behov.varfor", "besvarad": True}
    with pytest.raises(Broken, match=r"Ta bort villkoret här eller i behov\.uppna_losa"):
        organisation(tmp_path, {"1-behov.yaml": dumped(need)})


def test_a_stage_of_one_s_own_or_with_another_name_is_refused(tmp_path: Path) -> None:
    own = {
        "format": 1,
        "steg": "egen",
        "nummer": 9,
        "titel": "Eget",
        "fragor": OURS["0-om.yaml"]["fragor"][:1],
    }
    with pytest.raises(Broken, match="steget ”egen” finns inte i processen"):
        organisation(tmp_path, {"9-egen.yaml": dumped(own)})
    (tmp_path / "egna" / "9-egen.yaml").unlink()
    with pytest.raises(Broken, match="steget heter ”Behov” i alla kommandon"):
        organisation(tmp_path, {"1-behov.yaml": dumped({**OURS["1-behov.yaml"], "titel": "Behovsanalys"})})


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({}, "har inget som läses"),
        ({"03-min.md": "# Min\n"}, "03-min.md läses inte här. Flytta lärobjektet till mappen metoder."),
    ],
)
def test_a_folder_that_is_not_read_as_meant_is_told(
    files: dict[str, str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    organisation(tmp_path, files)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(Broken, match=said):
        check_batteries(None)


def test_letters_composed_in_another_way_are_the_same_letters(example: str, tmp_path: Path) -> None:
    texts = {name: unicodedata.normalize("NFD", dumped(battery)) for name, battery in OURS.items()}
    composed = read(example, organisation(tmp_path, texts).battery)
    assert (
        composed.answers
        == read(example, Workspace.at(organisation(tmp_path, {}).root, TODAY).battery).answers
    )
    assert composed.problems == ()


def test_a_dossier_with_our_word_for_esther_is_read_by_those_who_have_another(
    example: str, tmp_path: Path
) -> None:
    (tmp_path / "utb.yaml").write_text("esther: eleven\n", "utf-8")
    theirs = Workspace.open(str(tmp_path), TODAY)
    question = theirs.battery.question("behov.noll")
    assert question is not None
    assert question.label("samre_kvalitet").endswith("eleven")
    read_there = read(example, theirs.battery)
    assert read_there.problems == ()
    assert read_there.answers.keys() == read(example, Workspace.at(theirs.root, TODAY).battery).answers.keys()
