"""Where one room's end is another's beginning: complete rounds, reminders whose day has come, what is withdrawn.

Signing knows nothing of what is signed, and the applications' reminders nothing of what later rooms remind of; these
tables are the only place that knows both.
"""

from __future__ import annotations

from paragraf.applications import completion_letters, withdrawing
from paragraf.applications.models import ReminderKind
from paragraf.applications.reminding import Writers
from paragraf.meetings.withdrawing import follow_withdrawal
from paragraf.minutes.operations import complete_round
from paragraf.signing.models import RoundPurpose
from paragraf.signing.operations import Completed

COMPLETED: Completed = {RoundPurpose.MINUTES: complete_round}
#: Who writes each kind of reminder to applicants.
REMINDED: Writers = {ReminderKind.COMPLETION_DUE: completion_letters.remind}
# Rooms above the applications follow a withdrawal.
withdrawing.followed_by([follow_withdrawal])
