"""What a dossier has from its first day and misses: headings of stages, and markers below a question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from utbildningsprocess.dossier.markers import defines_link, sections
from utbildningsprocess.model import Problem
from utbildningsprocess.steps import step_meant
from utbildningsprocess.swedish import joined, same

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from utbildningsprocess.dossier.markers import Scan
    from utbildningsprocess.markdown import TopBlock
    from utbildningsprocess.model import Battery, Question, Stage


def missing(seen: Scan, battery: Battery) -> list[Problem]:
    """What a dossier misses, each thing with the line where it is missed."""
    if not _is_dossier(seen):
        return []
    return [*_missing_stages(seen, battery), *_missing_end(seen, battery), *_missing_markers(seen, battery)]


def damage(seen: Scan, battery: Battery) -> dict[str, int]:
    """The questions whose answers may be lost or another's, each with the line where that is seen."""
    bare = {
        question.qid: heading.first + 1
        for question, heading, section in bare_headings(seen, battery.questions())
        if _written_in(seen, section)
    }
    gone = dict.fromkeys(_cut_away(seen, battery) if _is_dossier(seen) else (), last_line(seen))
    return {**gone, **bare, **seen.doubtful}


def _cut_away(seen: Scan, battery: Battery) -> list[str]:
    """The questions that may have stood where a cut file ends: in its last stage, and in those below."""
    below = len(cut_off(seen, battery))
    steps = [stage for stage in battery.stages if stage.is_step]
    ending = steps[-below - 1 :] if below else []
    return [
        question.qid for stage in ending for question in stage.questions if question.qid not in seen.spans
    ]


def _is_dossier(seen: Scan) -> bool:
    """Whether a text is a dossier: its first line says so, or, where that is gone, the markers of answers."""
    return seen.version is not None or bool(seen.spans)


def stage_heading(seen: Scan, stage: Stage) -> TopBlock | None:
    """The heading of a stage, when it stands there."""
    titled = (
        heading for heading in seen.headings if heading.tag == "h2" and same(heading.content, stage.title)
    )
    return next(titled, None)


def _stands(seen: Scan, stage: Stage) -> bool:
    """Whether anything of a stage is there: its heading, in any of its words, or a question."""
    named = (step_meant(heading.content) for heading in seen.headings if heading.tag == "h2")
    return (
        stage_heading(seen, stage) is not None
        or any(question.qid in seen.spans for question in stage.questions)
        or stage.id in named
    )


def cut_off(seen: Scan, battery: Battery) -> list[Stage]:
    """The last stages, when nothing of them is there."""
    steps = [stage for stage in battery.stages if stage.is_step]
    if seen.spans and not any(heading.tag == "h2" for heading in seen.headings):
        return []
    standing = [stage for stage in steps if _stands(seen, stage)]
    return steps[steps.index(standing[-1]) + 1 :] if standing else steps


def _missing_stages(seen: Scan, battery: Battery) -> Iterator[Problem]:
    """A cut file ends early; a heading in the middle somebody may have taken away."""
    if below := cut_off(seen, battery):
        names = joined(f"”{stage.title}”" for stage in below)
        why = f"Filen slutar innan {names}. Är slutet bortklippt? Hämta det, eller skriv rubrikerna igen."
        yield Problem(last_line(seen), why, structural=True)
    if not any(heading.tag == "h2" for heading in seen.headings):
        return
    for stage in battery.stages:
        if stage.is_step and stage not in below and not _stands(seen, stage):
            why = f"Rubriken ”## {stage.title}” finns inte i filen."
            yield Problem(last_line(seen), why, is_notice=True)


def _missing_end(seen: Scan, battery: Battery) -> Iterator[Problem]:
    """The questions after the last one of a file that may have been cut in its last stage."""
    steps = [stage for stage in battery.stages if stage.is_step]
    if not steps:
        return
    *earlier, last = steps
    always = [question for question in last.questions if question.relevant_if is None]
    written = [question.qid in seen.spans for question in always]
    number = sum(written)
    begun = all(any(question.qid in seen.spans for question in stage.questions) for stage in earlier)
    if (number or begun) and number < len(written) and all(written[:number]):
        why = f"Filen slutar innan frågan ”{always[number].text}”. Är slutet bortklippt?"
        yield Problem(last_line(seen), why, is_notice=True)
    elif heading := _last_heading(seen, battery):
        why = f"Filen slutar med rubriken ”{heading}”, och under den står ingenting. Är slutet bortklippt?"
        yield Problem(last_line(seen), why, is_notice=True)


def _last_heading(seen: Scan, battery: Battery) -> str:
    """The heading, or what is left of it, of a question without answer that a text ends with."""
    number = last_line(seen) - 1
    line = seen.lines[number].strip()
    if number in seen.inside or not line.startswith("#"):
        return ""
    gone = (question.text for question in battery.questions() if question.qid not in seen.spans)
    return line if any(f"### {text}".startswith(line) for text in gone) else ""


def last_line(seen: Scan) -> int:
    """The line, from 1, where a text ends."""
    return next((number for number in range(len(seen.lines), 0, -1) if seen.lines[number - 1].strip()), 1)


def _missing_markers(seen: Scan, battery: Battery) -> Iterator[Problem]:
    """Questions whose answer stands there without markers: it is nobody's answer to the program."""
    for question, heading, section in bare_headings(seen, battery.questions()):
        if _written_in(seen, section) and not any(
            problem.structural and problem.line - 1 in section for problem in seen.problems
        ):
            why = (
                f"Svaret på ”{heading.content}” saknar sina markörer. Lägg tillbaka "
                f"<!-- utb:{question.qid} --> före texten och <!-- /utb:{question.qid} --> efter den."
            )
            yield Problem(heading.first + 1, why, structural=True)


def _written_in(seen: Scan, section: range) -> bool:
    return any(seen.lines[number].strip() and not defines_link(seen.lines, number) for number in section)


def asked_by(heading: str, questions: Sequence[Question]) -> Question | None:
    """The question with that text, or that had it before where no other has it now."""
    asked = next((question for question in questions if same(question.text, heading)), None)
    earlier = ((question, text) for question in questions for text in question.former)
    return asked or next((question for question, text in earlier if same(text, heading)), None)


def bare_headings(seen: Scan, questions: Sequence[Question]) -> Iterator[tuple[Question, TopBlock, range]]:
    """The headings of known questions that have no markers anywhere, each with the lines below it."""
    unwritten = [
        question
        for question in questions
        if question.qid not in seen.spans and question.qid not in seen.doubtful
    ]
    starts = {span.opening for span in seen.spans.values()}
    for heading, section in sections(seen.headings, len(seen.lines)) if unwritten else ():
        if heading.tag != "h3" or not starts.isdisjoint(section):
            continue
        if question := asked_by(heading.content, unwritten):
            yield question, heading, section
