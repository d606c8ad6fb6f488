"""`utb samtal`: a stage's open questions as a talk sheet, a mail or a form, shown or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import known_format, meant_format
from utbildningsprocess.cli.output import STDOUT, UNCHANGED, result, say
from utbildningsprocess.cli.parameters import Anyway, MaybeInitiative, Replace
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import parse_step

if TYPE_CHECKING:
    from utbildningsprocess.model import Role, Stage
    from utbildningsprocess.work.initiative import Initiative

MAIL, HTML_FORM = "mejl", "formular"
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
        autocompletion=completion.formats((*FORMATS, MAIL, HTML_FORM)),
        help="md att läsa in igen, docx att skriva ut, mejl att klistra in, eller formular: en webbsida.",
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
_Core = Annotated[bool, Option("--karna", help="Bara kärnfrågorna.")]
_Open = Annotated[bool, Option("--oppna", help="Spara formuläret och öppna det i webbläsaren.")]
_Out = Annotated[str | None, Option("-o", "--ut", metavar="FIL", help="Filen att spara i.")]


def samtal(  # noqa: PLR0913  one parameter for each option
    step: _Step,
    initiative: MaybeInitiative = None,
    *,
    who: _Who = None,
    asked: _Asked = None,
    core_only: _Core = False,
    form: _Form = None,
    opens: _Open = False,
    out: _Out = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Skriv ut det som är öppet i ett steg som en samtalsguide i Markdown, ett mejl eller ett formulär.

    Utan --format och -o visas guiden. Annars sparas den, här eller där -o säger. Fyll i den mellan
    markeringarna och läs in den med ”utb steg STEG --fran FIL”. Ett mejl visas, ett formulär sparas, och
    svaren läses in på samma sätt. En Word-fil går inte att läsa in.
    """
    from utbildningsprocess.guide.choosing import with_chosen
    from utbildningsprocess.guide.page import parse_role
    from utbildningsprocess.work.workspace import Workspace

    other = _other_format(form, out, opens=opens)
    saved_as = None if other else meant_format(form, out, FORMATS)
    if out == STDOUT and saved_as is PAPER:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    stage_id = parse_step(step)
    workspace = Workspace.open()
    role = parse_role(who, workspace.battery) if who is not None else None
    opened = meant(workspace, initiative)
    chosen = with_chosen(opened.workspace.battery.stage(stage_id), asked or [], core_only=core_only)
    if other == HTML_FORM:
        _form(opened, chosen, role, _Place(out, replace, opens), only_open=not asked)
    elif other == MAIL:
        _mail(opened, chosen, role, None if out == STDOUT else out, only_open=not asked, replace=replace)
    else:
        is_shown = out == STDOUT or not (form or out)
        target = None if is_shown else Path(out or f"samtal-{stage_id}-{opened.path.stem}.{saved_as}")
        _guide(opened, chosen, role, target, anyway=anyway, replace=replace)


class _Place(NamedTuple):
    """Where a form is saved, over what stands there or not, and whether it is opened."""

    out: str | None
    replace: bool
    opens: bool


def _other_format(form: str | None, out: str | None, *, opens: bool) -> str:
    """What is wanted that is no guide: a mail or a form. Raises WrongUse where only a form can be meant."""
    known = known_format(form, (*FileFormat, MAIL, HTML_FORM)) if form else ""
    if opens and (known != HTML_FORM or out == STDOUT):
        raise WrongUse("--oppna öppnar ett sparat formulär. Skriv --format formular, och inte -o -.")
    return known if known in (MAIL, HTML_FORM) else ""


def _form(opened: Initiative, chosen: Stage, role: Role | None, place: _Place, *, only_open: bool) -> None:
    """A form to send, on stdout or in a file."""
    from utbildningsprocess.files.opening import is_opened
    from utbildningsprocess.work.form_sheets import form_sheet

    sheet = form_sheet(opened, chosen, role, only_open=only_open)
    if sheet.is_empty:
        result(sheet.why_empty)
        return
    if place.out == STDOUT:
        result(sheet.as_file().decode())
        return
    target = Path(place.out or f"formular-{chosen.id}-{opened.path.stem}.html")
    _save(opened, target, sheet.as_file(), replace=place.replace)
    for line in sheet.notes():
        say(line)
    if place.opens and not is_opened(target):
        say("Formuläret går inte att öppna härifrån. Öppna filen i din webbläsare.")


def _mail(  # noqa: PLR0913  what of it is wanted, and where
    opened: Initiative, chosen: Stage, role: Role | None, out: str | None, *, only_open: bool, replace: bool
) -> None:
    """A mail to paste, on stdout or in a text file."""
    from utbildningsprocess.work.mail_sheets import mail_sheet

    sheet = mail_sheet(opened, chosen, role, only_open=only_open)
    if out is None or sheet.is_empty:
        result(sheet.text)
    else:
        _save(opened, Path(out), f"{sheet.text}\n".encode(), replace=replace)
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
        _save(
            opened, target, sheet.as_word_file() if is_paper else f"{sheet.text}\n".encode(), replace=replace
        )
    others = sheet.for_others() if role else ""
    for line in filter(None, [*opened.damage_lines(), others]):
        say(line)


def _save(opened: Initiative, target: Path, data: bytes, *, replace: bool) -> None:
    from utbildningsprocess.files.made import save_made
    from utbildningsprocess.files.trouble import shown

    if not save_made(target, data, opened.workspace.root, replace=replace):
        say(UNCHANGED)
    result(shown(target))
