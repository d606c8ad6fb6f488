"""The dossier as people read it: its text without markers, and what its answers come to below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.diagnosis.sentences import gate_texts, support_name
from utbildningsprocess.markdown import escaped
from utbildningsprocess.plan.thread import strands
from utbildningsprocess.plan.thread_words import LEAST_WIDTH, as_markdown
from utbildningsprocess.screen.showing import reading_copy
from utbildningsprocess.steps import ABOUT, ANALYSIS, CONCEPT, step_name
from utbildningsprocess.work.commentary import time_cost_in_words
from utbildningsprocess.work.outlook_words import diagnosis_line

if TYPE_CHECKING:
    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.open_dossier import OpenDossier

_NOT_APPLYING = "*Gäller inte med de andra svaren som de är nu.*"
_COMPUTED = "## Uträknat ur svaren (står inte i filen)"


def to_read(initiative: OpenDossier, display: Display, stage_id: str | None = None) -> str:
    """The dossier, or one stage of it, as Markdown, with what has been computed from it at the end."""
    remarks = dict.fromkeys(initiative.not_applying, _NOT_APPLYING)
    copy = reading_copy(initiative.content.text, step_name(stage_id) if stage_id else "", remarks)
    words = copy if copy.strip() else f"Det finns inga svar i {step_name(stage_id or ABOUT)} än.\n"
    return words + _computed(initiative, display, stage_id)


def _computed(initiative: OpenDossier, display: Display, stage_id: str | None) -> str:
    """What the answers of a stage, or of them all, come to, as Markdown below a rule; often nothing."""
    sections: list[str] = []
    if stage_id in (None, ANALYSIS):
        sections.append(_diagnosis(initiative.case, initiative.typed_name))
    if stage_id in (None, CONCEPT):
        sections += [_price(initiative), _thread(initiative, display)]
    filled = [section for section in sections if section]
    return "\n" + "\n\n".join(["---", _COMPUTED, *filled]) + "\n" if filled else ""


def _diagnosis(case: Case, name: str) -> str:
    """The outcome and the main actions, and where to read the causes."""
    diagnosis = case.diagnosis
    if diagnosis.outcome is None:
        return ""
    sentences = [
        diagnosis_line(case),
        *gate_texts(case.diagnosis_model, diagnosis),
        f"{support_name(case.diagnosis_model, diagnosis)}.",
        f"Orsakerna, och svaren bakom dem, ser du med: utb diagnos {name}",
    ]
    return f"### Diagnosen\n\n{escaped(' '.join(sentences))}"


def _price(initiative: OpenDossier) -> str:
    words = time_cost_in_words(initiative.workspace, initiative.sheet)
    if not words:
        return ""
    lines = (
        f"- {escaped(line[2:])}" if line.startswith("- ") else escaped(line) for line in words.split("\n")
    )
    return "\n".join(["### Tid och kostnad", "", *lines])


def _thread(initiative: OpenDossier, display: Display) -> str:
    """The red thread, once there is more to it than what is to be measured."""
    threads = strands(initiative.sheet)
    if not any(strand.activities is not None or strand.measures for strand in threads):
        return ""
    columns = not display.plain and display.columns >= LEAST_WIDTH
    return f"### Den röda tråden\n\n{as_markdown(threads, columns=columns)}"
