"""What the northern association has made of its templates: a logo, and minutes in colours of its own."""

from __future__ import annotations

import struct
import zlib
from datetime import datetime, timedelta
from io import BytesIO
from math import hypot, sin
from typing import Any

from sqlalchemy.orm import Session

from document_templates import LOGO, load
from paragraf.demonstration.people import Settled
from paragraf.templates.operations import add_version, request_preview, set_logo, use_version
from paragraf.word.filling.template import compile_template

#: The logo: a sun over a river.
WIDTH, HEIGHT = 360, 120
WHITE, SUN, RIVER, DEEP = (255, 255, 255), (214, 138, 44), (58, 125, 138), (31, 58, 95)
GREEN = "1F5C4D"


def change(session: Session, settled: Settled, now: datetime, actor: str) -> None:
    """The secretary puts in the logo, uploads changed minutes, and switches to them the next day."""
    set_logo(session, association_id=settled.id, content=logo(), alt=settled.association.name, now=now, actor=actor)
    version, _assessment = add_version(
        session,
        association_id=settled.id,
        kind="minutes",
        filename="protokoll-norralven.docx",
        content=green_minutes(),
        remark="Rubrikerna i förbundets gröna färg",
        now=now,
        actor=actor,
    )
    use_version(
        session, association_id=settled.id, kind="minutes", version=version, now=now + timedelta(days=1), actor=actor
    )
    for each in (version, None):
        request_preview(session, association_id=settled.id, kind="minutes", version=each, now=now)


def green_minutes() -> bytes:
    """The shipped minutes as somebody might have changed them in Word."""
    import docx
    from docx.shared import RGBColor

    document: Any = docx.Document(BytesIO(load("minutes")))
    for style in document.styles:
        if style.name in ("Title", "Heading 1", "Heading 2"):
            style.font.color.rgb = RGBColor.from_string(GREEN)
    if LOGO not in compile_template(load("minutes")).fields():
        first = document.paragraphs[0]
        for tag in (f"{{%p if {LOGO} %}}", f"{{{{ {LOGO} }}}}", "{%p endif %}"):
            first.insert_paragraph_before(tag)
    changed = BytesIO()
    document.save(changed)
    return changed.getvalue()


def logo() -> bytes:
    """A PNG picture, dot by dot."""
    rows = b"".join(b"\0" + bytes(part for x in range(WIDTH) for part in _dot(x, y)) for y in range(HEIGHT))
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body)) for name, body in chunks
    )


def _dot(x: int, y: int) -> tuple[int, int, int]:
    for depth, colour in ((96, DEEP), (76, RIVER)):
        if y > depth + 7 * sin(x / 24 + depth):
            return colour
    return SUN if hypot(x - 180, y - 62) < 40 else WHITE
