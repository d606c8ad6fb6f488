"""A list of initiatives in words for a terminal of some width, and what there is to know besides."""

from __future__ import annotations

import shlex
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

from utbildningsprocess.files.glance import ARCHIVE_FOLDER, glance
from utbildningsprocess.files.roots import is_same_folder
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.steps import PROMISES, step_name
from utbildningsprocess.swedish import joined, shortened
from utbildningsprocess.work.portfolio.facts import LIVES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.portfolio.choosing import LineFound
    from utbildningsprocess.work.portfolio.facts import Dated, Facts
    from utbildningsprocess.work.portfolio.kept import UnreadFile
    from utbildningsprocess.work.portfolio.listing import Copied, Listed, Portfolio

LIFE_NAMES = {"aktiv": "Aktiv", "vilande": "Vilande", "avslutad": "Avslutad", "ersatt": "Ersatt"}
_NARROWEST_TABLE, _WIDEST_TABLE, _NARROWEST_TEXT = 100, 160, 20
LISTED_HEADINGS = ("Insats", "Steg", "Nästa", "Försenat", "Röda", "Processledare", "Status")
LISTED_NUMBERS = ("Försenat", "Röda")
_SHARES = {"Insats": 4, "Nästa": 4, "Processledare": 2}
"""How the room that the short columns leave is shared."""
_LONGEST_DUE, _LONGEST_LINE = 100, 200
MOST_URGENT = 3
_MOST_LINES, _MOST_NAMED = 3, 3
_GUTTER = "  "
NO_PROMISES = "Inget med datum väntar på rollen."
"""Said of an initiative in which a role has a part, but nothing with a date."""


def listed_in_words(
    listed: Sequence[Listed],
    today: date,
    display: Display,
    lines: Mapping[Path, Sequence[LineFound]],
    promises: Mapping[Path, Sequence[Dated]],
) -> str:
    """The initiatives in columns where there is room for them, else each by itself, with what it promises."""
    if display.plain or display.columns < _NARROWEST_TABLE or lines or promises:
        width = max(display.width, _NARROWEST_TEXT)
        return "\n\n".join(
            "\n".join(
                [
                    *_wrapped(initiative.title, width),
                    *_about(initiative, today, width, promises.get(initiative.path)),
                    *_lines_found(lines.get(initiative.path, ()), width),
                ]
            )
            for initiative in listed
        )
    rows = [listed_cells(initiative, today, in_short=True) for initiative in listed]
    return "\n".join(_columns(rows, display.columns - 1))


def most_urgent_in_words(portfolio: Portfolio, urgent: Sequence[Listed], today: date, width: int) -> str:
    """The first of these initiatives, each with the command to go on with, and how to see the others."""
    blocks = [
        "\n".join([initiative.title, *_about(initiative, today, width), f"  {go_on(initiative)}"])
        for initiative in urgent[:MOST_URGENT]
    ]
    broken = [f"{shown(file.path)} går inte att läsa.\n{mend(file)}" for file in portfolio.unreadable]
    more = len(urgent) - MOST_URGENT
    if urgent or broken:
        ways = [f"Och {insatser(more)} till. Se alla: utb lista" if more > 0 else "Se alla: utb lista"]
        ways.append("Se mer om en: utb status INSATS")
    else:
        ways = [*_put_away(portfolio, urgent)]
    ways.append("Starta en ny: utb ny")
    return "\n\n".join([*blocks, *(["\n".join(broken)] if broken else []), "\n".join(ways)])


def go_on(initiative: Listed) -> str:
    """The command to go on with."""
    facts, name = initiative.facts, typed(initiative.path)
    if facts.mends:
        return f"Fortsätt med: utb granska {name}"
    return f"Fortsätt med: utb steg {facts.step} {name}" if facts.step else f"Läs den med: utb visa {name}"


def told_apart(initiative: Listed, today: date) -> str:
    """An initiative among several to choose from: its title, the step it has reached, and the next date."""
    due = initiative.facts.next_date(today.isoformat())
    late = "skulle ha skett " if due and due.last < today.isoformat() else ""
    stage = initiative.facts.stage
    known = [step_name(stage) if stage else "inte påbörjad", f"{late}{due.said}" if due else ""]
    return f"{initiative.title} ({', '.join(filter(None, known))})"


# ------------------------------------------------------------------ each by itself


def _about(
    initiative: Listed, today: date, width: int, promises: Sequence[Dated] | None = None
) -> Iterator[str]:
    """What is known of it; of what has a date only the first, where it is not said what is promised."""
    facts = initiative.facts
    late, red = len(facts.overdue(today.isoformat())), facts.red
    state = [
        "" if initiative.life == "aktiv" else _life(initiative),
        step_name(facts.stage) if facts.stage else "",
        f"{late} {'försenad' if late == 1 else 'försenade'}" if late else "",
        f"{red} {'rött fynd' if red == 1 else 'röda fynd'}" if red else "",
    ]
    yield from _indented(", ".join(filter(None, state)), width)
    if promises is None and (coming := next_in_words(facts, today)):
        yield from _indented(coming, width)
    for dated in promises or ():
        yield from _indented(
            f"{_dated_in_words(dated, today)}{f' ({dated.who})' if dated.who else ''}", width
        )
    if promises == []:
        yield from _indented(NO_PROMISES, width)
    if facts.leader:
        yield from _indented(f"Processledare: {facts.leader}", width)


