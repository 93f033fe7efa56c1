"""The body of ``paragraf reminders due``: what will be sent, without sending it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from paragraf.core.errors import RuleBroken
from paragraf.duties.queries import ListedReminder, reminders_between

_COLUMNS = ("date", "state", "recipient", "subject")


def listing(session: Session, first: date, last: date, *, today: date) -> list[dict[str, str]]:
    """The reminders of all associations from ``first`` to ``last``, both included, as JSON objects with the keys
    date, kind, subject, recipient, name, association, state and last_day. Days are written YYYY-MM-DD.

    Raises RuleBroken for a period that ends before it begins.
    """
    if last < first:
        raise RuleBroken("Perioden slutar innan den börjar. Byt plats på dagarna.")
    return [_told(each) for each in reminders_between(session, None, first, last, today=today)]


def as_json(rows: Iterable[dict[str, str]]) -> str:
    """The listing as one JSON array."""
    return json.dumps(list(rows), ensure_ascii=False, indent=2)


def as_text(rows: Iterable[dict[str, str]]) -> str:
    """The listing for reading in a terminal: one reminder a line, columns parted by tabs."""
    return "\n".join("\t".join(row[column] for column in _COLUMNS) for row in rows)


def _told(reminder: ListedReminder) -> dict[str, str]:
    return {
        "date": reminder.date.isoformat(),
        "kind": reminder.kind,
        "subject": reminder.subject,
        "recipient": reminder.address,
        "name": reminder.name,
        "association": reminder.association,
        "state": reminder.state.value,
        "last_day": reminder.duty.due_on.isoformat(),
    }
