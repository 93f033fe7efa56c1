"""The fields of a kind of document for the one who writes tags: grouped, each with the tag to copy."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from document_templates import LOGO, fields_of
from paragraf.word.fields import FieldKind, FieldLine, field_lines


@dataclass(frozen=True)
class FieldEntry:
    """A field: what to write in Word, what it holds, how that may look."""

    path: str
    tag: str
    text: str
    example: str


@dataclass(frozen=True)
class FieldGroup:
    """The fields of a list or of a part with fields of its own; ``path`` is empty for the document's plain fields."""

    path: str
    text: str
    entries: tuple[FieldEntry, ...]


@lru_cache(maxsize=64)
def guide(kind: str) -> tuple[FieldGroup, ...]:
    """The groups of a kind, the plain fields first. KeyError: no such kind."""
    lines = field_lines(fields_of(kind))
    parents = {_parent(line.path) for line in lines} - {""}
    plain = [_entry(line) for line in lines if not _parent(line.path) and line.path not in parents]
    logo = FieldEntry(
        LOGO, f"{{% if {LOGO} %}}{{{{ {LOGO} }}}}{{% endif %}}", "Förbundets logotyp, om en är inlagd", ""
    )
    groups = [FieldGroup("", "", (*plain, logo))]
    for line in lines:
        if not _parent(line.path) and line.path in parents:
            inside = (each for each in lines if each.path.startswith((line.path + ".", line.path + "[]")))
            # A part that is no list is never written by itself.
            written = [each for each in (line, *inside) if each.is_list or each.kind is not FieldKind.GROUP]
            groups.append(FieldGroup(line.path, line.text, tuple(map(_entry, written))))
    return tuple(groups)


def _parent(path: str) -> str:
    """The field that a field is part of, without the mark of a list: ``items`` of ``items[].number``."""
    return path.rpartition(".")[0].removesuffix("[]")


def _entry(line: FieldLine) -> FieldEntry:
    return FieldEntry(line.path, _tag(line), line.text, line.example)


def _tag(line: FieldLine) -> str:
    written = _written(line.path)
    if not line.is_list:
        return _print(written, line.kind)
    one = _one_of(line.path)
    # What has fields of its own gets those in between. Each of the three is a paragraph of its own.
    return f"{{%p for {one} in {written} %}}\n{_print(one, line.kind)}\n{{%p endfor %}}"


def _print(name: str, kind: FieldKind) -> str:
    match kind:
        case FieldKind.GROUP:
            return "…"
        case FieldKind.FORMATTED:
            return f"{{{{p {name} }}}}"
        case FieldKind.PICTURE:
            return f"{{% if {name} %}}{{{{ {name} }}}}{{% endif %}}"
        case _:
            return f"{{{{ {name} }}}}"


def _written(path: str) -> str:
    """The path as it is written within the loops around it: ``item.number`` for ``items[].number``."""
    around, mark, rest = path.rpartition("[].")
    return f"{_one_of(around)}.{rest}" if mark else path


def _one_of(path: str) -> str:
    """A name for one element of a list: ``item`` for ``items``, ``clause`` for ``items[].clauses``."""
    name = path.rpartition(".")[2]
    if name.endswith("ies"):
        return f"{name[:-3]}y"
    return name[:-1] if name.endswith("s") and not name.endswith("ss") else "one"
