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


@pytest.mark.parametrize("limit", [3, 5])
def test_a_second_group_falls_with_a_small_one(limit):
    told = may_show(tally({"Chefer": (1, 1), "Läkare": (limit, 0), "Vårdare": (4, 9)}), limit)
    assert set(told.report.groups) == ({"Vårdare"})
    assert told.hidden == ("Chefer", "Läkare")


def test_those_who_say_no_group_are_hidden_and_count_as_one():
    told = may_show(tally({"": (1, 0), "Chefer": (3, 1), "Vårdare": (9, 9)}), LIMIT)
    assert set(told.report.groups) == {"Vårdare"}


@every_case(
    "many, before, after, may",
    [(5, 5, 5, True), (4, 4, 4, False), (5, 6, 5, False), (5, 10, 5, True), (5, 5, 7, False)],
)
def test_pairs_are_shown_only_where_those_outside_them_are_none_or_many(many, before, after, may):
    assert may_show_pairs(BeforeAfter("L1", many, 0, 0), before, after, 5) is may
