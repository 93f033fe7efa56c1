"""Reading YAML with places: every fault is kept with its line and column, and reading goes on.

Only plain data passes: tags, anchors and aliases are faults, so that a definition cannot run code or grow without
bound. The YAML library is imported when a definition is read, not when the program starts.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from paragraf.core.errors import N_
from paragraf.questions.definition import Text

if TYPE_CHECKING:
    import yaml

LONGEST_FILE = 500_000
_PLAIN_TAGS = frozenset(
    "tag:yaml.org,2002:" + name for name in ("str", "int", "float", "bool", "null", "timestamp", "map", "seq")
)
_YES = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault in a definition: line and column counted from 1, and what to do, in Swedish."""

    line: int
    column: int
    message: str
    values: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        told = self.message % self.values if self.values else self.message
        return f"rad {self.line}, kolumn {self.column}: {told}"


class Faults:
    """The faults found so far."""

    def __init__(self) -> None:
        self._found: list[Fault] = []

    def add(self, mark: yaml.Mark | None, message: str, **values: Any) -> None:
        """Keep a fault at the mark of a node; without a mark it stands at the first line."""
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        self._found.append(Fault(line, column, message, values))

    def in_order(self) -> tuple[Fault, ...]:
        """Return the faults from the top of the file to the bottom, the same one only once."""
        once = {(fault.line, fault.column, str(fault)): fault for fault in self._found}
        return tuple(once[place] for place in sorted(once))


def nearest(name: str, known: Iterable[str]) -> str:
    """Return a hint in Swedish: the most similar known name, or all of them when none is similar."""
    names = sorted(known)
    close = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    return f"Menade du {close[0]}?" if close else f"Det som går att skriva här är: {', '.join(names)}."


class Entry:
    """One value in the file together with the fault list: read it as what it should be, or None with a fault."""

    def __init__(self, node: yaml.Node, faults: Faults) -> None:
        self.node = node
        self.faults = faults
        self._node_sort = _sort(node)

    def fault(self, message: str, **values: Any) -> None:
        """Say what is wrong at this place."""
        self.faults.add(self.node.start_mark, message, **values)

    def mapping(self, known: Iterable[str], demanded: Iterable[str] = ()) -> dict[str, Entry]:
        """Return the entries by key; unknown, repeated and absent keys are faults."""
        found: dict[str, Entry] = {}
        names = frozenset(known)
        for key, entry in self._pairs():
            if key not in names:
                Entry(entry.key_node, self.faults).fault(
                    "%(key)s är okänt här. %(hint)s", key=key, hint=nearest(key, names)
                )
            elif key in found:
                Entry(entry.key_node, self.faults).fault("%(key)s står två gånger. Ta bort den ena.", key=key)
            else:
                found[key] = entry
        if self._is("mapping"):
            for key in demanded:
                if key not in found:
                    self.fault("%(key)s saknas här.", key=key)
        return found

    def _pairs(self) -> Iterator[tuple[str, KeyedEntry]]:
        if not self._is("mapping"):
            self.fault("Här ska det stå namn och värden, som namn: värde, ett på varje rad.")
            return
        for key_node, value_node in self.node.value:
            yield str(key_node.value), KeyedEntry(value_node, self.faults, key_node)

    def items(self) -> list[Entry]:
        """Return the entries of a list; anything else is a fault."""
        if not self._is("sequence"):
            self.fault("Här ska det stå en lista, med - framför varje rad.")
            return []
        return [Entry(node, self.faults) for node in self.node.value]

    def text(self) -> str | None:
        """Return a text that is not blank."""
        if not self._is("scalar"):
            self.fault("Här ska det stå en text.")
            return None
        value = str(self.node.value).strip()
        if not value or self._tag() == "null":
            self.fault("Texten är tom. Skriv något eller ta bort raden.")
            return None
        return value

    def bilingual(self) -> Text:
        """Return a text given in Swedish and English; an absent language is a fault."""
        if self._is("scalar"):
            self.fault("Skriv texten på båda språken, sv: på en rad och en: på nästa.")
            return Text("", "")
        keys = self.mapping({"sv", "en"}, ("sv", "en"))
        return Text(*(keys[language].text() or "" if language in keys else "" for language in ("sv", "en")))

    def one_of(self, known: Iterable[str]) -> str | None:
        """Return a text that is one of the known names."""
        value = self.text()
        names = frozenset(known)
        if value is None or value in names:
            return value
        self.fault("%(name)s går inte att använda här. %(hint)s", name=value, hint=nearest(value, names))
        return None

    def number(self) -> int | None:
        """Return a whole number that is not negative."""
        if self._is("scalar") and self._tag() == "int" and re.fullmatch("[0-9]{1,9}", self.node.value):
            return int(self.node.value)
        self.fault("Här ska det stå ett heltal, till exempel 3.")
        return None

    def decimal(self) -> Decimal | None:
        """Return a number as it is written, with or without a sign and at most four decimals."""
        if self._is("scalar") and re.fullmatch(r"-?[0-9]{1,12}(\.[0-9]{1,4})?", str(self.node.value)):
            return Decimal(self.node.value)
        self.fault("Här ska det stå ett tal, till exempel 3 eller 0.5.")
        return None

    def flag(self) -> bool | None:
        """Return true or false."""
        if self._is("scalar") and self._tag() == "bool":
            return _YES[self.node.value.lower()]
        self.fault("Här ska det stå true (ja) eller false (nej).")
        return None

    def day(self) -> date | None:
        """Return a date written as 2027-01-31."""
        try:
            return date.fromisoformat(str(self.node.value))
        except ValueError:
            self.fault("Här ska det stå ett datum, till exempel 2027-01-31.")
            return None

    def peek(self, name: str) -> Entry | None:
        """Return the entry under the key, if there is one, without saying anything about the others."""
        pairs = self.node.value if self._is("mapping") else []
        return next((Entry(value, self.faults) for key, value in pairs if key.value == name), None)

    def is_list(self) -> bool:
        """Return whether the value is a list, were it an empty one."""
        return self._is("sequence")

    def _is(self, sort: str) -> bool:
        return self._node_sort == sort

    def _tag(self) -> str:
        return str(self.node.tag).rpartition(":")[2]


