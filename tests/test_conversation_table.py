"""A table pasted in a field of a row: shown, and its rows saved only after a yes."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import KEEP, Scripted
from small import SMALL
from utbildningsprocess.conversation.face import Back, Leave, Onward, PastedTable
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
GOALS = "koncept.larandemal"


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


def test_what_is_half_typed_in_a_new_row_stays_there_when_a_table_is_pasted_beside_it():
    face, saves, drafts = talk(paste(text="Chefer"), ADD, KEEP, "4", Leave())
    assert face.asked[2].draft == "Chefer"
    assert face.asked[2].heading.startswith("Rad 3")
    assert saves[0] == Given(ROWS)
    assert saves[-1] == Given((*ROWS, Row("3", {"namn": "Chefer", "antal": 4})))
    assert set(drafts) == {f"{NAMES}/pagar"}


def test_what_is_half_typed_waits_in_its_row_when_they_leave_after_the_table():
    face, _, drafts = talk(paste(text="Chefer"), ADD, Leave("Chefer"))
    assert "Raderna är tillagda. Ni fortsätter i Rad 3." in face.said
    assert drafts == {f"{NAMES}/3/namn": "Chefer", f"{NAMES}/pagar": "3/namn"}


def test_what_is_half_typed_in_a_row_that_was_there_stays_in_it():
    face, saves, _ = talk("Först", paste(text="7"), ADD, KEEP, Leave())
    assert face.asked[3].draft == "7"
    assert [row.values for row in saves[-1].value] == [
        {"namn": "Först", "antal": 7},
        {"namn": "Nya", "antal": 25},
        {"namn": "Gamla"},
    ]


def test_a_table_is_taken_back_without_the_row_that_was_being_filled_in():
    undo = "Ångra den senaste ändringen"
    _, saves, _ = talk("Först", paste(), ADD, undo, "Klart")
    assert saves[-1] == Given((Row("1", {"namn": "Först"}),))
    _, saves, _ = talk("Först", paste(text="7"), ADD, KEEP, Back(), undo, undo, "Klart")
    assert saves[-1] == Given((Row("1", {"namn": "Först"}),))


def test_lines_of_a_table_stay_lines_where_it_is_the_text_of_a_long_field():
    face, _, _ = talk(paste("Larma\tsnabbt\nLugna\tsedan", text="Ni ska"), TEXT, Leave(), qid=GOALS)
    assert face.asked[2].draft == "Ni ska\nLarma   snabbt\nLugna   sedan"


def test_a_table_left_where_nothing_is_typed_is_shown_again_the_next_time():
    there = {GOALS: Given((Row("L1", {"kunna": "Först"}),))}
    table = paste("Ska kunna\tNivå\nLarma\tlag\nLugna\tlag")
    for typed in ([table], ["Lägg till (rad)", "Sist", table]):
        _, saves, drafts = talk(*typed, Leave(), qid=GOALS, answers=there)
        assert drafts[f"{GOALS}/tabell"] == table.table
        before = saves[-1] if saves else there[GOALS]
        on = [Onward(), Onward()] if saves else []
        face, saves, drafts = talk(*on, ADD, qid=GOALS, answers={GOALS: before}, drafts=drafts)
        assert "Den här tabellen klistrade ni in förra gången. Den är inte sparad än." in face.said
        assert [row.values for row in saves[-1].value][-2:] == [
            {"kunna": "Larma", "niva": "lag"},
            {"kunna": "Lugna", "niva": "lag"},
        ]
        assert f"{GOALS}/tabell" not in drafts
