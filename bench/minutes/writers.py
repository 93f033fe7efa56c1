"""Writers who save at once, each over the version that its own last save made, from a process of their own."""

from __future__ import annotations

import http.client
import json
import re
import sys
import time
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from typing import Any
from urllib.parse import urlsplit

from bench.harness import Reading
from bench.load import p99


@dataclass(frozen=True)
class Writing:
    """What to save where: one address and one first version for each writer."""

    addresses: list[str]
    #: A page with the token against forged forms; "" where none is asked for.
    page: str
    headers: Mapping[str, str]
    bases: list[int]
    saves: int


def words(base: int) -> dict[str, Any]:
    """What the desk's script sends: a § of ordinary length, told apart by its version."""
    return {
        "base_version": base,
        "label": "626",
        "heading": "Ärende",
        "background": "Kansliet har berett ärendet. " * 20 + f"Version {base + 1}",
        "clauses": [{"verb": "approve", "text": "förslaget"}],
    }


def token_in(page: str) -> str:
    """The token against forged forms."""
    found = re.search(r'name="csrf_token" value="([^"]+)"', page)
    return found[1] if found else ""


def write(writing: Writing) -> Reading:
    """Let all write; the value is the latency that 99 of 100 saves stay within."""
    headers = {"Content-Type": "application/json", "Accept": "application/json", **writing.headers}
    if writing.page:
        headers |= _token(writing.page, writing.headers)
    with ThreadPoolExecutor(len(writing.addresses)) as pool:
        jobs = [
            pool.submit(_writer, address, base, writing.saves, headers)
            for address, base in zip(writing.addresses, writing.bases, strict=True)
        ]
    latencies = [latency for job in jobs for latency in job.result()[0]]
    errors = sum(job.result()[1] for job in jobs)
    return Reading(p99(latencies), p99=p99(latencies), errors=errors)


def _token(page: str, headers: Mapping[str, str]) -> dict[str, str]:
    """The token of a page, and the cookie that goes with it."""
    where = urlsplit(page)
    connection = http.client.HTTPConnection(where.netloc)
    connection.request("GET", where.path, headers=dict(headers))
    answer = connection.getresponse()
    given = answer.headers.get("Set-Cookie", "").partition(";")[0]
    return {"X-CSRFToken": token_in(answer.read().decode()), "Cookie": given or headers["Cookie"]}


def _writer(address: str, base: int, saves: int, headers: Mapping[str, str]) -> tuple[list[float], int]:
    where = urlsplit(address)
    connection = http.client.HTTPConnection(where.netloc)
    latencies, errors = [], 0
    for version in range(base, base + saves):
        began = time.perf_counter()
        connection.request("POST", where.path, body=json.dumps(words(version)), headers=dict(headers))
        answer = connection.getresponse()
        told = json.loads(answer.read())
        latencies.append(time.perf_counter() - began)
        errors += answer.status != 200 or told.get("version") != version + 1
    return latencies, errors


if __name__ == "__main__":
    print(json.dumps(asdict(write(Writing(**json.load(sys.stdin))))))
