"""What must hold between the parts of a battery: ids, labels, and everything that points elsewhere.

Each rule takes a question in its place and gives the faults it finds, as a path and a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.addresses import DERIVED
from utbildningsprocess.battery.conditions import condition_faults
from utbildningsprocess.model import Kind, Question
from utbildningsprocess.swedish import did_you_mean, fold, joined, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from utbildningsprocess.battery.reading import Faults, Path, Reading
    from utbildningsprocess.model import GroupField, Item, Option, Statement

_ID = re.compile(r"[a-z0-9_]+")
_PREFIX = re.compile(r"[A-Z]{1,3}")
_NEEDED = ("options", "points_at", "fields", "statements")
"""Keys that hold at least one thing in the kinds that have them."""


def _own_keys(kind: Kind) -> tuple[str, ...]:  # noqa: PLR0911  a case for each kind
    """The keys that questions of a kind may have, and not those of every other kind."""
    match kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return ("proposal",)
        case Kind.CHOICE:
            return ("options",)
        case Kind.MULTIPLE:
            return ("options", "own_words")
        case Kind.NUMBER:
            return ("unit", "at_least", "at_most")
        case Kind.LIST:
            return ("unit", "at_least", "at_most", "of_numbers")
        case Kind.STATEMENTS:
            return ("options", "statements")
        case Kind.GROUP:
            return ("fields", "row_prefix", "row_name", "most_rows", "prefill")
        case Kind.REFERENCE | Kind.REFERENCES:
            return ("points_at",)
        case Kind.YES_NO | Kind.DATE | Kind.TIME_SPAN:
            return ()
        case _:
            assert_never(kind)


_OWN_KEYS = {kind: _own_keys(kind) for kind in Kind}


def faults_in(reading: Reading) -> Iterator[tuple[str, Path, str]]:
    """Every fault, as file name, path and sentence."""
    yield from _stages(reading)
    prefixes: dict[str, str] = {}
    for file in reading.files:
        seen: set[str] = set()
        for place, (question_id, question) in enumerate(file.questions):
            path: Path = ("fragor", place)
            if question_id and question_id in seen:
                yield file.name, (*path, "id"), f"id ”{question_id}” finns redan i filen. Välj ett annat."
            seen.add(question_id)
            if question is None:
                continue
            for rule in _RULES:
                for inner, sentence in rule(question, reading):
                    yield file.name, (*path, *inner), sentence
            if sentence := _taken(question, prefixes):
                yield file.name, (*path, "rad_id"), sentence


def _taken(question: Question, prefixes: dict[str, str]) -> str:
    """Row ids are addresses, so a prefix has one owner."""
    if not question.row_prefix:
        return ""
    owner = prefixes.setdefault(question.row_prefix, question.qid)
    return "" if owner == question.qid else f"rad_id ”{question.row_prefix}” används redan av {owner}."


def _stages(reading: Reading) -> Iterator[tuple[str, Path, str]]:
    numbers: dict[int, str] = {}
    ids: dict[str, str] = {}
    for file in sorted(reading.files):
        if file.stage_id and not _ID.fullmatch(file.stage_id):
            yield file.name, ("steg",), _bad_id(file.stage_id)
        if (first := ids.setdefault(file.stage_id, file.name)) != file.name and file.stage_id:
            yield file.name, ("steg",), f"steget ”{file.stage_id}” finns redan i {first}."
        if file.stage is None:
            continue
        if (first := numbers.setdefault(file.stage.number, file.name)) != file.name:
            yield file.name, ("nummer",), f"nummer {file.stage.number} används redan av {first}."
        if not file.questions:
            yield file.name, ("fragor",), "”fragor” är tom. Skriv minst en fråga."
        if not file.stage.title.strip():
            yield file.name, ("titel",), "”titel” är tom. Skriv vad steget heter."


# ------------------------------------------------------------- ids and labels


def _items(question: Question) -> list[tuple[Path, Item]]:
    fields: list[tuple[Path, Item]] = [(("falt", place), one) for place, one in enumerate(question.fields)]
    return [((), question), *fields]


def _bad_id(found: str) -> str:
    if not found:
        return "id är tomt. Skriv till exempel ”varfor”."
    suggestion = re.sub(r"[^a-z0-9]+", "_", fold(found)).strip("_")
    hint = f" Skriv till exempel {suggestion}." if suggestion else ""
    return f"id ”{found}” får bara ha a–z, 0–9 och understreck.{hint}"


def _ids(question: Question, _: Reading) -> Faults:
    yield from _id((), question.id)
    for path, item in _items(question):
        yield from _each_id(item.options, (*path, "alternativ"))
    yield from _each_id(question.statements, ("pastaenden",))
    yield from _each_id(question.fields, ("falt",))
    for place, field in enumerate(question.fields):
        if field.id == "id":
            yield ("falt", place, "id"), "id ”id” är upptaget: så heter radens eget id. Välj ett annat."


def _each_id(parts: Sequence[Option | Statement | GroupField], path: Path) -> Faults:
    seen: set[str] = set()
    for place, part in enumerate(parts):
        yield from _id((*path, place), part.id)
        if part.id in seen:
            yield (*path, place, "id"), f"id ”{part.id}” finns redan i listan. Välj ett annat."
        seen.add(part.id)


def _id(path: Path, found: str) -> Faults:
    if not _ID.fullmatch(found):
        yield (*path, "id"), _bad_id(found)


def _labels(question: Question, _: Reading) -> Faults:
    yield from _text((), question.text)
    for path, item in _items(question):
        names = [(one.id, (one.label, *one.former)) for one in item.options]
        yield from _each_label(names, (*path, "alternativ"))
    yield from _each_label(
        [(one.id, (one.text, *one.former)) for one in question.statements], ("pastaenden",)
    )
    yield from _each_label([(one.id, (one.text,)) for one in question.fields], ("falt",))


def _each_label(parts: Sequence[tuple[str, tuple[str, ...]]], path: Path) -> Faults:
    """Answers are read back by label or id, so a label may be no other's label or id."""
    owners = {_folded(own_id): own_id for own_id, _ in parts}
    for place, (own_id, labels) in enumerate(parts):
        yield from _text((*path, place), labels[0])
        for label in filter(str.strip, labels):
            if owners.setdefault(_folded(label), own_id) != own_id:
                yield (
                    (*path, place, "text"),
                    f"texten ”{label}” betyder redan ”{owners[_folded(label)]}”. Två får inte heta likadant.",
                )


