"""Mandates given, ended and taken over, as rows on both engines; and what follows when one ended yesterday."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.log import LogEntry
from paragraf.people import bodies, mandates, queries
from paragraf.people.models import Capacity, Mandate, MemberOrganisation, Person
from paragraf.people.seats import BodyRules, Share
from tests.parts.world import NOW, SINCE, Home, World

TODAY = local_date(NOW)
DAY = timedelta(days=1)
SONJA = "Sonja Ekvall"


def newcomer(session: Session, home: Home) -> Person:
    person = Person(association_id=home.id, name="Ny Person", email="ny@norrdal.example")
    session.add(person)
    session.flush()
    return person


def give(session: Session, home: Home, person: Person, capacity: Capacity, **given: object) -> Mandate:
    told: dict[str, object] = {"member": home.municipality, "starts_on": TODAY, "calling_order": None, **given}
    return mandates.give_mandate(
        session,
        body=home.board,
        person=person,
        capacity=capacity,
        now=NOW,
        actor=SONJA,
        **told,  # type: ignore[arg-type]
    )


def end(session: Session, mandate: Mandate, *, days: int, attended: int | None = None) -> None:
    last = None if attended is None else TODAY + attended * DAY
    mandates.end_mandate(session, mandate, ends_on=TODAY + days * DAY, last_attended_on=last, now=NOW, actor=SONJA)


def held(session: Session, mandate: Mandate) -> Mandate:
    return session.get_one(Mandate, mandate.id)


def test_a_substitute_is_seated_and_it_is_logged(session: Session, home: Home) -> None:
    given = give(session, home, newcomer(session, home), Capacity.SUBSTITUTE, calling_order=3)
    assert given in queries.mandates(session, home.board.id, TODAY)
    assert given not in queries.mandates(session, home.board.id, TODAY - DAY)
    verbs = session.scalars(select(LogEntry.verb).where(LogEntry.subject == "body")).all()
    assert verbs == ["give_mandate"]


def test_a_full_body_takes_no_more_until_somebody_has_left(session: Session, home: Home) -> None:
    person = newcomer(session, home)
    with pytest.raises(RuleBroken, match="platser är besatta"):
        give(session, home, person, Capacity.BOARD_MEMBER)
    end(session, held(session, home.mandates["member"]), days=-1)
    assert give(session, home, person, Capacity.BOARD_MEMBER).id


def test_who_has_left_and_who_is_no_member_are_refused(session: Session, home: Home, world: World) -> None:
    person = newcomer(session, home)
    member = session.get_one(MemberOrganisation, home.municipality.id)
    member.left_on = TODAY - DAY
    with pytest.raises(RuleBroken) as refused:
        give(session, home, person, Capacity.SUBSTITUTE, calling_order=9, member=member)
    assert refused.value.field == "member_id"
    member.left_on = None
    person.left_on = TODAY
    with pytest.raises(RuleBroken) as refused:
        give(session, home, person, Capacity.SUBSTITUTE, calling_order=9, member=home.region)
    assert refused.value.field == "person_id"
    with pytest.raises(NotThere):
        give(session, home, world.south.chair, Capacity.SUBSTITUTE, calling_order=9, member=home.region)


def test_a_mandate_does_not_end_before_it_was_used(session: Session, home: Home) -> None:
    mandate = held(session, home.mandates["member"])
    with pytest.raises(RuleBroken, match="deltog i sammanträdet"):
        end(session, mandate, days=-5, attended=-4)
    end(session, mandate, days=-4, attended=-4)
    assert mandate.ends_on == TODAY - 4 * DAY


def test_a_mandate_is_not_prolonged_over_its_successor(session: Session, home: Home) -> None:
    mandate = held(session, home.mandates["chair"])
    end(session, mandate, days=-1)
    mandates.take_over(
        session,
        held(session, home.mandates["vice_chair"]),
        capacity=Capacity.CHAIR,
        from_day=TODAY,
        last_attended_on=None,
        now=NOW,
        actor=SONJA,
    )
    with pytest.raises(RuleBroken, match="är ordförande"):
        end(session, mandate, days=10)


def test_the_substitute_of_the_same_member_takes_the_vacant_seat(session: Session, home: Home) -> None:
    rules = bodies.as_rules(queries.rules_of(session, home.board.id)[0])
    shares = tuple(
        Share(one.id, 1, 1) for one in (home.municipality, home.second_municipality, home.region, home.state)
    )
    row = queries.rules_of(session, home.board.id)[0]
    changed = BodyRules(**{**rules.__dict__, "shares": shares})
    bodies.change_rules(session, home.board, row, changed, last_meeting_on=None, now=NOW, actor=SONJA)
    end(session, held(session, home.mandates["chair"]), days=-1)
    standing = mandates.standing(session, home.board, TODAY)
    vacancy = next(one for one in standing.vacancies if one.member_organisation_id == home.municipality.id)
    proposed = standing.successor(vacancy)
    assert proposed is not None
    assert proposed.person_id == home.substitute.id
    taken = mandates.take_over(
        session,
        proposed,
        capacity=Capacity.BOARD_MEMBER,
        from_day=TODAY,
        last_attended_on=None,
        now=NOW,
        actor=SONJA,
    )
    assert proposed.ends_on == TODAY - DAY
    assert [one.capacity for one in queries.mandates_of(session, home.substitute)] == [
        Capacity.BOARD_MEMBER,
        Capacity.SUBSTITUTE,
    ]
    assert mandates.too_many(session, taken) is None
    left = mandates.standing(session, home.board, TODAY).vacancies
    assert {(one.member_organisation_id, one.substitute) for one in left} == {
        (home.municipality.id, True),
        (home.second_municipality.id, True),
        (home.state.id, True),
    }


def test_too_many_of_one_member_is_a_warning(session: Session, home: Home) -> None:
    test_the_substitute_of_the_same_member_takes_the_vacant_seat(session, home)
    end(session, held(session, home.mandates["member"]), days=-1)
    extra = give(session, home, newcomer(session, home), Capacity.BOARD_MEMBER)
    found = mandates.too_many(session, extra)
    assert found is not None
    assert (found.member_organisation_id, found.count) == (home.municipality.id, 1)


def test_what_was_written_by_mistake_is_taken_back_unless_it_was_used(session: Session, home: Home) -> None:
    given = give(session, home, newcomer(session, home), Capacity.SUBSTITUTE, calling_order=3)
    with pytest.raises(RuleBroken, match="Avsluta det i stället"):
        mandates.remove_mandate(session, given, last_attended_on=TODAY, now=NOW, actor=SONJA)
    mandates.remove_mandate(session, given, last_attended_on=None, now=NOW, actor=SONJA)
    assert given.id not in {one.id for one in queries.mandates(session, home.board.id, TODAY)}


def test_a_mandate_that_ended_yesterday_gives_no_power_today(session: Session, home: Home) -> None:
    end(session, held(session, home.mandates["member"]), days=-1)
    assert home.board.id not in queries.powers(session, home.id, home.member.id, TODAY).body_ids
    assert home.board.id in queries.powers(session, home.id, home.member.id, TODAY - DAY).body_ids
    assert queries.chair_of(session, home.board.id, SINCE) is not None
