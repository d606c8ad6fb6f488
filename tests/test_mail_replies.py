"""The judged replies to a mail: nothing wrong is stored, nothing is lost, and what is clear is not asked about."""

from __future__ import annotations

import re

import pytest

import mail_replies
from mail_replies import CASES, answered_mail, answering, judged, names, sent
from utbildningsprocess.guide.mail.letter import letter_of
from utbildningsprocess.guide.mail.reply import reply
from utbildningsprocess.guide.mail.sent import sent_in
from utbildningsprocess.guide.mail.subtracting import subtracted
from utbildningsprocess.work.workspace import Workspace


@pytest.mark.parametrize("name", names())
def test_a_judged_reply_is_read_right_or_asked_about(name):
    case = judged(name)
    assert (case.stored_wrong, case.lacking_proposals) == ([], [])
    assert (case.lost, case.strangers) == ([], [])


def test_nine_of_ten_clear_answers_are_stored_without_a_question():
    cases = [judged(name) for name in names()]
    asked = [needless for case in cases for needless in case.asked_without_need]
    assert 10 * len(asked) <= sum(case.clear for case in cases), asked


@pytest.mark.experiment
def test_the_readings_are_shown_kind_by_kind(record_property):
    kinds = sorted({name[0] for name in names()})
    for kind in kinds:
        cases = [judged(name) for name in names() if name[0] == kind]
        figures = {
            "svar": len(cases),
            "klara": sum(case.clear for case in cases),
            "fel": sum(len(case.stored_wrong) for case in cases),
            "frågade i onödan": sum(len(case.asked_without_need) for case in cases),
            "borta": sum(len(case.lost) for case in cases),
            "främmande": sum(len(case.strangers) for case in cases),
        }
        record_property(
            f"mejl av slag {kind}", ", ".join(f"{name} {number}" for name, number in figures.items())
        )
    assert len(kinds) == 8


def test_every_file_is_judged_and_every_kind_has_three_replies_or_more():
    mails = {mail_replies.facit()["mejl"], *(path.name for path in CASES.glob("mejl-*.txt"))}
    files = {path.name for path in CASES.iterdir()} - {*mail_replies.JUDGEMENTS, *mails}
    assert files == set(names())
    kinds = [name[0] for name in names()]
    assert min(kinds.count(kind) for kind in "12345678") >= 3


@pytest.mark.parametrize("mail", ["fragemejl.txt", *sorted(path.name for path in CASES.glob("mejl-*.txt"))])
def test_the_mail_itself_holds_no_answer_and_leaves_nothing(mail):
    data = (CASES / mail).read_bytes()
    own = sent() if mail == "fragemejl.txt" else mail_replies.sent_as(mail)
    came = reply(mail, letter_of(data, mail), own)
    assert (came.said, came.unplaced, came.beside) == ((), (), ())


def answered(*lines, below=True):
    """A reply with these lines above the whole mail."""
    text = "\n".join(lines)
    return f"{text}\n\n{sent().text}" if below else text


def said(text):
    """What a text answers, by question number: the answer, or the doubt."""
    came = reply("svar.txt", letter_of(text.encode(), "svar.txt"), sent())
    numbers = {asked.address: asked.number for asked in sent().questions}
    return {numbers[answer.address]: answer.doubt or answer.answer.value for answer in came.said}


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("b", "nagra"),
        ("B)", "nagra"),
        ("(b).", "nagra"),
        ("b) Några av dem", "nagra"),
        ("B - några av dem", "nagra"),
        ("Alternativ b", "nagra"),
        ("några av dem!", "nagra"),
        ("kunnat det tidigare", "tidigare"),
        ("vet ej", "vet_inte"),
        ("Ingen aning", "vet_inte"),
        ("b, fast bara på natten", "flera"),
        ("inte b", "svaret är inte ett av alternativen"),
        ("b eller c", "flera alternativ nämns, och frågan tar ett"),
        ("Ja", "svaret är inte ett av alternativen"),
        ("Nej, de flesta klarar det", "flera alternativ nämns, och frågan tar ett"),
        ("z", "svaret är inte ett av alternativen"),
        ("se ovan", "svaret hänvisar till något annat"),
        ("samma som förra gången", "svaret hänvisar till något annat"),
        ("?", "svaret är bara ett frågetecken"),
        ("pass", "frågan hoppas över"),
        ("samma som Robin skrev", "svaret hänvisar till något annat"),
        ("återkommer", "svaret kommer senare"),
        ("Några av dem på natten", "nagra"),
        ("e-utbildning har de gått", "svaret är inte ett av alternativen"),
        ("Ja, de flesta, i princip", "svaret är inte ett av alternativen"),
    ],
)
def test_words_below_a_choice_mean_one_option_or_are_asked_about(words, meant):
    outcome = said(answered(f"2. {words}"))[2]
    if meant == "flera":
        assert outcome not in ("nagra", "tidigare")
    else:
        assert outcome == meant


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("a, c", ("medarbetare", "esther")),
        ("a c d", ("medarbetare", "esther", "skyddsombud")),
        ("A+C", ("medarbetare", "esther")),
        ("Esther och skyddsombud", ("esther", "skyddsombud")),
        ("chefen", "svaret är inte ett av alternativen"),
        ("a och e", "alternativen går inte ihop"),
        ("alla", "svaret är inte ett av alternativen"),
        ("acd", ("medarbetare", "esther", "skyddsombud")),
        ("bad", "svaret är inte ett av alternativen"),
        ("ca", "svaret är inte ett av alternativen"),
    ],
)
def test_several_options_are_chosen_by_letters_or_words(words, meant):
    assert said(answered(f"4. {words}"))[4] == meant


