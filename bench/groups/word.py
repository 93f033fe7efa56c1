"""Word templates filled, compared and printed.

Goals: ``word_fill_11``, ``_100`` and ``_1000`` at most 0.025, 0.067 and 0.125 of docxtpl's time; with ``_js`` at most
0.067, 0.125 and 0.167 of docxtemplater's; ``word_floor_*`` at most 1.5 of the floor; ``fill_memory`` about 1;
``pdf_warm`` at most 0.3, ``pdf_cached`` at most 0.01; ``compare_100`` and ``compare_100_memory`` below 1.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator

from bench.harness import CannotMeasureError, Comparison, Reading, benchmark
from bench.server import ROOT
from bench.word import comparing, engines, paper, printing
from paragraf.word.pdf.making import close_office

#: §§ of the minutes, and how many fills in a row make one reading of ours.
_SIZES = {11: 50, 100: 10, 1000: 2}
_GROWTH = """
import re, sys
from pathlib import Path
from bench.word import engines, paper
values = paper.data(100)
for _ in range(int(sys.argv[1])):
    engines.ours(values)
print(re.search(r"VmHWM:\\s+(\\d+) kB", Path("/proc/self/status").read_text())[1])
"""


def _timed(call: Callable[[], object], times: int) -> Reading:
    began = time.perf_counter()
    for _ in range(times):
        call()
    return Reading((time.perf_counter() - began) / times)


def _against_docxtpl(items: int) -> Callable[[], Iterator[Comparison]]:
    def compared() -> Iterator[Comparison]:
        values = paper.data(items)
        engines.same(engines.ours(values), engines.by_docxtpl(values))
        yield Comparison(
            ours=lambda: _timed(lambda: engines.ours(values), _SIZES[items]),
            reference=lambda: _timed(lambda: engines.by_docxtpl(values), 1),
        )

    return compared


def _against_docxtemplater(items: int) -> Callable[[], Iterator[Comparison]]:
    def compared() -> Iterator[Comparison]:
        values = paper.data(items)
        other = engines.Docxtemplater(values)
        try:
            other.fill(_SIZES[items])
            engines.same(engines.ours(values), other.result())
            yield Comparison(
                ours=lambda: _timed(lambda: engines.ours(values), _SIZES[items]),
                reference=lambda: other.fill(_SIZES[items]),
            )
        finally:
            other.close()

    return compared


def _against_the_floor(items: int) -> Callable[[], Iterator[Comparison]]:
    def compared() -> Iterator[Comparison]:
        values, floor = paper.data(items), engines.floor()
        yield Comparison(
            ours=lambda: _timed(lambda: engines.ours(values), _SIZES[items]),
            reference=lambda: _timed(lambda: floor(values), _SIZES[items]),
            rounds=15,
        )

    return compared


for _items in _SIZES:
    benchmark(_against_docxtpl(_items), name=f"word_fill_{_items}")
    benchmark(_against_docxtemplater(_items), name=f"word_fill_{_items}_js")
    benchmark(_against_the_floor(_items), name=f"word_floor_{_items}")


@benchmark
def fill_memory() -> Iterator[Comparison]:
    """The largest memory of a process after 1 000 fills against that after 50: a leak would show."""
    yield Comparison(ours=lambda: _memory(1000), reference=lambda: _memory(50), rounds=3, warmups=0, unit="bytes")


@benchmark
def pdf_warm() -> Iterator[Comparison]:
    """A PDF by the LibreOffice that is kept warm against one by a LibreOffice started for it."""
    printing.ready()
    try:
        yield Comparison(ours=printing.warm, reference=printing.cold)
    finally:
        close_office()


@benchmark
def pdf_cached() -> Iterator[Comparison]:
    """A PDF that was made before against one by a LibreOffice started for it."""
    printing.ready()
    try:
        yield Comparison(ours=printing.cached, reference=printing.cold, rounds=5)
    finally:
        close_office()


@benchmark
def compare_100() -> Iterator[Comparison]:
    """Tracked changes between two versions of minutes with 100 §§ against python-redlines."""
    comparing.timed("redlines")
    yield Comparison(ours=lambda: comparing.timed("ours"), reference=lambda: comparing.timed("redlines"))


@benchmark
def compare_100_memory() -> Iterator[Comparison]:
    """The most memory that the same comparison holds, each in a process of its own."""
    yield Comparison(
        ours=lambda: comparing.memory("ours"),
        reference=lambda: comparing.memory("redlines"),
        rounds=3,
        warmups=0,
        unit="bytes",
    )


def _memory(fills: int) -> Reading:
    ended = subprocess.run([sys.executable, "-c", _GROWTH, str(fills)], cwd=ROOT, capture_output=True, text=True)
    if ended.returncode:
        raise CannotMeasureError(f"the fills ended with an error: {ended.stderr.strip()[-300:]}")
    return Reading(int(ended.stdout) * 1024)
