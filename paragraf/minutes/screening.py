"""Screening of personal data out of what minutes print, for the copy that everyone may read. Pure.

A screened word is replaced by a bar in words wherever it stands, in running text, tables, headings and lists alike,
also where a part of it is bold or a link. Personal identity numbers never go on the web (KL 8:10; lag 2018:218 3:10):
they are screened whether anybody chose it or not.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any

from paragraf.core.formatted import Block, Formatted, Span
from paragraf.core.identifiers import passes_luhn
from paragraf.minutes.document_fields import ItemFields, MinutesFields

#: What stands in the text instead.
BAR = "[maskerad uppgift]"
WHOLE_ITEM = "Paragrafen är maskerad i den offentliga versionen."
#: Shorter words are screened as whole words only, since they are parts of many others.
SHORT = 4

_PERSONAL_NUMBER = re.compile(
    r"(?<!\d)(?:19|20)?(\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01]))"
    r"(\s?[-+\u2010-\u2015\u2212]\s?|\s?)(\d{4})(?!\d)"
)
_EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(
    r"(?<![\d/§-])(?:\+46[\s-]?(?:\(0\))?[\s-]?\d|0\d)\d{0,2}[\s-]?\d{2,3}(?:[\s-]?\d{2,3}){1,2}(?![\d/])"
)
_PART = r"[A-ZÅÄÖÉ][a-zåäöéü]+(?:-[A-ZÅÄÖÉ][a-zåäöéü]+)?"
_NAME = re.compile(rf"(?<![\w-]){_PART}(?:[ \u00a0]{_PART})+")
#: Signs that nobody sees, which would hide a word from the search.
_UNSEEN = re.compile("[\u00ad\u200b-\u200d\u2060\ufeff]")
#: First words of names that are no person's.
_NO_PERSON = frozenset(
    {
        "Arbetsförmedlingen",
        "Bilaga",
        "Försäkringskassan",
        "Kommunhuset",
        "Region",
        "Samordningsförbundet",
        "Socialstyrelsen",
        "Styrelsen",
        "Svenska",
        "Sveriges",
        "Ärende",
    }
)


@dataclass(frozen=True)
class Screening:
    """Something to screen and why: words everywhere, or in one § (``item_id``); without words the whole §."""

    reason: str
    words: str = ""
    item_id: int | None = None

    def as_json(self) -> dict[str, Any]:
        """As it is kept with the rendition."""
        return {"item_id": self.item_id, "words": self.words, "reason": self.reason}


@dataclass(frozen=True)
class Suggestion:
    """Something that may be personal data: ``kind`` is email, phone, name or personal_number."""

    kind: str
    words: str


def from_json(kept: Iterable[Mapping[str, Any]]) -> tuple[Screening, ...]:
    """The screenings of a rendition's row."""
    return tuple(Screening(one["reason"], one.get("words") or "", one.get("item_id")) for one in kept)


def screened(paper: MinutesFields, item_ids: Sequence[int], screenings: Sequence[Screening]) -> MinutesFields:
    """The minutes with bars instead of what is screened; ``item_ids`` are the ids of ``paper.items`` in order."""
    everywhere = [one.words for one in screenings if one.words and one.item_id is None]
    items = tuple(
        _item(item, item_id, everywhere, screenings) for item, item_id in zip(paper.items, item_ids, strict=True)
    )
    rest: MinutesFields = _mapped(replace(paper, items=()), _masker(everywhere))
    return replace(rest, items=items)


def _item(item: ItemFields, item_id: int, everywhere: Sequence[str], screenings: Sequence[Screening]) -> ItemFields:
    own = [one for one in screenings if one.item_id == item_id]
    if any(not one.words for one in own):
        return ItemFields(number=item.number, heading=BAR, background=Formatted((Block((Span(WHOLE_ITEM),)),)))
    found: ItemFields = _mapped(item, _masker([*everywhere, *(one.words for one in own)]))
    return found


def unfound(paper: MinutesFields, item_ids: Sequence[int], screenings: Sequence[Screening]) -> list[str]:
    """The words that stand nowhere where they are to be screened: written otherwise, they would be left in."""
    return [one.words for one in screenings if one.words.strip() and not _stands(paper, item_ids, one)]


def _stands(paper: MinutesFields, item_ids: Sequence[int], one: Screening) -> bool:
    places = dict(zip(item_ids, paper.items, strict=True))
    where = paper if one.item_id is None else places.get(one.item_id)
    pattern = re.compile(_pattern(_plain(one.words).strip()), re.IGNORECASE)
    return any(pattern.search(text) for text in texts(where))


