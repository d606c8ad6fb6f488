"""Whether a text names something: by a word for it that means it there, and that the text does not deny.

The patterns are held to lists of sentences by tests. They look at ordinary Swedish, and would rather hear a
name too many than miss one: what lacks, as ”det finns ingen checklista”, is named; what is denied, as
”det behövs ingen checklista”, is not.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from utbildningsprocess.swedish import nfc

if TYPE_CHECKING:
    from collections.abc import Iterable

_SHORT_WORD = 4
"""Letters: a word no longer than this is that word and its endings, or ”apt” would be found in ”aptit”."""
_ENDINGS = "s|en|et|ens|ets|ar|arna"
_INSIDE = "…"
_SENTENCE_ENDS = re.compile(r"[.!?](?=\s|$)|\n")

_NOT, _NONE = r"(?:inte|ej|knappast|varken)", r"(?:ingen|inget|inga)"
_BEGINNING = r"(?:^\W*|[,;:(–]\s*|\b(?:och|men|alltså)\s+)"
_IS = (
    r"\b(?:(?:det|detta|felet|problemet|hindret|orsaken|lösningen|svaret|behövs|saknas|fattas|hindrar)"
    r"\s+(?:är|var|vore)|(?:felet|problemet|hindret|orsaken)\s+(?:ligger|sitter))"
)
_CALLED_FOR = (
    r"\b(?:behöv(?:s|er|de|des)|kräv(?:s|er)|hjälper|löser|löses|handlar|ska|skall|bör|föreslår|väljer"
    r"|(?:tror|vill|gör)\s+vi|vi\s+(?:tror|vill|gör))"
)
"""Before a word of denial these say what is not called for; with others, as ”finns”, something lacks."""
_MIDDLE = r"(?:\s+(?:det|detta|vi|de|dem|sig|här|alltså|därför|då|nog|egentligen|troligen|längre)){0,2}"
_TO_DO = (
    r"(?:\s+att\s+(?:de|vi|det|alla)\s+sakna[rs]|\s+(?:att\s+)?(?:gå|ha|få|ge|göra|ordna|anordna|starta|köpa"
    r"|skriva|ta\s+fram|införa|lägga|hålla|erbjuda|skicka|bygga|planera|satsa))?"
)
_BETWEEN = (
    r"(?:\s+(?:en|ett|någon|något|några|den|det|de|ny|nytt|nya|fler|flera|mer|mera|till|ännu|annan|annat|andra"
    r"|i|första|hand|främst|med|på|hos|genom|för|om|extra|egen|eget|egna|brist|fråga|att)){0,4}"
)
"""No word for a kind of it: ”inte en lång kurs” says no to its length."""
_UP_TO_THE_WORD = rf"{_BETWEEN}(?:\s+[\w-]+\s+eller{_BETWEEN})?\s+[\w-]*$"
"""What may stand between the denial and the word; ”eller” joins one more that is denied."""
_DENIED_BEFORE = re.compile(
    rf"(?:(?:{_BEGINNING}|{_IS}{_MIDDLE}\s+){_NOT}|{_CALLED_FOR}{_MIDDLE}\s+(?:{_NOT}|{_NONE})"
    rf"|{_BEGINNING}{_NONE}\s+(?:fler|flera|mer|mera|extra)"
    rf"|\bi\s?stället\s+för|\bsnarare\s+än|\bhellre\b[^,;:]{{0,40}}\sän){_TO_DO}{_UP_TO_THE_WORD}"
)
_NONE_BEFORE = re.compile(rf"(?:{_BEGINNING}|{_IS}{_MIDDLE}\s+){_NONE}{_UP_TO_THE_WORD}")
"""What lacks, unless more is said: ”ingen övning hålls på natten”, ”det är ingen chef på plats”."""
_WITHOUT_USE_AFTER = re.compile(
    r"(?:\s+[\w-]+){0,3}?\s+(?:behövs|behöver|krävs|löser|skapar|räcker|fattas|saknas|hindrar"
    r"|hjälper(?=\s*(?:$|[,;:]|här|mot|när)))"
)
_DENIED_AFTER = re.compile(
    rf"\s+(?:(?:behövs|krävs|löser|löste){_MIDDLE}\s+{_NOT}\b(?!\s+(?:bara|enbart|endast|minst))"
    rf"|troligen\s+inte\s+löser\b|(?:är|var|vore|blir){_MIDDLE}\s+{_NOT}\s+"
    r"(?:svaret|lösningen|vägen|rätt|nödvändig\w*|aktuell\w*|det\s+som))"
)


def names_any(words: Iterable[str], lookalikes: Iterable[str], text: str) -> bool:
    """Whether a text has one of the words where it is neither denied nor a lookalike of it."""
    plain = nfc(text).casefold()
    for lookalike in lookalikes:
        plain = _pattern(lookalike).sub(lambda match: " " * len(match[0]), plain)
    return any(
        _is_affirmed(sentence, match.start(), match.end())
        for sentence in _SENTENCE_ENDS.split(plain)
        for word in words
        for match in _pattern(word).finditer(sentence)
    )


@cache
def _pattern(word: str) -> re.Pattern[str]:
    """What finds a word that begins so, as far as it goes; after `…` also within a word, as in enhetschef."""
    plain = nfc(word).casefold()
    bare = re.escape(plain.removeprefix(_INSIDE))
    if plain.startswith(_INSIDE):
        # Tried from the beginning of a word only: from each of its letters, a long one would take all day.
        return re.compile(rf"(?<!\w)\w*{bare}\w*")
    return re.compile(rf"\b{bare}(?:{_ENDINGS})?\b" if len(plain) <= _SHORT_WORD else rf"\b{bare}\w*")


def _is_affirmed(sentence: str, start: int, end: int) -> bool:
    """Whether the word that stands there is not denied by what is around it."""
    before = sentence[:start]
    if _DENIED_BEFORE.search(before) or _DENIED_AFTER.match(sentence, end):
        return False
    return not (_NONE_BEFORE.search(before) and _WITHOUT_USE_AFTER.match(sentence, end))
