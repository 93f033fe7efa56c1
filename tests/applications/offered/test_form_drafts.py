"""Drafts of forms: saved however faulty, never over somebody else's text, published as they were read."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from forms.definitions import load
from paragraf.applications.models import Application
from paragraf.applications.offered import form_drafts, form_list, publishing
from paragraf.applications.offered.form_drafts import StaleDraft, begin_draft, checked, find_draft, save_draft, text_of
from paragraf.applications.offered.publishing import publish_draft, publish_form
from paragraf.core.errors import NotThere, RuleBroken
from paragraf.questions.models import FormDraft, FormVersion
from paragraf.questions.reading import DefinitionFaulty
from tests.applications.acting import begin, fill_in, save, submit, whole_answers
from tests.parts.world import NOW, Home, World

SOURCE = load("application_a")
MENDED = SOURCE.replace("sv: Insatsens namn", "sv: Vad insatsen heter")
NEW = SOURCE.replace("key: application_a", "key: own_form")


@pytest.fixture
def draft(session: Session, home: Home) -> FormDraft:
    return begin_draft(session, association_id=home.id, source=SOURCE, now=NOW, actor="Sonja Ekvall")


def publish(session: Session, draft: FormDraft, *, seen: int, follow: bool = False) -> FormVersion:
    return publish_draft(
        session, draft, version=draft.version, seen_number=seen, drafts_follow=follow, now=NOW, actor="Sonja Ekvall"
    )


def write(session: Session, draft: FormDraft, source: str, base: int | None = None, actor: str = "Sonja") -> FormDraft:
    version = draft.version if base is None else base
    return save_draft(session, draft, source=source, base_version=version, now=NOW, actor=actor)


def test_a_draft_belongs_to_the_form_whose_key_it_names(session: Session, home: Home, draft: FormDraft) -> None:
    assert draft.family is not None
    assert draft.family.key == "application_a"
    other = begin_draft(session, association_id=home.id, source=NEW, now=NOW, actor="Sonja")
    assert other.family is None
    assert checked(session, other).used is None


def test_with_another_key_it_is_another_form(session: Session, draft: FormDraft) -> None:
    write(session, draft, NEW)
    assert (draft.family, checked(session, draft).used, checked(session, draft).faults) == (None, None, ())
    write(session, draft, "ingen nyckel alls")
    write(session, draft, SOURCE)
    used = checked(session, draft).used
    assert used is not None
    assert used.family.key == "application_a"


def test_any_text_is_saved_and_its_faults_told(session: Session, draft: FormDraft) -> None:
    write(session, draft, "key: [\r\nett")
    assert (draft.source, draft.version) == ("key: [\nett", 2)
    found = checked(session, draft)
    assert found.form is None
    assert found.faults
    with pytest.raises(DefinitionFaulty):
        publish(session, draft, seen=1)


def test_the_same_text_again_makes_no_version(session: Session, draft: FormDraft) -> None:
    assert write(session, draft, SOURCE.replace("\n", "\r\n")).version == 1


def test_a_stale_save_keeps_both_texts_once(session: Session, draft: FormDraft) -> None:
    write(session, draft, "den första", actor="Sonja")
    for _time in range(2):
        with pytest.raises(StaleDraft) as stale:
            write(session, draft, "den andra", base=1, actor="Maj")
    assert draft.source == "den första"
    assert [row.source for row in form_drafts.set_aside_texts(session, draft)] == ["den andra"]
    assert stale.value.aside.saved_by == "Maj"
    assert "Sonja" in str(stale.value)
    assert [row.id for row in form_drafts.drafts(session, draft.association_id)] == [draft.id]
    write(session, draft, "den andra", base=2)
    assert draft.source == "den andra"


def test_two_who_save_at_once_lose_nothing(world: World) -> None:
    with world.database.writing() as session:
        made = begin_draft(session, association_id=world.north.id, source="från början", now=NOW, actor="Sonja")
    together = Barrier(2)

    def act(text: str) -> bool:
        with world.database.new_session(writes=True) as own:
            together.wait()
            row = find_draft(own, world.north.id, made.id)
            try:
                save_draft(own, row, source=text, base_version=1, now=NOW, actor=text)
            except StaleDraft:
                own.commit()
                return False
            own.commit()
            return True

    with ThreadPoolExecutor(2) as pool:
        won = list(pool.map(act, ["ett", "två"]))
    assert sorted(won) == [False, True]
    with world.database.reading() as session:
        assert {row.source for row in session.scalars(select(FormDraft))} == {"ett", "två"}


def test_a_discarded_draft_comes_back_and_a_published_one_is_kept_as_it_is(session: Session, draft: FormDraft) -> None:
    form_drafts.discard_draft(session, draft, now=NOW, actor="Sonja")
    assert form_drafts.drafts(session, draft.association_id) == []
    with pytest.raises(StaleDraft):
        write(session, draft, "sent")
    with pytest.raises(RuleBroken):
        publish(session, draft, seen=1)
    form_drafts.restore_draft(session, draft, now=NOW, actor="Sonja")
    write(session, draft, MENDED)
    publish(session, draft, seen=1)
    with pytest.raises(RuleBroken):
        form_drafts.discard_draft(session, draft, now=NOW, actor="Sonja")
    with pytest.raises(StaleDraft) as stale:
        write(session, draft, "för sent")
    assert stale.value.aside.source == "för sent"


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"PK\x03\x04\x00\x00", b"a" * 500_001])
def test_a_file_that_is_no_text_is_refused_with_what_to_do(content: bytes) -> None:
    with pytest.raises(RuleBroken) as broken:
        text_of(content)
    assert broken.value.field == "file"


def test_an_editors_byte_order_mark_is_no_part_of_the_text() -> None:
    assert text_of(b"\xef\xbb\xbfkey: a") == "key: a"


# --- publishing ----------------------------------------------------------------------------------------------------


def test_publishing_makes_the_next_version_and_opens_the_form(session: Session, home: Home, draft: FormDraft) -> None:
    write(session, draft, MENDED)
    version = publish(session, draft, seen=1, follow=True)
    assert (version.number, version.drafts_follow) == (2, True)
    assert draft.published_at == NOW
    assert form_drafts.drafts(session, home.id) == []


def test_the_first_version_has_no_drafts_to_follow(session: Session, home: Home) -> None:
    made = begin_draft(session, association_id=home.id, source=NEW, now=NOW, actor="Sonja")
    assert publish(session, made, seen=0, follow=True).drafts_follow is False


def test_what_was_not_read_is_not_published(session: Session, home: Home, draft: FormDraft) -> None:
    write(session, draft, MENDED)
    with pytest.raises(RuleBroken, match="Texten har ändrats"):
        publish_draft(session, draft, version=1, seen_number=1, drafts_follow=False, now=NOW, actor="Sonja")
    publish_form(session, association_id=home.id, source_text=SOURCE + "\n", now=NOW, actor="Maj")
    with pytest.raises(RuleBroken, match="Någon annan har publicerat"):
        publish(session, draft, seen=1)
    assert publish(session, draft, seen=2).number == 3


def test_two_who_publish_at_once_make_one_version_and_one_is_asked_to_read_again(world: World) -> None:
    with world.database.writing() as session:
        publish_form(session, association_id=world.north.id, source_text=SOURCE, now=NOW, actor="Sonja")
        made = [
            begin_draft(session, association_id=world.north.id, source=SOURCE + f"\n# {place}\n", now=NOW, actor="S")
            for place in range(2)
        ]
    together = Barrier(2)

    def act(row: FormDraft) -> str:
        with world.database.new_session(writes=True) as own:
            together.wait()
            try:
                published = publish(own, find_draft(own, world.north.id, row.id), seen=1)
            except RuleBroken as broken:
                own.rollback()
                return broken.message[:12]
            own.commit()
            return str(published.number)

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(act, made)) == ["2", "Någon annan "]
    with world.database.reading() as session:
        assert session.scalars(select(FormVersion.number).order_by(FormVersion.number)).all() == [1, 2]


def test_a_kind_that_changed_under_its_id_is_never_published(session: Session, home: Home) -> None:
    source = SOURCE.replace("- id: summary\n        kind: long_text", "- id: summary\n        kind: text")
    assert source != SOURCE
    with pytest.raises(DefinitionFaulty, match="nytt id"):
        publish_form(session, association_id=home.id, source_text=source, now=NOW, actor="Sonja")


def test_a_form_is_closed_and_opened(session: Session, home: Home) -> None:
    [version] = publishing.open_forms(session, home.id)
    publishing.set_open(session, version.family, is_open=False, now=NOW, actor="Sonja")
    assert publishing.open_forms(session, home.id) == []
    with pytest.raises(NotThere):
        begin(session, home)
    publishing.set_open(session, version.family, is_open=True, now=NOW, actor="Sonja")
    assert publishing.open_forms(session, home.id) == [version]


def test_a_form_that_is_not_published_cannot_be_opened(session: Session, home: Home) -> None:
    family = publishing.family_for_key(session, home.id, "tried_only")
    with pytest.raises(RuleBroken):
        publishing.set_open(session, family, is_open=True, now=NOW, actor="Sonja")


def test_what_belongs_to_another_association_is_not_there(session: Session, world: World, draft: FormDraft) -> None:
    with pytest.raises(NotThere):
        find_draft(session, world.south.id, draft.id)
    assert draft.family is not None
    for find in (publishing.find_family, form_list.one_form):
        with pytest.raises(NotThere):
            find(session, world.south.id, draft.family.id)
    newest = publishing.newest_version(session, draft.family)
    assert newest is not None
    with pytest.raises(NotThere):
        form_list.find_version(session, world.south.id, newest.id)


# --- the list ------------------------------------------------------------------------------------------------------


def test_the_list_counts_drafts_and_received_by_version(session: Session, home: Home, application: Application) -> None:
    fill_in(session, application, whole_answers(home))
    submit(session, application)
    begin(session, home, "annan@granvik.example")
    publish_form(session, association_id=home.id, source_text=MENDED, now=NOW, actor="Sonja")
    begin(session, home, "tredje@granvik.example")
    [one] = form_list.all_forms(session, home.id)
    assert [(use.version.number, use.drafts, use.received) for use in one.uses] == [(2, 1, 0), (1, 1, 1)]
    assert (one.newest.number, one.drafts, one.received) == (2, 2, 1)


def test_drafts_that_a_change_concerns_are_told_without_their_answers(session: Session, home: Home) -> None:
    first, second = begin(session, home), begin(session, home, "annan@granvik.example")
    save(session, first, "operation", {"name": "Stegvis"})
    save(session, second, "operation", {"summary": "Kort"})
    made = begin_draft(session, association_id=home.id, source=MENDED, now=NOW, actor="Sonja")
    found = checked(session, made)
    assert found.form is not None
    assert found.used is not None
    concerned = form_list.concerned_drafts(session, found.used.family, found.form)
    assert sorted([label.sv for label in one.questions] for one in concerned) == [[], ["Vad insatsen heter"]]