@pytest.mark.parametrize("words", ["Mycket lite", "Mycket sällan", "Delvis så"])
def test_a_word_that_may_change_an_alternative_is_asked_about(words):
    assert said(answered(f"3. {words}"))[3] == "svaret är inte ett av alternativen"


def test_a_letter_below_a_question_without_options_is_asked_about():
    assert said(answered("1. b"))[1] == "svaret är bara en bokstav, och frågan har inga alternativ"


def test_half_of_our_question_above_an_answer_is_no_part_of_it():
    text = "[analys 5] Hur lär de sig det här i arbetet\nVid fikat.\n"
    assert said(text + "\n[analys 2] b\n")[5] == "Vid fikat."


def test_a_text_that_says_our_words_again_still_keeps_its_own():
    assert said(answered("1. Tiden är för knapp. Därför läser vi bara rubrikerna."))[1] == (
        "Tiden är för knapp. Därför läser vi bara rubrikerna."
    )


WITHOUT_HEAD = ("8e-html-utf16-tabell.eml", "4m-lofte-outlook-klistrat.eml")
"""Replies where nothing says that our mail, with the answers in it, is quoted."""


def quotable(*, stages):
    """The replies that answer anything: the first ones, or those to mails of several stages."""
    mails = [name for name in answering() if name.endswith(".eml") and name not in WITHOUT_HEAD]
    return [name for name in mails if ("mejl" in mail_replies.cases()[name]) == stages]


@pytest.mark.parametrize("name", quotable(stages=False))
def test_what_stands_in_a_quotation_of_a_reply_is_not_stored_as_if_it_had_been_said_now(name):
    text = letter_of((CASES / name).read_bytes(), name).text
    quoted = "\n".join(f"> {line}" for line in text.split("\n"))
    again = "Tack!\n\nDen ons 4 mars 2026 kl 09:00 skrev Kim <kim@region.example>:\n\n" + quoted
    came = reply(name, letter_of(again.encode(), name), answered_mail(name))
    assert [answer.address for answer in came.said if answer.answer] == []
    assert came.said


@pytest.mark.experiment
@pytest.mark.parametrize("name", quotable(stages=True))
def test_what_stands_in_a_quotation_of_a_reply_of_any_stage_is_not_stored(name):
    test_what_stands_in_a_quotation_of_a_reply_is_not_stored_as_if_it_had_been_said_now(name)


@pytest.mark.parametrize(
    ("lines", "meant"),
    [
        (["2b, 3a, 4ac"], {2: "nagra", 3: "stammer", 4: ("medarbetare", "esther")}),
        (["2b", "3a", "4 ab"], {2: "nagra", 3: "stammer", 4: ("medarbetare", "chef")}),
        (["**2.** b", "*3.* a"], {2: "nagra", 3: "stammer"}),
        (["2. b 👍"], {2: "nagra"}),
        (["1. 2019 provade vi en tavla."], {1: "2019 provade vi en tavla."}),
        (["1. 1.5 timmar per vecka går åt."], {1: "1.5 timmar per vecka går åt."}),
        (["1.", "- muntligt", "- skriftligt", "", "2. b"], {1: "- muntligt\n- skriftligt", 2: "nagra"}),
        (["1. Mycket, på natten"], {1: "svaret ser ut att höra till en annan fråga"}),
        (["1. Mycket sägs i korridoren."], {1: "Mycket sägs i korridoren."}),
        (["1. Vad menar ni?"], {1: "svaret är en fråga"}),
        (["2 och 3: a"], {2: "ett svar på flera frågor", 3: "ett svar på flera frågor"}),
        (["2–3: a", "4. c"], {2: "ett svar på flera frågor", 3: "ett svar på flera frågor", 4: ("esther",)}),
        (["1. Vi läser. 2. b"], {1: "svaret kan innehålla svar på flera frågor"}),
        (["1. Vi läser.", "Fråga 2 förstod jag inte.", "3. b"], {1: "Vi läser.", 3: "delvis"}),
        (["Fråga 1", "Vi läser.", "", "Fråga 2", "b"], {1: "Vi läser.", 2: "nagra"}),
        (["1. Vi läser.", "Tiden är för knapp: Mycket"], {1: "svaret kan innehålla svar på flera frågor"}),
        (["5. Vi läser.", "Med vänliga hälsningar Kim Exempelsson, chef"], {5: "Vi läser."}),
        (
            ["5. Vi läser.", "Sekretessen gör att vi inte pratar."],
            {5: "Vi läser.\nSekretessen gör att vi inte pratar."},
        ),
        (
            ["1. Av misstag blev det ingen rapport.", "2. b"],
            {1: "Av misstag blev det ingen rapport.", 2: "nagra"},
        ),
        (["5. Vi läser.", "", "Sekretessen gör det svårt."], {5: "det som står sist kan höra till svaret"}),
        (["2.b", "3.a", "4.ac"], {2: "nagra", 3: "stammer", 4: ("medarbetare", "esther")}),
        (["5. Så här:", "1. vi läser", "2. vi pratar"], {5: "svaret kan innehålla svar på flera frågor"}),
        (["5. Vi läser.", "Kim Exempelsson"], {5: "det som står sist kan höra till svaret"}),
        (["6. b", "7. a"], {}),
        (["Jag tycker att de klarar det, de flesta, och tiden är delvis för knapp."], {}),
    ],
)
def test_what_people_write_at_a_number_is_read_or_asked_about(lines, meant):
    assert said(answered(*lines)) == meant


