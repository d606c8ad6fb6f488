"""What became of what was promised: asked by `utb samtal lofte`, and read back by `utb steg --fran`."""

from __future__ import annotations

import json
import re
from datetime import date
from functools import partial

import pytest

from mails import LATER
from mails import answer as reply_above
from word_files import Paper

ANSWERS = """\
svar:
  behov: {varfor: Därför}
  analys:
    andra_insatser:
      - {id: I1, typ: bemanning, insats: "Handledaren får avsatt tid", ansvarig_roll: Verksamhetschef, klart: 2026-03-01}
      - {id: I2, typ: verktyg, insats: "Fickkort på alla avdelningar", ansvarig_roll: Vårdutvecklare, klart: 2027-03-01}
  koncept:
    larandemal: [{id: L1, kunna: "larma i tid", niva: tillampa}]
    aktiviteter: [{id: A1, titel: Startdag, form: mote, mal: [L1], vecka: 0}]
    matt:
      - {id: M1, avser: [L1], niva: 7_tillampning, metod: "Punktmätning av larm", nar_dagar: 75, ansvarig_roll: Vårdutvecklare}
      - {id: M2, avser: [L1], niva: 4_kunskap, metod: "Tre frågor", nar_dagar: 0}
    chef_handlingar:
      - {fas: fore, handling: "Ha ett förväntanssamtal", vecka: -1}
      - {fas: under, handling: "Fråga vad som har provats"}
      - {fas: efter, handling: "Stäm av med korten", vecka: 8, blev: ja}
  genomforande:
    tillfallen: [{aktivitet: A1, datum: 2026-03-10}]
  uppfoljning:
    lardomar:
      - {typ: andra, lardom: "Lägg tiden i schemat", anvands: nu, ansvarig_roll: Verksamhetschef, klart: 2026-05-04}
      - {typ: behall, lardom: "Simuleringen", anvands: nasta}
"""
answer = partial(reply_above, headers=LATER)


@pytest.fixture(autouse=True)
def in_october(monkeypatch):
    monkeypatch.setattr("utbildningsprocess.work.clock.current_date", lambda: date(2026, 10, 12))


@pytest.fixture
def promised(utb):
    """An initiative where five things are due: two without a role but the nearest manager's, and one later."""
    utb._dossier("Trygg start", ANSWERS)
    return utb


def mail(utb, *more):
    outcome = utb("samtal", "lofte", "--format", "mejl", *more)
    assert outcome.code == 0, outcome.err
    return outcome.out


def take(utb, name, *more, step="uppfoljning"):
    outcome = utb("steg", step, "--fran", name, *more)
    assert outcome.code == 0, outcome.err
    return outcome.err


def rows(utb, question):
    stage, name = question.split(".")
    return json.loads(utb("visa", "trygg-start", "--format", "json").out)["svar"][stage].get(name)


def row(utb, question, row_id):
    return next(
        row for row in rows(utb, question) if row_id in (row.get("id"), row.get("insats"), row.get("matt"))
    )


# ------------------------------------------------------------------- asking


def test_each_promise_that_is_due_is_asked_with_whose_it_is_and_when_the_most_overdue_first(promised):
    questions = [line for line in mail(promised).split("\n") if line.startswith("[lofte ")]
    became, outcome = "Blev det av, och vad märktes?", "Vad blev utfallet, och vilken dag mättes det?"
    assert questions == [
        f"[lofte 1] I1: Handledaren får avsatt tid. Ansvarig: Verksamhetschef. Klart senast: 1 mars 2026. {became}",
        f"[lofte 2] H1: Ha ett förväntanssamtal. Ansvarig: Närmaste chef. Planerat: vecka 10 2026. {became}",
        f"[lofte 3] M2: Tre frågor. Planerat: 10 mars 2026. {outcome}",
        f"[lofte 4] R1: Lägg tiden i schemat. Ansvarig: Verksamhetschef. Klart senast: 4 maj 2026. {became}",
        f"[lofte 5] M1: Punktmätning av larm. Ansvarig: Vårdutvecklare. Planerat: 24 maj 2026. {outcome}",
    ]


