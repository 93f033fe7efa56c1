"""One LibreOffice in a process of its own, with a folder of its own, from its start to its end."""

from __future__ import annotations

import contextlib
import json
import os
import re
import select
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from paragraf.word.pdf.office import export, profile
from paragraf.word.pdf.office.faults import CannotStayWarm, OfficeDied, OfficeHung, not_made
from paragraf.word.pdf.office.folder import OwnFolder

START_SECONDS = 60.0
_WORKER = Path(__file__).with_name("worker.py")
_RESIDENT = re.compile(r"VmRSS:\s+(\d+) kB")


class RunningOffice:
    """A started LibreOffice. Whoever makes one must ``end`` it; if that is not to be, it ends with its owner."""

    def __init__(self, library: Path, *, start_s: float = START_SECONDS) -> None:
        """Raises CannotStayWarm when LibreOffice cannot be loaded or is not ready in ``start_s`` seconds."""
        self.documents = 0
        self._own = OwnFolder()
        self._folder = self._own.path
        self._heard = b""
        try:
            self._process = self._start(library)
        except BaseException:
            self._own.remove()
            raise
        try:
            self._greet(start_s)
        except BaseException:
            self.end()
            raise

    def _start(self, library: Path) -> subprocess.Popen[bytes]:
        profile.write(self._folder / "profile")
        with (self._folder / "said").open("wb") as said:
            return subprocess.Popen(  # noqa: S603 - a program of our own
                [sys.executable, "-I", "-S", str(_WORKER), str(library), str(self._folder), export.OPTIONS],
                cwd=self._folder,
                env=export.environment(self._folder),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=said,
                start_new_session=True,
            )

    def _greet(self, start_s: float) -> None:
        try:
            answer = self._hear(time.monotonic() + start_s)
        except OfficeHung as error:
            raise CannotStayWarm(f"not ready in {start_s:g} seconds") from error
        except OfficeDied as error:
            raise CannotStayWarm(f"ended at once: {error}") from error
        if not answer["made"]:
            raise CannotStayWarm(answer["said"])

    @property
    def pid(self) -> int:
        return self._process.pid

    def is_alive(self) -> bool:
        return self._process.poll() is None

    def resident_mb(self) -> float:
        """How much memory it holds now, in MiB; 0 where the system does not tell."""
        try:
            told = _RESIDENT.search(Path(f"/proc/{self.pid}/status").read_text())
        except OSError:
            return 0
        return int(told[1]) / 1024 if told else 0

    def convert(self, content: bytes, *, until: float) -> bytes:
        """A Word file as PDF, by the monotonic moment ``until``.

        Raises ConversionFailed when LibreOffice cannot read the file, OfficeHung or OfficeDied when it is to be ended.
        """
        self.documents += 1
        source, target = self._folder / "document.docx", self._folder / "document.pdf"
        try:
            source.write_bytes(content)
            self._ask({"source": str(source), "target": str(target)})
            answer = self._hear(until)
            if not answer["made"]:
                raise not_made(answer["said"])
            made = target.read_bytes()
            target.unlink()
            source.unlink()
        except OSError as error:
            # Its pipe is closed, or something has taken its folder away.
            raise OfficeDied(f"{error} {self._last_words()}") from error
        return made

    def _ask(self, question: dict[str, str]) -> None:
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps(question).encode() + b"\n")
        self._process.stdin.flush()

    def _hear(self, until: float) -> dict[str, Any]:
        assert self._process.stdout is not None
        place = self._process.stdout.fileno()
        watch = select.poll()
        watch.register(place, select.POLLIN)
        while b"\n" not in self._heard:
            if not watch.poll(max(0.0, until - time.monotonic()) * 1000):
                raise OfficeHung
            piece = os.read(place, 65536)
            if not piece:
                raise OfficeDied(self._last_words())
            self._heard += piece
        line, _, self._heard = self._heard.partition(b"\n")
        answer: dict[str, Any] = json.loads(line)
        return answer

    def _last_words(self) -> str:
        try:
            return (self._folder / "said").read_text(errors="replace").strip()[-1000:]
        except OSError:
            return ""

    def end(self) -> None:
        """Kill it with all its children and take away its folder. May be called again."""
        if self._process.returncode is None:
            # Not collected yet, so the number is still its own.
            os.killpg(self._process.pid, signal.SIGKILL)
            self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            assert pipe is not None
            with contextlib.suppress(OSError):
                pipe.close()
        self._own.remove()
