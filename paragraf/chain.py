"""Where one room's end is another's beginning: what happens when a signature round of each purpose is complete.

Signing knows nothing of what is signed; this table is the only place that knows both.
"""

from __future__ import annotations

from paragraf.minutes.operations import complete_round
from paragraf.signing.models import RoundPurpose
from paragraf.signing.operations import Completed

COMPLETED: Completed = {RoundPurpose.MINUTES: complete_round}
