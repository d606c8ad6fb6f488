"""`utb rensa`: what lies outside the dossiers, shown, and removed when somebody says so."""

from __future__ import annotations

from typing import Annotated

from typer import Argument, Option

from utbildningsprocess.cli.output import result, say

_Kinds = Annotated[
    list[str] | None,
    Argument(
        metavar="SORT",
        help="Det som ska bort: utkast, kopior, noteringar, lärdomar, uträknat, lås, tempfiler eller allt.",
    ),
]


def rensa(
    kinds: _Kinds = None,
    *,
    only_show: Annotated[bool, Option("--visa", help="Visa bara, ta inte bort något.")] = False,
) -> None:
    """Se vad som ligger utanför dossiererna, med ålder och storlek, och ta bort det du vill.

    Utan SORT visas allt och inget tas bort. En dossier eller ett dokument tas aldrig bort.
    """
    from utbildningsprocess.work.tidying import EVERYTHING_LEFT, kinds_meant, left_in_words, tidy
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    wanted = kinds_meant(kinds or [EVERYTHING_LEFT])
    if kinds and not only_show:
        for line in tidy(workspace, wanted):
            say(line)
        return
    result(left_in_words(workspace, wanted))
    say("Ta bort en sort med till exempel: utb rensa tempfiler")
