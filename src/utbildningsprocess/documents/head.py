"""What stands at the head of a document besides its title: its number, and where it stands."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from utbildningsprocess.addresses import FINISHED_BY, FINISHED_ON, REGISTER_NUMBER, STATUS
from utbildningsprocess.answers.periods import date_in_short
from utbildningsprocess.documents.sources import source_at, traced
from utbildningsprocess.documents.view import answered
from utbildningsprocess.model import given_value
from utbildningsprocess.pages.page import NUMBER_FACT, STATUS_FACT
from utbildningsprocess.plan.life import is_finished

if TYPE_CHECKING:
    from utbildningsprocess.model import AnswerSheet


def number_and_status(sheet: AnswerSheet) -> tuple[tuple[str, str], ...]:
    """The number in the register, empty when there is none, and the status with the role that set it."""
    status = answered(sheet, STATUS, "")
    if status and is_finished(sheet.answers):
        on = given_value(sheet.answers.get(FINISHED_ON))
        day = date_in_short(on) if isinstance(on, date) else ""
        known = [traced(day, lambda: source_at(sheet, FINISHED_ON)), answered(sheet, FINISHED_BY, "")]
        details = ", ".join(filter(None, known))
        status = f"{status} ({details})" if details else status
    return ((NUMBER_FACT, answered(sheet, REGISTER_NUMBER, "")), (STATUS_FACT, status))
