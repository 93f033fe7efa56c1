"""Versions, switches and logos are facts; each association has its own; what is written cannot be changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from document_templates import KINDS, load
from paragraf.core import log
from paragraf.core.database import Database
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.demonstration.templates import logo
from paragraf.templates import operations, queries
from paragraf.templates.models import TemplatePreview, TemplateVersion
from tests.parts.migrations import down, up
from tests.parts.world import NOW, Home, World, settle
from tests.templates.changing import with_text

Upload = Callable[..., TemplateVersion]
ACTOR = "Sonja Ekvall"


def use(session: Session, home: Home, version: TemplateVersion | None, kind: str = "minutes") -> object:
    return operations.use_version(session, association_id=home.id, kind=kind, version=version, now=NOW, actor=ACTOR)


def used(session: Session, home: Home, kind: str = "minutes") -> TemplateVersion | None:
    return queries.in_use(session, home.id, kind).version


def test_a_version_is_kept_but_not_used_until_it_is_switched_to(session: Session, home: Home, upload: Upload) -> None:
    version = upload(remark="  Ny rad  ", filename="C:\\Mallar\\protokoll.docx")
    assert (version.number, version.remark, version.filename) == (1, "Ny rad", "protokoll.docx")
    assert used(session, home) is None
    use(session, home, version)
    assert used(session, home) == version
    assert used(session, home, "notice_of_meeting") is None


def test_going_back_is_another_switch_and_the_history_stays(session: Session, home: Home, upload: Upload) -> None:
    first, second = upload(), upload(with_text("minutes", "En annan rad."))
    for version in (first, second, first, None):
        use(session, home, version)
    assert used(session, home) is None
    numbers = [each.version.number if each.version else 0 for each in queries.switches(session, home.id, "minutes")]
    assert numbers == [0, 1, 2, 1]
    listed = {each.kind: each.version for each in queries.all_in_use(session, home.id)}
    assert list(listed) == list(KINDS)
    assert set(listed.values()) == {None}


def test_a_second_click_switches_nothing(session: Session, home: Home, upload: Upload) -> None:
    version = upload()
    assert use(session, home, version) is not None
    assert use(session, home, version) is None
    assert len(queries.switches(session, home.id, "minutes")) == 1


def test_numbers_run_within_each_kind_and_association(
    session: Session, home: Home, world: World, upload: Upload
) -> None:
    assert [upload(with_text("minutes", f"Rad {number}")).number for number in range(3)] == [1, 2, 3]
    assert upload(load("notice_of_meeting"), kind="notice_of_meeting").number == 1
    other, _ = operations.add_version(
        session,
        association_id=world.south.id,
        kind="minutes",
        filename="",
        content=load("minutes"),
        remark="",
        now=NOW,
        actor=ACTOR,
    )
    assert (other.number, other.filename) == (1, "minutes.docx")
    assert [each.number for each in queries.versions(session, home.id, "minutes")] == [3, 2, 1]
    with pytest.raises(NotThere):
        queries.version(session, home.id, "minutes", other.id)
    with pytest.raises(NotThere):
        queries.version(session, world.south.id, "notice_of_meeting", other.id)
    use(session, world.south, other)
    assert used(session, home) is None


def test_a_template_with_faults_is_not_kept(session: Session, home: Home, upload: Upload) -> None:
    with pytest.raises(operations.TemplateUnusable) as refused:
        upload(with_text("minutes", "{{ bodi }}", "{{ x }}"))
    assert len(refused.value.findings) == 2
    assert queries.versions(session, home.id, "minutes") == []
    with pytest.raises(NotThere):
        upload(kind="letter")


def test_the_same_file_again_is_no_new_version(session: Session, upload: Upload) -> None:
    content = with_text("minutes", "Rad")
    upload(content)
    with pytest.raises(RuleBroken, match="likadan som version 1"):
        upload(content)


def test_a_version_that_the_program_has_outgrown_cannot_be_switched_to(session: Session, home: Home) -> None:
    old = TemplateVersion(
        association_id=home.id,
        kind="minutes",
        number=1,
        filename="gammal.docx",
        size=1,
        sha256="x",
        content=with_text("minutes", "{{ gone }}"),
        uploaded_at=NOW,
        uploaded_by=ACTOR,
    )
    session.add(old)
    session.flush()
    with pytest.raises(operations.TemplateUnusable):
        use(session, home, old)


def test_each_act_is_in_the_log(session: Session, home: Home, upload: Upload) -> None:
    use(session, home, upload())
    operations.set_logo(session, association_id=home.id, content=logo(), alt="Norrdal", now=NOW, actor=ACTOR)
    operations.remove_logo(session, association_id=home.id, now=NOW, actor=ACTOR)
    entries = session.scalars(select(log.LogEntry).where(log.LogEntry.association_id == home.id)).all()
    assert [(each.verb, each.subject) for each in entries] == [
        ("add", "template"),
        ("use", "template"),
        ("set", "logo"),
        ("remove", "logo"),
    ]
    assert list(log.broken_links(session, home.id)) == []


def test_the_newest_logo_counts_and_can_be_removed(session: Session, home: Home, world: World) -> None:
    given = {"association_id": home.id, "now": NOW, "actor": ACTOR}
    assert operations.remove_logo(session, **given) is None  # type: ignore[arg-type]
    for alt in ("Gammal", " Ny "):
        operations.set_logo(session, content=logo(), alt=alt, **given)  # type: ignore[arg-type]
    kept = queries.logo(session, home.id)
    assert kept is not None
    assert (kept.alt, kept.content) == ("Ny", logo())
    assert queries.logo(session, world.south.id) is None
    operations.remove_logo(session, **given)  # type: ignore[arg-type]
    assert queries.logo(session, home.id) is None
    with pytest.raises(RuleBroken, match="vad bilden säger"):
        operations.set_logo(session, content=logo(), alt=" ", **given)  # type: ignore[arg-type]


def test_a_preview_is_asked_for_once_for_the_same_paper(session: Session, home: Home, upload: Upload) -> None:
    def ask(version: TemplateVersion | None) -> TemplatePreview:
        return operations.request_preview(session, association_id=home.id, kind="minutes", version=version, now=NOW)

    version = upload()
    first = ask(version)
    assert ask(version) is first
    assert ask(None) is not first
    assert (first.next_attempt_at, first.done_at, first.word[:2]) == (NOW, None, b"PK")
    first.failed_at, first.attempts, first.error = NOW, 2, "trasig"
    again = ask(version)
    assert (again.failed_at, again.attempts, again.error) == (None, 0, "")


def test_old_previews_go(session: Session, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(operations, "PREVIEWS_KEPT", 2)
    for kind in ("minutes", "application", "notice_of_meeting"):
        operations.request_preview(session, association_id=home.id, kind=kind, version=None, now=NOW)
    kept = session.scalars(select(TemplatePreview.kind).order_by(TemplatePreview.id)).all()
    assert kept == ["application", "notice_of_meeting"]


FILLED = "template_version template_switch association_logo"


def fill_tables(database: Database) -> None:
    with database.writing() as session:
        home = settle(session, "norrdal", "Norrdal", "2220000018", first_item=1)
        version, _ = operations.add_version(
            session,
            association_id=home.id,
            kind="minutes",
            filename="a.docx",
            content=load("minutes"),
            remark="",
            now=NOW,
            actor=ACTOR,
        )
        use(session, home, version)
        operations.set_logo(session, association_id=home.id, content=logo(), alt="N", now=NOW, actor=ACTOR)
        operations.request_preview(session, association_id=home.id, kind="minutes", version=version, now=NOW)


@pytest.mark.parametrize("table", FILLED.split())
def test_facts_are_frozen_by_the_database(database: Database, table: str) -> None:
    fill_tables(database)
    for statement in (f"UPDATE {table} SET association_id = 1", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="only added"), database.engine.begin() as connection:
            connection.execute(text(statement))


def test_the_migration_goes_down_and_up_again_with_rows_in_it(database: Database) -> None:
    fill_tables(database)
    down(database, "0001")
    with database.engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM association")).scalar() == 1
    up(database)
    with database.writing() as session:
        assert queries.all_in_use(session, 1)[0].version is None
        later = NOW + timedelta(days=1)
        operations.set_logo(session, association_id=1, content=logo(), alt="N", now=later, actor=ACTOR)
    with pytest.raises(DBAPIError, match="only added"), database.engine.begin() as connection:
        connection.execute(text("DELETE FROM association_logo"))
