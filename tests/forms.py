"""Forms for tests: made of a stage, filled in as the page fills them in, and read back."""

from __future__ import annotations

import json
import re
import subprocess
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.exports.form_html import form_file, json_in_page
from utbildningsprocess.files.shipped import form_parts
from utbildningsprocess.guide.form.copied import CopiedForm, copied_reply
from utbildningsprocess.guide.form.definition import Form, definition, questions_for_form
from utbildningsprocess.guide.form.reply import form_reply
from utbildningsprocess.guide.form.saved import saved_form
from utbildningsprocess.guide.mail.asking import Asking, made_again
from utbildningsprocess.guide.mail.key import key_in
from utbildningsprocess.guide.mail.letter import letter_of
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


_SCRIPT = """
const lines = require("readline").createInterface({input: process.stdin});
lines.on("line", line => {
  const [definition, answers, about] = JSON.parse(line);
  process.stdout.write(JSON.stringify(asMail(definition, answers, about)) + "\\n");
});
"""


class Page:
    """The page's own script without a page, in Node: the text that it gives to paste."""

    def __init__(self) -> None:
        folder = Path(__file__).parents[1] / "templates" / "formular"
        pure = [path.read_text("utf-8") for path in sorted(folder.glob("[12]0-*.js"))]
        command = ["node", "-e", "\n".join([*pure, _SCRIPT])]
        self._node = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
        )

    def text(self, form: Form, answers: dict, role: str = "", saved: str = "") -> str:
        """What ”Kopiera som text” gives."""
        about = {"id": ANSWER_ID, "role": role, "saved": saved}
        print(json.dumps([definition(form), answers, about]), file=self._node.stdin, flush=True)
        return json.loads(self._node.stdout.readline())

    def close(self) -> None:
        self._node.stdin.close()
        self._node.stdout.close()
        self._node.wait(10)


def read_text(form: Form, text: str, sheet: AnswerSheet | None = None, name="svar.txt") -> Reply:
    """What the text says, pasted into a letter."""
    letter = letter_of(text.encode(), name)._replace(saved=DAY)
    key = key_in(letter.text)
    sent = made_again(key, form.asking.title, form.asking.stage, is_copy=True)
    assert sent is not None
    assert sent.is_copy
    return copied_reply(name, CopiedForm(letter, sent, key), form.asking.stage, sheet or form.asking.sheet)
