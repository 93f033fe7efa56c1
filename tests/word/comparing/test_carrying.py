"""What deleted text needs comes along: addresses, pictures, notes, styles, lists, headers. Both ways out are right."""

from __future__ import annotations

import io
from typing import Any

import docx
import pytest
from lxml import etree

from paragraf.word.comparing import accept_all, redline, reject_all
from paragraf.word.comparing.uncompared import COMMENTS, FORMULAS, HEADERS, PAGES, STYLES
from tests.word.comparing.documents import AUTHOR, MOMENT, W, changes, compared, document, read
from tests.word.comparing.raw import R_NS, SECTION, field, link, note_reference, p, picture, png, r, word
from tests.word.files import parts

R = f"{{{R_NS}}}"


def root(content: bytes, name: str = "word/document.xml") -> Any:
    return etree.fromstring(parts(content)[name])


def relations(content: bytes) -> dict[str, str]:
    found = root(content, "word/_rels/document.xml.rels")
    return {each.get("Id"): each.get("Target") for each in found}


def notes(content: bytes) -> list[str]:
    """What the notes say, in the order of their references."""
    said = {
        each.get(f"{W}id"): "".join(t.text or "" for t in each.iter(f"{W}t", f"{W}delText"))
        for each in root(content, "word/footnotes.xml").iter(f"{W}footnote")
    }
    return [said[each.get(f"{W}id")] for each in root(content).iter(f"{W}footnoteReference")]


def all_notes(content: bytes) -> int:
    return sum(each.get(f"{W}type") is None for each in root(content, "word/footnotes.xml").iter(f"{W}footnote"))


def addresses(content: bytes) -> list[str]:
    known = relations(content)
    return [known[each.get(f"{R}id")] for each in root(content).iter(f"{W}hyperlink")]


def both(old: bytes, new: bytes) -> bytes:
    """The comparison, after it has been found whole."""
    content = compared(old, new)
    docx.Document(io.BytesIO(content))
    for name, data in parts(content).items():
        if name.endswith((".xml", ".rels")):
            etree.fromstring(data)
    known = relations(content)
    for element in root(content).iter():
        for name, value in element.items():
            if name.startswith(R):
                assert value in known
    declared = {each.get("PartName") for each in root(content, "[Content_Types].xml")}
    extensions = {each.get("Extension") for each in root(content, "[Content_Types].xml")}
    for name in parts(content):
        assert f"/{name}" in declared or name.rpartition(".")[2] in extensions | {"xml"}
    return content


def test_a_changed_note_is_compared_inside() -> None:
    old = word(p("Bidraget", note_reference(2), " betalas ut."), notes={2: "Se § 12 i förra protokollet."})
    new = word(p("Bidraget", note_reference(5), " betalas ut."), notes={5: "Se § 14 i förra protokollet."})
    content = both(old, new)
    assert changes(content) == []
    assert [change[1] for change in changes(content, "word/footnotes.xml")] == ["12", "14"]
    assert notes(accept_all(content)) == ["Se § 14 i förra protokollet."]
    assert notes(reject_all(content)) == ["Se § 12 i förra protokollet."]


def test_deleted_and_inserted_notes() -> None:
    old = word(p("Ett", note_reference(1), " ord."), p("Slut."), notes={1: "Den gamla noten."})
    new = word(p("Ett ord."), p("Slut", note_reference(1), "."), notes={1: "Den nya noten."})
    content = both(old, new)
    assert notes(accept_all(content)) == ["Den nya noten."]
    assert notes(reject_all(content)) == ["Den gamla noten."]
    assert all_notes(accept_all(content)) == all_notes(reject_all(content)) == 1


def test_notes_come_to_a_file_that_had_none() -> None:
    old = word(p("Ett", note_reference(1), " ord."), notes={1: "Den gamla noten."})
    content = both(old, word(p("Ett ord.")))
    assert notes(reject_all(content)) == ["Den gamla noten."]
    assert b"separator" in parts(content)["word/footnotes.xml"]


def test_a_link_that_leads_elsewhere_is_another_link() -> None:
    old = word(p("Läs ", link("rIdX", "stadgan"), " först."), links={"rIdX": "https://gammal.example/"})
    new = word(p("Läs ", link("rIdY", "stadgan"), " först."), links={"rIdY": "https://ny.example/"})
    content = both(old, new)
    assert addresses(accept_all(content))[-1] == "https://ny.example/"
    assert "https://gammal.example/" in addresses(reject_all(content))
    assert changes(content) == [("del", "stadgan"), ("ins", "stadgan")]


def test_words_inside_a_link_are_compared() -> None:
    old = word(p(link("rIdX", "Läs den gamla stadgan")), links={"rIdX": "https://a.example/"})
    new = word(p(link("rIdQ", "Läs den nya stadgan")), links={"rIdQ": "https://a.example/"})
    content = both(old, new)
    assert changes(content) == [("del", "gamla"), ("ins", "nya")]
    assert addresses(content) == ["https://a.example/"]


