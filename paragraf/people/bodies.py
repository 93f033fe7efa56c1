"""Verbs on bodies and on their rules, which are dated data: what has held at a meeting is never edited."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.people import queries, series
from paragraf.people.acts import lock, record, required
from paragraf.people.models import Body, BodyKind, BodyRule, MemberOrganisation, PartySeats
from paragraf.people.seats import BodyRules, Share, check_rules


@dataclass(frozen=True)
class BodyFacts:
    """What is written of a body."""

    kind: BodyKind
    name: str
    #: The words before the att-clauses, such as "Styrelsen beslutar".
    decision_phrase: str
    #: The last day on which it exists.
    ended_on: date | None = None


def add_body(
    session: Session,
    association_id: int,
    facts: BodyFacts,
    *,
    first: int = 1,
    shares_with: Body | None = None,
    now: datetime,
    actor: str,
) -> Body:
    """Make a body. Its §§ are numbered in ``shares_with``'s series, or in one of its own that begins with ``first``.

    Raises RuleBroken without a name or phrase, for a taken name, for a second board, and for a start below 1.
    """
    body = Body(association_id=association_id, series_key="")
    _write(session, body, facts)
    if shares_with is not None:
        body.series_key = shares_with.series_key
    else:
        body.series_key = series.free_key(session, association_id, facts.kind)
    session.add(body)
    session.flush()
    record(session, "add", body, now=now, actor=actor, name=body.name)
    if shares_with is None:
        series.set_start(session, body, first=first, now=now, actor=actor)
    return body


def change_body(
    session: Session, body: Body, facts: BodyFacts, *, last_meeting_on: date | None, now: datetime, actor: str
) -> Body:
    """Save what is written of the body. ``last_meeting_on``: the day of its last meeting, planned ones too.

    Raises RuleBroken as ``add_body``, and for an end before that day.
    """
    lock(session, body)
    if facts.ended_on is not None and last_meeting_on is not None and facts.ended_on < last_meeting_on:
        raise RuleBroken(
            "Organet har ett sammanträde den %(day)s. Ställ in det, eller välj en senare dag.",
            field="ended_on",
            day=last_meeting_on,
        )
    _write(session, body, facts)
    if session.is_modified(body):
        session.flush()
        record(session, "change", body, now=now, actor=actor, name=body.name)
    return body


def _write(session: Session, body: Body, facts: BodyFacts) -> None:
    name = required(facts.name, "Skriv organets namn.", "name")
    phrase = required(
        facts.decision_phrase, "Skriv orden före att-satserna, till exempel Styrelsen beslutar.", "phrase"
    )
    with session.no_autoflush:
        _must_be_free(session, body, name, facts.kind)
        body.kind, body.name, body.decision_phrase, body.ended_on = facts.kind, name, phrase, facts.ended_on


def _must_be_free(session: Session, body: Body, name: str, kind: BodyKind) -> None:
    others = [one for one in queries.bodies(session, body.association_id) if one.id != body.id]
    if any(one.name.casefold() == name.casefold() for one in others):
        raise RuleBroken("Det finns redan ett organ med det namnet.", field="name")
    if kind is BodyKind.BOARD and any(one.kind is BodyKind.BOARD for one in others):
        raise RuleBroken("Förbundet har redan en styrelse. Ett förbund har bara en.", field="kind")


# --- rules ----------------------------------------------------------------------------------------------------------


def add_rules(
    session: Session, body: Body, rules: BodyRules, *, last_meeting_on: date | None, now: datetime, actor: str
) -> BodyRule:
    """Let rules hold for the body from a day. ``last_meeting_on``: the day of its last meeting that has begun.

    Raises RuleBroken (several at once) for rules that do not add up, for a day that is not after that meeting, for one
    that has rules already, and for another numbering than a body has that shares the series.
    """
    lock(session, body)
    row = BodyRule(association_id=body.association_id, body_id=body.id)
    _check(session, body, row, rules, last_meeting_on)
    _fill(row, rules)
    session.add(row)
    session.flush()
    record(session, "add_rules", body, now=now, actor=actor, valid_from=rules.valid_from.isoformat())
    return row


def change_rules(
    session: Session,
    body: Body,
    row: BodyRule,
    rules: BodyRules,
    *,
    last_meeting_on: date | None,
    now: datetime,
    actor: str,
) -> BodyRule:
    """Mend rules that no meeting has been held by. Raises RuleBroken as ``add_rules``, and for rules that were used."""
    lock(session, body)
    session.refresh(row)
    if is_used(row, last_meeting_on):
        raise RuleBroken("Ett sammanträde har hållits enligt de här reglerna. Skriv nya regler från en senare dag.")
    _check(session, body, row, rules, last_meeting_on)
    row.party_seats.clear()
    # The old shares go before the new ones come, or one member would have two.
    session.flush()
    _fill(row, rules)
    session.flush()
    record(session, "change_rules", body, now=now, actor=actor, valid_from=rules.valid_from.isoformat())
    return row


def is_used(row: BodyRule, last_meeting_on: date | None) -> bool:
    """Whether a meeting was held by the rules, or may have been."""
    return last_meeting_on is not None and row.valid_from <= last_meeting_on


def as_rules(row: BodyRule) -> BodyRules:
    """The row as a value of the rules."""
    return BodyRules(
        valid_from=row.valid_from,
        seats=row.seats,
        notice_days=row.notice_days,
        verifiers=row.verifiers,
        source=row.source,
        vice_chairs=row.vice_chairs,
        numbering=row.numbering,
        first_number=row.first_number,
        substitute_order=row.substitute_order,
        shares=tuple(Share(one.member_organisation_id, one.members, one.substitutes) for one in row.party_seats),
    )


def _fill(row: BodyRule, rules: BodyRules) -> None:
    row.valid_from, row.seats, row.notice_days = rules.valid_from, rules.seats, rules.notice_days
    row.verifiers, row.vice_chairs, row.source = rules.verifiers, rules.vice_chairs, " ".join(rules.source.split())
    row.numbering, row.first_number = rules.numbering, rules.first_number
    row.substitute_order = rules.substitute_order
    row.party_seats = [
        PartySeats(
            association_id=row.association_id,
            member_organisation_id=share.member_organisation_id,
            members=share.members,
            substitutes=share.substitutes,
        )
        for share in rules.shares
        if share.members or share.substitutes
    ]


def _check(session: Session, body: Body, row: BodyRule, rules: BodyRules, last_meeting_on: date | None) -> None:
    check_rules(rules, body.kind)
    _check_members(session, body, rules)
    if last_meeting_on is not None and rules.valid_from <= last_meeting_on:
        raise RuleBroken(
            "Organet sammanträdde den %(day)s enligt dåvarande regler. Nya regler kan gälla tidigast dagen efter.",
            field="valid_from",
            day=last_meeting_on,
        )
    others = [one for one in queries.rules_of(session, body.id) if one.id != row.id]
    if any(one.valid_from == rules.valid_from for one in others):
        raise RuleBroken(
            "Det finns redan regler från den dagen. Ändra dem, eller välj en annan dag.", field="valid_from"
        )
    _check_numbering(session, body, others, rules)


def _check_members(session: Session, body: Body, rules: BodyRules) -> None:
    own = set(
        session.scalars(select(MemberOrganisation.id).where(MemberOrganisation.association_id == body.association_id))
    )
    if not {share.member_organisation_id for share in rules.shares} <= own:
        raise NotThere("Medlemmen finns inte.")


def _check_numbering(session: Session, body: Body, others: list[BodyRule], rules: BodyRules) -> None:
    before = next((one for one in others if one.valid_from < rules.valid_from), None)
    if before is not None and before.numbering is not rules.numbering and rules.valid_from.strftime("%m%d") != "0101":
        raise RuleBroken(
            "Byt sättet att numrera vid ett årsskifte: låt reglerna gälla från den 1 januari.", field="valid_from"
        )
    for other in queries.sharing(session, body):
        its = queries.rule_on(session, other.id, rules.valid_from)
        if its is not None and its.numbering is not rules.numbering:
            raise RuleBroken(
                "%(name)s har samma nummerserie och numrerar på ett annat sätt. Välj samma sätt här.",
                field="numbering",
                name=other.name,
            )
