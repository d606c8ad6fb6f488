"""What lies outside the dossiers, in words, and removed by kind when somebody says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.errors import WrongUse
from utbildningsprocess.files.leftovers import Leftover, LeftoverKind, leftovers, remove
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.swedish import did_you_mean, fold, format_number, with_unit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from utbildningsprocess.work.workspace import Workspace

EVERYTHING_LEFT = "allt"
_WHAT = {
    LeftoverKind.DRAFTS: (
        "Utkast",
        "halvskrivna svar som erbjuds nästa gång; borttagna går de inte att få tillbaka",
    ),
    LeftoverKind.KEPT: (
        "Kopior från innan utb laga",
        "filer som de var; de behövs tills allt är lagat",
    ),
    LeftoverKind.NOTES: (
        "Noteringar",
        "kontrollsummor för det som är gjort, och vad som är sagt en gång; utan dem frågar utb en gång till",
    ),
    LeftoverKind.PASSED_OVER: (
        "Lärdomar",
        "vilka lärdomar som har visats i varje insats; utan dem visas de en gång till",
    ),
    LeftoverKind.COMPUTED: ("Uträknat", "det som listor och granskningar har räknat ut; det räknas ut igen"),
    LeftoverKind.LOCKS: ("Lås", "tomma filer som håller isär två fönster; de görs om när de behövs"),
    LeftoverKind.TEMPS: ("Tempfiler", "rester efter något som inte hann sparas; dossiern är hel utan dem"),
}
_MOST_SHOWN = 20
_UNITS = ((86400, "dagar"), (3600, "timmar"), (60, "minuter"))


def kinds_meant(words: Sequence[str]) -> tuple[LeftoverKind, ...]:
    """The kinds that a person names, or all. Raises WrongUse with a suggestion for what is none."""
    known = {fold(kind): kind for kind in LeftoverKind}
    for word in words:
        if fold(word) not in (*known, EVERYTHING_LEFT):
            hint = (
                did_you_mean(word, [*known, EVERYTHING_LEFT])
                or f"Skriv {', '.join(known)} eller {EVERYTHING_LEFT}."
            )
            raise WrongUse(f"”{word}” är inget som går att rensa. {hint} Dossierer tas aldrig bort.")
    if any(fold(word) == EVERYTHING_LEFT for word in words):
        return tuple(LeftoverKind)
    return tuple(known[fold(word)] for word in words)


def left_in_words(workspace: Workspace, kinds: Sequence[LeftoverKind]) -> str:
    """What lies outside the dossiers, of some kinds: each file with its age and size."""
    lines: list[str] = []
    for kind in kinds:
        files = _of_kind(workspace, kind)
        name, what = _WHAT[kind]
        lines.append(f"{name}: {_sum(files)}, {what}." if files else f"{name}: inga.")
        lines += [f"  {_described(left)}" for left in files[:_MOST_SHOWN]]
        if len(files) > _MOST_SHOWN:
            lines.append(f"  och {len(files) - _MOST_SHOWN} till")
    return "\n".join(lines)


def tidy(workspace: Workspace, kinds: Sequence[LeftoverKind]) -> list[str]:
    """Removes what lies outside the dossiers, of some kinds; gives sentences about what came of it."""
    said: list[str] = []
    for kind in kinds:
        files = _of_kind(workspace, kind)
        kept = [left for left in files if not remove(left)]
        gone = [left for left in files if left not in kept]
        said.append(
            f"{_WHAT[kind][0]}: {_sum(gone)} borttagna." if gone else f"{_WHAT[kind][0]}: inga att ta bort."
        )
        said += [f"{shown(left.path)} gick inte att ta bort. Kontrollera rättigheterna." for left in kept]
    return said


def _of_kind(workspace: Workspace, kind: LeftoverKind) -> list[Leftover]:
    return [left for left in leftovers(workspace.root) if left.kind is kind]


def _sum(files: Sequence[Leftover]) -> str:
    many = "1 fil" if len(files) == 1 else f"{len(files)} filer"
    return f"{many}, {_size_in_words(sum(left.size for left in files))}"


def _described(left: Leftover) -> str:
    about = f" ({left.about})" if left.about else ""
    return f"{shown(left.path)}{about}: {_age_in_words(left.seconds)}, {_size_in_words(left.size)}"


def _age_in_words(seconds: float) -> str:
    for length, unit in _UNITS:
        if seconds >= length:
            return f"{with_unit(int(seconds // length), unit)} gammal"
    return "alldeles ny"


def _size_in_words(size: int) -> str:
    return f"{format_number(round(size / 1000, 1))} kB" if size >= 1000 else f"{size} byte"  # noqa: PLR2004  kilo