def suggestions(paper: MinutesFields, *, known: Iterable[str] = ()) -> list[Suggestion]:
    """What the secretary should look at: addresses, numbers, and names of others than ``known`` (elected, officers)."""
    public = {name.casefold() for name in known}
    found: dict[str, Suggestion] = {}
    for text in texts(paper):
        for kind, words in _suspects(text):
            taken = kind == "name" and (words.casefold() in public or words.split()[0] in _NO_PERSON)
            if not taken:
                found.setdefault(words.casefold(), Suggestion(kind, words))
    order = ("personal_number", "email", "phone", "name")
    return sorted(found.values(), key=lambda one: (order.index(one.kind), one.words))


def personal_numbers(text: str) -> list[str]:
    """The personal identity numbers and coordination numbers in the text.

    Written without a hyphen only those with a right check digit count, since phone numbers may look the same.
    """
    return [match.group() for match in _PERSONAL_NUMBER.finditer(text) if _is_personal(match)]


def texts(value: object) -> Iterator[str]:
    """Every text that a paper prints, wherever it stands."""
    if isinstance(value, str):
        yield _plain(value)
    elif isinstance(value, Formatted):
        yield from (_plain(str(block)) for block in value)
        yield from (span.link for block in value for span in block.spans if span.link)
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from texts(one)
    elif isinstance(value, Mapping):
        yield from texts(list(value.values()))
    elif is_dataclass(value):
        for one in fields(value):
            yield from texts(getattr(value, one.name))


def _suspects(text: str) -> Iterator[tuple[str, str]]:
    numbers = personal_numbers(text)
    yield from (("personal_number", words) for words in numbers)
    yield from (("email", words) for words in _EMAIL.findall(text))
    yield from (("phone", words) for words in _PHONE.findall(text) if words not in numbers)
    yield from (("name", words.replace("\u00a0", " ")) for words in _NAME.findall(text))


def _is_personal(match: re.Match[str]) -> bool:
    return bool(match.group(2).strip()) or passes_luhn(match.group(1) + match.group(3))


# --- the replacing -------------------------------------------------------------------------------------------------

Find = Callable[[str], list[tuple[int, int]]]


def _masker(words: Iterable[str]) -> Find:
    """What finds the places in a text that are to be screened, in order and without overlap."""
    wanted = sorted({_plain(one).strip() for one in words if one.strip()}, key=len, reverse=True)
    pattern = re.compile("|".join(map(_pattern, wanted)), re.IGNORECASE) if wanted else None

    def places(text: str) -> list[tuple[int, int]]:
        found = [match.span() for match in _PERSONAL_NUMBER.finditer(text) if _is_personal(match)]
        if pattern is not None:
            found.extend(match.span() for match in pattern.finditer(text))
        return _united(found)

    return places


def _pattern(words: str) -> str:
    """The words with any space between them; a long one with what is written together with it."""
    inner = r"\s+".join(map(re.escape, words.split()))
    return rf"(?<!\w)\w*{inner}\w*" if len(words) >= SHORT else rf"(?<!\w){inner}s?(?!\w)"


def _united(found: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    united: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if united and start < united[-1][1]:
            united[-1] = (united[-1][0], max(end, united[-1][1]))
        else:
            united.append((start, end))
    return united


def _plain(text: str) -> str:
    return _UNSEEN.sub("", unicodedata.normalize("NFC", text))


def _mapped(value: Any, find: Find) -> Any:
    """The value with every text in it screened, whatever it is made of."""
    if isinstance(value, str):
        return _masked(_plain(value), find)
    if isinstance(value, Formatted):
        return Formatted(tuple(_block(block, find) for block in value))
    if isinstance(value, (tuple, list)):
        return type(value)(_mapped(one, find) for one in value)
    if isinstance(value, Mapping):
        return {_mapped(key, find): _mapped(one, find) for key, one in value.items()}
    if is_dataclass(value) and not isinstance(value, type):
        return replace(value, **{one.name: _mapped(getattr(value, one.name), find) for one in fields(value)})
    return value


def _masked(text: str, find: Find) -> str:
    for start, end in reversed(find(text)):
        text = text[:start] + BAR + text[end:]
    return text


def _block(block: Block, find: Find) -> Block:
    """Looked for in the whole paragraph, so that a word that is half bold is found too."""
    spans = [replace(span, text=_plain(span.text)) for span in block.spans]
    places = find("".join(span.text for span in spans))
    cut: list[Span] = []
    at = 0
    for span in spans:
        end = at + len(span.text)
        text = _cut(span.text, at, places)
        touched = any(start < end and stop > at for start, stop in places)
        link = "" if touched or find(span.link) else span.link
        if text or not span.text:
            cut.append(replace(span, text=text, link=link))
        at = end
    return replace(block, spans=tuple(cut))


def _cut(text: str, at: int, places: Sequence[tuple[int, int]]) -> str:
    """A span's text, which begins ``at``: a bar where a place begins in it, nothing where one goes on into it."""
    for start, stop in reversed(places):
        first, last = max(start - at, 0), min(stop - at, len(text))
        if first < last:
            text = text[:first] + (BAR if start >= at else "") + text[last:]
    return text
