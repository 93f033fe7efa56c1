"""Time a request at 32 connections, against a bare Flask page of the same size. Goal: ratio at most 2, no error."""

from __future__ import annotations

from collections.abc import Iterator

from bench import demo
from bench.harness import Comparison, benchmark
from bench.load import Job, measure
from bench.scene import HOME, Page, scene


def against_a_bare_page(page: Page) -> Iterator[Comparison]:
    """Compare our page with a bare page as long."""
    with demo.ours(path=HOME) as ours, demo.reference(len(ours.get(page.path, page.headers))) as reference:
        yield Comparison(
            ours=lambda: measure(Job(ours.url + page.path, page.headers)),
            reference=lambda: measure(Job(reference.url + "/")),
        )


@benchmark
def page_home() -> Iterator[Comparison]:
    """The association's first page, as a stranger sees it."""
    yield from against_a_bare_page(Page(HOME))


@benchmark
def page_application() -> Iterator[Comparison]:
    """The cost table of an application, opened by the applicant's link."""
    yield from against_a_bare_page(scene().application)


@benchmark
def page_minutes() -> Iterator[Comparison]:
    """Verified minutes with their §§ and their notice, as the signed-in secretary reads them."""
    yield from against_a_bare_page(scene().minutes)


@benchmark
def page_sign() -> Iterator[Comparison]:
    """A signing link's first page, before the code is given."""
    yield from against_a_bare_page(scene().sign)


@benchmark
def page_desk() -> Iterator[Comparison]:
    """Minutes being written, at the desk of the signed-in secretary: the heaviest page that is open all day."""
    yield from against_a_bare_page(scene().desk)
