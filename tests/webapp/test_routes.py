"""Every route is walked: as nobody, as a member, as the other association's people, without a CSRF token.

The rows are the demonstration's, where one matter has walked the whole way. A new route with a new kind of id must be
given a row here, or the walk fails.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from forms.definitions import load
from paragraf import all_models
from paragraf.applications.models import LatePolicy
from paragraf.applications.offered.call_rules import NewCall
from paragraf.applications.offered.calling import make_call
from paragraf.applications.offered.form_drafts import begin_draft
from paragraf.applications.offered.publishing import family_for_key
from paragraf.core.database import Database
from paragraf.core.log import LogHead
from paragraf.delegation import operations as delegation
from paragraf.delegation.operations import PointText
from paragraf.grants.models import DrawdownClaim, Grant
from paragraf.importing.operations import receive
from paragraf.meetings import standing
from paragraf.meetings.models import ItemKind
from paragraf.meetings.rules import ItemText
from paragraf.minutes import renditions
from paragraf.minutes.models import Notice
from paragraf.minutes.phrases import adopt_shipped
from paragraf.people import queries as people
from paragraf.people.models import Association, Mandate, Person, Role
from tests.parts.demonstration import BEGUN
from webapp import create_app

HOME, AWAY = "norralven", "soderviken"
AUDIENCES = {"public", "by_link", "signed_in", "member", "office"}
GUARDED = {"signed_in", "member", "office"}
#: Which table an id in an address is of, where the blueprint does not decide.
TABLES = {
    "meeting_id": "meeting",
    "presence_id": "presence",
    "person_id": "person",
    "recusal_id": "recusal",
    "agreement_id": "agreement",
    "duty_id": "duty",
    "letter_id": "letter",
    "document_id": "document",
    "notice_id": "notice",
    "posting_id": "notice_posting",
    "extract_id": "certified_extract",
    "rendition_id": "public_rendition",
    "application_id": "application",
    "condition_id": "grant_condition",
    "grant_id": "grant",
    "claim_id": "drawdown_claim",
    "report_id": "grant_report",
    "payment_id": "planned_payment",
    "note_id": "working_note",
    "signatory_id": "signatory",
    "version_id": "template_version",
    "preview_id": "template_preview",
    "family_id": "form_family",
    "draft_id": "form_draft",
    "call_id": "funding_call",
    "file_id": "imported_file",
    "participant_id": "application_participant",
    "member_id": "member_organisation",
    "body_id": "body",
    "rule_id": "body_rule",
    "mandate_id": "mandate",
    "board_id": "notice_board",
    "role_id": "role",
    "phrase_id": "standard_phrase",
    ("form_writing", "version_id"): "form_version",
    "standing_id": "standing_item",
    "point_id": "delegation_point",
    "decision_id": "delegated_decision",
    ("meetings", "item_id"): "agenda_item",
    ("meetings", "attachment_id"): "meeting_attachment",
    ("minutes", "item_id"): "minute_item",
    ("minutes", "immediate_id"): "immediate_verification",
    ("mailbox", "attachment_id"): "letter_attachment",
    ("minutes", "attachment_id"): "letter_attachment",
}
WORDS = {
    "of_year": 2027,
    "key": "attendance",
    "token": "x.y.z",
    "section_id": "operation",
    "kind": "minutes",
    "page": 1,
}


def write_delegation(session: Session) -> None:
    """A standing item, a point of a delegation order and a decision made by it, where the demonstration has none."""
    home = session.scalars(select(Association).filter_by(slug=HOME)).one()
    board = people.board(session, home.id)
    said = ItemText(ItemKind.DECISION, "Val av justerare")
    standing.add(session, board, said, last=False, now=BEGUN, actor="Test")
    text = PointText("1.1", "Avtal om lokaler", "förbundschefen", "Styrelsen § 3")
    today = BEGUN.date()
    point = delegation.add_point(session, board, text, valid_from=today, now=BEGUN, actor="Test")
    decided_by = session.scalars(select(Person).filter_by(association_id=home.id).order_by(Person.id)).first()
    assert decided_by is not None
    delegation.register_decision(
        session,
        point,
        decided_on=today,
        decided_by=decided_by,
        heading="Hyra av lokal",
        text="Avtalet förlängs.",
        now=BEGUN,
        actor="Test",
    )


@pytest.fixture
def app(demonstration: Database) -> Iterator[Flask]:
    with demonstration.writing() as session:
        write_forms(session)
        write_delegation(session)
        publish_minutes(session)
    made = create_app(demonstration.settings, demonstration)
    made.config.update(TESTING=True, WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)
    with time_machine.travel(BEGUN, tick=False):
        yield made


def write_forms(session: Session) -> None:
    """What the demonstration has none of yet: a draft of a form, a call, a file of earlier minutes."""
    home = session.scalars(select(Association).filter_by(slug=HOME)).one()
    source = load("application_a")
    earlier = "Protokoll 2019-02-12\n\n§ 1 Öppnande\n\nMötet öppnas.\n".encode()
    receive(session, home, filename="protokoll.txt", content=earlier, now=BEGUN, actor="Test")
    begin_draft(session, association_id=home.id, source=source, now=BEGUN, actor="Test")
    new = NewCall("Medel 2027", "", BEGUN + timedelta(days=1), BEGUN + timedelta(days=30), LatePolicy.REFUSE)
    adopt_shipped(session, home.id, now=BEGUN, actor="Test")
    make_call(session, family_for_key(session, home.id, "application_a"), new, now=BEGUN, actor="Test")


def publish_minutes(session: Session) -> None:
    """What the demonstration has none of yet: a public version of minutes."""
    home = session.scalars(select(Association).filter_by(slug=HOME)).one()
    minutes = session.scalars(select(Notice).filter_by(association_id=home.id).order_by(Notice.id)).first()
    assert minutes is not None
    made = renditions.make_rendition(session, minutes.minutes, [], withdraw_with_notice=False, now=BEGUN, actor="Test")
    renditions.publish(session, made, now=BEGUN, actor="Test")


class Walk:
    """Addresses of all routes with the home association's ids, asked by anyone."""

    def __init__(self, app: Flask, database: Database) -> None:
        self.app, self.database = app, database
        with database.reading() as session:
            self.ids = {
                slug: self._ids(session, session.scalars(select(Association.id).filter_by(slug=slug)).one())
                for slug in (HOME, AWAY)
            }

    @staticmethod
    def _ids(session: Session, association_id: int) -> dict[str, int]:
        tables = all_models.metadata.tables
        found = {"association": association_id}
        for name in dict.fromkeys(TABLES.values()):
            table = tables[name]
            own = select(table.c.id).where(table.c.association_id == association_id).order_by(table.c.id)
            if "meeting_id" in table.c and "meeting" in found:
                own = own.where(table.c.meeting_id == found["meeting"])
            found[name] = session.execute(own).scalar() or 0
        matter, application = tables["matter"], tables["application"]
        applied = select(matter.c.year, matter.c.number).join(application, application.c.matter_id == matter.c.id)
        own = applied.where(matter.c.association_id == association_id)
        found["year"], found["number"] = session.execute(own).first() or (0, 0)
        return found

    def rules(self, *audiences: str) -> list[Rule]:
        wanted = audiences or AUDIENCES
        return [
            rule
            for rule in self.app.url_map.iter_rules()
            if not rule.endpoint.endswith("static") and self.audience(rule) in wanted
        ]

    def audience(self, rule: Rule) -> str:
        return getattr(self.app.view_functions[rule.endpoint], "audience", "unmarked")

    def address(self, rule: Rule, slug: str = HOME, ids_of: str = HOME) -> str:
        values: dict[str, Any] = {}
        for name in rule.arguments:
            values[name] = slug if name == "slug" else self._value(rule, name, ids_of)
        with self.app.test_request_context():
            built = self.app.url_map.bind("localhost").build(rule.endpoint, values, force_external=False)
        return str(built)

    def _value(self, rule: Rule, name: str, ids_of: str) -> object:
        if name in WORDS:
            return WORDS[name]
        if name in {"year", "number"}:
            return self.ids[ids_of][name]
        table = TABLES.get((rule.endpoint.partition(".")[0], name)) or TABLES[name]
        return self.ids[ids_of][table]

    def client(self, person: Person | None) -> FlaskClient:
        client = self.app.test_client()
        if person is not None:
            with client.session_transaction() as session:
                session["_user_id"] = f"{person.association_id}:{person.id}"
        return client

    def ask(self, client: FlaskClient, rule: Rule, address: str) -> dict[str, TestResponse]:
        methods = sorted((rule.methods or set()) & {"GET", "POST"})
        return {method: client.open(address, method=method) for method in methods}


