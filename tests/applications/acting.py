"""What an applicant does, in the shape that pages hand to the operations."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations
from paragraf.applications.models import Application
from paragraf.meetings.operations import plan_meeting
from paragraf.minutes.models import Decision, MinuteItem, Minutes, Verb
from paragraf.post.models import Letter
from paragraf.questions.reading import read_definition
from paragraf.register.models import Matter
from tests.parts.world import NOW, Home

EMAIL = "ylva@granvik.example"
FORM = read_definition(load("application_a"))


def begin(session: Session, home: Home, email: str = EMAIL, language: str = "sv") -> Application:
    return operations.start(
        session, association=home.association, family_key="application_a", email=email, language=language, now=NOW
    )


def whole_answers(home: Home) -> dict[str, Any]:
    """Typed answers to every question of form A, by question."""
    typed: dict[str, Any] = {
        question.id: f"Vi skriver om {question.label.sv.lower()}." for question in FORM.questions()
    }
    return typed | {
        "applicant": {
            "name": "Vuxenenheten i Granvik",
            "number": "219990–4703",
            "street": "Åkergatan 4",
            "postcode": "12345",
            "city": "Granvik",
        },
        "contact_person": {"name": "Ylva Ö. Exempel", "email": EMAIL, "phone": "0910-12 34 56"},
        "plusgiro": "12 34 56-6",
        "bankgiro": "",
        "authorised_signatory": {"name": "Torkel Påhitt", "title": "Enhetschef"},
        "name": "Stegvis",
        "cooperating": [str(home.municipality.id), str(home.region.id)],
        "period": {"start": "15 oktober 2026", "end": "2027-12-31"},
        "budget": {
            "personnel": {"2026": "100 000", "2027": "260 000 kr"},
            "premises": {"2026": "20 000", "2027": "30\u00a0000"},
        },
        "follows_needs": "yes",
        "needs_reason": "",
        "action_plan": [{"goal": "Fler i arbete", "activity": "Praktik", "responsible": "Samordnaren", "when": "2027"}],
        "signatories": [
            {
                "name": "Torkel Påhitt",
                "title": "Enhetschef",
                "organisation": "Granviks kommun",
                "email": "torkel@granvik.example",
                "capacity": "delegation",
            }
        ],
        "truthful": "yes",
    }


def fill_in(session: Session, application: Application, typed: dict[str, Any]) -> None:
    """Save every section with what belongs to it."""
    for section in FORM.sections:
        raw = {question.id: typed[question.id] for question in section.questions if question.id in typed}
        save(session, application, section.id, raw)


def save(
    session: Session, application: Application, section_id: str, raw: dict[str, Any], base: int | None = None
) -> operations.Saved:
    return operations.save_section(
        session,
        application,
        section_id=section_id,
        raw=raw,
        base_version=application.version if base is None else base,
        now=NOW,
    )


def submit(session: Session, application: Application) -> Matter:
    return operations.submit(session, application, version=application.version, now=NOW)


def decide(session: Session, home: Home) -> Decision:
    """One decision of a § of verified minutes, only as much of it as a grant looks at."""
    starts = datetime(2026, 2, 12, 8, 0, tzinfo=UTC)
    meeting = plan_meeting(
        session,
        body=home.board,
        starts_at=starts,
        ends_at=starts + timedelta(hours=3),
        place="Kommunhuset",
        now=NOW - timedelta(days=60),
        actor=home.secretary.name,
    )
    own = home.id
    minutes = Minutes(
        association_id=own, meeting=meeting, chair_id=home.chair.id, secretary_id=home.secretary.id, created_at=NOW
    )
    item = MinuteItem(association_id=own, minutes=minutes, position=1)
    decision = Decision(
        association_id=own, minute_item=item, position=1, verb=Verb.GRANT, text="att bevilja ansökan", facts={}
    )
    session.add(decision)
    session.flush()
    return decision


def letters(session: Session, kind: str) -> list[Letter]:
    return list(session.scalars(select(Letter).where(Letter.kind == kind).order_by(Letter.id)))
