"""The agreement in Word: what its rows say, and nothing that they do not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from io import BytesIO

import docx
import pytest
from sqlalchemy.orm import Session

from paragraf.agreements.document import agreement_fields, render_agreement
from paragraf.agreements.document_fields import PartyLine
from paragraf.agreements.models import Agreement
from paragraf.agreements.operations import end_agreement
from tests.parts.world import NOW

TODAY = date(2026, 3, 2)
NBSP = "\N{NO-BREAK SPACE}"
Register = Callable[..., Agreement]


def text_of(content: bytes) -> str:
    file = docx.Document(BytesIO(content))
    cells = [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in file.paragraphs] + cells).replace(NBSP, " ")


def test_the_document_prints_what_is_entered(session: Session, register: Register) -> None:
    printed = text_of(render_agreement(session, register(), today=TODAY))
    for expected in (
        "Samverkan Norrdal",
        "Lydelse den 2 mars 2026",
        "Norrdals kommun, Vuxenutbildningen, 212000-9119",
        "Region Norrdal, 232100-9116",
        "Från och med 1 januari 2023 tills vidare",
        "Stöd till dem som behöver flera myndigheter samtidigt.",
        "minst 2 månader innan ändringen börjar gälla",
        "Ändringen meddelas till: Styrelsen.",
        "Revideringen gäller från den 1 januari.",
        "upprättad i två likalydande exemplar",
    ):
        assert expected in printed
    assert "Bilagor" not in printed
    assert "elektroniskt" not in printed
    assert "{" not in printed


def test_each_party_has_a_place_to_sign(session: Session, register: Register) -> None:
    fields = agreement_fields(session, register(), today=TODAY)
    assert fields.parties == (
        PartyLine("Norrdals kommun, Vuxenutbildningen", "212000-9119"),
        PartyLine("Region Norrdal", "232100-9116"),
    )
    assert [(each.party, each.name) for each in fields.signatures] == [
        ("Norrdals kommun, Vuxenutbildningen", ""),
        ("Region Norrdal", ""),
    ]
    assert fields.register_number == "2026/1"


def test_the_summary_is_plain_text(session: Session, register: Register) -> None:
    fields = agreement_fields(session, register(summary="**Inte** fet.\r\n\r\n- 5 * 3"), today=TODAY)
    (section,) = fields.sections
    assert [str(block) for block in section.text] == ["**Inte** fet.", "- 5 * 3"]
    assert "**Inte** fet." in text_of(render_agreement(session, register(summary="**Inte** fet."), today=TODAY))


@pytest.mark.parametrize(
    ("changed", "rules", "termination"),
    [
        (
            {"notice_months": 0, "informed_bodies": []},
            "Överenskommelsen kräver inte att en ändring meddelas i förväg.",
            "Parterna reviderar överenskommelsen varje år. Revideringen gäller från den 1 januari.",
        ),
        (
            {
                "notice_months": 1,
                "informed_bodies": [],
                "revised_yearly": False,
                "in_force_until": date(2027, 12, 31),
            },
            "Den som vill ändra något ska meddela det minst 1 månad innan ändringen börjar gälla. Dagen flyttas inte, "
            "även om den är en helgdag.",
            "Överenskommelsen gäller till och med den 31 december 2027.",
        ),
        ({"revised_yearly": False}, None, ""),
    ],
)
def test_rules_of_change_and_end_follow_the_rows(
    session: Session, register: Register, changed: dict[str, object], rules: str | None, termination: str
) -> None:
    fields = agreement_fields(session, register(**changed), today=TODAY)
    if rules is not None:
        assert str(fields.change_rules).replace(NBSP, " ") == rules
    assert str(fields.termination) == termination


def test_without_a_summary_there_is_no_section_for_it(session: Session, register: Register) -> None:
    assert agreement_fields(session, register(summary=""), today=TODAY).sections == ()


def test_an_ended_agreement_says_so(session: Session, register: Register) -> None:
    agreement = register(in_force_until=date(2027, 12, 31))
    end_agreement(session, agreement, reason="Ersatt", now=NOW, actor="Sonja Ekvall")
    assert agreement_fields(session, agreement, today=TODAY).in_force == (
        "1 januari 2023 – 31 december 2027. Upphörde den 2 mars 2026"
    )


def test_the_same_rows_the_same_bytes(session: Session, register: Register) -> None:
    agreement = register()
    assert render_agreement(session, agreement, today=TODAY) == render_agreement(session, agreement, today=TODAY)