def _claim(database: Database) -> None:
    """A claim on the granted money, where the demonstration has none."""
    with database.writing() as session:
        grant = session.scalars(select(Grant).order_by(Grant.id)).first()
        if grant is None or session.scalars(select(DrawdownClaim)).first() is not None:
            return
        told = {"number": 1, "year": 2027, "amount_ore": 100, "claimed_at": BEGUN, "claimed_by": "x@y.example"}
        session.add(DrawdownClaim(association_id=grant.association_id, grant_id=grant.id, **told))


@pytest.fixture
def walk(app: Flask, demonstration: Database) -> Walk:
    _claim(demonstration)
    return Walk(app, demonstration)


def official(database: Database, slug: str) -> Person:
    with database.reading() as session:
        wanted = (
            select(Person).join(Role, Role.person_id == Person.id).join(Association).where(Association.slug == slug)
        )
        return session.scalars(wanted.order_by(Person.id)).first() or pytest.fail("no office")


def seated(database: Database, slug: str) -> Person:
    """A member of a body without a role in the office."""
    with database.reading() as session:
        wanted = (
            select(Person)
            .join(Mandate, Mandate.person_id == Person.id)
            .join(Association, Association.id == Person.association_id)
        )
        return session.scalars(wanted.where(Association.slug == slug).order_by(Person.id)).first() or pytest.fail(
            "none"
        )


