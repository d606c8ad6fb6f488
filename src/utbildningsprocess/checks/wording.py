"""What the words of an answer give away: a solution for a need, a goal nobody sees, a value nobody pictures.

The patterns were written against lists of sentences from care, administration and schools, and are held to
them by tests. They look at ordinary Swedish, and would rather miss than scold.
"""

from __future__ import annotations

import re

from utbildningsprocess.swedish import nfc

_COURSE_ENDINGS = r"(?:en|ar|arna|s|sdag(?:ar)?|sinsats(?:er|en)?|spaket(?:et)?|stillfällen?)?"
_KINDS_OF_COURSE = "webb?|e-|fort|distans|nät|intern|heldags|halvdags"
_SOLUTION = (
    rf"(?<![\w-])(?:(?:{_KINDS_OF_COURSE})?(?:utbildning{_COURSE_ENDINGS}|utbildas?|utbildar"
    r"|kurs(?:en|er|erna|dag(?:ar)?)?)|föreläs(?:a|er|ning(?:en|ar|arna)?)|workshop(?:s|par|en|parna)?"
    r"|e-learning|e-lärande|webbinari(?:um|er)|(?:heldags|halvdags)?seminari(?:um|er|et))(?![\w-])"
)
_WANTED = (
    r"\b(?:målet är|behöver|behövs|behov av|vill (?:ha|gå|ge|ordna|göra|ta fram)"
    r"|ska (?:ha|gå|få|ge|ordna|göra)|borde|bör|måste|önskar|efterfrågar|saknar|kräver|krävs)\b"
    rf"(?:[\s,]+[\w-]+){{0,5}}?[\s,]+{_SOLUTION}"
)
_TOLD = (
    r"\b(?:fick|gick|gav|gavs|höll|hölls|hade|pröva(?:de|des|t|ts)|prova(?:de|des|t|ts)|genomför(?:de|des)"
    r"|ordna(?:de|des)|erbjöds?|hjälpte|räckte|ledde|förra|tidigare|i fjol|har (?:redan )?gått|trodde|ökade"
    r"|minskade|föll|trots|för \w+ år sedan)\b"
)
"""Words of what has been: an earlier course is no wish for another."""
_NONE = r"\b(?:inte|ej|ingen|inget|inga|snarare än|i ?stället för|mer än)"
_DENIED = (
    rf"{_NONE}\s+(?:(?!fått|gått|haft)[\w-]+\s+){{0,2}}{_SOLUTION}"
    rf"|{_SOLUTION}\s+(?:räcker|hjälper|löser)\s+inte"
    rf"|\b(?:slippa|slipper|slapp|orkar inte(?: med)?|trötta? på)\s+(?:[\w-]+\s+){{0,2}}{_SOLUTION}"
)
_UNIT = (
    r"\bverksamhetsförlagd\w* utbildning\w*|"
    r"\b(?:sektion|enhet|avdelning|nämnd|förvaltning|institution)\w* för (?:[\w-]+,? (?:och )?){0,3}?"
    rf"{_SOLUTION}"
)
"""A unit that is called so."""
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])\s+|\n+")

_BEGINNING = (
    r"^\W*(?:(?:(?:alla|varje)(?:\s+(?:chefer|medarbetare|lärare))?|deltagar(?:en|na)|medarbetar(?:en|na)|hen|de"
    r"|alltid|också|att|ska|skall|kan|kunna|bör|måste|behöver)\s+)*"
)
_THING_KNOWN = (
    r"(?:kunskap(?:er(?:na)?|en)?|förståelsen?|insikt(?:er|en)?|kännedom|medvetenhet(?:en)?|fokus|koll"
    r"|kompetens(?:en)?)"
)
_INVISIBLE = rf"""
    först(?:å|år|ått)\b
  | (?:inse|inser)\b
  | känn(?:a|er)\s+till\b
  | (?:vet|veta)\b
  | (?:ha|har|få|får|fått|skaffa|skaffar|öka|ökar|fördjupa|fördjupar|stärka|stärker)\s+
    (?:(?:\w+|\w+-)\s+){{0,3}}?{_THING_KNOWN}\b
  | (?:(?:god|goda|grundläggande|ökad|ökade|bättre|ny|nya|fördjupad|fördjupade|större|rätt)\s+)*
    {_THING_KNOWN}\s+(?:om|i|för|på|kring|av)\b
  | (?:är|vara|bli|blir|känner\s+sig|känna\s+sig)\s+(?:\w+\s+){{0,2}}?
    (?:medvet(?:en|na|et)|trygg(?:a|are)?|bekväm(?:a)?|insatt(?:a)?|införstådd(?:a)?)\b
  | (?:fokusera|fokuserar)\b
  | (?:tänk|tänka|tänker)\s+på\b
  | lära?\s+sig\b
"""
"""What can be neither seen nor heard, where it begins what somebody is to do."""
_INVISIBLE_FIRST = re.compile(rf"{_BEGINNING}(?P<what>{_INVISIBLE})", re.IGNORECASE | re.VERBOSE)

