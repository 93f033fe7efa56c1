"""Word to PDF by LibreOffice: one at a time in a process, each with its own profile, ended when its time is out."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
from pathlib import Path

from paragraf.core.errors import RuleBroken

# Tagged, with bookmarks: a screen reader finds headings and table headers in the PDF too.
_EXPORT = {
    "UseTaggedPDF": {"type": "boolean", "value": "true"},
    "ExportBookmarks": {"type": "boolean", "value": "true"},
    "DisplayPDFDocumentTitle": {"type": "boolean", "value": "true"},
}
_FILTER = f"pdf:writer_pdf_Export:{json.dumps(_EXPORT, separators=(',', ':'))}"
_one_at_a_time = threading.Lock()


class OfficeMissing(RuleBroken):
    """LibreOffice is not on this machine; everything but PDF works without it."""


class ConversionFailed(RuleBroken):
    """LibreOffice gave no PDF, or not in time."""


def find_office() -> Path | None:
    """LibreOffice's program on this machine, or None."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    return Path(found) if found else None


def convert_to_pdf(content: bytes, *, timeout_s: float = 120) -> bytes:
    """A .docx file as a tagged PDF. OfficeMissing without LibreOffice, ConversionFailed after ``timeout_s`` seconds.

    Waits for its turn when another thread of this process converts; the time limit counts from its own start.
    """
    office = find_office()
    if office is None:
        raise OfficeMissing(
            "PDF kan inte göras: LibreOffice saknas på servern. Installera det med ”apt-get install "
            "libreoffice-writer-nogui”. Word-dokumentet finns ändå att hämta."
        )
    with _one_at_a_time, tempfile.TemporaryDirectory(prefix="paragraf-pdf-", ignore_cleanup_errors=True) as folder:
        return _convert(office, Path(folder), content, timeout_s)


def _convert(office: Path, folder: Path, content: bytes, timeout_s: float) -> bytes:
    source = folder / "document.docx"
    source.write_bytes(content)
    command = [str(office), "--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
    command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}"]
    command += ["--convert-to", _FILTER, "--outdir", str(folder), str(source)]
    said = _run(command, folder, timeout_s)
    result = folder / "document.pdf"
    if not result.exists():
        raise ConversionFailed(
            "LibreOffice kunde inte göra PDF av dokumentet: %(said)s. Word-dokumentet finns ändå att hämta.",
            said=said.strip()[-300:] or "inget svar",
        )
    return result.read_bytes()


def _run(command: list[str], folder: Path, timeout_s: float) -> str:
    """What the program said. Its whole process group is ended when the time is out: soffice leaves a child behind."""
    environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"}
    process = subprocess.Popen(  # noqa: S603 - a fixed command on a file of our own
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired as error:
        raise ConversionFailed(
            "LibreOffice blev inte klar med PDF-filen på %(seconds)s sekunder. Word-dokumentet finns ändå att hämta.",
            seconds=round(timeout_s),
        ) from error
    finally:
        _end(process)
    return said.decode(errors="replace")


def _end(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()
