"""Two Word documents of the register side by side: who sees them, what the page says, what the file is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from lxml import html

from paragraf.people.models import Person
from paragraf.register.models import Direction, Document, DocumentKind, Matter, MatterKind
from paragraf.register.operations import file_document, open_matter
from paragraf.register.uploads import ACCEPTED
from paragraf.word.comparing import accept_all, reject_all
from tests.parts.world import NOW, Home, World
from tests.word.comparing.documents import document, grid, read, text

OLD = document(
    text("Överenskommelse", "Title"),
    "Parterna avsätter 410\u00a0000 kr.",
    *[f"Villkor nummer {number} är som förut." for number in range(6)],
    grid(("Part", "Andel"), ("Lindå kommun", "50"), ("Regionen", "50")),
    "Detta stycke utgår helt och hållet.",
    "Slut.",
)
NEW = document(
    text("Överenskommelse", "Title"),
    "Parterna avsätter 425\u00a0000 kr.",
    *[f"Villkor nummer {number} är som förut." for number in range(6)],
    grid(("Part", "Andel"), ("Lindå kommun", "40"), ("Söderviks kommun", "10"), ("Regionen", "50")),
    text("Slut.", bold=True),
    "Ett nytt stycke på slutet.",
)
#: A matter and its documents.
Filed = Callable[..., tuple[Matter, list[Document]]]


@pytest.fixture
def filed(world: World) -> Filed:
    """``filed(home, content, …)``: a matter with the files as documents."""

    def make(home: Home, *contents: bytes, media_type: str = ACCEPTED[".docx"]) -> tuple[Matter, list[Document]]:
        with world.database.writing() as session:
            matter = open_matter(
                session,
                association_id=home.id,
                kind=MatterKind.AGREEMENT,
                title="Lärcentrum",
                counterpart="Lindå kommun",
                now=NOW,
                actor="Prov",
            )
            documents = [
                file_document(
                    session,
                    association_id=home.id,
                    matter=matter,
                    kind=DocumentKind.AGREEMENT,
                    direction=Direction.MADE,
                    title=f"Överenskommelse, utkast {number}",
                    filename=f"utkast-{number}.docx",
                    media_type=media_type,
                    content=content,
                    now=NOW,
                    actor="Prov",
                )
                for number, content in enumerate(contents, 1)
            ]
        return matter, documents

    return make


def found(page: str, path: str) -> list[str]:
    """The texts of the elements on a page."""
    return ["".join(map(str, each.itertext())) for each in html.fromstring(page).findall(path)]


ClientOf = Callable[[Person | None], FlaskClient]


def address(home: Home, old: Document, new: Document, page: str = "jamfor") -> str:
    return f"/{home.slug}/handlingar/{page}?fran={old.id}&till={new.id}"


def test_the_page_tells_every_change_in_words(world: World, client_of: ClientOf, filed: Filed) -> None:
    _matter, (old, new) = filed(world.north, OLD, NEW)
    answer = client_of(world.north.secretary).get(address(world.north, old, new))
    assert answer.status_code == 200
    page = answer.text
    assert found(page, ".//ul[@class='comparison-summary']/li") == [
        "1 tillagt stycke",
        "1 borttaget stycke",
        "1 ändrat stycke",
        "1 tillagd tabellrad",
        "1 ändrad tabellrad",
        "1 stycke med ändrat utseende men samma ord",
    ]
    assert "borttaget: 410\u00a0000" in found(page, ".//del")
    assert "tillagt: 425\u00a0000" in found(page, ".//ins")
    assert "ändrat utseende: Slut." in found(page, ".//span[@class='look']")
    assert found(page, ".//main//details/summary") == ["4 oförändrade stycken"]
    ids = [each.get("id") for each in html.fromstring(page).iter("section")]
    assert ids == [f"andring-{number}" for number in range(1, 6)]


def test_the_file_holds_tracked_changes(world: World, client_of: ClientOf, filed: Filed) -> None:
    _matter, (old, new) = filed(world.north, OLD, NEW)
    answer = client_of(world.north.member).get(address(world.north, old, new, "jamfor.docx"))
    assert answer.mimetype == ACCEPTED[".docx"]
    assert "utkast-2.docx" in answer.headers["Content-Disposition"]
    assert read(accept_all(answer.data)) == read(NEW)
    assert read(reject_all(answer.data)) == read(OLD)


def test_equal_versions_are_told_to_be_equal(world: World, client_of: ClientOf, filed: Filed) -> None:
    _matter, (old, new) = filed(world.north, OLD, OLD)
    told = client_of(world.north.secretary).get(address(world.north, old, new)).text
    assert "Texterna är lika" in told
    assert "Till första ändringen" not in told


@pytest.mark.parametrize("page", ["jamfor", "jamfor.docx"])
def test_a_strangers_documents_are_not_there(world: World, client_of: ClientOf, filed: Filed, page: str) -> None:
    _matter, (mine, _other) = filed(world.north, OLD, NEW)
    _foreign, (theirs, _another) = filed(world.south, OLD, NEW)
    office = client_of(world.north.secretary)
    assert office.get(address(world.north, mine, theirs, page)).status_code == 404
    assert office.get(address(world.north, theirs, mine, page)).status_code == 404
    assert client_of(world.south.secretary).get(address(world.north, mine, mine, page)).status_code == 403
    assert client_of(None).get(address(world.north, mine, mine, page)).status_code == 302


def test_what_is_no_word_document_is_refused_with_the_reason(world: World, client_of: ClientOf, filed: Filed) -> None:
    _matter, (pdf, _other) = filed(world.north, b"%PDF-1.7", b"%PDF-1.7 x", media_type="application/pdf")
    _other_matter, (word, broken) = filed(world.north, OLD, b"no zip at all")
    office = client_of(world.north.secretary)
    for other, told in ((pdf, "Bara Word-dokument kan jämföras"), (broken, "Filen är inget Word-dokument")):
        answer = office.get(address(world.north, word, other))
        assert answer.status_code == 422
        assert told in answer.text


@pytest.mark.parametrize("query", ["", "?fran=1", "?fran=x&till=y"])
def test_an_address_without_two_documents_leads_to_the_register(world: World, client_of: ClientOf, query: str) -> None:
    answer = client_of(world.north.secretary).get(f"/norrdal/handlingar/jamfor{query}")
    assert answer.headers["Location"] == "/norrdal/arenden/"


def test_the_matter_offers_a_comparison_of_its_word_documents(world: World, client_of: ClientOf, filed: Filed) -> None:
    office = client_of(world.north.secretary)
    single, _documents = filed(world.north, OLD)
    assert "Jämför två versioner" not in office.get(f"/norrdal/arenden/2026/{single.number}/").text
    double, documents = filed(world.north, OLD, NEW)
    page = html.fromstring(office.get(f"/norrdal/arenden/2026/{double.number}/").text)
    chosen = [each.get("value") for each in page.iter("option") if each.get("selected") is not None]
    assert chosen == [str(each.id) for each in documents]
