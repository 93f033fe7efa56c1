"""Load on one page over keep-alive connections, from a process of its own so that it steals no time from the server.

``measure`` is called by benchmarks; ``python -m bench.load`` is what it starts.
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from urllib.parse import urlsplit

from bench.harness import CannotMeasureError, Reading

CONNECTIONS = 32
REQUESTS = 1500
_LIMIT_SECONDS = 120


@dataclass(frozen=True)
class Job:
    """``requests`` GETs of ``url`` (http, a loopback address) shared between ``connections``."""

    url: str
    headers: Mapping[str, str] = field(default_factory=dict)
    connections: int = CONNECTIONS
    requests: int = REQUESTS


def measure(job: Job) -> Reading:
    """Put the load on and return wall seconds a request, p99 latency in seconds, and requests not answered 2xx."""
    command = [sys.executable, "-m", "bench.load"]
    text = json.dumps(asdict(job))
    ended = subprocess.run(command, input=text, capture_output=True, text=True, timeout=_LIMIT_SECONDS)
    if ended.returncode:
        raise CannotMeasureError(f"the load on {job.url} failed: {ended.stderr[-500:]}")
    return Reading(**json.loads(ended.stdout))


def p99(latencies: list[float]) -> float:
    """The latency that 99 of 100 requests stay within (nearest rank)."""
    ordered = sorted(latencies)
    return ordered[-(-len(ordered) * 99 // 100) - 1]


async def put_on(job: Job) -> Reading:
    """Run the whole job in this process."""
    where = urlsplit(job.url)
    if where.hostname is None or not ipaddress.ip_address(where.hostname).is_loopback:
        raise ValueError(f"load is for this machine only, not {job.url}")
    shares = [len(range(number, job.requests, job.connections)) for number in range(job.connections)]
    clients = [_Client(where.hostname, where.port or 80, request_bytes(job)) for _ in shares]
    began = time.perf_counter()
    await asyncio.gather(*(client.ask(share) for client, share in zip(clients, shares, strict=True)))
    wall = time.perf_counter() - began
    latencies = [latency for client in clients for latency in client.latencies]
    return Reading(wall / job.requests, p99=p99(latencies), errors=sum(client.errors for client in clients))


def request_bytes(job: Job) -> bytes:
    """The request as it goes over the wire."""
    where = urlsplit(job.url)
    target = (where.path or "/") + (f"?{where.query}" if where.query else "")
    headers = {"Host": where.netloc, "Accept": "text/html", "Connection": "keep-alive", **job.headers}
    lines = [f"GET {target} HTTP/1.1", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join([*lines, "", ""]).encode("latin-1")


@dataclass
class _Client:
    """One connection, opened again when the server closes it."""

    host: str
    port: int
    request: bytes
    latencies: list[float] = field(default_factory=list)
    errors: int = 0
    _streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def ask(self, times: int) -> None:
        for _ in range(times):
            began = time.perf_counter()
            try:
                good = await self._once()
            except (OSError, asyncio.IncompleteReadError, ValueError):
                good = False
                self._close()
            self.latencies.append(time.perf_counter() - began)
            self.errors += not good
        self._close()

    async def _once(self) -> bool:
        if self._streams is None:
            self._streams = await asyncio.open_connection(self.host, self.port)
        reader, writer = self._streams
        writer.write(self.request)
        await writer.drain()
        status, keep = await read_answer(reader)
        if not keep:
            self._close()
        return 200 <= status < 300

    def _close(self) -> None:
        if self._streams is not None:
            self._streams[1].close()
            self._streams = None


async def read_answer(reader: asyncio.StreamReader) -> tuple[int, bool]:
    """Read one whole HTTP answer; returns its status and whether the connection stays open."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    status = int(head[0].removeprefix("HTTP/1.1 ")[:3])
    headers = {name.lower(): value.strip().lower() for name, _, value in (line.partition(":") for line in head[1:])}
    keep = headers.get("connection") != "close"
    if headers.get("transfer-encoding") == "chunked":
        await _read_chunks(reader)
    elif "content-length" in headers:
        await reader.readexactly(int(headers["content-length"]))
    elif status not in (204, 304):
        await reader.read()
        keep = False
    return status, keep


async def _read_chunks(reader: asyncio.StreamReader) -> None:
    size = -1
    while size:
        size = int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16)
        await reader.readexactly(size + 2)


if __name__ == "__main__":
    print(json.dumps(asdict(asyncio.run(put_on(Job(**json.load(sys.stdin)))))))
