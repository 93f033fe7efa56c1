"""LibreOffice started for one document and ended after it: slower, but needs nothing but its program."""

from __future__ import annotations

import os
import signal
import subprocess
from pathlib import Path

from paragraf.word.pdf.office import export, profile
from paragraf.word.pdf.office.faults import not_in_time, not_made
from paragraf.word.pdf.office.folder import OwnFolder


class OneShotOffice:
    """Starts LibreOffice anew for each document."""

    def __init__(self, program: Path) -> None:
        self._program = program

    def convert(self, content: bytes, timeout_s: float) -> bytes:
        """A Word file as PDF; raises ConversionFailed."""
        with OwnFolder() as folder:
            (folder / "document.docx").write_bytes(content)
            profile.write(folder / "profile")
            said = _run(self._command(folder), folder, timeout_s)
            try:
                return (folder / "document.pdf").read_bytes()
            except FileNotFoundError:
                raise not_made(said) from None

    def _command(self, folder: Path) -> list[str]:
        quiet = ["--headless", "--norestore", "--nolockcheck", "--nodefault", "--nofirststartwizard"]
        wanted = ["--convert-to", f"pdf:writer_pdf_Export:{export.OPTIONS}", "--outdir", str(folder)]
        place = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
        return [str(self._program), *quiet, place, *wanted, str(folder / "document.docx")]

    def rest(self) -> None:
        """Nothing goes on between documents."""


def _run(command: list[str], folder: Path, timeout_s: float) -> str:
    """What the program said. Its whole process group is ended when the time is out: soffice leaves a child behind."""
    process = subprocess.Popen(  # noqa: S603 - a fixed command on a file of our own
        command,
        cwd=folder,
        env=export.environment(folder),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,
    )
    try:
        said, _ = process.communicate(timeout=timeout_s)
    except subprocess.TimeoutExpired as error:
        raise not_in_time(timeout_s) from error
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    return said.decode(errors="replace")
