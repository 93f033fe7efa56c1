"""An application that has come the whole way in the demonstration: the newcomer sees what theirs will become."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy.orm import Session

from paragraf.applications.filled import form_of
from paragraf.applications.operations import save_section, start, submit
from paragraf.demonstration.people import Settled
from paragraf.questions.fields import collect
from paragraf.register.models import Matter

TITLE = "Mötesplats Granvik"


def submit_application(session: Session, settled: Settled, now: datetime) -> Matter:
    """Start, fill in and submit at the moment ``now``; gives the matter it became."""
    application = start(
        session,
        association=settled.association,
        family_key="application_a",
        email="lisa.kall@granvik.example",
        language="sv",
        now=now - timedelta(days=9),
    )
    form, version = form_of(application.form_version), 0
    answers = _answers(settled, now.year)
    for section in form.sections:
        raw = collect(section, answers)
        saved = save_section(session, application, section_id=section.id, raw=raw, base_version=version, now=now)
        version = saved.version
    return submit(session, application, version=version, now=now)


def _answers(settled: Settled, year: int) -> dict[str, list[str]]:
    first, second = year + 1, year + 2
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
        "period.start": f"{first}-01-01",
        "period.end": f"{second}-12-31",
        "activity_plan": "Start i januari, halvtidsuppföljning efter ett år.",
        "gender_equality": "Uppgifter följs upp för kvinnor och män var för sig.",
        "accessibility": "Lokalen är tillgänglig och all information finns på lätt svenska.",
        "diversity": "Personalen talar flera språk.",
        "evaluation": "Egen uppföljning varje tertial och en extern utvärdering.",
        "dissemination": "Resultaten redovisas för alla parter.",
        "implementation": "Kommunen tar över lokalen och samordnaren efter projekttiden.",
        f"budget.personnel.{first}": "540 000",
        f"budget.personnel.{second}": "560 000",
        f"budget.premises.{first}": "90 000",
        f"budget.premises.{second}": "92 000",
        f"budget.income.{first}": "30 000",
        f"budget.income.{second}": "30 000",
        "signatories.0.name": "Gun Rask",
        "signatories.0.organisation": "Granviks kommun",
        "signatories.0.title": "Förvaltningschef",
        "truthful": "yes",
    }
    return {name: value if isinstance(value, list) else [value] for name, value in given.items()}
