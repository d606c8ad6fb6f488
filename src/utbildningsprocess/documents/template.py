"""The only home of jinja2: a new dossier and pages from templates, and what is wrong with a template."""

from __future__ import annotations

import re
from contextlib import suppress
from functools import lru_cache
from traceback import walk_tb
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError

from utbildningsprocess.documents.budget import LimitedEnvironment, TooMuch
from utbildningsprocess.documents.sources import balanced, kept, with_source
from utbildningsprocess.documents.text import cut, printed
from utbildningsprocess.dossier.document import open_stage, title_line, with_answers
from utbildningsprocess.dossier.markers import DOSSIER_FORMAT
from utbildningsprocess.errors import Broken
from utbildningsprocess.pages.page import UNANSWERED
from utbildningsprocess.plan.cost_words import kronor
from utbildningsprocess.steps import ABOUT
from utbildningsprocess.swedish import did_you_mean, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

    from jinja2 import Template

    from utbildningsprocess.model import AnswerSheet

TOO_MUCH = "Det som står på raden tar för mycket tid eller plats."
FORBIDDEN = "Det som står på raden är inte tillåtet i en mall."
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
_TROUBLE = (
    *(TemplateError, TypeError, ValueError, AttributeError),
    *(ArithmeticError, LookupError, RecursionError, MemoryError),
)
"""What a line of a template can come to that does with a value what it cannot be used for."""
_OTHER_FILES: tuple[type[nodes.Node], ...] = (nodes.Include, nodes.Import, nodes.FromImport, nodes.Extends)


class _Missing(StrictUndefined):
    """What a template asks for and there is not, with a suggestion."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = str(self._undefined_name), self._undefined_obj
        known = owner.keys() if isinstance(owner, dict) else getattr(owner, "kanda", ())
        return f"”{name}” finns inte. {did_you_mean(name, known)}".strip()


def _finalized(value: object) -> str:
    """What is printed for a value; nothing for `{{ a if b }}` without else, as everywhere in jinja2."""
    return "" if type(value) is Undefined else balanced(printed(value))


_RAW = LimitedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
_PAGES = LimitedEnvironment(
    undefined=_Missing,
    autoescape=False,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finalized,
)


def _kronor(amount: float | None) -> str:
    return UNANSWERED if amount is None else with_source(amount, kronor(amount))


def _thousands(number: float) -> str:
    return with_source(number, grouped(number))


def _capital(words: object) -> str:
    return kept(str.capitalize, str(words))


_PAGES.filters |= {"tusental": _thousands, "kronor": _kronor, "kort": cut, "capitalize": _capital}


def new_dossier(template: str, title: str, sheet: AnswerSheet, name: str = "dossier.md.j2") -> str:
    """A dossier: its title, the headings and questions of the facts and all steps, and answers if any.

    All stand there from the first day, so that two people who begin the same stage change no line in common.
    Raises Broken when the template, called `name`, cannot be used.
    """
    stages = sheet.battery.stages
    sections = [stage for stage in stages if stage.is_step or stage.id == ABOUT]
    values = {"format": DOSSIER_FORMAT, "titelrad": title_line(title), "avsnitt": sections}
    text = _filled_in(_RAW, template, name, values).rstrip("\n") + "\n"
    for stage in sections:
        text = open_stage(text, sheet, stage.id)
    given = {
        asked.qid: sheet.answers[asked.qid]
        for asked in sheet.battery.questions()
        if asked.qid in sheet.answers
    }
    return with_answers(text, sheet.battery, given)


def page_text(template: str, name: str, values: Mapping[str, Any]) -> str:
    """A page's Markdown. Raises Broken, `fil:rad: vad`, when the template cannot be used."""
    return _filled_in(_PAGES, template, name, values)


def _filled_in(language: LimitedEnvironment, template: str, name: str, values: Mapping[str, Any]) -> str:
    language.begin()
    try:
        return _compiled(language, template, name).render(values)
    except TemplateSyntaxError as error:
        line, why = _unreadable(template, error)
        raise Broken(f"{name}:{line}: mallen går inte att läsa. {why}") from None
    except _TROUBLE as error:
        lines = [
            line for frame, line in walk_tb(error.__traceback__) if frame.f_code.co_filename == "<template>"
        ]
        if not lines:
            raise
        raise Broken(f"{name}:{lines[-1]}: mallen går inte att fylla i. {_misuse(error)}") from None


@lru_cache(maxsize=64)
def _compiled(language: LimitedEnvironment, template: str, name: str) -> Template:
    """The template made ready once: a person makes many documents of it, and tests make thousands."""
    tree = language.parse(template)
    _refuse_other_files(tree, name)
    return language.from_string(language.watched(tree))


def _refuse_other_files(tree: nodes.Template, name: str) -> None:
    if lines := [node.lineno for node in tree.find_all(_OTHER_FILES)]:
        raise Broken(f"{name}:{min(lines)}: mallen går inte att fylla i. {FORBIDDEN}")


def _misuse(error: BaseException) -> str:
    """What a line does wrong, in a sentence."""
    if isinstance(error, TooMuch):
        return TOO_MUCH
    if isinstance(error, (SecurityError, OverflowError, MemoryError)):
        return FORBIDDEN
    if isinstance(error, UndefinedError):
        return str(error)
    return _unknown_helper(str(error)) or "Kontrollera vad raden gör med svaret."


# ------------------------------------------------ a template that cannot be read


class _Tag(NamedTuple):
    """One `{{ … }}` or `{% … %}`: where it begins, and its first word when it is one of the latter."""

    line: int
    word: str = ""
    assigns: bool = False
    """Whether there is a `=` in it: `{% set a = 1 %}` opens nothing."""


def _unreadable(template: str, error: TemplateSyntaxError) -> tuple[int, str]:
    """The line where a template goes wrong, and a sentence about what to do.

    That is where the trouble began, which is not always where it is noticed.
    """
    message = error.message or ""
    helper = _unknown_helper(message)
    if helper or message in _NO_END:
        return error.lineno, helper or _NO_END[message]
    tags = [tag for tag in _tags(template) if tag.line <= error.lineno]
    innermost, unknown = _INNERMOST.search(message), _UNKNOWN_TAG.search(message)
    left_open = _left_open(tags, innermost[1]) if innermost else None
    if unknown and not (left_open and _ends(unknown[1])):
        return error.lineno, _misplaced(unknown[1])
    if left_open:
        word = left_open.word
        return left_open.line, f"{{% {word} %}} har inget slut. Lägg till {{% end{word} %}}."
    line = tags[-1].line if tags else error.lineno
    return line, "Kontrollera taggarna {{ }} och {% %} på raden."


def _unknown_helper(message: str) -> str:
    """A sentence about the filter or test that does not exist; empty when the trouble is another."""
    helper = _UNKNOWN_HELPER.search(message)
    if helper is None:
        return ""
    kind, name = helper.groups()
    what, known = ("Filtret", _PAGES.filters) if kind == "filter" else ("Testet", _PAGES.tests)
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


def _tags(template: str) -> list[_Tag]:
    """The tags of a template in order, as far as it can be taken apart."""
    tags: list[_Tag] = []
    with suppress(TemplateSyntaxError):
        for line, kind, value in _PAGES.lex(template):
            if kind in ("block_begin", "variable_begin"):
                tags.append(_Tag(line, "" if kind == "block_begin" else value))
            elif tags and kind == "name" and not tags[-1].word:
                tags[-1] = tags[-1]._replace(word=value)
            elif tags and kind == "operator" and value == "=":
                tags[-1] = tags[-1]._replace(assigns=True)
    return tags
