"""No test talks to anything but this machine: what tries is stopped, and its test fails.

The interpreter's own audit events are used, so libraries that keep a copy of ``socket.socket`` are seen too, and a
test fails even when the code under test swallows the exception. Child processes are not seen; the browser has a
guard of its own in ``tests/parts/browser.py``.
"""

from __future__ import annotations

import ipaddress
import socket
import sys
from collections.abc import Generator
from typing import Any

import pytest

attempts: list[str] = []
"""What was stopped since the last look; emptied after each phase of a test."""

_INTERNET = (socket.AF_INET, socket.AF_INET6)


class BeyondLoopbackError(RuntimeError):
    """Raised in the code that tried to reach another machine, or to listen to one."""


def is_loopback(host: object) -> bool:
    """Whether ``host`` (a name or an address, text or bytes) can only mean this machine."""
    name = host.decode() if isinstance(host, bytes) else str(host)
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guard(event: str, args: tuple[Any, ...]) -> None:
    if not event.startswith("socket."):
        return
    if event in ("socket.connect", "socket.bind", "socket.sendto", "socket.sendmsg"):
        sock, address = args[0], args[1]
        allowed = address is None or sock.family not in _INTERNET or is_loopback(address[0])
    elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
        # A mail client greets with the machine's own name, which it looks up; that asks nobody else.
        address = args[0]
        allowed = not address or is_loopback(address) or address == socket.gethostname()
    else:
        return
    if not allowed:
        attempts.append(f"{event} {address!r}")
        raise BeyondLoopbackError(attempts[-1])


# An audit hook can never be taken away again, so it is set once, for the life of the process.
sys.addaudithook(_guard)


def _report() -> None:
    if attempts:
        told = "; ".join(attempts)
        attempts.clear()
        pytest.fail(f"the test tried to reach beyond this machine: {told}", pytrace=False)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup(item: pytest.Item) -> Generator[None]:
    """Fail the test whose fixtures reached out."""
    yield
    _report()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call(item: pytest.Item) -> Generator[None]:
    """Fail the test that reached out."""
    yield
    _report()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown(item: pytest.Item) -> Generator[None]:
    """Fail the test whose threads or fixtures reached out at the end."""
    yield
    _report()
