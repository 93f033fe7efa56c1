"""Rows of the agreements room."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime
from paragraf.people.models import Body, MemberOrganisation
from paragraf.people.models import Unit as OrganisationUnit
from paragraf.register.models import Matter


class Agreement(OfAssociation, Base):
    """An agreement (överenskommelse) between member organisations and its rules of change."""

    __tablename__ = "agreement"
    __table_args__ = (
        CheckConstraint("notice_months >= 0 AND notice_months <= 36", name="notice_months_sensible"),
        CheckConstraint("in_force_until IS NULL OR in_force_until >= in_force_from", name="ends_after_start"),
    )
    title: Mapped[str] = mapped_column(String(200))
    summary: Mapped[str] = mapped_column(String(2000), default="")
    matter_id: Mapped[int | None] = mapped_column(ForeignKey("matter.id"))
    in_force_from: Mapped[date]
    #: None means until further notice.
    in_force_until: Mapped[date | None]
    #: Revised each year on the month and day of ``in_force_from``.
    revised_yearly: Mapped[bool]
    #: Changes are told at least this many months before they take effect (agreement, contract: never moved later).
    notice_months: Mapped[int]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    matter: Mapped[Matter | None] = relationship()
    parties: Mapped[list[AgreementParty]] = relationship(order_by="AgreementParty.id", cascade="all, delete-orphan")
    informed_bodies: Mapped[list[AgreementInforms]] = relationship(
        order_by="AgreementInforms.id", cascade="all, delete-orphan"
    )


class AgreementParty(OfAssociation, Base):
    """A member organisation, or a unit of one, that is a party."""

    __tablename__ = "agreement_party"
    __table_args__ = (UniqueConstraint("agreement_id", "member_organisation_id", "unit_id"),)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    member_organisation_id: Mapped[int] = mapped_column(ForeignKey("member_organisation.id"))
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    member_organisation: Mapped[MemberOrganisation] = relationship()
    unit: Mapped[OrganisationUnit | None] = relationship()


class AgreementInforms(OfAssociation, Base):
    """A body that must be told of a change before it takes effect."""

    __tablename__ = "agreement_informs"
    __table_args__ = (UniqueConstraint("agreement_id", "body_id"),)
    agreement_id: Mapped[int] = mapped_column(ForeignKey("agreement.id"), index=True)
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    body: Mapped[Body] = relationship()
