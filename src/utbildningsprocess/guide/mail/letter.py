"""A file as a letter: the bytes of a mail, a page or a text -> its words, and what is struck in it."""

from __future__ import annotations

import codecs
import email
import re
from email.header import decode_header, make_header
from email.utils import parsedate_to_datetime
from hashlib import sha256
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.errors import Broken
from utbildningsprocess.guide.mail.html_text import PageWords, html_as_text
from utbildningsprocess.guide.mail.manners import is_automatic_subject, passed_on
from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from datetime import date
    from email.message import Message

_FIELD = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{0,60}):", re.MULTILINE)
_MAIL_FIELDS = {
    *("from", "to", "subject", "date", "message-id", "mime-version", "content-type", "received"),
    *("return-path", "delivered-to", "in-reply-to", "references", "content-transfer-encoding", "x-mailer"),
}
_LEAST_FIELDS = 3
_LONGEST, _LONGEST_PAGE, _MOST_LINES = 300_000, 2_000_000, 5_000
"""Characters and lines: what is longer is no answer that people have written, with all they quote."""
_PASTE = "Klistra in svaret i en textfil."
_MARKS = re.compile("[\ue000-\uf8ff]")
_PAGE = re.compile(r"\s*(?:<!doctype html|<html\b)", re.IGNORECASE)
_SIGNED_SPACE = re.compile(r"^-- ?$")


class Received(NamedTuple):
    """What came back, as words."""

    text: str
    subject: str = ""
    day: date | None = None
    """When it was sent."""
    saved: date | None = None
    """When its file was saved."""
    sent_id: str = ""
    struck: tuple[str, ...] = ()
    coloured: tuple[str, ...] = ()
    is_automatic: bool = False
    is_passed_on: bool = False

    @property
    def written(self) -> date | None:
        """The day that dates without a year are read against."""
        return self.day or self.saved


def letter_of(data: bytes, name: str) -> Received:
    """The letter in the bytes of a file, known by what it holds. Broken when nothing can be read in it."""
    try:
        letter = _from_mail(data) if is_mail(data) else _from_text(data, name)
    except RecursionError:
        raise Broken(f"{name} har för många delar inuti varandra. {_PASTE}") from None
    except _TooLong:
        raise Broken(f"{name} har för mycket text för att vara ett svar. {_PASTE}") from None
    return letter


class _TooLong(Exception):
    """A text is longer than anybody has written."""


def _from_text(data: bytes, name: str) -> Received:
    text = text_of_bytes(data)
    if "\0" in text:
        raise Broken(f"{name} är ingen textfil. Spara svaret som text eller som mejl (.eml).")
    words = _page_words(text) if _PAGE.match(text) else PageWords(text, (), ())
    return Received(_cleaned(words.text), sent_id=_digest(data), struck=words.struck, coloured=words.coloured)


def _page_words(page: str) -> PageWords:
    if len(page) > _LONGEST_PAGE:
        raise _TooLong
    return html_as_text(page)


def enclosed(data: bytes) -> list[bytes]:
    """What a mail is made of, the files in it too; nothing where its parts are too many to follow."""
    try:
        pieces = [*_message(data).walk()]
    except RecursionError:
        return []
    contents = (piece.get_payload(decode=True) for piece in pieces if not piece.is_multipart())
    return [content for content in contents if isinstance(content, bytes)]


def _message(data: bytes) -> Message:
    return email.message_from_bytes(data.lstrip(b"\xef\xbb\xbf\r\n "))


def is_mail(data: bytes) -> bool:
    """Whether bytes begin with the fields of a mail."""
    head = re.split(rb"\r?\n\r?\n", data[:100_000].lstrip(b"\xef\xbb\xbf\r\n "), maxsplit=1)[0]
    fields = {match[1].decode().lower() for match in _FIELD.finditer(head)}
    begins = re.match(rb"(?:From [^\n]*\n)?[A-Za-z][A-Za-z0-9-]{0,60}:", head) is not None
    return begins and len(fields & _MAIL_FIELDS) >= _LEAST_FIELDS


