"""The only home of jinja2: a template and what it may ask for -> text. What it prints stays data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError
from jinja2.exceptions import SecurityError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from utbildningsprocess.cost_words import kronor
from utbildningsprocess.documents.text import shortened, written
from utbildningsprocess.errors import Broken
from utbildningsprocess.swedish import did_you_mean, grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

TAGS = "Kontrollera taggarna {{ }} och {% %} på raden."
FORBIDDEN = "Det som står på raden är inte tillåtet i en mall."
MISUSED = "Kontrollera vad raden gör med svaret."
_TROUBLE = (
    *(TemplateError, TypeError, ValueError, AttributeError),
    *(ArithmeticError, LookupError, RecursionError),
)
"""What a line of a template can come to that does with a value what it cannot be used for."""


class _Missing(StrictUndefined):
    """What a template asks for and there is not, with a suggestion."""

    __slots__ = ()

    @property
    def _undefined_message(self) -> str:
        name, owner = str(self._undefined_name), self._undefined_obj
        known = owner.keys() if isinstance(owner, dict) else getattr(owner, "kanda", ())
        return f"”{name}” finns inte. {did_you_mean(name, known)}".strip()


_RAW = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
_PAGES = ImmutableSandboxedEnvironment(
    undefined=_Missing,
    autoescape=False,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=written,
)
_PAGES.filters |= {"tusental": grouped, "kronor": kronor, "kort": shortened}


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A template of ours filled with values that are Markdown already."""
    return _RAW.from_string(template).render(values)


def page_text(template: str, name: str, values: Mapping[str, Any]) -> str:
    """A page's Markdown. Raises Broken, `fil:rad: vad`, when the template cannot be used."""
    try:
        return _PAGES.from_string(template).render(values)
    except TemplateSyntaxError as error:
        raise Broken(f"{name}:{error.lineno}: mallen går inte att läsa. {TAGS}") from None
    except _TROUBLE as error:
        line = _line(error)
        if line == 0:
            raise
        raise Broken(f"{name}:{line}: mallen går inte att fylla i. {_why(error)}") from None


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
    if isinstance(error, SecurityError):
        return FORBIDDEN
    return str(error) if isinstance(error, UndefinedError) else MISUSED
