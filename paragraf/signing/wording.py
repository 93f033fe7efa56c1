"""Words that become part of a signature, and so are kept beside it: capacities and declarations."""

from __future__ import annotations

from paragraf.signing.models import RoundPurpose, SigningCapacity

_CAPACITIES = {
    SigningCapacity.CHAIR: ("ordförande", "chair"),
    SigningCapacity.SECRETARY: ("sekreterare", "secretary"),
    SigningCapacity.MINUTES_VERIFIER: ("justerare", "minutes verifier"),
}
_THINGS = {RoundPurpose.MINUTES: ("ett protokoll", "minutes")}
_DECLARATIONS = {
    RoundPurpose.MINUTES: (
        "Jag har läst protokollet och skriver under det som {capacity}.",
        "I have read the minutes and sign them as {capacity}.",
    )
}


def capacity_name(capacity: SigningCapacity, language: str = "sv") -> str:
    """``ordförande`` or ``chair``."""
    return _in_language(_CAPACITIES[capacity], language)


def thing_to_sign(purpose: RoundPurpose, language: str = "sv") -> str:
    """What kind of thing waits, without a word of which one: ``ett protokoll`` or ``minutes``."""
    return _in_language(_THINGS[purpose], language)


def declaration(purpose: RoundPurpose, capacity: SigningCapacity, language: str = "sv") -> str:
    """The sentence a signatory agrees to; kept with the signature word for word."""
    return _in_language(_DECLARATIONS[purpose], language).format(capacity=capacity_name(capacity, language))


def _in_language(swedish_and_english: tuple[str, str], language: str) -> str:
    return swedish_and_english[1 if language.startswith("en") else 0]
