"""The sentence for a clone that git is not set in yet, said once where somebody looks at how things stand."""

from __future__ import annotations

from pathlib import Path

from utbildningsprocess.cli.output import say


def tell_of_clone() -> None:
    """Says once in a clone that git there does not merge initiatives as the folder asks for."""
    from utbildningsprocess.files.git_program import PREPARE_CLONE, lacks_driver
    from utbildningsprocess.files.glance import glance

    if lacks_driver(glance(Path()).dossiers):
        say(
            "Git slår inte samman insatser svar för svar i den här klonen än. "
            f"Ställ in det, en gång: {PREPARE_CLONE}"
        )
