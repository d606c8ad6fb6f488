"""A record as somebody wants to see it: the history, the decisions or a comparison, in a format."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.swedish import in_quotation_marks
from utbildningsprocess.work.history.against import compared_chapters
from utbildningsprocess.work.history.choosing import DECIDING
from utbildningsprocess.work.history.decisions import decision_chapters
from utbildningsprocess.work.history.telling import (
    chapters,
    chapters_as_markdown,
    chapters_as_text,
    record_as_json,
    where_it_begins,
)

if TYPE_CHECKING:
    from utbildningsprocess.work.history.choosing import Selection
    from utbildningsprocess.work.history.record import Record
    from utbildningsprocess.work.history.telling import Chapter


_CUT = " …”"
_HOW_TO_SEE_ALL = "En text som slutar med … är kortad. Se den hel med: utb historik INSATS --fraga ADRESS"


class HistoryText(NamedTuple):
    """What was asked for, and what to know besides."""

    text: str
    note: str = ""


def history_as(form: str, record: Record, choice: Selection, width: int) -> HistoryText:
    """The chosen part of a record as text of a width, as md or as json."""
    if form == "json":
        return HistoryText(record_as_json(record, choice))
    said, before = _said(record, choice, whole=form == "md"), _before(record)
    if not said:
        words = "\n".join(filter(None, [before, _nothing(record, choice)]))
        return HistoryText(words) if form == "md" else HistoryText("", words)
    is_cut = any(_CUT in line for chapter in said for entry in chapter.entries for line in entry.sentences)
    text = chapters_as_markdown(said, before) if form == "md" else chapters_as_text(said, before, width)
    return HistoryText(text, _HOW_TO_SEE_ALL if is_cut else "")


def _said(record: Record, choice: Selection, *, whole: bool) -> list[Chapter]:
    if record.compared:
        return compared_chapters(record, choice)
    if choice.qids == DECIDING:
        return decision_chapters(record, choice)
    return chapters(record, choice, whole=whole)


def _before(record: Record) -> str:
    if record.compared:
        branch = in_quotation_marks(record.compared.name, 60)
        return f"Det här skiljer från {branch}, räknat från ändringen {record.compared.commit[:7]}."
    return where_it_begins(record)


def _nothing(record: Record, choice: Selection) -> str:
    if record.compared:
        return "Inget svar är ändrat."
    what = "Inget beslut" if choice.qids == DECIDING else "Inget svar"
    return f"{what} har ändrats {'under den tiden' if choice.first or choice.last else 'i git'}."
