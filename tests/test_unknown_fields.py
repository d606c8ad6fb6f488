"""A field that nobody knows yet: said in every face and file, never 0, and never in the way of an answer."""

from __future__ import annotations

from datetime import date

import pytest

from making import BATTERY as OURS
from scripted import KEEP, Scripted
from small import stage
from utbildningsprocess.answers.accept import accept, plain_value
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.conditions import holds
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.rows import says_nothing
from utbildningsprocess.checks.written import written_texts
from utbildningsprocess.conversation.face import Back, DontKnow, Pass
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.documents.stage_views import AnswersView
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.dossier.mend.both import both_rows
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Condition, Given, Row, Unknown
from utbildningsprocess.plan.cost import price
from utbildningsprocess.plan.cost_words import left_out_in_words
from utbildningsprocess.settings import Cost
from utbildningsprocess.work.outlook import standings

TODAY = date(2026, 3, 1)
SORTS = [{"id": "a", "text": "Lokal"}, {"id": "vet_inte", "text": "Vet inte än"}]
FIELDS = [
    {"id": "vad", "typ": "text", "text": "Vad"},
    {"id": "restid", "typ": "tal", "text": "Restid per deltagare"},
    {"id": "nar", "typ": "datum", "text": "När"},
    {"id": "sort", "typ": "val", "text": "Sort", "alternativ": SORTS},
]
COSTS = "koncept.kostnader"
STAGE = stage(
    "koncept",
    3,
    "Koncept",
    {"steg": "koncept", "id": "kostnader", "typ": "grupp", "text": "Vad?", "rad_id": "K", "falt": FIELDS},
)
BATTERY = Battery((STAGE,))
GROUP = BATTERY.question(COSTS)


def dossier(*fields: str) -> str:
    rows = "\n".join(["#### K1", "", *fields])
    lines = ["<!-- utb:dossier 1 -->", "# Titel", "## Koncept", f"<!-- utb:{COSTS} -->", rows]
    return "\n\n".join([*lines, f"<!-- /utb:{COSTS} -->"]) + "\n"


def row_in(text: str) -> Row:
    content = read(text, BATTERY)
    assert content.problems == ()
    (row,) = content.answers[COSTS].value
    return row


# ------------------------------------------------------------------ the dossier


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("Vet inte än", ""),
        ("vet inte än.", ""),
        ("Vet inte än: HR", "HR"),
        ("**Vet inte än:** HR och chefen", "HR och chefen"),
        ("Vet inte än :  HR", "HR"),
    ],
)
@pytest.mark.parametrize(
    ("field", "label"), [("vad", "Vad"), ("restid", "Restid per deltagare"), ("nar", "När")]
)
def test_a_field_says_that_nobody_knows_yet(field, label, written, who):
    row = row_in(
        dossier("- **Vad:** A", f"- **{label}:** {written}")
        if field != "vad"
        else dossier(f"- **Vad:** {written}")
    )
    assert row.unknown == {field: who}
    assert field not in row.values


@pytest.mark.parametrize(
    "written", ["Vet inte", "Vet inte än hur många", "Vi vet inte än", "Vet inte än: HR\n  och mer"]
)
def test_a_text_that_only_begins_so_is_a_text(written):
    assert row_in(dossier(f"- **Vad:** {written}")).unknown == {}


def test_an_option_of_that_name_is_the_option():
    assert row_in(dossier("- **Sort:** Vet inte än")).values == {"sort": "vet_inte"}


def test_what_is_not_known_is_written_in_its_place_and_only_its_line_changes():
    text = dossier("- **Vad:** A", "- **Restid per deltagare:** 20", "- **När:** 1999-05-01")
    row = Row("K1", {"vad": "A", "nar": date(1999, 5, 1)}, {}, {"restid": "HR"})
    new = with_answer(text, BATTERY, COSTS, Given((row,)))
    assert new == text.replace("** 20", "** Vet inte än: HR")
    assert row_in(new) == row
    again = Row("K1", {**row.values, "restid": 30})
    assert with_answer(new, BATTERY, COSTS, Given((again,))) == text.replace("** 20", "** 30")


