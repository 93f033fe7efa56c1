"""Which version is in use, what a template of a kind should print, what a picture must be to serve as a logo."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from paragraf.core.errors import RuleBroken
from paragraf.word.faults import TemplateFault
from paragraf.word.fields import FieldLine

#: Largest logo: bytes, and pixels a side.
LOGO_BYTES = 2_000_000
LOGO_PIXELS = 4000
LOGO_LEAST = 16


# --- which version is in use -----------------------------------------------------------------------------------------


class Dated(Protocol):
    """A row that says what holds from then on."""

    @property
    def id(self) -> int: ...


Fact = TypeVar("Fact", bound=Dated)


def newest(facts: Iterable[Fact]) -> Fact | None:
    """The fact that counts: the one added last."""
    return max(facts, key=lambda fact: fact.id, default=None)


# --- what a template prints ------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Demand:
    """Something that a document must print: any of the ``paths`` will do. ``source`` says who demands it."""

    paths: tuple[str, ...]
    message: str
    source: str


#: What the law wants to see in a document, by kind. A template without it may be used, after a clear warning: the
#: office may print it in a way that no program sees.
DEMANDS: dict[str, tuple[Demand, ...]] = {
    "minutes": (
        Demand(
            ("items[].number",),
            "Protokollet kommer att sakna paragrafernas nummer. Utan dem går besluten inte att hänvisa till "
            "(%(source)s).",
            "kommunallagen 5:66",
        ),
        Demand(
            ("items[].heading",),
            "Protokollet kommer att sakna paragrafernas rubriker: det ska visa vilka ärenden som behandlades "
            "(%(source)s).",
            "kommunallagen 5:66",
        ),
        Demand(
            ("items[].clauses",),
            "Protokollet kommer att sakna besluten. De ska stå under varje ärende (%(source)s).",
            "kommunallagen 5:67",
        ),
        Demand(
            ("deciding",),
            "Protokollet kommer att sakna dem som tjänstgjorde. De ska framgå (%(source)s).",
            "kommunallagen 5:66",
        ),
        Demand(
            ("items[].notes",),
            "Protokollet kommer att sakna reservationer. De ska stå under sitt ärende (%(source)s).",
            "kommunallagen 5:67",
        ),
        Demand(
            ("signers",),
            "Protokollet kommer att sakna dem som undertecknar. Det ska gå att se vem som justerar (%(source)s).",
            "kommunallagen 5:69",
        ),
    ),
    "certificate_of_notice": (
        Demand(
            ("posted_on",),
            "Beviset kommer att sakna dagen då anslaget sattes upp (%(source)s).",
            "kommunallagen 8:12",
        ),
        Demand(
            ("kept_at",),
            "Beviset kommer att sakna var protokollet finns att läsa (%(source)s).",
            "kommunallagen 8:12",
        ),
    ),
}


class Remark(RuleBroken):
    """Something that a usable template may want to mend. ``by_law``: the document would lack what a law demands."""

    def __init__(self, message: str, *, by_law: bool = False, **values: str) -> None:
        super().__init__(message, field=None, **values)
        self.by_law = by_law


def unmet(kind: str, used: Collection[str]) -> list[Demand]:
    """The demands that a template which uses those fields does not meet."""
    return [demand for demand in DEMANDS.get(kind, ()) if not any(prints(used, path) for path in demand.paths)]


def prints(used: Collection[str], path: str) -> bool:
    """Whether a template that uses those paths prints the field, or part of it."""
    return any(use == path or use.startswith((f"{path}.", f"{path}[]")) for use in used)


def left_out(shipped: Collection[str], own: Collection[str], lines: Sequence[FieldLine]) -> list[FieldLine]:
    """The fields that the shipped template prints and the own does not; of a list left out, not its parts too."""
    found: list[FieldLine] = []
    for line in lines:
        inside = any(line.path.startswith((f"{each.path}.", f"{each.path}[]")) for each in found)
        if not inside and prints(shipped, line.path) and not prints(own, line.path):
            found.append(line)
    return found


def corrected(fault: TemplateFault) -> str:
    """The tag with the nearest known name in place of the unknown one; empty where nothing is near."""
    name, near = fault.values.get("name"), fault.values.get("nearest")
    if not (fault.tag and name and near):
        return ""
    mended = re.sub(rf"(?<!\w){re.escape(_last_step(str(name)))}(?!\w)", str(near), fault.tag)
    return mended if mended != fault.tag else ""


def without_consequences(faults: Sequence[TemplateFault]) -> list[TemplateFault]:
    """The faults but for those that go away with another: a loop over a misspelled list makes each use of its element
    unknown too."""
    written = {fault.values.get("name") for fault in faults if _names_it(fault)}
    return [fault for fault in faults if _names_it(fault) or fault.values.get("name") not in written]


def _names_it(fault: TemplateFault) -> bool:
    name = fault.values.get("name")
    return bool(name) and _last_step(str(name)) in fault.tag


def _last_step(path: str) -> str:
    return re.split(r"[.\[\]]+", path.rstrip("[]"))[-1]


# --- the logo --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Measured:
    """What the bytes of a picture really are."""

    media_type: str
    width_px: int
    height_px: int


def measure_logo(content: bytes) -> Measured:
    """The type and pixels of a PNG or JPEG that may be a logo, whatever its name says. RuleBroken with the reason."""
    if len(content) > LOGO_BYTES:
        raise RuleBroken("Bilden är större än %(limit)s MB. Spara den mindre.", field="file", limit=LOGO_BYTES // 10**6)
    found = _png(content) or _jpeg(content)
    if found is None:
        raise RuleBroken("Bilden är varken PNG eller JPEG, eller så är den skadad. Spara den som PNG.", field="file")
    if max(found.width_px, found.height_px) > LOGO_PIXELS:
        raise RuleBroken(
            "Bilden är %(width)s × %(height)s bildpunkter. Högst %(limit)s åt varje håll går bra.",
            field="file",
            width=found.width_px,
            height=found.height_px,
            limit=LOGO_PIXELS,
        )
    if min(found.width_px, found.height_px) < LOGO_LEAST:
        raise RuleBroken("Bilden är för liten för att synas på papper. Välj en större.", field="file")
    return found


def _png(content: bytes) -> Measured | None:
    if not content.startswith(b"\x89PNG\r\n\x1a\n") or content[12:16] != b"IHDR" or b"IEND" not in content[-16:]:
        return None
    return Measured("image/png", int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big"))


def _jpeg(content: bytes) -> Measured | None:
    """By the frame header (ITU T.81 B.2.2), which comes after any number of other segments."""
    if not content.startswith(b"\xff\xd8\xff"):
        return None
    place = 2
    while place + 9 < len(content) and content[place] == 0xFF:
        mark, length = content[place + 1], int.from_bytes(content[place + 2 : place + 4], "big")
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            height, width = (int.from_bytes(content[place + at : place + at + 2], "big") for at in (5, 7))
            return Measured("image/jpeg", width, height)
        place += 2 + length
    return None
