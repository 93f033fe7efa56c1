"""What pages and other rooms read about applications. Drafts are their writers' own: the office only counts them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session, defer, joinedload

from paragraf.applications.filled import Filled, filled, form_of, members_on
from paragraf.applications.models import Application, ApplicationRevision
from paragraf.core.dates import local_date
from paragraf.core.errors import NotThere
from paragraf.core.money import print_amount
from paragraf.core.printing import print_period
from paragraf.questions.context import Context
from paragraf.questions.models import FormVersion
from paragraf.register.models import Matter


def application(session: Session, association_id: int, year: int, number: int) -> Application:
    """The association's own application with the register number ``year/number``; raises NotThere."""
    wanted = _submitted(association_id).join(Application.matter).where(Matter.year == year, Matter.number == number)
    found = session.scalar(wanted)
    if found is None:
        raise NotThere("Ansökan finns inte.")
    return found


def application_of_matter(session: Session, association_id: int, matter_id: int) -> Application | None:
    """The application that the matter is, if it is one."""
    return session.scalar(_submitted(association_id).where(Application.matter_id == matter_id))


def draft_count(session: Session, association_id: int) -> int:
    """How many applications are begun and not submitted."""
    wanted = select(func.count(Application.id)).where(
        Application.association_id == association_id,
        Application.submitted_at.is_(None),
        Application.is_test.is_(False),
        Application.withdrawn_at.is_(None),
    )
    return session.scalar(wanted) or 0


def set_aside(session: Session, application: Application) -> list[ApplicationRevision]:
    """Answers that came too late and were kept beside the others, the latest first."""
    wanted = select(ApplicationRevision).where(
        ApplicationRevision.application_id == application.id, ApplicationRevision.version.is_(None)
    )
    return list(session.scalars(wanted.order_by(ApplicationRevision.id.desc())))


def _submitted(association_id: int) -> Select[Application]:
    return (
        select(Application)
        .where(Application.association_id == association_id, Application.submitted_at.is_not(None))
        .options(
            joinedload(Application.form_version).options(defer(FormVersion.source)),
            joinedload(Application.matter),
        )
    )


# --- the office's list ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Line:
    """One application in the office's list; amounts in öre, None where nothing is known."""

    application: Application
    title: str
    applicant: str
    parties: tuple[str, ...]
    applied: int | None


def submitted(session: Session, association_id: int) -> list[Line]:
    """Every submitted application, the latest first."""
    rows = list(session.scalars(_submitted(association_id).order_by(Application.submitted_at.desc())))
    answers = _newest_answers(session, association_id)
    members: dict[date, Context] = {}
    lines = []
    for row in rows:
        day = local_date(row.submitted_at) if row.submitted_at else date.min
        if day not in members:
            members[day] = Context(members=members_on(session, association_id, day))
        shown = Filled(form_of(row.form_version), answers.get(row.id, {}), members[day])
        facts = shown.facts
        title = row.matter.title if row.matter else facts.title
        lines.append(Line(row, title, facts.applicant_name, shown.party_names(), facts.amount))
    return lines


def _newest_answers(session: Session, association_id: int) -> dict[int, dict[str, object]]:
    wanted = (
        select(Application.id, ApplicationRevision.answers)
        .join(ApplicationRevision, ApplicationRevision.application_id == Application.id)
        .where(
            Application.association_id == association_id,
            Application.submitted_at.is_not(None),
            ApplicationRevision.version == Application.version,
        )
    )
    return {row.id: row.answers for row in session.execute(wanted)}


# --- for the agenda ------------------------------------------------------------------------------------------------

_WORDS = {
    "sv": {
        "asks": "%(applicant)s söker %(amount)s till %(title)s.",
        "asks_for_nothing": "%(applicant)s ansöker om bidrag till %(title)s.",
        "period": "Insatsen pågår %(period)s.",
        "years": "Sökt för varje år: %(years)s.",
        "parties": "Samverkande parter: %(parties)s.",
        "year": "%(amount)s för %(year)s",
        "and": " och ",
    },
    "en": {
        "asks": "%(applicant)s applies for %(amount)s for %(title)s.",
        "asks_for_nothing": "%(applicant)s applies for funding of %(title)s.",
        "period": "The measure runs %(period)s.",
        "years": "Applied for by year: %(years)s.",
        "parties": "Cooperating parties: %(parties)s.",
        "year": "%(amount)s for %(year)s",
        "and": " and ",
    },
}


def background_for_agenda(session: Session, application: Application, language: str = "sv") -> str:
    """The text that begins the agenda item: who applies, for how much each year, what for, with whom.

    Paragraphs have a blank line between them. It is a start to write on, typed by nobody twice.
    """
    moment = application.submitted_at or application.started_at
    shown = filled(session, application, local_date(moment))
    words = _WORDS["en" if language.startswith("en") else "sv"]
    facts, amounts = shown.facts, shown.facts.amount_by_year
    asks = words["asks_for_nothing"] if facts.amount is None else words["asks"]
    total = "" if facts.amount is None else print_amount(facts.amount, language)
    first = [asks % {"applicant": facts.applicant_name, "amount": total, "title": facts.title}]
    if facts.period:
        first.append(words["period"] % {"period": print_period(*facts.period, language)})
    each = [words["year"] % {"year": year, "amount": print_amount(ore, language)} for year, ore in amounts.items()]
    parts = [
        " ".join(first),
        facts.summary,
        words["years"] % {"years": _series(each, words["and"])} if len(each) > 1 else "",
        words["parties"] % {"parties": _series(shown.party_names(), words["and"])} if facts.parties else "",
    ]
    return "\n\n".join(part for part in parts if part)


def _series(names: Iterable[str], last: str) -> str:
    *first, end = names
    return ", ".join(first) + last + end if first else end