@pytest.mark.parametrize("words", ["Vet inte än", "Vet inte än: HR", "**Vet inte än:** HR"])
def test_a_value_of_just_those_words_is_not_taken_for_it(words):
    row = Row("K1", {"vad": words})
    assert row_in(with_answer(dossier("- **Vad:** A"), BATTERY, COSTS, Given((row,)))) == row


def test_a_field_known_twice_over_is_a_fault():
    (problem,) = read(dossier("- **Vad:** A", "- **Vad:** Vet inte än"), BATTERY).problems
    assert problem.structural


# ------------------------------------------------------------ files and guides


def given(text: str) -> Row:
    read_file = read_answers_file(f"svar:\n  koncept:\n    kostnader:\n      - {text}\n", "s", BATTERY, TODAY)
    return read_file.answers[COSTS].value[0]


def test_an_answers_file_says_it_in_words_or_beside_the_row():
    row = Row("K1", {"vad": "A"}, {}, {"restid": "HR", "nar": ""})
    assert given('{vad: A, restid: "vet inte än: HR", nar: Vet inte än}') == row
    assert given("{vad: A, okanda: {restid: HR, nar: }}") == row
    assert plain_value(GROUP, (row,)) == [{"id": "K1", "vad": "A", "okanda": {"restid": "HR", "nar": ""}}]
    assert accept(GROUP, plain_value(GROUP, (row,)), TODAY) == (row,)


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ({"okanda": {"retsid": ""}}, "Fältet ”retsid” finns inte. Menade du restid?"),
        ({"restid": 3, "okanda": {"restid": ""}}, "”Restid per deltagare” står också under okanda."),
        ({"okanda": ["restid"]}, "Under ”okanda” ska det stå fält"),
    ],
)
def test_what_is_wrong_with_it_in_a_file_is_said(row, sentence):
    with pytest.raises(Invalid, match=sentence.replace("?", r"\?")):
        accept(GROUP, [row], TODAY)


def test_in_an_answers_file_it_has_its_line():
    with pytest.raises(WrongUse, match=r"^s:4: koncept\.kostnader: rad 1: Fältet ”x” finns inte\."):
        given("{vad: A, okanda: {x: HR}}")


def test_a_guide_shows_it_and_takes_the_answer_when_it_is_known():
    row = Row("K1", {"vad": "A"}, {}, {"restid": "HR"})
    sheet = AnswerSheet(BATTERY, {COSTS: Given((row,))})
    text = guide("Titel", STAGE, sheet, command="utb")
    assert "- **Restid per deltagare:** Vet inte än: HR" in text
    assert filled_in(text, STAGE, sheet).answers == {}
    known = text.replace("Vet inte än: HR", "20")
    assert filled_in(known, STAGE, sheet).answers == {COSTS: Given((Row("K1", {"vad": "A", "restid": 20}),))}
    more = text.replace("- **När:**", "- **När:** vet inte")
    filled = filled_in(more, STAGE, sheet)
    assert filled.answers == {COSTS: Given((Row("K1", {"vad": "A"}, {}, {"restid": "HR", "nar": ""}),))}


def test_a_guide_does_not_take_back_what_the_dossier_knows():
    sheet = AnswerSheet(BATTERY, {COSTS: Given((Row("K1", {"vad": "A", "restid": 20}),))})
    text = guide("Titel", STAGE, sheet, command="utb").replace("** 20", "** Vet inte än")
    assert filled_in(text, STAGE, sheet).answers == {}


# --------------------------------------------------------------- the conversation


def talked(face, *rows):
    saved = {COSTS: Given(rows)} if rows else {}
    interview = Interview(STAGE, AnswerSheet(BATTERY, dict(saved)), everything=True, today=TODAY)
    drafts: dict[str, str] = {}
    store = Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))
    ask_stage(interview, face, store)
    assert drafts == {}
    return saved[COSTS].value


def test_a_field_is_said_not_to_be_known_in_one_go_or_by_choice():
    face = Scripted("A", DontKnow(), "HR", Pass(), "vet_inte", "", Pass(), "tom", "", "klart")
    assert talked(face) == (Row("K1", {"vad": "A"}, {}, {"restid": "HR", "nar": ""}),)


def test_typing_the_words_says_it_too_and_who_is_asked_only_when_nobody_is_named():
    face = Scripted("A", "vet inte än: HR", "Vet inte än", "Chefen", "a", "", "klart")
    assert talked(face) == (Row("K1", {"vad": "A", "sort": "a"}, {}, {"restid": "HR", "nar": "Chefen"}),)


