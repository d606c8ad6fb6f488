"""A form out as one file, and the saved file back: `utb samtal --format formular` and `utb steg --fran`."""

from __future__ import annotations

import json
import re
from email.message import EmailMessage

import pytest

from forms import ANSWER_ID, answers_in, with_answers
from utbildningsprocess.exports.form_html import json_in_page


def data(utb, name="trygg-start"):
    return json.loads(utb("visa", name, "--format", "json").out)["svar"]


def made(utb, *more, step="analys", name="formular.html"):
    """A form as a file; gives its bytes."""
    outcome = utb("samtal", step, "--format", "formular", "-o", name, *more)
    assert outcome.code == 0, outcome.err
    return (utb.folder / name).read_bytes()


def fill(utb, page, answers, name="svar.html", **more):
    """The form as somebody saves it, in a file; gives its name."""
    said = {
        **answers_in(page),
        "id": ANSWER_ID,
        "role": "chef",
        "saved": "2026-03-03",
        "answers": answers,
        **more,
    }
    (utb.folder / name).write_bytes(with_answers(page, json_in_page(said)))
    return name


def take(utb, *names, step="analys", more=(), stdin=None):
    given = [word for name in names for word in ("--fran", name)]
    return utb("steg", step, *given, *more, stdin=stdin)


ANSWERS = {
    "analys.nulage_beteende": {"text": "De frågar varandra.\nDet tar tid."},
    "analys.kan_idag": {"chosen": ["nagra"], "own": ""},
    "analys.hinder": {"statements": {"s10": "stammer"}},
}


