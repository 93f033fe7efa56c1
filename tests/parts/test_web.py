import datetime as dt
import urllib.request
from collections.abc import Callable, Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import time_machine


def year_page(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [str(dt.datetime.now(dt.UTC).year).encode()]


def get(url: str) -> bytes:
    with urllib.request.urlopen(url, timeout=10) as answer:
        content: bytes = answer.read()
    return content


def test_serves_over_http_in_the_travelled_time(serve: Callable[[WSGIApplication], str]) -> None:
    url = serve(year_page)
    with time_machine.travel(dt.datetime(2031, 5, 1, tzinfo=dt.UTC), tick=False):
        assert get(url) == b"2031"


def test_serves_several_apps_at_once(serve: Callable[[WSGIApplication], str]) -> None:
    one, other = serve(year_page), serve(year_page)
    assert one != other
    assert get(one) == get(other)
