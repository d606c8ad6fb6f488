"""`utb samtal`: a stage's open questions as a talk sheet, a mail or a form, shown or saved."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import known_format, meant_format
from utbildningsprocess.cli.handing_out import HTML_FORM, MAIL, SavingPlace, give_form, handed_out_as
from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say
from utbildningsprocess.cli.parameters import Anyway, MaybeInitiative, Replace
from utbildningsprocess.cli.promises import PromiseWish, ask_of_promises, is_of_promises
from utbildningsprocess.cli.respondents import asked_alone, is_of_differences, talk_of_differences
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.steps import DIFFERENCES, PROMISES, parse_step, step_meant
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from utbildningsprocess.guide.replies import Purpose
    from utbildningsprocess.model import Role, Stage
    from utbildningsprocess.work.initiative import Initiative

PAPER = FileFormat.DOCX
FORMATS = (FileFormat.MD, PAPER)
_NO_FILE = "Ingen fil är skriven."
_ASK_ANYWAY = "Vill ni ändå fråga något av det: lägg till --fraga ADRESS."


_Step = Annotated[
    str,
    Argument(
        metavar="STEG",
        autocompletion=completion.talks,
        help="Steget vars frågor ska ställas, ”olika” eller ”lofte”.",
    ),
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
        help="mejl att klistra in, docx (Word), formular (en webbsida) eller md att fylla i.",
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
_Until = Annotated[
    str | None,
    Option(
        "--fore", metavar="DATUM", help="Löften: det som skulle ske till och med den dagen. Annars i dag."
    ),
]
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
    until: _Until = None,
    form: _Form = None,
    opens: _Open = False,
    out: _Out = None,
    replace: Replace = False,
    anyway: Anyway = False,
) -> None:
    """Fråga andra om det som är öppet i ett steg: i ett mejl, en Word-fil, ett formulär eller en guide.

    Ett mejl visas, att klistra in. En Word-fil och ett formulär sparas, här eller där -o säger. Utan --format
    och -o visas en samtalsguide. Svaren läses in med ”utb steg STEG --fran FIL”, hur de än kommer tillbaka.
    Vilken väg som passar vem står i docs/fraga-andra.md.

    I stället för ett steg kan du skriva ”olika”, om det som flera har svarat olika på, eller ”lofte”, om vad
    det blev av det som lovades.
    """
    place = SavingPlace(out, replace, opens)
    if is_of_promises(step, until):
        wish = PromiseWish(who, until, has_chosen=bool(asked or core_only or alone))
        ask_of_promises(initiative, wish, form, place)
    elif is_of_differences(step):
        talk_of_differences(initiative, form, out, replace=replace)
    else:
        _ask_step(step, initiative, _Choice(who, asked or [], core_only, alone), form, place, anyway=anyway)


class _Choice(NamedTuple):
    """Who is asked, and which questions."""

    who: str | None
    asked: list[str]
    core_only: bool
    alone: bool

    def as_typed(self) -> str:
        """The options that choose the same once more."""
        words = [*(["--vem", self.who] if self.who else []), *(["--karna"] if self.core_only else [])]
        words += [word for address in self.asked for word in ("--fraga", address)]
        return shlex.join([*words, *(["--var-for-sig"] if self.alone else [])])


class _Wish(NamedTuple):
    """What is to be asked of an initiative, of whom and for what."""

    opened: Initiative
    chosen: Stage
    role: Role | None
    only_open: bool
    purpose: Purpose
    choice: _Choice

    def file_name(self, sort: str, ending: str) -> str:
        """What a file is called that nobody has named: files for different people do not share a name."""
        alone = "for-sig" if self.choice.alone else ""
        told = [sort, self.chosen.id, self.opened.path.stem, self.role, alone]
        return f"{'-'.join(filter(None, told))}.{ending}"


def _ask_step(  # noqa: PLR0913  what is asked, and where that goes
    step: str, initiative: str | None, choice: _Choice, form: str | None, place: SavingPlace, *, anyway: bool
) -> None:
    """The questions of a step as a guide, a mail, a form or a Word file."""
    out = place.out
    other = _other_format(form, out, opens=place.opens)
    saved_as = None if other else meant_format(form, out, FORMATS)
    if out == STDOUT and saved_as is PAPER:
        raise WrongUse("En Word-fil går inte att visa i terminalen. Ange en fil med -o.")
    if choice.alone and not other and saved_as is not PAPER:
        raise WrongUse(
            "Den som svarar för sig gör det utanför utb: lägg till --format mejl, formular eller docx"
        )
    wish = _wished(step, initiative, choice)
    if other == HTML_FORM:
        _form(wish, place)
    elif other == MAIL:
        _mail(wish, place)
    else:
        is_shown = out == STDOUT or not (form or out)
        name = wish.file_name("samtal", saved_as or "")
        target = None if is_shown else Path(out or name)
        if saved_as is PAPER and target:
            _word(wish, target, anyway=anyway, replace=place.replace)
        else:
            _guide(wish, target, anyway=anyway, replace=place.replace)


def _wished(step: str, initiative: str | None, choice: _Choice) -> _Wish:
    """What somebody means by what they have typed. Raises WrongUse for what means nothing."""
    from utbildningsprocess.guide.choosing import with_chosen
    from utbildningsprocess.guide.page import parse_role
    from utbildningsprocess.guide.replies import Purpose
    from utbildningsprocess.work.workspace import Workspace

    stage_id = _stage_meant(step)
    workspace = Workspace.open()
    role = parse_role(choice.who, workspace.battery) if choice.who is not None else None
    opened = meant(workspace, initiative)
    asked = choice.asked or (asked_alone(stage_id) if choice.alone else [])
    chosen = with_chosen(opened.workspace.battery.stage(stage_id), asked, core_only=choice.core_only)
    return _Wish(opened, chosen, role, not asked, Purpose.ALONE if choice.alone else Purpose.ANSWER, choice)


def _stage_meant(step: str) -> str:
    """The id of the step that is meant. Raises WrongUse with a suggestion, also of what is no step."""
    hint = did_you_mean(fold(step), (DIFFERENCES, PROMISES))
    if hint and step_meant(step) is None:
        raise WrongUse(f"Steget ”{step}” finns inte. {hint}")
    return parse_step(step)


def _other_format(form: str | None, out: str | None, *, opens: bool) -> str:
    """What is wanted that is no guide: a mail or a form. Raises WrongUse where only a form can be meant."""
    known = known_format(form, (*FORMATS, MAIL, HTML_FORM)) if form else handed_out_as(out)
    if opens and (known != HTML_FORM or out == STDOUT):
        raise WrongUse("--oppna öppnar ett sparat formulär. Skriv --format formular, och inte -o -.")
    return known if known in (MAIL, HTML_FORM) else ""


def _nothing_to_ask(why: str, *, no_file: bool) -> None:
    """Says that nothing waits for an answer, and how to ask it in a mail, a form or a Word file anyway."""
    result(why)
    say(f"{_NO_FILE} {_ASK_ANYWAY}" if no_file else _ASK_ANYWAY)


def _form(wish: _Wish, place: SavingPlace) -> None:
    """A form to send, on stdout or in a file."""
    from utbildningsprocess.work.form_sheets import form_sheet

    opened = wish.opened
    sheet = form_sheet(opened, wish.chosen, wish.role, only_open=wish.only_open, purpose=wish.purpose)
    if sheet.form.is_empty:
        _nothing_to_ask(sheet.form.why_empty, no_file=place.out != STDOUT)
    else:
        name = wish.file_name("formular", "html")
        give_form(opened.workspace.root, sheet.as_file(), sheet.notes(wish.choice.as_typed()), name, place)


def _mail(wish: _Wish, place: SavingPlace) -> None:
    """A mail to paste, on stdout or in a text file."""
    from utbildningsprocess.work.mail_sheets import mail_sheet

    opened = wish.opened
    sheet = mail_sheet(opened, wish.chosen, wish.role, only_open=wish.only_open, purpose=wish.purpose)
    if sheet.is_empty:
        _nothing_to_ask(sheet.text, no_file=place.file is not None)
    elif place.file is None:
        result(sheet.text)
    else:
        data = f"{sheet.text}\n".encode()
        save_made_file(opened.workspace.root, Path(place.file), data, replace=place.replace)
    for line in sheet.notes():
        say(line)


def _word(wish: _Wish, target: Path, *, anyway: bool, replace: bool) -> None:
    """A Word file to fill in, or to print."""
    from utbildningsprocess.work.word_sheets import word_sheet

    opened, chosen, role, only_open, purpose, _ = wish
    sheet = word_sheet(opened, chosen, role, only_open=only_open, purpose=purpose, despite_damage=anyway)
    if sheet.form.is_empty:
        _nothing_to_ask(sheet.form.why_empty, no_file=True)
    else:
        save_made_file(opened.workspace.root, target, sheet.as_file(), replace=replace)
    for line in (*opened.damage_lines(), *(sheet.notes() if not sheet.form.is_empty else ())):
        say(line)
    if only_open:
        _say_others(wish, anyway=anyway)


def _guide(wish: _Wish, target: Path | None, *, anyway: bool, replace: bool) -> None:
    """A guide to fill in, on stdout or in a file."""
    from utbildningsprocess.work.talk_sheets import talk_sheet

    opened = wish.opened
    sheet = talk_sheet(opened, wish.chosen, wish.role, despite_damage=anyway)
    if target is None or sheet.is_empty:
        result(sheet.text)
    else:
        save_made_file(opened.workspace.root, target, f"{sheet.text}\n".encode(), replace=replace)
    if target and sheet.is_empty:
        say(_NO_FILE)
    for line in opened.damage_lines():
        say(line)
    _say_others(wish, anyway=anyway)


def _say_others(wish: _Wish, *, anyway: bool) -> None:
    """Says how many questions wait for somebody else than the role."""
    from utbildningsprocess.work.talk_sheets import talk_sheet

    sheet = talk_sheet(wish.opened, wish.chosen, wish.role, despite_damage=anyway)
    others = sheet.for_others() if wish.role else ""
    if others:
        say(others)
