"""`utb dokument`: what the next person needs, made from the answers."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import dossier, files
from utbildningsprocess.checks import check, deviations
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.support import is_plain
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.cost import balance
from utbildningsprocess.documents.compose import Source, compose, to_markdown
from utbildningsprocess.documents.kinds import KINDS, kind_meant, missing
from utbildningsprocess.errors import OK, UtbError, WrongUse
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.screen import is_read, show_markdown
from utbildningsprocess.swedish import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.documents.compose import Document
    from utbildningsprocess.documents.kinds import Kind
    from utbildningsprocess.model import Answers

FORMATS = ("md", "html", "docx", "pdf")
EVERYTHING, TABLES, CALENDAR = "alla", "tabeller", "kalender"
OWN_FORMAT = {TABLES: "xlsx", CALENDAR: "ics"}
"""What is no page has one format of its own."""
FOLDER, BASE, PDF_PROGRAM = "dokument", "bas.docx", "sida.typ"
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
    elif wanted == EVERYTHING:
        return _everything(subject, form, out, replace=replace)
    elif wanted in OWN_FORMAT:
        form = known_format(form or OWN_FORMAT[wanted], (OWN_FORMAT[wanted],))
        _save(subject, wanted, form, out, replace=replace)
    elif out is None and known_format(form or "md", FORMATS) == "md":
        document = _document(subject, kind_meant(wanted))
        show_markdown(to_markdown(document, drawn=not is_read()), plain=is_plain(workspace))
        _tell_of(document)
    else:
        _save(
            subject, kind_meant(wanted).id, known_format(form or _ending(out), FORMATS), out, replace=replace
        )
    return OK


def _meant(workspace: Workspace, wanted: str | None, initiative: str | None) -> tuple[str | None, str | None]:
    """The kind and the initiative; a lone word that names no kind may name an initiative."""
    if wanted is None or fold(wanted) in (EVERYTHING, *OWN_FORMAT):
        return (fold(wanted) if wanted else None), initiative
    try:
        return kind_meant(wanted).id, initiative
    except WrongUse as trouble:
        if initiative is not None:
            raise
        try:
            return None, str(files.find_dossier(workspace.root, wanted))
        except WrongUse:
            raise trouble from None


def _ending(out: str | None) -> str:
    return Path(out or "").suffix.removeprefix(".") or "md"


class _Subject(NamedTuple):
    """One initiative, and all that its documents are made of."""

    workspace: Workspace
    path: Path
    answers: Answers
    source: Source
    documents: dict[str, Document]
    """Those that have been put together, by kind: every format is made from the same one."""


def _subject(workspace: Workspace, path: Path) -> _Subject:
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    case = workspace.case(content.answers)
    source = Source(
        title=content.title or path.stem,
        case=case,
        findings=check(case, workspace.checks),
        deviations=deviations(content.answers),
        rules=workspace.checks,
        config=workspace.root.config,
    )
    return _Subject(workspace, path, content.answers, source, {})


# -------------------------------------------------------------------- listing


def _listing(subject: _Subject) -> str:
    name = subject.workspace.name(subject.path)
    lines = [f"{subject.source.title}\n{shown(subject.path)}", ""]
    for kind in KINDS:
        lines += [f"{kind.id}: {kind.title}, för {kind.for_whom}", f"  {_readiness(subject, kind)}"]
    return "\n".join(
        [
            *lines,
            f"{TABLES}: aktiviteter, mått, resultat och kostnad som kalkylblad",
            f"{CALENDAR}: tillfällen, mätningar och uppföljningar till kalendern",
            "",
            f"Läs ett: {PROGRAM} dokument beslutsunderlag {name}",
            f"Spara som Word: {PROGRAM} dokument beslutsunderlag {name} --format docx",
            f"Spara alla: {PROGRAM} dokument {EVERYTHING} {name}",
        ]
    )


def _readiness(subject: _Subject, kind: Kind) -> str:
    left = missing(kind, subject.workspace.battery, subject.answers)
    if not left:
        return "Klart att använda."
    named = " ".join(question.text for question in left[:MOST_NAMED])
    more = f" Och {len(left) - MOST_NAMED} till." if len(left) > MOST_NAMED else ""
    return f"Går att göra, men svar saknas: {named}{more}"


# --------------------------------------------------------------------- making


def _document(subject: _Subject, kind: Kind) -> Document:
    if kind.id not in subject.documents:
        template = files.template_text(subject.workspace.root, kind.template)
        subject.documents[kind.id] = compose(kind, template, kind.template, subject.source)
    return subject.documents[kind.id]


def _tell_of(document: Document) -> None:
    most = document.kind.most_words
    if most is not None and document.words > most:
        say(f"{document.kind.title} är {document.words} ord. Korta den gärna till högst {most}.")


def _bytes(subject: _Subject, name: str, form: str) -> bytes:
    """A document in a format. Raises WrongUse when the format's library is not installed."""
    if name in OWN_FORMAT:
        return _own_format(subject, name)
    is_first = name not in subject.documents
    document = _document(subject, kind_meant(name))
    if is_first:
        _tell_of(document)
    root = subject.workspace.root
    if form == "html":
        from utbildningsprocess.exports.html import to_html

        return to_html(document.page).encode("utf-8")
    if form == "docx":
        from utbildningsprocess.exports.docx_file import to_docx

        return to_docx(document.page, files.template_bytes(root, BASE))
    if form == "pdf":
        from utbildningsprocess.exports.pdf import to_pdf

        return to_pdf(document.page, files.template_text(root, PDF_PROGRAM))
    return to_markdown(document).encode("utf-8")


