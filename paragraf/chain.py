"""Where one room's end is another's beginning: complete rounds, reminders whose day has come, what is withdrawn, what
an agenda may draw in.

Signing knows nothing of what is signed, and the applications' reminders nothing of what later rooms remind of; these
tables are the only place that knows both.
"""

from __future__ import annotations

from functools import partial

from paragraf.applications import rounds, submitting, withdrawing
from paragraf.applications.completing import completion_letters
from paragraf.applications.models import ReminderKind
from paragraf.applications.offered.calling import write_closing_reminder
from paragraf.applications.reminding import Writers
from paragraf.applications.submitting import Receivers
from paragraf.grants import reminding as grants
from paragraf.grants.reporting.reports import receive_report
from paragraf.meetings import sources
from paragraf.meetings.delegated import DELEGATED
from paragraf.meetings.sources import Source
from paragraf.meetings.withdrawing import follow_withdrawal
from paragraf.minutes.earlier import RETURNED
from paragraf.minutes.operations import complete_round
from paragraf.questions.definition import Purpose
from paragraf.signing.models import RoundPurpose
from paragraf.signing.operations import Completed, Declined

#: What becomes of a filled-in form of each purpose when it has come in.
RECEIVERS: Receivers = {**submitting.RECEIVERS, Purpose.REPORT: receive_report}
COMPLETED: Completed = {
    RoundPurpose.MINUTES: complete_round,
    RoundPurpose.APPLICATION: partial(submitting.receive, receivers=RECEIVERS),
}
#: What else follows when somebody declines to sign.
DECLINED: Declined = {RoundPurpose.APPLICATION: rounds.tell_owner_declined}
#: Who writes each kind of reminder to applicants.
REMINDED: Writers = {
    ReminderKind.COMPLETION_DUE: completion_letters.remind,
    ReminderKind.REPORT_DUE: grants.report_due,
    ReminderKind.REPORT_LATE: grants.report_late,
    ReminderKind.GRANT_ENDING: grants.grant_ending,
    ReminderKind.CALL_CLOSING: write_closing_reminder,
}
#: What may be drawn in to an agenda, in the order that the page shows it.
AGENDA_SOURCES: tuple[Source, ...] = (
    sources.APPLICATIONS,
    RETURNED,
    sources.COMMISSIONS,
    sources.CONDITIONS,
    DELEGATED,
    sources.AGREEMENTS,
)
# Rooms above the applications follow a withdrawal.
withdrawing.followed_by([follow_withdrawal])
