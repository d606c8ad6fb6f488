"""What has come in, told and taken into a dossier: what is new, and what a person has to choose."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from utbildningsprocess.conversation.incoming import PossibleAnswer, Unsettled
from utbildningsprocess.guide.mail.asking import stands
from utbildningsprocess.guide.page import ROLES, role_name
from utbildningsprocess.guide.places import Addressed
from utbildningsprocess.model import Given, Kind, given_value
from utbildningsprocess.swedish import clean, clean_line, joined, shortened
from utbildningsprocess.work.comparing import all_said, whole_answers
from utbildningsprocess.work.privacy import refuse_personal_numbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from utbildningsprocess.guide.replies import Reply, Stated
    from utbildningsprocess.model import Answer, Answers, Battery
    from utbildningsprocess.work.comparing import Comparison, Saying
    from utbildningsprocess.work.open_dossier import OpenDossier

_LONG = 200
_PAIR = 2
_MOVED_ON = "Det som står i dossiern har ändrats sedan frågan skickades."


# ------------------------------------------------------------- what to choose


def unsettled(comparison: Comparison) -> list[Unsettled]:
    """What only a person can decide, in the order of the questions."""
    addresses = {**comparison.different, **comparison.doubtful}
    return [
        _matter(comparison, place) for address, place in comparison.places.items() if address in addresses
    ]


def _matter(comparison: Comparison, place: Addressed) -> Unsettled:
    different = comparison.different.get(place.address, [])
    doubtful = comparison.doubtful.get(place.address, [])
    in_dossier = None if place.is_new_row else place.there(comparison.sheet)
    there = in_dossier or comparison.new.get(place.address)
    voices = [*different, *doubtful]
    drafts = [place.in_words(there) if place.item.kind.is_text and isinstance(there, Given) else ""]
    drafts += [voice.said.words for voice in voices]
    return Unsettled(
        address=place.address,
        item=place.item,
        takes_text=place.takes_text,
        text=voices[0].said.text,
        lines=tuple(_lines(comparison, place, there, voices)),
        ways=tuple({repr(way): way for way in _ways(place, there, different, doubtful)}.values()),
        keep=_kept_as(place, there),
        draft="\n\n".join(filter(None, drafts)),
    )


def _kept_as(place: Addressed, there: Answer | None) -> str:
    """What it is called to change nothing."""
    if place.is_new_row:
        return "Lägg inte till någon rad"
    return "Behåll det som står i dossiern" if there else "Spara inget svar"


def _lines(
    comparison: Comparison, place: Addressed, there: Answer | None, voices: list[Saying]
) -> Iterator[str]:
    """What to know before choosing: what the dossier says, and what each reply does."""
    battery = comparison.sheet.battery
    if there:
        yield f"I dossiern står: {place.in_words(there)}"
    for voice in voices:
        who = _who(battery, voice.came)
        told = f"{who[:1].upper()}{who[1:]}, {PurePath(voice.came.name).name}"
        yield f"{told}{_said_and_why(voice.said)}"
    now = stands(place, comparison.sheet)
    if any(voice.said.stood and voice.said.stood != now for voice in voices):
        yield _MOVED_ON


def _said_and_why(said: Stated) -> str:
    """What somebody has said, and why it is in doubt: the words once, where the reason begins with them."""
    words = f"”{shortened(said.words, _LONG)}”" if said.words else ""
    if words and said.doubt.startswith(words):
        return f": {said.doubt}"
    return f"{f': {words}' if words else ''}{f' ({said.doubt})' if said.doubt else ''}"


def _ways(
    place: Addressed, there: Answer | None, different: list[Saying], doubtful: list[Saying]
) -> Iterator[PossibleAnswer]:
    """What the answer can be: what each reply says, all of it together, and what a doubtful one may mean."""
    for voice in different:
        if voice.said.answer:
            yield PossibleAnswer(shortened(place.in_words(voice.said.answer), _LONG), voice.said.answer)
    said = [*([there] if isinstance(there, Given) else []), *(voice.said.answer for voice in different)]
    if different and len(said) > 1 and (every := all_said(place, said)):
        yield PossibleAnswer("Båda svaren" if len(said) == _PAIR else "Alla svaren", every)
    for voice in doubtful:
        for suggestion in voice.said.proposals:
            if suggestion.answer:
                yield PossibleAnswer(shortened(suggestion.words, _LONG), suggestion.answer)
    if doubtful and place.statement:
        yield from (PossibleAnswer(option.label, Given(option.id)) for option in place.question.options)


def _who(battery: Battery, came: Reply) -> str:
    """Who has answered, as far as it is known."""
    names = {role: role_name(role, battery) for role in ROLES}
    known = {str(role): name for role, name in names.items()}.get(came.role)
    if not came.is_role_sure:
        return "oklart vem"
    return known or came.role or "okänd roll"


# ---------------------------------------------------------------------- saving


def refuse_numbers(comparison: Comparison, *, consent: bool) -> None:
    """Raises WrongUse when anything that could be saved holds a personal identity number without consent."""
    possible = list(comparison.new.items())
    for voices in (*comparison.different.values(), *comparison.doubtful.values()):
        for said in (voice.said for voice in voices):
            answers = [said.answer, *(suggestion.answer for suggestion in said.proposals)]
            possible += [(said.address, answer) for answer in answers if answer]
    for address, answer in possible:
        whole = whole_answers(comparison, comparison.sheet, {address: answer})
        refuse_personal_numbers(comparison.sheet, whole, consent=consent)


def save_chosen(
    initiative: OpenDossier, comparison: Comparison, chosen: Mapping[str, Answer], *, consent: bool
) -> None:
    """Saves the answers at some addresses, all at once, into what the dossier says now."""
    whole = whole_answers(comparison, initiative.sheet, chosen)
    refuse_personal_numbers(initiative.sheet, whole, consent=consent)
    changed = {qid: answer for qid, answer in whole.items() if initiative.answers.get(qid) != answer}
    if changed:
        initiative.save(changed)


def loose_words(comparison: Comparison, replies: Iterable[Reply]) -> Iterator[tuple[str, dict[str, str]]]:
    """What had no place in replies, each with the questions in words that it can belong to."""
    questions = {question.qid: question for question in comparison.sheet.battery.questions()}
    for came in replies:
        asked = [questions[address] for address in came.asked if address in questions]
        takes_words = {question.qid: question.text for question in asked if question.kind is Kind.LONG_TEXT}
        yield from ((words, takes_words) for words in came.unplaced if takes_words)


def answer_with(initiative: OpenDossier, address: str, words: str) -> dict[str, Answer]:
    """The answer at an address with more words below it; the same answer when it has them already."""
    there = given_value(initiative.answers.get(address))
    before = there if isinstance(there, str) else ""
    has_them = f"\n\n{words}\n\n" in f"\n\n{before}\n\n"
    return {address: Given(before if has_them else "\n\n".join(filter(None, [before, clean(words)])))}


# ----------------------------------------------------------------------- words


def told_of_replies(comparison: Comparison, replies: Iterable[Reply]) -> Iterator[str]:
    """What came in: from whom, and of that what is in no answer."""
    for came in replies:
        day = f", skickat {came.day}" if came.day else ""
        yield f"{came.name}: svar från {_who(comparison.sheet.battery, came)}{day}."
        for said in came.said:
            if said.beside and said.address in comparison.places:
                place = comparison.places[said.address]
                yield f"  {said.text} ”{said.beside}” ryms inte i svaret ”{place.in_words(said.answer)}”."
        for words in came.unplaced:
            yield f"  Kunde inte placeras: ”{words}”"
        yield from (f"  {note}" for note in came.notes)
        if came.beside:
            yield "  Hör troligen inte till svaret:"
            yield from (f"    {line}" for line in came.beside)


def _told_of_lost(comparison: Comparison) -> Iterator[str]:
    """What is said of rows that are gone, or of questions that are asked no longer."""
    for voice in comparison.lost:
        words = shortened(voice.said.words, _LONG)
        yield f"{voice.came.name}: ”{words}” svarar på något som inte står kvar i dossiern: {voice.said.text}"


def _told_of_unknowing(comparison: Comparison) -> Iterator[str]:
    """That nobody knows, where the dossier has an answer, which stays."""
    for came, said in comparison.unknowing:
        who = _who(comparison.sheet.battery, came)
        words = shortened(said.words, _LONG)
        yield f"Ändrar inget, för det finns ett svar: {came.name}, {who}: ”{words}” ({said.text})"


def _in_its_place(comparison: Comparison, place: Addressed) -> str:
    """What the dossier says that an answer takes the place of, in whole; empty where it takes none."""
    whole = comparison.sheet.answers.get(place.question.qid)
    if not isinstance(whole, Given):  # a part takes the place of all that is said, which is no answer
        return Addressed(place.question.qid, place.question).in_words(whole)
    if place.is_new_row:
        return ""
    unread = place.unread(comparison.sheet)
    return unread or place.in_words(place.there(comparison.sheet))


def told_of_answers(comparison: Comparison, decided: Answers) -> Iterator[str]:
    """What is new or decided, what it takes the place of, and what the dossier says already."""
    yield from _told_of_lost(comparison)
    yield from _told_of_unknowing(comparison)
    rated: dict[str, list[str]] = {}
    """The addresses of statements, by their question."""
    for address in comparison.new:
        place = comparison.places[address]
        rated.setdefault(place.question.qid if place.statement else address, []).append(address)
    for addresses in rated.values():
        yield from _told_of_new(comparison, addresses)
    for address, answer in decided.items():
        yield from _told_of_one(comparison, address, "Ändrat", answer)
    if comparison.equal:
        yield f"Står redan i dossiern: {addresses_in_short(comparison, comparison.equal)}."


def _told_of_one(comparison: Comparison, address: str, sort: str, answer: Answer) -> Iterator[str]:
    """An answer in a line, and what it takes the place of."""
    place = comparison.places[address]
    yield f"{sort}: {place.name(comparison.sheet)} ”{shortened(place.in_words(answer), _LONG)}”"
    if there := _in_its_place(comparison, place):
        yield f"  Ersätter det som stod: ”{clean_line(there)}”"


def _told_of_new(comparison: Comparison, addresses: list[str]) -> Iterator[str]:
    """A new answer in a line; those of several statements by what is said of them."""
    places = {address: comparison.places[address] for address in addresses}
    first = next(iter(places.values()))
    by_option: dict[str, list[str]] = {option.label: [] for option in first.question.options}
    if len(places) == 1:
        yield from _told_of_one(comparison, first.address, "Nytt", comparison.new[first.address])
        return
    for address, place in places.items():
        if place.statement:
            by_option[place.in_words(comparison.new[address])].append(place.statement.text)
    yield f"Nytt: {first.question.name}: {len(places)} påståenden"
    yield from (f"  {label}: {' '.join(texts)}" for label, texts in by_option.items() if texts)


def addresses_in_short(comparison: Comparison, addresses: Iterable[str]) -> str:
    """Addresses in a sentence, the statements of a question as one."""
    told: dict[str, list[str]] = {}
    for place in map(comparison.places.__getitem__, addresses):
        told.setdefault(place.question.qid if place.statement else place.address, []).append(place.address)
    return joined(
        same[0] if len(same) == 1 else f"{name} ({len(same)} påståenden)" for name, same in told.items()
    )


def undecided(matters: Iterable[Unsettled], command: str) -> Iterator[str]:
    """What nobody has decided, each with its proposals, and how it is decided."""
    is_any = False
    for matter in matters:
        is_any = True
        yield f"Att avgöra: {matter.text} ({matter.address})"
        yield from (f"  {line}" for line in matter.lines)
        if matter.ways:
            yield f"  Det kan vara: {'; '.join(f'”{way.label}”' for way in matter.ways)}"
    if is_any:
        yield f"Välj genom att läsa in filen i en terminal, med --enkel, eller svara med: {command}"
