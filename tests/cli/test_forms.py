"""paragraf forms: faults with line and column and exit code 1, and what comes with the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from paragraf.cli import main
from paragraf.questions.shipped import keys, shipped
from tests.questions.annexed import ANNEXED


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["forms", *words])


def check(tmp_path: Path, content: bytes) -> Result:
    file = tmp_path / "formular.yaml"
    file.write_bytes(content)
    return run("check", str(file))


def test_a_form_without_faults_ends_with_0(tmp_path: Path) -> None:
    told = check(tmp_path, ANNEXED.encode())
    assert (told.exit_code, told.output) == (
        0,
        "formular.yaml är ett formulär utan fel: Ansökan med bilagor (6 avsnitt, 20 frågor).\n",
    )


def test_every_fault_is_a_line_with_its_place(tmp_path: Path) -> None:
    broken = ANNEXED.replace("kind: number", "kind: numer").replace("{id: share,", "{id: posts,")
    told = check(tmp_path, broken.encode())
    assert told.exit_code == 1
    first, second = told.output.splitlines()
    assert first.startswith("rad 36, kolumn 27: numer går inte att använda här. Menade du number?")
    assert second.startswith("rad 38, kolumn 14: id posts finns redan")


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"!!python/object/apply:os.system ['true']", "rad 1, kolumn 1: Taggar (!) går inte att använda"),
        (b"key: \xe5\xe4\xf6", "rad 1, kolumn 1: Filen är ingen text i UTF-8."),
        (b"key: a\n- b", "rad 2, kolumn 1: Filen går inte att läsa här."),
        (b"", "Filen är tom."),
        (b"a: " + b"x" * 600_000, "Filen är för stor"),
        (b"&a [*a]", "rad 1"),
    ],
)
def test_what_is_no_form_is_told_and_not_run(tmp_path: Path, content: bytes, told: str) -> None:
    result = check(tmp_path, content)
    assert result.exit_code == 1
    assert told in result.output
    assert result.exception is None or isinstance(result.exception, SystemExit)


def test_the_shipped_forms_are_listed_and_shown() -> None:
    listed = run("list")
    assert listed.exit_code == 0
    assert [line.split()[0] for line in listed.output.splitlines()] == list(keys())
    assert run("show", "application_a").output == shipped("application_a")


def test_a_form_that_is_not_shipped_is_told_with_the_nearest() -> None:
    told = run("show", "final_reprot")
    assert told.exit_code == 1
    assert "Menade du final_report?" in told.stderr
