"""The last meeting of the demonstration's board: notice, §§, signatures, notice board, as real ones would be made."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from paragraf.chain import COMPLETED
from paragraf.core.database import Database
from paragraf.core.dates import local_date, utc_moment
from paragraf.demonstration import room
from paragraf.demonstration.people import Cast, Settled
from paragraf.meetings.attending import mark_all_present
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.meetings.operations import add_item, add_matter_to_agenda
from paragraf.meetings.sending import send_notice
from paragraf.minutes import queries
from paragraf.minutes.clauses import Clause, YearAmount
from paragraf.minutes.models import Verb
from paragraf.minutes.operations import fix_numbers, open_minutes, save_text, send_for_signing, set_verifiers
from paragraf.people.models import RoleKind
from paragraf.post.models import Letter
from paragraf.register.models import Matter
from paragraf.signing.models import Signatory, SignatureRound
from paragraf.signing.operations import identify, send_code, show, sign

#: Heading, background, what is decided: one line a §, besides the application's.
ITEMS: tuple[tuple[str, str, Clause], ...] = (
    ("Godkännande av dagordning", "Dagordningen har skickats med kallelsen.", Clause(Verb.APPROVE, "dagordningen")),
    (
        "Ekonomisk rapport",
        "Utfallet följer budgeten. Prognosen för året är ett överskott på 120 000 kr.",
        Clause(Verb.APPROVE, "rapporten"),
    ),
    (
        "Sammanträdesdagar nästa år",
        "Förslaget tar hänsyn till medlemmarnas egna sammanträden.",
        Clause(Verb.ADOPT, "sammanträdesdagarna enligt förslaget"),
    ),
    (
        "Rapport från styrgruppen",
        "Styrgruppens ordförande redovisar arbetet under hösten:\n- två nya handledare har börjat,\n"
        "- **väntetiden har halverats**,\n- utvärderingen blir klar i *februari*.",
        Clause(Verb.NOTE, "rapporten"),
    ),
    (
        "Yttrande över folkhälsoplan",
        "Regionen har begärt förbundets yttrande.",
        Clause(
            Verb.COMMISSION,
            assignee="förbundschefen",
            task="lämna ett yttrande i enlighet med kansliets förslag",
            next_meeting=True,
        ),
    ),
    ("Tillgänglighetsredogörelse", "Redogörelsen har setts över.", Clause(Verb.ADOPT, "tillgänglighetsredogörelsen")),
)


def first_day(meeting: Meeting) -> date:
    """The first day of the measure that the meeting grants money to: a week after it."""
    return local_date(meeting.starts_at) + timedelta(days=7)


def write(database: Database, cast: Cast, settled: Settled, meeting: Meeting, matter: Matter, now: datetime) -> None:
    """Call the meeting, hold it, write and sign its minutes: the last signature about twelve days ago."""
    secretary = settled.holder(cast, RoleKind.SECRETARY)
    with database.writing() as session:
        meeting = session.merge(meeting)
        _call(session, meeting, session.merge(matter), secretary.name)
        signature_round = _hold(session, cast, settled, meeting, secretary.name)
        signatories = [each.id for each in signature_round.signatories]
    # A meeting that was moved ahead of a holiday has its fourteen days for verifying earlier too.
    first = min(local_date(now) - timedelta(days=14), local_date(meeting.starts_at) + timedelta(days=10))
    for index, signatory_id in enumerate(signatories):
        sign_as_on_the_page(database, signatory_id, utc_moment(first + timedelta(days=index), time(10 + index, 15)))


def _call(session: Session, meeting: Meeting, matter: Matter, actor: str) -> None:
    called = meeting.starts_at - timedelta(days=14)
    for heading, background, _clause in ITEMS:
        add_item(
            session,
            meeting,
            kind=ItemKind.DECISION,
            heading=heading,
            background=background,
            now=called,
            actor=actor,
        )
    background = "Granviks kommun söker bidrag till en mötesplats för unga vuxna."
    add_matter_to_agenda(session, meeting, matter, background=background, now=called, actor=actor)
    send_notice(session, meeting, now=called, actor=actor)


def _hold(session: Session, cast: Cast, settled: Settled, meeting: Meeting, actor: str) -> SignatureRound:
    begun = meeting.starts_at + timedelta(minutes=5)
    mark_all_present(session, meeting, now=begun, actor=actor)
    minutes = open_minutes(session, meeting, now=begun, actor=actor)
    for place, one in enumerate(queries.items(session, minutes)):
        save_text(
            session,
            one.row,
            base_version=one.row.version,
            heading=one.words.heading,
            background=one.words.background,
            clauses=[_clause_for(one.words.heading, first_day(meeting).year)],
            proceedings=room.proceedings(session, cast, settled, place),
            now=begun,
            actor=actor,
        )
    room.hold(session, cast, settled, minutes, actor)
    verifier = session.merge(settled.persons[cast.presidium[1]])
    set_verifiers(session, minutes, [verifier], now=begun, actor=actor)
    written = meeting.ends_at + timedelta(days=2)
    fix_numbers(session, minutes, now=written, actor=actor)
    return send_for_signing(session, minutes, now=written, actor=actor)


def _clause_for(heading: str, year: int) -> Clause:
    for known, _background, clause in ITEMS:
        if known == heading:
            return clause
    return Clause(
        Verb.GRANT,
        grantee="Granviks kommun",
        years=(YearAmount(str(year), "120 000"), YearAmount(str(year + 1), "622 000")),
        conditions=("Region Norrälven medverkar med en halv tjänst",),
    )


def sign_as_on_the_page(database: Database, signatory_id: int, now: datetime) -> None:
    """Sign as on the signing page: ask for the code, read it in the letter, type it, read, sign."""
    key = f"demonstration-{signatory_id}"
    with database.writing() as session:
        signatory = session.get_one(Signatory, signatory_id)
        send_code(session, signatory, address=signatory.email, session_key=key, now=now)
    with database.writing() as session:
        signatory = session.get_one(Signatory, signatory_id)
        letters = select(Letter.body).where(Letter.kind == "signing_code", Letter.to_address == signatory.email)
        body = session.scalars(letters.order_by(Letter.id.desc())).first() or ""
        code = re.search(r"\b(\d{3}) ?(\d{3})\b", body)
        identify(session, signatory, code="".join(code.groups()) if code else "", session_key=key, now=now)
        seen = signatory.round.document.sha256
        show(session, signatory, shown_sha256=seen, session_key=key, now=now)
        sign(session, signatory, shown_sha256=seen, session_key=key, now=now, completed=COMPLETED)
