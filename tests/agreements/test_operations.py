"""An agreement's life: registered, amended, ended; its revisions planned ahead."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.agreements import queries
from paragraf.agreements.models import Agreement, AgreementParty
from paragraf.agreements.operations import amend_terms, end_agreement, plan_revisions, register_agreement
from paragraf.agreements.rules import AgreementState, NewParty
from paragraf.core import log
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.duties import operations as duties
from paragraf.duties.models import Duty, DutyRule, Reminder
from paragraf.duties.queries import open_duties
from paragraf.register.models import Matter
from tests.parts.world import NOW, World

on_sqlite = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
Register = Callable[..., Agreement]
Saying = Callable[..., dict[str, Any]]


def windows(session: Session, agreement: Agreement) -> list[tuple[date, date]]:
    """Effect and last day of the open notice windows."""
    return [
        (duty.event_on, duty.due_on)
        for duty in open_duties(session, agreement.association_id)
        if duty.rule_key == "notice_window"
    ]


# --- registered -----------------------------------------------------------------------------------------------------


def test_an_agreement_gets_a_register_number_and_its_revisions_are_planned(
    session: Session, register: Register
) -> None:
    agreement = register()
    assert agreement.matter is not None
    assert agreement.matter.register_number == "2026/1"
    assert agreement.matter.counterpart == "Norrdals kommun, Vuxenutbildningen, Region Norrdal"
    assert windows(session, agreement) == [
        (date(2027, 1, 1), date(2026, 11, 1)),
        (date(2028, 1, 1), date(2027, 11, 1)),
    ]
    assert {duty.matter_id for duty in open_duties(session, agreement.association_id)} == {agreement.matter_id}


def test_parties_may_be_changed_organisations_and_their_units(
    ruled: World, session: Session, register: Register, saying: Saying
) -> None:
    north = ruled.north
    agreement = register()
    kept = agreement.parties[1]
    amend_terms(session, agreement, **saying(parties=[NewParty(north.region.id), NewParty(north.state.id)]))
    assert [queries.party_name(party) for party in agreement.parties] == ["Region Norrdal", "Försäkringskassan"]
    assert agreement.parties[0] is kept
    assert session.scalar(select(func.count()).select_from(AgreementParty)) == 2


def test_bodies_to_be_told_may_be_changed(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    amend_terms(session, agreement, **saying(informed_bodies=[]))
    session.expire_all()
    assert agreement.informed_bodies == []


@on_sqlite
def test_another_associations_parties_units_and_bodies_are_not_there(
    ruled: World, register: Register, units: dict[int, int]
) -> None:
    north, south = ruled.north, ruled.south
    for foreign in (
        {"parties": [NewParty(south.region.id)]},
        {"parties": [NewParty(north.region.id, units[north.id])]},
        {"parties": [NewParty(north.municipality.id, units[south.id])]},
        {"informed_bodies": [south.board.id]},
    ):
        with pytest.raises(NotThere):
            register(**foreign)


@on_sqlite
def test_what_is_refused_takes_no_register_number(session: Session, register: Register) -> None:
    with pytest.raises(RuleBroken):
        register(title="   ")
    assert session.scalar(select(func.count()).select_from(Matter)) == 0
    assert register().matter_id is not None


@on_sqlite
def test_an_agreement_that_is_not_revised_has_no_duties(session: Session, register: Register) -> None:
    agreement = register(revised_yearly=False)
    assert open_duties(session, agreement.association_id) == []


@on_sqlite
def test_an_agreement_without_notice_time_has_a_decision_but_no_window(session: Session, register: Register) -> None:
    agreement = register(notice_months=0)
    assert {duty.rule_key for duty in open_duties(session, agreement.association_id)} == {"agreement_revision"}
    assert queries.at(agreement, NOW.date()).window is None


@on_sqlite
def test_an_agreement_from_a_leap_day_is_revised_on_the_last_of_february(session: Session, register: Register) -> None:
    agreement = register(in_force_from=date(2024, 2, 29), notice_months=3)
    assert windows(session, agreement)[:2] == [
        (date(2027, 2, 28), date(2026, 11, 28)),
        (date(2028, 2, 29), date(2027, 11, 29)),
    ]


@on_sqlite
def test_a_window_that_closed_before_the_agreement_was_entered_is_overdue_and_silent(
    session: Session, register: Register
) -> None:
    register(in_force_from=date(2023, 4, 1))
    late = session.scalars(
        select(Duty).where(Duty.event_on == date(2026, 4, 1), Duty.rule_key == "notice_window")
    ).one()
    assert late.due_on == date(2026, 2, 1)
    assert all(reminder.skipped_at == NOW for reminder in late.reminders)


# --- amended --------------------------------------------------------------------------------------------------------


def test_other_months_move_the_open_windows_and_tell_why(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    amend_terms(session, agreement, **saying(notice_months=3))
    assert windows(session, agreement) == [
        (date(2027, 1, 1), date(2026, 10, 1)),
        (date(2028, 1, 1), date(2027, 10, 1)),
    ]
    cancelled = session.scalars(select(Duty.cancel_reason).where(Duty.cancelled_at.is_not(None)))
    assert set(cancelled) == {"Sista dagen har ändrats"}


@on_sqlite
def test_another_first_day_moves_the_revisions(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    amend_terms(session, agreement, **saying(in_force_from=date(2023, 7, 1)))
    assert [effect for effect, _ in windows(session, agreement)] == [date(2026, 7, 1), date(2027, 7, 1)]
    cancelled = session.scalars(select(Duty.cancel_reason).where(Duty.cancelled_at.is_not(None)))
    assert set(cancelled) == {"Överenskommelsens villkor har ändrats"}


@on_sqlite
def test_a_last_day_ends_what_lies_after_it(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    amend_terms(session, agreement, **saying(in_force_until=date(2027, 6, 30)))
    assert [effect for effect, _ in windows(session, agreement)] == [date(2027, 1, 1)]


@on_sqlite
def test_what_is_done_is_not_lost_when_terms_change(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    finish_window(session, agreement)
    amend_terms(session, agreement, **saying(notice_months=3))
    assert [effect for effect, _ in windows(session, agreement)] == [date(2028, 1, 1)]


@on_sqlite
def test_what_is_overdue_stays_open_when_terms_change(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    after_new_year = datetime(2027, 1, 15, 9, 0, tzinfo=UTC)
    amend_terms(session, agreement, **saying(in_force_from=date(2023, 7, 1), now=after_new_year))
    assert [effect for effect, _ in windows(session, agreement)][:2] == [date(2027, 1, 1), date(2027, 7, 1)]


@on_sqlite
def test_the_log_tells_what_was_changed_from_what_to_what(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    amend_terms(session, agreement, **saying(title="Samverkan Syd", notice_months=3))
    entry = next(each for each in queries.history(session, agreement) if each.verb == "amend")
    assert entry.details["changes"] == {"title": ["Samverkan Norrdal", "Samverkan Syd"], "notice_months": [2, 3]}
    assert entry.actor == "Sonja Ekvall"


@on_sqlite
def test_a_refused_change_changes_nothing(session: Session, register: Register, saying: Saying) -> None:
    agreement = register()
    before = windows(session, agreement)
    with pytest.raises(RuleBroken):
        amend_terms(session, agreement, **saying(notice_months=99))
    assert (agreement.notice_months, windows(session, agreement)) == (2, before)


# --- ended ----------------------------------------------------------------------------------------------------------


def test_ending_cancels_all_open_duties_overdue_ones_too(session: Session, register: Register) -> None:
    agreement = register(in_force_from=date(2023, 4, 1))
    end_agreement(session, agreement, reason="Parterna har sagt upp den", now=NOW, actor="Sonja Ekvall")
    assert open_duties(session, agreement.association_id) == []
    assert queries.state(agreement, NOW.date()) is AgreementState.ENDED
    assert queries.at(agreement, NOW.date()).next_revision is None


@on_sqlite
def test_what_has_ended_can_neither_be_amended_nor_ended_again(
    session: Session, register: Register, saying: Saying
) -> None:
    agreement = register()
    end_agreement(session, agreement, reason="Uppsagd", now=NOW, actor="Sonja Ekvall")
    with pytest.raises(RuleBroken, match="har upphört"):
        amend_terms(session, agreement, **saying())
    with pytest.raises(RuleBroken, match="har upphört"):
        end_agreement(session, agreement, reason="Uppsagd", now=NOW, actor="Sonja Ekvall")


@on_sqlite
def test_what_has_run_out_can_not_be_amended(session: Session, register: Register, saying: Saying) -> None:
    agreement = register(in_force_until=date(2025, 12, 31))
    with pytest.raises(RuleBroken, match="har upphört"):
        amend_terms(session, agreement, **saying())


@on_sqlite
def test_ending_needs_a_reason(session: Session, register: Register) -> None:
    with pytest.raises(RuleBroken) as refused:
        end_agreement(session, register(), reason="  ", now=NOW, actor="Sonja Ekvall")
    assert refused.value.field == "reason"


# --- planned ahead --------------------------------------------------------------------------------------------------


@on_sqlite
def test_planning_again_the_same_day_changes_nothing(session: Session, register: Register) -> None:
    register()
    rows = [session.scalar(select(func.count()).select_from(model)) for model in (Duty, Reminder, log.LogEntry)]
    assert plan_revisions(session, now=NOW + timedelta(hours=5)) == 1
    assert [session.scalar(select(func.count()).select_from(model)) for model in (Duty, Reminder, log.LogEntry)] == rows


@on_sqlite
def test_year_after_year_every_reminder_of_the_coming_eighteen_months_is_a_row(
    session: Session, register: Register
) -> None:
    register()
    # 1 November less 30, 14 and 3 days; 31 December less 90 and 30.
    days = [(10, 2), (10, 18), (10, 29), (12, 1)]
    every = {date(year, month, day) for year in range(2026, 2040) for month, day in days}
    for quarter in range(40):
        now = NOW + timedelta(days=91 * quarter)
        plan_revisions(session, now=now)
        rows = set(session.scalars(select(Reminder.send_on)))
        assert {day for day in every if now.date() <= day <= (now + timedelta(days=548)).date()} <= rows
        assert rows <= every


@on_sqlite
def test_a_scheduler_that_slept_for_months_keeps_what_became_overdue(session: Session, register: Register) -> None:
    agreement = register()
    plan_revisions(session, now=datetime(2027, 8, 1, tzinfo=UTC))
    assert (date(2027, 1, 1), date(2026, 11, 1)) in windows(session, agreement)


@on_sqlite
def test_an_ended_agreement_is_not_planned(session: Session, register: Register) -> None:
    agreement = register()
    end_agreement(session, agreement, reason="Uppsagd", now=NOW, actor="Sonja Ekvall")
    assert plan_revisions(session, now=NOW + timedelta(days=400)) == 0
    assert windows(session, agreement) == []


@on_sqlite
def test_a_rule_that_the_association_changes_reaches_what_is_planned(session: Session, register: Register) -> None:
    agreement = register()
    rule = session.scalars(select(DutyRule).where(DutyRule.key == "notice_window").limit(1)).one()
    rule.valid_to = date(2027, 12, 31)
    session.flush()
    plan_revisions(session, now=NOW)
    assert [effect for effect, _ in windows(session, agreement)] == [date(2027, 1, 1)]


def test_several_schedulers_at_once_plan_once_and_none_fails(ruled: World, saying: Saying) -> None:
    for home, start in ((ruled.north, 1), (ruled.north, 3), (ruled.south, 5)):
        with ruled.database.writing() as session:
            register_agreement(
                session,
                association_id=home.id,
                **saying(
                    in_force_from=date(2023, start, 1),
                    parties=[NewParty(home.region.id)],
                    informed_bodies=[home.board.id],
                ),
            )
    together = threading.Barrier(4)
    planned: list[int] = []

    def wake() -> None:
        together.wait()
        for year in range(1, 4):
            with ruled.database.writing() as session:
                planned.append(plan_revisions(session, now=NOW + timedelta(days=366 * year)))

    threads = [threading.Thread(target=wake) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert planned == [3] * 12
    with ruled.database.reading() as session:
        once = select(func.count()).select_from(Duty).group_by(Duty.rule_key, Duty.subject_id, Duty.event_on)
        assert set(session.scalars(once)) == {1}


# --- read -----------------------------------------------------------------------------------------------------------


@on_sqlite
def test_the_list_shows_each_with_its_next_revision_and_window(
    ruled: World, session: Session, register: Register
) -> None:
    register(title="Samverkan Väst", in_force_from=date(2023, 4, 1))
    register(title="Samverkan Öst")
    register(title="Kommande", in_force_from=date(2026, 7, 1))
    register(title="Avslutad", in_force_until=date(2025, 12, 31))
    found = queries.agreements(session, ruled.north.id, today=NOW.date())
    assert [(each.agreement.title, each.state.value, each.next_revision, each.window_open) for each in found] == [
        ("Samverkan Väst", "in_force", date(2026, 4, 1), False),
        ("Samverkan Öst", "in_force", date(2027, 1, 1), True),
        ("Kommande", "not_yet", date(2027, 7, 1), True),
        ("Avslutad", "ended", None, False),
    ]


@on_sqlite
def test_another_association_sees_none_of_it(ruled: World, session: Session, register: Register) -> None:
    agreement = register()
    assert queries.agreements(session, ruled.south.id, today=NOW.date()) == []
    with pytest.raises(NotThere):
        queries.agreement(session, ruled.south.id, agreement.id)
    assert queries.agreement(session, ruled.north.id, agreement.id) is agreement


def finish_window(session: Session, agreement: Agreement) -> None:
    duties.finish(
        session,
        association_id=agreement.association_id,
        rule_key="notice_window",
        subject="agreement",
        subject_id=agreement.id,
        now=NOW,
        actor="Sonja Ekvall",
    )
