"""What the notice of a meeting prints: text only, made for print already. What is empty leaves its place out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from paragraf.core.formatted import Formatted
from paragraf.word.fields import Says


@dataclass(frozen=True, slots=True)
class CalledPerson:
    """One person called to the meeting."""

    name: Annotated[str, Says("Personens namn", "Disa Almqvist")]
    role: Annotated[str, Says("Uppdrag eller titel", "ordförande")]
    party: Annotated[str, Says("Den part som personen företräder", "Lindå kommun")] = ""


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One item of the agenda."""

    number: Annotated[str, Says("Punktens nummer", "6")]
    heading: Annotated[str, Says("Punktens rubrik", "Ansökan om medel till Stegvis")]
    kind: Annotated[str, Says("Slag av punkt", "Beslutsärende")]
    register_number: Annotated[str, Says("Ärendets diarienummer", "2026/14")] = ""
    background: Annotated[Formatted, Says("Bakgrund", "Lindå kommun söker 410 000 kr för åren 2026–2027.")] = (
        Formatted()
    )
    proposal_phrase: Annotated[str, Says("Förslagets början; tom när inget föreslås", "Styrelsen föreslås besluta")] = (
        ""
    )
    proposal: Annotated[tuple[str, ...], Says("Föreslagna att-satser, en i taget", "att bevilja ansökan.")] = ()
    attachments: Annotated[tuple[str, ...], Says("Punktens bilagor", "Bilaga 1. Ansökan 2026/14")] = ()


@dataclass(frozen=True, slots=True)
class ContentsLine:
    """One line of the list of contents."""

    number: Annotated[str, Says("Punktens nummer", "6")]
    heading: Annotated[str, Says("Punktens rubrik", "Ansökan om medel till Stegvis")]
    kind: Annotated[str, Says("Slag av punkt", "Beslutsärende")]
    attachments: Annotated[str, Says("Bilagornas nummer; tom när punkten inte har några", "1 och 2")] = ""


@dataclass(frozen=True, slots=True)
class CommissionLine:
    """A commission that is not reported yet."""

    what: Annotated[str, Says("Uppdraget, med beslutet", "redovisa köerna (Styrelsen 2026-04-09 § 612)")]
    responsible: Annotated[str, Says("Ansvariga", "Eskil Norberg")]
    due_on: Annotated[str, Says("Sista dag att redovisa", "1 oktober 2026")]
    state: Annotated[str, Says("Hur det står till, i ord", "22 dagar kvar")]


@dataclass(frozen=True, slots=True)
class ConditionLine:
    """A condition of a grant that is not settled yet."""

    text: Annotated[str, Says("Villkoret", "Region Norrsund beslutar om sin del")]
    matter: Annotated[str, Says("Ärendet som bidraget gäller", "2026/9 Ansökan om medel till Vändpunkten")]
    granted_on: Annotated[str, Says("Dagen då bidraget beviljades", "11 juni 2026")]


@dataclass(frozen=True, slots=True)
class NoticeFields:
    """The notice of one meeting with its agenda."""

    association: Annotated[str, Says("Förbundets namn", "Samordningsförbundet Norrsund")]
    association_address: Annotated[str, Says("Förbundets adress på en rad", "Storgatan 4, 930 15 Lindå")]
    body: Annotated[str, Says("Organets namn", "Styrelsen")]
    meeting_date: Annotated[str, Says("Sammanträdets dag", "torsdag 10 september 2026")]
    meeting_time: Annotated[str, Says("Klockslag", "kl. 09.00–13.30")]
    place: Annotated[str, Says("Plats", "Kommunhuset i Lindå, rum Björken")]
    mode: Annotated[str, Says("Hur mötet hålls", "På plats, med möjlighet att delta på distans")]
    sent_on: Annotated[str, Says("Dagen då kallelsen skickas", "27 augusti 2026")]
    members: Annotated[tuple[CalledPerson, ...], Says("Kallade ledamöter")]
    substitutes: Annotated[tuple[CalledPerson, ...], Says("Underrättade ersättare")]
    others: Annotated[tuple[CalledPerson, ...], Says("Övriga kallade")]
    items: Annotated[tuple[AgendaLine, ...], Says("Punkterna i ordning, de som ska behandlas")]
    information: Annotated[tuple[AgendaLine, ...], Says("Informationsärenden")]
    other_questions: Annotated[tuple[str, ...], Says("Övriga frågor", "Sammanträdesdagar under våren 2027")]
    sender_name: Annotated[str, Says("Den som kallar", "Tove Sundin")]
    sender_title: Annotated[str, Says("Titel på den som kallar", "sekreterare")]
    contact: Annotated[str, Says("Vart man anmäler förhinder", "kansli@norrsund.example, 0910-555 01 00")]
    register_number: Annotated[str, Says("Sammanträdets diarienummer", "2026/22")] = ""
    contents: Annotated[tuple[ContentsLine, ...], Says("Innehåll: alla punkter i den ordning de står")] = ()
    attachments: Annotated[tuple[str, ...], Says("Förteckning över bilagorna", "Bilaga 1. Ansökan 2026/14")] = ()
    commissions: Annotated[tuple[CommissionLine, ...], Says("Organets uppdrag som inte är redovisade")] = ()
    conditions: Annotated[tuple[ConditionLine, ...], Says("Villkor för bidrag som inte är avgjorda")] = ()