def test_a_deleted_picture_brings_its_file() -> None:
    old = word(p("Före ", picture("rIdB"), " efter."), pictures={"rIdB": png(10)})
    content = both(old, word(p("Före  efter.")))
    blips = [each.get(f"{R}embed") for each in root(content).iter("{*}blip")]
    target = relations(content)[blips[0]]
    assert parts(content)[f"word/{target}"] == png(10)
    assert not list(root(accept_all(content)).iter("{*}blip"))
    assert list(root(reject_all(content)).iter("{*}blip"))


def test_the_same_picture_under_another_name_is_the_same() -> None:
    old = word(p("Bild ", picture("rIdB")), pictures={"rIdB": png(10)})
    new = word(p("Bild ", picture("rIdC")), pictures={"rIdC": png(10)})
    assert changes(both(old, new)) == []
    other = word(p("Bild ", picture("rIdC")), pictures={"rIdC": png(99)})
    assert changes(both(old, other)) == [("del", ""), ("ins", "")]


def test_fields_are_taken_as_a_whole() -> None:
    old = word(p("Sida ", field("PAGE", "3"), " av ", field("REF dnr", "2026/14")))
    new = word(p("Sida ", field("PAGE", "7"), " av ", field("REF dnr", "2026/15")))
    content = both(old, new)
    marks = [each.getparent().getparent().tag for each in root(content).iter(f"{W}fldChar")]
    assert [marks.count(f"{W}{name}") for name in ("p", "del", "ins")] == [3, 3, 3]
    assert list(root(content).iter(f"{W}delInstrText"))
    assert not list(root(reject_all(content)).iter(f"{W}delInstrText"))


def test_a_short_field_is_written_out_and_compared() -> None:
    short = '<w:fldSimple w:instr=" REF dnr "><w:r><w:t>2026/14</w:t></w:r></w:fldSimple>'
    assert changes(both(word(p("Dnr ", short)), word(p("Dnr ", field("REF dnr", "2026/14"))))) == []


def test_headers_are_compared() -> None:
    old, new = (word(p("Text."), header=p(f"Protokoll {day} mars")) for day in (2, 3))
    content = both(old, new)
    assert changes(content) == []
    assert changes(content, "word/header1.xml") == [("del", "2"), ("ins", "3")]


STYLE = '<w:style w:type="paragraph" w:styleId="{id}"><w:name w:val="{name}"/>{more}</w:style></w:styles>'


def with_style(content: bytes, style_id: str, name: str, more: str = "") -> dict[str, bytes]:
    styles = parts(content)["word/styles.xml"].replace(
        b"</w:styles>", STYLE.format(id=style_id, name=name, more=more).encode()
    )
    return {"word/styles.xml": styles}


def test_a_style_is_known_by_its_name() -> None:
    old = word(p("Rubrik", style="Beslutsrubrik"), p("x"), extra=with_style(document(), "Beslutsrubrik", "Beslut"))
    new = word(p("Rubrik", style="Decision"), p("x"), extra=with_style(document(), "Decision", "Beslut"))
    assert changes(both(old, new)) == []
    assert b"pPrChange" not in parts(both(old, new))["word/document.xml"]
    gone = both(old, word(p("x"), extra=with_style(document(), "Decision", "Beslut")))
    assert root(gone).find(f".//{W}pStyle").get(f"{W}val") == "Decision"


def test_a_style_that_the_new_file_lacks_comes_along() -> None:
    based = '<w:basedOn w:val="Heading1"/><w:rPr><w:b/></w:rPr>'
    old = word(p("Ett"), p("Rubrik", style="Egen"), p("x"), extra=with_style(document(), "Egen", "Egen", based))
    content = both(old, word(p("Ett"), p("x")))
    assert [block.style for block in read(reject_all(content))] == ["Normal", "Egen", "Normal"]  # type: ignore[union-attr]


def numbering(abstract: str, number: str, sign: str) -> dict[str, bytes]:
    return {
        "word/numbering.xml": (
            f'<w:numbering xmlns:w="{W[1:-1]}"><w:abstractNum w:abstractNumId="{abstract}"><w:lvl w:ilvl="0">'
            f'<w:start w:val="1"/><w:numFmt w:val="{sign}"/><w:lvlText w:val="%1."/></w:lvl></w:abstractNum>'
            f'<w:num w:numId="{number}"><w:abstractNumId w:val="{abstract}"/></w:num></w:numbering>'
        ).encode()
    }


