"""A table that is pasted or saved: bytes -> cells -> rows of a group, with all that does not fit said."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from making import BATTERY
from small import SMALL
from utbildningsprocess.answers.table_rows import is_pasted_table, rows_from_file, rows_from_paste
from utbildningsprocess.answers.tables import pasted_table, table_in, table_text
from utbildningsprocess.dossier import document
from utbildningsprocess.errors import Broken
from utbildningsprocess.model import AnswerSheet, Given, Row, TimeSpan

EMPTY = "<!-- utb:dossier 1 -->\n\n# Ny\n\n## Behov\n\n## Koncept\n"
TODAY = date(2026, 3, 1)
GROUPS, GOALS, ACTIVITIES, STATUS = (
    SMALL.question(qid)
    for qid in ("behov.malgrupper", "koncept.larandemal", "koncept.aktiviteter", "koncept.status")
)
NURSES = {
    "behov.malgrupper": Given((Row("1", {"namn": "Nya undersköterskor"}), Row("2", {"namn": "Chefer"}))),
    "koncept.larandemal": Given((Row("L1", {"kunna": "Ta emot larm"}), Row("L2", {"kunna": "Ta emot larm"}))),
}


def sheet(**answers) -> AnswerSheet:
    return AnswerSheet(SMALL, answers)


def pasted(question, text, answers=None, begin=""):
    preview = rows_from_paste(question, text, AnswerSheet(SMALL, answers or {}), TODAY, begin)
    assert preview is not None
    return preview


def values(preview) -> list[dict]:
    return [dict(row.values) for row in preview.rows]


# ------------------------------------------------------------------- bytes


@pytest.mark.parametrize(
    ("encoding", "told"),
    [("utf-8", "UTF-8"), ("utf-8-sig", "UTF-8"), ("utf-16", "UTF-16"), ("cp1252", "Windows-1252")],
)
def test_swedish_letters_are_right_in_each_encoding_that_is_known(encoding, told):
    assert table_text("Räksmörgås – åäö".encode(encoding), "t.csv") == ("Räksmörgås – åäö", told)


def test_utf_16_is_read_from_either_end():
    assert table_text(b"\xfe\xff" + "å".encode("utf-16-be"), "t.csv").text == "å"


@pytest.mark.parametrize("data", [b"a\x81b", "åäö".encode("utf-16-le"), b"a\0b", b"\xff\xfea"])
def test_what_is_no_text_is_refused_in_one_sentence(data):
    with pytest.raises(
        Broken, match=r"^t\.csv går inte att läsa som text\. Spara tabellen som CSV \(UTF-8\)"
    ):
        table_text(data, "t.csv")


@pytest.mark.parametrize("data", [b"PK\x03\x04rest", b"\xd0\xcf\x11\xe0rest"])
def test_a_workbook_is_told_how_to_come_in(data):
    with pytest.raises(Broken, match="är ett kalkylblad"):
        table_text(data, "t.xlsx")


# ------------------------------------------------------------------- cells


@pytest.mark.parametrize(
    ("text", "divider", "cells"),
    [
        ("Namn\tAntal\rNya\t25\r", "\t", (("Namn", "Antal"), ("Nya", "25"))),
        ("Nya\t25", "\t", (("Nya", "25"),)),
        ('"Nya, dag\ronatt"\t25\r\t\r', "\t", (("Nya, dag\nonatt", "25"),)),
        ('"Säg ""hej"""\t1\n', "\t", (('Säg "hej"', "1"),)),
        ('"Trygg" start\t5\nNästa\t6', "\t", (('"Trygg" start', "5"), ("Nästa", "6"))),
        ("Nya\t25\t\t\n\t\t\t\nGamla\t\t\t", "\t", (("Nya", "25"), ("Gamla", ""))),
        ("Nya;25\r\nGamla;30", ";", (("Nya", "25"), ("Gamla", "30"))),
        ("Nya\nGamla\n", "", (("Nya",), ("Gamla",))),
        ("- Nya\n- Gamla", "", (("Nya",), ("Gamla",))),
        ("1.\tNya\n2.\tGamla", "", (("Nya",), ("Gamla",))),
        ("•\tNya\t25\n•\tGamla\t30", "\t", (("Nya", "25"), ("Gamla", "30"))),
    ],
)
def test_what_is_pasted_is_a_table(text, divider, cells):
    assert pasted_table(text, lines_too=True) == (cells, divider)


