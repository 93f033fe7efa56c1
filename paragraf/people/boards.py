"""Notice boards: on which the association must announce that minutes are verified, and which of them are missing.

The announcement goes up on the board of every member municipality and member region (lag 2003:1210 19 §) and on the
association's own, which the charter names (9 §).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urlsplit

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.people import queries
from paragraf.people.acts import lock, record, required
from paragraf.people.models import MemberOrganisation, NoticeBoard, Principal
from paragraf.people.queries import MemberPrincipal

#: State agencies have no such board.
WITH_BOARD = frozenset({Principal.MUNICIPALITIES, Principal.REGION})


@dataclass(frozen=True)
class BoardFacts:
    """What is written of a notice board."""

    name: str
    url: str = ""
    #: Takes over the association's own notices by itself, the same day.
    follows_own: bool = False
    valid_from: date = date.min
    #: The last day on which notices must be there.
    valid_to: date | None = None


@dataclass(frozen=True)
class Missing:
    """Which boards the law asks for that nobody has written down."""

    own: bool
    members: tuple[MemberPrincipal, ...]

    def __bool__(self) -> bool:
        return self.own or bool(self.members)


def lacking(members: Iterable[MemberPrincipal], board_owners: Collection[int | None]) -> Missing:
    """Pure: which of the members, and whether the association itself, have none of the boards. None is the own one."""
    without = [one for one in members if one.principal in WITH_BOARD and one.id not in board_owners]
    return Missing(None not in board_owners, tuple(without))


def missing_boards(session: Session, association_id: int, day: date) -> Missing:
    """Which boards the law asks for on the day that are not written down."""
    owners = {board.member_organisation_id for board in queries.notice_boards(session, association_id, day)}
    return lacking(queries.member_principals(session, association_id, day), owners)


def add_board(
    session: Session,
    association_id: int,
    facts: BoardFacts,
    *,
    member: MemberOrganisation | None,
    now: datetime,
    actor: str,
) -> NoticeBoard:
    """Write down the board of the member, or the association's own (None).

    Raises RuleBroken without a name, for a taken one, for an address that is none, and for days in the wrong order.
    """
    board = NoticeBoard(association_id=association_id, member_organisation_id=member.id if member else None)
    _write(session, board, facts)
    session.add(board)
    session.flush()
    record(session, "add", board, now=now, actor=actor, name=board.name)
    return board


def change_board(session: Session, board: NoticeBoard, facts: BoardFacts, *, now: datetime, actor: str) -> NoticeBoard:
    """Save what is written of the board; a last day takes it out of use. Raises RuleBroken as ``add_board``."""
    lock(session, board)
    _write(session, board, facts)
    if session.is_modified(board):
        session.flush()
        record(session, "change", board, now=now, actor=actor, name=board.name)
    return board


def _write(session: Session, board: NoticeBoard, facts: BoardFacts) -> None:
    name = required(facts.name, "Skriv anslagstavlans namn.", "name")
    url = facts.url.strip()
    parts = urlsplit(url)
    if url and not (parts.scheme in {"http", "https"} and parts.hostname):
        raise RuleBroken("Skriv webbadressen så här: https://www.kommunen.se/anslagstavla", field="url")
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        raise RuleBroken("Den sista dagen kan inte vara före den första.", field="valid_to")
    with session.no_autoflush:
        _must_be_free(session, board, name)
        board.name, board.url = name, url
        # The association's own board cannot follow itself.
        board.follows_own = facts.follows_own and board.member_organisation_id is not None
        board.valid_from, board.valid_to = facts.valid_from, facts.valid_to


def _must_be_free(session: Session, board: NoticeBoard, name: str) -> None:
    same = select(NoticeBoard.id).where(
        NoticeBoard.association_id == board.association_id, NoticeBoard.name == name, NoticeBoard.id != (board.id or 0)
    )
    if session.scalar(same) is not None:
        raise RuleBroken("Det finns redan en anslagstavla med det namnet.", field="name")
