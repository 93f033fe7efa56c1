"""The panel for motions, votes, reservations and notes, as a form without script."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy.orm import Session
from werkzeug.datastructures import MultiDict

from paragraf.meetings.models import Meeting
from paragraf.minutes import queries
from paragraf.minutes.proceedings import Choice, Motion, MotionKind, Proceedings, Reservation, VoteMethod
from paragraf.minutes.rules import ItemWords
from paragraf.people.models import Person
from tests.minutes import acting
from tests.parts.world import World
from webapp.minutes.proceedings_form import told

ClientOf = Callable[[Person | None], FlaskClient]


def test_rows_are_read_in_their_order_and_empty_ones_are_none() -> None:
    form = MultiDict(
        [
            ("p-propositions", "Bifall mot avslag."),
            ("p-motions-2-kind", "reject"),
            ("p-motions-2-by", "3"),
            ("p-motions-2-by", "4"),
            ("p-motions-0-kind", "approve"),
            ("p-motions-0-by", "2"),
            ("p-motions-0-withdrawn", "y"),
            ("p-motions-3-kind", "approve"),
            ("p-votes-0-method", "roll_call"),
            ("p-votes-0-ballot-2", "yes"),
            ("p-votes-0-ballot-3", "no"),
            ("p-votes-0-ballot-x", "no"),
            ("p-votes-1-method", "open"),
            ("p-reservations-0-announced", "13.20"),
            ("p-reservations-0-person_id", "3"),
            ("p-notes-0-text", ""),
            ("p-notes-0-person_id", ""),
        ]
    )
    found = told(form)
    assert found.motions == (Motion((2,), withdrawn=True), Motion((3, 4), MotionKind.REJECT))
    (vote,) = found.votes
    assert (vote.method, vote.ballots) == (VoteMethod.ROLL_CALL, ((2, Choice.YES), (3, Choice.NO)))
    assert found.reservations == (Reservation(3, "", "13.20"),)
    assert (found.propositions, found.notes) == ("Bifall mot avslag.", ())


@pytest.mark.parametrize(
    "form", [{}, {"p-motions-0-by": "1"}, {"p-votes-9999-method": "open"}, {"p-motions--kind": "x"}]
)
def test_what_is_no_row_is_passed_over(form: dict[str, str]) -> None:
    assert told(MultiDict(form)) == Proceedings()


@pytest.fixture
def client(world: World, meeting: Meeting, client_of: ClientOf) -> FlaskClient:
    return client_of(world.north.secretary)


def address(world: World, meeting: Meeting, place: int, path: str = "/spara") -> str:
    with world.database.reading() as session:
        return f"/norrdal/moten/{meeting.id}/protokoll/paragraf/{_item(session, world, meeting, place)}{path}"


def _item(session: Session, world: World, meeting: Meeting, place: int) -> int:
    minutes = queries.minutes(session, world.north.id, meeting.id)
    return acting.rows(session, minutes)[place].id


def test_the_panel_saves_as_a_form_and_is_drawn_with_what_it_holds(
    world: World, meeting: Meeting, client: FlaskClient, words: Callable[[int], ItemWords]
) -> None:
    sent = {
        "base_version": 1,
        "heading": "Lägesrapport",
        "background": "",
        "proceedings": "1",
        "p-motions-0-kind": "reject",
        "p-motions-0-by": str(world.north.member.id),
    }
    assert client.post(address(world, meeting, 2), data=sent).status_code == 303
    assert words(2).proceedings.motions == (Motion((world.north.member.id,), MotionKind.REJECT),)
    page = client.get(address(world, meeting, 2, "").replace("paragraf/", "?paragraf=")).text
    assert "Maj Torn yrkar avslag på förslaget." in page
    assert "data-proceedings open" in page
    # A page that has no panel keeps what is told.
    bare = {"base_version": 2, "heading": "Ny rubrik", "background": ""}
    assert client.post(address(world, meeting, 2), data=bare).status_code == 303
    assert (words(2).heading, len(words(2).proceedings.motions)) == ("Ny rubrik", 1)


def test_without_anything_told_the_panel_is_a_link_and_comes_by_itself(
    world: World, meeting: Meeting, client: FlaskClient
) -> None:
    page = client.get(address(world, meeting, 2, "").replace("paragraf/", "?paragraf=")).text
    assert "data-proceedings-from" in page
    assert 'name="p-propositions"' not in page
    assert 'name="p-propositions"' in client.get(address(world, meeting, 2, "/forhandling")).text
    opened = address(world, meeting, 2, "").replace("paragraf/", "?paragraf=") + "&forhandling=1"
    assert 'name="p-propositions"' in client.get(opened).text


def test_nobody_but_the_office_gets_the_panel(world: World, meeting: Meeting, client_of: ClientOf) -> None:
    assert client_of(world.north.member).get(address(world, meeting, 2, "/forhandling")).status_code == 403
    assert client_of(world.south.secretary).get(address(world, meeting, 2, "/forhandling")).status_code in (
        302,
        403,
        404,
    )


def test_a_script_that_is_typed_stays_text(world: World, meeting: Meeting, client: FlaskClient) -> None:
    sent = {
        "base_version": 1,
        "heading": "x",
        "background": "",
        "proceedings": "1",
        "p-notes-0-text": "<script>alert(1)</script>",
        "p-notes-0-person_id": str(world.north.member.id),
    }
    client.post(address(world, meeting, 2), data=sent)
    page = client.get(address(world, meeting, 2, "").replace("paragraf/", "?paragraf=")).text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_the_desk_says_at_once_that_the_votes_do_not_add_up(
    world: World, meeting: Meeting, client: FlaskClient
) -> None:
    ballots = {str(one.id): "yes" for one in (world.north.chair, world.north.vice_chair)}
    sent = {
        "base_version": 1,
        "heading": "Lägesrapport",
        "background": "",
        "clauses": [],
        "proceedings": {"propositions": "Bifall mot avslag.", "votes": [{"method": "roll_call", "ballots": ballots}]},
    }
    answer = client.post(address(world, meeting, 2), json=sent, headers={"Accept": "application/json"})
    assert "Rösterna är 2 men 4 deltar i beslutet: 2 saknas. Maj Torn, Nils Ask" in answer.get_json()["findings"]
