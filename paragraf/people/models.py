"""Rows of the people room."""

from __future__ import annotations

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from paragraf.core.database import Base, OfAssociation, UtcDateTime, choice


class Principal(StrEnum):
    """The parties (huvudmän) of lag 2003:1210: several municipalities together are one."""

    STATE = "state"
    REGION = "region"
    MUNICIPALITIES = "municipalities"


class BodyKind(StrEnum):
    BOARD = "board"
    PREPARATORY_GROUP = "preparatory_group"
    STEERING_GROUP = "steering_group"
    MANAGEMENT_GROUP = "management_group"


class RoleKind(StrEnum):
    """What a person does in the office, apart from seats in bodies."""

    SECRETARY = "secretary"
    DIRECTOR = "director"
    ADMINISTRATOR = "administrator"


class Capacity(StrEnum):
    """In which capacity a mandate seats a person in a body."""

    CHAIR = "chair"
    VICE_CHAIR = "vice_chair"
    BOARD_MEMBER = "board_member"
    SUBSTITUTE = "substitute"


class Numbering(StrEnum):
    """Whether a body's §§ run on from year to year, or begin anew each year."""

    CONTINUOUS = "continuous"
    YEARLY = "yearly"


class SubstituteOrder(StrEnum):
    """Which substitute serves for an absent member first; the turn within is the mandate's calling order."""

    #: The substitute of the same member organisation (lag 2003:1210 15 §), then of the same principal, then the others.
    SAME_MEMBER = "same_member"
    #: Only the calling order that was fixed at the election.
    CALLING_ORDER = "calling_order"


