"""Certified extracts of any verified §§: what they print, their numbers, whom they are sent to, what links open."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.database import settings_of
from paragraf.core.errors import LinkExpired, LinkRefused, NotAllowed, NotThere, RuleBroken
from paragraf.core.tokens import Purpose, issue
from paragraf.minutes import extract_queries, extract_sending, extracts, queries
from paragraf.minutes.extract_queries import Wanted
from paragraf.minutes.models import CertifiedExtract, Correction, Minutes, Recusal, RecusalGround
from paragraf.post.models import Letter
from paragraf.post.operations import Recipient
from paragraf.register.models import DocumentKind
from tests.minutes import acting
from tests.minutes.acting import SIGNED, SONJA, document_lines, letters
from tests.minutes.test_notices import verified_at_once
from tests.parts.world import Home

LATER = SIGNED + timedelta(days=2)
RUT = Recipient("Rut Lindvall", "rut@exempel.example", "sv")


def ids(session: Session, minutes: Minutes, *places: int) -> list[int]:
    rows = acting.rows(session, minutes)
    return [rows[place].id for place in places]


def certify(session: Session, home: Home, minutes: Minutes, *places: int) -> CertifiedExtract:
    chosen = ids(session, minutes, *places)
    return extracts.certify(session, minutes, chosen, certifier=home.secretary, now=LATER)


def test_several_paragraphs_with_the_first_page_are_one_file(session: Session, home: Home, verified: Minutes) -> None:
    made = certify(session, home, verified, 2, 0)
    assert made.document.title == "Protokollsutdrag Styrelsen 2026-04-09 §§ 626 och 628"
    assert [one.minute_item_id for one in made.items] == ids(session, verified, 0, 2)
    assert made.document.kind is DocumentKind.CERTIFIED_EXTRACT
    assert made.document.matter_id == verified.meeting.matter_id
    lines = document_lines(made.document)
    for words in ("§ 626\tVal av justerare", "§ 628\tLägesrapport", "Utdragets riktighet bestyrks den 12 april 2026."):
        assert words in lines
    assert "§ 627\tAnsökan om medel till Stegvis" not in lines
    assert any(line.startswith("Olle Brand, ordförande") for line in lines)


def test_extracts_are_numbered_and_kept_byte_for_byte(session: Session, home: Home, verified: Minutes) -> None:
    before = len(queries.extracts(session, verified))
    first, second = certify(session, home, verified, 0), certify(session, home, verified, 0)
    assert (first.version, second.version) == (before + 1, before + 2)
    bytes_of_first = bytes(first.document.content)
    session.expire_all()
    assert bytes(first.document.content) == bytes_of_first


def test_an_extract_of_one_matter_lies_in_it(
    session: Session, home: Home, verified: Minutes, application: Application
) -> None:
    assert certify(session, home, verified, 1).document.matter_id == application.matter_id


def test_only_the_own_office_certifies(session: Session, home: Home, verified: Minutes) -> None:
    with pytest.raises(NotAllowed):
        extracts.certify(session, verified, ids(session, verified, 0), certifier=home.member, now=LATER)


@pytest.mark.parametrize("chosen", [[], [-1]])
def test_what_is_not_there_is_not_certified(session: Session, home: Home, verified: Minutes, chosen: list[int]) -> None:
    with pytest.raises(NotThere if chosen else RuleBroken):
        extracts.certify(session, verified, chosen, certifier=home.secretary, now=LATER)


def test_before_the_verification_only_what_was_verified_at_once(session: Session, home: Home, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="när protokollet är justerat"):
        certify(session, home, sent, 0)
    verified_at_once(session, sent, date(2026, 4, 9))
    with pytest.raises(RuleBroken, match="§ 626 är inte justerade än"):
        certify(session, home, sent, 0, 1)
    made = certify(session, home, sent, 1)
    assert any(line.startswith("9 april 2026 av Olle Brand") for line in document_lines(made.document))
    assert [one.row.id for one in extracts.certifiable(session, sent)] == ids(session, sent, 1)


def test_the_first_page_names_those_who_decided_these_paragraphs(
    session: Session, home: Home, verified: Minutes
) -> None:
    row = acting.rows(session, verified)[1]
    session.add(
        Recusal(
            association_id=home.id,
            minute_item_id=row.id,
            person_id=home.member.id,
            ground=RecusalGround.OWN_INTEREST,
            recorded_at=SIGNED,
            recorded_by=SONJA,
        )
    )
    session.flush()
    session.expire_all()
    name = home.member.name
    # In the § itself it stands why.
    decided = document_lines(certify(session, home, verified, 1).document)
    assert not any(line.startswith(f"{name},") for line in decided)
    both = document_lines(certify(session, home, verified, 0, 1).document)
    assert any(line.startswith(f"{name},") and "deltog i § 626" in line for line in both)


def test_a_later_correction_is_told_in_new_extracts_and_behind_old_links(
    session: Session, home: Home, verified: Minutes
) -> None:
    made = certify(session, home, verified, 0)
    (sent,) = extract_sending.send_extract(session, made, [RUT], now=LATER, actor=SONJA)
    rows = acting.rows(session, verified)
    told = {"association_id": home.id, "corrected_id": rows[0].id, "by_id": rows[2].id}
    session.add(Correction(**told, text="Namnet ska vara Nils Ask.", made_at=LATER))
    session.flush()
    line = "§ 626 är rättad genom § 628 den 9 april 2026: Namnet ska vara Nils Ask."
    assert line in document_lines(certify(session, home, verified, 0).document)
    assert line not in document_lines(made.document)
    settings = settings_of(session)
    found = extract_sending.opened(session, settings, extract_sending.link_token(settings, sent))
    assert found.corrections == (line,)


def test_it_is_sent_by_a_link_and_the_recipient_is_noted(session: Session, home: Home, verified: Minutes) -> None:
    made = certify(session, home, verified, 0)
    for _press in (1, 2):
        extract_sending.send_extract(session, made, [RUT], now=LATER, actor=SONJA)
    assert [(one.name, one.email, one.sent_by) for one in made.recipients] == [
        ("Rut Lindvall", "rut@exempel.example", SONJA)
    ]
    (letter,) = letters(session, "extract")
    assert not letter.attachments
    assert "11 juni 2026" in letter.body
    token = letter.body.split("/utdrag/")[1].split("/")[0]
    assert extract_sending.opened(session, settings_of(session), token).extract.id == made.id
    # On another day the link is a new one, to the same recipient.
    extract_sending.send_extract(session, made, [RUT], now=LATER + timedelta(days=90), actor=SONJA)
    assert (len(made.recipients), len(letters(session, "extract"))) == (1, 2)


@pytest.mark.parametrize("address", ["rut", "rut@", "a b@c.se", "rut@exempel.example\nBcc: x@y.se"])
def test_an_address_that_cannot_be_used_stops_the_sending(
    session: Session, home: Home, verified: Minutes, address: str
) -> None:
    made = certify(session, home, verified, 0)
    with pytest.raises(RuleBroken) as refused:
        extract_sending.send_extract(session, made, [RUT, Recipient("X", address, "sv")], now=LATER, actor=SONJA)
    assert refused.value.field == "recipients"
    assert (made.recipients, letters(session, "extract")) == ([], [])
    with pytest.raises(RuleBroken, match="minst en"):
        extract_sending.send_extract(session, made, [], now=LATER, actor=SONJA)


def test_the_applicant_of_the_matter_is_proposed(session: Session, home: Home, verified: Minutes) -> None:
    assert [one.address for one in extract_sending.proposed(session, certify(session, home, verified, 1), LATER)] == [
        "projekt@norrdal.example"
    ]
    assert extract_sending.proposed(session, certify(session, home, verified, 0), LATER) == []


def test_links_that_are_wrong_old_or_of_another_kind_open_nothing(
    session: Session, home: Home, verified: Minutes, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = settings_of(session)
    (sent,) = extract_sending.send_extract(session, certify(session, home, verified, 0), [RUT], now=LATER, actor=SONJA)
    token = extract_sending.link_token(settings, sent)
    wrong = [
        "x.y.z",
        token[:-2],
        issue(settings, Purpose.SIGNING, {"recipient": sent.id}),
        issue(settings, Purpose.EXTRACT, {"recipient": sent.id + 1000}),
        issue(settings, Purpose.EXTRACT, {"other": 1}),
    ]
    for each in wrong:
        with pytest.raises(LinkRefused):
            extract_sending.opened(session, settings, each)
    monkeypatch.setattr(extract_sending, "LINK_AGE", timedelta(seconds=-1))
    with pytest.raises(LinkExpired):
        extract_sending.opened(session, settings, token)


def test_the_register_is_found_by_body_year_and_words(session: Session, home: Home, verified: Minutes) -> None:
    made = certify(session, home, verified, 0, 2)
    extract_sending.send_extract(session, made, [RUT], now=LATER, actor=SONJA)

    def found(**wanted: object) -> list[int]:
        return [one.id for one in extract_queries.register(session, home.id, Wanted(**wanted))]  # type: ignore[arg-type]

    assert made.id in found()
    assert made.id in found(body_id=home.board.id, year=2026, words="lindvall")
    assert found(words="LINDVALL") == [made.id]
    assert made.id in found(words="Sonja")
    assert found(words="100%_") == []
    assert found(year=2025) == []
    assert found(body_id=home.board.id + 1000) == []
    assert extract_queries.years(session, home.id) == [2026]
    assert extract_queries.register(session, home.id + 1, Wanted()) == []


def test_an_unknown_extract_is_not_there(session: Session, home: Home, verified: Minutes) -> None:
    made = certify(session, home, verified, 0)
    assert extract_sending.extract(session, verified, made.id) is made
    with pytest.raises(NotThere):
        extract_sending.extract(session, verified, made.id + 1000)


def test_letters_hold_no_document(session: Session, home: Home, verified: Minutes) -> None:
    made = certify(session, home, verified, 0)
    extract_sending.send_extract(session, made, [Recipient("Ann", "ann@exempel.example", "en")], now=LATER, actor=SONJA)
    letter: Letter = letters(session, "extract")[0]
    assert "certified extract" in letter.body
    assert letter.matter_id == made.document.matter_id
