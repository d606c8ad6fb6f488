"""What somebody means by the words below a question: a clear answer, or what only a person can decide."""

from __future__ import annotations

import re
from itertools import takewhile
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.answers.unknown import UNKNOWN_OPTION
from utbildningsprocess.guide.mail.letters import letters_in
from utbildningsprocess.guide.replies import Suggestion
from utbildningsprocess.model import Given, Kind, Unknown
from utbildningsprocess.swedish import clean_line, uniform

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from utbildningsprocess.guide.mail.sent import MailOption, MailQuestion
    from utbildningsprocess.model import Answer

_UNKNOWN = re.compile(
    r"(?:jag )?(?:vet (?:inte|ej)(?: (?:än|riktigt|faktiskt|tyvärr))?|ingen aning|osäker"
    r"|vi vet (?:inte|ej)(?: än)?|(?:det )?vet jag (?:inte|ej))",
    re.IGNORECASE,
)
_BEGINS_UNKNOWN = re.compile(rf"{_UNKNOWN.pattern}\b", re.IGNORECASE)
_HEDGE = re.compile(
    r"\b(?:nog|kanske|eventuellt|typ|eller|men|fast|fastän|utom|utan|inte|ej|beroende|beror|ibland|både"
    r"|osäker|möjligen|snarare|tror|annars|varken|till viss|i viss|i princip|i stort|på sätt|nja|knappt"
    r"|nästan|ganska|lite|delvis)\b|\?",
    re.IGNORECASE,
)
_ELSEWHERE = re.compile(
    r"(?:se|jfr|jämför|samma(?: svar)?(?: som)?|som|lika(?:dant)?(?: som)?|enligt|dito|d:?o"
    r"|ovan(?:stående)?)\b(?:.{0,40}\b(?:ovan(?:stående|för)?|nedan|förra|tidigare"
    r"|svar(?:et)?(?: på)?(?: fråga)? ?\d*|fråga ?\d+|nr ?\d+|bilaga\w*|sist|\d{1,2})\b.{0,20})?[.!]?"
    r"|(?:se|jfr|jämför|bifogar) (?:min |vår |den )?(?:bifoga\w*|bilag\w*|fil\w*|länk\w*)\b.{0,40}"
    r"|(?:samma|lika(?:dant)?) som .{0,30}",
    re.IGNORECASE,
)
_LATER = re.compile(
    r"(?:(?:jag |vi )?(?:får )?återkomm(?:er|a)|(?:kommer|svarar|mer) senare)"
    r"(?: (?:med|om|på|till) .{0,20})?",
    re.IGNORECASE,
)
_PASSES = re.compile(
    r"(?:jag )?(?:hoppar över|avstår|pass(?:ar)?|inget svar|kan inte svara)(?: den| på den)?", re.IGNORECASE
)
_ASIDES = (
    (re.compile(r"\?*"), "svaret är bara ett frågetecken"),
    (_PASSES, "frågan hoppas över"),
    (_ELSEWHERE, "svaret hänvisar till något annat"),
    (_LATER, "svaret kommer senare"),
)
NO_OPTION = "svaret är inte ett av alternativen"
SEVERAL_OPTIONS = "flera alternativ nämns, och frågan tar ett"
_BETWEEN = re.compile(r"\s*(?:,|;|\+|&|/|\n|\s-\s|\boch\b|\bsamt\b)\s*", re.IGNORECASE)
_AFTER = re.compile(r"\s*[,.;:(–—\n]|\s+-|$")
_GOES_ON = re.compile(r"\s")
_GOES_ON_AFTER_COMMA = re.compile(
    r",\s+(?:men|och|eller|fast|så|som|att|för|därför|där|när|vilket|utan|medan)\b", re.IGNORECASE
)
_LEAST_SENTENCE = 6
"""Words of a sentence, at least, that a full stop tells from a list."""
_SAYS_ANSWER = re.compile(r"^[\s–—:>*•-]*(?:svar|mitt svar|sv)\s*:\s*|^\s*:\s*", re.IGNORECASE)
_LETTERS = re.compile(r"[a-z]{2,4}", re.IGNORECASE)
_LETTER = re.compile(r"[(\"”']?([a-zA-Z])[).\"”']*")
_LEAST_UNIQUE = 4
_ALONE = ("ja", "nej")
"""Alternatives of one word that no word after them can turn into something else."""
_LEAST_OURS = 12
"""Letters that must be those of our question before they are ours."""