def test_going_back_from_the_choice_leads_to_the_field():
    face = Scripted("A", Pass(), Back(), "20", "", "a", "", "klart")
    assert talked(face) == (Row("K1", {"vad": "A", "restid": 20, "sort": "a"}),)


def test_an_answer_gives_way_only_when_that_is_meant():
    row = Row("K1", {"vad": "A", "restid": 20})
    face = Scripted("andra", KEEP, DontKnow(), False, "", "a", "klart", "klart")
    assert talked(face, row)[0].values["restid"] == 20
    face = Scripted("andra", KEEP, DontKnow(), True, "HR", "", "a", "klart", "klart")
    assert talked(face, row) == (Row("K1", {"vad": "A", "sort": "a"}, {}, {"restid": "HR"}),)


def test_what_is_not_known_is_told_when_the_row_is_opened_and_stays_until_it_is_answered():
    row = Row("K1", {"vad": "A", "sort": "a"}, {}, {"restid": "HR"})
    face = Scripted("andra", KEEP, "", "", KEEP, "andra", KEEP, "20", "", KEEP, "klart", "klart")
    assert talked(face, row) == (Row("K1", {"vad": "A", "restid": 20, "sort": "a"}),)
    told = [ask.reminders for ask in face.asked if ask.text == "Restid per deltagare"]
    assert told == [("Det står: Vet inte än: HR",)] * 2


@pytest.mark.parametrize("said", ["vet inte än", "vet ej"])
def test_the_first_field_of_the_first_row_passes_the_question_over(said):
    face = Scripted(said, "Chefen", "klart")
    saved: dict[str, object] = {}
    interview = Interview(STAGE, AnswerSheet(BATTERY, {}), today=TODAY)
    drafts: dict[str, str] = {}
    ask_stage(
        interview,
        face,
        Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda key: drafts.pop(key, None)),
    )
    assert saved == {COSTS: Unknown("Chefen")}


def asked_alone(face, kind, answer=None):
    """What is saved of a single question that has the option itself, asked once more where it has an answer."""
    about = stage(
        "behov",
        1,
        "Behov",
        {"steg": "behov", "id": "krav", "typ": kind, "text": "Krav?", "alternativ": SORTS},
    )
    saved = {"behov.krav": answer} if answer else {}
    interview = Interview(about, AnswerSheet(Battery((about,)), dict(saved)), everything=True, today=TODAY)
    drafts: dict[str, str] = {}
    ask_stage(
        interview,
        face,
        Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None)),
    )
    assert drafts == {}
    assert face.replies == []
    return saved["behov.krav"]


@pytest.mark.parametrize(
    ("kind", "chosen"), [("val", ["vet_inte"]), ("flerval", [["vet_inte"]]), ("val", [Pass(), "vet_inte"])]
)
def test_the_option_that_nobody_knows_is_the_same_answer_as_passing_the_question_with_it(kind, chosen):
    face = Scripted(*chosen, "HR", "klart")
    assert asked_alone(face, kind) == Unknown("HR")
    assert face.asked[-2].text == "Vem kan veta? (Tomt går bra.)"


@pytest.mark.parametrize("kind", ["val", "flerval"])
def test_what_is_not_known_is_chosen_where_the_question_is_asked_again_and_who_knows_is_kept(kind):
    assert asked_alone(Scripted(KEEP, KEEP, "klart"), kind, Unknown("HR")) == Unknown("HR")


def test_going_back_from_who_knows_leads_to_the_options_and_the_option_replaces_an_answer_unasked():
    assert asked_alone(Scripted("vet_inte", Back(), "a", "klart"), "val") == Given("a")
    assert asked_alone(Scripted("vet_inte", "", "klart"), "val", Given("a")) == Unknown("")


def test_the_option_in_a_field_asks_who_knows_too():
    face = Scripted("A", "20", "", "vet_inte", "HR", "", "klart")
    assert talked(face) == (Row("K1", {"vad": "A", "restid": 20}, {}, {"sort": "HR"}),)


