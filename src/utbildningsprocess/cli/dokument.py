"""`utb dokument`: what the next person needs, made from the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import dossier, files
from utbildningsprocess.checks import check, deviations
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.formats import OF_FILES, STDOUT, file_format, known_format, meant_format
from utbildningsprocess.cli.output import UNCHANGED, result, say
from utbildningsprocess.cli.support import is_plain
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.documents.compose import Source, compose, to_markdown
from utbildningsprocess.documents.kinds import BASE, KINDS, PDF_PROGRAM, kind_meant, missing, template_meant
from utbildningsprocess.errors import OK, UtbError, WrongUse
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.plan.cost import balance
from utbildningsprocess.plan.due import coming
from utbildningsprocess.screen import is_read, show_markdown
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.documents.kinds import Kind
    from utbildningsprocess.files import Root
    from utbildningsprocess.model import AnswerSheet

FORMATS = ("md", "html", "docx", "pdf")
EVERYTHING, TABLES, CALENDAR = "alla", "tabeller", "kalender"
OWN_FORMAT = {TABLES: "xlsx", CALENDAR: "ics"}
"""What is no page has one format of its own."""
TEXTS = ("md", "html")
"""The formats that can be written to stdout."""
EMPTY = "Inget i dossiern har ett datum att lägga i kalendern, eller så har allt redan hänt."
LEARNING = ("LARANDE", "MIX")
"""The outcomes of a diagnosis that point at learning."""
MOST_NAMED = 2


def make(
    wanted: str | None, initiative: str | None, form: str | None, out: str | None, *, replace: bool
) -> int:
    """Lists the documents, shows or saves one, or saves them all; gives the exit code."""
    workspace = open_workspace()
    wanted, initiative = _meant(workspace, wanted, initiative)
    subject = _subject(workspace, meant_dossier(workspace, initiative))
    if wanted is None:
        result(_listing(subject))
        return OK
    _tell_of_unused(workspace)
    if wanted == EVERYTHING:
        return _everything(subject, form, out, replace=replace)
    own = OWN_FORMAT.get(wanted)
    meant = meant_format(form, out, (own,) if own else FORMATS)
    if out == STDOUT:
        _print(subject, wanted, meant)
    elif own or form or out:
        target = Path(out) if out else _folder(subject) / f"{wanted}.{meant}"
        if _is_empty(subject, wanted):
            say(f"{EMPTY} Ingen fil har sparats.")
        elif not _save(subject, wanted, target, meant, replace=replace):
            say(UNCHANGED)
    else:
        document = _document(subject, kind_meant(wanted))
        show_markdown(to_markdown(document, drawn=not is_read()), plain=is_plain(workspace))
    return OK


def _meant(workspace: Workspace, wanted: str | None, initiative: str | None) -> tuple[str | None, str | None]:
    """The kind and the initiative; a lone word that names no kind may name an initiative."""
    besides = (*OWN_FORMAT, EVERYTHING)
    if wanted is None or fold(wanted) in besides:
        return (fold(wanted) if wanted else None), initiative
    try:
        return kind_meant(wanted, besides).id, initiative
    except WrongUse as trouble:
        if initiative is not None:
            raise
        try:
            return None, str(files.find_dossier(workspace.root, wanted))
        except WrongUse:
            raise trouble from None


def _tell_of_unused(workspace: Workspace) -> None:
    """Says which of the organisation's own templates have a name that is nearly that of a template."""
    names = files.own_templates(workspace.root)
    for name in names:
        meant = template_meant(name)
        if meant and meant not in names:
            shown_name = files.template_shown(workspace.root, name)
            say(f"{shown_name} används inte: ingen mall heter så. Menade du {meant}?")


class _Subject(NamedTuple):
    """One initiative, and all that its documents are made of."""

    workspace: Workspace
    path: Path
    sheet: AnswerSheet
    source: Source
    documents: dict[str, Document]
    """Those that have been put together, by kind: every format is made from the same one."""


def _subject(workspace: Workspace, path: Path) -> _Subject:
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    case = workspace.case(content.sheet)
    source = Source(
        title=content.title or path.stem,
        case=case,
        findings=check(case, workspace.checks),
        deviations=deviations(content.answers),
        rules=workspace.checks,
        settings=workspace.root.settings,
    )
    return _Subject(workspace, path, content.sheet, source, {})


