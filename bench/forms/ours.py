"""Our application with a large form begun in it, called in this process: both sides then cost only themselves."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask.testing import FlaskClient

from bench import demo
from bench.forms import large
from bench.harness import CannotMeasureError


@dataclass(frozen=True)
class Begun:
    """A browser at an application, and where its sections are."""

    browser: FlaskClient
    path: str

    def page(self, section: str) -> bytes:
        """The section as the applicant sees it."""
        answer = self.browser.get(self.path + section)
        if answer.status_code != 200:
            raise CannotMeasureError(f"the page of {section} answered {answer.status_code}")
        return bytes(answer.data)

    def token(self, section: str) -> str:
        """The page's protection against forged posts, as its script sends it."""
        found = re.search(rb'name="csrf_token"[^>]*value="([^"]+)"', self.page(section))
        if found is None:
            raise CannotMeasureError("the page has no CSRF token")
        return found[1].decode()

    def save(self, section: str, fields: dict[str, str], version: int, token: str) -> int:
        """Save a section as its script does; the version it led to."""
        answer = self.browser.post(
            self.path + section,
            data={"base-version": str(version), "visa": "", **fields},
            headers={"Accept": "application/json", "X-CSRFToken": token},
        )
        if answer.status_code != 200 or answer.json is None or answer.json["conflicts"]:
            raise CannotMeasureError(f"saving {section} answered {answer.status_code}")
        return int(answer.json["version"])


@functools.cache
def begun(pages: tuple[tuple[str, int], ...]) -> Begun:
    """An application with pages of so many questions each, all answered, and the budget filled in."""
    from paragraf import all_models  # noqa: F401 - relationships resolve when every room's rows are known
    from paragraf.applications.links import link_to
    from paragraf.applications.operations import publish_form, save_section, start
    from paragraf.core import clock
    from paragraf.core.database import Database
    from paragraf.core.settings import load
    from paragraf.people import queries as people
    from paragraf.questions.fields import collect
    from paragraf.questions.reading import read_definition
    from webapp import create_app

    settings = load(demo.environ())
    database, now, key = Database(settings), clock.now(), f"bench_{len(pages)}"
    source = large.definition(key, dict(pages))
    form = read_definition(source)
    with database.writing() as session:
        association = people.association_by_slug(session, "norralven")
        publish_form(session, association_id=association.id, source_text=source, now=now, actor="bench")
        application = start(
            session, association=association, family_key=key, email=f"{key}@example.com", language="sv", now=now
        )
        filled_in = {page: large.typed(page, count) for page, count in pages} | {"costs": large.typed_budget()}
        for section, fields in filled_in.items():
            told = collect(form.section(section), large.raw(fields))
            save_section(session, application, section_id=section, raw=told, base_version=application.version, now=now)
        path = urlsplit(link_to(settings, application)).path
    app = create_app(settings, database)
    return Begun(app.test_client(), path)
