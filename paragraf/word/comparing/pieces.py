"""What a paragraph consists of, for comparing: stretches of text with one look, and things that are no text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from paragraf.word.comparing.atoms import Atom, Link
from paragraf.word.comparing.looks import PLAIN, Key, Look

if TYPE_CHECKING:
    from lxml.etree import _Element as Element


@dataclass(slots=True, eq=False)
class Piece:
    """Text with one look in one link; or an atom: something that is no text and is compared as a whole."""

    text: str
    look: Look = PLAIN
    link: Link | None = None
    atom: Atom | None = None
    #: Stands in the text without width, such as a bookmark.
    place: Element | None = None

    @property
    def key(self) -> Key:
        """Equal for pieces that look and read the same."""
        link = self.link.key if self.link else ""
        return (self.text, self.look.key, link, self.atom.whole if self.atom else ())
