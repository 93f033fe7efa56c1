"""Forms shown, saved and compiled.

Goals: ``form_page`` at most 1.5, ``form_save`` at most 2, ``form_compile`` at most 50.

Both sides run in this process through the same test client, so that no server hides what they cost.
"""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Callable, Iterator

import yaml
from flask.testing import FlaskClient

from bench import demo
from bench.forms import large, ours, plain
from bench.harness import CannotMeasureError, Comparison, Reading, benchmark
from paragraf.questions.reading import read_definition
from paragraf.questions.shipped import shipped

#: The longest page: sixty questions.
_LONGEST = (("longest", 60),)
#: Eight pages of fifty questions: four hundred answers, and the budget of 14 × 4 cells.
_WHOLE = tuple((f"page_{letter}", 50) for letter in "abcdefgh")
_TIMES = 20


def _timed(call: Callable[[], object], times: int = _TIMES) -> Reading:
    began = time.perf_counter()
    for _ in range(times):
        call()
    return Reading((time.perf_counter() - began) / times)


def _shown(other: FlaskClient) -> bytes:
    answer = other.get("/")
    if answer.status_code != 200:
        raise CannotMeasureError(f"the plain page answered {answer.status_code}")
    return bytes(answer.data)


@benchmark
def form_page() -> Iterator[Comparison]:
    """The page of sixty questions, against the same fields by plain WTForms macros in one template."""
    begun = ours.begun(_LONGEST)
    other = plain.app(demo.folder() / "plain-page.sqlite", "longest", 60, large.typed("longest", 60))
    yield Comparison(
        ours=lambda: _timed(lambda: begun.page("longest")),
        reference=lambda: _timed(lambda: _shown(other)),
    )


@benchmark
def form_save() -> Iterator[Comparison]:
    """One answer saved by itself among four hundred and a budget, against a view that stores the same JSON."""
    begun = ours.begun(_WHOLE)
    answers = {name: text for page, count in _WHOLE for name, text in large.typed(page, count).items()}
    other = plain.app(demo.folder() / "plain-save.sqlite", "costs", 0, answers | large.typed_budget())
    token, number = begun.token("costs"), itertools.count(1)
    version = [len(_WHOLE) + 1]
    found = re.search(rb'value="([^"]+)"', _shown(other))
    headers = {"X-CSRFToken": found[1].decode() if found else ""}

    def change() -> dict[str, str]:
        return large.typed_budget() | {f"budget.row_1.{large.FIRST_YEAR}": str(next(number))}

    def save() -> None:
        version[0] = begun.save("costs", change(), version[0], token)

    def store() -> None:
        assert other.post("/", data=change(), headers=headers).status_code == 200

    yield Comparison(ours=lambda: _timed(save), reference=lambda: _timed(store))


@benchmark
def form_compile() -> Iterator[Comparison]:
    """The process application compiled from YAML, against ``yaml.safe_load`` of the same text."""
    source = shipped("application_b")
    yield Comparison(
        ours=lambda: _timed(lambda: read_definition.__wrapped__(source), 2),
        reference=lambda: _timed(lambda: yaml.safe_load(source), 2),
    )


@benchmark
def form_compiled_again() -> Iterator[Comparison]:
    """The same text a second time, which comes from memory, against ``yaml.safe_load``."""
    source = shipped("application_b")
    read_definition(source)
    yield Comparison(
        ours=lambda: _timed(lambda: read_definition(source), 200),
        reference=lambda: _timed(lambda: yaml.safe_load(source), 2),
    )
