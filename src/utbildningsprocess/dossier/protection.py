"""Any text, written so that it reads back the same: plain when that is proven, else in a code fence.

The proof writes the text between two neighbours and reads all three back. A text that would leak
out of its place, swallow what follows, or mean something to the whole document is fenced.
"""

from __future__ import annotations

import re
from functools import lru_cache

from utbildningsprocess.dossier.markers import CONFLICT_LINE, NEAR_MARKER, scan
from utbildningsprocess.markdown import render

STATE = re.compile(
    r"^\s*(?:\*\*|__)\s*(hoppas över|vet inte än)\s*:?\s*(?:\*\*|__)\s*:?\s*(.*)$", re.IGNORECASE | re.DOTALL
)
_FENCE = re.compile(r"^(`{3,}|~{3,})[ \t]*\{?\.?utb-text\}?[ \t]*$")
_FOOTNOTE = re.compile(r"^[ >*+\-]*\[\^[^\]]+\]:", re.MULTILINE)
_WORDS = r"[A-Za-zÅÄÖåäö(”][^<>\[\]`\\|~*_&#:\n]*[^<>\[\]`\\|~*_&#:\s]"
_PLAIN = re.compile(rf"{_WORDS}(?:\n{{1,2}}{_WORDS})*")
_ANSWER = "<!-- utb:{0} -->\n\n{1}\n\n<!-- /utb:{0} -->\n\n"


def protect(text: str) -> str:
    """The text as it stands in a dossier: itself, or fenced."""
    return text if holds_plain(text) else fence(text)


def unprotect(body: str) -> str:
    """The text that was protected: what stands in the fence, or the body itself when it is not fenced."""
    if "\n" not in body:
        return body
    lines = body.split("\n")
    opening = _FENCE.match(lines[0])
    if not opening:
        return body
    mark = opening[1]
    closing = re.compile(rf"^ {{0,3}}{re.escape(mark[0])}{{{len(mark)},}}[ \t]*$")
    if not closing.match(lines[-1]) or any(closing.match(line) for line in lines[1:-1]):
        return body
    inner = [line[1:] if line.startswith("\\") and _is_escaped(line[1:]) else line for line in lines[1:-1]]
    return "\n".join(inner)


@lru_cache(maxsize=1024)
def holds_plain(text: str) -> bool:
    """Whether the text can stand plain: read back the same, with neighbours that stay the same."""
    if _PLAIN.fullmatch(text):
        return True
    if STATE.match(text) or _FOOTNOTE.search(text) or unprotect(text) != text:
        return False
    answers = "".join(_ANSWER.format(*pair) for pair in (("a", "alfa"), ("b", text), ("c", "gamma")))
    read = scan.__wrapped__(f"<!-- utb:dossier 1 -->\n\n{answers}")
    if read.problems or read.links or len(read.spans) != 3:  # noqa: PLR2004  the three answers written
        return False
    same = (read.body("a"), read.body("b"), read.body("c")) == ("alfa", text, "gamma")
    return same and render(f"{text}\n\nslut") == render(text) + render("slut")


@lru_cache(maxsize=1024)
def renders_as_item(bullet: str, text: str, label: str = "") -> bool:
    """Whether a list item looks to Markdown as its text alone does, after a label in bold when it has one.

    Running text stands on the line of its label, a block on lines of its own; a block without a label never.
    """
    if _PLAIN.fullmatch(text):
        return True
    alone = render(text)
    is_running = alone.startswith("<p>") and not text.startswith("\\")
    if not label:
        return is_running and _squeezed(render(bullet)) == _squeezed(f"<ul><li>{alone}</li></ul>")
    heading = render(f"**{label}:**").strip()
    if is_running == bullet.startswith(f"- **{label}:**\n"):
        return False
    item = (
        f"{heading.removesuffix('</p>')} {alone.removeprefix('<p>')}" if is_running else f"{heading}{alone}"
    )
    return _squeezed(render(bullet)) == _squeezed(f"<ul><li>{item}</li></ul>")


def _squeezed(html: str) -> str:
    """HTML without what differs between lists with and without blank lines."""
    divided = re.sub(r"</p>\s*<p>", "<br>", html)
    return re.sub(r"\s*(<[^>]*>)\s*", r"\1", re.sub("</?p>", "", divided))


def fence(text: str) -> str:
    """The text in a code fence longer than any run of backticks in it; what looks like a marker escaped."""
    lines = [f"\\{line}" if _is_escaped(line) else line for line in text.split("\n")]
    return as_code("\n".join(lines), "utb-text")


def as_code(text: str, info: str = "") -> str:
    """The text as it is, in a code fence longer than any run of backticks in it."""
    longest = max((len(run) for run in re.findall(r"`+", text)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{info}\n{text}\n{ticks}"


def _is_escaped(line: str) -> bool:
    """Whether a line of a fence has a backslash before it: it looks like a marker or a conflict line."""
    bare = line.lstrip("\\")
    return bool(NEAR_MARKER.match(bare) or CONFLICT_LINE.match(bare))
