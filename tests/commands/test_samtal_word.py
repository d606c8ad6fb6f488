"""`utb samtal --format docx` and `utb steg --fran`: a Word file out, and what was filled in back."""

from __future__ import annotations

import json
from email.message import EmailMessage
from html import escape
from zipfile import ZIP_STORED

import pytest

from word_files import MAIN, Paper, packed_as


def data(utb):
    return json.loads(utb("visa", "trygg-start", "--format", "json").out)


def test_a_word_file_is_filled_in_and_read_back(utb):
    utb.dossier("Trygg start")
    outcome = utb("samtal", "analys", "-o", "x.docx", "--fraga", "kan_idag", "--fraga", "vardagslarande")
    back = "utb steg analys trygg-start --fran insatser/inkommet"
    told = f"Spara filen som kommer tillbaka i insatser/inkommet och läs in den med: {back}\n"
    assert outcome == (0, "x.docx\n", told)
    paper = Paper((utb.folder / "x.docx").read_bytes())
    paper.tick("utb__1__k__tidigare")
    paper.write("utb__2", "I handledningen")
    (utb.folder / "y.docx").write_bytes(paper.data)
    assert utb("steg", "analys", "--fran", "y.docx").code == 0
    assert data(utb)["svar"]["analys"] == {"kan_idag": "tidigare", "vardagslarande": "I handledningen"}
    before = utb.folder.joinpath("insatser/trygg-start.md").read_bytes()
    utb("steg", "analys", "--fran", "y.docx")
    assert utb.folder.joinpath("insatser/trygg-start.md").read_bytes() == before


def test_a_word_file_that_came_in_a_mail_is_read(utb):
    utb.dossier("Trygg start")
    utb("samtal", "analys", "-o", "x.docx", "--fraga", "vardagslarande")
    paper = Paper((utb.folder / "x.docx").read_bytes())
    paper.write("utb__1", "I handledningen")
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "a@b.se", "Svar", "Tue, 03 Mar 2026 10:00:00 +0100"
    mail.set_content("Här kommer det.")
    mail.add_attachment(paper.data, maintype="application", subtype="octet-stream", filename="x.docx")
    (utb.folder / "svar.eml").write_bytes(mail.as_bytes())
    assert utb("steg", "analys", "--fran", "svar.eml").code == 0
    assert data(utb)["svar"]["analys"] == {"vardagslarande": "I handledningen"}


DOCX_AGAIN = (
    "och går inte att läsa in. Öppna den i programmet den är sparad i, välj Spara som och filtypen Word (.docx), "
    "och läs in den nya filen.\n"
)
WORD_AGAIN = "En Word-fil att fylla i får du med: utb samtal analys trygg-start --format docx\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (b"{\\rtf1 hej}", f"är i formatet RTF {DOCX_AGAIN}"),
        (
            packed_as({"mimetype": b"application/vnd.oasis.opendocument.text"}, ZIP_STORED),
            f"är i formatet ODF {DOCX_AGAIN}",
        ),
        (OLE + "WordDocument".encode("utf-16-le"), f"är i det gamla Word-formatet {DOCX_AGAIN}"),
        (
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "är låst med lösenord. Öppna den i Word, ta bort lösenordet, spara den och läs in den igen.\n",
        ),
        (
            packed_as({"word/document.xml": b"<w><p><t>Hej</t></p></w>"}),
            f"går inte att läsa in. Den har inga frågor från utb. Inget har ändrats. {WORD_AGAIN}",
        ),
        (
            packed_as(
                {"word/document.xml": b'<w><p><bookmarkStart id="1" name="utb__1"/><t>Hej</t></p></w>'}
            ),
            f"går inte att läsa in. Nyckeln på sista raden är borta eller skadad. Inget har ändrats. {WORD_AGAIN}",
        ),
    ],
    ids=["rtf", "odt", "doc", "locked", "without questions", "without a key"],
)
def test_a_file_of_another_kind_says_what_to_do(utb, given, why):
    utb.dossier("Trygg start")
    (utb.folder / "x.docx").write_bytes(given)
    assert utb("steg", "analys", "--fran", "x.docx") == (2, "", f"Fel: x.docx {why}")


def test_a_mail_that_was_answered_in_word_is_read_as_the_mail_it_is(utb):
    utb.dossier("Trygg start")
    sent = utb("samtal", "analys", "--format", "mejl", "--fraga", "vardagslarande").out
    first, rest = sent.split("[analys 1]")
    question, _, after = rest.partition("\n\n")
    lines = f"{first}[analys 1]{question}\n\nI handledningen\n\n{after}".splitlines()
    body = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in lines)
    text = f"<w:document {MAIN}><w:body>{body}</w:body></w:document>"
    (utb.folder / "x.docx").write_bytes(packed_as({"word/document.xml": text.encode()}))
    assert utb("steg", "analys", "--fran", "x.docx").code == 0
    assert data(utb)["svar"]["analys"] == {"vardagslarande": "I handledningen"}
