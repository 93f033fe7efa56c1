"""Minutes that were written elsewhere, to read: as they were understood, and where they come from."""

from __future__ import annotations

from flask import g, render_template

from paragraf.importing import queries as importing
from paragraf.minutes import queries
from paragraf.minutes.models import Minutes
from paragraf.minutes.rules import print_range


def page(minutes: Minutes) -> str:
    """The minutes with their §§, and what was told when they were taken in."""
    items = queries.items(g.session, minutes)
    found = importing.import_of(g.session, minutes)
    return render_template(
        "minutes/earlier.html",
        minutes=minutes,
        meeting=minutes.meeting,
        items=items,
        decisions=queries.decisions(g.session, minutes),
        item_range=print_range(sorted(item.number for item in items)),
        file=found.file if found else None,
        report=found.report if found else {},
    )