@pytest.mark.parametrize("answer", [Given("vet_inte"), Unknown("HR")])
def test_a_condition_holds_whichever_way_it_is_said_that_nobody_knows(answer):
    assert holds(Condition(fraga="behov.krav", ar="vet_inte"), {"behov.krav": answer})
    assert not holds(Condition(fraga="behov.krav", ar="a"), {"behov.krav": answer})
    assert holds(Condition(fraga="behov.krav", besvarad=False), {"behov.krav": answer})


@pytest.mark.parametrize("answer", [Given("vet_inte"), Given(("vet_inte",)), Unknown("")])
def test_the_review_and_the_steps_and_documents_count_it_as_not_known(answer):
    qid = "behov.krav_bevis" if answer == Given(("vet_inte",)) else "behov.noll"
    sheet = AnswerSheet(OURS, {"behov.krav": Given("lag_foreskrift"), qid: answer})
    states = {line.qid: line.state for line in Interview(OURS.stage("behov"), sheet, today=TODAY).review()}
    assert states[qid] == "vet inte än"
    need = standings(sheet)[0]
    assert (need.answered, need.unknown) == (1, 1)
    assert getattr(AnswersView(sheet).behov, qid.split(".")[1]).ar_okand


# ------------------------------------------------------- what it comes to


def test_a_row_that_only_says_so_says_something():
    assert not says_nothing([Row("K1", {}, {}, {"restid": ""})])


def test_documents_say_it_as_it_is_said():
    sheet = AnswerSheet(BATTERY, {COSTS: Given((Row("K1", {"vad": "A"}, {}, {"restid": "HR"}),))})
    (row,) = AnswersView(sheet).koncept.kostnader.rader
    assert (row.restid.text, row.restid.finns, row.nar.text) == ("Vet inte än: HR", False, "Ej besvarad")


def test_who_can_know_is_searched_for_personal_numbers():
    answer = Given((Row("K1", {"vad": "A"}, {}, {"restid": "19811228-9874"}),))
    texts = [texts for _, texts in written_texts(GROUP, COSTS, answer)]
    assert {"Restid per deltagare": "19811228-9874"}.items() <= {
        key: text for row in texts for key, text in row.items()
    }.items()


def test_an_unknown_part_of_the_cost_makes_the_sum_the_least_and_is_named():
    basis = Row("1", {"ersattarandel": 50, "utbildartimmar": 4, "produktionstimmar": 0, "externt_kr": 0})
    answers = {
        "behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 10}),)),
        "koncept.aktiviteter": Given((Row("A1", {"titel": "Öva", "minuter": 60}),)),
        "koncept.kostnadsunderlag": Given((Row("1", basis.values, {}, {"restid_min": "HR"}),)),
    }
    assert OURS.question("koncept.kostnadsunderlag") is not None
    told = price(answers, Cost())
    assert (told.has_least_hours, told.has_least_total) == (True, True)
    assert left_out_in_words(told) == "Ej besvarat och inte medräknat: restid."
    zero = {**answers, "koncept.kostnadsunderlag": Given((Row("1", {**basis.values, "restid_min": 0}),))}
    assert price(zero, Cost()).has_least_hours is False


# ------------------------------------------------------------------- two sides


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "kept"),
    [
        (Row("K1", {"vad": "A"}), {"restid": "HR"}, {}, Row("K1", {"vad": "A"}, {}, {"restid": "HR"})),
        (
            Row("K1", {"vad": "A"}, {}, {"restid": "HR"}),
            {"restid": "HR"},
            {"nar": ""},
            Row("K1", {"vad": "A"}, {}, {"nar": ""}),
        ),
    ],
)
def test_what_each_side_says_of_a_row_is_kept(base, ours, theirs, kept):
    sheets = tuple(
        AnswerSheet(BATTERY, {COSTS: Given((Row("K1", {"vad": "A"}, {}, unknown),))})
        for unknown in (ours, theirs, base.unknown)
    )
    assert both_rows(GROUP, sheets).value == (kept,)


def test_an_answer_on_one_side_takes_the_place_of_not_knowing_on_the_other():
    known, unknown = Row("K1", {"vad": "A", "restid": 20}), Row("K1", {"vad": "A"}, {}, {"restid": "HR"})
    sheets = tuple(AnswerSheet(BATTERY, {COSTS: Given((row,))}) for row in (known, unknown, unknown))
    assert both_rows(GROUP, sheets).value == (known,)
