"""An alteration of an answer as a Swedish sentence: which answer, from what to what.

Ways to reach people, and personal identity numbers, are never said, for they may have been taken away since.
"""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.addresses import DECISION, INITIATIVE_TITLE
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.answers.rows import naming_fields, rows_in
from utbildningsprocess.dossier.alterations import ORDER, AnswerPlace
from utbildningsprocess.model import Given, Kind, Period, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.personal import without_people
from utbildningsprocess.swedish import in_quotation_marks, joined, running

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.dossier.alterations import Alteration
    from utbildningsprocess.model import Answer, Battery, GroupField, Item, Question, Row, Value

UNCUT = 100_000
"""Characters: a text of a sentence that is not cut."""
SHORT = 90
"""Characters of a text in a sentence."""
_NAME = 60
_SUBJECTS = {INITIATIVE_TITLE: "Titeln", DECISION: "Beslutet"}
_FEW = 3
"""Statements that are told one by one; more are counted."""
_UNQUOTED = (Kind.NUMBER, Kind.DATE, Kind.TIME_SPAN)
_BEFORE = 3
"""Words said before the first that is another."""


def told(battery: Battery, altered: Sequence[Alteration], longest: int = SHORT) -> list[str]:
    """A sentence for each alteration; many new answers to statements are counted in one."""
    sentences: list[str] = []
    for key, group in groupby(altered, lambda alteration: _counted(battery, alteration)):
        together = list(group)
        if key and len(together) > _FEW and longest < UNCUT:
            sentences.append(_statements_counted(battery, key, together))
        else:
            sentences += [sentence(battery, alteration, longest) for alteration in together]
    return sentences


def _counted(battery: Battery, altered: Alteration) -> str:
    """The address of the statements whose new answers are counted together; empty for all else."""
    question = battery.question(altered.place.qid)
    is_new = altered.before is None and altered.after is not None and altered.place.part
    return altered.place.qid if question and question.kind is Kind.STATEMENTS and is_new else ""


def _statements_counted(battery: Battery, qid: str, altered: Sequence[Alteration]) -> str:
    question = battery.question(qid)
    counts = options_counted(question, [str(given_value(alteration.after)) for alteration in altered])
    return f"{subject(battery, AnswerPlace(qid))}: {len(altered)} påståenden besvarades ({counts})."


def options_counted(question: Question | None, chosen: Sequence[str]) -> str:
    """How often each option is chosen: ”2 Mycket och 1 Delvis”."""
    options = question.options if question else ()
    return joined(f"{chosen.count(option.id)} {option.label}" for option in options if option.id in chosen)


def sentence(battery: Battery, altered: Alteration, longest: int = SHORT) -> str:
    """What became of an answer, in a sentence, with each text cut to so many characters."""
    place, before, after = altered.place, altered.before, altered.after
    start = subject(battery, place, altered.name)
    if place.part == ORDER:
        return f"{start}: raderna fick en annan ordning."
    question = battery.question(place.qid)
    if question and place.row and not place.part:
        row = next(iter(rows_in(given_value(after or before))))
        return f"{start} {'lades till' if after else 'togs bort'}{row_in_words(question, row, longest)}."
    item = item_at(question, place)
    if before is None:
        is_choice = place.qid in _SUBJECTS and isinstance(after, Given)
        became = (
            f"blev {answer_in_words(item, after, longest)}" if is_choice else _became(item, after, longest)
        )
        return f"{start} {became}."
    if after is None:
        return f"{start} togs bort (var {answer_in_words(item, before, longest)})."
    old, new = _as_different(item, before, after, longest)
    return f"{start} ändrades från {old} till {new}."


def kept_sentence(battery: Battery, altered: Alteration, longest: int = SHORT) -> str:
    """What a merge left as one side had it, though the other had changed it."""
    place = altered.place
    start = subject(battery, place, altered.name)
    question = battery.question(place.qid)
    if question and place.row and not place.part:
        return f"{start} {'behölls' if altered.after else 'föll bort'} när två grenar slogs samman."
    item = item_at(question, place)
    old, new = (
        answer_in_words(item, answer, longest) if answer else "inget svar"
        for answer in (altered.before, altered.after)
    )
    return f"{start}: när två grenar slogs samman behölls {new}, och {old} föll bort."


