"""What the browser tests of the desk do again and again."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

# As long as the pages' own timeout: a machine that runs other tests beside answers slowly.
expect.set_options(timeout=15_000)
SignIn = Callable[[Page], str]
OpenPage = Callable[..., Page]


def open_item(page: Page, address: str, heading: str) -> None:
    page.goto(address)
    page.get_by_role("navigation", name="Paragrafer").get_by_text(heading).click()
    is_open(page, heading)


def is_open(page: Page, heading: str) -> None:
    """The § is open and the page's script, if it has any, listens."""
    expect(page.get_by_label("Rubrik", exact=True)).to_have_value(heading)
    page.wait_for_load_state("load")
    if page.evaluate("document.documentElement.classList.contains('with-script')"):
        page.wait_for_function("document.documentElement.dataset.desk === 'ready'")


def fits(page: Page, width: int) -> None:
    assert page.evaluate("document.documentElement.scrollWidth") <= width
