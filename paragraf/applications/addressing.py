"""To whom a letter about an application is written, as it prints it."""

from __future__ import annotations

from paragraf.core.identifiers import print_postcode
from paragraf.questions.facts import Facts


def addressee(facts: Facts, counterpart: str) -> tuple[str, ...]:
    """The applicant's name and address, a line each, as far as the application tells them."""
    town = f"{print_postcode(facts.applicant_postcode)} {facts.applicant_city}" if facts.applicant_postcode else ""
    lines = (
        facts.applicant_name or counterpart,
        facts.applicant_unit,
        facts.contact_name,
        facts.applicant_street,
        town.strip() or facts.applicant_city,
    )
    return tuple(line for line in lines if line)
