"""A table pasted in a field of a row: shown, and its rows saved only after a yes."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import KEEP, Scripted
from small import SMALL
from utbildningsprocess.conversation.face import Back, Leave, PastedTable
from utbildningsprocess.conversation.saving import Store
from utbildningsprocess.conversation.stage import ask_stage
from utbildningsprocess.errors import Interrupted
from utbildningsprocess.interview import Interview
from utbildningsprocess.model import AnswerSheet, Given, Row

TABLE = "Namn\tAntal\tSkift\nNya\t25\tnatt\nGamla\tmånga\t"
ADD, NO, TEXT = "Lägg till 2 rader", "Nej, lägg inte till något", "Nej, skriv det som text i fältet"
COLUMNS = "Byt fält för en kolumn"
ROWS = (Row("1", {"namn": "Nya", "antal": 25}), Row("2", {"namn": "Gamla"}, {"antal": "många"}))
NAMES = "behov.malgrupper"


def talk(*replies, drafts=None, qid=NAMES, answers=None):
    """A group asked with a script; gives the face, what was saved, and the drafts."""
    saved, drafts = dict(answers or {}), {} if drafts is None else drafts
    saves: list[Given | None] = []

    def save(qid, answer):
        saves.append(answer)
        saved[qid] = answer

    question = SMALL.question(qid)
    stage = SMALL.stage(question.stage).model_copy(update={"questions": (question,)})
    interview = Interview(stage, AnswerSheet(SMALL, saved), everything=True, today=date(2026, 3, 1))
    face = Scripted(*replies)
    store = Store(
        save=save,
        draft_read=drafts.get,
        draft_write=drafts.__setitem__,
        draft_drop=lambda p: drafts.pop(p, None),
    )
    with pytest.raises(Interrupted):
        ask_stage(interview, face, store)
    return face, saves, drafts


def paste(table=TABLE, text=""):
    return PastedTable(text, table)


def test_the_rows_come_after_a_yes_and_the_menu_follows():
    face, saves, drafts = talk(paste(), ADD, "Klart")
    assert saves == [Given(ROWS)]
    assert "Kolumnen ”Skift” hör inte till något fält och tas inte med." in face.said
    assert "Det här finns nu:" in face.said
    assert drafts == {}


def test_every_field_of_a_row_knows_a_table():
    face, _, _ = talk("Nya", "6", Leave())
    name, count = (ask for ask in face.asked[:2])
    assert [ask.is_table("a\tb") for ask in (name, count)] == [True, True]
    assert not name.is_table("Nya; gamla")


def test_a_row_that_is_being_filled_in_stays_and_the_rows_come_after_it():
    _, saves, _ = talk("Först", paste(), ADD, "Klart")
    assert saves[-1] == Given(
        (Row("1", {"namn": "Först"}), *(Row(str(int(row.id) + 1), row.values, row.unfit) for row in ROWS))
    )


@pytest.mark.parametrize("no", [NO, Back()])
def test_a_no_leaves_everything_as_it_was(no):
    face, saves, _ = talk("Först", paste(text="7"), no, Leave())
    assert saves == [Given((Row("1", {"namn": "Först"}),))]
    assert face.asked[-1].draft == "7"


def test_a_table_can_be_the_text_of_the_field_after_all():
    _, saves, _ = talk(paste("Nya\nunder natten", text="Alla"), TEXT, KEEP, Leave())
    assert saves == [Given((Row("1", {"namn": "Alla Nya under natten"}),))]


def test_a_table_that_is_left_waits_as_a_half_typed_text():
    _, saves, drafts = talk(paste("Nya\t25"), Leave())
    assert saves == []
    assert drafts[f"{NAMES}/1/namn"] == "Nya 25"
    again, _, _ = talk(True, Leave(), drafts=drafts)
    assert again.asked[1].draft == "Nya 25"


def test_a_column_can_get_another_field_before_the_yes():
    table = "Nya\t25\tnatt\nGamla\t30\tdag"
    face, saves, _ = talk(paste(table), COLUMNS, 2, "Namn", ADD, "Klart")
    assert saves == [Given((Row("1", {"namn": "natt", "antal": 25}), Row("2", {"namn": "dag", "antal": 30})))]
    assert "Kolumn 1 hör inte till något fält och tas inte med." in face.said


def test_the_first_line_can_be_made_a_row():
    _, saves, _ = talk(paste("Namn\tAntal\nNya\t25"), "Läs första raden som en rad", ADD, "Klart")
    assert saves == [
        Given((Row("1", {"namn": "Namn"}, {"antal": "Antal"}), Row("2", {"namn": "Nya", "antal": 25})))
    ]


@pytest.mark.parametrize(("reply", "count"), [("spara", 1), ("andra", 0)])
def test_a_personal_number_in_a_table_waits_for_a_yes_of_its_own(reply, count):
    face, saves, _ = talk(paste("Namn\n19121212-1212"), "Lägg till 1 rad", reply, Leave())
    assert len(saves) == count
    assert any("ser ut att innehålla personnummer: 19121212-1212" in said for said in face.said)


def test_a_table_fills_in_rows_that_were_there_from_the_start():
    goals = {"koncept.larandemal": Given((Row("L1", {"kunna": "Ta emot"}), Row("L2", {"kunna": "Larma"})))}
    table = paste("Mål\tUtfall\nLarma\t70 %")
    face, saves, _ = talk(table, "Lägg till 1 rad", "Klart", qid="koncept.status", answers=goals)
    rows = Given((Row("1", {"mal": "L2", "utfall": "70 %"}),))
    assert (saves, "2: L1 Ta emot" in face.said) == ([rows], False)
    again, _, _ = talk(Leave(), qid="koncept.status", answers={**goals, "koncept.status": rows})
    assert [said for said in again.said if "L1" in said or "L2" in said] == ["Rad 2: L1 Ta emot"]


def test_a_table_is_taken_back_as_one_change():
    undo = "Ångra den senaste ändringen"
    _, saves, _ = talk("Först", KEEP, paste(), ADD, undo, "Klart")
    before = Given((Row("1", {"namn": "Först"}),))
    assert (saves[0], saves[-1]) == (before, before)


def test_a_table_can_be_pasted_or_written_from_the_menu_of_the_rows():
    there = {NAMES: Given((Row("1", {"namn": "Först"}),))}
    for typed in ([paste("Namn\tAntal\nNya\t5")], ["Klistra in en tabell", "Namn;Antal\nNya;5"]):
        _, saves, drafts = talk(*typed, "Lägg till 1 rad", "Klart", answers=there)
        assert saves == [Given((Row("1", {"namn": "Först"}), Row("2", {"namn": "Nya", "antal": 5})))]
        assert drafts == {}
    face, saves, _ = talk("Klistra in en tabell", "Bara ord", "Klart", answers=there)
    assert any(said.startswith("Det är ingen tabell") for said in face.said)
    assert saves == []
