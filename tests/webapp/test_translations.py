"""The English interface is whole: every text has English, and no page shows Swedish but what people wrote."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
import time_machine
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from flask import Flask, render_template_string
from flask.testing import FlaskClient
from flask_babel import force_locale
from jinja2 import Environment, nodes
from lxml import html
from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf import all_models
from paragraf.core.database import Database
from paragraf.core.log import LogEntry
from paragraf.people.models import Association, Person, Role
from tests.parts.demonstration import BEGUN
from webapp import create_app
from webapp.translations.catalogue import PATH, lacking, read
from webapp.translations.sources import PLURAL, ROOT, WRAPPERS, Messages, Source, sources
from webapp.words import act

JINJA = re.compile(r"\{% block \w+ %\}[\w -]*\{% endblock %\}|\{#.*?#\}|\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
PLACE = re.compile(r"%\(\w+\)s|%%|\{\w+\}|\{%%\w+|\{\{ \S+ \}\}")
SWEDISH_LETTER = re.compile("[åäöÅÄÖ]")
#: What reads the same in every language.
NAMES = {"Paragraf", "Word", "CSV", "PDF"}
SHOWN = ("aria-label", "title", "placeholder", "alt")
#: Letters are in the language of their reader.
NOT_OURS = "/brevlada/"
#: How many pages of one kind are read.
OF_A_KIND = 3


@pytest.fixture(scope="module")
def found() -> set[Source]:
    return sources()


def test_every_text_has_english(found: set[Source]) -> None:
    assert lacking(found, read()) == []


def test_no_english_is_left_of_texts_that_are_gone(found: set[Source]) -> None:
    assert read().keys() - found == set()


def test_every_message_is_found() -> None:
    assert Messages.under(ROOT).hidden() == []


def test_places_for_values_are_the_same_in_english() -> None:
    pairs = [
        pair
        for source, words in read().items()
        for pair in ([(source, words)] if isinstance(source, str) else zip(source, words, strict=True))
    ]
    unlike = [pair for pair in pairs if places(pair[0]) != places(pair[1])]
    assert unlike == []


def test_a_percent_sign_in_a_text_stands_twice(found: set[Source]) -> None:
    assert [text for text in found if re.search(r"(?<!%)%(%%)*(?![%(])", str(text))] == []


def places(text: object) -> Counter[str]:
    # The name of a field in an example is translated: only that there is one counts.
    return Counter(re.sub(r"\{\{ \S+ \}\}", "{{ x }}", place) for place in PLACE.findall(str(text)))


def test_templates_hold_no_text_outside_the_catalogue() -> None:
    bare = {
        (path.name, text)
        for path in (ROOT / "webapp" / "templates").rglob("*.html")
        for text in texts(html.fromstring(f"<main>{JINJA.sub(' ', path.read_text(encoding='utf-8'))}</main>"))
        if re.search(r"[^\W\d_]{2}", text) and text.strip("()– ") not in NAMES
    }
    assert bare == set()


def test_templates_translate_only_texts_that_stand_in_them() -> None:
    """Translated text is taken for HTML and for a pattern. What comes out of a row is given to ``stored`` instead."""
    parser = Environment(extensions=["jinja2.ext.i18n"], autoescape=True)
    loose = [
        f"{path.name}:{call.lineno}"
        for path in (ROOT / "webapp" / "templates").rglob("*.html")
        for call in parser.parse(path.read_text(encoding="utf-8")).find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name in {*WRAPPERS, PLURAL}
        if not (call.args and isinstance(call.args[0], nodes.Const))
    ]
    assert loose == []


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        (
            "E-postservern svarar inte. Nya försök görs varje minut.",
            "The mail server does not answer. New attempts are made every minute.",
        ),
        ("552 <b>full</b> to 100%", "552 &lt;b&gt;full&lt;/b&gt; to 100%"),
        ("", ""),
    ],
)
def test_words_out_of_a_row_are_translated_or_shown_as_they_are(english_app: Flask, words: str, shown: str) -> None:
    with english_app.test_request_context(), force_locale("en"):
        assert render_template_string("{{ stored(words) }}", words=words) == shown


def texts(tree: html.HtmlElement) -> Iterator[str]:
    """What a page says to its reader, but for what is marked as Swedish and for names of keys."""
    for element in tree.iter():
        if not isinstance(element.tag, str) or element.tag in {"script", "style", "kbd"}:
            continue
        if element.xpath('ancestor-or-self::*[@lang="sv"]'):
            continue
        said = [element.text, *(child.tail for child in element), *(element.get(name) for name in SHOWN)]
        yield from (" ".join(each.split()) for each in said if each and each.strip())


def test_code_of_the_doors_holds_no_swedish_outside_the_catalogue(found: set[Source]) -> None:
    known = {text for source in found for text in ([source] if isinstance(source, str) else source)}
    bare = {
        f"{path.name}:{node.lineno}"
        for room in ("webapp", "forms")
        for path in (ROOT / room).rglob("*.py")
        for node in constants(ast.parse(path.read_text(encoding="utf-8")))
        if SWEDISH_LETTER.search(text := str(node.value)) and text not in known
    }
    assert bare == set()


def constants(tree: ast.Module) -> Iterator[ast.Constant]:
    """The strings of a module but for its docstrings."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in told:
            yield node


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.fixture
def english_app(demonstration: Database, tmp_path: Path) -> Iterator[Flask]:
    """The demonstration with the catalogue as it stands, compiled or not."""
    folder = tmp_path / "translations" / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    with PATH.open("rb") as source, (folder / "messages.mo").open("wb") as compiled:
        write_mo(compiled, read_po(source, locale="en"))
    made = create_app(demonstration.settings, demonstration)
    made.extensions["babel"].translation_directories[:] = [str(tmp_path / "translations")]
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with time_machine.travel(BEGUN, tick=False):
        yield made


