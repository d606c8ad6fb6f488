"""What is wrong between the parts of a battery: ids, labels, and everything that points elsewhere.

Each check takes a question and gives the faults it finds, as a path inside the question and a sentence.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import COUNTED_DEMAND, DERIVED
from utbildningsprocess.battery.condition_faults import Asker, asked_for, condition_faults
from utbildningsprocess.model import Kind, Question
from utbildningsprocess.swedish import did_you_mean, fold, joined, uniform

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from utbildningsprocess.battery.condition_faults import KnownQuestions
    from utbildningsprocess.data_files.strict import DataFile
    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath
    from utbildningsprocess.model import GroupField, Item, Stage

_ID = re.compile(r"[a-z0-9_]+")
_PREFIX = re.compile(r"[A-Z]{1,3}")
_NEEDED = ("options", "points_at", "fields", "statements")
"""Keys that hold at least one thing in the kinds that have them."""


_TAKEN = {"id": "så heter radens eget id", "okanda": "där står de fält som ingen vet än"}


class StageFile(NamedTuple):
    """What could be read of one file. A question that could not be read has its id and None."""

    file: DataFile
    stage_id: str
    stage: Stage | None
    questions: tuple[tuple[str, Question | None], ...]


def _own_keys(kind: Kind) -> tuple[str, ...]:  # noqa: PLR0911  a case for each kind
    """The keys that questions of a kind may have, and not those of every other kind."""
    match kind:
        case Kind.TEXT | Kind.LONG_TEXT:
            return ("proposal", "most_words")
        case Kind.CHOICE | Kind.MULTIPLE:
            return ("options", "own_words")
        case Kind.NUMBER:
            return ("unit", "at_least", "at_most", "decimals")
        case Kind.LIST:
            return ("unit", "at_least", "at_most", "decimals", "of_numbers")
        case Kind.STATEMENTS:
            return ("options", "statements")
        case Kind.GROUP:
            return ("fields", "fields_of", "filled_by", "row_prefix", "row_name", "most_rows", "prefill")
        case Kind.REFERENCE | Kind.REFERENCES:
            return ("points_at",)
        case Kind.DATE:
            return ("approximate", "looks", "proposal")
        case Kind.YES_NO | Kind.TIME_SPAN | Kind.MEASURE:
            return ()
        case _:
            assert_never(kind)


_OWN_KEYS = {kind: _own_keys(kind) for kind in Kind}


def battery_faults(
    stage_files: Sequence[StageFile], known: KnownQuestions, names: Mapping[str, str]
) -> Iterator[tuple[DataFile, KeyPath, str]]:
    """Every fault between the parts of a battery: its file, the path to it, and a sentence.

    `names` are the stages there may be, by id, and what they are called; nothing where any will do.
    """
    yield from _stages(stage_files, names)
    prefixes: dict[str, str] = {}
    for file, _, _, questions in stage_files:
        seen: set[str] = set()
        for place, (question_id, question) in enumerate(questions):
            path: KeyPath = ("fragor", place)
            if question_id and question_id in seen:
                yield file, (*path, "id"), f"id ”{question_id}” finns redan i filen. Välj ett annat."
            seen.add(question_id)
            if question is None:
                continue
            for check in _CHECKS:
                for inner, sentence in check(question, known):
                    yield file, (*path, *inner), sentence
            # Row ids are addresses, so a prefix has one owner.
            prefix = question.row_prefix
            if prefix and (owner := prefixes.setdefault(prefix, question.qid)) != question.qid:
                yield file, (*path, "rad_id"), f"rad_id ”{prefix}” används redan av {owner}."


def _stages(
    stage_files: Sequence[StageFile], names: Mapping[str, str]
) -> Iterator[tuple[DataFile, KeyPath, str]]:
    numbers: dict[int, str] = {}
    ids: dict[str, str] = {}
    for file, stage_id, stage, questions in sorted(stage_files, key=lambda read: read.file.name):
        if stage_id and not _ID.fullmatch(stage_id):
            yield file, ("steg",), _bad_id(stage_id)
        if (first := ids.setdefault(stage_id, file.name)) != file.name and stage_id:
            yield file, ("steg",), f"steget ”{stage_id}” finns redan i {first}."
        if stage is None:
            continue
        if (first := numbers.setdefault(stage.number, file.name)) != file.name:
            yield file, ("nummer",), f"nummer {stage.number} används redan av {first}."
        if not questions:
            yield file, ("fragor",), "”fragor” är tom. Skriv minst en fråga."
        if not stage.title.strip():
            yield file, ("titel",), "”titel” är tom. Skriv vad steget heter."
        elif names:
            yield from ((file, *fault) for fault in _name_faults(stage, names))


def _name_faults(stage: Stage, names: Mapping[str, str]) -> Faults:
    """A stage that the process does not have, or that every command calls something else."""
    if stage.id not in names:
        listed = joined(names.values(), "eller")
        yield ("steg",), f"steget ”{stage.id}” finns inte i processen. Lägg frågorna i {listed}."
    elif stage.title.strip() != names[stage.id]:
        yield ("titel",), f"steget heter ”{names[stage.id]}” i alla kommandon. Skriv så här också."


# ------------------------------------------------------------- ids and labels


def _items(question: Question) -> Iterator[tuple[KeyPath, Item]]:
    """The question and its fields, each with its path."""
    yield (), question
    yield from ((("falt", place), field) for place, field in enumerate(question.fields))


def _bad_id(written: str) -> str:
    if not written:
        return "id är tomt. Skriv till exempel ”varfor”."
    suggestion = re.sub(r"[^a-z0-9]+", "_", fold(written)).strip("_")
    hint = f" Skriv till exempel {suggestion}." if suggestion else ""
    return f"id ”{written}” får bara ha a–z, 0–9 och understreck.{hint}"


def _names(question: Question) -> Iterator[tuple[KeyPath, list[tuple[str, tuple[str, ...]]]]]:
    """The lists in a question, each with its path, as the id of every part, its label and former labels."""
    for path, item in _items(question):
        yield (*path, "alternativ"), [(option.id, (option.label, *option.former)) for option in item.options]
    statements = question.statements
    yield (
        ("pastaenden",),
        [
            (statement.id, (statement.text, *statement.former, *statement.other_meaning))
            for statement in statements
        ],
    )
    yield ("falt",), [(field.id, (field.text, *field.former)) for field in question.fields]


def _ids(question: Question, _known: KnownQuestions) -> Faults:
    yield from _id((), question.id)
    for path, names in _names(question):
        seen: set[str] = set()
        for place, (own_id, _) in enumerate(names):
            yield from _id((*path, place), own_id)
            if own_id in seen:
                yield (*path, place, "id"), f"id ”{own_id}” finns redan i listan. Välj ett annat."
            seen.add(own_id)


def _id(path: KeyPath, written: str) -> Faults:
    if not _ID.fullmatch(written):
        yield (*path, "id"), _bad_id(written)


def _labels(question: Question, _known: KnownQuestions) -> Faults:
    """Answers are read back by label or id, so a label may be no other's label or id."""
    yield from _text((), question.text)
    for path, names in _names(question):
        owners = {uniform(own_id): own_id for own_id, _ in names}
        for place, (own_id, labels) in enumerate(names):
            yield from _text((*path, place), labels[0])
            for label in filter(str.strip, labels):
                if (owner := owners.setdefault(uniform(label), own_id)) != own_id:
                    sentence = f"texten ”{label}” betyder redan ”{owner}”. Två får inte heta likadant."
                    yield (*path, place, "text"), sentence


