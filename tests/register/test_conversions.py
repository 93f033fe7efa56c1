"""PDFs are made after the act: once, again after a failure, and not at all while LibreOffice is missing."""

from __future__ import annotations

import io
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from types import SimpleNamespace

import docx
import pytest

from paragraf.core import leases
from paragraf.register import conversions, queries
from paragraf.register.conversions import Conversions, convert_due
from paragraf.register.models import Conversion, Direction, Document, DocumentKind, MatterKind
from paragraf.register.operations import file_document, open_matter, request_pdf
from paragraf.word.pdf.making import ConversionFailed, OfficeMissing
from tests.parts.world import NOW, World

MINUTE = timedelta(minutes=1)
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
Office = Callable[[bytes], bytes]


def file_word(world: World, content: bytes = b"PK word", name: str = "Protokoll § 626.docx") -> Document:
    """File a Word document under a matter and ask for its PDF, as an act would."""
    with world.database.writing() as session:
        given = {"association_id": world.north.id, "now": NOW, "actor": "Sonja Ekvall", "title": "Protokoll"}
        matter = open_matter(session, kind=MatterKind.MEETING, counterpart="", **given)  # type: ignore[arg-type]
        document = file_document(
            session,
            matter=matter,
            kind=DocumentKind.MINUTES,
            direction=Direction.MADE,
            filename=name,
            media_type=WORD,
            content=content,
            **given,  # type: ignore[arg-type]
        )
        request_pdf(session, document, now=NOW)
        return document


def state(world: World, document: Document) -> tuple[Conversion, Document | None]:
    with world.database.reading() as session:
        conversion = queries.conversion_of(session, document)
        assert conversion is not None
        return conversion, queries.pdf_of(session, document)


def work(world: World, now: datetime = NOW, **limits: int) -> Conversions:
    return convert_due(world.database, now=now, **limits)


@pytest.fixture
def office(monkeypatch: pytest.MonkeyPatch) -> Callable[[Office], None]:
    """``office(function)``: LibreOffice's double for this test."""

    def install(double: Office) -> None:
        monkeypatch.setattr(conversions, "maker_for", lambda settings: SimpleNamespace(pdf=made))

        def made(content: bytes, *, timeout_s: float) -> bytes:
            return double(content)

    return install


def quick(content: bytes) -> bytes:
    return b"%PDF " + content


def broken(content: bytes) -> bytes:
    raise ConversionFailed("LibreOffice kunde inte göra PDF av dokumentet: %(said)s.", said="trasig fil")


def missing(content: bytes) -> bytes:
    raise OfficeMissing("PDF kan inte göras: LibreOffice saknas på servern.")


def test_the_pdf_is_filed_beside_its_word_document(world: World, office: Callable[[Office], None]) -> None:
    office(quick)
    word = file_word(world)
    assert work(world) == Conversions(done=1)
    conversion, pdf = state(world, word)
    assert pdf is not None
    assert (pdf.filename, pdf.media_type) == ("Protokoll § 626.pdf", "application/pdf")
    assert (pdf.kind, pdf.direction, pdf.title) == (word.kind, word.direction, word.title)
    assert (pdf.association_id, pdf.matter_id, pdf.number) == (word.association_id, word.matter_id, 2)
    assert (conversion.done_at, conversion.next_attempt_at, conversion.error) == (NOW, None, "")
    with world.database.reading() as session:
        assert queries.document(session, world.north.id, pdf.id).content == b"%PDF PK word"


def test_it_is_made_once(world: World, office: Callable[[Office], None]) -> None:
    made: list[bytes] = []

    def counting(content: bytes) -> bytes:
        made.append(content)
        return b"%PDF"

    office(counting)
    file_word(world)
    with ThreadPoolExecutor(3) as pool:
        done = list(pool.map(lambda _n: work(world), range(3)))
    assert sum(one.done for one in done) == len(made) == 1
    assert work(world, NOW + timedelta(days=1)) == Conversions()


def test_equal_documents_of_an_association_share_one_making(world: World, office: Callable[[Office], None]) -> None:
    made: list[bytes] = []

    def counting(content: bytes) -> bytes:
        made.append(content)
        return b"%%PDF %d" % len(made)

    office(counting)
    same = [file_word(world), file_word(world), file_word(world, b"PK another")]
    assert work(world) == Conversions(done=3)
    assert made == [b"PK word", b"PK another"]
    pdfs = [state(world, word)[1] for word in same]
    with world.database.reading() as session:
        contents = [queries.document(session, world.north.id, pdf.id).content for pdf in pdfs if pdf]
    assert contents == [b"%PDF 1", b"%PDF 1", b"%PDF 2"]


def test_another_association_s_pdf_is_not_looked_at(world: World, office: Callable[[Office], None]) -> None:
    office(quick)
    file_word(world)
    assert work(world) == Conversions(done=1)
    with world.database.writing() as session:
        stranger = file_document(
            session,
            association_id=world.south.id,
            matter=None,
            kind=DocumentKind.MINUTES,
            direction=Direction.MADE,
            title="Protokoll",
            filename="Protokoll.docx",
            media_type=WORD,
            content=b"PK word",
            now=NOW,
            actor="Sonja Ekvall",
        )
        assert queries.pdf_of_same_bytes(session, stranger) is None


