"""What the form cannot know by itself: the member organisations, the call's years, the uploaded documents."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True)
class Member:
    """A member organisation as the form sees it.

    ``principal`` is the party (huvudman) it belongs to by 1 and 5 §§ of the Finsam act (2003:1210): the state
    agencies are parties of their own, the region is one, and the municipalities together count as one when the
    association's charter says so. Two members with the same ``principal`` are one party.
    """

    name: str
    principal: str
    #: Its organisation number as ten digits; empty where it is not known.
    number: str = ""


@dataclass(frozen=True, slots=True)
class Context:
    """The facts from the register that reading, checking and showing answers may need.

    ``members`` by the member's id as text; ``documents`` gives what is printed for an attachment's id;
    ``start_year`` is the first budget year until the applicant has stated a period; ``earliest`` and ``latest``
    bound the period by the call for applications, beside what the form itself says.
    """

    members: Mapping[str, Member] = field(default_factory=dict)
    documents: Mapping[str, str] = field(default_factory=dict)
    start_year: int | None = None
    earliest: date | None = None
    latest: date | None = None
