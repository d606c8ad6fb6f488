"""`utb erfarenheter`: what earlier initiatives have learnt, listed, searched, or for one initiative."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant
from utbildningsprocess.cli.formats import EXPERIENCES, known_format
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.errors import WrongUse
from utbildningsprocess.swedish import joined, visible_json

if TYPE_CHECKING:
    from utbildningsprocess.work.experiences import Fitting, FoundLessons, Listing

_Sought = Annotated[
    list[str] | None,
    Argument(metavar="SÖK", help="Ord som lärdomen eller dess insats ska innehålla. Utan ord visas alla."),
]
_Like = Annotated[
    str | None,
    Option(
        "--for",
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="Visa högst tre lärdomar som passar insatsen, med skälen.",
    ),
]
_Causes = Annotated[
    bool,
    Option("--orsaker", help="Visa för varje orsak vad insatserna valde och hur många mål de nådde."),
]
_Form = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(EXPERIENCES),
        help=f"{joined(EXPERIENCES, 'eller')}. Utan flaggan visas text.",
    ),
]


def erfarenheter(
    sought: _Sought = None, *, like: _Like = None, causes: _Causes = False, form: _Form = EXPERIENCES[0]
) -> None:
    """Läs vad tidigare insatser har lärt sig: allt, det som innehåller orden, eller det som passar en insats.

    Orden söks som hela ord. Det som bara liknar visas sist.
    """
    from utbildningsprocess.cli.listing import reading_progress
    from utbildningsprocess.work.copies import copy_notes
    from utbildningsprocess.work.experiences import Patience, Shown, experiences, found, listed, what_fits
    from utbildningsprocess.work.portfolio.evidence import evidence_in
    from utbildningsprocess.work.workspace import Workspace

    form, words = known_format(form, EXPERIENCES), " ".join(sought or [])
    if like is not None and words:
        raise WrongUse("Ange ord att söka på eller --for, inte båda.")
    if causes and (like is not None or words):
        raise WrongUse("--orsaker gäller alla insatser. Ange det utan ord att söka på och utan --for.")
    workspace = Workspace.open()
    initiative = None if like is None else meant(workspace, like)
    with reading_progress() as progress:
        learnt = experiences(workspace, initiative, Patience(progress=progress))
    for line in (*learnt.notes, *copy_notes(workspace)):
        say(line)
    shown: Shown | Fitting | FoundLessons | Listing
    if causes:
        shown = Shown(evidence_in(learnt.shown))
    elif initiative:
        shown = what_fits(learnt, initiative)
    else:
        shown = found(learnt, words) if words else listed(learnt)
    if form == "json":
        result(visible_json(json.dumps(shown.data, ensure_ascii=False)))
    else:
        result(shown.in_words(display(workspace.settings)))
