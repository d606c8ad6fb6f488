"""Word files that come back: every box by its control, its bookmark or the tag of its row, and nothing dropped."""

from __future__ import annotations

from datetime import date

import pytest
from lxml import etree

from small import SMALL
from utbildningsprocess.errors import Broken
from utbildningsprocess.files.packed import unpacked
from utbildningsprocess.guide.word.reply import WORD_PARTS, opened_word
from utbildningsprocess.model import Given, Row, Unknown
from word_files import MAIN, W14, Paper, W, asking, form_on_word, packed_as, read_back, word_of

ABOUT = asking(SMALL, "behov")
SENT = word_of(form_on_word(ABOUT))
QIDS = [question.qid for question in form_on_word(ABOUT).questions]
NUMBER = {qid.partition(".")[2]: number for number, qid in enumerate(QIDS, 1)}


def box(qid, *more):
    return "__".join(["utb", str(NUMBER[qid]), *more])


def filled() -> Paper:
    """Something in every kind of box."""
    paper = Paper(SENT)
    paper.write(box("varfor"), "Fler avvikelser\nän i fjol")
    paper.write(box("kort"), "Kort sagt")
    paper.tick(box("krav", "k", "lag"))
    paper.tick(box("utlosare", "k", "nej"))
    paper.tick(box("utlosare", "k", "lag"))
    paper.tick(box("bradskar", "k", "ja"))
    paper.write(box("klart"), "3 mars")
    paper.write(box("andel"), "12,5")
    paper.write(box("ord"), "puls, larm")
    paper.tick(box("hinder", "s02", "k", "inte"))
    paper.write(box("hinder", "s03"), "Stämmer")
    paper.write(box("malgrupper", "ny1", "namn"), "Nya")
    paper.write(box("malgrupper", "ny1", "antal"), "14")
    return paper


ANSWERS = {
    "behov.varfor": Given("Fler avvikelser\\\nän i fjol"),
    "behov.kort": Given("Kort sagt"),
    "behov.krav": Given("lag"),
    "behov.utlosare": Given(("nej", "lag")),
    "behov.bradskar": Given(value=True),
    "behov.klart": Given(date(2027, 3, 3)),
    "behov.andel": Given(12.5),
    "behov.ord": Given(("puls", "larm")),
    "behov.hinder.s02": Given("inte"),
    "behov.hinder.s03": Given("stammer"),
    "behov.malgrupper.+1": Given((Row("", {"namn": "Nya", "antal": 14}),)),
}


def said(paper: Paper, about=ABOUT):
    came = read_back(paper.data, about)
    return {stated.address: stated.answer for stated in came.said}


def test_an_empty_file_says_nothing():
    came = read_back(SENT, ABOUT)
    assert (came.said, came.unplaced, came.beside, came.notes) == ((), (), (), ())
    assert came.asked == tuple(QIDS)


def test_every_kind_of_box_is_read_as_if_it_were_typed():
    came = read_back(filled().data, ABOUT)
    assert {stated.address: stated.answer for stated in came.said} == ANSWERS
    assert came.unplaced == came.beside == ()


@pytest.mark.parametrize(
    "losses",
    [
        ("without_tags",),
        ("without_tags", "without_controls"),
        ("without_bookmarks",),
        ("without_told",),
        ("without_tags", "without_bookmarks"),
        ("without_controls", "without_bookmarks", "without_told"),
    ],
)
def test_what_a_program_drops_of_the_boxes_drops_no_answer(losses):
    paper = filled()
    for loss in losses:
        getattr(paper, loss)()
    came = read_back(paper.data, ABOUT)
    assert {stated.address: stated.answer for stated in came.said} == ANSWERS
    assert came.unplaced == ()


# ------------------------------------------------------------ where a control stands


def wrapped(inner: str, name: str) -> etree._Element:
    head = f'<w:sdt {MAIN}><w:sdtPr><w:tag w:val="{name}"/></w:sdtPr><w:sdtContent>'
    return etree.fromstring(f"{head}{inner}</w:sdtContent></w:sdt>")


