"""What a notice told, and what has changed since: pure values, kept with each notice as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True)
class ToldItem:
    """An agenda item as it stood when the notice went out."""

    id: int
    heading: str
    version: int


@dataclass(frozen=True)
class ToldAttachment:
    """An attachment as the notice told of it, with its number and its document in the register."""

    id: int
    number: int
    title: str
    document_id: int

    @property
    def label(self) -> str:
        """As it is printed."""
        return f"Bilaga {self.number}. {self.title}"


@dataclass(frozen=True)
class Told:
    """Time, place, agenda and recipients (ids of persons) as a notice told them.

    ``with_files``: whether the mails carried the notice and its attachments, or only a link.
    """

    starts_at: datetime
    ends_at: datetime
    place: str
    mode: str
    items: tuple[ToldItem, ...]
    invited: tuple[int, ...]
    attachments: tuple[ToldAttachment, ...] = ()
    with_files: bool = True


@dataclass(frozen=True)
class Changes:
    """What is different from the notice before; headings in agenda order."""

    time: bool = False
    place: bool = False
    added: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    withdrawn: tuple[str, ...] = ()
    reordered: bool = False
    #: Labels of attachments; a number that is taken away is never given to another.
    attached: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(asdict(self).values())


def changes(before: Told, after: Told) -> Changes:
    """What those who had the notice before must be told."""
    old = {item.id: item for item in before.items}
    new = {item.id: item for item in after.items}
    had = {one.id for one in before.attachments}
    has = {one.id for one in after.attachments}
    return Changes(
        time=(before.starts_at, before.ends_at) != (after.starts_at, after.ends_at),
        place=(before.place, before.mode) != (after.place, after.mode),
        added=tuple(item.heading for item in after.items if item.id not in old),
        edited=tuple(item.heading for item in after.items if item.id in old and item.version != old[item.id].version),
        withdrawn=tuple(item.heading for item in before.items if item.id not in new),
        reordered=[key for key in old if key in new] != [key for key in new if key in old],
        attached=tuple(one.label for one in after.attachments if one.id not in had),
        dropped=tuple(one.label for one in before.attachments if one.id not in has),
    )


def to_json(told: Told) -> dict[str, Any]:
    """The value as it is kept; moments as ISO 8601 with their zone."""
    return {**asdict(told), "starts_at": told.starts_at.isoformat(), "ends_at": told.ends_at.isoformat()}


def from_json(kept: Mapping[str, Any]) -> Told:
    """The value back from what was kept."""
    return Told(
        starts_at=datetime.fromisoformat(kept["starts_at"]),
        ends_at=datetime.fromisoformat(kept["ends_at"]),
        place=kept["place"],
        mode=kept["mode"],
        items=tuple(ToldItem(**item) for item in kept["items"]),
        invited=tuple(kept["invited"]),
        # Notices from before there were attachments do not say.
        attachments=tuple(ToldAttachment(**one) for one in kept.get("attachments", ())),
        with_files=kept.get("with_files", True),
    )
