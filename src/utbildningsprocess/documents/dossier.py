"""A new dossier: its title, the headings of all stages and the questions of the first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.documents.template import filled
from utbildningsprocess.dossier import open_stage, title_line
from utbildningsprocess.dossier.markers import DOSSIER_FORMAT
from utbildningsprocess.model import AnswerSheet
from utbildningsprocess.steps import ABOUT, STEP_IDS

if TYPE_CHECKING:
    from utbildningsprocess.model import Battery


def new_dossier(template: str, title: str, battery: Battery) -> str:
    """A dossier with its title, the headings of all stages and the questions of the first."""
    sections = [stage for stage in battery.stages if stage.is_step or stage.id == ABOUT]
    text = filled(template, {"format": DOSSIER_FORMAT, "titelrad": title_line(title), "avsnitt": sections})
    return open_stage(text.rstrip("\n") + "\n", AnswerSheet(battery, {}), STEP_IDS[0])
