"""Files as answers: to download, or to show in the page."""

from __future__ import annotations

from io import BytesIO

from flask import send_file
from werkzeug.wrappers import Response

from paragraf.register.uploads import WORD


def send_word(content: bytes, filename: str) -> Response:
    """A Word file that was made for this answer alone, as a download."""
    return send_bytes(content, WORD, filename)


def send_bytes(content: bytes, media_type: str, filename: str, *, inline: bool = False) -> Response:
    """A file to download, or to show in the page."""
    answer = send_file(
        BytesIO(content), mimetype=media_type, as_attachment=not inline, download_name=filename, etag=False
    )
    answer.headers["Cache-Control"] = "private, no-store"
    return answer
