"""Min sida: what waits for me, by which day, why, one button each. Nothing is stored for it; every line is asked anew
of the room that knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from forms.own_page import RetryForm
from paragraf.agreements import queries as agreements
from paragraf.applications import queries as applications
from paragraf.applications.rules import State
from paragraf.core.dates import add_months, local_date, working_day_on_or_before
from paragraf.core.errors import NotThere
from paragraf.duties import document
from paragraf.duties import queries as duties
from paragraf.duties import rules as duty_rules
from paragraf.duties.models import Duty
from paragraf.duties.operations import finish as finish_duty
from paragraf.duties.standard_rules import COMMISSION, DECISION_FOLLOW_UP, MINUTES_VERIFICATION, NOTICE_POSTING
from paragraf.grants import waiting
from paragraf.grants.acts import matter_of
from paragraf.grants.following import GRANT, REPORT
from paragraf.grants.models import Grant
from paragraf.grants.wording import REPORT_NAMES
from paragraf.meetings import queries as meetings
from paragraf.minutes import notice_queries as notices
from paragraf.minutes import queries as minutes
from paragraf.people.models import Person
from paragraf.post import queries as post
from paragraf.post.operations import retry_letter
from paragraf.register import queries as register
from paragraf.register.models import Matter
from paragraf.signing import queries as signing
from paragraf.signing.operations import link_token
from webapp import access
from webapp.applications.standing import Standing, standings_of
from webapp.downloads import send_word
from webapp.edge import database
from webapp.language import stored
from webapp.printing import print_day

blueprint = Blueprint("own_page", __name__, url_prefix="/<slug>/min-sida")

#: Duties further ahead than this are listed under "Längre fram".
NEAR = timedelta(days=60)
#: The office sees these duties on the line of the minutes or the notice that they are about.
TOLD_ELSEWHERE = frozenset({MINUTES_VERIFICATION, NOTICE_POSTING})
GRANT_SUBJECTS = frozenset({GRANT, REPORT})
#: Letters that failed longer ago than this are no longer shown.
FAILED_LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Task:
    """One line: what, why, until when, and the button that leads to it."""

    title: str
    why: str
    button: str
    address: str
    #: The last day; None where there is none.
    due_on: date | None = None
    #: The working day to aim at, where the last day is none.
    recommended_on: date | None = None
    duty: Duty | None = None


@blueprint.get("/")
@access.signed_in
def show() -> str:
    """The person's own page."""
    me, powers, today = access.me(), access.current_powers(), local_date(g.now)
    # What has no day comes first: it is new, and nobody has looked at it.
    tasks = sorted(_tasks(me, office=powers.office), key=lambda task: task.due_on or date.min)
    near = [task for task in tasks if task.due_on is None or task.due_on - today <= NEAR]
    return render_template(
        "own_page/show.html",
        near=near,
        far=[task for task in tasks if task not in near],
        has_duties=any(task.duty for task in tasks),
        today=today,
        words_of=lambda duty: duty_rules.words(duty, g.now),
        state_of=lambda duty: duty_rules.state(duty, g.now),
        meetings=_coming(me, office=powers.office),
        agreements=agreements.agreements(g.session, g.association.id, today=today) if powers.member else [],
        failed=post.failed_letters(g.session, g.association.id, since=g.now - FAILED_LATELY) if powers.office else [],
    )


@blueprint.get("/att-gora.docx")
@access.signed_in
def own_list() -> Response:
    """What the person is to do in the year ahead, as a Word file."""
    return _list(access.me(), f"att-gora-{local_date(g.now)}.docx")


@blueprint.get("/att-gora-alla.docx")
@access.office
def whole_list() -> Response:
    """What anyone is to do in the year ahead, as a Word file."""
    return _list(None, f"att-gora-alla-{local_date(g.now)}.docx")


def _list(person: Person | None, filename: str) -> Response:
    today = local_date(g.now)
    wanted = document.Wanted(today, add_months(today, 12) - timedelta(days=1), person)
    return send_word(document.render_list(g.session, g.association.id, wanted, now=g.now), filename)


@blueprint.post("/brev/<int:letter_id>/igen")
@access.office
def retry(letter_id: int) -> Response:
    """Send a letter that did not arrive once more, perhaps to another address."""
    form = RetryForm()
    retry_letter(
        g.session,
        association_id=g.association.id,
        letter_id=letter_id,
        now=g.now,
        actor=access.me().name,
        address=(form.address.data or "").strip() or None,
    )
    flash(_("Mejlet skickas igen."), "success")
    return redirect(url_for("own_page.show"))


