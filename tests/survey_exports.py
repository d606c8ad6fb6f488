"""Answers to a survey as the exports of survey tools look. Written from memory: none is captured from a tool."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from surveys import csv_bytes, workbook
from utbildningsprocess.guide.form.states import OTHER_OPTION
from utbildningsprocess.guide.survey.asking import heading
from utbildningsprocess.model import Kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.model import Question, Stage

MAIL, PERSON = "anna.svensson@kommun.example", "Anna Svensson"
_ABOUT = {
    "E-post": MAIL,
    "E-postadress": MAIL,
    "Email Address": MAIL,
    "Namn": PERSON,
    "First Name": "Anna",
    "Last Name": "Svensson",
    "IP-adress": "10.1.2.3",
    "Status": "Klar",
    "Startspråk": "sv",
}
"""What stands in the columns that are none of ours; a day in most."""
_NUMBERS = ("ID", "Svars-ID", "Svarsid", "Respondent ID")


class Tool(NamedTuple):
    """How a tool writes its export."""

    besides: tuple[str, ...]
    goal: str = "{0} [{1}]"
    option: str = ""
    """What the column of an option is called, where each has one; else they stand together in a cell."""
    own: str = ""
    """What the column with words of one's own is called, where options have columns; else that of the option."""
    marks: tuple[str, str] = ("", "")
    """What a ticked column says and one that is not; the option where that is nothing."""
    between: str = ";"
    is_last_too: bool = False
    has_two_rows: bool = False
    titles: int = 0
    divider: str = ","
    codec: str = "utf-8-sig"
    day: str = "{1}/{2}/2030 9:05:00 AM"
    has_codes: bool = False


TOOLS = {
    "Microsoft Forms": Tool(
        ("ID", "Starttid", "Slutförandetid", "E-post", "Namn"),
        "{1}",
        is_last_too=True,
        day="{1}/{2}/30 09:05:00",
    ),
    "Google Forms": Tool(("Tidstämpel", "E-postadress"), between=", ", day="2030-0{1}-{2} 09:05:00"),
    "LimeSurvey": Tool(
        ("Svars-ID", "Datum skickat", "Startspråk", "IP-adress"),
        option="{0} [{1}]",
        own="{0} [Annat]",
        marks=("Ja", "Nej"),
        day="2030-0{1}-{2} 09:05:00",
    ),
    "SurveyMonkey": Tool(
        ("Respondent ID", "Start Date", "End Date", "Email Address", "First Name", "Last Name"),
        option="{0} [{1}]",
        has_two_rows=True,
    ),
    "Netigate": Tool(
        ("Svarsid", "Status", "Startdatum", "E-postadress"),
        "{0} - {1}",
        option="{0} - {1}",
        own="{0} - Annat: Kommentar",
        marks=("1", "0"),
        divider=";",
        day="2030-0{1}-{2} 09:05",
    ),
    "Enalyzer": Tool(("Svarsid", "Status"), "{0}: {1}", between="|", divider=";", codec="cp1252"),
    "Webropol": Tool(("Namn", "E-post"), titles=2, divider="\t", codec="utf-16"),
}


def exported(tool: Tool, stage: Stage, everybody: list[dict]) -> list[list[str]]:
    """The rows of an export, with its headings and titles."""
    columns = [*_columns(tool, stage)]
    heads = [*tool.besides, *(name for name, _, _ in columns)]
    rows = [["Rapport från verktyget", *[""] * (len(heads) - 1)] for _ in range(tool.titles)]
    if tool.has_two_rows:
        divided = [name.partition(" [") for name, _, _ in columns]
        tops = [top for top, _, _ in divided]
        shown = ["" if place and tops[place - 1] == top else top for place, top in enumerate(tops)]
        below = [words.rstrip("]") or "Open-Ended Response" for _, _, words in divided]
        rows += [[*tool.besides, *shown], [*[""] * len(tool.besides), *below]]
    else:
        rows.append(heads)
    for number, said in enumerate(everybody):
        day = tool.day.format("", 6, 13 + number % 15)
        about = [_ABOUT.get(name, str(number) if name in _NUMBERS else day) for name in tool.besides]
        rows.append([*about, *(_cell(tool, said, question, key) for _, question, key in columns)])
    return rows


def _columns(tool: Tool, stage: Stage) -> Iterator[tuple[str, Question, str]]:
    """Each column's heading, its question, and its goal or option."""
    for question in stage.questions:
        name = heading(question)
        if question.statements:
            yield from (
                (tool.goal.format(name, goal.text), question, goal.id) for goal in question.statements
            )
        elif question.kind is Kind.MULTIPLE and tool.option:
            for option in question.options:
                if not (option.id == OTHER_OPTION and tool.own.endswith("[Annat]")):
                    yield tool.option.format(name, option.label), question, option.id
            if question.own_words and tool.own:
                yield tool.own.format(name), question, "own"
        else:
            yield name, question, ""


def _cell(tool: Tool, said: dict, question: Question, key: str) -> str:
    answer = said.get((question.id, key if question.statements else ""))
    ids = [option.id for option in question.options]
    if answer is None:
        return ""
    if not isinstance(answer, tuple):
        is_coded = tool.has_codes and answer in ids
        return str(ids.index(answer) + 1) if is_coded else question.label(str(answer))
    if not tool.option:
        last = tool.between if tool.is_last_too else ""
        return tool.between.join(map(question.label, answer)) + last
    own = "; ".join(word for word in answer if word not in ids)
    if key == "own" or (key == OTHER_OPTION and own and not tool.own):
        return own
    is_ticked = key in answer or (key == OTHER_OPTION and bool(own))
    return (tool.marks[0] or question.label(key)) if is_ticked else tool.marks[1]


def export_files(tool: Tool, rows: list[list[str]]) -> dict[str, bytes]:
    """The same rows as the tool's text file and as its workbook, by ending."""
    return {"csv": csv_bytes(rows, tool.divider, tool.codec), "xlsx": workbook(rows)}
