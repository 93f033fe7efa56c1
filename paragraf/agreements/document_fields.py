"""What the agreement and the papers that follow from it print: text only, formatted already.

An empty text, tuple or formatted text leaves its line, row or section out of the document. Posts are full-time
equivalents with a decimal comma, sums are made before they come here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Formatted
from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class PartyLine:
    """One party to the agreement."""

    name: Annotated[str, Says("Partens namn", "Lindå kommun")]
    org_number: Annotated[str, Says("Partens organisationsnummer", "212000-9903")]
    address: Annotated[str, Says("Partens adress på en rad", "Torget 1, 930 10 Lindå")] = ""


@dataclass(frozen=True, slots=True)
class SectionLines:
    """One section of the agreement."""

    heading: Annotated[str, Says("Avsnittets rubrik", "Bakgrund")]
    text: Annotated[Formatted, Says("Avsnittets text", "Parterna har sedan 2021 ett gemensamt team i Lindå.")]


@dataclass(frozen=True, slots=True)
class CommitmentLines:
    """What one party undertakes."""

    party: Annotated[str, Says("Partens namn", "Region Norrsund")]
    text: Annotated[Formatted, Says("Partens åtagande", "Regionen deltar med en rehabkoordinator på halvtid.")]


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal with how it is measured."""

    indicator: Annotated[str, Says("Vad som mäts", "Andel som går vidare till arbete eller studier")]
    target: Annotated[str, Says("Målet", "minst 60 %")]
    follow_up: Annotated[str, Says("När och hur det följs upp", "Varje tertial, i lägesrapporten")]


@dataclass(frozen=True, slots=True)
class AppendixLine:
    """One appendix of the agreement."""

    label: Annotated[str, Says("Bilagans beteckning", "Bilaga 1")]
    title: Annotated[str, Says("Bilagans namn", "Parternas åtaganden")]
    year: Annotated[str, Says("Det år som bilagan gäller; tom när den gäller tills vidare", "2027")] = ""


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """One party's place for its signature."""

    party: Annotated[str, Says("Partens namn", "Lindå kommun")]
    name: Annotated[str, Says("Den som undertecknar för parten", "Rut Lindvall")]
    title: Annotated[str, Says("Titel på den som undertecknar", "förvaltningschef")]


@dataclass(frozen=True, slots=True)
class AgreementFields:
    """The whole agreement, in the wording of one revision."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/31")]
    name: Annotated[str, Says("Överenskommelsens namn", "Överenskommelse om Stegvis")]
    wording: Annotated[str, Says("Vilken lydelse det är", "Lydelse från och med 1 januari 2027")]
    in_force: Annotated[str, Says("Från när och hur länge", "Från 1 januari 2027 och tills vidare")]
    parties: Annotated[tuple[PartyLine, ...], Says("Parterna i ordning")]
    sections: Annotated[tuple[SectionLines, ...], Says("Avsnitten i ordning; numren sätts av mallen")]
    commitments: Annotated[tuple[CommitmentLines, ...], Says("Åtagandena, part för part")]
    goals: Annotated[tuple[GoalLine, ...], Says("Målen")]
    change_rules: Annotated[
        Formatted, Says("Vad som gäller när något ändras", "Väsentliga ändringar anmäls minst tre månader i förväg.")
    ]
    termination: Annotated[
        Formatted, Says("Giltighet, revidering och uppsägning", "Överenskommelsen ses över en gång om året.")
    ]
    appendices: Annotated[tuple[AppendixLine, ...], Says("Bilagorna")]
    originals: Annotated[str, Says("Antal original; tom när den undertecknas elektroniskt", "fyra")]
    signatures: Annotated[tuple[SignatureLine, ...], Says("Parternas underskrifter")]


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One category of staff that a party provides."""

    category: Annotated[str, Says("Personalgrupp", "arbetsterapeut")]
    posts: Annotated[str, Says("Antal tjänster", "0,5")]
    financed: Annotated[str, Says("Så många av dem som förbundet finansierar", "0,25")] = ""


@dataclass(frozen=True, slots=True)
class PartyYearLines:
    """One party's commitments for the year."""

    party: Annotated[str, Says("Partens namn", "Region Norrsund")]
    text: Annotated[Formatted, Says("Åtagandet under året", "Regionen öppnar en mottagning i Sörby under våren.")]
    staff: Annotated[tuple[StaffLine, ...], Says("Personalgrupper med tjänster")]
    posts: Annotated[str, Says("Partens tjänster tillsammans", "1,25")]
    financed: Annotated[str, Says("Så många av dem som förbundet finansierar", "0,5")]
    seats: Annotated[tuple[str, ...], Says("Platser i grupper", "styrgruppen: en plats och en ersättare")]
    left_by: Annotated[str, Says("Vem som lämnat åtagandet och när", "Nils Forsman, 9 december 2026")] = ""


