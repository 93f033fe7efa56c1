"""The process that LibreOffice lives in. Run as a program: ``python -I worker.py LIBRARY FOLDER OPTIONS``.

Loads LibreOffice as a library (LibreOfficeKit, a C interface that only grows) and then reads one line of JSON for each
document on standard input, ``{"source": PATH, "target": PATH}``, and answers each with one on standard output,
``{"made": bool, "said": TEXT}``. The first answer comes unasked, when LibreOffice is ready. Needs nothing but Python's
own library and imports nothing of Paragraf, so that it is small and starts quickly.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import resource
import select
import sys
import threading
from pathlib import Path
from typing import NoReturn

# Places in the tables of functions of LibreOfficeKit.h, the same since LibreOffice 5.
_DESTROY, _SAVE_AS = 1, 2
_GET_ERROR, _LOAD_WITH_OPTIONS = 3, 4
# No questions to a user who is not there.
_LOAD_OPTIONS = b"Batch=true"

#: A document may not make LibreOffice take more of the machine than this, in bytes. Idle it has 0.5 GiB of addresses.
_LARGEST_MEMORY = 3 << 30
_LARGEST_FILE = 1 << 30

_NEW_USER, _NEW_NETWORK = 0x10000000, 0x40000000
_NO_NEW_PRIVILEGES = 38
#: How often to look whether the owner lives, in milliseconds, should its pipe be held open by somebody else.
_LOOK_MS = 5000


class Kit:
    """LibreOffice, loaded into this process."""

    def __init__(self, library: Path, profile: str) -> None:
        start = ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL).libreofficekit_hook_2
        start.restype, start.argtypes = ctypes.c_void_p, [ctypes.c_char_p, ctypes.c_char_p]
        self._office = start(os.fsencode(library.parent), profile.encode())
        if not self._office:
            raise OSError("LibreOfficeKit did not start")

    def convert(self, source: Path, target: Path, options: str) -> str | None:
        """Make the PDF; None, or what LibreOffice said instead."""
        load = _function(self._office, _LOAD_WITH_OPTIONS, ctypes.c_void_p, ctypes.c_char_p, ctypes.c_char_p)
        document = load(self._office, source.as_uri().encode(), _LOAD_OPTIONS)
        if not document:
            return self._error()
        try:
            texts = (ctypes.c_char_p,) * 3
            save = _function(document, _SAVE_AS, ctypes.c_int, *texts)
            made = save(document, target.as_uri().encode(), b"pdf", options.encode())
            return None if made else self._error()
        finally:
            _function(document, _DESTROY, None)(document)

    def _error(self) -> str:
        told = _function(self._office, _GET_ERROR, ctypes.c_void_p)(self._office)
        return ctypes.string_at(told).decode(errors="replace") if told else ""


def _function(thing: int, place: int, result: type | None, *arguments: type) -> ctypes._CFunctionType:
    """A function of LibreOfficeKit's: each thing begins with a pointer to its table of functions."""
    table = ctypes.cast(thing, ctypes.POINTER(ctypes.c_void_p))[0]
    address = ctypes.cast(table, ctypes.POINTER(ctypes.c_void_p))[place]
    return ctypes.CFUNCTYPE(result, ctypes.c_void_p, *arguments)(address)


def _confine() -> None:
    """Give up what no document needs, as far as the system lets us: network, privileges, all memory."""
    system = ctypes.CDLL(None)
    system.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    user, group = os.getuid(), os.getgid()
    if system.unshare(_NEW_NETWORK) != 0 and system.unshare(_NEW_USER | _NEW_NETWORK) == 0:
        _stay(user, group)
    for limit, most in ((resource.RLIMIT_AS, _LARGEST_MEMORY), (resource.RLIMIT_FSIZE, _LARGEST_FILE)):
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(limit, (most, most))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _stay(user: int, group: int) -> None:
    """In a namespace of its own a process is nobody until it is told that it is who it was."""
    with contextlib.suppress(OSError):
        Path("/proc/self/uid_map").write_text(f"{user} {user} 1")
        Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/gid_map").write_text(f"{group} {group} 1")


def _leave_with(owner: int, folder: Path) -> None:
    """Wait until the owner has closed its end or is gone, then end, also in the midst of a document."""
    watch = select.poll()
    watch.register(0, 0)
    while not watch.poll(_LOOK_MS) and os.getppid() == owner:
        pass
    _leave(folder)


def _leave(folder: Path) -> NoReturn:
    # By another process, when this one has ended: LibreOffice may be at work, and falls over when its files go.
    os.posix_spawn("/bin/sh", ["sh", "-c", 'sleep 0.2; exec rm -rf -- "$0"', str(folder)], os.environ)
    os._exit(0)


def _answers_only() -> int:
    """A way out for answers alone: whatever LibreOffice prints goes where errors go."""
    out = os.dup(1)
    os.dup2(2, 1)
    return out


def main(library: Path, folder: Path, options: str) -> None:
    out = _answers_only()

    def answer(made: bool, said: str) -> None:
        os.write(out, json.dumps({"made": made, "said": said}).encode() + b"\n")

    _confine()
    threading.Thread(target=_leave_with, args=(os.getppid(), folder), daemon=True).start()
    try:
        kit = Kit(library, (folder / "profile").as_uri())
    except (OSError, AttributeError) as error:
        answer(False, str(error))
        _leave(folder)
    answer(True, "")
    for line in sys.stdin:
        asked = json.loads(line)
        said = kit.convert(Path(asked["source"]), Path(asked["target"]), options)
        answer(said is None, said or "")
    _leave(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
