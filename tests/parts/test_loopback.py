import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.parts import loopback

# 192.0.2.0/24 and .invalid are set aside for examples; nothing answers there even where the guard fails.
ATTEMPTS: dict[str, Callable[[socket.socket], object]] = {
    "connect": lambda sock: sock.connect(("192.0.2.1", 9)),
    "connect_ex": lambda sock: sock.connect_ex(("192.0.2.1", 9)),
    "sendto": lambda sock: sock.sendto(b"x", ("192.0.2.1", 9)),
    "listening to everybody": lambda sock: sock.bind(("0.0.0.0", 0)),
    "looking up a name": lambda sock: socket.getaddrinfo("paragraf.invalid", 80),
}


@pytest.mark.parametrize("attempt", ATTEMPTS)
def test_stops_and_remembers(attempt: str) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(loopback.BeyondLoopbackError):
        ATTEMPTS[attempt](sock)
    assert len(loopback.attempts) == 1
    loopback.attempts.clear()


def test_lets_this_machine_be_reached(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()
    with socket.socket(socket.AF_UNIX) as sock:
        sock.bind(str(tmp_path / "s"))
    assert loopback.attempts == []


@pytest.mark.parametrize("host", ["127.0.0.1", "127.8.8.8", "::1", "localhost", b"localhost", "app.localhost"])
def test_knows_loopback(host: object) -> None:
    assert loopback.is_loopback(host)


@pytest.mark.parametrize("host", ["10.0.0.1", "0.0.0.0", "", "example.com", "localhost.example.com", "fe80::1%eth0"])
def test_knows_the_rest(host: object) -> None:
    assert not loopback.is_loopback(host)


def test_a_test_that_swallows_the_refusal_fails_all_the_same(tmp_path: Path) -> None:
    lines = [
        "import socket",
        "def test_it():",
        "    try: socket.getaddrinfo('paragraf.invalid', 80)",
        "    except Exception: pass",
    ]
    (tmp_path / "test_naughty.py").write_text("\n".join(lines))
    command = [sys.executable, "-m", "pytest", "-p", "tests.parts.loopback", "--rootdir", str(tmp_path), str(tmp_path)]
    ended = subprocess.run(command, capture_output=True, text=True)
    assert ended.returncode == 1
    assert "tried to reach beyond this machine: socket.getaddrinfo 'paragraf.invalid'" in ended.stdout
