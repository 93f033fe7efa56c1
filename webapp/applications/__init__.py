"""Funding applications: begin one (public), write one (by link), handle those that came in (the office)."""

from webapp.applications import applicant, asking, beginning, completing, office, office_list, preparing, section
from webapp.applications.door import blueprint

__all__ = [
    "applicant",
    "asking",
    "beginning",
    "blueprint",
    "completing",
    "office",
    "office_list",
    "preparing",
    "section",
]
