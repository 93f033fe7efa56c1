"""Which blocks of two versions belong together: exact anchors first, then likeness between them.

Works on anything that has a ``key``, a ``reads`` and a ``bag``: paragraphs, tables, rows of a table.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Generic, Protocol, TypeVar

from paragraf.word.comparing.sequences import Effort, Pair, common
from paragraf.word.comparing.words import Bag, likeness, shared, weight

_ALIKE = 0.5
# So many pairs of blocks are weighed against each other in one gap.
_WEIGHED = 20_000
NO_HEADING = 99
_DIGITS = re.compile(r"[\W\d_]+")


class Comparable(Protocol):
    """What is aligned."""

    @property
    def key(self) -> Hashable: ...
    @property
    def reads(self) -> Hashable: ...
    @property
    def text(self) -> str: ...
    @property
    def bag(self) -> Bag: ...


Item = TypeVar("Item", bound=Comparable)


@dataclass(slots=True)
class Group(Generic[Item]):
    """Old and new blocks that belong together: one of each; some of the one side only; or one that was cut in two."""

    old: list[Item] = field(default_factory=list)
    new: list[Item] = field(default_factory=list)

    @property
    def same(self) -> bool:
        """Whether nothing at all differs."""
        return len(self.old) == len(self.new) == 1 and self.old[0].key == self.new[0].key


def align(
    old: Sequence[Item],
    new: Sequence[Item],
    effort: Effort,
    fits: Callable[[Item, Item], bool] = lambda _old, _new: True,
) -> list[Group[Item]]:
    """The blocks in groups, in the order of the text. ``fits`` says which two may be one at all."""
    pairs = _anchored(old, new, effort)
    found: list[Pair] = []
    i = j = 0
    for k, m in [*pairs, (len(old), len(new))]:
        found += _alike(old[i:k], new[j:m], (i, j), fits)
        found.append((k, m))
        i, j = k + 1, m + 1
    return _groups(old, new, [pair for pair in found[:-1] if fits(old[pair[0]], new[pair[1]])])


def _anchored(old: Sequence[Item], new: Sequence[Item], effort: Effort) -> list[Pair]:
    """Equal blocks; between them those with equal words; between them those that differ in figures only."""
    pairs = common([item.key for item in old], [item.key for item in new], effort)
    for key in (_words, _letters):
        pairs = _between(pairs, [key(item) for item in old], [key(item) for item in new], effort)
    return pairs


def _words(item: Comparable) -> Hashable:
    return item.reads


def _letters(item: Comparable) -> Hashable:
    letters = _DIGITS.sub(" ", item.text).strip().lower()
    # Nothing is said by what has no words; the object is like no other.
    return (type(item), letters) if len(letters) > 3 else object()


def _between(pairs: list[Pair], old: list[Hashable], new: list[Hashable], effort: Effort) -> list[Pair]:
    found, i, j = list(pairs), 0, 0
    for k, m in [*pairs, (len(old), len(new))]:
        if i < k and j < m:
            found += [(i + x, j + y) for x, y in common(old[i:k], new[j:m], effort)]
        i, j = k + 1, m + 1
    return sorted(found)


def _alike(old: Sequence[Item], new: Sequence[Item], at: Pair, fits: Callable[[Item, Item], bool]) -> list[Pair]:
    """Pairs in a gap, so that the sum of their likeness is greatest."""
    if not old or not new:
        return []
    reach = max(4, _WEIGHED // len(old))
    found = [
        (i, j, score)
        for i, item in enumerate(old)
        # From the right, so that no two of the same ``i`` can follow each other.
        for j in reversed(range(*_band(i, len(old), len(new), reach)))
        if (score := likeness(item.bag, new[j].bag)) >= _ALIKE and fits(item, new[j])
    ]
    return [(at[0] + i, at[1] + j) for i, j in _heaviest(found, len(new))]


def _band(i: int, old: int, new: int, reach: int) -> Pair:
    middle = i * new // old
    return max(0, middle - reach // 2), min(new, middle + reach // 2 + 1)


def _heaviest(found: list[tuple[int, int, float]], width: int) -> list[Pair]:
    """The choice of pairs that rises in both places and weighs most."""
    tree = [(0.0, -1)] * (width + 1)
    before: list[int] = []
    for number, (_i, j, score) in enumerate(found):
        total, last = _best_before(tree, j)
        before.append(last)
        _enter(tree, j + 1, (total + score, number))
    number = max(tree)[1] if found else -1
    kept = []
    while number >= 0:
        kept.append(found[number][:2])
        number = before[number]
    return kept[::-1]


def _best_before(tree: list[tuple[float, int]], place: int) -> tuple[float, int]:
    """The heaviest entry at a lower place (a Fenwick tree of greatest values)."""
    best = (0.0, -1)
    while place:
        best = max(best, tree[place])
        place &= place - 1
    return best


def _enter(tree: list[tuple[float, int]], place: int, entry: tuple[float, int]) -> None:
    while place < len(tree):
        tree[place] = max(tree[place], entry)
        place += place & -place


def _groups(old: Sequence[Item], new: Sequence[Item], pairs: list[Pair]) -> list[Group[Item]]:
    groups: list[Group[Item]] = []
    i = j = 0
    for k, m in [*sorted(pairs), (len(old), len(new))]:
        groups += [Group([item], []) for item in old[i:k]]
        groups += [Group([], [item]) for item in new[j:m]]
        if k < len(old):
            groups.append(Group([old[k]], [new[m]]))
        i, j = k + 1, m + 1
    return groups


def moved_to_beginnings(groups: list[Group[Item]], rank: Callable[[Item], int]) -> list[Group[Item]]:
    """The groups, where what was inserted or deleted begins with its highest heading if it can. ``rank`` is 1 for the
    highest and ``NO_HEADING`` for what is none.

    When a § is put in among others like it, it can be told in several ways, all of them true: as the end of one and the
    beginning of the next, or as the § that it is.
    """
    found = list(groups)
    for start, end, side in _one_sided(groups):
        ranks = [rank(_of(group, side)[0]) for group in groups[start:end]]
        highest = min(ranks)
        if highest in (ranks[0], NO_HEADING):
            continue

        def begins(item: Item, highest: int = highest) -> bool:
            return rank(item) <= highest

        for steps in (_steps_down, _steps_up):
            moved = steps(found, start, end, side, begins)
            if moved:
                first, last, pieces = moved
                found[first:last] = pieces
                break
    return found


def _one_sided(groups: list[Group[Item]]) -> list[tuple[int, int, bool]]:
    """Where runs of inserted (True) or of deleted (False) blocks begin and end."""
    found = []
    start = 0
    for side, run in groupby(groups, key=lambda group: None if group.old and group.new else bool(group.new)):
        end = start + len(list(run))
        if side is not None:
            found.append((start, end, side))
        start = end
    return found


def _of(group: Group[Item], side: bool) -> list[Item]:
    return group.new if side else group.old


def _is_pair(group: Group[Item]) -> bool:
    return len(group.old) == len(group.new) == 1


Moved = tuple[int, int, list[Group[Item]]]


def _steps_down(
    groups: list[Group[Item]], start: int, end: int, side: bool, begins: Callable[[Item], bool]
) -> Moved[Item] | None:
    """The run moved down to the first heading in it, where what it leaves is equal to what it reaches."""
    length = end - start
    for step in range(min(length, len(groups) - end)):
        below, left = groups[end + step], _of(groups[start + step], side)[0]
        if not _is_pair(below) or _of(below, side)[0].key != left.key:
            return None
        if step + 1 < length and begins(_of(groups[start + step + 1], side)[0]):
            return start, end + step + 1, _rewoven(groups, start, end, step + 1, side)
    return None


def _steps_up(
    groups: list[Group[Item]], start: int, end: int, side: bool, begins: Callable[[Item], bool]
) -> Moved[Item] | None:
    """The run moved up to a heading before it, where what it leaves is equal to what it reaches."""
    for step in range(min(end - start, start)):
        above, left = groups[start - step - 1], _of(groups[end - step - 1], side)[0]
        if not _is_pair(above) or _of(above, side)[0].key != left.key:
            return None
        if begins(_of(above, side)[0]):
            return start - step - 1, end, _rewoven_up(groups, start, end, step + 1, side)
    return None


def _pair(other: Item, mine: Item, side: bool) -> Group[Item]:
    return Group([other], [mine]) if side else Group([mine], [other])


def _alone(item: Item, side: bool) -> Group[Item]:
    return Group([], [item]) if side else Group([item], [])


def _rewoven(groups: list[Group[Item]], start: int, end: int, steps: int, side: bool) -> list[Group[Item]]:
    mine = [_of(group, side)[0] for group in groups[start : end + steps]]
    others = [_of(group, not side)[0] for group in groups[end : end + steps]]
    pairs = [_pair(other, item, side) for other, item in zip(others, mine[:steps], strict=True)]
    return pairs + [_alone(item, side) for item in mine[steps:]]


def _rewoven_up(groups: list[Group[Item]], start: int, end: int, steps: int, side: bool) -> list[Group[Item]]:
    mine = [_of(group, side)[0] for group in groups[start - steps : end]]
    others = [_of(group, not side)[0] for group in groups[start - steps : start]]
    pairs = [_pair(other, item, side) for other, item in zip(others, mine[-steps:], strict=True)]
    return [_alone(item, side) for item in mine[:-steps]] + pairs


def cut_and_joined(groups: list[Group[Item]], may: Callable[[Item], bool]) -> list[Group[Item]]:
    """The groups, where a paragraph that was cut in two or joined of two stands with both."""
    found: list[Group[Item]] = []
    for group in groups:
        if found and (both := _merged(found[-1], group, may)):
            found[-1] = both
        else:
            found.append(group)
    return found


def _merged(first: Group[Item], second: Group[Item], may: Callable[[Item], bool]) -> Group[Item] | None:
    both = Group(first.old + second.old, first.new + second.new)
    pair, single = (first, second) if first.old and first.new else (second, first)
    if not (pair.old and pair.new) or pair.same or bool(single.old) == bool(single.new):
        return None
    if not all(may(item) for item in both.old + both.new):
        return None
    many, one = (both.old, both.new) if single.old else (both.new, both.old)
    piece = (single.old or single.new)[0]
    if len(one) != 1 or weight(piece.bag) < 8:
        return None
    others = sum(shared(one[0].bag, item.bag) for item in many if item is not piece)
    inside = shared(one[0].bag, piece.bag) >= 0.8 * weight(piece.bag)
    fills = others + weight(piece.bag) <= 1.2 * weight(one[0].bag)
    return both if inside and fills else None


def ends_together(groups: list[Group[Item]], may: Callable[[Item], bool]) -> list[Group[Item]]:
    """The groups, where the last blocks of both versions stand in one.

    The end of a cell or of a document can be neither inserted nor deleted, so what comes after the last common
    paragraph is added to that one, tables between them too; where nothing is common, the two last are put together.
    """
    tail: Group[Item] = Group()
    rest = list(groups)
    while rest and not (tail.old and tail.new):
        last = rest.pop()
        common_end = bool(last.old and last.new)
        if not all(may(item) for item in (last.old + last.new if common_end or last is groups[-1] else ())):
            return groups
        tail = Group(last.old + tail.old, last.new + tail.new)
    if not (tail.old and tail.new):
        return groups
    if common_end:
        return [*rest, tail]
    alone = [Group([item], []) for item in tail.old[:-1]] + [Group([], [item]) for item in tail.new[:-1]]
    return [*rest, *alone, Group(tail.old[-1:], tail.new[-1:])]
