"""Two secretaries with the same § in two browsers, or one with it in two tabs."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from paragraf.minutes.rules import ItemWords
from tests.parts.browser import Watch, axe
from tests.webapp.minutes.browsing import OpenPage, SignIn, open_item

pytestmark = pytest.mark.browser


def two_browsers(sign_in: SignIn, open_page: OpenPage) -> tuple[Page, Page]:
    """Two secretaries with the same § open; the first has saved since the second opened it."""
    first, second = open_page(), open_page()
    for page in (first, second):
        open_item(page, sign_in(page), "Lägesrapport")
    first.get_by_label("Bakgrund").fill("Den första texten.")
    expect(first.locator("#lage")).to_contain_text("Sparat")
    expect(first.locator("#papper")).to_contain_text("Den första texten.")
    second.get_by_label("Bakgrund").fill("Den andra <b>texten</b>.")
    expect(second.get_by_role("heading", name="Två texter")).to_be_visible()
    expect(second.locator(".both")).to_contain_text("Den andra <b>texten</b>.")
    expect(second.locator(".both")).to_contain_text("Den första texten.")
    return first, second


def test_two_at_once_keeping_mine_takes_what_was_typed_since(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    axe(second)
    second.get_by_label("Bakgrund").press("End")
    second.get_by_label("Bakgrund").press_sequentially(" Och mer.")
    second.get_by_role("button", name="Behåll min").click()
    expect(second.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Den andra <b>texten</b>. Och mer."


def test_two_at_once_taking_the_other_leaves_mine_set_aside(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    second.get_by_role("link", name="Ta den andra").click()
    expect(second.get_by_label("Bakgrund")).to_have_value("Den första texten.")
    second.get_by_text("En undanlagd text").click()
    expect(second.locator("#undanlagda")).to_contain_text("Den andra <b>texten</b>.")
    assert words(2).background == "Den första texten."


def test_two_at_once_merging_keeps_theirs_in_sight(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    second.get_by_role("link", name="Slå ihop själv").click()
    expect(second.locator(".both")).to_contain_text("Den första texten.")
    second.get_by_label("Bakgrund").fill("Båda texterna.")
    expect(second.locator("#lage")).to_contain_text("Sparat")
    assert words(2).background == "Båda texterna."


def test_what_is_typed_after_the_two_texts_were_shown_is_set_aside_too(
    sign_in: SignIn, open_page: OpenPage, words: Callable[[int], ItemWords]
) -> None:
    _first, second = two_browsers(sign_in, open_page)
    second.get_by_label("Bakgrund").fill("Skrivet medan jag valde.")
    second.get_by_role("link", name="Ta den andra").click()
    expect(second.get_by_label("Bakgrund")).to_have_value("Den första texten.")
    second.get_by_text("2 undanlagda texter").click()
    expect(second.locator("#undanlagda")).to_contain_text("Skrivet medan jag valde.")


def test_no_script_in_either_text_runs_where_their_differences_are_marked(sign_in: SignIn, open_page: OpenPage) -> None:
    first, second = open_page(), open_page()
    for page in (first, second):
        open_item(page, sign_in(page), "Lägesrapport")
    first.get_by_label("Bakgrund").fill("<script>window.hacked = 1</script> ett")
    expect(first.locator("#papper")).to_contain_text("ett")
    second.get_by_label("Bakgrund").fill("<img src=x onerror='window.hacked = 2'> två")
    expect(second.get_by_role("heading", name="Två texter")).to_be_visible()
    second.get_by_text("Visa skillnaderna ord för ord").click()
    expect(second.locator(".both del").first).to_contain_text("script")
    expect(second.locator(".both ins").first).to_contain_text("img src")
    axe(second)
    assert second.evaluate("window.hacked") is None


def test_two_tabs_with_the_same_section_do_not_write_over_each_others_words(
    sign_in: SignIn, page: Page, browser_watch: Watch, words: Callable[[int], ItemWords]
) -> None:
    browser_watch.allow("ERR_INTERNET_DISCONNECTED")
    address = sign_in(page)
    other = page.context.new_page()
    for tab in (page, other):
        open_item(tab, address, "Lägesrapport")
    page.context.set_offline(True)
    page.get_by_label("Bakgrund").fill("I den första fliken.")
    other.get_by_label("Bakgrund").fill("I den andra fliken.")
    for tab in (page, other):
        expect(tab.locator("#lage")).to_have_text("Sparas i webbläsaren")
    assert page.evaluate("localStorage.length") == 2
    page.context.set_offline(False)
    late = next(tab for tab in _in_conflict(page, other))
    expect(late.locator(".both")).to_contain_text("I den första fliken.")
    expect(late.locator(".both")).to_contain_text("I den andra fliken.")
    late.get_by_role("link", name="Ta den andra").click()
    expect(late.locator("#undanlagda")).to_have_count(1)


def _in_conflict(*tabs: Page) -> list[Page]:
    """The tab whose save came last: which one is the network's to say."""
    for _ in range(60):
        found = [tab for tab in tabs if tab.locator(".both").count()]
        if found:
            return found
        tabs[0].wait_for_timeout(250)
    raise AssertionError("no tab was told that the other had saved")
