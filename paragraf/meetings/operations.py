"""Verbs of the meetings room, each from the file where it stands.

When and whether a body meets is said by the verbs in ``scheduling``, what it takes up by those in ``agenda``, who is
called by those in ``sending``, who is present by those in ``attending``.
"""

from paragraf.meetings.acts import SUBJECT
from paragraf.meetings.agenda import (
    add_item,
    add_matter_to_agenda,
    edit_item,
    move_item,
    restore_item,
    withdraw_item,
)
from paragraf.meetings.attending import (
    change_serving,
    close_attendance,
    end_presence,
    mark_all_present,
    record_presence,
    remove_presence,
)
from paragraf.meetings.scheduling import cancel_meeting, change_meeting, plan_meeting
from paragraf.meetings.sending import send_notice

__all__ = [
    "SUBJECT",
    "add_item",
    "add_matter_to_agenda",
    "cancel_meeting",
    "change_meeting",
    "change_serving",
    "close_attendance",
    "edit_item",
    "end_presence",
    "mark_all_present",
    "move_item",
    "plan_meeting",
    "record_presence",
    "remove_presence",
    "restore_item",
    "send_notice",
    "withdraw_item",
]
