"""Motions, votes and reservations at the desk in a real browser: by keyboard, offline, by axe."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from paragraf.minutes.proceedings import Choice, MotionKind
from paragraf.minutes.rules import ItemWords
from tests.parts.browser import DESK, PHONE, Watch, axe
from tests.parts.world import World
from tests.webapp.minutes.browsing import OpenPage, SignIn, fits, is_open

pytestmark = pytest.mark.browser


def open_panel(page: Page, address: str) -> None:
    page.goto(f"{address}?paragraf=3")
    is_open(page, "Lägesrapport")
    expect(page.locator("[data-proceedings]")).to_have_count(1)
    page.get_by_text("Yrkanden, omröstning och reservationer").first.click()


def hold_vote(page: Page, keys: str) -> None:
    page.get_by_role("button", name="Ny omröstning").click()
    page.get_by_label("Hur röstas det?").select_option("roll_call")
    page.locator("[data-voter] input").first.focus()
    for key in keys:
        page.keyboard.press(key)


def test_a_roll_call_is_taken_by_keys_and_saved_by_itself(
    sign_in: SignIn, open_page: OpenPage, world: World, words: Callable[[int], ItemWords]
) -> None:
    page = open_page(DESK)
    open_panel(page, sign_in(page))
    page.get_by_role("button", name="Nytt yrkande").click()
    page.get_by_role("checkbox", name="Maj Torn").check()
    page.get_by_label("Vad yrkas?").select_option("reject")
    hold_vote(page, "jjna")
    expect(page.locator("[data-sum]")).to_have_text("Ja 2, nej 1, avstår 1. 4 av 4 har röstat.")
    expect(page.locator("#papper")).to_contain_text("Omröstningen utfaller med 2 ja-röster mot 1 nej-röst.")
    told = words(2).proceedings
    assert [(one.by, one.kind) for one in told.motions] == [((world.north.member.id,), MotionKind.REJECT)]
    assert sorted(choice.value for _person, choice in told.votes[0].ballots) == ["abstain", "no", "yes", "yes"]
    axe(page)
    # What was taken away is gone, and the other rows keep what they hold.
    page.get_by_role("button", name="Ta bort yrkandet").click()
    expect(page.locator("#papper")).not_to_contain_text("yrkar avslag")
    assert words(2).proceedings.motions == ()
    assert len(words(2).proceedings.votes[0].ballots) == 4


def test_what_is_told_offline_is_kept_and_comes_back(
    sign_in: SignIn, page: Page, browser_watch: Watch, world: World, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    open_panel(page, sign_in(page))
    page.context.set_offline(True)
    hold_vote(page, "nnnj")
    expect(page.locator("#lage")).to_contain_text("Sparas i webbläsaren")
    assert words(2).proceedings.votes == ()
    page.context.set_offline(False)
    expect(page.locator("#papper")).to_contain_text("1 ja-röst mot 3 nej-röster")
    cast = dict(words(2).proceedings.votes[0].ballots)
    assert cast[world.north.chair.id] is Choice.NO


@pytest.mark.parametrize("viewport", [DESK, PHONE], ids=["desk", "phone"])
def test_the_whole_panel_is_accessible_and_fits(sign_in: SignIn, open_page: OpenPage, viewport: dict[str, int]) -> None:
    page = open_page(viewport)
    open_panel(page, sign_in(page))
    for name in ("Nytt yrkande", "Ny omröstning", "Ny reservation", "Ny anteckning"):
        page.get_by_role("button", name=name).click()
    page.get_by_label("Hur röstas det?").select_option("secret")
    page.get_by_role("button", name="Nu", exact=True).click()
    expect(page.get_by_label("Anmäld klockan")).to_have_value(re.compile(r"[0-2]\d\.[0-5]\d"))
    axe(page)
    fits(page, viewport["width"])
