"""Words that become part of a signature, and so are kept beside it: capacities and declarations."""

from __future__ import annotations

from paragraf.signing.models import RoundPurpose, Signatory, SigningCapacity

_CAPACITIES = {
    SigningCapacity.CHAIR: ("ordförande", "chair"),
    SigningCapacity.SECRETARY: ("sekreterare", "secretary"),
    SigningCapacity.MINUTES_VERIFIER: ("justerare", "minutes verifier"),
    SigningCapacity.AUTHORISED_SIGNATORY: ("firmatecknare", "authorised signatory"),
    SigningCapacity.DELEGATE: ("ombud enligt delegation", "representative by delegation"),
}
_FOR = ("{capacity} för {organisation}", "{capacity} of {organisation}")
_THINGS = {
    RoundPurpose.MINUTES: ("ett protokoll", "minutes"),
    RoundPurpose.APPLICATION: ("en ansökan", "an application"),
    RoundPurpose.IMMEDIATE_VERIFICATION: ("omedelbart justerade paragrafer", "decisions for immediate verification"),
}
_DECLARATIONS = {
    RoundPurpose.MINUTES: (
        "Jag har läst protokollet och skriver under det som {capacity}.",
        "I have read the minutes and sign them as {capacity}.",
    ),
    RoundPurpose.IMMEDIATE_VERIFICATION: (
        "Jag har läst paragraferna och skriver under dem som {capacity}.",
        "I have read the decisions and sign them as {capacity}.",
    ),
    RoundPurpose.APPLICATION: (
        "Jag har läst ansökan, har rätt att skriva under den och gör det som {capacity}.",
        "I have read the application, have the right to sign it, and do so as {capacity}.",
    ),
}


def capacity_name(capacity: SigningCapacity, language: str = "sv") -> str:
    """``ordförande`` or ``chair``."""
    return _in_language(_CAPACITIES[capacity], language)


def capacity_of(signatory: Signatory, language: str = "sv") -> str:
    """As what the person signs, and for whom: ``justerare``, or ``firmatecknare för Lindå kommun``."""
    name = capacity_name(signatory.capacity, language)
    told = _in_language(_FOR, language)
    return told.format(capacity=name, organisation=signatory.organisation) if signatory.organisation else name


def thing_to_sign(purpose: RoundPurpose, language: str = "sv") -> str:
    """What kind of thing waits, without a word of which one: ``ett protokoll`` or ``minutes``."""
    return _in_language(_THINGS[purpose], language)


def declaration(purpose: RoundPurpose, signatory: Signatory, language: str = "sv") -> str:
    """The sentence a signatory agrees to; kept with the signature word for word."""
    # Not format: an organisation is a stranger's text.
    return _in_language(_DECLARATIONS[purpose], language).replace("{capacity}", capacity_of(signatory, language))


def _in_language(swedish_and_english: tuple[str, str], language: str) -> str:
    return swedish_and_english[1 if language.startswith("en") else 0]
