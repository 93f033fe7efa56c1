"""Small numbers of people are not printed, since somebody could be known by them; nor what they could be counted from.

A number from one up to the limit is hidden, zero is not: it is about nobody. A hidden number that is alone in a sum
whose other numbers are printed can be counted out, so another of the sum is hidden too, the smallest one. This keeps a
reader from counting with what one report prints; it does not help against what a text beside the table says, or
against two reports held side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

#: Numbers below this are hidden where nothing else is said (domain practice: five).
SMALLEST_SHOWN = 5

Cell = TypeVar("Cell")


def hidden(
    numbers: Mapping[Cell, int | None], sums: Iterable[tuple[Cell, ...]], smallest_shown: int = SMALLEST_SHOWN
) -> frozenset[Cell]:
    """The cells whose numbers may not be printed.

    ``sums``: groups of cells any one of which can be counted from the others; the last of a group is what the others
    add up to, and is hidden only where it must be. A group with a number that is not known (None, or a cell that is
    not there) binds nothing.
    """
    covered = {cell for cell, number in numbers.items() if number is not None and 0 < number < smallest_shown}
    known = [group for group in sums if all(numbers.get(cell) is not None for cell in group)]
    while alone := [group for group in known if sum(cell in covered for cell in group) == 1]:
        for group in alone:
            others = [cell for cell in group if cell not in covered]
            # Another group of this turn may have hidden one of these already.
            if len(others) == len(group) - 1:
                covered.add(min(others, key=lambda cell: (cell == group[-1], *_smallest_first(numbers[cell]))))
    return frozenset(covered)


def _smallest_first(number: int | None) -> tuple[bool, int]:
    """Zeros after the others: a zero that is hidden looks like somebody."""
    return not number, number or 0


def note(smallest_shown: int = SMALLEST_SHOWN) -> str:
    """Why a table has dashes, in the Swedish of the documents."""
    return (
        f"Tal mellan 1 och {smallest_shown - 1} visas inte, så att ingen kan kännas igen. Där de annars gick att räkna "
        "ut är även andra tal dolda."
    )
