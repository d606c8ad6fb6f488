"""`rod-trad.yaml` -> what there is to say of each rule, or every error in the file at once."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError
from pydantic import Field as Key

from utbildningsprocess.battery.sentences import sentences
from utbildningsprocess.checks.model import Grade, RuleText
from utbildningsprocess.checks.registry import CHECKS, WORDS
from utbildningsprocess.data_files.braces import not_filled_in
from utbildningsprocess.data_files.yaml_text import load_yaml, tuples
from utbildningsprocess.errors import Broken, listed
from utbildningsprocess.swedish import did_you_mean, fold

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.data_files.yaml_text import Located

    Path = tuple[str | int, ...]
    Faults = Iterator[tuple[Path, str]]

FORMAT = 1
RULES = "regler"


class _Data(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class _File(_Data):
    rules: tuple[object, ...] = Key(alias=RULES)


class _Rule(_Data):
    id: str
    grade: Literal["rod", "gul", "tips"] = Key(alias="grad")
    stage: Literal["behov", "analys", "koncept", "produktion", "genomforande", "uppfoljning", "alla"] = Key(
        alias="steg"
    )
    title: str = Key(alias="titel")
    condition: str = Key(alias="villkor")
    text: str
    why: str = Key(alias="darfor")
    source: str = Key(alias="kalla")


def load_rules(text: str, name: str, known: Iterable[str] = tuple(CHECKS)) -> Mapping[str, RuleText]:
    """What the text says of each rule, by id, in its order; a rule left out is not applied.

    Raises Broken with every error, a line each: `fil:rad: vad. Menade du …?`
    """
    located = load_yaml(text, name, key=lru_cache(fold))
    rules, faults = _read(located, tuple(known))
    if faults:
        lines = sorted({(located.line(path), " ".join(what.split())) for path, what in faults})
        raise Broken(listed([f"{name}:{line}: {what}" for line, what in lines]))
    return MappingProxyType({rule.id: _as_text(rule) for rule in rules})


def _as_text(rule: _Rule) -> RuleText:
    return RuleText(
        id=rule.id,
        grade=Grade(rule.grade),
        stage=rule.stage,
        title=rule.title,
        condition=rule.condition,
        text=rule.text,
        why=rule.why,
        source=rule.source,
    )


def _read(located: Located, known: Sequence[str]) -> tuple[list[_Rule], list[tuple[Path, str]]]:
    """The rules that could be read, and what is wrong in the whole file."""
    value = tuples(located.value)
    if not isinstance(value, dict):
        return [], [((), f"filen ska ha nycklarna ”format” och ”{RULES}”.")]
    faults = list(_header_faults(value))
    rules = []
    raw = value.get(RULES)
    for place, one in enumerate(raw if isinstance(raw, tuple) else ()):
        rule, wrong = _rule(one)
        faults += [((RULES, place, *path), what) for path, what in wrong]
        if rule:
            rules.append(rule)
    return rules, [*faults, *_id_faults(raw, known)]


def _header_faults(value: dict[str, Any]) -> Faults:
    header = dict(value)
    found = header.pop("format", None)
    if found != FORMAT or isinstance(found, bool):
        yield ("format",), f"den här versionen läser bara format {FORMAT}. Skriv format: {FORMAT}."
    yield from _validated(header, _File)[1]


def _validated(value: Any, model: type[_Data]) -> tuple[Any, list[tuple[Path, str]]]:
    """The value as the model has it, or what is wrong with it."""
    try:
        return model.model_validate(value), []
    except ValidationError as error:
        return None, list(sentences(error.errors(), value, model))


def _rule(value: object) -> tuple[_Rule | None, list[tuple[Path, str]]]:
    if not isinstance(value, dict):
        return None, [((), "en regel ska ha nycklar, till exempel ”id” och ”text”.")]
    rule, faults = _validated(value, _Rule)
    faults += _name_faults(value)
    empty = [key for key, given in value.items() if isinstance(given, str) and not given.strip()]
    return rule, [*faults, *(((key,), f"”{key}” är tom. Skriv det som ska läsas.") for key in empty)]


def _name_faults(rule: dict[str, Any]) -> Faults:
    """Names in braces that the rule does not fill in; it fills in those of its sentence only."""
    if (rule_id := str(rule.get("id"))) not in CHECKS:
        return
    for key, given in rule.items():
        if isinstance(given, str):
            known = WORDS.get(rule_id, ()) if key == "text" else ()
            yield from (((key,), what) for what in not_filled_in(given, known))


def _id_faults(raw: object, known: Sequence[str]) -> Faults:
    """Ids that stand twice, or that no function belongs to."""
    seen: set[str] = set()
    for place, rule in enumerate(raw if isinstance(raw, tuple) else ()):
        rule_id = rule.get("id") if isinstance(rule, dict) else None
        if not isinstance(rule_id, str) or not rule_id.strip():
            continue
        path = (RULES, place, "id")
        if rule_id in seen:
            yield path, f"regeln {rule_id} finns redan i filen. Ta bort den ena."
        elif rule_id not in known:
            yield path, f"regeln ”{rule_id}” finns inte. {no_such_rule(rule_id, known)}"
        seen.add(rule_id)


def no_such_rule(wanted: str, known: Sequence[str]) -> str:
    """What to say to somebody who means a rule that does not exist."""
    hint = did_you_mean(wanted, known)
    return f"{hint} Reglerna är {known[0]}–{known[-1]}.".lstrip()
