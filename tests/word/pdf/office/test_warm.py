"""One LibreOffice after another: each test leaves a usable one to the next, whatever it did to its own."""

from __future__ import annotations

import logging
import os
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paragraf.word.pdf.office import warm
from paragraf.word.pdf.office.faults import CannotStayWarm, ConversionFailed
from paragraf.word.pdf.office.kit import find_library, find_office
from paragraf.word.pdf.office.running import RunningOffice
from paragraf.word.pdf.office.warm import Bounds, WarmOffice
from tests.word import files
from tests.word.pdf.office.processes import children, is_gone, long_document

pytestmark = pytest.mark.office
SMALL = files.with_paragraphs("Styrelsen beslutar att anta budgeten.")


def library() -> Path:
    program = find_office()
    assert program is not None
    found = find_library(program)
    assert found is not None, "this LibreOffice cannot be kept warm"
    return found


@pytest.fixture(scope="module")
def office() -> Iterator[WarmOffice]:
    kept = WarmOffice(library())
    yield kept
    kept.rest()


def started(office: WarmOffice) -> int:
    """The process, after it has made a PDF."""
    assert office.convert(SMALL, 60).startswith(b"%PDF-")
    assert office.pid is not None
    return office.pid


def test_the_same_process_makes_one_pdf_after_the_other(office: WarmOffice) -> None:
    first = started(office)
    assert started(office) == first


def test_one_that_is_too_slow_is_ended_and_the_next_document_is_made(office: WarmOffice) -> None:
    slow = started(office)
    with pytest.raises(ConversionFailed, match="inte klar med PDF-filen på 0 sekunder"):
        office.convert(long_document(), 0.2)
    assert office.pid is None
    assert is_gone(slow)
    assert started(office) != slow


def test_one_that_stands_still_is_ended(office: WarmOffice) -> None:
    still = started(office)
    os.kill(still, signal.SIGSTOP)
    with pytest.raises(ConversionFailed, match="inte klar"):
        office.convert(SMALL, 0.3)
    assert is_gone(still)


def test_the_time_is_counted_from_when_libreoffice_is_ready(monkeypatch: pytest.MonkeyPatch) -> None:
    class SlowToStart:
        pid, documents = 1, 1

        def __init__(self, library: Path) -> None:
            time.sleep(0.5)

        def convert(self, content: bytes, *, until: float) -> bytes:
            assert until - time.monotonic() > 0.8
            return b"%PDF"

        def resident_mb(self) -> float:
            return 0

    monkeypatch.setattr(warm, "RunningOffice", SlowToStart)
    assert WarmOffice(Path("library")).convert(SMALL, 1) == b"%PDF"


def test_one_killed_between_documents_is_not_noticed(office: WarmOffice) -> None:
    os.kill(started(office), signal.SIGKILL)
    started(office)


def test_one_killed_in_the_midst_is_given_the_document_once_more(
    office: WarmOffice, caplog: pytest.LogCaptureFixture
) -> None:
    first = started(office)
    # Stopped, it has certainly not finished when it is killed.
    os.kill(first, signal.SIGSTOP)
    threading.Timer(0.2, os.kill, (first, signal.SIGKILL)).start()
    assert office.convert(SMALL, 60).startswith(b"%PDF-")
    assert office.pid != first
    assert "LibreOffice ended while it made a PDF" in caplog.text


def test_one_whose_folder_was_cleaned_away_is_replaced(office: WarmOffice) -> None:
    first = started(office)
    shutil.rmtree(os.readlink(f"/proc/{first}/cwd"))
    assert started(office) != first


def test_one_that_ends_twice_in_the_midst_has_failed(office: WarmOffice) -> None:
    done = threading.Event()

    def kill_whatever_comes() -> None:
        while not done.wait(0.05):
            # A file that is being converted lies in the folder of the process.
            if office.pid and Path(f"/proc/{office.pid}/cwd/document.docx").exists():
                os.kill(office.pid, signal.SIGKILL)

    started(office)
    with ThreadPoolExecutor(1) as pool:
        killer = pool.submit(kill_whatever_comes)
        try:
            with pytest.raises(ConversionFailed, match="avslutades två gånger"):
                office.convert(long_document(), 60)
        finally:
            done.set()
        killer.result()


def test_what_libreoffice_cannot_read_is_refused_with_its_words(office: WarmOffice) -> None:
    broken = SMALL[: len(SMALL) // 2]
    with pytest.raises(ConversionFailed, match=r"inte göra PDF av dokumentet: \w+"):
        office.convert(broken, 60)
    started(office)


@pytest.mark.parametrize(
    ("bounds", "documents"), [(Bounds(documents=2), 2), (Bounds(resident_mb=1), 1)], ids=["worked long", "grown"]
)
def test_one_that_has_worked_long_or_grown_is_replaced(
    bounds: Bounds, documents: int, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    office = WarmOffice(library(), bounds)
    for _ in range(documents):
        assert office.convert(SMALL, 60)
    assert office.pid is None
    assert f"replaced after {documents} documents" in caplog.text


def test_it_tells_its_memory(office: WarmOffice) -> None:
    started(office)
    assert office._running is not None
    assert 50 < office._running.resident_mb() < 800


def test_nothing_is_left_when_it_rests(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    before = children()
    office = WarmOffice(library())
    process = started(office)
    assert list(tmp_path.iterdir()) != []
    office.rest()
    assert list(tmp_path.iterdir()) == []
    assert is_gone(process)
    assert children() == before
    office.rest()


def test_a_library_that_is_not_libreoffice_cannot_stay_warm(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    broken = tmp_path / "libmergedlo.so"
    broken.write_bytes(b"no library")
    with pytest.raises(CannotStayWarm, match=r"libmergedlo\.so"):
        WarmOffice(broken).convert(SMALL, 60)
    assert list(tmp_path.iterdir()) == [broken]


def test_one_that_is_not_ready_in_time_cannot_stay_warm() -> None:
    with pytest.raises(CannotStayWarm, match=r"not ready in 0\.01 seconds"):
        RunningOffice(library(), start_s=0.01)


def test_the_process_has_no_network_and_no_secrets(office: WarmOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    office.rest()
    monkeypatch.setenv("PARAGRAF_SECRET_KEY", "hemligt")
    process = Path(f"/proc/{started(office)}")
    assert b"hemligt" not in (process / "environ").read_bytes()
    assert "NoNewPrivs:\t1" in (process / "status").read_text()
    if os.readlink(process / "ns/net") == os.readlink("/proc/self/ns/net"):
        pytest.skip("this machine gives no process a network of its own")
    interfaces = [line.split(":")[0].strip() for line in (process / "net/dev").read_text().splitlines()[2:]]
    assert interfaces == ["lo"]
