"""Forms for tests: made of a stage, filled in as the page fills them in, and read back."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.exports.form_html import form_file, json_in_page
from utbildningsprocess.files.shipped import form_parts
from utbildningsprocess.guide.form.definition import Form, definition, questions_for_form
from utbildningsprocess.guide.form.reply import form_reply
from utbildningsprocess.guide.form.saved import saved_form
from utbildningsprocess.guide.mail.asking import Asking
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.model import AnswerSheet

if TYPE_CHECKING:
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Battery, Stage

DAY = date(2026, 11, 28)
ANSWER_ID = "0123456789abcdef"
BLOCK = re.compile(r'(<script type="application/json" id="utb-svar">)(.*?)(</script>)', re.DOTALL)


def asking(battery: Battery, stage_id: str, answers=None, who=None) -> Asking:
    return Asking(
        "Trygg start", "bcdfghjkmn", battery.stage(stage_id), AnswerSheet(battery, answers or {}), who
    )


def form_of(about: Asking, *, purpose=Purpose.ANSWER, chosen: Stage | None = None, only_open=False) -> Form:
    return Form(about, questions_for_form(about, chosen or about.stage, only_open=only_open), purpose, DAY)


def file_of(form: Form) -> bytes:
    return form_file(form_parts(), definition(form), "<p>Papper</p>")


def saved_as(form: Form, answers: dict, **more: object) -> bytes:
    """The file that a person saves."""
    said = {
        "format": 1,
        "id": ANSWER_ID,
        "form_id": definition(form)["form_id"],
        "role": "chef",
        "saved": DAY.isoformat(),
        "answers": answers,
        "set_aside": {},
        **more,
    }
    return with_answers(file_of(form), json_in_page(said))


def with_answers(page: bytes, said: str) -> bytes:
    """The page with other data where the answers stand."""
    return BLOCK.sub(lambda match: match[1] + said + match[3], page.decode()).encode("utf-8", "surrogatepass")


def answers_in(page: bytes) -> dict:
    match = BLOCK.search(page.decode())
    assert match
    return json.loads(match[2])


def read(form: Form, data: bytes, sheet: AnswerSheet | None = None, name="svar.html") -> Reply:
    return form_reply(name, saved_form(data, name), form.asking.stage, sheet or form.asking.sheet)


def said_in(form: Form, answers: dict, sheet: AnswerSheet | None = None) -> dict:
    """What a form says by address: the answer, or why only a person can decide."""
    came = read(form, saved_as(form, answers), sheet)
    return {said.address: said.answer or said.doubt for said in came.said}
