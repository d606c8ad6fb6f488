"""What earlier initiatives have learnt: all of it, what a search finds, or what fits one initiative."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.diagnosis.counting import diagnose
from utbildningsprocess.errors import UtbError
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.lessons.gathering import earlier_of, situation_of
from utbildningsprocess.lessons.meeting import Meeting
from utbildningsprocess.lessons.searching import Search, held_outside
from utbildningsprocess.steps import ANALYSIS
from utbildningsprocess.swedish import bound, clean_line, in_quotation_marks, joined
from utbildningsprocess.work.open_dossier import OpenDossier

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from utbildningsprocess.lessons.model import Earlier, EarlierLesson, Recalled
    from utbildningsprocess.lessons.searching import Found
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.initiative import Initiative
    from utbildningsprocess.work.workspace import Workspace

_NO_INITIATIVES = "Här finns inga andra insatser att lära av än."
_NO_LESSONS = "Ingen insats har några lärdomar än. De skrivs i steget Uppföljning: utb steg uppföljning"
_NONE_FITS = "Ingen lärdom kommer ur en insats med både samma hinder och liknande ord."
_OBSTACLES_FIRST = "Förslagen utgår från det som hindrar. Svara först på frågorna i Analys: utb steg {} {}"
_MOST_NEAR, _MOST_OBSTACLES, _LONGEST_QUOTED = 3, 2, 90


class Experiences(NamedTuple):
    """What the initiatives of a folder have learnt."""

    earlier: tuple[Earlier, ...]
    """Those with lessons, the newest first; those without any day last."""
    notes: tuple[str, ...]
    """A sentence for each dossier that is not among them because it cannot be read."""
    why_none: str
    """A sentence about what is missing where nothing has been learnt."""


def experiences(workspace: Workspace, but: Path | None = None) -> Experiences:
    """What the initiatives of a workspace have learnt, but for one of them."""
    earlier, notes = [], []
    paths = [path for path in (*workspace.paths(), *workspace.archived()) if path != but]
    for path in paths:
        try:
            dossier = OpenDossier(workspace, path)
        except UtbError as error:
            notes.append(f"{clean_line(str(error))} Lärdomarna där är inte med.")
            continue
        if dossier.content.structural_problems:
            mend = f"Laga den med: {dossier.mend_command}"
            notes.append(f"{shown(path)} är skadad, så lärdomarna där är inte med. {mend}")
        else:
            earlier.append(_of(dossier))
    learnt = [initiative for initiative in earlier if initiative.lessons]
    learnt.sort(key=lambda initiative: initiative.when or date.min, reverse=True)
    return Experiences(tuple(learnt), tuple(notes), _NO_LESSONS if paths else _NO_INITIATIVES)


def _of(dossier: OpenDossier) -> Earlier:
    diagnosis = diagnose(dossier.workspace.diagnosis_model, dossier.answers)
    return earlier_of(dossier.typed_name, dossier.title, dossier.sheet, diagnosis, dossier.workspace.today)


# ------------------------------------------------------------------- listed


class Listing(NamedTuple):
    """Every lesson, by initiative."""

    learnt: Experiences

    @property
    def data(self) -> dict[str, object]:
        """The initiatives with their lessons and results, ready for JSON."""
        return {"insatser": [_initiative_as_data(earlier) for earlier in self.learnt.earlier]}

    def in_words(self, display: Display) -> str:
        """The initiatives, each with its lessons and results; a sentence when there are none."""
        blocks = ["\n".join(_initiative_in_words(earlier, display)) for earlier in self.learnt.earlier]
        return "\n\n".join(blocks) or fill(self.learnt.why_none, display.width)


def listed(learnt: Experiences) -> Listing:
    """Every lesson there is."""
    return Listing(learnt)


def _initiative_as_data(earlier: Earlier) -> dict[str, object]:
    return {
        **_origin_as_data(earlier),
        "larandemal": list(earlier.goals),
        "resultat": list(earlier.results),
        "lardomar": [_lesson_as_data(lesson) for lesson in earlier.lessons],
    }


def _origin_as_data(earlier: Earlier) -> dict[str, object]:
    when = str(earlier.when) if earlier.when else None
    return {"insats": earlier.name, "titel": earlier.situation.title, "dag": when}


def _lesson_as_data(lesson: EarlierLesson) -> dict[str, object]:
    return {"var": lesson.key, "slag": lesson.kind, "text": lesson.text, "galler": lesson.applies}


def _initiative_in_words(earlier: Earlier, display: Display) -> Iterator[str]:
    yield fill(_origin(earlier), display.width)
    for lesson in earlier.lessons:
        yield _set(_lesson_in_words(lesson), display, "  ")
    for result in earlier.results:
        yield _set(f"Resultat: {result}", display, "  ")
    yield f"  Läs mer: utb visa {earlier.name}"


def _origin(earlier: Earlier) -> str:
    """The title, and the latest day that is known."""
    return ", ".join(filter(None, (earlier.situation.title, earlier.what_then)))


def _lesson_in_words(lesson: EarlierLesson) -> str:
    applies = f" Gäller: {lesson.applies}" if lesson.applies else ""
    stop = "." if applies and lesson.text[-1:].isalnum() else ""
    return f"{lesson.kind}: {lesson.text}{stop}{applies}"


def _set(text: str, display: Display, indent: str = "") -> str:
    """A text set in the width there is, its lines after the first a little further in."""
    return fill(bound(text), display.width, initial_indent=indent, subsequent_indent=f"{indent}  ")


# ----------------------------------------------------------------- searched


class FoundLessons(NamedTuple):
    """What a search found."""

    words: str
    found: Found
    why_none: str
    """What is missing, where there is nothing to search."""

    @property
    def data(self) -> dict[str, object]:
        """The lessons that hold every word, and those that come near, ready for JSON."""
        exact = [_hit_as_data(hit) for hit in self.found.exact]
        return {"sok": self.words, "traffar": exact, "liknande": [_hit_as_data(hit) for hit in self._near]}

    @property
    def _near(self) -> Sequence[Recalled]:
        """What is shown of it: less, the more there is that holds every word."""
        return self.found.near[: max(0, _MOST_NEAR - len(self.found.exact))]

    def in_words(self, display: Display) -> str:
        """The lessons that hold every word, and those that come near; a sentence when there are none."""
        if self.why_none:
            return fill(self.why_none, display.width)
        blocks = _by_initiative(self.found.exact, display)
        if not blocks:
            blocks = [fill(f"Ingen lärdom innehåller {_quoted(self.words)}.", display.width)]
        near = _by_initiative(self._near, display, like=True)
        return "\n\n".join([*blocks, *(["Liknande:", *near] if near else [])])


def found(learnt: Experiences, words: str) -> FoundLessons:
    """The lessons that hold every word, they or what their initiative was about, and those that come near."""
    return FoundLessons(words, Search(learnt.earlier).find(words), "" if learnt.earlier else learnt.why_none)


def _hit_as_data(hit: Recalled) -> dict[str, object]:
    reasons = {"ord": list(hit.reasons.words), "hinder": list(hit.reasons.obstacles)}
    return {**_origin_as_data(hit.earlier), **_lesson_as_data(hit.lesson), "skal": reasons}


def _by_initiative(hits: Sequence[Recalled], display: Display, *, like: bool = False) -> list[str]:
    """The lessons by initiative, the best first: with the words that are like, or what else holds a word."""
    together: dict[str, list[Recalled]] = {}
    for hit in hits:
        together.setdefault(hit.earlier.name, []).append(hit)
    return ["\n".join(_lessons_of(of_one, display, like=like)) for of_one in together.values()]


def _lessons_of(hits: Sequence[Recalled], display: Display, *, like: bool) -> Iterator[str]:
    yield fill(_origin(hits[0].earlier), display.width)
    for hit in hits:
        yield _set(_lesson_in_words(hit.lesson), display, "  ")
    if like:
        words = dict.fromkeys(word for hit in hits for word in hit.reasons.words)
        yield _set(f"Liknande ord: {joined(words)}", display, "  ")
    elif outside := next(filter(None, map(held_outside, hits)), ""):
        yield _set(f"Om insatsen står: {_quoted(outside)}", display, "  ")


def _quoted(text: str) -> str:
    return in_quotation_marks(text, _LONGEST_QUOTED)


# ------------------------------------------------------------------ fitting


class Fitting(NamedTuple):
    """What fits an initiative."""

    name: str
    hits: Sequence[Recalled]
    why_none: str
    """Why nothing is shown, in a sentence."""

    @property
    def data(self) -> dict[str, object]:
        """The lessons with the reasons why they fit, ready for JSON."""
        return {"for": self.name, "forslag": [_hit_as_data(hit) for hit in self.hits]}

    def in_words(self, display: Display) -> str:
        """The lessons with their reasons; a sentence when none fits."""
        if self.hits:
            return "\n\n".join(_suggestion_in_words(hit, display) for hit in self.hits)
        return fill(self.why_none, display.width)


def what_fits(learnt: Experiences, initiative: Initiative) -> Fitting:
    """At most three lessons that fit an initiative. Raises Broken when its file is damaged."""
    situation = situation_of(initiative.title, initiative.sheet, initiative.diagnose())
    hits = Meeting(learnt.earlier).suggestions(situation)
    why_none = _NONE_FITS if situation.causes else _OBSTACLES_FIRST.format(ANALYSIS, initiative.typed_name)
    return Fitting(initiative.typed_name, hits, why_none if learnt.earlier else learnt.why_none)


def _suggestion_in_words(hit: Recalled, display: Display) -> str:
    obstacles = joined((_quoted(each.rstrip(".")) for each in hit.reasons.obstacles), most=_MOST_OBSTACLES)
    why = f"Samma hinder: {obstacles}. Ord som möts: {joined(hit.reasons.words)}."
    lesson = _set(_lesson_in_words(hit.lesson), display)
    return f"{lesson}\n{_set(f'Ur {_origin(hit.earlier)}. {why}', display, '  ')}"
