"""LibreOffice does not outlive the process that asked for it, however that one ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.word import files
from tests.word.pdf.office.processes import is_gone, long_document, until

ROOT = Path(__file__).parents[4]
OWNER = """
import sys
from pathlib import Path
from paragraf.word.pdf.office.kit import find_library, find_office
from paragraf.word.pdf.office.warm import WarmOffice
office = WarmOffice(find_library(find_office()))
office.convert(Path(sys.argv[1]).read_bytes(), 60)
print(office.pid, flush=True)
if sys.argv[2] == "working":
    office.convert(Path(sys.argv[3]).read_bytes(), 60)
if sys.argv[2] != "ends":
    sys.stdin.read()
"""


@pytest.mark.office
@pytest.mark.parametrize("what", ["ends", "idle", "working"])
def test_no_process_and_no_file_is_left_behind(tmp_path: Path, what: str) -> None:
    (tmp_path / "small").write_bytes(files.with_paragraphs("a"))
    (tmp_path / "long").write_bytes(long_document(12_000))
    place = tmp_path / "tmp"
    place.mkdir()
    command = [sys.executable, "-c", OWNER, str(tmp_path / "small"), what, str(tmp_path / "long")]
    environment = {**os.environ, "TMPDIR": str(place), "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as owner:
        assert owner.stdout is not None
        process = int(owner.stdout.readline())
        if what == "working":
            assert until(lambda: any(place.glob("*/document.docx")))
        if what != "ends":
            owner.send_signal(signal.SIGKILL)
    assert until(lambda: is_gone(process))
    assert until(lambda: list(place.iterdir()) == [])
