"""What the check tells of a template: every fault at once, those that only filling shows too, and what to mend."""

from __future__ import annotations

import pytest

from document_templates import KINDS, load
from paragraf.templates.checking import assess, outdated
from paragraf.templates.examples import Size
from paragraf.templates.field_guide import guide
from tests.templates.changing import changed, misspelled, with_text
from tests.word import files


def told(content: bytes, kind: str = "minutes") -> list[str]:
    return [str(finding.fault) for finding in assess(kind, content).findings]


def remarks(content: bytes, kind: str = "minutes") -> list[str]:
    return [str(remark) for remark in assess(kind, content).remarks]


@pytest.mark.parametrize("kind", KINDS)
def test_a_shipped_template_has_neither_faults_nor_remarks(kind: str) -> None:
    assessment = assess(kind, load(kind))
    assert assessment.usable
    assert [str(remark) for remark in assessment.remarks] == []


def test_all_faults_are_told_at_once_each_with_its_paragraph_and_the_nearest_name() -> None:
    content = with_text("minutes", "Datum {{ meting_date }}", "Namn {{ bodi }}", "{{ xyzzy }}")
    first, second, third = told(content)
    assert "”meting_date” i {{ meting_date }} finns inte. Menade du ”meeting_date”? (brödtexten" in first
    assert "Datum" in first
    assert "Menade du ”body”?" in second
    assert "xyzzy" in third
    corrections = [finding.correction for finding in assess("minutes", content).findings]
    assert corrections == ["{{ meeting_date }}", "{{ body }}", ""]


def test_a_misspelled_list_is_told_where_it_stands() -> None:
    findings = assess("minutes", misspelled("minutes", "item.clauses", "item.clausses")).findings
    assert findings
    # Not one fault more for each use of the loop's element.
    assert all("clausses" in finding.fault.tag and "item.clauses" in finding.correction for finding in findings)


def test_an_unclosed_loop_is_told_with_where_it_began() -> None:
    (fault,) = told(with_text("minutes", "Slut", "{%p for item in items %}", "{{ item.number }}"))
    assert "{%p for item in items %}" in fault


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "inget Word-dokument"),
        (b"%PDF-1.7", "inget Word-dokument"),
        (files.packed({**files.parts(load("minutes")), "word/vbaProject.bin": b"x"}), "makron"),
    ],
)
def test_what_is_no_template_is_refused_with_the_reason(content: bytes, reason: str) -> None:
    (fault,) = told(content)
    assert reason in fault


def test_what_shows_only_with_empty_or_much_data_is_told_with_which() -> None:
    empty = with_text("minutes", "{{ signers[0].name }}")
    assert [(each.size, each.fault.tag) for each in assess("minutes", empty).findings] == [
        (Size.EMPTY, "{{ signers[0].name }}")
    ]
    large = with_text("minutes", "{{ 1 / (items|length - 40) }}")
    assert [each.size for each in assess("minutes", large).findings] == [Size.LARGE]
    all_three = with_text("minutes", "{{ body / 2 }}")
    assert [each.size for each in assess("minutes", all_three).findings] == list(Size)


def test_a_template_that_would_grow_beyond_bounds_is_refused_in_time() -> None:
    loops = with_text("minutes", *(["{%p for item in items %}"] * 6), "{{ body }}", *(["{%p endfor %}"] * 6))
    assert Size.LARGE in [each.size for each in assess("minutes", loops).findings]


def test_the_logo_may_stand_in_every_template() -> None:
    for kind in KINDS:
        assert assess(kind, with_text(kind, "{% if logo %}{{ logo }}{% endif %}")).usable


def test_minutes_without_what_the_law_demands_get_a_clear_warning() -> None:
    content = files.with_paragraphs(
        "{%p for item in items %}", "{{ item.number }} {{ item.heading }}", "{%p endfor %}", "{{ deciding|length }}"
    )
    assessment = assess("minutes", content)
    assert assessment.usable
    lawful = [str(remark) for remark in assessment.remarks if remark.by_law]
    assert [each.partition(".")[0].removeprefix("Protokollet kommer att sakna ") for each in lawful] == [
        "besluten",
        "reservationer",
        "dem som undertecknar",
    ]
    assert "kommunallagen 5:67" in lawful[0]
    # What the law asks for is not told a second time among the fields that are left out.
    assert not any("”items[].clauses”" in str(remark) for remark in assessment.remarks)


def test_fields_that_are_left_out_are_named_with_their_meaning() -> None:
    told = remarks(files.with_paragraphs("{{ body }}"))
    assert any("”verification” (Justeringens tid och plats)" in each for each in told)
    assert not any("”body”" in each for each in told)


def test_tracked_changes_and_comments_are_remarked() -> None:
    xml = files.parts(load("minutes"))["word/document.xml"]
    body = b"<w:p><w:ins w:id='901' w:author='A' w:date='2026-01-01T00:00:00Z'><w:r><w:t>ny</w:t></w:r></w:ins></w:p>"
    inserted = xml.replace(b"<w:sectPr", body + b"<w:sectPr", 1)
    assert any(
        "spårade ändringar" in each for each in remarks(files.with_parts(load("minutes"), word__document_xml=inserted))
    )

    def comment(document: object) -> None:
        paragraph = document.add_paragraph("Text")  # type: ignore[attr-defined]
        document.add_comment(paragraph.runs, text="Är det här rätt?")  # type: ignore[attr-defined]

    assert any("kommentarer" in each for each in remarks(changed("minutes", comment)))


def test_another_language_and_no_title_are_remarked() -> None:
    def change(document: object) -> None:
        document.core_properties.title = ""  # type: ignore[attr-defined]
        for language in document.styles.element.iter("{*}lang"):  # type: ignore[attr-defined]
            language.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}val", "en-US")

    told = remarks(changed("minutes", change))
    assert any("inte svenska (en-US)" in each for each in told)
    assert any("ingen titel" in each for each in told)


def test_a_template_that_the_program_has_outgrown_is_known() -> None:
    assert outdated("minutes", load("minutes")) == []
    (fault,) = outdated("minutes", with_text("minutes", "{{ old_field }}"))
    assert fault.tag == "{{ old_field }}"
    assert outdated("minutes", b"torn") != []


@pytest.mark.parametrize("kind", KINDS)
def test_every_tag_of_the_guide_can_be_copied_into_a_template(kind: str) -> None:
    """Each alone where it needs no loop around it, the others within the loops of the lists that they are part of."""
    for group in guide(kind):
        plain = [entry for entry in group.entries if "[]" not in entry.path]
        lines = [line.replace("…", "") for entry in plain for line in entry.tag.split("\n")]
        assert told(with_text(kind, *lines), kind) == [], group.path
        for entry in group.entries:
            assert told(with_text(kind, *_around(entry.path, entry.tag, group.entries)), kind) == [], entry.tag


def _around(path: str, tag: str, entries: tuple[object, ...]) -> list[str]:
    """The tag's lines within the loop of each list around it, as the guide writes them."""
    lines = tag.replace("…", "").split("\n")
    outer = path
    while "[]." in outer:
        outer = outer.rpartition("[].")[0]
        begin, _body, end = next(e.tag for e in entries if e.path == outer).split("\n")  # type: ignore[attr-defined]
        lines = [begin, *lines, end]
    return lines
