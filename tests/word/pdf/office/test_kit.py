from __future__ import annotations

from pathlib import Path

import pytest

from paragraf.word.pdf.office.kit import find_library, find_office, version_of


def program(folder: Path, name: str) -> Path:
    place = folder / name
    place.write_text("#!/bin/sh\n")
    place.chmod(0o755)
    return place


@pytest.mark.parametrize("name", ["soffice", "libreoffice"])
def test_the_office_is_found_under_either_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert find_office() is None
    assert program(tmp_path, name) == find_office()


@pytest.mark.parametrize("name", ["libmergedlo.so", "libsofficeapp.so"])
def test_the_library_lies_where_the_program_really_is(tmp_path: Path, name: str) -> None:
    real = tmp_path / "lib" / "program"
    real.mkdir(parents=True)
    link = tmp_path / "soffice"
    link.symlink_to(program(real, "soffice"))
    assert find_library(link) is None
    (real / name).touch()
    assert find_library(link) == real / name


def test_another_libreoffice_has_another_version(tmp_path: Path) -> None:
    office = program(tmp_path, "soffice")
    (tmp_path / "versionrc").write_text("[Version]\nbuildid=40\n")
    first = version_of(office)
    assert version_of(office) == first
    (tmp_path / "versionrc").write_text("[Version]\nbuildid=41\n")
    assert version_of(office) != first


def test_one_that_tells_no_version_has_that_of_its_file(tmp_path: Path) -> None:
    office = program(tmp_path, "soffice")
    first = version_of(office)
    office.write_text("#!/bin/sh\n# another\n")
    assert version_of(office) != first
