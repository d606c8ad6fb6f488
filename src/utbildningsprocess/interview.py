"""The interview of one stage as a state machine: no terminal, no disk, no clock in it.

It knows which question is current, takes answers, goes back and forth, and re-evaluates what is
relevant at every step. It keeps the answers in memory; whoever drives it saves them.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple, assert_never

from utbildningsprocess.addresses import COUNTED_DEMAND
from utbildningsprocess.answers.accept import show
from utbildningsprocess.answers.carried import carried_from
from utbildningsprocess.answers.conditions import field_applies, is_asked
from utbildningsprocess.answers.rows import given_rows, naming_fields, row_label, rows_in, with_spent
from utbildningsprocess.answers.settled import is_settled
from utbildningsprocess.answers.unknown import UNKNOWN_OPTION, is_unknown, not_yet
from utbildningsprocess.markdown import without_hard_breaks
from utbildningsprocess.model import AnswerSheet, Given, Kind, Row, Skipped, Unfit, Unknown, given_value
from utbildningsprocess.plan.demand import counted_demand
from utbildningsprocess.swedish import running

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from utbildningsprocess.answers.carried import Forerunner
    from utbildningsprocess.model import Answer, Answers, GroupField, Question, Stage, Value

USUAL = "Ett förslag ur inställningarna eller det senaste initiativet. Enter godtar det."
COMPUTED = "Ett förslag från diagnosen. Ändra så att det stämmer med det ni vet."


class ReviewLine(NamedTuple):
    """One question in the review: its text, its state and its answer in short."""

    qid: str
    text: str
    state: str
    shown: str
    lacking: tuple[str, ...] = ()
    """The names of the fields of its rows that can still be filled in."""


class Reminder(NamedTuple):
    """An earlier answer, quoted before a question: the stage it was given in, its question, its lines."""

    stage: str
    question: str
    lines: tuple[str, ...]


class Proposal(NamedTuple):
    """A draft of an answer that nobody has given, and in words where it comes from."""

    value: Value
    named: str


class Progress(NamedTuple):
    """Where in the stage we are, counted over relevant questions."""

    number: int
    total: int


class Interview:
    """Asks the questions of a stage in order.

    Asked are the relevant questions without an answer, or all with `everything`; with `core_only`
    just those of the fast track. Going back reaches every relevant question before the current one.
    """

    def __init__(  # noqa: PLR0913  how a stage is asked
        self,
        stage: Stage,
        sheet: AnswerSheet,
        *,
        everything: bool = False,
        core_only: bool = False,
        today: date,
        proposals: Mapping[str, str] = MappingProxyType({}),
        forerunner: Forerunner | None = None,
    ) -> None:
        self.stage = stage
        self.battery = sheet.battery
        self.today = today
        self._answers: dict[str, Answer] = dict(sheet.answers)
        self._spent = sheet.spent
        self._core_only = core_only
        self._proposals = proposals
        self.forerunner = forerunner
        """The earlier initiative whose answers are drafts here."""
        self._settled = set() if everything else self._settled_in(sheet.answers)
        self._left: str | None = None
        """The question to come back to, where another is visited."""
        self._current = self._next_after(None)

    # ------------------------------------------------------------- looking

    @property
    def answers(self) -> Answers:
        """All answers, of this stage and the others."""
        return MappingProxyType(self._answers)

    @property
    def sheet(self) -> AnswerSheet:
        """All answers, with the questions they answer."""
        return AnswerSheet(self.battery, self.answers, self._spent)

    @property
    def current(self) -> Question | None:
        """The question to ask now; None when it is time for the review."""
        return self.battery.question(self._current) if self._current else None

    @property
    def at(self) -> Stage:
        """The stage of the current question: another than the interview's own where one there is visited."""
        question = self.current
        if question is None or question.stage == self.stage.id:
            return self.stage
        return self.battery.stage(question.stage)

    @property
    def relevant(self) -> tuple[Question, ...]:
        """The questions of the stage that apply, given the answers so far."""
        return self._asked_in(self.stage)

    @property
    def asked(self) -> tuple[str, ...]:
        """The addresses of the questions that the interview counts, given the answers so far."""
        return tuple(question.qid for question in self._counted())

    @property
    def progress(self) -> Progress:
        """The current question's place among the relevant ones of its stage."""
        qids = [question.qid for question in self._counted(self.at)]
        number = qids.index(self._current) + 1 if self._current in qids else len(qids)
        return Progress(number, len(qids))

    @property
    def remaining(self) -> int:
        """How many questions are still to be asked, the current one included."""
        return sum(1 for question in self._counted() if question.qid not in self._settled)

    def draft(self, question: Question) -> Value | None:
        """What to begin from: the earlier answer, or the text in the file that did not fit."""
        match self._answers.get(question.qid):
            case Given(value):
                return value
            case Unfit(text):
                return text
            case Unknown() if any(option.id == UNKNOWN_OPTION for option in question.offered):
                return (UNKNOWN_OPTION,) if question.kind is Kind.MULTIPLE else UNKNOWN_OPTION
            case Skipped() | Unknown() | None:
                return None
            case answer:
                assert_never(answer)

    def proposal(self, question: Question) -> Proposal | None:
        """What to begin from while there is no answer: what is usual, or computed, or carried over."""
        if self.draft(question) is not None:
            return None
        if usual := self._proposals.get(question.qid):
            return Proposal(usual, USUAL)
        if question.proposal:
            computed = given_value(self.battery.derive(self._answers).get(question.proposal))
            named = counted_demand(self._answers) if question.proposal == COUNTED_DEMAND else COMPUTED
            return Proposal(computed, str(named)) if isinstance(computed, str) and computed else None
        return self.carried(question)

    def carried(self, question: Question) -> Proposal | None:
        """What the earlier initiative answers and can be true here; nothing for what is passed over."""
        if self.forerunner is None or isinstance(self._answers.get(question.qid), Skipped | Unknown):
            return None
        value = self.forerunner.carried(question, self.sheet)
        return None if value is None else Proposal(value, carried_from(self.forerunner, value))

    @property
    def with_drafts(self) -> tuple[Question, ...]:
        """The questions still to be asked that begin from what the earlier initiative answers."""
        waiting = (question for question in self._counted() if question.qid not in self._answers)
        return tuple(question for question in waiting if self.carried(question))

    def reminders(self, question: Question) -> tuple[Reminder, ...]:
        """Earlier answers the question should be read against, in the words they were given."""
        reminders = []
        for qid in question.reminds:
            asked = self.battery.question(qid)
            value = given_value(self._answers.get(qid))
            if asked is not None and value is not None:
                title = self.battery.stage(asked.stage).title
                reminders.append(Reminder(title, asked.text, _quoted(asked, value)))
        return tuple(reminders)

    def fields(
        self, group: Question, row: Row, *, is_new: bool, unfolded: bool = False
    ) -> tuple[GroupField, ...]:
        """The fields to ask of a row: those that apply, of a new row and on the fast track those of its core.

        What is answered is always among them, and all when the row is unfolded; late fields come once the row
        is not new.
        """
        wanted = self.first_of(group) if (is_new or self._core_only) and not unfolded else group.fields
        return tuple(
            field
            for field in group.fields
            if field.id in row.said
            or (field in wanted and not (field.late and is_new) and field_applies(field, row, self.sheet))
        )

    def first_of(self, group: Question) -> tuple[GroupField, ...]:
        """The fields of a group asked first: its core, and outside the fast track what that leads to.

        All of them where the battery names no core.
        """
        core = tuple(field for field in group.fields if field.core)
        if not core or self._core_only:
            return core or group.fields
        return tuple(field for field in group.fields if field.core or field.relevant_if)

    def folded(self, group: Question, row: Row) -> tuple[GroupField, ...]:
        """The fields that a row could have beside its core, and has not."""
        first = self.first_of(group)
        return tuple(field for field in group.fields if field not in first and self._lacks(field, [row]))

    def lacking(self, group: Question) -> tuple[str, ...]:
        """The names of the fields beside the core that some row of a group could have, and has not."""
        rows, first = given_rows(self._answers, group.qid), self.first_of(group)
        return tuple(field.name for field in group.fields if field not in first and self._lacks(field, rows))

    def left_out(self) -> tuple[str, ...]:
        """What has not been asked, each question with its fields when they are what is left."""
        asked = self._counted()
        left = []
        for question in self.relevant:
            if question not in asked:
                left.append(question.text)
            elif names := self.lacking(question):
                left.append(f"{question.text} {', '.join(names)}")
        return tuple(left)

    def _lacks(self, field: GroupField, rows: Sequence[Row]) -> bool:
        """Whether some row could have a field that it has not, and that is not to be answered later."""
        return not (field.late or field.retired) and any(
            field.id not in row.said and field_applies(field, row, self.sheet) for row in rows
        )

    def review(self, stage: Stage | None = None) -> tuple[ReviewLine, ...]:
        """Every relevant question of a stage, by default its own, with its state and its answer in short."""
        asked = self._asked_in(stage or self.stage)
        return tuple(
            _review_line(question, self._answers.get(question.qid), self.lacking(question))
            for question in asked
        )

    def stages(self) -> tuple[str, ...]:
        """The steps of the process, each with how it stands: done, how many are answered, or not begun."""
        return tuple(self.standing(stage) for stage in self.battery.stages if stage.is_step)

    def standing(self, stage: Stage) -> str:
        """A step of the process, and how it stands."""
        asked = self._counted(stage)
        settled = sum(is_settled(question, self._answers.get(question.qid)) for question in asked)
        if settled == len(asked):
            return f"{stage.title} ✓"
        begun = stage.id == self.stage.id or any(question.qid in self._answers for question in asked)
        return f"{stage.title} {settled}/{len(asked)}" if begun else f"{stage.title} –"

    # -------------------------------------------------------------- moving

    def settle(self, answer: Answer) -> Answer:
        """Gives the current question an answer, or passes it over, and goes on; gives the answer back."""
        self.put(self._asked(), answer)
        self.keep()
        return answer

    def keep(self) -> None:
        """Leaves the current question as it is, and goes on."""
        qid = self._asked()
        self._settled.add(qid)
        self._current, self._left = self._left or self._next_after(qid), None

    def put(self, qid: str, answer: Answer | None) -> None:
        """Stores an answer without going on: a group grows row by row."""
        before = dict(self._answers)
        if answer is None:
            self._answers.pop(qid, None)
        else:
            self._answers[qid] = answer
        self._spent = with_spent(self._spent, before, self._answers)

    def back(self) -> bool:
        """Goes to the question before the current one, or back from another stage; False at the first."""
        if self._left and self.at.id != self.stage.id:
            self._current, self._left = self._left, None
            return True
        order = [question.qid for question in self._counted()]
        place = order.index(self._current) if self._current in order else len(order)
        if place == 0:
            return False
        self._current = order[place - 1]
        self._settled.difference_update(order[place - 1 : place])
        return True

    def goto(self, qid: str) -> None:
        """Makes a question current; after it, the interview goes on to what is still to be asked."""
        self._current = qid
        self._settled.discard(qid)

    def visit(self, qid: str) -> None:
        """Makes another question current; after it, the interview comes back to where it was."""
        left = self._left or self._current
        self.goto(qid)
        self._left = None if left == qid else left

    def reread(self, answers: Answers) -> None:
        """Takes over what the file now says; what somebody else has answered need not be asked again."""
        news = {qid for qid, answer in answers.items() if self._answers.get(qid) != answer}
        self._spent = with_spent(self._spent, self._answers, answers)
        self._answers = dict(answers)
        self._settled |= (news - {self._current}) & self._settled_in(answers)

    # ------------------------------------------------------------- helpers

    def _asked(self) -> str:
        if self._current is None:
            raise RuntimeError("no question is current")
        return self._current

    def _settled_in(self, answers: Answers) -> set[str]:
        return {asked.qid for asked in self.stage.questions if is_settled(asked, answers.get(asked.qid))}

    def _next_after(self, qid: str | None) -> str | None:
        """The first question to ask after one; a question made relevant earlier in the stage comes last."""
        order = [question.qid for question in self._counted()]
        place = order.index(qid) + 1 if qid in order else 0
        waiting = (qid for qid in [*order[place:], *order[:place]] if qid not in self._settled)
        return next(waiting, None)

    def _asked_in(self, stage: Stage) -> tuple[Question, ...]:
        sheet = self.sheet
        return tuple(question for question in stage.questions if is_asked(question, sheet))

    def _counted(self, stage: Stage | None = None) -> tuple[Question, ...]:
        """The relevant questions; on the fast track those of its core and those already answered."""
        asked = self._asked_in(stage or self.stage)
        if not self._core_only:
            return asked
        return tuple(question for question in asked if question.core or question.qid in self._answers)


