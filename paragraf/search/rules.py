"""What somebody looks for: typed words as a question to either engine. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from paragraf.core.errors import RuleBroken
from paragraf.search.words import stem, words

#: More words than anybody types; a pasted page is no question.
MOST_WORDS = 32
_PART = re.compile(r'(?P<not>-)?(?:"(?P<phrase>[^"]*)"?|(?P<word>\S+))')


@dataclass(frozen=True)
class Term:
    """Words that must stand in this order, or one word; ``begins``: whatever begins so."""

    stems: tuple[str, ...]
    begins: bool = False


@dataclass(frozen=True)
class Question:
    """All of ``wanted`` and none of ``unwanted``. ``marks`` are words of the program's own (``words.mark``)."""

    wanted: tuple[Term, ...] = ()
    unwanted: tuple[Term, ...] = ()
    marks: tuple[str, ...] = field(default=())

    @property
    def is_empty(self) -> bool:
        """Whether nothing is asked of the index."""
        return not self.wanted and not self.marks

    def loosened(self) -> Question:
        """The same words, but whatever begins with them too: ``bidrag`` finds ``bidragsansökan``."""
        loose = tuple(Term(term.stems, begins=len(term.stems) == 1) for term in self.wanted)
        return Question(loose, self.unwanted, self.marks)


def read_question(typed: str, marks: Sequence[str] = ()) -> Question:
    """What was typed: words, ``"several words"`` in order, ``-not`` this, ``begin*``.

    Raises RuleBroken for more words than can be meant, and where only unwanted words are left.
    """
    if len(typed) > 40 * MOST_WORDS or sum(1 for _word in words(typed)) > MOST_WORDS:
        raise RuleBroken("Sök på högst %(count)s ord.", field="q", count=MOST_WORDS)
    wanted: list[Term] = []
    unwanted: list[Term] = []
    for found in _PART.finditer(typed):
        for term in _terms(found):
            (unwanted if found["not"] else wanted).append(term)
    if unwanted and not wanted:
        raise RuleBroken("Skriv också ett ord som ska finnas med, inte bara ord som ska bort.", field="q")
    return Question(tuple(dict.fromkeys(wanted)), tuple(dict.fromkeys(unwanted)), tuple(marks))


def _terms(found: re.Match[str]) -> list[Term]:
    text = found["phrase"] if found["phrase"] is not None else found["word"]
    begins = found["phrase"] is None and text.endswith("*")
    told = tuple(words(text))
    if begins and told:
        # What has only begun has no stem yet.
        return [Term((*map(stem, told[:-1]), told[-1]), begins=True)]
    # A word with a hyphen or a slash in it is several, in order: 2026/14.
    return [Term(tuple(map(stem, told)))] if told else []


def for_fts5(question: Question) -> str:
    """The question in the language of SQLite's FTS5. The stems hold only letters and digits."""
    wanted = [*map(_fts5, question.wanted), *(f'"{mark}"' for mark in question.marks)]
    text = " AND ".join(wanted)
    return "".join([text, *(f" NOT {_fts5(term)}" for term in question.unwanted)])


def _fts5(term: Term) -> str:
    return f'"{" ".join(term.stems)}"{" *" if term.begins else ""}'


def for_postgresql(question: Question) -> str:
    """The question in the language of PostgreSQL's tsquery."""
    wanted = [*map(_tsquery, question.wanted), *question.marks]
    return " & ".join([*wanted, *(f"!({_tsquery(term)})" for term in question.unwanted)])


def _tsquery(term: Term) -> str:
    told = " <-> ".join(f"'{each}'" for each in term.stems)
    return f"({told}:*)" if term.begins else f"({told})"
