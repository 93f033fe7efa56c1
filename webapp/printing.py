"""Template filters: dates, times and amounts as they are printed, in the page's language."""

from __future__ import annotations

from datetime import date, datetime

from flask import Flask
from markupsafe import Markup, escape

from paragraf.applications.offered.call_rules import last_moment
from paragraf.core import money, printing
from paragraf.core.dates import local
from paragraf.core.identifiers import print_organisation_number, print_phone, print_postcode
from webapp.formatted import formatted
from webapp.language import current


def prepare(app: Flask) -> None:
    """Register the filters."""
    app.jinja_env.filters.update(
        day=print_day,
        weekday=lambda day: printing.print_weekday_and_date(day, current()),
        moment=lambda moment: printing.print_moment(moment, current()),
        last_minute=last_moment,
        clock=lambda moment: printing.print_time(local(moment).time(), current()),
        local_day=lambda moment: local(moment).date(),
        amount=lambda ore: money.print_amount(ore, current()),
        percent=lambda points: money.print_percent(points, current()),
        organisation_number=print_organisation_number,
        phone=print_phone,
        postcode=print_postcode,
        paragraphs=paragraphs,
        formatted=formatted,
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True


def print_day(day: date | datetime) -> str:
    """A date, or the local date of a moment."""
    return printing.print_date(local(day).date() if isinstance(day, datetime) else day, current())


def paragraphs(text: str) -> Markup:
    """Typed text as HTML: blank lines part paragraphs, single ones break lines. Everything is escaped."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return Markup("").join(_paragraph(part) for part in parts if part)


def _paragraph(part: str) -> Markup:
    return Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n")))
