"""``paragraf import minutes``: what it prints, what it takes in, how it ends."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import select

from paragraf.cli import main
from paragraf.core.number_series import next_number
from paragraf.minutes.models import Minutes
from tests.importing.test_taking import text
from tests.parts.world import World

Run = Callable[..., Result]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("PARAGRAF_DATA", str(tmp_path / "no-database-here"))
    monkeypatch.setenv("PARAGRAF_SECRET_KEY", "test")

    def call(*words: str, database: str | None = None) -> Result:
        if database:
            monkeypatch.setenv("PARAGRAF_DATABASE_URL", database)
        return CliRunner().invoke(main, ["import", "minutes", *words])

    return call


@pytest.fixture
def file(tmp_path: Path) -> Path:
    place = tmp_path / "protokoll.txt"
    place.write_bytes(text("2015-09-10", 626))
    return place


def test_a_dry_run_prints_json_and_needs_no_database(run: Run, file: Path) -> None:
    said = run(str(file), "--dry-run", "--json")
    assert said.exit_code == 0
    items = json.loads(said.stdout)
    assert [list(item) for item in items] == [["number", "heading", "clauses", "text"]] * 3
    assert items[0]["number"] == 626
    assert items[0]["heading"] == "Ärende 626"
    assert items[0]["clauses"] == [
        "att godkänna ärende 626.",
        "att uppdra åt förbundschefen att återkomma i juni.",
    ]
    assert "2*500 kr" in items[0]["text"]


def test_a_dry_run_of_several_files_names_them_and_prints_a_table_to_read(run: Run, file: Path, tmp_path: Path) -> None:
    other = tmp_path / "annat.txt"
    other.write_bytes(text("2016-09-10", 650, 3, without=651))
    items = json.loads(run(str(file), str(other), "--dry-run", "--json").stdout)
    assert {item["file"] for item in items} == {"protokoll.txt", "annat.txt"}
    said = run(str(file), str(other), "--dry-run")
    assert "2015-09-10, 3 §§, 6 decision clauses" in said.output
    assert "? § 651 saknas." in said.output


def test_a_file_that_cannot_be_read_is_told_beside_the_others(run: Run, file: Path, tmp_path: Path) -> None:
    empty = tmp_path / "tom.docx"
    empty.write_bytes(b"")
    said = run(str(empty), str(file), "--dry-run", "--json")
    assert said.exit_code == 1
    assert "tom.docx: Filen är tom." in said.stderr
    assert len(json.loads(said.stdout)) == 3


def test_files_are_taken_in_all_or_none(run: Run, file: Path, tmp_path: Path, world: World) -> None:
    url = world.database.settings.database
    assert "--association norrdal | sunnan" in run(str(file), database=url).output
    later = tmp_path / "senare.txt"
    later.write_bytes(text("2016-09-10", 628))
    refused = run(str(file), str(later), "--association", "norrdal", database=url)
    assert refused.exit_code == 1
    assert "§ 628 finns redan" in refused.output
    with world.database.reading() as session:
        assert session.scalars(select(Minutes)).all() == []
    taken = run(str(file), "--association", "norrdal", "--body", "styrelsen", database=url)
    assert taken.exit_code == 0, taken.output
    assert "§ 626–628 is taken in, Styrelsen 10 september 2015." in taken.output
    with world.database.reading() as session:
        assert next_number(session, world.north.id, "board") == 629
    assert "redan intagen" in run(str(file), "--association", "norrdal", database=url).output


def test_what_is_doubtful_is_only_taken_in_when_told_so(run: Run, tmp_path: Path, world: World) -> None:
    url = world.database.settings.database
    place = tmp_path / "lucka.txt"
    place.write_bytes(text("2015-09-10", 626, 3, without=627))
    said = run(str(place), "--association", "norrdal", database=url)
    assert said.exit_code == 3
    assert "? § 627 saknas." in said.output
    unknown = run(str(place), "--association", "norrdal", "--yes", "--body", "x", database=url)
    assert "There is no body" in unknown.output
    assert run(str(place), "--association", "norrdal", "--yes", database=url).exit_code == 0
