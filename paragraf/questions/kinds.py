"""The table of kinds: the shape of each answer, the parts it has and the options the form's writer may give.

A new kind is a row here; only a new *shape* needs code in the other modules.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto

from paragraf.core.errors import N_
from paragraf.questions.definition import Choice, Kind, Part, Question, Text


class Shape(Enum):
    """How an answer is built: one value, a list of ids, named parts, a list of such, or cells by row and year.

    ROWS is named parts for each row that the form gives; COMPUTED has no answer, since nothing is filled in.
    """

    VALUE = auto()
    SEVERAL = auto()
    PARTS = auto()
    LIST = auto()
    ROWS = auto()
    CELLS = auto()
    COMPUTED = auto()


@dataclass(frozen=True, slots=True)
class KindSpec:
    """What holds for every question of a kind. ``unanswered`` is the message for a required one left blank."""

    shape: Shape
    scalar: str = "line"
    parts: tuple[Part, ...] = ()
    #: The parts that are asked for when the form chooses none; all of them when this is empty.
    usual: tuple[str, ...] = ()
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
    Part("email", "email", Text("E-postadress", "E-mail address")),
    Part(
        "capacity",
        "choice",
        Text("Rätt att skriva under", "Right to sign"),
        choices=(
            Choice("signature_right", Text("Firmatecknare", "Authorised signatory")),
            Choice("delegation", Text("Enligt delegation", "By delegation")),
        ),
    ),
)
#: What the parts of the signatories must be where a form counts as received when they have signed.
SIGNING_PARTS = ("name", "organisation", "email", "capacity")
CELL = Part("amount", "money", Text("Belopp", "Amount"))

KINDS: dict[Kind, KindSpec] = {
    Kind.TEXT: KindSpec(Shape.VALUE, options=frozenset({"max_words"})),
    Kind.LONG_TEXT: KindSpec(Shape.VALUE, "prose", options=frozenset({"max_words", "formatted"})),
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
    Kind.NUMBER: KindSpec(
        Shape.VALUE,
        "number",
        options=frozenset({"unit", "decimals", "at_least", "at_most"}),
        unanswered=N_("Skriv ett tal. Är det noll, skriv 0."),
    ),
    Kind.PERCENT: KindSpec(
        Shape.VALUE,
        "percent",
        options=frozenset({"at_least", "at_most"}),
        unanswered=N_("Skriv ett procenttal. Är det noll, skriv 0."),
    ),
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
        options=frozenset({"rows", "groups", "years"}),
        demanded=frozenset({"rows", "years"}),
        unanswered=N_("Fyll i minst en kostnad."),
    ),
    Kind.BUDGET_SUMMARY: KindSpec(Shape.COMPUTED, "money", options=frozenset({"of"}), demanded=frozenset({"of"})),
    Kind.TABLE: KindSpec(
        Shape.LIST,
        options=frozenset({"columns", "fixed_rows", "row_sum", "at_least", "at_most"}),
        demanded=frozenset({"columns"}),
        unanswered=N_("Fyll i minst en rad."),
    ),
    Kind.ATTACHMENTS: KindSpec(
        Shape.SEVERAL, options=frozenset({"at_least", "at_most"}), unanswered=N_("Lägg till minst en bilaga.")
    ),
    Kind.DECLARATION: KindSpec(Shape.VALUE, unanswered=N_("Kryssa i rutan för att intyga detta.")),
    Kind.SIGNATORIES: KindSpec(
        Shape.LIST,
        parts=_SIGNATORY,
        usual=("name", "title", "organisation"),
        optional=("title",),
        options=frozenset({"parts", "optional", "at_least", "at_most"}),
        unanswered=N_("Ange minst en person som skriver under."),
    ),
}


def spec(question: Question) -> KindSpec:
    """Return what holds for the question's kind."""
    return KINDS[question.kind]


def shape_of(question: Question) -> Shape:
    """Return how an answer to the question is built; a table with given rows is built by them."""
    return Shape.ROWS if question.options.fixed_rows else spec(question).shape


def parts_of(question: Question) -> tuple[Part, ...]:
    """Return the parts this question asks for: a table's columns, the parts its form chose, or the usual ones."""
    if question.options.columns:
        return question.options.columns
    known = spec(question)
    wanted = question.options.parts or known.usual
    return tuple(part for part in known.parts if part.name in wanted) if wanted else known.parts


def is_optional(question: Question, part: Part) -> bool:
    """Return whether the part may be left blank: as the form says, or as is usual for the kind."""
    if question.options.columns:
        return not part.required
    said = question.options.optional
    return part.name in (spec(question).optional if said is None else said)
