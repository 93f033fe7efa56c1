"""The colours, fonts and measures that all our papers share, as the file's theme carries them.

A style names a colour or font of the theme, never its own: whoever picks other theme colours in Word recolours it all.
"""

from __future__ import annotations

from dataclasses import dataclass

# A4 in twentieths of a point, Word's own unit. Labels and § numbers stand in a column left of the text, so that a line
# of text keeps the 60-75 characters that are easy to read while tables may use the whole width.
TWIPS_PER_MM = 1440 / 25.4
PAGE_WIDTH, PAGE_HEIGHT = 11906, 16838
LABELS = 2268
MEASURE = 6804
FULL = LABELS + MEASURE
NARROW = 4082
LEFT, RIGHT = 3515, PAGE_WIDTH - 3515 - MEASURE

# Arial is in every Word, and Liberation Sans, which every LibreOffice carries, has the same widths: a page breaks at
# the same word in both. Its figures are all equally wide, as columns of amounts need.
FONT = "Arial"


@dataclass(frozen=True, slots=True)
class Colour:
    """A colour of the theme: ``slot`` its name in theme1.xml, ``theme`` what styles call it, ``rgb`` in hexadecimal."""

    slot: str
    theme: str
    rgb: str


INK = Colour("dk1", "text1", "1D2329")
PAPER = Colour("lt1", "background1", "FFFFFF")
DEEP = Colour("dk2", "text2", "1F3A5F")
WASH = Colour("lt2", "background2", "F1F4F8")
SOFT = Colour("accent1", "accent1", "525E6B")
LINE = Colour("accent2", "accent2", "C9D1DA")
ACCENT = Colour("accent3", "accent3", "9A4A12")
GOOD = Colour("accent4", "accent4", "1F6B3A")
WARN = Colour("accent5", "accent5", "8A5300")
BAD = Colour("accent6", "accent6", "A3211B")
LINK = Colour("hlink", "hyperlink", "1F3A5F")
VISITED = Colour("folHlink", "followedHyperlink", "525E6B")
COLOURS = (INK, PAPER, DEEP, WASH, SOFT, LINE, ACCENT, GOOD, WARN, BAD, LINK, VISITED)

_A = "http://schemas.openxmlformats.org/drawingml/2006/main"
_FILL = '<a:solidFill><a:schemeClr val="phClr"/></a:solidFill>'
_EDGE = f'<a:ln w="6350">{_FILL}</a:ln>'
_EFFECT = "<a:effectStyle><a:effectLst/></a:effectStyle>"


def twips(millimetres: float) -> int:
    """Millimetres in Word's unit, a twentieth of a point."""
    return round(millimetres * TWIPS_PER_MM)


def contrast(one: str, other: str) -> float:
    """How well two colours (``rrggbb``) tell apart, 1 to 21, as WCAG 2.1 counts."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(rgb: str) -> float:
    red, green, blue = (_linear(int(rgb[place : place + 2], 16) / 255) for place in (0, 2, 4))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(share: float) -> float:
    return float(share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4)


def theme_xml() -> str:
    """word/theme/theme1.xml: the colours and fonts, and the least of effects that Word demands."""
    colours = "".join(f'<a:{each.slot}><a:srgbClr val="{each.rgb}"/></a:{each.slot}>' for each in COLOURS)
    font = f'<a:latin typeface="{FONT}"/><a:ea typeface=""/><a:cs typeface="{FONT}"/>'
    return (
        f'<a:theme xmlns:a="{_A}" name="Paragraf"><a:themeElements>'
        f'<a:clrScheme name="Paragraf">{colours}</a:clrScheme>'
        f'<a:fontScheme name="Paragraf"><a:majorFont>{font}</a:majorFont>'
        f"<a:minorFont>{font}</a:minorFont></a:fontScheme>"
        f'<a:fmtScheme name="Paragraf"><a:fillStyleLst>{_FILL * 3}</a:fillStyleLst>'
        f"<a:lnStyleLst>{_EDGE * 3}</a:lnStyleLst><a:effectStyleLst>{_EFFECT * 3}</a:effectStyleLst>"
        f"<a:bgFillStyleLst>{_FILL * 3}</a:bgFillStyleLst></a:fmtScheme>"
        "</a:themeElements></a:theme>"
    )