@blueprint.post("/uppdrag/<int:duty_id>/klart")
@access.signed_in
def finish(duty_id: int) -> Response:
    """A commission is reported, a decision carried out: whoever was to do it says so, or the office."""
    me, powers = access.me(), access.current_powers()
    duty = duties.duty(g.session, g.association.id, duty_id)
    if duty.rule_key not in (COMMISSION, DECISION_FOLLOW_UP) or not (powers.office or duty in _duties(me)):
        raise NotThere("Uppgiften finns inte.")
    finish_duty(
        g.session,
        association_id=duty.association_id,
        rule_key=duty.rule_key,
        subject=duty.subject,
        subject_id=duty.subject_id,
        event_on=duty.event_on,
        now=g.now,
        actor=me.name,
    )
    flash(_("Klart. Inga fler påminnelser skickas om det."), "success")
    return redirect(url_for("own_page.show"))


def _tasks(me: Person, *, office: bool) -> Iterator[Task]:
    yield from _to_sign(me)
    if office:
        yield from _applications()
        yield from _minutes_to_write()
        yield from _minutes_under_way()
        yield from _boards_missing()
        yield from _claims()
        yield from _reports()
    yield from (_task_of(duty) for duty in _duties(me) if not (office and duty.rule_key in TOLD_ELSEWHERE))


def _to_sign(me: Person) -> Iterator[Task]:
    settings = database().settings
    for signatory in signing.waiting_for(g.session, g.association.id, me.id, now=g.now):
        yield Task(
            title=_("Skriv under: %(title)s", title=signatory.round.title),
            why=_("Du är utsedd att skriva under."),
            button=_("Läs och skriv under"),
            address=url_for("signing.who", token=link_token(settings, signatory)),
            due_on=signatory.round.last_day,
        )


def _applications() -> Iterator[Task]:
    matters = [one.matter for one in meetings.waiting_matters(g.session, g.association.id)]
    found = {one.matter_id: one for one in applications.of_matters(g.session, g.association.id, matters)}
    standings = standings_of(g.session, list(found.values()), g.now)
    for matter in matters:
        application = found.get(matter.id)
        standing = standings[application.id] if application else None
        if standing and standing.completion:
            # Its own line is the duty that waits for it.
            continue
        yield Task(
            title=_("Ansökan %(number)s: %(title)s", number=matter.register_number, title=matter.title),
            why=_why_waiting(matter, standing),
            button=_("Sätt upp på dagordningen"),
            address=url_for("applications.office_one", year=matter.year, number=matter.number),
        )


def _why_waiting(matter: Matter, standing: Standing | None) -> str:
    if standing and standing.state is State.REMITTED:
        return str(_("Återremitterad %(reason)s. Bered den vidare.", reason=standing.reason))
    if standing and standing.state is State.TABLED:
        return str(_("Bordlagd till %(until)s.", until=standing.reason.removeprefix("till ")))
    return str(_("Från %(who)s. Den står inte på någon kommande dagordning.", who=matter.counterpart))


def _minutes_to_write() -> Iterator[Task]:
    for meeting in minutes.unwritten(g.session, g.association.id, g.now):
        yield Task(
            title=_("Skriv protokoll: %(body)s %(day)s", body=meeting.body.name, day=print_day(meeting.starts_at)),
            why=_("Sammanträdet har börjat och har inget protokoll."),
            button=_("Börja skriva"),
            address=url_for("minutes.desk", meeting_id=meeting.id),
        )


def _minutes_under_way() -> Iterator[Task]:
    for draft in minutes.unverified(g.session, g.association.id):
        what = _("Protokollet är skickat för underskrift.") if draft.sent_at else _("Protokollet är ett utkast.")
        last, meeting = minutes.verification_deadline(draft), draft.meeting
        yield Task(
            title=_("Protokoll: %(body)s %(day)s", body=meeting.body.name, day=print_day(meeting.starts_at)),
            why=what + " " + _("Det ska vara justerat inom fjorton dagar (KL 5:69)."),
            button=_("Öppna protokollet"),
            address=url_for("minutes.desk", meeting_id=draft.meeting_id),
            due_on=last,
            recommended_on=working_day_on_or_before(last),
        )


