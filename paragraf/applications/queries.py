"""What pages and other rooms read about applications. Drafts are their writers' own: the office only counts them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer, joinedload

from paragraf.applications.models import Application, ApplicationRevision
from paragraf.core.errors import NotThere
from paragraf.questions.definition import Purpose
from paragraf.questions.models import FormVersion
from paragraf.register.models import Matter


def application(session: Session, association_id: int, year: int, number: int) -> Application:
    """The association's own application with the register number ``year/number``; raises NotThere."""
    wanted = submitted(association_id).join(Application.matter).where(Matter.year == year, Matter.number == number)
    found = session.scalar(wanted)
    if found is None:
        raise NotThere("Ansökan finns inte.")
    return found


def application_of_matter(session: Session, association_id: int, matter_id: int) -> Application | None:
    """The application that the matter is, if it is one."""
    return session.scalar(submitted(association_id).where(Application.matter_id == matter_id))


def of_matters(session: Session, association_id: int, matters: Iterable[Matter]) -> list[Application]:
    """The applications that these matters are."""
    ids = [one.id for one in matters]
    return list(session.scalars(submitted(association_id).where(Application.matter_id.in_(ids))))


def application_without_matter(session: Session, association_id: int, application_id: int) -> Application:
    """The association's own, that came in by its id: a registration has no matter; raises NotThere."""
    found = session.scalar(submitted(association_id).where(Application.id == application_id))
    if found is None:
        raise NotThere("Anmälan finns inte.")
    return found


def draft_count(session: Session, association_id: int) -> int:
    """How many applications are begun and not submitted."""
    wanted = select(func.count(Application.id)).where(
        Application.association_id == association_id,
        Application.submitted_at.is_(None),
        Application.purpose == Purpose.APPLICATION,
        Application.is_test.is_(False),
        Application.withdrawn_at.is_(None),
    )
    return session.scalar(wanted) or 0


def set_aside(session: Session, application: Application) -> list[ApplicationRevision]:
    """Answers that came too late and were kept beside the others, the latest first."""
    wanted = select(ApplicationRevision).where(
        ApplicationRevision.application_id == application.id, ApplicationRevision.version.is_(None)
    )
    return list(session.scalars(wanted.order_by(ApplicationRevision.id.desc())))


def submitted(association_id: int) -> Select[Application]:
    """What has come in, reports apart: those belong to grants, whose matters they are filed in."""
    return (
        select(Application)
        .where(
            Application.association_id == association_id,
            Application.submitted_at.is_not(None),
            # Reports lie in the matter of their grant and are that room's.
            Application.purpose != Purpose.REPORT,
        )
        .options(
            joinedload(Application.form_version).options(defer(FormVersion.source)),
            joinedload(Application.matter),
        )
    )
