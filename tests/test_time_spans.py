"""A time of a day: how people write it, what is refused, and that it is the same in every face and file."""

from __future__ import annotations

import json
from datetime import date
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given

from drawn import TIME_SPANS
from scripted import KEEP, Scripted
from utbildningsprocess.answers.accept import accept, editable, plain_value, show
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.battery import load_battery
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.documents.stage_views import AnswersView
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.errors import Interrupted, WrongUse
from utbildningsprocess.faces.line import LineFace
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.printing import questions_on_paper
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Given, Item, Kind, Row, TimeSpan

CASE = (Path(__file__).parent / "cases" / "batterier" / "bra" / "tidsspann.yaml").read_text("utf-8")
OURS = Path(__file__).parents[1] / "questions" / "5-genomforande.yaml"
BATTERY = load_battery({"5-genomforande.yaml": CASE})
STAGE = BATTERY.stage("genomforande")
OPEN, SHIFTS = "genomforande.oppettid", "genomforande.pass"
ITEM = Item(id="tid", text="Tid", typ=Kind.TIME_SPAN)
TODAY = date(2026, 3, 1)
EXAMPLE = "Skriv till exempel 08.30–16.00, eller 13.00."
TURNED = "Skriv 16.00–08.00 (nästa dag) om det slutar dagen efter."
ANSWERS = {
    OPEN: Given(TimeSpan(8 * 60 + 30, 16 * 60)),
    SHIFTS: Given((Row("PS1", {"titel": "Kväll", "tid": TimeSpan(13 * 60)}),)),
}


def refusal(raw):
    with pytest.raises(Invalid) as error:
        accept(ITEM, raw, TODAY)
    return str(error.value)


# -------------------------------------------------------------------- spellings


@pytest.mark.parametrize(
    ("raw", "stored"),
    [
        ("8.30-16", "08.30–16.00"),
        ("08:30–16:00", "08.30–16.00"),
        ("08.30–16.00", "08.30–16.00"),
        ("kl. 08:30 till 16:00", "08.30–16.00"),
        ("Kl 8.30 till kl 16", "08.30–16.00"),
        ("KL. 8.30–16.", "08.30–16.00"),
        ("klockan 9 till 11.45", "09.00–11.45"),
        ("från 8 till 16", "08.00–16.00"),
        ("fra\u030an kl 8 till 16", "08.00–16.00"),
        ("8-16", "08.00–16.00"),
        ("8 - 16", "08.00–16.00"),
        ("8—16", "08.00–16.00"),
        ("8 − 16", "08.00–16.00"),
        ("8\u201116", "08.00–16.00"),
        ("8\u00a0–\u00a016", "08.00–16.00"),
        ("  8.30\n-16 ", "08.30–16.00"),
        ("0830-1600", "08.30–16.00"),
        ("0830–16", "08.30–16.00"),
        ("830-1600", "08.30–16.00"),
        ("8:30-16.15", "08.30–16.15"),
        ("0-24", "00.00–24.00"),
        ("22-24.00", "22.00–24.00"),
        ("00:00–00:01", "00.00–00.01"),
        ("13", "13.00"),
        ("kl 13", "13.00"),
        ("kl.13", "13.00"),
        ("13.00", "13.00"),
        ("13:05", "13.05"),
        ("0", "00.00"),
        ("2359", "23.59"),
        (13, "13.00"),
        (13.0, "13.00"),
        (1330, "13.30"),
        (TimeSpan(780), "13.00"),
        ("22-06", "22.00–06.00 (nästa dag)"),
        ("kl. 22 till 6.00 nästa dag.", "22.00–06.00 (nästa dag)"),
        ("22.00–06.00 (nästa dag)", "22.00–06.00 (nästa dag)"),
        ("16-8, dagen efter", "16.00–08.00 (nästa dag)"),
        ("20-00", "20.00–24.00"),
    ],
)
def test_a_time_is_read_as_people_write_it(raw, stored):
    assert show(ITEM, accept(ITEM, raw, None)) == stored


