"""What a conversation can draw on: the methods, what the answers come to, and the thread check."""

from __future__ import annotations

from collections import Counter
from functools import cache, partial
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import ACTIVITIES, COST_BASIS, TARGET_GROUPS, stage_of
from utbildningsprocess.conversation.talk import Commentary
from utbildningsprocess.lessons.model import Recollection
from utbildningsprocess.steps import ANALYSIS, CONCEPT

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.diagnosis.counting import Diagnosis
    from utbildningsprocess.diagnosis.respondents import Weighed
    from utbildningsprocess.model import AnswerSheet, Stage
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.experiences import Experiences
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.workspace import Workspace

_COUNTED = (TARGET_GROUPS, ACTIVITIES, COST_BASIS)
"""The questions whose answers change what the participants' time costs."""
_SECONDS = {ANALYSIS: 2.0, CONCEPT: 0.3}
"""How long somebody waits for lessons not read before: longest where a stage has just ended."""


def commentary_for(initiative: OpenDossier, stage: Stage, display: Display) -> Commentary:
    """The support of one stage. Nothing is read or counted before it is asked for."""
    workspace = initiative.workspace
    around = cache(partial(_around, initiative, _SECONDS.get(stage.id, 0.0)))
    return Commentary(
        method=partial(_method, workspace),
        remark=partial(_remark, workspace, stage.id),
        summary=partial(_summary, initiative, stage.id, around, display),
        advice=partial(_advice, workspace, stage.id),
        recall=partial(_recall, initiative, around, display),
        pass_over=partial(_pass_over, initiative),
    )


def _around(initiative: OpenDossier, seconds: float) -> Experiences | None:
    """What the initiatives that lie with this one have learnt, read once in a talk.

    Nothing is loaded for an initiative that lies alone.
    """
    workspace = initiative.workspace
    if len(workspace.paths()) + len(workspace.archived()) <= 1:
        return None
    from utbildningsprocess.work.recalling import learnt_around

    return learnt_around(initiative, seconds)


def _recall(
    initiative: OpenDossier, around: Callable[[], Experiences | None], display: Display
) -> Recollection:
    learnt = around()
    if learnt is None:
        return Recollection()
    from utbildningsprocess.work.recalling import recalled_for

    return recalled_for(initiative, learnt, display)


def _pass_over(initiative: OpenDossier, keys: Sequence[str]) -> None:
    from utbildningsprocess.files.passed_over import keep_passed_over

    keep_passed_over(initiative.path, initiative.identity, keys)


def _method(workspace: Workspace, qid: str) -> str:
    from utbildningsprocess.learning_objects import in_plain_text, method_for, method_markdown

    method = method_for(workspace.learning_objects, qid)
    if method is None:
        return ""
    settings = workspace.settings
    text = in_plain_text(method_markdown(method, settings.contact, settings.library))
    return f"{text}\nMer att läsa om steget: utb metod {stage_of(qid)}"


def _remark(workspace: Workspace, stage_id: str, qid: str, sheet: AnswerSheet) -> str:
    """The time so far, after an answer in Koncept that changes it."""
    if stage_id != CONCEPT or qid not in _COUNTED:
        return ""
    from utbildningsprocess.plan.cost_words import price_in_short

    price = workspace.case(sheet).price
    return price_in_short(price, workspace.settings.cost) if price else ""


def _summary(
    initiative: OpenDossier,
    stage_id: str,
    around: Callable[[], Experiences | None],
    display: Display,
    sheet: AnswerSheet,
) -> str:
    """The diagnosis after Analys, the cost after Koncept."""
    if stage_id == CONCEPT:
        return time_cost_in_words(initiative.workspace, sheet)
    if stage_id != ANALYSIS:
        return ""
    from utbildningsprocess.work.recalling import own_evidence

    diagnosis = diagnosis_in_words(initiative.workspace, sheet, display._replace(plain=True))
    return "\n\n".join(filter(None, [diagnosis, own_evidence(initiative, around(), display.width)]))


def _advice(workspace: Workspace, stage_id: str, sheet: AnswerSheet) -> Sequence[Finding]:
    from utbildningsprocess.checks.findings import check, most_important

    findings = check(workspace.case(sheet), workspace.thread_rules)
    return most_important(findings, stage_id, len(findings))


def diagnosis_in_words(workspace: Workspace, sheet: AnswerSheet, display: Display) -> str:
    """The diagnosis of the answers as text; strength is drawn as bars, too, where they are not in the way."""
    from utbildningsprocess.diagnosis.counting import diagnose
    from utbildningsprocess.diagnosis.tipping import tipping_points
    from utbildningsprocess.diagnosis.words import diagnosis_text

    model = workspace.diagnosis_model
    diagnosis, tipping = diagnose(model, sheet.answers), tipping_points(model, sheet)
    return diagnosis_text(model, sheet, diagnosis, tipping, width=display.width, bars=not display.plain)


def counting_in_words(workspace: Workspace, sheet: AnswerSheet, display: Display) -> str:
    """How the diagnosis of the answers is counted, line by line, as on paper."""
    from utbildningsprocess.diagnosis.counting import diagnose
    from utbildningsprocess.diagnosis.reckoning import reckoning_text
    from utbildningsprocess.diagnosis.tipping import tipping_points

    model = workspace.diagnosis_model
    diagnosis, tipping = diagnose(model, sheet.answers), tipping_points(model, sheet)
    return reckoning_text(model, sheet, diagnosis, tipping, width=display.width)


def time_cost_in_words(workspace: Workspace, sheet: AnswerSheet) -> str:
    """What the participants' time costs, and how it divides between kinds of learning; empty at first."""
    from utbildningsprocess.plan.cost_words import price_in_words

    case, settings = workspace.case(sheet), workspace.settings
    if case.price is None:
        return ""
    return price_in_words(case.price, case.balance, settings.cost, esther=settings.esther)


def diagnosis_as_data(diagnosis: Diagnosis) -> dict[str, object]:
    """The diagnosis, ready for JSON."""
    causes = [
        {
            "id": cause.id,
            "stark": cause.is_strong,
            "mycket": cause.much,
            "delvis": cause.partly,
            "svar": dict(cause.answers),
        }
        for cause in diagnosis.causes
    ]
    return {
        "utfall": diagnosis.outcome,
        "underlag": diagnosis.support or None,
        "brister": list(diagnosis.shortcomings),
        "vilar_pa": list(diagnosis.rests_on),
        "motsagelser": list(diagnosis.contradictions),
        "tillagg": list(diagnosis.additions),
        "huvud": list(diagnosis.main),
        "komplettera": list(diagnosis.complement),
        "hall_ogonen_pa": [cause.id for cause in diagnosis.watched],
        "orsaker": causes,
        "sammanvagt": diagnosis.is_weighed,
        "osakert": list(diagnosis.unknown),
        "svarande": _respondents_as_data(diagnosis.weighed) if diagnosis.weighed else [],
    }


def _respondents_as_data(weighed: Weighed) -> list[dict[str, object]]:
    """Of each statement that somebody has answered alone: how many have, and whether it parts them."""
    return [
        {
            "pastaende": key,
            "sammanvagt": answer,
            "svar": Counter(voice.answers[key] for voice in weighed.said_of(key)),
            "prata_om": key in weighed.all_to_talk_about,
        }
        for key, answer in weighed.answers.items()
    ]
