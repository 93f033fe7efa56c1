"""Word to PDF by LibreOffice: tagged, for the archive (PDF/A-2b), and never made twice of the same file."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

from paragraf.core.settings import Settings
from paragraf.word.pdf.cache import PdfCache
from paragraf.word.pdf.office import export, kit, settling
from paragraf.word.pdf.office.desk import close_all, desk_of
from paragraf.word.pdf.office.faults import ConversionFailed, OfficeMissing, missing, no_word_file
from paragraf.word.pdf.office.kit import find_office
from paragraf.word.pdf.titles import titled

__all__ = [
    "ConversionFailed",
    "OfficeMissing",
    "PdfMaker",
    "close_office",
    "convert_to_pdf",
    "find_office",
    "maker_for",
]


def convert_to_pdf(content: bytes, *, timeout_s: float = 120) -> bytes:
    """A .docx file as PDF/A-2b with tags, bookmarks, language and title; equal files give equal bytes.

    OfficeMissing without LibreOffice, ConversionFailed when it cannot be made, or not in ``timeout_s`` seconds. Any
    thread may call it and waits for its turn; the time limit counts from its own start.
    """
    desk = desk_of(find_office())
    _must_be_word(content)
    return settling.settled(desk.convert(titled(content), timeout_s), content)


def _must_be_word(content: bytes) -> None:
    """LibreOffice opens anything, whatever its name says: a web page would become a PDF too."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            package.getinfo("[Content_Types].xml")
    except (zipfile.BadZipFile, KeyError) as error:
        raise no_word_file() from error


def close_office() -> None:
    """End this process's LibreOffice when what it was asked for is done. It also ends by itself with the process, and
    starts again when needed."""
    close_all()


class PdfMaker:
    """PDFs of Word files, each remembered on disk."""

    def __init__(self, cache_folder: Path, *, largest_mb: float = 200) -> None:
        """``cache_folder`` is made when needed; its oldest files go when it holds more than ``largest_mb`` MiB."""
        self._cache = PdfCache(cache_folder, largest_bytes=int(largest_mb * 2**20))

    def pdf(self, content: bytes, *, timeout_s: float = 120) -> bytes:
        """As ``convert_to_pdf``, at once when the same file has been made before by the same LibreOffice."""
        program = find_office()
        if program is None:
            raise missing()
        key = (content, export.VERSION.encode(), kit.version_of(program).encode())
        found = self._cache.get(*key)
        if found is None:
            found = convert_to_pdf(content, timeout_s=timeout_s)
            self._cache.put(found, *key)
        return found


def maker_for(settings: Settings) -> PdfMaker:
    """The PdfMaker of this installation: all its processes remember in the same folder."""
    return PdfMaker(settings.data / "pdf")
