"""What is wrong with a condition (`visas_om`): what it asks for does not exist, or can never be so.

Whether a condition holds for some answers is another matter: see `answers.conditions`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, assert_never

from utbildningsprocess.addresses import DERIVED, stage_of
from utbildningsprocess.model import Condition, Kind, Question
from utbildningsprocess.swedish import did_you_mean, fold, joined

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath
    from utbildningsprocess.model import Battery, Item

_KEYS = {name: info.alias or name for name, info in Condition.model_fields.items()}
_COMBINATIONS = ("every", "some", "negated")
_COMPARISONS = ("equals", "one_of", "contains", "at_least", "at_most", "less_than_field", "answered")

Computed: TypeAlias = Mapping[str, tuple[str, ...]]
"""By the address of a computed answer what it can be; nothing when that is not known, or any text."""
NOT_KNOWN: Computed = MappingProxyType(dict.fromkeys(DERIVED, ()))
"""That there are computed answers, and not what they can be."""


@dataclass(frozen=True)
class KnownQuestions:
    """The questions a condition may ask for, and what the computed answers it may ask for can be."""

    by_qid: Mapping[str, Question | None]
    stage_ids: tuple[str, ...]
    computed: Computed
    whole: bool = True
    """Whether every file could be read, so that a question not known does not exist."""
    causes: Collection[str] = ()
    """The causes that statements may speak for; any where none is known."""

    def missing(self, qid: str) -> str:
        """The sentence for an address without a question; empty when there is one, or nobody can tell."""
        if qid in self.by_qid or not (self.whole or stage_of(qid) in self.stage_ids):
            return ""
        if "." not in qid:
            near = [known_qid for known_qid in self.by_qid if known_qid.endswith(f".{fold(qid)}")]
            hint = f"Menade du {near[0]}?" if near else "Skriv steg och fråga, till exempel behov.varfor."
        else:
            hint = did_you_mean(qid, [*self.by_qid, *self.computed])
        return f"frågan ”{qid}” finns inte. {hint}".strip()


def known_in(battery: Battery) -> KnownQuestions:
    """The questions of a battery, for a condition that may not ask for anything computed."""
    by_qid = {**battery.named, **{question.qid: question for question in battery.questions()}}
    return KnownQuestions(by_qid, tuple(stage.id for stage in battery.stages), {})


def asked_for(condition: Condition) -> Iterator[str]:
    """The addresses of the questions that a condition asks for."""
    if condition.question:
        yield condition.question
    inner = (*(condition.every or ()), *(condition.some or ()), condition.negated)
    for part in filter(None, inner):
        yield from asked_for(part)


def _used(condition: Condition, names: Iterable[str]) -> list[str]:
    return [_KEYS[name] for name in names if getattr(condition, name) is not None]


class Asker(NamedTuple):
    """What a condition decides on: the address of a question, and of a field those that stand before it."""

    qid: str = ""
    earlier: Sequence[Item] | None = None


_NOBODY = Asker()


def condition_faults(
    condition: Condition, path: KeyPath, known: KnownQuestions, asker: Asker = _NOBODY
) -> Faults:
    """What is wrong with the condition at a path."""
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


def _comparison(condition: Condition, path: KeyPath, known: KnownQuestions, asker: Asker) -> Faults:
    used = _used(condition, _COMPARISONS)
    if condition.question is None and (asker.earlier is None or condition.field is None):
        within = " eller ”falt”" if asker.earlier is not None else ""
        yield path, f"villkoret saknar ”fraga”{within}."
        return
    if not used:
        yield path, f"villkoret saknar en jämförelse: {', '.join(_KEYS[name] for name in _COMPARISONS)}."
    elif len(used) > 1 and set(used) != {"minst", "hogst"}:
        yield path, f"villkoret har flera jämförelser: {joined(used)}. Dela upp dem under ”alla”."
    if condition.question is None:
        yield from _within_row(condition, path, asker.earlier or ())
    elif condition.question in known.computed:
        yield from _computed(condition, path, known.computed[condition.question])
    elif missing := known.missing(condition.question):
        yield (*path, "fraga"), missing
    elif condition.question == asker.qid:
        yield (*path, "fraga"), "frågan kan inte bero på sitt eget svar."
    elif target := known.by_qid.get(condition.question):
        yield from _compared(condition, path, target)


def _within_row(condition: Condition, path: KeyPath, earlier: Sequence[Item]) -> Faults:
    """What is wrong with a comparison with the fields that stand before the field with the condition."""
    fields = {field.id: field for field in earlier}
    missing = False
    for key, wanted in (("falt", condition.field), ("mindre_an_falt", condition.less_than_field)):
        if wanted is not None and wanted not in fields:
            missing = True
            hint = did_you_mean(wanted, fields)
            yield (*path, key), f"fältet ”{wanted}” står inte före det här i gruppen. {hint}".strip()
    if missing or condition.answered is not None:
        return
    yield from _values(condition, path, fields[condition.field or ""])
    if condition.less_than_field is not None:
        yield from _is_number((*path, "mindre_an_falt"), fields[condition.less_than_field])


def _computed(condition: Condition, path: KeyPath, possible: tuple[str, ...]) -> Faults:
    for key, value in _wanted(condition):
        if possible and value not in possible:
            hint = did_you_mean(str(value), possible) or f"Det kan bli: {', '.join(possible)}."
            yield (*path, *key), f"”{condition.question}” blir aldrig ”{value}”. {hint}"


def _compared(condition: Condition, path: KeyPath, target: Question) -> Faults:
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
    for inner, value in _wanted(condition):
        yield from _value((*path, *inner), value, item)
    compared = {"minst": condition.at_least, "hogst": condition.at_most, "falt": condition.less_than_field}
    for key, limit in compared.items():
        if limit is not None:
            yield from _is_number((*path, key), item)


def _wanted(condition: Condition) -> Iterator[tuple[KeyPath, object]]:
    for key, value in (("ar", condition.equals), ("i", condition.one_of), ("innehaller", condition.contains)):
        if isinstance(value, tuple):
            yield from (((key, place), item) for place, item in enumerate(value))
        elif value is not None:
            yield (key,), value


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
        case Kind.TIME_SPAN | Kind.MEASURE:
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
