"""A part of the survey handed out: as a form, as text for a survey tool, or as headings; shown or saved."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.cli.formats import file_format, known_format
from utbildningsprocess.cli.output import STDOUT, result, save_made_file, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.work.initiative import Initiative

FORM, TEXT, HEADINGS = "formular", "txt", "csv"
HANDED_OUT = (FORM, TEXT, HEADINGS)
"""The formats in which the survey goes out one part at a time."""
DAYS = ("0", "30", "90")
_SURVEY = "enkat"
_ENDINGS = {FORM: "html"}


class HandedOut(NamedTuple):
    """How a part is wanted, where, and whether it is opened then."""

    form: str | None
    day: str | None
    out: str | None
    is_replacing: bool
    opens: bool


def is_handed_out(kind: DocumentKind | None, form: str | None, day: str | None) -> bool:
    """Whether a part of the survey is wanted. Raises WrongUse for a day where that makes no sense."""
    wanted = kind is not None and kind.id == _SURVEY and form is not None and fold(form) in HANDED_OUT
    if day is not None and not wanted:
        raise WrongUse("--dag gäller en del av enkäten. Skriv: utb dokument enkat --format formular --dag 30")
    return wanted


def day_meant(text: str | None) -> int | None:
    """The day of a part that is named. Raises WrongUse for any other."""
    if text is None:
        return None
    if text.strip() not in DAYS:
        raise WrongUse(f"Enkäten har ingen del för dag ”{text}”. Skriv --dag 0, 30 eller 90.")
    return int(text)


def hand_out(initiative: Initiative, wanted: HandedOut) -> None:
    """Makes a part of the survey, and says how its answers come back."""
    from utbildningsprocess.guide.survey.asking import part_of
    from utbildningsprocess.work.survey_sheets import survey_sheet

    form, day = known_format(str(wanted.form), HANDED_OUT), day_meant(wanted.day) or 0
    ending = _ENDINGS.get(form, form)
    if wanted.out not in (None, STDOUT) and file_format(str(wanted.out)) != ending:
        raise WrongUse(f"{wanted.out} slutar inte på .{ending}, men --format säger {form}. Ändra det ena.")
    sheet = survey_sheet(initiative, part_of(day))
    text = sheet.as_text() if form == TEXT else sheet.as_headings()
    data = sheet.as_form() if form == FORM else text.encode()
    if wanted.out == STDOUT:
        result(data.decode("utf-8-sig").removesuffix("\n"))
    else:
        target = Path(wanted.out or f"enkat-dag-{day}-{initiative.path.stem}.{ending}")
        _save(initiative, target, data, wanted)
    for line in sheet.notes():
        say(line)


def _save(initiative: Initiative, target: Path, data: bytes, wanted: HandedOut) -> None:
    from utbildningsprocess.files.opening import is_opened
    from utbildningsprocess.work.privacy import refuse_in_file_name

    refuse_in_file_name(wanted.out)
    save_made_file(initiative.workspace.root, target, data, replace=wanted.is_replacing)
    if wanted.opens and not is_opened(target):
        say("Filen går inte att öppna härifrån. Öppna den själv.")
