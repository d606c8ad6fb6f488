"""What is shown of a survey: an attacker who solves for what is hidden finds nothing about a small group."""

from __future__ import annotations

from itertools import product

import pytest

from every import every_case
from utbildningsprocess.guide.survey.asking import SurveyPlace
from utbildningsprocess.guide.survey.counting import BeforeAfter, Count, Tally
from utbildningsprocess.guide.survey.showing import CountReport, may_show, may_show_pairs
from utbildningsprocess.model import Kind, Option, Question

OPTIONS = ("a", "b")
ASKED = Question.model_validate(
    {
        "id": "f8_hur_ofta",
        "steg": "enkat",
        "typ": Kind.CHOICE,
        "text": "Hur ofta?",
        "alternativ": tuple(Option(id=name, text=name) for name in OPTIONS),
    }
)
LIMIT = 3
NAMES = ("Chefer", "Läkare", "Vårdare")


def tally(groups: dict[str, tuple[int, ...]]) -> Tally:
    """Counts by group, of each option."""
    figures = {name: Count(sum(many), dict(zip(OPTIONS, many, strict=True))) for name, many in groups.items()}
    figures = {name: figure for name, figure in figures.items() if figure.answered}
    spread = {key: sum(figure.spread[key] for figure in figures.values()) for key in OPTIONS}
    return Tally(ASKED, SurveyPlace(ASKED.id), Count(sum(spread.values()), spread), figures)


def plain(report: CountReport):
    """A report as it is read: what stands in it and nothing else."""
    whole = report.whole and tuple(report.whole.spread.values())
    return whole, tuple(
        sorted((name, tuple(figure.spread.values())) for name, figure in report.groups.items())
    )


MOST = 9


def every_table(many: int, cells: int):
    """All ways for so many at the most to be divided among cells."""
    if cells == 0:
        yield ()
        return
    for first in range(many + 1):
        for others in every_table(many - first, cells - 1):
            yield (first, *others)


TABLES = [
    {name: cells[2 * place : 2 * place + 2] for place, name in enumerate(NAMES)}
    for cells in every_table(MOST, 2 * len(NAMES))
]
"""Every survey of three groups and two options that so many at the most have answered."""


def seen_as(tables, view):
    """The tables that give each view: what somebody who sees it, and knows how it is made, has to choose among."""
    by_view: dict[object, list] = {}
    for table in tables:
        by_view.setdefault(view(table), []).append(table)
    return by_view


def betrayed(tables, limit):
    """What is known of the answers of fewer than the limit: the same in every table that may be the true one."""
    for chosen in [(name,) for name in NAMES] + [(a, b) for a in NAMES for b in NAMES if a < b]:
        sums = [tuple(sum(table[name][place] for name in chosen) for place in (0, 1)) for table in tables]
        small = any(0 < sum(cells) < limit for cells in sums)
        for place in (0, 1):
            cells = {cells[place] for cells in sums}
            if small and len(cells) == 1 and cells != {0}:
                yield chosen, place, cells


def test_no_sum_difference_or_share_of_what_is_shown_gives_a_small_group_away():
    views = seen_as(TABLES, lambda table: plain(may_show(tally(table), LIMIT).report))
    assert len(views) > 100
    for view, tables in views.items():
        assert not [*betrayed(tables, LIMIT)], view


def test_the_attacker_finds_what_a_report_without_a_second_group_gives_away():
    def naive(table):
        counted = tally(table)
        groups = {name: figure for name, figure in counted.groups.items() if figure.answered >= LIMIT}
        return plain(CountReport(counted.whole, groups))

    assert any([*betrayed(tables, LIMIT)] for tables in seen_as(TABLES, naive).values())


def singled_out(figures):
    """The sets of people that sums and differences of figures are about, each figure given as who it counts."""
    atoms = sorted(set().union(*figures))
    for signs in product((-1, 0, 1), repeat=len(figures)):
        total = [
            sum(sign for sign, cells in zip(signs, figures, strict=True) if atom in cells) for atom in atoms
        ]
        if set(total) == {0, 1}:
            yield [atom for atom, times in zip(atoms, total, strict=True) if times]


def counted_in(report: CountReport, people: dict[tuple[str, bool], int], *, also_new: bool):
    """Who each figure of a report counts, by group and by whether they have come since the earlier one."""
    for name, figure in [("", report.whole), *report.groups.items()]:
        every = {(group, new) for group, new in people if name in ("", group)}
        old = {(group, new) for group, new in every if not new}
        assert figure
        counts_new = also_new and figure.answered != sum(people[cell] for cell in old)
        yield frozenset(cell for cell in (every if counts_new else old) if people[cell])


