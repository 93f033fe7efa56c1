"""Two at once with one application: savers, signers, a change beside the last signature. On both databases."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications import operations, participants, rounds
from paragraf.applications.models import Application, ApplicationRevision, ParticipantRole
from paragraf.core.errors import RuleBroken
from paragraf.core.log import broken_links
from paragraf.register.models import Matter
from paragraf.signing import queries as signed
from paragraf.signing.models import Signatory, SignatureRound
from paragraf.signing.rules import RoundState
from tests.applications.acting import begin, fill_in, letters, whole_answers
from tests.applications.signing import LATER, PHONE, ready, send, sign_identified
from tests.parts.world import NOW, World
from tests.signing.acting import let_in

Act = Callable[[Session], object]


def at_once(world: World, *acts: Act) -> list[object]:
    """What each act answered; a broken rule is an answer too."""
    start = Barrier(len(acts))

    def run(act: Act) -> object:
        start.wait()
        try:
            with world.database.writing() as session:
                return act(session)
        except RuleBroken as refused:
            return refused

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


@pytest.fixture
def out(world: World) -> list[int]:
    """An application that is out; both of its signatories are let in. Their ids."""
    with world.database.writing() as session:
        application = ready(session, world.north)
        for one in send(session, application).signatories:
            let_in(session, one, PHONE, LATER)
        return list(session.scalars(select(Signatory.id).order_by(Signatory.id)))


def the_application(session: Session) -> Application:
    return session.scalars(select(Application).order_by(Application.id)).first() or pytest.fail("none")


def signing(signatory_id: int) -> Act:
    return lambda session: sign_identified(session, session.get_one(Signatory, signatory_id))


def changing(session: Session) -> object:
    application = the_application(session)
    return operations.save_section(
        session,
        application,
        section_id="operation",
        raw={"name": "Steg för steg"},
        base_version=application.version,
        now=LATER,
        during_signing=True,
    ).voided


def inviting(session: Session) -> object:
    return participants.invite(
        session, the_application(session), role=ParticipantRole.READER, email="ny@granvik.example", now=LATER
    ).id


def counts(world: World) -> tuple[int, int]:
    """Matters, and letters that it has arrived."""
    with world.database.reading() as session:
        assert list(broken_links(session, world.north.id)) == []
        matters = session.scalar(select(func.count(Matter.id))) or 0
        return matters, len(letters(session, "application_arrived"))


def test_two_last_signers_at_once_give_one_matter(world: World, out: list[int]) -> None:
    answers = at_once(world, *map(signing, out))
    assert sorted(map(bool, answers)) == [False, True]
    assert counts(world) == (1, 1)


def test_a_change_beside_the_last_signature_never_lets_the_changed_text_in_unsigned(
    world: World, out: list[int]
) -> None:
    """Either it came in as it was signed and the change was refused, or it changed and nothing came in."""
    at_once(world, signing(out[0]))
    signature, change = at_once(world, signing(out[1]), changing)
    with world.database.reading() as session:
        application = the_application(session)
        state = signed.state_of(session, session.scalars(select(SignatureRound)).one(), now=LATER)
        if application.submitted_at is None:
            assert (state, change, type(signature)) == (RoundState.WITHDRAWN, True, RuleBroken)
        else:
            assert (state, signature, type(change)) == (RoundState.COMPLETED, True, RuleBroken)
            assert application.submitted_version == application.version
    assert counts(world) in {(1, 1), (0, 0)}


def test_signing_inviting_and_changing_never_wait_for_each_other_crosswise(world: World, out: list[int]) -> None:
    answers = at_once(world, signing(out[0]), inviting, changing, signing(out[1]))
    assert not any(isinstance(one, Exception) and not isinstance(one, RuleBroken) for one in answers)
    assert counts(world) in {(1, 1), (0, 0)}


def test_a_last_signature_and_another_submission_take_numbers_in_turn(world: World, out: list[int]) -> None:
    with world.database.writing() as session:
        source = load("application_a").replace("key: application_a", "key: other_form")
        operations.publish_form(session, association_id=world.north.id, source_text=source, now=NOW, actor="Prov")
        other = operations.start(
            session,
            association=world.north.association,
            family_key="other_form",
            email="annan@granvik.example",
            language="sv",
            now=NOW,
        )
        fill_in(session, other, whole_answers(world.north))
        other_id = other.id

    def submitting(session: Session) -> object:
        row = session.get_one(Application, other_id)
        return operations.submit(session, row, version=row.version, now=LATER).number

    at_once(world, signing(out[0]))
    signature, number = at_once(world, signing(out[1]), submitting)
    assert signature is True
    assert number in (1, 2)
    assert counts(world) == (2, 2)


def test_sent_out_twice_at_once_it_is_sent_once(world: World) -> None:
    with world.database.writing() as session:
        ready(session, world.north)

    def sending(session: Session) -> object:
        application = the_application(session)
        return rounds.send_for_signing(session, application, version=application.version, now=NOW).id

    answers = at_once(world, sending, sending)
    assert sum(isinstance(one, RuleBroken) for one in answers) == 1
    with world.database.reading() as session:
        assert len(letters(session, "application_to_sign")) == 2


def test_two_savers_of_different_questions_both_stand(world: World) -> None:
    with world.database.writing() as session:
        operations.publish_form(
            session, association_id=world.north.id, source_text=load("application_a"), now=NOW, actor="Prov"
        )
        begin(session, world.north)

    def saving(name: str, by: str) -> Act:
        return lambda session: (
            operations.save_section(
                session,
                the_application(session),
                section_id="operation",
                raw={name: f"Av {by}"},
                base_version=0,
                now=NOW,
                by=f"{by}@granvik.example",
            ).version
        )

    assert sorted(map(str, at_once(world, saving("name", "a"), saving("summary", "b")))) == ["1", "2"]
    with world.database.reading() as session:
        newest = session.scalars(select(ApplicationRevision).order_by(ApplicationRevision.id.desc())).first()
        assert newest is not None
        assert newest.answers == {"name": "Av a", "summary": "Av b"}


def test_invited_twice_at_once_it_is_one_person_with_one_letter(world: World, out: list[int]) -> None:
    answers = at_once(world, inviting, inviting)
    assert sum(isinstance(one, RuleBroken) for one in answers) == 1
    with world.database.reading() as session:
        assert len(letters(session, "application_invited")) == 1
