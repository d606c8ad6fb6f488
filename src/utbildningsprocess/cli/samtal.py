"""`utb samtal`: a stage's open questions as a talk sheet, shown or saved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import meant_format
from utbildningsprocess.cli.output import STDOUT, UNCHANGED, result, say
from utbildningsprocess.cli.parameters import Anyway, MaybeInitiative, Replace
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import parse_step

PAPER = FileFormat.DOCX
FORMATS = (FileFormat.MD, PAPER)


_Step = Annotated[
    str,
    Argument(metavar="STEG", autocompletion=completion.steps, help="Steget vars frågor ska skrivas ut."),
]
_Who = Annotated[
    str | None,
    Option(
        "--vem",
        metavar="ROLL",
        help="Bara frågor för beställare, chef, medarbetare, Esther eller processledare.",
    ),
]
_Form = Annotated[
    str | None,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(FORMATS),
        help="Spara som md för att läsa in igen, docx för att skriva ut.",
    ),
]
_Out = Annotated[str | None, Option("-o", "--ut", metavar="FIL", help="Filen att spara i.")]


def samtal(  # noqa: PLR0913  one parameter for each option
    step: _Step,
    initiative: MaybeInitiative = None,
    *,
    who: _Who = None,
    form: _Form = None,
    out: _Out = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Skriv ut det som är öppet i ett steg som en samtalsguide i Markdown.

    Utan --format och -o visas guiden. Annars sparas den, här eller där -o säger. Fyll i den mellan
    markeringarna och läs in den med ”utb steg STEG --fran FIL”. En Word-fil går inte att läsa in.
    """
    from utbildningsprocess.files.made import save_made
    from utbildningsprocess.files.trouble import shown
    from utbildningsprocess.guide.page import parse_role
    from utbildningsprocess.work.talk_sheets import talk_sheet
    from utbildningsprocess.work.workspace import Workspace

    saved_as = meant_format(form, out, FORMATS)
    if out == STDOUT and saved_as is PAPER:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    stage_id = parse_step(step)
    workspace = Workspace.open()
    role = parse_role(who, workspace.battery) if who is not None else None
    opened = meant(workspace, initiative)
    sheet = talk_sheet(opened, stage_id, role, despite_damage=anyway)
    if out == STDOUT or not (form or out) or sheet.is_empty:
        result(sheet.text)
    else:
        data = sheet.as_word_file() if saved_as is PAPER else f"{sheet.text}\n".encode()
        target = Path(out or f"samtal-{stage_id}-{opened.path.stem}.{saved_as}")
        if not save_made(target, data, workspace.root, replace=replace):
            say(UNCHANGED)
        result(shown(target))
    others = sheet.for_others() if role else ""
    for line in filter(None, [*opened.damage_lines(), others]):
        say(line)
