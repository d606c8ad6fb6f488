"""Several who answer each on their own: asked by mail, kept as rows, and what they see differently."""

from __future__ import annotations

import json
import re
from itertools import permutations
from pathlib import Path

import pytest
import yaml

from forms import answers_in, with_answers
from utbildningsprocess.work.workspace import Workspace
from word_files import Paper

INBOX = "insatser/inkommet"
HEADERS = """From: Kim Exempelsson <kim@region.example>
To: larande@region.example
Subject: SV: Fragor
Date: Tue, {day} Mar 2026 13:40:21 +0100
Message-ID: <{id}@region.example>
MIME-Version: 1.0
Content-Type: text/plain; charset="utf-8"
Content-Transfer-Encoding: 8bit

"""
CASES = {
    case["id"]: case
    for case in yaml.safe_load((Path(__file__).parent.parent / "cases" / "diagnos.yaml").read_text("utf-8"))[
        "fall"
    ]
    if "svarande" in case
}
LETTERS = {"stammer": "a", "delvis": "b", "stammer_inte": "c", "vet_inte": "d"}


def mail(utb, *questions, who="chef", step="analys"):
    """The mail to somebody who is to answer alone."""
    chosen = [word for question in questions for word in ("--fraga", question)]
    who_is_asked = ("--vem", who) if who else ()
    outcome = utb("samtal", step, "--format", "mejl", "--var-for-sig", *who_is_asked, *chosen)
    assert outcome.code == 0, outcome.err
    return outcome.out


def reply(utb, text, *lines, name="svar", day=3, sent=""):
    """A reply above the mail, in the inbox; gives its path."""
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    body = "\n".join([*lines, "", "Den tis 3 mars 2026 kl 10:12 skrev Lärande:", "", quoted])
    path = utb.folder / INBOX / f"{name}.eml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(HEADERS.format(day=day, id=sent or name) + body, "utf-8")
    return f"{INBOX}/{path.name}"


def take(utb, *names, more=(), stdin=None, step="analys"):
    given = [word for name in names for word in ("--fran", name)]
    outcome = utb("steg", step, *given, *more, stdin=stdin)
    assert outcome.code == 0, outcome.err
    return outcome.out + outcome.err


def analysis(utb):
    return json.loads(utb("visa", "trygg-start", "--format", "json").out)["svar"].get("analys", {})


def rows(utb):
    return analysis(utb).get("svarande", [])


def three_who_disagree(utb):
    """Three replies about time and support: the boss sees it otherwise than two others."""
    said = {"chef": ("1. a", "2. c"), "medarbetare": ("1. a", "2. a"), "Esther": ("1. b", "2. a")}
    return [
        reply(utb, mail(utb, "hinder.s08", "hinder.s10", who=who), *lines, name=who, day=day)
        for day, (who, lines) in enumerate(said.items(), 3)
    ]


# ------------------------------------------------------------------- out


def test_a_mail_to_one_of_several_asks_the_statements_alone_and_says_first_who_sees_the_answers(utb):
    utb.dossier("Trygg start")
    utb("svar", "trygg", "analys.hinder", "s10: delvis")
    text = mail(utb)
    before, _, asked = text.partition("[analys 1]")
    assert "Din roll och dina svar kommer att stå i dossiern, bredvid de andras." in before
    assert "Är du ensam i din roll går det att förstå att svaren är dina." in before
    assert "svara inte här, utan säg det i samtalet i stället." in before
    assert "Tiden är för knapp." in asked
    assert "[analys 21]" not in asked
    key = text.strip().split("\n")[-1]
    assert key.startswith("[nyckel analys/enskilt/chef/")
    assert key.count("//") == 1


def test_what_cannot_be_asked_of_each_alone_is_said(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "--var-for-sig")
    assert outcome.code == 2
    assert "lägg till --format mejl" in outcome.err
    outcome = utb("samtal", "behov", "--var-for-sig", "--format", "mejl")
    assert (outcome.code, outcome.err) == (
        2,
        "Fel: Säg vilka frågor var och en ska svara på: --fraga ADRESS\n",
    )


