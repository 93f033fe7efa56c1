"""Ids in a definition: small letters, digits and underscore, each used once where it is used."""

from __future__ import annotations

import re
from collections.abc import Mapping

from paragraf.questions.definition import Text
from paragraf.questions.nodes import Entry

_ID = re.compile(r"[a-z][a-z0-9_]{0,59}")


def unique_id(entry: Entry | None, seen: set[str]) -> str:
    """Return the id and remember it in ``seen``; an ill-formed or repeated one is a fault and gives ``""``."""
    value = entry.text() if entry else None
    if entry is None or value is None:
        return ""
    if not _ID.fullmatch(value):
        entry.fault("Ett id börjar med en liten bokstav a–z och har bara a–z, siffror och _. Exempel: target_group.")
        return ""
    if value in seen:
        entry.fault("id %(id)s finns redan. Varje id får bara användas en gång.", id=value)
        return ""
    seen.add(value)
    return value


def label_of(keys: Mapping[str, Entry]) -> Text:
    """Return the text under ``label``, blank where it is absent (which has been told already)."""
    return keys["label"].bilingual() if "label" in keys else Text("", "")