def test_no_difference_between_two_reports_is_about_fewer_than_the_limit():
    tried = 0
    for then, later in product(product((1, 2, 3, 5), repeat=2), product(range(4), repeat=2)):
        first = dict(zip(NAMES, ((many, 0) for many in then), strict=False))
        second = {name: (many + new, 0) for (name, (many, _)), new in zip(first.items(), later, strict=True)}
        old = may_show(tally(first), LIMIT).report
        if old.whole is None:
            continue
        new = may_show(tally(second), LIMIT, (), old).report
        people = {(name, False): many for name, many in zip(NAMES, then, strict=False)}
        people |= {(name, True): many for name, many in zip(NAMES, later, strict=False)}
        figures = {*counted_in(old, people, also_new=False), *counted_in(new, people, also_new=True)}
        for cells in singled_out(sorted(figures, key=sorted)):
            assert sum(people[cell] for cell in cells) >= LIMIT, (then, later, cells)
        tried += 1
    assert tried > 200


def groups_of(cells):
    return {name: cells[2 * place : 2 * place + 2] for place, name in enumerate(NAMES) if cells[2 * place :]}


def is_unanimous(cells):
    return 0 < sum(cells) == max(cells)


def told_by_all(first, second):
    """Whether a figure that is shown, or the change of one, has all choose the same: that is told of many."""
    (whole, groups), (later, later_groups) = plain(first.report), plain(second.report)
    pairs_told = [(whole, later), *((dict(groups).get(name), cells) for name, cells in later_groups)]
    figures = [cells for pair in pairs_told for cells in pair if cells]
    figures += [tuple(b - a for a, b in zip(*pair, strict=True)) for pair in pairs_told if all(pair)]
    return any(map(is_unanimous, figures))


def known_of_few(tables, sizes):
    """The sets of fewer than two, of those who came first or then, whose answers are the same in every table."""
    for number in range(len(sizes)):
        if sizes[number] == 1 and len({table[2 * number] for table in tables}) == 1:
            yield number


@pytest.mark.parametrize(("cells", "first", "more"), [(4, 5, 3), (6, 4, 2)])
def test_who_sees_two_reports_and_knows_how_many_each_group_is_learns_no_answer(cells, first, more):
    views: dict[object, list] = {}
    for then in every_table(first, cells):
        old = may_show(tally(groups_of(then)), 2)
        for came in every_table(more, cells):
            both = tuple(a + b for a, b in zip(then, came, strict=True))
            new = may_show(tally(groups_of(both)), 2, (), old.report)
            if told_by_all(old, new):
                continue
            people = then + came
            sizes = tuple(sum(people[place : place + 2]) for place in range(0, len(people), 2))
            flags = [(told.hidden, told.waits, told.groups_end) for told in (old, new)]
            seen = (plain(old.report), plain(new.report), *flags, sizes)
            views.setdefault(seen, []).append(people)
    assert len(views) > 500
    for seen, tables in views.items():
        assert not [*known_of_few(tables, seen[-1])], (seen, tables)


def test_groups_that_were_not_told_of_at_first_are_never_told_of():
    first = may_show(tally({"Chefer": (0, 1), "Läkare": (1, 1)}), LIMIT)
    later = may_show(tally({"Chefer": (3, 3), "Läkare": (4, 4)}), LIMIT, (), first.report)
    assert later.report.groups == {}
    assert later.report.whole == Count(14, {"a": 7, "b": 7})


def test_groups_end_when_they_grow_by_too_few_and_do_not_stay_beside_newer_figures():
    first = may_show(tally({"Chefer": (3, 3), "Läkare": (4, 4)}), LIMIT)
    later = may_show(tally({"Chefer": (4, 4), "Läkare": (5, 4)}), LIMIT, (), first.report)
    assert set(first.report.groups) == {"Chefer", "Läkare"}
    assert (later.report.groups, later.groups_end) == ({}, True)


@pytest.mark.parametrize("limit", [3, 5])
def test_a_second_group_falls_with_a_small_one(limit):
    told = may_show(tally({"Chefer": (1, 1), "Läkare": (limit - 1, 1), "Vårdare": (4, 9)}), limit)
    assert set(told.report.groups) == ({"Vårdare"})
    assert told.hidden == ("Chefer", "Läkare")


def test_those_who_say_no_group_are_hidden_and_count_as_one():
    told = may_show(tally({"": (1, 0), "Chefer": (2, 2), "Vårdare": (9, 9)}), LIMIT)
    assert set(told.report.groups) == {"Vårdare"}


def test_hidden_groups_that_all_but_one_answer_the_same_take_the_next_one_with_them():
    told = may_show(tally({"": (1, 0), "Chefer": (3, 1), "Vårdare": (9, 9)}), LIMIT)
    assert told.report.groups == {}


@every_case(
    "many, before, after, may",
    [(5, 5, 5, True), (4, 4, 4, False), (5, 6, 5, False), (5, 10, 5, True), (5, 5, 7, False)],
)
def test_pairs_are_shown_only_where_those_outside_them_are_none_or_many(many, before, after, may):
    assert may_show_pairs(BeforeAfter("L1", many, 0, 0), before, after, 5) is may
