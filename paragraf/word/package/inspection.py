"""What a Word file may not hold: whatever runs, or is fetched, when somebody opens it (docs/decisions/0011)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from paragraf.core.errors import N_
from paragraf.word.faults import NotAWordFile, Place
from paragraf.word.package.addresses import clickable
from paragraf.word.package.archive import LISTING, Part
from paragraf.word.package.content_types import ContentTypes
from paragraf.word.package.field_codes import FieldCode, field_codes
from paragraf.word.package.markup import P, T, W, local_name, parse_xml, shortened
from paragraf.word.package.relations import HYPERLINKS, Relation, read_relations, source_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_MACROS = N_(
    "Filen innehåller makron, eller är sparad som en fil med makron (%(name)s). Spara den som ”Word-dokument (.docx)”."
)
_CONTROLS = N_("Filen innehåller ActiveX-kontroller (%(name)s). Ta bort dem och spara filen.")
_EMBEDDED = N_(
    "Filen innehåller inbäddade objekt (%(name)s), till exempel ett kalkylblad. Klistra in dem som bild i stället."
)
_ADD_INS = N_("Filen tar med sig ett Office-tillägg (%(name)s). Ta bort tillägget och spara filen.")
_SIGNED = N_(
    "Filen är digitalt signerad (%(name)s). Signaturen slutar gälla när mallen fylls i: ta bort den och spara filen."
)
_MERGED = N_(
    "Filen är kopplad till en lista för massutskick (%(name)s). Välj Utskick – Starta koppla dokument – Vanligt "
    "Word-dokument och spara."
)
_MACRO_SIGNS = r"vbaProject|vbaData|macroEnabled|keyMapCustom|attachedToolbars|customizations\.xml"
# Sought in the names of parts, in their content types and in the types of relationships.
_HARMFUL = (
    (re.compile(_MACRO_SIGNS, re.IGNORECASE), _MACROS),
    (re.compile(r"activeX|ctrlProp|relationships/control$", re.IGNORECASE), _CONTROLS),
    (re.compile(r"(?:^|/)embeddings|oleObject|afchunk|subDocument|relationships/package$", re.IGNORECASE), _EMBEDDED),
)
_UNWANTED = (
    (re.compile(r"webextension|customUI|extensibility", re.IGNORECASE), _ADD_INS),
    (re.compile(r"_xmlsignatures|digital-signature", re.IGNORECASE), _SIGNED),
    (re.compile(r"mailMerge|recipientData", re.IGNORECASE), _MERGED),
)
_ELEMENTS = {
    "altChunk": _EMBEDDED,
    "subDoc": _EMBEDDED,
    "OLEObject": _EMBEDDED,
    "control": _CONTROLS,
    "entryMacro": _MACROS,
    "exitMacro": _MACROS,
    "mailMerge": _MERGED,
    "webVideoPr": N_("Filen innehåller en film från nätet (%(name)s). Skriv en länk till den i stället."),
    "saveThroughXslt": _MACROS,
}
_FETCHED = N_(
    "Filen hämtar något utifrån när den öppnas (%(name)s), till exempel en länkad bild eller mall. Lägg in bilden i "
    "själva dokumentet."
)
_BASED = N_(
    "Filen hämtar något utifrån när den öppnas (%(name)s): den bygger på en mall som ligger någon annanstans. Välj "
    "Utvecklare – Dokumentmall i Word, ta bort sökvägen och spara."
)
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_VML = ("{urn:schemas-microsoft-com:vml}*", "{urn:schemas-microsoft-com:office:office}*")
_SVG = "{http://www.w3.org/2000/svg}"
_PICTURED = frozenset(("imagedata", "image", "use", "feImage", "fill"))
_MAX_ATTRIBUTES = 200
_XML_NAMES = (".xml", ".rels", ".vml", ".svg")


def refuse_harmful(parts: tuple[Part, ...]) -> None:
    """NotAWordFile, with the reason, for the first thing in a document that runs or is fetched when it is opened."""
    types = _types(parts)
    for part in parts:
        _refuse_kinds(_HARMFUL, part.name, part.name, types.of(part.name))
        for relation in _relations(part):
            # A hyperlink waits for a click; any other outside target is fetched as soon as the file is opened.
            if relation.outside() and relation.type not in HYPERLINKS:
                based = relation.type.endswith("/attachedTemplate")
                raise NotAWordFile(_BASED if based else _FETCHED, name=part.name)
            _refuse_kinds(_HARMFUL, part.name, relation.type)


def refuse_in_template(parts: tuple[Part, ...]) -> None:
    """NotAWordFile, with the reason and where it can be the paragraph, for the first thing that a document may hold but
    not a template, which goes out in the association's name again and again.

    Every part is unpacked on the way, so a template that is let through is whole, and its XML without entities.
    """
    named = {part.name: part for part in parts}
    types = _types(parts)
    for part in parts:
        kind = types.of(part.name)
        _refuse_kinds(_UNWANTED, part.name, part.name, kind)
        if kind.endswith(("+xml", "/xml")) or part.name.casefold().endswith(_XML_NAMES):
            _refuse_content(parse_xml(part.content(), part.name), types.title(part.name))
        else:
            part.content()
        for relation in _relations(part):
            _refuse_kinds(_UNWANTED, part.name, relation.type)
            if relation.outside() and not relation.target.startswith("#") and not clickable(relation.target):
                source = source_name(part.name)
                holder = _with_relation(named.get(source), relation.id)
                raise _bad_link(relation.target, holder, types.title(source) or part.name)


def _types(parts: tuple[Part, ...]) -> ContentTypes:
    return ContentTypes(next(part for part in parts if part.name == LISTING))


def _relations(part: Part) -> tuple[Relation, ...]:
    return read_relations(part) if part.name.casefold().endswith(".rels") else ()


def _refuse_kinds(kinds: tuple[tuple[re.Pattern[str], str], ...], name: str, *signs: str) -> None:
    for pattern, message in kinds:
        if any(pattern.search(sign) for sign in signs):
            raise NotAWordFile(message, name=name)


def _with_relation(source: Part | None, relation: str) -> Element | None:
    """The element that uses a relationship, where there is one."""
    root = None if source is None else parse_xml(source.content(), source.name)
    return (
        None
        if root is None
        else next((each for each in root.iter("*") if each.get(f"{_RELATION}id") == relation), None)
    )


def _refuse_content(root: Element, title: str) -> None:
    # Each attribute is looked up by its name: an element with tens of thousands of them would take minutes.
    if any(len(element.attrib) > _MAX_ATTRIBUTES for element in root.iter("*")):
        raise NotAWordFile("Filen är skadad: delen %(name)s går inte att läsa.", name=title)
    for element in root.iter(*(f"{{*}}{each}" for each in _ELEMENTS)):
        if element.tag.startswith(f"{{{W}}}") or local_name(element) in ("OLEObject", "webVideoPr"):
            raise NotAWordFile(_ELEMENTS[local_name(element)], name=_where(element, title))
    for code in field_codes(root):
        if not code.harmless():
            raise _bad_field(code, title)
        if "{{" in code.text or "{%" in code.text:
            raise NotAWordFile(
                "En tagg står inne i en av Words fältkoder (%(code)s) och kan inte fyllas i. Skriv den som vanlig text "
                "(%(part)s: ”%(near)s”).",
                at=Place("", title, _near(code.place)),
                code=code.name,
            )
    _refuse_drawn_links(root, title)


def _refuse_drawn_links(root: Element, title: str) -> None:
    """Addresses that older drawings and SVG pictures hold without a relationship."""
    for element in root.iter(*_VML, f"{_SVG}*"):
        if element.tag == f"{_SVG}script":
            raise NotAWordFile(_MACROS, name=title)
        for key, value in element.items():
            attribute = str(key).rpartition("}")[2]
            if attribute not in ("src", "href", "althref") or not value or str(value).startswith(("#", "data:image/")):
                continue
            if attribute == "src" or local_name(element) in _PICTURED:
                raise NotAWordFile(_FETCHED, name=_where(element, title))
            if not clickable(str(value)):
                raise _bad_link(str(value), element, title)


def _bad_link(target: str, element: Element | None, title: str) -> NotAWordFile:
    return NotAWordFile(
        "Länken till %(target)s leder varken till en webbsida eller till en e-postadress. Ta bort den eller skriv en "
        "adress som börjar med https: (%(part)s: ”%(near)s”).",
        at=Place("", title, _near(element)),
        target=shortened(target),
    )


def _bad_field(code: FieldCode, title: str) -> NotAWordFile:
    if code.name == "HYPERLINK" and not code.disguised:
        return _bad_link(code.text.strip(), code.place, title)
    return NotAWordFile(
        "Fältkoden %(code)s kan hämta eller köra något när filen öppnas och får inte stå i en mall. Ta bort den "
        "(%(part)s: ”%(near)s”).",
        at=Place("", title, _near(code.place)),
        code=shortened(code.text) or "…",
    )


def _where(element: Element, title: str) -> str:
    near = _near(element)
    return f"{title}: ”{near}”" if near else title


def _near(element: Element | None) -> str:
    """The text of the paragraph that an element stands in; empty outside paragraphs."""
    paragraph = None if element is None else next(element.iterancestors(P), None)
    return "" if paragraph is None else shortened("".join(each.text or "" for each in paragraph.iter(T)))
