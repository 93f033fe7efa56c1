"""Whatever the shape, reading gives back what was written."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from paragraf.importing.reading.understanding import read_minutes
from tests.importing.files import pdf, word

SIGNS = ("§ {}", "§{}", "§ {}.", "Paragraf {}", "§\u00a0{}", "§ {}/2013", "AU § {}")
PHRASES = (
    "Samordningsförbundet beslutar",
    "Samordningsförbundet beslutar:",
    "Samordningsförbundets beslutar:",
    "BESLUT",
    "Beslut:",
    "Styrelsen beslutade",
    "Styrelsen beslutar enhälligt:",
)
BULLETS = ("", "- ", "• ", "– ", "* ")
FURNITURE = ("Utdragsbestyrkande", "Justerandes sign ________", "Sida 3 (7)", "12(14)", "- 4 -", "")
HEADINGS = ("Val av justerare", "Budget för 2014 & 2015", "Rapport från Åhus – läget", "Övrigt", "Ansökan ”Ny väg in”")
BACKGROUNDS = (
    "Beredningsgruppen har gått igenom ärendet enligt § 12 i avtalet, se § 4.",
    "Styrelsen beslutade i juni att inleda överläggningar om 45 000 kr.",
    "Kostnaden är 1 200 tkr för 2014.",
    "Förbundschefen föredrar ärendet. Frågan bordlades den 3 mars.",
)
CLAUSES = (
    "att godkänna rapporten.",
    "att bevilja föreningen Bron 120 000 kr under förutsättning att kommunen bidrar",
    "att uppdra åt förbundschefen att ta fram ett förslag samt att återkomma i juni.",
    "att utse Nora Vik till justerare.",
    "att lägga informationen till handlingarna.",
)


@dataclass(frozen=True)
class Written:
    """A § as it is written."""

    heading: str
    background: tuple[str, ...]
    clauses: tuple[str, ...]


written = st.builds(
    Written,
    st.sampled_from(HEADINGS),
    st.lists(st.sampled_from(BACKGROUNDS), max_size=2).map(tuple),
    st.lists(st.sampled_from(CLAUSES), max_size=3).map(tuple),
)


# Each heading once: what comes again as far from the edge on page after page is taken for the page's header.
_items = st.lists(written, min_size=2, max_size=5, unique_by=lambda item: item.heading)


@st.composite
def minutes(draw: st.DrawFn) -> tuple[int, list[Written], list[list[str]]]:
    """The first number, the §§, and each § as blocks: number and heading, background, phrase, clauses."""
    first, items = draw(st.integers(1, 900)), draw(_items)
    sign, phrase, bullet = (draw(st.sampled_from(each)) for each in (SIGNS, PHRASES, BULLETS))
    same_line, furniture = draw(st.booleans()), draw(st.sampled_from(FURNITURE))
    blocks = []
    for number, item in enumerate(items, start=first):
        head = sign.format(number)
        lines = [f"{head} {item.heading}"] if same_line else [head, item.heading]
        lines += item.background
        if item.clauses:
            lines += [phrase, *(bullet + clause for clause in item.clauses)]
        blocks.append([*lines, *([furniture] if furniture else [])])
    return first, items, blocks


def same(content: bytes, first: int, items: list[Written]) -> None:
    """The file reads as what was written."""
    (read,) = read_minutes(content).minutes
    assert read.numbers == list(range(first, first + len(items)))
    assert [item.heading for item in read.items] == [item.heading for item in items]
    assert [tuple(clause.text for clause in item.clauses) for item in read.items] == [item.clauses for item in items]


FRONT = ["Protokoll", "Plats och tid: Kansliet 2013-04-02, kl. 9.00-10.00", "Beslutande: Nora Vik, ordförande"]
often = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@given(minutes(), st.sampled_from(["utf-8", "cp1252", "utf-16", "utf-8-sig"]))
@often
def test_text_with_blank_lines(made: tuple[int, list[Written], list[list[str]]], encoding: str) -> None:
    first, items, blocks = made
    text = "\n\n".join([*FRONT, *(line for block in blocks for line in block)])
    same(text.encode(encoding, errors="replace"), first, items)


@given(minutes(), st.sampled_from(["# {}", "## **{}**", "**{}**"]))
@often
def test_markdown(made: tuple[int, list[Written], list[list[str]]], mark: str) -> None:
    first, items, blocks = made
    lines = [mark.format(line) if not place else line for block in blocks for place, line in enumerate(block)]
    same("\n\n".join([*FRONT, *lines]).encode(), first, items)


@given(minutes())
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_word(made: tuple[int, list[Written], list[list[str]]]) -> None:
    first, items, blocks = made
    lines = [("b", line) if not place else line for block in blocks for place, line in enumerate(block)]
    same(word(*FRONT, *lines), first, items)


@given(minutes(), st.integers(12, 30))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_pdf_of_many_pages(made: tuple[int, list[Written], list[list[str]]], length: int) -> None:
    first, items, blocks = made
    lines = [*FRONT]
    for block in blocks:
        lines += ["", f"*{block[0]}", *block[1:]]
    pages = [lines[start : start + length] for start in range(0, len(lines), length)]
    papers = [
        ["Samordningsförbundet Åsbygden", f"Protokoll 2013-04-02   Sida {number} ({len(pages)})", "", *page]
        for number, page in enumerate(pages, start=1)
    ]
    same(pdf(*papers), first, items)
