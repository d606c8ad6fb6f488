"""Where words go: results to stdout, everything else to stderr."""

from __future__ import annotations

from typer import echo

UNCHANGED = "Filen fanns redan och är likadan."


def result(text: str) -> None:
    """What was asked for, as it is."""
    echo(text)


def say(text: str = "") -> None:
    """What a person may want to know besides."""
    echo(text, err=True)
