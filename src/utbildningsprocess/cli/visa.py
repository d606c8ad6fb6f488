"""`utb visa`: the dossier as a reading copy, or its answers for machines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import open_meant
from utbildningsprocess.cli.formats import VIEWS, known_format
from utbildningsprocess.cli.output import display, hand_on, result, say
from utbildningsprocess.cli.parameters import NamedInitiative
from utbildningsprocess.steps import parse_step
from utbildningsprocess.swedish import joined, visible_json

if TYPE_CHECKING:
    from utbildningsprocess.work.initiative import Initiative


def visa(
    initiative: NamedInitiative,
    step: Annotated[
        str | None, Argument(metavar="STEG", autocompletion=completion.steps, help="Visa bara det steget.")
    ] = None,
    *,
    form: Annotated[
        str,
        Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completion.formats(VIEWS),
            help=f"{joined(VIEWS, 'eller')}. Utan flaggan visas text.",
        ),
    ] = VIEWS[0],
    for_git: Annotated[
        bool,
        Option("--som-git", help="Visa filen som git jämför den: svaren i YAML, och andra filer som de är."),
    ] = False,
) -> None:
    """Läs dossiern i terminalen, eller få dess svar som JSON eller som en svarsfil i YAML."""
    if for_git:
        from utbildningsprocess.work.git_text import text_for_git

        hand_on(text_for_git(Path(initiative)))
        return
    form = known_format(form, VIEWS)
    stage_id = parse_step(step) if step else None
    opened = open_meant(initiative)
    if form == "text":
        _show(opened, stage_id)
        return
    from utbildningsprocess.work.machine_copy import as_data, as_yaml

    data = as_data(opened, stage_id)
    result(visible_json(json.dumps(data, ensure_ascii=False)) if form == "json" else as_yaml(data))


def _show(opened: Initiative, stage_id: str | None) -> None:
    from utbildningsprocess.screen.showing import show_markdown
    from utbildningsprocess.work.reading_copy import to_read

    for line in opened.damage_lines():
        say(line)
    shown_in = display(opened.workspace.settings)
    show_markdown(to_read(opened, shown_in, stage_id), plain=shown_in.plain)
