"""An initiative's answers for machines: as data for JSON, and as an answers file in YAML."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.addresses import stage_of
from utbildningsprocess.answers.accept import plain_value
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.steps import ABOUT
from utbildningsprocess.swedish import visible_json

if TYPE_CHECKING:
    from utbildningsprocess.dossier.document import Dossier
    from utbildningsprocess.work.open_dossier import OpenDossier

FORMAT = 1
_DEVIATIONS = "avsteg"


def as_data(initiative: OpenDossier, stage_id: str | None = None) -> dict[str, object]:
    """What a dossier, or one stage of it, says, ready for JSON; the same is accepted as an answers file."""
    said = answers_as_data(initiative.content, stage_id)
    unasked = said.pop("utan_fraga", None)
    gone = [qid for qid in initiative.not_applying if stage_id in (None, stage_of(qid))]
    return {
        "format": FORMAT,
        "titel": initiative.content.title,
        **said,
        **({"galler_inte": gone} if gone else {}),
        **({"utan_fraga": unasked} if unasked else {}),
        "problem": [{"rad": problem.line, "text": problem.text} for problem in initiative.problems],
    }


def answers_as_data(dossier: Dossier, stage_id: str | None = None) -> dict[str, object]:
    """The answers of a dossier, or of one stage of it, in whatever state they are."""
    given: dict[str, dict[str, object]] = {}
    skipped: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for question in dossier.sheet.battery.questions():
        if stage_id not in (None, question.stage):
            continue
        match dossier.answers.get(question.qid):
            case Given(value):
                given.setdefault(question.stage, {})[question.id] = plain_value(question, value)
            case Skipped(reason):
                skipped[question.qid] = reason
            case Unknown(who):
                unknown[question.qid] = who
            case Unfit() | None:
                pass
            case state:
                assert_never(state)
    unasked = {qid: text for qid, text in dossier.unasked.items() if stage_id in (None, stage_of(qid))}
    return {
        "svar": given,
        "hoppade": skipped,
        "okanda": unknown,
        **({"utan_fraga": unasked} if unasked else {}),
    }


def as_yaml(data: dict[str, object]) -> str:
    """The same data as an answers file for people."""
    given = dict(data["svar"]) if isinstance(data["svar"], dict) else {}
    about = given.pop(ABOUT, {})
    deviations = given.pop(_DEVIATIONS, {})
    whole = {
        "initiativ": {"titel": data["titel"], **about},
        "svar": given,
        "avsteg": next(iter(deviations.values()), None),
        "hoppade": data["hoppade"],
        "okanda": data["okanda"],
        "galler_inte": data.get("galler_inte"),
        "utan_fraga": data.get("utan_fraga"),
        **{key: data.get(key) for key in ("problem", "olast", "utanfor")},
    }
    return "\n".join(_block({key: value for key, value in whole.items() if value}, 0))


def _block(value: object, depth: int) -> list[str]:
    """A mapping or a list as lines. Texts are quoted as JSON, which YAML reads as it stands."""
    pad = "  " * depth
    if isinstance(value, dict) and value:
        return [line for key, inner in value.items() for line in _entry(f"{pad}{_key(key)}:", inner, depth)]
    if isinstance(value, list) and value:
        return [line for item in value for line in _item(item, depth)]
    return [f"{pad}{_scalar(value)}"]


def _entry(start: str, value: object, depth: int) -> list[str]:
    if isinstance(value, str) and _reads_as_lines(value):
        pad = "  " * (depth + 1)
        return [f"{start} |-", *(pad + line if line else "" for line in value.split("\n"))]
    if isinstance(value, (dict, list)) and value:
        return [start, *_block(value, depth + 1)]
    return [f"{start} {_scalar(value)}"]


def _item(value: object, depth: int) -> list[str]:
    lines = _block(value, depth + 1)
    return [f"{'  ' * depth}- {lines[0].lstrip()}", *lines[1:]]


def _key(key: object) -> str:
    text = str(key)
    return (
        text if text.replace("_", "").replace(".", "").isalnum() and not text[0].isdigit() else _scalar(text)
    )


def _reads_as_lines(text: str) -> bool:
    """Whether a text stays the same in a literal block."""
    lines = text.split("\n")
    return len(lines) > 1 and not text[:1].isspace() and all(_is_plain(line) for line in lines)


def _is_plain(line: str) -> bool:
    return line.isprintable() and line == line.rstrip()


def _scalar(value: object) -> str:
    return visible_json(json.dumps(value, ensure_ascii=False))
