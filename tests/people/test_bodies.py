"""Bodies, their rules as dated data, and where their numbers begin."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.core.number_series import Subject, allocate
from paragraf.people import bodies, queries, series
from paragraf.people.bodies import BodyFacts
from paragraf.people.models import Body, BodyKind, BodyRule, Numbering
from paragraf.people.seats import BodyRules, Share
from tests.parts.world import NOW, SINCE, Home, World

TODAY = local_date(NOW)
DAY = timedelta(days=1)
SONJA = "Sonja Ekvall"
GROUP = BodyFacts(BodyKind.STEERING_GROUP, "Styrgruppen", "Styrgruppen beslutar")
RULES = BodyRules(date(2027, 1, 1), seats=5, notice_days=10, verifiers=2, source="§ 12")


def add(session: Session, home: Home, facts: BodyFacts = GROUP, **given: object) -> Body:
    return bodies.add_body(session, home.id, facts, now=NOW, actor=SONJA, **given)  # type: ignore[arg-type]


def add_rules(session: Session, home: Home, rules: BodyRules, last: date | None = None) -> BodyRule:
    return bodies.add_rules(session, home.board, rules, last_meeting_on=last, now=NOW, actor=SONJA)


def test_a_body_begins_with_its_own_number(session: Session, home: Home) -> None:
    group = add(session, home, first=12)
    assert group.series_key == "steering_group"
    assert series.series_now(session, group) == series.SeriesNow(12, False, ())
    second = add(session, home, replace(GROUP, name="Styrgrupp två"))
    assert second.series_key == "steering_group_2"


def test_bodies_may_share_a_series(session: Session, home: Home) -> None:
    group = add(session, home, shares_with=home.board)
    assert series.series_now(session, group) == series.SeriesNow(626, False, ("Styrelsen",))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"name": "STYRELSEN"}, "name"),
        ({"decision_phrase": ""}, "phrase"),
        ({"kind": BodyKind.BOARD}, "kind"),
    ],
)
def test_a_body_has_a_name_of_its_own_and_there_is_one_board(
    session: Session, home: Home, change: dict[str, object], field: str
) -> None:
    with pytest.raises(RuleBroken) as refused:
        add(session, home, replace(GROUP, **change))  # type: ignore[arg-type]
    assert refused.value.field == field


def test_a_start_is_raised_until_the_first_number_and_never_lowered(session: Session, home: Home) -> None:
    def start(first: int) -> None:
        series.set_start(session, home.board, first=first, now=NOW, actor=SONJA)

    start(640)
    start(640)
    with pytest.raises(RuleBroken, match="aldrig sänkas") as refused:
        start(639)
    assert refused.value.field == "first"
    taken = allocate(session, home.id, "board", Subject.MINUTE_ITEM, now=NOW, by=SONJA)
    assert taken.number == 640
    with pytest.raises(RuleBroken, match="börjat användas"):
        start(700)
    assert series.series_now(session, home.board) == series.SeriesNow(641, True, ())


def test_a_body_does_not_end_before_its_last_meeting(session: Session, home: Home) -> None:
    facts = BodyFacts(BodyKind.BOARD, "Styrelsen", "Styrelsen beslutar", TODAY)

    def change(last: date | None) -> None:
        bodies.change_body(
            session, session.get_one(Body, home.board.id), facts, last_meeting_on=last, now=NOW, actor=SONJA
        )

    with pytest.raises(RuleBroken) as refused:
        change(TODAY + DAY)
    assert refused.value.field == "ended_on"
    change(TODAY)
    assert session.get_one(Body, home.board.id).ended_on == TODAY


# --- rules ----------------------------------------------------------------------------------------------------------


def test_new_rules_hold_from_their_day_and_the_old_ones_before(session: Session, home: Home) -> None:
    shares = (Share(home.municipality.id, 3, 3), Share(home.region.id, 2, 2))
    row = add_rules(session, home, replace(RULES, shares=shares))
    assert bodies.as_rules(row) == replace(RULES, shares=shares)
    assert queries.body_rule(session, home.board.id, date(2026, 12, 31)).seats == 4
    assert queries.body_rule(session, home.board.id, date(2027, 1, 1)).seats == 5


def test_rules_never_reach_back_over_a_meeting(session: Session, home: Home) -> None:
    with pytest.raises(RuleBroken) as refused:
        add_rules(session, home, replace(RULES, valid_from=TODAY), last=TODAY)
    assert refused.value.field == "valid_from"
    assert add_rules(session, home, replace(RULES, valid_from=TODAY + DAY), last=TODAY).id


def test_two_rules_cannot_hold_from_the_same_day(session: Session, home: Home) -> None:
    with pytest.raises(RuleBroken, match="redan regler"):
        add_rules(session, home, replace(RULES, valid_from=SINCE))


def test_rules_that_were_used_are_not_edited(session: Session, home: Home) -> None:
    row = queries.rules_of(session, home.board.id)[0]

    def change(last: date | None, rules: BodyRules = RULES) -> None:
        bodies.change_rules(session, home.board, row, rules, last_meeting_on=last, now=NOW, actor=SONJA)

    with pytest.raises(RuleBroken, match="Skriv nya regler"):
        change(SINCE)
    shares = (Share(home.municipality.id, 5, 5),)
    change(SINCE - DAY, replace(RULES, shares=shares))
    # The same member again, with other seats: the old row has gone first.
    change(None, replace(RULES, seats=2, shares=(Share(home.municipality.id, 2, 2),)))
    assert [(one.members, one.substitutes) for one in row.party_seats] == [(2, 2)]


def test_seats_are_given_to_members_of_the_association_only(session: Session, home: Home, world: World) -> None:
    with pytest.raises(NotThere):
        add_rules(session, home, replace(RULES, shares=(Share(world.south.region.id, 5, 5),)))


def test_the_numbering_changes_at_a_new_year_and_alike_for_all_who_share_the_series(
    session: Session, home: Home
) -> None:
    yearly = replace(RULES, numbering=Numbering.YEARLY)
    with pytest.raises(RuleBroken, match="årsskifte"):
        add_rules(session, home, replace(yearly, valid_from=date(2027, 2, 1)))
    assert add_rules(session, home, yearly).numbering is Numbering.YEARLY
    group = add(session, home, shares_with=home.board)
    with pytest.raises(RuleBroken) as refused:
        bodies.add_rules(session, group, replace(RULES, vice_chairs=0), last_meeting_on=None, now=NOW, actor=SONJA)
    assert refused.value.field == "numbering"
