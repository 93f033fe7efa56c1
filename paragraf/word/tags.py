"""Find docxtpl's tags in a part of a Word file, and turn the part into Jinja source.

Word cuts typed text into runs as it pleases, so a tag is first joined into the run where it begins. Tags are lifted out
of the tree as numbered marks, the tree is written as text, and the marks become Jinja tags with delimiters that no
document contains. What a secretary typed therefore never meets the XML, and what stands in the XML is never a tag.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from lxml import etree

from paragraf.word.faults import NotAWordFile, TemplateFault
from paragraf.word.markup import BREAKS, CELL, DELETED, ROW, RUN_LOOK, SPACE, TABLE, P, R, T, W, local_name, parse_xml
from paragraf.word.text import RunFrame

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Unicode's noncharacters: never in a document, allowed by XML, so they delimit without any escaping.
BLOCK_START, BLOCK_END, VALUE_START, VALUE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
NOTE_START, NOTE_END, MARK_START, MARK_END = "\ufdd4", "\ufdd5", "\ufdd6", "\ufdd7"
# "<" never survives the escaping of values, so these can only be ours; see tables.py.
CELL_END, GRID_START, GRID_END = "<?cell?>", "<?grid?>", "<?/grid?>"

_REPAIRS = frozenset((CELL_END, GRID_START, GRID_END))

MAX_TAG = 1000
_TAG = re.compile(r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}", re.DOTALL)
_LEVEL = re.compile(r"(p|tr|tc|r)\s+", re.DOTALL)
_BRACE = re.compile("[{}]")
_LOOSE_END = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
_RESERVED = re.compile("[\ufdd0-\ufdd7]")
_DECLARATION = re.compile(r' xmlns:\w+="[^"]*"')
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ", "\n": " "})
_CONTAINERS = {"p": P, "tr": ROW, "tc": CELL}
_NOISE = frozenset(f"{{{W}}}{name}" for name in ("proofErr", "lastRenderedPageBreak"))
_NOISY_ATTRIBUTE = re.compile(r"\}(?:rsid\w*|paraId|textId)$")

Kind = Literal["%", "{", "#"]


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag: as written, its Jinja text, where it stands, and the names of the elements around it."""

    raw: str
    kind: Kind
    level: str
    body: str
    part: str
    near: str
    path: tuple[str, ...] = ()
    plain: bool = False
    frame: RunFrame | None = None

    @property
    def keyword(self) -> str:
        """The statement's first word (``for``, ``endif``); empty for values and remarks."""
        words = self.body.split(None, 1)
        return words[0] if self.kind == "%" and words else ""

    def jinja(self) -> str:
        """The tag as Jinja source. The line end inside gives every tag a line of its own to be found by."""
        if self.kind == "#":
            return self.raw if self.raw in _REPAIRS else ""
        if self.kind == "%":
            return f"{BLOCK_START}\n{self.body}{BLOCK_END}"
        if self.frame:
            frame = ", ".join(map(ascii, (self.frame.head, self.frame.bold, self.frame.italic, self.frame.tail)))
            return f"{VALUE_START}\n({self.body})|_runs({frame}){VALUE_END}"
        return f"{VALUE_START}\n({self.body}){'|_plain' if self.plain else ''}{VALUE_END}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A part with its tags lifted out: ``pieces`` of XML, a tag between each two of them."""

    pieces: tuple[str, ...]
    tags: tuple[Tag, ...]
    faults: tuple[TemplateFault, ...]


