"""The thread check of initiatives: what does not hang together, and a finding accepted with a reason."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.checks import deviations, reports
from utbildningsprocess.checks.findings import check
from utbildningsprocess.checks.model import Deviation
from utbildningsprocess.checks.texts import no_such_rule
from utbildningsprocess.dossier.document import read
from utbildningsprocess.errors import Broken, WrongUse
from utbildningsprocess.files.facts_cache import FactsCache
from utbildningsprocess.files.git_folder import repository_of
from utbildningsprocess.files.git_repository import GitTrouble
from utbildningsprocess.files.many import program_fingerprint
from utbildningsprocess.files.roots import is_foreign, list_dossiers
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Given
from utbildningsprocess.personal import without_people
from utbildningsprocess.swedish import clean_line, in_quotation_marks, joined
from utbildningsprocess.work.damage import refuse_damaged
from utbildningsprocess.work.open_dossier import OpenDossier
from utbildningsprocess.work.portfolio.kept import Recipe, kept_values, version_of
from utbildningsprocess.work.portfolio.reviewed import (
    Checked,
    checked,
    checked_from_json,
    checked_text,
    checked_to_json,
)
from utbildningsprocess.work.privacy import refuse_personal_numbers

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from utbildningsprocess.checks.deviations import Target
    from utbildningsprocess.checks.model import Finding
    from utbildningsprocess.checks.reports import Reviewed, Unread
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.portfolio.kept import Progress
    from utbildningsprocess.work.workspace import Workspace

_UNHEEDED = "Ett avsteg räknas inte."
_MANY = 10
"""Initiatives: fewer are checked as fast as what is kept is looked up."""
BEFORE_REVIEW = "innan den kan granskas"
HANDED_OVER = Path("-")
"""What stands for the path of a text that another program hands over."""


class Note(NamedTuple):
    """What may be worth knowing besides the findings: for a person, and without any words of an answer."""

    text: str
    public_text: str


class Review(NamedTuple):
    """The thread check of one initiative."""

    reviewed: Reviewed
    notes: tuple[Note, ...]
    """What could not be read, and which deviations accept nothing, as `fil:rad: mening`."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found, in the order of the process and then by grade."""
        return self.reviewed.findings


def review(initiative: OpenDossier) -> Review:
    """The thread check of an initiative. Raises Broken when its file is damaged."""
    return _placed(initiative.workspace, initiative.path, _checked(initiative))


def _checked(initiative: OpenDossier) -> Checked:
    initiative.refuse_if_damaged(BEFORE_REVIEW)
    return checked(initiative.workspace, initiative.content, initiative.typed_name)


def checked_if_whole(workspace: Workspace, path: Path, text: str) -> Checked:
    """The thread check of a text that may not be what lies at its path. Raises Broken when it is damaged."""
    content, typed = read(text, workspace.battery), _typed(workspace, path)
    refuse_damaged(content, shown(path), BEFORE_REVIEW, f"utb laga {typed}")
    return checked(workspace, content, typed)


def _typed(workspace: Workspace, path: Path) -> str:
    return "INSATS" if path == HANDED_OVER else workspace.typed_name(path)


def _placed(workspace: Workspace, path: Path, found: Checked) -> Review:
    """A thread check with where the file is."""
    reviewed = reports.Reviewed(
        name=path.stem,
        typed=_typed(workspace, path),
        title=found.title or path.stem,
        path=published_path(path),
        findings=found.findings,
        applied=tuple(workspace.thread_rules[rule] for rule in found.applied),
        problems=found.problems,
    )
    place, public = (f"{name}:{{}}: {{}}" for name in (shown(path), without_people(shown(path))))
    told = [
        Note(place.format(problem.line, problem.text), public.format(problem.line, problem.public_text))
        for problem in found.problems
    ]
    told += [Note(place.format(line, why), public.format(line, _UNHEEDED)) for line, why in found.unheeded]
    return Review(reviewed, tuple(told))


def published_path(path: Path) -> str:
    """The path for another program, with slashes: from the top of the repository, else from here."""
    top = None if path == HANDED_OVER else repository_of(path)
    return (path.resolve().relative_to(top) if top else PurePath(shown(path))).as_posix()