def test_no_transaction_is_open_while_libreoffice_works(world: World, office: Callable[[Office], None]) -> None:
    def act_meanwhile(content: bytes) -> bytes:
        # On SQLite this would wait for the converter's lock, and time out, if it were still held.
        with world.database.writing() as session:
            open_matter(
                session,
                association_id=world.north.id,
                kind=MatterKind.OTHER,
                title="Under tiden",
                counterpart="",
                now=NOW,
                actor="Sonja Ekvall",
            )
        return b"%PDF"

    office(act_meanwhile)
    file_word(world)
    assert work(world) == Conversions(done=1)


def test_a_failure_is_tried_again_and_given_up_at_the_fifth(world: World, office: Callable[[Office], None]) -> None:
    office(broken)
    word = file_word(world)
    moment, waits = NOW, []
    while (conversion := state(world, word)[0]).next_attempt_at is not None:
        waits.append(conversion.next_attempt_at - moment)
        moment = conversion.next_attempt_at
        counted = work(world, moment)
    assert waits == [0 * MINUTE, MINUTE, 5 * MINUTE, 15 * MINUTE, 60 * MINUTE]
    assert counted == Conversions(failed=1)
    assert (conversion.failed_at, conversion.attempts) == (moment, 5)
    assert conversion.error == "LibreOffice kunde inte göra PDF av dokumentet: trasig fil."


def test_one_bad_document_does_not_stop_the_others(
    world: World, office: Callable[[Office], None], caplog: pytest.LogCaptureFixture
) -> None:
    def fussy(content: bytes) -> bytes:
        if content == b"PK odd":
            raise RuntimeError("oväntat")
        return quick(content)

    office(fussy)
    odd, good = file_word(world, b"PK odd"), file_word(world, b"PK good")
    assert work(world) == Conversions(done=1, retried=1)
    assert state(world, odd)[0].next_attempt_at == NOW + MINUTE
    assert state(world, good)[1] is not None
    assert "oväntat" in caplog.text


def test_without_libreoffice_all_wait_and_no_attempt_is_counted(
    world: World, office: Callable[[Office], None], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    office(missing)
    documents = [file_word(world), file_word(world)]
    assert work(world) == Conversions(retried=1)
    for document in documents:
        conversion, _ = state(world, document)
        assert (conversion.attempts, conversion.failed_at) == (0, None)
        assert conversion.next_attempt_at == NOW + 10 * MINUTE
        assert "LibreOffice saknas" in conversion.error
    assert caplog.text.count("LibreOffice is missing") == 1
    office(quick)
    assert work(world, NOW + 10 * MINUTE) == Conversions(done=2)


def test_killed_in_the_middle_it_is_made_when_the_lease_is_out(world: World, office: Callable[[Office], None]) -> None:
    def killed(content: bytes) -> bytes:
        raise KeyboardInterrupt

    office(killed)
    word = file_word(world)
    with pytest.raises(KeyboardInterrupt):
        work(world)
    office(quick)
    assert work(world, NOW + leases.LEASE - MINUTE) == Conversions()
    assert work(world, NOW + leases.LEASE) == Conversions(done=1)
    assert state(world, word)[1] is not None


def test_one_that_outlasted_its_lease_files_no_second_pdf(world: World, office: Callable[[Office], None]) -> None:
    def overtaken(content: bytes) -> bytes:
        office(quick)
        assert work(world, NOW + leases.LEASE) == Conversions(done=1)
        return b"%PDF late"

    office(overtaken)
    word = file_word(world)
    assert work(world) == Conversions(done=1)
    with world.database.reading() as session:
        documents = [
            found.content for found in queries.documents(session, queries.matter(session, world.north.id, 2026, 1))
        ]
    assert documents == [b"PK word", b"%PDF PK word"]
    assert state(world, word)[0].failed_at is None


def test_a_batch_has_a_limit_in_number_and_in_time(
    world: World, office: Callable[[Office], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    office(quick)
    for _ in range(3):
        file_word(world)
    assert work(world, limit=2) == Conversions(done=2)
    monkeypatch.setattr(leases, "BATCH_SECONDS", -1)
    assert work(world) == Conversions()


@pytest.mark.office
def test_libreoffice_makes_a_real_pdf(world: World) -> None:
    paper = docx.Document()
    paper.add_paragraph("Styrelsen beslutar att anta budgeten.")
    content = io.BytesIO()
    paper.save(content)
    word = file_word(world, content.getvalue())
    assert work(world) == Conversions(done=1)
    pdf = state(world, word)[1]
    assert pdf is not None
    with world.database.reading() as session:
        assert queries.document(session, world.north.id, pdf.id).content.startswith(b"%PDF-")
