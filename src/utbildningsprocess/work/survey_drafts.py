"""What the counts of a survey propose as answers in Uppföljning: drafts, which a person takes or leaves."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import number_in
from utbildningsprocess.answers.rows import given_rows, numbered
from utbildningsprocess.checks.koncept import is_survey
from utbildningsprocess.guide.survey.asking import PARTS, PER_GOAL, SurveyPlace
from utbildningsprocess.model import Given, Row

if TYPE_CHECKING:
    from collections.abc import Iterator

    from utbildningsprocess.guide.survey.counting import Count
    from utbildningsprocess.model import AnswerSheet
    from utbildningsprocess.work.survey_report import SurveyReport

_USED = ("nyss", "vecka", "manad")
_MANAGES = ("flesta_fall", "lar_andra")
_NO_OBSTACLE = "inget"
_LATEST, _OBSTACLES = "f4_senast", SurveyPlace("f6_hinder")
_WAYS = {
    "f1_kan_nu": (_MANAGES, "klarar de flesta fall eller kan lära andra"),
    _LATEST: (_USED, "har gjort det den senaste månaden"),
    "f7_kan_efter": (_MANAGES, "klarar de flesta fall eller kan lära andra"),
}
"""By question the options that are counted together, and what they say."""


class SurveyDraft(NamedTuple):
    """An answer that the counts propose: where it belongs, in words, and what it is computed from."""

    address: str
    value: float | str | Row
    """A row is added to those that are there."""
    words: str
    why: str

    def answer(self, sheet: AnswerSheet) -> Given:
        """The whole answer with it."""
        if isinstance(self.value, Row):
            return Given(numbered([*given_rows(sheet.answers, self.address), self.value]))
        return Given(self.value)


def drafts(report: SurveyReport) -> list[SurveyDraft]:
    """What the counts propose where nothing is answered, made only of figures that are shown."""
    proposed = [*_outcomes(report), *_applied(report), *_not_done(report)]
    answered = report.initiative.answers
    asks = report.initiative.workspace.battery.question
    return [
        draft
        for draft in proposed
        if asks(draft.address) and (isinstance(draft.value, Row) or draft.address not in answered)
    ]


def _outcomes(report: SurveyReport) -> Iterator[SurveyDraft]:
    """A result for each measure that is a survey about goals, and has none yet."""
    answers, told = report.initiative.answers, report.told
    measured = {row.values.get("matt") for row in given_rows(answers, addresses.RESULTS)}
    for measure in given_rows(answers, addresses.MEASURES):
        about = measure.values.get("avser")
        if measure.id in measured or not is_survey(measure) or not isinstance(about, tuple):
            continue
        question = _asked_on(number_in(measure, "nar_dagar") or 0)
        results = [told[place] for goal in about if (place := SurveyPlace(question, str(goal))) in told]
        figures = {
            result.tally.place.goal: result.shown.report.whole
            for result in results
            if result.shown.report.whole
        }
        if figures:
            yield _outcome(measure, question, figures)


def _asked_on(day: float) -> str:
    """The question about goals in the part of a day."""
    part = next((part for part in PARTS if part.first <= day < part.until), PARTS[-1])
    return next(name for name in part.questions if name in PER_GOAL)


def _outcome(measure: Row, question: str, figures: dict[str, Count]) -> SurveyDraft:
    options, words = _WAYS[question]
    shares = {goal: f"{_percent(figure.share_of(options))} %" for goal, figure in figures.items()}
    alone = next(iter(shares.values())) if len(shares) == 1 else ""
    outcome = alone or ", ".join(f"{goal}: {share}" for goal, share in shares.items())
    counted = ", ".join(
        f"{goal}: {sum(figure.spread.get(option, 0) for option in options)} av {figure.answered}"
        for goal, figure in figures.items()
    )
    comment = f"Enkäten, fråga {question[1]}. Så många {words}: {counted}"
    row = Row("", {"matt": measure.id, "utfall": outcome, "kommentar": comment})
    return SurveyDraft(addresses.RESULTS, row, f"{measure.id}: {outcome}", f"{comment}.")


def _applied(report: SurveyReport) -> Iterator[SurveyDraft]:
    """The share that has used any of the goals the last month."""
    places = [place for place in report.told if place.question == _LATEST]
    answering = [person for person in report.people if any(place in person.said for place in places)]
    # Where some have answered of one goal alone, the share of all would tell of them.
    many = {report.told[place].tally.whole.answered for place in places}
    if not answering or many != {len(answering)}:
        return
    used = sum(any({*person.said[place].options} & {*_USED} for place in places) for person in answering)
    share = _percent(used / len(answering))
    why = f"Enkäten, fråga 4: {used} av {len(answering)} {_WAYS[_LATEST][1]}."
    yield SurveyDraft(addresses.APPLIED, share, f"{share} procent", why)


def _not_done(report: SurveyReport) -> Iterator[SurveyDraft]:
    """The obstacles, those that most have named first; nobody's words."""
    result = report.told.get(_OBSTACLES)
    figure = result.shown.report.whole if result else None
    if result is None or figure is None:
        return
    in_order = sorted(figure.spread.items(), key=lambda counted: -counted[1])
    named = [
        f"{result.tally.question.label(option)}: {many}"
        for option, many in in_order
        if many and option != _NO_OBSTACLE
    ]
    if named:
        text = f"Hinder i enkäten, av {figure.answered} svar: {', '.join(named)}."
        yield SurveyDraft(addresses.NOT_DONE, text, text, "Enkäten, fråga 6: antal svar för varje hinder.")


def _percent(share: float) -> int:
    return int(100 * share + 0.5)