def listed(text: str, number: str) -> str:
    return p(text, frame=f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>')


def test_a_list_is_known_by_its_look() -> None:
    old = word(listed("ett", "3"), listed("två tre fyra", "3"), p("x"), extra=numbering("1", "3", "decimal"))
    new = word(listed("ett", "8"), p("x"), extra=numbering("4", "8", "decimal"))
    content = both(old, new)
    assert b"pPrChange" not in parts(content)["word/document.xml"]
    assert [each.get(f"{W}val") for each in root(content).iter(f"{W}numId")] == ["8", "8"]


def test_a_list_that_the_new_file_lacks_comes_along() -> None:
    old = word(listed("ett", "3"), p("x"), extra=numbering("1", "3", "lowerLetter"))
    new = word(p("ett"), p("x"), extra=numbering("1", "3", "decimal"))
    content = both(old, new)
    used = root(content).find(f".//{W}pPrChange//{W}numId").get(f"{W}val")
    assert used == "4"
    kinds = root(content, "word/numbering.xml")
    assert [each.tag.rpartition("}")[2] for each in kinds] == ["abstractNum", "abstractNum", "num", "num"]
    assert root(reject_all(content)).find(f".//{W}numId").get(f"{W}val") == "4"
    assert root(accept_all(content)).find(f".//{W}numId") is None


def test_content_controls_are_seen_through() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{p('Inuti kontrollen.')}</w:sdtContent></w:sdt>"
    inline = f"<w:sdt><w:sdtContent>{r('410')}</w:sdtContent></w:sdt>"
    old = word(control, p("Summa ", inline, " kr"))
    new = word(p("Inuti kontrollen."), p("Summa ", r("425"), " kr"))
    assert changes(both(old, new)) == [("del", "410"), ("ins", "425")]


def test_bookmarks_follow_the_new_version() -> None:
    mark = '<w:bookmarkStart w:id="{0}" w:name="{1}"/><w:bookmarkEnd w:id="{0}"/>'
    old = word(p("Ett ", mark.format(1, "gammalt"), "ord."))
    new = word(p("Ett ", mark.format(7, "nytt"), "annat ord."))
    content = both(old, new)
    assert [each.get(f"{W}name") for each in root(content).iter(f"{W}bookmarkStart")] == ["nytt"]
    numbers = [each.get(f"{W}id") for each in root(content).iter(f"{W}ins", f"{W}del", f"{W}bookmarkStart")]
    assert len(set(numbers)) == len(numbers)


BOX = (
    "<w:r><w:drawing><wp:inline><wp:docPr id='4' name='Ruta'/><a:graphic><a:graphicData uri='u'><wps:wsp><wps:txbx>"
    "<w:txbxContent>{}</w:txbxContent></wps:txbx></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>"
)


def test_a_text_box_is_compared_as_a_whole() -> None:
    old, new = (word(p("Ruta ", BOX.format(p(text)))) for text in ("Gammal text", "Ny text"))
    content = both(old, new)
    assert [name for name, _text in changes(content)] == ["del", "ins"]
    for settled, text in ((accept_all(content), "Ny text"), (reject_all(content), "Gammal text")):
        box = root(settled).find(f".//{W}txbxContent")
        assert "".join(box.itertext()) == text


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            word(p("<m:oMath><m:r><m:t>x</m:t></m:r></m:oMath>", "a")),
            word(p("<m:oMath><m:r><m:t>y</m:t></m:r></m:oMath>", "a")),
            FORMULAS,
        ),
        (word(p("a")), word(p("a"), header=p("Huvud")), HEADERS),
        (word(p("a")), word(p("a"), extra=with_style(document(), "Egen", "Egen")), STYLES),
        (word(p("a")), word(f"<w:p><w:pPr>{SECTION}</w:pPr></w:p>", p("a")), PAGES),
    ],
    ids=["formula", "header", "styles", "sections"],
)
def test_what_is_not_compared_is_told(old: bytes, new: bytes, told: str) -> None:
    result = redline(old, new, author=AUTHOR, moment=MOMENT)
    assert told in result.not_compared
    assert COMMENTS not in result.not_compared
    assert redline(old, old, author=AUTHOR, moment=MOMENT).not_compared == ()


def test_earlier_tracked_changes_are_accepted_first() -> None:
    tracked = compared(document("Ett gammalt ord."), document("Ett nytt ord."))
    assert changes(compared(tracked, document("Ett nytt ord."))) == []
    assert changes(compared(document("Ett gammalt ord."), tracked)) == [("del", "gammalt"), ("ins", "nytt")]


def test_earlier_tracked_changes_in_an_unchanged_header_are_accepted_too() -> None:
    tracked = word(
        p("a"), header=p('<w:ins w:id="5" w:author="x" w:date="2026-01-01T00:00:00Z">', r("nytt"), "</w:ins>")
    )
    assert changes(compared(tracked, tracked), "word/header1.xml") == []


def test_odd_numbers_and_relations_to_nothing_do_no_harm() -> None:
    old = word(p("Ett", note_reference(1), " ord ", picture("rIdNowhere"), link("rIdNone", "länk")), notes={1: "Not."})
    new = word(p("Ett ord"), notes={7: "Annan."})
    content = both(old, new)
    assert said_in(accept_all(content)) == "Ett ord"


def said_in(content: bytes) -> str:
    return "".join(each.text or "" for each in root(content).iter(f"{W}t"))
