"""Every letter of the room reads whole in both languages: no gap, a subject of one line, the address of the page."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from paragraf.grants import correspondence
from paragraf.post.letters import compose

PLACE = Path(correspondence.__file__).parent / "letters"
KINDS = sorted({path.name.partition(".")[0] for path in PLACE.glob("*.txt")})
DAY = date(2026, 9, 30)
GIVEN = {
    "name": "Ylva Exempel",
    "association": "Samordningsförbundet Norrdal",
    "title": "Stegvis",
    "register_number": "2026/14",
    "grantee": "Granviks kommun",
    "address": "http://localhost/sidan",
    "form_address": "http://localhost/rapporten",
    "contact_email": "kansli@norrdal.example",
    "number": 2,
    "year": 2026,
    "to_year": 2027,
    "amount": 120_000_00,
    "text": "Beslut § 640",
    "reason": "Fakturan saknar datum.",
    "remark": "Lokalen saknas.",
    "condition": "att regionen beviljar sin del",
    "reports": [{"report_kind": "final", "due_on": DAY}],
    **dict.fromkeys(("paid_on", "settled_on", "decided_on", "period_start", "period_end", "due_on", "ends_on"), DAY),
}
#: What a letter may lack; the rest is always written by somebody.
MAY_BE_BLANK = {"claim_arrived": ("text",), "report_due": ("remark",), "report_late": ("remark",)}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("report_kind", ["status", "tertial", "year", "final"])
@pytest.mark.parametrize("optional", ["", "filled"])
def test_a_letter_reads_whole(kind: str, language: str, report_kind: str, optional: str) -> None:
    given = {**GIVEN, "report_kind": report_kind}
    if not optional:
        given |= {"name": "", "reports": [], "amount": 0} | dict.fromkeys(MAY_BE_BLANK.get(kind, ()), "")
    letter = compose("grants", kind, language, given)
    assert letter.subject
    assert "\n" not in letter.subject
    assert "http://localhost/" in letter.body
    assert "Samordningsförbundet Norrdal" in letter.body
    for text in (letter.subject, letter.body):
        assert "{" not in text
        assert "\n\n\n" not in text
        assert "  " not in text


def test_there_are_letters_in_both_languages() -> None:
    names = {path.name for path in PLACE.glob("*.txt")}
    assert names == {f"{kind}.{language}.txt" for kind in KINDS for language in ("sv", "en")}
    assert len(KINDS) == 17


def test_a_letter_says_what_it_is_about() -> None:
    letter = compose("grants", "report_due", "sv", {**GIVEN, "report_kind": "tertial"})
    assert letter.subject == "Tertialrapport senast 30 september 2026: Stegvis"
    assert "Det här behöver kompletteras: Lokalen saknas." in letter.body
    english = compose("grants", "claim_paid", "en", GIVEN)
    assert english.subject == "SEK 120,000 has been paid: Stegvis"
