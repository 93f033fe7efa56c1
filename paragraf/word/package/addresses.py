"""Which addresses a document may hold for its reader to click on."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

_SCHEMES = ("http", "https", "mailto")
_UNSAFE = re.compile('[\x00-\x20\x7f<>"{}|\\\\^`\ud800-\udfff\ufffe\uffff]')


def clickable(link: str) -> str:
    """The address as Word wants it; empty where it is no web or mail address, or one that Word would call damage."""
    address = _UNSAFE.sub(lambda sign: quote(sign[0], errors="replace"), link.strip())
    try:
        parts = urlsplit(address)
    except ValueError:
        return ""
    return address if parts.scheme in _SCHEMES and (parts.netloc or parts.scheme == "mailto") else ""