def mark(data: bytes, name: str, title: str) -> Marked | None:
    """The tags of one part; None where it has none. ``title`` is the part's name in Swedish, for messages."""
    root = parse_xml(data, name)
    if (root.tag.startswith(f"{{{W}}}") and root.nsmap.get("w") != W) or "purl.oclc.org" in root.tag:
        raise NotAWordFile("Filen är sparad som ”Strikt Open XML-dokument”. Spara den som vanligt ”Word-dokument”.")
    if not _BRACE.search("".join(map(str, root.itertext()))) and not _tagged_attributes(root):
        return None
    if _RESERVED.search(etree.tostring(root, encoding="unicode")):
        raise NotAWordFile("Delen %(name)s innehåller tecken som inte får finnas i ett dokument.", name=name)
    marked = _Marker(root, title).mark()
    return marked if marked.tags or marked.faults else None


def _tagged_attributes(root: Element) -> list[tuple[Element, str]]:
    return [(each, str(key)) for each in root.iter("*") for key, value in each.attrib.items() if "{{" in str(value)]


class _Marker:
    """One pass over one part's tree; ``tags`` grow as marks are set."""

    def __init__(self, root: Element, title: str) -> None:
        self.root = root
        self.title = title
        self.tags: list[Tag] = []
        self.faults: list[TemplateFault] = []
        self.lifted: dict[Element, list[Tag]] = {}
        self.tables = {table: number for number, table in enumerate(root.iter(TABLE))}

    def mark(self) -> Marked:
        self._remove_noise()
        for paragraph in list(self.root.iter(P)):
            self._paragraph(paragraph)
        self._elsewhere()
        self._guard_cells()
        for element, tags in self.lifted.items():
            self._lift(element, tags)
        xml = etree.tostring(self.root, encoding="unicode")
        pieces = _MARK.split(xml)
        order = [int(number) for number in pieces[1::2]]
        for number in sorted(set(range(len(self.tags))) - set(order)):
            self.faults.append(
                TemplateFault(
                    "Taggen %(tag)s står i en rad eller cell som en annan tagg tar bort (%(part)s: ”%(near)s”).",
                    at=self.tags[number],
                )
            )
        return Marked(tuple(pieces[::2]), tuple(self.tags[number] for number in order), tuple(self.faults))

    def _remove_noise(self) -> None:
        for element in list(self.root.iter("*")):
            for key in [str(key) for key in element.attrib if _NOISY_ATTRIBUTE.search(str(key))]:
                del element.attrib[key]
            if element.tag in _NOISE:
                _replace(element, "")

    def _paragraph(self, paragraph: Element) -> None:
        texts = [text for text in paragraph.iter(T) if _owner(text) is paragraph]
        whole = "".join(text.text or "" for text in texts)
        if not _BRACE.search(whole):
            return
        found = list(_TAG.finditer(whole))
        near = _shortened(whole)
        loose = _LOOSE_END.search(_TAG.sub("", whole))
        if loose:
            self._fault("Taggen är inte hel: %(tag)s saknar sin andra hälft (%(part)s: ”%(near)s”).", loose[0], near)
        for match in reversed(found):
            _join(texts, match.start(), match.end(), paragraph)
        for text in texts:
            self._text(text, paragraph, near)

    def _text(self, text: Element, paragraph: Element, near: str) -> None:
        pieces = _TAG.split(text.text or "")
        if len(pieces) == 1:
            return
        tags = [self._read(raw, near) for raw in _TAG.findall(text.text or "")]
        text.set(SPACE, "preserve")
        text.text = pieces[0]
        for tag, after in zip(tags, pieces[1:], strict=True):
            if tag.level in _CONTAINERS:
                self._container(tag, paragraph)
                text.text = (text.text or "") + after
            elif tag.level == "r" and (run := next(text.iterancestors(R), None)) is not None:
                text = self._split_run(run, text, tag, after)
            else:
                text.text = (text.text or "") + self._set(tag, self._path(text)) + after

    def _read(self, raw: str, near: str) -> Tag:
        """The tag in its parts. Jinja's dashes against white space are dropped: a document's spaces are its own."""
        kind: Kind = "%" if raw[1] == "%" else "{" if raw[1] == "{" else "#"
        body = raw[2:-2]
        level = _LEVEL.match(body)
        if level:
            body = body[level.end() :]
        elif body[:1] in ("-", "+"):
            body = body[1:]
        body = body.translate(_TYPOGRAPHY).strip().removesuffix("-").strip()
        tag = Tag(raw, kind, level[1] if level else "", body, self.title, near)
        if len(raw) > MAX_TAG:
            self._fault("Taggen är för lång (%(part)s: ”%(near)s”).", _shortened(raw), near)
        elif not body and kind != "#":
            self._fault("Taggen %(tag)s är tom (%(part)s: ”%(near)s”).", raw, near)
        elif kind == "{" and tag.level in _CONTAINERS:
            self._fault("Taggen %(tag)s stöds inte: skriv fältet som {{ fält }} (%(part)s: ”%(near)s”).", raw, near)
        return tag

    def _container(self, tag: Tag, paragraph: Element) -> None:
        wanted = _CONTAINERS[tag.level]
        element = paragraph if wanted == P else next(paragraph.iterancestors(wanted), None)
        if element is None:
            self.faults.append(TemplateFault("Taggen %(tag)s måste stå i en tabell (%(part)s: ”%(near)s”).", at=tag))
        else:
            self.lifted.setdefault(element, []).append(tag)

    def _lift(self, element: Element, tags: list[Tag]) -> None:
        """Put the tags where their whole paragraph, row or cell was."""
        left = "".join(map(str, element.itertext(T))).strip()
        parent = element.getparent()
        if left or parent is None:
            self.faults.append(
                TemplateFault(
                    "Texten ”%(left)s” står bredvid %(tag)s och skulle försvinna: taggen tar hela stycket, raden eller "
                    "cellen. Ge taggen ett eget stycke, en egen rad eller en egen cell (%(part)s: ”%(near)s”).",
                    at=tags[0],
                    left=_shortened(_MARK.sub("…", left)),
                )
            )
            return
        _replace(element, "".join(self._set(tag, self._path(parent)) for tag in tags))

    def _split_run(self, run: Element, text: Element, tag: Tag, after: str) -> Element:
        """Cut the run in two at the tag; the tag stands between. Returns the text element that follows it."""
        parent = run.getparent()
        assert parent is not None, "a run stands in a paragraph"
        second = run.makeelement(R)
        look = run.find(RUN_LOOK)
        if look is not None:
            second.append(copy.deepcopy(look))
        rest = etree.SubElement(second, T, {SPACE: "preserve"})
        rest.text = after
        second.extend(list(text.itersiblings()))
        tail, run.tail = run.tail, None
        run.addnext(second)
        run.tail = self._set(tag, self._path(parent), _frame(look) if tag.kind == "{" else None)
        second.tail = tail
        return rest

    def _elsewhere(self) -> None:
        """Values in attributes (alt text) and in texts outside paragraphs (document properties, charts)."""
        for element, key in _tagged_attributes(self.root):
            element.set(key, self._plain(str(element.get(key))))
        for element in self.root.iter("*"):
            if element.tag not in (T, DELETED) and "{{" in (element.text or ""):
                element.text = self._plain(element.text or "")

    def _plain(self, value: str) -> str:
        def one(match: re.Match[str]) -> str:
            tag = self._read(match[0], _shortened(value))
            return self._set(tag, (), plain=True) if tag.kind == "{" else match[0]

        return _TAG.sub(one, value)

    def _guard_cells(self) -> None:
        """Mark the cells and tables whose content tags may take away, to be mended after filling; see tables.py."""
        cells = {cell for element in self.lifted for cell in element.iterancestors(CELL) if element.tag == P}
        for cell in cells:
            _append(cell, self._fixed(CELL_END))
        tables = {next(each.iterancestors(TABLE)) for each in self.lifted if each.tag == CELL or _is_first_row(each)}
        for table in tables:
            _before(table, self._fixed(GRID_START))
            table.tail = self._fixed(GRID_END) + (table.tail or "")

    def _path(self, element: Element) -> tuple[str, ...]:
        """The elements around a place by name, tables by number too: a block begins and ends in the same table."""
        around = (element, *element.iterancestors())
        return tuple(f"{local_name(each)}{self.tables.get(each, '')}" for each in around)

    def _fixed(self, marker: str) -> str:
        return self._set(Tag(marker, "#", "", "", self.title, ""), ())

    def _set(self, tag: Tag, path: tuple[str, ...], frame: RunFrame | None = None, plain: bool = False) -> str:
        self.tags.append(Tag(tag.raw, tag.kind, tag.level, tag.body, tag.part, tag.near, path, plain, frame))
        return f"{MARK_START}{len(self.tags) - 1}{MARK_END}"

    def _fault(self, message: str, raw: str, near: str) -> None:
        self.faults.append(TemplateFault(message, at=Tag(raw, "#", "", "", self.title, near)))


