"""``paragraf serve`` as it is run, on a machine without LibreOffice."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MISSING = "LibreOffice is missing: everything but PDF works. Install it: apt-get install libreoffice-writer-nogui"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def first_lines(path: str, data: Path) -> list[str]:
    """What it says until it answers; then it is stopped."""
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PARAGRAF_")}
    environment |= {"PARAGRAF_DATA": str(data), "PARAGRAF_SECRET_KEY": "x", "PARAGRAF_WORKERS": "1", "PATH": path}
    command = [sys.executable, "-c", "from paragraf.cli import main; main()", "serve", "--port", str(free_port())]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as told:
        assert told.stdout is not None
        lines = [told.stdout.readline().decode()]
        told.send_signal(signal.SIGTERM)
        return lines + told.stdout.read().decode().splitlines()


@pytest.mark.parametrize("there", [True, False])
def test_says_in_one_line_that_libreoffice_is_missing(tmp_path: Path, there: bool) -> None:
    if there:
        (tmp_path / "soffice").touch(0o755)
    lines = first_lines(str(tmp_path), tmp_path / "data")
    assert lines[0].startswith("Paragraf answers on port")
    assert [line for line in lines if "LibreOffice" in line] == ([] if there else [MISSING])
