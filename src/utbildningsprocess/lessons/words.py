"""The words of a text as they are compared: å ä ö kept, without those that only hold a sentence together."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from utbildningsprocess.swedish import uniform

_SHORTEST_NAME = 4
_WORD = re.compile(r"[^\W_]+")
EMPTY_WORDS = frozenset(
    """
    aldrig all alla allt alltid andra annan annars annat använd använda använder att av bara behövdes
    behöver behövs bestäm bland blev bli blir blivit bort bra byt byta byter bäst bättre båda både börja
    börjar cirka dag dagar de del delar dem den denna deras dess det detta dig din dit dom du där därför
    då efter egen egentligen egna eller elva en ena ens er era ett fall fanns fast fem femte femtio femton
    fick finns fjärde fler flera fram från fyra fyrtio få får för före först första gav ge genom ger gett
    gick gjorde gjort gå gång gången gånger går gått gör göra ha hade halv halva han har hela heller
    hellre hem hennes heta heter hit hon hos hundra hur hus hälften hände händer här håll högst hör i
    ibland ihop in inför inga ingen inget innan inom inte ju just kan klara klarar kom komma kommer kring
    kräver krävs kunde kunna kvar lades lagt lika likadan lite liten lägg lägga lägger längre lätt lång
    långt låt låter man med medan mellan men mer mera mest mindre minst mot mycket mål månad månader många
    måste ned ner ni nio nog nu ny nya nytt när nära nästa nästan någon något några oavsett och också ofta
    oftast olika om oss per person personen personer procent på redan riktiga riktigt rätt sade sak saker
    samma samman satt se sedan sen senare senast senaste sent ser sex sig sin sina sitt sju själv själva
    ska skulle slag små som steg stod stor stora stort stund ställa ställda ställdes ställer stället
    ställs stå står säga säger sällan sätt sätta sätter så sådan ta tagit tar tas till tio tjugo tog tolv
    tre tredje trettio tro tror trots tusen tvärtom två tycker under ungefär upp ur ut utan utom vad
    vanlig vanliga vanligt var vara varandra vare varför varit varje vecka veckor vem vet veta vi vid
    vilja vilka vilken vilket vill visa visar visste väl vända vår våra vårt än ändå är år året åt åtta
    över
    """.split()  # noqa: SIM905 -- a wall of quotation marks reads worse
)
"""Left out by exact form: what a form of one is cut down to may be another word, as *tid* of *tidigare*."""
_ENDINGS = frozenset(
    """
    s n ns t ts r rs d en ens et ets a as e es ar ars er ers or ors na nas arna arnas erna ernas orna ornas
    de des te tes ad at ats ade ades ande ast aste
    """.split()  # noqa: SIM905 -- as above
) | {""}
_ENDINGS_OF_DOING = frozenset(
    f"{doing}{ending}"
    for doing in ("ing", "ning", "ering")
    for ending in ("", "s", "en", "ens", "ar", "ars", "arna")
)
"""*utbilda* and *utbildningar*. Not *are*, *het* or *ig*: they make other words, as *förare* of *för*."""
_SHORTEST_STEM, _SHORTEST_OF_DOING, _LONGEST_OVERLAP = 3, 4, 2
"""Letters: an ending may begin with as many as two that both words share, as in *öva-de* and *öva-t*."""


def words_of(text: str) -> list[str]:
    """The words of a text in their order, as they are written."""
    return _WORD.findall(text)


def telling_words(text: str) -> list[str]:
    """The words of a text that say something, as they are compared."""
    return [word for word in words_of(uniform(text)) if word not in EMPTY_WORDS and not _says_little(word)]


def _says_little(word: str) -> bool:
    """Whether a word is a letter alone, or a number too low to be a name, as 1177 is."""
    return len(word) == 1 or (word.isdigit() and len(word) < _SHORTEST_NAME)


@lru_cache(maxsize=262144)
def is_same_word(word: str, compared: str) -> bool:
    """Whether two words are forms of one: they begin alike, and what is left of each is an ending.

    Compared in pairs and not by a stem of each: the stems of Snowball made *förare* and *för* one and left
    *mentor* and *mentorns* two, and found less in the judged cases.
    """
    ours, theirs = _single(word), _single(compared)
    shared = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(ours, theirs, strict=False)))
    return word == compared or any(
        _is_ending(length, ours[length:]) and _is_ending(length, theirs[length:])
        for length in range(shared, max(_SHORTEST_STEM, shared - _LONGEST_OVERLAP) - 1, -1)
    )


def _single(word: str) -> str:
    """*Rum* and *rummet* begin alike."""
    return word.replace("mm", "m").replace("nn", "n")


def _is_ending(length: int, ending: str) -> bool:
    """Whether this may end a word after a stem of a length."""
    return ending in _ENDINGS or (length >= _SHORTEST_OF_DOING and ending in _ENDINGS_OF_DOING)
