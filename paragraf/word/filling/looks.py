"""How a run or a paragraph looks: the properties of the place that held a tag, put together again for what is printed.

Word wants properties in the schema's order and each at most once; both are kept here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from paragraf.word.package.markup import as_text, local_name

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath"
)
_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr"
)
# Word's own later inventions (w14:…) stand after everything the first schema knows.
_ORDERS = {
    kind: {name: rank for rank, name in enumerate(names.split())}
    for kind, names in (("rPr", _RUN), ("pPr", _PARAGRAPH))
}
# What was changed when, and where a section ends, belongs to the one paragraph that stood in the template.
_NOT_COPIED = frozenset(("rPrChange", "pPrChange", "sectPr"))


@dataclass(frozen=True, slots=True)
class Look:
    """The children of one ``w:rPr`` or ``w:pPr`` by their local names, as XML."""

    kind: str
    properties: Mapping[str, str]

    def xml(self, **changed: str) -> str:
        """The properties as one element, some of them ``changed`` (an empty text takes one away); empty for none."""
        properties = {**self.properties, **changed}
        inside = "".join(properties[name] for name in sorted(properties, key=self._rank))
        return f"<w:{self.kind}>{inside}</w:{self.kind}>" if inside else ""

    def around(self, name: str) -> tuple[str, str]:
        """The properties that stand before ``name`` by the schema and those after it, without ``name`` itself."""
        place = self._rank(name)
        names = sorted(self.properties, key=self._rank)
        before = "".join(self.properties[each] for each in names if self._rank(each) < place)
        return before, "".join(self.properties[each] for each in names if self._rank(each) > place)

    def _rank(self, name: str) -> int:
        order = _ORDERS[self.kind]
        return order.get(name, len(order))


def look_of(element: Element | None, kind: str) -> Look:
    """The look in a ``w:rPr`` or ``w:pPr``, or the empty one where there is none."""
    children = element if element is not None else ()
    named = {local_name(child): as_text(child) for child in children}
    return Look(kind, {name: xml for name, xml in named.items() if name and name not in _NOT_COPIED})
