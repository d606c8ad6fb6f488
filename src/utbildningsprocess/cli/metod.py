"""`utb metod`: the learning objects, listed or read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.formats import METHODS, known_format
from utbildningsprocess.cli.output import display, result
from utbildningsprocess.cli.paging import leaf_through, somebody_reads
from utbildningsprocess.swedish import joined, visible_json

if TYPE_CHECKING:
    from utbildningsprocess.work.workspace import Workspace


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
    from utbildningsprocess.work.library import methods_as_data
    from utbildningsprocess.work.workspace import Workspace

    form = known_format(form, METHODS)
    workspace = Workspace.open()
    plain = plain or display(workspace.settings).plain
    if form == "json":
        import json

        result(visible_json(json.dumps(methods_as_data(workspace, topic), ensure_ascii=False)))
    elif topic is not None or not somebody_reads():
        _show(workspace, topic, plain=plain)
    elif chosen := _chosen(workspace, plain=plain):
        _show(workspace, chosen, plain=plain)


def _show(workspace: Workspace, topic: str | None, *, plain: bool) -> None:
    """Shows the only learning object that is meant, or a list of several."""
    from utbildningsprocess.screen.showing import set_markdown
    from utbildningsprocess.work.library import listed_methods, method_to_read

    if text := method_to_read(workspace, topic):
        leaf_through(set_markdown(text, plain=plain), whole=plain)
    else:
        result(listed_methods(workspace, topic, display(workspace.settings)))


def _chosen(workspace: Workspace, *, plain: bool) -> str | None:
    """The name of the learning object that the person picks; None when they leave."""
    from utbildningsprocess.cli.asking import face_for
    from utbildningsprocess.conversation.face import Ask, Choice, Leave

    options = [Choice(method.name, method.title) for method in workspace.learning_objects]
    try:
        return face_for(plain=plain).ask_choice(Ask("Vilken metod vill du läsa om?"), options)
    except Leave:
        return None
