"""The invented people of the demonstration. Municipalities, regions and persons do not exist."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy.orm import Session

from paragraf.core.number_series import open_series
from paragraf.duties.operations import adopt_standard_rules
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
    Unit,
)

SINCE = date(2023, 1, 1)


@dataclass(frozen=True)
class Office:
    """Someone in the office: name, title and role."""

    name: str
    title: str
    role: RoleKind


@dataclass(frozen=True)
class Member:
    """A member organisation with its board seats: (ordinary member, substitute) names, and its units."""

    name: str
    short_name: str
    principal: Principal
    organisation_number: str
    seat: tuple[str, str]
    units: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cast:
    """Everyone and everything an association of the demonstration starts with."""

    slug: str
    name: str
    organisation_number: str
    street: str
    postcode: str
    city: str
    phone: str
    colour: str
    presentation: str
    members: tuple[Member, ...]
    office: tuple[Office, ...]
    #: Chair first, then vice chair; both are seats of ``members``.
    presidium: tuple[str, str]
    #: The first § of the board's series in the demonstration.
    first_item: int
    steering_group: str
    #: Boards beside the association's own: (name, follows the association's own by itself).
    boards: tuple[tuple[str, bool], ...] = field(default=())


NORRALVEN = Cast(
    slug="norralven",
    name="Samordningsförbundet Norrälven",
    organisation_number="2220009019",
    street="Kyrkogatan 4",
    postcode="98199",
    city="Granvik",
    phone="+46701740605",
    colour="#1f3a5f",
    presentation=(
        "Kommunerna Granvik och Sjöås, Region Norrälven, Försäkringskassan och Arbetsförmedlingen samverkar för att "
        "människor med behov av stöd från flera håll ska få egen försörjning. Förbundet ger bidrag till insatser där "
        "minst två huvudmän arbetar tillsammans."
    ),
    members=(
        Member(
            "Granviks kommun", "Granvik", Principal.MUNICIPALITIES, "2120009119", ("Birgit Sandahl", "Tage Ro"),
            ("Individ- och familjeomsorgen", "Vuxenutbildningen"),
        ),
        Member("Sjöås kommun", "Sjöås", Principal.MUNICIPALITIES, "2120009127", ("Anders Flod", "Mona Kvist")),
        Member("Region Norrälven", "Regionen", Principal.REGION, "2321009116", ("Elin Hagfors", "Per Ström")),
        Member("Försäkringskassan", "Försäkringskassan", Principal.STATE, "2021005521", ("Rolf Midander", "Åsa Berg")),
        Member("Arbetsförmedlingen", "Arbetsförmedlingen", Principal.STATE, "2021002114", ("Lena Ört", "Kaj Nord")),
    ),
    office=(
        Office("Karin Ekdahl", "förbundssekreterare", RoleKind.SECRETARY),
        Office("Jonas Wide", "förbundschef", RoleKind.DIRECTOR),
    ),
    presidium=("Birgit Sandahl", "Elin Hagfors"),
    first_item=619,
    steering_group="Styrgruppen för Vuxenvägen",
    boards=(("Granviks kommuns anslagstavla", True), ("Sjöås kommuns anslagstavla", True),
            ("Region Norrälvens anslagstavla", True)),
)  # fmt: skip

SODERVIKEN = Cast(
    slug="soderviken",
    name="Samordningsförbundet Söderviken",
    organisation_number="2220009027",
    street="Hamnplan 2",
    postcode="39899",
    city="Ekenäs by",
    phone="+46701740606",
    colour="#2f5d50",
    presentation="Ekö kommun, Region Söderviken, Försäkringskassan och Arbetsförmedlingen i samverkan.",
    members=(
        Member("Ekö kommun", "Ekö", Principal.MUNICIPALITIES, "2120009135", ("Sven Alm", "Rut Dahl")),
        Member("Region Söderviken", "Regionen", Principal.REGION, "2321009124", ("Ola Bro", "Siv Äng")),
        Member("Försäkringskassan", "Försäkringskassan", Principal.STATE, "2021005521", ("Ylva Stav", "Bo Tuv")),
        Member("Arbetsförmedlingen", "Arbetsförmedlingen", Principal.STATE, "2021002114", ("Mats Rud", "Pia Lo")),
    ),
    office=(Office("Hanna Sol", "förbundschef och sekreterare", RoleKind.SECRETARY),),
    presidium=("Sven Alm", "Ola Bro"),
    first_item=41,
    steering_group="Styrgruppen för Fotfäste",
    boards=(("Ekö kommuns anslagstavla", False), ("Region Södervikens anslagstavla", False)),
)


@dataclass
class Settled:
    """What was made of a cast."""

    association: Association
    board: Body
    steering_group: Body
    persons: dict[str, Person]
    organisations: dict[str, MemberOrganisation]
    units: dict[str, Unit]

    @property
    def id(self) -> int:
        return self.association.id

    def holder(self, cast: Cast, kind: RoleKind) -> Person:
        """Who has the role in the office."""
        return next(self.persons[each.name] for each in cast.office if each.role is kind)


def settle(session: Session, cast: Cast, now: datetime) -> Settled:
    """Make the association and everyone in it."""
    association = Association(
        slug=cast.slug,
        name=cast.name,
        organisation_number=cast.organisation_number,
        street=cast.street,
        postcode=cast.postcode,
        city=cast.city,
        phone=cast.phone,
        colour=cast.colour,
        presentation=cast.presentation,
        email=f"kansli@{cast.slug}.example",
        minutes_kept_at=f"Kansliet, {cast.street}, {cast.city}",
        created_at=now,
    )
    session.add(association)
    session.flush()
    settled = Settled(association, *_bodies(session, cast, association), {}, {}, {})
    _add_office(session, cast, settled)
    for member in cast.members:
        _add_member(session, cast, settled, member)
    _seat_steering_group(session, cast, settled)
    _add_boards(session, cast, settled)
    adopt_standard_rules(session, association.id, valid_from=SINCE)
    return settled


def _bodies(session: Session, cast: Cast, association: Association) -> tuple[Body, Body]:
    board = Body(kind=BodyKind.BOARD, name="Styrelsen", decision_phrase="Styrelsen beslutar", series_key="board")
    group = Body(
        kind=BodyKind.STEERING_GROUP,
        name=cast.steering_group,
        decision_phrase="Styrgruppen beslutar",
        series_key="steering_group",
    )
    for body, seats, days, source in (
        (board, len(cast.members), 10, "förbundsordningen 9 §"),
        (group, len(cast.members), 7, "styrelsens arbetsordning"),
    ):
        body.association_id = association.id
        session.add(body)
        session.flush()
        session.add(
            BodyRule(
                association_id=association.id,
                body_id=body.id,
                valid_from=SINCE,
                seats=seats,
                notice_days=days,
                verifiers=1,
                source=source,
            )
        )
    open_series(session, association.id, board.series_key, first=cast.first_item)
    open_series(session, association.id, group.series_key, first=1)
    return board, group


def _add_person(session: Session, settled: Settled, name: str, title: str = "") -> Person:
    email = address_of(name, settled.association.slug)
    person = Person(association_id=settled.id, name=name, title=title, email=email, language="sv")
    session.add(person)
    session.flush()
    settled.persons[name] = person
    return person


def address_of(name: str, slug: str) -> str:
    """The e-mail address that the demonstration gives a person."""
    plain = name.lower().translate(str.maketrans("åäöé", "aaoe")).replace(" ", ".")
    return f"{plain}@{slug}.example"


def _add_office(session: Session, cast: Cast, settled: Settled) -> None:
    for each in cast.office:
        person = _add_person(session, settled, each.name, each.title)
        session.add(Role(association_id=settled.id, person_id=person.id, kind=each.role, starts_on=SINCE))


def _add_member(session: Session, cast: Cast, settled: Settled, member: Member) -> None:
    organisation = MemberOrganisation(
        association_id=settled.id,
        name=member.name,
        short_name=member.short_name,
        principal=member.principal,
        organisation_number=member.organisation_number,
        joined_on=SINCE,
    )
    session.add(organisation)
    session.flush()
    settled.organisations[member.short_name] = organisation
    for name in member.units:
        settled.units[name] = Unit(association_id=settled.id, member_organisation_id=organisation.id, name=name)
        session.add(settled.units[name])
    ordinary, substitute = member.seat
    order = len(settled.organisations)
    _mandate(
        session, settled, settled.board, _add_person(session, settled, ordinary), organisation, _rank(cast, ordinary)
    )
    person = _add_person(session, settled, substitute)
    _mandate(session, settled, settled.board, person, organisation, Capacity.SUBSTITUTE, order)


def _rank(cast: Cast, name: str) -> Capacity:
    if name not in cast.presidium:
        return Capacity.BOARD_MEMBER
    return Capacity.CHAIR if cast.presidium.index(name) == 0 else Capacity.VICE_CHAIR


def _mandate(
    session: Session,
    settled: Settled,
    body: Body,
    person: Person,
    organisation: MemberOrganisation,
    capacity: Capacity,
    order: int | None = None,
) -> None:
    session.add(
        Mandate(
            association_id=settled.id,
            body_id=body.id,
            person_id=person.id,
            member_organisation_id=organisation.id,
            capacity=capacity,
            calling_order=order,
            starts_on=SINCE,
        )
    )


def _seat_steering_group(session: Session, cast: Cast, settled: Settled) -> None:
    """The substitutes of the board sit in the steering group; the second of them chairs it."""
    for index, member in enumerate(cast.members):
        capacity = Capacity.CHAIR if index == 1 else Capacity.BOARD_MEMBER
        organisation = settled.organisations[member.short_name]
        _mandate(session, settled, settled.steering_group, settled.persons[member.seat[1]], organisation, capacity)


def _add_boards(session: Session, cast: Cast, settled: Settled) -> None:
    own = NoticeBoard(association_id=settled.id, name="Förbundets anslagstavla", valid_from=SINCE)
    session.add(own)
    public = [each for each in cast.members if each.principal is not Principal.STATE]
    for member, (name, follows) in zip(public, cast.boards, strict=True):
        session.add(
            NoticeBoard(
                association_id=settled.id,
                name=name,
                follows_own=follows,
                valid_from=SINCE,
                member_organisation_id=settled.organisations[member.short_name].id,
            )
        )