@pytest.mark.parametrize(
    ("raw", "sentence"),
    [
        ("16-8", f"Slutet i ”16-8” är inte senare än starten. {TURNED}"),
        (
            "8.30-8:30",
            "Slutet i ”8.30-8:30” är inte senare än starten. Skriv 08.30–08.30 (nästa dag) om det slutar dagen efter.",
        ),
        ("8-16 (nästa dag)", f"”8-16 (nästa dag)” är mer än ett dygn. {EXAMPLE}"),
        ("25", f"Klockslaget 25.00 finns inte. {EXAMPLE}"),
        ("8-25", f"Klockslaget 25.00 finns inte. {EXAMPLE}"),
        ("24.01", f"Klockslaget 24.01 finns inte. {EXAMPLE}"),
        ("8.60-16", f"Klockslaget 8.60 finns inte. {EXAMPLE}"),
        ("8-16:75", f"Klockslaget 16.75 finns inte. {EXAMPLE}"),
        ("24", f"En dag börjar 00.00 och slutar 24.00. {EXAMPLE}"),
        ("lunch", f"”lunch” går inte att läsa som en tid. {EXAMPLE}"),
        ("", f"”” går inte att läsa som en tid. {EXAMPLE}"),
        ("8.3", f"”8.3” går inte att läsa som en tid. {EXAMPLE}"),
        ("8:5-9", f"”8:5-9” går inte att läsa som en tid. {EXAMPLE}"),
        ("8,30-16", f"”8,30-16” går inte att läsa som en tid. {EXAMPLE}"),
        ("8-", f"”8-” går inte att läsa som en tid. {EXAMPLE}"),
        ("-16", f"”-16” går inte att läsa som en tid. {EXAMPLE}"),
        ("8-12, 13-16", f"”8-12, 13-16” går inte att läsa som en tid. {EXAMPLE}"),
        ("8-12-16", f"”8-12-16” går inte att läsa som en tid. {EXAMPLE}"),
        ("2026-03-12", f"”2026-03-12” går inte att läsa som en tid. {EXAMPLE}"),
        ("123456", f"”123456” går inte att läsa som en tid. {EXAMPLE}"),
        ("ord " * 100, f"”{'ord ' * 14}…” går inte att läsa som en tid. {EXAMPLE}"),
        (-5, f"”-5” går inte att läsa som en tid. {EXAMPLE}"),
        (True, f"”True” går inte att läsa som en tid. {EXAMPLE}"),
        (["8", "16"], f"”['8', '16']” går inte att läsa som en tid. {EXAMPLE}"),
        (date(2026, 3, 12), f"”2026-03-12” går inte att läsa som en tid. {EXAMPLE}"),
        (8.3, 'Utan citattecken är 8.3 ett tal och ingen tid. Skriv till exempel "08.30–16.00".'),
        (13.15, 'Utan citattecken är 13.15 ett tal och ingen tid. Skriv till exempel "08.30–16.00".'),
        (float("nan"), 'Utan citattecken är nan ett tal och ingen tid. Skriv till exempel "08.30–16.00".'),
    ],
)
def test_what_is_no_time_gets_a_sentence_with_an_example(raw, sentence):
    assert refusal(raw) == sentence


def test_the_examples_in_the_sentences_work():
    assert [str(accept(ITEM, text, None)) for text in ("08.30–16.00", "13.00")] == ["08.30–16.00", "13.00"]


@given(TIME_SPANS)
def test_a_time_is_read_back_from_every_form_it_is_given_in(span):
    forms = (show(ITEM, span), editable(ITEM, span), plain_value(ITEM, span), span)
    assert {accept(ITEM, form, None) for form in forms} == {span}


# ------------------------------------------------------------ the same everywhere


def talk(face, answers=None):
    """Holds a conversation about the whole stage; gives what was saved."""
    saved = dict(answers or {})
    drafts: dict[str, str] = {}
    store = Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))
    ask_stage(Interview(STAGE, AnswerSheet(BATTERY, saved), today=TODAY), face, store)
    return saved


def test_a_question_and_a_field_are_asked_in_a_conversation():
    face = Scripted("16-8", "8.30-16", "Kväll", "kl 13", "", "Vakten", "klart")
    assert talk(face) == {**ANSWERS, "genomforande.vem_laser": Given("Vakten")}
    assert f"Fel: Slutet i ”16-8” är inte senare än starten. {TURNED}" in face.said
    assert {"Tiden är 08.30–16.00.", "Tiden är 13.00."} <= set(face.said)
    assert face.asked[0].help == (
        "Tiden gäller alla dagar.\nSkriv start och slut, till exempel 8.30-16. Bara starten går också bra: 13."
    )


