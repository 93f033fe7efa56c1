"""How a comparison is declared, measured in turn, and told in one line.

A benchmark is a generator in ``bench/groups/GROUP.py`` that makes ready, yields one ``Comparison``, and tidies up::

    @benchmark
    def cli_help() -> Iterator[Comparison]:
        yield Comparison(ours=lambda: Reading(...), reference=lambda: Reading(...))
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal

Unit = Literal["seconds", "bytes"]


class CannotMeasureError(Exception):
    """Something that a benchmark needs is not there; the text says what."""


@dataclass(frozen=True)
class Reading:
    """One measurement: seconds or bytes, with the 99th percentile and the failed requests where there are any."""

    value: float
    p99: float | None = None
    errors: int | None = None


@dataclass(frozen=True)
class Comparison:
    """Two measurements to take in turn, ``rounds`` times each after ``warmups`` that are thrown away."""

    ours: Callable[[], Reading]
    reference: Callable[[], Reading]
    rounds: int = 7
    warmups: int = 1
    unit: Unit = "seconds"


Benchmark = Callable[[], Iterator[Comparison]]
_groups: dict[str, list[tuple[str, Benchmark]]] = {}


def benchmark(function: Benchmark, *, name: str = "") -> Benchmark:
    """Register ``function`` under its own name, or ``name``, in the group named after its module."""
    group = function.__module__.rpartition(".")[2]
    _groups.setdefault(group, []).append((name or function.__name__, function))
    return function


def benchmarks_of(group: str) -> list[tuple[str, Benchmark]]:
    """What the modules imported so far have registered in ``group``, in the order of the file."""
    return list(_groups.get(group, ()))


def run(name: str, function: Benchmark) -> str:
    """Take all readings of one benchmark and return its line; raises CannotMeasureError."""
    with contextmanager(function)() as comparison:
        ours, reference = in_turn(comparison)
    return line(name, middle(ours), middle(reference), comparison.unit)


def in_turn(comparison: Comparison) -> tuple[list[Reading], list[Reading]]:
    """Readings of both, taken A B A B so that what else the machine does falls on both alike."""
    ours: list[Reading] = []
    reference: list[Reading] = []
    for number in range(comparison.warmups + comparison.rounds):
        pair = comparison.ours(), comparison.reference()
        if number >= comparison.warmups:
            ours.append(pair[0])
            reference.append(pair[1])
    return ours, reference


def middle(readings: list[Reading]) -> Reading:
    """The median value and median p99 of several readings, and all their errors together."""
    p99 = [reading.p99 for reading in readings if reading.p99 is not None]
    errors = [reading.errors for reading in readings if reading.errors is not None]
    return Reading(
        statistics.median(reading.value for reading in readings),
        p99=statistics.median(p99) if p99 else None,
        errors=sum(errors) if errors else None,
    )


def line(name: str, ours: Reading, reference: Reading, unit: Unit) -> str:
    """``name ratio (ours …, reference …)``; ratio is ours ÷ reference, so smaller is better."""
    ratio = ours.value / reference.value
    shown = f"{ratio:.2f}" if ratio >= 0.1 else f"{ratio:.2g}"
    return f"{name} {shown} (ours {_told(ours, unit)}, reference {_told(reference, unit)})"


def _told(reading: Reading, unit: Unit) -> str:
    parts = [_amount(reading.value, unit)]
    if reading.p99 is not None:
        parts.append(f"p99 {_amount(reading.p99, unit)}")
    if reading.errors is not None:
        parts.append(f"{reading.errors} errors")
    return " ".join(parts)


def _amount(value: float, unit: Unit) -> str:
    if unit == "bytes":
        return f"{value / 2**20:.1f} MiB"
    return f"{value:.2f} s" if value >= 1 else f"{value * 1000:.2f} ms"
