"""Migration 0006 brings meetings and minutes whole: what was there is carried up and down, rows in every new table, and
what the database itself refuses."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from paragraf import all_models
from paragraf.core import migrating
from paragraf.core.database import Database
from paragraf.core.migrating import RowsInTheWay
from paragraf.delegation.models import DelegatedDecision, DelegationPoint
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import (
    AgendaItem,
    Excuse,
    ItemKind,
    Meeting,
    MeetingAttachment,
    NoticeOfMeeting,
    NoticeOpened,
    StandingItem,
)
from paragraf.minutes import operations
from paragraf.minutes.models import (
    CertifiedExtract,
    Correction,
    ExtractItem,
    ExtractRecipient,
    ImmediateVerification,
    ItemBasis,
    MinuteItem,
    Minutes,
    PublicRendition,
    Recusal,
    RecusalGround,
    StandardPhrase,
)
from paragraf.people.models import BodyRule, PartySeats
from tests.minutes import acting
from tests.parts.migrations import down, held, shape, up
from tests.parts.world import NOW, SINCE, Home, World

DAY = date(2026, 4, 20)
#: What only the newer shape has.
NEW = (
    "standard_phrase",
    "delegation_point",
    "standing_item",
    "delegated_decision",
    "excuse",
    "party_seats",
    "immediate_verification",
    "notice_opened",
    "extract_recipient",
    "public_rendition",
    "correction",
    "item_basis",
    "recusal",
)
#: What is carried from the older shape to another place, and back.
CARRIED = ("meeting_attachment", "minute_item_attachment", "certified_extract", "extract_item")
#: Tables of before that were changed.
CHANGED = (
    "body",
    "body_rule",
    "person",
    "meeting",
    "agenda_item",
    "presence",
    "minutes",
    "minute_item",
    "minute_item_text",
    "decision",
    "notice",
    "notice_posting",
    "signature_round",
    "document",
    "duty_rule",
)
PDF = b"%PDF-1.7\n%%EOF\n"


@pytest.fixture
def verified(world: World) -> Database:
    """Verified minutes with a grant, three attachments on two §§ and two certified extracts, with notice on a board."""
    home = world.north
    with world.database.writing() as session:
        adopt_standard_rules(session, home.id, valid_from=SINCE)
        meeting = acting.plan(session, home)
        acting.usual_agenda(session, home, meeting)
        acting.all_present(session, meeting)
        draft = acting.begin(session, meeting)
        first, second, _third = acting.rows(session, draft)
        acting.write(session, second, acting.GRANT)
        for row, title in ((second, "Kalkyl"), (first, "Brev"), (second, "Tidsplan")):
            operations.attach(session, row, title=title, filename="b.pdf", content=PDF, now=NOW, actor=acting.SONJA)
        acting.elect(session, draft, home.fourth_member)
        acting.send(session, acting.fix(session, draft))
        acting.all_sign(session, draft)
        operations.certify_extract(session, first, certifier=home.secretary, now=acting.SIGNED)
    return world.database


def told(database: Database, question: str) -> list[tuple[Any, ...]]:
    with database.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(text(question))]


# --- what was there before ------------------------------------------------------------------------------------------

NUMBERED = (
    "SELECT attached.minute_item_id, attached.position, attachment.number, attachment.title, attachment.meeting_id "
    "FROM minute_item_attachment AS attached JOIN meeting_attachment AS attachment "
    "ON attachment.id = attached.attachment_id ORDER BY attachment.number"
)
EXTRACTS = (
    "SELECT extract.minutes_id, extract.version, item.minute_item_id, item.position, extract.document_id "
    "FROM certified_extract AS extract JOIN extract_item AS item ON item.extract_id = extract.id ORDER BY extract.id"
)


def test_what_a_database_held_before_is_carried_up_and_back(verified: Database) -> None:
    numbered, extracts = told(verified, NUMBERED), told(verified, EXTRACTS)
    assert [row[2:4] for row in numbered] == [(1, "Brev"), (2, "Kalkyl"), (3, "Tidsplan")]
    assert [row[1] for row in extracts] == [1, 2]
    # The rule about taking notices down is taken away and made anew.
    kept = [name for name in CHANGED if name != "duty_rule"]
    changed = held(verified, *kept)
    shapes = {name: shape(verified, name) for name in (*CHANGED, *CARRIED)}
    down(verified, "0005")
    older = held(verified, "minute_item_attachment", "certified_extract")
    up(verified)
    assert told(verified, NUMBERED) == numbered
    assert told(verified, EXTRACTS) == extracts
    assert held(verified, *kept) == changed
    assert {name: shape(verified, name) for name in (*CHANGED, *CARRIED)} == shapes
    down(verified, "0005")
    assert held(verified, "minute_item_attachment", "certified_extract") == older
    up(verified)


def test_an_attachment_of_a_paragraph_that_was_taken_out_comes_last(verified: Database) -> None:
    down(verified, "0005")
    with verified.engine.begin() as connection:
        first = "(SELECT min(minute_item_id) FROM minute_item_attachment)"
        connection.execute(text(f"UPDATE minute_item SET removed_at = '2026-04-09 12:00:00' WHERE id = {first}"))
    up(verified)
    assert [row[2:4] for row in told(verified, NUMBERED)] == [(1, "Kalkyl"), (2, "Tidsplan"), (3, "Brev")]


def test_paragraphs_of_fixed_minutes_have_their_first_edition(verified: Database, world: World) -> None:
    with verified.writing() as session:
        later = acting.plan(
            session, world.north, start=acting.START + timedelta(weeks=4), end=acting.END + timedelta(weeks=4)
        )
        acting.agenda_item(session, later, "Läget")
        acting.begin(session, later, now=acting.AFTER + timedelta(weeks=4))
    down(verified, "0005")
    up(verified)
    editions = told(
        verified,
        "SELECT DISTINCT minutes.fixed_at IS NULL, item.edition FROM minute_item AS item "
        "JOIN minutes ON minutes.id = item.minutes_id",
    )
    assert {(bool(draft), edition) for draft, edition in editions} == {(False, 1), (True, 0)}


# --- what the older shape has no place for --------------------------------------------------------------------------


def fill(session: Session, home: Home) -> None:
    """A row in every new table."""
    own = {"association_id": home.id}
    meeting = session.scalars(select(Meeting).filter_by(**own).order_by(Meeting.id)).first()
    minutes = session.scalars(select(Minutes).filter_by(**own).order_by(Minutes.id)).first()
    extract = session.scalars(select(CertifiedExtract).filter_by(**own)).first()
    assert meeting is not None
    assert minutes is not None
    assert extract is not None
    session.add_all(_rows(session, home, meeting, minutes, extract))
    session.flush()


def _rows(
    session: Session, home: Home, meeting: Meeting, minutes: Minutes, extract: CertifiedExtract
) -> Iterable[object]:
    own: dict[str, Any] = {"association_id": home.id}
    first, second, *_more = session.scalars(select(MinuteItem).filter_by(**own).order_by(MinuteItem.id)).all()
    of_body, by = {**own, "body_id": home.board.id}, {"recorded_at": NOW, "recorded_by": acting.SONJA}
    point = DelegationPoint(
        **of_body, number="1", matters="Avtal", delegate="Förbundschefen", valid_from=DAY, source="§ 12"
    )
    decided = DelegatedDecision(
        **own,
        **by,
        point=point,
        year=2026,
        number=1,
        decided_on=DAY,
        decided_by_id=home.secretary.id,
        heading="Avtal",
        text="Ja.",
    )
    yield from (StandardPhrase(**own, name="Tack", text="Ordföranden tackar.", position=1), decided)
    yield StandingItem(**of_body, place=-1, kind=ItemKind.DECISION, heading="Val av justerare")
    yield Excuse(**own, meeting_id=meeting.id, person_id=home.member.id, told_at=NOW, recorded_by=acting.SONJA)
    rule = session.scalars(select(BodyRule).filter_by(**of_body)).one()
    yield PartySeats(**own, body_rule_id=rule.id, member_organisation_id=home.region.id, members=1, substitutes=1)
    yield ImmediateVerification(**own, minutes_id=minutes.id, fixed_at=NOW, took_part={})
    notice = session.scalars(select(NoticeOfMeeting).filter_by(**own)).first()
    assert notice is not None
    yield NoticeOpened(**own, notice_id=notice.id, person_id=home.member.id, opened_at=NOW)
    yield ExtractRecipient(
        **own, extract_id=extract.id, name="Kassan", email="x@y.example", sent_at=NOW, sent_by=acting.SONJA
    )
    yield PublicRendition(
        **own, minutes_id=minutes.id, document_id=extract.document_id, made_at=NOW, made_by=acting.SONJA
    )
    yield Correction(**own, corrected_id=first.id, by_id=second.id, text="Rätt datum.", made_at=NOW)
    yield ItemBasis(**own, **by, minute_item_id=first.id, is_substantive=False)
    yield Recusal(**own, **by, minute_item_id=first.id, person_id=home.member.id, ground=RecusalGround.OWN_INTEREST)


def test_a_database_with_rows_of_new_kinds_does_not_go_back(verified: Database, world: World) -> None:
    with verified.writing() as session:
        fill(session, world.north)
    before = held(verified, *NEW, *CARRIED, *CHANGED)
    assert [name for name in NEW if not before[name]] == []
    with pytest.raises(RowsInTheWay, match=r"rows of new kinds.*Nothing is changed"):
        migrating.downgrade(verified.engine, all_models.metadata, "0005")
    assert held(verified, *NEW, *CARRIED, *CHANGED) == before
    up(verified)


def _second_on_extract(session: Session, home: Home) -> None:
    extract = session.scalars(select(CertifiedExtract).filter_by(association_id=home.id)).first()
    assert extract is not None
    taken = {item.minute_item_id for item in extract.items}
    rows = session.scalars(select(MinuteItem.id).filter_by(association_id=home.id)).all()
    other = next(row for row in rows if row not in taken)
    session.add(ExtractItem(association_id=home.id, extract_id=extract.id, minute_item_id=other, position=2))


def _attachment_of_no_paragraph(session: Session, home: Home) -> None:
    attached = session.scalars(select(MeetingAttachment).filter_by(association_id=home.id)).first()
    assert attached is not None
    session.add(
        MeetingAttachment(
            association_id=home.id,
            meeting_id=attached.meeting_id,
            position=9,
            title="Karta",
            document_id=attached.document_id,
        )
    )


def _item_that_goes_on(session: Session, home: Home) -> None:
    first, second, *_more = session.scalars(select(AgendaItem).filter_by(association_id=home.id)).all()
    second.continues_id = first.id


@pytest.mark.parametrize("act", [_second_on_extract, _attachment_of_no_paragraph, _item_that_goes_on])
def test_what_has_become_more_than_the_older_shape_holds_keeps_the_database_from_going_back(
    verified: Database, world: World, act: Callable[[Session, Home], None]
) -> None:
    with verified.writing() as session:
        act(session, world.north)
    with pytest.raises(RowsInTheWay, match="0006"):
        migrating.downgrade(verified.engine, all_models.metadata, "0005")


#: What is said in a column that only the newer shape has, and how it is taken back.
SAID = {
    "UPDATE body_rule SET numbering = 'yearly'": "UPDATE body_rule SET numbering = 'continuous'",
    "UPDATE body_rule SET first_number = 2": "UPDATE body_rule SET first_number = 1",
    "UPDATE body SET ended_on = '2026-12-31'": "UPDATE body SET ended_on = NULL",
    "UPDATE agenda_item SET is_late = true": "UPDATE agenda_item SET is_late = false",
    "UPDATE agenda_item SET source = 'commission'": "UPDATE agenda_item SET source = ''",
    "UPDATE meeting SET opened_at = '2026-04-09 07:05:00'": "UPDATE meeting SET opened_at = NULL",
    "UPDATE meeting SET distance_note = 'Två på distans.'": "UPDATE meeting SET distance_note = ''",
    "UPDATE presence SET by_distance = true": "UPDATE presence SET by_distance = false",
    "UPDATE minute_item SET begun_at = '2026-04-09 07:05:00'": "UPDATE minute_item SET begun_at = NULL",
    "UPDATE minutes SET imported_at = '2026-04-09 07:05:00'": "UPDATE minutes SET imported_at = NULL",
    "UPDATE notice_posting SET attempt = 2": "UPDATE notice_posting SET attempt = 1",
    "UPDATE duty_rule SET anchor = 'notice_end' WHERE key = 'meeting'": (
        "UPDATE duty_rule SET anchor = 'meeting' WHERE key = 'meeting'"
    ),
    "UPDATE signature_round SET purpose = 'immediate_verification'": "UPDATE signature_round SET purpose = 'minutes'",
}


def test_what_is_said_in_new_columns_keeps_the_database_from_going_back(verified: Database) -> None:
    for statement, taken_back in SAID.items():
        with verified.writing() as session:
            session.execute(text(statement))
        with pytest.raises(RowsInTheWay, match="0006"):
            migrating.downgrade(verified.engine, all_models.metadata, "0005")
        with verified.writing() as session:
            session.execute(text(taken_back))
    down(verified, "0005")
    up(verified)


def test_a_link_to_the_calendar_that_was_renewed_is_nothing_to_keep(verified: Database) -> None:
    with verified.writing() as session:
        session.execute(text("UPDATE person SET calendar_serial = 7"))
    down(verified, "0005")
    up(verified)
    assert {serial for (serial,) in told(verified, "SELECT calendar_serial FROM person")} == {1}


# --- what the database itself refuses --------------------------------------------------------------------------------


REFUSED = (
    ("UPDATE notice_opened SET opened_at = '2026-05-01 09:00:00'", "only added"),
    ("DELETE FROM extract_item", "only added"),
    ("UPDATE extract_recipient SET name = 'Annan'", "only added"),
    ("DELETE FROM correction", "only added"),
    ("UPDATE body_rule SET numbering = 'monthly'", "numbering"),
    ("UPDATE body_rule SET substitute_order = 'any'", "substitute_order"),
    ("UPDATE body_rule SET first_number = 0", "sensible_chairs_and_number"),
    ("UPDATE body_rule SET vice_chairs = -1", "sensible_chairs_and_number"),
    ("UPDATE party_seats SET members = -1", "some_seat"),
    ("UPDATE party_seats SET members = 0, substitutes = 0", "some_seat"),
    (
        "UPDATE meeting SET opened_at = '2026-04-09 09:00:00', closed_at = '2026-04-09 08:00:00'",
        "closes_after_opening",
    ),
    ("UPDATE meeting_attachment SET number = 0", "numbered_from_one"),
    ("UPDATE meeting_attachment SET number = 1", "(?i)unique"),
    ("UPDATE minutes SET imported_at = '2026-04-09 09:00:00', verified_at = NULL", "imported_is_verified"),
    ("UPDATE immediate_verification SET verified_at = '2026-04-09 09:00:00'", "sent_before_verified"),
    ("UPDATE public_rendition SET withdrawn_at = '2026-04-09 09:00:00'", "published_before_withdrawn"),
    ("UPDATE notice_posting SET refused_on = '2026-04-12', posted_on = NULL", "refused_with_reason"),
    (
        "UPDATE notice_posting SET refused_on = '2026-04-12', refuse_reason = 'Fel', posted_on = '2026-04-12'",
        "refused_or_posted",
    ),
    ("UPDATE delegation_point SET valid_to = '2020-01-01'", "ends_after_start"),
    ("UPDATE recusal SET ground = 'dislike'", "recusal_ground"),
    ("UPDATE certified_extract SET version = 1", "(?i)unique|only added"),
    ("UPDATE agenda_item SET continues_id = 999999", "(?i)foreign key"),
    (
        "INSERT INTO notice (association_id, minutes_id, created_at) "
        "SELECT association_id, minutes_id, created_at FROM notice",
        "(?i)unique",
    ),
    (
        "INSERT INTO excuse (association_id, meeting_id, person_id, reason, told_at, recorded_by) "
        "SELECT association_id, meeting_id, person_id, reason, told_at, recorded_by FROM excuse",
        "(?i)unique",
    ),
)


def test_what_meetings_and_minutes_may_not_come_to(verified: Database, world: World) -> None:
    with verified.writing() as session:
        fill(session, world.north)
    for statement, why in REFUSED:
        try:
            with pytest.raises(DBAPIError, match=why), verified.writing() as session:
                session.execute(text(statement))
        except pytest.fail.Exception:
            pytest.fail(f"the database lets through: {statement}")
