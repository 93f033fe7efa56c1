"""The templates' ``url_for``: an address is built once for each kind of page, and then only filled in."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

from flask import Flask, g, request, url_for

#: Values that stand in an address as they are: numbers, and words that need no quoting, tokens among them.
_PLAIN = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
_WORD, _NUMBER = "Xplacefor%dX", 71_000_000_000_000


def prepare(app: Flask) -> None:
    """Give templates a ``url_for`` that remembers patterns, not addresses: those may hold tokens."""

    # One memory for each application. The bound: an error page is drawn for any slug that somebody makes up.
    @lru_cache(maxsize=1024)
    def pattern(_root: str, _slug: str | None, endpoint: str, names: tuple[str, ...], numbers: tuple[bool, ...]) -> str:
        marks = [_NUMBER + place if number else _WORD % place for place, number in enumerate(numbers)]
        given: dict[str, Any] = dict(zip(names, marks, strict=True))
        made = url_for(endpoint, **given)
        made = made.replace("{", "{{").replace("}", "}}")
        for name, mark in zip(names, marks, strict=True):
            made = made.replace(str(mark), "{" + name + "}")
        return made

    def address(endpoint: str, **values: object) -> str:
        if endpoint.startswith(".") or not all(map(_is_plain, values.values())):
            return url_for(endpoint, **values)  # type: ignore[arg-type]
        numbers = tuple([type(value) is int for value in values.values()])
        return pattern(request.root_path, g.get("slug"), endpoint, tuple(values), numbers).format_map(values)

    app.jinja_env.globals["url_for"] = address


def _is_plain(value: object) -> bool:
    if type(value) is int:
        return value >= 0
    # Digits in a word may be for a place that takes numbers only.
    return type(value) is str and _PLAIN.fullmatch(value) is not None and not value.isdigit()
