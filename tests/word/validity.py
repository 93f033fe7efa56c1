"""What Word asks of a file before it opens it without a word about repair, checked from the outside.

Nothing here knows the engine: the schema's orders and the rules for ids are written down once more.
"""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import docx
from lxml import etree

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_ORDERS = {
    "pPr": (
        "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
    ),
    "rPr": (
        "ins del moveFrom moveTo rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint "
        "noProof snapToGrid vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText "
        "vertAlign rtl cs em lang eastAsianLayout specVanish oMath rPrChange"
    ),
    "tcPr": (
        "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
        "headers cellIns cellDel cellMerge tcPrChange"
    ),
    "numbering": "numPicBullet abstractNum num numIdMacAtCleanup",
}
_NEED_A_PARAGRAPH = ("tc", "hdr", "ftr", "footnote", "endnote", "txbxContent")


def problems(content: bytes) -> list[str]:
    """What is wrong with a Word file; empty where all is well."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        names = package.namelist()
        parts = {name: package.read(name) for name in names}
        found = [f"damaged: {name}" for name in [package.testzip()] if name]
    found += [f"twice in the archive: {name}" for name, times in Counter(map(str.casefold, names)).items() if times > 1]
    roots = {name: _parsed(data) for name, data in parts.items() if name.endswith((".xml", ".rels", ".vml", ".svg"))}
    found += [*_types(parts, roots), *_relations(parts, roots), *_lists(roots), *_styles(roots), *_ids(roots)]
    for name in roots:
        found += [f"{name}: {problem}" for problem in _within(parts[name])]
    docx.Document(io.BytesIO(content))
    return found


# Most parts of a filled file are those of its template, byte for byte: they are looked at once.
@lru_cache(maxsize=500)
def _parsed(data: bytes) -> Any:
    return etree.fromstring(data)


@lru_cache(maxsize=500)
def _within(data: bytes) -> tuple[str, ...]:
    root = _parsed(data)
    return (*_order(root), *_containers(root), *_texts(root))


def checked(content: bytes) -> bytes:
    """The file, where it is valid; AssertionError with all that is wrong where it is not."""
    found = problems(content)
    assert not found, "\n".join(found)
    return content


def _types(parts: dict[str, bytes], roots: dict[str, Any]) -> Iterator[str]:
    listing = roots["[Content_Types].xml"]
    overrides = [each.get("PartName") for each in listing.iter("{*}Override")]
    extensions = {each.get("Extension").casefold() for each in listing.iter("{*}Default")}
    for name in parts:
        by_extension = name.rpartition(".")[2].casefold() in extensions
        if not by_extension and f"/{name}" not in overrides and name != "[Content_Types].xml":
            yield f"{name} has no content type"
    yield from (f"{name} is listed twice" for name, times in Counter(overrides).items() if times > 1)
    yield from (f"{name} is listed but not there" for name in overrides if name[1:] not in parts)


def _relations(parts: dict[str, bytes], roots: dict[str, Any]) -> Iterator[str]:
    for name, root in roots.items():
        if name.endswith(".rels"):
            yield from _targets(name, root, parts)
        else:
            folder, file = posixpath.split(name)
            rels = roots.get(posixpath.join(folder, "_rels", f"{file}.rels"), ())
            known = {each.get("Id") for each in rels}
            used = {value for each in root.iter() for key, value in each.items() if key.startswith(R) and value}
            yield from (f"{name} uses the missing relationship {each}" for each in sorted(used - known))


def _targets(name: str, root: Any, parts: dict[str, bytes]) -> Iterator[str]:
    source = posixpath.dirname(posixpath.dirname(name))
    ids = Counter(each.get("Id") for each in root)
    yield from (f"{name} has {each} twice" for each, times in ids.items() if times > 1)
    for each in root:
        target = posixpath.normpath(posixpath.join("/", source, each.get("Target"))).lstrip("/")
        if each.get("TargetMode") != "External" and not each.get("Target").startswith("#") and target not in parts:
            yield f"{name} leads to {target}, which is not there"


def _lists(roots: dict[str, Any]) -> Iterator[str]:
    root = roots.get("word/numbering.xml", etree.Element("none"))
    numbers = Counter(each.get(f"{W}numId") for each in root.iter(f"{W}num"))
    abstracts = Counter(each.get(f"{W}abstractNumId") for each in root.findall(f"{W}abstractNum"))
    yield from (f"numbering {each} is there twice" for each, times in (numbers + abstracts).items() if times > 2)
    yield from (f"numbering {each} is there twice" for each in numbers if numbers[each] > 1 or abstracts[each] > 1)
    for each in root.iter(f"{W}num"):
        if each.find(f"{W}abstractNumId").get(f"{W}val") not in abstracts:
            yield f"numbering {each.get(f'{W}numId')} has no abstract numbering"
    for name, part in roots.items():
        used = {each.get(f"{W}val") for each in part.iter(f"{W}numId")} - {"0"}
        yield from (f"{name} uses the missing numbering {each}" for each in sorted(used - numbers.keys()))


def _styles(roots: dict[str, Any]) -> Iterator[str]:
    known = {each.get(f"{W}styleId") for each in roots["word/styles.xml"].iter(f"{W}style")}
    for name, root in roots.items():
        used = {each.get(f"{W}val") for each in root.iter(f"{W}pStyle", f"{W}rStyle", f"{W}tblStyle")}
        yield from (f"{name} uses the missing style {each}" for each in sorted(used - known))


def _ids(roots: dict[str, Any]) -> Iterator[str]:
    drawings = Counter(each.get("id") for root in roots.values() for each in root.iter("{*}docPr"))
    yield from (f"{times} drawings have the id {each}" for each, times in drawings.items() if times > 1)
    for name, root in roots.items():
        starts = Counter(each.get(f"{W}id") for each in root.iter(f"{W}bookmarkStart"))
        names = Counter(each.get(f"{W}name") for each in root.iter(f"{W}bookmarkStart"))
        ends = Counter(each.get(f"{W}id") for each in root.iter(f"{W}bookmarkEnd"))
        yield from (f"{name} has the bookmark {each} twice" for each, n in (starts | names).items() if n > 1)
        yield from (f"{name} has half of the bookmark {each}" for each in starts.keys() ^ ends.keys())


def _order(root: Any) -> Iterator[str]:
    for kind, names in _ORDERS.items():
        order = {name: rank for rank, name in enumerate(names.split())}
        for element in root.iter(f"{W}{kind}"):
            children = [each.tag.removeprefix(W) for each in element if str(each.tag).startswith(W)]
            ranks = [order[each] for each in children if each in order]
            if ranks != sorted(ranks) or (len(ranks) != len(set(ranks)) and kind != "numbering"):
                yield f"{kind} has its children as {' '.join(children)}"


def _containers(root: Any) -> Iterator[str]:
    for element in root.iter(*(f"{W}{name}" for name in _NEED_A_PARAGRAPH)):
        if not len(element) or element[-1].tag not in (f"{W}p", f"{W}sdt"):
            yield f"{element.tag.removeprefix(W)} does not end in a paragraph"
    for table in root.iter(f"{W}tbl"):
        if table.find(f"{W}tr") is None and not list(table.iter(f"{W}tr")):
            yield "a table has no rows"


def _texts(root: Any) -> Iterator[str]:
    """A text stands in a run, a run in a paragraph, and a link in no other link."""
    for element in root.iter(f"{W}t"):
        parent = element.getparent()
        if parent is None or parent.tag != f"{W}r" or len(element):
            yield f"the text {element.text!r} stands in no run, or holds more than text"
    for element in root.iter(f"{W}r", f"{W}hyperlink"):
        if next(element.iterancestors(f"{W}p"), None) is None:
            yield "a run stands in no paragraph"
    for element in root.iter(f"{W}hyperlink"):
        if next(element.iterancestors(f"{W}hyperlink"), None) is not None:
            yield "a link stands in a link"
