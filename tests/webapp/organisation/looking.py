"""A page looked at as axe and a person see it."""

from __future__ import annotations

from playwright.sync_api import Page

from tests.parts.browser import DESK, PHONE, axe, shot


def seen(page: Page, name: str) -> None:
    """The page as axe and a person see it, at a desk and on a phone; nothing is wider than the phone."""
    axe(page)
    shot(page, f"organisation-{name}-desk")
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    axe(page)
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), f"{name} is wider than a phone"
    shot(page, f"organisation-{name}-phone")
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
