"""What the sender does: open, withdraw, renew, remind."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import LinkRefused, NotThere, RuleBroken
from paragraf.core.log import LogEntry, broken_links
from paragraf.signing import operations, queries
from paragraf.signing.models import EventKind, SignatureRound
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, World
from tests.signing.acting import (
    CHAIR,
    LAST_DAY,
    SECRETARY,
    SOON,
    VERIFIER,
    Completions,
    freeze,
    kinds,
    let_in,
    letters,
    mailed_token,
    send_out,
    sign,
    usual_signatories,
)

OFFICE = "Sonja Ekvall"


def test_a_round_sends_each_signatory_a_link_of_their_own(session: Session, waiting: SignatureRound) -> None:
    sent = letters(session, "minutes_to_sign")
    assert [letter.to_address for letter in sent] == [one.email for one in waiting.signatories]
    tokens = {mailed_token(session, one) for one in waiting.signatories}
    assert len(tokens) == 3
    assert "Protokoll 2026-02-26, Styrelsen" in sent[0].subject
    assert "ordförande" in sent[0].body
    assert "16 mars 2026" in sent[0].body
    assert all(letter.secret for letter in sent)


def test_an_english_speaker_gets_an_english_letter(session: Session, world: World) -> None:
    world.north.member.language = "en"
    send_out(session, world.north)
    assert letters(session, "minutes_to_sign")[VERIFIER].subject.startswith("To sign:")
    assert "minutes verifier" in letters(session, "minutes_to_sign")[VERIFIER].body


def test_a_round_without_signatories_is_refused(session: Session, world: World) -> None:
    with pytest.raises(RuleBroken, match="minst en"):
        send_out(session, world.north, [])


def test_somebody_twice_is_refused(session: Session, world: World) -> None:
    with pytest.raises(RuleBroken, match="Samma person"):
        send_out(session, world.north, usual_signatories(world.north)[:1] * 2)


def test_a_last_day_that_has_passed_is_refused(session: Session, world: World) -> None:
    with pytest.raises(RuleBroken) as caught:
        send_out(session, world.north, last_day=local_date(NOW) - timedelta(days=1))
    assert caught.value.field == "last_day"
    assert send_out(session, world.north, last_day=local_date(NOW)).id


def test_strangers_documents_and_people_are_refused(session: Session, world: World) -> None:
    with pytest.raises(NotThere):
        send_out(session, world.north, document=freeze(session, world.south))
    with pytest.raises(NotThere):
        send_out(session, world.north, usual_signatories(world.south))


def test_names_are_kept_as_they_were(session: Session, waiting: SignatureRound, world: World) -> None:
    chair = session.merge(world.north.chair)
    chair.name, chair.email = "Någon Annan", "annan@norrdal.example"
    session.flush()
    assert waiting.signatories[CHAIR].name == "Olle Brand"


def test_finding_21_a_title_cannot_write_headers_or_turn_text_around(session: Session, world: World) -> None:
    made = send_out(session, world.north, title="Protokoll\r\nBcc: x@y.example\u202e <script>" + "x" * 400)
    letter = letters(session, "minutes_to_sign")[0]
    assert len(made.title) == 300
    assert "\u202e" not in letter.subject + letter.body
    assert "\n" not in letter.subject


# --- withdraw --------------------------------------------------------------------------------------------------------


def test_withdrawing_kills_links_and_tells_all(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    token = mailed_token(session, chair)
    let_in(session, chair)
    operations.withdraw_round(session, waiting, reason="Fel version.", now=SOON, actor=OFFICE)
    assert queries.state_of(session, waiting, now=SOON) is RoundState.WITHDRAWN
    assert [letter.to_address for letter in letters(session, "withdrawn")] == [one.email for one in waiting.signatories]
    assert "Fel version." in letters(session, "withdrawn")[0].body
    with pytest.raises(LinkRefused):
        operations.find_by_token(session, token, now=SOON, session_key="key of the phone")
    with pytest.raises(RuleBroken, match="dragit tillbaka"):
        sign(session, chair, Completions())


def test_withdrawing_needs_a_reason(session: Session, waiting: SignatureRound) -> None:
    with pytest.raises(RuleBroken) as caught:
        operations.withdraw_round(session, waiting, reason=" ", now=SOON, actor=OFFICE)
    assert caught.value.field == "reason"
    assert waiting.withdrawn_at is None


def test_a_round_is_withdrawn_once(session: Session, waiting: SignatureRound) -> None:
    operations.withdraw_round(session, waiting, reason="Fel version.", now=SOON, actor=OFFICE)
    with pytest.raises(RuleBroken, match="dragit tillbaka"):
        operations.withdraw_round(session, waiting, reason="Igen.", now=SOON, actor=OFFICE)
    assert waiting.withdraw_reason == "Fel version."


def test_a_completed_round_is_not_withdrawn(session: Session, world: World, done: Completions) -> None:
    made = send_out(session, world.north, usual_signatories(world.north)[:1])
    let_in(session, made.signatories[CHAIR])
    assert sign(session, made.signatories[CHAIR], done)
    with pytest.raises(RuleBroken, match="Alla har redan skrivit under"):
        operations.withdraw_round(session, made, reason="För sent.", now=SOON, actor=OFFICE)


def test_an_expired_round_may_be_withdrawn(session: Session, waiting: SignatureRound) -> None:
    late = NOW + timedelta(days=30)
    assert queries.state_of(session, waiting, now=late) is RoundState.EXPIRED
    operations.withdraw_round(session, waiting, reason="Tiden gick ut.", now=late, actor=OFFICE)
    assert queries.state_of(session, waiting, now=late) is RoundState.WITHDRAWN


# --- new links and reminders -----------------------------------------------------------------------------------------


def test_a_resent_link_kills_the_old_one(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    old = mailed_token(session, chair)
    operations.resend_link(session, chair, now=SOON, actor=OFFICE)
    new = mailed_token(session, chair)
    assert operations.find_by_token(session, new, now=SOON) is chair
    with pytest.raises(LinkRefused):
        operations.find_by_token(session, old, now=SOON)
    assert letters(session, "link_again")[0].to_address == chair.email


def test_a_resent_link_ends_what_the_old_one_let_in(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    operations.resend_link(session, chair, now=SOON, actor=OFFICE)
    with pytest.raises(RuleBroken, match="Visa först vem du är"):
        sign(session, chair, Completions())


def test_a_code_by_the_old_link_dies_with_it(session: Session, waiting: SignatureRound) -> None:
    from tests.signing.acting import PHONE, ask_for_code, mailed_code

    chair = waiting.signatories[CHAIR]
    ask_for_code(session, chair)
    operations.resend_link(session, chair, now=SOON, actor=OFFICE)
    code = mailed_code(session, chair)
    assert not operations.identify(session, chair, code=code, session_key=PHONE, now=SOON)


def test_a_resent_link_gives_more_time(session: Session, waiting: SignatureRound, done: Completions) -> None:
    chair, late = waiting.signatories[CHAIR], NOW + timedelta(days=30)
    operations.resend_link(session, chair, now=late, actor=OFFICE)
    assert queries.state_of(session, waiting, now=late) is RoundState.OPEN
    let_in(session, chair, now=late)
    sign(session, chair, done, now=late)
    assert EventKind.SIGNED in kinds(session, chair)


def test_who_has_signed_gets_no_new_link(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    let_in(session, chair)
    sign(session, chair, Completions())
    with pytest.raises(RuleBroken, match="redan skrivit under"):
        operations.resend_link(session, chair, now=SOON, actor=OFFICE)


def test_reminding_reaches_those_who_wait_once_a_day(session: Session, waiting: SignatureRound) -> None:
    let_in(session, waiting.signatories[CHAIR])
    sign(session, waiting.signatories[CHAIR], Completions())
    for _ in range(2):
        assert operations.remind(session, waiting, now=SOON, actor=OFFICE) == 2
    reminded = [letter.to_address for letter in letters(session, "sign_reminder")]
    assert reminded == [waiting.signatories[SECRETARY].email, waiting.signatories[VERIFIER].email]
    operations.remind(session, waiting, now=SOON + timedelta(days=1), actor=OFFICE)
    assert len(letters(session, "sign_reminder")) == 4


def test_a_reminder_leaves_the_first_link_alive(session: Session, waiting: SignatureRound) -> None:
    chair = waiting.signatories[CHAIR]
    first = mailed_token(session, chair)
    operations.remind(session, waiting, now=SOON, actor=OFFICE)
    assert operations.find_by_token(session, first, now=SOON) is chair


def test_nobody_is_reminded_of_what_is_over(session: Session, waiting: SignatureRound) -> None:
    with pytest.raises(RuleBroken, match="gått ut"):
        operations.remind(session, waiting, now=NOW + timedelta(days=30), actor=OFFICE)


def test_finding_11_asking_for_a_link_mails_the_registered_address_only(
    session: Session, waiting: SignatureRound
) -> None:
    chair, late = waiting.signatories[CHAIR], NOW + timedelta(days=30)
    old = mailed_token(session, chair)
    assert operations.request_new_link(session, address=" OLLE@norrdal.example ", now=late) == 1
    assert [letter.to_address for letter in letters(session, "link_again")] == [chair.email]
    with pytest.raises(LinkRefused):
        operations.find_by_token(session, old, now=late)
    assert operations.find_by_token(session, mailed_token(session, chair), now=late) is chair
    assert chair.link_last_day == local_date(late) + timedelta(days=7)
    assert waiting.last_day == LAST_DAY


def test_finding_11_asking_for_links_is_limited(session: Session, waiting: SignatureRound) -> None:
    address = waiting.signatories[CHAIR].email
    assert operations.request_new_link(session, address=address, now=SOON) == 0
    asked = [NOW + timedelta(days=2, minutes=minutes) for minutes in (0, 9, 10, 20, 30, 40)]
    assert [operations.request_new_link(session, address=address, now=at) for at in asked] == [1, 0, 1, 1, 0, 0]


def test_asking_for_a_link_says_nothing_of_who_is_known(session: Session, waiting: SignatureRound) -> None:
    later = NOW + timedelta(days=1)
    assert operations.request_new_link(session, address="nobody@norrdal.example", now=later) == 0
    assert operations.request_new_link(session, address="", now=later) == 0
    assert letters(session, "link_again") == []


def test_no_link_for_what_is_signed_or_over(session: Session, waiting: SignatureRound) -> None:
    chair, later = waiting.signatories[CHAIR], NOW + timedelta(days=1)
    let_in(session, chair)
    sign(session, chair, Completions())
    assert operations.request_new_link(session, address=chair.email, now=later) == 0
    operations.withdraw_round(session, waiting, reason="Fel version.", now=later, actor=OFFICE)
    assert operations.request_new_link(session, address=waiting.signatories[VERIFIER].email, now=later) == 0


# --- the log ---------------------------------------------------------------------------------------------------------


def test_finding_20_every_act_stands_in_the_log_and_no_address_does(
    session: Session, waiting: SignatureRound, world: World, done: Completions
) -> None:
    for signatory in waiting.signatories:
        let_in(session, signatory)
        sign(session, signatory, done)
    entries = session.scalars(select(LogEntry).where(LogEntry.association_id == world.north.id)).all()
    verbs = [entry.verb for entry in entries]
    assert verbs == ["file", "open", *["identify", "read", "sign"] * 3, "complete"]
    assert list(broken_links(session, world.north.id)) == []
    told = " ".join(f"{entry.actor} {entry.details}" for entry in entries)
    assert "@" not in told
    assert "192.0.2.7" not in told


def test_events_cannot_be_changed_afterwards(session: Session, waiting: SignatureRound) -> None:
    session.flush()
    with pytest.raises(Exception, match="only added"):
        session.execute(text("UPDATE signing_event SET ip_address = 'x'"))


def test_the_last_day_is_a_swedish_day(session: Session, world: World) -> None:
    """16 March ends at 23.00 UTC in Sweden's winter."""
    made = send_out(session, world.north, last_day=date(2026, 3, 16))
    last_minute = NOW.replace(month=3, day=16, hour=22, minute=59)
    assert queries.state_of(session, made, now=last_minute) is RoundState.OPEN
    assert queries.state_of(session, made, now=last_minute + timedelta(minutes=1)) is RoundState.EXPIRED
