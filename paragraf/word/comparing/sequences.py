"""What two sequences have in common, in order: anchors first, then the longest common subsequence, within bounds.

Anchors are items that stand once in each sequence (as in a patience diff): they are what a reader would call the same
place. What lies between them is compared with whole rows of the classic table held as the bits of one integer, so
that 10 000 by 10 000 words cost some 20 ms and little memory.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

Pair = tuple[int, int]
# Bits of the table that are kept at once (4 MB), and that one comparison may cost in all (some seconds).
_TABLE = 32_000_000
_EFFORT = 20_000_000_000
# Anchors between anchors between anchors …: hostile texts could nest them without end.
_DEPTH = 12


@dataclass(slots=True)
class Effort:
    """What a comparison may still cost. When it is spent, only anchors are found: coarser, never wrong."""

    left: int = _EFFORT

    def allows(self, cost: int) -> bool:
        """Take the cost, where there is enough left."""
        if cost > self.left:
            return False
        self.left -= cost
        return True


@dataclass(frozen=True, slots=True)
class _Stretch:
    a: int
    a_end: int
    b: int
    b_end: int
    depth: int = 0


def common(a: Sequence[Hashable], b: Sequence[Hashable], effort: Effort) -> list[Pair]:
    """Pairs of places ``(i, j)`` with ``a[i] == b[j]``, rising in both."""
    found: list[Pair] = []
    waiting = [_Stretch(0, len(a), 0, len(b))]
    while waiting:
        found += _in_stretch(a, b, waiting.pop(), waiting, effort)
    return sorted(found)


def _in_stretch(
    a: Sequence[Hashable], b: Sequence[Hashable], all_of: _Stretch, waiting: list[_Stretch], effort: Effort
) -> list[Pair]:
    found, inner = _ends(a, b, all_of)
    if inner.a == inner.a_end or inner.b == inner.b_end:
        return found
    anchors = _anchors(a, b, inner) if inner.depth < _DEPTH else []
    if not anchors:
        return found + _table(a, b, inner, effort)
    i, j = inner.a, inner.b
    for k, m in [*anchors, (inner.a_end, inner.b_end)]:
        if i < k and j < m:
            waiting.append(_Stretch(i, k, j, m, inner.depth + 1))
        i, j = k + 1, m + 1
    return found + anchors


def _ends(a: Sequence[Hashable], b: Sequence[Hashable], part: _Stretch) -> tuple[list[Pair], _Stretch]:
    """What the stretch begins and ends with in both, and what is left between."""
    i, j, i_end, j_end = part.a, part.b, part.a_end, part.b_end
    found = []
    while i < i_end and j < j_end and a[i] == b[j]:
        found.append((i, j))
        i, j = i + 1, j + 1
    while i < i_end and j < j_end and a[i_end - 1] == b[j_end - 1]:
        i_end, j_end = i_end - 1, j_end - 1
        found.append((i_end, j_end))
    return found, _Stretch(i, i_end, j, j_end, part.depth)


def _anchors(a: Sequence[Hashable], b: Sequence[Hashable], part: _Stretch) -> list[Pair]:
    seen_a, seen_b = Counter(a[part.a : part.a_end]), Counter(b[part.b : part.b_end])
    place = {b[j]: j for j in range(part.b, part.b_end) if seen_b[b[j]] == 1}
    pairs = [(i, place[a[i]]) for i in range(part.a, part.a_end) if seen_a[a[i]] == 1 and a[i] in place]
    return _rising(pairs)


def _rising(pairs: list[Pair]) -> list[Pair]:
    """The longest choice of pairs that rises in both places."""
    tails: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        at = bisect_left(tails, j)
        before.append(chain[at - 1] if at else -1)
        tails[at : at + 1], chain[at : at + 1] = [j], [number]
    kept, number = [], chain[-1] if chain else -1
    while number >= 0:
        kept.append(pairs[number])
        number = before[number]
    return kept[::-1]


def _table(a: Sequence[Hashable], b: Sequence[Hashable], part: _Stretch, effort: Effort) -> list[Pair]:
    """The longest common subsequence of what stands in both."""
    shared = set(a[part.a : part.a_end]) & set(b[part.b : part.b_end])
    places_a = [i for i in range(part.a, part.a_end) if a[i] in shared]
    places_b = [j for j in range(part.b, part.b_end) if b[j] in shared]
    if not shared or not effort.allows(len(places_a) * len(places_b)):
        return []
    numbers = {item: number for number, item in enumerate(shared)}
    left, right = [numbers[a[i]] for i in places_a], [numbers[b[j]] for j in places_b]
    return [(places_a[i], places_b[j]) for i, j in _longest(left, right)]


def _longest(a: list[int], b: list[int]) -> list[Pair]:
    found: list[Pair] = []
    waiting = [(0, len(a), 0, len(b))]
    while waiting:
        i, i_end, j, j_end = waiting.pop()
        if i == i_end or j == j_end:
            continue
        if (i_end - i) * (j_end - j) <= _TABLE or j_end - j == 1:
            found += [(i + x, j + y) for x, y in _traced(a[i:i_end], b[j:j_end])]
        else:
            half = (j + j_end) // 2
            cut = i + _cut(a[i:i_end], b[j:half], b[half:j_end])
            waiting += [(i, cut, j, half), (cut, i_end, half, j_end)]
    return found


def _rows(a: list[int], b: list[int]) -> Iterator[int]:
    """After each item of ``b``: bit i is 0 where ``a[:i + 1]`` has one more in common with it than ``a[:i]``."""
    masks: dict[int, int] = defaultdict(int)
    for number, item in enumerate(a):
        masks[item] |= 1 << number
    full = (1 << len(a)) - 1
    row = full
    for item in b:
        hit = row & masks[item]
        row = ((row + hit) | (row - hit)) & full
        yield row


def _traced(a: list[int], b: list[int]) -> list[Pair]:
    rows = list(_rows(a, b))
    found = []
    i, j = len(a) - 1, len(b) - 1
    while i >= 0 and j >= 0:
        if rows[j] >> i & 1:
            i -= 1
        elif j and not rows[j - 1] >> i & 1:
            j -= 1
        else:
            found.append((i, j))
            i, j = i - 1, j - 1
    return found


def _cut(a: list[int], before: list[int], after: list[int]) -> int:
    """Where to cut ``a`` so that its halves have most in common with ``before`` and ``after`` (Hirschberg)."""
    forward = _counts(a, before)
    backward = _counts(a[::-1], after[::-1])[::-1]
    sums = [one + other for one, other in zip(forward, backward, strict=True)]
    return sums.index(max(sums))


def _counts(a: list[int], b: list[int]) -> list[int]:
    row = 0
    for last in _rows(a, b):
        row = last
    bits = bin(row)[2:].zfill(len(a))[::-1]
    return [0, *accumulate(1 if bit == "0" else 0 for bit in bits)]
