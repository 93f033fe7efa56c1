"""Which answers differ between two versions, in a few words: for those whose signatures no longer count."""

from __future__ import annotations

from collections.abc import Iterator

from paragraf.applications.filled import Filled
from paragraf.questions.presenting import Block, Pairs, Paragraphs, Table

#: So many questions are told one by one; the signing room keeps 400 signs of a reason.
_MOST_QUESTIONS, _LONGEST_VALUE, _LONGEST = 4, 40, 390
_WORDS = {
    "sv": {
        "opening": "Ansökan har ändrats efter att den skickades ut. ",
        "became": "%(where)s: ”%(old)s” blev ”%(new)s”",
        "changed": "%(where)s: svaret är ändrat",
        "asked": "%(where)s: frågan har kommit till",
        "gone": "%(where)s: frågan ställs inte längre",
        "more": "och %(count)s frågor till",
        "blank": "tomt",
    },
    "en": {
        "opening": "The application has been changed since it was sent out. ",
        "became": "%(where)s: “%(old)s” became “%(new)s”",
        "changed": "%(where)s: the answer has changed",
        "asked": "%(where)s: the question is new",
        "gone": "%(where)s: the question is no longer asked",
        "more": "and %(count)s questions more",
        "blank": "blank",
    },
}


def told_changes(before: Filled, after: Filled, language: str = "sv") -> str:
    """A sentence for each question that is answered otherwise, by its label; at most 390 signs in all."""
    words = _WORDS["en" if language.startswith("en") else "sv"]
    old, new = _by_question(before, language), _by_question(after, language)
    names = [name for name in {**new, **old} if old.get(name) != new.get(name)]
    told = [_told(old.get(name), new.get(name), words) for name in names]
    for count in range(min(len(told), _MOST_QUESTIONS), -1, -1):
        rest = [words["more"] % {"count": len(told) - count}] if len(told) > count else []
        text = words["opening"] + "; ".join([*told[:count], *rest]) + ("." if told else "")
        if len(text) <= _LONGEST:
            return text.strip()
    return words["opening"].strip()


def _by_question(shown: Filled, language: str) -> dict[str, Block]:
    return {block.question_id: block for block in shown.blocks(language) if block.kind != "heading"}


def _told(old: Block | None, new: Block | None, words: dict[str, str]) -> str:
    label = getattr(new or old, "label", "")
    if old is None or new is None:
        return words["gone" if new is None else "asked"] % {"where": label}
    pairs = list(_differences(old, new))
    if len(pairs) == 1:
        where, was, became = pairs[0]
        if max(len(was), len(became)) <= _LONGEST_VALUE:
            place = f"{label}, {where}" if where else label
            blank = words["blank"]
            return words["became"] % {"where": place, "old": was or blank, "new": became or blank}
    return words["changed"] % {"where": label}


def _differences(old: Block, new: Block) -> Iterator[tuple[str, str, str]]:
    """Where two blocks differ, with both texts."""
    if isinstance(old, Paragraphs) and isinstance(new, Paragraphs):
        was, became = ("" if one.is_missing else ", ".join(one.paragraphs) for one in (old, new))
        yield "", was, became
    elif isinstance(old, Pairs) and isinstance(new, Pairs):
        was_parts, parts = dict(old.pairs), dict(new.pairs)
        for name in {**parts, **was_parts}:
            if was_parts.get(name, "") != parts.get(name, ""):
                yield name, was_parts.get(name, ""), parts.get(name, "")
    elif isinstance(old, Table) and isinstance(new, Table):
        yield from _cells(old, new)


def _cells(old: Table, new: Table) -> Iterator[tuple[str, str, str]]:
    if old.columns != new.columns or [row.cells[0] for row in old.rows] != [row.cells[0] for row in new.rows]:
        # Rows or years have come or gone: more than one place, told as a whole.
        yield from [("", "", "")] * 2
        return
    for was, row in zip(old.rows, new.rows, strict=True):
        # The sums follow from what was filled in, and so does a row's own total.
        if was.is_sum or row.is_sum:
            continue
        last = -1 if new.is_numeric and len(row.cells) > 2 else None
        for column, one, other in list(zip(new.columns, was.cells, row.cells, strict=False))[1:last]:
            if one != other:
                yield f"{row.cells[0]} {column}", one, other
