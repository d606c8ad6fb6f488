"""What is wrong with a condition (`visas_om`): what it asks for does not exist, or can never be so.

Whether a condition holds for some answers is another matter: see `answers.conditions`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.model import Condition, Kind
from utbildningsprocess.swedish import did_you_mean, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from utbildningsprocess.battery.stage_files import KnownQuestions
    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath
    from utbildningsprocess.model import Item, Question

_COMBINATIONS = ("every", "some", "negated")
_COMPARISONS = ("equals", "one_of", "contains", "at_least", "at_most", "less_than_field", "answered")


def _keys(names: Iterable[str]) -> list[str]:
    """The keys by which a battery writes the fields of a condition."""
    return [Condition.model_fields[name].alias or name for name in names]


def _used(condition: Condition, names: Iterable[str]) -> list[str]:
    return _keys(name for name in names if getattr(condition, name) is not None)


def condition_faults(condition: Condition, path: KeyPath, known: KnownQuestions, asker: str = "") -> Faults:
    """What is wrong with the condition at a path; `asker` is the address of the question it decides on."""
    combined = _used(condition, _COMBINATIONS)
    if not combined:
        yield from _comparison(condition, path, known, asker)
    elif len(condition.model_fields_set) > 1:
        yield path, f"”{combined[0]}” ska stå ensam i villkoret."
    elif condition.negated is not None:
        yield from condition_faults(condition.negated, (*path, "inte"), known, asker)
    else:
        inner = condition.every or condition.some or ()
        if not inner:
            yield (*path, combined[0]), f"”{combined[0]}” är tom. Skriv minst ett villkor."
        for place, inner_condition in enumerate(inner):
            yield from condition_faults(inner_condition, (*path, combined[0], place), known, asker)


def _comparison(condition: Condition, path: KeyPath, known: KnownQuestions, asker: str) -> Faults:
    used = _used(condition, _COMPARISONS)
    if condition.question is None:
        yield path, "villkoret saknar ”fraga”."
        return
    if not used:
        yield path, f"villkoret saknar en jämförelse: {', '.join(_keys(_COMPARISONS))}."
    elif len(used) > 1 and set(used) != {"minst", "hogst"}:
        yield path, f"villkoret har flera jämförelser: {joined(used)}. Dela upp dem under ”alla”."
    if condition.question in known.computed:
        yield from _computed(condition, path, known.computed[condition.question])
    elif missing := known.missing(condition.question):
        yield (*path, "fraga"), missing
    elif condition.question == asker:
        yield (*path, "fraga"), "frågan kan inte bero på sitt eget svar."
    elif target := known.by_qid.get(condition.question):
        yield from _compared(condition, path, target)


def _computed(condition: Condition, path: KeyPath, possible: tuple[str, ...]) -> Faults:
    """Faults in what is compared with something that is computed."""
    for key, value in _wanted(condition):
        if possible and value not in possible:
            hint = did_you_mean(str(value), possible) or f"Det kan bli: {', '.join(possible)}."
            yield (*path, *key), f"”{condition.question}” blir aldrig ”{value}”. {hint}"


def _compared(condition: Condition, path: KeyPath, target: Question) -> Faults:
    """Faults in what is compared, now that the question it is compared with is known."""
    misplaced = tuple(_misplaced_fields(condition, path, target))
    yield from misplaced
    if misplaced or condition.answered is not None:
        return
    if target.kind is not Kind.GROUP:
        yield from _values(condition, path, target)
    elif condition.field is None:
        yield path, f"”{target.qid}” är en grupp. Ange också ”falt”."
    elif target.fields:
        yield from _values(condition, path, target.field(condition.field))
        if condition.less_than_field is not None:
            yield from _is_number((*path, "mindre_an_falt"), target.field(condition.less_than_field))


def _misplaced_fields(condition: Condition, path: KeyPath, target: Question) -> Faults:
    known = [field.id for field in target.fields]
    for key, wanted in (("falt", condition.field), ("mindre_an_falt", condition.less_than_field)):
        if wanted is None:
            continue
        if target.kind is not Kind.GROUP:
            yield (*path, key), f"”{target.qid}” är ingen grupp och har inga fält. Ta bort raden."
        elif known and wanted not in known:
            hint = did_you_mean(wanted, known) or f"Fälten är: {', '.join(known)}."
            yield (*path, key), f"fältet ”{wanted}” finns inte i {target.qid}. {hint}"


def _values(condition: Condition, path: KeyPath, item: Item) -> Faults:
    for key, value in _wanted(condition):
        yield from _value((*path, *key), value, item)
    for name, number in (("minst", condition.at_least), ("hogst", condition.at_most)):
        if number is not None:
            yield from _is_number((*path, name), item)
    if condition.less_than_field is not None:
        yield from _is_number((*path, "falt"), item)


def _wanted(condition: Condition) -> Iterator[tuple[KeyPath, object]]:
    if condition.equals is not None:
        yield ("ar",), condition.equals
    yield from ((("i", place), value) for place, value in enumerate(condition.one_of or ()))
    if isinstance(condition.contains, str):
        yield ("innehaller",), condition.contains
    else:
        yield from ((("innehaller", place), value) for place, value in enumerate(condition.contains or ()))


def _value(path: KeyPath, value: object, item: Item) -> Faults:
    match item.kind:
        case Kind.YES_NO:
            if not isinstance(value, bool):
                yield path, f"”{item.id}” besvaras med ja eller nej. Skriv true eller false."
        case Kind.NUMBER:
            if isinstance(value, bool) or not isinstance(value, (int, float)):
                yield path, f"”{item.id}” besvaras med ett tal. Skriv ett tal utan citattecken."
        case Kind.CHOICE | Kind.MULTIPLE:
            known = [option.id for option in item.options]
            if known and value not in known:
                hint = did_you_mean(str(value), known) or f"Alternativen är: {', '.join(known)}."
                yield path, f"alternativet ”{value}” finns inte i ”{item.id}”. {hint}"
        case Kind.TIME_SPAN:
            yield path, f"”{item.id}” har typen {item.kind}. Skriv bara om den är besvarad: true eller false."
        case Kind.TEXT | Kind.LONG_TEXT | Kind.DATE | Kind.LIST | Kind.STATEMENTS:
            pass
        case Kind.GROUP | Kind.REFERENCE | Kind.REFERENCES:
            pass
        case _:
            assert_never(item.kind)


def _is_number(path: KeyPath, item: Item) -> Faults:
    if item.kind is not Kind.NUMBER and not item.of_numbers:
        yield path, f"”{item.id}” har typen {item.kind}. Bara tal går att jämföra så."
