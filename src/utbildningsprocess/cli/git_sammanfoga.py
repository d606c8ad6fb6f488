"""`utb git-sammanfoga`: what git calls to merge a dossier, answer by answer."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from typer import Argument, Exit, Option

from utbildningsprocess.cli.output import say
from utbildningsprocess.errors import FINDINGS

_UNTOLD = "%"
"""What a name begins with that an older git has not put anything in the place of."""


def git_sammanfoga(
    versions: Annotated[
        tuple[str, str, str],
        Argument(
            metavar="BAS VÅR DERAS",
            help="Filen före båda ändringarna (%O), från den ena sidan (%A, där resultatet skrivs) "
            "och från den andra (%B).",
        ),
    ],
    place: Annotated[str, Argument(metavar="SÖKVÄG", help="Var filen ligger i repot (%P).")] = "",
    *,
    our_name: Annotated[str, Option("--vi", metavar="NAMN", help="Vad den ena sidan heter (%X).")] = "",
    their_name: Annotated[str, Option("--de", metavar="NAMN", help="Vad den andra sidan heter (%Y).")] = "",
) -> None:
    """Slå samman tre versioner av en dossier, svar för svar. Git kör kommandot, människor behöver det inte.

    Det som bara den ena sidan har ändrat får stå så. Det som båda har ändrat olika står kvar från båda
    mellan konfliktrader, och då är slutkoden 1. utb laga löser konflikten.
    """
    from utbildningsprocess.dossier.merging.three_ways import Said
    from utbildningsprocess.files.git_merge import handed_by_git, written_for_git
    from utbildningsprocess.work.git_merging import merge_for_git

    base, ours, theirs = map(Path, versions)
    named = ["" if name.startswith(_UNTOLD) else name for name in (our_name, their_name)]
    merged = merge_for_git(Said(*handed_by_git((ours, theirs, base))), Path(place or ours), *named)
    written_for_git(ours, merged.data)
    if merged.why:
        say(f"{place or ours}: {merged.why.partition(chr(10))[0]}")
    if not merged.is_clean:
        raise Exit(FINDINGS)