def head(database: Database) -> list[tuple[int, int, str]]:
    with database.reading() as session:
        return [(each.association_id, each.sequence, each.hash) for each in session.scalars(select(LogHead))]


def test_every_view_says_whom_it_is_for(walk: Walk) -> None:
    endpoints = {rule.endpoint for rule in walk.app.url_map.iter_rules() if not rule.endpoint.endswith("static")}
    unmarked = {name for name in endpoints if getattr(walk.app.view_functions[name], "audience", None) not in AUDIENCES}
    assert unmarked == set()


def test_nobody_is_asked_to_sign_in_and_changes_nothing(walk: Walk, demonstration: Database) -> None:
    before, client = head(demonstration), walk.client(None)
    for rule in walk.rules(*GUARDED):
        for method, answer in walk.ask(client, rule, walk.address(rule)).items():
            if method == "GET":
                assert answer.status_code == 302, rule.rule
                assert answer.headers["Location"] == f"/{HOME}/logga-in"
            else:
                assert answer.status_code == 403, rule.rule
    assert head(demonstration) == before


def test_the_other_associations_office_is_refused_everywhere(walk: Walk, demonstration: Database) -> None:
    before, client = head(demonstration), walk.client(official(demonstration, AWAY))
    for rule in walk.rules(*GUARDED):
        for answer in walk.ask(client, rule, walk.address(rule)).values():
            assert answer.status_code == 403, rule.rule
    assert head(demonstration) == before


def test_foreign_ids_under_ones_own_address_are_not_there(walk: Walk, demonstration: Database) -> None:
    before, client = head(demonstration), walk.client(official(demonstration, AWAY))
    for rule in walk.rules(*GUARDED):
        # A kind of template or of goal is a word that all associations know, and a year is everybody's.
        if not rule.arguments - {"slug", "kind", "of_year", "key"}:
            continue
        # year/number is no row's id: each association has its own matter with the number.
        if "number" in rule.arguments:
            continue
        for method, answer in walk.ask(client, rule, walk.address(rule, slug=AWAY)).items():
            assert answer.status_code == 404, f"{method} {rule.rule}: {answer.status_code}"
    assert head(demonstration) == before


def test_public_pages_show_nothing_of_the_other_association(walk: Walk) -> None:
    client = walk.client(None)
    for rule in walk.rules("public"):
        if "slug" in rule.arguments and rule.arguments - {"slug"} and "GET" in (rule.methods or ()):
            assert client.get(walk.address(rule, slug=AWAY)).status_code == 404, rule.rule


def test_a_member_is_kept_from_the_offices_acts(walk: Walk, demonstration: Database) -> None:
    before, client = head(demonstration), walk.client(seated(demonstration, HOME))
    for rule in walk.rules("office"):
        for answer in walk.ask(client, rule, walk.address(rule)).values():
            assert answer.status_code == 403, rule.rule
    assert head(demonstration) == before


def test_every_page_opens_for_the_office_and_no_get_changes_anything(walk: Walk, demonstration: Database) -> None:
    before, client = head(demonstration), walk.client(official(demonstration, HOME))
    for rule in walk.rules("public", *GUARDED):
        if "GET" not in (rule.methods or ()):
            continue
        answer = client.get(walk.address(rule))
        expected = {503} if rule.endpoint == "health.healthz" else {200, 302, 303}
        assert answer.status_code in expected, f"{rule.rule}: {answer.status_code}"
        assert client.head(walk.address(rule)).status_code == answer.status_code
    assert head(demonstration) == before


def test_links_that_are_wrong_get_one_answer(walk: Walk) -> None:
    client = walk.client(None)
    for rule in walk.rules("by_link"):
        if "token" not in rule.arguments:
            continue
        for answer in walk.ask(client, rule, walk.address(rule)).values():
            assert answer.status_code in {403, 410}, f"{rule.rule}: {answer.status_code}"


def test_without_a_csrf_token_no_form_is_taken(walk: Walk, demonstration: Database) -> None:
    walk.app.config["WTF_CSRF_ENABLED"] = True
    before, client = head(demonstration), walk.client(official(demonstration, HOME))
    for rule in walk.rules():
        if "POST" in (rule.methods or ()):
            assert client.post(walk.address(rule)).status_code == 400, rule.rule
    assert head(demonstration) == before
