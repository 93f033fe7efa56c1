"""A mandate that ended after the meeting: who was elected to verify signs all the same, and has no other power."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import RuleBroken
from paragraf.meetings import body_changes
from paragraf.minutes.models import Minutes
from paragraf.people import queries as people
from paragraf.people.models import Mandate
from tests.minutes import acting
from tests.parts.world import Home, World

DAY = local_date(acting.START)


@pytest.fixture
def sent(world: World, session: Session) -> Minutes:
    """Minutes sent to the chair and the fourth member to verify."""
    home = world.north
    meeting = acting.plan(session, home)
    acting.usual_agenda(session, home, meeting)
    acting.all_present(session, meeting)
    draft = acting.begin(session, meeting)
    _first, second, _third = acting.rows(session, draft)
    acting.write(session, second, acting.GRANT)
    acting.elect(session, draft, home.fourth_member)
    return acting.send(session, acting.fix(session, draft))


def test_a_verifier_whose_mandate_ended_yesterday_signs(session: Session, home: Home, sent: Minutes) -> None:
    mandate = session.get_one(Mandate, home.mandates["fourth_member"].id)
    with pytest.raises(RuleBroken, match="deltog i sammanträdet"):
        body_changes.end_mandate(
            session, mandate, ends_on=DAY - timedelta(days=1), now=acting.SIGNED, actor=acting.SONJA
        )
    body_changes.end_mandate(session, mandate, ends_on=DAY, now=acting.SIGNED, actor=acting.SONJA)
    signed_on = local_date(acting.SIGNED)
    assert signed_on == DAY + timedelta(days=1)
    assert people.powers(session, home.id, home.fourth_member.id, signed_on).body_ids == frozenset()
    acting.all_sign(session, sent)
    assert sent.verified_at == acting.SIGNED
