"""A session that is thrown away, and the association whose templates are changed in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from sqlalchemy.orm import Session

from paragraf.templates.models import TemplateVersion
from paragraf.templates.operations import add_version
from tests.parts.world import NOW, Home, World
from tests.templates.changing import with_text


@pytest.fixture
def home(world: World) -> Home:
    return world.north


@pytest.fixture
def session(world: World) -> Iterator[Session]:
    with world.database.new_session(writes=True) as opened:
        yield opened


@pytest.fixture
def upload(session: Session, home: Home) -> Callable[..., TemplateVersion]:
    """``upload(content, kind="minutes")``: the secretary puts in a version."""

    def put_in(content: bytes | None = None, **given: Any) -> TemplateVersion:
        taken = {"kind": "minutes", "filename": "protokoll.docx", "remark": "", "now": NOW, "actor": "Sonja Ekvall"}
        version, _assessment = add_version(
            session,
            association_id=home.id,
            content=content or with_text("minutes", "Vår egen rad."),
            **{**taken, **given},
        )
        return version

    return put_in
