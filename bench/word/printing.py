"""Minutes to PDF: by the LibreOffice that is kept warm, from the cache, and by a LibreOffice started for them."""

from __future__ import annotations

import functools
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench.demo import folder
from bench.harness import CannotMeasureError, Reading
from bench.word import engines, paper
from paragraf.word.pdf.making import PdfMaker, convert_to_pdf, find_office


@functools.cache
def word() -> bytes:
    """Minutes with 11 §§."""
    return engines.ours(paper.data(11))


def ready() -> None:
    """LibreOffice warm and the cache filled; CannotMeasureError without LibreOffice."""
    if find_office() is None:
        raise CannotMeasureError("LibreOffice is not there")
    _maker().pdf(word())


def warm() -> Reading:
    """Seconds in the LibreOffice that is there already."""
    return _timed(lambda: convert_to_pdf(word()))


def cached() -> Reading:
    """Seconds when the same file was asked for before."""
    return _timed(lambda: _maker().pdf(word()))


def cold() -> Reading:
    """Seconds of ``soffice --convert-to pdf``. Its profile is there already: kinder than a new one each time."""
    source = folder() / "minutes.docx"
    source.write_bytes(word())
    command = [str(find_office()), "--headless", f"-env:UserInstallation={(folder() / 'office').as_uri()}"]
    command += ["--convert-to", "pdf", "--outdir", str(folder()), str(source)]
    return _timed(lambda: subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True))


@functools.cache
def _maker() -> PdfMaker:
    return PdfMaker(Path(tempfile.mkdtemp(dir=folder())))


def _timed(call: Callable[[], object]) -> Reading:
    began = time.perf_counter()
    call()
    return Reading(time.perf_counter() - began)
