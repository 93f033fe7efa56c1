import asyncio

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import load
from bench.harness import CannotMeasureError, Reading
from bench.load import Job

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhej"
CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhej\r\n0\r\n\r\n"
CLOSING = b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 3\r\n\r\nhej"
UNTIL_THE_END = b"HTTP/1.1 200 OK\r\n\r\nhej"
MOVED = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"
CUT = b"HTTP/1.1 200 OK\r\nContent-Length: 30\r\n\r\nhej"
NONSENSE = b"hej\r\n\r\n"


async def put_on_a_server(answer: bytes, *, requests: int = 10, connections: int = 4) -> tuple[Reading, int]:
    """The load's own sums, and how many connections the server saw."""
    opened = 0

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        nonlocal opened
        opened += 1
        while await reader.readline():
            await reader.readuntil(b"\r\n\r\n")
            writer.write(answer)
            if answer in (CLOSING, UNTIL_THE_END, CUT):
                break
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0) as server:
        url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/"
        reading = await load.put_on(Job(url, connections=connections, requests=requests))
        return reading, opened


def asked(answer: bytes) -> tuple[Reading, int]:
    with asyncio.Runner() as runner:
        return runner.run(put_on_a_server(answer))


@pytest.mark.parametrize("answer", [OK, CHUNKED])
def test_keeps_its_connections(answer: bytes) -> None:
    reading, opened = asked(answer)
    assert reading.errors == 0
    assert opened == 4


@pytest.mark.parametrize("answer", [CLOSING, UNTIL_THE_END])
def test_opens_a_new_connection_when_the_server_closes_it(answer: bytes) -> None:
    reading, opened = asked(answer)
    assert reading.errors == 0
    assert opened == 10


@pytest.mark.parametrize("answer", [MOVED, CUT, NONSENSE])
def test_what_is_not_a_whole_2xx_is_an_error(answer: bytes) -> None:
    assert asked(answer)[0].errors == 10


def test_tells_time_a_request_and_p99() -> None:
    reading, _ = asked(OK)
    assert reading.p99 is not None
    assert 0 < reading.value < reading.p99 * 10


def test_a_dead_server_is_all_errors_and_no_exception() -> None:
    with asyncio.Runner() as runner:
        reading = runner.run(load.put_on(Job("http://127.0.0.1:1/", connections=2, requests=5)))
    assert reading.errors == 5


@pytest.mark.parametrize("url", ["http://192.0.2.1/", "http://10.0.0.1:8000/"])
def test_refuses_another_machine(url: str) -> None:
    with asyncio.Runner() as runner, pytest.raises(ValueError, match="this machine only"):
        runner.run(load.put_on(Job(url)))


def test_a_failed_load_process_is_told() -> None:
    with pytest.raises(CannotMeasureError, match="this machine only"):
        load.measure(Job("http://192.0.2.1/"))


def test_the_request_carries_path_query_and_headers() -> None:
    text = load.request_bytes(Job("http://127.0.0.1:8000/a?b=c", {"Cookie": "session=x"})).decode()
    assert text.startswith("GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:8000\r\n")
    assert "\r\nCookie: session=x\r\n" in text
    assert text.endswith("\r\n\r\n")


def test_p99_of_a_hundred_is_the_ninety_ninth() -> None:
    assert load.p99([float(number) for number in range(100, 0, -1)]) == 99


@given(st.lists(st.floats(0, 1000), min_size=1, max_size=300))
def test_at_most_one_of_a_hundred_is_above_p99(latencies: list[float]) -> None:
    limit = load.p99(latencies)
    assert limit in latencies
    assert sum(latency > limit for latency in latencies) * 100 <= len(latencies)