def next_in_words(facts: Facts, today: date, *, in_short: bool = False) -> str:
    """The first thing that is late, else the first to come; where nothing has a date, what is next.

    In short the day alone is said of what is late: where little room is left, what it is matters more.
    """
    due = facts.next_date(today.isoformat())
    if due and in_short and due.last < today.isoformat():
        return f"{due.said}: {due.what}"
    return _dated_in_words(due, today) if due else facts.reason


def _dated_in_words(due: Dated, today: date) -> str:
    return f"{when_in_words(due, today)}: {shortened(due.what, _LONGEST_DUE)}"


def when_in_words(due: Dated, today: date) -> str:
    """The day, and whether that is today or has passed."""
    day = today.isoformat()
    if due.last < day:
        return f"Skulle ha skett {due.said}"
    return "I dag" if due.first == due.last == day else due.said


def _lines_found(lines: Sequence[LineFound], width: int) -> Iterator[str]:
    for line in lines[:_MOST_LINES]:
        yield from _indented(f"rad {line.number}: {shortened(line.text, _LONGEST_LINE)}", width)
    if more := max(0, len(lines) - _MOST_LINES):
        yield f"  och {more} {'rad' if more == 1 else 'rader'} till"


def _indented(text: str, width: int) -> list[str]:
    return _wrapped(text, width, "  ", "    ")


def _wrapped(text: str, width: int, indent: str = "", subsequent: str = "") -> list[str]:
    if len(indent) + len(text) <= width:  # so it is with most of thousands of lines
        return [f"{indent}{text}"]
    words = text.split(" ")
    if "" in words or not text.isprintable() or len(subsequent) + max(map(len, words)) > width:
        return textwrap.wrap(
            text, width, initial_indent=indent, subsequent_indent=subsequent, break_on_hyphens=False
        )
    lines = [f"{indent}{words[0]}"]  # as it would be wrapped there, in a quarter of the time
    for word in words[1:]:
        if len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(f"{subsequent}{word}")
    return lines


# -------------------------------------------------------------------- in columns


def listed_cells(initiative: Listed, today: date, *, in_short: bool = False) -> list[str]:
    """What each column says of an initiative."""
    facts = initiative.facts
    late = len(facts.overdue(today.isoformat()))
    return [
        initiative.title,
        step_name(facts.stage) if facts.stage else "–",
        next_in_words(facts, today, in_short=in_short) or "–",
        str(late or "–"),
        str(facts.red or "–"),
        facts.leader or "–",
        _life(initiative),
    ]


def _life(initiative: Listed) -> str:
    return f"{LIFE_NAMES[initiative.life]}{', i arkivet' if initiative.archived else ''}"


def _columns(rows: Sequence[Sequence[str]], columns: int) -> Iterator[str]:
    """Rows in columns, each cell cut to its width: a list of thousands is read down, not across."""
    widths = _widths(rows, min(columns, _WIDEST_TABLE))
    for row in (LISTED_HEADINGS, *rows):
        fitting = [
            _cut(cell, width).rjust(width) if heading in LISTED_NUMBERS else _cut(cell, width).ljust(width)
            for heading, cell, width in zip(LISTED_HEADINGS, row, widths, strict=True)
        ]
        yield _GUTTER.join(fitting).rstrip()


