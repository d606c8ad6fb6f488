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
    is_changed: bool = False
    """Whether an earlier report told other figures of all."""
    groups_end: bool = False
    """Whether no groups are shown, since those that were would tell too much beside these."""


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
    is_changed = any(report.whole != tally.whole for report in reports)
    # Groups that were not told with an earlier report of all are bounded by it, and could be solved for.
    are_hidden = any(not report.groups for report in reports)
    groups = {} if are_hidden else _groups_to_show(tally, fewest)
    hidden = tuple(name for name in tally.groups if name not in groups and name != NO_GROUP)
    if not are_hidden and not all(
        _can_be_compared(report, tally.whole, groups, fewest) for report in reports
    ):
        return Showing(
            CountReport(tally.whole),
            tuple(filter(None, tally.groups)),
            is_changed=is_changed,
            groups_end=True,
        )
    return Showing(CountReport(tally.whole, groups), hidden, is_changed=is_changed)


def _groups_to_show(tally: Tally, fewest: int) -> dict[str, Count]:
    """The groups that are large enough, when those that are not are together large enough, too.

    The smallest of them falls with the hidden ones until these are, and until these say different things:
    else it would be known what each hidden group says. Those who say no group are hidden.
    """
    by_size = sorted(tally.groups, key=lambda name: (tally.groups[name].answered, name))
    kept = [name for name in by_size if name != NO_GROUP and tally.groups[name].answered >= fewest]
    while kept:
        hidden = _left(tally.whole, {name: tally.groups[name] for name in kept})
        if hidden.answered == 0 or (hidden.answered >= fewest and _is_mixed(hidden)):
            break
        kept = kept[1:]
    return {name: tally.groups[name] for name in tally.groups if name in kept}


def _is_mixed(figure: Count) -> bool:
    """Whether no option is chosen by all of these, or by all but one: else it is nearly known what each says.

    All but one, since who sees that groups are hidden would else know that these say the same.
    """
    return abs(figure.answered) - max(map(abs, figure.spread.values()), default=0) > 1


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
    """Whether groups can be shown after an earlier report: the same ones, each apart, and so what is left."""
    if earlier.whole is None or set(earlier.groups) != set(groups):
        return False
    if not all(_is_apart(figure, groups[name], fewest) for name, figure in earlier.groups.items()):
        return False
    left, now = _left(earlier.whole, earlier.groups), _left(whole, groups)
    came = _left(now, {"": left})
    return _is_apart(left, now, fewest) and (came.answered == 0 or _is_mixed(came))


def _left(whole: Count, groups: Mapping[str, Count]) -> Count:
    """A figure without those of some groups."""
    gone = list(groups.values())
    spread = {
        key: many - sum(figure.spread.get(key, 0) for figure in gone) for key, many in whole.spread.items()
    }
    return Count(whole.answered - sum(figure.answered for figure in gone), spread)


def texts_to_show(texts: tuple[str, ...], fewest: int) -> tuple[str, ...]:
    """What some have written, where so many have that nobody is seen by it; nothing where fewer have."""
    return texts if len(texts) >= fewest else ()


def may_show_pairs(compared: BeforeAfter, before: int, after: int, fewest: int) -> bool:
    """Whether pairs may be shown: they are many enough, and so are those on either side who are in none."""
    alone = (before - compared.many, after - compared.many)
    return compared.many >= fewest and all(many == 0 or many >= fewest for many in alone)
