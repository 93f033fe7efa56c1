from __future__ import annotations

import io
import re
from typing import Any

import pypdf
import pytest

from document_templates import example, fields_of
from paragraf.word.fields import field_lines
from paragraf.word.pdf.making import convert_to_pdf
from tests.document_templates.papers import every_kind, filled, pages, small, squeezed
from tests.word import files

pytestmark = pytest.mark.office


@every_kind
def test_every_example_text_reaches_the_paper(kind: str) -> None:
    content = filled(kind, small(kind))
    reader: Any = pypdf.PdfReader(io.BytesIO(convert_to_pdf(content)))
    text = "".join("".join(page.extract_text() for page in reader.pages).split())
    for line in field_lines(fields_of(kind)):
        assert "".join(line.example.split()) in text, line.path
    assert reader.metadata.title == files.opened(content).core_properties.title
    assert reader.trailer["/Root"]["/Lang"] == "sv-SE"


@every_kind
@pytest.mark.parametrize("size", ["large", "empty"])
def test_every_page_says_which_it_is_of_how_many(kind: str, size: str) -> None:
    all_pages = pages(kind, size)
    assert (len(all_pages) > 2) == (size == "large")
    for number, page in enumerate(all_pages, start=1):
        assert f"Sida {number} av {len(all_pages)}" in page
        assert ("Samordningsförbundet Norrsund" in page) == (size == "large")
        assert "{" not in page


@pytest.mark.parametrize(
    ("kind", "header"),
    [
        ("staffing_table", "Part Tjänster Egen finansiering Förbundet finansierar"),
        ("status_report", "Deltagare Kvinnor Män Totalt"),
        ("tertial_report", "Kronor Budget Utfall Prognos Avvikelse"),
        ("funding_overview", "Insats Läge Beviljat Bundet Utbetalt Utfall"),
        ("reminder_list", "Senast Vad Vem Läge"),
        ("agreement", "Vad som mäts Mål Uppföljning"),
        ("decision_letter", "År Belopp"),
        ("certificate_of_notice", "Anslagstavla Uppsatt"),
    ],
)
def test_a_long_table_repeats_its_header_on_the_next_page(kind: str, header: str) -> None:
    assert sum(header in page for page in pages(kind, "large")) >= 3


@every_kind
def test_no_heading_stands_alone_at_the_foot_of_a_page(kind: str) -> None:
    document: Any = files.opened(filled(kind))
    headings = {each.text for each in document.paragraphs if each.style.name[:7] in ("Heading", "§-rubri", "Avsnitt")}
    assert headings
    for page in pages(kind, "large"):
        body = re.sub(r"( Utdragsbestyrkande_*)?( Dnr [^·]*·)? Samordningsförbundet Norrsund.{0,60} Sida.*", "", page)
        assert body != page
        assert not any(body.endswith(squeezed(heading)) for heading in headings), body[-80:]


def test_two_hundred_paragraphs_are_all_there() -> None:
    numbers = [number for page in pages("minutes", "large") for number in re.findall(r"§ (\d{3}) [A-ZÅÄÖ]", page)]
    assert len(numbers) == 200


def test_the_first_page_of_the_minutes_stands_by_itself() -> None:
    first, second, *_ = pages("minutes")
    assert "Plats och tid" in first
    assert "Utses att justera Maj Ek" in first
    assert "§ 626 Val av justerare" not in first
    assert squeezed("§ 626 Val av justerare") in second


def test_an_extract_holds_its_certification() -> None:
    given: Any = example("certified_extract")
    assert given.certifier_name in pages("certified_extract")[-1]
