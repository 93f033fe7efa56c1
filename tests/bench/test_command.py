import sys
from collections.abc import Iterator

import pytest

from bench import __main__ as command
from bench import harness
from bench.harness import Comparison, Reading


def broken() -> Reading:
    raise harness.CannotMeasureError("no server")


def missing() -> Iterator[Comparison]:
    yield Comparison(broken, broken)


def measured() -> Iterator[Comparison]:
    yield Comparison(lambda: Reading(1), lambda: Reading(2))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["bench", *arguments])
    return command.main()


def test_what_cannot_be_measured_is_said_and_the_rest_goes_on(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(command, "benchmarks_of", lambda group: [("missing", missing), ("measured", measured)])
    assert run(monkeypatch, "web") == 1
    told = capsys.readouterr()
    assert told.out == "measured 0.50 (ours 1.00 s, reference 2.00 s)\n"
    assert told.err == "missing could not be measured: no server\n"


def test_all_groups_run_when_none_is_named(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(command, "benchmarks_of", lambda group: [(f"one_of_{group}", measured)])
    assert run(monkeypatch) == 0
    told = capsys.readouterr().out
    assert "one_of_start 0.50" in told
    assert "one_of_web 0.50" in told


def test_an_unknown_group_is_refused_with_those_there_are(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        run(monkeypatch, "wrod")
    assert "no group wrod; there are forms, minutes, start, web" in capsys.readouterr().err


def test_the_groups_register_what_was_promised(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "run", lambda name, function: name)
    run(monkeypatch, "web", "start")
    names = {group: [name for name, _ in harness.benchmarks_of(group)] for group in ("web", "start")}
    assert names["web"][:4] == ["page_home", "page_application", "page_minutes", "page_sign"]
    assert names["start"][:3] == ["cli_help", "first_answer", "worker_memory"]