@pytest.mark.parametrize("text", ["Nya", "Nya; gamla", "Nya\n", "\tNya", '"Nya\nrad"', "- Nya"])
def test_what_is_pasted_is_one_value(text):
    assert pasted_table(text, lines_too=True) is None


def test_lines_are_no_table_where_a_text_may_have_lines():
    fields = {field.id: field for field in GOALS.fields}
    lines = "\n".join(f"Rad {number}; och mer" if number % 2 else f"Rad {number}" for number in range(40))
    assert not is_pasted_table(GOALS, fields["kunna"], lines)
    assert is_pasted_table(GOALS, fields["kunna"], "Ta emot\tNya")
    assert is_pasted_table(GOALS, fields["niva"], lines)


@pytest.mark.parametrize(
    ("text", "divider", "width"),
    [
        ("Namn;Antal\nNya, på natten;25\nGamla, på dagen;30", ";", 2),
        ("Namn,Antal\nNya; natt,25\nGamla; dag,30", ",", 2),
        ("Namn\tAntal\nNya, a;b\t25", "\t", 2),
        ("Namn\nNya, på natten\nGamla, på dagen", "", 1),
        ("a,b;c;d\ne,f;g;h", ";", 3),
        ("sep=,\nNamn,Antal\nNya,25", ",", 2),
        ("\ufeffNamn;Antal\r\nNya;25", ";", 2),
        ("", "", 0),
    ],
)
def test_the_mark_of_a_file_is_the_one_that_gives_names_or_most_equal_columns(text, divider, width):
    table = table_in(text, lambda name: name in ("Namn", "Antal"))
    assert (table.divider, table.width) == (divider, width)


# -------------------------------------------------------------------- rows


@pytest.mark.parametrize("heading", ["Antal\tNamn", "ANTAL:\tnamn", "antal\tNAMN?"])
def test_a_heading_names_the_fields_in_any_order_and_spelling(heading):
    preview = pasted(GROUPS, f"{heading}\n25\tNya")
    assert (preview.has_heading, values(preview)) == (True, [{"namn": "Nya", "antal": 25}])


def test_without_a_heading_the_columns_are_the_fields_from_where_they_are_pasted():
    assert values(pasted(GROUPS, "Nya\t25")) == [{"namn": "Nya", "antal": 25}]
    assert pasted(GOALS, "Ta emot\tChefer", NURSES, "malgrupp").columns == ("malgrupp", "niva")
    assert pasted(GOALS, "a\tb\tc\td", NURSES, "klart").columns == ("kunna", "malgrupp", "niva", "klart")
    assert values(pasted(ACTIVITIES, "Kaffe\nTe", begin="titel")) == [{"titel": "Kaffe"}, {"titel": "Te"}]


def test_a_column_too_many_is_told_and_can_get_another_field():
    preview = pasted(GROUPS, "Namn\tSkift\tAntal\nNya\tnatt\t25")
    assert (preview.left_out, values(preview)) == ((1,), [{"namn": "Nya", "antal": 25}])
    moved = preview.with_column(1, "namn")
    assert (moved.left_out, values(moved)) == ((0,), [{"namn": "natt", "antal": 25}])
    assert pasted(GROUPS, "Nya\t25\tnatt").left_out == (2,)


def test_the_first_line_can_be_read_as_a_row_after_all():
    preview = pasted(GROUPS, "Namn\t7\nNya\t25")
    assert values(preview) == [{"namn": "Nya"}]
    assert preview.left_out == (1,)
    again = preview.with_heading(has_heading=False).with_column(1, "antal")
    assert values(again) == [{"namn": "Namn", "antal": 7}, {"namn": "Nya", "antal": 25}]


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("Aktivitet", "titel"),
        ("Tid (min)", "minuter"),
        ("Tid per deltagare (minuter)", "minuter"),
        ("Tid (tim)", ""),
        ("Veckor från", "vecka"),
        ("Vec", ""),
    ],
)
def test_a_heading_may_be_what_the_row_is_called_the_beginning_of_a_label_or_name_a_unit(heading, field):
    activities = BATTERY.question("koncept.aktiviteter")
    cells = f"Målgrupper\t{heading}\nNya\t5"
    assert pasted(activities, cells).columns[1] == field


