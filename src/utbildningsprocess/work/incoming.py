"""What has come in for a stage, read by what it holds: talk sheets in Markdown, mails, Word files, forms."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.dossier.guide_mark import is_guide
from utbildningsprocess.dossier.markers import scan
from utbildningsprocess.errors import Broken, UtbError, WrongUse
from utbildningsprocess.files.packed import unpacked
from utbildningsprocess.guide.form.copied import CopiedForm, copied_reply
from utbildningsprocess.guide.form.reply import form_reply
from utbildningsprocess.guide.form.saved import is_form, saved_form
from utbildningsprocess.guide.mail.asking import Asking, made_again, place_of
from utbildningsprocess.guide.mail.key import ANSWER_ID, Key, has_key, key_in
from utbildningsprocess.guide.mail.letter import enclosed, is_mail, letter_of
from utbildningsprocess.guide.mail.reply import reply
from utbildningsprocess.guide.mail.sent import SentMail, sent_in
from utbildningsprocess.guide.replies import Purpose
from utbildningsprocess.guide.word.reply import WORD_PARTS, opened_word, word_reply
from utbildningsprocess.work.promise_sheets import (
    promises_told_in,
    promises_told_in_form,
    promises_told_in_word,
)
from utbildningsprocess.work.talk_sheets import nothing_to_read, refuse_another_initiative

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from utbildningsprocess.guide.mail.letter import Received
    from utbildningsprocess.guide.replies import Reply
    from utbildningsprocess.model import Stage
    from utbildningsprocess.work.open_dossier import OpenDossier

_OUTLOOK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NOT_TEXT = (
    (b"%PDF", b"", "PDF-fil"),
    (b"PK\x03\x04", b"", "packad fil"),
)
"""What somebody may have filled in that is no text: how it begins, what it holds, and what it is called."""
_MARKER = b"<!-- utb:"
_PACKED, _OF_WORD = b"PK\x03\x04", b"word/document.xml"
_AS_DOCX = (
    (b"PK\x03\x04", b"opendocument", "i formatet ODF"),
    (b"{\\rtf", b"", "i formatet RTF"),
    (_OUTLOOK, "WordDocument".encode("utf-16-le"), "i det gamla Word-formatet"),
)
"""What somebody may have saved an answer as that is to be a Word file of today: its signs, and its name."""
_LOCKED = "EncryptedPackage".encode("utf-16-le")


class Handed(NamedTuple):
    """A file that somebody hands over: what to call it, and its bytes or why they cannot be read."""

    name: str
    data: bytes
    saved: date | None = None
    """When it was saved, where that is known."""
    trouble: UtbError | None = None


@dataclass
class Incoming:
    """What the files hold."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    """The talk sheets, each with its name."""
    replies: list[Reply] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    """What to say of files that give no answers."""


def read_incoming(
    initiative: OpenDossier, stage: Stage, files: Iterable[Handed], *, is_many: bool
) -> Incoming:
    """What some files hold for a stage of an initiative, the earliest mail first.

    Where they are many, one that cannot be read is a line, and the others are read; else it raises.
    """
    incoming = Incoming()
    for handed in files:
        try:
            _read(initiative, stage, handed, incoming)
        except UtbError as trouble:
            if not is_many:
                raise
            incoming.lines.append(str(trouble))
    incoming.replies = _once_each(incoming)
    return incoming


def _once_each(incoming: Incoming) -> list[Reply]:
    """The replies in an order that does not hang on the files, one that comes twice only once.

    Of an answer that has been saved several times only the latest counts, where the files tell which it is.
    Where several have answered in copies of one file, nobody can say which of them each is.
    """
    by_content: dict[tuple[str, str, str], Reply] = {}
    roles: dict[str, set[str]] = {}
    for came in sorted(incoming.replies, key=lambda came: (came.saved, came.name)):
        content = (came.answer_id, came.role, repr(came.said))
        earlier = by_content.pop(content, came)
        by_content[content] = _with_words_of(came, earlier)
        roles.setdefault(came.answer_id, set()).update(filter(None, [came.role]))
    saves: dict[tuple[str, str], list[Reply]] = {}
    for came in by_content.values():
        saves.setdefault((came.answer_id, came.role), []).append(came)
    kept = [came for several in saves.values() for came in _latest(several, incoming.lines)]
    several_roles = [answer_id for answer_id, known in roles.items() if len(known) > 1]
    sure = [_in_doubt_of_role(came) if came.answer_id in several_roles else came for came in kept]
    return sorted(sure, key=lambda came: (str(came.day or ""), came.answer_id, came.name))


def _latest(saves: Sequence[Reply], lines: list[str]) -> list[Reply]:
    """The latest of some saves of one answer, which come in their order; several where nobody can tell.

    What stood outside the answers of the earlier ones, as in the mails that they came in, is still said.
    """
    *earlier, last = saves
    # A day without a time may be before or after a time of the same day.
    as_late = [came for came in earlier if last.saved.startswith(came.saved)]
    for came in earlier:
        if came not in as_late:
            last = _with_words_of(last, came)
            told = f"{came.name} har ett tidigare svar av samma person som {last.name}. Det senare räknas."
            lines.append(told)
    return [*as_late, last]


def _with_words_of(came: Reply, earlier: Reply) -> Reply:
    """A reply with what stood outside the answers of an earlier one, too."""
    unplaced = tuple(dict.fromkeys((*earlier.unplaced, *came.unplaced)))
    return came._replace(unplaced=unplaced, beside=tuple(dict.fromkeys((*earlier.beside, *came.beside))))


def _in_doubt_of_role(came: Reply) -> Reply:
    note = "Samma svar har kommit från flera roller."
    return came._replace(is_role_sure=False, notes=(*came.notes, note))


def _read(initiative: OpenDossier, stage: Stage, handed: Handed, incoming: Incoming) -> None:
    if handed.trouble:
        raise handed.trouble
    held = enclosed(handed.data) if is_mail(handed.data) else [handed.data]
    replies = [_form_reply(initiative, stage, handed, data) for data in held if is_form(data)]
    replies += [_word_reply(initiative, stage, handed, data) for data in held if _is_word(data)]
    if replies:
        incoming.replies += _with_own_words(initiative, stage, handed, replies) if len(held) > 1 else replies
        return
    _refuse_other_than_text(initiative, stage, handed)
    if _MARKER in handed.data and not is_mail(handed.data):
        incoming.sheets.append((handed.name, _as_utf_8(handed)))
        return
    letter = letter_of(handed.data, handed.name)._replace(saved=handed.saved)
    if letter.is_automatic:
        incoming.lines.append(f"{handed.name} är ett automatiskt svar. Det räknas inte.")
    elif is_guide(letter.text) or scan(letter.text).spans:
        incoming.sheets.append((handed.name, letter.text))
    elif (came := promises_told_in(initiative, handed.name, letter)) is not None:
        incoming.replies.append(came)
    elif key_in(letter.text) is None and not sent_in(letter.text, stage):
        raise WrongUse(_nothing_sent(initiative, stage, handed, letter))
    else:
        incoming.replies.append(_reply(initiative, stage, handed.name, letter))


def _with_own_words(
    initiative: OpenDossier, stage: Stage, handed: Handed, replies: list[Reply]
) -> list[Reply]:
    """The replies in the files of a mail, and what it says itself: beside the first, or as a reply."""
    first, *others = replies
    try:
        letter = letter_of(handed.data, handed.name)._replace(saved=handed.saved)
    except UtbError as trouble:
        return [first._replace(notes=(*first.notes, str(trouble))), *others]
    own = _words_in(initiative, stage, handed.name, letter)
    if own.said:
        return [*replies, own._replace(answer_id=first.answer_id)]
    unplaced, beside = (*first.unplaced, *own.unplaced), (*first.beside, *own.beside)
    return [first._replace(unplaced=unplaced, beside=beside), *others]


def _words_in(initiative: OpenDossier, stage: Stage, name: str, letter: Received) -> Reply:
    """What a letter says: to the mail that it answers, else to nothing."""
    try:
        came = promises_told_in(initiative, name, letter)
        if came is None and (key_in(letter.text) or sent_in(letter.text, stage)):
            came = _reply(initiative, stage, name, letter)
    except UtbError:
        came = None
    return came or reply(name, letter, SentMail((), (), ()))


def _is_word(data: bytes) -> bool:
    """Whether bytes are a Word file of today."""
    return data.startswith(_PACKED) and _OF_WORD in data


def _form_reply(initiative: OpenDossier, stage: Stage, handed: Handed, data: bytes) -> Reply:
    """The reply in a form that has been filled in."""
    form = saved_form(data, handed.name)
    if form.key.purpose == Purpose.PROMISE:
        return promises_told_in_form(initiative, handed.name, form, handed.saved)
    refuse_another_initiative(initiative, handed.name, form.key)
    _refuse_another(initiative, stage, handed.name, form.key)
    return form_reply(handed.name, form, stage, initiative.sheet, handed.saved)


def _word_reply(initiative: OpenDossier, stage: Stage, handed: Handed, data: bytes) -> Reply:
    """The reply in a Word file: in its boxes, or as the answer to a mail that somebody has put there."""
    file = opened_word(handed.name, unpacked(data, handed.name, WORD_PARTS))
    key = file.key
    if file.is_sheet and key:
        refuse_another_initiative(initiative, handed.name, key)
        if key.purpose == Purpose.PROMISE:
            return promises_told_in_word(initiative, file, key, handed.saved)
        _refuse_another(initiative, stage, handed.name, key)
        asking = Asking(initiative.title, initiative.identity, stage, initiative.sheet, None)
        return word_reply(file, key, asking, handed.saved)
    if not file.is_sheet and (key or sent_in(file.text, stage)):
        letter = letter_of(file.text.encode(), handed.name)._replace(saved=handed.saved)
        return _reply(initiative, stage, handed.name, letter)
    why = (
        "Nyckeln på sista raden är borta eller skadad." if file.is_sheet else "Den har inga frågor från utb."
    )
    raise WrongUse(
        f"{handed.name} går inte att läsa in. {why} Inget har ändrats. En Word-fil att fylla i får du med: "
        f"utb samtal {stage.id} {initiative.typed_name} --format docx"
    )


def _as_utf_8(handed: Handed) -> str:
    """The text of a talk sheet, which is ours and always UTF-8."""
    try:
        return handed.data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = handed.data.count(b"\n", 0, error.start) + 1
        why = "texten är inte UTF-8. Öppna filen i en textredigerare och spara den som UTF-8."
        raise Broken(f"{handed.name}:{line}: {why}") from None


def _refuse_other_than_text(initiative: OpenDossier, stage: Stage, handed: Handed) -> None:
    """Raises WrongUse for a file that holds no text, by what it begins with, and says what to do instead."""
    if handed.data.startswith(_OUTLOOK) and _LOCKED in handed.data:
        raise WrongUse(
            f"{handed.name} är låst med lösenord. Öppna den i Word, ta bort lösenordet, spara den och läs in "
            "den igen."
        )
    for sign, within, what in _AS_DOCX:
        if handed.data.startswith(sign) and within in handed.data:
            raise WrongUse(
                f"{handed.name} är {what} och går inte att läsa in. Öppna den i programmet den är sparad i, "
                "välj Spara som och filtypen Word (.docx), och läs in den nya filen."
            )
    if handed.data.startswith(_OUTLOOK):
        raise WrongUse(
            f"{handed.name} är en fil i Outlooks eget format (.msg) och går inte att läsa in. Öppna den "
            "i Outlook, välj Spara som och filtypen Endast text, eller kopiera hela mejlet till en textfil."
        )
    kinds = [
        what for sign, within, what in _NOT_TEXT if handed.data.startswith(sign) and within in handed.data
    ]
    if kinds:
        raise WrongUse(_other_than_text(initiative, stage, handed.name, kinds[0]))


def _other_than_text(initiative: OpenDossier, stage: Stage, name: str, what: str) -> str:
    """The sentence about a file that is no text, and the way that leads to one."""
    workspace = initiative.workspace
    return (
        f"{name} är en {what}, och den går inte att läsa in. Skriv svaren med "
        f"”{workspace.step_command(stage, initiative.path)}”, eller fyll i en textfil, som du "
        f"får med: utb samtal {stage.id} {initiative.typed_name} -o guide.md"
    )


def _nothing_sent(initiative: OpenDossier, stage: Stage, handed: Handed, letter: Received) -> str:
    """The sentence about a text that answers no mail that can be known."""
    is_damaged = has_key(letter.text)
    if not is_damaged and not is_mail(handed.data):
        return nothing_to_read(initiative, stage, handed.name)
    why = "Nyckeln på sista raden är skadad, och frågorna" if is_damaged else "Frågorna"
    return (
        f"{handed.name} går inte att läsa in. {why} står inte kvar i texten. Klistra in mejlet ni skickade "
        "sist i filen, och läs in den igen. Mejlet får du med: "
        f"utb samtal {stage.id} {initiative.typed_name} --format mejl"
    )


def _reply(initiative: OpenDossier, stage: Stage, name: str, letter: Received) -> Reply:
    """The reply in a letter, measured against the mail that it answers."""
    key = key_in(letter.text)
    if key:
        refuse_another_initiative(initiative, name, key)
        _refuse_another(initiative, stage, name, key)
    is_copy = ANSWER_ID.search(letter.text) is not None
    again = made_again(key, initiative.title, stage, is_copy=is_copy) if key else None
    sent = again or sent_in(letter.text, stage, initiative.title)
    if sent is None:
        raise WrongUse(
            f"{name} svarar på ett mejl vars frågor har fått nya ord, och de står inte kvar i texten. "
            "Klistra in mejlet ni skickade sist i filen, och läs in den igen."
        )
    if sent.is_copy:
        return copied_reply(name, CopiedForm(letter, sent, key or _no_key(stage)), stage, initiative.sheet)
    came = reply(name, letter, sent)
    stood = key.stood if key else {}
    said = tuple(
        answer._replace(stood=stood.get(place_of(stage, answer.address), "")) for answer in came.said
    )
    purpose = Purpose(sent.purpose)
    return came._replace(role=key.role if key else "", said=said, purpose=purpose)


def _no_key(stage: Stage) -> Key:
    """What stands for the key that has been cut out of a text: it says only which stage it is read for."""
    return Key(stage.id, Purpose.ANSWER, "", "", "", ())


def _refuse_another(initiative: OpenDossier, stage: Stage, name: str, key: Key) -> None:
    """Raises WrongUse for the answer to a mail of another stage or purpose."""
    if key.stage != stage.id:
        raise WrongUse(
            f"{name} svarar på frågor i steget {key.stage}. Inget har ändrats. "
            f"Läs in det med: utb steg {key.stage} {initiative.typed_name} --fran {name}"
        )
    if key.purpose not in (Purpose.ANSWER, Purpose.ALONE):
        raise WrongUse(
            f"{name} svarar på ett mejl som den här versionen av utb inte känner till. Uppdatera utb."
        )