def moved(name: str, made: etree._Element) -> Paper:
    """The file with a control in place of the table that its box stands in."""
    paper = Paper(SENT)
    table = paper.table_of(name)
    table.getparent().replace(table, made)
    return paper


PICTURE = "<w:r><w:drawing/></w:r>"
P = f"<w:p><w:r><w:t>Ett svar</w:t></w:r>{PICTURE}</w:p>"
CELL = f"<w:tc>{P}</w:tc>"


@pytest.mark.parametrize(
    "made",
    [
        wrapped(P, box("kort")),
        etree.fromstring(f"<w:p {MAIN}>{etree.tostring(wrapped(P[5:-6], box('kort'))).decode()}</w:p>"),
        wrapped(f"<w:tbl><w:tr>{CELL}</w:tr></w:tbl>", box("kort")),
        etree.fromstring(
            f"<w:tbl {MAIN}>{etree.tostring(wrapped(f'<w:tr>{CELL}</w:tr>', box('kort'))).decode()}</w:tbl>"
        ),
        etree.fromstring(
            f"<w:tbl {MAIN}><w:tr>{etree.tostring(wrapped(CELL, box('kort'))).decode()}</w:tr></w:tbl>"
        ),
        wrapped(etree.tostring(wrapped(P, box("kort"))).decode(), box("kort")),
        wrapped(etree.tostring(wrapped(P, "någon annans")).decode(), box("kort")),
    ],
    ids=["body", "paragraph", "table", "row", "cell", "nested", "others"],
)
def test_a_control_is_read_once_wherever_it_stands_with_a_picture_in_it(made):
    came = read_back(moved(box("kort"), made).data, ABOUT)
    assert [(stated.address, stated.answer) for stated in came.said] == [("behov.kort", Given("Ett svar"))]
    assert came.unplaced == ()


def test_text_in_a_text_box_is_shown_once_though_word_writes_it_twice():
    paper = Paper(SENT)
    text = "<w:txbxContent><w:p><w:r><w:t>I en textruta</w:t></w:r></w:p></w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<mc:AlternateContent {mc}><mc:Choice>{text}</mc:Choice><mc:Fallback>{text}</mc:Fallback></mc:AlternateContent>"
    paper.body.insert(3, etree.fromstring(f"<w:p {MAIN}><w:r>{both}</w:r></w:p>"))
    assert read_back(paper.data, ABOUT).unplaced == ("I en textruta",)


# ------------------------------------------------------------ what is no answer


@pytest.mark.parametrize(
    "text",
    [
        "Klicka och skriv här",
        "Klicka eller tryck här för att ange text.",
        "Click or tap here to enter text.",
        "Choose an item.",
        "Välj ett objekt.",
        "   ",
    ],
)
def test_a_prompt_is_no_answer_whether_its_flag_stands_or_not(text):
    paper = Paper(SENT)
    paper.write(box("kort"), text)
    came = read_back(paper.data, ABOUT)
    assert (came.said, came.unplaced) == ((), ())


def test_a_flagged_text_that_is_no_known_prompt_is_no_answer_and_is_shown():
    paper = Paper(SENT)
    next(paper.control(box("kort")).iter(f"{W}t")).text = "Skriv din mening"
    came = read_back(paper.data, ABOUT)
    assert (came.said, came.unplaced) == ((), ("Skriv din mening",))


def test_words_written_after_a_prompt_are_read_without_it():
    paper = Paper(SENT)
    paper.write(box("kort"), "Klicka och skriv här Det är bråttom")
    assert said(paper) == {"behov.kort": Given("Det är bråttom")}


def test_tracked_insertions_count_deletions_and_comments_do_not_and_it_is_said():
    paper = Paper(SENT)
    paper.write(box("kort"), "Vi larmar")
    content = paper.control(box("kort")).find(f"{W}sdtContent")
    deleted = etree.fromstring(f"<w:del {MAIN}><w:r><w:delText> sent</w:delText></w:r></w:del>")
    inserted = etree.fromstring(f"<w:ins {MAIN}><w:r><w:t> i tid</w:t></w:r></w:ins>")
    content.extend([deleted, inserted])
    comment = (
        f"<w:comments {MAIN}><w:comment><w:p><w:r><w:t>Varför?</w:t></w:r></w:p></w:comment></w:comments>"
    )
    paper.parts["word/comments.xml"] = comment.encode()
    came = read_back(paper.data, ABOUT)
    assert [stated.answer for stated in came.said] == [Given("Vi larmar i tid")]
    assert came.unplaced == ()
    assert came.notes == (
        "Filen har spårade ändringar. Det som är tillagt är med, och det som är struket är det inte.",
        "Filen har kommentarer i marginalen. De är inte med i svaren.",
    )


