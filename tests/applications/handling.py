"""What the office and the applicant do with an application that has come in."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from sqlalchemy.orm import Session

from paragraf import chain
from paragraf.applications import operations
from paragraf.applications.completing import completions
from paragraf.applications.completing.completions import Asked
from paragraf.applications.filled import answers_at
from paragraf.applications.models import Application, ApplicationRevision, Completion
from tests.parts.world import NOW

assert chain.COMPLETED, "what follows a withdrawal is named there"
SONJA = "Sonja Ekvall"
DUE = date(2026, 3, 16)
LATER = NOW + timedelta(days=3)


def ask(
    session: Session, application: Application, *questions: str, due_on: date = DUE, message: str = "Tack!"
) -> Completion:
    """Ask about these, or about the purpose and the budget."""
    asked = [Asked(name, f"Skriv mer om {name}.") for name in questions or ("purpose", "budget")]
    return completions.ask(session, application, questions=asked, message=message, due_on=due_on, now=NOW, actor=SONJA)


def write(session: Session, application: Application, **answers: Any) -> None:
    """Save new answers in stored form, as a section's page does while a completion is open."""
    kept = answers_at(session, application, application.version) | answers
    application.version += 1
    session.add(
        ApplicationRevision(
            association_id=application.association_id,
            application_id=application.id,
            form_version_id=application.form_version_id,
            version=application.version,
            base_version=application.version - 1,
            answers={name: value for name, value in kept.items() if value is not None},
            saved_at=LATER,
            saved_by=application.email,
        )
    )
    session.flush()


def answer(session: Session, application: Application) -> Completion:
    return completions.answer(session, application, version=application.version, now=LATER)


def submit(session: Session, application: Application) -> None:
    operations.submit(session, application, version=application.version, now=NOW)