def _own_format(subject: _Subject, name: str) -> bytes:
    source, battery = subject.source, subject.workspace.battery
    if name == CALENDAR:
        from utbildningsprocess.exports.ics import to_ics

        return to_ics(source.title, battery, subject.answers, source.case.today, subject.path.stem)
    from utbildningsprocess.exports.xlsx import to_xlsx

    learning = balance(subject.answers, source.case.rules.everyday_forms())
    return to_xlsx(source.title, battery, subject.answers, source.case.price, learning, source.config.cost)


def _save(subject: _Subject, name: str, form: str, out: str | None, *, replace: bool) -> None:
    """Saves one document and says where."""
    target = Path(out) if out else _folder(subject) / f"{name}.{form}"
    data = _bytes(subject, name, form)
    if not files.save_made(target, data, replace=replace, compared=_compared(name)):
        say("Filen fanns redan och är likadan.")
    result(shown(target))


def _compared(name: str) -> Callable[[bytes], bytes]:
    """What of a file tells whether it has changed: of a calendar all but the day it was made."""
    if name != CALENDAR:
        return bytes
    from utbildningsprocess.exports.ics import unstamped

    return unstamped


def _folder(subject: _Subject) -> Path:
    return subject.workspace.root.folder / FOLDER / subject.path.stem


def _everything(subject: _Subject, form: str | None, out: str | None, *, replace: bool) -> int:
    """Saves every document in every format, or in one; what cannot be saved is told, the rest still made."""
    folder = Path(out) if out else _folder(subject)
    forms = (known_format(form, (*FORMATS, *OWN_FORMAT.values())),) if form else None
    troubles: dict[str, UtbError] = {}
    for name, each in _combinations(forms):
        try:
            _save(subject, name, each, str(folder / f"{name}.{each}"), replace=replace)
        except UtbError as trouble:
            troubles.setdefault(str(trouble), trouble)
    for text in troubles:
        say(f"Fel: {text}")
    return max((trouble.exit_code for trouble in troubles.values()), default=OK)


def _combinations(forms: tuple[str, ...] | None) -> Iterator[tuple[str, str]]:
    for kind in KINDS:
        yield from ((kind.id, form) for form in FORMATS if forms is None or form in forms)
    yield from ((name, form) for name, form in OWN_FORMAT.items() if forms is None or form in forms)