class Meaning(NamedTuple):
    """What some words mean for a question."""

    answer: Answer | None = None
    """What is clearly answered."""
    beside: str = ""
    """Written that belong to the question and have no room in the answer."""
    doubt: str = ""
    """Why only a person can decide."""
    proposals: tuple[Suggestion, ...] = ()


def meant_by(asked: MailQuestion, words: str, day: date | None) -> Meaning:
    """What the words say in answer to a question. Dates are read against the day they were written."""
    words = without_own_words(_without_our_words(asked, words))
    bare = _bare(clean_line(words))
    if not bare and "?" not in words:
        return Meaning(doubt="svaret har inga ord", proposals=(Suggestion(words, None),))
    if _UNKNOWN.fullmatch(bare):
        return Meaning(_unknown(asked))
    if aside := next((why for pattern, why in _ASIDES if pattern.fullmatch(bare)), ""):
        return Meaning(doubt=aside, proposals=_as_it_stands(asked, words, day))
    if asked.options:
        return _choice(asked, words, bare)
    return _free(asked, words, bare, day)


def _bare(words: str) -> str:
    """Words without any signs around them."""
    return re.sub(r"^\W+|\W+$", "", words)


def without_own_words(words: str) -> str:
    """The words without the marks that somebody puts before an answer."""
    words = _SAYS_ANSWER.sub("", words)
    return words.strip() if _is_list(words) else re.sub(r"^[\s–—>*•=-]+(?=\S)", "", words).strip()


def _is_list(words: str) -> bool:
    """Whether words are several points, each with a mark before it."""
    lines = [line.strip() for line in words.split("\n") if line.strip()]
    return len(lines) > 1 and all(line[0] in "-–—*•" for line in lines)


def _without_our_words(asked: MailQuestion, words: str) -> str:
    """The words without the beginning of our question, where somebody has cut off how it ends."""
    said, ours = letters_in(words), letters_in(asked.text).text
    alike = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(said.text, ours, strict=False)))
    if alike < _LEAST_OURS or alike == len(said.text):
        return words
    place = said.places[alike - 1] + 1
    return words if words[place].isalnum() else words[place:].lstrip(" .:?…\n")


def _unknown(asked: MailQuestion) -> Answer:
    if all(option.value != UNKNOWN_OPTION for option in asked.options):
        return Unknown()
    return Given((UNKNOWN_OPTION,)) if asked.takes_several else Given(UNKNOWN_OPTION)


def _as_it_stands(asked: MailQuestion, words: str, day: date | None) -> tuple[Suggestion, ...]:
    return (Suggestion(words, None if asked.options else _accepted(asked, words, day)),)


def _accepted(asked: MailQuestion, raw: object, day: date | None) -> Answer | None:
    try:
        return Given(accept(asked.question, raw, day))
    except Invalid:
        return None


# -------------------------------------------------------------- in own words


def _free(asked: MailQuestion, words: str, bare: str, day: date | None) -> Meaning:
    stands = _as_it_stands(asked, words, day)
    if re.fullmatch(r"[a-zA-Z]", bare):
        return Meaning(doubt="svaret är bara en bokstav, och frågan har inga alternativ", proposals=stands)
    if words.endswith("?"):
        return Meaning(doubt="svaret är en fråga", proposals=stands)
    if _BEGINS_UNKNOWN.match(bare):
        unknown = Suggestion("Vet inte", Unknown())
        return Meaning(doubt="svaret säger vet inte och något mer", proposals=(*stands, unknown))
    if asked.question.kind is Kind.LIST and _is_sentence(words):
        whole = Suggestion(words, _accepted(asked, [clean_line(words)], day))
        return Meaning(doubt="svaret ser ut som en mening, inte en lista", proposals=(whole, *stands))
    is_line = asked.question.kind in (Kind.TEXT, Kind.MEASURE)
    try:
        return Meaning(Given(accept(asked.question, clean_line(words) if is_line else words, day)))
    except Invalid as error:
        return Meaning(doubt=str(error).rstrip("."), proposals=stands)