@dataclass(frozen=True, slots=True)
class CommitmentAppendixFields:
    """The yearly appendix of commitments to an agreement."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/31")]
    agreement: Annotated[str, Says("Överenskommelsens namn", "Överenskommelse om Stegvis")]
    label: Annotated[str, Says("Bilagans beteckning", "Bilaga 1")]
    year: Annotated[str, Says("Det år som bilagan gäller", "2027")]
    due: Annotated[str, Says("När åtagandena ska vara lämnade", "31 december 2026")]
    introduction: Annotated[
        Formatted, Says("Inledning", "Bilagan visar vad varje part bidrar med under det kommande året.")
    ]
    parties: Annotated[tuple[PartyYearLines, ...], Says("Åtagandena, part för part")]
    posts_total: Annotated[str, Says("Alla tjänster tillsammans", "7,15")]
    financed_total: Annotated[str, Says("Alla tjänster som förbundet finansierar", "2,16")]


@dataclass(frozen=True, slots=True)
class StaffingRow:
    """One party's posts."""

    party: Annotated[str, Says("Partens namn", "Region Norrsund")]
    posts: Annotated[str, Says("Antal tjänster", "1,2")]
    own: Annotated[str, Says("Tjänster som parten själv finansierar", "0,7")]
    financed: Annotated[str, Says("Tjänster som förbundet finansierar", "0,5")]
    mark: Annotated[str, Says("Notens tecken, när raden har en not", "1)")] = ""


@dataclass(frozen=True, slots=True)
class FootnoteLine:
    """A note under the table."""

    mark: Annotated[str, Says("Notens tecken", "1)")]
    text: Annotated[str, Says("Notens text", "Halvtid från och med 1 april.")]


@dataclass(frozen=True, slots=True)
class StaffingTableFields:
    """Who provides how many posts under an agreement, and who pays for them."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/31")]
    agreement: Annotated[str, Says("Överenskommelsens namn", "Överenskommelse om Stegvis")]
    year: Annotated[str, Says("Det år som tabellen gäller", "2027")]
    as_of: Annotated[str, Says("Dagen då uppgifterna togs fram", "15 december 2026")]
    rows: Annotated[tuple[StaffingRow, ...], Says("En rad för varje part")]
    posts_total: Annotated[str, Says("Alla tjänster tillsammans", "7,15")]
    own_total: Annotated[str, Says("Alla tjänster som parterna själva finansierar", "4,99")]
    financed_total: Annotated[str, Says("Alla tjänster som förbundet finansierar", "2,16")]
    footnotes: Annotated[tuple[FootnoteLine, ...], Says("Noter till tabellen")]
    remarks: Annotated[Formatted, Says("Kommentar", "Förbundet finansierar därutöver en teamledare på heltid.")]


@dataclass(frozen=True, slots=True)
class ToldLine:
    """One who is told of the change."""

    name: Annotated[str, Says("Person, grupp eller organ", "Styrgruppen för Stegvis")]
    how: Annotated[str, Says("Hur eller när", "sammanträdet 5 oktober 2026")] = ""


@dataclass(frozen=True, slots=True)
class NoticeOfChangeFields:
    """A party's notice that its part of an agreement will change."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    register_number: Annotated[str, Says("Diarienummer", "2026/31")]
    agreement: Annotated[str, Says("Överenskommelsens namn", "Överenskommelse om Stegvis")]
    party: Annotated[str, Says("Den part som anmäler ändringen", "Region Norrsund")]
    subject: Annotated[str, Says("Ändringen i korthet", "Rehabkoordinatorn går från heltid till halvtid")]
    description: Annotated[Formatted, Says("Vad som ändras", "Tjänsten minskar från 1,0 till 0,5.")]
    reasons: Annotated[Formatted, Says("Varför, och hur det ersätts", "Regionen prövar en gemensam tjänst med Sörby.")]
    effective_on: Annotated[str, Says("Från när ändringen gäller", "1 februari 2027")]
    extent: Annotated[str, Says("Ändringens omfattning", "Väsentlig")]
    rule: Annotated[str, Says("Vad överenskommelsen säger", "Väsentliga ändringar anmäls minst tre månader i förväg.")]
    last_day: Annotated[str, Says("Sista dag att anmäla", "1 november 2026")]
    notified_on: Annotated[str, Says("Dagen då ändringen anmäldes", "15 oktober 2026")]
    timeliness: Annotated[str, Says("I tid eller inte", "I tid, 17 dagar före sista dagen")]
    told: Annotated[tuple[ToldLine, ...], Says("De som underrättas")]
    answer_by: Annotated[str, Says("När svar senast ska lämnas", "29 oktober 2026")]
    contact: Annotated[str, Says("Vart man svarar", "kansli@norrsund.example, 0910-555 01 00")]
    sender_name: Annotated[str, Says("Den som anmäler", "Nils Forsman")]
    sender_title: Annotated[str, Says("Titel på den som anmäler", "verksamhetschef")]
