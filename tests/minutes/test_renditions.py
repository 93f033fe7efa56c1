"""The public version of minutes: what is screened is in no byte of it, and it comes and goes with its notice."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from io import BytesIO
from zipfile import ZipFile

import pypdf
import pytest
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import notice_queries, notices, renditions
from paragraf.minutes.models import Minutes, Notice, PublicRendition
from paragraf.minutes.screening import BAR, Screening, Suggestion
from paragraf.register import queries as register
from paragraf.register.models import DocumentKind
from paragraf.word.pdf.making import convert_to_pdf
from tests.minutes import acting
from tests.minutes.acting import SIGNED, SONJA, document_lines
from tests.minutes.test_notices import DOWN, at, verified_at_once
from tests.parts.world import Home

TODAY = date(2026, 4, 11)
NOW = SIGNED + timedelta(days=1)
SECRET = "Rut Lindvall"
NUMBER = "19850101-1236"


@pytest.fixture
def ready(session: Session, home: Home, draft: Minutes) -> Minutes:
    """As the room's own, but a § speaks of an individual in every way that it can."""
    rows = acting.rows(session, draft)
    acting.write(session, rows[1], acting.GRANT)
    acting.write(
        session,
        rows[2],
        heading=f"Anmälan från {SECRET}",
        background=f"**Rut** Lindvall, {NUMBER}, rut@lindvall.example och 070-123 45 67, har klagat.",
    )
    acting.elect(session, draft, home.fourth_member)
    return draft


def make(session: Session, minutes: Minutes, *screenings: Screening, stays: bool = False) -> PublicRendition:
    return renditions.make_rendition(session, minutes, screenings, withdraw_with_notice=not stays, now=NOW, actor=SONJA)


def publish(session: Session, rendition: PublicRendition, now: datetime = NOW) -> PublicRendition:
    return renditions.publish(session, rendition, now=now, actor=SONJA)


def notice_of(session: Session, minutes: Minutes) -> Notice:
    found = notice_queries.notice_of(session, minutes)
    assert found is not None
    return found


def is_withdrawn(rendition: PublicRendition) -> bool:
    return rendition.withdrawn_at is not None


CHOSEN = (Screening("GDPR", SECRET), Screening("GDPR", "rut@lindvall.example"), Screening("GDPR", "070-123 45 67"))


def test_no_byte_of_the_word_file_holds_what_was_screened(session: Session, verified: Minutes) -> None:
    before = verified.document.sha256 if verified.document else ""
    made = make(session, verified, *CHOSEN)
    everything = b"".join(_unzipped(bytes(made.document.content))).decode("utf-8", "replace")
    for words in ("Lindvall", "lindvall", "19850101", "1236", "070-123", "Rut"):
        assert words not in everything, words
    lines = document_lines(made.document)
    assert f"§ 628\tAnmälan från {BAR}" in lines
    assert f"{BAR}, {BAR}, {BAR} och {BAR}, har klagat." in lines
    assert made.document.kind is DocumentKind.PUBLIC_RENDITION
    assert (verified.document.sha256 if verified.document else "") == before
    # Those who signed stand in the minutes themselves.
    assert not any("undertecknas elektroniskt av" in line and SONJA in line for line in lines)


def _unzipped(content: bytes) -> list[bytes]:
    with ZipFile(BytesIO(content)) as packed:
        return [packed.read(name) for name in packed.namelist()]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_no_text_of_the_pdf_holds_it_either(session: Session, verified: Minutes) -> None:
    made = make(session, verified, *CHOSEN)
    pdf = convert_to_pdf(bytes(made.document.content))
    read = pypdf.PdfReader(BytesIO(pdf))
    told = "\n".join(page.extract_text() for page in read.pages) + str(read.metadata)
    assert BAR in told.replace("\n", " ")
    for words in ("Lindvall", "19850101", "070-123"):
        assert words not in told
        assert words.encode() not in pdf


def test_the_pdf_is_asked_for(session: Session, verified: Minutes) -> None:
    assert register.conversion_of(session, make(session, verified).document) is not None


def test_suggestions_leave_out_those_who_are_elected_or_have_an_office(session: Session, verified: Minutes) -> None:
    found = renditions.suggested(session, verified, renditions.paper_of(session, verified))
    assert Suggestion("personal_number", NUMBER) in found
    assert Suggestion("email", "rut@lindvall.example") in found
    assert Suggestion("phone", "070-123 45 67") in found
    names = {one.words for one in found if one.kind == "name"}
    assert "Rut Lindvall" in names
    assert not names & {"Olle Brand", "Sonja Ekvall", "Nils Ask", "Norrdals kommun"}


