"""What can be made of an initiative's answers: documents, tables and a calendar, as bytes or saved files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.checks.deviations import deviations
from utbildningsprocess.checks.findings import check
from utbildningsprocess.diagnosis.sentences import inside, outcome_sentences
from utbildningsprocess.documents.compose import Source, compose, dated, to_markdown
from utbildningsprocess.documents.kinds import (
    DOCUMENTS,
    EVERYTHING,
    PDF_PROGRAM,
    WORD_BASE,
    DocumentKind,
    kind_meant,
    template_meant,
)
from utbildningsprocess.errors import UtbError, WrongUse
from utbildningsprocess.exports.extras import Missing, missing_in_words
from utbildningsprocess.exports.formats import FileFormat
from utbildningsprocess.exports.proof import sealed, sealed_on, unsealed
from utbildningsprocess.files.git_folder import repository_of
from utbildningsprocess.files.made import Edited, present_at, save_made
from utbildningsprocess.files.roots import (
    own_templates,
    template_bytes,
    template_folder,
    template_shown,
    template_text,
)
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Given
from utbildningsprocess.plan.due import coming
from utbildningsprocess.work.workspace import made_date

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.model import Question
    from utbildningsprocess.pages.page import Page
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.workspace import Workspace

NO_DATES = "Inget i dossiern har ett datum att lägga i kalendern, eller så har allt redan hänt."
_LEARNING = ("LARANDE", "MIX")
"""The outcomes of a diagnosis that point at learning."""
_MOST_NAMED = 2


class Made(NamedTuple):
    """A document in a format: its bytes, and what a person should know of it."""

    data: bytes
    notes: tuple[str, ...] = ()


class Saved(NamedTuple):
    """A file that was to be saved: where it is, whether it is new or changed, and what to know of it."""

    path: Path
    is_new: bool
    notes: tuple[str, ...] = ()


class NotSaved(NamedTuple):
    """A file that could not be saved, and why."""

    path: Path
    trouble: UtbError


class Documents:
    """The documents of one initiative, made from its answers as they are now.

    One object puts each document together once, for all formats, and tells what is strange with it once.
    Raises Broken when the dossier is damaged, unless it is to be used `despite_damage`: then each document
    says so at its top and where an answer may be missing.
    """

    def __init__(self, initiative: OpenDossier, *, despite_damage: bool = False) -> None:
        if not despite_damage:
            initiative.refuse_if_damaged("innan något kan göras av svaren")
        self.initiative = initiative
        self.workspace: Workspace = initiative.workspace
        case = self.workspace.case(initiative.sheet_with_damage)
        self.source = Source(
            title=initiative.title,
            case=case,
            findings=check(case, self.workspace.thread_rules),
            deviations=deviations(initiative.answers),
            rules=self.workspace.thread_rules,
            settings=self.workspace.settings,
            damage=tuple(problem.line for problem in initiative.content.structural_problems),
            unasked=initiative.content.unasked,
        )
        self._composed: dict[str, Document] = {}
        self._told: set[str] = set()
        self.day = made_date(self.workspace.today)
        """The day that they say they are made."""

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

    def readiness(self, kind: DocumentKind) -> str:
        """Whether a page can be used, or which answers it lacks, in a sentence."""
        missing = self.missing(kind)
        if not missing:
            return "Klart att använda."
        named = " ".join(question.text for question in missing[:_MOST_NAMED])
        more = f" Och {len(missing) - _MOST_NAMED} till." if len(missing) > _MOST_NAMED else ""
        return f"Går att göra, men svar saknas: {named}{more}"

    def caution(self) -> str:
        """What to think of first, when the diagnosis points at something else than learning; else nothing."""
        diagnosis, model = self.source.case.diagnosis, self.source.case.diagnosis_model
        if not diagnosis.outcome or diagnosis.outcome in _LEARNING:
            return ""
        outcome = model.outcome(diagnosis.outcome)
        what = " ".join([f"{inside(outcome.name)}.", *outcome_sentences(model, diagnosis)])
        return f"Diagnosen pekar på: {what} Dokumenten går att göra ändå."

    def listing(self) -> str:
        """Every document with what it is for and which answers it lacks, and the commands that make them."""
        opened, name = self.initiative, self.initiative.typed_name
        lines = [f"{opened.title}\n{shown(opened.path)}", *filter(None, [self.caution()]), ""]
        for kind in DOCUMENTS:
            called = f"{kind.title}, {kind.about}" if kind.is_page else kind.about
            lines += [f"{kind.id}: {called}", *([f"  {self.readiness(kind)}"] if kind.is_page else [])]
        lines += [
            "",
            f"Läs ett: utb dokument beslutsunderlag {name}",
            f"Spara som Word: utb dokument beslutsunderlag {name} --format docx",
            f"Spara alla: utb dokument {EVERYTHING} {name}",
        ]
        return "\n".join(lines)

    # ------------------------------------------------------------- making

    def document(self, kind: DocumentKind) -> Document:
        """A page as it was put together from its template. Raises Broken when the template cannot be used."""
        if kind.id not in self._composed:
            name = template_shown(self.workspace.root, kind.template)
            template = template_text(self.workspace.root, kind.template)
            self._composed[kind.id] = compose(kind, template, name, self.source)
        return self._composed[kind.id]

    def make(
        self, kind: DocumentKind | str, form: FileFormat | str = FileFormat.MD, *, earlier: bytes = b""
    ) -> Made:
        """A document in a format, as bytes. A calendar keeps of an `earlier` one how new each entry is.

        Raises WrongUse for a kind or a format there is not, and for one whose add-on is not installed; Broken
        when its template cannot be used.

            pdf = initiative.documents.make("beslutsunderlag", "pdf").data
        """
        kind = kind_meant(kind) if isinstance(kind, str) else kind
        if form not in kind.formats:
            raise WrongUse(f"{kind.title} finns inte som {form}, bara som {', '.join(kind.formats)}.")
        made = self._made(kind, FileFormat(form), self.day, earlier)
        return Made(made.data, (*self._strange(kind), *made.notes))

    def _made(self, kind: DocumentKind, form: FileFormat, day: date, earlier: bytes = b"") -> Made:
        """A document as it is made on a day, with the proof that nobody has changed it since."""
        made = self._bytes(kind, form, day, earlier)
        return made._replace(data=sealed(made.data, form, day))

    def _bytes(self, kind: DocumentKind, form: FileFormat, day: date, earlier: bytes) -> Made:
        source, sheet = self.source, self.source.case.sheet
        if form in (FileFormat.XLSX, FileFormat.ICS):
            self.initiative.refuse_if_damaged("innan den kan bli en tabell eller en kalender")
        match form:
            case FileFormat.MD:
                return Made(to_markdown(dated(self.document(kind), day)).encode("utf-8"))
            case FileFormat.HTML:
                from utbildningsprocess.exports.html import to_html

                return Made(to_html(dated(self.document(kind), day).page).encode("utf-8"))
            case FileFormat.DOCX:
                return Made(word_file(self.workspace, dated(self.document(kind), day).page))
            case FileFormat.PDF:
                return self._pdf(dated(self.document(kind), day))
            case FileFormat.XLSX:
                from utbildningsprocess.exports.xlsx import to_xlsx

                case, cost = source.case, source.settings.cost
                return Made(to_xlsx(source.title, sheet, case.price, case.balance, cost))
            case FileFormat.ICS:
                from utbildningsprocess.exports.ics import to_ics

                known_as, today = _known_as(self.initiative), source.case.today
                return Made(to_ics(source.title, sheet, today, known_as, made=day, earlier=earlier))
            case _:
                assert_never(form)

    def _pdf(self, document: Document) -> Made:
        from utbildningsprocess.exports.pdf import Program, to_pdf

        root, title = self.workspace.root, document.kind.title
        text, name = template_text(root, PDF_PROGRAM), template_shown(root, PDF_PROGRAM)
        pdf = to_pdf(document.page, Program(text, template_folder(root), name, is_own=name != PDF_PROGRAM))
        notes = []
        if pdf.unshown:
            letters = " ".join(pdf.unshown)
            notes.append(f"{title}: inget typsnitt visar {letters} i PDF-filen. Där står \ufffd i stället.")
        if document.kind.one_page and pdf.pages > 1:
            notes.append(f"{title} blev {pdf.pages} sidor som PDF. Korta svaren om den ska få plats på en.")
        return Made(pdf.data, tuple(notes))

    def _strange(self, kind: DocumentKind) -> Iterator[str]:
        """What is strange with a page whatever its format; told once."""
        if kind.id in self._told or not kind.is_page:
            return
        document, most = self.document(kind), kind.most_words
        self._told.add(kind.id)
        name = template_shown(self.workspace.root, kind.template)
        if most is not None and document.words > most:
            yield f"{kind.title} är {document.words} ord. Korta den gärna till högst {most}."
        if not document.text.strip():
            yield f"{name} ger ett tomt dokument. En mall börjar med en rubrik: # {{{{ titel }}}}"
        elif not document.text.startswith("# "):
            yield f"{name} börjar inte med en rubrik på nivå 1. Skriv till exempel: # {{{{ titel }}}}"

    def is_empty(self, kind: DocumentKind) -> bool:
        """Whether there is nothing to make a file of: a calendar without a day to come."""
        sheet, today = self.source.case.sheet, self.source.case.today
        return kind.formats == (FileFormat.ICS,) and not coming(sheet, today)

    # ------------------------------------------------------------- saving

    @property
    def folder(self) -> Path:
        """Where documents are saved when nobody says where."""
        return self.workspace.root.documents_of(self.initiative.path)

    def save(
        self,
        kind: DocumentKind | str,
        form: FileFormat | str,
        target: Path | None = None,
        *,
        replace: bool = False,
    ) -> Saved:
        """Saves one document. One that somebody has edited is replaced only with `replace`.

        Raises as `make`, and Edited, WrongUse or Broken as save_made does.
        """
        kind = kind_meant(kind) if isinstance(kind, str) else kind
        path = target or self.folder / f"{kind.id}.{form}"
        made = self.make(kind, form, earlier=present_at(path) if form == FileFormat.ICS else b"")
        known_form = FileFormat(form)
        is_new = save_made(
            path,
            made.data,
            self.workspace.root,
            replace=replace,
            is_same=lambda present: self._says_the_same(kind, known_form, present, made.data),
            is_untouched=lambda present: sealed_on(present, known_form) is not None,
        )
        return Saved(path, is_new, made.notes)

    def _says_the_same(self, kind: DocumentKind, form: FileFormat, present: bytes, made: bytes) -> bool:
        """Whether a file says what is made now, whatever day it was made and whatever newlines it has got."""
        day = sealed_on(present, form) or self.day
        again = made if day == self.day else self._made(kind, form, day, present).data
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
                if form not in formats or self.is_empty(kind):
                    continue
                path = (folder or self.folder) / f"{kind.id}.{form}"
                try:
                    yield self.save(kind, form, path, replace=replace)
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


def word_file(workspace: Workspace, page: Page) -> bytes:
    """A page as a Word file, in the organisation's own styles if it has any. WrongUse without python-docx."""
    from utbildningsprocess.exports.docx_file import to_docx

    root = workspace.root
    return to_docx(page, template_bytes(root, WORD_BASE), template_shown(root, WORD_BASE))


def unused_templates(workspace: Workspace) -> list[str]:
    """A sentence for each of the organisation's own templates whose name is nearly that of a template."""
    names = own_templates(workspace.root)
    return [
        f"{template_shown(workspace.root, name)} används inte: ingen mall heter så. Menade du {meant}?"
        for name in names
        if (meant := template_meant(name)) and meant not in names
    ]


def _known_as(initiative: OpenDossier) -> str:
    """The letters of an initiative; for an old dossier, which has none, where it lies in the repository."""
    path = initiative.path.resolve()
    top = repository_of(path) or initiative.workspace.root.folder.resolve().parent
    place = path.relative_to(top) if path.is_relative_to(top) else Path(path.name)
    # Folders are called as people are, and a calendar is sent to many.
    return initiative.identity or sha256(place.with_suffix("").as_posix().encode()).hexdigest()[:16]
