"""The append-only face: plain lines in, plain lines out."""

from __future__ import annotations

from dataclasses import replace
from io import StringIO

import pytest

from utbildningsprocess.conversation.face import (
    Ask,
    Back,
    Choice,
    DontKnow,
    Leave,
    Pass,
    PastedTable,
    SaveAndLeave,
)
from utbildningsprocess.errors import Broken
from utbildningsprocess.faces.drawing import in_columns, wrap_words
from utbildningsprocess.faces.line import LineFace

KRAV = [Choice("nej", "Nej"), Choice("lag", "Lag eller föreskrift"), Choice("planerat", "Nej, men planerat")]


def face(*lines: str) -> tuple[LineFace, StringIO]:
    screen = StringIO()
    return LineFace(StringIO("".join(f"{line}\n" for line in lines)), screen), screen


def question(**more) -> Ask:
    return Ask("Varför?", can_go_back=True, can_skip=True, **more)


def test_a_line_is_read_and_cleaned():
    asked, screen = face("  hej  a\u0308r \x1b[31mdet\u202e  ")
    assert asked.ask_text(question(heading="Fråga 1 av 2, Behov")) == "hej är [31mdet"
    assert screen.getvalue() == "\nFråga 1 av 2, Behov\nVarför?\n"


def test_an_error_is_told_in_words_and_the_question_waits():
    asked, screen = face("", "hej")
    assert asked.ask_text(question(check=lambda text: None if text else "Skriv något.")) == "hej"
    assert screen.getvalue() == "Varför?\nFel: Skriv något.\n"


def test_an_empty_line_keeps_the_earlier_answer():
    asked, screen = face("")
    assert asked.ask_text(question(draft="förut")) == "förut"
    assert screen.getvalue() == (
        "Varför?\nDet här står nu:\n  förut\nTom rad behåller. Skriv annars ett nytt svar.\n"
    )


def test_a_long_text_ends_with_a_full_stop_of_its_own():
    drafts: list[str] = []
    asked, _ = face("rad ett", "", "..", ".")
    assert asked.ask_long(question(on_draft=drafts.append)) == "rad ett\n\n."
    assert drafts == ["rad ett", "rad ett\n", "rad ett\n\n."]


def test_a_long_text_is_kept_with_an_empty_line():
    asked, _ = face("")
    assert asked.ask_long(question(draft="två\nrader")) == "två\nrader"


@pytest.mark.parametrize(
    ("typed", "text"),
    [
        (["utan ändring", "."], "Natten provade\nutan ändring"),
        ([""], "Natten provade"),
        (["."], "Natten provade"),
    ],
)
def test_a_long_text_that_is_begun_goes_on(typed, text):
    asked, screen = face(*typed)
    assert asked.ask_long(question(draft="Natten provade", is_begun=True)) == text
    assert screen.getvalue() == (
        "Varför?\nDet här är påbörjat:\n  Natten provade\nTom rad behåller. Det du skriver läggs till efter det.\n"
        "Avsluta med en rad som bara har en punkt.\n"
    )


def test_a_kept_text_is_checked_like_any_other():
    asked, screen = face("", "hej", ".")
    check = {"förut": "Inte längre."}.get
    assert asked.ask_long(question(draft="förut", check=check)) == "hej"
    assert screen.getvalue().endswith("Fel: Inte längre.\n")


def test_an_option_may_stand_for_anything():
    options = [Choice(True, "Ja"), Choice(("nej", 1), "Nej")]
    assert [face(typed)[0].ask_choice(question(), options) for typed in ("j", "2")] == [True, ("nej", 1)]


@pytest.mark.parametrize(
    "typed", ["2", "2.", "lag", "LAG ELLER FORESKRIFT", "Lag eller fo\u0308reskrift", "la"]
)
def test_a_choice_is_told_by_number_id_or_label(typed):
    asked, screen = face(typed)
    assert asked.ask_choice(question(), KRAV) == "lag"
    assert screen.getvalue().endswith("3. Nej, men planerat\nValt: Lag eller föreskrift\n")


