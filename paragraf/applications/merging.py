"""Two people save from the same start: what each of them changed is kept, and only a true clash is a conflict.

An answer that is made of parts or cells is merged part by part, so that one can fill in the costs of 2027 while the
other writes those of 2028. Texts and lists are taken as a whole: to weave two texts together is for people.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from paragraf.questions.fields import is_unread


@dataclass(frozen=True, slots=True)
class Conflict:
    """A question that both changed, each in a way of their own. ``theirs`` is what is saved; ``mine`` came too late."""

    question_id: str
    theirs: Any
    mine: Any


@dataclass(frozen=True, slots=True)
class Merged:
    """All answers after the save, and the conflicts in it."""

    answers: dict[str, Any]
    conflicts: tuple[Conflict, ...]


def merge(base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]) -> Merged:
    """Return the answers when ``mine`` (the questions that were sent) is saved over ``theirs`` (all that is stored).

    ``base`` is what the writer of ``mine`` saw. None is no answer. Where both changed the same value in different
    ways, ``theirs`` stays.
    """
    answers, conflicts = dict(theirs), []
    for question_id, value in mine.items():
        merged, clashes = _merged(base.get(question_id), theirs.get(question_id), value)
        answers[question_id] = merged
        if clashes:
            conflicts.append(Conflict(question_id, theirs.get(question_id), value))
    return Merged({name: value for name, value in answers.items() if value is not None}, tuple(conflicts))


def _merged(base: Any, theirs: Any, mine: Any) -> tuple[Any, bool]:
    if mine in (base, theirs):
        return theirs, False
    if theirs == base:
        return mine, False
    if _has_parts(theirs) and _has_parts(mine) and (base is None or _has_parts(base)):
        return _merged_parts(base or {}, theirs or {}, mine or {})
    return theirs, True


def _has_parts(value: Any) -> bool:
    return value is None or (isinstance(value, Mapping) and not is_unread(value))


def _merged_parts(
    base: Mapping[str, Any], theirs: Mapping[str, Any], mine: Mapping[str, Any]
) -> tuple[dict[str, Any] | None, bool]:
    parts, clashed = {}, False
    for name in [*theirs, *(name for name in mine if name not in theirs)]:
        parts[name], clashes = _merged(base.get(name), theirs.get(name), mine.get(name))
        clashed = clashed or clashes
    return {name: value for name, value in parts.items() if value is not None} or None, clashed
