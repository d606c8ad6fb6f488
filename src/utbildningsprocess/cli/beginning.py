"""`utb` alone: which initiatives stand here; where there are none, what somebody who has just come wants."""

from __future__ import annotations

from pathlib import Path

from utbildningsprocess.cli.clone_hint import tell_of_clone
from utbildningsprocess.cli.lesson import hold_lesson
from utbildningsprocess.cli.output import display, result
from utbildningsprocess.cli.paging import leaf_through, somebody_reads
from utbildningsprocess.cli.starting import ask_from_the_start, make_example
from utbildningsprocess.errors import Interrupted
from utbildningsprocess.screen.looks import Plainness

BEGIN = """utb är en ledstång från behov till uppföljning: frågor, svar och en dossier i Markdown.

Börja så här:
  utb exempel                titta på en hel insats som exempel
  utb guide                  prova det viktigaste på en kopia av exemplet
  utb ny "Insatsens namn"    starta en egen insats
  utb status                 se var ni står och vad som är nästa steg
  utb hjälp                  se alla kommandon"""
_EXAMPLE, _TRY, _START, _READ, _NOTHING = "exempel", "guide", "ny", "process", "inget"


def begin(*, plain: bool = False) -> None:
    """Says which initiatives stand here; where there are none, asks what is wanted, or says what can be."""
    from utbildningsprocess.files.glance import glance

    seen = glance(Path())
    Plainness.wanted = plain or seen.plain
    if not seen.is_empty() and _show_initiatives():
        tell_of_clone()
        return
    if somebody_reads():
        _ask_what_is_wanted(plain=Plainness.wanted)
    else:
        result(BEGIN)


def _show_initiatives() -> bool:
    """Shows the most urgent initiatives; False where none of the files is one."""
    from utbildningsprocess.cli.listing import read_initiatives
    from utbildningsprocess.work.portfolio.choosing import Wanted, chosen
    from utbildningsprocess.work.portfolio.words import most_urgent_in_words

    seen = read_initiatives()
    portfolio = seen.portfolio
    urgent = chosen(portfolio.listed, Wanted(), seen.today)
    if not portfolio.listed and not portfolio.unreadable:
        return False
    result(most_urgent_in_words(portfolio, urgent, seen.today, seen.display.width))
    return True


def _ask_what_is_wanted(*, plain: bool) -> None:
    """Does what is chosen; whoever has looked or read is asked again."""
    from utbildningsprocess.cli.asking import face_for
    from utbildningsprocess.conversation.face import Ask, Choice, Leave, SaveAndLeave

    face = face_for(plain=plain)
    options = [
        Choice(_EXAMPLE, "Titta på en hel insats som exempel"),
        Choice(_TRY, "Prova med en guide, på en kopia av exemplet"),
        Choice(_START, "Starta en egen insats"),
        Choice(_READ, "Läs om processen och dess sex steg"),
        Choice(_NOTHING, "Inget just nu"),
    ]
    ask = Ask("Här finns ingen insats än. Vad vill du göra?")
    wanted = ""
    while wanted not in (_START, _NOTHING):
        try:
            wanted = face.ask_choice(ask, options)
        except SaveAndLeave:
            return
        except Leave:
            raise Interrupted("Avbrutet.") from None
        if wanted == _EXAMPLE:
            _show_example()
        elif wanted == _TRY:
            hold_lesson(face)
        elif wanted == _READ:
            _show_process()
    if wanted == _START:
        ask_from_the_start("", face)


def _show_example() -> None:
    """Makes the example, and shows its dossier to leaf through."""
    from utbildningsprocess.screen.showing import set_markdown
    from utbildningsprocess.work.reading_copy import to_read

    initiative = make_example()
    shown_in = display(initiative.workspace.settings)
    dossier = set_markdown(to_read(initiative, shown_in), plain=shown_in.plain)
    leaf_through(dossier, whole=shown_in.plain)


def _show_process() -> None:
    from utbildningsprocess.work.overview import process_in_words
    from utbildningsprocess.work.workspace import Workspace

    workspace = Workspace.open()
    result(f"\n{process_in_words(workspace, display(workspace.settings))}\n")
