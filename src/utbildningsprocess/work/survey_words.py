"""What came of a survey, in words for people and as data for programs: counts, never who or when."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from utbildningsprocess.markdown import escaped
from utbildningsprocess.personal import contacts, personal_numbers
from utbildningsprocess.swedish import joined, visible_json
from utbildningsprocess.work.survey_drafts import drafts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from utbildningsprocess.guide.survey.counting import Count
    from utbildningsprocess.work.survey_report import SurveyReport, SurveyResult

_WARNING = (
    "Fritext kan röja vem som har svarat. Skriv teman i dossiern, och inga citat som går att känna igen."
)
_NUMBER = "(texten innehåller ett personnummer och visas inte)"


def counts_in_words(report: SurveyReport) -> str:
    """The counts as Markdown: a table or a list for each question, and what is not shown."""
    blocks = [_head(report)]
    for result in report.results:
        blocks.append(f"## {escaped(result.title)}")
        blocks += _result(report, result)
    if report.pairs:
        blocks.append("## Före och efter")
        blocks += [
            f"- **{both.goal}:** {both.many} går att jämföra. Mer än förut: {both.more}. Lika: {both.same}. "
            f"Mindre: {both.less}."
            for both in report.pairs
        ]
    return "\n\n".join(blocks) + "\n"


def _head(report: SurveyReport) -> str:
    many = len(report.people)
    told = [f"{many} har svarat." if many != 1 else "En har svarat."]
    told += [
        f"{title}: {many} är halvfärdiga och räknas för de frågor de har svarat på."
        for title, many in report.half_finished()
    ]
    told.append(f"Siffror som bygger på färre än {report.survey.fewest} svar visas inte.")
    return f"# Enkäten: {escaped(report.initiative.title)}\n\n{' '.join(told)}"


def _result(report: SurveyReport, result: SurveyResult) -> Iterator[str]:
    told, fewest = result.shown, report.survey.fewest
    whole = told.report.whole
    if whole is None:
        yield f"Färre än {fewest} har svarat. Svaren visas inte."
        return
    if told.waits:
        yield (
            f"Siffrorna är de som redan står i dossiern. De nya skiljer sig med färre än {fewest} svar, "
            "eller är färre, och skulle visa vad enskilda har svarat."
        )
    if told.groups_wait:
        yield "Grupperna visas som förut, för skillnaden sedan dess är för liten."
    yield _table(result, whole) if result.tally.is_counted else f"Antal svar: {whole.answered}"
    if told.hidden:
        yield f"Grupper som inte visas för sig: {joined(map(escaped, told.hidden))}."
    if not told.waits:
        yield from _texts(result)


def _table(result: SurveyResult, whole: Count) -> str:
    groups = result.shown.report.groups
    heads = ["Svar", "Antal", "Andel", *map(_cell, groups)]
    lines = [f"| {' | '.join(heads)} |", f"|{' --- |' * len(heads)}"]
    for option in result.tally.question.options:
        many = whole.spread.get(option.id, 0)
        cells = [_cell(option.label), str(many), f"{_percent(many, whole)} %"]
        cells += [str(figure.spread.get(option.id, 0)) for figure in groups.values()]
        lines.append(f"| {' | '.join(cells)} |")
    answered = [str(whole.answered), *(f"{_cell(name)} {figure.answered}" for name, figure in groups.items())]
    return "\n".join([*lines, "", f"Antal som har svarat: {', '.join(answered)}"])


def _cell(text: str) -> str:
    return escaped(text).replace("|", "\\|")


def _percent(many: int, whole: Count) -> int:
    return int(100 * many / whole.answered + 0.5) if whole.answered else 0


def _texts(result: SurveyResult) -> Iterator[str]:
    """What is said in own words, and what is no option, where so many have answered that it may be shown."""
    if result.tally.words:
        marked = any(contacts(words) for words in result.tally.words)
        more = " Här står också en mejladress eller ett telefonnummer." if marked else ""
        yield f"Med egna ord. {_WARNING}{more}"
        yield "\n".join(f"- {escaped(_safe(words))}" for words in result.tally.words)
    if result.tally.unknown:
        strange = joined(f"”{escaped(_safe(words))}”" for words in dict.fromkeys(result.tally.unknown))
        yield f"Svar som inte är något av alternativen räknas inte: {strange}."


def _safe(words: str) -> str:
    return _NUMBER if personal_numbers(words) else words


# ----------------------------------------------------------------- data


def as_json(report: SurveyReport, lines: list[str]) -> str:
    """The same for programs."""
    data = {
        "svarande": len(report.people),
        "minsta": report.survey.fewest,
        "halvfardiga": dict(report.half_finished()),
        "fragor": [_as_data(result) for result in report.results],
        "fore_och_efter": [both._asdict() for both in report.pairs],
        "forslag": [
            {"adress": draft.address, "svar": draft.words, "underlag": draft.why} for draft in drafts(report)
        ],
        "att_veta": lines,
    }
    return visible_json(json.dumps(data, ensure_ascii=False, indent=2))


def _as_data(result: SurveyResult) -> dict[str, object]:
    told, question = result.shown, result.tally.question
    labels = {option.id: option.label for option in question.options}
    is_open = told.report.whole is not None and not told.waits
    return {
        "fraga": result.tally.place.question,
        "mal": result.tally.place.goal,
        "text": result.title,
        "alla": _figure(told.report.whole, labels),
        "grupper": {name: _figure(figure, labels) for name, figure in told.report.groups.items()},
        "dolda_grupper": list(told.hidden),
        "som_forut": told.waits,
        "egna_ord": [_safe(words) for words in result.tally.words] if is_open else [],
        "okanda": [_safe(words) for words in result.tally.unknown] if is_open else [],
    }


def _figure(figure: Count | None, labels: Mapping[str, str]) -> dict[str, object] | None:
    if figure is None:
        return None
    spread = {labels[option]: many for option, many in figure.spread.items() if option in labels}
    return {"svar": figure.answered, "fordelning": spread}
