"""The counts of a survey as rows of the dossier, and back: a row for all, and one for each group shown."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

from utbildningsprocess.answers.cells import number_in, text_in
from utbildningsprocess.answers.rows import numbered
from utbildningsprocess.guide.survey.asking import SurveyPlace
from utbildningsprocess.guide.survey.counting import Count
from utbildningsprocess.guide.survey.showing import CountReport
from utbildningsprocess.model import Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.model import Question, Stage, Value

_COUNT = re.compile(r"(?P<label>.+?)\s*:\s*(?P<many>\d+)\s*$")


def reports_in(rows: Iterable[Row], standing: Stage) -> dict[SurveyPlace, CountReport]:
    """What rows of the dossier tell, by place."""
    questions = {question.id: question for question in standing.questions}
    wholes: dict[SurveyPlace, Count] = {}
    groups: defaultdict[SurveyPlace, dict[str, Count]] = defaultdict(dict)
    for row in rows:
        question = questions.get(text_in(row, "fraga"))
        if question is None:
            continue
        place = SurveyPlace(question.id, text_in(row, "mal"))
        figure = Count(int(number_in(row, "svarande") or 0), _spread(row, question))
        if group := text_in(row, "malgrupp"):
            groups[place][group] = figure
        else:
            wholes[place] = figure
    return {place: CountReport(wholes.get(place), groups.get(place, {})) for place in {*wholes, *groups}}


def _spread(row: Row, question: Question) -> dict[str, int]:
    ids = {name: option.id for option in question.options for name in (option.label, *option.former)}
    said = row.values.get("fordelning")
    lines = [str(line) for line in said] if isinstance(said, tuple) else []
    counts = {option.id: 0 for option in question.options}
    for match in filter(None, map(_COUNT.match, lines)):
        if match["label"] in ids:
            counts[ids[match["label"]]] = int(match["many"])
    return counts


def with_reports(
    rows: Sequence[Row], reports: Mapping[SurveyPlace, CountReport], standing: Stage, known: Iterable[str]
) -> tuple[Row, ...]:
    """The rows of the dossier with some reports in place of what they say of the same.

    `known` are the questions that the dossier has rows for. What somebody has written of a row is kept.
    """
    places = {SurveyPlace(text_in(row, "fraga"), text_in(row, "mal")) for row in rows}
    written = {_key(row): text_in(row, "i_ord") for row in rows if text_in(row, "i_ord")}
    kept = [row for row in rows if SurveyPlace(text_in(row, "fraga"), text_in(row, "mal")) not in reports]
    questions = {question.id: question for question in standing.questions if question.id in {*known}}
    order = list(questions)
    made = [
        Row("", values)
        for place, report in reports.items()
        if place.question in questions and (report.whole or place in places)
        for values in _rows_of(place, report, questions[place.question])
    ]
    whole = [
        Row("", {**row.values, "i_ord": written[_key(row)]}) if _key(row) in written else row
        for row in [*(Row("", row.values, row.unfit, row.unknown) for row in kept), *made]
    ]
    whole.sort(key=lambda row: _place_in(order, row))
    return numbered(whole)


def _place_in(order: Sequence[str], row: Row) -> int:
    asked = text_in(row, "fraga")
    return order.index(asked) if asked in order else len(order)


def _key(row: Row) -> tuple[str, str, str]:
    return text_in(row, "fraga"), text_in(row, "mal"), text_in(row, "malgrupp")


def _rows_of(place: SurveyPlace, report: CountReport, question: Question) -> Iterator[dict[str, Value]]:
    figures = [("", report.whole), *report.groups.items()]
    for group, figure in figures:
        if figure is None:
            continue
        row: dict[str, Value] = {"fraga": place.question}
        row |= {"mal": place.goal} if place.goal else {}
        row |= {"malgrupp": group} if group else {}
        row["svarande"] = figure.answered
        if question.options:
            row["fordelning"] = tuple(
                f"{option.label}: {figure.spread.get(option.id, 0)}" for option in question.options
            )
        yield row
