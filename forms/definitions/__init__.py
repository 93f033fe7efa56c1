"""The forms that come with the program, one YAML file each, written so that a secretary can read them."""

from __future__ import annotations

from importlib.resources import files

from paragraf.core.errors import NotThere


def keys() -> tuple[str, ...]:
    """Return the keys of the shipped forms, in alphabetical order."""
    return tuple(sorted(entry.name[:-5] for entry in files(__name__).iterdir() if entry.name.endswith(".yaml")))


def load(key: str) -> str:
    """Return the YAML text of the shipped form ``key``; NotThere when there is none with that name."""
    if key not in keys():
        raise NotThere("Det finns inget formulär som heter %(key)s.", key=key)
    return files(__name__).joinpath(f"{key}.yaml").read_text(encoding="utf-8")
