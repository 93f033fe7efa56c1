"""Names of WordprocessingML that comparing needs, and what is asked of elements everywhere in this room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lxml import etree

from paragraf.word.package.markup import SPACE, R, T, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
CONTENT_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"


def w(name: str) -> str:
    """The full name of an element or attribute of WordprocessingML."""
    return f"{{{W}}}{name}"


FRAME, SECTION, LINK, VAL, ID = w("pPr"), w("sectPr"), w("hyperlink"), w("val"), w("id")
ROW_FRAME, CELL_FRAME = w("trPr"), w("tcPr")
#: Wrappers that mean nothing to a reader of the text: their content is compared as if they were not there.
TRANSPARENT = frozenset(w(name) for name in ("sdt", "smartTag", "customXml"))
#: Places in the text, without width. They follow the new version.
PLACES = frozenset(
    w(name)
    for name in (
        "bookmarkStart",
        "bookmarkEnd",
        "commentRangeStart",
        "commentRangeEnd",
        "permStart",
        "permEnd",
        "proofErr",
    )
)


def made(name: str, **attributes: str) -> Element:
    """A new element of WordprocessingML with attributes of it."""
    element = etree.Element(w(name), nsmap={"w": W})
    for key, value in attributes.items():
        element.set(w(key), value)
    return element


def attributes_of(element: Element) -> list[tuple[str, str]]:
    """Names and values of an element's attributes."""
    return [(str(name), str(value)) for name, value in element.items()]


def value_of(parent: Element, name: str) -> str:
    """``w:val`` of a child, or nothing."""
    child = parent.find(w(name))
    return "" if child is None else child.get(VAL, "")


def text_run(text: str, look: Element | None, *, deleted: bool = False) -> Element:
    """A run with the text; tabs and line ends become what Word has for them. ``look`` is moved into the run."""
    run = etree.Element(R, nsmap={"w": W})
    if look is not None:
        run.append(look)
    start = 0
    for place, sign in enumerate(text):
        if sign in "\t\n":
            _add_text(run, text[start:place], deleted)
            etree.SubElement(run, w("tab") if sign == "\t" else w("br"))
            start = place + 1
    _add_text(run, text[start:], deleted)
    return run


def _add_text(run: Element, text: str, deleted: bool) -> None:
    if text:
        child = etree.SubElement(run, w("delText") if deleted else T)
        child.text = text
        if text != text.strip() or "  " in text:
            child.set(SPACE, "preserve")


def unwrap(element: Element) -> None:
    """Put the element's children in its place."""
    parent = element.getparent()
    if parent is not None:
        place = parent.index(element)
        parent[place : place + 1] = list(element)


def drop(element: Element) -> None:
    """Take the element away; what stands around it stays."""
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)


def make_transparent(root: Element) -> None:
    """Dissolve content controls, smart tags and custom XML into their content, and write short fields out: a field in
    one element cannot be deleted or inserted as runs."""
    for element in list(root.iter(*TRANSPARENT)):
        content = element.find(w("sdtContent"))
        if content is not None:
            element[:] = list(content)
        for properties in element.findall(w("smartTagPr")) + element.findall(w("customXmlPr")):
            element.remove(properties)
        if element.tag == w("sdt") and content is None:
            drop(element)
        else:
            unwrap(element)
    for element in list(root.iter(w("fldSimple"))):
        _write_out(element)


def _write_out(field: Element) -> None:
    code = made("instrText")
    code.text = field.get(w("instr"), "")
    code.set(SPACE, "preserve")
    marks = [made("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end")]
    begin, instruction, separate, end = (_run_of(each) for each in (marks[0], code, marks[1], marks[2]))
    field[:] = [begin, instruction, separate, *field, end]
    unwrap(field)


def _run_of(child: Element) -> Element:
    run = made("r")
    run.append(child)
    return run
