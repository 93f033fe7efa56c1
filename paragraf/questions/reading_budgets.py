"""Reading what a budget is made of: its groups and rows, and which budgets a summary adds up."""

from __future__ import annotations

from paragraf.questions.definition import FILLED_IN, FINANCING, BudgetGroup, BudgetRow, Options, RowKind, SummarySource
from paragraf.questions.identity import label_of, unique_id
from paragraf.questions.nodes import Entry, nearest


def read_rows(entry: Entry) -> tuple[BudgetRow, ...]:
    """Return the rows; a budget without a cost to fill in, and a sum that is there twice, are faults."""
    seen: set[str] = set()
    computed: set[RowKind] = set()
    rows = tuple(row for item in entry.items() if (row := _row(item, seen, computed)))
    if not any(row.kind is RowKind.COST for row in rows):
        entry.fault("Budgeten har ingen rad av slaget cost, så det finns ingen kostnad att fylla i.")
    return rows


def _row(entry: Entry, seen: set[str], computed: set[RowKind]) -> BudgetRow | None:
    keys = entry.mapping({"id", "kind", "label", "help", "group"}, ("id", "kind", "label"))
    row_id = unique_id(keys.get("id"), seen)
    name = keys["kind"].one_of(RowKind) if "kind" in keys else None
    if not row_id or not name:
        return None
    kind = RowKind(name)
    if kind in computed:
        keys["kind"].fault("Raden %(kind)s finns redan i budgeten.", kind=name)
    if kind not in FILLED_IN:
        computed.add(kind)
        if "group" in keys:
            keys["group"].fault("En summarad kan inte stå i en grupp. Gruppens egen summa skrivs ut av sig själv.")
    group = keys["group"].text() if "group" in keys else None
    return BudgetRow(row_id, kind, label_of(keys), keys["help"].bilingual() if "help" in keys else None, group)


def read_groups(entry: Entry) -> tuple[BudgetGroup, ...]:
    """Return the groups that rows can name."""
    seen: set[str] = set()
    read = ((item, item.mapping({"id", "label"}, ("id", "label"))) for item in entry.items())
    return tuple(BudgetGroup(unique_id(keys.get("id"), seen), label_of(keys)) for _item, keys in read)


def check_budget(options: Options, entries: dict[str, Entry]) -> None:
    """Hold the rows against the groups: each is known, and its rows stand together and add up to one thing."""
    known = [group.id for group in options.groups]
    before, closed = None, set[str]()
    sorts: dict[str, str] = {}
    for row, entry in zip(options.rows, entries["rows"].items() if options.rows else [], strict=False):
        named = entry.peek("group") if row.group else None
        if row.group != before and before is not None:
            closed.add(before)
        before = row.group
        if named is None or row.group is None:
            continue
        if row.group not in known:
            named.fault("%(name)s finns inte bland groups. %(hint)s", name=row.group, hint=nearest(row.group, known))
        elif row.group in closed:
            named.fault("Raderna i gruppen %(name)s ska stå efter varandra.", name=row.group)
        elif sorts.setdefault(row.group, _sort(row.kind)) != _sort(row.kind):
            named.fault("En grupp kan inte blanda kostnader, intäkter och finansiering. Dela upp den.")


def _sort(kind: RowKind) -> str:
    return "financing" if kind in FINANCING else kind.value


def read_sources(entry: Entry) -> tuple[SummarySource, ...]:
    """Return the budgets named, ``budget`` or ``section.budget``; ``references`` checks that they are there."""
    return tuple(_source(name) for item in entry.items() if (name := item.text()))


def _source(name: str) -> SummarySource:
    section, dot, question = name.partition(".")
    return SummarySource(question, section) if dot else SummarySource(section)