def test_an_earlier_time_is_there_to_be_edited():
    face = Scripted(OPEN, KEEP, "klart")
    assert talk(face, {**ANSWERS, "genomforande.vem_laser": Given("Vakten")})[OPEN] == ANSWERS[OPEN]
    assert face.asked[1].draft == "08.30–16.00"


def test_the_plain_face_takes_the_same_lines():
    screen = StringIO()
    lines = ("16-8", "0830-1600", "Kväll", "13", "", ":s")
    face = LineFace(StringIO("".join(f"{line}\n" for line in lines)), screen)
    saved: dict[str, object] = {}
    store = Store(saved.__setitem__, lambda _: None, lambda *_: None, lambda _: None)
    with pytest.raises(Interrupted):
        ask_stage(Interview(STAGE, AnswerSheet(BATTERY, {}), today=TODAY), face, store)
    assert saved == ANSWERS
    assert "Fel: Slutet i ”16-8” är inte senare än starten." in screen.getvalue()
    assert "Tiden är 08.30–16.00." in screen.getvalue()


@pytest.mark.parametrize(
    "text",
    [
        "svar:\n  genomforande:\n    oppettid: 8.30-16\n    pass: [{id: PS1, titel: Kväll, tid: 13}]\n",
        'svar:\n  genomforande:\n    oppettid: "08:30–16:00"\n    pass: [{id: PS1, titel: Kväll, tid: 13:00}]\n',
        '{"svar": {"genomforande": {"oppettid": "8.30-16", "pass": [{"titel": "Kväll", "tid": 13}]}}}',
    ],
)
def test_an_answers_file_holds_times_as_people_write_them(text):
    assert read_answers_file(text, "svar.yaml", BATTERY, TODAY).answers == ANSWERS


def test_a_number_in_an_answers_file_that_may_mean_two_times_is_refused_with_its_line():
    text = "svar:\n  genomforande:\n    oppettid: 8.3\n    pass:\n      - tid: 8.30\n"
    with pytest.raises(WrongUse) as error:
        read_answers_file(text, "svar.yaml", BATTERY, TODAY)
    why = 'ett tal och ingen tid. Skriv till exempel "08.30–16.00".'
    assert str(error.value).splitlines() == [
        f"svar.yaml:3: {OPEN}: Utan citattecken är 8.3 {why}",
        f"svar.yaml:5: {SHIFTS}: rad 1: Utan citattecken är 8.30 {why}",
    ]


def test_a_dossier_holds_times_and_reads_what_is_written_by_hand():
    text = "<!-- utb:dossier 1 -->\n\n# Trygg start\n\n## Genomförande\n"
    for qid, answer in ANSWERS.items():
        text = with_answer(text, BATTERY, qid, answer)
    assert f"<!-- utb:{OPEN} -->\n\n08.30–16.00\n\n" in text
    assert "- **Titel:** Kväll\n- **Tid:** 13.00\n" in text
    by_hand = text.replace("08.30–16.00", "kl 8:30 - 16").replace("13.00", "13")
    assert read(by_hand, BATTERY).answers == read(text, BATTERY).answers == ANSWERS
    wrong = read(text.replace("08.30–16.00", "16-8"), BATTERY)
    assert wrong.answers[OPEN].text == "16-8"
    assert wrong.problems[0].text == f"{OPEN}: Slutet i ”16-8” är inte senare än starten. {TURNED}"


def test_a_time_over_midnight_comes_back_from_the_dossier_and_is_said_with_its_day():
    night = Given(TimeSpan(22 * 60, 6 * 60))
    text = with_answer("<!-- utb:dossier 1 -->\n\n# T\n\n## Genomförande\n", BATTERY, OPEN, night)
    assert "\n22.00–06.00 (nästa dag)\n" in text
    assert read(text, BATTERY).answers == {OPEN: night}
    stage = AnswersView(AnswerSheet(BATTERY, {OPEN: night})).genomforande
    assert str(stage.oppettid) == "kl. 22.00–6.00 (nästa dag)"