class Association(Base):
    """A coordination association (samordningsförbund). Every other row belongs to one."""

    __tablename__ = "association"
    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    #: Ten digits, see core.identifiers.
    organisation_number: Mapped[str] = mapped_column(String(10), unique=True)
    email: Mapped[str] = mapped_column(String(254))
    phone: Mapped[str] = mapped_column(String(20), default="")
    street: Mapped[str] = mapped_column(String(200), default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    city: Mapped[str] = mapped_column(String(100), default="")
    presentation: Mapped[str] = mapped_column(String(2000), default="")
    #: Where the verified minutes are kept (förvaringsplats), printed on the notice (KL 8:12).
    minutes_kept_at: Mapped[str] = mapped_column(String(200), default="")
    #: The association's own deep colour, "#rrggbb".
    colour: Mapped[str] = mapped_column(String(7), default="#1f3a5f")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class MemberOrganisation(OfAssociation, Base):
    """A municipality, region or state agency that is a member (förbundsmedlem)."""

    __tablename__ = "member_organisation"
    __table_args__ = (UniqueConstraint("association_id", "organisation_number"),)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    principal: Mapped[Principal] = mapped_column(choice(Principal, "principal"))
    organisation_number: Mapped[str] = mapped_column(String(10))
    email: Mapped[str] = mapped_column(String(254), default="")
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    units: Mapped[list[Unit]] = relationship(order_by="Unit.name", viewonly=True)


class Unit(OfAssociation, Base):
    """A part of a member organisation that takes part by itself, such as its adult education."""

    __tablename__ = "unit"
    __table_args__ = (UniqueConstraint("member_organisation_id", "name"),)
    member_organisation_id: Mapped[int] = mapped_column(ForeignKey("member_organisation.id"))
    name: Mapped[str] = mapped_column(String(200))


class Person(OfAssociation, Base):
    """Someone the association knows by name. The e-mail address, in lower case, is also the way to sign in."""

    __tablename__ = "person"
    __table_args__ = (
        UniqueConstraint("association_id", "email"),
        CheckConstraint("email = lower(email)", name="email_lower_case"),
    )
    name: Mapped[str] = mapped_column(String(200))
    email: Mapped[str] = mapped_column(String(254))
    title: Mapped[str] = mapped_column(String(120), default="")
    phone: Mapped[str] = mapped_column(String(20), default="")
    language: Mapped[str] = mapped_column(String(2), default="sv")
    left_on: Mapped[date | None]
    #: Part of the link to the person's own calendar of meetings; raising it kills the link that was given before.
    calendar_serial: Mapped[int] = mapped_column(default=1)


class Role(OfAssociation, Base):
    """What a person does in the office, from a day to a day (both included)."""

    __tablename__ = "role"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    kind: Mapped[RoleKind] = mapped_column(choice(RoleKind, "role_kind"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    person: Mapped[Person] = relationship()


class Body(OfAssociation, Base):
    """A board or group that meets. Its §§ come from the number series ``series_key``."""

    __tablename__ = "body"
    __table_args__ = (UniqueConstraint("association_id", "name"),)
    kind: Mapped[BodyKind] = mapped_column(choice(BodyKind, "body_kind"))
    name: Mapped[str] = mapped_column(String(200))
    #: The words before the att-clauses, such as "Styrelsen beslutar".
    decision_phrase: Mapped[str] = mapped_column(String(200))
    #: Bodies may share a series, hence a key and not the body's id.
    series_key: Mapped[str] = mapped_column(String(60))
    #: The last day on which the body exists; None while it does.
    ended_on: Mapped[date | None]


class BodyRule(OfAssociation, Base):
    """A body's rules as dated data (law 7); the newest that is not in the future holds."""

    __tablename__ = "body_rule"
    __table_args__ = (
        UniqueConstraint("body_id", "valid_from"),
        CheckConstraint("seats > 0 AND notice_days >= 0 AND verifiers > 0", name="sensible"),
        CheckConstraint("vice_chairs >= 0 AND first_number >= 1", name="sensible_chairs_and_number"),
    )
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"))
    valid_from: Mapped[date]
    #: Number of members' seats, from which the quorum is counted (more than half: KL 6:27).
    seats: Mapped[int]
    #: Days before the meeting by which the notice is sent.
    notice_days: Mapped[int]
    #: Number of minutes verifiers beside the chair.
    verifiers: Mapped[int]
    #: The number of vice chairs (lag 2003:1210 17 §: one or two in the board).
    vice_chairs: Mapped[int] = mapped_column(default=1)
    numbering: Mapped[Numbering] = mapped_column(choice(Numbering, "numbering"), default=Numbering.CONTINUOUS)
    #: The number that a yearly series begins with. A continuous one is begun once (core.number_series.open_series).
    first_number: Mapped[int] = mapped_column(default=1)
    substitute_order: Mapped[SubstituteOrder] = mapped_column(
        choice(SubstituteOrder, "substitute_order"), default=SubstituteOrder.SAME_MEMBER
    )
    source: Mapped[str] = mapped_column(String(200))
    party_seats: Mapped[list[PartySeats]] = relationship(order_by="PartySeats.id", cascade="all, delete-orphan")


class PartySeats(OfAssociation, Base):
    """How many seats a member organisation has in a body by a rule (lag 2003:1210 10 §)."""

    __tablename__ = "party_seats"
    __table_args__ = (
        UniqueConstraint("body_rule_id", "member_organisation_id"),
        CheckConstraint("members >= 0 AND substitutes >= 0 AND members + substitutes > 0", name="some_seat"),
    )
    body_rule_id: Mapped[int] = mapped_column(ForeignKey("body_rule.id"), index=True)
    member_organisation_id: Mapped[int] = mapped_column(ForeignKey("member_organisation.id"))
    members: Mapped[int]
    substitutes: Mapped[int]
    member_organisation: Mapped[MemberOrganisation] = relationship()


class Mandate(OfAssociation, Base):
    """A person's seat in a body for a member organisation, from a day to a day (both included)."""

    __tablename__ = "mandate"
    __table_args__ = (
        CheckConstraint("(capacity = 'substitute') = (calling_order IS NOT NULL)", name="substitute_has_calling_order"),
    )
    body_id: Mapped[int] = mapped_column(ForeignKey("body.id"), index=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    member_organisation_id: Mapped[int] = mapped_column(ForeignKey("member_organisation.id"))
    capacity: Mapped[Capacity] = mapped_column(choice(Capacity, "capacity"))
    #: In which turn a substitute is called to serve, 1 first; fixed at the election (lag 2003:1210 12 §).
    calling_order: Mapped[int | None]
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    person: Mapped[Person] = relationship()
    member_organisation: Mapped[MemberOrganisation] = relationship()
    body: Mapped[Body] = relationship()


class NoticeBoard(OfAssociation, Base):
    """A board on which the association must announce that minutes are verified (lag 2003:1210 19 §, KL 8:12)."""

    __tablename__ = "notice_board"
    __table_args__ = (UniqueConstraint("association_id", "name"),)
    #: None for the association's own board.
    member_organisation_id: Mapped[int | None] = mapped_column(ForeignKey("member_organisation.id"))
    name: Mapped[str] = mapped_column(String(200))
    url: Mapped[str] = mapped_column(String(400), default="")
    #: True: the board takes over the association's notices by itself, the same day.
    follows_own: Mapped[bool] = mapped_column(default=False)
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]


class SignInLink(OfAssociation, Base):
    """A link mailed to a person. ``used_at`` makes it single-use, whatever spelling of the token comes."""

    __tablename__ = "sign_in_link"
    person_id: Mapped[int] = mapped_column(ForeignKey("person.id"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    used_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    person: Mapped[Person] = relationship()
