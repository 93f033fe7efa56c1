"""Words that cannot reach the server are kept in the browser and catch up: no network, no sign-in, no room."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask import Flask
from playwright.sync_api import Page, expect

from paragraf.minutes.rules import ItemWords
from tests.parts.browser import Watch
from tests.webapp.minutes.browsing import SignIn, open_item

pytestmark = pytest.mark.browser


def test_offline_the_words_are_kept_in_the_browser_and_catch_up(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    open_item(page, sign_in(page), "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("Skrivet utan nät.")
    expect(page.locator("#lage")).to_have_text("Sparas i webbläsaren")
    assert words(2).background == "Läget är gott."
    page.context.set_offline(False)
    expect(page.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Skrivet utan nät."


def test_words_of_a_page_that_was_lost_offline_come_back_when_it_is_opened(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    address = sign_in(page)
    open_item(page, address, "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("Skrivet innan datorn somnade.")
    expect(page.locator("#lage")).to_have_text("Sparas i webbläsaren")
    page.goto("about:blank")
    page.context.set_offline(False)
    open_item(page, address, "Val av justerare")
    page.wait_for_function("localStorage.length === 0")
    assert words(2).background == "Skrivet innan datorn somnade."


def test_ten_minutes_without_a_network_lose_nothing(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    page.clock.install()
    open_item(page, sign_in(page), "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("Början.")
    page.clock.run_for(1_000)
    expect(page.locator("#lage")).to_have_text("Sparas i webbläsaren")
    page.clock.run_for(600_000)
    page.get_by_label("Bakgrund").fill("Början. Och slutet.")
    page.clock.run_for(1_000)
    page.context.set_offline(False)
    page.clock.run_for(10_000)
    expect(page.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Början. Och slutet."


def test_words_typed_after_the_session_ended_are_saved_when_somebody_has_signed_in_in_another_tab(
    app: Flask, sign_in: SignIn, page: Page, words: Callable[[int], ItemWords]
) -> None:
    # As outside the tests: the token of the page belongs to the session that ended.
    app.config["WTF_CSRF_ENABLED"] = True
    open_item(page, sign_in(page), "Lägesrapport")
    page.context.clear_cookies()
    page.get_by_label("Bakgrund").fill("Skrivet utloggad.")
    expect(page.locator("#lage")).to_contain_text("Du är utloggad. Texten finns kvar i webbläsaren.")
    link = page.locator("#lage").get_by_role("link", name="Logga in i en ny flik")
    assert link.get_attribute("target") == "_blank"
    page.get_by_label("Bakgrund").press("End")
    page.get_by_label("Bakgrund").press_sequentially(" Och mer.")
    assert words(2).background == "Läget är gott."
    sign_in(page)
    expect(page.locator("#lage")).to_contain_text("Sparat")
    page.wait_for_function("localStorage.length === 0")
    assert words(2).background == "Skrivet utloggad. Och mer."


def test_a_full_store_and_no_network_is_said_in_words(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }")
    open_item(page, sign_in(page), "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("Ingenstans att ta vägen.")
    expect(page.locator("#lage")).to_contain_text("Inte sparat någonstans")
    page.context.set_offline(False)
    expect(page.locator("#lage")).to_contain_text("Sparat 14.3")
    assert words(2).background == "Ingenstans att ta vägen."
