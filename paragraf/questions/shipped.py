"""The form definitions that come with the program, in forms/definitions/*.yaml."""

from __future__ import annotations

from importlib.resources import files


def shipped(key: str) -> str:
    """The text of the shipped definition ``key``, such as "application_a"; FileNotFoundError if there is none."""
    # Named, not imported: definitions are data that lie behind a door of the house, and rooms import no doors.
    return (files("forms.definitions") / f"{key}.yaml").read_text(encoding="utf-8")