def test_what_is_due_later_is_asked_only_until_a_later_day(promised):
    assert "I2: Fickkort" not in mail(promised)
    assert "I2: Fickkort" in mail(promised, "--fore", "våren 2027")


def test_a_role_is_asked_what_it_promised(promised):
    text = mail(promised, "--vem", "verksamhetschef")
    assert "I1: " in text
    assert "R1: " in text
    assert "H1: " not in text
    assert "[nyckel lofte/lofte/verksamhetschef/" in text


def test_who_has_promised_what_nobody_has_and_what_has_no_day_is_told(promised):
    err = promised("samtal", "lofte").err
    assert "De som har lovat är Verksamhetschef, Närmaste chef och Vårdutvecklare." in err
    assert "M2 har ingen ansvarig roll. Avgör vem som får frågan." in err
    assert "Frågas inte, för ingen dag går att räkna ut: H2." in err
    assert "Skicka frågorna i ett mejl: utb samtal lofte trygg-start --format mejl" in err


def test_a_page_shows_the_questions_apart(promised):
    out = promised("samtal", "löften", "--vem", "chef").out
    assert out.startswith("# Löften att följa upp: Trygg start\n")
    assert "Planerat: vecka 10 2026. Blev det av?\n" in out
    assert "\n- [ ] Delvis\n" in out
    assert "\n## H1: Vad märktes, eller vad hindrade?\n" in out


def test_where_nothing_is_due_a_sentence_says_so(promised):
    out = promised("samtal", "lofte", "--fore", "2026-01-31", "--format", "mejl").out
    assert out == "Inget som är lovat till och med 31 januari 2026 väntar på svar.\n"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("--vem", "Rektor"), "Ingen ”Rektor” har lovat något i ”Trygg start”. De som har lovat är"),
        (
            ("--fraga", "H1"),
            "--fraga, --karna och --var-for-sig gäller inte löften. Välj med --fore och --vem.",
        ),
        (("--fore", "någon gång"), "--fore: "),
        (("--format", "pdf"), "Formatet ”pdf” finns inte."),
    ],
)
def test_what_cannot_be_meant_is_met_with_a_sentence(promised, words, sentence):
    outcome = promised("samtal", "lofte", *words)
    assert (outcome.code, outcome.out) == (2, "")
    assert outcome.err.startswith(f"Fel: {sentence}")


def test_a_day_is_for_promises_alone(promised):
    outcome = promised("samtal", "analys", "--fore", "2026-12-01")
    assert outcome == (2, "", "Fel: --fore gäller bara löften: utb samtal lofte\n")


# ------------------------------------------------------------------ the way back


def test_a_reply_goes_where_the_dossier_keeps_what_became_of_it(promised):
    lines = (
        "1. Ja. Tiden ligger i schemat",
        "2. nej",
        "3. 46 av 51, den 12 mars",
        "4. Delvis, på två av fyra",
    )
    take(promised, answer(promised, mail(promised), *lines))
    status = {"insats": "I1", "status": "klar", "kommentar": "Tiden ligger i schemat"}
    assert rows(promised, "uppfoljning.andra_insatser_status") == [status]
    assert row(promised, "koncept.chef_handlingar", "H1")["blev"] == "nej"
    (result,) = rows(promised, "uppfoljning.resultat")
    assert (result["matt"], result["utfall"], result["datum"]["forsta"]) == ("M2", "46 av 51", "2026-03-12")
    lesson = row(promised, "uppfoljning.lardomar", "R1")
    assert (lesson["blev"], lesson["marktes"]) == ("delvis", "på två av fyra")


def test_what_has_an_answer_is_not_asked_again(promised):
    told = take(
        promised, answer(promised, mail(promised), "1. Ja", "2. Nej", "3. 46 av 51", "4. Ja", "5. vet inte")
    )
    assert "Ett svar skrevs i avsnittet Koncept. " in told
    text = mail(promised)
    assert "Här är en fråga." in text
    assert "[lofte 1] M1: " in text


