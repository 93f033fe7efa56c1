"""A real Chromium, driven by Playwright, that fails the test on what a person's browser would complain about.

Ask for ``page`` (a desk, 1280x900), ``phone`` (390x844) or ``open_page`` (several people at once, each with cookies
of their own). Every console error, script error, breach of the content security policy and request to another
machine fails the test when it ends; ``browser_watch.allow(text)`` lets an expected one pass.

While the browser lives, Playwright holds an event loop in the main thread: ``asyncio.run`` belongs in a thread.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response, Route, expect, sync_playwright

from tests.parts.machine import missing_packages, skip_or_fail

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SHOTS = Path("test-results")

_QUIET = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
_ELSEWHERE = re.compile(r"^(?!(https?|wss?)://(127\.\d+\.\d+\.\d+|localhost|\[::1\])([:/]|$)|data:|blob:|about:)")
_LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]
_WAIT_MS = 15_000
# A machine that does ten things at once is slow; a page that is wrong stays wrong.
expect.set_options(timeout=_WAIT_MS)
_LEAVING = pytest.StashKey[Callable[[], None]]()


class Watch:
    """What went wrong in the browser during one test. ``problems`` holds what is not forgiven."""

    def __init__(self) -> None:
        self._seen: list[tuple[str, str]] = []
        self._answered: set[str] = set()
        self._allowed: list[str] = []

    def allow(self, text: str) -> None:
        """Let problems that contain ``text`` pass in this test."""
        self._allowed.append(text)

    @property
    def problems(self) -> list[str]:
        """One line each, in order, without what is allowed and without pages that answered 4xx or 5xx.

        A page that a person opened and was refused is the test's business to look at; the same answer to a
        stylesheet or a script is a problem.
        """
        return [
            told
            for told, url in self._seen
            if not (url in self._answered and "Failed to load resource" in told)
            and not any(text in told for text in self._allowed)
        ]

    def follow(self, context: BrowserContext) -> None:
        """Listen to every page of ``context`` from now on, and stop what it asks of other machines."""
        context.on("console", self._console)
        context.on("weberror", lambda event: self._seen.append((f"script error: {event.error}", "")))
        context.on("response", self._response)
        context.route(_ELSEWHERE, self._stop)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            url = message.location.get("url", "")
            self._seen.append((f"console: {message.text} ({url})", url))

    def _response(self, response: Response) -> None:
        if response.status >= 400 and response.request.is_navigation_request():
            self._answered.add(response.url)

    def _stop(self, route: Route) -> None:
        self._seen.append((f"request beyond this machine: {route.request.url}", ""))
        route.abort()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium, started once for each pytest process."""
    program = shutil.which("chromium")
    if program is None:
        skip_or_fail(missing_packages("browser"))
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=program, args=list(_QUIET))
        yield chromium
        chromium.close()


@pytest.fixture
def browser_watch() -> Watch:
    """What the test's pages complain about."""
    return Watch()


@pytest.fixture
def open_page(browser: Browser, browser_watch: Watch, request: pytest.FixtureRequest) -> Iterator[Callable[..., Page]]:
    """``open_page(viewport=DESK)``: a page in a fresh context, as another person at another machine would have."""
    contexts: list[BrowserContext] = []

    def make(viewport: dict[str, int] = DESK, **options: Any) -> Page:
        context = browser.new_context(
            viewport=viewport,  # type: ignore[arg-type]
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            reduced_motion="reduce",
            **options,
        )
        contexts.append(context)
        context.set_default_timeout(_WAIT_MS)
        browser_watch.follow(context)
        return context.new_page()

    def leave() -> None:
        for number, page in enumerate(page for context in contexts for page in context.pages):
            shot(page, f"{request.node.name}-{number}")
        for context in contexts:
            context.close()

    request.node.stash[_LEAVING] = leave
    yield make
    if browser_watch.problems:
        pytest.fail("the browser complained:\n" + "\n".join(browser_watch.problems), pytrace=False)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_teardown(item: pytest.Item) -> Iterator[None]:
    """Close the pages before any server goes away: a browser that still reads would complain of a broken line."""
    leave = item.stash.get(_LEAVING, None)
    try:
        if leave is not None:
            leave()
    finally:
        # Also where the browser has died: the test's other parts are put away all the same.
        yield


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page on a desk."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page on a phone, touched and not clicked."""
    return open_page(PHONE, has_touch=True, is_mobile=True)


def shot(page: Page, name: str) -> None:
    """Save the whole page as test-results/NAME.png when PARAGRAF_SHOTS=1; otherwise do nothing."""
    if os.environ.get("PARAGRAF_SHOTS") == "1":
        SHOTS.mkdir(exist_ok=True)
        page.screenshot(path=SHOTS / (re.sub(r"[^\w.-]+", "_", name) + ".png"), full_page=True)


def axe(page: Page) -> None:
    """Assert that the page, as it is now, breaks no rule of WCAG 2.1 A and AA that axe can see."""
    results = Axe().run(page, options={"runOnly": _LEVELS, "resultTypes": ["violations"]})
    violations = results.response["violations"]
    assert not violations, f"{page.url}\n" + "\n".join(_told(violation) for violation in violations)


def _told(violation: dict[str, Any]) -> str:
    lines = [f"{violation['id']} ({violation['impact']}): {violation['help']}"]
    for node in violation["nodes"]:
        why = node["failureSummary"].splitlines()[1:2] or [""]
        lines += [f"  {' '.join(map(str, node['target']))}: {why[0].strip()}", f"    {node['html'][:160]}"]
    return "\n".join(lines)
