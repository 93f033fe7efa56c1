"""The catalogue's file, and what ``make texts`` does to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from webapp.translations import __main__ as command
from webapp.translations import catalogue
from webapp.translations.sources import Source

SOURCES: set[Source] = {"Namn", "%(n)s ”kr”, 5 %%", ("%(num)s brev", "%(num)s brev till")}


@pytest.fixture
def file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The command at work on three texts and a catalogue in a folder of the test."""
    path = tmp_path / "messages.po"
    catalogue.write({}, path)
    monkeypatch.setattr(command, "ROOT", tmp_path)
    monkeypatch.setattr(command, "sources", lambda: SOURCES)
    monkeypatch.setattr(command, "read", lambda: catalogue.read(path))
    monkeypatch.setattr(command, "write", lambda english: catalogue.write(english, path))
    return path


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    english: dict[Source, catalogue.English] = {
        "Namn": "Name",
        "%(n)s ”kr”, 5 %%": "%(n)s “kr”, 5 %%",
        ("%(num)s brev", "%(num)s brev till"): ("%(num)s letter", "%(num)s letters"),
        "Utan": "",
    }
    catalogue.write(english, tmp_path / "messages.po")
    assert catalogue.read(tmp_path / "messages.po") == english


def test_half_of_a_plural_is_not_english() -> None:
    pair = ("%(num)s brev", "%(num)s brev till")
    assert catalogue.lacking([pair], {pair: ("%(num)s letter", "")}) == [pair]
    assert catalogue.lacking([pair], {pair: ("%(num)s letter", "%(num)s letters")}) == []


def test_the_order_of_finding_leaves_no_trace_in_the_file(tmp_path: Path) -> None:
    catalogue.write({"b": "2", "a": "1"}, tmp_path / "one.po")
    catalogue.write({"a": "1", "b": "2"}, tmp_path / "two.po")
    assert (tmp_path / "one.po").read_bytes() == (tmp_path / "two.po").read_bytes()


def test_a_long_text_is_one_line(tmp_path: Path) -> None:
    catalogue.write({"ord " * 60: "word " * 60}, tmp_path / "messages.po")
    assert "ord " * 60 in (tmp_path / "messages.po").read_text(encoding="utf-8")


def test_new_texts_come_in_without_english_and_are_told(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main() == 1
    assert catalogue.read(file) == {
        "Namn": "",
        "%(n)s ”kr”, 5 %%": "",
        ("%(num)s brev", "%(num)s brev till"): ("", ""),
    }
    assert "no English: Namn\n" in capsys.readouterr().out


def test_old_texts_go_and_translations_stay(file: Path) -> None:
    catalogue.write({"Namn": "Name", "Borta": "Gone"}, file)
    command.main()
    assert catalogue.read(file)["Namn"] == "Name"
    assert "Borta" not in catalogue.read(file)


def test_nothing_is_told_when_all_have_english(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    catalogue.write({each: "x" if isinstance(each, str) else ("x", "y") for each in SOURCES}, file)
    assert command.main() == 0
    assert capsys.readouterr().out == "3 texts, 0 without English\n"
