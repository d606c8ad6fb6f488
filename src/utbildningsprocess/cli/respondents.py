"""Several who answer each on their own: what they are asked, and what to talk about where they differ."""

from __future__ import annotations

from pathlib import Path

from utbildningsprocess.addresses import OBSTACLES, stage_of
from utbildningsprocess.cli.asking import open_meant
from utbildningsprocess.cli.formats import meant_format
from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import DIFFERENCES
from utbildningsprocess.swedish import fold

_SPELLINGS = (DIFFERENCES, "oense", "det-ni-ser-olika")


def asked_alone(stage_id: str) -> list[str]:
    """The questions that each is asked where none are chosen: the statements of Analys."""
    if stage_of(OBSTACLES) != stage_id:
        raise WrongUse("Säg vilka frågor var och en ska svara på: --fraga ADRESS")
    return [OBSTACLES]


def is_of_differences(step: str) -> bool:
    """Whether what stands where a step does means what people see differently, in any spelling."""
    return fold(step) in _SPELLINGS


def talk_of_differences(initiative: str | None, form: str | None, out: str | None, *, replace: bool) -> None:
    """Shows a page to talk from about what people see differently, or saves it."""
    from utbildningsprocess.work.differences import differences_sheet

    saved_as = meant_format(form, out, (FileFormat.MD, FileFormat.DOCX))
    if out == STDOUT and saved_as is FileFormat.DOCX:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    opened = open_meant(initiative)
    sheet = differences_sheet(opened)
    for line in opened.problem_lines():
        say(line)
    if sheet.is_empty or out == STDOUT or not (form or out):
        result(sheet.text)
        return
    place = Path(out or f"samtal-{DIFFERENCES}-{opened.path.stem}.{saved_as}")
    data = sheet.as_word_file() if saved_as is FileFormat.DOCX else f"{sheet.text}\n".encode()
    save_made_file(opened.workspace.root, place, data, replace=replace)
