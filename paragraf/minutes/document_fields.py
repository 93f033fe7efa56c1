"""What the minutes, the certificate of notice and the certified extract print: text only, made for print already.

An empty text or tuple leaves its line, row or section out of the document.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Formatted
from paragraf.minutes.proceedings_fields import VoteFields
from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class PersonLine:
    """One person on the first page."""

    name: Annotated[str, Says("Personens namn", "Disa Almqvist")]
    role: Annotated[str, Says("Uppdrag eller titel", "ordförande")]
    party: Annotated[str, Says("Den part som personen företräder", "Lindå kommun")]
    remark: Annotated[str, Says("Tid och tjänstgöring, när den avviker", "från kl. 11.30, i stället för Ivar Palm")] = (
        ""
    )


@dataclass(frozen=True, slots=True)
class SignerLine:
    """One person who signs."""

    name: Annotated[str, Says("Namnet på den som undertecknar", "Disa Almqvist")]
    role: Annotated[str, Says("I vilken roll", "ordförande")]


@dataclass(frozen=True, slots=True)
class AttachmentLine:
    """One attachment."""

    label: Annotated[str, Says("Bilagans beteckning", "Bilaga 1")]
    title: Annotated[str, Says("Bilagans namn", "Budget och verksamhetsplan 2027")]


@dataclass(frozen=True, slots=True)
class GrantYearLine:
    """What is granted for one year."""

    year: Annotated[str, Says("Året", "2027")]
    amount: Annotated[str, Says("Beloppet det året", "290 000 kr")]


@dataclass(frozen=True, slots=True)
class ItemFields:
    """One § as it prints in the minutes and in an extract."""

    number: Annotated[str, Says("Paragrafens nummer, med §-tecken", "§ 627")]
    heading: Annotated[str, Says("Paragrafens rubrik", "Ansökan om medel till Stegvis")]
    register_number: Annotated[str, Says("Ärendets diarienummer", "2026/14")] = ""
    background: Annotated[Formatted, Says("Bakgrund", "Styrelsen behandlade ansökan första gången i mars.")] = (
        Formatted()
    )
    disqualified: Annotated[
        tuple[str, ...], Says("De som anmält jäv och lämnat rummet", "Ivar Palm anmäler jäv och deltar inte.")
    ] = ()
    motions: Annotated[tuple[str, ...], Says("Yrkanden som inte tagits tillbaka", "Maj Ek yrkar bifall.")] = ()
    propositions: Annotated[
        tuple[str, ...], Says("Propositionsordning", "Ordföranden ställer förslagen mot varandra.")
    ] = ()
    votes: Annotated[tuple[VoteFields, ...], Says("Omröstningar")] = ()
    phrase: Annotated[str, Says("Beslutsmeningens början; tom när inget beslutas", "Styrelsen beslutar")] = ""
    clauses: Annotated[
        tuple[str, ...], Says("Att-satser, en i taget", "att bevilja Lindå kommun 410 000 kr för åren 2026–2027,")
    ] = ()
    grant_years: Annotated[tuple[GrantYearLine, ...], Says("Beviljade belopp år för år")] = ()
    grant_total: Annotated[str, Says("Summan av de beviljade beloppen", "410 000 kr")] = ""
    conditions: Annotated[
        tuple[str, ...], Says("Villkor för beslutet", "Bidraget betalas ut när även Region Norrsund har beslutat.")
    ] = ()
    reservations: Annotated[tuple[str, ...], Says("Reservationer", "Ivar Palm reserverar sig mot beslutet.")] = ()
    notes: Annotated[
        tuple[str, ...], Says("Protokollsanteckningar", "Ivar Palm lämnar följande anteckning: Se bilaga 2.")
    ] = ()
    attachments: Annotated[tuple[AttachmentLine, ...], Says("Paragrafens bilagor")] = ()


@dataclass(frozen=True, slots=True)
class MinutesFields:
    """The minutes of one meeting."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    association_address: Annotated[str, Says("Förbundets adress på en rad", "Storgatan 4, 930 15 Lindå")]
    body: Annotated[str, Says("Organets namn", "Styrelsen")]
    meeting_date: Annotated[str, Says("Sammanträdets dag", "10 september 2026")]
    place_and_time: Annotated[str, Says("Plats och tid", "Kommunhuset i Lindå, rum Björken, kl. 09.00–13.30")]
    item_range: Annotated[str, Says("Första och sista paragrafen", "§§ 626–636")]
    deciding: Annotated[tuple[PersonLine, ...], Says("Beslutande: ledamöter och tjänstgörande ersättare")]
    non_serving: Annotated[tuple[PersonLine, ...], Says("Närvarande ersättare som inte tjänstgör")]
    others: Annotated[tuple[PersonLine, ...], Says("Övriga deltagande")]
    verifiers: Annotated[tuple[str, ...], Says("De som utsetts att justera", "Maj Ek")]
    verification: Annotated[str, Says("Justeringens tid och plats", "Elektroniskt, senast den 24 september 2026")]
    signers: Annotated[tuple[SignerLine, ...], Says("De som undertecknar protokollet")]
    items: Annotated[tuple[ItemFields, ...], Says("Paragraferna i nummerordning")]
    register_number: Annotated[str, Says("Sammanträdets diarienummer", "2026/22")] = ""
    kind: Annotated[str, Says("Protokoll, eller omedelbart justerade paragrafer", "Protokoll")] = "Protokoll"
    number_notes: Annotated[
        tuple[str, ...],
        Says("Vad som behöver förklaras om numren", "Numren har tagits före ett tidigare sammanträdes: brådskande."),
    ] = ()


