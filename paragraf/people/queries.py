"""What pages, letters and other rooms read about people. Every question starts from an association (law 11)."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, NamedTuple, cast

from sqlalchemy import Date, Select, and_, bindparam, case, func, not_, or_, select
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


def everyone(session: Session, association_id: int) -> list[Person]:
    """All persons by name, those who have left last."""
    wanted = select(Person).where(Person.association_id == association_id)
    return list(session.scalars(wanted.order_by(Person.left_on.is_not(None), Person.name)))


def roles_of(session: Session, person: Person) -> list[Role]:
    """The person's roles in the office, the latest first."""
    return list(
        session.scalars(select(Role).where(Role.person_id == person.id).order_by(Role.starts_on.desc(), Role.id))
    )


def role(session: Session, association_id: int, person_id: int, role_id: int) -> Role:
    """A role of the association's own person; raises NotThere."""
    found = session.scalar(
        select(Role).where(Role.association_id == association_id, Role.person_id == person_id, Role.id == role_id)
    )
    if found is None:
        raise NotThere("Rollen finns inte.")
    return found


def mandates_of(session: Session, person: Person) -> list[Mandate]:
    """The person's mandates in all bodies, the latest first."""
    wanted = select(Mandate).where(Mandate.person_id == person.id).options(joinedload(Mandate.body))
    return list(session.scalars(wanted.order_by(Mandate.starts_on.desc(), Mandate.id)))


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


def rules_of(session: Session, body_id: int) -> list[BodyRule]:
    """All rules that the body has had, the newest first, with the seats of each member."""
    wanted = select(BodyRule).where(BodyRule.body_id == body_id).options(selectinload(BodyRule.party_seats))
    return list(session.scalars(wanted.order_by(BodyRule.valid_from.desc())))


def rule_on(session: Session, body_id: int, day: date) -> BodyRule | None:
    """The rules that hold for the body on the day; None while none are written."""
    return next((rule for rule in rules_of(session, body_id) if rule.valid_from <= day), None)


def own_rule(session: Session, body_id: int, rule_id: int) -> BodyRule:
    """The body's own rules with the id; raises NotThere."""
    found = next((rule for rule in rules_of(session, body_id) if rule.id == rule_id), None)
    if found is None:
        raise NotThere("Reglerna finns inte.")
    return found


def sharing(session: Session, body: Body) -> list[Body]:
    """The other bodies that number their §§ in the same series."""
    wanted = select(Body).where(
        Body.association_id == body.association_id, Body.series_key == body.series_key, Body.id != (body.id or 0)
    )
    return list(session.scalars(wanted.order_by(Body.name)))


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


def all_mandates(session: Session, body_id: int) -> list[Mandate]:
    """Every mandate that the body has had, in the order they began."""
    wanted = select(Mandate).where(Mandate.body_id == body_id)
    loaded = wanted.options(joinedload(Mandate.person), joinedload(Mandate.member_organisation))
    return list(session.scalars(loaded.order_by(Mandate.starts_on, Mandate.id)))


def mandate(session: Session, association_id: int, body_id: int, mandate_id: int) -> Mandate:
    """A mandate in the association's own body; raises NotThere."""
    found = session.scalar(
        select(Mandate).where(
            Mandate.association_id == association_id, Mandate.body_id == body_id, Mandate.id == mandate_id
        )
    )
    if found is None:
        raise NotThere("Uppdraget finns inte.")
    return found


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


def member_organisation(session: Session, association_id: int, member_id: int) -> MemberOrganisation:
    """The association's own member, one that has left too; raises NotThere."""
    found = session.scalar(_own(MemberOrganisation, association_id).where(MemberOrganisation.id == member_id))
    if found is None:
        raise NotThere("Medlemmen finns inte.")
    return cast(MemberOrganisation, found)


def former_members(session: Session, association_id: int, day: date) -> list[MemberOrganisation]:
    """Those that are no members on the day: they have left, or have not joined yet."""
    wanted = _own(MemberOrganisation, association_id).where(not_(_member_on(day)))
    return list(session.scalars(wanted.order_by(MemberOrganisation.name)))


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


def notice_board(session: Session, association_id: int, board_id: int) -> NoticeBoard:
    """The association's own or a member's board; raises NotThere."""
    found = session.scalar(_own(NoticeBoard, association_id).where(NoticeBoard.id == board_id))
    if found is None:
        raise NotThere("Anslagstavlan finns inte.")
    return cast(NoticeBoard, found)


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
