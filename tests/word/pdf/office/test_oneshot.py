"""LibreOffice started for one document; a shell script stands for it where only the handling is looked at."""

from __future__ import annotations

from pathlib import Path

import pytest

from paragraf.word.pdf.office.faults import ConversionFailed
from paragraf.word.pdf.office.kit import find_library, find_office
from paragraf.word.pdf.office.oneshot import OneShotOffice
from paragraf.word.pdf.office.settling import settled
from paragraf.word.pdf.office.warm import WarmOffice
from tests.word import files
from tests.word.pdf.office.processes import is_gone, until


def office(folder: Path, script: str) -> OneShotOffice:
    program = folder / "soffice"
    program.write_text(f"#!/bin/sh\n{script}\n")
    program.chmod(0o755)
    return OneShotOffice(program)


@pytest.mark.office
def test_it_makes_the_same_pdf_as_one_kept_warm_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    program = find_office()
    assert program is not None
    content = files.built(lambda document: document.add_heading("Ett beslut"))
    made = settled(OneShotOffice(program).convert(content, 60), content)
    assert b"<pdfaid:part>2</pdfaid:part>" in made
    assert list(tmp_path.iterdir()) == []
    library = find_library(program)
    assert library is not None
    warm = WarmOffice(library)
    assert settled(warm.convert(content, 60), content) == made
    warm.rest()
    assert list(tmp_path.iterdir()) == []


def test_one_that_gives_no_pdf_is_quoted(tmp_path: Path) -> None:
    with pytest.raises(ConversionFailed, match="source file could not be loaded"):
        office(tmp_path, "echo 'Error: source file could not be loaded'; exit 0").convert(b"no word file", 10)


def test_one_that_says_nothing_is_told_of_all_the_same(tmp_path: Path) -> None:
    with pytest.raises(ConversionFailed, match="inget svar"):
        office(tmp_path, "exit 1").convert(b"", 10)


def test_one_that_hangs_is_ended_with_all_its_children(tmp_path: Path) -> None:
    with pytest.raises(ConversionFailed, match=r"inte klar .* på 1 sekunder"):
        office(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; wait").convert(b"", 1)
    child = int((tmp_path / "child").read_text())
    assert until(lambda: is_gone(child))


def test_it_sees_no_secrets_of_the_program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARAGRAF_SECRET", "hemligt")
    office(tmp_path, f"env > {tmp_path}/env; touch document.pdf").convert(b"", 10)
    assert "hemligt" not in (tmp_path / "env").read_text()
    assert "HOME=" in (tmp_path / "env").read_text()
