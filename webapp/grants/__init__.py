"""Grants: the board's picture, one grant with its money and reports, the year's funds, and the grantee's own pages."""

from webapp.grants import amounts, claims, grantee, one, picture, reports, settings
from webapp.grants.door import blueprint

__all__ = ["amounts", "blueprint", "claims", "grantee", "one", "picture", "reports", "settings"]
