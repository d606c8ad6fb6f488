"""`utb granska`: what does not hang together between the stages; a rule explained; a finding accepted."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess import checks, dossier, files
from utbildningsprocess.addresses import DEVIATIONS
from utbildningsprocess.checks import reports
from utbildningsprocess.checks.reports import REPORT_FORMATS, Report, Unread
from utbildningsprocess.cli.chrome import PROGRAM
from utbildningsprocess.cli.formats import known_format
from utbildningsprocess.cli.output import result, say
from utbildningsprocess.cli.privacy import refuse_personal_numbers
from utbildningsprocess.cli.reading import refuse_if_in_doubt, tell_of_problems
from utbildningsprocess.cli.session import Session
from utbildningsprocess.cli.support import width
from utbildningsprocess.cli.workspace import meant_dossier, open_workspace, today
from utbildningsprocess.errors import BROKEN, FINDINGS, OK, Broken, WrongUse
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.model import Given
from utbildningsprocess.swedish import clean_line, joined

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from utbildningsprocess.checks import Case, Finding, Reviewed, Target
    from utbildningsprocess.cli.workspace import Workspace
    from utbildningsprocess.dossier import Dossier
    from utbildningsprocess.files import Root

REVIEWED = "innan den kan granskas"


def review(  # noqa: PLR0913  one parameter for each option
    initiatives: list[str],
    *,
    form: str,
    strict: bool,
    rule: str | None,
    deviation: str | None,
    reason: str | None,
    role: str | None,
    consent: bool,
) -> int:
    """Checks dossiers, explains a rule or accepts a finding; gives the exit code."""
    form = known_format(form, tuple(REPORT_FORMATS))
    _refuse_what_does_not_go_together(initiatives, rule, deviation, reason, role)
    workspace = open_workspace()
    if rule is not None:
        found = _known_rule(workspace, rule)
        result(reports.rule_explained(workspace.checks[found.rule], width()))
        return OK
    if deviation is not None:
        given = Accepted(deviation, clean_line(reason or ""), clean_line(role or ""))
        accept(workspace, initiatives, given, consent=consent)
        return OK
    return _report(workspace, initiatives, form, strict=strict)


def _refuse_what_does_not_go_together(
    initiatives: Sequence[str], rule: str | None, deviation: str | None, reason: str | None, role: str | None
) -> None:
    if rule is not None and deviation is not None:
        raise WrongUse("Ange --regel eller --avsteg, inte båda.")
    if rule is not None and initiatives:
        raise WrongUse(
            f"--regel förklarar en regel och tar ingen insats. Skriv: {PROGRAM} granska --regel {rule}"
        )
    if deviation is None and (reason is not None or role is not None):
        command = reports.accept_command("INSATS", "R24")
        raise WrongUse(f"--skal och --roll hör till --avsteg. Så här skriver du: {command}")


def _known_rule(workspace: Workspace, wanted: str) -> Target:
    """The rule, or the row of one, that a person means. WrongUse suggests another."""
    known = tuple(workspace.checks)
    found = checks.target(wanted)
    if found is None or found.rule not in known:
        raise WrongUse(f"Regeln ”{wanted}” finns inte. {checks.no_such_rule(wanted, sorted(known))}")
    return found


# ---------------------------------------------------------------- reporting


def _report(workspace: Workspace, initiatives: Sequence[str], form: str, *, strict: bool) -> int:
    """Says what was found in every dossier that can be read, and which ones cannot.

    The latter is said on stderr, and in the formats for other programs as an error of the file.
    """
    reviews: list[Reviewed] = []
    unread: list[Unread] = []
    for path in _meant(workspace, initiatives):
        try:
            reviews.append(_reviewed(workspace, path))
        except Broken as error:
            say(f"Fel: {error}")
            unread.append(Unread(path.stem, _published(path), error.places))
    if text := REPORT_FORMATS[form](Report(reviews, unread, width())):
        result(text)
    if unread:
        return BROKEN
    return FINDINGS if strict and any(one.is_broken for one in reviews) else OK


def _meant(workspace: Workspace, initiatives: Sequence[str]) -> list[Path]:
    """The dossiers that are meant, each once; all of them when none is named."""
    if not initiatives:
        return _all(workspace.root)
    return list(dict.fromkeys(meant_dossier(workspace, wanted) for wanted in initiatives))


def _all(root: Root) -> list[Path]:
    """Every dossier of the root. Other files beside them are passed over, and that is said."""
    found = []
    for path in files.list_dossiers(root):
        if files.is_foreign(path):
            say(f"{shown(path)} är ingen dossier och granskas inte: filen har inga markörer från {PROGRAM}.")
        else:
            found.append(path)
    return found or [files.find_dossier(root, None)]


def _reviewed(workspace: Workspace, path: Path) -> Reviewed:
    content = dossier.read(files.read_dossier(path).text, workspace.battery)
    refuse_if_in_doubt(path, content, REVIEWED)
    tell_of_problems(path, content)
    case = workspace.case(content.sheet, content.outside)
    found = checks.check(case, workspace.checks)
    _tell_of_unheeded(path, content, case, found, workspace.name(path))
    return checks.Reviewed(
        name=path.stem,
        typed=workspace.name(path),
        title=content.title or path.stem,
        path=_published(path),
        findings=tuple(checks.LocatedFinding(one, content.line_of(one.qid, one.row)) for one in found),
        applied=checks.applying(case, workspace.checks),
    )


def _published(path: Path) -> str:
    """The path for another program: from the working directory, with slashes."""
    return PurePath(shown(path)).as_posix()


def _tell_of_unheeded(path: Path, content: Dossier, case: Case, found: Sequence[Finding], typed: str) -> None:
    """Says which deviations accept nothing, so that nobody believes that they do."""
    rows = [(content.line_of(DEVIATIONS, row), why) for row, why in checks.unheeded(case, found)]
    for line, why in sorted([*rows, *checks.astray(content.outside_lines(), typed)]):
        say(f"{shown(path)}:{line}: {why}")


# ---------------------------------------------------------------- accepting


class Accepted(NamedTuple):
    """What a person wants to accept, as typed; the reason and the role as one line."""

    wanted: str
    reason: str
    role: str


def accept(workspace: Workspace, initiatives: Sequence[str], given: Accepted, *, consent: bool) -> None:
    """Writes a deviation into the dossier, unless it stands there already."""
    meant = _known_rule(workspace, given.wanted)
    if meant.rule in checks.NEVER_ACCEPTED:
        raise WrongUse(f"{meant.rule} går inte att godta med ett avsteg: ta bort det som regeln har hittat.")
    path = _the_one(workspace, initiatives)
    if not given.reason:
        command = reports.accept_command(workspace.name(path), _as_one_word(meant))
        raise WrongUse(f"Ett avsteg behöver ett skäl. Så här skriver du: {command}")
    session = Session(workspace, path)
    refuse_if_in_doubt(path, session.content, REVIEWED)
    _refuse_if_not_found(workspace, session, meant)
    added = checks.Deviation(*meant, given.reason, given.role, today())
    answer = Given(checks.with_deviation(session.answers, added))
    if session.answers.get(DEVIATIONS) == answer:
        say(f"Avsteget från {meant} står redan i {shown(path)}. Inget har ändrats.")
        return
    refuse_personal_numbers(workspace.battery, {DEVIATIONS: answer}, session.answers, consent=consent)
    session.save(DEVIATIONS, answer)
    advice = "" if given.role else " Lägg gärna till vem som har godtagit det: --roll."
    say(f"Sparat i {shown(path)}: avsteg från {meant}, {workspace.checks[meant.rule].title}.{advice}")


def _as_one_word(meant: Target) -> str:
    """The rule and row as one word of a command."""
    return ":".join(filter(None, meant))


def _the_one(workspace: Workspace, initiatives: Sequence[str]) -> Path:
    if len(initiatives) > 1:
        raise WrongUse("Ett avsteg gäller en insats i taget. Ange bara en.")
    return meant_dossier(workspace, next(iter(initiatives), None))


def _refuse_if_not_found(workspace: Workspace, session: Session, meant: Target) -> None:
    """Only what has been found can be accepted."""
    everything = checks.check(workspace.case(session.sheet), workspace.checks)
    found = [one for one in everything if one.rule == meant.rule]
    if not any(meant.row in ("", one.row) for one in found):
        raise WrongUse(_nothing_found(meant, found, shown(session.path)))


def _nothing_found(meant: Target, found: Sequence[Finding], place: str) -> str:
    rows = [one.row for one in found if one.row]
    if rows:
        return (
            f"{meant.rule} har fynd på {joined(rows)} i {place}, men inte på {meant.row}. Inget har sparats."
        )
    if found:
        return f"{meant.rule} gäller ingen enskild rad i {place}. Skriv bara --avsteg {meant.rule}."
    return f"{meant.rule} har inget fynd i {place} just nu, så det finns inget att godta. Inget har sparats."
