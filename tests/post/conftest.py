"""Letter texts of the tests' own, and short ways to write, find and deliver letters."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from paragraf.core.database import Database
from paragraf.post import letters
from paragraf.post.delivery import Delivery, deliver_due
from paragraf.post.models import Letter
from paragraf.post.operations import Recipient, write_letter
from paragraf.post.transports import SmtpTransport, Transport
from tests.parts.smtp import SmtpServer
from tests.parts.world import NOW, World

TEXTS = {
    "notice.sv": "Ämne: Kallelse till {{ meeting }}\n\nHej {{ name }}!\n\nVälkommen till {{ meeting }}.\n",
    "notice.en": "Subject: Notice of {{ meeting }}\n\nDear {{ name }},\n\nwelcome to {{ meeting }}.\n",
    "code.sv": "Ämne: Din kod\n\nKoden är {{ code }}.\n",
}


@pytest.fixture(autouse=True)
def texts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder of the letters of a room ``trial``."""
    folder = tmp_path / "trial" / "letters"
    folder.mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")
    monkeypatch.setattr(letters, "ROOMS", tmp_path)
    letters._texts.cache_clear()
    yield folder
    letters._texts.cache_clear()


@dataclass
class PostRoom:
    """The north's post, outside the demonstration."""

    world: World
    database: Database
    transport: Transport
    written: list[int] = field(default_factory=list)

    def write(self, key: str = "k", address: str = "ida@norrdal.example", **given: Any) -> Letter:
        """Queue a notice and commit."""
        with self.database.writing() as session:
            letter = write_letter(
                session,
                association_id=given.pop("association_id", self.world.north.id),
                room="trial",
                kind=given.pop("kind", "notice"),
                key=key,
                to=Recipient(given.pop("name", "Ida Öst"), address, given.pop("language", "sv")),
                fields=given.pop("fields", {"meeting": "styrelsen"}),
                now=given.pop("now", NOW),
                **given,
            )
            session.flush()
            return letter

    def deliver(self, now: datetime = NOW, transport: Transport | None = None, **limits: int) -> Delivery:
        return deliver_due(self.database, now=now, transport=transport or self.transport, **limits)

    def letter(self, key: str = "k") -> Letter:
        """The letter as the database has it now."""
        with self.database.reading() as session:
            return session.scalars(select(Letter).where(Letter.key == key)).one()


@pytest.fixture
def post(world: World, smtp_server: SmtpServer) -> Iterator[PostRoom]:
    settings = replace(world.database.settings, demo=False, smtp_url=smtp_server.url)
    database = Database(settings)
    yield PostRoom(world, database, SmtpTransport(smtp_server.url))
    database.dispose()