def test_a_form_is_one_file_and_the_command_says_which_way_to_send_it(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--format", "formular", "--vem", "chef")
    assert (outcome.code, outcome.out) == (0, "formular-analys-trygg-start-chef.html\n")
    assert "iPhone eller iPad" in outcome.err
    assert "utb samtal analys trygg-start --format mejl --vem chef\n" in outcome.err
    assert "utb steg analys trygg-start --fran insatser/inkommet" in outcome.err
    page = (utb.folder / "formular-analys-trygg-start-chef.html").read_bytes()
    assert len(page) < 250_000
    assert b"http://" not in page
    assert b"https://" not in page


def test_forms_for_different_people_do_not_share_a_name(utb):
    utb.dossier("Trygg start")
    chosen = ("--fraga", "hinder.s10", "--var-for-sig")
    names = [
        utb("samtal", "analys", "--format", "formular", *more).out
        for more in ((), ("--vem", "chef"), ("--vem", "chef", *chosen), ("--vem", "medarbetare", *chosen))
    ]
    assert len({*names}) == 4
    outcome = utb("samtal", "analys", "--format", "formular", "--vem", "chef", *chosen)
    assert outcome.out == "formular-analys-trygg-start-chef-for-sig.html\n"
    assert "--format mejl --vem chef --fraga hinder.s10 --var-for-sig\n" in outcome.err


def test_statements_are_counted_apart_from_questions(utb):
    utb.dossier("Trygg start")
    for chosen, told in (
        (
            ("hinder.s10",),
            "Det är ett påstående att ta ställning till, på en sida. Det tar ungefär en minut.",
        ),
        (("hinder.s10", "hinder.s11"), "Det är 2 påståenden att ta ställning till, på en sida."),
        (("kan_idag", "nulage_beteende", "hinder.s10", "hinder.s11"), "Det är 2 frågor och 2 påståenden."),
        (("kan_idag",), "Det är en fråga."),
    ):
        page = made(utb, *(word for address in chosen for word in ("--fraga", address)))
        assert told in page.decode()


def test_words_that_are_no_answer_are_said_once_with_the_reason(utb):
    utb.dossier("Trygg start")
    page = made(utb, "--vem", "chef", step="koncept")
    name = fill(utb, page, {"koncept.forsta_tillfalle": {"text": "när vi hinner"}})
    told = take(utb, name, step="koncept").err
    assert "  Chef, svar.html: ”när vi hinner” " in told
    assert told.count("när vi hinner") == 1


def test_the_answers_in_a_saved_form_stand_in_the_dossier(utb):
    utb.dossier("Trygg start")
    outcome = take(utb, fill(utb, made(utb, "--vem", "chef"), ANSWERS))
    assert outcome.code == 0, outcome.err
    assert "svar.html: svar från chef, skickat 2026-03-03." in outcome.err
    assert data(utb)["analys"] == {
        "nulage_beteende": "De frågar varandra.\\\nDet tar tid.",
        "kan_idag": "nagra",
        "hinder": {"s10": "stammer"},
    }


def test_the_same_file_twice_under_another_name_changes_nothing(utb):
    dossier = utb.dossier("Trygg start")
    page = made(utb)
    take(utb, fill(utb, page, ANSWERS))
    before = dossier.read_bytes()
    outcome = take(utb, fill(utb, page, ANSWERS, name="svar (1).html.txt"))
    assert outcome.code == 0
    assert dossier.read_bytes() == before


def test_two_copies_of_one_answer_that_say_different_things_are_both_shown(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    names = [
        fill(utb, page, {"analys.nulage_beteende": {"text": words}}, name=name)
        for words, name in (("Först så.", "svar.html"), ("Sedan så.", "svar (1).html"))
    ]
    outcome = take(utb, *names)
    assert outcome.code == 0, outcome.err
    assert "Först så." in outcome.err
    assert "Sedan så." in outcome.err
    assert "nulage_beteende" not in data(utb).get("analys", {})


def test_of_an_answer_saved_twice_the_later_counts_whatever_the_files_are_called(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    names = [
        fill(utb, page, {"analys.nulage_beteende": {"text": words}}, name=name, saved=f"2026-03-03T{time}")
        for words, name, time in (("Sedan så.", "a.html", "10:00:01"), ("Först så.", "b.html", "09:59:59"))
    ]
    outcome = take(utb, *names)
    assert outcome.code == 0, outcome.err
    assert "svar från chef, skickat 2026-03-03." in outcome.err
    assert data(utb)["analys"]["nulage_beteende"] == "Sedan så."


def test_an_answer_that_somebody_has_changed_back_counts_whatever_order_its_files_come_in(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    saves = (("Så.", "c.html", "10"), ("Nej, så.", "a.html", "11"), ("Så.", "b.html", "12"))
    for words, name, hour in saves:
        states = {"analys.nulage_beteende": {"text": words}}
        fill(utb, page, states, name=name, saved=f"2026-03-03T{hour}:00:00")
    assert take(utb, "a.html", "b.html", "c.html").code == 0
    assert data(utb)["analys"]["nulage_beteende"] == "Så."


def test_an_answer_with_a_day_alone_is_never_lost_to_one_with_a_time_of_that_day(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    names = [
        fill(utb, page, {"analys.nulage_beteende": {"text": words}}, name=name, saved=saved)
        for words, name, saved in (("En.", "a.html", "2026-03-03"), ("Två.", "b.html", "2026-03-03T08:00:00"))
    ]
    outcome = take(utb, *names)
    assert "En." in outcome.err
    assert "Två." in outcome.err
    assert "nulage_beteende" not in data(utb).get("analys", {})


def test_what_somebody_takes_away_from_an_answer_in_a_form_is_a_change(utb):
    utb.dossier("Trygg start")
    utb("svar", "trygg", "tillfragade", "medarbetare; chef")
    utb("svar", "trygg", "nulage_beteende", "Ett.\n\nTvå.")
    page = made(utb, "--fraga", "tillfragade", "--fraga", "nulage_beteende")
    less = {
        "analys.tillfragade": {"chosen": ["chef"], "own": ""},
        "analys.nulage_beteende": {"text": "Ett."},
    }
    outcome = take(utb, fill(utb, page, less))
    assert outcome.err.count("Att avgöra: ") == 2, outcome.err
    take(utb, "svar.html", more=("--vid-olika", "ersatt"))
    assert data(utb)["analys"] == {"nulage_beteende": "Ett.", "tillfragade": ["chef"]}


def test_a_form_that_somebody_else_goes_on_with_is_no_later_save_of_the_same_answer(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    names = [
        fill(
            utb, page, {"analys.nulage_beteende": {"text": words}}, name=f"{role}.html", role=role, saved=day
        )
        for words, role, day in (
            ("Chefens.", "chef", "2026-03-03"),
            ("Medarbetarens.", "medarbetare", "2026-03-04"),
        )
    ]
    for order in (names, names[::-1]):
        outcome = take(utb, *order)
        assert "Chefens." in outcome.err
        assert "Medarbetarens." in outcome.err
        assert "Samma svar har kommit från flera roller." in outcome.err
        assert "nulage_beteende" not in data(utb).get("analys", {})


def test_of_an_answer_saved_twice_the_earlier_file_is_told_as_passed_over(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    for day, words in (("2026-03-03", "Först."), ("2026-03-04", "Sedan.")):
        fill(utb, page, {"analys.nulage_beteende": {"text": words}}, name=f"{day}.html", saved=day)
    outcome = take(utb, "2026-03-04.html", "2026-03-03.html")
    assert "2026-03-03.html har ett tidigare svar av samma person som 2026-03-04.html." in outcome.err
    assert data(utb)["analys"]["nulage_beteende"] == "Sedan."


def test_rows_come_into_the_dossier_as_cells_and_as_new_rows(utb):
    utb.example()
    before = data(utb)["koncept"]["larandemal"]
    page = made(utb, "--fraga", "larandemal", step="koncept")
    rows = [
        {"id": before[0]["id"], "key": "p1", "cells": {"kunna": {"text": "Läsa av och tolka"}}},
        {"id": "", "key": "n1", "cells": {"kunna": {"text": "Larma"}}},
    ]
    name = fill(utb, page, {"koncept.larandemal": {"rows": rows}})
    outcome = take(utb, name, step="koncept", more=("--vid-olika", "ersatt"))
    assert outcome.code == 0, outcome.err
    after = data(utb)["koncept"]["larandemal"]
    assert after[: len(before)] == [{**before[0], "kunna": "Läsa av och tolka"}, *before[1:]]
    assert [goal["kunna"] for goal in after[len(before) :]] == ["Larma"]


def test_a_row_that_has_been_changed_since_it_came_is_not_added_once_more(utb):
    dossier = utb.dossier("Trygg start")
    (utb.folder / "insatser/inkommet").mkdir()
    cells = {"vem": {"text": "Nya"}, "gor": {"text": "Larmar"}}
    rows = {"analys.onskat_beteende": {"rows": [{"id": "", "key": "n1", "cells": cells}]}}
    name = fill(utb, made(utb), rows, name="insatser/inkommet/svar.html")
    take(utb, name)
    dossier.write_text(dossier.read_text("utf-8").replace("Larmar", "Larmar i tid"), "utf-8")
    before = dossier.read_bytes()
    for more in ((), ("--vid-olika", "ersatt")):
        outcome = take(utb, name, more=more)
        assert "Att avgöra: Vad ska vem göra annorlunda, i vilken situation: ny rad" in outcome.err
        assert dossier.read_bytes() == before


def test_a_row_with_a_field_that_cannot_be_read_is_asked_about_without_it(utb):
    utb.dossier("Trygg start")
    page = made(utb, "--fraga", "malgrupper", step="behov")
    cells = {"namn": {"text": "Nya på natten"}, "antal": {"text": "många"}}
    name = fill(utb, page, {"behov.malgrupper": {"rows": [{"id": "", "key": "n1", "cells": cells}]}})
    outcome = take(utb, name, step="behov")
    assert outcome.code == 0, outcome.err
    assert "Att avgöra: " in outcome.err
    assert "malgrupper" not in data(utb)["behov"]
    outcome = take(utb, name, step="behov", more=("--enkel",), stdin="1\n")
    assert outcome.code == 0, outcome.err
    assert [row["namn"] for row in data(utb)["behov"]["malgrupper"]] == ["Nya på natten"]


def test_an_untouched_answer_never_undoes_a_newer_one(utb):
    utb.dossier("Trygg start")
    utb("svar", "trygg", "analys.kan_idag", "nagra")
    page = made(utb, "--fraga", "kan_idag", "--fraga", "nulage_beteende")
    utb("svar", "trygg", "analys.kan_idag", "de_flesta")
    later = data(utb)["analys"]["kan_idag"]
    left = {"analys.kan_idag": {"chosen": ["nagra"], "own": ""}, "analys.nulage_beteende": {"text": "Nytt."}}
    outcome = take(utb, fill(utb, page, left), more=("--vid-olika", "ersatt"))
    assert outcome.code == 0
    assert data(utb)["analys"]["kan_idag"] == later
    assert data(utb)["analys"]["nulage_beteende"] == "Nytt."


def posted(utb, *paragraphs, name="svar.html"):
    """A mail with a form in it and words of its own; gives its name."""
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "kim@region.example", "larande@region.example", "Svar"
    letter["Date"] = "Tue, 3 Mar 2026 13:40:21 +0100"
    letter.set_content("\n\n".join(paragraphs) + "\n")
    letter.add_attachment(
        (utb.folder / name).read_bytes(), maintype="text", subtype="html", filename="svar.html"
    )
    (utb.folder / "svar.eml").write_bytes(letter.as_bytes())
    return "svar.eml"


def test_a_form_is_read_from_the_mail_that_it_came_in_with_what_the_mail_says(utb):
    utb.dossier("Trygg start")
    fill(utb, made(utb), ANSWERS)
    more = "Det gäller inte nattpersonalen.\nDe har en egen rutin."
    name = posted(utb, "Hej!", "Här kommer filen.", more, "Mvh Lo Ek", "Enhetschef")
    outcome = take(utb, name)
    assert outcome.code == 0, outcome.err
    assert data(utb)["analys"]["kan_idag"] == "nagra"
    assert f"Kunde inte placeras: ”{more}”" in outcome.err
    assert outcome.err.count("Kunde inte placeras") == 1
    beside = outcome.err.partition("Hör troligen inte till svaret:\n")[2]
    assert {line.strip() for line in beside.splitlines()[:4]} == {
        *("Hej!", "Här kommer filen.", "Mvh Lo Ek", "Enhetschef"),
    }


def test_words_in_a_mail_are_shown_also_where_its_form_comes_once_more_by_itself_or_saved_later(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    fill(utb, page, ANSWERS, saved="2026-03-03T10:00:00")
    name = posted(utb, "Det gäller inte nattpersonalen.")
    outcome = take(utb, name, "svar.html")
    assert outcome.err.count("Kunde inte placeras: ”Det gäller inte nattpersonalen.”") == 1
    fill(
        utb,
        page,
        {**ANSWERS, "analys.kan_idag": {"chosen": ["alla"], "own": ""}},
        saved="2026-03-03T11:00:00",
    )
    outcome = take(utb, name, "svar.html")
    assert outcome.err.count("Kunde inte placeras: ”Det gäller inte nattpersonalen.”") == 1
    assert outcome.err.count("svar från chef") == 1


def test_our_own_mail_around_a_form_is_no_answer_and_what_is_written_in_it_is_one(utb):
    utb.dossier("Trygg start")
    fill(utb, made(utb), ANSWERS)
    chosen = ("--fraga", "nulage_beteende", "--fraga", "vardagslarande")
    ours = utb("samtal", "analys", "--format", "mejl", "--vem", "chef", *chosen).out
    quoted = "\n".join(f"> {line}".rstrip() for line in ours.splitlines())
    outcome = take(utb, posted(utb, "Filen är bifogad.", quoted))
    assert outcome.code == 0, outcome.err
    assert "Kunde inte placeras" not in outcome.err
    assert "vardagslarande" not in data(utb)["analys"]
    outcome = take(utb, posted(utb, "2. I handledningen.", quoted))
    assert outcome.code == 0, outcome.err
    assert data(utb)["analys"]["vardagslarande"] == "I handledningen."


def test_the_text_of_a_form_comes_back_in_a_mail_as_the_same_answer(utb):
    utb.dossier("Trygg start")
    chosen = ("--fraga", "nulage_beteende", "--fraga", "kan_idag", "--fraga", "hinder.s10")
    page = made(utb, *chosen, "--vem", "chef")
    asked = json.loads(re.search(rb'id="utb-formular">(.*?)</script', page)[1])
    options = {option["id"]: option["label"] for option in asked["questions"][1]["options"]}
    below = [
        "De frågar varandra.\nDet tar tid.",
        options["nagra"],
        f"{asked['questions'][2]['statements'][0]['text']}: {asked['questions'][2]['options'][0]['label']}",
    ]
    paragraphs = [
        text for told, said in zip(asked["questions"], below, strict=True) for text in (*told["mail"], said)
    ]
    around = asked["text"]
    last = [*around["closing"], asked["key"], f"[svar {ANSWER_ID}]"]
    copied = "\n\n".join([*around["opening"], *paragraphs, *last])
    (utb.folder / "svar.txt").write_text(f"Hej Kim!\n\n{copied}\n\nMvh Lo Ek\nEnhetschef\n", "utf-8")
    outcome = take(utb, "svar.txt")
    assert outcome.code == 0, outcome.err
    by_text = data(utb)
    assert by_text["analys"]["nulage_beteende"] == "De frågar varandra.\\\nDet tar tid."
    assert by_text["analys"]["kan_idag"] == "nagra"
    assert list(by_text["analys"]["hinder"]) == ["s10"]
    outcome = take(
        utb, fill(utb, page, {**ANSWERS, "analys.hinder": {"statements": by_text["analys"]["hinder"]}})
    )
    assert data(utb) == by_text


def test_a_personal_number_in_a_form_stops_it_until_somebody_consents(utb):
    utb.dossier("Trygg start")
    name = fill(utb, made(utb), {"analys.nulage_beteende": {"text": "Fråga 811218-9876 om det."}})
    outcome = take(utb, name)
    assert outcome.code == 2
    assert "analys" not in data(utb)
    assert take(utb, name, more=("--medge-personuppgift",)).code == 0


def test_a_form_of_another_initiative_or_stage_is_known_and_left(utb):
    utb.dossier("Trygg start")
    page = made(utb)
    name = fill(utb, page, ANSWERS)
    outcome = utb("steg", "koncept", "--fran", name)
    assert outcome.code == 2
    assert f"Läs in det med: utb steg analys trygg-start --fran {name}" in outcome.err
    utb.dossier("Annan sak")
    outcome = utb("steg", "analys", "annan", "--fran", name)
    assert outcome.code == 2
    assert "om en annan insats än ”Annan sak”" in outcome.err


def test_a_form_that_nobody_has_filled_in_is_said_to_be_empty(utb):
    utb.dossier("Trygg start")
    made(utb)
    outcome = take(utb, "formular.html")
    assert (outcome.code, "har inga sparade svar" in outcome.err) == (2, True)


def test_a_form_can_be_written_to_a_pipe(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--format", "formular", "-o", "-")
    assert outcome.out.startswith("<!doctype html>")


def test_a_stage_with_nothing_to_ask_is_no_form(utb):
    utb.example()
    outcome = utb("samtal", "analys", "--format", "formular", "--vem", "chef", "-o", "fil.html")
    assert outcome.out == "Ingen fråga i Analys väntar på svar från en chef.\n"
    assert outcome.err == "Ingen fil är skriven. Vill ni ändå fråga något av det: lägg till --fraga ADRESS.\n"
    assert not (utb.folder / "fil.html").exists()
    asked = ("--vem", "chef", "--fraga", "kan_idag", "-o", "fil.html")
    assert utb("samtal", "analys", "--format", "formular", *asked).code == 0
    assert (utb.folder / "fil.html").exists()


@pytest.mark.parametrize(
    "words", [("--oppna",), ("--oppna", "--format", "mejl"), ("--oppna", "--format", "formular", "-o", "-")]
)
def test_only_a_saved_form_can_be_opened(utb, words):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", *words)
    assert (outcome.code, "--oppna öppnar ett sparat formulär" in outcome.err) == (2, True)
