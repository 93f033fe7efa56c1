"""The office follows a grant on its pages, the grantee by the link; members see the picture; strangers nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.applications.links import link_to
from paragraf.grants import amounts, queries
from paragraf.grants.claims import make_claim
from paragraf.grants.models import (
    ConditionOutcome,
    DrawdownClaim,
    Grant,
    GrantReport,
    RowAmountKind,
)
from paragraf.people.models import Person
from paragraf.post.models import Letter
from tests.grants.acting import day_of, hand_in, settle
from tests.parts.world import World
from tests.webapp.applications.acting import told
from tests.webapp.grants.conftest import LATER

ClientOf = Callable[[Person | None], FlaskClient]
OWN = "/norrdal/min-sida/"
ONE = "/norrdal/bidrag/2026/1/"
TODAY = day_of(LATER)


@pytest.fixture
def office(client_of: ClientOf, world: World, grant_id: int) -> FlaskClient:
    return client_of(world.north.secretary)


@pytest.fixture
def payable(world: World, grant_id: int) -> int:
    """The grant with its condition met."""
    with world.database.writing() as session:
        settle(session, session.get_one(Grant, grant_id), ConditionOutcome.MET, TODAY)
    return grant_id


def account(world: World, grant_id: int, year: int = 2026) -> Any:
    with world.database.reading() as session:
        return queries.account_of(session, session.get_one(Grant, grant_id))[year]


def ok(answer: TestResponse) -> str:
    assert answer.status_code == 200, answer.text
    return told(answer).replace("\u00a0", " ")


def sent(answer: TestResponse) -> None:
    assert answer.status_code == 303, told(answer)


# --- who may ----------------------------------------------------------------------------------------------------------


def test_members_see_the_picture_and_the_office_the_grants(
    world: World, client_of: ClientOf, office: FlaskClient
) -> None:
    member, stranger, visitor = client_of(world.north.member), client_of(world.south.secretary), client_of(None)
    page = ok(member.get("/norrdal/bidrag/"))
    assert "Stegvis" in page
    assert ONE not in page
    assert ONE in ok(office.get("/norrdal/bidrag/"))
    for address in (ONE, "/norrdal/bidrag/medel"):
        assert member.get(address).status_code == 403
        assert visitor.get(address).status_code == 302
        assert stranger.get(address).status_code == 403
    assert stranger.get("/sunnan/bidrag/2026/1/").status_code == 404
    assert "Stegvis" not in ok(stranger.get("/sunnan/bidrag/"))


def test_a_matter_without_a_grant_has_no_page(office: FlaskClient, other_matter: str) -> None:
    assert office.get(f"/norrdal/bidrag/{other_matter}/").status_code == 404


# --- the picture ------------------------------------------------------------------------------------------------------


def test_the_picture_draws_what_its_table_says(office: FlaskClient) -> None:
    page = ok(office.get("/norrdal/bidrag/"))
    assert "2026: bundet 0 kr, på villkor 200 000 kr, fritt 800 000 kr, budget 1 000 000 kr" in page
    assert page.count("<svg") == 4
    assert "Taket går inte att räkna ut" in page
    answer = office.get("/norrdal/bidrag/oversikt.docx")
    assert answer.status_code == 200
    assert answer.data[:2] == b"PK"


def test_the_cap_the_funds_and_the_rules_are_settings_with_sources(office: FlaskClient) -> None:
    place = "/norrdal/bidrag/medel"
    wrong = office.post(place + "/tak", data={"tak-valid_from": "2026-01-01", "tak-share": "20 %"})
    assert wrong.status_code == 422
    assert "Skriv källan." in wrong.text
    assert 'value="20 %"' in wrong.text
    share = {"tak-valid_from": "2026-01-01", "tak-share": "20 %", "tak-source": "Rekommendation"}
    sent(office.post(place + "/tak", data=share))
    assert "130 000 kr över taket" in ok(office.get("/norrdal/bidrag/"))
    both = office.post(place + "/tak", data={**share, "tak-amount": "100"})
    assert "antingen en andel" in both.text
    funds = {"medel-year": "2026", "medel-budget": "12.000", "medel-day": "2026-02-01", "medel-source": "§ 40"}
    assert "kan läsas på två sätt" in office.post(place, data=funds).text
    sent(office.post(place, data={**funds, "medel-budget": "150 000"}))
    assert "50 000 kr mer bundet än budget" in ok(office.get("/norrdal/bidrag/"))
    rule = {"rapport-kind": "final", "rapport-days": "", "rapport-valid_from": "2026-12-01", "rapport-source": "§ 3"}
    sent(office.post(place + "/rapporter", data=rule))
    page = ok(office.get(place))
    assert "ersatt" in page
    assert "Slutrapport: 90 dagar efter periodens slut" in page


# --- conditions and claims --------------------------------------------------------------------------------------------


def test_nothing_is_claimed_while_a_condition_is_open(client_of: ClientOf, own_link: str, world: World) -> None:
    visitor = client_of(None)
    assert "Inget betalas ut förrän" in ok(visitor.get(own_link + "rekvirera"))
    assert "Rekvirera pengar</a>" not in ok(visitor.get(own_link + "bidrag"))
    answer = visitor.post(own_link + "rekvirera", data={"rekvisition-year": "2026", "rekvisition-amount": "100"})
    assert answer.status_code == 422
    with world.database.reading() as session:
        assert session.scalars(select(DrawdownClaim)).all() == []


def test_a_failed_condition_is_said_on_both_sides(
    office: FlaskClient, client_of: ClientOf, own_link: str, world: World, grant_id: int
) -> None:
    with world.database.reading() as session:
        condition = session.get_one(Grant, grant_id).conditions[0].id
    place = f"/norrdal/ansokningar/2026/1/villkor/{condition}"
    sent(office.post(place, data={"outcome": "failed", "day": TODAY.isoformat()}))
    assert "Gäller inte längre" in ok(office.get(ONE))
    assert "Gäller inte längre" in ok(client_of(None).get(own_link + "bidrag"))
    assert account(world, grant_id).released == 200_000_00


def test_a_claim_from_the_link_to_the_payment(
    office: FlaskClient, client_of: ClientOf, own_link: str, world: World, payable: int
) -> None:
    visitor = client_of(None)
    page = ok(visitor.get(own_link + "rekvirera"))
    assert "2026, 200 000 kr kvar" in page
    assert "2027" not in page
    too_much = visitor.post(
        own_link + "rekvirera",
        data={"rekvisition-year": "2026", "rekvisition-amount": "200 001", "rekvisition-text": "Hösten"},
    )
    assert too_much.status_code == 422
    assert "högst 200\u00a0000\u00a0kr" in too_much.text
    assert 'value="200 001"' in too_much.text
    assert "Hösten" in too_much.text
    sent(visitor.post(own_link + "rekvirera", data={"rekvisition-year": "2026", "rekvisition-amount": "120 tkr"}))
    assert "Väntar på svar" in ok(visitor.get(own_link + "bidrag"))
    with world.database.reading() as session:
        claim = session.scalars(select(DrawdownClaim)).one()
        assert claim.document is not None
        assert "120\u00a0000\u00a0kr".encode() in claim.document.content
    place = f"{ONE}{payable}/rekvisition/{claim.id}/"
    assert "120 000 kr" in ok(office.get(place))
    assert "Godkänn eller avslå." in (own := ok(office.get(OWN)))
    assert f'href="{place}"' in own
    assert "Skriv varför." in office.post(place + "avsla", data={}).text
    sent(office.post(place + "godkann"))
    assert office.post(place + "godkann").status_code == 422
    assert "godkänd och ska betalas ut" in ok(office.get(OWN))
    sent(office.post(place + "utbetald", data={"utbetald-day": TODAY.isoformat()}))
    assert place not in ok(office.get(OWN))
    assert account(world, payable).held == 120_000_00
    assert "Utbetald 2 november 2026" in ok(visitor.get(own_link + "bidrag"))
    with world.database.reading() as session:
        kinds = set(session.scalars(select(Letter.kind)))
    assert {"claim_arrived", "claim_approved", "claim_paid"} <= kinds


def test_the_office_notes_a_claim_and_refuses_one(
    office: FlaskClient, client_of: ClientOf, own_link: str, world: World, payable: int
) -> None:
    sent(office.post(f"{ONE}{payable}/rekvisition", data={"rekvisition-year": "2026", "rekvisition-amount": "10"}))
    with world.database.reading() as session:
        claim_id = session.scalars(select(DrawdownClaim.id)).one()
    reason = {"avslag-reason": "Fakturan saknar datum."}
    sent(office.post(f"{ONE}{payable}/rekvisition/{claim_id}/avsla", data=reason))
    assert "Fakturan saknar datum." in ok(client_of(None).get(own_link + "bidrag"))
    assert account(world, payable).claimable == 200_000_00


# --- plan, amounts, what is left over ---------------------------------------------------------------------------------


def test_a_plan_is_proposed_changed_and_shown_to_the_grantee(
    office: FlaskClient, client_of: ClientOf, own_link: str, world: World, grant_id: int
) -> None:
    sent(office.post(f"{ONE}{grant_id}/plan", data={"a_year": "2"}))
    assert "1 juli 2027" in ok(client_of(None).get(own_link + "bidrag"))
    with world.database.reading() as session:
        first = queries.payments_of(session, session.get_one(Grant, grant_id))[0].id
    sent(office.post(f"{ONE}{grant_id}/plan/{first}/bort"))
    new = {"betalning-due_on": "2026-11-15", "betalning-amount": "200 001"}
    assert "högre än det som är beviljat" in office.post(f"{ONE}{grant_id}/plan/ny", data=new).text
    sent(office.post(f"{ONE}{grant_id}/plan/ny", data={**new, "betalning-amount": "200 000"}))
    assert "15 november 2026" in ok(office.get(ONE))


def test_amounts_are_written_with_their_source_and_a_stale_page_does_not_win(
    office: FlaskClient, world: World, grant_id: int
) -> None:
    place = f"{ONE}{grant_id}/belopp/2026"
    typed = {"seen": "0", "granted.personnel": "90 000", "outcome.personnel": "", "source": ""}
    assert "Skriv var uppgifterna kommer ifrån" in office.post(place, data=typed).text
    unread = office.post(place, data={**typed, "outcome.personnel": "12k", "source": "§ 630"})
    assert unread.status_code == 422
    assert 'value="12k"' in unread.text
    sent(office.post(place, data={**typed, "source": "§ 630"}))
    stale = office.post(place, data={**typed, "granted.personnel": "80 000", "source": "Telefon"})
    assert stale.status_code == 422
    assert 'value="80 000"' in stale.text
    assert "Nu står det: 90\u00a0000\u00a0kr" in stale.text
    seen = re.search(r'name="seen" value="(\d+)"', stale.text)
    assert seen is not None
    again = {**typed, "granted.personnel": "80 000", "source": "Telefon", "seen": seen[1]}
    sent(office.post(place, data=again))
    with world.database.reading() as session:
        grant = session.get_one(Grant, grant_id)
        assert amounts.amounts_of(session, grant, RowAmountKind.GRANTED) == {("personnel", 2026): 80_000_00}
    assert office.get(f"{ONE}{grant_id}/belopp/2031").status_code == 404


def test_money_is_carried_over_by_a_decision_that_is_named(office: FlaskClient, world: World, payable: int) -> None:
    data = {
        "rest-what": "carried_over",
        "rest-year": "2026",
        "rest-to_year": "2027",
        "rest-amount": "50 000",
        "rest-day": TODAY.isoformat(),
        "rest-text": "styrelsen sa ja",
    }
    assert "Skriv paragrafen" in office.post(f"{ONE}{payable}/rest", data=data).text
    sent(office.post(f"{ONE}{payable}/rest", data={**data, "rest-text": "Beslut § 640"}))
    assert account(world, payable, 2027).claimable == 450_000_00
    assert "2026 → 2027" in ok(office.get(ONE))


# --- reports ----------------------------------------------------------------------------------------------------------


def test_a_report_is_opened_by_the_grantee_and_answered_by_the_office(
    office: FlaskClient, client_of: ClientOf, own_link: str, world: World, payable: int
) -> None:
    visitor = client_of(None)
    with world.database.reading() as session:
        report_id = queries.reports_of(session, session.get_one(Grant, payable))[0].id
    place = f"{ONE}{payable}/rapport/{report_id}/"
    assert "har inte kommit in" in ok(office.get(place))
    assert office.post(place + "godkann").status_code == 422
    opened = visitor.post(own_link + f"rapport/{report_id}")
    sent(opened)
    page = visitor.get(opened.headers["Location"].removeprefix("http://localhost") + "report")
    assert 'value="Stegvis"' in page.text
    assert visitor.post(own_link + "rapport/999999").status_code == 404
    with world.database.writing() as session:
        hand_in(session, session.get_one(GrantReport, report_id), TODAY, {"personnel": {"2026": "70 000"}})
    assert "Verksamheten går enligt plan." in ok(office.get(place))
    assert f'href="{place}"' in ok(office.get(OWN))
    assert (
        "Sista dagen har redan varit"
        in office.post(place + "komplettera", data={"mer-remark": "Lokalen saknas.", "mer-due_on": "2026-01-01"}).text
    )
    sent(office.post(place + "komplettera", data={"mer-remark": "Lokalen saknas.", "mer-due_on": "2026-12-01"}))
    assert "Lokalen saknas." in ok(visitor.get(own_link + "bidrag"))
    with world.database.writing() as session:
        hand_in(session, session.get_one(GrantReport, report_id), TODAY, {"personnel": {"2026": "71 000"}})
    sent(office.post(place + "godkann"))
    assert "71 000 kr" in ok(office.get(ONE))
    assert "Läs rapporten" not in ok(office.get(OWN))


def test_a_status_report_is_asked_for_and_called_off(office: FlaskClient, world: World, grant_id: int) -> None:
    data = {"lages-period_start": "2026-10-15", "lages-period_end": "2026-11-30", "lages-due_on": "2026-12-15"}
    sent(office.post(f"{ONE}{grant_id}/rapport", data=data))
    assert "Det finns redan" in office.post(f"{ONE}{grant_id}/rapport", data=data).text
    with world.database.reading() as session:
        found = queries.reports_of(session, session.get_one(Grant, grant_id))
        status = next(one.id for one in found if one.kind == "status")
    sent(office.post(f"{ONE}{grant_id}/rapport/{status}/stall-in", data={"installd-reason": "Mötet är inställt."}))
    assert "Mötet är inställt." in ok(office.get(f"{ONE}{grant_id}/rapport/{status}/"))


def test_a_grant_is_prolonged_and_its_reports_follow(office: FlaskClient, world: World, grant_id: int) -> None:
    days = {"tid-starts_on": "2026-10-15", "tid-ends_on": "2026-01-01"}
    assert "Byt plats på dagarna" in office.post(f"{ONE}{grant_id}/tid", data=days).text
    sent(office.post(f"{ONE}{grant_id}/tid", data={**days, "tid-ends_on": "2028-06-30"}))
    with world.database.reading() as session:
        found = [one for one in queries.reports_of(session, session.get_one(Grant, grant_id)) if not one.cancelled_at]
    assert found[-1].period_end.isoformat() == "2028-06-30"
    assert sum(one.kind == "final" for one in found) == 1


def test_a_grant_that_is_not_done_says_what_is_lacking(office: FlaskClient, payable: int) -> None:
    page = ok(office.get(ONE))
    assert "Slutrapporten är inte godkänd." in page
    assert "För 2026 är 200 000 kr inte rekvirerat" in page
    assert office.post(f"{ONE}{payable}/avsluta").status_code == 422


def test_a_stranger_with_another_link_reaches_nothing(
    client_of: ClientOf, own_link: str, world: World, payable: int
) -> None:
    visitor = client_of(None)
    assert visitor.get("/ansokan/x.y.z/bidrag").status_code == 410
    assert visitor.get("/ansokan/x.y.z/rekvirera").status_code == 410
    with world.database.reading() as session:
        address = link_to(world.database.settings, session.get_one(Grant, payable).application)
        assert own_link == address.removeprefix("http://localhost")
    with world.database.writing() as session:
        grant = session.get_one(Grant, payable)
        make_claim(session, grant, year=2026, amount_ore=1, text="", claimed_by="x", now=LATER)
    away = client_of(world.south.secretary)
    assert away.get(f"/sunnan/bidrag/2026/1/{payable}/rekvisition/1/").status_code == 404
