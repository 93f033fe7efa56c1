"""Calls: when a form can be begun, which periods fit, who is reminded, what is late."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations, reminding
from paragraf.applications.filled import filled
from paragraf.applications.models import ApplicantReminder, Application, FundingCall, LatePolicy
from paragraf.applications.offered import calling, calls
from paragraf.applications.offered.call_rules import NewCall
from paragraf.applications.offered.calls import CallClosed
from paragraf.applications.offered.publishing import family_for_key, publish_form
from paragraf.chain import REMINDED
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.models import FormFamily
from tests.applications.acting import EMAIL, begin, fill_in, letters, save, whole_answers
from tests.parts.world import NOW, Home, World

#: Open for thirty days from tomorrow morning.
NEW = NewCall(
    title="Medel till insatser",
    information="Sök för högst två år.",
    opens_at=NOW + timedelta(days=1),
    last_moment=NOW + timedelta(days=31),
    late_policy=LatePolicy.REFUSE,
    earliest=date(2026, 9, 1),
    latest=date(2027, 12, 31),
    remind_days=(10, 2),
)
INSIDE = NOW + timedelta(days=2)
AFTER = NEW.closes_at


@pytest.fixture
def family(session: Session, home: Home) -> FormFamily:
    return family_for_key(session, home.id, "application_a")


@pytest.fixture
def call(session: Session, family: FormFamily) -> FundingCall:
    return calling.make_call(session, family, NEW, now=NOW, actor="Sonja")


def begin_at(session: Session, home: Home, moment: datetime, call_id: int | None = None) -> Application:
    return operations.start(
        session,
        association=home.association,
        family_key="application_a",
        email=EMAIL,
        language="sv",
        now=moment,
        call_id=call_id,
    )


def submit_at(session: Session, application: Application, moment: datetime) -> None:
    operations.submit(session, application, version=application.version, now=moment)


def waiting(session: Session) -> list[date]:
    wanted = select(ApplicantReminder.send_on).where(ApplicantReminder.skipped_at.is_(None))
    return sorted(session.scalars(wanted))


def test_a_form_without_calls_can_always_be_begun(session: Session, home: Home) -> None:
    application = begin(session, home)
    assert application.call is None
    assert [offer.choice for offer in calls.offers(session, home.id, NOW)] == ["application_a"]
    assert calls.coming(session, home.id, NOW) == []


def test_a_form_with_a_call_can_be_begun_only_while_it_is_open(session: Session, home: Home, call: FundingCall) -> None:
    assert calls.offers(session, home.id, NOW) == []
    assert calls.coming(session, home.id, NOW) == [call]
    for moment in (NOW, AFTER):
        with pytest.raises(RuleBroken, match="inte öppen"):
            begin_at(session, home, moment)
    [offer] = calls.offers(session, home.id, INSIDE)
    assert (offer.call, offer.choice) == (call, f"application_a.{call.id}")
    assert begin_at(session, home, INSIDE).call is call
    assert calls.coming(session, home.id, INSIDE) == []


def test_of_several_open_calls_one_is_chosen(
    session: Session, home: Home, family: FormFamily, call: FundingCall
) -> None:
    other = calling.make_call(session, family, replace(NEW, title="Små insatser"), now=NOW, actor="Sonja")
    assert {offer.call for offer in calls.offers(session, home.id, INSIDE)} == {call, other}
    with pytest.raises(RuleBroken, match="Välj vilken"):
        begin_at(session, home, INSIDE)
    assert begin_at(session, home, INSIDE, other.id).call is other
    with pytest.raises(NotThere):
        begin_at(session, home, INSIDE, 9_999)


def test_another_associations_call_is_not_there(session: Session, world: World, call: FundingCall) -> None:
    with pytest.raises(NotThere):
        calls.find_call(session, world.south.id, call.id)
    assert calls.all_calls(session, world.south.id) == []
    assert [offer.call for offer in calls.offers(session, world.south.id, INSIDE)] == [None]


def test_a_cancelled_call_binds_the_form_no_longer(session: Session, home: Home, call: FundingCall) -> None:
    calling.cancel_call(session, call, now=NOW, actor="Sonja")
    assert [offer.call for offer in calls.offers(session, home.id, INSIDE)] == [None]
    assert begin_at(session, home, INSIDE).call is None


def test_the_period_must_lie_within_the_programme(session: Session, home: Home, call: FundingCall) -> None:
    application = begin_at(session, home, INSIDE)
    save(session, application, "operation", {})
    for typed, told in (
        ({"start": "2026-08-31", "end": "2027-12-31"}, "tidigast"),
        ({"start": "2026-09-01", "end": "2028-01-01"}, "senast"),
    ):
        fill_in(session, application, whole_answers(home) | {"period": typed})
        problems = [one for one in filled(session, application, INSIDE.date()).problems if one.question_id == "period"]
        assert [told in str(one) for one in problems] == [True]
    fill_in(session, application, whole_answers(home) | {"period": {"start": "2026-09-01", "end": "2027-12-31"}})
    assert not [one for one in filled(session, application, INSIDE.date()).problems if one.question_id == "period"]


def complete(session: Session, home: Home, moment: datetime = INSIDE) -> Application:
    application = begin_at(session, home, moment)
    fill_in(session, application, whole_answers(home))
    return application


def test_in_the_last_minute_it_is_received(session: Session, home: Home, call: FundingCall) -> None:
    application = complete(session, home)
    submit_at(session, application, AFTER - timedelta(seconds=1))
    assert application.matter is not None
    assert not calls.is_late(application)


def test_a_late_one_is_refused_with_whom_to_ask_and_nothing_is_lost(
    session: Session, home: Home, call: FundingCall
) -> None:
    application = complete(session, home)
    with pytest.raises(CallClosed) as closed:
        submit_at(session, application, AFTER)
    assert home.association.email in str(closed.value)
    assert application.matter is None
    assert filled(session, application, AFTER.date()).facts.title == "Stegvis"
    save(session, application, "operation", {"name": "Stegvis igen"})


def test_a_late_one_is_marked_when_the_call_says_so(session: Session, home: Home, call: FundingCall) -> None:
    application = complete(session, home)
    calling.change_call(session, call, replace(NEW, late_policy=LatePolicy.MARK), now=INSIDE, actor="Sonja")
    submit_at(session, application, AFTER)
    assert application.matter is not None
    assert calls.is_late(application)


def test_nothing_is_taken_in_for_a_cancelled_call(session: Session, home: Home, call: FundingCall) -> None:
    application = complete(session, home)
    calling.cancel_call(session, call, now=INSIDE, actor="Sonja")
    calling.cancel_call(session, call, now=INSIDE, actor="Sonja")
    with pytest.raises(CallClosed, match="inställd"):
        submit_at(session, application, INSIDE)
    [letter] = letters(session, "call_cancelled")
    assert (letter.to_address, call.title in letter.subject) == (EMAIL, True)
    assert waiting(session) == []


def test_reminders_follow_the_closing(session: Session, home: Home, call: FundingCall) -> None:
    """Closing on Thursday 2 April 2026; moved to Wednesday 15 April, past Easter."""
    begin_at(session, home, INSIDE)
    assert waiting(session) == [date(2026, 3, 19), date(2026, 3, 31)]
    moved = replace(NEW, last_moment=NEW.last_moment + timedelta(days=13))
    calling.change_call(session, call, moved, now=INSIDE, actor="Sonja")
    assert waiting(session) == [date(2026, 3, 30), date(2026, 4, 13)]
    [letter] = letters(session, "call_moved")
    assert "15 april 2026" in letter.subject
    calling.change_call(session, call, replace(moved, title="Samma dag"), now=INSIDE, actor="Sonja")
    assert len(letters(session, "call_moved")) == 1


def send(session: Session, moment: datetime) -> int:
    return reminding.queue_due(session, writers=REMINDED, now=moment, limit=10)


def test_who_has_not_handed_in_is_reminded_once_a_day(session: Session, home: Home, call: FundingCall) -> None:
    begin_at(session, home, INSIDE)
    morning = datetime(2026, 3, 19, 8, 0, tzinfo=NOW.tzinfo)
    assert [send(session, morning), send(session, morning)] == [1, 0]
    [letter] = letters(session, "call_closing")
    assert "2 april 2026" in letter.subject
    assert "tas inte emot" in letter.body
    assert "/ansokan/" in letter.body


@pytest.mark.parametrize("reason", ["submitted", "cancelled", "withdrawn", "closed"])
def test_who_has_no_use_for_it_is_not_reminded(session: Session, home: Home, call: FundingCall, reason: str) -> None:
    application = complete(session, home)
    moment = datetime(2026, 3, 19, 8, 0, tzinfo=NOW.tzinfo)
    if reason == "submitted":
        submit_at(session, application, INSIDE)
    elif reason == "cancelled":
        call.cancelled_at = INSIDE
    elif reason == "withdrawn":
        application.withdrawn_at = INSIDE
    else:
        moment = AFTER
    send(session, moment)
    assert letters(session, "call_closing") == []
    assert waiting(session) == ([date(2026, 3, 31)] if reason != "closed" else [])


@pytest.mark.parametrize("act", ["change", "cancel"])
def test_a_call_that_is_over_is_not_changed(session: Session, call: FundingCall, act: str) -> None:
    with pytest.raises(RuleBroken, match="har stängt"):
        if act == "change":
            calling.change_call(session, call, NEW, now=AFTER, actor="Sonja")
        else:
            calling.cancel_call(session, call, now=AFTER, actor="Sonja")
    call.cancelled_at = NOW
    session.flush()
    with pytest.raises(RuleBroken, match="inställd"):
        calling.change_call(session, call, NEW, now=NOW, actor="Sonja")


def test_a_form_that_is_not_published_has_no_calls(session: Session, home: Home) -> None:
    with pytest.raises(RuleBroken) as broken:
        calling.make_call(session, family_for_key(session, home.id, "tried"), NEW, now=NOW, actor="Sonja")
    assert broken.value.field == "family"


def test_a_report_is_not_called_for(session: Session, home: Home) -> None:
    source = load("application_a").replace("key: application_a", "key: a_report\npurpose: report")
    family = publish_form(session, association_id=home.id, source_text=source, now=NOW, actor="Sonja").family
    with pytest.raises(RuleBroken) as broken:
        calling.make_call(session, family, NEW, now=NOW, actor="Sonja")
    assert broken.value.field == "family"


def test_counts_tell_drafts_from_received(session: Session, home: Home, call: FundingCall) -> None:
    submit_at(session, complete(session, home), INSIDE)
    begin_at(session, home, INSIDE)
    assert calling.counts(session, home.id) == {call.id: (1, 1)}
