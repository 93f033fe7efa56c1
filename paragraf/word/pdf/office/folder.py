"""The folder of one LibreOffice: its settings, its temporary files and the document it works on."""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

_PREFIX = "paragraf-libreoffice-"
_LOCK = "owner"
#: A folder this young may be one that its owner has not locked yet.
_YOUNG_SECONDS = 60


class OwnFolder:
    """A new folder that nobody else may read, until ``remove``. Held by a lock that ends with its owner."""

    def __init__(self) -> None:
        sweep()
        self.path = Path(tempfile.mkdtemp(prefix=_PREFIX))
        self._lock: int | None = os.open(self.path / _LOCK, os.O_CREAT | os.O_RDWR, 0o600)
        fcntl.flock(self._lock, fcntl.LOCK_EX)

    def remove(self) -> None:
        """Take it away with all that is in it. May be called again."""
        shutil.rmtree(self.path, ignore_errors=True)
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def __enter__(self) -> Path:
        return self.path

    def __exit__(self, *_error: object) -> None:
        self.remove()


def sweep() -> None:
    """Take away folders whose owner is gone: a machine that stops, or kills all at once, leaves people's papers."""
    for place in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            status = place.stat()
            if status.st_uid == os.getuid() and time.time() - status.st_mtime > _YOUNG_SECONDS and _is_left(place):
                shutil.rmtree(place, ignore_errors=True)


def _is_left(place: Path) -> bool:
    try:
        lock = os.open(place / _LOCK, os.O_RDWR)
    except FileNotFoundError:
        return True
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    finally:
        os.close(lock)
    return True
