from __future__ import annotations

import io
import threading
import time
from pathlib import Path
from typing import Any

import pypdf
import pytest
from docx.document import Document

from paragraf.word import pdf
from paragraf.word.pdf import ConversionFailed, OfficeMissing, convert_to_pdf, find_office
from tests.word import files


def fake_office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    program = tmp_path / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    monkeypatch.setattr(pdf, "find_office", lambda: program)


def has_ended(process: int, *, within_s: float = 5) -> bool:
    """A killed process goes when the system gets to it; one that nobody collects stays as a zombie."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        status = Path(f"/proc/{process}/stat")
        if not status.exists() or status.read_text().rpartition(")")[2].split()[0] == "Z":
            return True
        time.sleep(0.02)
    return False


@pytest.mark.office
def test_a_word_file_becomes_a_tagged_pdf_with_its_text_language_and_title() -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "Protokoll den 10 september"
        document.add_heading("§ 627 Budget", 1)
        document.add_paragraph("Åsa & Örjan beviljas 410\u00a0000 kr.")

    reader: Any = pypdf.PdfReader(io.BytesIO(convert_to_pdf(files.built(build))))
    assert "Åsa & Örjan beviljas 410" in reader.pages[0].extract_text()
    catalog = reader.trailer["/Root"]
    assert catalog["/MarkInfo"]["/Marked"]
    assert "/Lang" in catalog
    assert reader.metadata.title == "Protokoll den 10 september"
    assert [each["/Title"] for each in reader.outline if isinstance(each, dict)] == ["§ 627 Budget"]


@pytest.mark.office
def test_nothing_is_left_behind_after_a_conversion(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    convert_to_pdf(files.with_paragraphs("a"))
    assert list(tmp_path.iterdir()) == []


def test_without_libreoffice_it_is_told_how_to_get_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() is None
    with pytest.raises(OfficeMissing, match="apt-get install libreoffice-writer-nogui"):
        convert_to_pdf(b"")


def test_the_office_is_found_under_either_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "libreoffice"
    program.write_text("#!/bin/sh\n")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() == program


def test_an_office_that_gives_no_pdf_is_quoted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, monkeypatch, "echo 'Error: source file could not be loaded'; exit 0")
    with pytest.raises(ConversionFailed, match="source file could not be loaded"):
        convert_to_pdf(b"no word file")


def test_an_office_that_hangs_is_ended_with_all_its_children(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_office(tmp_path, monkeypatch, f"sleep 600 & echo $! > {tmp_path}/child; wait")
    with pytest.raises(ConversionFailed, match=r"inte klar .* på 1 sekunder"):
        convert_to_pdf(b"", timeout_s=1)
    assert has_ended(int((tmp_path / "child").read_text()))


def test_the_office_sees_no_secrets_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_SECRET", "hemligt")
    fake_office(tmp_path, monkeypatch, f"env > {tmp_path}/env; touch document.pdf")
    convert_to_pdf(b"")
    assert "hemligt" not in (tmp_path / "env").read_text()
    assert "HOME=" in (tmp_path / "env").read_text()


def test_only_one_conversion_runs_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # mkdir fails when the folder is there, so two at once would leave a mark.
    busy = tmp_path / "busy"
    script = (
        f"mkdir {busy} || touch {tmp_path}/collision; for i in 1 2 3 4 5; do :; done; rmdir {busy}; touch document.pdf"
    )
    fake_office(tmp_path, monkeypatch, script)
    threads = [threading.Thread(target=convert_to_pdf, args=(b"",)) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not (tmp_path / "collision").exists()
