"""`utb granska`: what does not hang together between the stages; a rule explained; a finding accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant_path
from utbildningsprocess.cli.formats import PUBLISHED, REVIEWS, known_format
from utbildningsprocess.cli.output import display, result, say
from utbildningsprocess.cli.parameters import Consent
from utbildningsprocess.errors import BROKEN, FINDINGS, WrongUse
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from utbildningsprocess.work.workspace import Workspace

ACCEPT = 'utb granska INSATS --avsteg R24 --skal "…" --roll "…"'


_Initiatives = Annotated[
    list[str] | None,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="En eller flera insatser. Utan namn granskas alla.",
    ),
]
_Form = Annotated[
    str,
    Option(
        "--format",
        metavar="FORMAT",
        autocompletion=completion.formats(REVIEWS),
        help=f"{joined(REVIEWS, 'eller')}. Utan flaggan visas text.",
    ),
]
_Strict = Annotated[bool, Option("--strikt", help="Ge slutkod 1 vid röda fynd utan avsteg och oläst text.")]
_Explained = Annotated[
    str | None,
    Option("--regel", metavar="REGEL", autocompletion=completion.rules, help="Förklara en regel."),
]
_Accepted = Annotated[
    str | None,
    Option(
        "--avsteg", metavar="REGEL", autocompletion=completion.rules, help="Godta ett fynd. Kräver --skal."
    ),
]
_Reason = Annotated[str | None, Option("--skal", metavar="SKÄL", help="Varför fyndet godtas.")]
_Role = Annotated[str | None, Option("--roll", metavar="ROLL", help="Vilken roll som godtar det.")]


def granska(  # noqa: PLR0913  one parameter for each option
    initiatives: _Initiatives = None,
    *,
    form: _Form = REVIEWS[0],
    strict: _Strict = False,
    rule: _Explained = None,
    deviation: _Accepted = None,
    reason: _Reason = None,
    role: _Role = None,
    consent: Consent = False,
) -> None:
    """Kontrollera den röda tråden mellan behov, analys, plan och uppföljning. Fynden är råd.

    Ett fynd går att godta med ett motiverat avsteg, som då står i dossiern.
    """
    from utbildningsprocess.work.reviewing import explained_rule
    from utbildningsprocess.work.workspace import Workspace

    form, initiatives = known_format(form, REVIEWS), initiatives or []
    if rule is not None and deviation is not None:
        raise WrongUse("Ange --regel eller --avsteg, inte båda.")
    if rule is not None and initiatives:
        raise WrongUse(f"--regel förklarar en regel och tar ingen insats. Skriv: utb granska --regel {rule}")
    if deviation is None and (reason is not None or role is not None):
        raise WrongUse(f"--skal och --roll hör till --avsteg. Så här skriver du: {ACCEPT}")
    workspace = Workspace.open()
    if rule is not None:
        result(explained_rule(workspace, rule, display(workspace.settings)))
    elif deviation is not None:
        _accept(workspace, initiatives, deviation, reason or "", role or "", consent=consent)
    elif code := _report(workspace, initiatives, form, strict=strict):
        raise Exit(code)


def _report(workspace: Workspace, initiatives: list[str], form: str, *, strict: bool) -> int:
    """Says what was found in every dossier that can be read, and which ones cannot; gives the exit code."""
    from utbildningsprocess.cli.listing import reading_progress
    from utbildningsprocess.files.roots import is_foreign
    from utbildningsprocess.work.copies import copy_notes
    from utbildningsprocess.work.reviewing import foreign_notes, review_all

    named = [meant_path(workspace, wanted) for wanted in initiatives]
    for line in foreign_notes(workspace, named):
        say(line)
    if named:
        paths = [path for path in named if not is_foreign(path)]
    else:
        paths = workspace.paths() or [workspace.find()]
        for line in copy_notes(workspace):
            say(line)
    with reading_progress() as progress:
        whole = review_all(workspace, paths, progress)
    for note in whole.notes:
        say(note.public_text if form in PUBLISHED else note.text)
    if text := whole.written_as(form, display(workspace.settings).width):
        result(text)
    return BROKEN if whole.unread else FINDINGS * (strict and whole.fails_strictly)


def _accept(  # noqa: PLR0913  what the options say
    workspace: Workspace, initiatives: list[str], deviation: str, reason: str, role: str, *, consent: bool
) -> None:
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.reviewing import accept_finding, acceptable_rule

    target = acceptable_rule(workspace, deviation)
    if len(initiatives) > 1:
        raise WrongUse("Ett avsteg gäller en insats i taget. Ange bara en.")
    opened = OpenDossier(workspace, meant_path(workspace, next(iter(initiatives), None)))
    say(accept_finding(opened, target, reason, role, consent=consent))
