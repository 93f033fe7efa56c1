"""Where LibreOffice is, which one it is, and whether it can be loaded as a library (LibreOfficeKit)."""

from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

#: All of LibreOffice in one file (Debian, Ubuntu, Fedora), or its front when it is built in many.
_LIBRARIES = ("libmergedlo.so", "libsofficeapp.so")


def find_office() -> Path | None:
    """LibreOffice's program on this machine, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else None


def find_library(program: Path) -> Path | None:
    """The library that LibreOffice's program loads, beside which all its other files lie; None where it has none."""
    folder = program.resolve().parent
    return next((folder / name for name in _LIBRARIES if (folder / name).is_file()), None)


def version_of(program: Path) -> str:
    """A text that changes when LibreOffice is replaced by another. Read, not asked for: asking takes a second."""
    real = program.resolve()
    told = real.with_name("versionrc")
    try:
        return hashlib.sha256(told.read_bytes()).hexdigest()[:16]
    except OSError:
        status = real.stat()
        return f"{status.st_size}-{status.st_mtime_ns}"
