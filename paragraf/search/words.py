"""Words as the index keeps them: in small letters, without accents, in their stem, so that all their forms meet.

Both engines get the same stems from here and only look them up: what is found does not depend on the database.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from threading import Lock

import snowballstemmer

#: Verbal nouns whose plural has another stem: ansökan, ansökningar. Also last in compounds.
_VERBAL_NOUNS = re.compile(r"(ansök|anmäl|anhåll|inbjud|beställ)ans?$")
_WORD = re.compile(r"[^\W_]+")
#: Longer than any word that somebody looks for; a line of pasted code is one "word".
_LONGEST = 64
_KEPT_ACCENTS = frozenset("åäö")
_STEMMER = snowballstemmer.stemmer("swedish")
#: The stemmer works on a word that it keeps in itself, so two threads would spoil each other's.
_ONE_AT_A_TIME = Lock()


def words(text: str) -> Iterator[str]:
    """The folded words of the text, in order."""
    return (found.group()[:_LONGEST] for found in _WORD.finditer(folded(text)))


def spans(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each word of the text begins and ends, and its stem."""
    for found in _WORD.finditer(text):
        yield found.start(), found.end(), stem(folded(found.group())[:_LONGEST])


def folded(text: str) -> str:
    """Small letters, without accents other than those of å, ä and ö; one sign stays one sign."""
    if text.isascii():
        return text.lower()
    return "".join(map(_folded_sign, unicodedata.normalize("NFC", text).lower()))


@lru_cache(maxsize=4096)
def _folded_sign(sign: str) -> str:
    return sign if sign in _KEPT_ACCENTS else unicodedata.normalize("NFD", sign)[0]


# The words of minutes are few and come again and again: stemming them anew would be most of the work.
@lru_cache(maxsize=100_000)
def stem(word: str) -> str:
    """The stem of a folded word; digits are their own."""
    if word.isdigit():
        return word
    with _ONE_AT_A_TIME:
        told: str = _STEMMER.stemWord(_VERBAL_NOUNS.sub(r"\1ning", word))
    return told


def stems(text: str) -> str:
    """The stems of the text with a space between: what both engines index."""
    return " ".join(map(stem, words(text)))


def mark(kind: str, value: int | str) -> str:
    """A word that nobody types, by which entries of a kind are found in the same index: ``zqverbzgrant``."""
    return f"zq{kind}z{re.sub('[^a-z0-9]', '', str(value).lower())}"


def marks(kind: str, values: Iterable[int | str]) -> list[str]:
    """A mark for each value."""
    return [mark(kind, value) for value in values]
