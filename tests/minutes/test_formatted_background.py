"""The background of a § with marks: what the fields hold, what Word prints, what is printed as text only."""

from __future__ import annotations

import pytest
from docx.document import Document
from sqlalchemy.orm import Session

from paragraf.core.formatted import BlockKind, Formatted
from paragraf.meetings import document as notices
from paragraf.meetings.models import ItemKind, Meeting
from paragraf.minutes import document, queries
from paragraf.minutes.models import Minutes
from paragraf.word.filling.template import compile_template
from tests.minutes.acting import AFTER, SONJA, agenda_item, rows, write
from tests.word import files

TYPED = (
    "**Förbundschefen** redogör för *läget*, se [lagen](https://lag.example).\nC:\\temp och 5*3*2 står kvar.\n\n"
    "Under året har\n1. 41 personer deltagit\n  - 25 kvinnor\n7. tolv gått vidare"
)


@pytest.fixture
def written(session: Session, draft: Minutes) -> Minutes:
    write(session, rows(session, draft)[2], background=TYPED)
    return draft


def background(session: Session, minutes: Minutes) -> Formatted:
    return document.minutes_fields(session, minutes).items[2].background


def test_the_field_is_formatted_text_and_the_row_keeps_the_marks(session: Session, written: Minutes) -> None:
    assert queries.items(session, written)[2].words.background == TYPED
    assert [(block.kind, block.level, block.number) for block in background(session, written)] == [
        (BlockKind.PARAGRAPH, 0, 0),
        (BlockKind.PARAGRAPH, 0, 0),
        (BlockKind.NUMBER, 0, 1),
        (BlockKind.BULLET, 1, 0),
        (BlockKind.NUMBER, 0, 7),
    ]


def test_a_template_with_a_formatted_tag_prints_words_own_looks(session: Session, written: Minutes) -> None:
    template = compile_template(files.with_paragraphs("{{p text }}"))
    printed: Document = files.opened(template.fill({"text": background(session, written)}))
    first = printed.paragraphs[0]
    assert [(run.text, bool(run.bold), bool(run.italic)) for run in first.runs if run.text.strip()][:3] == [
        ("Förbundschefen", True, False),
        (" redogör för ", False, False),
        ("läget", False, True),
    ]
    assert [link.address for link in first.hyperlinks] == ["https://lag.example"]
    assert first.text.endswith(", se lagen.\nC:\\temp och 5*3*2 står kvar.")
    assert [paragraph.text for paragraph in printed.paragraphs[2:5]] == [
        "41 personer deltagit",
        "25 kvinnor",
        "tolv gått vidare",
    ]
    styles = [str(paragraph.style.name) for paragraph in printed.paragraphs[2:5] if paragraph.style]
    assert [style.rstrip(" 2") for style in styles] == ["List Number", "List Bullet", "List Number"]


def test_the_minutes_and_the_notice_print_no_marks(session: Session, written: Minutes, meeting: Meeting) -> None:
    agenda_item(session, meeting, "Budget", ItemKind.DECISION, background=TYPED, proposal="")
    for content in (
        document.render_minutes(session, written),
        notices.render_notice(session, meeting, sender=SONJA, now=AFTER),
    ):
        printed = "\n".join(files.texts(content))
        assert "Förbundschefen redogör för läget, se lagen.\nC:\\temp och 5*3*2 står kvar." in printed
        assert "tolv gått vidare" in printed
        assert "**" not in printed
        assert "https://" not in printed
