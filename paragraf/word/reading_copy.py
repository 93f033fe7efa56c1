"""A Word document as plain, sanitised HTML: for reading on a phone before signing, and for screen readers."""

from __future__ import annotations

import io
from typing import Any

from paragraf.word.package.opening import open_to_read

# The page around the copy has its own h1.
_STYLES = "\n".join(
    (
        "p[style-name='Title'] => h2:fresh",
        "p[style-name='Subtitle'] => p.subtitle:fresh",
        "p[style-name='heading 1'] => h3:fresh",
        "p[style-name='heading 2'] => h4:fresh",
        "p[style-name='heading 3'] => h5:fresh",
        "p[style-name='Heading 1'] => h3:fresh",
        "p[style-name='Heading 2'] => h4:fresh",
        "p[style-name='Heading 3'] => h5:fresh",
    )
)
_TAGS = "h2 h3 h4 h5 h6 p ul ol li table thead tbody tr th td strong em u s sup sub br a blockquote pre"
_ATTRIBUTES = {"a": {"href"}, "td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "p": {"class"}}


def reading_copy(content: bytes) -> str:
    """The body of a .docx file as HTML without scripts, styles, images or links to anything but web and mail.

    Headings begin at h2. Headers, footers and layout are left out; so is whatever would run or be fetched in Word, so
    that any document that comes in can be read. NotAWordFile for what is none.
    """
    import mammoth
    import nh3

    open_to_read(content)
    html: str = mammoth.convert_to_html(io.BytesIO(content), style_map=_STYLES, convert_image=_no_image).value
    return nh3.clean(html, tags=set(_TAGS.split()), attributes=_ATTRIBUTES, url_schemes={"http", "https", "mailto"})


def _no_image(_image: Any) -> list[Any]:
    return []
