"""The letters of the minutes room: the applicant hears the decision, the members that the minutes are verified."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from paragraf.applications.filled import filled
from paragraf.applications.links import link_to
from paragraf.applications.models import Application
from paragraf.applications.submitting import applicants
from paragraf.core import addresses
from paragraf.core.database import settings_of
from paragraf.core.dates import local_date
from paragraf.meetings import queries as meetings
from paragraf.minutes import notice_queries, wording
from paragraf.minutes.models import Decision, Minutes, Notice
from paragraf.minutes.queries import Item
from paragraf.people import queries as people
from paragraf.people.operations import recipient
from paragraf.post.operations import Attachment, write_letter
from paragraf.register.models import Document

ROOM = "minutes"


def tell_applicant(
    session: Session,
    minutes: Minutes,
    one: Item,
    application: Application,
    decided: Sequence[Decision],
    papers: Sequence[Document],
    notice: Notice | None,
    *,
    now: datetime,
) -> None:
    """Tell the applicant and its contact person what was decided, where the grant is to be seen, and how the decision
    can be appealed. ``papers`` go with it: the decision letter and the certified extract."""
    association, settings = people.association(session, minutes.association_id), settings_of(session)
    matter = one.row.matter
    fields = {
        "number": one.number,
        "heading": one.words.heading,
        "register_number": matter.register_number if matter else "",
        "body": minutes.meeting.body.name,
        "day": local_date(minutes.meeting.starts_at),
        "phrase": minutes.meeting.body.decision_phrase,
        "clauses": wording.punctuated([decision.text for decision in decided]),
        "last_day": notice_queries.period(notice).last_day if notice else None,
        "notice_address": addresses.notice_board(settings, association.slug),
        "application_address": link_to(settings, application),
        "contact": association.email,
    }
    told = applicants(application, filled(session, application, local_date(now)))
    for place, to in enumerate(told, start=1):
        write_letter(
            session,
            association_id=association.id,
            room=ROOM,
            kind="decision",
            key=f"decision-{minutes.id}-{one.row.id}-{place}",
            to=to,
            fields=fields,
            now=now,
            matter_id=one.row.matter_id,
            attachments=[Attachment(each.filename, each.media_type, document_id=each.id) for each in papers],
        )


def tell_members(session: Session, minutes: Minutes, *, now: datetime) -> None:
    """Tell those who were called to the meeting that its minutes are verified and where they can be read."""
    association = people.association(session, minutes.association_id)
    for one in meetings.invited(session, minutes.meeting):
        write_letter(
            session,
            association_id=association.id,
            room=ROOM,
            kind="minutes_verified",
            key=f"minutes-{minutes.id}-verified-{one.person.id}",
            to=recipient(one.person),
            fields={
                "body": minutes.meeting.body.name,
                "day": local_date(minutes.meeting.starts_at),
                "item_range": notice_queries.item_range(session, minutes),
                "address": addresses.minutes(settings_of(session), association.slug, minutes.meeting_id),
            },
            now=now,
            matter_id=minutes.meeting.matter_id,
        )
