"""Word's field codes: which of them a file holds, however they are cut up, and which of those are harmless."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paragraf.word.package.addresses import clickable
from paragraf.word.package.markup import T, W

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMES = (
    "= ADVANCE ASK AUTHOR AUTONUM AUTONUMLGL AUTONUMOUT AUTOTEXT AUTOTEXTLIST BARCODE BIBLIOGRAPHY BIDIOUTLINE "
    "CITATION COMMENTS COMPARE CREATEDATE DATE DISPLAYBARCODE DOCPROPERTY DOCVARIABLE EDITTIME EQ FILENAME FILESIZE "
    "FILLIN FORMCHECKBOX FORMDROPDOWN FORMTEXT HYPERLINK IF INDEX INFO KEYWORDS LASTSAVEDBY LISTNUM MERGEFIELD "
    "NOTEREF NUMCHARS NUMPAGES NUMWORDS PAGE PAGEREF PRINTDATE QUOTE REF REVNUM SAVEDATE SECTION SECTIONPAGES SEQ SET "
    "SHAPE STYLEREF SUBJECT SYMBOL TA TC TEMPLATE TIME TITLE TOA TOC USERADDRESS USERINITIALS USERNAME XE"
)
_HARMLESS = frozenset(_NAMES.split())
_MAX_LENGTH = 5000
_NAME = re.compile(r"\s*(=|[^\W\d_]+)")
_NAMED = re.compile(r"\s*\S+\s")
_WORD = re.compile(r'"((?:\\.|[^"\\])*)"|(\S+)', re.DOTALL)
_QUOTES = str.maketrans("“”„", '"""')
# The switches of HYPERLINK that are followed by a word of their own: a place in the document, a hint, a window.
_WITH_A_WORD = frozenset((r"\l", r"\o", r"\t"))
_CHARACTER, _SIMPLE = f"{{{W}}}fldChar", f"{{{W}}}fldSimple"
_INSTRUCTIONS = (f"{{{W}}}instrText", f"{{{W}}}delInstrText")


@dataclass(slots=True)
class FieldCode:
    """One field: its instruction, the element where it begins, and whether another field makes up its name."""

    place: Element
    text: str = ""
    open: bool = True
    disguised: bool = False

    def add(self, text: str) -> None:
        """More of the instruction; one that never ends is taken for one in disguise."""
        if len(self.text) < _MAX_LENGTH:
            self.text += text
        else:
            self.disguised = True

    @property
    def name(self) -> str:
        """The instruction's first word, in capitals."""
        found = _NAME.match(self.text)
        return found[1].upper() if found else self.text.strip()[:20]

    def harmless(self) -> bool:
        """Whether Word neither fetches nor runs anything for it."""
        if self.disguised or (self.name not in _HARMLESS and self.text.strip()):
            return False
        return self.name != "HYPERLINK" or all(clickable(target) for target in self._targets())

    def _targets(self) -> Iterator[str]:
        words = iter(_WORD.findall(self.text.translate(_QUOTES).partition(self.text.split()[0])[2]))
        for quoted, bare in words:
            if bare.casefold() in _WITH_A_WORD:
                next(words, None)
            elif not bare.startswith("\\") or bare.startswith("\\\\"):
                yield (quoted or bare).replace("\\\\", "\\")


def field_codes(root: Element) -> Iterator[FieldCode]:
    """Every field of a part. An instruction is gathered from all the runs and inner fields it is made of."""
    stack: list[FieldCode] = []
    loose = FieldCode(root)
    for element in root.iter(_CHARACTER, _SIMPLE, *_INSTRUCTIONS, T):
        if element.tag == _SIMPLE:
            yield FieldCode(element, str(element.get(f"{{{W}}}instr", "")))
        elif element.tag == _CHARACTER:
            yield from _turned(stack, element)
        elif element.tag in _INSTRUCTIONS:
            code = stack[-1] if stack else loose
            code.add(element.text or "")
        elif stack:
            _made_up(stack, element.text or "")
    yield from stack
    if loose.text:
        yield loose


def _turned(stack: list[FieldCode], element: Element) -> Iterator[FieldCode]:
    """A field begins, comes to its result, or ends."""
    kind = element.get(f"{{{W}}}fldCharType")
    if kind == "begin":
        around = _open(stack)
        if around and not _NAMED.match(around.text):
            around.disguised = True
        stack.append(FieldCode(element))
    elif kind == "separate" and stack:
        stack[-1].open = False
    elif kind == "end" and stack:
        yield stack.pop()


def _made_up(stack: list[FieldCode], text: str) -> None:
    """The result of an inner field is part of the instruction around it."""
    around = _open(stack)
    if around:
        around.add(text)


def _open(stack: list[FieldCode]) -> FieldCode | None:
    return next((code for code in reversed(stack) if code.open), None)
