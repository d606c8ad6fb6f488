"""What several who have answered see differently, as a page to talk from: ten minutes, three statements."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import ORGANISATION
from utbildningsprocess.diagnosis.seeing import changed_by_each, roles_of, who_sees_what
from utbildningsprocess.diagnosis.sentences import asked
from utbildningsprocess.documents.view import answered
from utbildningsprocess.dossier.document import title_line
from utbildningsprocess.markdown import escaped, page_blocks
from utbildningsprocess.pages.page import Page
from utbildningsprocess.steps import ANALYSIS
from utbildningsprocess.work.page_files import word_file
from utbildningsprocess.work.workspace import made_date

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.respondents import Weighed
    from utbildningsprocess.work.open_dossier import OpenDossier

_TITLE = "Samtalsunderlag om det ni ser olika"
_MOST = 3
_FEWEST = 2
_TOO_FEW = (
    "Det behövs minst två som har svarat på påståendena var för sig. Skicka frågorna till dem med: "
    "utb samtal analys {} --format mejl --var-for-sig --vem ROLL"
)
_ALIKE = (
    "De {} som har svarat var för sig ser lika: ingen är ensam om ”Mycket”, och inget påstående skiljer "
    "dem åt."
)
_HOW = """\
Tio minuter, ett påstående i taget. {many} har svarat var för sig: {roles}. Svaren står i dossiern, och \
inget av det som sades då döljs i efterhand.

- Läs påståendet högt, och vad var och en har svarat.
- Fråga den som ser det ingen annan ser: *Vad ser du som gör att du svarar så?* Lyssna klart.
- Fråga sedan de andra detsamma. Ingen behöver försvara sig, och ingen röstas ned.
- Skriv vad ni har förstått. Ni behöver inte bli överens."""
_NOTES = """\
- **Det här har vi förstått:**
- **Det här tar vi reda på, och vem gör det:**"""
_AFTERWARDS = (
    "Svara sedan på påståendena tillsammans, med ”{}”. De svaren räknas i diagnosen, och det som var och en "
    "har sagt står kvar."
)


class DifferencesSheet(NamedTuple):
    """What to talk about where those who have answered see differently."""

    initiative: OpenDossier
    diagnosis: Diagnosis

    @property
    def _weighed(self) -> Weighed | None:
        return self.diagnosis.weighed

    @property
    def is_empty(self) -> bool:
        """Whether they see nothing differently, or too few have answered."""
        return self._weighed is None or not self._weighed.all_to_talk_about

    @property
    def text(self) -> str:
        """The page in Markdown; where there is nothing to talk about, a sentence."""
        voices = self._weighed.voices if self._weighed else ()
        if len(voices) < _FEWEST:
            return _TOO_FEW.format(self.initiative.typed_name)
        if self.is_empty:
            return _ALIKE.format(len(voices))
        return "\n\n".join([title_line(f"{_TITLE}: {self.initiative.title}"), *self._paragraphs()])

    def _paragraphs(self) -> Iterator[str]:
        weighed, sheet = self._weighed, self.initiative.sheet
        if weighed is None:
            return
        voices = weighed.voices
        yield _HOW.format(many=len(voices), roles=roles_of(sheet.battery, voices))
        for number, key in enumerate(weighed.all_to_talk_about[:_MOST], 1):
            said = weighed.said_of(key)
            fewer = f" {len(said)} av {len(voices)} har svarat." if len(said) < len(voices) else ""
            yield f"## {number}. {escaped(asked(sheet.battery, key))}"
            yield f"{escaped(who_sees_what(sheet.battery, weighed, key))}.{fewer}"
            yield _NOTES
        if (left := len(weighed.all_to_talk_about) - _MOST) > 0:
            yield _left_out(left)
        yield "## Efteråt"
        workspace = self.initiative.workspace
        yield from changed_by_each(workspace.diagnosis_model, sheet, self.diagnosis)
        yield _AFTERWARDS.format(
            workspace.step_command(workspace.battery.stage(ANALYSIS), self.initiative.path)
        )

    def as_word_file(self) -> bytes:
        """The page as a Word file. Raises WrongUse without python-docx."""
        workspace = self.initiative.workspace
        organisation = answered(self.initiative.sheet, ORGANISATION, workspace.settings.organisation)
        sheet_page = Page(
            kind=_TITLE,
            title=self.initiative.title,
            head=(),
            body=page_blocks(self.text),
            made=made_date(workspace.today),
            organisation=organisation,
            is_one=True,
        )
        return word_file(workspace, sheet_page)


def _left_out(number: int) -> str:
    many = "Ett påstående" if number == 1 else f"{number} påståenden"
    return f"{many} till skiljer er åt, och står i diagnosen. Tre räcker för ett samtal."


def differences_sheet(initiative: OpenDossier) -> DifferencesSheet:
    """The page about what people see differently. Raises Broken when the dossier is damaged."""
    initiative.refuse_if_damaged("innan det går att säga vad ni ser olika")
    return DifferencesSheet(initiative, initiative.diagnose())
