"""Every saved version of a § can be seen, compared word for word and taken back; a § that was taken out comes back."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from paragraf.core.errors import NotThere, RuleBroken
from paragraf.minutes import operations, queries
from paragraf.minutes.clauses import Clause
from paragraf.minutes.models import MinuteItem, Minutes, Verb
from paragraf.minutes.proceedings import NoteToMinutes, Proceedings
from paragraf.minutes.rules import ItemWords, StaleText
from paragraf.minutes.versions import (
    Mark,
    Section,
    differences,
    pieces,
    removed_item,
    restore_item,
    restore_version,
    take_back,
    text_of_version,
    versions,
)
from tests.minutes.acting import AFTER, SONJA, fix, rows

OLLE = "Olle Brand"


def say(session: Session, row: MinuteItem, background: str, *, by: str = SONJA, **words: Proceedings) -> None:
    now = AFTER + timedelta(minutes=row.version)
    operations.save_text(
        session,
        row,
        base_version=row.version,
        heading="Lägesrapport",
        background=background,
        clauses=(),
        now=now,
        actor=by,
        **words,
    )


def back(session: Session, row: MinuteItem) -> str:
    take_back(session, row, base_version=row.version, now=AFTER, actor=OLLE)
    return queries.newest_text(session, row).background


@pytest.fixture
def row(session: Session, draft: Minutes) -> MinuteItem:
    """A § that has said three things; its first version came from the agenda."""
    third = rows(session, draft)[2]
    say(session, third, "Ett.")
    say(session, third, "Två.", by=OLLE)
    return third


def test_every_version_is_told_with_who_and_when_newest_first(session: Session, row: MinuteItem) -> None:
    assert [(one.number, one.saved_by) for one in versions(session, row)] == [(3, OLLE), (2, SONJA), (1, SONJA)]
    assert versions(session, row)[0].saved_at == AFTER + timedelta(minutes=2)
    assert text_of_version(session, row, 2).background == "Ett."
    with pytest.raises(NotThere):
        text_of_version(session, row, 4)


def test_a_version_taken_back_is_a_new_one_and_nothing_is_lost(session: Session, row: MinuteItem) -> None:
    restore_version(session, row, 2, base_version=3, now=AFTER, actor=SONJA)
    assert queries.newest_text(session, row).background == "Ett."
    assert [one.number for one in versions(session, row)] == [4, 3, 2, 1]


def test_a_version_is_taken_back_with_what_was_told_around_it(session: Session, row: MinuteItem) -> None:
    note = Proceedings(notes=(NoteToMinutes(1, "Vi ser fram emot en redovisning."),))
    say(session, row, "Två.", proceedings=note)
    say(session, row, "Tre.")
    restore_version(session, row, 4, base_version=5, now=AFTER, actor=SONJA)
    assert queries.words_of(queries.newest_text(session, row)).proceedings == note


def test_taking_back_a_stale_page_shows_both_texts(session: Session, row: MinuteItem) -> None:
    with pytest.raises(StaleText):
        restore_version(session, row, 1, base_version=2, now=AFTER, actor=SONJA)
    assert queries.newest_text(session, row).background == "Två."


def test_one_key_leads_further_and_further_back(session: Session, row: MinuteItem) -> None:
    assert back(session, row) == "Ett."
    assert back(session, row) == "Läget är gott."


def test_what_was_typed_after_taking_back_goes_first(session: Session, row: MinuteItem) -> None:
    back(session, row)
    say(session, row, "Tre.")
    assert back(session, row) == "Ett."


def test_a_text_that_came_back_by_itself_is_taken_back_too(session: Session, draft: Minutes) -> None:
    third = rows(session, draft)[2]
    say(session, third, "Något annat.")
    say(session, third, "Läget är gott.")
    assert back(session, third) == "Något annat."


def test_there_is_nothing_before_the_first(session: Session, draft: Minutes) -> None:
    with pytest.raises(RuleBroken, match="ingen tidigare text"):
        back(session, rows(session, draft)[0])


# --- a § that was taken out ---


def test_a_section_that_was_taken_out_comes_back_where_it_stood(session: Session, draft: Minutes) -> None:
    second = rows(session, draft)[1]
    operations.remove_item(session, second, now=AFTER, actor=SONJA)
    assert len(rows(session, draft)) == 2
    restore_item(session, removed_item(session, draft, second.id), now=AFTER, actor=SONJA)
    assert [row.id for row in rows(session, draft)].index(second.id) == 1
    assert queries.newest_text(session, second).heading == "Ansökan om medel till Stegvis"
    with pytest.raises(NotThere):
        removed_item(session, draft, second.id)


def test_nothing_comes_back_once_the_numbers_are_fixed(session: Session, ready: Minutes) -> None:
    third = rows(session, ready)[2]
    operations.remove_item(session, third, now=AFTER, actor=SONJA)
    fix(session, ready)
    with pytest.raises(RuleBroken, match="fastställda"):
        restore_item(session, removed_item(session, ready, third.id), now=AFTER, actor=SONJA)


def test_another_minutes_section_is_not_there(session: Session, draft: Minutes) -> None:
    with pytest.raises(NotThere):
        removed_item(session, draft, 4711)


# --- what differs ---


def test_words_are_marked_one_by_one() -> None:
    told = [(piece.mark, piece.text) for piece in pieces("Läget är gott.", "Läget är mycket gott.")]
    assert told == [
        (Mark.SAME, "Läget är "),
        (Mark.NEW, "mycket "),
        (Mark.SAME, "gott."),
    ]


def test_parts_of_a_section_are_compared_each_by_itself() -> None:
    old = ItemWords("Rubrik", "Samma.", (Clause(Verb.APPROVE, text="förslaget"),))
    new = ItemWords("Rubrik", "Samma.", (Clause(Verb.REJECT, text="förslaget"),))
    assert {one.section: one.differs for one in differences(old, new)} == {
        Section.HEADING: False,
        Section.BACKGROUND: False,
        Section.DECISION: True,
    }


@given(st.text("ab .\n<>&é", max_size=60), st.text("ab .\n<>&é", max_size=60))
def test_both_texts_can_be_read_out_of_the_comparison(old: str, new: str) -> None:
    told = list(pieces(old, new))
    assert "".join(piece.text for piece in told if piece.mark is not Mark.NEW) == old
    assert "".join(piece.text for piece in told if piece.mark is not Mark.OLD) == new


def test_two_long_texts_are_compared_within_seconds() -> None:
    old = " ".join(f"ord{number % 97}" for number in range(15_000))
    new = " ".join(f"ord{number % 89}" for number in range(15_000))
    told = list(pieces(old, new))
    assert "".join(piece.text for piece in told if piece.mark is not Mark.OLD) == new