def test_the_same_file_twice_changes_nothing(promised):
    name = answer(promised, mail(promised), "1. Ja. Alla", "2. vet inte", "3. 46 av 51, 12 mars")
    take(promised, name)
    before = json.loads(promised("visa", "trygg-start", "--format", "json").out)
    told = take(promised, name)
    assert json.loads(promised("visa", "trygg-start", "--format", "json").out) == before
    assert "Nytt:" not in told
    assert "Att avgöra" not in told


def test_half_a_yes_is_for_a_person_to_read_with_every_way_to_read_it(promised):
    told = take(promised, answer(promised, mail(promised), "1. ja men bara på två avdelningar"))
    assert "”ja men bara på två avdelningar” (svaret är inte ett av alternativen)" in told
    assert "Det kan vara: ”Ja”; ”Delvis, det pågår”; ”Nej”; ”Nej, den är struken”" in told
    assert rows(promised, "uppfoljning.andra_insatser_status") is None


def test_half_a_yes_that_a_person_has_read_is_kept_with_its_words_and_not_asked_about_again(promised):
    name = answer(promised, mail(promised), "1. ja men bara på två avdelningar")
    outcome = promised("steg", "uppfoljning", "--fran", name, "--enkel", stdin="2\n")
    assert outcome.code == 0, outcome.err
    status = {"insats": "I1", "status": "pagar", "kommentar": "ja men bara på två avdelningar"}
    assert rows(promised, "uppfoljning.andra_insatser_status") == [status]
    assert "Att avgöra" not in take(promised, name)


def test_words_that_hint_at_no_answer_are_stored_nowhere_until_a_person_has_said_so(promised):
    told = take(promised, answer(promised, mail(promised), "2. 86 %, 2 september"))
    assert "blev" not in row(promised, "koncept.chef_handlingar", "H1")
    assert "marktes" not in row(promised, "koncept.chef_handlingar", "H1")
    assert told.count("86 %, 2 september") >= 2


def test_that_nobody_knows_is_kept_as_that(promised):
    take(promised, answer(promised, mail(promised), "2. vet inte"))
    assert row(promised, "koncept.chef_handlingar", "H1")["okanda"] == {"blev": ""}


def test_an_outcome_without_a_value_is_for_a_person_to_read(promised):
    told = take(promised, answer(promised, mail(promised), "3. Nej, ingen hann"))
    assert "”Nej, ingen hann” (svaret har inget värde)" in told
    assert rows(promised, "uppfoljning.resultat") is None


def test_that_nothing_is_measured_is_clear_and_the_row_there_is_answered_in_its_cells(promised):
    promised("svar", "trygg-start", "uppfoljning.resultat", '[{"matt": "M1", "kommentar": "Vänta"}]')
    take(promised, answer(promised, mail(promised), "5. Ej mätt, vi hann inte"))
    assert rows(promised, "uppfoljning.resultat") == [
        {"matt": "M1", "utfall": "Ej mätt, vi hann inte", "kommentar": "Vänta"}
    ]


def test_a_reply_without_any_answer_stores_nothing(promised):
    told = take(promised, answer(promised, mail(promised), "Tack, jag återkommer!"))
    assert "Nytt:" not in told
    assert "Tack, jag återkommer!" in told


def test_a_reply_is_read_under_any_step(promised):
    take(promised, answer(promised, mail(promised), "1. Ja"), step="analys")
    assert row(promised, "uppfoljning.andra_insatser_status", "I1")["status"] == "klar"


def test_whose_promise_it_is_tells_who_has_answered(promised):
    told = take(promised, answer(promised, mail(promised, "--vem", "vårdutvecklare"), "1. 86 %"))
    assert "svar.eml: svar från Vårdutvecklare, skickat 2026-10-13." in told
    told = take(promised, answer(promised, mail(promised, "--vem", "chef"), "1. Ja", name="andra.eml"))
    assert "andra.eml: svar från chef, skickat 2026-10-13." in told


