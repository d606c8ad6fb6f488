"""What earlier initiatives have learnt: all of it, what a search finds, or what fits one initiative."""

from __future__ import annotations

from datetime import date
from textwrap import fill
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.files.facts_cache import FactsCache
from utbildningsprocess.files.many import leads_out, program_fingerprint
from utbildningsprocess.files.trouble import shown
from utbildningsprocess.lessons.gathering import situation_of
from utbildningsprocess.lessons.meeting import Meeting
from utbildningsprocess.lessons.searching import Search, held_outside
from utbildningsprocess.steps import ANALYSIS
from utbildningsprocess.swedish import bound, clean_line, in_quotation_marks, joined
from utbildningsprocess.work.portfolio.kept import Recipe, UnreadFile, kept_values, version_of
from utbildningsprocess.work.portfolio.learnt import learnt_from_json, learnt_of, learnt_to_json, named

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from utbildningsprocess.lessons.model import Earlier, EarlierLesson, Recalled
    from utbildningsprocess.lessons.searching import Found
    from utbildningsprocess.work.display import Display
    from utbildningsprocess.work.open_dossier import OpenDossier
    from utbildningsprocess.work.portfolio.evidence import Evidence
    from utbildningsprocess.work.portfolio.kept import Progress
    from utbildningsprocess.work.portfolio.learnt import Learnt, ShownByOne
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
    shown: tuple[ShownByOne, ...]
    """What each initiative that was read shows of its causes."""
    waiting: tuple[Path, ...]
    """Files there was no time to read."""


class Patience(NamedTuple):
    """How long there is to read what was not read before, and who is told how it goes."""

    has_time: Callable[[], bool] = lambda: True
    progress: Progress | None = None


def experiences(
    workspace: Workspace, but: OpenDossier | None = None, patience: Patience | None = None
) -> Experiences:
    """What the initiatives of a workspace have learnt, but for one of them; a copy of one counts once."""
    earlier: list[Earlier] = []
    notes: dict[Path, str] = {}
    waiting: list[Path] = []
    shown_by: dict[str, ShownByOne] = {}
    paths = [*workspace.paths(), *workspace.archived()]
    for link in [path for path in paths if leads_out(path, workspace.root.folder)]:
        notes[link] = f"{shown(link)} är en länk ut ur mappen och läses inte."
    paths = [path for path in paths if path not in notes]
    for path, learnt in _learnt(workspace, paths, patience or Patience()):
        if isinstance(learnt, UnreadFile):
            if learnt.is_waiting:
                waiting.append(path)
            else:
                notes[path] = f"{clean_line(learnt.sentence)} Lärdomarna där är inte med."
        elif learnt.is_damaged:
            mend = f"Laga den med: utb laga {workspace.typed_name(path)}"
            notes[path] = f"{shown(path)} är skadad, så lärdomarna där är inte med. {mend}"
        elif learnt.earlier and (key := learnt.identity or str(path)) not in shown_by:
            shown_by[key] = learnt.shown
            if not (but and (path == but.path or key == but.identity)):
                earlier.append(named(learnt.earlier, workspace, path))
    if but:
        notes.pop(but.path, None)
    telling = [initiative for initiative in earlier if initiative.lessons]
    telling.sort(key=lambda initiative: initiative.when or date.min, reverse=True)
    why_none = _NO_LESSONS if earlier or notes else _NO_INITIATIVES
    return Experiences(
        earlier=tuple(telling),
        notes=tuple(notes[path] for path in sorted(notes)),
        why_none=why_none,
        shown=tuple(shown_by.values()),
        waiting=tuple(path for path in waiting if not but or path != but.path),
    )


def _learnt(
    workspace: Workspace, paths: Sequence[Path], patience: Patience
) -> Iterator[tuple[Path, Learnt | UnreadFile]]:
    program = program_fingerprint()
    cache = FactsCache(program)
    recipe = Recipe(
        version_of(program, workspace, b"erfarenheter"),
        lambda text, _path: learnt_of(workspace, text),
        learnt_to_json,
        learnt_from_json,
        lambda learnt: learnt.holds_on(workspace.today),
        has_time=patience.has_time,
    )
    try:
        yield from kept_values(cache, recipe, paths, progress=patience.progress)
    finally:
        cache.close()


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
    yield fill(origin(earlier), display.width)
    for lesson in earlier.lessons:
        yield _set(lesson_in_words(lesson), display, "  ")
    for result in earlier.results:
        yield _set(f"Resultat: {result}", display, "  ")
    yield f"  Läs mer: utb visa {earlier.name}"


def origin(earlier: Earlier) -> str:
    """The title, and the latest day that is known."""
    return ", ".join(filter(None, (earlier.situation.title, earlier.what_then)))


def lesson_in_words(lesson: EarlierLesson) -> str:
    """What a lesson says, what sort it is, and whom it concerns."""
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
    yield fill(origin(hits[0].earlier), display.width)
    for hit in hits:
        yield _set(lesson_in_words(hit.lesson), display, "  ")
    if like:
        words = dict.fromkeys(word for hit in hits for word in hit.reasons.words)
        yield _set(f"Liknande ord: {joined(words)}", display, "  ")
    elif outside := next(filter(None, map(held_outside, hits)), ""):
        yield _set(f"Om insatsen står: {_quoted(outside)}", display, "  ")


def _quoted(text: str) -> str:
    return in_quotation_marks(text, _LONGEST_QUOTED)


# ----------------------------------------------------------------- evidence


class Shown(NamedTuple):
    """What the initiatives of a folder show of each cause."""

    evidence: Evidence

    @property
    def data(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        return self.evidence.data

    def in_words(self, display: Display) -> str:
        """All of it, with how it was counted."""
        return self.evidence.in_words(lambda text, indent: _set(text, display, indent))


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


def what_fits(learnt: Experiences, initiative: OpenDossier) -> Fitting:
    """At most three lessons that fit an initiative. Raises Broken when its file is damaged."""
    situation = situation_of(initiative.title, initiative.sheet, initiative.diagnose())
    hits = Meeting(learnt.earlier).suggestions(situation)
    why_none = _NONE_FITS if situation.causes else _OBSTACLES_FIRST.format(ANALYSIS, initiative.typed_name)
    return Fitting(initiative.typed_name, hits, why_none if learnt.earlier else learnt.why_none)


def _suggestion_in_words(hit: Recalled, display: Display) -> str:
    lesson, why = suggestion_lines(hit)
    return f"{_set(lesson, display)}\n{_set(why, display, '  ')}"


def suggestion_lines(hit: Recalled) -> tuple[str, str]:
    """What a lesson says, and where it is from and why it fits."""
    obstacles = joined((_quoted(each.rstrip(".")) for each in hit.reasons.obstacles), most=_MOST_OBSTACLES)
    why = f"Samma hinder: {obstacles}. Ord som möts: {joined(hit.reasons.words)}."
    return lesson_in_words(hit.lesson), f"Ur {origin(hit.earlier)}. {why}"
