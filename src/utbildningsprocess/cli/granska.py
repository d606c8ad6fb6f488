"""`utb granska`: what does not hang together between the stages; a rule explained; a finding accepted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Exit, Option

from utbildningsprocess.cli import completion
from utbildningsprocess.cli.asking import meant_path
from utbildningsprocess.cli.formats import PUBLISHED, REVIEWS, known_format
from utbildningsprocess.cli.output import STDIN, display, read_input, result, say
from utbildningsprocess.cli.parameters import Consent
from utbildningsprocess.errors import BROKEN, FINDINGS, WrongUse
from utbildningsprocess.swedish import joined

if TYPE_CHECKING:
    from pathlib import Path

    from utbildningsprocess.work.reviewing_new import ReviewOfNew
    from utbildningsprocess.work.workspace import Workspace

ACCEPT = 'utb granska INSATS --avsteg R24 --skal "…" --roll "…"'


_Initiatives = Annotated[
    list[str] | None,
    Argument(
        metavar="INSATS",
        autocompletion=completion.dossiers,
        help="En eller flera insatser. Utan namn granskas alla. ”-” läser en dossier från standard in.",
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
_Against = Annotated[
    str | None,
    Option(
        "--mot",
        metavar="GREN",
        help="Visa bara det som är nytt sedan ni lämnade grenen, och ge slutkod 1 om något av det är rött.",
    ),
]
_Staged = Annotated[bool, Option("--index", help="Granska dossiererna så som de är tillagda med git add.")]
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
    against: _Against = None,
    staged: _Staged = False,
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

    looking = _Looking(initiatives or [], known_format(form, REVIEWS), strict, against, staged)
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
        _accept(workspace, looking.initiatives, deviation, reason or "", role or "", consent=consent)
    elif code := _report(workspace, looking):
        raise Exit(code)


class _Looking(NamedTuple):
    """What is to be reviewed, in which format it is told, and what is to end with a code of its own."""

    initiatives: list[str]
    form: str
    strict: bool
    against: str | None
    staged: bool

    @property
    def is_handed_over(self) -> bool:
        """Whether it is the text of a dossier that another program hands over."""
        return STDIN in self.initiatives

    def refuse_what_does_not_fit(self) -> None:
        """Raises WrongUse when two things are said of what is to be reviewed."""
        if self.staged and self.initiatives:
            raise WrongUse("--index granskar det som är tillagt med git add. Ange ingen insats.")
        if self.is_handed_over and len(self.initiatives) > 1:
            raise WrongUse("”-” läser en dossier från standard in. Ange den ensam.")
        if self.is_handed_over and self.against is not None:
            raise WrongUse("--mot jämför filer som git känner till. Ange insatsen i stället för ”-”.")


def _report(workspace: Workspace, looking: _Looking) -> int:
    """Says what was found in every dossier that can be read, and which ones cannot; gives the exit code."""
    looking.refuse_what_does_not_fit()
    whole, summary = _reviewed(workspace, looking)
    for note in whole.notes:
        say(note.public_text if looking.form in PUBLISHED else note.text)
    if text := whole.written_as(looking.form, display(workspace.settings).width):
        result(text)
    if summary:
        say(summary)
    counts = looking.strict or looking.against is not None
    return BROKEN if whole.unread else FINDINGS * (counts and whole.fails_strictly)


def _reviewed(workspace: Workspace, looking: _Looking) -> ReviewOfNew:
    """The review of what is meant, and what is to be said of it."""
    from utbildningsprocess.cli.listing import reading_progress
    from utbildningsprocess.work.reviewing import review_all, review_handed_over
    from utbildningsprocess.work.reviewing_new import ReviewOfNew, review_new, review_staged

    if looking.is_handed_over:
        return ReviewOfNew(review_handed_over(workspace, read_input(STDIN).text), "")
    if looking.staged:
        return review_staged(workspace, looking.against)
    paths = _meant(workspace, looking.initiatives)
    if looking.against is not None:
        with reading_progress() as progress:
            are_all = not looking.initiatives
            return review_new(workspace, paths, looking.against, progress, are_all=are_all)
    paths = paths or ([] if looking.initiatives else [workspace.find()])
    put_away = workspace.archived() if looking.strict and not looking.initiatives else []
    with reading_progress() as progress:
        return ReviewOfNew(review_all(workspace, paths, progress, unlisted=put_away), "")


def _meant(workspace: Workspace, initiatives: list[str]) -> list[Path]:
    """The dossiers that are meant, all where none is named; says what lies beside them and is passed over."""
    from utbildningsprocess.files.roots import is_foreign
    from utbildningsprocess.work.copies import copy_notes
    from utbildningsprocess.work.reviewing import foreign_notes

    named = [meant_path(workspace, wanted) for wanted in initiatives]
    for line in foreign_notes(workspace, named):
        say(line)
    if named:
        return [path for path in named if not is_foreign(path)]
    paths = workspace.paths()
    for line in copy_notes(workspace):
        say(line)
    return paths


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
