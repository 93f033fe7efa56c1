"""What decisions make: grants, duties, mandates, items on later agendas, corrections.

One table says what follows from each verb. An outcome that cannot be made never stops the last signatory (decision
0027): it is undone by itself and becomes a duty of the office, with the reason.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from paragraf.agreements import queries as agreements
from paragraf.agreements.revising import approve_revision
from paragraf.core.dates import local_date
from paragraf.core.errors import N_, RuleBroken
from paragraf.core.printing import print_amount
from paragraf.duties.rules import Words
from paragraf.grants import operations as grants
from paragraf.minutes import decision_letters, demands, queries, reported, wording
from paragraf.minutes.acts import record
from paragraf.minutes.appointing import follow_appointment
from paragraf.minutes.by_hand import hand_over
from paragraf.minutes.commissions import follow_commission
from paragraf.minutes.continuing import follow_cancelling, follow_remitting, follow_tabling
from paragraf.minutes.correcting import follow_correction
from paragraf.minutes.delegating import follow_delegation
from paragraf.minutes.following import Case, Following
from paragraf.minutes.models import Decision, Minutes, Verb
from paragraf.minutes.queries import Item
from paragraf.people.models import BodyKind
from paragraf.register.operations import close_matter

_LOG = logging.getLogger(__name__)
#: So many days the office has to see to what could not be made by itself.
DAYS_TO_MEND = 7
_UNEXPECTED = N_("Ett oväntat fel inträffade.")


# --- when the minutes are verified ---------------------------------------------------------------------------------


def follow(session: Session, minutes: Minutes, items: Iterable[Item], *, now: datetime, actor: str) -> None:
    """Make what follows from the frozen decisions of the §§, all of them or those that were verified at once.

    Raises nothing that the association's own rules or rows may cause: what cannot be made becomes a duty.
    """
    decided = queries.decisions(session, minutes)
    for one in items:
        mine = decided.get(one.row.id, [])
        reported.settle_commission(session, one.row, mine, now=now, actor=actor)
        for case in _cases(session, minutes, one, mine, now):
            _make(case, now, actor)


def _cases(session: Session, minutes: Minutes, one: Item, decided: Sequence[Decision], now: datetime) -> Iterator[Case]:
    application = queries.application_of(session, one.row)
    for each in decided:
        paragraph = f"§ {one.label}"
        yield Case(session, minutes, one.row, paragraph, each.verb, each.facts, decided, application, now, each)


def _make(case: Case, now: datetime, actor: str) -> None:
    try:
        with case.session.begin_nested():
            following = _following(case)
            if following is not None:
                following.make(now, actor)
            case.session.flush()
    except RuleBroken as broken:
        _tell_office(case, str(broken), now, actor)
    except OperationalError:
        # The database itself is in trouble: nothing of the act is kept, and it can be done again.
        raise
    except Exception:
        _LOG.exception("what follows from decision %s could not be made", case.frozen.id)
        _tell_office(case, _UNEXPECTED, now, actor)


def _tell_office(case: Case, reason: str, now: datetime, actor: str) -> None:
    """A duty of the secretary's, that says what was decided and why the program could not do it."""
    text = case.frozen.text
    by = local_date(now) + timedelta(days=DAYS_TO_MEND)
    hand_over(case, f"{text} ({case.source}). {reason}", by=by, now=now)
    record(case.session, case.minutes, "outcome_failed", now, actor, decision=case.frozen.id, text=text, reason=reason)


# --- before --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Foretold:
    """What will be made of a clause when the minutes are verified, or (``possible`` False) why it cannot be."""

    item_id: int
    #: The § as it is printed.
    paragraph: str
    #: Which clause of the §, 0 first.
    clause: int
    told: Words
    possible: bool = True


@dataclass(frozen=True)
class _Draft:
    verb: Verb
    text: str
    facts: Mapping[str, Any]


def foretold(session: Session, minutes: Minutes, items: Iterable[Item], now: datetime | None = None) -> list[Foretold]:
    """What will follow from the decisions of the §§, for the secretary to see before the numbers are fixed.

    Clauses that still lack something are passed over: the findings tell of them.
    """
    moment = now or minutes.meeting.ends_at
    next_meeting = queries.next_meeting_day(session, minutes.meeting)
    return [
        told
        for one in items
        for place, case in _drafted(session, minutes, one, next_meeting, moment)
        for told in _foretold(case, one, place)
    ]