# ------------------------------------------------------------------ back


def test_each_answer_becomes_a_row_and_never_the_answer_of_the_dossier(utb):
    path = utb.dossier("Trygg start")
    told = take(utb, reply(utb, mail(utb), "1. a", "2. vet inte", "4. Delvis, mest på natten"))
    (row,) = rows(utb)
    assert (row["roll"], row["datum"], row["s06"], row["s07"], row["s09"]) == (
        "chef",
        "2026-03-03",
        "stammer",
        "vet_inte",
        "delvis",
    )
    assert "hinder" not in analysis(utb)
    assert "Nytt svar för sig på 3 påståenden." in told
    assert "”mest på natten” ryms inte i svaret ”Delvis”." in told
    assert "Nu har en svarat på påståendena var för sig: Chef." in told
    assert "kim" not in path.read_text("utf-8").casefold()


def test_the_same_file_twice_changes_nothing_and_files_in_any_order_give_the_same_dossier(utb):
    path = utb.dossier("Trygg start")
    empty, names, outcomes = path.read_bytes(), three_who_disagree(utb), set()
    for order in permutations(names):
        path.write_bytes(empty)
        for name in order:
            take(utb, name)
        outcomes.add(path.read_bytes())
    path.write_bytes(empty)
    take(utb, INBOX)
    assert outcomes == {path.read_bytes()}
    assert "Svaret står redan i dossiern." in take(utb, INBOX)
    assert outcomes == {path.read_bytes()}
    assert [row["roll"] for row in rows(utb)] == ["chef", "medarbetare", "esther"]


def test_a_later_save_of_the_same_answer_changes_its_row_and_an_earlier_one_does_not(utb):
    path = utb.dossier("Trygg start")
    text = mail(utb, "hinder.s10")
    first = reply(utb, text, "1. a", name="forst", day=3, sent="samma")
    later = reply(utb, text, "1. b", name="sedan", day=9, sent="samma")
    take(utb, first)
    told = take(utb, later)
    assert "Ändrat av den som svarade: Hur mycket hindrar det här: Tiden är för knapp. ”Delvis”" in told
    (row,) = rows(utb)
    assert (row["s10"], row["datum"]) == ("delvis", "2026-03-09")
    after = path.read_bytes()
    assert "Äldre än det som står, och ändrar inget" in take(utb, first)
    assert path.read_bytes() == after


def test_the_same_answer_saying_two_things_the_same_day_is_left_to_a_person(utb):
    utb.dossier("Trygg start")
    text = mail(utb, "hinder.s10")
    take(utb, reply(utb, text, "1. a", name="ett", sent="samma"))
    other = reply(utb, text, "1. b", name="tva", sent="samma")
    assert "Att avgöra: Hur mycket hindrar det här: Tiden är för knapp." in take(utb, other)
    assert rows(utb)[0]["s10"] == "stammer"
    take(utb, other, more=("--enkel",), stdin="1\n")
    assert rows(utb)[0]["s10"] == "delvis"


def test_the_same_answer_from_another_role_is_asked_about_and_else_said(utb):
    utb.dossier("Trygg start")
    take(utb, reply(utb, mail(utb, "hinder.s10"), "1. a", sent="samma"))
    other = reply(utb, mail(utb, "hinder.s10", who="medarbetare"), "1. a", name="om", sent="samma")
    told = take(utb, other)
    assert "Samma svar står redan i dossiern, från en annan roll: Chef." in told
    assert [row["roll"] for row in rows(utb)] == ["chef"]
    asked = take(utb, other, more=("--enkel",), stdin="3\n")
    assert f"Vem har svarat i {other}?" in asked
    assert [row["roll"] for row in rows(utb)] == ["medarbetare"]


