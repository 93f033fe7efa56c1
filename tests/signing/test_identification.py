"""Findings 4, 5 and 6: a code is short-lived, counted, single and bound to browser, person and document."""

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.database import Database
from paragraf.core.errors import NotAllowed
from paragraf.core.log import LogEntry
from paragraf.core.settings import Settings
from paragraf.signing import operations
from paragraf.signing.models import EventKind, IdentificationCode, Signatory, SignatureRound
from tests.parts.world import NOW, World
from tests.signing.acting import (
    AGENT,
    CHAIR,
    LAPTOP,
    PHONE,
    SECRETARY,
    SOON,
    Completions,
    ask_for_code,
    events,
    kinds,
    let_in,
    letters,
    mailed_code,
    send_out,
    sign,
)


@pytest.fixture
def chair(waiting: SignatureRound) -> Signatory:
    return waiting.signatories[CHAIR]


def identify(session: Session, signatory: Signatory, code: str, key: str = PHONE, minutes: float = 0) -> bool:
    now = NOW + timedelta(minutes=minutes)
    return operations.identify(session, signatory, code=code, session_key=key, now=now)


def another(code: str) -> str:
    return f"{(int(code) + 1) % 1_000_000:06}"


def test_the_mailed_code_identifies(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    assert identify(session, chair, mailed_code(session, chair))
    assert operations.find_identified(session, chair.id, session_key=PHONE, now=SOON) is chair
    assert kinds(session, chair) == [EventKind.LINK_SENT, EventKind.CODE_SENT, EventKind.IDENTIFIED]


def test_the_letter_with_the_code_tells_nothing_of_the_document(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    letter = letters(session, "signing_code")[0]
    assert letter.secret
    assert letter.to_address == chair.email
    assert "Protokoll" not in letter.subject + letter.body
    assert mailed_code(session, chair) not in letter.subject


def test_finding_1_only_the_registered_address_brings_a_code(session: Session, chair: Signatory) -> None:
    for address in ("", "eva@norrdal.example", chair.email + "x"):
        assert not operations.send_code(session, chair, address=address, session_key=PHONE, now=NOW)
    assert letters(session, "signing_code") == []
    assert kinds(session, chair) == [EventKind.LINK_SENT]


def test_a_code_needs_a_browser(session: Session, chair: Signatory) -> None:
    with pytest.raises(ValueError, match="browser"):
        operations.send_code(session, chair, address=chair.email, session_key="", now=NOW)


def test_finding_4_a_code_works_only_in_the_browser_that_asked(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair, PHONE)
    code = mailed_code(session, chair)
    assert not identify(session, chair, code, LAPTOP)
    assert not identify(session, chair, code, "")
    assert identify(session, chair, code, PHONE)


def test_finding_4_another_browser_with_the_same_link_sees_nothing(session: Session, chair: Signatory) -> None:
    let_in(session, chair, PHONE)
    for key in (LAPTOP, ""):
        with pytest.raises(NotAllowed):
            operations.find_identified(session, chair.id, session_key=key, now=SOON)
        with pytest.raises(NotAllowed):
            sign(session, chair, Completions(), key)
    assert EventKind.SIGNED not in kinds(session, chair)


def test_a_code_is_for_one_person(session: Session, waiting: SignatureRound, chair: Signatory) -> None:
    ask_for_code(session, chair)
    other = waiting.signatories[SECRETARY]
    assert not identify(session, other, mailed_code(session, chair))
    with pytest.raises(NotAllowed):
        operations.find_identified(session, other.id, session_key=PHONE, now=SOON)


def test_finding_5_the_code_is_kept_only_as_a_keyed_hash(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    code = mailed_code(session, chair)
    kept = session.scalars(select(IdentificationCode)).one()
    assert code not in f"{kept.code_hash}{kept.session_hash}"
    assert PHONE not in kept.session_hash
    entries = session.scalars(select(LogEntry)).all()
    assert not any(code in f"{entry.verb}{entry.details}" for entry in entries)
    assert not any(code in str(event.details) for event in events(session, chair))


def test_finding_5_a_code_lives_for_ten_minutes(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    assert not identify(session, chair, mailed_code(session, chair), minutes=10)
    assert identify(session, chair, mailed_code(session, chair), minutes=9.9)


def test_finding_5_five_tries_and_the_code_is_dead(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    code = mailed_code(session, chair)
    for _ in range(5):
        assert not identify(session, chair, another(code))
    assert not identify(session, chair, code)
    assert kinds(session, chair).count(EventKind.CODE_REFUSED) == 5


def test_four_wrong_tries_leave_one(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    code = mailed_code(session, chair)
    for _ in range(4):
        assert not identify(session, chair, another(code))
    assert identify(session, chair, code)


@pytest.mark.parametrize("typed", ["", "abc", "12345", "1234567"])
def test_what_can_be_no_code_costs_no_try(session: Session, chair: Signatory, typed: str) -> None:
    ask_for_code(session, chair)
    assert not identify(session, chair, typed)
    assert session.scalars(select(IdentificationCode.tries)).one() == 0
    assert EventKind.CODE_REFUSED not in kinds(session, chair)


def test_finding_6_a_code_works_once(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    code = mailed_code(session, chair)
    assert identify(session, chair, code)
    assert not identify(session, chair, code)


def test_finding_6_limits_hold_in_another_process(world: World, settings: Settings) -> None:
    """Each act in a program of its own: what is counted is in the database."""
    with world.database.writing() as session:
        chair_id = send_out(session, world.north).signatories[CHAIR].id
    for minutes in range(7):
        restarted = Database(settings)
        with restarted.writing() as session:
            signatory = session.get_one(Signatory, chair_id)
            sent = ask_for_code(session, signatory, now=NOW + timedelta(minutes=minutes))
            assert sent is (minutes < 5)
        restarted.dispose()


def test_codes_half_a_minute_apart(session: Session, chair: Signatory) -> None:
    assert ask_for_code(session, chair)
    assert not ask_for_code(session, chair, now=NOW + timedelta(seconds=29))
    assert identify(session, chair, mailed_code(session, chair))


def test_finding_5_a_newer_code_ends_the_earlier_ones_in_every_browser(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair, PHONE)
    first = mailed_code(session, chair)
    ask_for_code(session, chair, LAPTOP, SOON)
    second = mailed_code(session, chair)
    assert not identify(session, chair, first, PHONE, minutes=2)
    assert identify(session, chair, second, LAPTOP, minutes=2)


def test_finding_5_a_code_is_for_the_document_it_was_asked_for(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    kept = session.scalars(select(IdentificationCode)).one()
    kept.document_sha256 = "0" * 64
    assert not identify(session, chair, mailed_code(session, chair))


def test_identification_lasts_an_hour(session: Session, chair: Signatory) -> None:
    let_in(session, chair)
    almost, over = NOW + timedelta(minutes=59), NOW + timedelta(minutes=60)
    assert operations.find_identified(session, chair.id, session_key=PHONE, now=almost)
    with pytest.raises(NotAllowed):
        operations.find_identified(session, chair.id, session_key=PHONE, now=over)
    with pytest.raises(NotAllowed):
        sign(session, chair, Completions(), now=over)


def test_whose_hour_is_over_may_begin_again_from_there(session: Session, chair: Signatory) -> None:
    let_in(session, chair)
    over = NOW + timedelta(minutes=61)
    token = operations.lapsed_link(session, chair.id, session_key=PHONE)
    assert token is not None
    assert operations.find_by_token(session, token, now=over) is chair
    assert operations.lapsed_link(session, chair.id, session_key=LAPTOP) is None
    assert operations.lapsed_link(session, chair.id, session_key="") is None
    assert operations.lapsed_link(session, 999, session_key=PHONE) is None


def test_no_code_when_the_round_is_over_or_the_person_has_answered(
    session: Session, waiting: SignatureRound, chair: Signatory
) -> None:
    let_in(session, chair)
    sign(session, chair, Completions())
    assert not ask_for_code(session, chair, now=NOW + timedelta(minutes=5))
    operations.withdraw_round(session, waiting, reason="Fel version.", now=SOON, actor="Sonja Ekvall")
    assert not ask_for_code(session, waiting.signatories[SECRETARY], now=SOON)


def test_finding_21_what_a_browser_says_of_itself_is_cleaned_and_cut(session: Session, chair: Signatory) -> None:
    ask_for_code(session, chair)
    origin = operations.Origin("2001:db8::1", "Agent\r\nX-Evil: 1\x00\u202e" + "x" * 500)
    operations.identify(session, chair, code=mailed_code(session, chair), session_key=PHONE, now=NOW, origin=origin)
    kept = events(session, chair)[-1]
    assert kept.ip_address == "2001:db8::1"
    assert len(kept.user_agent) == 300
    assert not {"\x00", "\r", "\u202e"} & set(kept.user_agent)


def test_the_trail_tells_browser_and_address(session: Session, chair: Signatory) -> None:
    let_in(session, chair)
    kept = events(session, chair)[-1]
    assert (kept.ip_address, kept.user_agent) == AGENT
    assert kept.details["method"] == "email_code"
    assert kept.details["document_sha256"] == chair.round.document.sha256
