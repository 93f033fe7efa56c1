"""Where one room's end is another's beginning: rounds that are complete, reminders whose day has come.

Signing knows nothing of what is signed, and the applications' reminders nothing of what later rooms remind of; these
tables are the only place that knows both.
"""

from __future__ import annotations

from functools import partial

from paragraf.applications import rounds, submitting
from paragraf.applications.calling import write_closing_reminder
from paragraf.applications.models import ReminderKind
from paragraf.applications.reminding import Writers
from paragraf.applications.submitting import Receivers
from paragraf.minutes.operations import complete_round
from paragraf.signing.models import RoundPurpose
from paragraf.signing.operations import Completed, Declined

#: What becomes of a filled-in form of each purpose when it has come in.
RECEIVERS: Receivers = {**submitting.RECEIVERS}
COMPLETED: Completed = {
    RoundPurpose.MINUTES: complete_round,
    RoundPurpose.APPLICATION: partial(submitting.receive, receivers=RECEIVERS),
}
#: What else follows when somebody declines to sign.
DECLINED: Declined = {RoundPurpose.APPLICATION: rounds.tell_owner_declined}
#: Who writes each kind of reminder to applicants.
REMINDED: Writers = {ReminderKind.CALL_CLOSING: write_closing_reminder}
