"""What mail programs and good manners put around an answer: patterns that sort, and never remove."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.personal import contacts

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

_NAME = r"[A-ZÅÄÖÉ][\w.-]+"
_NAMES = rf"{_NAME}(?: (?:och |& )?{_NAME}){{0,3}}"
_WHO = re.compile(rf"{_NAME}(?: (?:och |& )?{_NAME}){{1,3}}(?:\s*[,|/(].{{0,60}})?")
_FIELD = re.compile(
    r"\s*\*?(Från|From|Skickat|Sent|Datum|Date|Till|To|Kopia|Cc|Hemlig kopia|Bcc|Ämne|Subject|Svara till"
    r"|Reply-To|Prioritet|Importance)\s?\*?\s?:\*?(?:\s|$)",
    re.IGNORECASE,
)
_FROM = re.compile(r"\s*\*?(?:Från|From)\s?\*?\s?:\*?\s*(.+)", re.IGNORECASE)
_LEAST_FIELDS = 2
_MONTH = r"(?:jan|feb|mar|mär|apr|maj|may|jun|jul|aug|sep|o[kc]t|nov|de[cz])"
_DAY = rf"(?:\d{{4}}-\d|\d{{1,2}}[./]\d|\d{{1,2}}(?:\.|:[ae])?\s{_MONTH})"
_WROTE = re.compile(
    rf"\s*(?:(?:Den|On|Le|Am|(?:mån|tis|ons|tor|fre|lör|sön)\w*)\W+(?:\w+\W+){{0,2}}\d|{_DAY})"
    r".{0,320}?\b(?:skrev|wrote)\b(?P<who>.{0,150}?):?\s*",
    re.IGNORECASE | re.DOTALL,
)
_WHO_BEFORE = re.compile(
    r"(?:\d{1,2}[:.]\d{2},?)\s*(\D{2,100}?)\s*\b(?:skrev|wrote)\b", re.IGNORECASE | re.DOTALL
)
_ARROWS = re.compile(r"(?P<who>.{2,80}?)<[^<>@]*@[^<>@]*>.{0,40}\d\s?>>>")
_FORWARDED = re.compile(
    r"[\s>*-]*(?:Vidarebefordrat (?:meddelande|mejl|brev)|Forwarded message|Begin forwarded message"
    r"|(?:Början på|Här börjar) (?:det )?vidarebefordra(?:t|de) (?:meddelandet?|brevet))\b.{0,10}",
    re.IGNORECASE,
)
_ORIGINAL = re.compile(
    r"[\s>*-]*(?:Ursprungligt meddelande|Original(?:meddelande| Message)?)[\s*-]*", re.IGNORECASE
)
_RULE = re.compile(r"[_=*-]{8,}|[—–]{3,}")
_FORWARD_SUBJECT = re.compile(r"\s*(?:VB|VS|FW|FWD|Vidarebefordrat)\s*:", re.IGNORECASE)
_GREETING = re.compile(
    r"(?:hej(?:san)?(?:[ -]?hej)?|hallå|tjena|god (?:morgon|dag|kväll)|hello|hi|dear)"
    r"(?: [\w-]+){0,3}\s*[,!.]*",
    re.IGNORECASE,
)
_SIGN_OFF = re.compile(
    r"(?i:(?:(?:med )?(?:de )?(?:vänlig(?:a|aste)?|bästa|varma?|många|soliga)? ?hälsn(?:\.|ing(?:ar|en)?)?"
    r"|m\.?v\.?h\.?|vänligen|(?:kind|best|warm) regards|regards|hälsar|kram(?:ar)?|allt gott|tack och hej"
    r"|ha det(?: så)? (?:bra|gott|fint)))"
    rf"[,.!]?(?:\s*(?:från |/ ?)?{_NAMES}(?:\s*[,|/(].{{0,60}})?)?[,.!]?"
)
_ENDS_LINE = re.compile(rf"(.*[.!?)])\s+({_SIGN_OFF.pattern})", re.DOTALL)
_SLASH_NAME = re.compile(rf"(?:/{{1,2}}|--? ?|– ?)\s?{_NAMES}")
_PLEASANT = re.compile(
    r"(?:hej\w*[,!.]?\s*)?(?:"
    r"(?:jag )?hoppas (?:att )?(?:det|detta|svaren?|ni|du)\b.{0,50}"
    r"|ha en (?:riktigt )?(?:fin|bra|trevlig|skön)\b.{0,30}"
    r"|hör (?:gärna )?av (?:dig|er)\b.{0,60}|lycka till\b.{0,40}|tack (?:för|på förhand|själv)\b.{0,40}"
    r"|(?:se )?(?:mina |våra )?svar(?:en)?(?: (?:kommer|står|finns|är|följer))?(?: här)?"
    r" (?:nedan|under|i texten)\b.{0,30}"
    r"|(?:här (?:är|kommer|följer)|bifogar) (?:det|(?:svars)?filen|formuläret|svaren)(?: ifyll[dt])?"
    r"|(?:(?:svars)?filen|formuläret|svaren) (?:bifogas|(?:är|finns) bifoga(?:d|t|de))"
    r"|(?:se nedan|här (?:är|kommer|följer) (?:mitt|mina|våra|vårt|det ifyllt).{0,20})"
    r")[.!)]*",
    re.IGNORECASE,
)
_SIGNATURE = re.compile(r"--\s*")
_DEVICE = re.compile(
    r"(?:Skicka(?:t|des) (?:från|via|med)|Sent (?:from|with)|Hämta|Get) .{0,15}"
    r"(?:iPhone|iPad|Android|Outlook|Samsung|Galaxy|mobil|telefon|Gmail|Mail|E-post|Yahoo|Windows).{0,80}",
    re.IGNORECASE,
)
_NOTICE = re.compile(
    r"extern(?:t|a)? (?:avsändare|mejl|e-?post|sender|email)|external (?:sender|email)|klicka inte på länkar"
    r"|do not click|konfidentiell|(?:innehåll\w*|omfattas av) .{0,40}sekretess"
    r"|avse(?:dd|dda|tt) (?:endast|enbart) för|(?:fått|mottagit|erhållit) .{0,40}av misstag|adressaten"
    r"|this (?:e-?mail|message)|confidential|intended (?:only|solely)|personuppgifter behandlas"
    r"|så behandlar vi|tänk på miljön|^(?:VARNING|CAUTION|OBS EXTERNT)",
    re.IGNORECASE,
)
_AUTOMATIC = re.compile(
    r"\s*(?:Autosvar|Automatiskt svar|Auto(?:matic)?[- ]?reply|Frånvaro|Out of office|Ej på plats"
    r"|Olevererbart|Undeliverable|Delivery Status)",
    re.IGNORECASE,
)


class Header(NamedTuple):
    """The head of a quoted mail: its lines [first, end), who wrote it, and whether somebody passed it on."""

    first: int
    end: int
    author: str
    is_forward: bool


def headers_in(lines: Sequence[str]) -> list[Header]:
    """The heads of quoted mails among lines, in order."""
    heads: list[Header] = []
    place = 0
    while place < len(lines):
        head = _head_at(lines, place)
        if head:
            heads.append(head)
        place = head.end if head else place + 1
    return heads


def _head_at(lines: Sequence[str], place: int) -> Header | None:
    if not lines[place]:
        return None
    if (
        _FORWARDED.fullmatch(lines[place])
        or _ORIGINAL.fullmatch(lines[place])
        or _RULE.fullmatch(lines[place])
    ):
        below = _after_blanks(lines, place + 1)
        fields = _fields_at(lines, below)
        is_forward = _FORWARDED.fullmatch(lines[place]) is not None
        if fields:
            return fields._replace(first=place, is_forward=is_forward)
        return Header(place, place + 1, "", is_forward) if not _RULE.fullmatch(lines[place]) else None
    return _fields_at(lines, place) or _attribution_at(lines, place)


def _after_blanks(lines: Sequence[str], place: int) -> int:
    while place < len(lines) and not lines[place]:
        place += 1
    return place


def _fields_at(lines: Sequence[str], place: int) -> Header | None:
    """A block of fields, as Outlook writes them."""
    end, author, number = place, "", 0
    while end < len(lines) and (_FIELD.match(lines[end]) or (number and _goes_on(lines, end))):
        if who := _FROM.match(lines[end]):
            author = author or who[1]
        number += _FIELD.match(lines[end]) is not None
        end += 1
    return Header(place, end, _plain(author), is_forward=False) if number >= _LEAST_FIELDS else None


def _goes_on(lines: Sequence[str], place: int) -> bool:
    """Whether a line is the rest of a field that was too long, or a blank line between two."""
    following = lines[place + 1] if place + 1 < len(lines) else ""
    return _FIELD.match(following) is not None and ("@" in lines[place] or not lines[place])


def _attribution_at(lines: Sequence[str], place: int) -> Header | None:
    """A line that says who wrote what is quoted, perhaps broken into three."""
    if arrows := _ARROWS.fullmatch(lines[place]):
        return Header(place, place + 1, _plain(arrows["who"]), is_forward=False)
    for end in range(place + 1, min(place + 4, len(lines) + 1)):
        if end > place + 1 and not lines[end - 1]:
            return None
        words = " ".join(lines[place:end])
        match = _WROTE.fullmatch(words)
        if match and words.rstrip().endswith(":"):
            before = _WHO_BEFORE.search(words)
            return Header(place, end, _plain(match["who"] or (before[1] if before else "")), is_forward=False)
    return None


def _plain(name: str) -> str:
    """Who it is, without address and quotation marks."""
    bare = re.sub(r"<.*|\[mailto.*|\(.*", "", name).strip(" \"'*:,")
    return bare.casefold() or name.strip(" <>:").casefold()


def passed_on(subject: str) -> bool:
    """Whether the subject says that somebody has passed a mail on."""
    return _FORWARD_SUBJECT.match(subject) is not None


def is_automatic_subject(subject: str) -> bool:
    """Whether the subject is one that programs write."""
    return _AUTOMATIC.match(subject) is not None


def is_greeting(line: str) -> bool:
    """Whether a line only greets."""
    return _GREETING.fullmatch(line) is not None


def ends_letter(line: str, names: Collection[str] = ()) -> bool:
    """Whether a line is a way to end a letter, as with one's name: what follows is who wrote it."""
    words = words_of_name(line)
    is_name = len(words) > 0 and words <= {*names, "och"} and not line.endswith(":")
    return is_name or any(pattern.fullmatch(line) for pattern in (_SIGN_OFF, _SLASH_NAME, _SIGNATURE))


def words_of_name(name: str) -> set[str]:
    """The words of a name, without case."""
    return set(re.findall(r"[^\W\d_]+", re.sub(r"\S*@\S*", "", name.casefold())))


def with_ending_apart(line: str) -> list[str]:
    """The line, and by itself a way to end a letter that stands last on it."""
    match = _ENDS_LINE.fullmatch(line)
    return [match[1], match[2]] if match else [line]


def is_signed(line: str) -> bool:
    """Whether a line looks like who somebody is, or how to reach them."""
    return _WHO.fullmatch(line) is not None or bool(contacts(line))


def is_put_there(line: str) -> bool:
    """Whether a line is what a telephone or a server puts into a mail."""
    return _DEVICE.fullmatch(line) is not None or _NOTICE.search(line) is not None


def is_pleasant(line: str) -> bool:
    """Whether a line is only what people say around their answers."""
    return _PLEASANT.fullmatch(line) is not None


def is_device_line(line: str) -> bool:
    """Whether a line only says what it was sent from."""
    return _DEVICE.fullmatch(line) is not None


def is_rule(line: str) -> bool:
    """Whether a line is a rule across the page."""
    return _RULE.fullmatch(line) is not None
