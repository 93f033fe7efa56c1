"""Motions, votes, reservations and notes in the minutes: before the decision and after it (KL 5:67)."""

from __future__ import annotations

from document_templates.drawing.blocks import Xml, each, heading, listed, paragraph, when
from document_templates.drawing.tables import WITH_SUMS, Column, rows


def before_decision() -> tuple[Xml, ...]:
    """Motions, the order of propositions and the votes."""
    return (
        when("item.motions", heading("Yrkanden", 2), listed("motion in item.motions", "{{ motion }}")),
        when(
            "item.propositions",
            heading("Propositionsordning", 2),
            listed("line in item.propositions", "{{ line }}"),
        ),
        when("item.votes", heading("Omröstning", 2), each("vote in item.votes", *_vote())),
    )


def after_decision() -> tuple[Xml, ...]:
    """Reservations and notes to the minutes."""
    return (
        when("item.reservations", heading("Reservation", 2), listed("line in item.reservations", "{{ line }}")),
        when("item.notes", heading("Protokollsanteckning", 2), listed("note in item.notes", "{{ note }}")),
    )


def _vote() -> tuple[Xml, ...]:
    return (
        paragraph("{{ vote.order }}"),
        paragraph("{{ vote.result }}"),
        when(
            "vote.ballots",
            rows(
                "Vem som röstade vad",
                "row in vote.ballots",
                (
                    Column("Röstande", "{{ row.name }}", 4),
                    Column("Ja", "{{ row.yes }}", 1, number=True),
                    Column("Nej", "{{ row.no }}", 1, number=True),
                    Column("Avstår", "{{ row.abstain }}", 1, number=True),
                ),
                looks=WITH_SUMS,
            ),
        ),
    )
