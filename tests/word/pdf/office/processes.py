"""Looking at processes from the outside, and documents that keep LibreOffice busy."""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

from tests.word import files

_PARAGRAPH = b"<w:p><w:r><w:t>" + b"Styrelsen beslutar enligt f\xc3\xb6rslaget. " * 10 + b"</w:t></w:r></w:p>"
_END = b"<w:sectPr"


def long_document(paragraphs: int = 4000) -> bytes:
    """A Word file that takes LibreOffice more than a second (4 000 paragraphs)."""
    source, target = zipfile.ZipFile(io.BytesIO(files.with_paragraphs("Lång"))), io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for part in source.infolist():
            content = source.read(part)
            if part.filename == "word/document.xml":
                content = content.replace(_END, _PARAGRAPH * paragraphs + _END, 1)
            package.writestr(part, content)
    return target.getvalue()


def until(done: Callable[[], bool], within_s: float = 10) -> bool:
    """Whether it became so in time."""
    end = time.monotonic() + within_s
    while time.monotonic() < end:
        if done():
            return True
        time.sleep(0.02)
    return False


def is_gone(process: int) -> bool:
    """Whether it has ended; one that its new parent has not collected yet counts as ended."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True


def children(process: int | None = None) -> set[int]:
    """The children of a process (None: this one), zombies among them."""
    threads = Path(f"/proc/{process or 'self'}/task").iterdir()
    return {int(number) for thread in threads for number in (thread / "children").read_text().split()}
