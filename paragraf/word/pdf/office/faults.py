"""What can go wrong between Word and PDF."""

from __future__ import annotations

from paragraf.core.errors import RuleBroken


class OfficeMissing(RuleBroken):
    """LibreOffice is not on this machine; everything but PDF works without it."""


class ConversionFailed(RuleBroken):
    """LibreOffice gave no PDF, or not in time."""


class OfficeDied(Exception):
    """The process ended by itself, or was killed from outside."""


class OfficeHung(Exception):
    """No answer in time."""


class CannotStayWarm(Exception):
    """LibreOffice cannot be loaded into a process of ours; the reason is told in English, for the log."""


def missing() -> OfficeMissing:
    return OfficeMissing(
        "PDF kan inte göras: LibreOffice saknas på servern. Installera det med ”apt-get install "
        "libreoffice-writer-nogui”. Word-dokumentet finns ändå att hämta."
    )


def not_in_time(seconds: float) -> ConversionFailed:
    return ConversionFailed(
        "LibreOffice blev inte klar med PDF-filen på %(seconds)s sekunder. Word-dokumentet finns ändå att hämta.",
        seconds=round(seconds),
    )


def not_made(said: str) -> ConversionFailed:
    """``said``: LibreOffice's own words; only the end of long ones is quoted."""
    return ConversionFailed(
        "LibreOffice kunde inte göra PDF av dokumentet: %(said)s. Word-dokumentet finns ändå att hämta.",
        said=said.strip()[-300:] or "inget svar",
    )


def crashed() -> ConversionFailed:
    return ConversionFailed(
        "LibreOffice avslutades två gånger medan PDF-filen gjordes. Word-dokumentet finns ändå att hämta."
    )


def no_word_file() -> ConversionFailed:
    return ConversionFailed("PDF kan inte göras: filen är inget Word-dokument.")
