"""Search in what applicants wrote, as people expect it: any case, accents as typed or left out, all words somewhere.

Done here and not by the database: SQLite folds only A–Z and PostgreSQL folds by its locale, so the same search would
find different things; the office's list has read every answer anyway, to know the amounts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from paragraf.applications.filled import Filled
from paragraf.questions.definition import Kind

#: Their answers are ids and numbers, not words that anyone would look for.
_NOT_WORDS = frozenset({Kind.CHOICE, Kind.CHOICES, Kind.COOPERATING_PARTIES, Kind.ATTACHMENTS, Kind.BUDGET})
_SPACE = re.compile(r"\s+")


class Search:
    """The words that are looked for. A letter without an accent finds it with one too, but not the other way round:
    ``malmo`` finds Malmö, ``möte`` does not find mote (asymmetric search, Unicode technical standard 10)."""

    def __init__(self, typed: str) -> None:
        self.words = tuple(dict.fromkeys(_folded(typed).split()))

    def __bool__(self) -> bool:
        return bool(self.words)

    def finds(self, text: str) -> bool:
        """Whether every word stands somewhere in the text, also within longer words."""
        exact = _folded(text)
        bare = _bare(exact)
        return all(word in (bare if word == _bare(word) else exact) for word in self.words)


def _folded(text: str) -> str:
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).casefold())


def _bare(folded: str) -> str:
    return "".join(one for one in unicodedata.normalize("NFD", folded) if not unicodedata.combining(one))


def words_of(shown: Filled) -> str:
    """All that was written in the answers, with the names of the parties."""
    written = (
        text
        for question in shown.form.questions()
        if question.kind not in _NOT_WORDS
        for text in _texts(shown.answers.get(question.id))
    )
    return "\n".join([*written, *shown.party_names()])


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _texts(each)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each)
