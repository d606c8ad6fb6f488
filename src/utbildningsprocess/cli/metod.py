"""`utb metod`: the learning objects, listed or read."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.formats import METHODS, known_format
from utbildningsprocess.cli.output import display, result
from utbildningsprocess.swedish import joined, visible_json


def metod(
    topic: Annotated[
        str | None,
        Argument(
            metavar="ÄMNE",
            autocompletion=completion.topics,
            help="Ett ämne, en del av det, eller ett steg. Utan ämne visas alla metoder.",
        ),
    ] = None,
    *,
    plain: Annotated[bool, Option("--enkel", help="Visa texten som rena rader.")] = False,
    form: Annotated[
        str,
        Option(
            "--format",
            metavar="FORMAT",
            autocompletion=completion.formats(METHODS),
            help=f"{joined(METHODS, 'eller')}. Utan flaggan visas text.",
        ),
    ] = METHODS[0],
) -> None:
    """Läs en kort text om en metod, eller se vilka metoder som finns. Ett steg ger en läsordning."""
    import json

    from utbildningsprocess.screen.showing import show_markdown
    from utbildningsprocess.work.library import listed_methods, method_to_read, methods_as_data
    from utbildningsprocess.work.workspace import Workspace

    form = known_format(form, METHODS)
    workspace = Workspace.open()
    shown_in = display(workspace.settings)
    if form == "json":
        result(visible_json(json.dumps(methods_as_data(workspace, topic), ensure_ascii=False)))
    elif text := method_to_read(workspace, topic):
        show_markdown(text, plain=plain or shown_in.plain)
    else:
        result(listed_methods(workspace, topic, shown_in))