# ------------------------------------------------------------ ticks, letters and words


@pytest.mark.parametrize("way", [{"sign": False}, {"state": False}, {}])
def test_a_tick_is_known_by_its_state_and_by_its_sign(way):
    paper = Paper(SENT)
    paper.tick(box("krav", "k", "nej"), **way)
    paper.tick(box("hinder", "s01", "k", "stammer"), **way)
    assert said(paper) == {"behov.krav": Given("nej"), "behov.hinder.s01": Given("stammer")}


@pytest.mark.parametrize("sign", ["x", "X", "[x]", "✓", "☑"])
def test_a_tick_can_be_typed(sign):
    paper = Paper(SENT)
    next(paper.control(box("krav", "k", "nej")).iter(f"{W}t")).text = sign
    assert said(paper) == {"behov.krav": Given("nej")}


@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("b", Given("lag")),
        ("b) Lag eller föreskrift", Given("lag")),
        ("Lagkrav", Given("lag")),
        ("vet inte", Unknown()),
        ("Vet inte än: jurist", Unknown("jurist")),
    ],
)
def test_a_choice_can_be_answered_by_a_letter_or_words_in_the_box_beside(words, answer):
    paper = Paper(SENT)
    paper.write(box("krav"), words)
    assert said(paper) == {"behov.krav": answer}


def test_words_that_name_no_alternative_are_asked_about():
    paper = Paper(SENT)
    paper.write(box("krav"), "kanske lag")
    (stated,) = read_back(paper.data, ABOUT).said
    assert stated.answer is None
    assert (stated.words, bool(stated.doubt)) == ("kanske lag", True)


def test_two_ticks_where_one_is_taken_are_asked_about():
    paper = Paper(SENT)
    paper.tick(box("krav", "k", "nej"))
    paper.tick(box("krav", "k", "lag"))
    paper.tick(box("hinder", "s01", "k", "stammer"))
    paper.tick(box("hinder", "s01", "k", "inte"))
    came = read_back(paper.data, ABOUT)
    assert [stated.answer for stated in came.said] == [None, None]
    assert all(stated.doubt for stated in came.said)


def test_own_words_are_taken_beside_what_is_ticked():
    paper = Paper(SENT)
    paper.tick(box("utlosare", "k", "lag"))
    paper.write(box("utlosare"), "en ny lokal")
    assert said(paper) == {"behov.utlosare": Given(("lag", "en ny lokal"))}


# ------------------------------------------------------------ copies and loose words


def test_a_copied_row_is_a_new_row():
    paper = filled()
    table = paper.table_of(box("malgrupper", "ny1", "namn"))
    made = paper.copy(table)
    for text in made.iter(f"{W}t"):
        text.text = text.text.replace("Nya", "Erfarna")
    rows = [answer for address, answer in said(paper).items() if ".+" in address]
    first, second = ({"namn": name, "antal": 14} for name in ("Nya", "Erfarna"))
    assert rows == [Given((Row("", first),)), Given((Row("", second),))]


def test_two_boxes_of_one_question_that_differ_are_asked_about():
    paper = Paper(SENT)
    paper.write(box("kort"), "Först så")
    made = paper.copy(paper.table_of(box("kort")))
    next(text for text in made.iter(f"{W}t") if text.text == "Först så").text = "Sedan så"
    (stated,) = read_back(paper.data, ABOUT).said
    assert stated.doubt == "två rutor har olika svar på samma fråga"
    assert [way.answer for way in stated.proposals] == [Given("Först så"), Given("Sedan så")]


