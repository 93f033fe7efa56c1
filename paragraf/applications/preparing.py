"""Preparation of an application: opinions of preparatory bodies, and the checks that a person makes.

What can be computed is computed, in ``checks``; rows are only added, and the newest holds.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from paragraf.applications.checks import BY_A_PERSON, CheckKey
from paragraf.applications.locking import lock
from paragraf.applications.models import Application, CheckOutcome, Opinion, PreparationCheck, Verdict
from paragraf.core import log
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.people.models import Body, BodyKind

#: Bodies whose opinion prepares a decision.
PREPARING = frozenset({BodyKind.PREPARATORY_GROUP, BodyKind.STEERING_GROUP})
LONGEST_OPINION = 10_000
LONGEST_REMARK = 1000


def bodies(session: Session, association_id: int) -> list[Body]:
    """The bodies that may give an opinion, by name."""
    wanted = select(Body).where(Body.association_id == association_id, Body.kind.in_(PREPARING))
    return list(session.scalars(wanted.order_by(Body.name)))


def give_opinion(
    session: Session,
    application: Application,
    *,
    body: Body,
    verdict: Verdict,
    text: str,
    given_on: date,
    now: datetime,
    actor: str,
) -> Opinion:
    """Keep what a preparatory body said on a day; a body that says something else later has changed its opinion.

    Raises NotThere for another association's body, and RuleBroken for one that does not prepare, for a day that is
    ahead, and where an opinion that is not a plain endorsement does not say why.
    """
    _must_be_received(session, application)
    if body.association_id != application.association_id:
        raise NotThere("Organet finns inte.")
    if body.kind not in PREPARING:
        raise RuleBroken("%(body)s bereder inte ansökningar. Välj en beredande grupp.", field="body", body=body.name)
    if given_on > local_date(now):
        raise RuleBroken("Dagen kan inte ligga framåt i tiden.", field="given_on")
    told = text.replace("\r\n", "\n").strip()
    if not told and verdict is not Verdict.ENDORSE:
        raise RuleBroken("Skriv vad gruppen vill ändra, eller varför den avstyrker.", field="text")
    if len(told) > LONGEST_OPINION:
        raise RuleBroken("Yttrandet får vara högst %(most)s tecken.", field="text", most=LONGEST_OPINION)
    opinion = Opinion(
        association_id=application.association_id,
        application_id=application.id,
        body_id=body.id,
        verdict=verdict,
        text=told,
        given_on=given_on,
        recorded_at=now,
        recorded_by=actor,
    )
    session.add(opinion)
    session.flush()
    _log(session, application, f"opinion_{verdict.value}", now, actor, body=body.name, on=given_on.isoformat())
    return opinion


def opinions(session: Session, application: Application) -> list[Opinion]:
    """Every opinion, the latest first, with its body."""
    wanted = select(Opinion).where(Opinion.application_id == application.id).options(joinedload(Opinion.body))
    return list(session.scalars(wanted.order_by(Opinion.id.desc())))


def standing_opinions(session: Session, application: Application) -> list[Opinion]:
    """Of each body the newest, in the order of the days they were given."""
    newest: dict[int, Opinion] = {}
    for one in opinions(session, application):
        newest.setdefault(one.body_id, one)
    return sorted(newest.values(), key=lambda one: (one.given_on, one.id))


def make_check(
    session: Session,
    application: Application,
    *,
    key: str,
    outcome: CheckOutcome,
    remark: str,
    now: datetime,
    actor: str,
) -> PreparationCheck:
    """Keep how a check went that only a person can make; made anew, the newest holds.

    Raises NotThere for a check that there is not or that is computed, and RuleBroken for one that failed, or does not
    apply, without saying why.
    """
    _must_be_received(session, application)
    if key not in BY_A_PERSON:
        raise NotThere("Kontrollen finns inte.")
    told = " ".join(remark.split())
    if not told and outcome is not CheckOutcome.MET:
        raise RuleBroken("Skriv varför.", field=key)
    if len(told) > LONGEST_REMARK:
        raise RuleBroken("Anmärkningen får vara högst %(most)s tecken.", field=key, most=LONGEST_REMARK)
    made = PreparationCheck(
        association_id=application.association_id,
        application_id=application.id,
        key=CheckKey(key).value,
        outcome=outcome,
        remark=told,
        checked_at=now,
        checked_by=actor,
    )
    session.add(made)
    session.flush()
    _log(session, application, "check", now, actor, check=key, outcome=outcome.value)
    return made


def made_checks(session: Session, application: Application) -> dict[str, PreparationCheck]:
    """Of each check that a person has made the newest, by its key."""
    newest = (
        select(func.max(PreparationCheck.id))
        .where(PreparationCheck.application_id == application.id)
        .group_by(PreparationCheck.key)
    )
    rows = session.scalars(select(PreparationCheck).where(PreparationCheck.id.in_(newest)))
    return {row.key: row for row in rows}


def _must_be_received(session: Session, application: Application) -> None:
    lock(session, application)
    if application.submitted_at is None:
        raise RuleBroken("Ansökan är inte inlämnad än, så den kan inte beredas.")
    if application.withdrawn_at is not None:
        raise RuleBroken("Ansökan är återtagen, så ärendet är avslutat.")


def _log(session: Session, application: Application, verb: str, now: datetime, actor: str, **details: object) -> None:
    log.record(
        session,
        application.association_id,
        verb,
        "application",
        application.id,
        now=now,
        actor=actor,
        matter_id=application.matter_id,
        **details,
    )
