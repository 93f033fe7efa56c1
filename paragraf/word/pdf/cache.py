"""Made PDFs on disk, found by what they were made from. Several processes may share the folder."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

logger = logging.getLogger(__name__)

_DIGEST = hashlib.sha256().digest_size
_ENDING = ".sha256-pdf"
_UNFINISHED = ".tmp"
_UNFINISHED_SECONDS = 3600
#: When the folder is full, so much of it is kept, so that not every new file has to make room.
_KEPT_SHARE = 0.8


class PdfCache:
    """Each file is the PDF behind its own SHA-256: one that was cut or changed is not used."""

    def __init__(self, folder: Path, *, largest_bytes: int) -> None:
        self._folder = folder
        self._largest = largest_bytes

    def get(self, *made_from: bytes) -> bytes | None:
        """The PDF that was put for the same bytes, or None."""
        place = self._place(made_from)
        try:
            kept = place.read_bytes()
        except OSError:
            return None
        digest, pdf = kept[:_DIGEST], kept[_DIGEST:]
        if hashlib.sha256(pdf).digest() != digest:
            logger.warning("%s is damaged and is made again", place)
            return None
        with contextlib.suppress(OSError):
            # What is asked for stays longest.
            os.utime(place)
        return pdf

    def put(self, pdf: bytes, *made_from: bytes) -> None:
        """Keep the PDF. A disk that is full or closed costs only time: it is logged."""
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._place(made_from), hashlib.sha256(pdf).digest() + pdf)
            self._make_room()
        except OSError as error:
            logger.warning("PDF is not kept in %s: %s", self._folder, error)

    def _place(self, made_from: tuple[bytes, ...]) -> Path:
        digest = hashlib.sha256()
        for part in made_from:
            # With its length before it: "ab" and "c" are not "a" and "bc".
            digest.update(len(part).to_bytes(8, "big") + part)
        return self._folder / (digest.hexdigest() + _ENDING)

    def _write(self, place: Path, kept: bytes) -> None:
        """Others see the whole file or none."""
        handle, name = tempfile.mkstemp(suffix=_UNFINISHED, dir=self._folder)
        try:
            with open(handle, "wb") as file:
                file.write(kept)
            os.replace(name, place)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise

    def _make_room(self) -> None:
        found = sorted(self._files())
        total = sum(size for _, size, _ in found)
        if total <= self._largest:
            return
        for _, size, path in found:
            if total <= self._largest * _KEPT_SHARE:
                break
            path.unlink(missing_ok=True)
            total -= size

    def _files(self) -> Iterator[tuple[float, int, Path]]:
        """When each was last asked for, its size and place. What a killed process left half written is taken away."""
        for path in self._folder.iterdir():
            # Another process may have taken it away.
            with contextlib.suppress(FileNotFoundError):
                status = path.stat()
                if path.suffix == _UNFINISHED and time.time() - status.st_mtime > _UNFINISHED_SECONDS:
                    path.unlink()
                elif path.suffix == _ENDING:
                    yield status.st_mtime, status.st_size, path