def test_a_role_that_nobody_has_told_is_asked_for_and_else_said(utb):
    utb.dossier("Trygg start")
    name = reply(utb, mail(utb, "hinder.s10", who=""), "1. a")
    assert "Rollen är oklar." in take(utb, name)
    assert "roll" not in rows(utb)[0]
    take(utb, name, more=("--enkel",), stdin="2\n")
    assert [(row["roll"], row["s10"]) for row in rows(utb)] == [("chef", "stammer")]


def test_what_only_a_person_can_read_is_asked_and_goes_to_the_row(utb):
    utb.dossier("Trygg start")
    name = reply(utb, mail(utb, "hinder.s10"), "1. b eller c")
    assert "Att avgöra: Hur mycket hindrar det här: Tiden är för knapp." in take(utb, name)
    assert rows(utb) == []
    take(utb, name, more=("--enkel",), stdin="1\n")
    assert [row["s10"] for row in rows(utb)] == ["delvis"]
    assert "hinder" not in analysis(utb)


def test_an_answer_whose_key_is_damaged_is_still_one_of_several(utb):
    utb.dossier("Trygg start")
    text = mail(utb, "hinder.s10")
    key = text.strip().split("\n")[-1]
    for name, kept in (("skadad", text.replace(key, key[:-6] + "0000]")), ("borta", text.replace(key, ""))):
        take(utb, reply(utb, kept, "1. a", name=name), more=("--enkel",), stdin="2\n")
    assert len(rows(utb)) == 2
    assert "hinder" not in analysis(utb)


def test_what_several_say_of_another_question_is_kept_beside_each_other(utb):
    path = utb.dossier("Trygg start")
    empty = path.read_bytes()
    names = [
        reply(utb, mail(utb, "nulage_beteende", "kan_idag", who=who), f"1. {words}", "2. b", name=who)
        for who, words in {"chef": "De frågar mig.", "medarbetare": "Vi frågar varandra."}.items()
    ]
    told = take(utb, *names)
    found = analysis(utb)
    assert {row["sagt"] for row in found["roster"]} >= {
        "De frågar mig.",
        "Vi frågar varandra.",
        "Några av dem",
    }
    assert not {"nulage_beteende", "kan_idag"} & found.keys()
    assert "Sagt för sig om ”Hur gör de i dag, och vad har ni redan provat?”: ”De frågar mig.”" in told
    once = path.read_bytes()
    path.write_bytes(empty)
    take(utb, *reversed(names))
    take(utb, INBOX)
    assert path.read_bytes() == once


def test_words_that_may_belong_to_what_one_of_several_says_are_asked_about_and_not_lost(utb):
    utb.dossier("Trygg start")
    name = reply(utb, mail(utb, "nulage_beteende"), "1. De frågar mig.", "", "Natten vet.")
    assert "Det kan vara: ”De frågar mig.”; ”De frågar mig. Natten vet.”" in " ".join(take(utb, name).split())
    assert "roster" not in analysis(utb)
    take(utb, name, more=("--enkel",), stdin="2\n")
    assert [row["sagt"] for row in analysis(utb)["roster"]] == ["De frågar mig.\n\nNatten vet."]


def test_a_personal_number_in_what_one_of_several_says_is_saved_only_with_consent(utb):
    path = utb.dossier("Trygg start")
    name = reply(utb, mail(utb, "nulage_beteende"), "1. Fråga 19121212-1212.")
    before = path.read_bytes()
    outcome = utb("steg", "analys", "--fran", name)
    assert outcome.code == 2
    assert "personnummer" in outcome.err
    assert path.read_bytes() == before


def test_a_dossier_from_before_there_were_voices_takes_them(utb):
    path = utb.dossier("Trygg start")
    text = path.read_text("utf-8")
    start, end = text.index("### Vad har flera svarat"), text.index("### Hur mycket hindrar")
    path.write_text(text[:start] + text[end:], "utf-8")
    take(utb, reply(utb, mail(utb, "nulage_beteende"), "1. De frågar mig."))
    assert [row["sagt"] for row in analysis(utb)["roster"]] == ["De frågar mig."]