_MARKUP = re.compile(r"^(?:(?:#{1,6}|[-*+]|\d+[.)])(?: |$)|>|[-*_=]{3,}$|\[[ xX]?\])|\*\*|__|`|\]\(")
"""What Markdown takes for something else than words, where an answer is read back by them."""
_MARKER = "<!--"
"""How the markers of a dossier begin."""


def _plain_words(question: Question, _known: KnownQuestions) -> Faults:
    """Labels that cannot be read back from a dossier, and texts that would be taken for a marker in it."""
    for path, names in _names(question):
        for place, (_, labels) in enumerate(names):
            if _MARKUP.search(labels[0].strip()):
                sentence = f"texten ”{labels[0]}” har tecken som betyder något i Markdown. Skriv bara ord."
                yield (*path, place, "text"), sentence
    if _MARKER in question.model_dump_json():
        yield ("text",), f"frågan har en text med ”{_MARKER}”, som dossiern använder. Skriv den utan."


def _waits_for_itself(question: Question, known: KnownQuestions) -> Faults:
    """A question that is asked only when others are answered, which wait for it."""
    waiting, seen = [question], {question.qid}
    while waiting:
        asked = waiting.pop()
        others = [*asked_for(asked.relevant_if)] if asked.relevant_if else []
        if question.qid in others and asked is not question:
            why = "frågan väntar på ett svar som väntar på den."
            yield ("visas_om",), f"{why} Ta bort villkoret här eller i {asked.qid}."
            return
        waiting += [other for qid in others if qid not in seen and (other := known.by_qid.get(qid))]
        seen.update(others)


