"""Funding in the demonstration: forms, a call, funds, an application being prepared, a grant that is paid."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from sqlalchemy.orm import Session

from paragraf.applications import notes, participants, preparing, queries, rounds
from paragraf.applications.checks import CheckKey
from paragraf.applications.completing import completions
from paragraf.applications.completing.completion_rules import Asked
from paragraf.applications.filled import filled
from paragraf.applications.models import Application, CheckOutcome, LatePolicy, ParticipantRole, Verdict
from paragraf.applications.offered.call_rules import NewCall
from paragraf.applications.offered.calling import make_call
from paragraf.applications.offered.publishing import open_forms
from paragraf.applications.operations import add_entry, publish_form, save_section, start
from paragraf.core.database import Database
from paragraf.core.dates import local_date, utc_moment, working_day_on_or_before
from paragraf.demonstration import process
from paragraf.demonstration.minutes import sign_as_on_the_page
from paragraf.demonstration.people import Settled
from paragraf.grants import claims, payments
from paragraf.grants import operations as grants
from paragraf.grants import queries as granted
from paragraf.grants.models import ConditionOutcome
from paragraf.grants.overview import funds
from paragraf.questions.fields import collect
from paragraf.questions.shipped import keys, shipped
from paragraf.register.models import Matter

KRONA = 100


def publish(session: Session, settled: Settled, now: datetime, actor: str) -> None:
    """Offer every form that comes with the program."""
    for key in keys():
        publish_form(session, association_id=settled.id, source_text=shipped(key), now=now, actor=actor)


def set_funds(session: Session, settled: Settled, today: date, now: datetime, actor: str) -> None:
    """What the board has set aside this year and the two next, and how much own capital it should have at most."""
    for year, budget in ((today.year, 2_400_000), (today.year + 1, 3_600_000), (today.year + 2, 3_700_000)):
        funds.record_funds(
            session,
            settled.id,
            year=year,
            budget_ore=budget * KRONA,
            income_ore=6_100_000 * KRONA if year == today.year else None,
            own_capital_ore=1_480_000 * KRONA if year == today.year else None,
            decided_on=date(today.year - 1, 11, 24),
            source="styrelsens budgetbeslut",
            now=now,
            actor=actor,
        )
    funds.set_cap(
        session,
        settled.id,
        valid_from=date(today.year - 1, 1, 1),
        share=2000,
        amount_ore=None,
        source="rekommendation till samordningsförbund",
        now=now,
        actor=actor,
    )


def open_call(session: Session, settled: Settled, now: datetime, actor: str) -> None:
    """A call on the process application: open since three weeks, for three more."""
    version = next(one for one in open_forms(session, settled.id) if one.family.key == "application_b")
    opened = now - timedelta(days=21)
    first = now.year + 1
    new = NewCall(
        title=f"Gemensamma processer {first}–{first + 3}",
        information="För minst två huvudmän som vill utveckla ett gemensamt arbetssätt. Ring gärna innan ni börjar.",
        opens_at=opened,
        last_moment=utc_moment(working_day_on_or_before(local_date(now) + timedelta(days=21)), time(16, 0)),
        late_policy=LatePolicy.MARK,
        earliest=date(first, 1, 1),
        latest=date(first + 3, 12, 31),
        remind_days=(10, 2),
    )
    make_call(session, version.family, new, now=opened, actor=actor)


def apply_together(database: Database, settled: Settled, now: datetime) -> int:
    """Two parties write a process application, sign it each on their own, and it is received; its id."""
    begun, sent = now - timedelta(days=15), utc_moment(local_date(now) - timedelta(days=9), time(9, 10))
    with database.writing() as session:
        application = _write(session, settled, begun)
        out = rounds.send_for_signing(session, application, version=application.version, now=sent)
        application_id, signatories = application.id, [one.id for one in out.signatories]
    for place, signatory_id in enumerate(signatories, start=1):
        sign_as_on_the_page(database, signatory_id, sent + timedelta(hours=2 * place))
    return application_id


def _write(session: Session, settled: Settled, now: datetime) -> Application:
    application = start(
        session,
        association=settled.association,
        family_key="application_b",
        email=process.WRITER,
        language="sv",
        now=now,
    )
    participants.invite(
        session,
        application,
        role=ParticipantRole.WRITER,
        email="mona.kvist@sjoas.example",
        name="Mona Kvist",
        organisation="Sjöås kommun",
        now=now,
    )
    add_entry(session, application, "annex", now=now)
    typed = process.answers(settled, now.year + 1)
    for section in filled(session, application, local_date(now)).form.sections:
        save_section(
            session,
            application,
            section_id=section.id,
            raw=collect(section, typed),
            base_version=application.version,
            now=now,
        )
    return application


def prepare(session: Session, settled: Settled, application_id: int, now: datetime, actor: str) -> None:
    """The office and the steering group have looked at it; one thing is asked for."""
    application, today = session.get_one(Application, application_id), local_date(now)
    preparing.give_opinion(
        session,
        application,
        body=session.merge(settled.steering_group),
        verdict=Verdict.ENDORSE_WITH_CHANGES,
        text="Processen svarar mot behoven. Utvärderingen bör börja redan det första året.",
        given_on=today - timedelta(days=3),
        now=now - timedelta(days=3),
        actor=actor,
    )
    preparing.make_check(
        session,
        application,
        key=CheckKey.EXTRA_COSTS,
        outcome=CheckOutcome.MET,
        remark="Bara nya tjänster och lokaler.",
        now=now - timedelta(days=2),
        actor=actor,
    )
    notes.write(
        session, application, text="Ring Ivar på regionen om teamets lokaler.", now=now - timedelta(days=2), actor=actor
    )
    completions.ask(
        session,
        application,
        questions=[Asked("risks", "Vad gör ni om Arbetsförmedlingen inte kan vara med från start?")],
        message="Styrgruppen vill läsa svaret före sitt nästa möte.",
        due_on=today + timedelta(days=8),
        now=now - timedelta(days=2),
        actor=actor,
    )


def follow_grant(session: Session, settled: Settled, matter: Matter, now: datetime, actor: str) -> None:
    """The condition of the year's grant is met, its payments are planned, and the first money is claimed."""
    application = queries.application_of_matter(session, settled.id, matter.id)
    if application is None:
        raise ValueError("the demonstration's first application is gone")
    (grant,) = granted.grants_of(session, application)
    told = now - timedelta(days=8)
    for condition in grant.conditions:
        grants.settle_condition(
            session, condition, outcome=ConditionOutcome.MET, day=local_date(told), now=told, actor=actor
        )
    payments.propose_plan(session, grant, a_year=2, now=told + timedelta(hours=1), actor=actor)
    claim = claims.make_claim(
        session,
        grant,
        year=grant.years[0].year,
        amount_ore=45_000 * KRONA,
        text="Samordnarens lön och lokalens första månad.",
        claimed_by=application.email,
        now=now - timedelta(days=6),
    )
    claims.approve_claim(session, claim, now=now - timedelta(days=5), actor=actor)
    claims.pay_claim(
        session, claim, paid_on=local_date(now - timedelta(days=4)), now=now - timedelta(days=4), actor=actor
    )
