"""LibreOffice accepts and rejects our tracked changes, and comes to the same texts."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from document_templates import fields_of, load
from paragraf.minutes.document_fields import MinutesFields
from paragraf.word.fields import example_of
from paragraf.word.filling.template import compile_template
from tests.parts.machine import missing_packages, skip_or_fail
from tests.word.comparing.documents import Block, Text, compared, document, grid, read, text

pytestmark = pytest.mark.office
SCRIPT = Path(__file__).with_name("office_settles.py")
OFFICE_PYTHON = "/usr/bin/python3"


def minutes(**changed: Any) -> bytes:
    example: MinutesFields = example_of(fields_of("minutes"))
    return compile_template(load("minutes")).fill(replace(example, **changed))


def two_minutes() -> tuple[bytes, bytes]:
    """Minutes where a § was changed and another added, and a row taken out of the table on the first page."""
    example: MinutesFields = example_of(fields_of("minutes"))
    first = example.items[0]
    changed = replace(first, number="§ 628", heading="Ny punkt om lokaler")
    return minutes(items=(first,)), minutes(
        items=(replace(first, heading=f"{first.heading} och 2027"), changed), others=()
    )


VERSIONS: dict[str, tuple[bytes, bytes]] = {
    "words": (
        document("Styrelsen beslutar att bevilja 410 000 kr.", "slut"),
        document("Styrelsen beslutade att bevilja 425 000 kr till Stegvis.", "slut"),
    ),
    "paragraphs": (
        document("Ett.", "Två som tas bort.", "Tre.", "Fyra sist."),
        document("Ett.", "Tre.", text("Nytt mitt i.", "Heading 1"), "Fyra sist.", "Fem efter sist."),
    ),
    "first and last": (document("Först.", "Mitten är kvar.", "Sist."), document("Mitten är kvar.")),
    "cut": (
        document("Det första ledet är långt nog. Det andra ledet är också långt nog.", "slut"),
        document("Det första ledet är långt nog.", "Det andra ledet är också långt nog.", "slut"),
    ),
    "joined": (
        document("Det första ledet är långt nog.", "Det andra ledet är också långt nog.", "slut"),
        document("Det första ledet är långt nog. Det andra ledet är också långt nog.", "slut"),
    ),
    "rows": (
        document(grid(("Post", "Belopp"), ("Lön", "100"), ("Hyra", "20"), ("Summa", "120")), "slut"),
        document(grid(("Post", "Belopp"), ("Lön", "110"), ("Resor", "5"), ("Summa", "115")), "slut"),
    ),
    "tables": (
        document("Före.", grid(("a", "b"), ("c", "d")), "Mellan.", "slut"),
        document(
            "Före.",
            "Mellan.",
            grid(
                ("ett", "två", "tre"),
            ),
            "slut",
        ),
    ),
    "lists": (
        document(text("Ett äpple", "List Number"), text("Två päron", "List Number"), "slut"),
        document(
            text("Ett äpple", "List Bullet"),
            text("Nytt plommon", "List Number"),
            text("Två päron", "List Number"),
            "slut",
        ),
    ),
    "looks": (
        document(text("Samma ord, annan stil.", bold=True), "slut"),
        document(text("Samma ord, annan stil.", italic=True), "slut"),
    ),
    "table at the end": (
        document("Före.", "Sist i den gamla."),
        document("Före.", "Sist i den gamla.", "Nytt.", grid(("a", "b")), "Nytt allra sist."),
    ),
    "minutes": two_minutes(),
}


HAS_NEW_TABLE = {"table at the end", "minutes"}


@pytest.fixture(scope="module")
def settled(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, str], bytes]:
    """Each comparison accepted and rejected by LibreOffice."""
    office = shutil.which("soffice")
    known = subprocess.run([OFFICE_PYTHON, "-c", "import uno"], capture_output=True, check=False)
    if office is None or known.returncode:
        skip_or_fail([*missing_packages("office"), "python3-uno"])
    assert office
    folder = tmp_path_factory.mktemp("office")
    jobs: list[str] = []
    for name, versions in VERSIONS.items():
        (folder / f"{name}.docx").write_bytes(compared(*versions))
        for how in ("accept", "reject"):
            jobs += [str(folder / f"{name}.docx"), how, str(folder / f"{name} {how}.docx")]
    _run(office, folder, jobs)
    return {
        (name, how): (folder / f"{name} {how}.docx").read_bytes() for name in VERSIONS for how in ("accept", "reject")
    }


def _run(office: str, folder: Path, jobs: list[str]) -> None:
    pipe = f"paragraf-{os.getpid()}"
    command = [office, "--headless", "--norestore", "--nodefault", "--nofirststartwizard", "--nologo"]
    command += [f"-env:UserInstallation={(folder / 'profile').as_uri()}", f"--accept=pipe,name={pipe};urp;"]
    process = subprocess.Popen(command, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        subprocess.run([OFFICE_PYTHON, str(SCRIPT), pipe, *jobs], check=True, timeout=180, capture_output=True)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def said(blocks: list[Block]) -> list[object]:
    """Texts without looks: LibreOffice writes those in ways of its own."""
    return [
        "".join(words.text for words in block.runs)
        if isinstance(block, Text)
        else [[said(list(cell)) for cell in row] for row in block.rows]
        for block in blocks
    ]


@pytest.mark.parametrize("name", VERSIONS)
def test_libreoffice_accepts_to_the_new_text(settled: dict[tuple[str, str], bytes], name: str) -> None:
    assert said(read(settled[name, "accept"])) == said(read(VERSIONS[name][1]))


@pytest.mark.parametrize("name", VERSIONS)
def test_libreoffice_rejects_to_the_old_text(settled: dict[tuple[str, str], bytes], name: str) -> None:
    found = said(read(settled[name, "reject"]))
    # LibreOffice cannot join the paragraphs around a table that it removes: one that is empty stays there.
    if name in HAS_NEW_TABLE:
        found = [each for each in found if each != ""]
    assert found == said(read(VERSIONS[name][0]))


def test_libreoffice_keeps_styles_and_looks(settled: dict[tuple[str, str], bytes]) -> None:
    for name in ("paragraphs", "looks"):
        assert read(settled[name, "accept"]) == read(VERSIONS[name][1])
        assert read(settled[name, "reject"]) == read(VERSIONS[name][0])