def _text(path: KeyPath, text: str) -> Faults:
    if not text.strip():
        yield (*path, "text"), "”text” är tom. Skriv det som ska läsas."
    elif "\n" in text.strip():
        yield (*path, "text"), "”text” ska stå på en rad. Byt | mot >- för att skriva den på flera."


# -------------------------------------------------------------- kinds and keys


def _keys(question: Question, _: KnownQuestions) -> Faults:
    for path, item in _items(question):
        for name in sorted(item.model_fields_set.difference(_OWN_KEYS[item.kind])):
            key = type(item).model_fields[name].alias or name
            if kinds := [kind for kind in Kind if name in _OWN_KEYS[kind]]:
                yield (*path, key), f"”{key}” används inte av typen {item.kind}, bara av {joined(kinds)}."
        for name in _OWN_KEYS[item.kind]:
            if name in _NEEDED and not getattr(item, name, True) and not getattr(item, "fields_of", ""):
                key = type(item).model_fields[name].alias or name
                yield (*path, "typ"), f"typen {item.kind} behöver nyckeln ”{key}” med minst en punkt."
        yield from _limits(path, item)
        yield from _options(path, item)


def _options(path: KeyPath, item: Item) -> Faults:
    if item.options and not item.offered:
        yield (*path, "alternativ"), "alla alternativ är ”utgar”, så det finns inget att välja."
    for place, option in enumerate(item.options):
        if option.excludes and item.kind is not Kind.MULTIPLE:
            why = f"”utesluter” används bara i ett flerval. Typen {item.kind} tar ändå bara ett alternativ."
            yield (*path, "alternativ", place, "utesluter"), why


def _limits(path: KeyPath, item: Item) -> Faults:
    if item.at_least is not None and item.at_most is not None and item.at_least > item.at_most:
        yield (*path, "minst"), f"”minst” ({item.at_least}) är större än ”hogst” ({item.at_most})."
    if (
        item.kind is Kind.LIST
        and not item.of_numbers
        and item.model_fields_set
        & {
            "at_least",
            "at_most",
            "decimals",
        }
    ):
        yield (*path, "typ"), "”minst”, ”hogst” och ”decimaler” kräver att listan har ”av_tal: true”."


def _groups(question: Question, _: KnownQuestions) -> Faults:
    for place, field in enumerate(question.fields):
        if field.id in _TAKEN:
            yield ("falt", place, "id"), f"id ”{field.id}” är upptaget: {_TAKEN[field.id]}. Välj ett annat."
        if field.late and field.core:
            yield ("falt", place, "sent"), "”sent” och ”karna” går inte ihop på samma fält. Ta bort det ena."
        if field.kind.is_composite:
            sentence = f"ett fält kan inte ha typen {field.kind}. Gör en egen fråga av det."
            yield ("falt", place, "typ"), sentence
    if question.fields and all(field.late for field in question.fields):
        yield ("falt",), "alla fält är ”sent”, så en ny rad skulle bli tom. Låt minst ett vara utan."
    if question.row_prefix and not _PREFIX.fullmatch(question.row_prefix):
        yield ("rad_id",), f"rad_id ”{question.row_prefix}” ska vara en till tre versaler, till exempel L."
    if question.most_rows is not None and question.most_rows < 1:
        yield ("hogst_rader",), "”hogst_rader” ska vara minst 1."


# ----------------------------------------------------- what points at questions


def _references(question: Question, known: KnownQuestions) -> Faults:
    for path, item in _items(question):
        for place, qid in enumerate(item.points_at):
            yield from _group_at((*path, "till", place), qid, known)


def _group_at(path: KeyPath, qid: str, known: KnownQuestions) -> Faults:
    if missing := known.missing(qid):
        yield path, missing
    elif (target := known.by_qid.get(qid)) and target.kind is not Kind.GROUP:
        yield path, f"”{qid}” har typen {target.kind}. Här behövs en fråga av typen grupp."


def _reminders(question: Question, known: KnownQuestions) -> Faults:
    for place, qid in enumerate(question.reminds):
        if missing := known.missing(qid):
            yield ("paminn", place), missing
        elif qid == question.qid:
            yield ("paminn", place), "frågan kan inte påminna om sig själv."


