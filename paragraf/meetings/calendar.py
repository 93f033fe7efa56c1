"""Calendar invitations (iCalendar, RFC 5545; sent by mail as RFC 5546 and 6047 say)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from paragraf.core.dates import local

if TYPE_CHECKING:
    from icalendar import Calendar, Event, vCalAddress

#: With the method, so that mail programs show the invitation itself and not a file.
REQUEST_TYPE = "text/calendar; method=REQUEST; charset=utf-8"
CANCEL_TYPE = "text/calendar; method=CANCEL; charset=utf-8"

#: How often calendars may ask anew.
_REFRESHED = timedelta(hours=4)

#: Swedish time as it is changed since 1996 (directive 2000/84/EC). Written out, since programs need the zone's rules in
#: the file, and those that icalendar generates end in 2038.
_ZONE = """\
BEGIN:VTIMEZONE
TZID:Europe/Stockholm
BEGIN:DAYLIGHT
DTSTART:19960331T020000
TZNAME:CEST
TZOFFSETFROM:+0100
TZOFFSETTO:+0200
RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T030000
TZNAME:CET
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
END:STANDARD
END:VTIMEZONE
"""


@dataclass(frozen=True)
class Invitation:
    """What one person's calendar is told. Moments are aware; ``uid`` stays the same, ``sequence`` only rises."""

    uid: str
    sequence: int
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    description: str
    place: str
    url: str
    organiser: tuple[str, str]
    """Name and address."""
    attendee: tuple[str, str]
    """Name and address of the one recipient: the others' addresses are nobody else's business."""
    optional: bool = False


@dataclass(frozen=True)
class Listed:
    """A meeting in a calendar that somebody subscribes to: time, place, body and link, and nothing of the agenda."""

    uid: str
    sequence: int
    #: When what is told of the meeting was last changed.
    stamped_at: datetime
    starts_at: datetime
    ends_at: datetime
    summary: str
    place: str
    url: str
    cancelled: bool = False


def request(invitation: Invitation) -> bytes:
    """The file that puts the meeting into the calendar, or moves it there."""
    return _calendar("REQUEST", "CONFIRMED", invitation)


def cancel(invitation: Invitation) -> bytes:
    """The file that takes the meeting out of the calendar."""
    return _calendar("CANCEL", "CANCELLED", invitation)


def published(name: str, meetings: Sequence[Listed]) -> bytes:
    """The file that calendars fetch by themselves (RFC 5545; refreshed as RFC 7986 5.7 says). Cancelled meetings stay
    in it as such: one that vanished would remain in some calendars."""
    from icalendar import vDuration

    calendar = _empty()
    for key in ("name", "x-wr-calname"):
        calendar.add(key, name)
    calendar.add("refresh-interval", vDuration(_REFRESHED), parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESHED))
    for one in meetings:
        event = _told(one, "CANCELLED" if one.cancelled else "CONFIRMED")
        event.add("last-modified", one.stamped_at)
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _empty() -> Calendar:
    from icalendar import Calendar, Component  # loads slowly, and few requests send invitations

    calendar = Calendar()
    calendar.add("prodid", "-//Paragraf//Paragraf//SV")
    calendar.add("version", "2.0")
    calendar.add_component(Component.from_ical(_ZONE))
    return calendar


def _calendar(method: str, status: str, invitation: Invitation) -> bytes:
    calendar = _empty()
    calendar.add("method", method)
    calendar.add_component(_event(status, invitation))
    return bytes(calendar.to_ical())


def _event(status: str, invitation: Invitation) -> Event:
    event = _told(invitation, status)
    event.add("description", invitation.description)
    event.add("organizer", _address(invitation.organiser))
    event.add("attendee", _attendee(invitation))
    return event


def _told(meeting: Invitation | Listed, status: str) -> Event:
    from icalendar import Event

    event = Event()
    event.add("uid", meeting.uid)
    event.add("sequence", meeting.sequence)
    event.add("dtstamp", meeting.stamped_at)
    event.add("dtstart", local(meeting.starts_at))
    event.add("dtend", local(meeting.ends_at))
    event.add("summary", meeting.summary)
    event.add("location", meeting.place)
    event.add("url", meeting.url)
    event.add("status", status)
    return event


def _attendee(invitation: Invitation) -> vCalAddress:
    return _address(
        invitation.attendee,
        ROLE="OPT-PARTICIPANT" if invitation.optional else "REQ-PARTICIPANT",
        PARTSTAT="NEEDS-ACTION",
        RSVP="TRUE",
    )


def _address(party: tuple[str, str], **parameters: str) -> vCalAddress:
    from icalendar import vCalAddress, vText

    name, address = party
    given = vCalAddress(f"mailto:{address}")
    for key, text in {"CN": name, **parameters}.items():
        given.params[key] = vText(text)
    return given
