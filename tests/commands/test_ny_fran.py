"""`utb ny --fran`: an initiative that begins from an earlier one, whose answers are drafts there."""

from __future__ import annotations

import json
import re
from dataclasses import replace

import pytest

from conftest import EXAMPLE
from scripted import KEEP, Scripted
from utbildningsprocess.answers.rows import dangling
from utbildningsprocess.conversation.face import Back, Onward, Pass
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.errors import Interrupted
from utbildningsprocess.model import Skipped
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.workspace import Workspace

NOTE = "trygg-start.md: svaren som utkast"
GOALS = {
    1: "bedöma en patient enligt NEWS2 och larma enligt trappan",
    2: "rapportera ett förändrat tillstånd enligt SBAR",
    3: "välja hjälpmedel och avbryta en osäker förflyttning",
    4: "ge konkret återkoppling med observationskort",
}
START = ":s\n"
"""The conversation is left at its first question: the dossier is there."""


def answers_in(utb, path):
    return json.loads(utb("visa", str(path), "--format", "json").out)["svar"]


@pytest.fixture
def begun(utb):
    """An initiative that begins from the example; gives its path."""
    utb.example()
    assert utb("ny", "Natt", "--fran", "trygg-start", stdin=START).code == 0
    return utb.folder / "insatser" / "natt.md"


def test_only_the_note_is_written_and_what_does_not_follow_is_told_in_a_sentence(utb):
    utb.example()
    outcome = utb("ny", "Natt", "--fran", "trygg", stdin=START)
    assert (
        "Följer inte med ur ”Trygg start”: datum, antal personer, beslut, det som bara gällde då, "
        "genomförandet och uppföljningen.\n" in outcome.err
    )
    assert answers_in(utb, "natt") == {"om": {"bygger_pa": [NOTE]}}


def test_enter_takes_a_draft_and_what_it_mentions_is_asked_about(utb, begun):
    outcome = utb("steg", "behov", "natt", stdin="\n\n:s\n")
    assert (
        "Till 10 frågor finns ett utkast ur ”Trygg start”. Inget sparas förrän ni godtar det." in outcome.err
    )
    assert (
        "Utkast ur ”Trygg start”. Utkastet nämner ett datum (”förra året”) och ett antal "
        "(”62 undersköterskor”): stämmer det nu?\n  Av 62 undersköterskor" in outcome.err
    )
    assert "Tom rad godtar. Skriv annars ett nytt svar." in outcome.err
    theirs = answers_in(utb, "trygg-start")["behov"]
    assert answers_in(utb, begun)["behov"] == {key: theirs[key] for key in ("vem_vill", "varfor")}


class TakesAll(Scripted):
    """A face that takes every draft as it is, and passes by what has none."""

    def _next(self, ask, options=()):  # noqa: ARG002  as in Scripted
        self.asked.append(ask)
        return KEEP

    def ask_choice(self, ask, options, default=None):
        if "Hur vill du göra" in ask.text:
            return "hoppa"
        if default is None:
            raise Pass
        return super().ask_choice(ask, options, default)

    def ask_yes_no(self, ask, default=None):
        if default is None:
            raise Onward
        return super().ask_yes_no(ask, default)


def walked(name, face, *stages):
    """An initiative after these stages, in a talk with a face; all of it is saved at once, at the end."""
    initiative = Initiative.open(Workspace.open(), name)
    answers = dict(initiative.answers)
    store = replace(initiative.store(), save=answers.__setitem__)
    try:
        for stage in stages:
            asked = initiative.interview(stage)
            asked.reread(answers)
            ask_stage(asked, face, store)
    finally:
        initiative.save(answers)
    return initiative


def test_no_date_of_the_earlier_one_stands_in_the_new_file_and_references_lead_right(utb, begun):
    new = walked("natt", TakesAll(), "behov", "analys", "koncept", "produktion")
    text = begun.read_text("utf-8")
    assert re.findall(r"\b20\d\d-\d\d-\d\d\b", text) == []
    assert "**Antal personer:**" not in text
    assert (new.problems, dangling(new.sheet)) == ((), [])
    old = Initiative.open(new.workspace, "trygg-start").answers
    for qid in ("behov.varfor", "analys.hinder", "koncept.matt", "koncept.larandemal"):
        assert new.answers[qid] == old[qid]
    rows = new.answers["produktion.material"].value
    assert [row.values["aktivitet"] for row in rows] == [
        row.values["aktivitet"] for row in old["produktion.material"].value
    ]


