"""Previews are made after the act: PDF and pictures, once; a failure or a missing LibreOffice is told."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select

from paragraf.core import leases
from paragraf.templates import previews, queries
from paragraf.templates.models import TemplatePreview, TemplatePreviewPage
from paragraf.templates.operations import request_preview
from paragraf.word.pdf.making import ConversionFailed, OfficeMissing
from paragraf.word.pdf.pictures import PictureFailed
from tests.parts.world import NOW, World

Convert = Callable[[bytes], bytes]


def ask(world: World, kind: str = "minutes") -> int:
    with world.database.writing() as session:
        return request_preview(session, association_id=world.north.id, kind=kind, version=None, now=NOW).id


def found(world: World, preview_id: int) -> TemplatePreview:
    with world.database.reading() as session:
        return queries.preview(session, world.north.id, preview_id)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Callable[[Convert], None]:
    """``office(function)``: LibreOffice's double, and pictures that say which page they are."""

    def install(double: Convert) -> None:
        monkeypatch.setattr(previews, "convert_to_pdf", lambda content, *, timeout_s: double(content))
        monkeypatch.setattr(previews, "pages_of", lambda pdf, *, width_px, limit: (b"first", b"second"))

    return install


def quick(_content: bytes) -> bytes:
    return b"%PDF"


def missing(_content: bytes) -> bytes:
    raise OfficeMissing("LibreOffice saknas.")


def failing(_content: bytes) -> bytes:
    raise ConversionFailed("LibreOffice blev inte klar.")


def test_pdf_and_pages_are_made_once(world: World, office: Callable[[Convert], None]) -> None:
    office(quick)
    preview_id = ask(world)
    assert previews.make_due(world.database, now=NOW) == 1
    assert previews.make_due(world.database, now=NOW + timedelta(days=1)) == 0
    preview = found(world, preview_id)
    assert (preview.pdf, preview.page_count, preview.done_at, preview.error) == (b"%PDF", 2, NOW, "")
    with world.database.reading() as session:
        assert queries.preview_page(session, preview, 2) == b"second"
        assert queries.preview_page(session, preview, 3) is None


def test_a_failure_is_tried_once_more_and_then_told(world: World, office: Callable[[Convert], None]) -> None:
    office(failing)
    preview_id = ask(world)
    assert previews.make_due(world.database, now=NOW) == 0
    assert found(world, preview_id).next_attempt_at == NOW + previews.AGAIN_AFTER
    later = NOW + previews.AGAIN_AFTER
    previews.make_due(world.database, now=later)
    preview = found(world, preview_id)
    assert (preview.next_attempt_at, preview.failed_at, preview.error) == (None, later, "LibreOffice blev inte klar.")


def test_one_that_fails_oddly_does_not_stop_the_others(
    world: World, office: Callable[[Convert], None], caplog: pytest.LogCaptureFixture
) -> None:
    odd, good = ask(world), ask(world, "application")
    taken: list[bytes] = []

    def fussy(content: bytes) -> bytes:
        taken.append(content)
        if len(taken) == 1:
            raise RuntimeError("oväntat")
        return b"%PDF"

    office(fussy)
    assert previews.make_due(world.database, now=NOW) == 1
    assert "Felet står i programmets logg" in found(world, odd).error
    assert found(world, good).done_at == NOW
    assert "oväntat" in caplog.text


def test_a_pdf_that_cannot_be_drawn_is_told(
    world: World, office: Callable[[Convert], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(pdf: bytes, *, width_px: int, limit: int) -> tuple[bytes, ...]:
        raise PictureFailed("PDF-filen går inte att visa.")

    office(quick)
    monkeypatch.setattr(previews, "pages_of", refuse)
    preview_id = ask(world)
    previews.make_due(world.database, now=NOW)
    assert found(world, preview_id).error == "PDF-filen går inte att visa."


def test_without_libreoffice_all_wait_and_no_attempt_is_counted(
    world: World, office: Callable[[Convert], None]
) -> None:
    office(missing)
    both = [ask(world), ask(world, "application")]
    assert previews.make_due(world.database, now=NOW) == 0
    for preview_id in both:
        preview = found(world, preview_id)
        assert (preview.attempts, preview.failed_at, preview.error) == (0, None, "LibreOffice saknas.")
        assert preview.next_attempt_at == NOW + previews.OFFICE_PAUSE
    office(quick)
    assert previews.make_due(world.database, now=NOW + previews.OFFICE_PAUSE) == 2


def test_two_workers_that_overlap_leave_one_set_of_pages(world: World, office: Callable[[Convert], None]) -> None:
    def overtaken(_content: bytes) -> bytes:
        office(quick)
        previews.make_due(world.database, now=NOW + leases.LEASE)
        return b"%PDF late"

    office(overtaken)
    ask(world)
    previews.make_due(world.database, now=NOW)
    with world.database.reading() as session:
        assert session.scalars(select(TemplatePreviewPage.number)).all() == [1, 2]


@pytest.mark.office
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_libreoffice_makes_real_pages(world: World) -> None:
    preview_id = ask(world)
    assert previews.make_due(world.database, now=NOW) == 1
    preview = found(world, preview_id)
    assert preview.pdf is not None
    assert preview.pdf.startswith(b"%PDF-")
    assert preview.page_count > 1
    with world.database.reading() as session:
        picture = queries.preview_page(session, preview, 1)
    assert picture is not None
    assert picture.startswith(b"\x89PNG")
