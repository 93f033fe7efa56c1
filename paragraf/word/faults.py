"""What may be wrong with a template or with a file that claims to be one, told to the one who edits it in Word."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from paragraf.core.errors import RuleBroken


class TagPlace(Protocol):
    """Where in a template a tag stands: the tag as written, the part's Swedish name, the text around it."""

    @property
    def raw(self) -> str: ...
    @property
    def part(self) -> str: ...
    @property
    def near(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Place:
    """A place without a tag, or one found before tags are read."""

    raw: str
    part: str
    near: str


class TemplateFault(RuleBroken):
    """A template that cannot be used as it is.

    ``tag``, ``part`` and ``near`` say where (empty when the whole file is at fault); the same three are places in
    ``message`` where there is a tag to point at.
    """

    def __init__(self, message: str, *, at: TagPlace | None = None, **values: Any) -> None:
        self.tag = at.raw if at else ""
        self.part = at.part if at else ""
        self.near = at.near if at else ""
        if at:
            values = {"tag": at.raw, "part": at.part, "near": at.near, **values}
        super().__init__(message, **values)


class NotAWordFile(TemplateFault):
    """The bytes are no Word document, or one that could harm whoever opens it."""


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The known name most like ``name``, or None where nothing is alike."""
    found = difflib.get_close_matches(name, sorted(known), n=1, cutoff=0.6)
    return found[0] if found else None
