"""The table of kinds: the shape of each answer, the parts it has and the options the form's writer may give.

A new kind is a row here; only a new *shape* needs code in the other modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from paragraf.core.errors import N_
from paragraf.questions.definition import Kind, Question, Text


class Shape(Enum):
    """How an answer is built: one value, a list of ids, named parts, a list of such, or cells by row and year."""

    VALUE = auto()
    SEVERAL = auto()
    PARTS = auto()
    LIST = auto()
    CELLS = auto()


@dataclass(frozen=True, slots=True)
class Part:
    """One named part of an answer: its label, the sort of value, and what the browser may fill in by itself."""

    name: str
    scalar: str
    label: Text
    autocomplete: str = "off"


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What holds for every question of a kind. ``unanswered`` is the message for a required one left blank."""

    shape: Shape
    scalar: str = "line"
    parts: tuple[Part, ...] = ()
    optional: tuple[str, ...] = ()
    options: frozenset[str] = frozenset()
    demanded: frozenset[str] = frozenset()
    unanswered: str = N_("Frågan saknar svar.")
    autocomplete: str = "off"


_ORGANISATION = (
    Part("name", "line", Text("Organisationens namn", "Name of the organisation"), "organization"),
    Part("unit", "line", Text("Enhet eller arbetsställe", "Unit or workplace")),
    Part("number", "organisation_number", Text("Organisationsnummer", "Organisation number")),
    Part("street", "line", Text("Utdelningsadress", "Postal address"), "street-address"),
    Part("postcode", "postcode", Text("Postnummer", "Postcode"), "postal-code"),
    Part("city", "line", Text("Postort", "City"), "address-level2"),
)
_PERSON = (
    Part("name", "line", Text("Namn", "Name"), "name"),
    Part("title", "line", Text("Befattning", "Position"), "organization-title"),
    Part("email", "email", Text("E-postadress", "E-mail address"), "email"),
    Part("phone", "phone", Text("Telefon", "Phone"), "tel"),
    Part("mobile", "phone", Text("Mobiltelefon", "Mobile phone"), "tel"),
)
_PERIOD = (
    Part("start", "date", Text("Från och med", "From")),
    Part("end", "date", Text("Till och med", "Until")),
)
_SIGNATORY = (
    Part("name", "line", Text("Namnförtydligande", "Name in print")),
    Part("title", "line", Text("Befattning", "Position")),
    Part("organisation", "line", Text("Organisation", "Organisation")),
)
CELL = Part("amount", "money", Text("Belopp", "Amount"))

KINDS: dict[Kind, KindSpec] = {
    Kind.TEXT: KindSpec(Shape.VALUE, options=frozenset({"max_words"})),
    Kind.LONG_TEXT: KindSpec(Shape.VALUE, "prose", options=frozenset({"max_words"})),
    Kind.CHOICE: KindSpec(
        Shape.VALUE,
        options=frozenset({"choices"}),
        demanded=frozenset({"choices"}),
        unanswered=N_("Välj ett av alternativen."),
    ),
    Kind.CHOICES: KindSpec(
        Shape.SEVERAL,
        options=frozenset({"choices", "at_least", "at_most"}),
        demanded=frozenset({"choices"}),
        unanswered=N_("Välj minst ett av alternativen."),
    ),
    Kind.YES_NO: KindSpec(Shape.VALUE, unanswered=N_("Svara ja eller nej.")),
    Kind.DATE: KindSpec(Shape.VALUE, "date", options=frozenset({"earliest", "latest"})),
    Kind.PERIOD: KindSpec(
        Shape.PARTS,
        parts=_PERIOD,
        options=frozenset({"earliest", "latest", "max_years"}),
    ),
    Kind.MONEY: KindSpec(Shape.VALUE, "money", unanswered=N_("Skriv ett belopp. Är det noll kronor, skriv 0.")),
    Kind.ORGANISATION: KindSpec(
        Shape.PARTS, parts=_ORGANISATION, optional=("unit",), options=frozenset({"parts", "optional"})
    ),
    Kind.PERSON: KindSpec(
        Shape.PARTS, parts=_PERSON, optional=("title", "mobile"), options=frozenset({"parts", "optional"})
    ),
    Kind.EMAIL: KindSpec(Shape.VALUE, "email", autocomplete="email"),
    Kind.PHONE: KindSpec(Shape.VALUE, "phone", autocomplete="tel"),
    Kind.PLUSGIRO: KindSpec(Shape.VALUE, "plusgiro"),
    Kind.BANKGIRO: KindSpec(Shape.VALUE, "bankgiro"),
    Kind.POSTCODE: KindSpec(Shape.VALUE, "postcode", autocomplete="postal-code"),
    Kind.COOPERATING_PARTIES: KindSpec(
        Shape.SEVERAL,
        options=frozenset({"at_least"}),
        unanswered=N_("Välj vilka av förbundets medlemmar som samverkar."),
    ),
    Kind.BUDGET: KindSpec(
        Shape.CELLS,
        "money",
        options=frozenset({"rows", "years"}),
        demanded=frozenset({"rows", "years"}),
        unanswered=N_("Fyll i minst en kostnad."),
    ),
    Kind.ATTACHMENTS: KindSpec(
        Shape.SEVERAL, options=frozenset({"at_least", "at_most"}), unanswered=N_("Lägg till minst en bilaga.")
    ),
    Kind.DECLARATION: KindSpec(Shape.VALUE, unanswered=N_("Kryssa i rutan för att intyga detta.")),
    Kind.SIGNATORIES: KindSpec(
        Shape.LIST,
        parts=_SIGNATORY,
        optional=("title",),
        options=frozenset({"parts", "optional", "at_least", "at_most"}),
        unanswered=N_("Ange minst en person som skriver under."),
    ),
}


def spec(question: Question) -> KindSpec:
    """Return what holds for the question's kind."""
    return KINDS[question.kind]


def parts_of(question: Question) -> tuple[Part, ...]:
    """Return the parts this question asks for: those its form chose, or all that the kind has."""
    known = spec(question).parts
    return tuple(part for part in known if not question.options.parts or part.name in question.options.parts)


def is_optional(question: Question, part: Part) -> bool:
    """Return whether the part may be left blank: as the form says, or as is usual for the kind."""
    said = question.options.optional
    return part.name in (spec(question).optional if said is None else said)