# -------------------------------------------------------------------- listing


def _listing(subject: _Subject) -> str:
    name = subject.workspace.name(subject.path)
    lines = [f"{subject.source.title}\n{shown(subject.path)}", *_elsewhere(subject.source), ""]
    for kind in KINDS:
        lines += [f"{kind.id}: {kind.title}, för {kind.for_whom}", f"  {_readiness(subject, kind)}"]
    return "\n".join(
        [
            *lines,
            f"{TABLES}: aktiviteter, mått, resultat och kostnad som kalkylblad",
            f"{CALENDAR}: tillfällen, mätningar och uppföljningar som kommer, och det som är försenat",
            "",
            f"Läs ett: {PROGRAM} dokument beslutsunderlag {name}",
            f"Spara som Word: {PROGRAM} dokument beslutsunderlag {name} --format docx",
            f"Spara alla: {PROGRAM} dokument {EVERYTHING} {name}",
        ]
    )


def _elsewhere(source: Source) -> Iterator[str]:
    """What to think of first, when the diagnosis points at something else than learning."""
    code, rules = source.case.diagnosis.outcome, source.case.rules
    if code and code not in LEARNING:
        name = rules.outcome_name(code)
        what = f"{name[:1].lower()}{name[1:]}. {rules.outcome(code).text}"
        yield f"Diagnosen pekar på: {what} Dokumenten går att göra ändå."


def _readiness(subject: _Subject, kind: Kind) -> str:
    left = missing(kind, subject.sheet)
    if not left:
        return "Klart att använda."
    named = " ".join(question.text for question in left[:MOST_NAMED])
    more = f" Och {len(left) - MOST_NAMED} till." if len(left) > MOST_NAMED else ""
    return f"Går att göra, men svar saknas: {named}{more}"


# --------------------------------------------------------------------- making


def _document(subject: _Subject, kind: Kind) -> Document:
    """The document of a kind. The first time it is put together, what is strange with it is said."""
    if kind.id not in subject.documents:
        root = subject.workspace.root
        name = files.template_shown(root, kind.template)
        document = compose(kind, files.template_text(root, kind.template), name, subject.source)
        subject.documents[kind.id] = document
        _tell_of(document, name)
    return subject.documents[kind.id]


def _tell_of(document: Document, template: str) -> None:
    most = document.kind.most_words
    if most is not None and document.words > most:
        say(f"{document.kind.title} är {document.words} ord. Korta den gärna till högst {most}.")
    if not document.text.strip():
        say(f"{template} ger ett tomt dokument. En mall börjar med en rubrik: # {{{{ titel }}}}")
    elif not document.text.startswith("# "):
        say(f"{template} börjar inte med en rubrik på nivå 1. Skriv till exempel: # {{{{ titel }}}}")


def _bytes(subject: _Subject, name: str, form: str) -> bytes:
    """A document in a format. Raises WrongUse when the format's library is not installed."""
    if name in OWN_FORMAT:
        return _own_format(subject, name)
    document = _document(subject, kind_meant(name))
    root = subject.workspace.root
    if form == "html":
        from utbildningsprocess.exports.html import to_html

        return to_html(document.page).encode("utf-8")
    if form == "docx":
        from utbildningsprocess.exports.docx_file import to_docx

        return to_docx(document.page, files.template_bytes(root, BASE), files.template_shown(root, BASE))
    if form == "pdf":
        return _pdf(document, root)
    return to_markdown(document).encode("utf-8")


def _pdf(document: Document, root: Root) -> bytes:
    """The document as a PDF; says what in it is not as it should be."""
    from utbildningsprocess.exports.pdf import Program, to_pdf

    text, name = files.template_text(root, PDF_PROGRAM), files.template_shown(root, PDF_PROGRAM)
    made = to_pdf(document.page, Program(text, files.template_folder(root), name))
    if made.unshown:
        letters = " ".join(made.unshown)
        say(f"{document.kind.title}: inget typsnitt visar {letters} i PDF-filen. Där står \ufffd i stället.")
    if document.kind.one_page and made.pages > 1:
        say(f"{document.kind.title} blev {made.pages} sidor som PDF. Korta svaren om den ska få plats på en.")
    return made.data