_NAMED = (
    r"esthers?|patient\w*|brukar\w*|boende\w*|hyresgäst\w*|invånar\w*|elev\w*|barn\w*|närståend\w*|anhörig\w*"
    r"|klient\w*|kund\w*|medborgar\w*|sökande\w*|familj\w*|föräld\w*|mamm(?:a|or)\w*|papp(?:a|or)\w*|gravid\w*"
    r"|ungdom\w*|student\w*|pensionär\w*|(?:vård|omsorgs|hjälp)tagar\w*|besökar\w*|resenär\w*|nyanländ\w*"
)
_PEOPLE_NAMED = re.compile(rf"{_NAMED}|hennes|hans|dotter\w*|son(?:en)?|kvinn\w*|män(?:nen)?")
_WHO_RECEIVES = re.compile(
    r"\b(?:den|de|dem) som (?:bor|kom(?:mer)? hem|(?:an)?söker|begär|frågar|ringer|väntar|vårdas"
    r"|får (?:hjälp|stöd|vård))\b"
    r"|\b(?:äldre|unga)\b"
    r"(?! (?:medarb|kolleg|chef|lärar|\w+sköt|läkar|personal|anställ|handled|rutin|system|journal))"
    r"|\bperson(?:en|er|erna)? med (?!lång|erfar|kompet|utbild|rätt|ansvar|legitim|intyg)",
    re.IGNORECASE,
)
"""Those it is all for, named by what they do, how old they are or what they have, as no colleague is."""
_ABOUT_PEOPLE = re.compile(rf"{_NAMED}|hon|han|hen|hens|hennes|hans|dem|de")
_NO_COURSE_ASKED = re.compile(
    r"\b(?:inte|ingen|inget|inga|ingenting|varken)\b(?:(?!undantag|innan|förrän|ensam|utan)[^.!?]){0,40}"
    r"\b(?:kurs|utbildning|form|längd)|\b(?:kurs|utbildning)\w* är frivillig",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r"\bvar(?:je|annan|annat|t)\b|\bi (?:veckan|månaden|kvartalet)\b|\bom året\b"
    r"|\b(?:dag|vecko|månads|kvartals)(?:vis|ligen|möte)|\bapt\b|arbetsplatsträff|tavl|\bschema|\blärpar"
    r"|avsatt tid|\bfrågar\b|återkoppl|avstämning|löpande|fortsätt|\bron[dn]"
    r"|\bdaglig|(?:puls|morgon)möt|\bstående (?!ovation|tack)|kontinuerlig|regelbund|återkommande",
    re.IGNORECASE,
)
"""What comes back in everyday work."""
_SURVEY = "enkät"
_NO_SURVEY = re.compile(rf"{_NONE}\s+(?!bara)(?:[\w-]+\s+)?\w*{_SURVEY}\w*", re.IGNORECASE)
_ASKED_ALOUD = re.compile(
    r"muntlig|intervju|samtal|handuppräckning|\b(?:telefon|ring|rund|check)", re.IGNORECASE
)
_SMALL_WORDS = frozenset(
    re.findall(
        r"\w+",
        """därför eftersom höjer höjs ja nej alla att av bli blir de dem den denna dessa det detta där
        därmed då efter eller en era ett från få får för före ge genom ger gör ha han har hela
        hen hon i inom inte kan man med mer mest mycket när och också om oss på samt sin sina
        sitt ska som så till under vi vid vilka vilken vilket vår våra vårt än ännu är""",
    )
)
_EMPTY_WORDS = frozenset(
    re.findall(
        r"\w+",
        """bemötande bemötandet bidra bidrar bra bäst bättre delaktig delaktighet effekt effektiv
        effektivare förbättrad förbättrar förbättras god goda gott helhet hög högre insatsen
        kompetens kompetent kompetenta kunnig kunniga kunskap kunskaper kvalitet kvaliteten
        kvalitén medarbetare medarbetarna mervärde nytta nyttan nöjd nöjda nöjdare omsorg
        omsorgen patientsäker patientsäkerhet personal personalen personcentrerad
        personcentrerat positivt professionell professionellt resultat större säker säkerhet
        säkert säkra säkrare trygg trygga tryggare trygghet tryggt utbildning utbildningen
        utvecklas verksamheten viktig viktigt värde vård vården vårdens vårdkedjan öka ökad
        ökade ökar""",
    )
)
"""Words of value that say nothing one can picture."""
_ARTICLES = ("den", "det", "de", "en", "ett")
_DEFINITE = re.compile(r"(?<=\w{4})(?:en|et|n|t)$")
_LEAST, _LEAST_UNNAMED = 2, 3
"""Words with content that a benefit needs where it says whose it is, and where it does not."""


