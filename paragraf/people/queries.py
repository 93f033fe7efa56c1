"""What pages, letters and other rooms read about people. Every question starts from an association (law 11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Date, Select, and_, bindparam, case, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from paragraf.core.errors import NotThere
from paragraf.people.models import (
    Association,
    Body,
    BodyKind,
    BodyRule,
    Capacity,
    Mandate,
    MemberOrganisation,
    NoticeBoard,
    Person,
    Principal,
    Role,
    RoleKind,
)
from paragraf.people.rules import Powers


def associations(session: Session) -> list[Association]:
    """All associations by name; only the front page and the scheduler ask across them."""
    return list(session.scalars(select(Association).order_by(Association.name)))


def association_by_slug(session: Session, slug: str) -> Association:
    """The association with the address word ``slug``; raises NotThere."""
    found = session.scalar(_BY_SLUG, {"slug": slug})
    if found is None:
        raise NotThere("Det finns inget förbund på den här adressen.")
    return found


def association(session: Session, association_id: int) -> Association:
    """The association; raises NotThere."""
    found = session.get(Association, association_id)
    if found is None:
        raise NotThere("Det finns inget sådant förbund.")
    return found


def person(session: Session, association_id: int, person_id: int) -> Person:
    """The association's own person; raises NotThere for a foreign one too."""
    found = session.scalar(select(Person).where(Person.association_id == association_id, Person.id == person_id))
    if found is None:
        raise NotThere("Personen finns inte.")
    return found


def person_by_email(session: Session, association_id: int, email: str) -> Person | None:
    """The person with the address, in any case of letters, who has not left."""
    return session.scalar(
        select(Person).where(
            Person.association_id == association_id, Person.email == email.strip().lower(), Person.left_on.is_(None)
        )
    )


def persons(session: Session, association_id: int) -> list[Person]:
    """Those who have not left, by name."""
    wanted = select(Person).where(Person.association_id == association_id, Person.left_on.is_(None))
    return list(session.scalars(wanted.order_by(Person.name)))


def holders(session: Session, association_id: int, kind: RoleKind, day: date) -> list[Person]:
    """Who has the role on the day, by name."""
    wanted = (
        select(Person)
        .join(Role, Role.person_id == Person.id)
        .where(Role.association_id == association_id, Role.kind == kind, _held(Role, day), Person.left_on.is_(None))
        .order_by(Person.name)
    )
    return list(session.scalars(wanted))


def powers(session: Session, association_id: int, person_id: int, day: date) -> Powers:
    """What the person may do on the day."""
    roles = session.scalars(
        select(Role.kind).where(Role.association_id == association_id, Role.person_id == person_id, _held(Role, day))
    )
    body_ids = session.scalars(
        select(Mandate.body_id).where(
            Mandate.association_id == association_id, Mandate.person_id == person_id, _held(Mandate, day)
        )
    )
    return Powers(frozenset(roles), frozenset(body_ids))


def person_with_powers(session: Session, association_id: int, person_id: int, day: date) -> tuple[Person, Powers]:
    """The association's own person and what they may do on the day, in one question; raises NotThere."""
    found = session.execute(_WITH_POWERS, {"association_id": association_id, "person_id": person_id, "day": day}).all()
    if not found:
        raise NotThere("Personen finns inte.")
    roles = frozenset(role for _person, role, _body_id in found if role is not None)
    return found[0][0], Powers(roles, frozenset(body_id for _person, _role, body_id in found if body_id is not None))


def bodies(session: Session, association_id: int) -> list[Body]:
    """The association's bodies, the board first."""
    board_first = case((Body.kind == BodyKind.BOARD, 0), else_=1)
    return list(
        session.scalars(select(Body).where(Body.association_id == association_id).order_by(board_first, Body.name))
    )


def body(session: Session, association_id: int, body_id: int) -> Body:
    """The association's own body; raises NotThere."""
    found = session.scalar(select(Body).where(Body.association_id == association_id, Body.id == body_id))
    if found is None:
        raise NotThere("Organet finns inte.")
    return found


def board(session: Session, association_id: int) -> Body:
    """The board (styrelse); raises NotThere."""
    found = session.scalar(select(Body).where(Body.association_id == association_id, Body.kind == BodyKind.BOARD))
    if found is None:
        raise NotThere("Förbundet har ingen styrelse inlagd.")
    return found


def body_rule(session: Session, body_id: int, day: date) -> BodyRule:
    """The rules that hold for the body on the day; raises NotThere if none was entered."""
    found = session.scalar(
        select(BodyRule)
        .where(BodyRule.body_id == body_id, BodyRule.valid_from <= day)
        .order_by(BodyRule.valid_from.desc())
        .limit(1)
    )
    if found is None:
        raise NotThere("Organets regler (platser, kallelsetid, justerare) är inte inlagda för den dagen.")
    return found


