"""What may be shown of what is counted, so that no figure tells what a small group has answered.

A figure stands on no fewer answers than the limit. What is hidden must not come back as a difference either:
not between a total and its groups, nor between a report and an earlier one of the same question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from utbildningsprocess.guide.survey.counting import NO_GROUP, Count

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from utbildningsprocess.guide.survey.counting import BeforeAfter, Tally


class CountReport(NamedTuple):
    """What is shown of one question: all together, and by group; a figure of nothing is None."""

    whole: Count | None
    groups: Mapping[str, Count] = {}


class Showing(NamedTuple):
    """A report that may be shown, and what of it waits or is hidden."""

    report: CountReport
    hidden: tuple[str, ...] = ()
    """The groups that have answered and are not shown."""
    waits: bool = False
    """Whether the figures are those of an earlier report, since too little has come since."""
    groups_wait: bool = False
    """Whether those of the groups are."""


def may_show(
    tally: Tally, fewest: int, earlier: Iterable[CountReport] = (), now: CountReport | None = None
) -> Showing:
    """What may be shown of a tally, after some earlier reports; `now` is the one that holds."""
    standing = now or CountReport(None)
    if tally.whole.answered < fewest:
        return Showing(standing, tuple(filter(None, tally.groups)), waits=standing.whole is not None)
    reports = [report for report in (*earlier, standing) if report.whole]
    if not all(_is_apart(report.whole, tally.whole, fewest) for report in reports):
        return Showing(standing, (), waits=True)
    groups = _groups_to_show(tally, fewest)
    hidden = tuple(name for name in tally.groups if name not in groups and name != NO_GROUP)
    if not all(_can_be_compared(report, tally.whole, groups, fewest) for report in reports):
        return Showing(CountReport(tally.whole, standing.groups), hidden, groups_wait=True)
    return Showing(CountReport(tally.whole, groups), hidden)


def _groups_to_show(tally: Tally, fewest: int) -> dict[str, Count]:
    """The groups that are large enough, when those that are not are together large enough, too.

    The smallest of them falls with the hidden ones until these are, and until these do not all say the same:
    else each hidden group would say it. Those who say no group are hidden.
    """
    by_size = sorted(tally.groups, key=lambda name: (tally.groups[name].answered, name))
    kept = [name for name in by_size if name != NO_GROUP and tally.groups[name].answered >= fewest]
    while kept:
        hidden = _left(tally.whole, {name: tally.groups[name] for name in kept})
        is_safe = hidden.answered >= fewest and hidden.answered not in hidden.spread.values()
        if hidden.answered == 0 or is_safe:
            break
        kept = kept[1:]
    return {name: tally.groups[name] for name in tally.groups if name in kept}


def _is_apart(old: Count | None, new: Count | None, fewest: int) -> bool:
    """Whether two figures of one thing are the same, or differ by so many answers that nobody can be seen."""
    if old is None or new is None:
        return True
    more = new.answered - old.answered
    changes = [new.spread.get(key, 0) - old.spread.get(key, 0) for key in {*old.spread, *new.spread}]
    if more == 0:
        return not any(changes)
    return abs(more) >= fewest and all(change == 0 or (change > 0) == (more > 0) for change in changes)


def _can_be_compared(earlier: CountReport, whole: Count, groups: Mapping[str, Count], fewest: int) -> bool:
    """Whether groups can be shown after an earlier report: each is apart, and so is what is left."""
    if not groups and not earlier.groups:
        return True
    if not set(earlier.groups) <= set(groups):
        return False
    if earlier.whole is None or not all(
        _is_apart(figure, groups[name], fewest) for name, figure in earlier.groups.items()
    ):
        return False
    left = _left(earlier.whole, earlier.groups)
    now = _left(whole, {name: groups[name] for name in earlier.groups})
    fresh = {name: figure for name, figure in groups.items() if name not in earlier.groups}
    return _is_apart(left, now, fewest) and _fits_none(left, now, fresh, fewest)


def _fits_none(left: Count, now: Count, fresh: Mapping[str, Count], fewest: int) -> bool:
    """Whether no groups that are shown for the first time are together nearly those who were left before.

    They might be the same people but for a few, who would be seen.
    """
    sizes = [figure.answered for figure in fresh.values()]
    sizes.append(now.answered - sum(sizes))
    unions = {0}
    for size in sizes:
        unions |= {union + size for union in unions}
    return all(not 0 < abs(left.answered - union) < fewest for union in unions)


def _left(whole: Count, groups: Mapping[str, Count]) -> Count:
    """A figure without those of some groups."""
    gone = list(groups.values())
    spread = {
        key: many - sum(figure.spread.get(key, 0) for figure in gone) for key, many in whole.spread.items()
    }
    return Count(whole.answered - sum(figure.answered for figure in gone), spread)


def may_show_pairs(compared: BeforeAfter, before: int, after: int, fewest: int) -> bool:
    """Whether pairs may be shown: they are many enough, and so are those on either side who are in none."""
    alone = (before - compared.many, after - compared.many)
    return compared.many >= fewest and all(many == 0 or many >= fewest for many in alone)
