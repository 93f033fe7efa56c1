"""Findings 7, 8, 9 and 10: what a link is, and which links are refused alike."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core import tokens
from paragraf.core.database import settings_of
from paragraf.core.errors import LinkExpired, LinkRefused, NotAllowed
from paragraf.core.log import LogEntry
from paragraf.core.settings import Settings
from paragraf.signing import operations
from paragraf.signing.models import Signatory, SignatureRound, SigningEvent
from tests.parts.world import NOW, World
from tests.signing.acting import (
    CHAIR,
    LAPTOP,
    PHONE,
    SECRETARY,
    SOON,
    Completions,
    let_in,
    mailed_token,
    send_out,
    sign,
)

Payload = dict[str, int | str]


@pytest.fixture
def chair(waiting: SignatureRound) -> Signatory:
    return waiting.signatories[CHAIR]


def forged(
    session: Session, signatory: Signatory, purpose: tokens.Purpose = tokens.Purpose.SIGNING, **changed: object
) -> str:
    payload = {"s": signatory.id, "n": 1, "d": signatory.round.document.sha256[:16], **changed}
    return tokens.issue(settings_of(session), purpose, payload)  # type: ignore[arg-type]


def refusal(session: Session, token: str, **asked: object) -> LinkRefused:
    with pytest.raises(LinkRefused) as caught:
        operations.find_by_token(session, token, now=SOON, **asked)  # type: ignore[arg-type]
    return caught.value


def test_the_mailed_link_leads_to_its_person(session: Session, waiting: SignatureRound) -> None:
    for signatory in waiting.signatories:
        assert operations.find_by_token(session, mailed_token(session, signatory), now=SOON) is signatory


def test_finding_7_wrong_foreign_and_edited_links_get_one_answer(session: Session, chair: Signatory) -> None:
    genuine = mailed_token(session, chair)
    bad = [
        "",
        "x",
        genuine[:-5],
        "A" + genuine,
        genuine.replace(".", "..", 1),
        forged(session, chair, s=999),
        forged(session, chair, n=2),
        forged(session, chair, n=0),
        forged(session, chair, d="0" * 16),
        forged(session, chair, d=""),
        forged(session, chair, s="1"),
        forged(session, chair, s=None),
        forged(session, chair, tokens.Purpose.SIGN_IN),
        tokens.issue(settings_of(session), tokens.Purpose.SIGNING, {}),
    ]
    assert {str(refusal(session, token)) for token in bad} == {str(tokens.refused())}
    assert not any(isinstance(refusal(session, token), LinkExpired) for token in bad)


def test_a_used_link_is_refused_like_the_others(session: Session, chair: Signatory) -> None:
    let_in(session, chair)
    sign(session, chair, Completions())
    assert str(refusal(session, mailed_token(session, chair))) == str(tokens.refused())
    assert str(refusal(session, mailed_token(session, chair), session_key=LAPTOP)) == str(tokens.refused())


def test_who_has_just_signed_may_come_back_in_the_same_browser(session: Session, chair: Signatory) -> None:
    let_in(session, chair)
    sign(session, chair, Completions())
    assert operations.find_by_token(session, mailed_token(session, chair), now=SOON, session_key=PHONE) is chair


def test_links_of_a_declined_round_are_refused(session: Session, waiting: SignatureRound, chair: Signatory) -> None:
    let_in(session, chair)
    operations.decline(session, chair, reason="§ 3 är fel.", session_key=PHONE, now=SOON)
    for signatory in waiting.signatories:
        assert str(refusal(session, mailed_token(session, signatory))) == str(tokens.refused())


def test_an_old_link_says_that_it_is_old(session: Session, chair: Signatory) -> None:
    token = mailed_token(session, chair)
    last = NOW.replace(month=3, day=16)
    assert operations.find_by_token(session, token, now=last) is chair
    with pytest.raises(LinkExpired):
        operations.find_by_token(session, token, now=last + timedelta(days=1))


def test_finding_9_another_spelling_of_the_same_link_is_the_same_link(session: Session, chair: Signatory) -> None:
    """The last character has several spellings; revocation looks at what the link says, not at its letters."""
    token = mailed_token(session, chair)
    spellings = [token[:-1] + letter for letter in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"]

    def accepted() -> list[str]:
        found = []
        for spelling in spellings:
            try:
                operations.find_by_token(session, spelling, now=SOON)
            except LinkRefused:
                continue
            found.append(spelling)
        return found

    assert token in accepted()
    operations.resend_link(session, chair, now=SOON, actor="Sonja Ekvall")
    assert accepted() == []


def test_finding_10_keys_rotate_under_open_links(world: World) -> None:
    def with_keys(keys: str) -> Callable[[Session], None]:
        def turn(session: Session) -> None:
            session.info["settings"] = replace(world.database.settings, secret_key=keys)

        return turn

    with world.database.new_session(writes=True) as session:
        with_keys("oldest")(session)
        chair = send_out(session, world.north).signatories[CHAIR]
        token = mailed_token(session, chair)
        with_keys("oldest,newest")(session)
        assert operations.find_by_token(session, token, now=SOON) is chair
        with_keys("newest")(session)
        assert str(refusal(session, token)) == str(tokens.refused())


def test_finding_3_without_a_code_every_door_is_shut(
    session: Session, waiting: SignatureRound, chair: Signatory
) -> None:
    let_in(session, waiting.signatories[SECRETARY])
    sha256 = waiting.document.sha256
    for key in ("", PHONE, LAPTOP):
        with pytest.raises(NotAllowed):
            operations.find_identified(session, chair.id, session_key=key, now=SOON)
        with pytest.raises(NotAllowed):
            operations.show(session, chair, shown_sha256=sha256, session_key=key, now=SOON)
        with pytest.raises(NotAllowed):
            sign(session, chair, Completions(), key)
        with pytest.raises(NotAllowed):
            operations.decline(session, chair, reason="Nej.", session_key=key, now=SOON)


def test_unknown_and_unidentified_signatories_get_one_answer(session: Session, chair: Signatory) -> None:
    answers = set()
    for signatory_id in (chair.id, 999, 0, -1):
        with pytest.raises(NotAllowed) as caught:
            operations.find_identified(session, signatory_id, session_key=PHONE, now=SOON)
        answers.add(str(caught.value))
    assert len(answers) == 1


def test_finding_8_no_usable_link_is_kept_beside_the_letter(session: Session, waiting: SignatureRound) -> None:
    tokens_out = [mailed_token(session, one) for one in waiting.signatories]
    kept = [f"{row.details}" for row in session.scalars(select(SigningEvent))]
    kept += [f"{row.details}{row.verb}" for row in session.scalars(select(LogEntry))]
    assert not any(token in row for token in tokens_out for row in kept)


def test_a_link_carries_128_bits_of_signature(session: Session, chair: Signatory, settings: Settings) -> None:
    signature = mailed_token(session, chair).rpartition(".")[2]
    assert len(signature) * 6 >= 128