def test_two_boxes_of_one_question_that_say_the_same_are_one():
    paper = Paper(SENT)
    paper.write(box("kort"), "Först så")
    paper.copy(paper.table_of(box("kort")))
    assert said(paper) == {"behov.kort": Given("Först så")}


def test_what_is_written_outside_the_boxes_is_shown_and_our_own_words_are_not():
    paper = Paper(SENT)
    paper.body.insert(0, paper.paragraph("Hej, här kommer svaren"))
    paper.table_of(box("varfor")).addnext(paper.paragraph("Det gäller bara natten."))
    heading = next(p for p in paper.body.iter(f"{W}p") if "Finns det ett krav?" in "".join(p.itertext()))
    heading.append(paper.run(" Ja, sedan i våras"))
    paper.body.insert(-1, paper.paragraph("Hälsningar"))
    assert read_back(paper.data, ABOUT).unplaced == (
        "Hej, här kommer svaren",
        "Det gäller bara natten.",
        "Ja, sedan i våras",
        "Hälsningar",
    )


def test_words_where_a_box_was_deleted_are_in_its_answer_or_shown():
    paper = Paper(SENT)
    control = paper.control(box("kort"))
    cell = next(control.iterancestors(f"{W}tc"))
    cell[-1][:] = [paper.run("Utan ruta")]
    table = paper.table_of(box("varfor"))
    table.getparent().replace(table, paper.paragraph("Utan tabell"))
    came = read_back(paper.data, ABOUT)
    assert [(stated.address, stated.answer) for stated in came.said] == [("behov.kort", Given("Utan ruta"))]
    assert came.unplaced == ("Utan tabell",)


def test_a_footnote_is_shown():
    paper = Paper(SENT)
    note = f"<w:footnotes {MAIN}><w:footnote><w:p><w:r><w:t>Enligt chefen</w:t></w:r></w:p></w:footnote></w:footnotes>"
    paper.parts["word/footnotes.xml"] = note.encode()
    assert read_back(paper.data, ABOUT).unplaced == ("Enligt chefen",)


# ------------------------------------------------------------ what stood there


KNOWN = {
    "behov.kort": Given("Som det är"),
    "behov.krav": Given("nej"),
    "behov.hinder": Given({"s01": "stammer"}),
    "behov.malgrupper": Given((Row("1", {"namn": "Nya", "antal": 14}),)),
}
LATER = asking(SMALL, "behov", KNOWN)
PREFILLED = word_of(form_on_word(LATER))


def test_what_is_left_as_it_stood_is_no_answer_whatever_the_dossier_says_by_then():
    newer = asking(SMALL, "behov", {**KNOWN, "behov.kort": Given("Något nyare")})
    assert read_back(PREFILLED, LATER).said == ()
    assert read_back(PREFILLED, newer).said == ()
    assert read_back(PREFILLED, ABOUT).said == ()


def test_only_what_is_changed_is_an_answer_and_a_blank_erases_nothing():
    paper = Paper(PREFILLED)
    paper.write(box("kort"), "")
    paper.tick(box("krav", "k", "lag"))
    next(paper.control(box("krav", "k", "nej")).iter(f"{W14}checked")).set(f"{W14}val", "0")
    next(paper.control(box("krav", "k", "nej")).iter(f"{W}t")).text = "☐"
    paper.write(box("malgrupper", "1", "antal"), "20")
    came = read_back(paper.data, LATER)
    assert {stated.address: stated.answer for stated in came.said} == {
        "behov.krav": Given("lag"),
        "behov.malgrupper.1.antal": Given(20),
    }
    assert all(stated.stood for stated in came.said)


def test_a_copy_of_a_row_of_the_dossier_is_a_new_row():
    paper = Paper(PREFILLED)
    made = paper.copy(paper.table_of(box("malgrupper", "1", "namn")))
    for text in made.iter(f"{W}t"):
        text.text = text.text.replace("Nya", "Erfarna")
    assert said(paper, LATER) == {"behov.malgrupper.+1": Given((Row("", {"namn": "Erfarna", "antal": 14}),))}


# ------------------------------------------------------------ files that are not what they say


def hostile(part: str, data: bytes) -> bytes:
    paper = Paper(SENT)
    paper.parts[part] = data
    return packed_as(paper.parts)


