"""The templates' texts: remembered by language and application, values escaped, plural by number."""

from __future__ import annotations

from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask, g

from paragraf.core.settings import Settings
from tests.parts.world import World
from webapp import create_app

ONE = "%(num)s sak i %(where)s"
MANY = "%(num)s saker i %(where)s"
pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)


@pytest.fixture
def english(settings: Settings, world: World, tmp_path: Path) -> Flask:
    """An application with a small English catalogue of its own."""
    catalogue = Catalog(locale="en")
    catalogue.add("Hej %(name)s", "Hello %(name)s")
    catalogue.add("100 %%", "100 %% in all")
    catalogue.add((ONE, MANY), ("one thing in %(where)s", "%(num)s things in %(where)s"))
    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    made = create_app(settings, world.database)
    made.extensions["babel"].translation_directories[:] = [str(tmp_path)]
    return made


def drawn(app: Flask, language: str, template: str, **values: object) -> str:
    with app.test_request_context("/"):
        g.applicant_language = language
        return app.jinja_env.from_string(template).render(**values)


def test_each_language_has_its_own_texts_in_turn(english: Flask) -> None:
    for language, told in (("sv", "Hej Eva"), ("en", "Hello Eva")) * 2:
        assert drawn(english, language, "{{ _('Hej %(name)s', name='Eva') }}") == told


def test_values_are_escaped_and_percent_signs_are_doubled_in_the_source(english: Flask) -> None:
    text = "{% autoescape true %}{{ _('Hej %(name)s', name=name) }} {{ _('100 %%') }}{% endautoescape %}"
    assert drawn(english, "en", text, name="<b>") == "Hello &lt;b&gt; 100 % in all"


def test_the_number_chooses_the_form(english: Flask) -> None:
    text = "{{ ngettext(one, many, 1, where='A') }}, {{ ngettext(one, many, 2, where='<') }}"
    told = [drawn(english, language, text, one=ONE, many=MANY) for language in ("sv", "en")]
    assert told == ["1 sak i A, 2 saker i &lt;", "one thing in A, 2 things in &lt;"]


def test_applications_do_not_share_their_catalogues(english: Flask, app: Flask) -> None:
    text = "{{ _('Hej %(name)s', name='Eva') }}"
    assert drawn(app, "en", text) == "Hej Eva"
    assert drawn(english, "en", text) == "Hello Eva"
