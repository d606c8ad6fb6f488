"""Words of one's own in place of an option: written, kept as they are, and never taken for something else."""

from __future__ import annotations

from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from making import BATTERY as OURS
from scripted import KEEP, Scripted
from small import stage
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.conversation.face import Back
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.dossier.document import read, with_answer
from utbildningsprocess.errors import SavedAndLeft
from utbildningsprocess.faces.line import LineFace
from utbildningsprocess.guide.page import guide
from utbildningsprocess.guide.reading import filled_in
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Battery, Given
from utbildningsprocess.swedish import clean_line

NOTHING = "behov.noll"
STAGE = stage(
    "behov",
    1,
    "Behov",
    {
        "steg": "behov",
        "id": "noll",
        "typ": "val",
        "text": "Vad händer om ni inte gör något?",
        "annat": True,
        "alternativ": [{"id": "inget", "text": "Inget märkbart"}, {"id": "risk", "text": "Risk för skada"}],
    },
)
BATTERY = Battery((STAGE,))
QUESTION = BATTERY.question(NOTHING)
DOSSIER = (
    f"<!-- utb:dossier 1 -->\n\n# Titel\n\n## Behov\n\n<!-- utb:{NOTHING} -->\n\n<!-- /utb:{NOTHING} -->\n"
)


def talked(face, *answer, drafts=None, saved=None):
    saved = {} if saved is None else saved
    saved |= {NOTHING: Given(*answer)} if answer else {}
    drafts = {} if drafts is None else drafts
    interview = Interview(STAGE, AnswerSheet(BATTERY, dict(saved)), everything=True, today=date(2026, 3, 1))
    store = Store(saved.__setitem__, drafts.get, drafts.__setitem__, lambda place: drafts.pop(place, None))
    ask_stage(interview, face, store)
    assert drafts == {}
    assert face.replies == []
    return saved[NOTHING].value


def test_the_last_option_is_to_write_ones_own_words():
    face = Scripted("Annat", "Vi tappar folk; igen", "klart")
    assert talked(face) == "Vi tappar folk; igen"
    assert face.offered[0] == ["Inget märkbart", "Risk för skada", "Annat"]


def test_own_words_come_back_to_be_edited():
    face = Scripted(KEEP, KEEP, "klart")
    assert talked(face, "Vi tappar folk") == "Vi tappar folk"
    assert face.asked[1].draft == "Vi tappar folk"


@pytest.mark.parametrize("nothing", [Back(), ""])
def test_without_words_the_options_are_offered_again(nothing):
    assert talked(Scripted("Annat", nothing, "risk", "klart")) == "risk"


def test_what_programs_write_for_nothing_is_no_word_of_ones_own():
    face = Scripted("Annat", "NaN", "Vi tappar folk", "klart")
    assert talked(face) == "Vi tappar folk"
    assert any(said.startswith("Fel: ”NaN” är inget svar") for said in face.said)


def test_words_typed_among_the_options_are_told_under_which_they_go():
    screen = StringIO()
    face = LineFace(StringIO("Vi tappar folk\n3\nVi tappar folk\n:s\n"), screen)
    saved = {}
    with pytest.raises(SavedAndLeft):
        talked(face, saved=saved)
    said = "Fel: ”Vi tappar folk” finns inte bland alternativen. Skriv ett nummer mellan 1 och 3. "
    assert f"{said}Med egna ord svarar ni under 3, ”Annat”.\n" in screen.getvalue()
    assert saved == {NOTHING: Given("Vi tappar folk")}


def test_words_that_are_refused_in_a_file_are_told_how_they_are_taken():
    with pytest.raises(Invalid, match=r"Egna ord går också bra, som text på en enda rad\.$"):
        accept(QUESTION, "Vi tappar\nfolk", None)
    with pytest.raises(Invalid, match=r"Risk för skada\.$"):
        accept(QUESTION.model_copy(update={"own_words": False}), "Vi tappar folk", None)


def test_words_that_are_an_option_are_that_option():
    assert talked(Scripted("Annat", "risk för skada", "klart")) == "risk"


@given(st.text(min_size=1, max_size=60).map(clean_line).filter(lambda words: words.strip("-–— ")))
def test_own_words_stay_as_they_are_in_the_dossier_and_change_nothing_else(words):
    try:
        value = accept(QUESTION, words, None)
    except Invalid:
        return
    text = with_answer(DOSSIER, BATTERY, NOTHING, Given(value))
    content = read(text, BATTERY)
    assert (content.answers, content.problems) == ({NOTHING: Given(value)}, ())


@pytest.mark.parametrize(
    "words", ["## Koncept", "<!-- utb:behov.esther -->", "**Vet inte än:** chefen", "- punkt", "1. ett"]
)
def test_words_that_look_like_something_else_are_words(words):
    content = read(with_answer(DOSSIER, BATTERY, NOTHING, Given(words)), BATTERY)
    assert (content.answers, content.problems) == ({NOTHING: Given(words)}, ())


def test_several_lines_are_no_words_of_ones_own_but_something_to_look_at():
    text = with_answer(DOSSIER, BATTERY, NOTHING, Given("risk")).replace("skada", "skada\noch mer")
    assert read(text, BATTERY).problems


def test_a_guide_takes_a_line_that_is_added():
    page = guide("T", STAGE, AnswerSheet(BATTERY, {}), who=None, command="utb steg x --fran FIL")
    assert "Egna ord går bra: lägg till en rad." in page
    filled = page.replace("- [ ] Risk för skada", "- [ ] Risk för skada\n- [x] Vi tappar folk")
    assert filled_in(filled, STAGE, AnswerSheet(BATTERY, {})).answers == {NOTHING: Given("Vi tappar folk")}


def test_what_happens_if_nothing_is_done_can_be_said_in_own_words():
    assert accept(OURS.question(NOTHING), "Vi tappar folk", None) == "Vi tappar folk"