def test_one_reference_is_left_out_where_its_row_was_not_taken_and_is_asked(utb, begun):
    walked("natt", TakesAll(), "behov", "analys")
    goals = Scripted(KEEP, ["L2", "L3"], Back(), "klart")
    with pytest.raises(Interrupted):
        walked("natt", goals, "koncept")
    assert goals.offered[1] == [f"L{number} {text}" for number, text in GOALS.items()]
    new = Initiative.open(Workspace.open(), "natt")
    assert [row.id for row in new.answers["koncept.larandemal"].value] == ["L2", "L3"]
    assert dangling(new.sheet) == []
    followed = new.interview("koncept").carried(new.workspace.battery.question("koncept.matt")).value
    assert [row.values.get("avser") for row in followed][:3] == [("L2",), ("L3",), ("E2",)]


def test_what_is_left_open_is_a_draft_the_next_time_and_what_is_passed_over_is_not(utb, begun):
    face = Scripted(Pass(), "hoppa", "gäller inte oss", "", KEEP)
    with pytest.raises(Interrupted):
        walked("natt", face, "behov")
    answers = Initiative.open(Workspace.open(), "natt").answers
    assert {qid for qid in answers if qid != "om.bygger_pa"} == {"behov.vem_vill", "behov.uppna_losa"}
    assert answers["behov.vem_vill"] == Skipped("gäller inte oss")
    again = Scripted()
    with pytest.raises(Interrupted):
        walked("natt", again, "behov")
    assert again.asked[0].text == "Varför vill ni göra den här insatsen?"
    assert again.asked[0].draft.startswith("Av 62")
    initiative = Initiative.open(Workspace.open(), "natt")
    skipped = initiative.workspace.battery.question("behov.vem_vill")
    assert initiative.interview("behov", everything=True).proposal(skipped) is None


def test_a_draft_that_is_emptied_leaves_the_question_open(utb, begun):
    face = Scripted("")
    with pytest.raises(Interrupted):
        walked("natt", face, "behov")
    assert "Frågan lämnas obesvarad." in face.said
    assert "behov" not in answers_in(utb, begun)


def test_rows_taken_over_are_gone_on_with_where_the_person_was(utb, begun):
    until_the_rows = [KEEP] * 5 + [[], KEEP, []]
    with pytest.raises(Interrupted):
        walked("natt", Scripted(*until_the_rows, KEEP, "40"), "behov")
    face = Scripted("15", "4", "klart")
    with pytest.raises(Interrupted):
        walked("natt", face, "behov")
    assert [ask.text for ask in face.asked[:3]] == ["Antal personer", "Antal personer", "Vad vill du göra?"]
    rows = Initiative.open(Workspace.open(), "natt").answers["behov.malgrupper"].value
    assert [row.values["antal"] for row in rows] == [40, 15, 4]


def test_one_s_own_questions_may_not_make_a_decision_a_draft(utb, begun):
    own = (EXAMPLE.parent / "2-analys.yaml").read_text("utf-8").replace("    inte_utkast: true\n", "")
    (utb.folder / "egna").mkdir()
    (utb.folder / "egna" / "2-analys.yaml").write_text(own, "utf-8")
    (utb.folder / "utb.yaml").write_text("fragor: egna\n", "utf-8")
    initiative = Initiative.open(Workspace.open(), "natt")
    decision = initiative.workspace.battery.question("analys.beslut")
    assert initiative.interview("analys").carried(decision) is None


# ------------------------------------------------------------------ no drafts

WITHOUT = "Frågorna ställs utan utkast: "


def told(utb, trouble):
    """The first question of the stage is asked without a draft, and this is said of it."""
    outcome = utb("steg", "behov", "natt", stdin=":s\n")
    assert f"\n{WITHOUT}{trouble}\n" in outcome.err
    assert "Fråga 1 av 13, Behov\nVem/vilka vill göra den här insatsen?\nAvsluta" in outcome.err


def test_a_file_that_is_gone_is_told_in_a_sentence_and_a_near_name_is_not_taken(utb, begun):
    path = utb.folder / "insatser" / "trygg-start.md"
    path.rename(path.with_name("trygg-start-2.md"))
    told(utb, "trygg-start.md, som står i om.bygger_pa, finns inte bland insatserna.")


def test_an_archived_one_gives_drafts_and_two_of_a_name_do_not(utb, begun):
    path = utb.folder / "insatser" / "trygg-start.md"
    archived = path.parent / "arkiv" / path.name
    archived.parent.mkdir()
    path.rename(archived)
    assert "Till 10 frågor finns ett utkast" in utb("steg", "behov", "natt", stdin=":s\n").err
    path.write_bytes(archived.read_bytes())
    places = "insatser/trygg-start.md och insatser/arkiv/trygg-start.md"
    told(utb, f"trygg-start.md, som står i om.bygger_pa, kan vara {places}.")


