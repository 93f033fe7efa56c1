"""From events to duties and reminders in the rows: planned once, replanned when facts change, done and cancelled."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import NotThere
from paragraf.duties import operations, queries
from paragraf.duties.models import Anchor, Duty, DutyRule, Reminder
from paragraf.duties.rules import Event
from paragraf.duties.standard_rules import STANDARD_RULES
from paragraf.people.models import Capacity, Mandate, Person, Role, RoleKind
from tests.parts.world import NOW, SINCE, World

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)

ACTOR = "Sonja Ekvall"


def days_of(duty: Duty, person: Person) -> list[date]:
    return [reminder.send_on for reminder in duty.reminders if reminder.recipient_id == person.id]


def by_key(duties: list[Duty]) -> dict[str, Duty]:
    return {duty.rule_key: duty for duty in duties}


def rule(session: Session, world: World, key: str) -> DutyRule:
    found = session.scalar(select(DutyRule).where(DutyRule.association_id == world.north.id, DutyRule.key == key))
    assert found is not None
    return found


# --- the standard rules ---------------------------------------------------------------------------------------------


def test_the_standard_rules_are_adopted_once_and_own_rules_stand(ruled: World, session: Session) -> None:
    rule(session, ruled, "meeting").remind_days = [21]
    assert operations.adopt_standard_rules(session, ruled.north.id, valid_from=date(2026, 1, 1)) == []
    assert rule(session, ruled, "meeting").remind_days == [21]
    assert session.scalar(select(func.count()).select_from(DutyRule)) == len(STANDARD_RULES)


def test_every_standard_rule_tells_its_source(session: Session) -> None:
    sources = {each.key: each.source for each in session.scalars(select(DutyRule))}
    assert "KL 5 kap. 69 §" in sources["minutes_verification"]
    assert "KL 8 kap. 12 §" in sources["notice_posting"]
    assert all(sources.values())


# --- planning -------------------------------------------------------------------------------------------------------


def test_a_revision_gives_a_decision_and_a_notice_window(ruled: World, session: Session, revision: Event) -> None:
    duties = by_key(operations.plan(session, revision, now=NOW))
    decision, window = duties["agreement_revision"], duties["notice_window"]
    assert (decision.due_on, decision.recommended_on) == (date(2026, 12, 31), date(2026, 12, 30))
    assert (window.due_on, window.recommended_on) == (date(2026, 11, 1), date(2026, 10, 30))
    for person in (ruled.north.chair, ruled.north.secretary):
        assert days_of(decision, person) == [date(2026, 10, 2), date(2026, 12, 1)]
        assert days_of(window, person) == [date(2026, 10, 2), date(2026, 10, 18), date(2026, 10, 29)]
    assert len(window.reminders) == 6
    assert window.title == "Meddela ändringar: Samverkan Norrdal"


def test_a_meeting_reminds_its_bodys_chair_and_the_secretary(ruled: World, session: Session, meeting: Event) -> None:
    [duty] = operations.plan(session, meeting, now=NOW)
    assert duty.due_on == meeting.on
    assert days_of(duty, ruled.north.chair) == [date(2026, 3, 12), date(2026, 3, 18)]
    assert {reminder.recipient_id for reminder in duty.reminders} == {ruled.north.chair.id, ruled.north.secretary.id}


def test_verification_and_posting_are_statutory(session: Session, meeting: Event) -> None:
    held = replace(meeting, anchor=Anchor.MEETING_HELD, on=date(2026, 12, 11))
    [verification] = operations.plan(session, held, now=NOW)
    assert verification.due_on == date(2026, 12, 28)  # 14 days are up on 25 December, a Friday.
    [posting] = operations.plan(session, replace(held, anchor=Anchor.MINUTES_VERIFIED), now=NOW)
    assert posting.due_on == date(2026, 12, 14)  # The second day is a Sunday.


def test_a_commission_reminds_whom_it_was_given_to(ruled: World, session: Session, commission: Event) -> None:
    [duty] = operations.plan(session, commission, now=NOW)
    assert {reminder.recipient_id for reminder in duty.reminders} == {ruled.north.member.id}
    assert days_of(duty, ruled.north.member) == [date(2026, 3, 2), date(2026, 3, 25), date(2026, 4, 1)]


def test_a_person_of_another_association_is_never_reminded(ruled: World, session: Session, commission: Event) -> None:
    foreign = replace(commission, responsible=(ruled.south.member.id, ruled.north.member.id))
    [duty] = operations.plan(session, foreign, now=NOW)
    assert {reminder.recipient_id for reminder in duty.reminders} == {ruled.north.member.id}


def test_where_nobody_holds_the_place_the_office_is_reminded(ruled: World, session: Session, commission: Event) -> None:
    [duty] = operations.plan(session, replace(commission, responsible=()), now=NOW)
    assert {reminder.recipient_id for reminder in duty.reminders} == {ruled.north.secretary.id}


def test_a_rule_may_remind_all_members_of_a_body(ruled: World, session: Session, meeting: Event) -> None:
    rule(session, ruled, "meeting").recipients = ["members"]
    [duty] = operations.plan(session, meeting, now=NOW)
    seated = {mandate.person_id for mandate in ruled.north.mandates.values()}
    assert {reminder.recipient_id for reminder in duty.reminders} == seated


def test_one_person_in_two_places_gets_one_reminder_a_day(ruled: World, session: Session, revision: Event) -> None:
    session.add(
        Role(association_id=ruled.north.id, person_id=ruled.north.chair.id, kind=RoleKind.SECRETARY, starts_on=SINCE)
    )
    window = by_key(operations.plan(session, revision, now=NOW))["notice_window"]
    assert len(days_of(window, ruled.north.chair)) == 3


def test_planning_the_same_event_again_changes_nothing(session: Session, revision: Event) -> None:
    first = operations.plan(session, revision, now=NOW)
    entries = session.scalar(select(func.count()).select_from(log.LogEntry))
    assert operations.plan(session, revision, now=NOW + timedelta(days=3)) == first
    assert session.scalar(select(func.count()).select_from(Reminder)) == 10
    assert session.scalar(select(func.count()).select_from(log.LogEntry)) == entries


def test_an_association_without_rules_gets_no_duties(ruled: World, session: Session, revision: Event) -> None:
    foreign = replace(revision, association_id=ruled.south.id)
    assert operations.plan(session, foreign, now=NOW) == []


def test_a_rule_that_does_not_hold_on_the_events_day_gives_no_duty(
    ruled: World, session: Session, revision: Event
) -> None:
    rule(session, ruled, "notice_window").valid_to = date(2026, 12, 31)
    assert set(by_key(operations.plan(session, revision, now=NOW))) == {"agreement_revision"}


def test_days_that_had_passed_when_the_duty_became_known_are_rows_that_say_so(
    ruled: World, session: Session, revision: Event
) -> None:
    late = datetime(2026, 10, 18, 6, 0, tzinfo=UTC)
    window = by_key(operations.plan(session, revision, now=late))["notice_window"]
    chairs = [each for each in window.reminders if each.recipient_id == ruled.north.chair.id]
    assert [each.skipped_at for each in chairs] == [late, None, None]
    assert chairs[0].skip_reason == "Dagen hade passerat när uppgiften blev känd"


def test_a_window_that_has_closed_is_a_duty_with_no_reminder_left(session: Session, revision: Event) -> None:
    too_late = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    window = by_key(operations.plan(session, revision, now=too_late))["notice_window"]
    assert all(reminder.skipped_at == too_late for reminder in window.reminders)


# --- facts that change ----------------------------------------------------------------------------------------------


def test_other_notice_months_cancel_the_open_duty_and_make_a_new_one(session: Session, revision: Event) -> None:
    before = by_key(operations.plan(session, revision, now=NOW))
    after = by_key(operations.plan(session, replace(revision, notice_months=3), now=NOW))
    assert after["agreement_revision"] is before["agreement_revision"]
    assert after["notice_window"].due_on == date(2026, 10, 1)
    assert before["notice_window"].cancel_reason == "Sista dagen har ändrats"


def test_what_is_done_stays_done_when_its_last_day_changes(session: Session, revision: Event) -> None:
    window = by_key(operations.plan(session, revision, now=NOW))["notice_window"]
    finish(session, revision, "notice_window")
    again = by_key(operations.plan(session, replace(revision, notice_months=3), now=NOW))
    assert again["notice_window"] is window
    assert window.due_on == date(2026, 11, 1)


def test_a_new_name_reaches_the_open_duty(session: Session, revision: Event) -> None:
    [duty, _] = operations.plan(session, revision, now=NOW)
    operations.plan(session, replace(revision, title="Samverkan Syd"), now=NOW)
    assert duty.title.endswith(": Samverkan Syd")


def test_a_meeting_that_moves_takes_its_duty_with_it(session: Session, meeting: Event) -> None:
    [before] = operations.plan(session, meeting, now=NOW)
    moved = replace(meeting, on=date(2026, 3, 26))
    [after] = operations.move(session, moved, reason="Flyttat", now=NOW, actor=ACTOR)
    assert (before.cancelled_at, before.cancel_reason) == (NOW, "Flyttat")
    assert (after.due_on, after.cancelled_at) == (date(2026, 3, 26), None)


def test_a_meeting_that_moves_back_revives_its_first_duty(session: Session, meeting: Event) -> None:
    [first] = operations.plan(session, meeting, now=NOW)
    operations.move(session, replace(meeting, on=date(2026, 3, 26)), reason="Flyttat", now=NOW, actor=ACTOR)
    [again] = operations.move(session, meeting, reason="Flyttat", now=NOW, actor=ACTOR)
    assert again is first
    assert (first.cancelled_at, first.cancel_reason) == (None, None)
    assert len(first.reminders) == 4
    about = select(log.LogEntry.verb).where(log.LogEntry.subject == "meeting").order_by(log.LogEntry.sequence)
    assert list(session.scalars(about)) == ["plan_duty", "plan_duty", "cancel_duty", "revive_duty", "cancel_duty"]


def test_a_move_leaves_duties_of_other_anchors_alone(session: Session, meeting: Event) -> None:
    [held] = operations.plan(session, replace(meeting, anchor=Anchor.MEETING_HELD), now=NOW)
    operations.move(session, replace(meeting, on=date(2026, 3, 26)), reason="Flyttat", now=NOW, actor=ACTOR)
    assert held.cancelled_at is None


def test_two_meeting_days_whose_fortnights_end_together_are_two_duties(session: Session, meeting: Event) -> None:
    before_easter_eve, before_easter_day = date(2026, 3, 21), date(2026, 3, 22)
    held = replace(meeting, anchor=Anchor.MEETING_HELD, on=before_easter_eve)
    [first] = operations.plan(session, held, now=NOW)
    [second] = operations.move(session, replace(held, on=before_easter_day), reason="Flyttat", now=NOW, actor=ACTOR)
    assert first.due_on == second.due_on == date(2026, 4, 7)
    assert first.cancelled_at == NOW
    assert second.cancelled_at is None


# --- done and cancelled ---------------------------------------------------------------------------------------------


def finish(session: Session, event: Event, key: str, **more: date) -> Duty | None:
    return operations.finish(
        session,
        association_id=event.association_id,
        rule_key=key,
        subject=event.subject,
        subject_id=event.subject_id,
        now=NOW,
        actor=ACTOR,
        **more,
    )


def test_finishing_takes_the_most_pressing_open_duty(session: Session, revision: Event) -> None:
    next_year = replace(revision, on=date(2028, 1, 1))
    for event in (next_year, revision):
        operations.plan(session, event, now=NOW)
    finished = [finish(session, revision, "agreement_revision") for _ in range(3)]
    assert [duty and duty.event_on for duty in finished] == [date(2027, 1, 1), date(2028, 1, 1), None]
    assert finished[0] is not None
    assert (finished[0].done_at, finished[0].done_by) == (NOW, ACTOR)


def test_finishing_can_name_the_event(session: Session, revision: Event) -> None:
    for event in (revision, replace(revision, on=date(2028, 1, 1))):
        operations.plan(session, event, now=NOW)
    duty = finish(session, revision, "agreement_revision", event_on=date(2028, 1, 1))
    assert duty is not None
    assert duty.event_on == date(2028, 1, 1)


def test_finishing_what_is_not_open_is_no_error(session: Session, revision: Event) -> None:
    assert finish(session, revision, "agreement_revision") is None


def test_finishing_one_rule_leaves_the_others_open(session: Session, revision: Event) -> None:
    operations.plan(session, revision, now=NOW)
    finish(session, revision, "agreement_revision")
    [left] = queries.open_duties(session, revision.association_id)
    assert left.rule_key == "notice_window"


def test_cancelling_tells_why_and_leaves_what_is_done(session: Session, revision: Event) -> None:
    operations.plan(session, revision, now=NOW)
    done = finish(session, revision, "agreement_revision")
    [cancelled] = operations.cancel(
        session,
        association_id=revision.association_id,
        subject=revision.subject,
        subject_id=revision.subject_id,
        reason="Överenskommelsen har upphört",
        now=NOW,
        actor=ACTOR,
    )
    assert (cancelled.rule_key, cancelled.cancel_reason) == ("notice_window", "Överenskommelsen har upphört")
    assert done is not None
    assert done.cancelled_at is None
    entry = session.scalar(select(log.LogEntry).where(log.LogEntry.verb == "cancel_duty"))
    assert entry is not None
    assert entry.details["reason"] == "Överenskommelsen har upphört"
    assert entry.actor == ACTOR


def test_cancelling_one_rule_leaves_the_others(session: Session, revision: Event) -> None:
    operations.plan(session, revision, now=NOW)
    operations.cancel(
        session,
        association_id=revision.association_id,
        subject=revision.subject,
        subject_id=revision.subject_id,
        rule_key="notice_window",
        reason="Ingen ändring",
        now=NOW,
        actor=ACTOR,
    )
    assert [duty.rule_key for duty in queries.open_duties(session, revision.association_id)] == ["agreement_revision"]


def test_cancelling_in_one_association_touches_no_other(ruled: World, session: Session, revision: Event) -> None:
    operations.plan(session, revision, now=NOW)
    cancelled = operations.cancel(
        session,
        association_id=ruled.south.id,
        subject=revision.subject,
        subject_id=revision.subject_id,
        reason="Fel förbund",
        now=NOW,
        actor=ACTOR,
    )
    assert cancelled == []
    assert len(queries.open_duties(session, ruled.north.id)) == 2


# --- day by day -----------------------------------------------------------------------------------------------------


def succeed(session: Session, world: World, day: date) -> Person:
    """From ``day`` the vice chair is chair of the north's board."""
    north = world.north
    session.get_one(Mandate, north.mandates["chair"].id).ends_on = day - timedelta(days=1)
    session.add(
        Mandate(
            association_id=north.id,
            body_id=north.board.id,
            person_id=north.vice_chair.id,
            member_organisation_id=north.region.id,
            capacity=Capacity.CHAIR,
            starts_on=day,
        )
    )
    session.flush()
    return north.vice_chair


