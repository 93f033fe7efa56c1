"""Begin minutes and write their §§: typed once, saved by version, nobody's words lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.meetings import operations as meetings
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.minutes import operations, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import MinuteItemText, Minutes, Verb
from paragraf.minutes.rules import StaleText
from tests.minutes.acting import (
    AFTER,
    SONJA,
    agenda_item,
    all_present,
    begin,
    elect,
    fix,
    numbers,
    plan,
    rows,
    write,
)
from tests.parts.world import NOW, Home, World

OLLE = "Olle Brand"


# --- beginning ---


def test_each_agenda_item_becomes_a_paragraph_typed_once(session: Session, draft: Minutes) -> None:
    first, second, third = queries.items(session, draft)
    assert [first.words.heading, third.words.heading] == ["Val av justerare", "Lägesrapport"]
    assert second.words.background == "Norrdals kommun söker 410 000 kr.\n\nBeredningsgruppen tillstyrker."
    assert second.row.matter is not None
    assert second.row.matter.register_number == "2026/1"
    assert third.words.clauses == ()


def test_the_proposal_becomes_clauses_with_the_facts_that_can_be_read(session: Session, draft: Minutes) -> None:
    first, second, _third = queries.items(session, draft)
    elected = Clause(Verb.APPOINT, text="utse Maj Torn till justerare", persons=("Maj Torn",), role="justerare")
    assert first.words.clauses == (elected,)
    assert second.words.clauses == (Clause(Verb.GRANT, text="bevilja ansökan", grantee="Norrdals kommun"),)


def test_withdrawn_items_get_no_paragraph(session: Session, home: Home, meeting: Meeting) -> None:
    agenda_item(session, meeting, "Kvar")
    agenda_item(session, meeting, "Utgår")
    meetings.withdraw_item(session, meeting.items[1], now=NOW, actor=SONJA)
    meetings.send_notice(session, meeting, now=NOW, actor=SONJA)
    assert [one.words.heading for one in queries.items(session, begin(session, meeting))] == ["Kvar"]


def test_beginning_twice_gives_the_same_minutes(session: Session, draft: Minutes, meeting: Meeting) -> None:
    assert begin(session, meeting) is draft
    assert len(rows(session, draft)) == 3


def test_minutes_wait_for_the_notice(session: Session, meeting: Meeting) -> None:
    agenda_item(session, meeting, "Budget")
    with pytest.raises(RuleBroken, match="Skicka kallelsen först"):
        begin(session, meeting, NOW)


def test_a_meeting_held_without_notice_has_minutes_all_the_same(session: Session, meeting: Meeting) -> None:
    assert rows(session, begin(session, meeting)) == []


def test_a_cancelled_meeting_has_no_minutes(session: Session, meeting: Meeting) -> None:
    meetings.cancel_meeting(session, meeting, reason="Snöstorm", now=NOW, actor=SONJA)
    with pytest.raises(RuleBroken, match="inställt"):
        begin(session, meeting)


def test_the_chair_of_the_day_and_the_secretary_sign(home: Home, draft: Minutes) -> None:
    assert (draft.chair.name, draft.secretary.name) == (home.chair.name, home.secretary.name)


def test_items_that_come_late_on_the_agenda_can_be_fetched(session: Session, application: Application) -> None:
    meeting = session.scalars(select(Meeting)).one()
    minutes = begin(session, meeting, NOW)
    agenda_item(session, meeting, "Sent ärende")
    operations.remove_item(session, rows(session, minutes)[0], now=NOW, actor=SONJA)
    added = operations.add_from_agenda(session, minutes, now=NOW, actor=SONJA)
    assert [queries.newest_text(session, row).heading for row in added] == ["Sent ärende"]
    assert operations.add_from_agenda(session, minutes, now=NOW, actor=SONJA) == []


# --- saving ---


def test_a_save_raises_the_version_and_keeps_the_old_text(session: Session, draft: Minutes) -> None:
    row = write(session, rows(session, draft)[2], background="Ny text")
    versions = session.scalars(
        select(MinuteItemText.background)
        .where(MinuteItemText.minute_item_id == row.id)
        .order_by(MinuteItemText.version)
    ).all()
    assert row.version == 2
    assert versions == ["Läget är gott.", "Ny text"]


def test_saving_the_same_again_makes_no_new_version(session: Session, draft: Minutes) -> None:
    row = rows(session, draft)[2]
    assert write(session, row, background="  Läget är gott.\r\n").version == 1


def test_typed_amounts_that_cannot_be_read_are_kept(session: Session, draft: Minutes) -> None:
    odd = Clause(Verb.GRANT, grantee="X", conditions=("ja",), persons=("Kvar",), due_on="på tisdag")
    row = write(session, rows(session, draft)[1], odd)
    assert queries.words_of(queries.newest_text(session, row)).clauses == (odd,)


def test_a_stale_save_keeps_both_texts(session: Session, draft: Minutes) -> None:
    row = rows(session, draft)[2]
    write(session, row, background="Olles text", by=OLLE)
    with pytest.raises(StaleText) as stale:
        write(session, row, background="Sonjas text", base=1)
    assert (stale.value.mine.background, stale.value.theirs.background) == ("Sonjas text", "Olles text")
    assert (stale.value.version, stale.value.by) == (2, OLLE)
    (aside,) = queries.set_aside(session, row)
    assert (aside.background, aside.version, aside.base_version) == ("Sonjas text", None, 1)
    assert queries.newest_text(session, row).background == "Olles text"


def test_a_stale_text_is_set_aside_once_however_often_the_page_tries(session: Session, draft: Minutes) -> None:
    row = rows(session, draft)[2]
    write(session, row, background="Olles text", by=OLLE)
    for _attempt in range(3):
        with pytest.raises(StaleText):
            write(session, row, background="Sonjas text", base=1)
    assert len(queries.set_aside(session, row)) == 1


def test_merging_is_saving_over_the_other_version(session: Session, draft: Minutes) -> None:
    row = rows(session, draft)[2]
    write(session, row, background="Olles text", by=OLLE)
    write(session, row, background="Sonjas och Olles text", base=2)
    assert (row.version, queries.newest_text(session, row).background) == (3, "Sonjas och Olles text")


def test_a_stale_save_of_the_same_words_is_no_conflict(session: Session, draft: Minutes) -> None:
    row = rows(session, draft)[2]
    write(session, row, background="Lika", by=OLLE)
    assert write(session, row, background="Lika", base=1).version == 2


@pytest.mark.parametrize(
    ("field", "words"), [("heading", {"heading": "x" * 301}), ("background", {"background": "x" * 500_001})]
)
def test_what_no_paragraph_can_hold_is_refused(
    session: Session, draft: Minutes, field: str, words: dict[str, str]
) -> None:
    with pytest.raises(RuleBroken) as refused:
        write(session, rows(session, draft)[2], **words)  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_hundred_kilobytes_of_pasted_text_are_kept_without_control_characters(
    session: Session, draft: Minutes
) -> None:
    pasted = "Rad med text.\n" * 7_000
    row = write(session, rows(session, draft)[2], background=f"\x00\x0b{pasted}\u202e")
    assert queries.newest_text(session, row).background == pasted.strip()


# --- §§ ---


def test_a_new_paragraph_comes_after_the_one_named(session: Session, draft: Minutes) -> None:
    first = rows(session, draft)[0]
    operations.add_item(session, draft, after=first, heading="Nytt", now=AFTER, actor=SONJA)
    operations.add_item(session, draft, now=AFTER, actor=SONJA)
    found = [(one.row.position, one.words.heading) for one in queries.items(session, draft)]
    assert found == [
        (1, "Val av justerare"),
        (2, "Nytt"),
        (3, "Ansökan om medel till Stegvis"),
        (4, "Lägesrapport"),
        (5, ""),
    ]


def test_moving_renumbers_provisionally(session: Session, draft: Minutes) -> None:
    third = rows(session, draft)[2]
    operations.move_item(session, third, place=1, now=AFTER, actor=SONJA)
    found = [(one.number, one.is_fixed, one.words.heading) for one in queries.items(session, draft)]
    assert found[0] == (626, False, "Lägesrapport")
    assert [number for number, _fixed, _heading in found] == [626, 627, 628]


def test_a_removed_paragraph_takes_no_number_and_cannot_be_written(session: Session, draft: Minutes) -> None:
    first = rows(session, draft)[0]
    operations.remove_item(session, first, now=AFTER, actor=SONJA)
    assert numbers(session, draft) == [626, 627]
    with pytest.raises(RuleBroken, match="tagits bort"):
        write(session, first, background="för sent")
    with pytest.raises(NotThere):
        operations.move_item(session, first, place=1, now=AFTER, actor=SONJA)


def test_provisional_numbers_leave_room_for_an_earlier_draft(session: Session, home: Home, draft: Minutes) -> None:
    later = plan(session, home, start=AFTER, end=AFTER + timedelta(hours=1))
    minutes = begin(session, later, AFTER + timedelta(hours=2))
    operations.add_item(session, minutes, heading="Först", now=AFTER, actor=SONJA)
    assert numbers(session, minutes) == [629]


# --- attachments ---

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


def attach(session: Session, minutes: Minutes, place: int, title: str) -> None:
    row = rows(session, minutes)[place]
    operations.attach(session, row, title=title, filename="fil.pdf", content=PDF, now=AFTER, actor=SONJA)


def labels(session: Session, minutes: Minutes) -> list[list[tuple[int, str]]]:
    return [
        [(each.number, each.row.attachment.title) for each in one.attachments]
        for one in queries.items(session, minutes)
    ]


def test_attachments_are_numbered_through_the_minutes_in_paragraph_order(session: Session, draft: Minutes) -> None:
    attach(session, draft, 2, "Statistik")
    attach(session, draft, 1, "Budget")
    attach(session, draft, 1, "Karta")
    assert labels(session, draft) == [[], [(1, "Budget"), (2, "Karta")], [(3, "Statistik")]]
    operations.move_item(session, rows(session, draft)[2], place=1, now=AFTER, actor=SONJA)
    assert labels(session, draft) == [[(1, "Statistik")], [], [(2, "Budget"), (3, "Karta")]]


def test_an_attachment_is_kept_in_the_matter_it_belongs_to(session: Session, draft: Minutes) -> None:
    attach(session, draft, 1, "Budget")
    document = rows(session, draft)[1].attachments[0].attachment.document
    assert (document.matter_id, document.media_type) == (rows(session, draft)[1].matter_id, "application/pdf")


def test_a_file_of_another_kind_is_refused(session: Session, draft: Minutes) -> None:
    with pytest.raises(RuleBroken) as refused:
        operations.attach(
            session,
            rows(session, draft)[0],
            title="",
            filename="budget.pdf",
            content=b"MZ\x90\x00" + b"\x00" * 60,
            now=AFTER,
            actor=SONJA,
        )
    assert refused.value.field == "file"


def test_detaching_leaves_the_document_in_the_register(session: Session, draft: Minutes) -> None:
    attach(session, draft, 1, "Budget")
    row = rows(session, draft)[1]
    document = row.attachments[0].attachment.document
    operations.detach(session, row, row.attachments[0].id, now=AFTER, actor=SONJA)
    assert labels(session, draft) == [[], [], []]
    assert session.get(type(document), document.id) is not None
    with pytest.raises(NotThere):
        operations.detach(session, row, 4711, now=AFTER, actor=SONJA)


# --- who signs ---


def test_the_choice_of_verifiers_is_those_who_voted_and_do_not_sign_already(
    session: Session, home: Home, draft: Minutes
) -> None:
    expected = [home.vice_chair.name, home.member.name, home.fourth_member.name]
    assert [person.name for person in queries.could_verify(session, draft)] == expected
    assert [person.name for person in queries.could_chair(session, draft)] == [home.chair.name, *expected]


def test_verifiers_can_be_changed_and_taken_away(session: Session, home: Home, draft: Minutes) -> None:
    elect(session, draft, home.member, home.fourth_member, home.member)
    elect(session, draft, home.fourth_member, home.vice_chair)
    assert [one.person.name for one in draft.verifiers] == [home.fourth_member.name, home.vice_chair.name]
    elect(session, draft)
    assert draft.verifiers == []


def test_the_one_who_led_the_meeting_can_be_noted(session: Session, home: Home, draft: Minutes) -> None:
    operations.set_chair(session, draft, home.vice_chair, now=AFTER, actor=SONJA)
    assert draft.chair.name == home.vice_chair.name


def test_people_of_another_association_can_neither_verify_nor_chair(
    session: Session, world: World, draft: Minutes
) -> None:
    with pytest.raises(NotThere):
        elect(session, draft, world.south.member)
    with pytest.raises(NotThere):
        operations.set_chair(session, draft, world.south.chair, now=AFTER, actor=SONJA)


# --- after fixing ---


@pytest.mark.parametrize(
    "act",
    [
        lambda session, minutes, home: write(session, rows(session, minutes)[0], background="ändrad"),
        lambda session, minutes, home: operations.add_item(session, minutes, now=AFTER, actor=SONJA),
        lambda session, minutes, home: operations.add_from_agenda(session, minutes, now=AFTER, actor=SONJA),
        lambda session, minutes, home: operations.move_item(
            session, rows(session, minutes)[0], place=2, now=AFTER, actor=SONJA
        ),
        lambda session, minutes, home: operations.remove_item(
            session, rows(session, minutes)[0], now=AFTER, actor=SONJA
        ),
        lambda session, minutes, home: attach(session, minutes, 0, "sen"),
        lambda session, minutes, home: elect(session, minutes, home.member),
        lambda session, minutes, home: operations.set_chair(session, minutes, home.vice_chair, now=AFTER, actor=SONJA),
        lambda session, minutes, home: fix(session, minutes),
    ],
)
def test_a_correction_after_fixing_is_refused_with_what_to_do(
    session: Session, home: Home, fixed: Minutes, act: object
) -> None:
    texts = session.scalar(select(func.count(MinuteItemText.id)))
    with pytest.raises(RuleBroken, match="rättelse som en ny paragraf"):
        act(session, fixed, home)  # type: ignore[operator]
    assert session.scalar(select(func.count(MinuteItemText.id))) == texts


def test_minutes_are_found_only_by_their_own_association(session: Session, world: World, draft: Minutes) -> None:
    row = rows(session, draft)[0]
    assert queries.minutes(session, world.north.id, draft.meeting_id) is draft
    for ask in (
        lambda: queries.minutes(session, world.south.id, draft.meeting_id),
        lambda: queries.minutes_by_id(session, world.south.id, draft.id),
        lambda: queries.item(session, world.south.id, draft.meeting_id, row.id),
    ):
        with pytest.raises(NotThere):
            ask()


def test_what_waits_for_the_secretary_is_found(session: Session, home: Home, draft: Minutes) -> None:
    missed = plan(session, home, start=AFTER, end=AFTER + timedelta(hours=1))
    called_off = plan(session, home, start=AFTER + timedelta(days=1), end=AFTER + timedelta(days=1, hours=1))
    meetings.cancel_meeting(session, called_off, reason="Snö", now=NOW, actor=SONJA)
    assert queries.unverified(session, home.id) == [draft]
    assert queries.unwritten(session, home.id, AFTER + timedelta(days=2)) == [missed]
    assert queries.verification_deadline(draft).isoformat() == "2026-04-23"


def test_a_distance_of_information_only(session: Session, meeting: Meeting) -> None:
    agenda_item(session, meeting, "Rapport", ItemKind.REPORT, background="Text", proposal="")
    meetings.send_notice(session, meeting, now=NOW, actor=SONJA)
    all_present(session, meeting)
    assert queries.items(session, begin(session, meeting))[0].facts.for_decision is False