def _folded(label: str) -> str:
    return " ".join(nfc(label).casefold().split())


def _text(path: Path, text: str) -> Faults:
    if not text.strip():
        yield (*path, "text"), "”text” är tom. Skriv det som ska läsas."
    elif "\n" in text.strip():
        yield (*path, "text"), "”text” ska stå på en rad. Byt | mot >- för att skriva den på flera."


# -------------------------------------------------------------- kinds and keys


def _keys(question: Question, _: Reading) -> Faults:
    for path, item in _items(question):
        for name in sorted(item.model_fields_set.difference(_OWN_KEYS[item.kind])):
            key = Question.model_fields[name].alias or name
            if kinds := [kind for kind in Kind if name in _OWN_KEYS[kind]]:
                yield (*path, key), f"”{key}” används inte av typen {item.kind}, bara av {joined(kinds)}."
        for name in _OWN_KEYS[item.kind]:
            if name in _NEEDED and not getattr(item, name, True):
                key = Question.model_fields[name].alias or name
                yield (*path, "typ"), f"typen {item.kind} behöver nyckeln ”{key}” med minst en punkt."
        yield from _limits(path, item)


def _limits(path: Path, item: Item) -> Faults:
    if item.at_least is not None and item.at_most is not None and item.at_least > item.at_most:
        yield (*path, "minst"), f"”minst” ({item.at_least}) är större än ”hogst” ({item.at_most})."
    if item.kind is Kind.LIST and not item.of_numbers and item.model_fields_set & {"at_least", "at_most"}:
        yield (*path, "typ"), "”minst” och ”hogst” kräver att listan har ”av_tal: true”."


def _groups(question: Question, _: Reading) -> Faults:
    for place, field in enumerate(question.fields):
        if field.kind.is_composite:
            yield (
                ("falt", place, "typ"),
                f"ett fält kan inte ha typen {field.kind}. Gör en egen fråga av det.",
            )
    if question.row_prefix and not _PREFIX.fullmatch(question.row_prefix):
        yield ("rad_id",), f"rad_id ”{question.row_prefix}” ska vara en till tre versaler, till exempel L."
    if question.most_rows is not None and question.most_rows < 1:
        yield ("hogst_rader",), "”hogst_rader” ska vara minst 1."


# ----------------------------------------------------- what points at questions


def _references(question: Question, reading: Reading) -> Faults:
    for path, item in _items(question):
        for place, qid in enumerate(item.points_at):
            yield from _group_at((*path, "till", place), qid, reading)


def _group_at(path: Path, qid: str, reading: Reading) -> Faults:
    if missing := reading.known.missing(qid):
        yield path, missing
    elif (target := reading.known.by_qid.get(qid)) and target.kind is not Kind.GROUP:
        yield path, f"”{qid}” har typen {target.kind}. Här behövs en fråga av typen grupp."


def _reminders(question: Question, reading: Reading) -> Faults:
    for place, qid in enumerate(question.reminds):
        if missing := reading.known.missing(qid):
            yield ("paminn", place), missing
        elif qid == question.qid:
            yield ("paminn", place), "frågan kan inte påminna om sig själv."


def _proposal(question: Question, _: Reading) -> Faults:
    if question.proposal and question.proposal not in DERIVED:
        hint = did_you_mean(question.proposal, DERIVED)
        yield ("forslag",), f"”{question.proposal}” är inget som räknas fram. {hint}".strip()


def _prefill(question: Question, reading: Reading) -> Faults:
    prefill = question.prefill
    if prefill is None:
        return
    computed = prefill.source in DERIVED
    if not computed:
        yield from _group_at(("forifyll", "fran"), prefill.source, reading)
    field = next((one for one in question.fields if one.id == prefill.target), None)
    if field is None:
        hint = did_you_mean(prefill.target, [one.id for one in question.fields])
        yield ("forifyll", "till"), f"fältet ”{prefill.target}” finns inte i gruppen. {hint}".strip()
    elif computed and field.kind is not Kind.CHOICE:
        yield ("forifyll", "till"), f"fältet ”{field.id}” ska ha typen val när raderna räknas fram."
    elif not computed and (field.kind is not Kind.REFERENCE or prefill.source not in field.points_at):
        sentence = f"fältet ”{field.id}” ska ha typen referens och peka på {prefill.source}."
        yield ("forifyll", "till"), sentence


_RULES: tuple[Callable[[Question, Reading], Faults], ...] = (
    _ids,
    _labels,
    _keys,
    _groups,
    _references,
    _reminders,
    _prefill,
    _proposal,
    condition_faults,
)