def subject(battery: Battery, place: AnswerPlace, name: str = "") -> str:
    """Which answer it is: a question, a row of it, a field or a statement."""
    question = battery.question(place.qid)
    if place.qid in _SUBJECTS:
        return _SUBJECTS[place.qid]
    if question is None:
        return f"{place.qid}, som inte är någon fråga längre,"
    if place.row:
        row = f"{question.row_name.capitalize()} {_quoted(name, _NAME)}"
        return f"{row}: fältet {_quoted(_part_name(question, place.part), UNCUT)}" if place.part else row
    statements = {statement.id: statement.text for statement in question.statements}
    if place.part in statements:
        return f"Påståendet {_quoted(statements[place.part], UNCUT)}"
    return _quoted(question.text, UNCUT)


def _part_name(question: Question, part: str) -> str:
    field = _field(question, part)
    return field.name if field else part


def _field(question: Question, part: str) -> GroupField | None:
    return next((field for field in question.fields if field.id == part), None)


def item_at(question: Question | None, place: AnswerPlace) -> Item | None:
    """What says how the answer at a place is read; None where nobody asks any longer."""
    if question is None or not place.row:
        return question
    return _field(question, place.part)


# ------------------------------------------------------------------ answers


def _became(item: Item | None, answer: Answer | None, longest: int) -> str:
    match answer:
        case Given() | None:
            return f"besvarades: {answer_in_words(item, answer, longest)}"
        case Skipped(reason):
            return f"hoppades över{_because(reason)}"
        case Unknown():
            return f"blev {answer_in_words(item, answer, longest)}"
        case Unfit():
            return f"fick text som inte går att läsa som svar: {answer_in_words(item, answer, longest)}"
        case _:
            assert_never(answer)


def answer_in_words(item: Item | None, answer: Answer | None, longest: int = SHORT) -> str:
    """An answer as it stands in a sentence: a text in quotation marks, a number or a date without."""
    match answer:
        case Given(value):
            text = value_in_words(item, value)
            is_bare = item is not None and item.kind in _UNQUOTED
            return text if is_bare else in_quotation_marks(text, longest)
        case Skipped(reason):
            return f"överhoppad{_because(reason)}"
        case Unknown(who):
            return f"”vet inte än”{f' ({without_people(running(who))})' if who else ''}"
        case Unfit(text):
            return _quoted(text, longest)
        case None:
            return "inget svar"
        case _:
            assert_never(answer)


def value_in_words(item: Item | None, value: Value) -> str:
    """A value in one line, without ways to reach people."""
    if isinstance(value, (date, Period)):
        return date_in_short(value)
    if item is None:
        return without_people(running(str(value)))
    if item.kind is Kind.STATEMENTS and isinstance(value, str):
        return item.label(value)
    return without_people(show(item, value))


def _because(reason: str) -> str:
    return f" ({without_people(running(reason))})" if reason else ""


def _quoted(text: str, longest: int) -> str:
    return in_quotation_marks(without_people(text), longest)


def row_in_words(question: Question, row: Row, longest: int) -> str:
    """What a row says beside its name, field by field."""
    named = naming_fields(question, row)
    fields = [field for field in question.fields if field.id in row.values and field not in named]
    cells = [
        f"{field.name}: {answer_in_words(field, Given(row.values[field.id]), longest)}" for field in fields
    ]
    cells += [
        f"{_part_name(question, part)}: {answer_in_words(None, Unknown(who))}"
        for part, who in row.unknown.items()
    ]
    return f". {'; '.join(cells)}" if cells else ""


# --------------------------------------------------------------- differences


def _as_different(item: Item | None, before: Answer, after: Answer, longest: int) -> tuple[str, str]:
    """Two answers in words; of long texts what is another in them, with a few words before it."""
    old, new = (answer_in_words(item, answer, UNCUT) for answer in (before, after))
    if max(len(old), len(new)) <= longest:
        return old, new
    first, second = (text.strip("”").split(" ") for text in (old, new))
    same = next(
        (number for number, pair in enumerate(zip(first, second, strict=False)) if pair[0] != pair[1]),
        min(len(first), len(second)),
    )
    skipped = max(0, same - _BEFORE)
    start = "… " if skipped else ""
    return tuple(in_quotation_marks(start + " ".join(words[skipped:]), longest) for words in (first, second))  # type: ignore[return-value]
