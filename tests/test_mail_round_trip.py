"""Whatever way somebody answers a mail in, what was meant comes back: every question of a stage, every way of writing."""

from __future__ import annotations

import html
import textwrap
from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from utbildningsprocess.guide.mail.asking import Asking, mail_of
from utbildningsprocess.guide.mail.letter import letter_of
from utbildningsprocess.guide.mail.reply import reply
from utbildningsprocess.model import AnswerSheet, Given
from utbildningsprocess.work.workspace import Workspace

BATTERY = Workspace.open().battery
STAGES = [stage.id for stage in BATTERY.stages if stage.is_step]
SHEET = AnswerSheet(BATTERY, {})
ATTRIBUTION = "Den tis 3 mars 2026 kl 10:12 skrev Lärande <larande@region.example>:"
HEAD = """Från: Lärande <larande@region.example>
Skickat: den 3 mars 2026 10:12
Till: Kim Exempelsson <kim@region.example>
Ämne: Frågor"""
WORDS = (
    "Vi",
    "läser",
    "muntligt",
    "på",
    "natten",
    "handledaren",
    "tavlan",
    "efter",
    "passet",
    "sällan",
    "alla",
    "mötet",
)


@cache
def asked(stage_id):
    stage = BATTERY.stage(stage_id)
    return mail_of(Asking("Trygg start", "bcdfghjkmn", stage, SHEET, None), stage, only_open=False).sent


def quote(text):
    return "\n".join(f"> {line}" for line in text.split("\n"))


def above(sent, answers):
    numbered = "\n".join(f"{number}. {words}" for number, words in answers.items())
    return f"Hej!\n\n{numbered}\n\nMed vänlig hälsning\nKim Exempelsson\nChef\n\n{HEAD}\n\n{sent.text}"


def tagged(sent, answers):
    lines = "\n\n".join(
        f"{asked.tag}\n{answers[asked.number]}" for asked in sent.questions if asked.number in answers
    )
    return f"{lines}\n\nMvh Kim\n\n{ATTRIBUTION}\n\n{quote(sent.text)}"


def between(sent, answers, mark=quote):
    paragraphs = [*sent.opening]
    blocks = [mark("\n\n".join(paragraphs))]
    for asked in sent.questions:
        blocks.append(mark(asked.words))
        blocks += [answers[asked.number]] if asked.number in answers else []
    return "\n\n".join([*blocks, mark("\n\n".join([*sent.closing, sent.key]))])


def inside_quotation(sent, answers):
    return f"Svar nedan.\n\n{ATTRIBUTION}\n\n{between(sent, answers)}"


def inside_original(sent, answers):
    return f"Se nedan. /Kim\n\n{HEAD}\n\n{between(sent, answers, str)}"


def beside(sent, answers):
    text = sent.text
    for asked in sent.questions:
        first = asked.words.split("\n")[0]
        text = text.replace(first, f"{first}  {answers.get(asked.number, '')}".rstrip())
    return text


def wrapped(sent, answers):
    lines = [textwrap.fill(line, 60) for line in sent.text.split("\n")]
    return above(sent, answers).partition(HEAD)[0] + ATTRIBUTION + "\n\n" + quote("\n".join(lines))


def as_page(sent, answers):
    text = inside_original(sent, answers)
    return f"<html><body>{html.escape(text).replace(chr(10), '<br>' + chr(10))}</body></html>"


WAYS = [above, tagged, inside_quotation, inside_original, beside, wrapped, as_page]


@st.composite
def replies(draw):
    """A mail about a stage, what is written at some of its questions, and what is meant by that."""
    sent = asked(draw(st.sampled_from(STAGES)))
    chosen = draw(st.lists(st.sampled_from(sent.questions), min_size=1, max_size=6, unique=True))
    written, meant = {}, {}
    for question in sorted(chosen, key=lambda question: question.number):
        if question.options and not question.question.own_words:
            option = draw(st.sampled_from(question.options))
            ways = (option.letter, option.letter.upper(), f"{option.letter})", option.words, option.label)
            written[question.number] = draw(st.sampled_from(ways))
            meant[question.address] = Given((option.value,) if question.takes_several else option.value)
        elif question.question.kind.is_text and not question.options:
            text = (
                " ".join(draw(st.lists(st.sampled_from(WORDS), min_size=3, max_size=12))).capitalize() + "."
            )
            written[question.number] = text
            meant[question.address] = Given(text)
    return sent, written, meant


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
@given(data=st.data())
def test_what_is_meant_comes_back_or_is_asked_about(way, data):
    sent, written, meant = data.draw(replies())
    came = reply("svar", letter_of(way(sent, written).encode(), "svar"), sent)
    read = {said.address: said.answer for said in came.said if said.answer}
    assert {address: answer for address, answer in read.items() if meant.get(address) != answer} == {}
    doubtful = {said.address for said in came.said if said.answer is None}
    assert set(meant) - set(read) <= doubtful