def test_a_form_to_one_of_several_becomes_the_row_of_its_answer(utb):
    path = utb.dossier("Trygg start")
    outcome = utb(
        "samtal", "analys", "--format", "formular", "--var-for-sig", "--vem", "chef", "-o", "f.html"
    )
    assert outcome.code == 0, outcome.err
    said = {"id": "0123456789abcdef", "role": "chef", "saved": "2026-03-03"}
    said["answers"] = {"analys.hinder": {"statements": {"s10": "stammer", "s06": "delvis"}}}
    empty = (utb.folder / "f.html").read_bytes()
    known = {**answers_in(empty), **said}
    (utb.folder / "svar.html").write_bytes(with_answers(empty, json.dumps(known)))
    take(utb, "svar.html")
    after = path.read_bytes()
    assert [(row["roll"], row["s10"], row["s06"]) for row in rows(utb)] == [("chef", "stammer", "delvis")]
    assert "hinder" not in analysis(utb)
    (utb.folder / "svar (1).html").write_bytes((utb.folder / "svar.html").read_bytes())
    take(utb, "svar (1).html")
    assert path.read_bytes() == after


def by_form(utb, chosen):
    """The answers of one of several in a saved form; gives its name."""
    utb("samtal", "analys", "--format", "formular", "-o", "f.html", *chosen)
    empty = (utb.folder / "f.html").read_bytes()
    said = {"id": "0123456789abcdef", "role": "chef", "saved": "2026-03-03T08:00:00"}
    answers = {"analys.hinder": {"statements": {"s10": "stammer"}}}
    known = {**answers_in(empty), **said, "answers": answers}
    (utb.folder / "svar.html").write_bytes(with_answers(empty, json.dumps(known)))
    return "svar.html"


def by_text(utb, chosen):
    """The same as the text that the form gives to paste."""
    utb("samtal", "analys", "--format", "formular", "-o", "f.html", *chosen)
    page = (utb.folder / "f.html").read_text("utf-8")
    asked = json.loads(re.search(r'id="utb-formular">(.*?)</script>', page, re.DOTALL)[1])
    (question,) = asked["questions"]
    answer = f"{question['statements'][0]['text']}: {question['options'][0]['label']}"
    last = [*asked["text"]["closing"], asked["key"], "[svar 0123456789abcdef chef 2026-03-03T08:00:00]"]
    paragraphs = [*asked["text"]["opening"], *question["mail"], answer, *last]
    (utb.folder / "svar.txt").write_text("\n\n".join(paragraphs), "utf-8")
    return "svar.txt"


def by_word(utb, chosen):
    """The same in a Word file."""
    utb("samtal", "analys", "--format", "docx", "-o", "svar.docx", "--vem", "chef", *chosen)
    paper = Paper((utb.folder / "svar.docx").read_bytes())
    paper.tick("utb__1__s10__k__stammer")
    (utb.folder / "svar.docx").write_bytes(paper.data)
    return "svar.docx"


@pytest.mark.parametrize("together", ["", "s10: stammer", "s10: delvis"])
@pytest.mark.parametrize("way", [by_form, by_text, by_word])
def test_one_of_several_answers_in_a_form_as_its_text_and_in_a_word_file(utb, way, together):
    path = utb.dossier("Trygg start")
    if together:
        utb("svar", "trygg", "analys.hinder", together)
    before = analysis(utb)
    name = way(utb, ("--var-for-sig", "--fraga", "hinder.s10"))
    take(utb, name)
    assert [(row["roll"], row["s10"]) for row in rows(utb)] == [("chef", "stammer")]
    assert analysis(utb).get("hinder") == before.get("hinder")
    after = path.read_bytes()
    take(utb, name)
    assert path.read_bytes() == after


