"""Words for how far signing is, for the minutes pages."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

from paragraf.signing.models import SigningCapacity
from paragraf.signing.rules import RoundState, SignatoryState
from paragraf.signing.wording import capacity_name
from webapp.language import current

ROUND = {
    RoundState.OPEN: _l("väntar på underskrifter"),
    RoundState.COMPLETED: _l("alla har skrivit under"),
    RoundState.DECLINED: _l("någon har avböjt"),
    RoundState.WITHDRAWN: _l("tillbakadraget"),
    RoundState.EXPIRED: _l("tiden är ute"),
}
SIGNATORY = {
    SignatoryState.WAITING: _l("har inte skrivit under"),
    SignatoryState.IDENTIFIED: _l("har öppnat protokollet"),
    SignatoryState.SIGNED: _l("har skrivit under"),
    SignatoryState.DECLINED: _l("har avböjt"),
}


def capacity(of: SigningCapacity) -> str:
    """The capacity in the page's language."""
    return capacity_name(of, current())
