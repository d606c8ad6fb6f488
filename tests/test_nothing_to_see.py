"""An answer in which there is nothing to see is no answer, whichever way it comes."""

from __future__ import annotations

from datetime import date

import pytest

from scripted import Scripted
from small import SMALL
from test_own_words import talked
from utbildningsprocess.answers.accept import EMPTY_ANSWER, accept
from utbildningsprocess.answers.answers_file import read_answers_file
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.table_rows import rows_from_file
from utbildningsprocess.dossier.document import open_stage, read, with_answer
from utbildningsprocess.dossier.protection import fence
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.model import AnswerSheet, Given
from utbildningsprocess.swedish import clean

UNSEEN = ["\u00a0", "\u200b", "\ufeff", "\u2060", "\u00ad \u200d", "\u200b\n\n\u200b", "\t\u2003"]
DOSSIER = open_stage(
    "<!-- utb:dossier 1 -->\n\n# T\n\n## Behov\n\n## Koncept\n", AnswerSheet(SMALL, {}), "behov"
)
GROUP = "behov.malgrupper"


def faults(content):
    return [problem for problem in content.problems if not problem.is_notice]


unseen = pytest.mark.parametrize("nothing", UNSEEN, ids=ascii)


@unseen
@pytest.mark.parametrize("qid", ["behov.varfor", "behov.kort", "behov.utlosare", "behov.ord"])
def test_it_is_refused_as_an_empty_answer(qid, nothing):
    with pytest.raises(Invalid, match=EMPTY_ANSWER):
        accept(SMALL.question(qid), nothing, date(2026, 3, 1))


@unseen
def test_it_leaves_a_question_open_in_a_dossier_that_is_read_as_before(nothing):
    place = "<!-- utb:behov.varfor -->\n"
    for body in (nothing, fence(nothing)):
        text = DOSSIER.replace(place, f"{place}\n{body}\n")
        content = read(text, SMALL)
        assert (dict(content.answers), faults(content)) == ({}, [])
        after = with_answer(text, SMALL, "behov.varfor", Given("Larmen"))
        assert read(after, SMALL).answers == {"behov.varfor": Given("Larmen")}


@unseen
def test_a_field_that_holds_it_is_empty_in_a_dossier(nothing):
    name = nothing.replace("\n", "")
    place = f"<!-- utb:{GROUP} -->\n"
    row = f"{place}\n#### 1\n\n- **Namn:** {name}\n- **Antal:** {name}\n"
    content = read(DOSSIER.replace(place, row), SMALL)
    assert faults(content) == []
    (read_row,) = content.answers[GROUP].value
    assert dict(read_row.values) == {"namn": ""}


@unseen
def test_it_is_no_answer_in_an_answers_file(nothing):
    said = nothing.encode("unicode_escape").decode("ascii").replace("\\x", "\\u00")
    with pytest.raises(WrongUse, match=EMPTY_ANSWER):
        read_answers_file(f'svar:\n  behov:\n    varfor: "{said}"\n', "a.yaml", SMALL, date(2026, 3, 1))


def test_cells_of_a_table_that_hold_it_are_empty():
    text = "Namn\tAntal\n\u200b\t\u2060\nNya\t\u00a0\n"
    preview = rows_from_file(SMALL.question(GROUP), text, AnswerSheet(SMALL, {}), date(2026, 3, 1))
    assert [dict(row.values) for row in preview.rows] == [{"namn": "Nya"}]
    assert preview.misfits == ()


def test_words_of_ones_own_that_hold_it_are_asked_for_again():
    assert talked(Scripted("Annat", "\u200b", "risk", "klart")) == "risk"


def test_what_can_be_seen_beside_it_stays_as_it_is():
    assert clean("\u200ba\u00a0\u2060") == "\u200ba\u00a0\u2060".rstrip()
