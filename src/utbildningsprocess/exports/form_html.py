"""A form as one HTML file: page, style, script and two pieces of data, and nothing fetched from anywhere."""

from __future__ import annotations

import json
import re
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from utbildningsprocess.errors import Broken
from utbildningsprocess.exports.html import PAGE_STYLE, html_text

if TYPE_CHECKING:
    from collections.abc import Mapping

_SLOT = re.compile(r"\{\{ *(\w+) *\}\}")
_ESCAPED = {ord(sign): f"\\u{ord(sign):04x}" for sign in "<>&\u2028\u2029\u007f"}
"""What would mean something to a page or to an old script, as JSON says it in letters that mean nothing."""
_STYLED = re.compile(r' style="[^"]*"')
"""A look of one element by itself, which a page that knows its style by a checksum may not have."""
_LINE = re.compile("…{12,}")
"""A line to write on, as a page in Markdown has it."""
_SAFETY = "default-src 'none'; script-src '{}'; style-src '{}'; base-uri 'none'; form-action 'none'"


def form_file(parts: tuple[str, str, str], definition: Mapping[str, Any], paper: str) -> bytes:
    """The form whose page, style and script are given, about what is defined, with a form for paper in it."""
    page, looks, script = parts
    style = f"\n{PAGE_STYLE}\n{looks}"
    slots = {
        "titel": html_text(_title(definition)),
        "skydd": html_text(_SAFETY.format(_hash(script), _hash(style))),
        "stil": style,
        "skript": script,
        "definition": json_in_page(definition),
        "svar": json_in_page(no_answers(definition)),
        "sida": json_in_page(page),
        "papper": f"{_about(definition)}\n{_with_lines(_STYLED.sub('', paper))}",
    }

    def slot(match: re.Match[str]) -> str:
        name = match[1]
        if name not in slots:
            raise Broken(f"Mallen för formulär har en lucka som inte finns: {name}. Installera om utb.")
        return slots[name]

    return _SLOT.sub(slot, page).encode("utf-8", "replace")


def _about(definition: Mapping[str, Any]) -> str:
    """What stands before the questions on paper: what it is about, and who reads the answers."""
    told = "".join(f"<p>{html_text(text)}</p>" for text in (*definition["intro"], *definition["who_sees"]))
    return f"<h1>{html_text(_title(definition))}</h1>{told}"


def _with_lines(paper: str) -> str:
    """The form for paper with lines that are as wide as the paper."""
    return _LINE.sub('<span class="linje"></span>', paper)


def _title(definition: Mapping[str, Any]) -> str:
    return f"{definition['stage_title']}: {definition['title']}"


def no_answers(definition: Mapping[str, object]) -> dict[str, object]:
    """The answers of a form that nobody has saved yet."""
    return {
        "format": definition["format"],
        "id": "",
        "form_id": definition["form_id"],
        "role": "",
        "saved": "",
        "answers": {},
        "set_aside": {},
    }


def json_in_page(value: object) -> str:
    """A value as JSON that can stand in a page: nothing in it begins or ends anything."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).translate(_ESCAPED)


def _hash(text: str) -> str:
    """What a page may run or look like, known by its letters alone."""
    return f"sha256-{b64encode(sha256(text.encode()).digest()).decode('ascii')}"
