"""The values for a page: both sides hold the whole text of their version, and what changed is marked in each."""

from __future__ import annotations

from hypothesis import given, settings

from paragraf.word.comparing import differences
from paragraf.word.comparing.comparison import Change, Comparison, Counts, Grid, Row, Side, Span, Thing
from tests.word.comparing.documents import Block, document, grid, pairs, read, text
from tests.word.comparing.documents import Text as Paragraph
from tests.word.comparing.raw import note_reference, p, picture, png, word


def said(side: Side) -> str:
    found = []
    for block in side:
        texts = (
            [each for line in block.lines for cell in line.cells for each in cell]
            if isinstance(block, Grid)
            else [block]
        )
        found += ["".join(span.text for span in each.spans) for each in texts]
    return "\n".join(found)


def given_text(block: Block) -> str:
    if isinstance(block, Paragraph):
        return "".join(words.text for words in block.runs)
    return "\n".join(given_text(each) for row in block.rows for cell in row for each in cell)


def spans(comparison: Comparison, *changes: Change) -> list[tuple[str, str]]:
    return [
        (span.change.value, span.text)
        for row in comparison.rows
        for side in (row.old, row.new)
        for block in side
        if not isinstance(block, Grid)
        for span in block.spans
        if span.change in changes
    ]


@settings(max_examples=30, deadline=None)
@given(pairs())
def test_each_side_holds_all_of_its_version(versions: tuple[list[Block], list[Block]]) -> None:
    # As read back: a table in a cell brings a paragraph after it.
    contents = [document(*each) for each in versions]
    old, new = map(read, contents)
    comparison = differences(*contents)
    rows = list(comparison.rows)
    assert "\n".join(said(row.old) for row in rows if row.old) == "\n".join(map(given_text, old))
    assert "\n".join(said(row.new) for row in rows if row.new) == "\n".join(map(given_text, new))
    for row in rows:
        assert row.change is not Change.INSERTED or not row.old
        assert row.change is not Change.DELETED or not row.new
        assert row.change is not Change.SAME or said(row.old) == said(row.new)


def test_equal_versions_have_no_difference() -> None:
    content = document("Ett", grid(("a", "b")), text("Rubrik", "Heading 1"))
    comparison = differences(content, content)
    assert comparison.same
    assert comparison.counts == Counts()
    assert comparison.not_compared == ()


def test_words_looks_and_styles_are_told_apart() -> None:
    old = document("Ett gammalt ord.", text("Stil"), "Blir rubrik", "slut")
    new = document("Ett nytt ord.", text("Stil", bold=True), text("Blir rubrik", "Heading 2"), "slut")
    comparison = differences(old, new)
    assert [row.change for row in comparison.rows] == [Change.CHANGED, Change.LOOK, Change.LOOK, Change.SAME]
    assert spans(comparison, Change.DELETED, Change.INSERTED) == [("deleted", "gammalt"), ("inserted", "nytt")]
    assert spans(comparison, Change.LOOK) == [("look", "Stil"), ("look", "Stil")]
    assert comparison.counts == Counts(changed=1, look=2)


def test_rows_of_tables_are_counted_and_marked() -> None:
    old, new = (
        document(grid(("a", "1"), ("bbbb", "2")), "x"),
        document(grid(("a", "1"), ("cccc", "3"), ("bbbb", "5")), "x"),
    )
    comparison = differences(old, new)
    row = next(iter(comparison.rows))
    assert isinstance(row.new[0], Grid)
    assert [line.change for line in row.new[0].lines] == [Change.SAME, Change.INSERTED, Change.CHANGED]
    assert comparison.counts == Counts(rows_inserted=1, rows_changed=1)


def test_a_paragraph_that_is_cut_stands_with_both_its_parts() -> None:
    first, second = "Det första ledet är långt nog.", "Det andra ledet är också långt nog."
    row: Row = next(iter(differences(document(f"{first} {second}", "x"), document(first, second, "x")).rows))
    assert (row.change, len(row.old), len(row.new)) == (Change.CHANGED, 1, 2)


def test_pictures_notes_headings_and_lists_are_told() -> None:
    old = word(p("Bild ", picture("rIdB"), note_reference(1)), pictures={"rIdB": png(1)}, notes={1: "Gammal not."})
    new = word(p("Bild ", picture("rIdB"), note_reference(1)), pictures={"rIdB": png(2)}, notes={1: "Ny not."})
    row = next(iter(differences(old, new).rows))
    new_spans: tuple[Span, ...] = row.new[0].spans  # type: ignore[union-attr]
    assert [(span.thing, span.change) for span in new_spans] == [
        (None, Change.SAME),
        (Thing.PICTURE, Change.INSERTED),
        (Thing.NOTE, Change.INSERTED),
    ]
    assert new_spans[2].text == "Ny not."
    content = document(text("Rubrik", "Heading 2"), text("Punkt", "List Bullet"), text("Ett", "List Number"))
    texts = [row.new[0] for row in differences(content, content).rows]
    assert [(each.heading, each.bullet) for each in texts] == [(2, ""), (0, "•"), (0, "1")]  # type: ignore[union-attr]


def test_a_header_is_a_part_where_it_differs() -> None:
    old, new = (word(p("Text."), header=p(f"Protokoll {day} mars")) for day in (2, 3))
    assert [part.name for part in differences(old, new).parts] == ["Texten", "Sidhuvud"]
    assert [part.name for part in differences(old, old).parts] == ["Texten"]
