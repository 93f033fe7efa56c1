"""Reading what a table is made of: its columns, and the rows that are given."""

from __future__ import annotations

from paragraf.questions.definition import Choice, FixedRow, Kind, Options, Part
from paragraf.questions.identity import label_of, unique_id
from paragraf.questions.nodes import Entry

#: The sorts of column, and the sort of value that each holds.
_SORTS = {
    Kind.TEXT: "line",
    Kind.LONG_TEXT: "prose",
    Kind.NUMBER: "number",
    Kind.PERCENT: "percent",
    Kind.MONEY: "money",
    Kind.DATE: "date",
    Kind.CHOICE: "choice",
    Kind.YES_NO: "yes_no",
}
_ADDS_UP = frozenset({"number", "percent", "money"})
_COLUMN_KEYS = frozenset({"id", "label", "sort", "choices", "required", "sum", "help", "unit", "decimals"})
_MOST_COLUMNS = 12
_MOST_DECIMALS = 4


def read_choices(entry: Entry) -> tuple[Choice, ...]:
    """Return the alternatives, each with its id and label."""
    seen: set[str] = set()
    return tuple(choice for item in entry.items() if (choice := _choice(item, seen)))


def _choice(entry: Entry, seen: set[str]) -> Choice | None:
    keys = entry.mapping({"id", "label"}, ("id", "label"))
    choice_id = unique_id(keys.get("id"), seen)
    return Choice(choice_id, label_of(keys)) if choice_id else None


def read_decimals(entry: Entry) -> int | None:
    """Return how many decimals a number may have."""
    decimals = entry.number()
    if decimals is not None and decimals > _MOST_DECIMALS:
        entry.fault("Antalet decimaler ska vara mellan 0 och %(most)s.", most=_MOST_DECIMALS)
    return decimals


def read_columns(entry: Entry) -> tuple[Part, ...]:
    """Return the columns as the parts of each row."""
    seen: set[str] = set()
    columns = tuple(_column(item, seen) for item in entry.items())
    if not columns and entry.is_list():
        entry.fault("Listan är tom. Skriv minst en sak i den.")
    if len(columns) > _MOST_COLUMNS:
        entry.fault("Tabellen har för många kolumner. Högst %(most)s ryms på en sida.", most=_MOST_COLUMNS)
    return columns


def _column(entry: Entry, seen: set[str]) -> Part:
    keys = entry.mapping(_COLUMN_KEYS, ("id", "label"))
    name = keys["sort"].one_of(_SORTS) if "sort" in keys else Kind.TEXT
    scalar = _SORTS[Kind(name)] if name else "line"
    _only_where(keys, scalar, "choices", {"choice"})
    _only_where(keys, scalar, "sum", _ADDS_UP)
    _only_where(keys, scalar, "unit", {"number"})
    _only_where(keys, scalar, "decimals", {"number"})
    if scalar == "choice" and "choices" not in keys:
        entry.fault("%(key)s saknas här.", key="choices")
    return Part(
        name=unique_id(keys.get("id"), seen),
        scalar=scalar,
        label=label_of(keys),
        choices=read_choices(keys["choices"]) if "choices" in keys else (),
        help=keys["help"].bilingual() if "help" in keys else None,
        required="required" not in keys or keys["required"].flag() is not False,
        adds_up="sum" in keys and keys["sum"].flag() is True and scalar in _ADDS_UP,
        unit=keys["unit"].bilingual() if "unit" in keys else None,
        decimals=(read_decimals(keys["decimals"]) or 0) if "decimals" in keys else 0,
    )


def _only_where(keys: dict[str, Entry], scalar: str, name: str, scalars: set[str] | frozenset[str]) -> None:
    if name in keys and scalar not in scalars:
        keys[name].fault("%(key)s går inte att använda i en kolumn av det här slaget.", key=name)


def read_fixed_rows(entry: Entry) -> tuple[FixedRow, ...]:
    """Return the rows that are given."""
    seen: set[str] = set()
    if not entry.items() and entry.is_list():
        entry.fault("Listan är tom. Skriv minst en sak i den.")
    return tuple(_fixed_row(item, seen) for item in entry.items())


def _fixed_row(entry: Entry, seen: set[str]) -> FixedRow:
    keys = entry.mapping({"id", "label"}, ("id", "label"))
    return FixedRow(unique_id(keys.get("id"), seen), label_of(keys))


def check_table(options: Options, entries: dict[str, Entry]) -> None:
    """Hold a table's options against each other: given rows are not counted, and a row adds up one sort of value."""
    if options.fixed_rows:
        for name in ("at_least", "at_most"):
            if name in entries:
                entries[name].fault("%(key)s går inte att använda när raderna är givna (fixed_rows).", key=name)
    if not options.row_sum:
        return
    added = {(column.scalar, column.unit) for column in options.columns if column.adds_up}
    if not options.fixed_rows:
        entries["row_sum"].fault("row_sum går bara att använda när raderna är givna (fixed_rows).")
    elif len(added) != 1:
        entries["row_sum"].fault("row_sum kräver kolumner med sum: true, alla av samma slag och med samma enhet.")