def _review_line(question: Question, answer: Answer | None, lacking: tuple[str, ...]) -> ReviewLine:
    match answer:
        case Given() if is_unknown(answer):
            state, words = "vet inte än", ""
        case Given(value):
            state, words = "besvarad", show(question, value)
        case Skipped(words):
            state = "hoppad"
        case Unknown(words):
            state = "vet inte än"
        case Unfit(_, words):
            state = "oläslig"
        case None:
            state, words = "obesvarad", ""
        case _:
            assert_never(answer)
    return ReviewLine(question.qid, question.text, state, words, lacking)


def _quoted(question: Question, value: Value) -> tuple[str, ...]:
    if isinstance(value, str) and not question.options:
        return tuple(without_hard_breaks(value).split("\n"))
    if question.fields:
        return tuple(_row_in_words(question, row) for row in rows_in(value))
    return (show(question, value),)


def _row_in_words(question: Question, row: Row) -> str:
    """A row as one line: its name, then the fields that are not in it, with their labels."""
    return " · ".join(filter(None, [row_label(question, row), beside_name(question, row)]))


def beside_name(question: Question, row: Row) -> str:
    """The fields of a row that are not in its name, with their labels."""
    named = naming_fields(question, row)
    fields = [field for field in question.fields if field.id in row.said and field not in named]
    shown = {field.name: field_in_words(field, row) for field in fields}
    return " · ".join(f"{name}: {text}" for name, text in shown.items() if text)


def field_in_words(field: GroupField, row: Row) -> str:
    """What is answered in a field of a row, if only that nobody knows yet; empty when nothing is said."""
    if field.id in row.unknown:
        return not_yet(row.unknown[field.id])
    if field.id in row.unfit:
        return f"”{running(row.unfit[field.id])}” passar inte än"
    return show(field, row.values[field.id]) if field.id in row.values else ""
