"""From a duty to the letter that reminds of it: which text, filled with which fields."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import addresses
from paragraf.core.database import settings_of
from paragraf.duties.models import Duty, Reminder
from paragraf.duties.rules import event_of
from paragraf.duties.standard_rules import DECISION_FOLLOW_UP, RULES_AT_NEED, STANDARD_RULES
from paragraf.people import queries as people
from paragraf.people.models import Association, Body
from paragraf.register.queries import matter_by_id

_OWN_TEXTS = frozenset(rule.key for rule in (*STANDARD_RULES, *RULES_AT_NEED))


def letter_kind(duty: Duty) -> str:
    """The text under ``letters/``: one for each standard rule, a general one for rules that an association wrote."""
    return duty.rule_key if duty.rule_key in _OWN_TEXTS else "duty"


def letter_fields(session: Session, reminder: Reminder) -> dict[str, object]:
    """What the letter's text may name."""
    duty = reminder.duty
    event = event_of(duty)
    association = people.association(session, duty.association_id)
    return {
        "name": reminder.recipient.name,
        "association": association.name,
        "duty": duty.title,
        "title": event.title,
        "event_on": duty.event_on,
        "due_on": duty.due_on,
        # None when the last day is a working day itself, so that the text names one day, not the same day twice.
        "recommended_on": duty.recommended_on if duty.recommended_on != duty.due_on else None,
        "source": duty.source,
        "notice_months": event.notice_months,
        "bodies": _body_names(session, event.association_id, event.body_ids),
        "address": _address(session, association, duty),
    }


def _body_names(session: Session, association_id: int, body_ids: tuple[int, ...]) -> str:
    own = select(Body.name).where(Body.association_id == association_id, Body.id.in_(body_ids))
    return ", ".join(session.scalars(own.order_by(Body.name)))


def _address(session: Session, association: Association, duty: Duty) -> str:
    """Where the duty is dealt with; Min sida for what has no page of its own."""
    settings = settings_of(session)
    if duty.subject == "agreement":
        return addresses.agreement(settings, association.slug, duty.subject_id)
    if duty.subject == "meeting":
        return addresses.meeting(settings, association.slug, duty.subject_id)
    if duty.subject == "notice":
        return addresses.notice(settings, association.slug, duty.subject_id)
    if duty.subject in {"grant", "grant_report"} and duty.matter_id is not None:
        granted = matter_by_id(session, association.id, duty.matter_id)
        return addresses.grant(settings, association.slug, granted.year, granted.number)
    if duty.subject == "completion" and duty.matter_id is not None:
        asked = matter_by_id(session, association.id, duty.matter_id)
        return addresses.submitted_application(settings, association.slug, asked.year, asked.number)
    if duty.rule_key == DECISION_FOLLOW_UP:
        # It is marked as done on Min sida.
        return addresses.own_page(settings, association.slug)
    if duty.matter_id is not None:
        matter = matter_by_id(session, association.id, duty.matter_id)
        return addresses.matter(settings, association.slug, matter.year, matter.number)
    return addresses.own_page(settings, association.slug)
