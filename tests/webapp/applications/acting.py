"""What an applicant's browser does."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from paragraf.people.models import Person
from paragraf.post.models import Letter
from tests.applications.acting import FORM, whole_answers
from tests.parts.world import World

ClientOf = Callable[[Person | None], FlaskClient]


def link_in_last_letter(world: World) -> str:
    with world.database.reading() as session:
        body = session.scalars(select(Letter.body).order_by(Letter.id.desc()).limit(1)).one()
    found = re.search(r"http://localhost(/ansokan/\S+)", body)
    assert found is not None
    return found.group(1)


def told(answer: TestResponse) -> str:
    """What the page says, without what repeats its address."""
    return answer.text[answer.text.index("<main") : answer.text.index("</main")]


def post_section(visitor: FlaskClient, link: str, section_id: str, fields: dict[str, Any], **more: Any) -> TestResponse:
    page = visitor.get(link + section_id).text
    found = re.search(r'name="base-version" value="(\d+)"', page)
    assert found is not None
    return visitor.post(link + section_id, data={"base-version": found.group(1), **fields}, **more)


def fields_of(typed: dict[str, Any]) -> dict[str, Any]:
    """Answers as a browser names them."""
    fields: dict[str, Any] = {}
    for question, value in typed.items():
        if isinstance(value, dict):
            for part, inner in value.items():
                below = inner.items() if isinstance(inner, dict) else [("", inner)]
                fields |= {f"{question}.{part}" + (f".{name}" if name else ""): text for name, text in below}
        elif value and isinstance(value, list) and isinstance(value[0], dict):
            for place, entry in enumerate(value):
                fields |= {f"{question}.{place}.{name}": text for name, text in entry.items()}
        else:
            fields[question] = value
    return fields


def fill_in(world: World, visitor: FlaskClient, link: str, **changes: Any) -> None:
    typed = whole_answers(world.north) | changes
    for section in FORM.sections:
        own = {question.id: typed[question.id] for question in section.questions}
        assert post_section(visitor, link, section.id, fields_of(own)).status_code == 303


def submit(visitor: FlaskClient, link: str) -> TestResponse:
    found = re.search(r'name="version" value="(\d+)"', visitor.get(link + "granska").text)
    return visitor.post(link + "granska", data={"version": found.group(1) if found else "0"})
