"""A comparison as a page shows it: changes in order, each with a number; long unchanged stretches folded.

Whatever has two versions can be shown so: ``page_of`` gives the template ``macros/comparison.html`` what it needs.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import count, groupby
from operator import attrgetter

from flask_babel import gettext as _
from flask_babel import ngettext

from paragraf.word.comparing.comparison import Change, Comparison, Counts, Grid, Part, Row, Side
from webapp.language import stored

# Unchanged paragraphs that stay in sight beside a change.
_BESIDE = 1
_WORTH_FOLDING = 3
_OLD, _NEW = attrgetter("old"), attrgetter("new")


@dataclass(frozen=True, slots=True)
class Labels:
    """What the two versions are called on the page."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row, or several that were inserted or deleted together; ``said`` says what happened. ``number`` counts the
    changes from 1, and is 0 for what did not change."""

    change: Change
    old: Side
    new: Side
    number: int = 0
    said: str = ""


@dataclass(slots=True)
class Stretch:
    """Rows that follow each other; unchanged ones may be folded."""

    rows: list[ShownRow] = field(default_factory=list)
    folded: bool = False


@dataclass(frozen=True, slots=True)
class ShownPart:
    """The body, a header or a footer."""

    name: str
    stretches: list[Stretch]


def page_of(comparison: Comparison, labels: Labels) -> dict[str, object]:
    """The context of a page that shows the comparison, for the macros of ``macros/comparison.html``."""
    numbers = count(1)
    parts = [ShownPart(stored(part.name), _stretches(part, numbers)) for part in comparison.parts]
    last = next(numbers) - 1
    return {
        "labels": labels,
        "parts": parts,
        "changes": last,
        "summary": summary(comparison.counts),
        "not_compared": [stored(each) for each in comparison.not_compared],
    }


def summary(counts: Counts) -> list[str]:
    """What changed, in numbers and words; nothing where there is nothing of the kind."""
    added, gone, altered = counts.rows_inserted, counts.rows_deleted, counts.rows_changed
    said = [
        (counts.inserted, ngettext("%(num)s tillagt stycke", "%(num)s tillagda stycken", counts.inserted)),
        (counts.deleted, ngettext("%(num)s borttaget stycke", "%(num)s borttagna stycken", counts.deleted)),
        (counts.changed, ngettext("%(num)s ändrat stycke", "%(num)s ändrade stycken", counts.changed)),
        (added, ngettext("%(num)s tillagd tabellrad", "%(num)s tillagda tabellrader", added)),
        (gone, ngettext("%(num)s borttagen tabellrad", "%(num)s borttagna tabellrader", gone)),
        (altered, ngettext("%(num)s ändrad tabellrad", "%(num)s ändrade tabellrader", altered)),
        (counts.look, _look_only(counts.look)),
    ]
    return [words for number, words in said if number]


def _look_only(number: int) -> str:
    said: str = ngettext(
        "%(num)s stycke med ändrat utseende men samma ord", "%(num)s stycken med ändrat utseende men samma ord", number
    )
    return said


def _stretches(part: Part, numbers: Iterator[int]) -> list[Stretch]:
    rows = [row for row in part.rows if row.change is not Change.SAME or _says_something(row.new)]
    shown = [_shown(together, numbers) for together in _together(rows)]
    stretches: list[Stretch] = []
    for same, together in groupby(shown, key=lambda each: each.number == 0):
        run = list(together)
        stretches += _folded(run, first=not stretches, last=run[-1] is shown[-1]) if same else [Stretch(run)]
    return stretches


def _together(rows: list[Row]) -> Iterator[list[Row]]:
    """Each row by itself, but those that were inserted or deleted one after another are one change to a reader."""
    for change, run in groupby(rows, key=lambda row: row.change):
        if change in (Change.INSERTED, Change.DELETED):
            yield list(run)
        else:
            yield from ([row] for row in run)


def _shown(rows: list[Row], numbers: Iterator[int]) -> ShownRow:
    change = rows[0].change
    old, new = (tuple(block for row in rows for block in side(row)) for side in (_OLD, _NEW))
    if change is Change.SAME:
        return ShownRow(change, old, new)
    return ShownRow(change, old, new, next(numbers), _said(change, old, new))


def _folded(run: list[ShownRow], *, first: bool, last: bool) -> Iterable[Stretch]:
    """An unchanged stretch with its middle folded: what stands beside a change stays in sight."""
    begin = 0 if first else _BESIDE
    end = len(run) if last else len(run) - _BESIDE
    if end - begin < _WORTH_FOLDING:
        return [Stretch(run)]
    return [each for each in (Stretch(run[:begin]), Stretch(run[begin:end], True), Stretch(run[end:])) if each.rows]


def _says_something(side: Side) -> bool:
    return any(isinstance(block, Grid) or block.spans for block in side)


def _said(change: Change, old: Side, new: Side) -> str:
    table = any(isinstance(block, Grid) for block in old + new)
    if change is Change.CHANGED and len(new) != len(old):
        return str(_("Stycket är delat") if len(new) > len(old) else _("Stycken är sammanslagna"))
    if len(old + new) > 1 and change in (Change.INSERTED, Change.DELETED):
        return str(_("Tillagda stycken") if new else _("Borttagna stycken"))
    return str(
        {
            Change.INSERTED: _("Tillagd tabell") if table else _("Tillagt stycke"),
            Change.DELETED: _("Borttagen tabell") if table else _("Borttaget stycke"),
            Change.LOOK: _("Ändrat utseende, samma ord"),
        }.get(change, _("Ändrad tabell") if table else _("Ändrat stycke"))
    )
