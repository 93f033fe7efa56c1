"""Which version is in use, what a template of a kind should print, what a picture must be to serve as a logo."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from paragraf.core.errors import RuleBroken
from paragraf.word.faults import TemplateFault
from paragraf.word.fields import FieldLine
from paragraf.word.filling.drawings import Picture, PictureRefused

#: The logo: bytes at most, pixels a side at most and at least, and its room on paper.
LOGO_BYTES = 2_000_000
LOGO_PIXELS = 4000
LOGO_LEAST = 16
LOGO_WIDTH_MM, LOGO_HEIGHT_MM = 45.0, 20.0


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


def logo_picture(content: bytes, alt: str) -> Picture:
    """The logo as it is printed: with a letterhead's room at most. PictureRefused for no picture."""
    image = Picture(content).image
    width = min(LOGO_WIDTH_MM, LOGO_HEIGHT_MM * image.width / image.height)
    return Picture(content, max(1.0, width), alt)


def check_logo(content: bytes, alt: str) -> Picture:
    """A picture that may be the logo, whatever its name says. RuleBroken with the reason, at the field to mend."""
    try:
        found = logo_picture(content, alt.strip())
    except PictureRefused as refused:
        raise RuleBroken(refused.message, field="file", **refused.values) from refused
    sides = (found.image.width, found.image.height)
    if len(content) > LOGO_BYTES or max(sides) > LOGO_PIXELS:
        raise RuleBroken(
            "Bilden är onödigt stor för en logotyp. Spara den som högst %(limit)s MB och %(pixels)s bildpunkter bred.",
            field="file",
            limit=LOGO_BYTES // 10**6,
            pixels=LOGO_PIXELS,
        )
    if min(sides) < LOGO_LEAST:
        raise RuleBroken("Bilden är för liten för att synas på papper. Välj en större.", field="file")
    if not alt.strip():
        raise RuleBroken("Skriv vad bilden säger, till exempel förbundets namn.", field="alt")
    return found
