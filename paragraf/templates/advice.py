"""Remarks on a template that can be used: what its documents would lack, and what was left in the file by mistake."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from paragraf.templates.rules import Demand, Remark
from paragraf.word.fields import FieldLine
from paragraf.word.package.markup import W, parse_xml
from paragraf.word.package.opening import Part, open_package

_CHANGES = tuple(f"{{{W}}}{name}" for name in ("ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"))
_TITLE = "{http://purl.org/dc/elements/1.1/}title"


def demanded(demands: Sequence[Demand]) -> list[Remark]:
    """What the law demands of the document and the template does not print."""
    return [Remark(one.message, by_law=True, source=one.source) for one in demands]


def of_fields(missing: Sequence[FieldLine], demands: Sequence[Demand]) -> list[Remark]:
    """Fields of the shipped template that are not in this one; what a law demands is told elsewhere."""
    told = {path for one in demands for path in one.paths}
    return [
        Remark(
            "Fältet ”%(name)s” (%(meaning)s) finns i den medföljande mallen men inte i den här.",
            name=line.path,
            meaning=line.text,
        )
        for line in missing
        if line.path not in told
    ]


def of_file(content: bytes) -> list[Remark]:
    """What stands in the Word file beside its text: tracked changes, comments, language, title."""
    parts = {part.name: part for part in open_package(content)}
    return [*_left_behind(parts), *_about_reading(parts)]


def _left_behind(parts: dict[str, Part]) -> Iterator[Remark]:
    if any(_holds(part, *_CHANGES) for name, part in parts.items() if _is_text(name)):
        yield Remark(
            "Filen har spårade ändringar. De följer med i varje dokument: välj Granska, Godkänn alla ändringar i Word."
        )
    if any(_holds(part, f"{{{W}}}comment") for name, part in parts.items() if name == "word/comments.xml"):
        yield Remark("Filen har kommentarer. De följer med i varje dokument: ta bort dem under Granska i Word.")


def _about_reading(parts: dict[str, Part]) -> Iterator[Remark]:
    language = _language(parts.get("word/styles.xml"))
    if not language.lower().startswith("sv"):
        yield Remark(
            "Filens språk är inte svenska (%(language)s), så skärmläsare uttalar den fel. Markera allt i Word och välj "
            "Granska, Språk, Svenska.",
            language=language or "–",
        )
    core = parts.get("docProps/core.xml")
    if core is None or not (parse_xml(core.content(), core.name).findtext(_TITLE) or "").strip():
        yield Remark("Filen har ingen titel. Skriv en under Arkiv, Info, Titel i Word: den läses upp först.")


def _language(styles: Part | None) -> str:
    if styles is None:
        return ""
    found = parse_xml(styles.content(), styles.name).find(f"{{{W}}}docDefaults//{{{W}}}lang")
    return "" if found is None else str(found.get(f"{{{W}}}val", ""))


def _is_text(name: str) -> bool:
    return name.startswith("word/") and name.endswith(".xml") and name.count("/") == 1


def _holds(part: Part, *tags: str) -> bool:
    return next(parse_xml(part.content(), part.name).iter(*tags), None) is not None
