"""Reading what a question's kind may be told beside its texts: choices, parts, bounds, years, a table's columns."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

from paragraf.questions.definition import Kind, Options, Years
from paragraf.questions.kinds import KINDS
from paragraf.questions.nodes import Entry
from paragraf.questions.reading_budgets import check_budget, read_groups, read_rows, read_sources
from paragraf.questions.reading_tables import check_table, read_choices, read_columns, read_decimals, read_fixed_rows

_NUMBERS = frozenset({Kind.NUMBER, Kind.PERCENT})
_BOUNDS = {"at_least": "lowest", "at_most": "highest"}


def read_options(kind: Kind, entries: dict[str, Entry]) -> Options:
    """Return the options among the question's entries; entries that are no options are left alone."""
    values: dict[str, Any] = {}
    for name in KINDS[kind].options & entries.keys():
        value = _READERS[name](entries[name], kind)
        if value is not None:
            values[_stored_name(kind, name)] = value
    options = Options(**values)
    _check_bounds(options, entries)
    return options


def _stored_name(kind: Kind, name: str) -> str:
    """Numbers are bounded by a value that may have decimals; everything else by a count."""
    return _BOUNDS[name] if kind in _NUMBERS and name in _BOUNDS else name


def _check_bounds(options: Options, entries: dict[str, Entry]) -> None:
    if options.at_most is not None and options.at_most < options.at_least:
        entries["at_most"].fault("at_most är mindre än at_least.")
    if options.highest is not None and options.highest < options.lowest:
        entries["at_most"].fault("at_most är mindre än at_least.")
    if options.earliest and options.latest and options.latest < options.earliest:
        entries["latest"].fault("latest är före earliest.")
    for name in options.optional or ():
        if options.parts and name not in options.parts:
            entries["optional"].fault("%(name)s finns inte bland parts.", name=name)
    check_budget(options, entries)
    check_table(options, entries)


def _bound(entry: Entry, kind: Kind) -> int | Decimal | None:
    return entry.decimal() if kind in _NUMBERS else entry.number()


def _parts(entry: Entry, kind: Kind) -> tuple[str, ...]:
    names = [part.name for part in KINDS[kind].parts]
    return tuple(name for item in entry.items() if (name := item.one_of(names)))


def _years(entry: Entry, _kind: Kind) -> Years | None:
    keys = entry.mapping({"count", "period", "start"}, ("count",))
    count = keys["count"].number() if "count" in keys else None
    if count is not None and not 1 <= count <= 10:
        keys["count"].fault("Antalet år ska vara mellan 1 och 10.")
    return Years(
        count=count or 1,
        period=keys["period"].text() if "period" in keys else None,
        start=keys["start"].number() if "start" in keys else None,
    )


def _plain(read: Callable[[Entry], Any]) -> Callable[[Entry, Kind], Any]:
    return lambda entry, _kind: read(entry)


_READERS: dict[str, Callable[[Entry, Kind], Any]] = {
    "max_words": _plain(Entry.number),
    "formatted": _plain(Entry.flag),
    "choices": _plain(read_choices),
    "parts": _parts,
    "optional": _parts,
    "at_least": _bound,
    "at_most": _bound,
    "unit": _plain(Entry.bilingual),
    "decimals": _plain(read_decimals),
    "columns": _plain(read_columns),
    "fixed_rows": _plain(read_fixed_rows),
    "row_sum": _plain(Entry.flag),
    "earliest": _plain(Entry.day),
    "latest": _plain(Entry.day),
    "max_years": _plain(Entry.number),
    "rows": _plain(read_rows),
    "groups": _plain(read_groups),
    "years": _years,
    "of": _plain(read_sources),
}