LEVELS = [Choice("7", "7 Tillämpning"), *(Choice(str(n), f"{n} Nivå") for n in (8, 6, 5, 4, 3, 2, 1))]


@pytest.mark.parametrize("typed", ["7", "7 tillämpning"])
def test_a_label_with_a_number_of_its_own_is_chosen_by_that_number(typed):
    asked, screen = face(typed)
    assert asked.ask_choice(question(), LEVELS) == "7"
    assert "7. Tillämpning\n8. Nivå\n6. Nivå\n" in screen.getvalue()
    assert screen.getvalue().endswith("Valt: 7 Tillämpning\n")


def test_labels_of_which_some_say_a_number_are_counted():
    asked, screen = face("1")
    assert asked.ask_choice(question(), [Choice("b", "2 dagar"), Choice("a", "En dag")]) == "b"
    assert "1. 2 dagar\n2. En dag\n" in screen.getvalue()


def test_a_label_that_begins_another_is_meant_itself():
    asked, _ = face("nej", "Nej, men")
    assert [asked.ask_choice(question(), KRAV) for _ in range(2)] == ["nej", "planerat"]


def test_what_is_not_among_the_choices_is_said_with_the_numbers_there_are():
    asked, screen = face("4", "", "1")
    assert asked.ask_choice(replace(question(), can_skip=False), KRAV) == "nej"
    assert "Fel: ”4” finns inte bland alternativen. Skriv ett nummer mellan 1 och 3.\n" in screen.getvalue()
    assert "Fel: Inget är valt än. Skriv ett nummer mellan 1 och 3.\n" in screen.getvalue()


def test_an_empty_line_at_a_choice_that_may_be_skipped_tells_how():
    asked, screen = face("", "1")
    assert asked.ask_choice(question(), KRAV) == "nej"
    assert (
        "Fel: Inget är valt än. Skriv ett nummer mellan 1 och 3, eller :o för att hoppa över."
        in screen.getvalue()
    )


def test_an_option_that_goes_with_no_other_is_told_and_asked_again():
    options = [Choice("lag", "Lag"), Choice("nej", "Nej", is_alone=True)]
    asked, screen = face("1, 2", "2, 2")
    assert asked.ask_several(question(), options) == ["nej"]
    assert "Fel: ”Nej” går inte ihop med andra val. Skriv antingen det eller de andra.\n" in screen.getvalue()
    assert screen.getvalue().endswith("Valt: Nej\n")


def test_an_empty_line_ticks_nothing_and_goes_on():
    asked, screen = face("")
    assert asked.ask_several(question(), KRAV) == []
    assert screen.getvalue().endswith("Valt: inget\n")


def test_a_draft_is_told_with_its_origin_and_an_empty_line_accepts_it():
    asked, screen = face("", "")
    drafted = replace(question(), draft_name="Utkast ur ”Förra”.")
    assert asked.ask_choice(drafted, KRAV, "lag") == "lag"
    assert asked.ask_several(drafted, KRAV, ["lag"]) == ["lag"]
    told = "Utkast: Lag eller föreskrift. Tom rad godtar."
    assert screen.getvalue().count("Utkast ur ”Förra”.\n") == 2
    assert f"{told}\n" in screen.getvalue()
    assert f"{told} Skriv 0 för inget av dem.\n" in screen.getvalue()


def test_the_earlier_choice_is_told_and_kept():
    asked, screen = face("")
    assert asked.ask_choice(question(), KRAV, "lag") == "lag"
    assert "Nu valt: Lag eller föreskrift. Tom rad behåller.\n" in screen.getvalue()


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        ("3, 1", ["nej", "planerat"]),
        ("1 2", ["nej", "lag"]),
        ("lag; 1", ["nej", "lag"]),
        ("Nej, men planerat", ["planerat"]),
        ("", ["lag"]),
        ("0", []),
    ],
)
def test_several_are_told_with_commas_between(typed, chosen):
    asked, _ = face(typed)
    assert asked.ask_several(question(), KRAV, ["lag"]) == chosen


def test_one_wrong_among_several_is_named():
    asked, screen = face("1, blå", "1")
    assert asked.ask_several(question(), KRAV) == ["nej"]
    assert "Fel: ”blå” finns inte bland alternativen." in screen.getvalue()


