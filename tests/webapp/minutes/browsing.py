"""What the browser tests of the desk do again and again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[[Page], str]
OpenPage = Callable[..., Page]


def open_item(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    lines = page.get_by_role("navigation", name="Paragrafer")
    # On a phone the list is folded away.
    folded = lines.get_by_text("Paragraf 1 av")
    if folded.is_visible():
        folded.click()
    lines.get_by_text(heading).click()
    is_open(page, heading)


def is_open(page: Page, heading: str) -> None:
    """The § is open and the page's script, if it has any, listens."""
    expect(page.get_by_label("Rubrik", exact=True)).to_have_value(heading)
    page.wait_for_load_state("load")
    if page.evaluate("document.documentElement.classList.contains('with-script')"):
        until(page, "document.documentElement.dataset.desk === 'ready'")


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def until(page: Page, truth: str) -> None:
    """Wait for an expression of the page. Playwright's own waiting is stopped by our content security policy."""
    for _ in range(150):
        if page.evaluate(truth):
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"never so: {truth}")


def saved(page: Page) -> None:
    """The server has got everything that was typed: nothing is left in the browser's store."""
    until(page, "localStorage.length === 0")
