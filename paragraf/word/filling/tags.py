"""Find docxtpl's tags in a part of a Word file, and turn the part into Jinja source.

Word cuts typed text into runs as it pleases, so a tag is first joined into the run where it begins. Tags are lifted out
of the tree as numbered marks, the tree is written as text, and the marks become Jinja tags with delimiters that no
document contains. What a secretary typed therefore never meets the XML, and what stands in the XML is never a tag.
"""

from __future__ import annotations

import copy
import dataclasses
import re
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING, Literal

from lxml import etree

from paragraf.word.faults import NotAWordFile, TemplateFault
from paragraf.word.filling.formatting import Frame, ParagraphFrame, RunFrame, paragraph_frame, run_frame
from paragraf.word.filling.looks import look_of
from paragraf.word.filling.splicing import append, join, owner, put_before, replace
from paragraf.word.package.markup import (
    CELL,
    CONTROL,
    DELETED,
    NEED_A_PARAGRAPH,
    PARAGRAPH_LOOK,
    ROW,
    RUN_LOOK,
    SECTION,
    SPACE,
    TABLE,
    P,
    R,
    T,
    W,
    as_text,
    local_name,
    parse_xml,
    shortened,
)

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

# Unicode's noncharacters: never in a document, allowed by XML, so they delimit without any escaping.
BLOCK_START, BLOCK_END, VALUE_START, VALUE_END = "\ufdd0", "\ufdd1", "\ufdd2", "\ufdd3"
NOTE_START, NOTE_END, MARK_START, MARK_END = "\ufdd4", "\ufdd5", "\ufdd6", "\ufdd7"
# "<" never survives the escaping of values, so these can only be ours; see tables.py.
CELL_END, GRID_START, GRID_END = "<?cell?>", "<?grid?>", "<?/grid?>"

_REPAIRS = frozenset((CELL_END, GRID_START, GRID_END))

MAX_TAG = 1000
# Pieces of text times elements: no paragraph that a person has typed comes near.
MAX_IN_PARAGRAPH = 2_000_000
_OPENING = re.compile(r"\{[{%#]")
_CLOSINGS = {"{": "}}", "%": "%}", "#": "#}"}
_LEVEL = re.compile(r"(p|tr|tc|r)\s+", re.DOTALL)
_BRACE = re.compile("[{}]")
_LOOSE_END = re.compile(r"\{\{|\{%|\{#|%\}|\}\}")
_MARK = re.compile(f"{MARK_START}(\\d+){MARK_END}")
_RESERVED = re.compile("[\ufdd0-\ufdd7]")
_TYPOGRAPHY = str.maketrans({"“": '"', "”": '"', "„": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " ", "\n": " "})
_CONTAINERS = {"p": P, "tr": ROW, "tc": CELL}
# Names that begin so are the engine's own, between it and Jinja.
_OWN_FILTER = re.compile(r"\|\s*_")
_NOISE = frozenset(f"{{{W}}}{name}" for name in ("proofErr", "lastRenderedPageBreak"))
_NOISY_ATTRIBUTE = re.compile(r"\}(?:rsid\w*|paraId|textId)$")
# Where Word allows no link, being one already or the result of a field.
_WITHOUT_LINKS = frozenset(("hyperlink", "fldSimple"))
_SILENT = frozenset(("r", "rPr", "t", "ins", "hyperlink", "smartTag"))

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
    frame: Frame | None = None

    @property
    def keyword(self) -> str:
        """The statement's first word (``for``, ``endif``); empty for values and remarks."""
        words = self.body.split(None, 1)
        return words[0] if self.kind == "%" and words else ""

    def jinja(self, frame: int) -> str:
        """The tag as Jinja source. The line end inside gives every tag a line of its own to be found by.

        ``frame``: the number of the tag's frame in its part, if it has one.
        """
        if self.kind == "#":
            return self.raw if self.raw in _REPAIRS else ""
        if self.kind == "%":
            return f"{BLOCK_START}\n{self.body}{BLOCK_END}"
        printed = "|_plain" if self.plain else ""
        if self.frame:
            printed = f"|_{'runs' if isinstance(self.frame, RunFrame) else 'paragraphs'}({frame})"
        return f"{VALUE_START}\n({self.body}){printed}{VALUE_END}"


