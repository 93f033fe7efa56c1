"""How those whom a letter is from or to are printed on it."""

from __future__ import annotations

from paragraf.core.identifiers import print_phone, print_postcode
from paragraf.people.models import Association


def address_line(association: Association) -> str:
    """The association's address on one line, ``""`` where none is entered."""
    town = f"{print_postcode(association.postcode)} {association.city}" if association.postcode else association.city
    return ", ".join(filter(None, [association.street, town.strip()]))


def contact_line(association: Association, name: str = "") -> str:
    """Who answers questions, and how: ``Sonja Ekvall, kansli@norrdal.example, 0910-12 34 56``."""
    phone = print_phone(association.phone) if association.phone else ""
    return ", ".join(filter(None, [name, association.email, phone]))