def _own_format(subject: _Subject, name: str) -> bytes:
    source = subject.source
    if name == CALENDAR:
        from utbildningsprocess.exports.ics import to_ics

        return to_ics(source.title, subject.sheet, source.case.today, subject.path.stem)
    from utbildningsprocess.exports.xlsx import to_xlsx

    learning = balance(subject.sheet.answers, source.case.rules.everyday_forms())
    return to_xlsx(source.title, subject.sheet, source.case.price, learning, source.settings.cost)


def _is_empty(subject: _Subject, name: str) -> bool:
    """Whether there is nothing to make a file of."""
    return name == CALENDAR and not coming(subject.sheet, subject.source.case.today)


def _print(subject: _Subject, name: str, form: str) -> None:
    """Writes one document to stdout, as its file would be."""
    if form not in TEXTS:
        raise WrongUse(f"{form} går inte att skriva på standard ut. Ange en fil med -o.")
    result(_bytes(subject, name, form).decode("utf-8").removesuffix("\n"))


def _save(subject: _Subject, name: str, target: Path, form: str, *, replace: bool) -> bool:
    """Saves one document and says where; False when it stood there already."""
    data = _bytes(subject, name, form)
    root = subject.workspace.root
    is_new = files.save_made(target, data, root, replace=replace, compared=_compared(name))
    result(shown(target))
    return is_new


def _compared(name: str) -> Callable[[bytes], bytes]:
    """What of a file tells whether it has changed: of a calendar all but the day it was made."""
    if name != CALENDAR:
        return bytes
    from utbildningsprocess.exports.ics import unstamped

    return unstamped


def _folder(subject: _Subject) -> Path:
    return subject.workspace.root.folder / files.DOCUMENTS_FOLDER / subject.path.stem


# ----------------------------------------------------------------- everything


def _everything(subject: _Subject, form: str | None, out: str | None, *, replace: bool) -> int:
    """Saves every document in every format, or in one; what cannot be saved is told, the rest still made."""
    folder = _folder_meant(out) if out else _folder(subject)
    forms = (known_format(form, OF_FILES),) if form else OF_FILES
    unchanged, troubles = 0, []
    for name, each in _combinations(forms):
        target = folder / f"{name}.{each}"
        if _is_empty(subject, name):
            say(f"{EMPTY} Ingen kalender har sparats.")
            continue
        try:
            unchanged += not _save(subject, name, target, each, replace=replace)
        except UtbError as trouble:
            troubles.append((target, trouble))
    if unchanged:
        many = f"{unchanged} filer fanns redan och är likadana."
        say(UNCHANGED if unchanged == 1 else many)
    for text in _by_cause(troubles):
        say(text)
    return max((trouble.exit_code for _, trouble in troubles), default=OK)


def _folder_meant(out: str) -> Path:
    """The folder that all documents are to be saved in. Raises WrongUse for what is rather a file's name."""
    folder = Path(out)
    if out == STDOUT:
        raise WrongUse(f"Med ”{EVERYTHING}” blir det flera filer. Ange en mapp med -o.")
    if file_format(out) in OF_FILES and not files.is_folder(folder):
        raise WrongUse(
            f"{out} är namnet på en fil, men med ”{EVERYTHING}” är -o en mapp. "
            f"Skriv till exempel -o {shown(folder.with_suffix(''))}, och --format {file_format(out)} "
            "om ni bara vill ha det formatet."
        )
    return folder


def _by_cause(troubles: list[tuple[Path, UtbError]]) -> Iterator[str]:
    """Each cause once, in the words of the first file, and what other files it stops."""
    causes: dict[str, list[tuple[Path, UtbError]]] = {}
    for target, trouble in troubles:
        causes.setdefault(str(trouble).replace(shown(target), ""), []).append((target, trouble))
    for cause, found in causes.items():
        trouble, others = found[0][1], [target.name for target, _ in found[1:]]
        yield f"Fel: {trouble}"
        if others and cause != str(trouble):
            many = "en fil" if len(others) == 1 else f"{len(others)} filer"
            # Whoever may have written in a file wants to know which.
            named = f": {', '.join(others)}" if isinstance(trouble, files.Edited) else ""
            yield f"Detsamma gäller {many} till{named or '.'}"


def _combinations(forms: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield from ((kind.id, form) for form in FORMATS if form in forms)
    yield from ((name, form) for name, form in OWN_FORMAT.items() if form in forms)