@pytest.mark.parametrize(
    ("typed", "answer"), [("j", True), ("Ja", True), ("1", True), ("N", False), ("nej", False)]
)
def test_yes_and_no(typed, answer):
    asked, screen = face(typed)
    assert asked.ask_yes_no(question()) is answer
    assert screen.getvalue().endswith(f"Valt: {'Ja' if answer else 'Nej'}\n")


@pytest.mark.parametrize(
    ("typed", "signal"), [(":b", Back), (":O", Pass), (":v", DontKnow), (":s", SaveAndLeave)]
)
def test_commands_leave_the_question_with_what_was_written(typed, signal):
    asked, _ = face("halv", typed)
    with pytest.raises(signal) as left:
        asked.ask_long(question())
    assert left.value.text == "halv"


def test_commands_that_do_not_apply_are_refused():
    asked, screen = face(":b", ":o", ":x", "hej")
    assert asked.ask_text(Ask("Titel?")) == "hej"
    assert screen.getvalue() == (
        "Titel?\n"
        "Fel: Det här är den första frågan. Det finns ingen att gå tillbaka till.\n"
        "Fel: Den här frågan går inte att hoppa över.\n"
        "Fel: Kommandot :x finns inte. Skriv :? för att se vilka som finns.\n"
    )


def test_help_and_hints_come_when_asked_for():
    asked, screen = face(":h", ":?", "hej")
    asked.ask_text(question(help="Beskriv problemet."))
    assert "Beskriv problemet.\n" in screen.getvalue()
    assert ":s sparar och avslutar.\n" in screen.getvalue()


def test_a_text_that_begins_with_a_colon_is_a_text():
    asked, _ = face(":-) glad", ":budget")
    assert [asked.ask_text(question()) for _ in range(2)] == [":-) glad", ":budget"]


def pasted(*bursts: str) -> tuple[LineFace, StringIO]:
    """A face whose lines come in bursts, as when they are pasted."""
    screen, lines = StringIO(), [line for burst in bursts for line in burst.split("\n")]
    last = {sum(burst.count("\n") + 1 for burst in bursts[: number + 1]) for number in range(len(bursts))}
    answers = StringIO("".join(f"{line}\n" for line in lines))
    read = iter(range(1, len(lines) + 1))
    return LineFace(answers, screen, lambda _lines: next(read) not in last), screen


def test_pasted_lines_are_text_and_end_nothing():
    asked, screen = pasted("Ring.\n.\n:s\n:b", "Klart", ".")
    drafts: list[str] = []
    assert asked.ask_long(question(on_draft=drafts.append)) == "Ring.\n.\n:s\n:b\nKlart"
    assert drafts[0] == "Ring.\n.\n:s\n:b"
    assert (
        "\n4 rader klistrades in. Tryck Enter, och avsluta sedan med en rad som bara har en punkt.\n"
        in screen.getvalue()
    )


def test_pasted_lines_become_one_in_a_short_text_and_nothing_in_a_choice():
    asked, screen = pasted("Trygg\n:s\n.", "start", "", "1\n2", "2")
    assert asked.ask_text(question()) == "Trygg :s . start"
    assert (
        "\nRaderna blir en: Trygg :s .\nTryck Enter tills nästa fråga kommer. Det du skriver nu läggs till.\n"
        in screen.getvalue()
    )
    assert asked.ask_choice(question(), KRAV) == "lag"
    assert "Fel: Flera rader kom på en gång. Skriv ett svar i taget.\n" in screen.getvalue()


@pytest.mark.parametrize("ask_it", ["ask_text", "ask_long", "ask_choice"])
def test_a_table_leaves_the_question_once_an_empty_line_says_that_it_is_all(ask_it):
    asked, screen = pasted("Nya\t25\nGamla\t30", "Sista\t5", "")
    given = [question(is_table=lambda text: "\t" in text), *([KRAV] if ask_it == "ask_choice" else [])]
    with pytest.raises(PastedTable) as left:
        getattr(asked, ask_it)(*given)
    assert (left.value.text, left.value.table) == ("", "Nya\t25\nGamla\t30\nSista\t5")
    table = "\nDet ser ut som en tabell med {} rader."
    how = f"{table} Tryck Enter tills den visas. Det du skriver nu läggs till.\n"
    assert screen.getvalue().endswith(how.format(2) + how.format(3))


