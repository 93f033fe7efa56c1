"""What the docs list is what there is."""

from __future__ import annotations

import re
from dataclasses import fields
from pathlib import Path

from paragraf.cli import COMMANDS
from paragraf.core.settings import PREFIX, Settings

ROOT = Path(__file__).parent.parent
OPERATIONS = (ROOT / "docs" / "operations.md").read_text()


def test_every_setting_is_documented_and_no_other() -> None:
    told = set(re.findall(r"^\| `(PARAGRAF_[A-Z_]+)`", OPERATIONS, re.MULTILINE))
    assert told == {PREFIX + item.name.upper() for item in fields(Settings)}


def test_every_command_is_documented_and_no_other() -> None:
    told = set(re.findall(r"^\| `paragraf (\w+)", OPERATIONS, re.MULTILINE))
    assert told == set(COMMANDS)


def test_every_room_is_in_the_floor_plan() -> None:
    plan = (ROOT / "docs" / "architecture.md").read_text()
    rooms = {place.parent.name for place in (ROOT / "paragraf").glob("*/__init__.py")}
    assert rooms == set(re.findall(r"^\| `(\w+)` \|", plan, re.MULTILINE))


def test_links_between_documents_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").rglob("*.md")]:
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text()):
            assert (page.parent / target).exists(), f"{page.name}: {target}"