BOMB = b'<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><w>&b;</w>'
SAVED_AGAIN = "Öppna den i Word, spara den igen som vanligt dokument (.docx) och läs in den på nytt."


@pytest.mark.parametrize(
    "data",
    [
        hostile("word/document.xml", BOMB),
        hostile("word/document.xml", BOMB.decode().encode("utf-16")),
        hostile("docProps/core.xml", BOMB),
        hostile("word/document.xml", b"<w>" * 100_000),
        hostile("word/document.xml", b"<w>" + b"<a/>" * 200_000 + b"</w>"),
        hostile("word/document.xml", SENT[:300]),
        hostile("word/document.xml", b""),
    ],
    ids=["entities", "entities-utf-16", "properties", "deep", "many", "no-xml", "empty"],
)
def test_a_part_that_is_no_word_text_is_a_sentence(data):
    with pytest.raises(Broken) as told:
        opened_word("a.docx", unpacked(data, "a.docx", WORD_PARTS))
    why = "a.docx är en skadad Word-fil och går inte att läsa. Inget har ändrats."
    assert str(told.value) == f"{why} {SAVED_AGAIN}"


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (hostile("word/document.xml", b" " * 26_000_000), "blir orimligt stor när den packas upp"),
        (SENT[: len(SENT) // 2], "är skadad och går inte att packa upp"),
        (SENT.replace(b"word/document.xml", b"word/document.xmm", 1), "är skadad och går inte att packa upp"),
        (b"PK" + bytes(50_000_000), "är större än 40 MB. Ta bort bilderna i den"),
    ],
    ids=["bomb", "torn", "renamed", "huge"],
)
def test_a_packed_file_that_is_damaged_or_huge_is_a_sentence(data, why):
    with pytest.raises(Broken) as told:
        unpacked(data, "a.docx", WORD_PARTS)
    again = "Inget har ändrats. Öppna filen, spara den på nytt och läs in den igen."
    assert str(told.value) == f"a.docx {why}. {again}"


@pytest.mark.parametrize("told", [b"[]", b"{}", b'{"begun":1,"asked":2,"ours":3}', b"nej", b"[" * 9_000])
def test_what_the_file_says_of_itself_may_be_anything(told):
    paper = filled()
    name = "docProps/custom.xml"
    properties = etree.fromstring(paper.parts[name])
    for entry in properties:
        entry[0].text = told.decode() if entry.get("name") == "utb-blad" else ""
    paper.parts[name] = etree.tostring(properties)
    assert said(paper) == ANSWERS


def saved_by(name: str, words: str) -> str:
    """What tells the answer in a file that somebody has saved."""
    paper = Paper(SENT)
    paper.write(box("kort"), words)
    core = etree.fromstring(paper.parts["docProps/core.xml"])
    next(node for node in core if node.tag.endswith("lastModifiedBy")).text = name
    paper.parts["docProps/core.xml"] = etree.tostring(core)
    return read_back(paper.data, ABOUT).answer_id


def test_an_answer_saved_again_by_the_same_person_is_the_same_answer_and_that_of_another_is_another():
    assert saved_by("Avdelning A", "ett") == saved_by("Avdelning A", "två")
    assert saved_by("Avdelning A", "ett") != saved_by("Avdelning B", "ett")


def test_where_nobody_is_said_to_have_saved_it_what_is_answered_tells_the_answer():
    assert saved_by("", "ett") == saved_by("", "ett") != saved_by("", "två")


def test_a_control_round_our_own_table_holds_the_answer_and_not_our_words():
    paper = Paper(SENT)
    paper.write(box("kort"), "Ett svar")
    table = paper.table_of(box("kort"))
    made = wrapped("<w:p/>", box("kort"))
    table.getparent().replace(table, made)
    made.find(f"{W}sdtContent")[:] = [table]
    paper.without_bookmarks()
    for control in list(table.iter(f"{W}sdt")):
        control.getparent().replace(control, paper.run("Ett svar"))
    assert said(paper) == {"behov.kort": Given("Ett svar")}
    assert read_back(paper.data, ABOUT).unplaced == ()
