"""Documents are made from the template in use, whatever act makes them; a template that fails loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Callable

import pytest
from sqlalchemy.orm import Session

from document_templates import load
from paragraf.minutes.document_fields import MinutesFields
from paragraf.templates.filling import fill
from paragraf.templates.models import TemplateVersion
from paragraf.templates.operations import use_version
from paragraf.templates.rendering import TemplateUnfit, render
from paragraf.word.fields import example_of
from tests.parts.world import NOW, Home, World
from tests.templates.changing import with_text
from tests.word import files

Upload = Callable[..., TemplateVersion]
FIELDS = example_of(MinutesFields)
#: Passes the check, whose examples have one § or many, and fails for minutes with just two.
FAILS_FOR_TWO = "Del {{ 1 / (items|length - 2) }}"
TWO = type(FIELDS)(**{**{name: getattr(FIELDS, name) for name in FIELDS.__slots__}, "items": FIELDS.items * 2})


def use(session: Session, home: Home, version: TemplateVersion | None) -> None:
    use_version(session, association_id=home.id, kind="minutes", version=version, now=NOW, actor="Sonja Ekvall")


def test_the_shipped_template_serves_until_there_is_one_of_ones_own(
    session: Session, home: Home, world: World, upload: Upload
) -> None:
    shipped = fill(load("minutes"), FIELDS)
    assert render(session, home.id, "minutes", FIELDS) == shipped
    version = upload()
    assert render(session, home.id, "minutes", FIELDS) == shipped
    use(session, home, version)
    assert files.texts(render(session, home.id, "minutes", FIELDS))[-1] == "Vår egen rad."
    assert render(session, world.south.id, "minutes", FIELDS) == shipped
    use(session, home, None)
    assert render(session, home.id, "minutes", FIELDS) == shipped


def test_a_template_that_fails_with_real_data_is_named_with_tag_and_way_out(
    session: Session, home: Home, upload: Upload
) -> None:
    use(session, home, upload(with_text("minutes", FAILS_FOR_TWO)))
    assert render(session, home.id, "minutes", FIELDS)
    with pytest.raises(TemplateUnfit) as unfit:
        render(session, home.id, "minutes", TWO)
    told = str(unfit.value)
    for part in ("”Protokoll”, version 1", "{{ 1 / (items|length - 2) }}", "Del", "Gå tillbaka", "Inget är ändrat"):
        assert part in told


def test_who_can_do_nothing_about_the_template_gets_the_shipped_one(
    session: Session, home: Home, upload: Upload, caplog: pytest.LogCaptureFixture
) -> None:
    use(session, home, upload(with_text("minutes", FAILS_FOR_TWO)))
    with caplog.at_level(logging.ERROR):
        content = render(session, home.id, "minutes", TWO, or_shipped=True)
    assert content == fill(load("minutes"), TWO)
    assert "template minutes version 1" in caplog.text


def test_a_file_that_is_torn_in_the_database_is_told_too(session: Session, home: Home) -> None:
    torn = TemplateVersion(
        association_id=home.id,
        kind="minutes",
        number=1,
        filename="a.docx",
        size=1,
        sha256="x",
        content=b"torn",
        uploaded_at=NOW,
        uploaded_by="Sonja Ekvall",
    )
    session.add(torn)
    session.flush()
    from paragraf.templates.models import TemplateSwitch

    session.add(
        TemplateSwitch(association_id=home.id, kind="minutes", version=torn, used_from=NOW, switched_by="Sonja Ekvall")
    )
    session.flush()
    with pytest.raises(TemplateUnfit, match="går inte att läsa"):
        render(session, home.id, "minutes", FIELDS)
