"""Which version of the program reads the data files, and whether one of them asks for a newer one."""

from __future__ import annotations

__version__ = "0.1.0"


def is_too_old_for(wanted: str, version: str = __version__) -> bool:
    """Whether a file that needs the version `wanted`, numbers between dots, needs a newer program."""
    return _numbers(wanted) > _numbers(version)


def _numbers(version: str) -> list[int]:
    """The numbers of a version without zeros at its end, which change nothing."""
    numbers = [int(number) for number in version.split(".")]
    while numbers and not numbers[-1]:
        numbers.pop()
    return numbers
