"""`utb guide` in plain lines, from a pipe."""

from __future__ import annotations

import re

from utbildningsprocess.files.roots import GUIDE, Root, question_text
from utbildningsprocess.settings import Settings

TYPED = """\
ett fall
.
:b

:v
chefen
:k
4
80
läkare
12 mars
2027-03

:s
några ord
.

ja
nej
"""


def test_all_of_the_guide_can_be_done_in_plain_lines(utb, tmp_path):
    outcome = utb("guide", "--enkel", stdin=TYPED)
    assert outcome.code == 0, outcome.err
    told = re.findall(r"^Guiden: (.*)", outcome.err, re.MULTILINE)
    praised = [words for words in told if words.startswith("Bra. ")]
    assert (len(told), len(praised)) == (11, 8)
    assert "Ctrl" not in "".join(told)
    assert "pekar på" in outcome.out
    assert outcome.err.rstrip().endswith("Alla kommandon: utb hjälp")
    assert list(utb.folder.iterdir()) == [utb.folder / ".git"]
    assert not list((tmp_path / "tillstand").rglob("*.json"))


def test_a_guide_that_ends_early_says_how_to_begin_again(utb):
    outcome = utb("guide", "--enkel", stdin="ett fall\n.\n")
    assert outcome.code == 130
    assert outcome.err.endswith("Guiden slutar här. Kopian är borttagen. Börja om med: utb guide\n")


def test_the_guide_names_questions_that_are_asked_and_is_no_battery(utb):
    text = question_text(Root(utb.folder, Settings()), GUIDE)
    assert text.count("fraga:") == text.count("enkel:") == 10
    assert utb("batteri", "kontrollera").code == 0
