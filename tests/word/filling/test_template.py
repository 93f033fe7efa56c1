from __future__ import annotations

import dataclasses
import io
import itertools
import zipfile
from concurrent.futures import ThreadPoolExecutor

import mammoth
import pytest
import time_machine
from docx.document import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from paragraf.core.formatted import Block, Formatted, Span
from paragraf.word.faults import TemplateFault
from paragraf.word.filling.template import check_template, compile_template
from tests.word import files

ONE_FIELD = files.with_paragraphs("{{ text }}")
# What XML 1.0 can hold, less the carriage return that every line end is read back without.
XML_TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\x0b\x0c")).filter(
    lambda text: all(ord(sign) >= 32 or sign in "\n\t" for sign in text) and not {"\ufffe", "\uffff"} & set(text)
)


def filled(content: bytes, **fields: object) -> list[str]:
    return files.texts(compile_template(content).fill(fields))


@dataclasses.dataclass(frozen=True)
class Item:
    number: str
    heading: str


@dataclasses.dataclass(frozen=True)
class Page:
    body: str
    items: tuple[Item, ...]


def test_a_field_prints_its_text() -> None:
    assert filled(files.with_paragraphs("Till {{ name }}, Lindå"), name="Maj") == ["Till Maj, Lindå"]


def test_a_dataclass_and_a_mapping_give_the_same_bytes() -> None:
    template = compile_template(
        files.with_paragraphs(
            "{{ body }}", "{%p for item in items %}", "{{ item.number }} {{ item.heading }}", "{%p endfor %}"
        )
    )
    page = Page("Styrelsen", (Item("§ 1", "Val"), Item("§ 2", "Budget")))
    assert files.texts(template.fill(page)) == ["Styrelsen", "§ 1 Val", "§ 2 Budget"]
    assert template.fill(page) == template.fill(dataclasses.asdict(page))


def test_a_field_named_as_a_method_of_mappings_is_still_the_field() -> None:
    assert filled(files.with_paragraphs("{{ page.items }}"), page={"items": "två"}) == ["två"]


@pytest.mark.parametrize(
    "runs",
    [
        ("Hej {", "{ name }", "}!"),
        ("Hej {{", " na", "me ", "}", "}!"),
        ("H", "ej {{ name }}", "!"),
        ("Hej {{ name", " }", "}", "!"),
        ("Hej ", "{% if name %}{", "{ name }", "}{% en", "dif %}!"),
    ],
)
def test_a_tag_that_word_has_cut_into_runs_is_one_tag(runs: tuple[str, ...]) -> None:
    assert filled(files.with_runs(*runs), name="Åsa") == ["Hej Åsa!"]


@given(cuts=st.sets(st.integers(1, 44)))
@settings(max_examples=40, deadline=None)
def test_a_paragraph_cut_anywhere_fills_the_same(cuts: set[int]) -> None:
    whole = "a {{ x }} b {% if x %}c{{ x }}d{% endif %} e"
    places = [0, *sorted(cut for cut in cuts if cut < len(whole)), len(whole)]
    runs = [whole[start:end] for start, end in itertools.pairwise(places)]
    assert filled(files.with_runs(*runs), x="X") == ["a X b cXd e"]


def test_a_joined_tag_takes_the_look_of_the_run_where_it_begins() -> None:
    document = files.opened(compile_template(files.with_runs("{", "{ name }}", " slut")).fill({"name": "Maj"}))
    assert [(run.text, run.bold) for run in document.paragraphs[0].runs if run.text] == [
        ("Maj", False),
        (" slut", False),
    ]


def test_a_line_break_typed_inside_a_tag_does_not_reach_the_document() -> None:
    def build(document: Document) -> None:
        paragraph = document.add_paragraph()
        paragraph.add_run("{{ ").add_break()
        paragraph.add_run("name }} slut").add_break()

    assert filled(files.built(build), name="Maj") == ["Maj slut\n"]


def test_quotes_that_word_made_typographic_and_hard_spaces_are_understood() -> None:
    assert filled(
        files.with_paragraphs("{{\u00a0name|default(”ingen“) }}{% if x == ‘a’ %}!{% endif %}"), name="Maj", x="a"
    ) == ["Maj!"]


def test_paragraph_tags_repeat_and_leave_out_whole_paragraphs() -> None:
    content = files.with_paragraphs(
        "{%p for item in items %}",
        "{%p if item.shown %}",
        "{{ loop.index }}. {{ item.name }}",
        "{%p else %}",
        "–",
        "{%p endif %}",
    )
    content = files.with_paragraphs(*files.texts(content), "{%p endfor %}", "slut")
    items = [{"shown": True, "name": "ett"}, {"shown": False, "name": "två"}]
    assert filled(content, items=items) == ["1. ett", "–", "slut"]
    assert filled(content, items=[]) == ["slut"]


