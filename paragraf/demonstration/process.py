"""What the demonstration's process application says: one way in for young adults, in two municipalities."""

from __future__ import annotations

from typing import Any

from paragraf.demonstration.people import Settled

TITLE = "En väg in"
WRITER = "lisa.kall@granvik.example"
#: Who signs for each party: name, title, organisation, address, and what gives the right.
SIGNATORIES = (
    ("Gun Rask", "Förvaltningschef", "Granviks kommun", "gun.rask@granvik.example", "signature_right"),
    ("Ivar Lund", "Verksamhetschef", "Region Norrälven", "ivar.lund@regionen.example", "delegation"),
)
#: Thousands of kronor a year: common rows, then those of each municipality's annex.
_COMMON: dict[str, tuple[int, ...]] = {
    "process_manager": (310, 320, 330),
    "training": (60, 40, 20),
    "evaluation": (0, 80, 120),
    "team_staff": (420, 435, 450),
    "team_premises": (72, 74, 76),
}
_ANNEXES: dict[str, dict[str, tuple[int, ...]]] = {
    "Granviks kommun": {"project_manager": (180, 185, 190), "coordinators": (280, 290, 300), "premises": (48, 49, 50)},
    "Sjöås kommun": {"coordinators": (140, 145, 150), "activities": (30, 30, 30)},
}


def answers(settled: Settled, first: int) -> dict[str, Any]:
    """What is typed in each field; the period is three calendar years from ``first``."""
    members = [str(settled.organisations[name].id) for name in ("Granvik", "Sjöås", "Regionen", "Arbetsförmedlingen")]
    given: dict[str, Any] = {
        "applicant.name": "Granviks kommun",
        "applicant.unit": "Vuxenutbildningen",
        "applicant.number": "212000-9119",
        "applicant.street": "Kyrkogatan 4",
        "applicant.postcode": "981 99",
        "applicant.city": "Granvik",
        "contact_person.name": "Lisa Kall",
        "contact_person.title": "Utvecklingsledare",
        "contact_person.email": WRITER,
        "contact_person.phone": "070-174 06 07",
        "bankgiro": "991-2346",
        "name": TITLE,
        "summary": "Kommunerna, regionen och Arbetsförmedlingen öppnar en gemensam ingång för unga vuxna.",
        "preparation": "Två arbetsmöten under våren med chefer och handläggare från alla parter.",
        "problem": "Unga vuxna söker stöd på fyra ställen och berättar samma sak fyra gånger. Många ger upp.",
        "components.0.component": "Ingången",
        "components.0.problem": "Ingen vet vem som möter den unga först.",
        "components.0.owner": "Granviks kommun",
        "components.1.component": "Konsultationsteamet",
        "components.1.problem": "Handläggarna saknar någon att fråga hos de andra parterna.",
        "components.1.owner": "Region Norrälven",
        "target_group": "Personer mellan 16 och 29 år som behöver stöd från minst två av parterna.",
        "follows_needs": "yes",
        "needs_part": "Unga vuxna utan kontakt med någon myndighet.",
        "overall_goal": "Fler unga vuxna går vidare till arbete eller studier, och väntetiden är kort.",
        "goals.0.component": "Ingången",
        "goals.0.goal": "Den som söker får en kontakt inom en vecka",
        "goals.0.indicator": "Dagar från första kontakt till möte",
        "goals.0.target": "7 dagar",
        "goals.0.when": f"december {first}",
        "long_term": "Parterna har ett gemensamt arbetssätt som finns kvar utan bidrag.",
        "period.start": f"{first}-01-01",
        "period.end": f"{first + 2}-12-31",
        "deliverables.0.deliverable": "Ingången är öppen två dagar i veckan",
        "deliverables.0.responsible": "Granviks kommun",
        "deliverables.0.ready": f"{first}-05-31",
        "has_team": "yes",
        "team_start": f"{first}-03-01",
        "team_deliverables.0.deliverable": "Teamet möts varannan vecka",
        "team_deliverables.0.responsible": "Förbundet",
        "team_deliverables.0.ready": f"{first}-06-15",
        "activities": "Uppsökande arbete, gemensam kartläggning, studiebesök och praktik.",
        "action_plan.0.goal": "Kort väntetid",
        "action_plan.0.activity": "Gemensam kalender för första möten",
        "action_plan.0.how": "En samordnare i varje kommun fördelar mötena",
        "action_plan.0.responsible": "Samordnarna",
        "action_plan.0.when": f"mars {first}",
        "cooperating": members,
        "roles.0.party": "Region Norrälven",
        "roles.0.role": "Leder konsultationsteamet",
        "roles.0.share": "25 %",
        "roles.1.party": "Arbetsförmedlingen",
        "roles.1.role": "En handläggare i teamet",
        "roles.1.share": "20 %",
        "process_owner": "Granviks kommun",
        "steering": "En gemensam styrgrupp möts varje kvartal. Kommunerna turas om att sammankalla.",
        "confidentiality": "Teamet talar bara om avidentifierade fall.",
        "common_budget_comment": "Parterna bär själva kostnaden för cheferna i styrgruppen.",
        "decided_amount": f"{_applied()} 000",
        "follow_up": "Deltagare, väntetid och avslut följs varje tertial, kvinnor och män var för sig.",
        "external_evaluation": "yes",
        "evaluation_questions": "Når ingången dem som annars inte söker stöd?",
        "risks": "Svårt att rekrytera samordnare. Kommunerna kan dela en tjänst den första tiden.",
        "gender_equality": "Figurerna delas upp på kön och gås igenom i styrgruppen.",
        "accessibility": "Lokalerna är tillgängliga och all information finns på lätt svenska.",
        "diversity": "Tolk finns alltid att tillgå.",
        "implementation": "Kommunerna tar över samordnarna det tredje året.",
        "dissemination": "Resultaten redovisas för alla medlemmar och på en öppen dag.",
        "truthful": "yes",
    }
    given |= _cells("common_budget", _COMMON, first)
    for number, (name, rows) in enumerate(_ANNEXES.items(), start=1):
        given |= _annex(f"annex-{number}-", name, rows, first)
    for place, person in enumerate(SIGNATORIES):
        for part, text in zip(("name", "title", "organisation", "email", "capacity"), person, strict=True):
            given[f"signatories.{place}.{part}"] = text
    return {name: value if isinstance(value, list) else [value] for name, value in given.items()}