def _is_sentence(words: str) -> bool:
    """Whether words with commas in them are a sentence and no list."""
    ends_so = words.endswith(".") and len(words.split()) >= _LEAST_SENTENCE
    return "," in words and (ends_so or _GOES_ON_AFTER_COMMA.search(words) is not None)


# -------------------------------------------------------------- alternatives


def _choice(asked: MailQuestion, words: str, bare: str) -> Meaning:
    """The alternatives that the words name, if it is clear which, and what is said besides."""
    option = _named(asked.options, bare)
    if option:
        return _chosen(asked, [option])
    if asked.takes_several and (several := _several(asked.options, words)):
        return _chosen(asked, several)
    begun = _begins_with(asked.options, words.strip())
    mentioned = _mentioned(asked.options, bare)
    if begun and not _HEDGE.search(begun[1]) and len({begun[0], *mentioned}) == 1:
        return _chosen(asked, [begun[0]])._replace(beside=begun[1])
    proposed = tuple(_proposal(asked, option) for option in mentioned or _hinted(asked.options, bare))
    own = Suggestion(clean_line(words), _own_words(asked, words))
    if len(mentioned) > 1 and not asked.takes_several:
        return Meaning(doubt=SEVERAL_OPTIONS, proposals=(*proposed, own))
    return Meaning(doubt=NO_OPTION, proposals=(*proposed, own))


def _chosen(asked: MailQuestion, options: Sequence[MailOption]) -> Meaning:
    if not asked.takes_several:
        return Meaning(Given(options[0].value))
    ids = tuple(dict.fromkeys(str(option.value) for option in options))
    excluding = [option for option in asked.question.options if option.excludes and option.id in ids]
    if excluding and len(ids) > 1:
        every = tuple(_proposal(asked, option) for option in options)
        return Meaning(doubt="alternativen går inte ihop", proposals=every)
    return Meaning(Given(ids))


def _proposal(asked: MailQuestion, option: MailOption) -> Suggestion:
    value = (str(option.value),) if asked.takes_several else option.value
    return Suggestion(option.label, Given(value))


def chosen_of(asked: MailQuestion, options: Sequence[MailOption]) -> tuple[Suggestion, ...]:
    """Some alternatives as proposals: all at once where a question takes several, else each."""
    if asked.takes_several and len(options) > 1:
        ids = tuple(str(option.value) for option in options)
        return (Suggestion(", ".join(option.label for option in options), Given(ids)),)
    return tuple(_proposal(asked, option) for option in options)


def _own_words(asked: MailQuestion, words: str) -> Answer | None:
    if not asked.question.own_words:
        return None
    line = clean_line(words)
    return Given((line,)) if asked.takes_several else Given(line)


def _named(options: Sequence[MailOption], bare: str) -> MailOption | None:
    """The alternative that some words are: its letter, its words or enough of them, or both."""
    bare = re.sub(r"^(?:alternativ(?:et)?|alt\.?|svar)\s+(?=\S)", "", bare, flags=re.IGNORECASE)
    letter = _LETTER.fullmatch(bare)
    if letter:
        return next((option for option in options if option.letter == letter[1].casefold()), None)
    wanted = uniform(bare)
    for option in options:
        label = _bare(uniform(option.label))
        if wanted == label or re.fullmatch(rf"{option.letter}\W+{re.escape(label)}", wanted):
            return option
    return _half_said(options, wanted)


