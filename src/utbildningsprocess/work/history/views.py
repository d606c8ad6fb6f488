"""A record as somebody wants to see it: the history, the decisions or a comparison, in a format."""

from __future__ import annotations

import re
import shlex
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.diagnosis.words import filled
from utbildningsprocess.errors import TO_COPY
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
from utbildningsprocess.work.history.wording import is_cut

if TYPE_CHECKING:
    from utbildningsprocess.work.history.choosing import Selection
    from utbildningsprocess.work.history.record import Record
    from utbildningsprocess.work.history.telling import Chapter


_ADDRESS = re.compile(r"\(([\w.]+)\)\.$")


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
        return HistoryText(words) if form == "md" else HistoryText("", _in_lines(words, width))
    if form == "md":
        return HistoryText(chapters_as_markdown(said, before))
    is_one = len(said) == 1
    notes = next(filter(None, (_how_to_see_all(record, chapter, is_one=is_one) for chapter in said)), "")
    return HistoryText(chapters_as_text(said, before, width), _in_lines(notes, width))


def _in_lines(words: str, width: int) -> str:
    """The words in lines of a width; what is to be copied stays in one."""
    lines = words.split("\n")
    return "\n".join(line if line.startswith(TO_COPY.strip("\n")) else filled(line, width) for line in lines)


def _how_to_see_all(record: Record, chapter: Chapter, *, is_one: bool) -> str:
    """How to read the whole of what is cut or left out in a chapter; empty when it is all there."""
    cut = [line for entry in chapter.entries for line in entry.sentences if is_cut(line)]
    addresses = [match[1] for line in cut if (match := _ADDRESS.search(line))]
    address = next(filter(record.workspace.battery.question, addresses), "")
    name = f" {shlex.quote(PurePath(chapter.path).stem)}"
    if any(entry.leaves_out for entry in chapter.entries) or (cut and not address):
        return f"Allt, med hela texterna, står i:{TO_COPY}utb historik{name if is_one else ''} --format md"
    if not cut:
        return ""
    how = "En text med … är kortad. Efter den står frågans adress. Se den hel så här:"
    return f"{how}{TO_COPY}utb historik{name} --fraga {address}"


def _said(record: Record, choice: Selection, *, whole: bool) -> list[Chapter]:
    if record.compared:
        return compared_chapters(record, choice, whole=whole)
    if choice.qids == DECIDING:
        return decision_chapters(record, choice, whole=whole)
    return chapters(record, choice, whole=whole)


def _before(record: Record) -> str:
    if record.compared:
        branch = in_quotation_marks(record.compared.name, 60)
        return f"Det här skiljer från {branch}, räknat från ändringen {record.compared.commit[:7]}."
    return where_it_begins(record)


def _nothing(record: Record, choice: Selection) -> str:
    if record.compared:
        return "Inget svar är ändrat."
    what = "Inget beslut skrevs in eller" if choice.qids == DECIDING else "Inget svar"
    return f"{what} ändrades {'under den tiden' if choice.first or choice.last else 'i git'}."
