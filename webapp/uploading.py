"""Files on their way in: of one that is too large only so much is kept as shows that it is, and the rest runs past.

A page with fields and a file is one request. Were it cut off at the file, all that was typed would be gone with it; so
such pages read on to the end, and their operations refuse the file by its size.
"""

from __future__ import annotations

from io import BytesIO
from typing import IO, Any

from flask import Request, current_app

#: What is not even read to the end, on pages that read on.
LARGEST_REQUEST = 1_000_000_000


class Kept(BytesIO):
    """A file that keeps its first ``most`` bytes and lets go of what is written after them."""

    def __init__(self, most: int) -> None:
        super().__init__()
        self._left = most

    def write(self, data: Any) -> int:
        kept = bytes(data[: self._left])
        self._left -= len(kept)
        super().write(kept)
        return len(data)


class UploadRequest(Request):
    """A request whose files are kept as far as the largest one that is accepted, and a byte more."""

    def _get_file_stream(self, *_told: Any, **_more: Any) -> IO[bytes]:
        settings = current_app.extensions["paragraf"].settings
        return Kept(settings.upload_mb * 1_000_000 + 1)

    def read_on(self) -> None:
        """Read the fields also where a file beside them is too large. Before anything of the body is read."""
        self.max_content_length = LARGEST_REQUEST
