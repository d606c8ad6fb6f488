"""`utb exempel`: a whole initiative to look at and try the commands on."""

from __future__ import annotations

from utbildningsprocess.cli.starting import make_example


def exempel() -> None:
    """Skriv en färdig insats i mappen utb-exempel, att läsa och prova kommandona på."""
    make_example()
