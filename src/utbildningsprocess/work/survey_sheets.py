"""A part of the survey to hand out: as a form, as text to paste in a survey tool, and as headings to fill."""

from __future__ import annotations

import csv
import io
import shlex
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.inbox import inbox
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.guide.form.definition import Form
from utbildningsprocess.guide.mail.asking import Asking
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.survey.asking import ANONYMOUS, CODED, NAMED, NO_SURVEY, heading, headings
from utbildningsprocess.model import Kind
from utbildningsprocess.work.form_sheets import form_bytes
from utbildningsprocess.work.survey_report import survey_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.guide.survey.asking import Survey, SurveyPart
    from utbildningsprocess.model import Question, Stage
    from utbildningsprocess.work.open_dossier import OpenDossier

_FORMULA = ("=", "+", "-", "@")
_SEEN = "Den som tar emot filen eller mejlet ser vem du är."
_COUNTED = "Den som tar emot svaren läser dem och räknar ihop dem med de andras. I planen sparas bara antal."
_NO_NAMES = "Skriv inga namn, och inget om patienter eller andra enskilda personer."
_BY_HANDLING = {
    CODED: "Din kod gör att dina svar går att jämföra över tid.",
    NAMED: "Du svarar med namn.",
}
_TOOL = "Ställ in verktyget så att det inte sparar namn, mejladress eller tid."


class SurveySheet(NamedTuple):
    """One part of the survey of an initiative."""

    initiative: OpenDossier
    survey: Survey
    part: SurveyPart

    @property
    def stage(self) -> Stage:
        """Its questions."""
        return self.survey.stage(self.part)

    def as_form(self) -> bytes:
        """The part as one HTML file, which says what is true of a file that somebody sends."""
        opened = self.initiative
        asking = Asking(opened.title, opened.identity, self.stage, opened.sheet, None)
        made = opened.workspace.today
        form = Form(asking, self.stage.questions, Purpose.SURVEY, made, tuple(self.who_sees()))
        return form_bytes(form)

    def who_sees(self) -> Iterator[str]:
        """Who sees the answers in a file that is sent: never nobody, whatever the dossier says."""
        yield _COUNTED
        yield _BY_HANDLING.get(self.survey.handling, _SEEN)
        if self.survey.handling == CODED:
            yield _SEEN
        yield f"Siffror som bygger på färre än {self.survey.fewest} svar visas inte."
        yield _NO_NAMES

    def as_text(self) -> str:
        """The questions with their options, a line each, to paste in a survey tool."""
        blocks = [f"{self.stage.title}\n{self.initiative.title}", *map(_question, self.stage.questions)]
        return "\n\n".join(blocks) + "\n"

    def as_headings(self) -> str:
        """A table with the headings alone, as Nordic spreadsheets open it; no heading becomes a formula."""
        line = io.StringIO()
        csv.writer(line, delimiter=";", lineterminator="\r\n").writerow(map(_neutral, headings([self.stage])))
        return f"\ufeff{line.getvalue()}"

    def notes(self) -> list[str]:
        """How the answers come back, and what not to promise."""
        folder, name = shown(inbox(self.initiative.workspace.root)), self.initiative.typed_name
        back = f"Spara svaren i {folder} och räkna dem med: utb enkat {name} {shlex.quote(folder)}"
        return [*self._warnings(), back]

    def _warnings(self) -> Iterator[str]:
        if self.survey.handling == NO_SURVEY:
            yield "Enligt planen används ingen enkät."
        if self.survey.handling == ANONYMOUS:
            yield (
                "Ett formulär som skickas i ett mejl är inte anonymt: den som tar emot mejlet ser vem som "
                f"har svarat. Är enkäten anonym använder ni papper eller ett enkätverktyg. {_TOOL}"
            )
        if not self.survey.goals:
            yield "Lärandemål saknas, så enkäten frågar inte hur väl de går att använda."


def survey_sheet(initiative: OpenDossier, part: SurveyPart) -> SurveySheet:
    """A part of the survey. Raises Broken when the dossier is damaged."""
    initiative.refuse_if_damaged("innan enkäten går att göra")
    return SurveySheet(initiative, survey_of(initiative), part)


def _question(question: Question) -> str:
    """A question as it is typed in a survey tool: goal by goal, with its options below."""
    lines = [heading(question), *([question.help] if question.help else [])]
    if question.statements:
        lines += ["Rader:", *(f"  {goal.text}" for goal in question.statements)]
    if question.options:
        how = "Alternativ, flera får väljas:" if question.kind is Kind.MULTIPLE else "Alternativ, ett väljs:"
        lines += [how, *(f"  {option.label}" for option in question.options)]
    else:
        lines.append("Svaras med egna ord.")
    return "\n".join(lines)


def _neutral(words: str) -> str:
    """Words that a spreadsheet takes for a text, and never runs."""
    return f"'{words}" if words.startswith(_FORMULA) else words