def _from_mail(data: bytes) -> Received:
    message = _message(data)
    subject = _header(message, "Subject")
    plain, page = _first_with_letters(message)
    words = _page_words(page)
    return Received(
        text=_cleaned(plain or words.text),
        subject=subject,
        day=_day(message),
        sent_id=_header(message, "Message-ID").strip() or _digest(data),
        struck=words.struck,
        coloured=words.coloured,
        is_automatic=_is_automatic(message, subject),
        is_passed_on=passed_on(subject),
    )


def _first_with_letters(message: Message) -> tuple[str, str]:
    """The first text and the first page with letters among the parts of a mail."""
    texts: dict[str, str] = {}
    for piece in message.walk():
        kind = piece.get_content_type()
        is_attached = piece.get_content_disposition() == "attachment"
        if piece.is_multipart() or kind not in ("text/plain", "text/html") or is_attached or kind in texts:
            continue
        text = _payload(piece)
        words = _page_words(text).text if kind == "text/html" else text
        if any(map(str.isalnum, words)):
            texts[kind] = text
    return texts.get("text/plain", ""), texts.get("text/html", "")


def _payload(piece: Message) -> str:
    raw = piece.get_payload(decode=True)
    charset = str(piece.get_param("charset") or "")
    text = text_of_bytes(raw if isinstance(raw, bytes) else b"", charset)
    if str(piece.get_param("format") or "").casefold() == "flowed":
        return _unflowed(text, del_space=str(piece.get_param("delsp") or "").casefold() == "yes")
    return text


def _unflowed(text: str, *, del_space: bool) -> str:
    """The lines that a mail program has broken, whole again."""
    lines: list[str] = []
    goes_on = ""
    for raw in text.split("\n"):
        line = raw.rstrip("\r")
        marks = re.match(r">*", line)
        depth = marks[0] if marks else ""
        words = line[len(depth) :].removeprefix(" ")
        if lines and goes_on == f"{depth}|" and not _SIGNED_SPACE.match(words):
            lines[-1] += words
        else:
            lines.append(f"{depth} {words}" if depth else words)
        goes_on = f"{depth}|" if words.endswith(" ") and not _SIGNED_SPACE.match(words) else ""
        if goes_on and del_space:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)


def text_of_bytes(data: bytes, charset: str = "") -> str:
    """The text of bytes in the charset that is declared, else as UTF-8, else as Windows has it."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", "replace")
    wanted = charset.strip().casefold().replace("iso-8859-1", "cp1252").replace("latin-1", "cp1252")
    for encoding in (wanted, "utf-8-sig"):
        try:
            return data.decode(encoding) if encoding and encoding != "us-ascii" else data.decode("utf-8-sig")
        except (LookupError, UnicodeError, ValueError):
            continue
    return data.decode("cp1252", "replace")


def _header(message: Message, name: str) -> str:
    """A field of a mail in plain words, as it stands where it cannot be decoded."""
    raw = str(message.get(name) or "")
    try:
        return str(make_header(decode_header(raw)))
    except (LookupError, UnicodeError, ValueError):
        return raw


def _day(message: Message) -> date | None:
    try:
        sent = parsedate_to_datetime(str(message.get("Date") or ""))
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return sent.date()


def _is_automatic(message: Message, subject: str) -> bool:
    by_field = str(message.get("Auto-Submitted") or "no").strip().casefold()
    is_report = message.get_content_type() == "multipart/report"
    return by_field not in ("no", "") or is_report or is_automatic_subject(subject)


def _cleaned(text: str) -> str:
    """Lines ended alike, and no characters that nobody sees. Raises _TooLong."""
    if len(text) > _LONGEST or text.count("\n") > _MOST_LINES:
        raise _TooLong
    plain = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return nfc(re.sub("[\ufeff\u200b\u200e\u200f\u2060\u00ad\0]", "", _MARKS.sub("", plain)))


def _digest(data: bytes) -> str:
    return sha256(data).hexdigest()[:16]
