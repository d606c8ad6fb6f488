"""The only home of jinja2: a template and what it may ask for -> text. What it prints stays data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from utbildningsprocess.documents.text import shortened, written
from utbildningsprocess.errors import Broken
from utbildningsprocess.swedish import grouped

if TYPE_CHECKING:
    from collections.abc import Mapping

_RAW = ImmutableSandboxedEnvironment(undefined=StrictUndefined, autoescape=False, keep_trailing_newline=True)
_PAGES = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,
    keep_trailing_newline=True,
    trim_blocks=True,
    lstrip_blocks=True,
    finalize=written,
)

_PAGES.filters |= {"tusental": grouped, "kort": shortened}


def filled(template: str, values: Mapping[str, Any]) -> str:
    """A template of ours filled with values that are Markdown already."""
    return _RAW.from_string(template).render(values)


def page_text(template: str, name: str, values: Mapping[str, Any]) -> str:
    """A page's Markdown. Raises Broken, `fil:rad: vad`, when the template cannot be used."""
    try:
        return _PAGES.from_string(template).render(values)
    except TemplateSyntaxError as error:
        raise Broken(f"{name}:{error.lineno}: mallen går inte att läsa. {_why(error)}") from None
    except TemplateError as error:
        raise Broken(f"{name}:{_line(error)}: mallen går inte att fylla i. {_why(error)}") from None
    except (TypeError, ValueError, ArithmeticError, LookupError, RecursionError) as error:
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
    """What is wrong: jinja2's own words, which name the tag or the name."""
    return f"Kontrollera namn och taggar på raden ({' '.join(str(error).split())})."
