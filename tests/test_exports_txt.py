"""An invitation as the text of a mail: the subject first, no marks, and addresses as they are."""

from __future__ import annotations

from datetime import date

from making import made, whole
from utbildningsprocess.exports.txt import to_txt
from utbildningsprocess.markdown import page_blocks
from utbildningsprocess.pages.page import Page


def text(markdown, head=()):
    return to_txt(Page("Inbjudan", "Start", head, page_blocks(markdown), date(2026, 11, 27)))


def test_a_mail_begins_with_its_subject_and_has_no_marks():
    assert text(
        "# Start *nu*\n\n## När\n\n**Ta med:** skor\n\n- `A`, sal 3\n- B\n  - C\n\n3. Kom\n4. Gå\n"
    ) == ("Ämne: Start nu\n\nNär\n\nTa med: skor\n\n- A, sal 3\n- B\n  - C\n\n3. Kom\n4. Gå\n")


def test_an_address_stands_as_it_is():
    assert text("# S\n\n<https://a.example/x> [filmen](https://b.example) <kurs@c.example>\n").endswith(
        "\n\nhttps://a.example/x filmen: https://b.example kurs@c.example\n"
    )


def test_each_new_sheet_is_a_mail_of_its_own():
    first, hello, line, second, _ = text("# Ett\n\nHej\n\n***\n\n# Två\n\nHej\n").split("\n\n")
    assert (first, hello, second) == ("Ämne: Ett", "Hej", "Ämne: Två")
    assert set(line) == {"="}


def test_that_the_dossier_is_damaged_is_said_below_the_subject():
    assert text("# S\n\nHej\n", (("Skadad fil", "rad 7"),)) == "Ämne: S\n\nSkadad fil: rad 7\n\nHej\n"


def test_the_invitation_of_the_example_reads_as_it_was_written():
    mail = to_txt(made("inbjudan", whole()).page)
    assert not any(mark in mail for mark in ("**", "# ", "\\"))
    assert "\n- Första: tisdag 4 mars 2025 kl. 8.00–16.00, Kliniskt träningscentrum\n" in mail
    assert mail.count("Ämne: ") == 2