@dataclass(frozen=True, slots=True)
class BoardLine:
    """One time that the notice was put up on one notice board."""

    name: Annotated[str, Says("Anslagstavlans ägare", "Lindå kommun")]
    posted_on: Annotated[str, Says("Dagen då anslaget sattes upp där", "21 september 2026")]
    taken_down_on: Annotated[str, Says("Dagen då det togs ner; tom medan det sitter uppe", "13 oktober 2026")] = ""
    recorded_by: Annotated[str, Says("Den som antecknade det", "Alva Berg")] = ""
    remark: Annotated[
        str, Says("Varför den gången inte räknas; tom för den som gäller", "Togs ner innan tiden var ute")
    ] = ""


@dataclass(frozen=True, slots=True)
class NoticeCertificateFields:
    """The certificate that verified minutes have been announced."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    body: Annotated[str, Says("Organets namn", "Styrelsen")]
    meeting_date: Annotated[str, Says("Sammanträdets dag", "10 september 2026")]
    item_range: Annotated[str, Says("De paragrafer som anslaget gäller", "§§ 626–636")]
    posted_on: Annotated[str, Says("Dagen då anslaget sattes upp", "21 september 2026")]
    last_day_of_appeal: Annotated[str, Says("Sista dag att överklaga", "12 oktober 2026")]
    earliest_take_down: Annotated[str, Says("Tidigaste dag att ta ner anslaget", "13 oktober 2026")]
    kept_at: Annotated[str, Says("Var protokollet förvaras", "Förbundets kansli, Storgatan 4 i Lindå")]
    boards: Annotated[tuple[BoardLine, ...], Says("Anslagstavlor, var och en med sin dag")]
    signer_name: Annotated[str, Says("Den som intygar", "Tove Sundin")]
    signer_title: Annotated[str, Says("Titel på den som intygar", "administratör")]
    register_number: Annotated[str, Says("Sammanträdets diarienummer", "2026/22")] = ""
    verified_on: Annotated[str, Says("Dagen då protokollet eller paragraferna justerades", "21 september 2026")] = ""
    certified_on: Annotated[str, Says("Dagen då beviset gjordes", "14 oktober 2026")] = ""


@dataclass(frozen=True, slots=True)
class ExtractFields:
    """A certified extract: the first page's facts and one or more §§ whole."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    association_address: Annotated[str, Says("Förbundets adress på en rad", "Storgatan 4, 930 15 Lindå")]
    body: Annotated[str, Says("Organets namn", "Styrelsen")]
    meeting_date: Annotated[str, Says("Sammanträdets dag", "10 september 2026")]
    place_and_time: Annotated[str, Says("Plats och tid", "Kommunhuset i Lindå, rum Björken, kl. 09.00–13.30")]
    item_range: Annotated[str, Says("Utdragets paragrafer", "§§ 627 och 629")]
    deciding: Annotated[tuple[PersonLine, ...], Says("De som beslutade om paragraferna")]
    others: Annotated[tuple[PersonLine, ...], Says("Övriga närvarande")]
    verified: Annotated[
        str, Says("När och av vilka protokollet justerats", "21 september 2026 av Disa Almqvist, Maj Ek")
    ]
    items: Annotated[tuple[ItemFields, ...], Says("Paragraferna i nummerordning")]
    certifier_name: Annotated[str, Says("Den som bestyrker utdraget", "Tove Sundin")]
    certifier_title: Annotated[str, Says("Titel på den som bestyrker", "sekreterare")]
    certified_on: Annotated[str, Says("Dagen för bestyrkandet", "22 september 2026")]
    version: Annotated[str, Says("Utdragets nummer bland protokollets utdrag", "2")] = ""
    register_number: Annotated[str, Says("Ärendets diarienummer, när alla paragrafer hör till samma", "2026/14")] = ""
    remarks: Annotated[
        tuple[str, ...],
        Says("Rättelser och avvikande meningar om paragraferna", "§ 627 är rättad genom § 650 den 12 november 2026."),
    ] = ()