def mandates(session: Session, body_id: int, day: date) -> list[Mandate]:
    """The mandates that hold on the day: chair, vice chair, members, then substitutes in calling order."""
    order = case(
        (Mandate.capacity == Capacity.CHAIR, 0),
        (Mandate.capacity == Capacity.VICE_CHAIR, 1),
        (Mandate.capacity == Capacity.BOARD_MEMBER, 2),
        else_=3,
    )
    wanted = (
        select(Mandate)
        .where(Mandate.body_id == body_id, _held(Mandate, day))
        .options(joinedload(Mandate.person), joinedload(Mandate.member_organisation))
        .order_by(order, func.coalesce(Mandate.calling_order, 0), Mandate.id)
    )
    return list(session.scalars(wanted))


def chair_of(session: Session, body_id: int, day: date) -> Person | None:
    """Who chairs the body on the day."""
    wanted = (
        select(Person)
        .join(Mandate, Mandate.person_id == Person.id)
        .where(Mandate.body_id == body_id, Mandate.capacity == Capacity.CHAIR, _held(Mandate, day))
        .limit(1)
    )
    return session.scalar(wanted)


def member_organisations(session: Session, association_id: int, day: date) -> list[MemberOrganisation]:
    """The members on the day, by name, with their units."""
    wanted = _own(MemberOrganisation, association_id).where(_member_on(day))
    ordered = wanted.options(selectinload(MemberOrganisation.units)).order_by(MemberOrganisation.name)
    return list(session.scalars(ordered))


class MemberPrincipal(NamedTuple):
    """A member with the party it belongs to: as much as a form needs to know."""

    id: int
    name: str
    principal: Principal
    number: str


def member_principals(session: Session, association_id: int, day: date) -> list[MemberPrincipal]:
    """The members on the day, by name, in one light question: as much as public pages and forms need."""
    asked = session.execute(_MEMBER_PRINCIPALS, {"association_id": association_id, "day": day})
    return [MemberPrincipal(*row) for row in asked]


def membership_changes(session: Session, association_id: int) -> list[date]:
    """The days from which the members are others than the day before, in order."""
    own = select(MemberOrganisation.joined_on, MemberOrganisation.left_on).where(
        MemberOrganisation.association_id == association_id
    )
    days: set[date] = set()
    for joined_on, left_on in session.execute(own):
        days |= {joined_on} if left_on is None else {joined_on, left_on + timedelta(days=1)}
    return sorted(days)


def notice_boards(session: Session, association_id: int, day: date) -> list[NoticeBoard]:
    """The boards on which notices must be posted on the day, the association's own first."""
    wanted = _own(NoticeBoard, association_id).where(
        NoticeBoard.valid_from <= day, or_(NoticeBoard.valid_to.is_(None), NoticeBoard.valid_to >= day)
    )
    own_first = case((NoticeBoard.member_organisation_id.is_(None), 0), else_=1)
    return list(session.scalars(wanted.order_by(own_first, NoticeBoard.name)))


def _own(model: Any, association_id: int) -> Select[Any]:
    return select(model).where(model.association_id == association_id)


def _member_on(day: Any) -> Any:
    return and_(
        MemberOrganisation.joined_on <= day,
        or_(MemberOrganisation.left_on.is_(None), MemberOrganisation.left_on >= day),
    )


def _held(model: Any, day: Any) -> Any:
    return and_(model.starts_on <= day, or_(model.ends_on.is_(None), model.ends_on >= day))


# --- asked by every page, so built once: that is half of what a small question costs -----------------------------

_DAY = bindparam("day", type_=Date)
_BY_SLUG = select(Association).where(Association.slug == bindparam("slug"))
_WITH_POWERS = (
    select(Person, Role.kind, Mandate.body_id)
    .outerjoin(Role, and_(Role.person_id == Person.id, Role.association_id == Person.association_id, _held(Role, _DAY)))
    .outerjoin(
        Mandate,
        and_(Mandate.person_id == Person.id, Mandate.association_id == Person.association_id, _held(Mandate, _DAY)),
    )
    .where(Person.association_id == bindparam("association_id"), Person.id == bindparam("person_id"))
)
_MEMBER_PRINCIPALS = (
    select(
        MemberOrganisation.id,
        MemberOrganisation.name,
        MemberOrganisation.principal,
        MemberOrganisation.organisation_number,
    )
    .where(MemberOrganisation.association_id == bindparam("association_id"), _member_on(_DAY))
    .order_by(MemberOrganisation.name)
)
