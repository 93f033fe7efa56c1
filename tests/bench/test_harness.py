from collections.abc import Callable, Iterator

import pytest

from bench import harness
from bench.harness import CannotMeasureError, Comparison, Reading


def readings(*values: float) -> Callable[[], Reading]:
    left = iter(values)
    return lambda: Reading(next(left))


def test_measures_in_turn_and_throws_the_warmups_away() -> None:
    order: list[str] = []

    def reading(who: str) -> Callable[[], Reading]:
        return lambda: order.append(who) or Reading(float(len(order)))  # type: ignore[func-returns-value]

    ours, reference = harness.in_turn(Comparison(reading("A"), reading("B"), rounds=2, warmups=1))
    assert order == ["A", "B"] * 3
    assert [one.value for one in ours] == [3, 5]
    assert [one.value for one in reference] == [4, 6]


def test_middle_is_the_median_of_times_and_the_sum_of_errors() -> None:
    several = [Reading(3, p99=30, errors=0), Reading(1, p99=10, errors=2), Reading(200, p99=20, errors=1)]
    assert harness.middle(several) == Reading(3, p99=20, errors=3)


def test_middle_leaves_out_what_was_not_measured() -> None:
    assert harness.middle([Reading(1), Reading(3)]) == Reading(2)


@pytest.mark.parametrize(
    ("ours", "reference", "unit", "told"),
    [
        (Reading(0.003), Reading(0.002), "seconds", "name 1.50 (ours 3.00 ms, reference 2.00 ms)"),
        (Reading(2.5), Reading(0.5), "seconds", "name 5.00 (ours 2.50 s, reference 500.00 ms)"),
        (Reading(3 * 2**20), Reading(2**20), "bytes", "name 3.00 (ours 3.0 MiB, reference 1.0 MiB)"),
        (
            Reading(0.001, p99=0.01, errors=2),
            Reading(0.002, p99=0.02, errors=0),
            "seconds",
            "name 0.50 (ours 1.00 ms p99 10.00 ms 2 errors, reference 2.00 ms p99 20.00 ms 0 errors)",
        ),
    ],
)
def test_the_line(ours: Reading, reference: Reading, unit: harness.Unit, told: str) -> None:
    assert harness.line("name", ours, reference, unit) == told


def test_run_makes_ready_measures_and_tidies_up() -> None:
    steps: list[str] = []

    def faster() -> Iterator[Comparison]:
        steps.append("ready")
        yield Comparison(readings(9, 1, 1, 5), readings(9, 2, 2, 9), rounds=3)
        steps.append("tidy")

    assert harness.run("faster", faster) == "faster 0.50 (ours 1.00 s, reference 2.00 s)"
    assert steps == ["ready", "tidy"]


def test_run_tidies_up_when_a_reading_fails() -> None:
    steps: list[str] = []

    def broken() -> Reading:
        raise CannotMeasureError("the server died")

    def failing() -> Iterator[Comparison]:
        try:
            yield Comparison(broken, broken)
        finally:
            steps.append("tidy")

    with pytest.raises(CannotMeasureError, match="the server died"):
        harness.run("failing", failing)
    assert steps == ["tidy"]


def test_a_benchmark_belongs_to_the_group_of_its_module(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(harness, "_groups", {})

    def page() -> Iterator[Comparison]:
        raise CannotMeasureError("nothing here")

    page.__module__ = "bench.groups.web"
    harness.benchmark(page)
    assert harness.benchmarks_of("web") == [("page", page)]
    assert harness.benchmarks_of("word") == []