def test_a_guide_says_how_to_write_a_time_and_is_read_back():
    page = guide("Trygg start", STAGE, AnswerSheet(BATTERY, {}), command="utb steg 5 --fran FIL")
    assert page.count("Start och slut, till exempel 08.30–16.00.") == 2
    page = page.replace(f"<!-- utb:{OPEN} -->\n", f"<!-- utb:{OPEN} -->\n\n8.30-16", 1)
    page = page.replace("- **Titel:**\n- **Tid:**", "- **Titel:** Kväll\n- **Tid:** kl 13", 1)
    filled = filled_in(page, STAGE, AnswerSheet(BATTERY, {}))
    assert (filled.answers, filled.problems) == (ANSWERS, ())
    paper = questions_on_paper(STAGE.questions, AnswerSheet(BATTERY, {}))
    assert paper.count("Start och slut, till exempel 08.30–16.00.") == 2
    assert "- **Tid:** ……" in paper


def test_a_condition_asks_only_whether_a_time_is_there():
    locked = BATTERY.question("genomforande.vem_laser")
    assert is_relevant(locked, AnswerSheet(BATTERY, ANSWERS))
    assert not is_relevant(locked, AnswerSheet(BATTERY, {SHIFTS: ANSWERS[SHIFTS]}))


def test_a_template_writes_a_time_as_it_is_read():
    stage = AnswersView(AnswerSheet(BATTERY, ANSWERS)).genomforande
    assert (str(stage.oppettid), stage.oppettid.varde) == ("kl. 8.30–16.00", TimeSpan(510, 960))
    (row,) = getattr(stage, "pass").rader
    assert (str(row.tid), row.tid.mening(), row.tid.stycken) == ("kl. 13.00", "kl. 13.00.", "kl. 13.00")


# ------------------------------------------------------------------- commands


@pytest.fixture
def own(utb):
    """A folder whose questions of Genomförande have times too."""
    (utb.folder / "utb.yaml").write_text("fragor: fragor\n", "utf-8")
    (utb.folder / "fragor").mkdir()
    added = CASE.partition("fragor:\n")[2]
    (utb.folder / "fragor" / OURS.name).write_text(f"{OURS.read_text('utf-8')}\n{added}", "utf-8")
    utb.dossier("Ny")
    return utb


def test_the_commands_write_and_read_times(own):
    assert own("batteri", "kontrollera", "fragor").code == 0
    written = own("svar", "ny", "oppettid", "kl. 8.30 till 16")
    assert (written.code, written.err) == (
        0,
        "Sparat i insatser/ny.md: När är rummet öppet? 08.30–16.00\n",
    )
    rows = '[{"id": "PS1", "titel": "Kväll", "tid": 13}]'
    assert own("svar", "ny", "pass", rows).code == 0
    assert own("svar", "ny", "oppettid").out == "08.30–16.00\n"
    assert own("svar", "ny", "pass").out == '[{"id": "PS1", "titel": "Kväll", "tid": "13.00"}]\n'
    assert own("svar", "ny", "oppettid", "16-8").err == (
        f"Fel: {OPEN}: Slutet i ”16-8” är inte senare än starten. {TURNED}\n"
    )


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_times_leave_as_data_and_come_back(own, form):
    own("svar", "ny", "oppettid", "13")
    own("svar", "ny", "pass", '[{"titel": "Kväll", "tid": "8.30-16"}]')
    out = own("visa", "ny", "--format", form).out
    (own.folder / f"svar.{form}").write_text(out, "utf-8")
    assert own("ny", "Kopian", "--svar", f"svar.{form}").code == 0
    data = [json.loads(own("visa", name, "--format", "json").out)["svar"] for name in ("ny", "kopian")]
    assert data[0] == data[1]
    assert data[1]["genomforande"] == {
        "oppettid": "13.00",
        "pass": [{"id": "PS1", "titel": "Kväll", "tid": "08.30–16.00"}],
    }


def test_times_stand_in_the_documents_and_in_the_talk_sheet(own):
    own("svar", "ny", "pass", '[{"titel": "Kväll", "tid": "8.30-16"}]')
    assert "kl. 8.30–16.00" in own("dokument", "dossier", "ny", "--format", "html", "-o", "-").out
    assert "08.30–16.00" in own("visa", "ny", "genomforande").out
    sheet = own("samtal", "genomforande", "ny").out
    sheet = sheet.replace(f"<!-- utb:{OPEN} -->\n", f"<!-- utb:{OPEN} -->\n\n8–16", 1)
    (own.folder / "samtal.md").write_text(sheet, "utf-8")
    assert own("steg", "genomforande", "ny", "--fran", "samtal.md").code == 0
    assert own("svar", "ny", "oppettid").out == "08.00–16.00\n"
