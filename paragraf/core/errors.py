"""What may go wrong by the rules, told so that the person can mend it.

Messages are Swedish sources for translation (``%(name)s`` places); the edge translates and fills them.
"""

from __future__ import annotations

from typing import Any


def N_(text: str) -> str:  # noqa: N802
    """Mark a Swedish text that is put into a constant, a table or a row and shown later, so that its English is asked
    for (webapp/translations/sources.py). Returns the text as it is."""
    return text


class RuleBroken(Exception):
    """A rule of the law, the association or the program forbids the act.

    ``message`` tells what to do instead, in Swedish, with ``%(name)s`` places filled from ``values`` (days as ``date``:
    pages print them in their language);
    ``field`` names the form field it belongs to, where there is one.
    """

    def __init__(self, message: str, *, field: str | None = None, **values: Any) -> None:
        super().__init__(message)
        self.message = message
        self.field = field
        self.values = values

    def __str__(self) -> str:
        return self.message % self.values if self.values else self.message


class NotAllowed(RuleBroken):
    """The person is known but may not do this; the page answers 403."""


class NotThere(RuleBroken):
    """No such thing in this association; the page answers 404, the same for foreign and for missing rows."""


class LinkRefused(RuleBroken):
    """A link that is wrong, foreign, tampered with, revoked or used: one answer for all of them."""


class LinkExpired(LinkRefused):
    """A genuine link that has grown too old; the only case told apart, since a new one can be asked for."""


class SeveralRulesBroken(RuleBroken):
    """Several fields are wrong at once; ``problems`` holds one RuleBroken for each."""

    def __init__(self, problems: list[RuleBroken]) -> None:
        super().__init__(problems[0].message, field=problems[0].field, **problems[0].values)
        self.problems = problems
