"""The form definitions that come with the program, in forms/definitions/*.yaml."""

from __future__ import annotations

from importlib.resources import files

# Named, not imported: definitions are data that lie behind a door of the house, and rooms import no doors.
_FOLDER = "forms.definitions"


def keys() -> tuple[str, ...]:
    """The keys of the shipped definitions, in alphabetical order."""
    return tuple(sorted(entry.name[:-5] for entry in files(_FOLDER).iterdir() if entry.name.endswith(".yaml")))


def shipped(key: str) -> str:
    """The text of the shipped definition ``key``, such as "application_a"; FileNotFoundError if there is none."""
    return (files(_FOLDER) / f"{key}.yaml").read_text(encoding="utf-8")