def test_a_new_chair_gets_the_reminders_to_come(ruled: World, session: Session, revision: Event) -> None:
    window = by_key(operations.plan(session, revision, now=NOW))["notice_window"]
    new_chair = succeed(session, ruled, date(2026, 10, 10))
    assert operations.keep_up(session, now=NOW) == 0
    october = datetime(2026, 10, 18, 4, 0, tzinfo=UTC)
    assert operations.keep_up(session, now=october) == 2
    assert operations.keep_up(session, now=october) == 0
    assert days_of(window, new_chair) == [date(2026, 10, 18), date(2026, 10, 29)]


def test_the_old_chair_no_longer_owns_the_duty(ruled: World, session: Session, revision: Event) -> None:
    operations.plan(session, revision, now=NOW)
    new_chair = succeed(session, ruled, date(2026, 10, 10))
    for today, owner, other in (
        (date(2026, 10, 9), ruled.north.chair, new_chair),
        (date(2026, 10, 10), new_chair, ruled.north.chair),
    ):
        assert len(queries.own_duties(session, ruled.north.id, owner.id, today=today)) == 2
        assert queries.own_duties(session, ruled.north.id, other.id, today=today) == []


def test_what_was_to_be_prepared_for_a_meeting_is_over_when_its_day_is(session: Session, meeting: Event) -> None:
    [duty] = operations.plan(session, meeting, now=NOW)
    assert operations.keep_up(session, now=datetime(2026, 3, 19, 20, 0, tzinfo=UTC)) == 0
    assert operations.keep_up(session, now=datetime(2026, 3, 20, 1, 0, tzinfo=UTC)) == 1
    assert (duty.done_by, queries.open_duties(session, meeting.association_id)) == ("Paragraf", [])


def test_a_duty_of_another_association_is_not_there(ruled: World, session: Session, meeting: Event) -> None:
    [duty] = operations.plan(session, meeting, now=NOW)
    assert queries.duty(session, ruled.north.id, duty.id) is duty
    with pytest.raises(NotThere):
        queries.duty(session, ruled.south.id, duty.id)
    assert queries.open_duties(session, ruled.south.id) == []