def test_row_tags_repeat_rows_under_their_heading() -> None:
    content = files.with_table(
        ("År", "Belopp"), ("{%tr for y in years %}", ""), ("{{ y.year }}", "{{ y.sum }}"), ("{%tr endfor %}", "")
    )
    years = [{"year": "2026", "sum": "120 000"}, {"year": "2027", "sum": "290 000"}]
    assert files.cells(compile_template(content).fill({"years": years})) == [
        ["År", "Belopp"],
        ["2026", "120 000"],
        ["2027", "290 000"],
    ]


def test_run_tags_keep_the_text_around_them() -> None:
    content = files.with_runs("före ", "{%r if yes %}", "mitt", "{%r endif %}", " efter")
    assert filled(content, yes=True) == ["före mitt efter"]
    assert filled(content, yes=False) == ["före  efter"]


def test_formatted_text_in_a_run_tag_becomes_runs_in_the_look_of_the_place() -> None:
    def build(document: Document) -> None:
        run = document.add_paragraph("Obs: ").add_run("{{r text }}.")
        run.font.name, run.font.size = "Arial", 120000

    content = files.built(build)
    value = Formatted((Block((Span("fet ", bold=True), Span("& kursiv", italic=True), Span(" vanlig"))),))
    runs = files.opened(compile_template(content).fill({"text": value})).paragraphs[0].runs
    looks = [(run.text, run.bold, run.italic, run.font.name) for run in runs if run.text]
    assert looks == [
        ("Obs: ", None, None, None),
        ("fet ", True, None, "Arial"),
        ("& kursiv", None, True, "Arial"),
        (" vanlig", None, None, "Arial"),
        (".", None, None, "Arial"),
    ]


def test_formatted_text_in_an_ordinary_tag_and_a_text_in_a_run_tag_print_as_text() -> None:
    content = files.with_paragraphs("{{ rich }} {{r plain }}")
    assert filled(content, rich=Formatted((Block((Span("fet", bold=True), Span("!"))),)), plain="a < b") == [
        "fet! a < b"
    ]


def test_header_footer_and_properties_are_filled_too() -> None:
    def build(document: Document) -> None:
        document.core_properties.title = "Protokoll {{ day }}"
        document.sections[0].header.paragraphs[0].text = "{{ association }}"
        document.sections[0].footer.paragraphs[0].text = "den {{ day }}"

    document = files.opened(compile_template(files.built(build)).fill({"association": "A & B", "day": "1 maj\n2026"}))
    assert document.core_properties.title == "Protokoll 1 maj 2026"
    assert document.sections[0].header.paragraphs[0].text == "A & B"
    assert document.sections[0].footer.paragraphs[0].text == "den 1 maj\n2026"


