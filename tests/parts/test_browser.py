import datetime as dt
from collections.abc import Callable, Iterable
from http import HTTPStatus
from pathlib import Path
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import pytest
import time_machine
from playwright.sync_api import Error, Page

from tests.parts import browser as part
from tests.parts.browser import Watch, axe

pytestmark = pytest.mark.browser

HEAD = '<!doctype html><html lang="sv"><head><title>Prov</title><link rel="icon" href="data:,">'
PAGES = {
    "/good": f'{HEAD}</head><body><main><h1 id="hej">Hej</h1></main></body></html>',
    "/pale": f'{HEAD}<link rel="stylesheet" href="/pale.css"></head><body><main><h1>Blek</h1><img src="data:,"></main>',
    "/pale.css": "h1 { color: #ddd; background: #fff }",
    "/inline": f"{HEAD}</head><body><script>document.title = 'x'</script></body></html>",
    "/thrown": f'{HEAD}<script src="/thrown.js"></script></head><body></body></html>',
    "/thrown.js": "setTimeout(() => { throw new Error('trasig') })",
    "/lost": f'{HEAD}<script src="/nowhere.js"></script></head><body></body></html>',
    "/curious": f'{HEAD}<link rel="stylesheet" href="https://paragraf.invalid/a.css"></head><body></body></html>',
}
TYPES = {".js": "text/javascript", ".css": "text/css"}


def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    path = environ["PATH_INFO"]
    status = HTTPStatus.OK if path in PAGES else HTTPStatus.NOT_FOUND
    kind = TYPES.get(Path(path).suffix, "text/html")
    policy = "default-src 'self'; img-src 'self' data:; style-src 'self' https://paragraf.invalid"
    start_response(
        f"{status.value} {status.phrase}",
        [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Security-Policy", policy)],
    )
    return [PAGES.get(path, f"{HEAD}</head><body>Finns inte</body></html>").encode()]


@pytest.fixture
def site(serve: Callable[[WSGIApplication], str]) -> str:
    return serve(app)


def complaints(page: Page, watch: Watch, url: str) -> list[str]:
    """What the watch heard of one page; taken from it, so that the test itself may pass."""
    page.goto(url)
    page.wait_for_timeout(100)
    heard = list(watch.problems)
    watch.allow("")
    return heard


def test_a_good_page_passes_on_desk_and_phone(page: Page, phone: Page, site: str) -> None:
    for one in (page, phone):
        one.goto(f"{site}/good")
        assert one.inner_text("#hej") == "Hej"
        axe(one)
    assert page.evaluate("innerWidth") == 1280
    assert phone.evaluate("innerWidth") == 390 or phone.viewport_size == part.PHONE


def test_axe_lists_what_is_wrong_and_where(page: Page, site: str) -> None:
    page.goto(f"{site}/pale")
    with pytest.raises(AssertionError) as failed:
        axe(page)
    told = str(failed.value)
    assert "color-contrast (serious)" in told
    assert "  h1: Element has insufficient color contrast" in told
    assert "image-alt (critical)" in told


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/inline", "Content Security Policy"),
        ("/thrown", "script error: trasig"),
        ("/lost", "nowhere.js"),
        ("/curious", "request beyond this machine: https://paragraf.invalid/a.css"),
    ],
)
def test_the_watch_hears(page: Page, browser_watch: Watch, site: str, path: str, told: str) -> None:
    assert told in "\n".join(complaints(page, browser_watch, site + path))


def test_a_page_that_is_not_there_is_no_complaint(page: Page, browser_watch: Watch, site: str) -> None:
    assert complaints(page, browser_watch, f"{site}/gone") == []


def test_no_other_machine_is_reached(page: Page, browser_watch: Watch) -> None:
    with pytest.raises(Error, match="ERR_FAILED"):
        page.goto("http://192.0.2.1/")
    assert browser_watch.problems == ["request beyond this machine: http://192.0.2.1/"]
    browser_watch.allow("192.0.2.1")


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1.example.com/", "http://localhost.example.com:80/", "file:///etc/hosts"]
)
def test_what_only_looks_like_this_machine_is_elsewhere(url: str) -> None:
    assert part._ELSEWHERE.match(url)


def test_what_is_allowed_is_forgiven(page: Page, browser_watch: Watch, site: str) -> None:
    browser_watch.allow("trasig")
    page.goto(f"{site}/thrown")
    page.wait_for_timeout(100)
    assert browser_watch.problems == []


def test_people_do_not_share_cookies(open_page: Callable[..., Page], site: str) -> None:
    one, other = open_page(), open_page()
    for person in (one, other):
        person.goto(f"{site}/good")
    one.evaluate("document.cookie = 'vem=sekreteraren'")
    assert other.evaluate("document.cookie") == ""


def test_travelled_time_does_not_disturb_it(page: Page, site: str) -> None:
    with time_machine.travel(dt.datetime(2031, 5, 1, tzinfo=dt.UTC), tick=False):
        page.goto(f"{site}/good")
        axe(page)


def test_pictures_are_saved_only_when_asked_for(
    page: Page, site: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(part, "SHOTS", tmp_path)
    page.goto(f"{site}/good")
    for asked, names in (("", []), ("1", ["min_sida.png"])):
        monkeypatch.setenv("PARAGRAF_SHOTS", asked)
        part.shot(page, "min sida")
        assert [shot.name for shot in tmp_path.iterdir()] == names
