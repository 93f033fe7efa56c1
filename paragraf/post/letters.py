"""Letter texts: ``paragraf/<room>/letters/<kind>.<sv|en>.txt``.

The first line is the subject (``Ämne: …`` or ``Subject: …``), then an empty line, then the body as plain text. Fields
are filled in by Jinja; one that is not given is an error, never a blank. The filters ``date``, ``weekday_date``,
``moment``, ``time`` and ``amount`` print in the letter's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, Template, pass_context
from jinja2.runtime import Context

from paragraf.core import printing
from paragraf.post import rules

ROOMS = Path(__file__).parent.parent
LONGEST_SUBJECT = 300
_SUBJECT = {"sv": "Ämne:", "en": "Subject:"}


class Composed(NamedTuple):
    """A letter's text. The subject is one line, whatever the fields held."""

    subject: str
    body: str


def compose(room: str, kind: str, language: str, fields: Mapping[str, object]) -> Composed:
    """The letter ``kind`` of ``room`` with ``fields`` filled in; languages other than English are written to in
    Swedish.

    Raises jinja2.UndefinedError for a field that the text uses and that is not given.
    """
    language = "en" if language.startswith("en") else "sv"
    subject, body = _texts(room, kind, language)
    given = {**fields, "language": language}
    told = rules.one_line(subject.render(given))
    return Composed(rules.shortened(told, LONGEST_SUBJECT), rules.plain_text(body.render(given)))


@lru_cache(maxsize=256)
def _texts(room: str, kind: str, language: str) -> tuple[Template, Template]:
    place = ROOMS / room / "letters" / f"{kind}.{language}.txt"
    # The subject is cut off before filling: a line break in a field cannot move the border.
    first, _, rest = place.read_text(encoding="utf-8").partition("\n")
    mark = _SUBJECT[language]
    if not first.startswith(mark):
        raise ValueError(f"{place} must begin with {mark!r}")
    house = _environment()
    return house.from_string(first.removeprefix(mark)), house.from_string(rest)


@lru_cache(maxsize=1)
def _environment() -> Environment:
    # No autoescape: the letters are text/plain, and the texts are ours (only the fields come from strangers).
    environment = Environment(undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)  # noqa: S701
    environment.filters |= {
        "date": _in_language(printing.print_date),
        "weekday_date": _in_language(printing.print_weekday_and_date),
        "moment": _in_language(printing.print_moment),
        "time": _in_language(printing.print_time),
        "amount": _in_language(printing.print_amount),
    }
    return environment


def _in_language(printer: Callable[[Any, str], str]) -> Callable[[Context, Any], str]:
    @pass_context
    def printed(context: Context, value: Any) -> str:
        return printer(value, context["language"])

    return printed
