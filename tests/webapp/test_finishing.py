"""The pages where minutes are finished: §§ verified at once, void numbers, minutes opened again, numbers ahead."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.minutes import immediate
from paragraf.minutes.models import ImmediateVerification, Minutes
from paragraf.signing import operations as signing
from tests.minutes import acting
from tests.parts.world import World
from tests.webapp.test_minutes import (
    ClientOf,
    Desk,
    _then,
    database_url,
    desk,
    fixed,
    meeting_id,
    ready,
    text_of,
    unbegun,
)

__all__ = ["_then", "database_url", "desk", "fixed", "meeting_id", "ready", "unbegun"]


@pytest.fixture
def at_once(ready: Desk) -> Desk:
    """The second § is out to be verified at once."""
    assert ready.post("/omedelbar-justering", items=ready.items()[1]).status_code == 303
    return ready


def immediate_id(desk: Desk) -> int:
    found: int = desk.rows(lambda session, minutes: session.scalar(select(ImmediateVerification.id)))
    return found


def test_the_page_offers_the_paragraphs_and_tells_what_it_means(ready: Desk) -> None:
    told = text_of(ready.get("/fardigstall"))
    assert "Justera paragrafer omedelbart" in told
    assert "§ 627 Ansökan" in told
    assert "Ett tidigare sammanträde" not in told


def test_a_paragraph_is_sent_and_its_signatures_are_followed(at_once: Desk) -> None:
    told = text_of(at_once.get("/fardigstall"))
    assert "0 av 3 har skrivit under" in told
    assert "§ 627 Ansökan Texten är låst" in told
    assert at_once.post(f"/omedelbar-justering/{immediate_id(at_once)}/paminn").status_code == 303


def test_nothing_chosen_is_told(ready: Desk) -> None:
    ready.post("/omedelbar-justering")
    assert "Välj minst en paragraf." in text_of(ready.get("/fardigstall"))


def test_what_hinders_is_told_and_nothing_is_numbered(desk: Desk) -> None:
    desk.post("/omedelbar-justering", items=desk.items()[1])
    assert "Utse 1 justerare." in text_of(desk.get("/fardigstall"))
    assert immediate_id(desk) is None


def test_taken_back_it_can_be_written_in_again(at_once: Desk) -> None:
    place = f"/omedelbar-justering/{immediate_id(at_once)}/ta-tillbaka"
    at_once.post(place)
    assert "Skriv varför" in text_of(at_once.get("/fardigstall"))
    assert at_once.post(place, reason="Fel belopp").status_code == 303
    told = text_of(at_once.get("/fardigstall"))
    assert "De har kvar sina nummer" in told
    assert "Nummer som redan är tagna" in told


def test_after_a_refusal_the_same_text_goes_out_again(at_once: Desk) -> None:
    at_once.post(f"/omedelbar-justering/{immediate_id(at_once)}/skicka")
    assert "redan ute för underskrift" in text_of(at_once.get("/fardigstall"))

    def withdraw(session: Session, minutes: Minutes) -> None:
        found = immediate.of_minutes(session, minutes)[0]
        signature_round = immediate.current_round(session, found)
        assert signature_round is not None
        signing.withdraw_round(session, signature_round, reason="Fel", now=acting.AFTER, actor="Sonja")

    at_once.rows(withdraw)
    assert "Skicka samma text igen" in text_of(at_once.get("/fardigstall"))
    assert at_once.post(f"/omedelbar-justering/{immediate_id(at_once)}/skicka").status_code == 303
    assert "0 av 3 har skrivit under" in text_of(at_once.get("/fardigstall"))


def test_a_numbered_paragraph_is_withdrawn_with_a_reason(at_once: Desk) -> None:
    first = at_once.items()[0]
    refused = at_once.post("/utga", item_id=first)
    assert refused.status_code == 422
    assert "Skriv varför." in text_of(refused)
    assert at_once.post("/utga", item_id=first, reason="Punkten utgick.").status_code == 303
    assert "§ 626 utgår: Punkten utgick." in text_of(at_once.get("/fardigstall"))


def test_an_immediate_verification_of_another_meeting_is_not_found(
    world: World, at_once: Desk, client_of: ClientOf
) -> None:
    with world.database.writing() as session:
        other = acting.plan(
            session, world.north, start=acting.START + timedelta(days=9), end=acting.END + timedelta(days=9)
        )
        acting.all_present(session, other)
        acting.begin(session, other, acting.AFTER + timedelta(days=9))
        other_id = other.id
    elsewhere = Desk(world, client_of(world.north.secretary), other_id)
    assert elsewhere.post(f"/omedelbar-justering/{immediate_id(at_once)}/skicka").status_code == 404


def test_fixed_minutes_are_opened_again_with_a_reason(fixed: Desk) -> None:
    assert "Öppna protokollet igen" in text_of(fixed.get())
    fixed.post("/oppna-igen")
    assert "Skriv varför protokollet öppnas igen." in text_of(fixed.get())
    assert fixed.post("/oppna-igen", reason="Fel belopp").status_code == 303
    assert "Protokollet är öppet igen" in text_of(fixed.get())


def test_minutes_that_are_out_are_not_opened_again(fixed: Desk) -> None:
    fixed.post("/skicka", last_day="2026-04-23")
    assert "Öppna protokollet igen" not in text_of(fixed.get())
    fixed.post("/oppna-igen", reason="Fel belopp")
    assert "Dra tillbaka det först" in text_of(fixed.get())


@pytest.fixture
def behind(world: World, ready: Desk) -> Desk:
    """An earlier meeting has not taken its numbers."""
    with world.database.writing() as session:
        start = acting.START - timedelta(days=10)
        acting.plan(session, world.north, start=start, end=start + timedelta(hours=1))
    return ready


def test_an_earlier_meeting_is_passed_only_with_a_written_reason(behind: Desk) -> None:
    told = text_of(behind.get("/fardigstall"))
    assert "Ett tidigare sammanträde har inte fått sina nummer än" in told
    assert "Varför väntar ni inte på det tidigare protokollet?" in told
    behind.post("/faststall")
    assert behind.rows(lambda session, minutes: minutes.fixed_at) is None
    assert behind.post("/faststall", overtaking="x" * 301).status_code == 422
    assert behind.post("/faststall", overtaking="Beslutet brådskar.").status_code == 303
    assert "Numren har tagits före ett tidigare sammanträdes: Beslutet brådskar." in text_of(behind.get())


def test_the_course_is_told_in_words(fixed: Desk) -> None:
    page = fixed.get()
    assert '<li aria-current="step">Numren fastställda' in page.text