def test_what_was_typed_before_a_table_goes_along():
    asked, _ = pasted("Först", "Nya\t25", "")
    with pytest.raises(PastedTable) as left:
        asked.ask_long(question(is_table=lambda text: "\t" in text))
    assert (left.value.text, left.value.table) == ("Först", "Nya\t25")


@pytest.mark.parametrize("lines", [("Först", "Nya\t25"), ("Först", "Nya\t25", ":s")])
def test_what_was_typed_before_a_table_goes_along_when_they_leave_instead(lines):
    asked, _ = pasted(*lines)
    with pytest.raises(Leave) as left:
        asked.ask_long(question(is_table=lambda text: "\t" in text))
    assert left.value.text == "Först\nNya\t25"


def test_a_pasted_text_is_kept_when_the_input_ends():
    asked, _ = pasted("ett\ntvå", "tre")
    with pytest.raises(Leave) as left:
        asked.ask_long(question())
    assert left.value.text == "ett\ntvå\ntre"


def test_a_pipe_is_read_line_by_line_and_refused_when_it_is_not_utf_8():
    asked, _ = face("ett", ".", "R\udce4ksm\udcf6rg\udce5s")
    assert asked.ask_long(question()) == "ett"
    with pytest.raises(Broken, match="UTF-8"):
        asked.ask_text(question())


def test_the_end_of_the_input_leaves_with_what_was_written():
    asked, _ = face("rad ett")
    with pytest.raises(Leave) as left:
        asked.ask_long(question())
    assert left.value.text == "rad ett"


def test_what_is_said_holds_no_escape_codes():
    asked, screen = face()
    asked.say("Namn \x1b[31mrött\x07\nnästa")
    asked.saved()
    assert screen.getvalue() == "Namn [31mrött\nnästa\nSparat.\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("  1. Ett råd som är långt", "  1. Ett råd som är\n     långt"),
        ("- En punkt som är lång", "- En punkt som är\n  lång"),
        ("  Så här skrev ni i Behov", "  Så här skrev ni i\n  Behov"),
    ],
)
def test_further_lines_of_a_point_begin_under_its_words(text, said):
    assert wrap_words(text, 20) == said


def test_rows_are_lines_with_the_head_before_each_answer():
    asked, screen = face()
    asked.show_rows(["Aktivitet", "Form", "Minuter"], [["A1 Webb", "E-lärande", "20"], ["A2 Öva", "", "30"]])
    assert screen.getvalue() == "  A1 Webb; Form: E-lärande; Minuter: 20\n  A2 Öva; Minuter: 30\n"


def test_further_fields_of_a_row_are_told_once_and_opened_with_a_command():
    unfolded: list[bool] = []
    asked, screen = face("20", ":f", "30")
    row = question(row=([], []), folded=["Restid", "Format"], unfold=lambda: unfolded.append(True))
    assert (asked.ask_text(row), asked.ask_text(row)) == ("20", "30")
    assert unfolded == [True]
    assert screen.getvalue() == (
        "Varför?\nFler uppgifter finns, med :f innan du svarar: Restid, Format.\n"
        "Varför?\nSedan frågas: Restid, Format.\n"
    )


@pytest.mark.parametrize(("width", "columns"), [(60, 3), (40, 3), (24, 2), (12, 1)])
def test_rows_stand_in_columns_for_which_there_is_room(width, columns):
    rows = [["Aktivitet", "Form", "Minuter"], ["A1 En webbkurs i två delar", "E-lärande", "20"]]
    heads, row = in_columns(rows, width)
    assert heads.split() == ["Aktivitet", "Form", "Minuter"][:columns]
    assert max(len(heads), len(row)) <= width
    assert columns == 1 or row.index("E-lär") == heads.index("Form")