def solution_in(text: str) -> str:
    """The word for a course or the like that a need is written as; empty when it is told of or denied."""
    return next(filter(None, map(_solution_in_sentence, _SENTENCE_ENDS.split(nfc(text)))), "")


def _solution_in_sentence(sentence: str) -> str:
    plain = re.sub(_UNIT, " ", sentence, flags=re.IGNORECASE)
    word = re.search(_SOLUTION, plain, re.IGNORECASE)
    denied = re.search(_DENIED, plain, re.IGNORECASE)
    wanted = not denied and re.search(_WANTED, plain, re.IGNORECASE)
    past = denied or re.search(_TOLD, plain, re.IGNORECASE)
    return word[0] if word and (wanted or not past) else ""


def invisible(text: str) -> str:
    """The words, at the beginning of what somebody is to do, that nobody can see or hear; else empty."""
    match = _INVISIBLE_FIRST.match(nfc(text))
    return " ".join(match["what"].split()) if match else ""


def is_empty_value(text: str, esther: str) -> bool:
    """Whether a benefit has too few words with content to picture it; `esther` is the word in use for her."""
    words, own = _words(text), _own_word(esther)
    people = {word for word in words if _ABOUT_PEOPLE.fullmatch(word) or own.match(word)}
    content = {*words} - people - _SMALL_WORDS - _EMPTY_WORDS
    return len(content) < (_LEAST if people else _LEAST_UNNAMED)


def mentions_people(text: str, esther: str) -> bool:
    """Whether a text says anything of those it is all for; `esther` is the word in use for her."""
    own = _own_word(esther)
    named = any(_PEOPLE_NAMED.fullmatch(word) or own.match(word) for word in _words(text))
    return named or _WHO_RECEIVES.search(nfc(text)) is not None


def _words(text: str) -> list[str]:
    return re.findall(r"[\w-]+", nfc(text).casefold())


def _own_word(esther: str) -> re.Pattern[str]:
    """What a word for those it is all for begins with, in any form: studenten is one of studenterna."""
    words = [word for word in _words(esther) if word not in _ARTICLES] or _words(esther)
    return re.compile("|".join(re.escape(_DEFINITE.sub("", word)) for word in words))


def asks_in_writing(method: str, *, usually: bool) -> bool:
    """Whether a measure asks people in writing, by its method; `usually` is for one that does not say."""
    affirmed = _NO_SURVEY.sub("", nfc(method))
    if _SURVEY in affirmed.casefold():
        return True
    return usually and affirmed == nfc(method) and not _ASKED_ALOUD.search(affirmed)


def says_no_course_is_asked(text: str) -> bool:
    """Whether what a demand says in its own words is that no course is needed."""
    return _NO_COURSE_ASKED.search(nfc(text)) is not None


def goes_on(text: str) -> bool:
    """Whether a text says something that comes back in everyday work."""
    return _GOES_ON.search(nfc(text)) is not None
