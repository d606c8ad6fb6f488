"""A new dossier: its title, the headings of all stages and the questions of the first."""

from __future__ import annotations

from utbildningsprocess.documents.template import raw_text
from utbildningsprocess.dossier.document import open_stage, title_line, with_answer
from utbildningsprocess.dossier.markers import DOSSIER_FORMAT
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.steps import ABOUT, STEP_IDS


def new_dossier(template: str, title: str, sheet: AnswerSheet) -> str:
    """A dossier: its title, the headings of all stages, the questions of the first, and answers if any."""
    stages = sheet.battery.stages
    sections = [stage for stage in stages if stage.is_step or stage.id == ABOUT]
    text = raw_text(template, {"format": DOSSIER_FORMAT, "titelrad": title_line(title), "avsnitt": sections})
    text = open_stage(text.rstrip("\n") + "\n", AnswerSheet(sheet.battery, {}), STEP_IDS[0])
    for stage in stages:
        given = [question.qid for question in stage.questions if question.qid in sheet.answers]
        if given:
            text = open_stage(text, sheet, stage.id)
        for qid in given:
            text = with_answer(text, sheet.battery, qid, sheet.answers[qid])
    return text
