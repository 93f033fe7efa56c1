"""What of an application may be changed at the moment: asked by every save, upload and removal, and by the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from sqlalchemy.orm import Session

from paragraf.applications.completing.received import open_completion
from paragraf.applications.locking import lock, unfinished_round
from paragraf.applications.models import Application, Completion
from paragraf.core.errors import RuleBroken
from paragraf.questions.definition import Form
from paragraf.signing import queries as signing
from paragraf.signing.models import SignatureRound
from paragraf.signing.rules import RoundState

#: A round whose time is out can be brought to life by a new link: what it shows is still what would be signed.
_OUT = (RoundState.OPEN, RoundState.EXPIRED)


class Phase(StrEnum):
    """Where an application is, as far as changing it goes."""

    DRAFT = "draft"
    SIGNING = "signing"
    COMPLETION = "completion"
    RECEIVED = "received"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True)
class Openness:
    """What may be changed. ``asked``: in a completion, what is asked of each question that it names."""

    phase: Phase
    asked: Mapping[str, str] = field(default_factory=dict)
    completion: Completion | None = None
    #: The round that a change would make void.
    round: SignatureRound | None = None

    def questions(self, form: Form) -> frozenset[str]:
        """The ids of the questions that are open for change.

        In a completion those it names, and those that are shown only for an answer to one of them: otherwise a new
        answer could ask for something that nobody may fill in.
        """
        if self.phase in (Phase.DRAFT, Phase.SIGNING):
            return frozenset(question.id for question in form.questions())
        opened = set(self.asked)
        for section in form.sections:
            for question in section.questions:
                conditions = (section.show_when, question.show_when)
                if any(condition is not None and condition.question in opened for condition in conditions):
                    opened.add(question.id)
        return frozenset(opened)


def openness(session: Session, application: Application, *, now: datetime) -> Openness:
    """What may be changed at the moment."""
    out = _round_that_is_out(session, application, now)
    if application.withdrawn_at is not None:
        return Openness(Phase.WITHDRAWN)
    if application.submitted_at is None:
        return Openness(Phase.SIGNING if out else Phase.DRAFT, round=out)
    completion = open_completion(session, application)
    if completion is None:
        return Openness(Phase.RECEIVED, round=out)
    asked = {one.question_id: one.asked for one in completion.questions}
    return Openness(Phase.COMPLETION, asked, completion, out)


def lock_for_change(session: Session, application: Application, *, during_signing: bool, now: datetime) -> Openness:
    """Lock the application and say what may be changed.

    Raises RuleBroken, which tells what to do instead, when nothing may be, and when a round is out that the change
    would make void, unless the person has said that it may (``during_signing``).
    """
    held = lock(session, application)
    found = openness(session, application, now=now)
    if found.phase is Phase.WITHDRAWN:
        raise RuleBroken("Ansökan är återtagen och går inte att ändra. Vill ni söka ändå, börja en ny ansökan.")
    if found.phase is Phase.RECEIVED:
        raise RuleBroken("Ansökan är redan inskickad och går inte att ändra. Kontakta kansliet om något är fel.")
    # A round that was sent out while we waited for the lock was not what the person agreed to make void.
    if found.round is not None and not (during_signing and held is found.round):
        raise RuleBroken(
            "Ansökan är ute för underskrift. Ändras den räknas underskrifterna inte längre, och alla får veta det. "
            "Välj ”Ändra ansökan ändå” om det är det du vill."
        )
    return found


def require_open(found: Openness, form: Form, changed: Mapping[str, object]) -> None:
    """Raises RuleBroken when an answer has been changed that the completion has not opened."""
    if found.phase is not Phase.COMPLETION:
        return
    for name in changed.keys() - found.questions(form):
        # What is no question is a repeated section, whose entries are the answer.
        label = next((question.label.sv for question in form.questions() if question.id == name), name)
        raise RuleBroken(
            "Bara det som kansliet har frågat om går att ändra nu. Svaret på ”%(question)s” är därför inte ändrat. "
            "Skriv till kansliet om det också behöver rättas.",
            question=label,
        )


def _round_that_is_out(session: Session, application: Application, now: datetime) -> SignatureRound | None:
    found = unfinished_round(session, application)
    if found is None or signing.state_of(session, found, now=now) not in _OUT:
        return None
    return found