def test_what_does_not_fit_stays_as_it_is_written_and_is_told():
    preview = pasted(GROUPS, "Namn\tAntal\nNya\tmånga\nGamla\tVet inte än: chefen")
    assert preview.rows == (
        Row("1", {"namn": "Nya"}, {"antal": "många"}),
        Row("2", {"namn": "Gamla"}, {}, {"antal": "chefen"}),
    )
    assert preview.misfits == (
        "Rad 1, Antal: ”många” är inte ett tal. Skriv med siffror, till exempel 12 eller 12,5.",
    )


@pytest.mark.parametrize("cell", ["vet ej", "Vet inte.", "vet inte än"])
def test_a_cell_that_says_that_nobody_knows_is_not_yet_known(cell):
    preview = pasted(GROUPS, f"Namn\tAntal\nNya\t{cell}")
    assert (preview.rows, preview.misfits) == ((Row("1", {"namn": "Nya"}, {}, {"antal": ""}),), ())


def test_what_a_file_would_read_as_something_else_is_left_empty_and_told():
    name, count = GROUPS.fields
    people = GROUPS.model_copy(update={"fields": (name, count.model_copy(update={"unit": "personer"}))})
    preview = pasted(people, "Namn\tAntal\nNya\t12,5\n\t12,5")
    assert preview.rows == (Row("1", {"namn": "Nya"}),)
    first, second = sorted(preview.misfits)
    assert first.startswith("En rad som inte blir någon rad, Antal: ")
    assert second.startswith("Rad 1, Antal: ")
    assert second.endswith("Fältet lämnas tomt.")


def test_rows_of_other_groups_are_known_by_name_and_become_their_id():
    text = "Titel\tMål\tMålgrupper\nKaffe\tl1\tCHEFER, nya underskoterskor\nTe\tTa emot larm\tBarn"
    preview = pasted(ACTIVITIES, text, NURSES)
    assert values(preview) == [
        {"titel": "Kaffe", "mal": ("L1",), "grupper": ("Chefer", "Nya undersköterskor")},
        {"titel": "Te", "mal": ("Ta emot larm",), "grupper": ("Barn",)},
    ]
    assert preview.misfits == (
        "Rad 2: ”Mål”: ”Ta emot larm” kan vara L1 eller L2.",
        "Rad 2: ”Målgrupper” pekar på ”Barn”, som inte finns.",
    )
    only = {**NURSES, "koncept.larandemal": Given((Row("L1", {"kunna": "Ta emot larm"}),))}
    assert values(pasted(STATUS, "Mål\tUtfall\nta emot larm\t70 %", only)) == [
        {"mal": "L1", "utfall": "70 %"}
    ]


def test_numbers_times_and_dates_are_read_as_when_they_are_typed():
    preview = pasted(ACTIVITIES, "Titel\tMinuter\tAktiv\tTid\nKaffe\tca 45\tSANT\t8.30-16")
    assert values(preview) == [{"titel": "Kaffe", "minuter": 45, "aktiv": True, "tid": TimeSpan(510, 960)}]
    assert preview.understood == (
        "Rad 1, Minuter: Talet är 45. ”ca” sparas inte.",
        "Rad 1, Tid: Tiden är 08.30–16.00.",
    )


def test_the_rows_that_are_there_stand_and_new_ones_never_get_a_spent_id():
    before = Given((Row("L4", {"kunna": "Stå kvar"}, {"egen": "text"}),))
    spent = AnswerSheet(SMALL, {"koncept.larandemal": before}, {"koncept.larandemal": 6})
    preview = rows_from_file(GOALS, "Ska kunna\nEtt\nTvå", spent, TODAY)
    assert [row.id for row in preview.rows] == ["L7", "L8"]
    assert preview.answer == Given((*before.value, *preview.rows))


def test_a_group_of_one_row_takes_no_table():
    single = GROUPS.model_copy(update={"most_rows": 1})
    assert not is_pasted_table(single, single.fields[0], "Nya\t25")
    both = rows_from_file(single, "Namn;Antal\nNya;25\nGamla;30", sheet(), TODAY)
    assert both.too_many == 1


# -------------------------------------------------------------- properties

