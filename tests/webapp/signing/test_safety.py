"""Machines that open and post whatever they find, codes, links: the security findings, by their numbers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from paragraf.post.models import Letter
from paragraf.signing import operations
from paragraf.signing.models import EventKind, IdentificationCode, Signatory
from paragraf.signing.rules import RoundState
from tests.parts.world import NOW, World
from tests.signing import acting
from tests.signing.acting import CHAIR, SECRETARY, VERIFIER, Completions, Round
from tests.webapp.signing.browsing import (
    ADDRESSES,
    WORDING,
    ask_for_code,
    bare,
    forms_of,
    inside,
    let_in,
    sign,
    stored,
    type_code,
)
from webapp import create_app

# --- finding 1: machines ---------------------------------------------------------------------------------------------


def test_finding_1_opening_the_link_changes_nothing(sent: Round, world: World, mobile: FlaskClient) -> None:
    before = stored(world)
    for _ in range(3):
        assert mobile.get(f"/signera/{sent.token()}/").status_code == 200
        assert mobile.head(f"/signera/{sent.token()}/").status_code == 200
        mobile.options(f"/signera/{sent.token()}/")
    for path in ("kod", "vem"):
        assert mobile.get(f"/signera/{sent.token()}/{path}").status_code == 405
    assert stored(world) == before


def test_finding_1_a_blind_post_of_every_form_changes_nothing(sent: Round, world: World, mobile: FlaskClient) -> None:
    before = stored(world)
    page = mobile.get(f"/signera/{sent.token()}/")
    mine = [(action, hidden) for action, hidden in forms_of(page) if action.startswith("/signera/")]
    assert len(mine) == 1
    for action, hidden in forms_of(page):
        mobile.post(action, data=hidden)
        # Machines also fill in whatever has a name.
        mobile.post(action, data={**hidden, "code": "000000", "reason": "x", "agree": "y", "sha256": sent.sha256})
    assert stored(world) == before


def test_finding_1_a_machine_that_guesses_an_address_changes_nothing(
    sent: Round, world: World, mobile: FlaskClient
) -> None:
    before = stored(world)
    mobile.post(f"/signera/{sent.token()}/kod", data={"email": "test@norrdal.example"})
    mobile.post(f"/signera/{sent.token()}/vem", data={"code": "123456"})
    assert stored(world) == before


def test_finding_1_a_blind_post_after_a_code_was_asked_for_changes_nothing(
    sent: Round, world: World, mobile: FlaskClient
) -> None:
    ask_for_code(mobile, sent)
    before = stored(world)
    for action, hidden in forms_of(mobile.get(f"/signera/{sent.token()}/")):
        mobile.post(action, data=hidden)
    assert stored(world) == before


def test_finding_1_blind_posts_inside_never_sign_or_decline(
    sent: Round, mobile: FlaskClient, done: Completions
) -> None:
    """Not even in the browser that was let in: the box must be ticked, the reason written."""
    place = let_in(mobile, sent)
    for path in ("", "skriv-under", "avboj"):
        for action, hidden in forms_of(mobile.get(place + path)):
            if action.startswith("/signera/"):
                mobile.post(action, data=hidden)
    assert sent.state() is RoundState.OPEN
    assert not {EventKind.SIGNED, EventKind.DECLINED} & set(sent.kinds())


def test_finding_1_the_form_for_a_new_link_asks_for_the_address(sent: Round, world: World, mobile: FlaskClient) -> None:
    before = stored(world)
    for page in (mobile.get("/signera/wrong/"), mobile.get("/signera/ny-lank")):
        for action, hidden in forms_of(page):
            mobile.post(action, data=hidden)
    assert stored(world) == before


# --- findings 3 and 4: nothing without the code ----------------------------------------------------------------------


def test_finding_3_without_the_code_all_doors_are_shut(sent: Round, mobile: FlaskClient, laptop: FlaskClient) -> None:
    mobile.get(f"/signera/{sent.token()}/")
    ask_for_code(mobile, sent)
    let_in(laptop, sent, SECRETARY)
    for browser in (mobile, laptop):
        for path in inside(sent):
            assert browser.get(path).status_code == 403, path
        for path in (inside(sent)[0], *inside(sent)[3:]):
            data = {"sha256": sent.sha256, "agree": "y", "reason": "Nej."}
            assert browser.post(path, data=data).status_code == 403, path
    assert not {EventKind.SHOWN, EventKind.SIGNED, EventKind.DECLINED} & set(sent.kinds())


def test_finding_3_step_1_tells_nothing_of_the_document_or_of_others(sent: Round, mobile: FlaskClient) -> None:
    ask_for_code(mobile, sent)
    page = mobile.get(f"/signera/{sent.token()}/").text
    for hidden in ("Protokoll 2026-02-26", "Styrelsen", WORDING, sent.sha256, "Olle Brand", "Sonja", "Maj Torn"):
        assert hidden not in page
    assert "olle@" not in page


def test_finding_4_the_code_lets_in_one_browser(sent: Round, mobile: FlaskClient, laptop: FlaskClient) -> None:
    place = let_in(mobile, sent)
    assert mobile.get(place).status_code == 200
    assert "Vem är du?" in laptop.get(f"/signera/{sent.token()}/").text
    assert laptop.get(place).status_code == 403


def test_finding_4_a_code_typed_in_another_browser_lets_nobody_in(
    sent: Round, mobile: FlaskClient, laptop: FlaskClient
) -> None:
    ask_for_code(mobile, sent)
    answer = type_code(laptop, sent, sent.code())
    assert "stämmer inte" in laptop.get(answer.headers["Location"]).text
    assert laptop.get(inside(sent)[0]).status_code == 403
    assert EventKind.IDENTIFIED not in sent.kinds()


def test_one_answer_for_strangers_numbers_and_for_none(sent: Round, mobile: FlaskClient) -> None:
    answers = {bare(mobile.get(f"/signera/dokument/{number}/")) for number in (sent.ids[CHAIR], 999999)}
    assert len(answers) == 1


# --- findings 5 and 6: codes -----------------------------------------------------------------------------------------


def test_a_wrong_address_gets_the_same_page_and_no_letter(
    sent: Round, mobile: FlaskClient, laptop: FlaskClient
) -> None:
    token = sent.token()
    right = mobile.post(f"/signera/{token}/kod", data={"email": ADDRESSES[CHAIR]})
    wrong = laptop.post(f"/signera/{token}/kod", data={"email": "fel@norrdal.example"})
    assert (right.status_code, right.headers["Location"]) == (wrong.status_code, wrong.headers["Location"])
    assert bare(mobile.get(f"/signera/{token}/")) == bare(laptop.get(f"/signera/{token}/"))
    assert len(sent.reading(lambda session, _made: acting.letters(session, "signing_code"))) == 1


def test_no_address_is_told_at_the_field(sent: Round, mobile: FlaskClient) -> None:
    answer = mobile.post(f"/signera/{sent.token()}/kod", data={"email": "olle"})
    assert answer.status_code == 422
    assert "Skriv en e-postadress" in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_finding_5_wrong_codes_are_counted_though_the_page_says_no(
    sent: Round, world: World, mobile: FlaskClient
) -> None:
    ask_for_code(mobile, sent)
    code = sent.code()
    wrong = f"{(int(code) + 1) % 1_000_000:06}"
    for _ in range(5):
        assert "stämmer inte" in mobile.get(type_code(mobile, sent, wrong).headers["Location"]).text
    assert "stämmer inte" in mobile.get(type_code(mobile, sent, code).headers["Location"]).text
    with world.database.reading() as session:
        assert session.scalars(select(IdentificationCode.tries)).one() == 5
    assert mobile.get(inside(sent)[0]).status_code == 403


def test_finding_5_no_code_in_the_log_of_the_program(
    sent: Round, mobile: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        let_in(mobile, sent)
    assert sent.code() not in caplog.text
    assert sent.token() not in caplog.text


def test_an_empty_code_is_told_at_the_field(sent: Round, mobile: FlaskClient) -> None:
    ask_for_code(mobile, sent)
    answer = type_code(mobile, sent, "")
    assert answer.status_code == 422
    assert "Skriv koden" in answer.text


def test_after_an_hour_one_begins_again_from_the_same_page(sent: Round, mobile: FlaskClient, clock: Any) -> None:
    place = let_in(mobile, sent)
    clock.shift(timedelta(minutes=61))
    answer = mobile.get(place)
    again = mobile.get(answer.headers["Location"]).text
    assert "mer än en timme" in again
    assert "Vem är du?" in again
    lost = mobile.post(f"{place}skriv-under", data={"sha256": sent.sha256, "agree": "y"})
    assert lost.status_code == 303
    assert EventKind.SIGNED not in sent.kinds()


# --- findings 7, 9, 10, 11: links ------------------------------------------------------------------------------------


def test_finding_7_one_page_for_all_links_that_do_not_hold(
    sent: Round, mobile: FlaskClient, laptop: FlaskClient, done: Completions
) -> None:
    place = let_in(mobile, sent)
    sign(mobile, sent, place)
    used, replaced = sent.token(CHAIR), sent.token(SECRETARY)
    secretary = sent.ids[SECRETARY]
    sent.change(
        lambda session, _made: operations.resend_link(
            session, session.get_one(Signatory, secretary), now=NOW, actor="Sonja Ekvall"
        )
    )
    withdrawn = sent.token(VERIFIER)
    wrong = bare(laptop.get("/signera/wrong/"))
    assert "Länken gäller inte" in wrong
    assert "Be annars om en ny länk" in wrong
    sent.change(
        lambda session, made: operations.withdraw_round(session, made, reason="Fel.", now=NOW, actor="Sonja Ekvall")
    )
    for token in (used, replaced, withdrawn, used + "A", used[:-9]):
        data = {"email": ADDRESSES[CHAIR], "code": "123456"}
        posts = [laptop.post(f"/signera/{token}/{path}", data=data) for path in ("kod", "vem")]
        for answer in (laptop.get(f"/signera/{token}/"), *posts):
            assert (answer.status_code, bare(answer)) == (410, wrong)


def test_an_expired_link_says_so_and_offers_a_new_one(sent: Round, mobile: FlaskClient, clock: Any) -> None:
    token = sent.token()
    clock.shift(timedelta(days=20))
    page = mobile.get(f"/signera/{token}/")
    assert page.status_code == 410
    assert "Länken har gått ut" in page.text
    answer = mobile.post("/signera/ny-lank", data={"email": ADDRESSES[CHAIR]})
    assert "Titta i din e-post" in answer.text
    assert sent.token() != token
    assert mobile.get(f"/signera/{sent.token()}/").status_code == 200
    assert mobile.get(f"/signera/{token}/").status_code == 410


def test_finding_11_asking_for_a_link_answers_everybody_alike(sent: Round, mobile: FlaskClient, clock: Any) -> None:
    clock.shift(timedelta(days=1))
    known = mobile.post("/signera/ny-lank", data={"email": ADDRESSES[CHAIR]}).text
    unknown = mobile.post("/signera/ny-lank", data={"email": "ingen@norrdal.example"}).text
    assert known.replace(ADDRESSES[CHAIR], "X") == unknown.replace("ingen@norrdal.example", "X")
    assert len(sent.reading(lambda session, _made: acting.letters(session, "link_again"))) == 1


def test_the_link_of_one_who_is_inside_leads_on(sent: Round, mobile: FlaskClient, done: Completions) -> None:
    place = let_in(mobile, sent)
    assert mobile.get(f"/signera/{sent.token()}/").headers["Location"] == place
    sign(mobile, sent, place)
    assert mobile.get(f"/signera/{sent.token()}/").headers["Location"] == place


# --- cross-site forgery ----------------------------------------------------------------------------------------------


def test_the_forms_work_over_https_though_the_pages_send_no_referer(sent: Round, world: World) -> None:
    settings = replace(world.database.settings, base_url="https://paragraf.example")
    app = create_app(settings, world.database)
    browser = app.test_client()
    where = {"base_url": "https://paragraf.example"}
    page = browser.get(f"/signera/{sent.token()}/", **where)
    ((action, hidden),) = [each for each in forms_of(page) if each[0].startswith("/signera/")]
    answer = browser.post(action, data={**hidden, "email": ADDRESSES[CHAIR]}, **where)
    assert answer.status_code == 303


def test_no_form_is_taken_without_its_token(sent: Round, world: World) -> None:
    browser = create_app(world.database.settings, world.database).test_client()
    answer = browser.post(f"/signera/{sent.token()}/kod", data={"email": ADDRESSES[CHAIR]})
    assert answer.status_code == 400
    with world.database.reading() as session:
        assert session.scalars(select(Letter).where(Letter.kind == "signing_code")).all() == []
