"""The first lines of a dossier: the number of its format, and the letters its initiative is known by.

The letters stand in a comment of their own, for the first release asks people to mend a format line that
says more than its number. They never change, whatever the initiative or its file is called.
"""

from __future__ import annotations

import re
from hashlib import sha256

from utbildningsprocess.dossier.markers import DOSSIER_FORMAT, NEWEST_FORMAT, scan, split_lines
from utbildningsprocess.dossier.traces import new_names_in, traces_in

_HEADER_LINE = re.compile(
    r"(?:\A\ufeff?|(?<=[\r\n])) {0,3}<!--[ \t]*utb:dossier[ \t]+(?P<number>\d{1,6})[ \t]*-->[ \t]*"
    r"(?P<newline>\r\n|\r|\n|\Z)"
)
IDENTITY_LINE = re.compile(r"^ {0,3}<!--[ \t]*insats:[ \t]*([a-z]{6,20})[ \t]*-->[ \t]*$")
_COUNTED_ROW = re.compile(r"^#### ([DHRT]?)([1-9]\d{0,5})[ \t]*$", re.MULTILINE)
"""The heading of a row that the first release counts, whatever number stands there."""
_LETTERS = "bcdfghjkmnpqrstvwxz"
"""No vowels, so that no word comes of them by chance."""
_LENGTH = 10


def identity_in(text: str) -> str:
    """The letters that a dossier's initiative is known by; empty while it has none."""
    seen = scan(text)
    first = min((span.opening for span in seen.spans.values()), default=len(seen.lines))
    return next((match[1] for line in seen.lines[:first] if (match := IDENTITY_LINE.match(line))), "")


def letters_from(seed: bytes) -> str:
    """Letters as good as random when the seed is, and always the same from one seed."""
    number = int.from_bytes(sha256(seed).digest())
    return "".join(_LETTERS[number // len(_LETTERS) ** place % len(_LETTERS)] for place in range(_LENGTH))


def with_first_lines(text: str, before: str, chance: bytes) -> str:
    """A text about to be written, with letters of its own and the number of the format that it needs.

    An old dossier gets its letters from what it said `before`, so that two branches give it the same and
    merge; one in which nothing is answered gets them by `chance`.
    """
    text = with_number(text)
    if identity_in(text):
        return text
    seen = scan(before)
    answered = any(seen.body(qid) for qid in seen.spans)
    letters = letters_from("\n".join(split_lines(before)).strip().encode() if answered else chance)
    header = _HEADER_LINE.search(text)
    place = header.end() if header else len(text) - len(text.removeprefix("\ufeff"))
    newline = (header and header["newline"]) or next(iter(re.findall(r"\r\n|\r|\n", text)), "\n")
    line = f"<!-- insats: {letters} -->{newline}"
    return f"{text[:place]}{newline + line if header else line + newline}{text[place:]}"


def format_needed(text: str) -> int:
    """The number of the earliest format whose programs read the text right.

    The first release takes the trace of a row for text, and counts rows that have got ids since.
    """
    seen = scan(text)
    bodies = (seen.body(qid) for qid in seen.spans)
    return NEWEST_FORMAT if any(map(_has_later_ids, bodies)) else DOSSIER_FORMAT


def _has_later_ids(body: str) -> bool:
    counted = _COUNTED_ROW.findall(body)
    in_place = all(int(number) == place for place, (_, number) in enumerate(counted, 1))
    return bool(traces_in(body) or new_names_in(body)) or (
        not in_place and any(letter for letter, _ in counted)
    )


def with_number(text: str) -> str:
    """The text with its number raised to the one it needs; it is never lowered."""
    header, needed = _HEADER_LINE.search(text), format_needed(text)
    if header is None or int(header["number"]) >= needed:
        return text
    return f"{text[: header.start('number')]}{needed}{text[header.end('number') :]}"
