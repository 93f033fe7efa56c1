"""The organisation: members, bodies with rules and mandates, persons and roles, notice boards."""

# They hang their pages on the blueprint.
from webapp.organisation import boards, bodies, mandates, members, persons, showing  # noqa: F401
from webapp.organisation.base import blueprint

__all__ = ["blueprint"]