def _annex(start: str, name: str, rows: dict[str, tuple[int, ...]], first: int) -> dict[str, str]:
    person = "Mona Kvist" if name.startswith("Sjöås") else "Lisa Kall"
    return {
        f"{start}annex_municipality": name,
        f"{start}annex_contact.name": person,
        f"{start}annex_contact.email": f"{person.lower().replace(' ', '.')}@norralven.example",
        f"{start}annex_contact.phone": "070-174 06 08",
        f"{start}annex_problem": f"I {name.removesuffix(' kommun')} står omkring trettio unga vuxna utan kontakt.",
        f"{start}annex_goals": "Tjugo unga vuxna om året får en plan.",
        f"{start}annex_activities": "Ingång på biblioteket, uppsökande arbete.",
        f"{start}annex_period.start": f"{first}-01-01",
        f"{start}annex_period.end": f"{first + 2}-12-31",
        f"{start}annex_staffing.0.position": "Samordnare",
        f"{start}annex_staffing.0.posts": "0,5",
        f"{start}annex_staffing.0.financed": "0,5",
        f"{start}annex_staffing.0.when": "hela perioden",
    } | _cells(f"{start}annex_budget", rows, first)


def _cells(budget: str, rows: dict[str, tuple[int, ...]], first: int) -> dict[str, str]:
    return {
        f"{budget}.{row}.{first + place}": f"{thousands} tkr"
        for row, amounts in rows.items()
        for place, thousands in enumerate(amounts)
    }


def _applied() -> str:
    """What the common part and the annexes come to, in thousands with a space for each three figures."""
    rows = [*_COMMON.values(), *(row for annex in _ANNEXES.values() for row in annex.values())]
    return f"{sum(map(sum, rows)):,}".replace(",", " ")
