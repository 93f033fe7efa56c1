"""An application that has come the whole way in the demonstration: the newcomer sees what theirs will become."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.filled import form_of
from paragraf.applications.operations import save_section, start, submit
from paragraf.demonstration.people import Settled
from paragraf.questions.fields import collect
from paragraf.register.models import Matter

TITLE = "Mötesplats Granvik"


def submit_application(session: Session, settled: Settled, first_day: date, now: datetime) -> Matter:
    """Start, fill in and submit at the moment ``now``; gives the matter it became.

    The measure begins on ``first_day`` and goes on to the end of the next year.
    """
    application = start(
        session,
        association=settled.association,
        family_key="application_a",
        email="lisa.kall@granvik.example",
        language="sv",
        now=now - timedelta(days=9),
    )
    form, version = form_of(application.form_version), 0
    answers = _answers(settled, first_day)
    for section in form.sections:
        raw = collect(section, answers)
        saved = save_section(session, application, section_id=section.id, raw=raw, base_version=version, now=now)
        version = saved.version
    return submit(session, application, version=version, now=now)


def _answers(settled: Settled, first_day: date) -> dict[str, list[str]]:
    first, second = first_day.year, first_day.year + 1
    parties = ("Granvik", "Regionen", "Försäkringskassan")
    given: dict[str, Any] = {
        "applicant.name": "Granviks kommun",
        "applicant.number": "212000-9119",
        "applicant.unit": "Individ- och familjeomsorgen",
        "applicant.street": "Kyrkogatan 4",
        "applicant.postcode": "981 99",
        "applicant.city": "Granvik",
        "contact_person.name": "Lisa Kall",
        "contact_person.email": "lisa.kall@granvik.example",
        "contact_person.phone": "070-174 06 07",
        "authorised_signatory.name": "Gun Rask",
        "authorised_signatory.title": "Förvaltningschef",
        "bankgiro": "991-2346",
        "name": TITLE,
        "summary": "En öppen mötesplats där unga vuxna som varken arbetar eller studerar möter alla parter samtidigt.",
        "follows_needs": "yes",
        "needs_part": f"Behovsanalysen {first}: unga vuxna utan kontakt med någon myndighet.",
        "background": "Omkring sextio unga vuxna i Granvik står utan kontakt med någon myndighet.",
        "purpose": "Att unga vuxna får ett samlat stöd på ett ställe.",
        "goals": "Fyrtio deltagare om året. Hälften går vidare till arbete eller studier.",
        "target_group": "Personer mellan 18 och 29 år med behov av stöd från minst två myndigheter.",
        "delimitations": "Insatsen ersätter inte parternas ordinarie stöd.",
        "added_value": "Deltagaren slipper berätta samma sak på fyra ställen.",
        "organisation": "En samordnare och en halvtid från varje part. Styrgruppen möts varje kvartal.",
        "cooperating": [str(settled.organisations[name].id) for name in parties],
        "cooperation_content": "Gemensam kartläggning och gemensam plan för varje deltagare.",
        "activities": "Öppet hus tre dagar i veckan, studiebesök, praktik.",
        "obstacles": "Svårt att nå målgruppen. Vi arbetar uppsökande från start.",
        "period.start": first_day.isoformat(),
        "period.end": f"{second}-12-31",
        "action_plan.0.goal": "Mötesplatsen är öppen",
        "action_plan.0.activity": "Hyra lokal och anställa samordnare",
        "action_plan.0.how": "Kommunen hyr, parterna anställer tillsammans",
        "action_plan.0.responsible": "Granviks kommun",
        "action_plan.0.when": "de första tre månaderna",
        "action_plan.1.goal": "Fyrtio deltagare om året",
        "action_plan.1.activity": "Öppet hus tre dagar i veckan",
        "action_plan.1.responsible": "Samordnaren",
        "action_plan.1.when": f"från april {second}",
        "gender_equality": "Uppgifter följs upp för kvinnor och män var för sig.",
        "accessibility": "Lokalen är tillgänglig och all information finns på lätt svenska.",
        "diversity": "Personalen talar flera språk.",
        "evaluation": "Egen uppföljning varje tertial och en extern utvärdering.",
        "dissemination": "Resultaten redovisas för alla parter.",
        "implementation": "Kommunen tar över lokalen och samordnaren efter projekttiden.",
        f"budget.personnel.{first}": "110 000",
        f"budget.personnel.{second}": "560 000",
        f"budget.premises.{first}": "15 000",
        f"budget.premises.{second}": "92 000",
        f"budget.income.{first}": "5 000",
        f"budget.income.{second}": "30 000",
        "signatories.0.name": "Gun Rask",
        "signatories.0.organisation": "Granviks kommun",
        "signatories.0.title": "Förvaltningschef",
        "signatories.0.email": "gun.rask@granvik.example",
        "signatories.0.capacity": "signature_right",
        "truthful": "yes",
    }
    return {name: value if isinstance(value, list) else [value] for name, value in given.items()}
