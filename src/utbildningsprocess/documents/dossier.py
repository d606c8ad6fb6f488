"""The only home of jinja2: Markdown made from templates. Answers are data, never template text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jinja2 import StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment

from utbildningsprocess.dossier import open_stage, title_line
from utbildningsprocess.dossier.markers import FORMAT
from utbildningsprocess.process import STEP_IDS

if TYPE_CHECKING:
    from utbildningsprocess.model import Battery

_JINJA = ImmutableSandboxedEnvironment(
    undefined=StrictUndefined,
    autoescape=False,
    keep_trailing_newline=True,
)


def new_dossier(template: str, title: str, battery: Battery) -> str:
    """A dossier with its title, the headings of all stages and the questions of the first."""
    sections = [stage for stage in battery.stages if stage.is_step or stage.id == "om"]
    text = _JINJA.from_string(template).render(format=FORMAT, titelrad=title_line(title), avsnitt=sections)
    return open_stage(text.rstrip("\n") + "\n", battery, STEP_IDS[0], {})
