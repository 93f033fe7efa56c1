from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from paragraf.word.pdf.office import folder
from paragraf.word.pdf.office.folder import OwnFolder


@pytest.fixture(autouse=True)
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def age(path: Path) -> None:
    then = time.time() - 3600
    os.utime(path, (then, then))


def test_it_is_the_owner_s_alone_and_is_taken_away_with_all_in_it() -> None:
    with OwnFolder() as path:
        assert path.stat().st_mode & 0o077 == 0
        (path / "document.docx").write_bytes(b"PK")
    assert not path.exists()


def test_it_may_be_taken_away_twice() -> None:
    own = OwnFolder()
    own.remove()
    own.remove()


def test_one_that_somebody_holds_is_left_alone_however_old() -> None:
    with OwnFolder() as path:
        age(path)
        folder.sweep()
        assert path.exists()


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_one_whose_owner_was_killed_is_taken_away_when_the_next_is_made(place: Path) -> None:
    owner = os.fork()
    if owner == 0:
        OwnFolder()
        os._exit(0)
    os.waitpid(owner, 0)
    (left,) = place.iterdir()
    with OwnFolder():
        assert left.exists(), "it is too young to tell"
    age(left)
    with OwnFolder():
        assert not left.exists()


def test_what_is_not_ours_is_left_alone(place: Path) -> None:
    (place / "paragraf-other").mkdir()
    age(place / "paragraf-other")
    folder.sweep()
    assert (place / "paragraf-other").exists()
