"""Why a template cannot be read, and on which line that began, which is not always where it is noticed."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import TYPE_CHECKING, NamedTuple

from jinja2 import TemplateSyntaxError

from utbildningsprocess.swedish import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from jinja2 import Environment

_TAGS = "Kontrollera taggarna {{ }} och {% %} på raden."
_NO_END = {
    "Missing end of comment tag": "Kommentaren {# har inget slut. Lägg till #}.",
    "Missing end of raw directive": "{% raw %} har inget slut. Lägg till {% endraw %}.",
}
_KNOWN_TAGS = ("if", "elif", "else", "endif", "for", "endfor", "set", "endset")
"""The tags that a misspelt one may have been."""
_OPENING = ("if", "for", "set", "macro", "call", "filter", "block", "with", "autoescape")
_INNERMOST = re.compile(r"The innermost block that needs to be closed is '(\w+)'")
_UNKNOWN_TAG = re.compile(r"Encountered unknown tag '(\w+)'")
_UNKNOWN_HELPER = re.compile(r"No (filter|test) named '(\w+)'")


class _Tag(NamedTuple):
    """One `{{ … }}` or `{% … %}`: where it begins, and its first word when it is one of the latter."""

    line: int
    word: str = ""
    assigns: bool = False
    """Whether there is a `=` in it: `{% set a = 1 %}` opens nothing."""


def unreadable(environment: Environment, template: str, error: TemplateSyntaxError) -> tuple[int, str]:
    """The line where a template goes wrong, and a sentence about what to do."""
    message = error.message or ""
    helper = unknown_helper(environment, message)
    if helper or message in _NO_END:
        return error.lineno, helper or _NO_END[message]
    tags = [tag for tag in _tags(environment, template) if tag.line <= error.lineno]
    innermost, unknown = _INNERMOST.search(message), _UNKNOWN_TAG.search(message)
    left_open = _left_open(tags, innermost[1]) if innermost else None
    if unknown and not (left_open and _ends(unknown[1])):
        return error.lineno, _misplaced(unknown[1])
    if left_open:
        word = left_open.word
        return left_open.line, f"{{% {word} %}} har inget slut. Lägg till {{% end{word} %}}."
    return (tags[-1].line if tags else error.lineno), _TAGS


def unknown_helper(environment: Environment, message: str) -> str:
    """A sentence about the filter or test that does not exist; empty when the trouble is another."""
    helper = _UNKNOWN_HELPER.search(message)
    if helper is None:
        return ""
    kind, name = helper.groups()
    what, known = ("Filtret", environment.filters) if kind == "filter" else ("Testet", environment.tests)
    return f"{what} ”{name}” finns inte. {did_you_mean(name, known)}".rstrip()


def _ends(word: str) -> str:
    """The tag that a word ends; empty when it ends none."""
    return word[3:] if word.startswith("end") and word[3:] in _OPENING else ""


def _misplaced(word: str) -> str:
    """What is said of a tag that does not exist, or not there."""
    if begins := _ends(word):
        return f"{{% {word} %}} avslutar ingenting. Ta bort den, eller lägg till {{% {begins} %}} före."
    if word in _KNOWN_TAGS:
        return f"{{% {word} %}} passar inte här. Den hör hemma efter {{% if %}} eller {{% for %}}."
    return f"Taggen {{% {word} %}} finns inte. {did_you_mean(word, _KNOWN_TAGS)}".rstrip()


def _left_open(tags: list[_Tag], word: str) -> _Tag | None:
    """The innermost tag of that word without an end."""
    waiting: list[_Tag] = []
    for tag in tags:
        if tag.word in _OPENING and not (tag.word == "set" and tag.assigns):
            waiting.append(tag)
        elif waiting and tag.word == f"end{waiting[-1].word}":
            waiting.pop()
    return next((tag for tag in reversed(waiting) if tag.word == word), None)


def _tags(environment: Environment, template: str) -> Iterator[_Tag]:
    """The tags of a template in order, as far as it can be taken apart."""
    tag: _Tag | None = None
    with suppress(TemplateSyntaxError):
        for line, kind, value in environment.lex(template):
            if kind in ("block_begin", "variable_begin"):
                if tag:
                    yield tag
                tag = _Tag(line, "" if kind == "block_begin" else value)
            elif tag and kind == "name" and not tag.word:
                tag = tag._replace(word=value)
            elif tag and kind == "operator" and value == "=":
                tag = tag._replace(assigns=True)
    if tag:
        yield tag