def _drafted(
    session: Session, minutes: Minutes, one: Item, next_meeting: date | None, moment: datetime
) -> Iterator[tuple[int, Case]]:
    ready = {
        place: _Draft(clause.verb, wording.compose(clause), demands.facts(clause, next_meeting))
        for place, clause in enumerate(one.words.clauses)
        if not demands.clause_problems(clause) and not (clause.next_meeting and next_meeting is None)
    }
    application = queries.application_of(session, one.row) if ready else None
    decided = list(ready.values())
    for place, each in ready.items():
        paragraph = f"§ {one.label}"
        yield place, Case(session, minutes, one.row, paragraph, each.verb, each.facts, decided, application, moment)


def _foretold(case: Case, one: Item, place: int) -> Iterator[Foretold]:
    try:
        following = _following(case)
    except RuleBroken as broken:
        yield Foretold(one.row.id, case.paragraph, place, Words(broken.message, broken.values), possible=False)
        return
    if following is not None:
        yield Foretold(one.row.id, case.paragraph, place, following.told)


# --- each verb -----------------------------------------------------------------------------------------------------


def _following(case: Case) -> Following | None:
    follows = FOLLOWS.get(case.verb)
    return follows(case) if follows else None


def _grant(case: Case) -> Following | None:
    application = case.application
    if application is None:
        return None
    years = {int(year): amount for year, amount in case.facts["years"].items()}
    told = Words("Bidraget läggs upp med %(amount)s, och rapporterna planeras.", {"amount": _granted(years)})

    def make(now: datetime, actor: str) -> None:
        grants.grant(
            case.session,
            application=application,
            decision=case.frozen,
            years=years,
            conditions=case.facts["conditions"],
            post_share=case.facts.get("post_share"),
            decided_on=case.decided_on,
            now=now,
            actor=actor,
        )

    return Following(told, make)


def _granted(years: Mapping[int, int]) -> str:
    return print_amount(sum(years.values())) if years else "en andel av en tjänst"


def _reject(case: Case) -> Following | None:
    """A rejection by the board ends the matter; how it can be appealed stands in the decision letter."""
    matter, rejects = case.application.matter if case.application else None, decision_letters.is_rejected(case.decided)
    if matter is None or case.minutes.meeting.body.kind is not BodyKind.BOARD or not rejects:
        return None
    reason = N_("Ansökan har fått avslag")
    return Following(
        Words("Ärendet %(number)s avslutas.", {"number": matter.register_number}),
        lambda now, actor: close_matter(case.session, matter, reason=reason, now=now, actor=actor),
    )


def _agreement(case: Case) -> Following | None:
    """An agreement that is approved: its yearly revision is decided, and the next one is planned."""
    if case.row.matter_id is None:
        return None
    found = agreements.of_matter(case.session, case.minutes.association_id, case.row.matter_id)
    if found is None:
        return None
    told = Words("Revideringen av överenskommelsen %(title)s blir klar, och nästa planeras.", {"title": found.title})
    return Following(
        told,
        lambda now, actor: approve_revision(case.session, found, decided_on=case.decided_on, now=now, actor=actor),
    )


def _statement(case: Case) -> Following | None:
    """A statement with a last day: a duty to send it."""
    if not case.facts.get("answer_by"):
        return None
    day = date.fromisoformat(case.facts["answer_by"])
    told = Words("Kansliet påminns om att lämna yttrandet senast den %(day)s.", {"day": day})
    return Following(told, lambda now, _actor: hand_over(case, f"{case.frozen.text} ({case.source})", by=day, now=now))


#: What follows from each verb; None where nothing does. The others say what is decided, and that is all.
FOLLOWS: dict[Verb, Callable[[Case], Following | None]] = {
    Verb.GRANT: _grant,
    Verb.REJECT: _reject,
    Verb.APPROVE: _agreement,
    Verb.ADOPT: _agreement,
    Verb.APPOINT: follow_appointment,
    Verb.COMMISSION: follow_commission,
    Verb.REMIT_BACK: follow_remitting,
    Verb.TABLE: follow_tabling,
    Verb.STATEMENT: _statement,
    Verb.DELEGATE: follow_delegation,
    Verb.CORRECT: follow_correction,
    Verb.CANCEL_MEETING: follow_cancelling,
}