def test_a_promise_that_has_got_another_day_since_is_still_known(promised):
    text = mail(promised, "--vem", "verksamhetschef")
    promised("svar", "trygg-start", "analys.andra_insatser.I1.klart", "2026-09-01")
    take(promised, answer(promised, text, "1. Ja", "2. Nej"))
    assert row(promised, "uppfoljning.andra_insatser_status", "I1") == {"insats": "I1", "status": "klar"}
    assert row(promised, "uppfoljning.lardomar", "R1")["blev"] == "nej"


def test_without_its_key_a_reply_is_known_by_the_words_of_its_questions(promised):
    text = mail(promised).partition("[nyckel ")[0]
    take(promised, answer(promised, text, "1. Ja"))
    assert row(promised, "uppfoljning.andra_insatser_status", "I1")["status"] == "klar"


def test_a_reply_about_another_initiative_is_refused(promised):
    name = answer(promised, mail(promised), "1. Ja")
    promised.dossier("En annan insats")
    outcome = promised("steg", "uppfoljning", "en-annan-insats", "--fran", name)
    assert outcome.code == 2
    assert "svarar på ett mejl om en annan insats" in outcome.err


def test_two_answers_about_one_promise_are_for_a_person_to_choose_between(promised):
    text = mail(promised)
    names = (answer(promised, text, "1. Ja", name="a.eml"), answer(promised, text, "1. Nej", name="b.eml"))
    outcome = promised("steg", "uppfoljning", "--fran", names[0], "--fran", names[1])
    assert "Att avgöra: I1: Handledaren får avsatt tid." in outcome.err
    assert rows(promised, "uppfoljning.andra_insatser_status") is None


# --------------------------------------------------------------------- the form

STATES = {
    "lofte.11": {"chosen": ["klar"], "own": ""},
    "lofte.11_kommentar": {"text": "Tiden ligger i schemat"},
    "lofte.10": {"unknown": "Avdelningschefen"},
    "lofte.22": {"text": "46 av 51"},
    "lofte.22_datum": {"text": "12 mars"},
    "lofte.13_marktes": {"text": "Inget märktes"},
    "lofte.12": {"skipped": "Mätaren är trasig"},
}


def form(utb):
    """The page of the form about what is due, and what it asks."""
    assert utb("samtal", "lofte", "--format", "formular", "-o", "lofte.html").code == 0
    page = (utb.folder / "lofte.html").read_text("utf-8")
    return page, json.loads(re.search(r'id="utb-formular">(.*?)</script>', page, re.DOTALL)[1])


def filled_in(utb):
    """The form saved with answers, as a file; gives its name."""
    page, asked = form(utb)
    said = {
        "format": 1,
        "id": "0123456789abcdef",
        "form_id": asked["form_id"],
        "role": "chef",
        "saved": "2026-10-13",
    }
    block = json.dumps({**said, "answers": STATES, "set_aside": {}})
    filled = re.sub(
        r'(id="utb-svar">).*?(</script>)', lambda match: f"{match[1]}{block}{match[2]}", page, flags=re.DOTALL
    )
    (utb.folder / "svar.html").write_text(filled, "utf-8")
    return "svar.html"


def copied(utb):
    """The same answers as the form gives them to paste into a mail; gives its name."""
    _, asked = form(utb)
    words = {"lofte.11": "Ja", "lofte.10": "Vet inte än: Avdelningschefen"}
    paragraphs = [*asked["text"]["opening"]]
    for question in asked["questions"]:
        state = STATES.get(question["address"], {})
        paragraphs += [*question["mail"], words.get(question["address"], state.get("text", ""))]
    paragraphs += [*asked["text"]["closing"], asked["key"], "[svar 0123456789abcdef]"]
    (utb.folder / "svar.eml").write_text(
        LATER.format("svar") + "\n\n".join(filter(None, paragraphs)), "utf-8"
    )
    return "svar.eml"


