"""What the verbs on people and bodies share: the row locked, and the act in the log."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from paragraf.core import log
from paragraf.core.errors import RuleBroken
from paragraf.people.models import Body, MemberOrganisation, NoticeBoard, Person

Row = Person | MemberOrganisation | Body | NoticeBoard


def lock(session: Session, row: Row) -> None:
    """Take the row, so that two who change it at once go one after the other."""
    session.refresh(row, with_for_update={"of": type(row)})


def record(session: Session, verb: str, row: Row, *, now: datetime, actor: str, **details: Any) -> None:
    """Put the act in the log, under the row's table."""
    log.record(session, row.association_id, verb, row.__tablename__, row.id, now=now, actor=actor, **details)


def required(text: str, message: str, field: str) -> str:
    """The text with single blanks; raises RuleBroken at the field when nothing is left."""
    found = " ".join(text.split())
    if not found:
        raise RuleBroken(message, field=field)
    return found


def read(parse: Callable[[str], str], typed: str, field: str) -> str:
    """What ``parse`` makes of the typed text; its RuleBroken is told at the field."""
    try:
        return parse(typed)
    except RuleBroken as broken:
        raise RuleBroken(broken.message, field=field, **broken.values) from None