WORDS = st.text(st.sampled_from("aåÖ b;,\t\"'\n-•–5."), min_size=1, max_size=12)
NAMES = WORDS.map(lambda text: " ".join(text.split())).filter(lambda text: any(map(str.isalpha, text)))
MANY = st.lists(st.fixed_dictionaries({"namn": NAMES}, optional={"antal": st.integers(0, 10**6)}), min_size=1)


def written(rows: list[dict], divider: str) -> str:
    file = io.StringIO()
    lines = csv.writer(file, delimiter=divider)
    lines.writerow(["Namn", "Antal"])
    lines.writerows([row["namn"], row.get("antal", "")] for row in rows)
    return file.getvalue()


@given(MANY, st.sampled_from("\t;,"))
def test_rows_that_are_written_as_a_table_come_back(rows, divider):
    text = written(rows, divider)
    assert values(rows_from_file(GROUPS, text, sheet(), TODAY)) == rows
    if divider == "\t":
        assert values(pasted(GROUPS, text.replace("\r\n", "\r"))) == rows


WRITTEN = document.open_stage(EMPTY, sheet(), "behov")


@given(st.text(st.sampled_from('aå\t;,"\n\r-1. \0'), max_size=40))
def test_any_text_becomes_rows_that_a_dossier_holds(text):
    preview = rows_from_file(GROUPS, text, sheet(), TODAY)
    if preview.rows:
        new = document.with_answer(WRITTEN, SMALL, GROUPS.qid, preview.answer)
        assert document.read(new, SMALL).answers[GROUPS.qid] == preview.answer


class Tables(RuleBasedStateMachine):
    """A dossier whose goals grow by tables, change and go: all other rows keep their id and every letter."""

    def __init__(self) -> None:
        super().__init__()
        text = document.open_stage(EMPTY, sheet(), "koncept")
        self.text = document.with_answer(text, SMALL, GOALS.qid, Given((Row("L1", {"kunna": "Först"}),)))
        self.text = self.text.replace("Först", "Först  \n  med  _egna_ tecken")
        self.ever: set[str] = {"L1"}

    @property
    def seen(self):
        return document.read(self.text, SMALL)

    @property
    def rows(self) -> tuple[Row, ...]:
        answer = self.seen.answers.get(GOALS.qid)
        return answer.value if isinstance(answer, Given) else ()

    def save(self, rows, touched: set[str]) -> None:
        before = blocks(self.text)
        self.text = document.with_answer(self.text, SMALL, GOALS.qid, Given(tuple(rows)) if rows else None)
        after = blocks(self.text)
        kept = {row.id for row in rows} - touched
        assert {key: after[key] for key in kept} == {key: before[key] for key in kept}

    @rule(names=st.lists(NAMES, min_size=1, max_size=3), level=st.sampled_from(["Annat", "okänd nivå", ""]))
    def add(self, names, level):
        text = "Ska kunna\tNivå\n" + "".join(f"{name}\t{level}\n" for name in names)
        preview = rows_from_paste(GOALS, text, self.seen.sheet, TODAY)
        new = {row.id for row in preview.rows}
        assert not new & self.ever
        self.ever |= new
        self.save(preview.answer.value, new)

    @precondition(lambda self: self.rows)
    @rule(data=st.data(), name=NAMES)
    def change(self, data, name):
        changed = data.draw(st.sampled_from(self.rows))
        rows = [
            Row(row.id, {**row.values, "kunna": name}, row.unfit) if row is changed else row
            for row in self.rows
        ]
        self.save(rows, {changed.id})

    @precondition(lambda self: self.rows)
    @rule(data=st.data())
    def remove(self, data):
        gone = data.draw(st.sampled_from(self.rows))
        self.save([row for row in self.rows if row != gone], {gone.id})

    @invariant()
    def nothing_is_damaged(self):
        assert not self.seen.structural_problems


def blocks(text: str) -> dict[str, str]:
    """The lines of each goal, by its id."""
    body = text.partition(f"<!-- utb:{GOALS.qid} -->")[2].partition(f"<!-- /utb:{GOALS.qid} -->")[0]
    body = re.sub(r"<!-- borttagen.*?-->", "", body)
    return {block.split("\n")[0].strip(): block.strip() for block in body.split("#### ")[1:]}


TestTables = Tables.TestCase
TestTables.settings = settings(max_examples=12, stateful_step_count=8)
