"""`rod-trad.yaml` -> what there is to say of each rule, or every error in the file at once."""

from __future__ import annotations

from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal

from pydantic import Field as Key

from utbildningsprocess.checks.model import Grade, RuleText
from utbildningsprocess.checks.registry import CHECKS, WORDS
from utbildningsprocess.data_files.strict import DataFile, StrictModel, faultless, not_filled_in
from utbildningsprocess.swedish import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from utbildningsprocess.data_files.yaml_text import Faults, KeyPath

_RULES = "regler"


class _File(StrictModel):
    rules: tuple[object, ...] = Key(alias=_RULES)


class _Rule(StrictModel):
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


@lru_cache(maxsize=8)
def load_rules(text: str, name: str) -> Mapping[str, RuleText]:
    """What the text says of each rule, by id, in its order; a rule left out is not applied.

    Raises Broken with every error, a line each: `fil:rad: vad. Menade du …?`
    """
    file = DataFile(name)
    return MappingProxyType({rule.id: rule for rule in faultless(_rules(file, text), file)})


def _rules(file: DataFile, text: str) -> list[RuleText]:
    """The rules of the file that could be read."""
    mapping = file.mapping(text, f"filen ska ha nycklarna ”format” och ”{_RULES}”.")
    if mapping is None:
        return []
    file.validated(_File, file.without_format(mapping))
    written = mapping[_RULES] if isinstance(mapping.get(_RULES), tuple) else ()
    file.add_faults(_id_faults(written))
    return [read for place, rule in enumerate(written) if (read := _rule(file, (_RULES, place), rule))]


def _rule(file: DataFile, path: KeyPath, mapping: object) -> RuleText | None:
    if not isinstance(mapping, dict):
        file.fault_at(path, "en regel ska ha nycklar, till exempel ”id” och ”text”.")
        return None
    file.add_faults(((*path, *inner), sentence) for inner, sentence in _text_faults(mapping))
    rule = file.validated(_Rule, mapping, path)
    return RuleText(**rule.model_dump() | {"grade": Grade(rule.grade)}) if rule else None


def _text_faults(rule: Mapping[str, Any]) -> Faults:
    """Texts that are empty, or hold a name in braces that is not filled in; only `text` has any that are."""
    rule_id = str(rule.get("id"))
    for key, text in rule.items():
        if not isinstance(text, str):
            continue
        if not text.strip():
            yield (key,), f"”{key}” är tom. Skriv det som ska läsas."
        if rule_id in CHECKS:
            known = WORDS.get(rule_id, ()) if key == "text" else ()
            yield from (((key,), sentence) for sentence in not_filled_in(text, known))


def _id_faults(written: Sequence[object]) -> Faults:
    """Ids that stand twice, or that no function belongs to."""
    seen: set[str] = set()
    for place, rule in enumerate(written):
        rule_id = rule.get("id") if isinstance(rule, dict) else None
        if not isinstance(rule_id, str) or not rule_id.strip():
            continue
        path = (_RULES, place, "id")
        if rule_id in seen:
            yield path, f"regeln {rule_id} finns redan i filen. Ta bort den ena."
        elif rule_id not in CHECKS:
            yield path, f"regeln ”{rule_id}” finns inte. {no_such_rule(rule_id, tuple(CHECKS))}"
        seen.add(rule_id)


def no_such_rule(wanted: str, known: Sequence[str]) -> str:
    """What to say to somebody who means a rule that does not exist: the one meant, and which there are."""
    hint = did_you_mean(wanted, known)
    return f"{hint} Reglerna är {known[0]}–{known[-1]}.".lstrip()
