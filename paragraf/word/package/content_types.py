"""What kind of thing each part of a package is, by the package's own list."""

from __future__ import annotations

from collections.abc import Iterable

from paragraf.word.filling.text import plain_xml
from paragraf.word.package.archive import LISTING, Part, deflated
from paragraf.word.package.markup import DECLARATION, local_name, parse_xml

_NAMESPACE = "http://schemas.openxmlformats.org/package/2006/content-types"
_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
MAIN = f"{_WORD}document.main+xml"
# The parts that may hold tags, as a secretary knows them.
TITLES = {
    MAIN: "brödtexten",
    f"{_WORD}header+xml": "sidhuvudet",
    f"{_WORD}footer+xml": "sidfoten",
    f"{_WORD}footnotes+xml": "fotnoterna",
    f"{_WORD}endnotes+xml": "slutnoterna",
    "application/vnd.openxmlformats-package.core-properties+xml": "dokumentets egenskaper",
}


class ContentTypes:
    """The list, read: a part's own line before the one for its extension, letters' case of no matter."""

    def __init__(self, listing: Part) -> None:
        self._lines: list[tuple[str, dict[str, str]]] = [
            (local_name(each), {str(key): str(value) for key, value in each.items()})
            for each in parse_xml(listing.content(), listing.name).iter("{*}Default", "{*}Override")
        ]
        self._parts = {
            str(line.get("PartName", "")).lstrip("/").casefold(): str(line.get("ContentType", ""))
            for kind, line in self._lines
            if kind == "Override"
        }
        self._extensions = {
            str(line.get("Extension", "")).casefold(): str(line.get("ContentType", ""))
            for kind, line in self._lines
            if kind == "Default"
        }

    def of(self, name: str) -> str:
        """The content type of a part; empty where the list does not know it."""
        name = name.casefold()
        return self._parts.get(name) or self._extensions.get(name.rpartition(".")[2], "")

    def title(self, name: str) -> str:
        """What a part is called in messages: its Swedish name, or its own where it has none."""
        return TITLES.get(self.of(name), name)

    def with_more(self, added: Iterable[tuple[str, str]]) -> Part:
        """The list as a part, with lines for more parts: (name, content type)."""
        lines = [*self._lines, *(("Override", {"PartName": f"/{name}", "ContentType": kind}) for name, kind in added)]
        written = "".join(
            f"<{kind} {' '.join(f'{name}={quoted(value)}' for name, value in line.items())}/>" for kind, line in lines
        )
        return deflated(LISTING, f'{DECLARATION}<Types xmlns="{_NAMESPACE}">{written}</Types>'.encode())


def quoted(value: object) -> str:
    """A value as an attribute's, with its quotes."""
    return f'"{plain_xml(value)}"'
