"""Signed links (itsdangerous): who issued them, for which purpose, how old they are.

A token carries ids only, never a secret. Revocation and single use live in the database, since a token can be
replayed and has several valid spellings.
"""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from hashlib import sha256
from typing import Any

from itsdangerous import BadData, SignatureExpired, URLSafeTimedSerializer

from paragraf.core.errors import LinkExpired, LinkRefused
from paragraf.core.settings import Settings


class Purpose(StrEnum):
    """Each purpose is a salt of its own: a link for one cannot be used for another."""

    SIGN_IN = "sign-in"
    APPLICATION = "application"
    SIGNING = "signing"
    EXTRACT = "extract"
    CALENDAR = "calendar"


def issue(settings: Settings, purpose: Purpose, payload: dict[str, int | str]) -> str:
    """A token for a link, signed with the newest key."""
    return _serializer(settings, purpose).dumps(payload)


def read(settings: Settings, purpose: Purpose, token: str, max_age: timedelta) -> dict[str, Any]:
    """The payload of a genuine token not older than ``max_age``.

    Raises LinkExpired for a genuine but old one and LinkRefused for all else.
    """
    try:
        payload = _serializer(settings, purpose).loads(token, max_age=int(max_age.total_seconds()))
    except SignatureExpired:
        raise LinkExpired("Länken är för gammal. Be om en ny, så skickas den till samma adress.") from None
    except BadData:
        raise refused() from None
    if not isinstance(payload, dict):
        raise refused()
    return payload


def refused() -> LinkRefused:
    """The one answer for wrong, foreign, tampered, revoked and used links."""
    return LinkRefused("Länken gäller inte. Den kan vara använd, ersatt av en nyare eller felskriven.")


def _serializer(settings: Settings, purpose: Purpose) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(
        settings.secret_keys,
        salt=f"paragraf.{purpose.value}",
        signer_kwargs={"digest_method": sha256, "key_derivation": "hmac"},
    )