class ReviewOfAll(NamedTuple):
    """The thread check of several dossiers, and those that could not be read."""

    reviews: tuple[Reviewed, ...]
    unread: tuple[Unread, ...]
    notes: tuple[Note, ...]
    """What a person may want to know besides: passed over files, slips in a file, faults of unread ones."""
    lost: tuple[Unread, ...] = ()
    """What was there and is not: whole dossiers, and answers."""

    @property
    def fails_strictly(self) -> bool:
        """Whether some red finding is not accepted, or something could not be read in a file or is lost."""
        return bool(self.lost) or any(reviewed.is_broken or reviewed.slips for reviewed in self.reviews)

    def written_as(self, form: str, width: int) -> str:
        """The review as text of a width, or as json, github or junit, without names that hold a number."""
        report = reports.Report(self.reviews, (*self.unread, *self.lost), width)
        return reports.REPORT_FORMATS[form](report if form == "text" else _without_people(report))


def _without_people(report: reports.Report) -> reports.Report:
    """A report for others than those who work on the initiatives, by names and paths that they may read."""
    return replace(
        report,
        reviews=[
            replace(reviewed, name=without_people(reviewed.name), path=without_people(reviewed.path))
            for reviewed in report.reviews
        ],
        unread=[
            replace(
                unread,
                name=without_people(unread.name),
                path=without_people(unread.path),
                places=tuple((line, without_people(fault)) for line, fault in unread.places),
            )
            for unread in report.unread
        ],
    )


def review_all(
    workspace: Workspace,
    paths: Iterable[Path],
    progress: Progress | None = None,
    judged: Callable[[Path, Checked], Checked] = lambda _path, found: found,
    unlisted: Iterable[Path] = (),
) -> ReviewOfAll:
    """The thread check of the dossiers at some paths, each once, or what is judged worth telling.

    Of those that are not listed, as they are put away or copies, only what must not lie in git is told.
    """
    paths = dict.fromkeys(paths)
    aside = [path for path in dict.fromkeys(unlisted) if path not in paths]
    kept = _kept_checks(workspace, [*paths, *aside], progress)

    def look(path: Path) -> Checked:
        found = kept.get(path) or _checked(OpenDossier(workspace, path))
        return judged(path, found if path in paths else personal_only(found))

    whole = gathered(workspace, [*paths, *aside], look)
    silent = {published_path(path) for path in aside}
    told = (reviewed for reviewed in whole.reviews if reviewed.findings or reviewed.path not in silent)
    return whole._replace(reviews=tuple(told))


def personal_only(found: Checked) -> Checked:
    """A thread check without anything but the personal numbers."""
    told = tuple(finding for finding in found.findings if finding.rule in deviations.NEVER_ACCEPTED)
    return replace(found, findings=told, problems=(), unheeded=())


def review_handed_over(workspace: Workspace, text: str) -> ReviewOfAll:
    """The thread check of the text of one dossier, wherever it lies."""
    return gathered(workspace, [HANDED_OVER], lambda path: checked_if_whole(workspace, path, text))


def gathered(workspace: Workspace, paths: Iterable[Path], look: Callable[[Path], Checked]) -> ReviewOfAll:
    """The thread checks that a look at each path gives, or why it raises Broken. Raises GitTrouble."""
    reviews: list[Reviewed] = []
    unread: list[Unread] = []
    notes: list[Note] = []
    for path in paths:
        try:
            placed = _placed(workspace.around(path), path, look(path))
        except GitTrouble:
            raise  # which is not about one dossier
        except Broken as error:
            notes.append(Note(f"Fel: {error}", f"Fel: {without_people(str(error))}"))
            unread.append(reports.Unread(path.stem, published_path(path), error.faults))
        else:
            notes += placed.notes
            reviews.append(placed.reviewed)
    return ReviewOfAll(tuple(reviews), tuple(unread), tuple(notes))


def _kept_checks(
    workspace: Workspace, paths: Sequence[Path], progress: Progress | None
) -> dict[Path, Checked]:
    """The thread checks of those among many files that lie here and can be read."""
    homes = (workspace.root.dossiers, workspace.root.archive)
    here = [path for path in paths if path.parent in homes]
    if len(here) < _MANY:
        return {}
    program = program_fingerprint()
    recipe = Recipe(
        version_of(program, workspace, b"granskning"),
        lambda text, path: checked_text(workspace, text, workspace.typed_name(path)),
        checked_to_json,
        checked_from_json,
        lambda found: found is None or found.since <= workspace.today <= found.until,
        lambda path: workspace.typed_name(path).encode("utf-8", "surrogateescape"),
    )
    cache = FactsCache(program)
    try:
        values = kept_values(cache, recipe, here, progress=progress)
        return {path: found for path, found in values if isinstance(found, Checked)}
    finally:
        cache.close()


