"""`utb samtal`: a stage's open questions as a talk sheet or a mail, shown or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import known_format, meant_format
from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say
from utbildningsprocess.cli.parameters import Anyway, MaybeInitiative, Replace
from utbildningsprocess.cli.respondents import asked_alone, is_of_differences, talk_of_differences
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import parse_step

if TYPE_CHECKING:
    from utbildningsprocess.model import Role, Stage
    from utbildningsprocess.work.initiative import Initiative

MAIL = "mejl"
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
        autocompletion=completion.formats((*FORMATS, MAIL)),
        help="md att läsa in igen, docx att skriva ut, eller mejl: en text att klistra in.",
    ),
]
_Asked = Annotated[
    list[str] | None,
    Option(
        "--fraga",
        metavar="ADRESS",
        autocompletion=completion.questions,
        help="Bara den här frågan eller det här påståendet. Går att ange flera gånger.",
    ),
]
_Alone = Annotated[
    bool,
    Option(
        "--var-for-sig",
        help="Ett mejl till var och en av flera som svarar för sig. Utan --fraga: påståendena i Analys.",
    ),
]
_Core = Annotated[bool, Option("--karna", help="Bara kärnfrågorna.")]
_Out = Annotated[str | None, Option("-o", "--ut", metavar="FIL", help="Filen att spara i.")]


def samtal(  # noqa: PLR0913  one parameter for each option
    step: _Step,
    initiative: MaybeInitiative = None,
    *,
    who: _Who = None,
    asked: _Asked = None,
    alone: _Alone = False,
    core_only: _Core = False,
    form: _Form = None,
    out: _Out = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Skriv ut det som är öppet i ett steg som en samtalsguide i Markdown, eller som ett mejl.

    Utan --format och -o visas guiden. Annars sparas den, här eller där -o säger. Fyll i den mellan
    markeringarna och läs in den med ”utb steg STEG --fran FIL”. Ett mejl visas, och svaret på det läses in
    på samma sätt. En Word-fil går inte att läsa in. ”olika” som steg ger ett underlag för att prata om det
    som flera har svarat olika på.
    """
    if is_of_differences(step):
        talk_of_differences(initiative, form, out, replace=replace)
        return
    from utbildningsprocess.guide.choosing import with_chosen
    from utbildningsprocess.guide.page import parse_role
    from utbildningsprocess.work.workspace import Workspace

    saved_as = _wished(form, out, alone=alone)
    stage_id = parse_step(step)
    workspace = Workspace.open()
    role = parse_role(who, workspace.battery) if who is not None else None
    opened = meant(workspace, initiative)
    wanted = asked or (asked_alone(stage_id) if alone else [])
    chosen = with_chosen(opened.workspace.battery.stage(stage_id), wanted, core_only=core_only)
    if saved_as is FileFormat.TXT:
        _mail(opened, chosen, role, out, only_open=not wanted, alone=alone, replace=replace)
    else:
        is_shown = out == STDOUT or not (form or out)
        place = None if is_shown else Path(out or f"samtal-{stage_id}-{opened.path.stem}.{saved_as}")
        _guide(opened, chosen, role, place, anyway=anyway, replace=replace)


def _wished(form: str | None, out: str | None, *, alone: bool) -> FileFormat:
    """The format that somebody wishes; of a mail that of a text."""
    if form is not None and known_format(form, (*FileFormat, MAIL)) == MAIL:
        return FileFormat.TXT
    if alone:
        raise WrongUse(f"Frågor att svara på var för sig skickas i ett mejl: lägg till --format {MAIL}")
    saved_as = meant_format(form, out, FORMATS)
    if out == STDOUT and saved_as is PAPER:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    return saved_as


def _mail(  # noqa: PLR0913  what of it is wanted, and where
    opened: Initiative,
    chosen: Stage,
    role: Role | None,
    out: str | None,
    *,
    only_open: bool,
    alone: bool,
    replace: bool,
) -> None:
    """A mail to paste, on stdout or in a text file."""
    from utbildningsprocess.guide.replies import Purpose
    from utbildningsprocess.work.mail_sheets import mail_sheet

    purpose = Purpose.ALONE if alone else Purpose.ANSWER
    sheet = mail_sheet(opened, chosen, role, only_open=only_open, purpose=purpose)
    if out in (None, STDOUT) or sheet.is_empty:
        result(sheet.text)
    else:
        save_made_file(opened.workspace.root, Path(str(out)), f"{sheet.text}\n".encode(), replace=replace)
    for line in sheet.notes():
        say(line)


def _guide(  # noqa: PLR0913  what of it is wanted, and where
    opened: Initiative, chosen: Stage, role: Role | None, target: Path | None, *, anyway: bool, replace: bool
) -> None:
    """A guide to fill in, on stdout or in a file."""
    from utbildningsprocess.work.talk_sheets import talk_sheet

    sheet = talk_sheet(opened, chosen, role, despite_damage=anyway)
    if target is None or sheet.is_empty:
        result(sheet.text)
    else:
        is_paper = target.suffix.lower() == f".{PAPER}"
        data = sheet.as_word_file() if is_paper else f"{sheet.text}\n".encode()
        save_made_file(opened.workspace.root, target, data, replace=replace)
    others = sheet.for_others() if role else ""
    for line in filter(None, [*opened.damage_lines(), others]):
        say(line)
