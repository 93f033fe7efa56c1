import os
from pathlib import Path

import pytest

from bench.demo import reference
from bench.harness import CannotMeasureError
from bench.load import Job, measure
from bench.reference import create_app
from bench.server import memory_of, serving, workers_of


@pytest.mark.parametrize("size", [3000, 20_000])
def test_the_reference_page_is_as_long_as_asked_for(tmp_path: Path, size: int) -> None:
    answer = create_app(str(tmp_path / "r.sqlite"), size).test_client().get("/")
    assert answer.status_code == 200
    assert len(answer.data) == size
    assert answer.text.count("<li") == 20


def test_the_reference_page_is_never_shorter_than_its_rows(tmp_path: Path) -> None:
    assert b"2026/20" in create_app(str(tmp_path / "r.sqlite"), 0).test_client().get("/").data


def test_a_served_app_is_timed_loaded_and_weighed() -> None:
    with reference(4000, workers=1) as server:
        assert 0 < server.first_answer < 60
        assert len(server.get("/")) == 4000
        assert measure(Job(server.url + "/", requests=64)).errors == 0
        (worker,) = workers_of(server.pid)
        assert 10 * 2**20 < memory_of(worker)["Pss"] <= server.worker_memory() < 500 * 2**20
        with pytest.raises(CannotMeasureError, match="/nowhere answered 404"):
            server.get("/nowhere")
    with pytest.raises(ProcessLookupError):
        os.kill(worker, 0)


def test_an_app_that_does_not_start_is_told() -> None:
    with pytest.raises(CannotMeasureError, match="no answer"), serving("bench.reference:nothing", environ={}):
        pytest.fail("it was served")
