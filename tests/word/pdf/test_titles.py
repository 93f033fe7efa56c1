from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx.document import Document

from paragraf.word.pdf.titles import titled
from tests.word import files


def paper(title: str = "", *, without: str = "") -> bytes:
    def build(document: Document) -> None:
        document.core_properties.title = title
        document.add_paragraph(" ")
        document.add_paragraph("Förbundet Norrdal")
        document.add_heading("Protokoll  den\u00a010 maj & juni", 1)

    content, target = files.built(build), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.infolist():
            if part.filename != without:
                copy.writestr(part, source.read(part))
    return target.getvalue()


def title_of(content: bytes) -> str:
    return str(files.opened(content).core_properties.title)


def test_a_paper_without_a_title_gets_its_first_heading() -> None:
    assert title_of(titled(paper())) == title_of(titled(paper("  "))) == "Protokoll den 10 maj & juni"


def test_a_paper_without_headings_gets_its_first_text() -> None:
    assert title_of(titled(files.with_paragraphs("", "Ett brev", "till"))) == "Ett brev"
    assert title_of(titled(files.with_paragraphs("a" * 1000))) == "a" * 150


@pytest.mark.parametrize("content", [paper("Kallelse"), files.with_paragraphs(""), paper(without="docProps/core.xml")])
def test_one_that_has_a_title_or_nothing_to_take_it_from_is_unchanged(content: bytes) -> None:
    assert titled(content) == content


def test_nothing_else_is_changed() -> None:
    before, after = zipfile.ZipFile(io.BytesIO(paper())), zipfile.ZipFile(io.BytesIO(titled(paper())))
    assert before.namelist() == after.namelist()
    changed = [name for name in before.namelist() if before.read(name) != after.read(name)]
    assert changed == ["docProps/core.xml"]


def test_equal_papers_stay_equal() -> None:
    content = paper()
    assert titled(content) == titled(content)


def test_an_entity_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("Hemligt")
    evil = f'<!DOCTYPE p [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>'.encode()
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(paper())) as source, zipfile.ZipFile(target, "w") as copy:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(b"<w:document", evil + b"<w:document", 1).replace(b"Protokoll", b"&x;", 1)
            copy.writestr(part, content)
    assert title_of(titled(target.getvalue())) == "Förbundet Norrdal"