@pytest.mark.parametrize(
    ("reason", "told"),
    [("Överenskommelsen har upphört", "The agreement has ended"), ("Vi är överens", "Vi är överens")],
)
def test_history_tells_the_programs_own_words_in_english(english_app: Flask, reason: str, told: str) -> None:
    details = {"title": "Meddela ändringar: Lärcentrum", "last_day": "2026-10-01", "reason": reason}
    entry = LogEntry(verb="cancel_duty", subject="agreement", details=details)
    with english_app.test_request_context(), force_locale("en"):
        said = act(entry)
    assert said == f"No longer planned: Give notice of changes: Lärcentrum, last day 1 October 2026. {told}"


class Reader:
    """Someone who reads English and opens every page that a link leads to, a few of each kind."""

    def __init__(self, app: Flask, person: Person | None) -> None:
        self.client: FlaskClient = app.test_client()
        self.kinds: Counter[str] = Counter()
        self._adapter = app.url_map.bind("localhost")
        with self.client.session_transaction() as session:
            session["language"] = "en"
            if person:
                session["_user_id"] = f"{person.association_id}:{person.id}"

    def read(self, waiting: list[str]) -> Iterator[tuple[str, html.HtmlElement]]:
        seen: set[str] = set()
        while waiting:
            address = waiting.pop(0)
            if address in seen or not self._is_wanted(address):
                continue
            seen.add(address)
            answer = self.client.get(address, follow_redirects=True)
            if answer.content_type.startswith("text/html"):
                page = html.fromstring(answer.text)
                yield address, page
                links = [link.get("href", "").partition("#")[0] for link in page.iter("a")]
                waiting += [link for link in links if link.startswith("/")]

    def _is_wanted(self, address: str) -> bool:
        kind = str(self._adapter.match(address.partition("?")[0], method="GET")[0])
        self.kinds[kind] += 1
        return NOT_OURS not in address and self.kinds[kind] <= OF_A_KIND


def written(session: Session) -> list[str]:
    """Everything in the rows, the longest first: what people, rules and documents say."""
    found: set[str] = set()
    for table in all_models.metadata.tables.values():
        for row in session.execute(select(table)):
            found.update(" ".join(text.split()) for value in row for text in leaves(value) if len(text) > 2)
    return sorted(found, key=len, reverse=True)


def leaves(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield from (value, *value.splitlines())
    elif isinstance(value, dict | list | tuple):
        for each in value.values() if isinstance(value, dict) else value:
            yield from leaves(each)


def swedish(page: html.HtmlElement, known: list[str]) -> Iterator[str]:
    """The Swedish of a page that nobody wrote."""
    for text in texts(page):
        rest = text
        for each in known if SWEDISH_LETTER.search(rest) else ():
            rest = rest.replace(each, "")
        if SWEDISH_LETTER.search(rest):
            yield text


@pytest.mark.parametrize("who", ["office", "member", "nobody"])
def test_pages_in_english_hold_no_swedish_but_what_people_wrote(
    english_app: Flask, demonstration: Database, found: set[Source], who: str
) -> None:
    with demonstration.reading() as session:
        # What the program itself puts into rows, such as a reason, is translated when it is shown.
        known = [text for text in written(session) if text not in found]
        here = select(Person).join(Association).where(Association.slug == "norralven").order_by(Person.id)
        officials = select(Role.person_id)
        persons = {
            "office": session.scalars(here.where(Person.id.in_(officials))).first(),
            "member": session.scalars(here.where(Person.id.not_in(officials))).first(),
        }
    links = re.findall(r"http://localhost(/(?:ansokan|signera)/\S+)", "\n".join(known))
    reader = Reader(english_app, persons.get(who))
    left = {
        (address, text)
        for address, page in reader.read(
            ["/", "/norralven/", "/norralven/logga-in", "/finns-inte/", *sorted(set(links))]
        )
        for text in swedish(page, known)
        # The minutes are Swedish, so examples of what to write in them are too.
        if "in Swedish" not in text
    }
    assert left == set()
    assert len(reader.kinds) > 8
