"""A board meeting with an agenda, and its minutes, in a session that is thrown away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from paragraf.applications.models import Application
from paragraf.duties.operations import adopt_standard_rules
from paragraf.meetings.models import Meeting
from paragraf.minutes.models import Minutes
from tests.minutes import acting
from tests.parts.world import SINCE, Home, World


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        adopt_standard_rules(opened, world.north.id, valid_from=SINCE)
        yield opened


@pytest.fixture
def meeting(session: Session, home: Home) -> Meeting:
    """9 April 2026 at 09.00–13.30; its agenda is empty and nobody is called."""
    return acting.plan(session, home)


@pytest.fixture
def application(session: Session, home: Home, meeting: Meeting) -> Application:
    """The agenda is sent: election of a verifier, this application, a report. All members came."""
    made = acting.usual_agenda(session, home, meeting)
    acting.all_present(session, meeting)
    return made


@pytest.fixture
def draft(session: Session, application: Application, meeting: Meeting) -> Minutes:
    """The minutes as they are begun."""
    return acting.begin(session, meeting)


@pytest.fixture
def ready(session: Session, home: Home, draft: Minutes) -> Minutes:
    """Minutes that nothing hinders."""
    acting.write(session, acting.rows(session, draft)[1], acting.GRANT)
    acting.elect(session, draft, home.fourth_member)
    return draft


@pytest.fixture
def fixed(session: Session, ready: Minutes) -> Minutes:
    return acting.fix(session, ready)


@pytest.fixture
def sent(session: Session, fixed: Minutes) -> Minutes:
    return acting.send(session, fixed)


@pytest.fixture
def verified(session: Session, sent: Minutes) -> Minutes:
    return acting.all_sign(session, sent)
