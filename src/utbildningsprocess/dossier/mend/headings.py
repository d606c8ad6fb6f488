"""Mends of headings: markers of a known one that are gone, a wrong level, and a file that is cut."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from utbildningsprocess.dossier.markers import scan, trimmed
from utbildningsprocess.dossier.mend.model import Mend, Way, with_lines
from utbildningsprocess.dossier.structure import asked_by, cut_off
from utbildningsprocess.swedish import joined, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.markdown import TopBlock
    from utbildningsprocess.model import Battery, Question, Stage

_HEADING = re.compile(r"^ {0,3}(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")


def known_heading(line: str, battery: Battery) -> str:
    """The address of the question, or the id of the stage, whose heading a line is; empty for other lines."""
    match = _HEADING.match(line)
    if match is None:
        return ""
    titled = (stage.id for stage in battery.stages if same(stage.title, match[2]))
    asked = asked_by(match[2], battery.questions())
    return asked.qid if asked else next(titled, "")


def heading_mends(text: str, battery: Battery) -> list[Mend]:
    """The mends of headings in a text whose markers are whole."""
    lines = text.split("\n")
    slips = list(_wrong_levels(lines, battery))
    return slips or [*_without_markers(text, battery), *_cut(lines, battery)]


def _wrong_levels(lines: Sequence[str], battery: Battery) -> Iterator[Mend]:
    """Headings of questions and stages that have another level than they are written with."""
    seen = scan("\n".join(lines))
    title = next((heading.first for heading in seen.headings if heading.tag == "h1"), -1)
    following = {span.opening: qid for qid, span in seen.spans.items()}
    sections = {heading.content for heading in seen.headings if heading.tag == "h2"}
    for heading in seen.headings:
        known = known_heading(lines[heading.first], battery)
        after = next((n for n in range(heading.end, len(lines)) if lines[n].strip()), -1)
        stage = next((stage for stage in battery.stages if stage.id == known), None)
        is_question = "." in known and following.get(after) == known and heading.tag != "h3"
        is_stage = stage is not None and stage.title not in sections and heading.first != title
        if is_question or (is_stage and heading.tag != "h2"):
            level = "###" if is_question else "##"
            new = with_lines(lines, heading.first, heading.end, [f"{level} {heading.content}"])
            what = f"Rubriken har fel nivå. Den ska börja med {level}."
            yield Mend(heading.first + 1, what, (Way("Rätta den", new),), sure=True)


# ----------------------------------------------------------- markers gone


def _without_markers(text: str, battery: Battery) -> list[Mend]:
    """Questions whose heading stands without markers. Where all markers are gone it is one mend."""
    seen = scan(text)
    places = [
        (question, heading)
        for question, heading in _headings_of_questions(seen, battery)
        if question.qid not in seen.spans and f"utb:{question.qid} " not in text
    ]
    if seen.spans or len(places) < 2:  # noqa: PLR2004  one heading is one mend
        return [_marked_anew(seen, question, heading) for question, heading in places]
    lines = list(seen.lines)
    for question, heading in reversed(places):
        lines = _with_markers(lines, _section(seen, heading), question)
    what = f"Alla markörer är borta. {len(places)} frågor går att känna igen på rubriken."
    return [Mend(1, what, (Way("Lägg tillbaka markörerna", "\n".join(lines)),))]


def _headings_of_questions(seen: Scan, battery: Battery) -> Iterator[tuple[Question, TopBlock]]:
    """The headings that read as a question of the stage they stand in, or of any where no stage is named."""
    stage: Stage | None = None
    taken: set[str] = set()
    for heading in seen.headings:
        if heading.tag == "h2":
            stage = next((named for named in battery.stages if same(named.title, heading.content)), None)
        questions = stage.questions if stage else battery.questions()
        asked = asked_by(heading.content, questions)
        if heading.tag == "h3" and asked and asked.qid not in taken:
            taken.add(asked.qid)
            yield asked, heading


def _section(seen: Scan, heading: TopBlock) -> range:
    """The lines of a question's section that are free for its answer."""
    edges = [later.first for later in seen.headings if later.tag in ("h1", "h2", "h3")]
    edges += [span.opening for span in seen.spans.values()]
    end = min((edge for edge in edges if edge > heading.first), default=len(seen.lines))
    return range(heading.end, end)


def _marked_anew(seen: Scan, question: Question, heading: TopBlock) -> Mend:
    section = _section(seen, heading)
    text = "\n".join(_with_markers(list(seen.lines), section, question))
    empty = not any(seen.lines[number].strip() for number in section)
    what = f"Markörerna för ”{heading.content}” är borta, så det som står under rubriken är inget svar."
    return Mend(heading.first + 1, what, (Way("Lägg tillbaka dem", text),), sure=empty)


def _with_markers(lines: list[str], section: range, question: Question) -> list[str]:
    inside = trimmed(lines[section.start : section.stop])
    answer = [f"<!-- utb:{question.qid} -->", "", *inside, *([""] if inside else [])]
    new = ["", *answer, f"<!-- /utb:{question.qid} -->", ""]
    return with_lines(lines, section.start, section.stop, new).split("\n")


# -------------------------------------------------------------- a cut file


def _cut(lines: Sequence[str], battery: Battery) -> Iterator[Mend]:
    """The headings of the last stages when they are missing: the file may have been cut."""
    missing = cut_off(scan("\n".join(lines)), battery)
    if missing:
        names = joined(stage.title for stage in missing)
        what = (
            f"Filen slutar innan {names}, som alltid finns med: den kan vara avkortad. "
            "Text som stod där får du hämta ur en tidigare version av filen."
        )
        new = [line for stage in missing for line in ("", f"## {stage.title}", "", stage.purpose)]
        end = len("\n".join(lines).rstrip().split("\n"))
        text = with_lines(lines, end, len(lines), [*new, ""])
        yield Mend(end, what, (Way("Lägg till rubrikerna", text),))