def test_a_name_between_our_questions_is_no_part_of_an_answer_and_a_row_of_dashes_ends_none():
    asked = [f"{question.words}\n\nVi läser.\n\n/Kim" for question in sent().questions[:1]]
    asked += [question.words for question in sent().questions[1:]]
    assert said("\n\n".join([*asked, *sent().closing])) == {1: "Vi läser."}
    dashed = sent().text.replace("redan provat?", "redan provat?\n\nVi läser.\n--\nSedan pratar vi.")
    assert said(dashed) == {1: "Vi läser.\n--\nSedan pratar vi."}


def test_a_statement_has_all_its_letters_when_its_mail_is_known_by_its_words_alone():
    asked = mail_replies.sent_as("mejl-analys.txt")
    text = asked.text.replace(asked.key, "")
    known = sent_in(text, Workspace.open().battery.stage("analys"))
    assert [question.options for question in known.questions] == [
        question.options for question in asked.questions
    ]


@pytest.mark.parametrize(
    "head",
    [
        "Den tis 3 mars 2026 kl 10:12 skrev Kim Exempelsson <kim@region.example>:",
        "Skickat från min iPhone\n> 3 mars 2026 kl. 10:12 skrev Kim <kim@region.example>:",
        "Den 2026-03-03 kl. 10:12, skrev Kim:",
        "Den tisdag 3 mars 2026 kl. 10:12, Kim <kim@region.example> skrev:",
        "Kim Exempelsson <kim@region.example> 2026-03-03 10:12 >>>",
    ],
)
@pytest.mark.parametrize("last", ["Av varandra", "Den vanan lär man sig"])
def test_a_quoted_head_tight_below_the_last_answer_takes_no_answer_with_it(head, last):
    quoted = "\n".join(f"> {line}" for line in sent().text.split("\n"))
    assert said(f"1. Muntligt\n5. {last}\n{head}\n{quoted}") == {1: "Muntligt", 5: last}
    assert said(f"1. Muntligt\n2. b\n{head}\n{quoted}") == {1: "Muntligt", 2: "nagra"}


def test_what_is_added_after_the_name_is_shown_among_what_has_no_place():
    text = answered("1. Vi läser.", "", "Mvh", "Kim", "", "PS. 3 ska vara delvis.")
    came = reply("svar.txt", letter_of(text.encode(), "svar.txt"), sent())
    assert came.unplaced == ("PS. 3 ska vara delvis.",)


def test_a_mail_program_that_has_made_lists_of_our_alternatives_leaves_them_ours():
    page = "<html>" + sent().text.replace("\n", "<br>")
    options = (
        "a) Nej<br>b) Några av dem<br>c) De har kunnat det tidigare<br>d) Ja, de flesta<br>e) Vet inte<br>"
    )
    assert options in page
    labels = "".join(f"<li>{line[3:]}</li>" for line in options.split("<br>")[:-1])
    outcome = said(page.replace(options, f'<ol type="a">{labels}</ol><p>c</p>'))
    assert outcome == {2: "tidigare"}


@pytest.mark.parametrize("head", ["", "Am Di., 3. März 2026 um 10:12 schrieb Kim:\n\n"])
def test_what_is_quoted_below_no_head_that_is_known_is_asked_about(head):
    earlier = "> 1. Muntligt.\n> 2. b\n>\n" + "\n".join(f"> > {line}" for line in sent().text.split("\n"))
    outcome = said(f"2. c\n\n{head}{earlier}")
    assert outcome[1] == "står bara i ett citat av ett tidigare svar"
    assert outcome[2] == "tidigare"


def test_line_breaks_blanks_and_marks_in_our_words_hide_nothing_of_them():
    for width in (30, 45, 60):
        mangled = "\n".join(
            f">\u00a0{line}" for line in re.sub(rf"(.{{1,{width}}})(?: |$)", r"\1\n", sent().text).split("\n")
        )
        assert [line.text for line in subtracted(mangled, sent()).lines if line.text] == []