def _widths(rows: Sequence[Sequence[str]], columns: int) -> list[int]:
    longest = [max(map(len, cells)) for cells in zip(LISTED_HEADINGS, *rows, strict=True)]
    needs = dict(zip(LISTED_HEADINGS, longest, strict=True))
    fixed = sum(width for heading, width in needs.items() if heading not in _SHARES)
    room = columns - fixed - len(_GUTTER) * (len(LISTED_HEADINGS) - 1)
    shares = sum(_SHARES.values())
    for heading, share in sorted(_SHARES.items(), key=lambda item: needs[item[0]]):
        needs[heading] = min(needs[heading], room * share // shares)
        room, shares = room - needs[heading], shares - share
    return list(needs.values())


def _cut(text: str, width: int) -> str:
    """The text cut to a width, with an ellipsis where something is left out."""
    return text if len(text) <= width else f"{text[: width - 1].rstrip()}…"


# ----------------------------------------------------------------- what to know besides


def portfolio_notes(portfolio: Portfolio, told: Sequence[Listed], today: date) -> Iterator[str]:
    """How many were read, what is to be learnt again, and each file that is in no sum."""
    yield from _counted(portfolio, told)
    for initiative in portfolio.listed:
        if again := initiative.facts.demand_ahead(today):
            yield f"{initiative.title}: kravet {_again(again, today)}."
    yield from _of_promises(told, today)
    yield from not_counted(portfolio)
    if portfolio.could_not_keep:
        yield "Det som räknades ut kunde inte sparas till nästa gång. Då tar listan lika lång tid igen."


def _of_promises(told: Sequence[Listed], today: date) -> Iterator[str]:
    """How many initiatives have promises whose day has passed without an answer, and how to ask."""
    day = today.isoformat()
    active = (initiative.facts for initiative in told if initiative.life == LIVES[0])
    untold = sum(any(last < day for last in facts.promised) for facts in active)
    if untold:
        many = "En insats" if untold == 1 else f"{untold} insatser"
        yield f"{many} har löften som ingen har svarat på. Fråga med: utb samtal {PROMISES} INSATS"


def not_counted(portfolio: Portfolio) -> Iterator[str]:
    """Each file that is in no sum, and why: no dossier, a copy of another, or unreadable."""
    yield from _of_foreign(portfolio.foreign)
    yield from (f"{shown(link)} är en länk ut ur mappen och läses inte." for link in portfolio.leading_out)
    yield from _of_copies(portfolio.copies)
    for unreadable in portfolio.unreadable:
        yield from unreadable_in_lines(unreadable)


def _of_copies(copies: Sequence[Copied]) -> Iterator[str]:
    """Each copy that differs by itself; the alike together, for in two folders they may be there to be."""
    alike = [copy for copy in copies if not copy.differing]
    if len(alike) > 1:
        names = joined(sorted(shown(copy.path) for copy in alike), most=_MOST_NAMED)
        yield f"{len(alike)} filer är likadana som andra och räknas en gång: {names}."
        copies = [copy for copy in copies if copy.differing]
    for copy in copies:
        beside = copy.path.parent == copy.original.parent
        original = shown(Path(copy.original.name) if beside else copy.original)
        what = f"{shown(copy.path)} är en kopia av {original} och räknas inte."
        yield f"{what} {_difference(copy.differing)}"


def missing_here(portfolio: Portfolio) -> Iterator[str]:
    """For whoever decides: each file that cannot be read, and who can do something about it."""
    for file in portfolio.unreadable:
        what = "En insats saknas här" if file.faults else "En insats kan saknas här"
        yield f"{what}: filen {shown(file.path)} går inte att läsa. Den som äger filen behöver laga den."


def _counted(portfolio: Portfolio, told: Sequence[Listed]) -> Iterator[str]:
    """How many of how many are shown, and how many of the others are put away."""
    listed = len(portfolio.listed)
    if not listed and not portfolio.unreadable:
        where = joined(map(shown, portfolio.folders), "eller")
        yield f"Det finns ingen insats i {where}. Starta en med: utb ny"
    elif len(told) != listed:
        yield f"{len(told)} av {insatser(listed)} visas."
    elif listed > 1:
        yield f"{insatser(listed)}."
    yield from _put_away(portfolio, told)


def _put_away(portfolio: Portfolio, told: Sequence[Listed]) -> Iterator[str]:
    put_away = sum(initiative.archived for initiative in portfolio.listed)
    if hidden := put_away - sum(initiative.archived for initiative in told):
        yield f"{insatser(hidden)} ligger i arkivet. Visa också det: utb lista --arkiv"


def _again(demand: Dated, today: date) -> str:
    is_late = demand.last < today.isoformat()
    return f"skulle ha uppfyllts igen {demand.said}" if is_late else f"ska uppfyllas igen {demand.said}"


def insatser(number: int) -> str:
    """So many initiatives."""
    return "1 insats" if number == 1 else f"{number} insatser"


def _of_foreign(paths: Sequence[Path]) -> Iterator[str]:
    if len(paths) == 1:
        yield f"{shown(paths[0])} är ingen dossier och visas inte."
    elif paths:
        names = joined((shown(path) for path in paths), most=_MOST_NAMED)
        yield f"{len(paths)} filer är inga dossierer och visas inte: {names}."


def _difference(lines: int) -> str:
    if not lines:
        return "Texten är densamma, så den ena kan tas bort."
    return "En rad skiljer sig." if lines == 1 else f"{lines} rader skiljer sig."


def unreadable_in_lines(unreadable: UnreadFile) -> Iterator[str]:
    """Why a file cannot be read, as `fil:rad: mening`, and the command that mends it."""
    name = shown(unreadable.path)
    if not unreadable.faults:
        yield f"Fel: {unreadable.sentence}"
        return
    yield from (f"Fel: {name}:{line}: {sentence}" for line, sentence in unreadable.faults)
    yield mend(unreadable)


def mend(unreadable: UnreadFile) -> str:
    """The command that mends a damaged file; another shows what is wrong with one that is no text."""
    name = typed(unreadable.path)
    return f"Laga den med: utb laga {name}" if unreadable.faults else f"Se varför: utb status {name}"


def typed(path: Path) -> str:
    """What a person types to mean a dossier: its name, or its path when it lies in another folder."""
    here = glance(Path()).dossiers
    is_near = any(is_same_folder(path.parent, folder) for folder in (here, here / ARCHIVE_FOLDER))
    return shlex.quote(path.stem if is_near else shown(path))