def test_a_damaged_or_unreadable_one_is_told(utb, begun):
    path = utb.folder / "insatser" / "trygg-start.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("<!-- /utb:behov.varfor -->\n", "", 1), "utf-8")
    told(utb, "insatser/trygg-start.md är skadad. Laga den med: utb laga trygg-start")
    path.write_bytes(b"\x00\x01")
    told(utb, "insatser/trygg-start.md går inte att läsa.")


def test_a_note_that_leads_to_itself_or_out_of_the_folder_gives_nothing(utb, begun):
    text = begun.read_text("utf-8")
    outside = utb.folder.parent / "annan.md"
    outside.write_text(text, "utf-8")
    for name in ("natt.md", "../annan.md", str(outside)):
        begun.write_text(text.replace("trygg-start.md:", f"{name}:"), "utf-8")
        told(utb, f"{name}, som står i om.bygger_pa, finns inte bland insatserna.")


def test_another_line_about_an_earlier_initiative_makes_no_drafts(utb, begun):
    begun.write_text(
        begun.read_text("utf-8").replace("svaren som utkast", "handledartiden i schemat"), "utf-8"
    )
    outcome = utb("steg", "behov", "natt", stdin=":s\n")
    assert "utkast" not in outcome.err.lower()


# ------------------------------------------------------------------- the command


@pytest.mark.parametrize(
    ("wanted", "sentence"),
    [
        ("finns-inte", "Insatsen ”finns-inte” finns inte. Insatserna är: trygg-start."),
        ("../annan.md", "ligger utanför mappen"),
    ],
)
def test_what_cannot_be_begun_from_is_refused_and_nothing_is_written(utb, wanted, sentence):
    (utb.folder.parent / "annan.md").write_bytes(utb.example().read_bytes())
    outcome = utb("ny", "Natt", "--fran", wanted, stdin="\n")
    assert outcome.code == 2
    assert sentence in outcome.err
    assert len(outcome.err.splitlines()) == 1
    assert not (utb.folder / "insatser" / "natt.md").exists()


def test_one_of_another_unit_in_the_same_repository_is_found_from_both(utb, monkeypatch):
    text = utb.example().read_bytes()
    for unit in ("akut", "medicin"):
        (utb.folder / unit / "insatser").mkdir(parents=True)
        (utb.folder / unit / "insatser" / f"{unit}.md").write_bytes(text)
    (utb.folder / "medicin" / "utb.yaml").write_text("organisation: Medicin\n", "utf-8")
    for unit, wanted, noted in (
        ("medicin", "../akut/insatser/akut.md", "../akut/insatser/akut.md"),
        ("akut", "../medicin/insatser/medicin.md", "medicin/insatser/medicin.md"),
    ):
        monkeypatch.chdir(utb.folder / unit)
        utb("ny", "Natt", "--fran", wanted, stdin=START)
        assert answers_in(utb, "natt")["om"]["bygger_pa"] == [f"{noted}: svaren som utkast"]
        assert "Till 10 frågor finns ett utkast" in utb("steg", "behov", "natt", stdin=":s\n").err


def test_own_questions_without_the_one_for_the_note_say_so(utb):
    utb.example()
    own = (EXAMPLE.parent / "0-om.yaml").read_text("utf-8")
    (utb.folder / "egna").mkdir()
    (utb.folder / "egna" / "0-om.yaml").write_text(own.replace("id: bygger_pa", "id: larde_av"), "utf-8")
    (utb.folder / "utb.yaml").write_text("fragor: egna\n", "utf-8")
    outcome = utb("ny", "Natt", "--fran", "trygg-start", stdin="\n")
    assert (outcome.code, outcome.err) == (
        2,
        "Fel: Era frågor saknar om.bygger_pa, där det ska stå. Lägg till den, eller utelämna --fran.\n",
    )


def test_an_answers_file_gets_the_note_once_beside_its_own_lines(utb):
    utb.example()
    (utb.folder / "s.yaml").write_text(
        "svar: {om: {bygger_pa: [annan.md]}, behov: {varfor: Därför}}", "utf-8"
    )
    for _ in range(2):
        outcome = utb("ny", "Natt", "--fran", "trygg-start", "--svar", "s.yaml")
        assert outcome.code == 0, outcome.err
    assert answers_in(utb, "natt") == {"om": {"bygger_pa": [NOTE, "annan.md"]}, "behov": {"varfor": "Därför"}}


def test_one_that_is_there_already_gets_the_note_when_it_is_gone_on_with(utb):
    utb.example()
    utb.dossier("Natt")
    utb("ny", "Natt", "--fran", "trygg-start", stdin="1\n:s\n")
    assert answers_in(utb, "natt") == {"om": {"bygger_pa": [NOTE]}, "behov": {"varfor": "Därför"}}
