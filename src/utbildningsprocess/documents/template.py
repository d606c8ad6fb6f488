"""The only home of jinja2: a template and the values it may ask for -> text, in which answers stay data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, Undefined, UndefinedError, nodes
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from utbildningsprocess.documents.template_faults import unknown_helper, unreadable
from utbildningsprocess.documents.text import cut, printed
from utbildningsprocess.errors import Broken
from utbildningsprocess.plan.cost_words import kronor
from utbildningsprocess.swedish import did_you_mean, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

FORBIDDEN = "Det som står på raden är inte tillåtet i en mall."
_MISUSED = "Kontrollera vad raden gör med svaret."
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
    return "" if type(value) is Undefined else printed(value)


_RAW = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
_PAGES = ImmutableSandboxedEnvironment(
    undefined=_Missing,
    autoescape=False,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=_finalized,
)
_PAGES.filters |= {"tusental": grouped, "kronor": kronor, "kort": cut}


def raw_text(template: str, values: Mapping[str, Any]) -> str:
    """The text of a template of ours, with values that are Markdown already."""
    return _RAW.from_string(template).render(values)


def page_text(template: str, name: str, values: Mapping[str, Any]) -> str:
    """A page's Markdown. Raises Broken, `fil:rad: vad`, when the template cannot be used."""
    try:
        tree = _PAGES.parse(template)
        _refuse_other_files(tree, name)
        return _PAGES.from_string(tree).render(values)
    except TemplateSyntaxError as error:
        line, why = unreadable(_PAGES, template, error)
        raise Broken(f"{name}:{line}: mallen går inte att läsa. {why}") from None
    except _TROUBLE as error:
        line = _line(error)
        if line == 0:
            raise
        raise Broken(f"{name}:{line}: mallen går inte att fylla i. {_why(error)}") from None


def _refuse_other_files(tree: nodes.Template, name: str) -> None:
    """Raises Broken for a template that would use another one."""
    lines = [node.lineno for kind in _OTHER_FILES for node in tree.find_all(kind)]
    if lines:
        raise Broken(f"{name}:{min(lines)}: mallen går inte att fylla i. {FORBIDDEN}")


def _line(error: BaseException) -> int:
    """The line of the template where the trouble came up; 0 when it came from elsewhere."""
    trace, line = error.__traceback__, 0
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line


def _why(error: BaseException) -> str:
    """What is wrong, in a sentence."""
    if isinstance(error, (SecurityError, OverflowError, MemoryError)):
        return FORBIDDEN
    if isinstance(error, UndefinedError):
        return str(error)
    return unknown_helper(_PAGES, str(error)) or _MISUSED
