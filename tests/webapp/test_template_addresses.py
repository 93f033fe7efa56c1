"""The templates' ``url_for`` answers as Flask's own, whatever it remembers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask, g, url_for
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.parts.world import World

plain = st.text("abcXYZ019-_.", min_size=1, max_size=12)
words = plain | st.text(min_size=1, max_size=6).filter(lambda text: "/" not in text)


def both(app: Flask, endpoint: str, slug: str | None, values: dict[str, Any]) -> tuple[str, str]:
    address: Callable[..., str] = app.jinja_env.globals["url_for"]  # type: ignore[assignment]
    with app.test_request_context("/"):
        if slug is not None:
            g.slug = slug
        return address(endpoint, **values), url_for(endpoint, **values)


@given(token=words, document_id=st.integers(0, 10**9), after=words, anchor=plain)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_any_token_number_query_and_anchor(app: Flask, token: str, document_id: int, after: str, anchor: str) -> None:
    page, values = "applications.attachment", {"token": token, "document_id": document_id}
    ours, theirs = both(app, page, None, values)
    assert ours == theirs
    ours, theirs = both(app, page, None, {**values, "after": after, "_anchor": anchor})
    assert ours == theirs


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("endpoint", "values"),
    [
        ("static", {"filename": "css/paragraf.css"}),
        ("applications.attachment", {"token": "{braces}", "document_id": "7"}),
        ("applications.attachment", {"token": "12", "document_id": "007"}),
        ("public.association", {"slug": "å och ä"}),
        ("public.association", {"x": ["a", "b"], "y": None}),
        ("public.front", {"_external": True}),
    ],
)
def test_what_is_not_plain(app: Flask, endpoint: str, values: dict[str, Any]) -> None:
    ours, theirs = both(app, endpoint, "norrdal", values)
    assert ours == theirs


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_each_association_has_its_own_addresses(app: Flask, world: World) -> None:
    for home in (world.north, world.south, world.north):
        ours, _ = both(app, "public.association", home.slug, {})
        assert ours == f"/{home.slug}/"


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_addresses_follow_where_the_program_is_mounted(app: Flask) -> None:
    address: Callable[..., str] = app.jinja_env.globals["url_for"]  # type: ignore[assignment]
    for root in ("", "/office", ""):
        with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": root}):
            assert address("public.association", slug="norrdal") == f"{root}/norrdal/"