def test_text_boxes_and_alternative_text_are_filled() -> None:
    box = (
        '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
        ' xmlns:v="urn:schemas-microsoft-com:vml"><w:r><w:t>utanför {{ x }}</w:t></w:r><w:r><w:pict>'
        '<v:shape alt="bild av {{ x }}"><v:textbox><w:txbxContent><w:p>'
        "<w:r><w:t>i {{ </w:t></w:r><w:r><w:t>x }}</w:t></w:r></w:p>"
        "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    )
    content = files.built(lambda document: document.element.body.insert(0, etree.fromstring(box)))
    xml = files.xml_of(compile_template(content).fill({"x": 'A "&"\nB'}))
    words = [text for paragraph in xml.iter("{*}p") if (text := "".join(paragraph.itertext("{*}t")))]
    assert words == ['utanför A "&"Bi A "&"B', 'i A "&"B']
    assert xml.find(".//{urn:schemas-microsoft-com:vml}shape").get("alt") == 'bild av A "&" B'


@given(text=XML_TEXT)
@settings(deadline=None)
def test_any_text_comes_back_as_it_went_in(text: str) -> None:
    assert filled(ONE_FIELD, text=text) == [text]


@pytest.mark.parametrize(
    "text",
    [
        "§ 7 Ljus & <ljud>",
        "å ä ö Å Ä Ö",
        "410\u00a0000\u00a0kr",
        "👩‍👩‍👧 \u200fשלום\u200e",
        "{{ name }} {% if %}",
        "x" * 100_000,
    ],
)
def test_difficult_texts_come_out_right(text: str) -> None:
    assert filled(ONE_FIELD, text=text) == [text]


def test_line_ends_of_every_kind_become_breaks_and_illegal_characters_disappear() -> None:
    assert filled(ONE_FIELD, text="a\r\nb\rc\x0bd\x00e\x1bf\ufffeg\ud800h") == ["a\nb\nc\ndefg\ufffdh"]


def test_nothing_prints_as_nothing_but_zero_as_zero() -> None:
    assert filled(files.with_paragraphs("[{{ a }}{{ b }}]"), a=None, b=0) == ["[0]"]


def test_markup_from_elsewhere_is_text_like_any_other() -> None:
    from markupsafe import Markup

    assert filled(files.with_paragraphs("{{ a }} {{ a|safe }} {{ a|e }}"), a=Markup("<b>x</b>")) == [
        " ".join(["<b>x</b>"] * 3)
    ]


def test_the_paragraphs_filter_cuts_at_blank_lines() -> None:
    content = files.with_paragraphs("{%p for piece in text|paragraphs %}", "{{ piece }}", "{%p endfor %}")
    assert filled(content, text="ett\r\nrad två\n\n \n\ntvå\n") == ["ett\nrad två", "två"]
    assert filled(content, text=("a", "b")) == ["a", "b"]


def test_same_data_gives_identical_bytes_and_other_data_others() -> None:
    template = compile_template(ONE_FIELD)
    with time_machine.travel("2026-09-10 12:00:00+00:00"):
        first = template.fill({"text": "a"})
    with time_machine.travel("2031-01-01 12:00:00+00:00"):
        assert template.fill({"text": "a"}) == first
    assert template.fill({"text": "b"}) != first


def test_untouched_parts_keep_their_compressed_bytes_and_order() -> None:
    result = compile_template(ONE_FIELD).fill({"text": "a"})
    assert list(files.parts(result)) == list(files.parts(ONE_FIELD))
    for name, data in files.parts(ONE_FIELD).items():
        if name != "word/document.xml":
            assert files.parts(result)[name] == data
    with zipfile.ZipFile(io.BytesIO(result)) as package:
        assert package.testzip() is None


def test_every_part_of_a_filled_file_is_whole_xml_and_mammoth_reads_the_same_text() -> None:
    result = compile_template(ONE_FIELD).fill({"text": "Beslut & <skäl>"})
    for name, data in files.parts(result).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    assert mammoth.extract_raw_text(io.BytesIO(result)).value.strip() == "Beslut & <skäl>"


def test_a_template_without_tags_comes_out_as_it_is() -> None:
    plain = files.with_paragraphs("Inga taggar {här}")
    assert files.parts(compile_template(plain).fill({})) == files.parts(plain)


def test_a_template_is_compiled_once_for_its_content_and_the_oldest_is_forgotten(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("paragraf.word.filling.template.MAX_CACHED", 3)
    content = files.with_paragraphs("{{ a }} först")
    first = compile_template(content)
    assert compile_template(bytes(bytearray(content))) is first
    for number in range(3):
        compile_template(files.with_paragraphs(f"{{{{ a }}}} {number}"))
    assert compile_template(content) is not first


def test_one_template_serves_many_threads() -> None:
    template = compile_template(ONE_FIELD)
    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(lambda number: files.texts(template.fill({"text": str(number)})), range(40)))
    assert results == [[str(number)] for number in range(40)]


def test_fields_tells_the_paths_used_and_follows_loops() -> None:
    content = files.with_paragraphs(
        "{{ body }} {% set first = items[0] %}{{ first.number }}",
        "{%p for item in items|sort(attribute='number') %}",
        "{% for clause in item.clauses %}{{ clause }}{{ loop.index }}{% endfor %}{{ item['heading'].upper() }}",
        "{%p endfor %}",
    )
    assert compile_template(content).fields() == {
        "body",
        "items",
        "items[]",
        "items[].number",
        "items[].clauses",
        "items[].clauses[]",
        "items[].heading",
    }


def test_a_missing_field_is_named_with_its_place_and_the_nearest_name() -> None:
    template = compile_template(files.with_paragraphs("Sammanträde den {{ meting_date }} i Lindå"))
    with pytest.raises(TemplateFault) as caught:
        template.fill({"meeting_date": "10 september", "body": ""})
    fault = caught.value
    assert str(fault) == (
        "Fältet ”meting_date” i {{ meting_date }} finns inte. Menade du ”meeting_date”? "
        "(brödtexten: ”Sammanträde den {{ meting_date }} i Lindå”)."
    )
    assert (fault.tag, fault.part) == ("{{ meting_date }}", "brödtexten")


def test_a_missing_field_of_an_item_in_the_header_is_named_too() -> None:
    def build(document: Document) -> None:
        document.sections[0].header.paragraphs[0].text = "{% for i in items %}{{ i.hedding }}{% endfor %}"

    with pytest.raises(TemplateFault, match=r"”hedding” .* Menade du ”heading”.*sidhuvudet"):
        compile_template(files.built(build)).fill({"items": [Item("1", "x")]})


def test_a_value_that_cannot_be_used_so_is_named_by_its_tag() -> None:
    with pytest.raises(TemplateFault, match=r"\{\{ a / b \}\} går inte att räkna ut"):
        compile_template(files.with_paragraphs("{{ a / b }}")).fill({"a": 1, "b": 0})


def test_a_block_that_is_never_closed_hides_no_misspelled_field() -> None:
    known = {"body", "items", "items[]", "items[].number"}
    content = files.with_paragraphs("{{ bodi }}", "{%p for item in items %}", "{{ item.numbr }}", "{{ item.number }}")
    found = [str(fault) for fault in check_template(content, known)]
    assert len(found) == 3
    assert "{%p for item in items %} stängs aldrig" in found[0]
    assert "Menade du ”body”?" in found[1]
    assert "Menade du ”number”?" in found[2]
    with pytest.raises(TemplateFault, match="stängs aldrig"):
        compile_template(content)


@pytest.mark.parametrize("stray", ["{%p endfor %}", "{%p fro item in items %}", "{%p else %}"])
def test_names_are_not_guessed_at_where_blocks_cannot_be_told_apart(stray: str) -> None:
    content = files.with_paragraphs(stray, "{{ item.numbr }}", "{%p if item %}")
    found = [str(fault) for fault in check_template(content, {"items"})]
    assert found
    assert not any("finns inte" in fault for fault in found)


def test_checking_finds_every_unknown_field_at_once() -> None:
    content = files.with_paragraphs(
        "{{ bdy }} {{ body.name }}", "{%p for item in items %}", "{{ item.numer }}{{ item.number }}", "{%p endfor %}"
    )
    found = [str(fault) for fault in check_template(content, {"body", "items", "items[]", "items[].number"})]
    assert [text.split(" (")[0] for text in found] == [
        "Fältet ”bdy” i {{ bdy }} finns inte. Menade du ”body”?",
        "Fältet ”body.name” i {{ body.name }} finns inte",
        "Fältet ”items[].numer” i {{ item.numer }} finns inte. Menade du ”number”?",
    ]
    assert check_template(files.with_paragraphs("{{ body }}"), {"body"}) == []


@pytest.mark.parametrize(
    ("paragraphs", "message"),
    [
        (["{%p for i in items %}", "{{ i }}"], "Taggen {%p for i in items %} stängs aldrig: {% endfor %} saknas"),
        (["{% endif %}"], "Taggen {% endif %} stänger något som inte är öppet"),
        (["{% if a %}{% endfor %}"], "Taggen {% endfor %} stänger något som inte är öppet"),
        (["{% else %}"], "Taggen {% else %} hör inte till någon öppen tagg"),
        (["{% fro i in items %}"], "Taggen {% fro i in items %} börjar med ett okänt ord. Menade du ”for”?"),
        (["{% zzz %}"], "börjar med ett ord som en mall inte kan"),
        (["{{ name }"], "Taggen är inte hel: {{ saknar sin andra hälft"),
        (["name }}"], "Taggen är inte hel: }} saknar sin andra hälft"),
        (["{{ }}"], "Taggen {{ }} är tom"),
        (["{{ a b }}"], "Taggen {{ a b }} går inte att läsa"),
        (["{% for in x %}{% endfor %}"], "Taggen {% for in x %} går inte att läsa"),
        (["{{tr sub }}"], "Taggen {{tr sub }} stöds inte"),
        (["{%tr for i in items %}"], "Taggen {%tr for i in items %} måste stå i en tabell"),
        (["Text {%p if a %}", "{%p endif %}"], "Texten ”Text {%p if a %}” står bredvid"),
        (["{%p if a %}", "x {% endif %}"], "står på olika slags platser"),
        (["{{ a|nofilter }}"], "”|nofilter” i {{ a|nofilter }} får inte användas"),
        (["{{ a is nosuch }}"], "”is nosuch”"),
        (["{{ " + "a" * 1001 + " }}"], "Taggen är för lång"),
    ],
)
def test_what_is_wrong_with_a_template_is_told_in_words(paragraphs: list[str], message: str) -> None:
    content = files.with_paragraphs(*paragraphs)
    faults = check_template(content, {"a", "name", "items", "items[]", "sub"})
    assert message.replace("Text {%p if a %}", "Text") in str(faults[0])
    assert "brödtexten" in str(faults[0])
    with pytest.raises(TemplateFault):
        compile_template(content)


def test_a_row_tag_beside_other_tags_in_its_row_is_refused_rather_than_dropped() -> None:
    content = files.with_table(
        ("{%tr if a %}", "{%p for i in items %}"), ("x", "y"), ("{%tr endif %}", "{%p endfor %}")
    )
    assert check_template(content, {"a", "items", "items[]"})


def test_the_same_wrong_field_in_several_parts_is_told_for_each() -> None:
    def build(document: Document) -> None:
        document.add_paragraph("{% for in %}")
        document.sections[0].footer.paragraphs[0].text = "{{ a"

    assert [fault.part for fault in check_template(files.built(build), set())] == ["brödtexten", "sidfoten"]
