"""A call that closes while an application is out to be signed: the moment of the last signature counts."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.applications import operations, rounds
from paragraf.applications.models import Application, LatePolicy
from paragraf.applications.offered import calling, calls, carrying
from paragraf.applications.offered.call_rules import NewCall
from paragraf.applications.offered.calls import CallClosed
from paragraf.applications.offered.publishing import family_for_key, publish_form
from paragraf.core.errors import RuleBroken
from paragraf.signing.models import SignatureRound
from tests.applications.acting import EMAIL, fill_in, letters
from tests.applications.signing import SIGNED_FORM, publish_signed, send, sign, signed_answers
from tests.parts.world import NOW, Home

#: In the evening of the day that the call closes, after the minute.
LATE = NOW + timedelta(hours=3)


def call_for(session: Session, home: Home, policy: LatePolicy) -> Application:
    """A complete application in a call that closes in two hours."""
    publish_signed(session, home)
    new = NewCall("Medel", "", NOW - timedelta(days=1), NOW + timedelta(hours=2), policy, date(2026, 9, 1))
    calling.make_call(session, family_for_key(session, home.id, "application_a"), new, now=NOW, actor="Sonja")
    application = operations.start(
        session, association=home.association, family_key="application_a", email=EMAIL, language="sv", now=NOW
    )
    fill_in(session, application, signed_answers(home))
    return application


def sign_all(session: Session, out: SignatureRound, now: datetime) -> None:
    for signatory in out.signatories:
        sign(session, signatory, now)


def test_signed_in_time_it_is_received(session: Session, home: Home) -> None:
    application = call_for(session, home, LatePolicy.REFUSE)
    out = send(session, application)
    assert out.last_day == NOW.date()
    sign_all(session, out, NOW + timedelta(hours=1))
    assert application.matter is not None
    assert not calls.is_late(application)


def test_the_last_signature_too_late_is_not_received_and_the_owner_is_told(session: Session, home: Home) -> None:
    application = call_for(session, home, LatePolicy.REFUSE)
    out = send(session, application)
    sign(session, out.signatories[0], NOW + timedelta(hours=1))
    sign(session, out.signatories[1], LATE)
    assert out.completed_at == LATE
    assert (application.submitted_at, application.matter) == (None, None)
    [letter] = letters(session, "call_missed")
    assert letter.to_address == EMAIL
    assert home.association.email in letter.body
    assert letters(session, "application_received") == []


def test_the_last_signature_too_late_is_marked_when_the_call_says_so(session: Session, home: Home) -> None:
    application = call_for(session, home, LatePolicy.MARK)
    sign_all(session, send(session, application), LATE)
    assert application.submitted_at == LATE
    assert calls.is_late(application)


def test_a_late_one_is_not_even_sent_to_be_signed(session: Session, home: Home) -> None:
    application = call_for(session, home, LatePolicy.REFUSE)
    with pytest.raises(CallClosed):
        send(session, application, LATE)
    assert rounds.newest(session, application, now=LATE) is None


def test_one_that_is_out_to_be_signed_stays_in_its_version(session: Session, home: Home) -> None:
    application = call_for(session, home, LatePolicy.REFUSE)
    out = send(session, application)
    publish_form(
        session, association_id=home.id, source_text=SIGNED_FORM + "\n# ny\n", now=NOW, actor="S", drafts_follow=True
    )
    with pytest.raises(RuleBroken, match="ute för underskrift"):
        carrying.go_over(session, application, number=application.form_version.number + 1, now=NOW)
    sign_all(session, out, NOW + timedelta(hours=1))
    assert application.matter is not None