def _half_said(options: Sequence[MailOption], wanted: str) -> MailOption | None:
    """The only alternative that holds the words, when they are enough to tell it."""
    if len(wanted) < _LEAST_UNIQUE:
        return None
    fits = [option for option in options if re.search(rf"\b{re.escape(wanted)}\b", uniform(option.label))]
    return fits[0] if len(fits) == 1 else None


def _several(options: Sequence[MailOption], words: str) -> list[MailOption]:
    """The alternatives that are listed; none when one of them is no alternative."""
    together = [option for letter in _bare(words).casefold() for option in options if option.letter == letter]
    letters = "".join(option.letter for option in together)
    if _LETTERS.fullmatch(_bare(words)) and letters == _bare(words).casefold() == "".join(sorted({*letters})):
        return together
    for pattern in (_BETWEEN, re.compile(r"[\s,;]+"), re.compile(r"\s*[,;\n]\s*")):
        pieces = [_bare(piece) for piece in pattern.split(words) if _bare(piece)]
        named = [_named(options, piece) for piece in pieces]
        if all(named):
            return [option for option in named if option]
    return []


def _begins_with(options: Sequence[MailOption], words: str) -> tuple[MailOption, str] | None:
    """The alternative that words begin with, by letter or words, and what follows."""
    fits: list[tuple[int, MailOption, str]] = []
    for option in options:
        patterns = (
            rf"{option.letter}(?:\)|[.,:;](?!\w)|\s+[–—(-])\s*",
            rf"(?:{option.letter}\)\s*)?{re.escape(option.label)}",
        )
        for pattern in patterns:
            match = re.match(pattern, words, re.IGNORECASE)
            further = words[match.end() :] if match else ""
            is_free = " " in option.label or option.label.casefold() in _ALONE
            ends = _AFTER.match(further) or (is_free and _GOES_ON.match(further))
            if match and (not match[0][-1].isalnum() or ends):
                fits.append((match.end(), option, further.strip(" \t\n,.;:–—-")))
    longest = max(fits, key=lambda fit: fit[0], default=None)
    return (longest[1], longest[2]) if longest and longest[2] else None


def _hinted(options: Sequence[MailOption], bare: str) -> list[MailOption]:
    """The alternatives that begin with some word, or hold one that it is long enough to begin."""
    said = re.findall(r"\w+", uniform(bare))
    long = tuple(word for word in said if len(word) >= _LEAST_UNIQUE)
    ours = [re.findall(r"\w+", uniform(option.label)) for option in options]
    return [
        option
        for option, words in zip(options, ours, strict=True)
        if words[:1] == said[:1] or any(word.startswith(long) for word in words)
    ]


def _mentioned(options: Sequence[MailOption], bare: str) -> list[MailOption]:
    """The alternatives that some words mention, by letter or in words, in our order."""
    said = uniform(bare)
    letters = set(re.findall(r"(?<![\w'’])([a-z])(?![\w'’])", said))
    mentioned = []
    for option in options:
        label = _bare(uniform(option.label))
        longer = [near for near in options if near is not option and label in uniform(near.label)]
        is_hidden = any(_bare(uniform(near.label)) in said for near in longer)
        is_said = re.search(rf"\b{re.escape(label)}\b", said) is not None and not is_hidden
        words = [word for word in re.findall(r"\w+", label) if len(word) >= _LEAST_UNIQUE]
        is_hinted = option.value != UNKNOWN_OPTION and any(
            _tells(word, option, options) and _occurs(word, said) for word in words
        )
        if option.letter in letters or is_said or is_hinted:
            mentioned.append(option)
    return mentioned


def _tells(word: str, option: MailOption, options: Sequence[MailOption]) -> bool:
    """Whether a word stands in one alternative only."""
    return not any(word in uniform(near.label) for near in options if near is not option)


def _occurs(word: str, said: str) -> bool:
    return re.search(rf"\b{re.escape(word)}\w{{0,3}}\b", said) is not None
