"""Funding applications: begin one (public), write one (by link), handle those that came in (the office)."""

from webapp.applications import (
    applicant,
    asking,
    beginning,
    carrying,
    completing,
    office,
    office_list,
    preparing,
    section,
    signing_round,
    taking_back,
    taking_part,
)
from webapp.applications.door import blueprint

__all__ = [
    "applicant",
    "asking",
    "beginning",
    "blueprint",
    "carrying",
    "completing",
    "office",
    "office_list",
    "preparing",
    "section",
    "signing_round",
    "taking_back",
    "taking_part",
]
