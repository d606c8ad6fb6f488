"""Whether an answer stands: it is given, or need not be asked for, and still answers what is asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.model import Given, Skipped, Unfit, Unknown, given_value

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer, Question, Statement


class EarlierOption(str):
    """The option chosen for a statement when its text said something else; it counts as any other."""

    __slots__ = ()


def answered_earlier(answer: Answer | None) -> frozenset[str]:
    """The statements that are answered as they were when their texts said something else."""
    value = given_value(answer)
    statements = value if isinstance(value, dict) else {}
    return frozenset(key for key, option in statements.items() if isinstance(option, EarlierOption))


def is_unchanged(answer: Answer | None, other: Answer | None) -> bool:
    """Whether two answers are the same, also in which statements they answer as these are now."""
    return answer == other and answered_earlier(answer) == answered_earlier(other)


def open_statements(question: Question, answer: Answer | None) -> tuple[Statement, ...]:
    """The statements that an answer lacks or answers as they were, of those that are asked."""
    value = given_value(answer)
    if not isinstance(value, dict):
        return ()
    return tuple(
        asked for asked in question.asked_statements if isinstance(value.get(asked.id), EarlierOption | None)
    )


def is_settled(question: Question, answer: Answer | None) -> bool:
    """Whether the question need not be asked again: it is answered, passed over, or known to be unknown."""
    match answer:
        case Given():
            return not open_statements(question, answer)
        case Skipped() | Unknown():
            return True
        case Unfit() | None:
            return False
        case _:
            assert_never(answer)