def word_file(utb):
    """The same answers in a Word file; gives its name."""
    assert utb("samtal", "lofte", "--format", "docx", "-o", "svar.docx").code == 0
    paper = Paper((utb.folder / "svar.docx").read_bytes())
    paper.tick("utb__1__k__klar")
    for number, words in (
        (2, "Tiden ligger i schemat"),
        (3, "Vet inte än: Avdelningschefen"),
        (5, "46 av 51"),
    ):
        paper.write(f"utb__{number}", words)
    paper.write("utb__6", "12 mars 2026")
    paper.write("utb__8", "Inget märktes")
    paper.without_tags()
    paper.without_told()
    (utb.folder / "svar.docx").write_bytes(paper.data)
    return "svar.docx"


@pytest.mark.parametrize("way", [filled_in, copied, word_file])
def test_answers_come_back_in_a_form_as_its_text_and_in_a_word_file(promised, way):
    take(promised, way(promised))
    status = {"insats": "I1", "status": "klar", "kommentar": "Tiden ligger i schemat"}
    assert rows(promised, "uppfoljning.andra_insatser_status") == [status]
    assert row(promised, "koncept.chef_handlingar", "H1")["okanda"] == {"blev": "Avdelningschefen"}
    (result,) = rows(promised, "uppfoljning.resultat")
    assert (result["matt"], result["utfall"], result["datum"]["forsta"]) == ("M2", "46 av 51", "2026-03-12")
    assert row(promised, "uppfoljning.lardomar", "R1")["marktes"] == "Inget märktes"


def test_why_a_promise_is_passed_over_is_shown_and_stored_nowhere(promised):
    told = take(promised, filled_in(promised))
    assert "Kunde inte placeras: ”Mätaren är trasig”" in told
    assert [result["matt"] for result in rows(promised, "uppfoljning.resultat")] == ["M2"]


def test_the_form_and_its_text_are_one_answer(promised):
    names = (filled_in(promised), copied(promised))
    take(promised, names[0])
    told = take(promised, names[1])
    assert "Nytt:" not in told
    assert "Att avgöra" not in told


# -------------------------------------------------------- where it is told of


def test_the_status_names_the_command_while_a_day_has_passed_without_an_answer(promised):
    line = "Fråga vad som blev av I1, H1, M2, R1 och M1: utb samtal lofte trygg-start\n"
    assert line in promised("status").out
    take(promised, answer(promised, mail(promised), "1. Ja", "2. Nej", "3. 46 av 51", "4. Ja", "5. 86 %"))
    assert "utb samtal lofte" not in promised("status").out


def test_the_list_names_the_command_while_an_initiative_has_such_promises(promised):
    line = "En insats har löften som ingen har svarat på. Fråga med: utb samtal lofte INSATS\n"
    assert line in promised("lista").err
    promised("svar", "trygg-start", "om.status", "fardigstalld")
    assert "löften" not in promised("lista").err


def test_files_for_two_who_have_promised_do_not_share_a_name(promised):
    name = promised("samtal", "lofte", "--format", "formular", "--vem", "närmaste chef").out
    assert name == "formular-lofte-trygg-start-narmaste-chef.html\n"


def test_the_survey_says_how_an_answer_to_promises_is_taken_in(promised):
    name = answer(promised, mail(promised), "1. Ja")
    outcome = promised("enkat", "trygg-start", name)
    assert f"utb steg uppfoljning trygg-start --fran {name}" in outcome.err
    assert promised("steg", "uppfoljning", "--fran", name).code == 0


def test_answers_to_the_survey_among_those_of_a_stage_are_pointed_at_their_command(promised):
    (promised.folder / "svar.csv").write_text("Fråga;Svar\nVad?;Det\n", "utf-8")
    outcome = promised("steg", "uppfoljning", "--fran", "svar.csv")
    assert "Svar på enkäten räknas med: utb enkat trygg-start svar.csv" in outcome.err
