"""One fill of a template: its budget, and what formatted text adds to the package on the way."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator

from paragraf.word.filling.drawings import Picture, drawing_xml
from paragraf.word.filling.environment import Budget
from paragraf.word.filling.formatting import Frame
from paragraf.word.filling.numbering import Numbering
from paragraf.word.filling.surroundings import Surroundings
from paragraf.word.package.archive import LISTING, Part, deflated, stored
from paragraf.word.package.markup import DECLARATION
from paragraf.word.package.relations import Relations, relations_name

_NUMBERING_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"


class Filling:
    """What one fill spends and adds."""

    def __init__(self, around: Surroundings) -> None:
        self.budget = Budget()
        self.numbering = Numbering(around.numberings)
        self._around = around
        self._relations: dict[str, Relations] = {}
        self._pictures: dict[str, Picture] = {}
        self._drawings = around.drawings

    def relations(self, part: str) -> Relations:
        """The relationships of a part, to be added to."""
        if part not in self._relations:
            self._relations[part] = Relations(self._around.relations[part])
        return self._relations[part]

    def picture(self, picture: Picture, part: str) -> str:
        """A picture's drawing in a part. The same picture is stored once, wherever and however often it is printed."""
        name = posixpath.join(posixpath.dirname(self._around.main), "media", picture.name)
        self._pictures.setdefault(name, picture)
        target = posixpath.relpath(name, posixpath.dirname(part))
        return drawing_xml(picture, self.relations(part).add("image", target), self.drawing())

    def drawing(self) -> int:
        """An id that no other drawing in the document has."""
        self._drawings += 1
        return self._drawings

    def finished(self, parts: list[Part]) -> list[Part]:
        """The package's parts with all that was added, in a fixed order: new parts last."""
        changed = {part.name: part for part in self._changed()}
        if not changed:
            return parts
        new = [name for name in changed if name not in self._around.names]
        kinds = [(name, _type(name)) for name in new if not name.endswith(".rels")]
        if kinds:
            changed[LISTING] = self._around.types.with_more(kinds)
        return [changed.get(part.name, part) for part in parts] + [changed[name] for name in new]

    def _changed(self) -> Iterator[Part]:
        xml = self.numbering.xml()
        if xml:
            yield deflated(self._numbering_name(), f"{DECLARATION}{xml}".encode())
        for part, relations in self._relations.items():
            made = relations.part(relations_name(part))
            if made:
                yield made
        for name, picture in self._pictures.items():
            if name not in self._around.names:
                yield stored(name, picture.content)

    def _numbering_name(self) -> str:
        """The numbering part's name; a template without one is given one that the document knows of."""
        if self._around.numbering_name:
            return self._around.numbering_name
        folder = posixpath.dirname(self._around.main)
        name = posixpath.join(folder, "numbering.xml")
        while name in self._around.names:
            name = name.replace(".xml", "_.xml")
        self.relations(self._around.main).add("numbering", posixpath.relpath(name, folder))
        return name


def _type(name: str) -> str:
    return _NUMBERING_TYPE if name.endswith(".xml") else f"image/{name.rpartition('.')[2]}"


class Sheet:
    """One part while it is filled: the frames of its tags, and its way to what the fill adds."""

    def __init__(self, filling: Filling, part: str, frames: tuple[Frame, ...]) -> None:
        self.frames = frames
        self.numbering = filling.numbering
        self._filling = filling
        self._part = part

    def link(self, address: str) -> str:
        """The id of the part's relationship to an outside address."""
        return self._filling.relations(self._part).add("hyperlink", address, external=True)

    def picture(self, picture: Picture) -> str:
        """The picture as a drawing in this part."""
        return self._filling.picture(picture, self._part)

    def drawing(self) -> int:
        """An id that no other drawing in the document has."""
        return self._filling.drawing()
