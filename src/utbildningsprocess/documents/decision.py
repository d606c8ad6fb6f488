"""The decision for templates: what is proposed, who decides and when, and what is decided already."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from utbildningsprocess import addresses
from utbildningsprocess.answers.cells import date_in
from utbildningsprocess.answers.periods import day_in_words
from utbildningsprocess.answers.rows import given_rows
from utbildningsprocess.diagnosis.sentences import asked, in_quotes, inside
from utbildningsprocess.diagnosis.tipping import tipping_points
from utbildningsprocess.diagnosis.words import tip_sentence
from utbildningsprocess.documents.sources import left_over, plain, source_at, traced
from utbildningsprocess.documents.view import AnswerView, RowView, rows_of
from utbildningsprocess.model import Period, last_day
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.plan.cost_words import hours_in_words, new_expense_in_short, other_actions_in_words
from utbildningsprocess.plan.due import is_cancelled
from utbildningsprocess.swedish import joined, with_unit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.checks.case import Case
    from utbildningsprocess.diagnosis.tipping import TippingPoint
    from utbildningsprocess.documents.view import FieldView

_PATHS = {
    "koncept_larande": "Gå vidare med utbildning.",
    "koncept_mix": "Gå vidare med en mix av utbildning och andra insatser.",
    "annan_insats": "Gör något annat än utbildning.",
    "undersok_mer": "Undersök mer först.",
    "avsluta": "Avsluta här.",
    "pausa": "Pausa, och ta upp frågan senare.",
}
"""What each way on asks of the person who decides, who need not know what the steps are called."""
_ONLY_LEARNING = "koncept_larande"
_LEARNING = (_ONLY_LEARNING, "koncept_mix")
_RESTING = ("undersok_mer", "avsluta", "pausa")
"""The ways on by which nothing is done yet; an organisation's own way is taken to be none of them."""


_SETTLED = ("ja", "ja_andrat", "nej", "avslutat_i_fortid")
"""The outcomes after which nobody waits for the decision."""
_DOING_NOTHING = "låta bli"


class DecisionRow(RowView):
    """A decision that is needed, or taken."""

    datum: FieldView
    galler: FieldView
    roll: FieldView
    senast: FieldView
    utfall: FieldView

    @property
    def fattat(self) -> bool:
        """Whether it is taken."""
        return self.utfall.finns or self.datum.finns

    def beslutat(self, langd: int | None = None) -> str:
        """When and by whom it was taken, to go before what it is about; what is not said is named so."""
        day = f" {self.datum}" if self.datum.finns else ""
        whom = f" av {self.roll.utan_punkt(langd)}" if self.roll.finns else ""
        unsaid = joined([*([] if day else ["dag"]), *([] if whom else ["av vem"])])
        return f"Beslutat{day}{whom}{f' ({unsaid}: {UNANSWERED})' if unsaid else ''}"