@dataclass(frozen=True, slots=True)
class Marked:
    """A part with its tags lifted out: ``pieces`` of XML, a tag between each two of them."""

    pieces: tuple[str, ...]
    tags: tuple[Tag, ...]
    faults: tuple[TemplateFault, ...]


def mark(data: bytes, name: str, title: str, link_style: str = "") -> Marked | None:
    """The tags of one part; None where it has none.

    ``title``: the part's name in Swedish, for messages. ``link_style``: the template's style for links, if it has one.
    """
    root = parse_xml(data, name)
    if (root.tag.startswith(f"{{{W}}}") and root.nsmap.get("w") != W) or "purl.oclc.org" in root.tag:
        raise NotAWordFile("Filen är sparad som ”Strikt Open XML-dokument”. Spara den som vanligt ”Word-dokument”.")
    if not _BRACE.search("".join(map(str, root.itertext()))) and not _tagged_attributes(root):
        return None
    if _RESERVED.search(etree.tostring(root, encoding="unicode")):
        raise NotAWordFile("Delen %(name)s innehåller tecken som inte får finnas i ett dokument.", name=name)
    marked = _Marker(root, title, link_style).mark()
    return marked if marked.tags or marked.faults else None


def _tagged_attributes(root: Element) -> list[tuple[Element, str]]:
    return [(each, str(key)) for each in root.iter("*") for key, value in each.attrib.items() if "{{" in str(value)]


