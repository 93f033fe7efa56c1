"""Funding applications: begin one (public), write one (by link), handle those that came in (the office)."""

from webapp.applications import applicant, beginning, carrying, office, section, signing_round, taking_part
from webapp.applications.door import blueprint

__all__ = ["applicant", "beginning", "blueprint", "carrying", "office", "section", "signing_round", "taking_part"]
