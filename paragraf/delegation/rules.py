"""What may be decided by delegation, and when (lag 2003:1210 10 § third and fourth paragraphs). Pure functions."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from paragraf.core.errors import N_, RuleBroken

#: The law in plain words, for the pages.
LAW = N_(
    "Styrelsen får uppdra åt en ledamot, en ersättare eller en anställd att besluta i en viss grupp av ärenden. Det "
    "som rör verksamhetens mål, inriktning, omfattning eller kvalitet får inte delegeras, och inte heller yttranden "
    "med anledning av att ett beslut har överklagats. Alla beslut som fattas på delegation ska anmälas till styrelsen "
    "(lag 2003:1210, 10 §)."
)


class PointFacts(Protocol):
    """What the rules ask of a point of the order."""

    number: str
    valid_from: date
    valid_to: date | None


def in_force(point: PointFacts, day: date) -> bool:
    """Whether the point holds on the day."""
    return point.valid_from <= day and (point.valid_to is None or day <= point.valid_to)


def check(point: PointFacts, *, decided_on: date, today: date, heading: str, text: str) -> None:
    """Raises RuleBroken for a decision that cannot have been made by the point, or that says nothing."""
    if not heading:
        raise RuleBroken("Skriv vad beslutet gäller.", field="heading")
    if len(heading) > 300:
        raise RuleBroken("Rubriken får vara högst 300 tecken. Flytta resten till texten.", field="heading")
    if not text:
        raise RuleBroken("Skriv vad som beslutades.", field="text")
    if decided_on > today:
        raise RuleBroken("Dagen har inte varit än. Beslutet registreras när det är fattat.", field="decided_on")
    if not in_force(point, decided_on):
        raise RuleBroken(
            "Punkt %(number)s gällde inte den dagen. Välj den punkt som gällde då.",
            field="point_id",
            number=point.number,
        )
