"""The fields of a group: which of them are asked of a row, and what a row can say in each."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import KEEP, Scripted
from small import stage
from utbildningsprocess.answers.conditions import field_applies
from utbildningsprocess.conversation.face import Back, DontKnow, Leave
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import MORE, ask_stage
from utbildningsprocess.errors import Interrupted
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given, Row

TODAY = date(2026, 3, 1)
LESSONS, PLACE = "uppfoljning.lardomar", "uppfoljning.plats"
USES = [{"id": "nu", "text": "Nu"}, {"id": "nasta", "text": "Nästa gång"}, {"id": "bada", "text": "Både och"}]
FORMATS = [{"id": "film", "text": "Film"}, {"id": "papper", "text": "Papper"}, {"id": "ljud", "text": "Ljud"}]
NOW = {"falt": "anvands", "i": ["nu", "bada"]}
FIELDS = [
    {"id": "lardom", "typ": "text", "text": "Lärdom", "karna": True},
    {"id": "anvands", "typ": "val", "text": "Används", "alternativ": USES, "karna": True},
    {"id": "roll", "typ": "text", "text": "Ansvarig roll", "visas_om": NOW},
    {"id": "restid", "typ": "tal", "text": "Restid"},
    {"id": "resor", "typ": "text", "text": "Resor", "visas_om": {"falt": "restid", "minst": 1}},
    {"id": "format", "typ": "flerval", "text": "Format", "alternativ": FORMATS},
    {
        "id": "tillganglig",
        "typ": "ja_nej",
        "text": "Tillgängligt",
        "visas_om": {"falt": "format", "innehaller": ["film", "ljud"]},
    },
    {"id": "blev", "typ": "text", "text": "Blev det av?", "sent": True, "visas_om": NOW},
    {"id": "lokal", "typ": "text", "text": "Lokal", "visas_om": {"fraga": PLACE, "ar": True}},
]
ROWS = {"rad_id": "R", "rad_namn": "lärdom", "falt": FIELDS}
STAGE = stage(
    "uppfoljning",
    6,
    "Uppföljning",
    {"steg": "uppfoljning", "id": "plats", "typ": "ja_nej", "text": "Behövs en lokal?"},
    {
        "steg": "uppfoljning",
        "id": "lardomar",
        "typ": "grupp",
        "text": "Vilka lärdomar?",
        "karna": True,
        **ROWS,
    },
)
BATTERY = Battery((STAGE,))
NO_ROOM = {PLACE: Given(value=False)}


def held(  # noqa: PLR0913
    face,
    answers=None,
    *,
    core_only=False,
    everything=False,
    drafts=None,
    leaves=False,
    about=STAGE,
    battery=BATTERY,
):
    """Holds a conversation about a stage; gives the answers it has saved."""
    saved, drafts = dict(answers or {}), {} if drafts is None else drafts

    def save(qid, answer) -> None:
        saved.pop(qid, None)
        saved.update({qid: answer} if answer else {})

    sheet = AnswerSheet(battery, dict(saved))
    interview = Interview(about, sheet, everything=everything, core_only=core_only, today=TODAY)
    store = Store(save, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))
    if leaves:
        with pytest.raises(Interrupted):
            ask_stage(interview, face, store)
    else:
        ask_stage(interview, face, store)
    return saved


def lessons(*rows, **answers):
    return {**NO_ROOM, LESSONS: Given(rows), **answers}


def asked(face) -> list[str]:
    """The fields that were asked, but for the first of a row that is left empty: it ends the rows."""
    return [ask.text for ask in face.asked if "uppgift" in ask.heading and not ask.example]


# ------------------------------------------------------------ the fast track


def test_the_fast_track_asks_the_core_fields_and_tells_at_its_end_what_is_left():
    face = Scripted("Handledare behövs", "nasta", "", "klart")
    saved = held(face, NO_ROOM, core_only=True)
    assert asked(face) == ["Lärdom", "Används"]
    assert saved[LESSONS] == Given((Row("R1", {"lardom": "Handledare behövs", "anvands": "nasta"}),))
    assert [words for words in face.said if words.startswith(MORE)] == [
        f"{MORE}\n- Vilka lärdomar? Restid, Format"
    ]


def test_the_fast_track_tells_of_questions_it_has_not_asked():
    face = Scripted("A", "nasta", "", "klart")
    held(face, core_only=True)
    assert f"{MORE}\n- Behövs en lokal?\n- Vilka lärdomar? Restid, Format" in face.said


def test_the_fast_track_asks_what_is_already_answered_when_the_row_is_opened():
    face = Scripted(KEEP, "andra", KEEP, KEEP, "30", "klart", "klart")
    row = Row("R1", {"lardom": "A", "anvands": "nasta", "restid": 20})
    saved = held(face, lessons(row), core_only=True, everything=True)
    assert asked(face) == ["Lärdom", "Används", "Restid"]
    assert saved[LESSONS].value[0].values["restid"] == 30


class Unfolding(Scripted):
    """Somebody who has the further fields of a row asked, once its core is."""

    def _next(self, ask, options=()):
        if ask.folded and ask.row and not ask.row[1]:
            ask.unfold()
        return super()._next(ask, options)


def test_the_core_of_a_row_is_asked_first_and_its_further_fields_are_offered_until_they_are_filled_in():
    face = Scripted("A", "nasta", "", "klart")
    held(face, NO_ROOM)
    assert asked(face) == ["Lärdom", "Används"]
    assert [ask.folded for ask in face.asked[:2]] == 2 * [["Restid", "Format"]]
    assert face.offered[-1][1] == "Vilka lärdomar? Besvarad: 1 rad: R1 A Mer att fylla i: Restid, Format."
    assert f"{MORE}\n- Vilka lärdomar? Restid, Format" in face.said


def test_the_further_fields_are_asked_in_the_same_row_when_they_are_unfolded():
    face = Unfolding("A", "nasta", "", ["papper"], "", "klart")
    held(face, NO_ROOM)
    assert asked(face) == ["Lärdom", "Används", "Restid", "Format"]


def test_what_is_lacking_in_the_rows_is_filled_in_row_by_row_from_their_menu():
    rows = [Row("R1", {"lardom": "A", "anvands": "nasta", "restid": 0, "format": ("papper",)})]
    rows += [Row(f"R{number}", {"lardom": "B", "anvands": "nasta"}) for number in (2, 3)]
    face = Scripted(LESSONS, "mer", "0", ["papper"], "0", ["papper"], "mer", "klart", "klart")
    saved = held(face, lessons(*rows))
    assert asked(face) == 2 * ["Restid", "Format"]
    assert [row.values["restid"] for row in saved[LESSONS].value] == [0, 0, 0]
    assert "Alla uppgifter är ifyllda." in face.said
    assert not any(words.startswith(MORE) for words in face.said)


# ----------------------------------------------------- conditions within a row


def test_a_field_is_asked_when_another_field_of_the_row_says_so():
    face = Unfolding("A", "bada", "Chef", "0", ["film", "papper"], True, "", "klart")
    saved = held(face, NO_ROOM)
    assert asked(face) == ["Lärdom", "Används", "Ansvarig roll", "Restid", "Format", "Tillgängligt"]
    assert saved[LESSONS].value[0].values["tillganglig"] is True


def test_going_back_and_answering_otherwise_changes_what_is_asked():
    face = Unfolding("A", "nu", Back(), "nasta", "20", Back(), "0", ["papper"], "", "klart")
    held(face, NO_ROOM)
    assert asked(face) == [
        *("Lärdom", "Används", "Ansvarig roll", "Används", "Restid", "Resor"),
        *("Restid", "Format"),
    ]


def test_a_saved_answer_is_asked_about_also_when_the_condition_does_not_hold():
    row = Row("R1", {"lardom": "A", "anvands": "nasta", "roll": "Chef"})
    face = Scripted(KEEP, "andra", KEEP, KEEP, KEEP, "", [], "klart", "klart")
    saved = held(face, lessons(row), everything=True)
    assert "Ansvarig roll" in asked(face)
    assert saved[LESSONS].value[0].values["roll"] == "Chef"


@pytest.mark.parametrize(
    ("field", "values", "applies"),
    [
        ("roll", {}, False),
        ("roll", {"anvands": "nasta"}, False),
        ("roll", {"anvands": "nu"}, True),
        ("resor", {"restid": 0}, False),
        ("resor", {"restid": 1}, True),
        ("tillganglig", {"format": ("papper",)}, False),
        ("tillganglig", {"format": ("papper", "ljud")}, True),
        ("lokal", {}, False),
        ("lardom", {}, True),
    ],
)
def test_a_condition_of_a_field_looks_in_its_row_and_at_other_questions(field, values, applies):
    group = BATTERY.question(LESSONS)
    assert field_applies(group.field(field), Row("R1", values), AnswerSheet(BATTERY, NO_ROOM)) is applies


# ------------------------------------------------------------- late fields


def test_a_late_field_is_asked_first_when_the_row_is_opened_again():
    row = Row("R1", {"lardom": "A", "anvands": "nu"})
    face = Scripted(KEEP, "andra", KEEP, KEEP, "", "", [], "Ja, i maj", "klart", "klart")
    saved = held(face, lessons(row), everything=True)
    assert asked(face)[-1] == "Blev det av?"
    assert saved[LESSONS].value[0].values["blev"] == "Ja, i maj"


def test_a_late_field_left_half_typed_is_taken_up_again():
    row, drafts = Row("R1", {"lardom": "A", "anvands": "nu"}), {}
    face = Scripted(KEEP, "andra", KEEP, KEEP, "", "", [], Leave("Ja, i"))
    held(face, lessons(row), everything=True, drafts=drafts, leaves=True)
    face = Scripted(True, "Ja, i maj", "klart", "klart")
    saved = held(face, lessons(row), drafts=drafts)
    assert asked(face)[0] == "Blev det av?"
    assert saved[LESSONS].value[0].values["blev"] == "Ja, i maj"


# ------------------------------------------------------- a row for each option

ACTIONS = "koncept.handlingar"
PHASES = [
    {"id": "fore", "text": "Före"},
    {"id": "under", "text": "Under"},
    {"id": "efter", "text": "Efter"},
    {"id": "aldrig", "text": "Aldrig", "utgar": True},
]
KONCEPT = stage(
    "koncept",
    3,
    "Koncept",
    {
        "steg": "koncept",
        "id": "handlingar",
        "typ": "grupp",
        "text": "Vad gör chefen?",
        "rad_id": "H",
        "forifyll": {"fran": "alternativ", "till": "fas"},
        "falt": [
            {"id": "fas", "typ": "val", "text": "Fas", "alternativ": PHASES},
            {"id": "handling", "typ": "text", "text": "Handling"},
            {"id": "vecka", "typ": "tal", "text": "Vecka"},
        ],
    },
)
PHASED = {"about": KONCEPT, "battery": Battery((KONCEPT,))}


def test_there_is_a_row_for_each_option_and_only_those_that_say_more_are_saved():
    face = Scripted("Prata", "", "", "", "Följ upp", "4", "klart", "klart")
    saved = held(face, **PHASED)
    assert {"Rad H1: Före", "Rad H2: Under", "Rad H3: Efter"} <= {*face.said}
    assert saved[ACTIONS] == Given(
        (
            Row("H1", {"fas": "fore", "handling": "Prata"}),
            Row("H3", {"fas": "efter", "handling": "Följ upp", "vecka": 4}),
        )
    )
    assert asked(face) == ["Handling", "Vecka"] * 3


def test_more_rows_follow_those_there_from_the_start_where_something_else_begins_a_row():
    (question,) = KONCEPT.questions
    fas, *beginning = question.fields
    question = question.model_copy(update={"fields": (*beginning, fas)})
    about = KONCEPT.model_copy(update={"questions": (question,)})
    more = {"about": about, "battery": Battery((about,))}
    face = Scripted("Prata", "", "", "", "Följ upp", "4", "Fira", "", "under", "", "klart")
    saved = held(face, **more)
    assert [row.said for row in saved[ACTIONS].value] == [
        {"fas", "handling"},
        {"fas", "handling", "vecka"},
        {"fas", "handling"},
    ]
    assert face.replies == []
    assert held(Scripted(*[""] * 6, "klart", "klart"), **more) == {}


def test_an_option_that_a_row_has_gets_no_other():
    rows = Given((Row("H2", {"fas": "under", "handling": "A"}), Row("H5", {"fas": "under", "handling": "B"})))
    face = Scripted("Prata", "", "", "", "klart", "klart")
    saved = held(face, {ACTIONS: rows}, everything=True, **PHASED)
    assert [row.id for row in saved[ACTIONS].value] == ["H2", "H5", "H6"]
    assert saved[ACTIONS].value[2] == Row("H6", {"fas": "fore", "handling": "Prata"})


def test_nothing_is_saved_where_nothing_more_is_said():
    assert held(Scripted("", "", "", "", "", "", "klart", "klart"), **PHASED) == {}


def test_a_prefilled_row_left_half_typed_is_taken_up_where_it_was():
    drafts: dict[str, str] = {}
    saved = held(Scripted("", "", "Vara m", "", Leave("Följ")), drafts=drafts, leaves=True, **PHASED)
    assert saved[ACTIONS] == Given((Row("H2", {"fas": "under", "handling": "Vara m"}),))
    face = Scripted(True, "Följ upp", "", "", "", "klart", "klart")
    saved = held(face, saved, drafts=drafts, **PHASED)
    assert [row.values for row in saved[ACTIONS].value] == [
        {"fas": "under", "handling": "Vara m"},
        {"fas": "efter", "handling": "Följ upp"},
    ]
    assert drafts == {}


def test_a_prefilled_row_is_saved_also_when_it_is_only_said_not_to_be_known():
    saved = held(Scripted(DontKnow(), "HR", "", "", "", "", "", "klart", "klart"), **PHASED)
    assert saved[ACTIONS] == Given((Row("H1", {"fas": "fore"}, {}, {"handling": "HR"}),))


def test_a_row_that_was_saved_with_nothing_more_stays():
    rows = Given((Row("H1", {"fas": "fore"}),))
    saved = held(Scripted("", "", "", "", "klart", "klart"), {ACTIONS: rows}, everything=True, **PHASED)
    assert saved[ACTIONS] == rows


def test_a_guide_has_a_row_for_each_option_and_reads_those_that_say_more():
    sheet = AnswerSheet(PHASED["battery"], {})
    text = guide("Titel", KONCEPT, sheet, command="utb")
    assert [line for line in text.split("\n") if "**Fas:**" in line] == [
        f"- **Fas:** {name}" for name in ("Före", "Under", "Efter")
    ]
    text = text.replace("Under\n- **Handling:**", "Under\n- **Handling:** Vara med")
    filled = filled_in(text, KONCEPT, sheet)
    assert filled.problems == ()
    assert filled.answers == {ACTIONS: Given((Row("H2", {"fas": "under", "handling": "Vara med"}),))}


# ------------------------------------------------------------------- guides


def page(answers):
    return guide("Titel", STAGE, AnswerSheet(BATTERY, answers), command="utb steg 6 --fran FIL")


def test_a_guide_has_late_fields_and_those_that_may_apply():
    text = page(NO_ROOM)
    for label in ("Lärdom", "Används", "Ansvarig roll", "Restid", "Resor", "Blev det av"):
        assert text.count(f"- **{label}:**") == 2, label
    assert "**Lokal:**" not in text


def test_a_row_in_a_guide_has_only_the_fields_that_apply_and_late_ones_do_not_make_it_open():
    half = Row("R1", {"lardom": "A", "anvands": "nasta"})
    text = page(lessons(half))
    assert "- **Restid:**" in text
    assert "- **Ansvarig roll:**" not in text
    full = Row("R1", {"lardom": "A", "anvands": "nasta", "restid": 0, "format": ("papper",)})
    assert "väntar på svar" in page(lessons(full))
    assert "### Vilka lärdomar?" not in page(lessons(full))


def test_a_field_that_does_not_apply_is_still_read_from_a_guide():
    text = page(NO_ROOM).replace("- **Lärdom:**", "- **Lärdom:** A", 1)
    text = text.replace("- **Ansvarig roll:**", "- **Ansvarig roll:** Chef", 1)
    filled = filled_in(text, STAGE, AnswerSheet(BATTERY, NO_ROOM))
    assert filled.problems == ()
    assert filled.answers[LESSONS] == Given((Row("R1", {"lardom": "A", "roll": "Chef"}),))