def test_a_screening_needs_its_reason_and_something_that_is_there(session: Session, verified: Minutes) -> None:
    for wrong in (Screening(" ", SECRET), Screening("GDPR", " "), Screening("GDPR")):
        with pytest.raises(RuleBroken):
            make(session, verified, wrong)
    with pytest.raises(NotThere):
        make(session, verified, Screening("GDPR", item_id=-1))
    # Written otherwise than it stands it would be left in, and nobody would know.
    with pytest.raises(RuleBroken, match="står inte i protokollet: Ruth Lindwall"):
        make(session, verified, *CHOSEN, Screening("GDPR", "Ruth Lindwall"))
    with pytest.raises(RuleBroken, match=SECRET):
        make(session, verified, Screening("GDPR", SECRET, acting.rows(session, verified)[0].id))


def test_before_the_verification_there_is_none(session: Session, sent: Minutes) -> None:
    with pytest.raises(RuleBroken, match="inte justerat"):
        make(session, sent)


def test_it_is_public_when_published_and_until_its_notice_comes_down(session: Session, verified: Minutes) -> None:
    notice = notice_of(session, verified)
    made = make(session, verified, *CHOSEN)
    assert renditions.public_of(session, notice, TODAY) is None
    publish(session, publish(session, made))
    assert renditions.public_of(session, notice, TODAY) is made
    # The last day of appeal is 4 May; by what is noted alone it is gone on the 5th, though no clock has been by.
    assert renditions.public_of(session, notice, date(2026, 5, 4)) is made
    assert renditions.public_of(session, notice, DOWN) is None
    assert not is_withdrawn(made)
    notices.come_down(session, notice.association_id, notice.id, now=at(DOWN))
    assert is_withdrawn(made)
    assert made.withdraw_reason == "Anslaget är nedtaget."
    with pytest.raises(RuleBroken, match="tillbakadragen"):
        publish(session, made, at(DOWN))


def test_one_that_stays_is_there_when_the_notice_is_down(session: Session, verified: Minutes) -> None:
    notice = notice_of(session, verified)
    made = publish(session, make(session, verified, stays=True))
    notices.come_down(session, notice.association_id, notice.id, now=at(DOWN))
    assert renditions.public_of(session, notice, date(2027, 1, 1)) is made
    with pytest.raises(RuleBroken, match="nedtaget"):
        publish(session, make(session, verified), at(DOWN))


def test_it_is_withdrawn_by_hand_with_a_reason_and_once(session: Session, verified: Minutes) -> None:
    made = make(session, verified)
    with pytest.raises(RuleBroken, match="inte publicerad"):
        renditions.withdraw(session, made, reason="Fel", now=NOW, actor=SONJA)
    publish(session, made)
    with pytest.raises(RuleBroken, match="varför"):
        renditions.withdraw(session, made, reason=" ", now=NOW, actor=SONJA)
    for reason in ("Ett namn var kvar", "Igen"):
        renditions.withdraw(session, made, reason=reason, now=NOW, actor=SONJA)
    assert made.withdraw_reason == "Ett namn var kvar"
    assert renditions.public_of(session, notice_of(session, verified), TODAY) is None


def test_a_new_one_takes_the_place_of_the_one_before(session: Session, verified: Minutes) -> None:
    first = publish(session, make(session, verified))
    second = publish(session, make(session, verified, *CHOSEN))
    assert first.withdraw_reason == "Ersatt av en ny offentlig version."
    assert renditions.public_of(session, notice_of(session, verified), TODAY) is second


def test_paragraphs_verified_at_once_have_one_of_their_own(session: Session, sent: Minutes) -> None:
    early = verified_at_once(session, sent, date(2026, 4, 9))
    notice = notices.announce(session, sent, immediate=early, now=at(date(2026, 4, 9)), actor=SONJA)
    made = renditions.make_rendition(session, sent, (), immediate=early, now=NOW, actor=SONJA)
    publish(session, made)
    assert [one.number for one in renditions.fields_of(session, made).items] == ["§ 627"]
    assert renditions.public_of(session, notice, TODAY) is made
    acting.all_sign(session, sent)
    assert renditions.public_of(session, notice_of(session, sent), TODAY) is None
