"""What an organisation's own initiatives show: what was chosen for a cause, and which goals were reached."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.diagnosis.sentences import inside
from utbildningsprocess.swedish import joined
from utbildningsprocess.work.portfolio.learnt import PLANNED_LEARNING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from utbildningsprocess.work.portfolio.learnt import ShownByOne

FEWEST = 5
"""Initiatives: of fewer nothing is said. What one or two did is an anecdote, and easily known again."""
_HOW_COUNTED = (
    "Så är det räknat: en insats är med där diagnosen ser orsaken som stark och minst ett mål i arbetet "
    "är mätt så att utfallet går att jämföra med målet i tal. Mål i arbetet är effektmåtten, och de "
    "kriterier för lärandemål som mäts på nivå 7, tillämpning. "
    f"Det som gäller färre än {FEWEST} insatser visas inte."
)
_NO_PROOF = (
    "Det är inget bevis för vad som hjälper: insatserna skiljer sig åt på mer än orsaken och det som valdes, "
    "och de som har mätt kan skilja sig från dem som inte har det."
)


class Reached(NamedTuple):
    """How many initiatives there are of a sort, their goals that were measured, and how many were reached."""

    initiatives: int
    goals: int
    reached: int

    @property
    def in_words(self) -> str:
        """How many of the goals were reached."""
        many = "det enda mätta målet" if self.goals == 1 else f"{self.goals} mätta mål"
        return f"av {many} är {self.reached} {'nått' if self.reached == 1 else 'nådda'}"


class OfCause(NamedTuple):
    """What the initiatives with a strong cause show."""

    cause: str
    all_of_them: Reached
    chosen: tuple[tuple[str, int], ...]
    """The sorts of action, each with how many initiatives chose it; the most usual first."""
    mixes: tuple[tuple[str, Reached], ...]

    @property
    def line(self) -> str:
        """All of it in a sentence, for whoever has the same cause."""
        chosen = joined(f"{inside(sort)} ({number})" for sort, number in self.chosen[:2])
        usual = f" Vanligast valt: {chosen}." if chosen else ""
        many = self.all_of_them
        return f"{self.cause}, {many.initiatives} insatser: {many.in_words}.{usual}"


class Evidence(NamedTuple):
    """What the initiatives of a folder show."""

    read: int
    compared: int
    """Those with a goal that can be compared."""
    causes: tuple[OfCause, ...]

    def of(self, names: Iterable[str]) -> list[str]:
        """A line for each of these causes of which there is something to say, and then what it is worth."""
        wanted = {*names}
        lines = [of_cause.line for of_cause in self.causes if of_cause.cause in wanted]
        return [*lines, "Det är inget bevis. Så är det räknat: utb erfarenheter --orsaker"] if lines else []

    @property
    def data(self) -> dict[str, object]:
        """All of it, ready for JSON."""
        causes = [
            {
                "orsak": of_cause.cause,
                **_as_data(of_cause.all_of_them),
                "valt": [{"slag": sort, "insatser": number} for sort, number in of_cause.chosen],
                "mixar": [{"mix": mix, **_as_data(reached)} for mix, reached in of_cause.mixes],
            }
            for of_cause in self.causes
        ]
        counted = {"insatser": self.read, "med_matt_mal": self.compared, "minst": FEWEST}
        return {**counted, "orsaker": causes, "raknat": _HOW_COUNTED, "forbehall": _NO_PROOF}

    def in_words(self, set_in: Callable[[str, str], str]) -> str:
        """All of it, each line set by `set_in`, which takes how far in it begins."""
        many = "en insats" if self.read == 1 else f"{self.read} insatser"
        blocks = [set_in(f"Av {many} har {self.compared} minst ett mål i arbetet som är mätt i tal.", "")]
        if not self.causes:
            blocks.append(
                set_in(f"Ingen orsak finns i minst {FEWEST} av dem, så det går inte att säga något.", "")
            )
        blocks += ["\n".join(_lines(of_cause, set_in)) for of_cause in self.causes]
        return "\n\n".join([*blocks, set_in(_HOW_COUNTED, ""), set_in(_NO_PROOF, "")])


def evidence_in(initiatives: Sequence[ShownByOne]) -> Evidence:
    """What these initiatives show; nothing of what fewer than five have in common."""
    compared = [shown for shown in initiatives if shown.compared]
    causes = Counter(cause for shown in compared for cause in shown.causes)
    usual = [cause for cause, number in causes.most_common() if number >= FEWEST]
    of_causes = (_of_cause(cause, [shown for shown in compared if cause in shown.causes]) for cause in usual)
    return Evidence(len(initiatives), len(compared), tuple(of_causes))


def _of_cause(cause: str, having: Sequence[ShownByOne]) -> OfCause:
    chosen = Counter(action for shown in having for action in shown.actions)
    by_mix: dict[str, list[ShownByOne]] = {}
    for shown in having:
        by_mix.setdefault(_mix(shown), []).append(shown)
    return OfCause(
        cause,
        _reached(having),
        tuple((sort, number) for sort, number in chosen.most_common() if number >= FEWEST),
        tuple(_told(having, by_mix)),
    )


def _told(
    having: Sequence[ShownByOne], by_mix: Mapping[str, Sequence[ShownByOne]]
) -> Iterator[tuple[str, Reached]]:
    """The mixes of which something is said, the most usual first; what is left over is not too few either."""
    told = sorted(by_mix, key=lambda mix: -len(by_mix[mix]))
    told = [mix for mix in told if len(by_mix[mix]) >= FEWEST]
    left = len(having) - sum(len(by_mix[mix]) for mix in told)
    while told and 0 < left < FEWEST:
        left += len(by_mix[told.pop()])
    yield from ((mix, _reached(by_mix[mix])) for mix in told)


def _mix(shown: ShownByOne) -> str:
    """The sort of mix that was chosen, as the diagnosis tells them apart."""
    learns, more = PLANNED_LEARNING in shown.actions, {*shown.actions} - {PLANNED_LEARNING}
    if learns:
        return "Lärande och annat" if more else "Bara lärande"
    return "Bara annat än lärande" if more else "Inget valt"


def _reached(group: Sequence[ShownByOne]) -> Reached:
    return Reached(len(group), sum(shown.compared for shown in group), sum(shown.reached for shown in group))


def _as_data(reached: Reached) -> dict[str, object]:
    return {"insatser": reached.initiatives, "mal": reached.goals, "natta": reached.reached}


def _lines(of_cause: OfCause, set_in: Callable[[str, str], str]) -> Iterable[str]:
    every = of_cause.all_of_them
    yield set_in(f"{of_cause.cause}: {every.initiatives} insatser, {every.in_words}", "")
    if of_cause.chosen:
        chosen = joined(f"{inside(sort)} i {number}" for sort, number in of_cause.chosen)
        yield set_in(f"Valt: {chosen}", "  ")
    for mix, reached in of_cause.mixes:
        many = "alla" if reached == every else f"{reached.initiatives} insatser, {reached.in_words}"
        yield set_in(f"{mix}: {many}", "  ")
