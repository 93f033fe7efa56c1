"""The catalogue as a file: Swedish and English in pairs, sorted, one line each, so that a change shows as itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

from webapp.translations.sources import Source

#: The English of a text, or of its singular and plural.
English = str | tuple[str, str]
PATH = Path(__file__).parent / "en" / "LC_MESSAGES" / "messages.po"
_HEAD = b"""\
# English for each Swedish text. `make texts` adds new ones without English and takes out those no longer used.
msgid ""
msgstr ""
"Language: en\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def read(path: Path = PATH) -> dict[Source, English]:
    """Return the English by Swedish; pairs stand for singular and plural. What has no English yet is ``""``."""
    with path.open("rb") as file:
        return {_whole(each.id): _whole(each.string or "") for each in read_po(file, locale="en") if each.id}


def write(english: dict[Source, English], path: Path = PATH) -> None:
    """Write the catalogue anew."""
    catalog = Catalog(locale="en")
    for source, words in english.items():
        catalog.add(source, words)
    with path.open("wb") as file:
        file.write(_HEAD)
        write_po(file, catalog, width=0, sort_output=True, omit_header=True)


def lacking(wanted: Iterable[Source], english: Mapping[Source, English]) -> list[Source]:
    """Return the texts that have no English, or only half of it."""
    return [source for source in wanted if not all(_forms(english.get(source, "")))]


def _forms(words: English) -> tuple[str, ...]:
    return (words,) if isinstance(words, str) else words


def _whole(text: str | tuple[str, ...] | list[str]) -> str | tuple[str, str]:
    return text if isinstance(text, str) else (text[0], text[1])
