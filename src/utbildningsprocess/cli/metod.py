"""`utb metod`: the learning objects, listed or read."""

from __future__ import annotations

from typing import Annotated

from typer import Argument

from utbildningsprocess.cli.output import display, result


def metod(
    topic: Annotated[
        str | None,
        Argument(
            metavar="ÄMNE", help="Ett ämne, en del av det, eller ett steg. Utan ämne visas alla metoder."
        ),
    ] = None,
) -> None:
    """Läs en kort text om en metod, eller se vilka metoder som finns."""
    from utbildningsprocess.screen import show_markdown
    from utbildningsprocess.work.library import listed_methods, method_to_read
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    shown_in = display(workspace.settings)
    if text := method_to_read(workspace, topic):
        show_markdown(text, plain=shown_in.plain)
    else:
        result(listed_methods(workspace, topic, shown_in))
