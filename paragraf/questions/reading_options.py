"""Reading what a question's kind may be told beside its texts: choices, parts, bounds, budget rows and years."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from paragraf.questions.definition import FILLED_IN, BudgetRow, Choice, Kind, Options, RowKind, Text, Years
from paragraf.questions.identity import unique_id
from paragraf.questions.kinds import KINDS
from paragraf.questions.nodes import Entry


def read_options(kind: Kind, entries: dict[str, Entry]) -> Options:
    """Return the options among the question's entries; entries that are no options are left alone."""
    values: dict[str, Any] = {}
    for name, read in _READERS.items():
        if name in entries and name in KINDS[kind].options:
            value = read(entries[name], kind)
            if value is not None:
                values[name] = value
    options = Options(**values)
    _check_bounds(options, entries)
    return options


def _check_bounds(options: Options, entries: dict[str, Entry]) -> None:
    if options.at_most is not None and options.at_most < options.at_least:
        entries["at_most"].fault("at_most är mindre än at_least.")
    if options.earliest and options.latest and options.latest < options.earliest:
        entries["latest"].fault("latest är före earliest.")
    for name in options.optional or ():
        if options.parts and name not in options.parts:
            entries["optional"].fault("%(name)s finns inte bland parts.", name=name)


def _choices(entry: Entry, _kind: Kind) -> tuple[Choice, ...]:
    seen: set[str] = set()
    return tuple(choice for item in entry.items() if (choice := _choice(item, seen)))


def _choice(entry: Entry, seen: set[str]) -> Choice | None:
    keys = entry.mapping({"id", "label"}, ("id", "label"))
    choice_id = unique_id(keys.get("id"), seen)
    return Choice(choice_id, _label(keys)) if choice_id else None


def _label(keys: dict[str, Entry]) -> Text:
    return keys["label"].bilingual() if "label" in keys else Text("", "")


def _parts(entry: Entry, kind: Kind) -> tuple[str, ...]:
    names = [part.name for part in KINDS[kind].parts]
    return tuple(name for item in entry.items() if (name := item.one_of(names)))


def _rows(entry: Entry, _kind: Kind) -> tuple[BudgetRow, ...]:
    seen: set[str] = set()
    computed: set[RowKind] = set()
    rows = tuple(row for item in entry.items() if (row := _row(item, seen, computed)))
    if not any(row.kind is RowKind.COST for row in rows):
        entry.fault("Budgeten har ingen rad av slaget cost, så det finns ingen kostnad att fylla i.")
    return rows


def _row(entry: Entry, seen: set[str], computed: set[RowKind]) -> BudgetRow | None:
    keys = entry.mapping({"id", "kind", "label", "help"}, ("id", "kind", "label"))
    row_id = unique_id(keys.get("id"), seen)
    name = keys["kind"].one_of(RowKind) if "kind" in keys else None
    if not row_id or not name:
        return None
    kind = RowKind(name)
    if kind in computed:
        keys["kind"].fault("Raden %(kind)s finns redan i budgeten.", kind=name)
    if kind not in FILLED_IN:
        computed.add(kind)
    return BudgetRow(row_id, kind, _label(keys), keys["help"].bilingual() if "help" in keys else None)


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
    "choices": _choices,
    "parts": _parts,
    "optional": _parts,
    "at_least": _plain(Entry.number),
    "at_most": _plain(Entry.number),
    "earliest": _plain(Entry.day),
    "latest": _plain(Entry.day),
    "max_years": _plain(Entry.number),
    "rows": _rows,
    "years": _years,
}
