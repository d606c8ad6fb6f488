"""The dossier: Markdown text <-> answers. Reading never raises; writing replaces one answer."""

from utbildningsprocess.dossier.document import (
    Dossier,
    open_stage,
    read,
    refuse_if_broken,
    title_line,
    with_answer,
    with_title,
)
from utbildningsprocess.dossier.markers import bears_traces

__all__ = [
    "Dossier",
    "bears_traces",
    "open_stage",
    "read",
    "refuse_if_broken",
    "title_line",
    "with_answer",
    "with_title",
]
