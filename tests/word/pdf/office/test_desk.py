"""The line before LibreOffice; a double stands behind the desk where only the line is looked at."""

from __future__ import annotations

import logging
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from paragraf.word.pdf.office import desk as desks
from paragraf.word.pdf.office.desk import Desk, desk_of
from paragraf.word.pdf.office.faults import CannotStayWarm, ConversionFailed, OfficeMissing, not_made
from paragraf.word.pdf.office.kit import find_office
from paragraf.word.pdf.office.oneshot import OneShotOffice
from paragraf.word.pdf.office.warm import WarmOffice
from tests.word import files
from tests.word.pdf.office.processes import until

NOWHERE = Path("/nowhere/soffice")


class Double:
    """Notes whom it served, whether two came at once, and how often it went to rest."""

    def __init__(self, pause_s: float = 0) -> None:
        self.served: list[bytes] = []
        self.rests = 0
        self.collided = False
        self._pause_s = pause_s
        self._busy = threading.Lock()

    def convert(self, content: bytes, timeout_s: float) -> bytes:
        if not self._busy.acquire(blocking=False):
            self.collided = True
            raise AssertionError("two at once")
        try:
            time.sleep(self._pause_s)
            self.served.append(content)
            if content == b"bad":
                raise not_made("dåligt")
            return b"%PDF " + content
        finally:
            self._busy.release()

    def rest(self) -> None:
        self.rests += 1


def desk_with(double: Double, idle_s: float = 60) -> Desk:
    desk = Desk(NOWHERE, idle_s=idle_s)
    desk.office = double
    return desk


def test_callers_are_served_one_at_a_time_in_the_order_they_came() -> None:
    double = Double(pause_s=0.05)
    desk = desk_with(double)
    contents = [b"%d" % number for number in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = []
        for content in contents:
            answers.append(pool.submit(desk.convert, content, 1))
            time.sleep(0.01)
    assert double.served == contents
    assert [answer.result() for answer in answers] == [b"%PDF " + content for content in contents]
    assert not double.collided
    desk.close()


def test_one_that_fails_hears_of_it_and_the_next_is_served() -> None:
    desk = desk_with(Double())
    with pytest.raises(ConversionFailed, match="dåligt"):
        desk.convert(b"bad", 1)
    assert desk.convert(b"good", 1) == b"%PDF good"
    desk.close()


def test_libreoffice_rests_when_nobody_comes_and_serves_again() -> None:
    double = Double()
    desk = desk_with(double, idle_s=0.05)
    before = threading.active_count()
    desk.convert(b"a", 1)
    assert until(lambda: double.rests == 1 and threading.active_count() == before)
    assert desk.convert(b"b", 1) == b"%PDF b"
    assert until(lambda: double.rests == 2)


def test_nobody_is_forgotten_who_comes_as_it_goes_to_rest() -> None:
    desk = desk_with(Double(), idle_s=0.001)

    def come_and_go(name: int) -> list[bytes]:
        made = []
        for number in range(50):
            time.sleep(0.001 * (number % 3))
            made.append(desk.convert(b"%d-%d" % (name, number), 1))
        return made

    with ThreadPoolExecutor(3) as pool:
        answers = [pool.submit(come_and_go, name) for name in range(3)]
        assert [len(answer.result(timeout=20)) for answer in answers] == [50, 50, 50]


def test_closing_waits_for_what_was_asked_for() -> None:
    double = Double(pause_s=0.5)
    desk = desk_with(double)
    with ThreadPoolExecutor(2) as pool:
        answers = [pool.submit(desk.convert, b"a", 5)]
        assert until(double._busy.locked)
        answers.append(pool.submit(desk.convert, b"b", 5))
        assert until(lambda: not desk._line.empty())
        desk.close()
        assert [answer.result() for answer in answers] == [b"%PDF a", b"%PDF b"]
    assert double.rests == 1
    desk.close()
    assert double.rests == 1


def test_without_its_library_libreoffice_is_started_for_each_document(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    assert isinstance(Desk(tmp_path / "soffice").office, OneShotOffice)
    assert "started anew for each document" in caplog.text


def test_with_its_library_it_is_kept_warm(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    (tmp_path / "libmergedlo.so").touch()
    assert isinstance(Desk(tmp_path / "soffice").office, WarmOffice)
    assert "kept warm" in caplog.text


def test_one_that_cannot_stay_warm_serves_the_slower_way(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    class Cold(Double):
        def convert(self, content: bytes, timeout_s: float) -> bytes:
            raise CannotStayWarm("no such function")

    program = tmp_path / "soffice"
    program.write_text("#!/bin/sh\nprintf '%%PDF slow' > document.pdf\n")
    program.chmod(0o755)
    desk = Desk(program)
    desk.office = Cold()
    assert desk.convert(b"a", 10) == desk.convert(b"b", 10) == b"%PDF slow"
    assert caplog.text.count("cannot be kept warm (no such function)") == 1
    desk.close()


def test_without_libreoffice_there_is_no_desk() -> None:
    with pytest.raises(OfficeMissing, match="apt-get install libreoffice-writer-nogui"):
        desk_of(None)


@pytest.mark.filterwarnings("ignore:.*multi-threaded:DeprecationWarning")
def test_a_process_has_one_desk_for_one_libreoffice_and_a_forked_one_its_own(tmp_path: Path) -> None:
    program = tmp_path / "soffice"
    first = desk_of(program)
    assert desk_of(program) is first
    child = os.fork()
    if child == 0:
        os._exit(int(desk_of(program) is first))
    assert os.waitpid(child, 0)[1] == 0
    del desks._desks[program]


@pytest.mark.office
def test_many_threads_get_each_their_own_document() -> None:
    desk = desk_of(find_office())
    documents = [files.with_paragraphs(f"Nummer {number}") for number in range(6)]
    with ThreadPoolExecutor(6) as pool:
        made = list(pool.map(lambda content: desk.convert(content, 60), documents))
    assert len(set(made)) == 6