class _Marker:
    """One pass over one part's tree; ``tags`` grow as marks are set."""

    def __init__(self, root: Element, title: str, link_style: str) -> None:
        self.root = root
        self.title = title
        self.link_style = link_style
        self.tags: list[Tag] = []
        self.faults: list[TemplateFault] = []
        self.lifted: dict[Element, list[tuple[Tag, Element]]] = {}
        self.tables = {table: number for number, table in enumerate(root.iter(TABLE))}

    def mark(self) -> Marked:
        self._remove_noise()
        for paragraph in list(self.root.iter(P)):
            self._paragraph(paragraph)
        self._elsewhere()
        self._guard()
        for element, held in self.lifted.items():
            self._lift(element, held)
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
            # Line ends between elements, from programs that write their XML for people to read.
            if len(element) and not (element.text or "").strip():
                element.text = None
            if not (element.tail or "").strip():
                element.tail = None
            if element.tag in _NOISE:
                replace(element, "")

    def _paragraph(self, paragraph: Element) -> None:
        texts = [text for text in paragraph.iter(T) if owner(text) is paragraph]
        whole = "".join(text.text or "" for text in texts)
        if not _BRACE.search(whole):
            return
        pieces = _cut(whole)
        near = shortened(whole)
        if len(pieces) * sum(1 for _ in paragraph.iter()) > MAX_IN_PARAGRAPH:
            self._fault("Stycket har för många taggar för sin längd (%(part)s: ”%(near)s”).", "", near)
            return
        loose = _LOOSE_END.search("".join(pieces[::2]))
        if loose:
            self._fault("Taggen är inte hel: %(tag)s saknar sin andra hälft (%(part)s: ”%(near)s”).", loose[0], near)
        _part_from_data(paragraph)
        places = list(accumulate(map(len, pieces)))
        for start, end in reversed(list(zip(places[::2], places[1::2], strict=False))):
            join(texts, start, end, paragraph)
        for text in texts:
            self._text(text, paragraph, near)

    def _text(self, text: Element, paragraph: Element, near: str) -> None:
        pieces = _cut(text.text or "")
        if len(pieces) == 1:
            return
        text.set(SPACE, "preserve")
        written = [pieces[0]]
        for raw, after in zip(pieces[1::2], pieces[2::2], strict=True):
            tag = self._read(raw, near)
            if tag.level in _CONTAINERS:
                self._container(tag, text, paragraph)
            elif tag.level == "r" and (run := next(text.iterancestors(R), None)) is not None:
                text.text = "".join(written)
                text = self._split_run(run, text, tag)
                written = []
            else:
                written.append(self._set(tag, self._path(text)))
            written.append(after)
        text.text = "".join(written)

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
        own = _OWN_FILTER.search(body)
        if len(raw) > MAX_TAG:
            self._fault("Taggen är för lång (%(part)s: ”%(near)s”).", shortened(raw), near)
        elif not body and kind != "#":
            self._fault("Taggen %(tag)s är tom (%(part)s: ”%(near)s”).", raw, near)
        elif own:
            self._fault("Filtret i %(tag)s finns inte (%(part)s: ”%(near)s”).", raw, near)
        elif kind == "{" and tag.level in ("tr", "tc"):
            self._fault("Taggen %(tag)s stöds inte: skriv fältet som {{ fält }} (%(part)s: ”%(near)s”).", raw, near)
        return tag

    def _container(self, tag: Tag, text: Element, paragraph: Element) -> None:
        wanted = _CONTAINERS[tag.level]
        element = paragraph if wanted == P else next(paragraph.iterancestors(wanted), None)
        if element is None:
            self.faults.append(TemplateFault("Taggen %(tag)s måste stå i en tabell (%(part)s: ”%(near)s”).", at=tag))
        else:
            self.lifted.setdefault(element, []).append((tag, text))

    def _lift(self, element: Element, held: list[tuple[Tag, Element]]) -> None:
        """Put the tags where their whole paragraph, row or cell was."""
        left = "".join(map(str, element.itertext(T))).strip()
        parent = element.getparent()
        if left or parent is None:
            self.faults.append(
                TemplateFault(
                    "Texten ”%(left)s” står bredvid %(tag)s och skulle försvinna: taggen tar hela stycket, raden eller "
                    "cellen. Ge taggen ett eget stycke, en egen rad eller en egen cell (%(part)s: ”%(near)s”).",
                    at=held[0][0],
                    left=shortened(_MARK.sub("…", left)),
                )
            )
            return
        if element.find(f"{PARAGRAPH_LOOK}/{SECTION}") is not None:
            self.faults.append(
                TemplateFault(
                    "Stycket med %(tag)s håller också en avsnittsbrytning, som skulle försvinna. Ge taggen ett eget "
                    "stycke före brytningen (%(part)s: ”%(near)s”).",
                    at=held[0][0],
                )
            )
            return
        alone = len(held) == 1
        frames = [
            _paragraph_frame(element, text, self._frame(text), alone) if tag.kind == "{" else None for tag, text in held
        ]
        marks = [self._set(tag, self._path(parent), frame=frame) for (tag, _), frame in zip(held, frames, strict=True)]
        replace(element, "".join(marks))

    def _split_run(self, run: Element, text: Element, tag: Tag) -> Element:
        """Cut the run in two at the tag; the tag stands between. Returns the text element that follows it."""
        parent = run.getparent()
        assert parent is not None, "a run stands in a paragraph"
        second = run.makeelement(R)
        look = run.find(RUN_LOOK)
        if look is not None:
            second.append(copy.deepcopy(look))
        rest = etree.SubElement(second, T, {SPACE: "preserve"})
        second.extend(list(text.itersiblings()))
        tail, run.tail = run.tail, None
        run.addnext(second)
        run.tail = self._set(tag, self._path(parent), frame=self._frame(text) if tag.kind == "{" else None)
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
        pieces = _cut(value)
        for place in range(1, len(pieces), 2):
            tag = self._read(pieces[place], shortened(value))
            if tag.kind == "{":
                pieces[place] = self._set(tag, (), plain=True)
        return "".join(pieces)

    def _guard(self) -> None:
        """Mark the cells and tables whose content tags may take away, to be mended after filling; see tables.py."""
        paragraphs = [element for element in self.lifted if element.tag == P]
        for cell in dict.fromkeys(each for one in paragraphs for each in one.iterancestors(*NEED_A_PARAGRAPH)):
            append(cell, self._fixed(CELL_END))
        tables = {next(each.iterancestors(TABLE)) for each in self.lifted if each.tag == CELL or _is_first_row(each)}
        for table in tables:
            put_before(table, self._fixed(GRID_START))
            table.tail = self._fixed(GRID_END) + (table.tail or "")

    def _frame(self, text: Element) -> RunFrame:
        """The look of the run that a text stands in."""
        run = next(text.iterancestors(R), None)
        look = look_of(run.find(RUN_LOOK) if run is not None else None, "rPr")
        return run_frame(look, self.link_style, not _WITHOUT_LINKS.intersection(map(local_name, text.iterancestors())))

    def _path(self, element: Element) -> tuple[str, ...]:
        """The elements around a place by name, tables by number too: a block begins and ends in the same table."""
        around = (element, *element.iterancestors())
        return tuple(f"{local_name(each)}{self.tables.get(each, '')}" for each in around)

    def _fixed(self, marker: str) -> str:
        return self._set(Tag(marker, "#", "", "", self.title, ""), ())

    def _set(self, tag: Tag, path: tuple[str, ...], frame: Frame | None = None, plain: bool = False) -> str:
        self.tags.append(dataclasses.replace(tag, path=path, plain=plain, frame=frame))
        return f"{MARK_START}{len(self.tags) - 1}{MARK_END}"

    def _fault(self, message: str, raw: str, near: str) -> None:
        self.faults.append(TemplateFault(message, at=Tag(raw, "#", "", "", self.title, near)))