class DecisionView:
    """The decision: what it asks for, the decisions needed or taken, and what would change the picture."""

    kanda = (
        "andrar",
        "avgor",
        "beslutas_av",
        "borjar",
        "fattat",
        "forslag",
        "genomfors",
        "inget_vantar",
        "rader",
        "vagar",
        "vagen",
    )

    def __init__(self, case: Case) -> None:
        self._case = case
        self._way = str(case.value(addresses.DECISION) or "")

    def __str__(self) -> str:
        """The proposal on one line."""
        return " ".join(self.forslag)

    def _rows(self, address: str) -> list[RowView]:
        return rows_of(self._case.sheet, address, RowView)

    @property
    def rader(self) -> list[DecisionRow]:
        """The decisions that are needed, and those that are taken."""
        return rows_of(self._case.sheet, addresses.DECISIONS, DecisionRow)

    @property
    def fattat(self) -> bool:
        """Whether every decision that is needed is taken."""
        rows = self.rader
        return bool(rows) and all(row.fattat for row in rows)

    @property
    def inget_vantar(self) -> bool:
        """Whether every decision that is needed has got its answer; one for want of facts has not."""
        return self.fattat and all(row.utfall.varde in _SETTLED for row in self.rader)

    @property
    def genomfors(self) -> bool:
        """Whether anything is to be done; also while nobody has said."""
        return self._way not in _RESTING

    @property
    def borjar(self) -> str:
        """The day of the first occasion; empty when nobody has said."""
        occasions = given_rows(self._case.sheet.answers, addresses.OCCASIONS)
        days = [day for row in occasions if (day := date_in(row, "datum")) and not is_cancelled(row)]
        first = min(days, key=last_day) if days else self._case.value(addresses.FIRST_OCCASION)
        if not isinstance(first, (date, Period)):
            return ""
        row = next((row.id for row in occasions if date_in(row, "datum") == first), "") if days else ""
        address = addresses.OCCASIONS if days else addresses.FIRST_OCCASION
        return traced(day_in_words(first), lambda: source_at(self._case.sheet, address, row, "datum"))

    @property
    def forslag(self) -> list[str]:
        """What is proposed, a sentence for each thing to say yes to; nothing without an answer behind it."""
        return self.forslag_inom()

    def forslag_inom(self, flest: int | None = None, langd: int | None = None) -> list[str]:
        """The same with at most so many of the decisions needed, each text in them cut to so many letters."""
        waiting = [_about(row, langd) for row in self._waiting[:flest]]
        if len(self._waiting) > len(waiting):
            left = left_over(len(self._waiting), len(waiting), addresses.DECISIONS)
            waiting.append(f"Och {left} beslut till, se dossiern.")
        acts = bool(self._way) and self.genomfors
        learning = [*self._activities(), *self._expense()] if self._way in _LEARNING else []
        others = [*self._others()] if acts else []
        told = bool(learning) and (bool(others) or self._way == _ONLY_LEARNING)
        direction = [] if told else filter(None, [self.vagen])
        return [*waiting, *direction, *learning, *others, *(self._follow_up() if acts else ())]

    @property
    def _waiting(self) -> list[DecisionRow]:
        return [row for row in self.rader if not row.fattat]

    def beslutas_av(self, flest: int | None = None, langd: int | None = None) -> str:
        """Who decides of at most so many decisions, and by when, each role cut to so many letters.

        Where they are several, also which of the first things proposed.
        """
        by_whom: dict[tuple[str, object], list[int]] = {}
        for number, row in enumerate(self._waiting[:flest], 1):
            by_whom.setdefault((plain(row.roll.text), row.senast.varde), []).append(number)
        told = [(_decided_by(self._waiting[numbers[0] - 1], langd), numbers) for numbers in by_whom.values()]
        return "; ".join(
            f"{who} (punkt {self._places(numbers)})" if len(told) > 1 else who for who, numbers in told
        )

    def _places(self, numbers: Sequence[int]) -> str:
        """Places in the list of what is proposed, where the decisions stand first in their order."""
        where = source_at(self._case.sheet, addresses.DECISIONS)
        return traced(joined(map(str, numbers)), lambda: f"Räknat i raderna som inte är beslutade: {where}")

    @property
    def vagen(self) -> str:
        """The way on after the analysis, in a sentence; empty until it is chosen."""
        answer = self._answer(addresses.DECISION) if self._way else None
        return (answer.sagt(_PATHS.get(self._way, "")) or answer.mening()) if answer else ""

    @property
    def vagar(self) -> list[str]:
        """The other ways, doing nothing among them with what then happens."""
        alternatives, nothing = map(self._answer, (addresses.ALTERNATIVES, addresses.IF_NOTHING_IS_DONE))
        told = alternatives.punkter if alternatives else []
        is_told = any(_DOING_NOTHING in plain(way).lower() and not _is_doing_nothing(way) for way in told)
        if nothing is None or is_told:
            return told
        return [f"Låta bli: {nothing}", *(way for way in told if not _is_doing_nothing(way))]

    @property
    def andrar(self) -> list[str]:
        """The answers that, given otherwise, would change the picture, a sentence each."""
        sheet, model = self._case.sheet, self._case.diagnosis_model
        return [
            traced(tip_sentence(model, sheet.battery, self._case.diagnosis, point), self._diagnosed_again)
            for point in self._tipping_points
        ]

    @property
    def avgor(self) -> str:
        """The answer that the outcome rests on, and what it would be with another; empty without such."""
        sheet, model, diagnosis = self._case.sheet, self._case.diagnosis_model, self._case.diagnosis
        point = next(iter(self._tipping_points), None) if diagnosis.rests_on else None
        if point is None or point.then.outcome in (None, diagnosis.outcome):
            return ""
        answer, statement = in_quotes(sheet.battery, point.qid, point.after), point.statements[0]
        outcome = inside(model.outcome(point.then.outcome).name)
        words = f"Svaret på ”{asked(sheet.battery, statement)}” avgör: vore det {answer} blev det {outcome}."
        return traced(words, self._diagnosed_again)

    @cached_property
    def _tipping_points(self) -> tuple[TippingPoint, ...]:
        """What would change the picture: a diagnosis for each answer that is tried."""
        return tipping_points(self._case.diagnosis_model, self._case.sheet)

    def _diagnosed_again(self) -> str:
        where = source_at(self._case.sheet, addresses.OBSTACLES)
        return f"Diagnosen räknad en gång till med det andra svaret. {where}"

    # ------------------------------------------------------------ the sentences

    def _activities(self) -> Iterator[str]:
        activities, price = self._rows(addresses.ACTIVITIES), self._case.price
        if activities:
            people = with_unit(round(price.participants), "personer") if price else ""
            who = traced(people, lambda: self._case.arithmetic.participants)
            start = f" Första tillfället: {self.borjar}." if self.borjar else ""
            many = self._counted(with_unit(len(activities), "aktiviteter"), addresses.ACTIVITIES)
            yield f"Genomför lärandet: {many}{f' för {who}' if who else ''}.{start}"

    def _expense(self) -> Iterator[str]:
        if price := self._case.price:
            words = new_expense_in_short(price).removeprefix("varav ").capitalize()
            expense = traced(words, lambda: self._case.arithmetic.new_expense)
            hours = traced(hours_in_words(price), lambda: self._case.arithmetic.hours)
            is_told = price.beside and (price.beside.hours or price.beside.kronor)
            beside = traced(other_actions_in_words(price), lambda: self._case.arithmetic.beside)
            besides = f" Till det kommer {beside}." if is_told else ""
            yield f"Avsätt {hours} av deltagarnas tid. {expense}.{besides}"

    def _others(self) -> Iterator[str]:
        rows = self._rows(addresses.OTHER_ACTIONS)
        days = self._days(rows, "klart")
        many = self._counted(str(len(rows)), addresses.OTHER_ACTIONS)
        which = "den andra insatsen" if len(rows) == 1 else f"de {many} andra insatserna"
        by = "senast" if len(rows) == 1 else "den sista senast"
        until = f", {by} {_last(days)}" if days and len(days) == len(rows) else ""
        if rows:
            yield f"Gör {which} i förslaget{until}."

    def _follow_up(self) -> Iterator[str]:
        if days := self._days(self._rows(addresses.EFFECT_MEASURES), "nar"):
            yield f"Följ upp målen senast {_last(days)}."

    def _answer(self, address: str) -> AnswerView | None:
        question = self._case.sheet.battery.question(address)
        return AnswerView(question, self._case.sheet) if question else None

    def _counted(self, words: str, address: str) -> str:
        """A number of rows, as it is counted in an answer."""
        return traced(words, lambda: f"Antalet rader: {source_at(self._case.sheet, address)}")

    @staticmethod
    def _days(rows: Sequence[RowView], field: str) -> list[FieldView]:
        """The fields of rows that say a day."""
        fields: list[FieldView] = [getattr(row, field) for row in rows]
        return [answer for answer in fields if isinstance(answer.varde, (date, Period))]


def _last(days: Sequence[FieldView]) -> FieldView:
    """The last of some days, which says itself in words."""
    return max(days, key=_last_day)


def _last_day(day: FieldView) -> date:
    return last_day(day.varde) if isinstance(day.varde, (date, Period)) else date.min


def _about(row: DecisionRow, longest: int | None) -> str:
    """What a decision is about."""
    return row.galler.mening(longest) if row.galler.finns else f"Beslutet gäller: {UNANSWERED}."


def _decided_by(row: DecisionRow, longest: int | None) -> str:
    """Who takes a decision, and by when."""
    until = f"senast {row.senast}" if row.senast.finns else f"senast: {row.senast}"
    return f"{row.roll.utan_punkt(longest)}, {until}"


def _is_doing_nothing(way: str) -> bool:
    """Whether a way is called doing nothing, and says nothing more of it."""
    words = plain(way).lower().rstrip(" .")
    return words in (_DOING_NOTHING, "inget", "ingenting", "göra inget", "göra ingenting")
