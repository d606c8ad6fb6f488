"""Whether an answer stands: it is given, or need not be asked for, and still answers what is asked now."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from utbildningsprocess.model import Given, Skipped, Unfit, Unknown, given_value

if TYPE_CHECKING:
    from utbildningsprocess.model import Answer


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


def is_settled(answer: Answer | None) -> bool:
    """Whether the question need not be asked again: it is answered, passed over, or known to be unknown."""
    match answer:
        case Given():
            return not answered_earlier(answer)
        case Skipped() | Unknown():
            return True
        case Unfit() | None:
            return False
        case _:
            assert_never(answer)
