"""`utb visa`: the dossier as a reading copy, or its answers for machines."""

from __future__ import annotations

import json
import shutil
from typing import TYPE_CHECKING, assert_never

from utbildningsprocess import dossier, files
from utbildningsprocess.answers.accept import plain_value
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.completion import FORMATS
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.output import result
from utbildningsprocess.cli.status import diagnosis_line
from utbildningsprocess.cli.support import is_plain
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace
from utbildningsprocess.markdown import escaped
from utbildningsprocess.model import Given, Skipped, Unfit, Unknown
from utbildningsprocess.plan.cost import balance
from utbildningsprocess.plan.cost_words import explained
from utbildningsprocess.plan.thread import WIDE, as_markdown, strands
from utbildningsprocess.screen import reading_copy, show_markdown
from utbildningsprocess.steps import ABOUT, ANALYSIS, CONCEPT, parse_step, step_name

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.checks import Case
    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.dossier import Dossier
    from utbildningsprocess.model import AnswerSheet, Battery

FORMAT = 1
DEVIATIONS = "avsteg"
COMPUTED = "## Uträknat ur svaren (står inte i filen)"


def show(initiative: str, step: str | None, form: str) -> None:
    """Shows a dossier, or one step of it, in a format."""
    form = known_format(form, FORMATS)
    stage_id = parse_step(step) if step else None
    workspace = open_workspace()
    path = meant_dossier(workspace, initiative)
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    if form == "text":
        copy = reading_copy(content.text, step_name(stage_id) if stage_id else "")
        said = copy if copy.strip() else f"Det finns inga svar i {step_name(stage_id or ABOUT)} än.\n"
        whole = said + computed(workspace, path, content.sheet, stage_id)
        show_markdown(whole, plain=is_plain(workspace))
        return
    data = as_data(content, workspace.battery, stage_id)
    result(json.dumps(data, ensure_ascii=False) if form == "json" else as_yaml(data))


def as_data(content: Dossier, battery: Battery, stage_id: str | None = None) -> dict[str, object]:
    """What a dossier says, ready for JSON; the same is accepted as an answers file."""
    given: dict[str, dict[str, object]] = {}
    skipped: dict[str, str] = {}
    unknown: dict[str, str] = {}
    for question in battery.questions():
        answer = content.answers.get(question.qid)
        if stage_id not in (None, question.stage):
            continue
        match answer:
            case Given(value):
                given.setdefault(question.stage, {})[question.id] = plain_value(question, value)
            case Skipped(reason):
                skipped[question.qid] = reason
            case Unknown(who):
                unknown[question.qid] = who
            case Unfit() | None:
                pass
            case _:
                assert_never(answer)
    return {
        "format": FORMAT,
        "titel": content.title,
        "svar": given,
        "hoppade": skipped,
        "okanda": unknown,
        "problem": [{"rad": problem.line, "text": problem.text} for problem in content.problems],
    }


# ---------------------------------------------------------- what is computed


def computed(workspace: Workspace, path: Path, sheet: AnswerSheet, stage_id: str | None) -> str:
    """What the answers of a stage, or of them all, come to, as Markdown below a rule; often nothing."""
    case = workspace.case(sheet)
    sections: list[str] = []
    if stage_id in (None, ANALYSIS):
        sections.append(_diagnosis(case, workspace.name(path)))
    if stage_id in (None, CONCEPT):
        sections += [_price(workspace, case), _thread(workspace, sheet)]
    said = [section for section in sections if section]
    return "\n" + "\n\n".join(["---", COMPUTED, *said]) + "\n" if said else ""


def _diagnosis(case: Case, name: str) -> str:
    """The outcome and the main actions, and where to read the causes."""
    found, rules = case.diagnosis, case.rules
    if found.outcome is None:
        return ""
    gates = [one for one in rules.gates if one.id == found.gate or one.addition in found.additions]
    sentences = [
        diagnosis_line(case),
        *(gate.text for gate in gates),
        f"Orsakerna, och svaren bakom dem, ser du med: {PROGRAM} diagnos {name}",
    ]
    return f"### Diagnosen\n\n{escaped(' '.join(sentences))}"


def _price(workspace: Workspace, case: Case) -> str:
    if case.price is None:
        return ""
    settings = workspace.root.settings
    divided = balance(case.answers, workspace.rules.everyday_forms())
    lines = explained(case.price, divided, settings.cost, esther=settings.esther).split("\n")
    said = (f"- {escaped(line[2:])}" if line.startswith("- ") else escaped(line) for line in lines)
    return "\n".join(["### Tid och kostnad", "", *said])


def _thread(workspace: Workspace, sheet: AnswerSheet) -> str:
    """The red thread, once there is more to it than what is to be measured."""
    found = strands(sheet)
    if not any(strand.activities is not None or strand.measures for strand in found):
        return ""
    columns = not is_plain(workspace) and shutil.get_terminal_size().columns >= WIDE
    return f"### Den röda tråden\n\n{as_markdown(found, columns=columns)}"


# --------------------------------------------------------------------- YAML


def as_yaml(data: dict[str, object]) -> str:
    """The same data as an answers file for people."""
    given = dict(data["svar"]) if isinstance(data["svar"], dict) else {}
    about = given.pop(ABOUT, {})
    deviations = given.pop(DEVIATIONS, {})
    whole = {
        "initiativ": {"titel": data["titel"], **about},
        "svar": given,
        "avsteg": next(iter(deviations.values()), None),
        "hoppade": data["hoppade"],
        "okanda": data["okanda"],
    }
    return "\n".join(_block({key: value for key, value in whole.items() if value}, 0))


def _block(value: object, depth: int) -> list[str]:
    """A mapping or a list as lines. Texts are quoted as JSON, which YAML reads as it stands."""
    pad = "  " * depth
    if isinstance(value, dict):
        return [line for key, one in value.items() for line in _entry(f"{pad}{_key(key)}:", one, depth)]
    if isinstance(value, list):
        return [line for one in value for line in _item(one, depth)]
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
    return json.dumps(value, ensure_ascii=False)
