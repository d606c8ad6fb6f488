"""Swedish text as people write it: cleaned, compared, cut, counted, and joined into sentences."""

from __future__ import annotations

import math
import re
import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_BIDI = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
_STEERING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
"""Control characters, and those that set the direction of letters; a tab and a newline are none."""
_SOFT_HYPHENS, _UNSEEN = re.compile("\u00ad"), re.compile("[\u200b\u2060\ufeff]")
_ODD_BLANKS = re.compile(
    "(?<![0-9])[\u00a0\u2000-\u200a\u202f\u205f\u3000]|(?<=[0-9])[\u00a0\u2000-\u200a\u202f\u205f\u3000](?![0-9%‰])"
)
_BOUND = re.compile(r"(?<=\d) (?=[%‰§])|(?<=§) (?=\d)")
_BREAKING = re.compile(r"[^\S\u00a0\u202f]+")
_ENDED_LINE = re.compile(r"([.,;:!?…])[ \t]*\\\n[ \t]*")
_TYPED_LINE = re.compile(r"(?<!\\)[ \t]*\\\n[ \t]*")
_UNENDED = re.compile(r"([^\W_])\n[ \t]*\n\s*(?=\w)")
_DASHES = re.compile("[\u2010-\u2015\u2212\ufe58\ufe63\uff0d]")
_SINGLE_MARKS = str.maketrans('”“"', "’’’")
_AT_THE_END = str.maketrans("åäæöøü", "{||}}y")
"""The last letters of the alphabet as what follows on z."""
_WINDOWS_NAMES = {"con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))}
_SINGULAR = {
    "aktiviteter": "aktivitet",
    "dagar": "dag",
    "gånger": "gång",
    "kronor": "krona",
    "minuter": "minut",
    "månader": "månad",
    "personer": "person",
    "platser": "plats",
    "sidor": "sida",
    "timmar": "timme",
    "veckor": "vecka",
}


def nfc(text: str) -> str:
    """Text in composed form, so that å is one character whatever wrote it."""
    return unicodedata.normalize("NFC", text)


def plain_dashes(text: str) -> str:
    """Text with every kind of dash as a hyphen."""
    return _DASHES.sub("-", text)


def is_undecoded(text: str) -> bool:
    """Whether a text holds bytes that were not UTF-8 where it was read."""
    return any("\udc80" <= char <= "\udcff" for char in text)


def fold(text: str) -> str:
    """Text for comparing: no case, no diacritics, no surrounding blanks."""
    decomposed = unicodedata.normalize("NFKD", text.strip().casefold())
    if decomposed.isascii():
        return decomposed
    return "".join([char for char in decomposed if char.isascii() or not unicodedata.combining(char)])


@lru_cache(maxsize=4096)
def uniform(text: str) -> str:
    """Text for comparing labels: composed form, no case, blanks as one."""
    return " ".join(nfc(text).casefold().split())


def same(label: str, compared: str) -> bool:
    """Whether two labels are the same to a person."""
    return uniform(label) == uniform(compared)


def alphabetical(text: str) -> tuple[str, str]:
    """What sorts texts as a Swedish register does on every machine: a–z, å, ä, ö; é as e, ü as y."""
    return fold(nfc(text).casefold().translate(_AT_THE_END)), nfc(text)


def did_you_mean(wanted: str, known: Iterable[str]) -> str:
    """A sentence with the closest known name, or the only one that begins so; else nothing."""
    import difflib

    by_fold = {fold(name): name for name in known}
    begun = [name for name in by_fold if len(fold(wanted)) > 1 and name.startswith(fold(wanted))]
    close = difflib.get_close_matches(fold(wanted), list(by_fold), n=1, cutoff=0.6) or begun
    return f"Menade du {by_fold[close[0]]}?" if len(close) == 1 else ""


def clean(text: str) -> str:
    r"""Text as it enters the tool, cleaned once so that no Markdown tool has anything left to change.

    Newlines become LF, characters composed, control and direction characters go, tabs become
    blanks to stops of four, trailing blanks go (a hard break of two blanks becomes a backslash)
    and so do blank lines around the text. Of a text in which there is nothing to see nothing is left.
    """
    if text.isprintable():  # one line, and nothing in it that goes
        return nfc(text).rstrip()
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    text = "".join(char for char in text.translate(_BIDI) if _keeps(char))
    if is_blank(text):
        return ""
    lines = [line.expandtabs(4) for line in nfc(text).split("\n")]
    return "\n".join(_without_trailing_blanks(lines)).strip("\n")


def is_blank(text: str) -> bool:
    """Whether there is nothing to see in a text: only blanks, and characters without width or shape."""
    return not text[:1].isalnum() and all(
        char.isspace() or unicodedata.category(char) in ("Cc", "Cf") for char in text
    )


def without_odd_characters(text: str) -> tuple[str, str]:
    """A pasted text without the characters of word processors that nobody sees, and how many went, in words.

    A no-break blank between two digits, or before a sign of a unit, is meant and stays.
    """
    text, soft = _SOFT_HYPHENS.subn("", text)
    text, unseen = _UNSEEN.subn("", text)
    text, blanks = _ODD_BLANKS.subn(" ", text)
    counted = (
        (soft, "mjukt bindestreck", "mjuka bindestreck"),
        (unseen, "tecken utan bredd", "tecken utan bredd"),
        (blanks, "ovanligt blanksteg", "ovanliga blanksteg"),
    )
    return text, joined(
        [f"{number} {one if number == 1 else several}" for number, one, several in counted if number]
    )


def visible(text: str) -> str:
    """Text for a screen: what would steer a terminal, or turn its letters round, stands as a box instead."""
    return (
        text if text.isascii() and text.isprintable() else _STEERING.sub("\ufffd", text.replace("\r\n", "\n"))
    )


def visible_json(text: str) -> str:
    """JSON in which what would steer a terminal is written as an escape, and so means the same."""
    return _STEERING.sub(lambda char: f"\\u{ord(char[0]):04x}", text)


def _keeps(char: str) -> bool:
    return char in "\n\t" or unicodedata.category(char) not in ("Cc", "Cs")


def _without_trailing_blanks(lines: list[str]) -> list[str]:
    result = []
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        bare = line.rstrip()
        hard_break = line.endswith("  ") and bare != "" and following.strip() != ""
        result.append(bare + "\\" if hard_break else bare)
    return result


@lru_cache(maxsize=1024)
def clean_line(text: str) -> str:
    """Text cleaned for a single line: a pasted newline becomes a blank."""
    return " ".join(clean(text).split())


def slug(title: str) -> str:
    """A file name for a title: at most 60 ASCII characters, never empty, never a Windows device."""
    name = re.sub(r"[^a-z0-9]+", "-", fold(title)).strip("-")[:60].strip("-")
    if not name:
        return "insats"
    return f"{name}-insats" if name in _WINDOWS_NAMES else name


@lru_cache(maxsize=1024)
def running(text: str) -> str:
    """Text cleaned for a single line of something to read: as `clean_line`, but no-break blanks stay.

    A paragraph that does not end gets its full stop: two are not one sentence. Lines that were typed as
    lines, as a backslash at the end says, are told apart.
    """
    if text.isprintable():  # one line, and no blanks but the usual
        return clean_line(text)
    lines = _ENDED_LINE.sub(r"\1 ", clean(text))
    return _BREAKING.sub(" ", _UNENDED.sub(r"\1. ", _TYPED_LINE.sub(" / ", lines))).strip()


def lines_as_one(text: str) -> str:
    """A text that is being typed on a single line, its lines told apart."""
    return running("\\\n".join(line for line in text.split("\n") if line.strip()))


def shortened(text: str, longest: int) -> str:
    """The text on one line of at most so many characters, cut between words with an ellipsis."""
    line = running(text)
    if len(line) <= longest:
        return line
    return f"{line[: longest - 1].rpartition(' ')[0] or line[: longest - 2]} …"


def bound(text: str) -> str:
    """The text with blanks that do not break between a number and its sign: 79 %, 19 §, § 4."""
    return _BOUND.sub("\u00a0", text)


def format_number(number: float) -> str:
    """A number the way Swedish text writes it, without grouping: 12 or 12,5.

    Three decimals get a fourth: in 12,125 some read thousands, and nobody in 12,1250 or 0,125.
    """
    if float(number).is_integer():
        return str(int(number))
    whole, _, decimals = f"{number:.12f}".rstrip("0").partition(".")
    return f"{whole},{decimals}{'0' if len(decimals) == 3 and abs(number) >= 1 else ''}"  # noqa: PLR2004


def with_unit(number: float, unit: str) -> str:
    """A number with its unit as it is said: 1 dag, 7,5 timmar, 25 000 kronor. Without unit as it is: 2025."""
    if not unit:
        return format_number(number)
    whole, comma, decimals = format_number(number).partition(",")
    whole = re.sub(r"(?<=\d)(?=(?:\d{3})+$)", "\u00a0", whole)
    return f"{whole}{comma}{decimals} {singular(unit) if number == 1 else unit}"


def time_in_words(minutes: float) -> str:
    """A length of time: 45 minuter, 3 timmar 30 minuter."""
    hours, left = divmod(round(minutes, 1), 60)
    told = ((hours, "timmar"), (round(left, 1), "minuter"))
    return " ".join(with_unit(number, unit) for number, unit in told if number) or with_unit(0, "minuter")


def singular(unit: str) -> str:
    """A unit in the singular: dag for dagar. A unit whose first word is not known stays as it is."""
    first, blank, further = unit.partition(" ")
    return f"{_SINGULAR.get(first, first)}{blank}{further}"


def grouped(number: float) -> str:
    """A number rounded to a whole one, with no-break blanks between its thousands: 328 650."""
    return f"{math.floor(number + 0.5):,}".replace(",", "\u00a0")


def in_quotation_marks(text: str, longest: int) -> str:
    """A text, cut to so many characters, in quotation marks; its own become single: ”Mer ’nu’”."""
    return f"”{shortened(text, longest).translate(_SINGLE_MARKS)}”"


def joined(names: Iterable[str], last: str = "och", most: int | None = None) -> str:
    """Names in a sentence: a, b och c; at most so many, and the number that are left: a, b och 5 till."""
    names = list(names)
    if most is not None and len(names) > most:
        names[most:] = [f"{len(names) - most} till"]
    return f" {last} ".join(filter(None, [", ".join(names[:-1]), names[-1]])) if names else ""
