"""What is said about an answer, at which field, and how much it matters."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from dataclasses import field as made
from typing import Any

from paragraf.questions.definition import Text


def _as_written(message: str) -> str:
    return message


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to do before the form can be submitted, or to look at.

    ``field`` is a field's name, or the question's id where the whole question is meant. ``is_missing`` tells what is
    not answered from what is answered wrongly, and ``is_warning`` what is told but blocks nothing. The message is
    Swedish source text with ``%(name)s`` places; a value may be a Text of the form itself.
    """

    section_id: str
    question_id: str
    field: str
    message: str
    values: Mapping[str, Any] = made(default_factory=dict)
    is_missing: bool = False
    is_warning: bool = False

    def told(self, language: str = "sv", translate: Callable[[str], str] = _as_written) -> str:
        """Return the message in the language; ``translate`` gives the catalogue's text for the Swedish source."""
        message = translate(self.message)
        filled = {
            name: value.in_language(language) if isinstance(value, Text) else value
            for name, value in self.values.items()
        }
        return message % filled if filled else message

    def __str__(self) -> str:
        return self.told()