# --------------------------------------------------- from files to a talk


@pytest.mark.parametrize("case_id", sorted(CASES))
def test_worked_cases_hold_through_files(utb, case_id):
    case = CASES[case_id]
    path = utb.dossier("Trygg start", krav=case["krav"], noll=case["noll"])
    single = {key: case[key] for key in ("gap_belagg", "kan_idag", "en_a4")}
    for key, value in {**single, "tillfragade": "medarbetare, chef, esther"}.items():
        assert utb("svar", "trygg", f"analys.{key}", value).code == 0
    statements = Workspace.open(path.parent).battery.question("analys.hinder").asked_statements
    for number, voice in enumerate(case["svarande"], 1):
        lines = [f"{n}. {LETTERS[voice['hinder'][one.id]]}" for n, one in enumerate(statements, 1)]
        who = "chef" if "chef" in voice["roll"] else "Esther" if "Esther" in voice["roll"] else "medarbetare"
        reply(utb, mail(utb, who=who), *lines, name=str(number), day=number)
    take(utb, INBOX)
    found = json.loads(utb("diagnos", "--format", "json").out)
    expected, together = case["forvantat"], case["sammanvagt"]
    assert (found["utfall"], found["huvud"]) == (expected["utfall"], expected["huvud"])
    assert found["sammanvagt"] is True
    talked_of = {said["pastaende"] for said in found["svarande"] if said["prata_om"]}
    assert talked_of >= set(together["prata_om"])
    weighed = {said["pastaende"]: said["sammanvagt"] for said in found["svarande"]}
    assert weighed == case["hinder"]


def test_three_who_disagree_become_a_picture_and_a_page_to_talk_from(utb):
    utb.dossier("Trygg start")
    take(utb, *three_who_disagree(utb))
    diagnosis = utb("diagnos")
    shown = " ".join(diagnosis.out.split())
    assert "Chef: Inte alls; Medarbetare: Mycket; Någon med Esthers erfarenhet: Mycket." in shown
    assert "utb samtal olika trygg-start" in diagnosis.err
    page = utb("samtal", "olika").out
    assert page.startswith("# Samtalsunderlag om det ni ser olika: Trygg start\n")
    assert "Tio minuter" in page
    assert "## 1. Tiden är för knapp.\n\nChef: Inte alls; Medarbetare: Mycket; Någon med" in page
    assert "inget av det som sades då döljs i efterhand" in page
    assert utb("samtal", "olika", "--format", "docx").out == "samtal-olika-trygg-start.docx\n"
    assert utb("samtal", "olika", "-o", "olika.md").out == "olika.md\n"


def test_the_page_takes_three_statements_at_most_and_says_how_many_are_left(utb):
    utb.dossier("Trygg start")
    asked = ("hinder.s06", "hinder.s07", "hinder.s08", "hinder.s09", "hinder.s12")
    for day, (who, letter) in enumerate({"chef": "c", "medarbetare": "a"}.items(), 3):
        lines = [f"{number}. {letter}" for number in range(1, 6)]
        take(utb, reply(utb, mail(utb, *asked, who=who), *lines, name=who, day=day))
    page = utb("samtal", "olika").out
    assert page.count("\n## ") == 4
    assert "2 påståenden till skiljer er åt, och står i diagnosen." in page


def test_where_they_see_alike_or_are_too_few_there_is_a_sentence_and_no_page(utb):
    utb.dossier("Trygg start")
    assert utb("samtal", "olika").out.startswith("Det behövs minst två som har svarat på påståendena")
    for day, who in enumerate(("chef", "medarbetare"), 3):
        take(utb, reply(utb, mail(utb, "hinder.s10", who=who), "1. b", name=who, day=day))
    out = utb("samtal", "olika", "--format", "docx").out
    assert out.startswith("De 2 som har svarat var för sig ser lika")
    assert not list(utb.folder.glob("*.docx"))
