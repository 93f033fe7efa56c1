"""A document is data from a stranger: LibreOffice must not fetch for it, nor show it what lies on the server's disk.

Each test is done both ways, and once without the profile, so that it is seen that there is something to be kept from.
"""

from __future__ import annotations

import io
import socketserver
import threading
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pypdf
import pytest
from docx.document import Document
from lxml import etree

from paragraf.word.pdf.office import profile
from paragraf.word.pdf.office.kit import find_library, find_office
from paragraf.word.pdf.office.oneshot import OneShotOffice
from paragraf.word.pdf.office.warm import WarmOffice
from paragraf.word.pdf.pictures import pages_of
from tests.word import files

pytestmark = pytest.mark.office
Convert = Callable[[bytes], bytes]


@pytest.fixture(scope="module", params=["warm", "one shot"])
def convert(request: pytest.FixtureRequest) -> Iterator[Convert]:
    program = find_office()
    assert program is not None
    library = find_library(program)
    office = WarmOffice(library) if request.param == "warm" and library else OneShotOffice(program)
    yield lambda content: office.convert(content, 60)
    office.rest()


def picture() -> bytes:
    """A PNG with something in it."""
    writer, buffer = pypdf.PdfWriter(), io.BytesIO()
    writer.add_blank_page(40, 40)
    writer.write(buffer)
    return pages_of(buffer.getvalue(), width_px=40)[0]


def with_linked_picture(address: str) -> bytes:
    """A Word file whose one picture lies elsewhere."""

    def build(document: Document) -> None:
        document.add_picture(io.BytesIO(picture()))

    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(files.built(build))) as source, zipfile.ZipFile(target, "w") as package:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/_rels/document.xml.rels":
                content = _led_outside(content, address)
            content = content.replace(b"r:embed=", b"r:link=")
            if not part.filename.startswith("word/media/"):
                package.writestr(part, content)
    return target.getvalue()


def _led_outside(relations: bytes, address: str) -> bytes:
    root = etree.fromstring(relations)
    for relation in root:
        if relation.get("Type", "").endswith("/image"):
            relation.set("Target", address)
            relation.set("TargetMode", "External")
    return etree.tostring(root)


def pictures_in(pdf: bytes) -> int:
    return sum(len(page.images) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)


@pytest.fixture
def asked() -> Iterator[tuple[str, list[str]]]:
    """An address on this machine, and the first lines of what was asked of it."""
    lines: list[str] = []

    class Listener(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            lines.append(self.rfile.readline().decode())
            self.wfile.write(b"HTTP/1.0 404 Not Found\r\n\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Listener) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,))
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", lines
        server.shutdown()
        thread.join()


def test_a_file_on_the_server_is_not_shown(convert: Convert, tmp_path: Path) -> None:
    (tmp_path / "secret.png").write_bytes(picture())
    assert pictures_in(convert(with_linked_picture((tmp_path / "secret.png").as_uri()))) == 0


def test_no_address_is_asked_for_a_picture(convert: Convert, asked: tuple[str, list[str]]) -> None:
    address, lines = asked
    assert convert(with_linked_picture(f"{address}spy.png")).startswith(b"%PDF-")
    assert lines == []


def test_a_picture_of_the_document_itself_is_shown(convert: Convert) -> None:
    document = files.built(lambda document: document.add_picture(io.BytesIO(picture())))
    assert pictures_in(convert(document)) == 1


def test_without_the_profile_both_would_happen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, asked: tuple[str, list[str]]
) -> None:
    monkeypatch.setattr(profile, "write", lambda folder: None)
    program = find_office()
    assert program is not None
    office = OneShotOffice(program)
    (tmp_path / "secret.png").write_bytes(picture())
    assert pictures_in(office.convert(with_linked_picture((tmp_path / "secret.png").as_uri()), 60)) == 1
    office.convert(with_linked_picture(f"{asked[0]}spy.png"), 60)
    assert any("/spy.png" in line for line in asked[1])


def test_a_text_field_that_includes_a_file_shows_what_the_document_says(convert: Convert, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("HEMLIGT")
    field = (
        '<w:fldSimple xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        f"w:instr='INCLUDETEXT \"{tmp_path}/secret.txt\"'><w:r><w:t>Sparad text</w:t></w:r></w:fldSimple>"
    )

    def build(document: Document) -> None:
        document.add_paragraph()._p.append(etree.fromstring(field))

    text = pypdf.PdfReader(io.BytesIO(convert(files.built(build)))).pages[0].extract_text()
    assert "Sparad text" in text
    assert "HEMLIGT" not in text
