"""Answers to a survey for tests: the same people as forms, as tables in any dialect and as a workbook."""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING

from utbildningsprocess.exports.form_html import json_in_page
from utbildningsprocess.guide.survey.asking import heading, headings, part_of
from utbildningsprocess.model import Kind
from utbildningsprocess.work.initiative import Initiative
from utbildningsprocess.work.survey_report import survey_of
from utbildningsprocess.work.survey_sheets import SurveySheet
from utbildningsprocess.work.workspace import Workspace

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.model import Question, Stage

BLOCK = re.compile(r'(<script type="application/json" id="utb-svar">)(.*?)(</script>)', re.DOTALL)
DEFINITION = re.compile(r'id="utb-formular">(.*?)</script>', re.DOTALL)
OTHER_WORDS = "Vi byter avdelning, och då börjar allt om; igen"
MANY = 23


def opened() -> Initiative:
    return Initiative.open(Workspace.open())


def part(day: int) -> Stage:
    return survey_of(opened()).stage(part_of(day))


def people(stage: Stage, many: int = MANY) -> list[dict]:
    """What each answers, by heading: an option's id, several, or words. Some leave a question out."""
    everybody = []
    for number in range(many):
        said: dict[tuple[str, str], object] = {}
        for question in stage.questions:
            for place, statement in enumerate(question.statements or (None,)):
                goal = statement.id if statement else ""
                said[question.id, goal] = _answer(question, number + place)
        if number % 7 == 3:
            said.popitem()
        everybody.append(said)
    return everybody


def _answer(question: Question, number: int) -> object:
    options = [option.id for option in question.options]
    if question.id == "grupp":
        return options[number % len(options)]
    if question.kind is Kind.MULTIPLE and number % 5 == 0:
        return (options[1], options[2], OTHER_WORDS) if question.own_words else (options[-1],)
    if question.kind is Kind.MULTIPLE:
        return tuple(options[1 + place] for place in range(number % 3 + 1))
    if options:
        return options[number * number % len(options)]
    return f"LU{number:02}" if question.id == "kod" else f"Jag vågar ”{number}”; mer, nu"


def table(stage: Stage, everybody: list[dict], between: str = ";") -> list[list[str]]:
    """A row for each, as a survey tool gives it."""
    rows = [headings([stage])]
    for said in everybody:
        row = []
        for question in stage.questions:
            for statement in question.statements or (None,):
                answer = said.get((question.id, statement.id if statement else ""), "")
                row.append(_cell(question, answer, between))
        rows.append(row)
    return rows


def _cell(question: Question, answer: object, between: str) -> str:
    if isinstance(answer, tuple):
        return "".join(f"{question.label(key)}{between}" for key in answer)
    return question.label(str(answer))


def long_table(stage: Stage, everybody: list[dict]) -> list[list[str]]:
    """A row for each answer."""
    rows = [["Svarande", "Fråga", "Svar"]]
    for number, said in enumerate(everybody):
        for question in stage.questions:
            for statement in question.statements or (None,):
                answer = said.get((question.id, statement.id if statement else ""))
                if answer is not None:
                    rows.append([str(number), heading(question, statement), _cell(question, answer, ";")])
    return rows


def csv_bytes(rows: list[list[str]], divider: str, codec: str, first: str = "") -> bytes:
    text = io.StringIO()
    csv.writer(text, delimiter=divider).writerows(rows)
    return f"{first}{text.getvalue()}".encode(codec)


def workbook(rows: list[list[str]]) -> bytes:
    from xlsxwriter import Workbook

    data = io.BytesIO()
    with Workbook(data, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet("Svar")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return data.getvalue()


def forms(stage: Stage, everybody: list[dict], day: int) -> list[bytes]:
    """The files that people save."""
    sheet = SurveySheet(opened(), survey_of(opened()), part_of(day))
    page = sheet.as_form().decode()
    form_id = json.loads(BLOCK.search(page)[2])["form_id"]
    made = []
    for number, said in enumerate(everybody):
        answers = {
            f"enkat.{question.id}": state
            for question in stage.questions
            if (state := _state(question, {goal: a for (qid, goal), a in said.items() if qid == question.id}))
        }
        block = {
            "format": 1,
            "id": f"{number:016x}",
            "form_id": form_id,
            "role": "",
            "saved": "",
            "answers": answers,
            "set_aside": {},
        }
        text = json_in_page(block)
        made.append(BLOCK.sub(lambda m, text=text: m[1] + text + m[3], page).encode())
    return made


def _state(question: Question, said: dict) -> dict | None:
    if not said:
        return None
    if question.kind is Kind.STATEMENTS:
        return {"statements": said}
    (answer,) = said.values()
    if not question.options:
        return {"text": answer}
    keys = answer if isinstance(answer, tuple) else (answer,)
    known = [key for key in keys if any(option.id == key for option in question.options)]
    own = [key for key in keys if key not in known]
    return {"chosen": [*known, *(["annat"] if own else [])], "own": "; ".join(own)}


def write(folder: Path, name: str, data: bytes) -> str:
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_bytes(data)
    return name


def copied(page: bytes, said: dict, answer_id: str) -> str:
    """The text that a form gives to paste."""
    asked = json.loads(DEFINITION.search(page.decode())[1])
    blocks = [*asked["text"]["opening"]]
    for question in asked["questions"]:
        own_id = question["address"].partition(".")[2]
        labels = {option["id"]: option["label"] for option in question["options"]}
        answers = {goal: answer for (qid, goal), answer in said.items() if qid == own_id}
        blocks += [*question["mail"], *filter(None, [_pasted(question, labels, answers)])]
    return "\n\n".join([*blocks, *asked["text"]["closing"], asked["key"], f"[svar {answer_id}]"])


def _pasted(question: dict, labels: dict, answers: dict) -> str:
    if question["statements"]:
        texts = {statement["id"]: statement["text"] for statement in question["statements"]}
        return "\n".join(f"{texts[goal]}: {labels[answer]}" for goal, answer in answers.items())
    answer = answers.get("", "")
    if isinstance(answer, tuple):
        return "\n".join(f"- {labels.get(key, key)}" for key in answer)
    return labels.get(answer, answer)
