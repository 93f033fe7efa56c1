"""Where callers from all threads stand in line for the one LibreOffice of this process."""

from __future__ import annotations

import logging
import os
import threading
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Protocol

from paragraf.word.pdf.office import kit
from paragraf.word.pdf.office.faults import CannotStayWarm, missing
from paragraf.word.pdf.office.oneshot import OneShotOffice
from paragraf.word.pdf.office.warm import USUAL, Bounds, WarmOffice

logger = logging.getLogger(__name__)

#: A LibreOffice that nobody has asked for in so long gives its memory back.
IDLE_SECONDS = 600.0


class Office(Protocol):
    """A way to make PDF of Word."""

    def convert(self, content: bytes, timeout_s: float) -> bytes: ...

    def rest(self) -> None: ...


@dataclass
class _Wish:
    content: bytes
    timeout_s: float
    made: Future[bytes] = field(default_factory=Future)


class Desk:
    """Serves one at a time, in the order they came, from a thread that is there only while there is something to do."""

    def __init__(self, program: Path, *, bounds: Bounds = USUAL, idle_s: float = IDLE_SECONDS) -> None:
        self._program = program
        self._idle_s = idle_s
        library = kit.find_library(program)
        self.office: Office = WarmOffice(library, bounds) if library else OneShotOffice(program)
        self._line: SimpleQueue[_Wish | None] = SimpleQueue()
        self._door = threading.Lock()
        self._served_by: threading.Thread | None = None
        way = "kept warm" if library else "started anew for each document, which is slower"
        logger.info("PDF: %s is %s", program, way)

    def convert(self, content: bytes, timeout_s: float) -> bytes:
        """Wait for one's turn, and for the PDF. Raises ConversionFailed."""
        wish = _Wish(content, timeout_s)
        with self._door:
            self._line.put(wish)
            if self._served_by is None:
                self._served_by = threading.Thread(target=self._serve, name="office", daemon=True)
                self._served_by.start()
        return wish.made.result()

    def close(self) -> None:
        """End LibreOffice when what was asked for is done; a later ``convert`` starts it again."""
        with self._door:
            served_by = self._served_by
            if served_by:
                self._line.put(None)
        if served_by:
            served_by.join()

    def _serve(self) -> None:
        while (wish := self._next()) is not None:
            try:
                wish.made.set_result(self._made(wish))
            except BaseException as error:
                wish.made.set_exception(error)

    def _next(self) -> _Wish | None:
        """The next in line; None when there will be none for this thread, and LibreOffice has gone to rest."""
        try:
            wish = self._line.get(timeout=self._idle_s)
        except Empty:
            wish = None
        if wish is not None:
            return wish
        with self._door:
            self.office.rest()
            # Whoever came after the time was out is served by this thread still.
            while not self._line.empty() and wish is None:
                wish = self._line.get()
            if wish is None:
                self._served_by = None
            return wish

    def _made(self, wish: _Wish) -> bytes:
        try:
            return self.office.convert(wish.content, wish.timeout_s)
        except CannotStayWarm as reason:
            logger.warning("PDF: LibreOffice cannot be kept warm (%s): it is started anew for each document", reason)
            self.office = OneShotOffice(self._program)
            return self.office.convert(wish.content, wish.timeout_s)


_desks: dict[Path, Desk] = {}
_desks_lock = threading.Lock()


def desk_of(program: Path | None) -> Desk:
    """The desk of this process for the LibreOffice at ``program``; raises OfficeMissing for None."""
    if program is None:
        raise missing()
    with _desks_lock:
        if program not in _desks:
            _desks[program] = Desk(program)
        return _desks[program]


def close_all() -> None:
    """End every LibreOffice of this process when what was asked of it is done."""
    with _desks_lock:
        open_ones = list(_desks.values())
    for desk in open_ones:
        desk.close()


def _forget() -> None:
    """A forked process has no part in its parent's LibreOffice, nor in the thread that serves it."""
    global _desks, _desks_lock
    _desks, _desks_lock = {}, threading.Lock()


os.register_at_fork(after_in_child=_forget)