def foreign_notes(workspace: Workspace, named: Sequence[Path] = ()) -> list[str]:
    """A sentence for each file beside the dossiers, or of those named, that is none, as notes."""
    return [
        f"{shown(path)} är ingen dossier och granskas inte."
        for path in named or list_dossiers(workspace.root)
        if is_foreign(path)
    ]


# ---------------------------------------------------------------- accepting


def rule_meant(workspace: Workspace, wanted: str) -> Target:
    """The rule, or the row of one, that a person means. WrongUse suggests another."""
    known = tuple(workspace.thread_rules)
    target = deviations.target(wanted)
    if target is None or target.rule not in known:
        raise WrongUse(
            f"Regeln {in_quotation_marks(wanted, 60)} finns inte. {no_such_rule(wanted, sorted(known))}"
        )
    return target


def explained_rule(workspace: Workspace, wanted: str, display: Display) -> str:
    """What a rule looks for and why. WrongUse suggests another when there is none of that name."""
    return reports.rule_explained(workspace.thread_rules[rule_meant(workspace, wanted).rule], display.width)


def acceptable_rule(workspace: Workspace, wanted: str) -> Target:
    """The rule, or one row of it, that a deviation is to be written for.

    Raises WrongUse when there is no such rule, or when what it finds can never be accepted.
    """
    target = rule_meant(workspace, wanted)
    if target.rule in deviations.NEVER_ACCEPTED:
        raise WrongUse(f"{target.rule} går inte att godta med ett avsteg: ta bort det som regeln har hittat.")
    return target


def accept_finding(initiative: OpenDossier, target: Target, reason: str, role: str, *, consent: bool) -> str:
    """Writes a deviation into the dossier, unless it stands there already; gives the sentence that says so.

    Raises WrongUse without a reason or when there is no such finding, Broken when the file is damaged.
    """
    reason, role = clean_line(reason), clean_line(role)
    workspace, name = initiative.workspace, shown(initiative.path)
    if not reason:
        command = reports.accept_command(initiative.typed_name, ":".join(filter(None, target)))
        raise WrongUse(f"Ett avsteg behöver ett skäl. Så här skriver du: {command}")
    initiative.refuse_if_damaged(BEFORE_REVIEW)
    _refuse_if_not_found(initiative, target)
    added = Deviation(*target, reason, role, workspace.today)
    answer = Given(deviations.with_deviation(initiative.sheet, added))
    if initiative.answers.get(DEVIATIONS) == answer:
        return f"Avsteget från {target} står redan i {name}. Inget har ändrats."
    refuse_personal_numbers(initiative.sheet, {DEVIATIONS: answer}, consent=consent)
    initiative.save({DEVIATIONS: answer})
    advice = "" if role else " Lägg gärna till vem som har godtagit det: --roll."
    return f"Sparat i {name}: avsteg från {target}, {workspace.thread_rules[target.rule].title}.{advice}"


def _refuse_if_not_found(initiative: OpenDossier, target: Target) -> None:
    """Only what has been found can be accepted."""
    case = initiative.workspace.case(initiative.sheet)
    everything = check(case, initiative.workspace.thread_rules)
    findings = [finding for finding in everything if finding.rule == target.rule]
    if not any(target.row in ("", finding.row) for finding in findings):
        raise WrongUse(_nothing_found(target, findings, shown(initiative.path)))


def _nothing_found(target: Target, findings: Sequence[Finding], place: str) -> str:
    if rows := [finding.row for finding in findings if finding.row]:
        where = f"{joined(rows)} i {place}, men inte på {target.row}"
        return f"{target.rule} har fynd på {where}. Inget har sparats."
    if findings:
        return f"{target.rule} gäller ingen enskild rad i {place}. Skriv bara --avsteg {target.rule}."
    return f"{target.rule} har inget fynd i {place} just nu, så det finns inget att godta. Inget har sparats."