def _cut(text: str) -> list[str]:
    """The text cut at its tags: text, tag, text, tag, … text. Takes a time in proportion to the text's length, which no
    regular expression does for a text of nothing but braces."""
    pieces: list[str] = []
    done = place = 0
    without_end: set[str] = set()
    while opening := _OPENING.search(text, place):
        place = opening.start() + 1
        closing = _CLOSINGS[text[place]]
        end = -1 if closing in without_end else text.find(closing, opening.end())
        if end < 0:
            without_end.add(closing)
            continue
        pieces += (text[done : opening.start()], text[opening.start() : end + 2])
        done = place = end + 2
    return [*pieces, text[done:]]


def _part_from_data(paragraph: Element) -> None:
    """Word would put a bound control's data, or its prompt, over what is filled in."""
    around = (*paragraph.iterancestors(CONTROL), *paragraph.iter(CONTROL))
    for element in [each for control in around for each in control.iterfind("{*}sdtPr/*")]:
        if local_name(element) in ("dataBinding", "showingPlcHdr"):
            replace(element, "")


def _paragraph_frame(paragraph: Element, text: Element, runs: RunFrame, alone: bool) -> ParagraphFrame:
    """What a paragraph passes on to those printed in its place. ``alone``: whether it holds no other tag."""
    properties = paragraph.find(PARAGRAPH_LOOK)
    holder = next(each for each in (text, *text.iterancestors()) if each.getparent() is paragraph)
    lead = [each for each in holder.itersiblings(preceding=True) if alone and each is not properties and _says(each)]
    trail = [each for each in holder.itersiblings() if alone and _says(each)]
    look = look_of(properties, "pPr")
    return paragraph_frame(look, runs, "".join(map(as_text, reversed(lead))), "".join(map(as_text, trail)))


def _says(element: Element) -> bool:
    """Whether there is anything in it but empty text."""
    return any(
        local_name(each) not in _SILENT
        for each in element.iter("*")
        if next(each.iterancestors(RUN_LOOK), None) is None
    )


def _is_first_row(element: Element) -> bool:
    """Whether a table may lose all its rows: a first row without a tag always stays."""
    return element.tag == ROW and next(element.itersiblings(ROW, preceding=True), None) is None
