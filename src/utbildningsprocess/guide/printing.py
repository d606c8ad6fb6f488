"""The page for paper: without markers, and with lines to write on where an answer is to stand."""

from __future__ import annotations

from utbildningsprocess.dossier.markers import HEADER, scan

RULED = "…" * 55
LINES = 3


def printable(text: str) -> str:
    """A guide's Markdown as it is printed."""
    seen = scan(text)
    lines = list(seen.lines)
    for qid, span in seen.spans.items():
        lines[span.opening] = "" if seen.body(qid) else "\n\n".join([RULED] * LINES)
        lines[span.closing] = ""
    return "\n".join("" if HEADER.match(line) else line for line in lines)
