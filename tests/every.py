"""Tables of cases that are quick: one test for a table, which names every case that fails.

A test of its own costs more than most cases do. Where a case needs a folder or a patch of its own, or takes
long, `pytest.mark.parametrize` gives it one.
"""

from __future__ import annotations

import inspect
from functools import wraps
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pytest


def every_case(names: str, cases: Iterable[Any]) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Calls the test once for each case; the arguments are those of `pytest.mark.parametrize`.

    What else the test asks for are fixtures, which all cases share.
    """
    argument_names = [name.strip() for name in names.split(",")]
    table = [case if len(argument_names) > 1 else (case,) for case in cases]

    def of_table(test: Callable[..., None]) -> Callable[..., None]:
        @wraps(test)
        def whole_table(subtests: pytest.Subtests, **shared: Any) -> None:
            assert table, "the table is empty"
            for case in table:
                _try(test, dict(zip(argument_names, case, strict=True)), shared, subtests)

        asked = inspect.signature(test).parameters.values()
        fixtures = [parameter for parameter in asked if parameter.name not in argument_names]
        own = inspect.Parameter("subtests", inspect.Parameter.POSITIONAL_OR_KEYWORD)
        whole_table.__signature__ = inspect.Signature([own, *fixtures])
        return whole_table

    return of_table


def _try(
    test: Callable[..., None], case: dict[str, Any], shared: dict[str, Any], subtests: pytest.Subtests
) -> None:
    """Calls the test; a case that fails is reported as a subtest, with its values, and the next one is tried."""
    try:
        test(**case, **shared)
    except BaseException:
        with subtests.test(**case):
            raise
