from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from paragraf.word.pdf.cache import PdfCache

LARGE = 10**9
ROOT = Path(__file__).parents[3]


def kept(folder: Path) -> list[Path]:
    return sorted(folder.iterdir())


def aged(place: Path, seconds: float) -> None:
    then = time.time() - seconds
    os.utime(place, (then, then))


def test_what_is_put_is_found_by_what_it_was_made_from(tmp_path: Path) -> None:
    cache = PdfCache(tmp_path / "new" / "pdf", largest_bytes=LARGE)
    assert cache.get(b"word", b"1") is None
    cache.put(b"%PDF a", b"word", b"1")
    assert cache.get(b"word", b"1") == b"%PDF a"
    assert cache.get(b"word", b"2") is None
    assert PdfCache(tmp_path / "new" / "pdf", largest_bytes=LARGE).get(b"word", b"1") == b"%PDF a"


@given(st.lists(st.binary(max_size=3), max_size=4), st.lists(st.binary(max_size=3), max_size=4))
def test_two_makings_share_a_place_only_if_they_are_the_same(one: list[bytes], other: list[bytes]) -> None:
    cache = PdfCache(Path("nowhere"), largest_bytes=LARGE)
    assert (cache._place(tuple(one)) == cache._place(tuple(other))) == (one == other)


@pytest.mark.parametrize("damage", [b"", b"x" * 10, None])
def test_a_damaged_file_is_not_used_and_can_be_put_again(
    tmp_path: Path, damage: bytes | None, caplog: pytest.LogCaptureFixture
) -> None:
    cache = PdfCache(tmp_path, largest_bytes=LARGE)
    cache.put(b"%PDF whole", b"word")
    (place,) = kept(tmp_path)
    place.write_bytes(place.read_bytes()[:-1] if damage is None else damage)
    assert cache.get(b"word") is None
    assert "damaged" in caplog.text
    cache.put(b"%PDF whole", b"word")
    assert cache.get(b"word") == b"%PDF whole"


def test_when_it_is_full_what_nobody_asked_for_longest_goes_first(tmp_path: Path) -> None:
    cache = PdfCache(tmp_path, largest_bytes=4000)
    for number in range(4):
        before = set(kept(tmp_path))
        cache.put(bytes(900), b"%d" % number)
        (new,) = set(kept(tmp_path)) - before
        aged(new, 1000 - number)
    assert cache.get(b"0") is not None
    cache.put(bytes(900), b"4")
    assert [cache.get(b"%d" % number) is not None for number in range(5)] == [True, False, False, True, True]


def test_one_that_is_larger_than_the_folder_may_be_is_not_kept(tmp_path: Path) -> None:
    cache = PdfCache(tmp_path, largest_bytes=100)
    cache.put(bytes(500), b"word")
    assert kept(tmp_path) == []


def test_what_a_killed_process_left_half_written_is_taken_away_in_time(tmp_path: Path) -> None:
    old, new, other = tmp_path / "a.tmp", tmp_path / "b.tmp", tmp_path / "README"
    for place in (old, new, other):
        place.touch()
        aged(place, 0 if place == new else 7200)
    PdfCache(tmp_path, largest_bytes=LARGE).put(b"%PDF", b"word")
    assert not old.exists()
    assert new.exists()
    assert other.exists()


def test_a_folder_that_cannot_be_written_costs_only_time(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "file").touch()
    cache = PdfCache(tmp_path / "file", largest_bytes=LARGE)
    cache.put(b"%PDF", b"word")
    assert cache.get(b"word") is None
    assert "is not kept" in caplog.text


def test_others_on_the_machine_cannot_read_it(tmp_path: Path) -> None:
    PdfCache(tmp_path / "pdf", largest_bytes=LARGE).put(b"%PDF", b"word")
    assert (tmp_path / "pdf").stat().st_mode & 0o077 == 0
    assert kept(tmp_path / "pdf")[0].stat().st_mode & 0o077 == 0


def test_several_processes_may_share_it(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from paragraf.word.pdf.cache import PdfCache\n"
        "cache = PdfCache(Path(sys.argv[1]), largest_bytes=40_000)\n"
        "for n in range(150):\n"
        "    key = b'%d' % (n % 30); found = cache.get(key)\n"
        "    assert found in (None, key * 1000), key\n"
        "    cache.put(key * 1000, key)\n"
    )
    command = [sys.executable, "-c", code, str(tmp_path)]
    processes = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE) for _ in range(3)]
    for process in processes:
        _, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, b"")
