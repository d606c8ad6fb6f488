"""The documents of an initiative as a list: what each is for, lacks and asks next, and what is saved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.diagnosis.sentences import inside, outcome_sentences
from utbildningsprocess.documents.invitations import InvitationView
from utbildningsprocess.documents.kinds import DOCUMENTS, EVERYTHING, OF_ALL
from utbildningsprocess.errors import UtbError
from utbildningsprocess.exports.proof import sealed_on
from utbildningsprocess.files.made import present_at
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from utbildningsprocess.documents.kinds import DocumentKind
    from utbildningsprocess.exports.formats import FileFormat
    from utbildningsprocess.work.documents import Documents

_INVITATION = "inbjudan"
_LEARNING = ("LARANDE", "MIX")
"""The outcomes of a diagnosis that point at learning."""
_MOST_NAMED = 2


def document_list(documents: Documents) -> str:
    """Every document with what is known of it, and the commands that make them."""
    opened, name = documents.initiative, documents.initiative.typed_name
    lines = [f"{opened.title}\n{shown(opened.path)}", *filter(None, [_caution(documents)]), ""]
    for kind in DOCUMENTS:
        called = f"{kind.title}, {kind.about}" if kind.is_page else kind.about
        known = [*(_readiness(documents, kind) if kind.is_page else ()), _saved(documents, kind)]
        lines += [f"{kind.id}: {called}", *(f"  {sentence}" for sentence in known if sentence)]
    lines += [
        f"{OF_ALL.id}: {OF_ALL.title}, {OF_ALL.about}",
        "",
        f"Läs ett: utb dokument beslutsunderlag {name}",
        f"Spara som Word: utb dokument beslutsunderlag {name} --format docx",
        f"Spara och öppna: utb dokument beslutsunderlag {name} --oppna",
        f"Spara alla: utb dokument {EVERYTHING} {name}",
    ]
    return "\n".join(lines)


def _caution(documents: Documents) -> str:
    """What to think of first, when the diagnosis points at something else than learning; else nothing."""
    diagnosis, model = documents.source.case.diagnosis, documents.source.case.diagnosis_model
    if not diagnosis.outcome or diagnosis.outcome in _LEARNING:
        return ""
    outcome = model.outcome(diagnosis.outcome)
    what = " ".join([f"{inside(outcome.name)}.", *outcome_sentences(model, diagnosis)])
    return f"Diagnosen pekar på: {what} Dokumenten går att göra ändå."


def _readiness(documents: Documents, kind: DocumentKind) -> Iterator[str]:
    """Whether a page can be used, or which answers it lacks and what asks for the first of them."""
    missing = documents.missing(kind)
    over = InvitationView(documents.source.case, "", "").passerat if kind.id == _INVITATION else ""
    if over:
        yield over
        return
    if not missing:
        yield "Klart att använda."
        return
    named = " ".join(question.text for question in missing[:_MOST_NAMED])
    more = f" Och {len(missing) - _MOST_NAMED} till." if len(missing) > _MOST_NAMED else ""
    yield f"Går att göra, men svar saknas: {named}{more}"
    stage = documents.source.case.sheet.battery.stage(missing[0].stage)
    yield f"Svara: {documents.workspace.step_command(stage, documents.initiative.path)}"


def _saved(documents: Documents, kind: DocumentKind) -> str:
    """What is saved of a document where documents are saved, in a sentence; empty when nothing is."""
    files = {form: present_at(documents.folder / f"{kind.id}.{form}") for form in kind.formats}
    days = {form: sealed_on(data, form) for form, data in files.items() if data}
    made = {form: day for form, day in days.items() if day}
    edited = [form for form, day in days.items() if day is None]
    sentences = [f"Ändrad för hand: {joined(edited)}."] if edited else []
    if made:
        on = joined(map(date_in_short, sorted({*made.values()})))
        sentences.insert(0, f"Sparad {on} som {joined(made)}{_news(documents, kind, made, files)}.")
    return " ".join(sentences)


def _news(
    documents: Documents,
    kind: DocumentKind,
    made: Mapping[FileFormat, date],
    files: Mapping[FileFormat, bytes],
) -> str:
    """Whether it would be another now, told by the lightest file of each day it was made."""
    lightest = {day: form for form, day in reversed(list(made.items()))}
    try:
        is_same = all(documents.says_the_same(kind, form, files[form]) for form in lightest.values())
    except UtbError:  # it can be told when it is made
        return ""
    return ", och säger detsamma nu" if is_same else ", men blir en annan om den görs om nu"