def _boards_missing() -> Iterator[Task]:
    for shown in notices.boards_missing(g.session, g.association.id, local_date(g.now)):
        yield Task(
            title=_board_title(shown),
            why=_("Överklagandetiden löper inte förrän anslaget finns på alla anslagstavlor (KL 8:12, 13:5)."),
            button=_("Öppna anslaget") if shown.alarming else _("Anteckna anslagsdag"),
            address=url_for("notice_board.notice", notice_id=shown.notice.id),
            due_on=shown.post_by,
        )


def _board_title(shown: notices.Shown) -> str:
    boards = ", ".join(shown.period.lacking)
    if shown.period.early:
        return str(_("Anslag nedtaget för tidigt: %(boards)s", boards=boards))
    if shown.period.refused:
        return str(_("Anslagstavla har sagt nej: %(boards)s", boards=boards))
    return str(_("Anslag saknas: %(boards)s", boards=boards))


def _claims() -> Iterator[Task]:
    for claim in waiting.claims_waiting(g.session, g.association.id):
        matter = matter_of(claim.grant)
        yield Task(
            title=_("Rekvisition %(number)s: %(title)s", number=claim.number, title=matter.title),
            why=_("Rekvisitionen är godkänd och ska betalas ut.")
            if claim.approved_at
            else _("Pengar är rekvirerade. Godkänn eller avslå."),
            button=_("Öppna rekvisitionen"),
            address=url_for("grants.claim", **_of_grant(claim.grant), claim_id=claim.id),
        )


def _reports() -> Iterator[Task]:
    for report in waiting.reports_waiting(g.session, g.association.id):
        matter = matter_of(report.grant)
        yield Task(
            title=_("%(report)s: %(title)s", report=_(REPORT_NAMES[report.kind]), title=matter.title),
            why=_("Rapporten har kommit in. Läs den, och godkänn den eller be om mer."),
            button=_("Läs rapporten"),
            address=url_for("grants.report", **_of_grant(report.grant), report_id=report.id),
        )


def _of_grant(grant: Grant) -> dict[str, Any]:
    """What the addresses of a grant's pages say."""
    matter = matter_of(grant)
    return {"year": matter.year, "number": matter.number, "grant_id": grant.id}


def _duties(me: Person) -> list[Duty]:
    today = local_date(g.now)
    found = duties.own_duties(g.session, g.association.id, me.id, today=today)
    # Minutes cannot be late before there has been a meeting.
    return [duty for duty in found if duty.rule_key != MINUTES_VERIFICATION or duty.event_on <= today]


def _task_of(duty: Duty) -> Task:
    button, address = _way_to(duty)
    return Task(
        title=duty.title,
        # The standard rules have English; those an association wrote itself are shown as they are.
        why=stored(duty.source),
        button=button,
        address=address,
        due_on=duty.due_on,
        recommended_on=duty.recommended_on,
        duty=duty,
    )


def _way_to(duty: Duty) -> tuple[str, str]:
    """The button and the page where the duty is dealt with."""
    if duty.subject == "agreement":
        return _("Öppna överenskommelsen"), url_for("agreements.show", agreement_id=duty.subject_id)
    if duty.subject == "completion" and duty.matter_id is not None:
        asked = register.matter_by_id(g.session, g.association.id, duty.matter_id)
        return _("Öppna ansökan"), url_for("applications.office_one", year=asked.year, number=asked.number)
    if duty.subject in GRANT_SUBJECTS and duty.matter_id is not None:
        granted = register.matter_by_id(g.session, g.association.id, duty.matter_id)
        return _("Öppna bidraget"), url_for("grants.one", year=granted.year, number=granted.number)
    if duty.subject == "meeting":
        return _("Öppna sammanträdet"), url_for("meetings.show", meeting_id=duty.subject_id)
    if duty.subject == "decision":
        meeting_id = minutes.meeting_id_of(g.session, g.association.id, duty.subject_id)
        return _("Läs beslutet"), url_for("minutes.desk", meeting_id=meeting_id)
    if duty.subject == "notice":
        return _("Öppna anslaget"), url_for("notice_board.notice", notice_id=duty.subject_id)
    # Minutes: what is left to do when they are verified is their notice.
    return _("Öppna anslagstavlan"), url_for("notice_board.show")


def _coming(me: Person, *, office: bool) -> list[tuple[object, datetime]]:
    if office:
        found = [one for one in meetings.coming(g.session, g.association.id, g.now) if one.cancelled_at is None]
    else:
        found = meetings.next_meetings(g.session, g.association.id, me.id, g.now)
    return [(one, one.starts_at) for one in found[:4]]