def _owner(element: Element) -> Element | None:
    """The paragraph a text belongs to; a text box has paragraphs inside a paragraph."""
    return next(element.iterancestors(P), None)


def _is_first_row(element: Element) -> bool:
    """Whether a table may lose all its rows: a first row without a tag always stays."""
    return element.tag == ROW and next(element.itersiblings(ROW, preceding=True), None) is None


def _shortened(text: str, length: int = 80) -> str:
    text = " ".join(text.split())
    return text if len(text) <= length else f"{text[: length - 1]}…"


def _join(texts: list[Element], start: int, end: int, paragraph: Element) -> None:
    """Gather the paragraph's characters ``start`` to ``end`` in the text element where they begin.

    Called from the last tag to the first, so that offsets before ``start`` still hold.
    """
    covered = list(_covered(texts, start, end))
    first, begins = covered[0]
    last, _ = covered[-1]
    if first is last:
        return
    whole = "".join(text.text or "" for text, _ in covered)
    taken = whole[start - begins : end - begins]
    rest = whole[end - begins :]
    first.text = (first.text or "")[: start - begins] + taken
    for text, _ in covered[1:-1]:
        text.text = ""
    last.text = rest
    for element in list(_between(paragraph, first, last)):
        _replace(element, "")


def _covered(texts: list[Element], start: int, end: int) -> Iterator[tuple[Element, int]]:
    offset = 0
    for text in texts:
        length = len(text.text or "")
        if offset < end and offset + length > start:
            yield text, offset
        offset += length


