"""LibreOffice that stays between documents, and is replaced when it hangs, crashes, has worked long or has grown."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from pathlib import Path

from paragraf.word.pdf.office.faults import OfficeDied, OfficeHung, crashed, not_in_time
from paragraf.word.pdf.office.running import RunningOffice

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Bounds:
    """When a LibreOffice that works well is replaced all the same: it never gives back all that it has taken."""

    documents: int = 200
    resident_mb: float = 800


USUAL = Bounds()


class WarmOffice:
    """Makes PDFs one after the other; one thread at a time."""

    def __init__(self, library: Path, bounds: Bounds = USUAL) -> None:
        self._library = library
        self._bounds = bounds
        self._running: RunningOffice | None = None

    @property
    def pid(self) -> int | None:
        """The process that LibreOffice lives in, when it is started."""
        return self._running.pid if self._running else None

    def convert(self, content: bytes, timeout_s: float) -> bytes:
        """A Word file as PDF. Raises ConversionFailed, and CannotStayWarm when LibreOffice cannot be started this way.

        One that ends in the midst is started anew and given the document once more, within the same time.
        """
        until = None
        for _attempt in range(2):
            office = self._ready()
            until = until or time.monotonic() + timeout_s
            try:
                made = office.convert(content, until=until)
            except OfficeDied as died:
                logger.warning("LibreOffice ended while it made a PDF: %s", died)
                self.rest()
            except OfficeHung as hung:
                logger.warning("LibreOffice made no PDF in %g seconds and is started anew", timeout_s)
                self.rest()
                raise not_in_time(timeout_s) from hung
            except BaseException:
                # It may have been left in the middle of something.
                self.rest()
                raise
            else:
                self._look_after(office)
                return made
        raise crashed()

    def _ready(self) -> RunningOffice:
        if self._running and not self._running.is_alive():
            self.rest()
        if self._running is None:
            self._running = RunningOffice(self._library)
        return self._running

    def _look_after(self, office: RunningOffice) -> None:
        resident = office.resident_mb()
        if office.documents >= self._bounds.documents or resident > self._bounds.resident_mb:
            logger.info("LibreOffice is replaced after %d documents, holding %.0f MiB", office.documents, resident)
            self.rest()

    def rest(self) -> None:
        """End the process, if there is one; the next document starts another."""
        if self._running:
            self._running.end()
            self._running = None
