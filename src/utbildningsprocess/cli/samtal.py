"""`utb samtal`: a stage's open questions as a talk sheet, a mail or a form, shown or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

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
    from utbildningsprocess.guide.replies import Purpose
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
_Alone = Annotated[
    bool,
    Option(
        "--var-for-sig",
        help="Till var och en av flera som svarar för sig. Utan --fraga: påståendena i Analys.",
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
    alone: _Alone = False,
    core_only: _Core = False,
    form: _Form = None,
    opens: _Open = False,
    out: _Out = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Skriv ut det som är öppet i ett steg som en samtalsguide i Markdown, ett mejl eller ett formulär.

    Utan --format och -o visas guiden. Annars sparas den, här eller där -o säger. Fyll i den mellan
    markeringarna och läs in den med ”utb steg STEG --fran FIL”. Svar på ett mejl eller i ett formulär läses
    in på samma sätt, men ingen Word-fil. ”olika” som steg ger en sida att prata om det ni svarat olika på.
    """
    if is_of_differences(step):
        talk_of_differences(initiative, form, out, replace=replace)
        return
    from utbildningsprocess.guide.choosing import with_chosen
    from utbildningsprocess.guide.page import parse_role
    from utbildningsprocess.work.workspace import Workspace

    wish = _wished(form, out, alone=alone, opens=opens)
    stage_id = parse_step(step)
    workspace = Workspace.open()
    role = parse_role(who, workspace.battery) if who is not None else None
    opened = meant(workspace, initiative)
    wanted = asked or (asked_alone(stage_id) if alone else [])
    chosen = with_chosen(opened.workspace.battery.stage(stage_id), wanted, core_only=core_only)
    if wish in (HTML_FORM, MAIL):
        send = _form if wish == HTML_FORM else _mail
        send(opened, chosen, role, _Sending(out, replace, opens, alone), only_open=not wanted)
        return
    target = Path(out or f"samtal-{stage_id}-{opened.path.stem}.{wish}") if form or out else None
    _guide(opened, chosen, role, target, anyway=anyway, replace=replace)


def _wished(form: str | None, out: str | None, *, alone: bool, opens: bool) -> str:
    """What is wanted: a mail, a form, or the format of a guide."""
    other = _other_format(form, out, opens=opens)
    if other:
        return other
    if alone:
        raise WrongUse(
            "Frågor att svara på var för sig skickas i ett mejl eller ett formulär: lägg till "
            f"--format {MAIL} eller --format {HTML_FORM}"
        )
    saved_as = meant_format(form, out, FORMATS)
    if out == STDOUT and saved_as is PAPER:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    return saved_as


class _Sending(NamedTuple):
    """Where what is sent is saved, over what is there or not, whether it is opened, and to whom it goes."""

    out: str | None
    replace: bool
    opens: bool
    alone: bool

    @property
    def purpose(self) -> Purpose:
        """What the answers are for."""
        from utbildningsprocess.guide.replies import Purpose

        return Purpose.ALONE if self.alone else Purpose.ANSWER


def _other_format(form: str | None, out: str | None, *, opens: bool) -> str:
    """What is wanted that is no guide: a mail or a form. Raises WrongUse where only a form can be meant."""
    known = known_format(form, (*FileFormat, MAIL, HTML_FORM)) if form else ""
    if opens and (known != HTML_FORM or out == STDOUT):
        raise WrongUse("--oppna öppnar ett sparat formulär. Skriv --format formular, och inte -o -.")
    return known if known in (MAIL, HTML_FORM) else ""


def _form(opened: Initiative, chosen: Stage, role: Role | None, place: _Sending, *, only_open: bool) -> None:
    """A form to send, on stdout or in a file."""
    from utbildningsprocess.files.opening import is_opened
    from utbildningsprocess.work.form_sheets import form_sheet

    sheet = form_sheet(opened, chosen, role, only_open=only_open, purpose=place.purpose)
    if sheet.is_empty:
        result(sheet.why_empty)
        return
    if place.out == STDOUT:
        result(sheet.as_file().decode())
        return
    target = Path(place.out or f"formular-{chosen.id}-{opened.path.stem}.html")
    save_made_file(opened.workspace.root, target, sheet.as_file(), replace=place.replace)
    for line in sheet.notes():
        say(line)
    if place.opens and not is_opened(target):
        say("Formuläret går inte att öppna härifrån. Öppna filen i din webbläsare.")


def _mail(opened: Initiative, chosen: Stage, role: Role | None, place: _Sending, *, only_open: bool) -> None:
    """A mail to paste, on stdout or in a text file."""
    from utbildningsprocess.work.mail_sheets import mail_sheet

    sheet = mail_sheet(opened, chosen, role, only_open=only_open, purpose=place.purpose)
    if place.out in (None, STDOUT) or sheet.is_empty:
        result(sheet.text)
    else:
        data = f"{sheet.text}\n".encode()
        save_made_file(opened.workspace.root, Path(str(place.out)), data, replace=place.replace)
    for line in sheet.notes():
        say(line)


def _guide(  # noqa: PLR0913  what of it is wanted, and where
    opened: Initiative, chosen: Stage, role: Role | None, target: Path | None, *, anyway: bool, replace: bool
) -> None:
    """A guide to fill in, on stdout or in a file."""
    from utbildningsprocess.work.talk_sheets import talk_sheet

    sheet = talk_sheet(opened, chosen, role, despite_damage=anyway)
    if target is None or target == Path(STDOUT) or sheet.is_empty:
        result(sheet.text)
    else:
        is_paper = target.suffix.lower() == f".{PAPER}"
        data = sheet.as_word_file() if is_paper else f"{sheet.text}\n".encode()
        save_made_file(opened.workspace.root, target, data, replace=replace)
    others = sheet.for_others() if role else ""
    for line in filter(None, [*opened.damage_lines(), others]):
        say(line)