def _between(paragraph: Element, first: Element, last: Element) -> Iterator[Element]:
    inside = False
    for element in paragraph.iter("*"):
        if element is last:
            return
        if inside and element.tag in BREAKS and _owner(element) is paragraph:
            yield element
        inside = inside or element is first


def _replace(element: Element, text: str) -> None:
    """Put ``text`` where the element was."""
    _before(element, text + (element.tail or ""))
    parent = element.getparent()
    assert parent is not None, "only elements under the root are replaced"
    element.tail = None
    parent.remove(element)


def _before(element: Element, text: str) -> None:
    previous = element.getprevious()
    parent = element.getparent()
    if previous is not None:
        previous.tail = (previous.tail or "") + text
    elif parent is not None:
        parent.text = (parent.text or "") + text


def _append(element: Element, text: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "") + text


def _frame(look: Element | None) -> RunFrame:
    """The run's properties cut in four; their order is the schema's (style, fonts, bold, italic, the rest)."""
    groups = {"head": "", "bold": "", "italic": "", "tail": ""}
    for element in look if look is not None else ():
        name = local_name(element)
        group = "head" if name in ("rStyle", "rFonts") else {"b": "bold", "i": "italic"}.get(name, "tail")
        groups[group] += _DECLARATION.sub("", etree.tostring(element, encoding="unicode", with_tail=False))
    return RunFrame(**groups)
