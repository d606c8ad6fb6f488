"""What can be made of an initiative's answers: documents, tables and a calendar, as bytes or saved files."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import ESTHER_WORD
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.checks.deviations import deviations
from utbildningsprocess.checks.findings import check
from utbildningsprocess.documents.basis import Source
from utbildningsprocess.documents.compose import compose
from utbildningsprocess.documents.kinds import (
    DOCUMENTS,
    DocumentKind,
    kind_meant,
    template_meant,
)
from utbildningsprocess.documents.text import as_read
from utbildningsprocess.documents.view import answered
from utbildningsprocess.errors import UtbError, WrongUse
from utbildningsprocess.exports.extras import Missing, missing_in_words
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.proof import sealed, sealed_on, unsealed
from utbildningsprocess.files.made import Edited, present_at
from utbildningsprocess.files.roots import (
    own_templates,
    template_shown,
    template_text,
)
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import AnswerSheet, Given
from utbildningsprocess.swedish import in_quotation_marks
from utbildningsprocess.work.calendars import Calendars
from utbildningsprocess.work.page_files import Made, PageFiles, Saved, refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.model import Question
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.workspace import Workspace

NO_OCCASIONS = "Inget tillfälle som kommer har en dag att bjuda in till. Ingen fil har sparats."
_SAY_A_WORD = "Svara i Om insatsen med ett ord i bestämd form, som ”eleven”."
NO_DATES = "Inget i dossiern har ett datum att lägga i kalendern, eller så har allt redan hänt."
ONE_WITH_SOURCES = "Källor går att visa i ett dokument i taget, som md eller html."
_SOURCED_FORMATS = (FileFormat.MD, FileFormat.HTML)


class NotSaved(NamedTuple):
    """A file that could not be saved, and why."""

    path: Path
    trouble: UtbError


class _Calendar(NamedTuple):
    """What a calendar is made with besides the answers: the one before, and whose invitation it is."""

    earlier: bytes = b""
    occasion: str = ""


class Documents(PageFiles):
    """The documents of one initiative, made from its answers as they are now.

    One object puts each document together once, for all formats, and tells what is strange with it once.
    Raises Broken when the dossier is damaged, unless it is to be used `despite_damage`: then each document
    says so at its top and where an answer may be missing. `sourced` ones say where each value comes from.
    """

    def __init__(
        self, initiative: OpenDossier, *, despite_damage: bool = False, sourced: bool = False
    ) -> None:
        if not despite_damage:
            initiative.refuse_if_damaged("innan något kan göras av svaren")
        self.initiative, self.sourced = initiative, sourced
        sheet = initiative.sheet_with_damage
        own_word = answered(sheet, ESTHER_WORD, "")
        workspace = initiative.workspace.calling_esther(own_word)
        self._unused_word = "" if own_word in ("", workspace.settings.esther) else own_word
        case = workspace.case(AnswerSheet(workspace.battery, sheet.answers, sheet.spent))
        self.source = Source(
            title=initiative.title,
            case=case,
            findings=check(case, workspace.thread_rules),
            deviations=deviations(initiative.answers),
            rules=workspace.thread_rules,
            settings=workspace.settings,
            damage=tuple(problem.line for problem in initiative.content.structural_problems),
            unasked=initiative.content.unasked,
        )
        super().__init__(workspace, self.source.organisation)
        self._composed: dict[str, Document] = {}
        self._calendars = Calendars(initiative, replace(case, sheet=as_read(case.sheet)))

    # ------------------------------------------------------------- looking

    def missing(self, kind: DocumentKind) -> tuple[Question, ...]:
        """The questions a document stands on that are not answered, of those that are relevant."""
        sheet = self.source.case.sheet
        questions = (sheet.battery.question(qid) for qid in kind.needs)
        return tuple(
            question
            for question in questions
            if question
            and is_relevant(question, sheet)
            and not isinstance(sheet.answers.get(question.qid), Given)
        )

    # ------------------------------------------------------------- making

    def document(self, kind: DocumentKind) -> Document:
        """A page as it was put together from its template. Raises Broken when the template cannot be used."""
        if kind.id not in self._composed:
            self._composed[kind.id] = self._put_together(kind, self.source)
        return self._composed[kind.id]

    def _put_together(self, kind: DocumentKind, source: Source) -> Document:
        name = template_shown(self.workspace.root, kind.template)
        template = template_text(self.workspace.root, kind.template)
        return self._looks.on(compose(kind, template, name, source, sourced=self.sourced))

    def _shorter(self, document: Document) -> Document:
        return self._put_together(document.kind, replace(self.source, room=document.room - 1))

    def make(
        self,
        kind: DocumentKind | str,
        form: FileFormat | str = FileFormat.MD,
        *,
        earlier: bytes = b"",
        occasion: str = "",
    ) -> Made:
        """A document in a format, as bytes. A calendar keeps of an `earlier` one how new each entry is.

        An invitation as a calendar is to one `occasion`, meant by its id. Raises WrongUse for a kind, format
        or occasion there is not, and where an add-on is not installed; Broken when the template is no good.

            pdf = initiative.documents.make("beslutsunderlag", "pdf").data
        """
        kind = kind_meant(kind) if isinstance(kind, str) else kind
        if form not in kind.formats:
            raise refused(kind, form)
        if self.sourced and form not in _SOURCED_FORMATS:
            raise WrongUse(ONE_WITH_SOURCES)
        if kind.is_for_each_occasion(form) and (not occasion or self._calendars.is_empty(earlier, occasion)):
            raise WrongUse(
                f"{kind.title} som {form} gäller ett tillfälle som kommer och har en dag. Ange vilket."
            )
        made = self._made(kind, FileFormat(form), self.day, _Calendar(earlier, occasion))
        return self._with_notes(kind, FileFormat(form), made)

    def _made(self, kind: DocumentKind, form: FileFormat, day: date, calendar: _Calendar) -> Made:
        """A document as it is made on a day, with the proof that nobody has changed it since."""
        made = self._bytes(kind, form, day, calendar)
        return made._replace(data=sealed(made.data, form, day))

    def _bytes(self, kind: DocumentKind, form: FileFormat, day: date, calendar: _Calendar) -> Made:
        source, sheet = self.source, as_read(self.source.case.sheet)
        if form in (FileFormat.XLSX, FileFormat.ICS):
            self.initiative.refuse_if_damaged("innan den kan bli en tabell eller en kalender")
        match form:
            case FileFormat.MD | FileFormat.HTML | FileFormat.TXT | FileFormat.DOCX | FileFormat.PDF:
                return self._page(kind, form, day)
            case FileFormat.XLSX:
                from utbildningsprocess.exports.xlsx import About, to_xlsx

                forms = source.case.diagnosis_model.everyday_forms()
                about = About(source.title, day, source.organisation)
                return Made(to_xlsx(about, sheet, source.settings.cost, forms))
            case FileFormat.ICS:
                return Made(self._calendars.make(*calendar))
            case _:
                assert_never(form)

    @property
    def _wordless(self) -> str:
        word = in_quotation_marks(self._unused_word, 40)
        return f"{word} används inte. {_SAY_A_WORD}" if self._unused_word else ""

    def is_empty(self, kind: DocumentKind, target: Path | None = None) -> bool:
        """Whether there is nothing to make a file of: a calendar without a day to come.

        One that stands at the `target` may have an occasion that is to be called off.
        """
        if kind.formats != (FileFormat.ICS,):
            return False
        return self._calendars.is_empty(present_at(target or self.path_of(kind, FileFormat.ICS)), "")

    # ------------------------------------------------------------- saving

    @property
    def folder(self) -> Path:
        """Where documents are saved when nobody says where."""
        return self.workspace.root.documents_of(self.initiative.path)

    def path_of(self, kind: DocumentKind, form: FileFormat) -> Path:
        """Where a document is saved unless somebody says another place."""
        return self.folder / f"{kind.id}{'-kallor' if self.sourced else ''}.{form}"

    def save(
        self,
        kind: DocumentKind | str,
        form: FileFormat | str,
        target: Path | None = None,
        *,
        occasion: str = "",
        replace: bool = False,
    ) -> Saved:
        """Saves one document. One that somebody has edited is replaced only with `replace`.

        Raises as `make`, and Edited, WrongUse or Broken as save_made does.
        """
        kind = kind_meant(kind) if isinstance(kind, str) else kind
        path = target or self.path_of(kind, FileFormat(form))
        known_form = FileFormat(form)
        calendar = _Calendar(present_at(path) if known_form is FileFormat.ICS else b"", occasion)
        made = self.make(kind, form, earlier=calendar.earlier, occasion=occasion)
        saved = self._saved(
            path,
            made,
            known_form,
            replace=replace,
            is_same=lambda present: self.says_the_same(kind, known_form, present, made.data, occasion),
        )
        forgotten = self._calendars.forgotten(path, calendar.earlier)
        return saved._replace(notes=(*saved.notes, *forgotten))

    def says_the_same(
        self,
        kind: DocumentKind,
        form: FileFormat,
        present: bytes,
        made: bytes | None = None,
        occasion: str = "",
    ) -> bool:
        """Whether a file says what is made now, whatever day it was made and whatever newlines it has got.

        What is `made` is made anew when it is not at hand.
        """
        day = sealed_on(present, form) or self.day
        calendar = _Calendar(present, occasion)
        again = made if made is not None and day == self.day else self._made(kind, form, day, calendar).data
        return unsealed(present, form) == unsealed(again, form)

    def save_all(
        self,
        formats: Sequence[FileFormat] = tuple(FileFormat),
        folder: Path | None = None,
        *,
        replace: bool = False,
    ) -> Iterator[Saved | NotSaved]:
        """Saves every document in each of some formats, one by one; one that cannot be saved stops no other.

        A calendar without a day to come is left out.
        """
        for kind in DOCUMENTS:
            for form in kind.formats:
                if form in formats:
                    yield from self.save_each(kind, form, folder, replace=replace)

    def save_each(
        self, kind: DocumentKind, form: FileFormat, folder: Path | None = None, *, replace: bool = False
    ) -> Iterator[Saved | NotSaved]:
        """Saves the file of a document in a format, or a file for each occasion where that is what it is."""
        place = folder or self.folder
        files = [(place / f"{kind.id}.{form}", "")]
        if kind.is_for_each_occasion(form):
            files = list(self._calendars.invitations(place, kind.id))
        for path, occasion in files:
            try:
                if form != FileFormat.ICS or not self._calendars.is_empty(present_at(path), occasion):
                    yield self.save(kind, form, path, occasion=occasion, replace=replace)
            except UtbError as trouble:
                yield NotSaved(path, trouble)


def told_by_cause(troubles: Sequence[NotSaved]) -> Iterator[str]:
    """Each cause once, in the words of the first file, and what else it stops; add-ons in one sentence."""
    missing = {out.trouble.what: out.trouble for out in troubles if isinstance(out.trouble, Missing)}
    if missing:
        yield missing_in_words(tuple(missing.values()))
    causes: dict[str, list[NotSaved]] = {}
    for outcome in (outcome for outcome in troubles if not isinstance(outcome.trouble, Missing)):
        causes.setdefault(str(outcome.trouble).replace(shown(outcome.path), ""), []).append(outcome)
    for cause, (first, *further) in causes.items():
        yield f"Fel: {first.trouble}"
        if further and cause != str(first.trouble):
            many = "en fil" if len(further) == 1 else f"{len(further)} filer"
            # Whoever may have written in a file wants to know which.
            edited = isinstance(first.trouble, Edited)
            names = f": {', '.join(outcome.path.name for outcome in further)}" if edited else ""
            yield f"Detsamma gäller {many} till{names or '.'}"


def unused_templates(workspace: Workspace) -> list[str]:
    """A sentence for each of the organisation's own templates whose name is nearly that of a template."""
    names = own_templates(workspace.root)
    return [
        f"{template_shown(workspace.root, name)} används inte: ingen mall heter så. Menade du {meant}?"
        for name in names
        if (meant := template_meant(name)) and meant not in names
    ]
