"""The interview as a state machine: nothing is lost, every question is reached, back always works."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from small import BEHOV, KONCEPT, SMALL
from utbildningsprocess.answers.accept import accept
from utbildningsprocess.answers.conditions import is_relevant
from utbildningsprocess.answers.faults import Invalid
from utbildningsprocess.interview import Interview, _row_in_words
from utbildningsprocess.model import Answer, AnswerSheet, Given, Row, Skipped, Unfit, Unknown

TODAY = date(2026, 3, 12)


def behov(answers=None, **more) -> Interview:
    return Interview(BEHOV, AnswerSheet(SMALL, answers or {}), today=TODAY, **more)


def submit(interview: Interview, raw: object) -> Answer:
    """Answers the current question with what is typed, as the program does."""
    return interview.settle(Given(accept(interview.current, raw, TODAY)))


def current(interview: Interview) -> str | None:
    return interview.current.id if interview.current else None


def test_questions_come_in_order_and_end_in_the_review():
    interview = behov()
    seen = []
    while interview.current:
        seen.append((interview.current.id, *interview.progress))
        interview.settle(Skipped("senare"))
    order = "varfor kort krav utlosare malgrupper bradskar klart tid andel dagar ord hinder"
    assert [name for name, *_ in seen] == order.split()
    assert [number for _, number, _ in seen] == list(range(1, 13))
    assert {line.state for line in interview.review()} == {"hoppad"}


def test_an_answer_makes_questions_relevant_and_counts_them():
    interview = behov({"behov.varfor": Given("x"), "behov.kort": Given("y")})
    assert (current(interview), interview.progress) == ("krav", (3, 12))
    submit(interview, "lag")
    assert (current(interview), interview.progress) == ("kalla", (4, 13))


def test_an_answer_that_became_irrelevant_is_kept_but_not_shown():
    interview = behov({"behov.krav": Given("lag"), "behov.kalla": Given("3 kap.")}, everything=True)
    interview.goto("behov.krav")
    submit(interview, "nej")
    assert interview.answers.get("behov.kalla") == Given("3 kap.")
    assert "behov.kalla" not in [line.qid for line in interview.review()]


def test_back_two_change_one_and_forward_again_with_the_earlier_answers():
    interview = behov()
    submit(interview, "För att.")
    submit(interview, "Kort.")
    assert interview.back()
    assert interview.back()
    assert interview.draft(interview.current) == "För att."
    submit(interview, "Därför.")
    assert (current(interview), interview.draft(interview.current)) == ("kort", "Kort.")
    interview.keep()
    assert current(interview) == "krav"
    assert interview.answers.get("behov.varfor") == Given("Därför.")


def test_back_reaches_answers_of_an_earlier_session_and_stops_at_the_first():
    interview = behov({"behov.varfor": Given("x"), "behov.kort": Given("y")})
    assert interview.back()
    assert current(interview) == "kort"
    assert interview.back()
    assert not interview.back()
    assert current(interview) == "varfor"


def test_an_invalid_answer_changes_nothing():
    interview = behov()
    interview.goto("behov.andel")
    with pytest.raises(Invalid):
        submit(interview, "många")
    assert (current(interview), interview.answers.get("behov.andel")) == ("andel", None)


def test_the_fast_track_asks_only_the_core():
    interview = behov(core_only=True)
    submit(interview, "x")
    assert (current(interview), interview.progress) == ("krav", (2, 2))


def test_what_did_not_fit_is_asked_again_with_its_text_as_draft():
    interview = behov(
        {"behov.varfor": Given("x"), "behov.kort": Given("y"), "behov.krav": Unfit("kanske", "nej")}
    )
    assert (current(interview), interview.draft(interview.current)) == ("krav", "kanske")
    assert [line.state for line in interview.review()][2] == "oläslig"


def test_a_group_grows_without_going_on():
    interview = Interview(KONCEPT, AnswerSheet(SMALL, {}), today=TODAY)
    interview.put("koncept.larandemal", Given((Row("L1", {"kunna": "larma"}),)))
    assert current(interview) == "larandemal"
    interview.keep()
    assert current(interview) == "aktiviteter"
    interview.put("koncept.larandemal", None)
    assert interview.answers.get("koncept.larandemal") is None


def test_a_quoted_row_has_every_cell_also_when_its_words_stand_in_the_name():
    rows = (
        Row("1", {"namn": "Nattpatrullen 62", "antal": 62}),
        Row("2", {"namn": "Natt", "antal": 4}),
        Row("3", {"namn": "4", "antal": 4}),
    )
    asked = SMALL.question("behov.malgrupper").model_copy(update={"row_prefix": "A"})
    assert [_row_in_words(asked, replace(row, id=f"A{row.id}")) for row in rows] == [
        "A1 Nattpatrullen 62 · Antal: 62",
        "A2 Natt · Antal: 4",
        "A3 4 · Antal: 4",
    ]


def test_reminders_quote_earlier_answers_word_for_word():
    given = {"behov.varfor": Given("Rad ett.\nRad två.")}
    interview = Interview(KONCEPT, AnswerSheet(SMALL, given), today=TODAY)
    reminder = interview.reminders(interview.current)[0]
    assert (reminder.stage, reminder.lines) == ("Behov", ("Rad ett.", "Rad två."))


def test_the_review_can_open_any_answer_and_finish():
    interview = behov({question.qid: Skipped("x") for question in BEHOV.questions})
    assert interview.current is None
    interview.goto("behov.kort")
    interview.settle(Unknown("chefen"))
    assert interview.current is None
    assert interview.review()[1].shown == "chefen"


def test_what_somebody_else_has_answered_meanwhile_is_not_asked_again():
    interview = behov()
    interview.reread({"behov.kort": Given("Deras."), "behov.varfor": Given("Deras.")})
    assert current(interview) == "varfor"
    submit(interview, "Vårt.")
    assert (current(interview), interview.answers.get("behov.kort")) == ("krav", Given("Deras."))


class AnyInterview(RuleBasedStateMachine):
    """Whatever is done in whatever order: told answers stay, and the question asked is a relevant one."""

    def __init__(self) -> None:
        super().__init__()
        self.interview = behov()
        self.told: dict[str, object] = {}

    def asked(self) -> bool:
        return self.interview.current is not None

    @precondition(asked)
    @rule(text=st.sampled_from(["lag", "nej", "12", "2026-03-01", "en text", "annat", "ja"]))
    def answer(self, text):
        qid = self.interview.current.qid
        try:
            self.told[qid] = submit(self.interview, text)
        except Invalid:
            assert self.interview.current.qid == qid

    @precondition(asked)
    @rule(reason=st.sampled_from(["", "senare", "åäö"]))
    def skip(self, reason):
        qid = self.interview.current.qid
        self.told[qid] = self.interview.settle(Skipped(reason))

    @precondition(asked)
    @rule()
    def unknown(self):
        qid = self.interview.current.qid
        self.told[qid] = self.interview.settle(Unknown())
        assert self.told[qid] == Unknown()

    @rule()
    def back(self):
        before = self.interview.progress.number
        if self.interview.back() and self.interview.current:
            assert self.interview.progress.number <= before

    @precondition(asked)
    @rule()
    def keep(self):
        self.interview.keep()

    @rule(data=st.data())
    def jump(self, data):
        self.interview.goto(data.draw(st.sampled_from(self.interview.relevant)).qid)

    @invariant()
    def every_answer_told_is_there(self):
        assert self.interview.answers == self.told

    @invariant()
    def the_question_asked_is_relevant(self):
        question = self.interview.current
        assert question is None or is_relevant(question, AnswerSheet(SMALL, self.interview.answers))

    @invariant()
    def progress_is_within_bounds(self):
        number, total = self.interview.progress
        assert 1 <= number <= total


AnyInterview.TestCase.settings = settings(stateful_step_count=30)
TestAnyInterview = AnyInterview.TestCase
