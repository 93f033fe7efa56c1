"""How one text becomes another, word by word: what stays, what goes, what comes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

from paragraf.word.comparing.reading import Paragraph
from paragraf.word.comparing.sequences import Effort, Pair, common
from paragraf.word.comparing.words import Token, mark_token

# Where so little of the letters stays, the text is shown as rewritten.
_TOO_LITTLE = 0.2


@dataclass(frozen=True, slots=True)
class Edit:
    """A stretch: either ``old`` and ``new`` are the same words (``stays``), or old goes and new comes."""

    stays: bool
    old: Sequence[Token]
    new: Sequence[Token]


@dataclass(slots=True)
class _Span:
    stays: bool
    i: int
    i_end: int
    j: int
    j_end: int


def tokens_with_marks(paragraphs: Sequence[Paragraph]) -> list[Token]:
    """The tokens of paragraphs that follow each other, with a mark at the end of each but the last."""
    found: list[Token] = []
    for number, paragraph in enumerate(paragraphs):
        found += [mark_token()] if number else []
        found += paragraph.tokens
    return found


def edits(old: Sequence[Token], new: Sequence[Token], effort: Effort) -> list[Edit]:
    """The way from the old tokens to the new, in the order of the text."""
    spans = _cleaned(_spans(_pairs(old, new, effort), len(old), len(new)), _Sums(old), _Sums(new))
    return [Edit(span.stays, old[span.i : span.i_end], new[span.j : span.j_end]) for span in spans]


def _pairs(old: Sequence[Token], new: Sequence[Token], effort: Effort) -> list[Pair]:
    """Common words; then the spaces that stand beside them in both."""
    places_old = [i for i, token in enumerate(old) if not token.space and not token.place]
    places_new = [j for j, token in enumerate(new) if not token.space and not token.place]
    words = common([old[i].key for i in places_old], [new[j].key for j in places_new], effort)
    pairs = [(places_old[i], places_new[j]) for i, j in words]
    return sorted(pairs + list(_spaces(pairs, old, new)))


def _spaces(pairs: list[Pair], old: Sequence[Token], new: Sequence[Token]) -> Iterator[Pair]:
    i = j = 0
    for k, m in [*pairs, (len(old), len(new))]:
        # After the last common word, then before the next one.
        while i < k and j < m and old[i].space and old[i].key == new[j].key:
            yield i, j
            i, j = i + 1, j + 1
        k_end, m_end = k, m
        while i < k_end and j < m_end and old[k_end - 1].space and old[k_end - 1].key == new[m_end - 1].key:
            k_end, m_end = k_end - 1, m_end - 1
            yield k_end, m_end
        i, j = k + 1, m + 1


def _spans(pairs: list[Pair], old: int, new: int) -> list[_Span]:
    spans: list[_Span] = []
    i = j = 0
    for k, m in [*pairs, (old, new)]:
        if i < k or j < m:
            spans.append(_Span(False, i, k, j, m))
        if k < old or m < new:
            _stay(spans, k, m)
        i, j = k + 1, m + 1
    return spans


def _stay(spans: list[_Span], k: int, m: int) -> None:
    if spans and spans[-1].stays:
        spans[-1].i_end, spans[-1].j_end = k + 1, m + 1
    else:
        spans.append(_Span(True, k, k + 1, m, m + 1))


class _Sums:
    """Letters and marks in any stretch of tokens, without counting them again."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._weights = [0, *accumulate(token.weight for token in tokens)]
        self._words = [0, *accumulate(int(token.weight > 0) for token in tokens)]
        self._marks = [0, *accumulate(int(token.mark) for token in tokens)]

    def weight(self, start: int = 0, end: int = -1) -> int:
        return self._weights[end] - self._weights[start]

    def words(self, start: int, end: int) -> int:
        return self._words[end] - self._words[start]

    def marks(self, start: int = 0, end: int = -1) -> int:
        return self._marks[end] - self._marks[start]


def _cleaned(spans: list[_Span], old: _Sums, new: _Sums) -> list[_Span]:
    """The spans without islands: a common "och" inside a rewritten sentence helps nobody to read it."""
    found: list[_Span] = []
    for span in spans:
        found.append(span)
        while len(found) > 2 and _is_island(found[-3:], old, new):
            before, _island, after = found[-3:]
            found[-3:] = [_Span(False, before.i, after.i_end, before.j, after.j_end)]
    if sum(not span.stays for span in found) > 1 and _is_rewritten(found, old, new):
        return [_Span(False, found[0].i, found[-1].i_end, found[0].j, found[-1].j_end)]
    return found


def _is_island(last: list[_Span], old: _Sums, new: _Sums) -> bool:
    before, island, after = last
    if before.stays or not island.stays or after.stays or old.marks(island.i, island.i_end):
        return False
    # Small beside the changes around it in letters and in words: what is said between two single words stays.
    letters = min(max(old.weight(each.i, each.i_end), new.weight(each.j, each.j_end)) for each in (before, after))
    words = min(max(old.words(each.i, each.i_end), new.words(each.j, each.j_end)) for each in (before, after))
    return letters >= 2 * old.weight(island.i, island.i_end) and 0 < words >= 2 * old.words(island.i, island.i_end)


def _is_rewritten(spans: list[_Span], old: _Sums, new: _Sums) -> bool:
    if old.marks() or new.marks():
        return False
    kept = sum(old.weight(span.i, span.i_end) for span in spans if span.stays)
    return kept < _TOO_LITTLE * max(old.weight(), new.weight())
