"""What two sides have made of what stood before both: values, values by name, items, and their order."""

from __future__ import annotations

from operator import eq
from typing import TYPE_CHECKING, Generic, NamedTuple, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Mapping, Sequence

S_co = TypeVar("S_co", covariant=True)
V = TypeVar("V")
W = TypeVar("W")
K = TypeVar("K", bound="Hashable")


class Said(NamedTuple, Generic[S_co]):
    """What is to stand as said by ours and by theirs, and before both; where nothing clashes, the same."""

    ours: S_co
    theirs: S_co
    base: S_co

    @property
    def is_agreed(self) -> bool:
        """Whether both sides are to say the same."""
        return bool(self.ours == self.theirs)


def agreed(value: V) -> Said[V]:
    """What both sides are to say."""
    return Said(value, value, value)


def chosen_value(base: V, ours: V, theirs: V, alike: Callable[[V, V], bool] = eq) -> Said[V]:
    """What only one side has changed as that side has it; what both have changed differently from both."""
    if alike(ours, theirs) or alike(theirs, base):
        return agreed(ours)
    return agreed(theirs) if alike(ours, base) else Said(ours, theirs, base)


def chosen_by_name(
    base: Mapping[K, V], ours: Mapping[K, V], theirs: Mapping[K, V], alike: Callable[[V, V], bool] = eq
) -> Said[dict[K, V]]:
    """Values by name, those that a side does not have left out of it."""

    def both(first: V | None, second: V | None) -> bool:
        return alike(first, second) if first is not None and second is not None else first is second

    names = dict.fromkeys([*ours, *theirs])
    values = {name: chosen_value(base.get(name), ours.get(name), theirs.get(name), both) for name in names}
    sides = (
        {name: said[side] for name, said in values.items() if said[side] is not None} for side in range(3)
    )
    return Said(*sides)  # type: ignore[arg-type]


def chosen_items(base: Sequence[V], ours: Sequence[V], theirs: Sequence[V]) -> Said[tuple[V, ...]]:
    """The items of lists: what either has put in or taken away is put in or taken away.

    Where both have taken away the same item and put something in, both may have written that item anew.
    """
    before, mine, yours = (_counted(items) for items in (base, ours, theirs))
    gone = [item for item in before if item not in mine and item not in yours]
    new = [item for item in (*mine, *yours) if item not in before]
    if gone and new and {*mine} != {*yours}:
        return Said(tuple(ours), tuple(theirs), tuple(base))
    kept = {item for item in (*mine, *yours) if (item in mine and item in yours) or item not in before}
    orders = ordered(before, mine, yours)
    ours_now, theirs_now = ([item for item, _ in filter(kept.__contains__, order)] for order in orders)
    return Said(tuple(ours_now), tuple(theirs_now), tuple(base))


def _counted(items: Sequence[V]) -> list[tuple[V, int]]:
    """Each item with how many like it stand before it."""
    return [(item, list(items[:place]).count(item)) for place, item in enumerate(items)]


def ordered(base: Sequence[W], ours: Sequence[W], theirs: Sequence[W]) -> tuple[list[W], list[W]]:
    """Everything that ours and theirs have, in the order of each; the same unless both have moved things."""
    mine, yours = ([key for key in side if key in ours and key in theirs] for side in (ours, theirs))
    if mine == yours or yours == [key for key in base if key in yours]:
        return (_woven(ours, theirs),) * 2
    if mine == [key for key in base if key in mine]:
        return (_woven(theirs, ours),) * 2
    return _woven(ours, theirs), _woven(theirs, ours)


def _woven(leading: Sequence[W], added: Sequence[W]) -> list[W]:
    """The leading keys with those added after what they follow, and after what is new there already."""
    result = list(leading)
    place = 0
    for key in added:
        if key in result:
            place = result.index(key) + 1
            continue
        while place < len(result) and result[place] not in added:
            place += 1
        result.insert(place, key)
        place += 1
    return result