def _proposal(question: Question, _: KnownQuestions) -> Faults:
    if question.proposal and question.proposal not in DERIVED:
        hint = did_you_mean(question.proposal, DERIVED)
        yield ("forslag",), f"”{question.proposal}” är inget som räknas fram. {hint}".strip()
    elif question.proposal and (question.kind is Kind.DATE) != (question.proposal == COUNTED_DEMAND):
        yield ("forslag",), f"”{question.proposal}” passar inte en fråga med typen {question.kind}."


def _prefill(question: Question, known: KnownQuestions) -> Faults:
    prefill = question.prefill
    if prefill is None:
        return
    computed = prefill.source in DERIVED
    chosen = computed or prefill.is_of_options
    if not chosen:
        yield from _group_at(("forifyll", "fran"), prefill.source, known)
    field = next((field for field in question.fields if field.id == prefill.target), None)
    if field is None and prefill.target in _asked_no_longer(question, known):
        return
    if field is None:
        hint = did_you_mean(prefill.target, [field.id for field in question.fields])
        yield ("forifyll", "till"), f"fältet ”{prefill.target}” finns inte i gruppen. {hint}".strip()
    elif chosen and field.kind is not Kind.CHOICE:
        when = "raderna räknas fram" if computed else "det blir en rad för varje alternativ"
        yield ("forifyll", "till"), f"fältet ”{field.id}” ska ha typen val när {when}."
    elif question.most_rows is not None and prefill.is_of_options and len(field.offered) > question.most_rows:
        yield ("forifyll", "fran"), f"fältet har fler alternativ än ”hogst_rader” ({question.most_rows})."
    elif not chosen and (field.kind is not Kind.REFERENCE or prefill.source not in field.points_at):
        sentence = f"fältet ”{field.id}” ska ha typen referens och peka på {prefill.source}."
        yield ("forifyll", "till"), sentence


def _asked_no_longer(question: Question, known: KnownQuestions) -> dict[str, GroupField]:
    """The fields by id that a group of ours has, and an organisation's own in its place has not."""
    own = {field.id for field in question.fields}
    whole = known.by_qid.get(question.qid) or question
    return {field.id: field for field in whole.fields if field.id not in own}


def _condition(question: Question, known: KnownQuestions) -> Faults:
    if question.relevant_if is not None:
        yield from condition_faults(question.relevant_if, ("visas_om",), known, Asker(question.qid))
    more = _asked_no_longer(question, known).values()
    whole = known.by_qid.get(question.qid) or question
    for place, field in enumerate(question.fields):
        if field.relevant_if is not None:
            before = {earlier.id for earlier in (*question.fields[:place], *more)}
            asker = Asker(
                question.qid, [known_field for known_field in whole.fields if known_field.id in before]
            )
            yield from condition_faults(field.relevant_if, ("falt", place, "visas_om"), known, asker)


def _follow_ups(question: Question, _: KnownQuestions) -> Faults:
    for place, text in enumerate(question.follow_ups):
        if not text.strip():
            yield ("foljdfragor", place), "följdfrågan är tom. Skriv den, eller ta bort raden."


def _at_start(question: Question, _: KnownQuestions) -> Faults:
    if question.at_start and question.kind.is_composite:
        yield ("vid_start",), f"typen {question.kind} är för lång att fråga vid start. Ta bort raden."


def _fields_of(question: Question, known: KnownQuestions) -> Faults:
    if not question.fields_of:
        return
    if missing := known.missing(question.fields_of):
        yield ("falt_ur",), missing
    elif (asked := known.by_qid.get(question.fields_of)) and asked.kind is not Kind.STATEMENTS:
        why = f"”{asked.qid}” har typen {asked.kind}. Här behövs en fråga av typen {Kind.STATEMENTS}."
        yield ("falt_ur",), why


def _causes(question: Question, known: KnownQuestions) -> Faults:
    for place, statement in enumerate(question.statements if known.causes else ()):
        for cause in statement.causes:
            if cause not in known.causes:
                what = f"påståendet {statement.id} har orsaken ”{cause}”, som inte finns i diagnos.yaml."
                how = did_you_mean(cause, known.causes) or "Lägg till orsaken där, eller byt den här."
                yield ("pastaenden", place), f"{what} {how}"


_CHECKS = (
    *(_follow_ups, _fields_of, _ids, _labels, _plain_words, _keys, _groups),
    *(_references, _reminders, _prefill, _proposal, _condition, _causes, _waits_for_itself, _at_start),
)