class KeyedEntry(Entry):
    """A value that stands after a key, so that a fault can point at the key."""

    def __init__(self, node: yaml.Node, faults: Faults, key_node: yaml.Node) -> None:
        super().__init__(node, faults)
        self.key_node = key_node


def compose(text: str, faults: Faults) -> Entry | None:
    """Return the file's outermost entry, or None when it is no plain YAML; what is wrong goes into ``faults``."""
    import yaml

    if len(text) > LONGEST_FILE:
        faults.add(None, "Filen är för stor för ett formulär. Dela upp det.")
        return None
    try:
        node = yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as broken:
        faults.add(broken.problem_mark or broken.context_mark, _NOT_YAML, problem=broken.problem or "")
        return None
    except yaml.YAMLError as broken:
        faults.add(None, _NOT_YAML, problem=str(broken))
        return None
    except RecursionError:
        faults.add(None, "Filen har för många nivåer i varandra.")
        return None
    if node is None:
        faults.add(None, "Filen är tom.")
        return None
    return Entry(node, faults) if _only_plain(node, faults) else None


_NOT_YAML = N_(
    "Filen går inte att läsa här. Kontrollera indrag och kolon; en text som innehåller kolon ska stå inom "
    "citattecken. (%(problem)s)"
)


def _only_plain(outermost: yaml.Node, faults: Faults) -> bool:
    """Return whether the file has only plain data: no tags that make objects, no node used twice."""
    seen: set[int] = set()
    waiting = [outermost]
    plain = True
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            faults.add(node.start_mark, "Ankare och alias (& och *) går inte att använda. Skriv ut texten igen.")
            plain = False
            continue
        seen.add(id(node))
        if node.tag not in _PLAIN_TAGS:
            faults.add(
                node.start_mark, "Taggar (!) går inte att använda i ett formulär. Ta bort %(tag)s.", tag=node.tag
            )
            plain = False
        waiting.extend(_children(node))
    return plain


def _sort(node: Any) -> str:
    """Return scalar, sequence or mapping: known to every node, though not to the library's type stubs."""
    return str(node.id)


def _children(node: Any) -> list[Any]:
    if _sort(node) == "mapping":
        return [child for pair in node.value for child in pair]
    return list(node.value) if _sort(node) == "sequence" else []
