"""Letter texts: filled in the reader's language, strict about fields, safe in the subject."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time
from pathlib import Path

import pytest
from jinja2 import Environment, UndefinedError, meta

import paragraf
from paragraf.post.letters import compose

FIELDS = {"name": "Ida Öst", "meeting": "styrelsen"}
OURS = sorted(Path(paragraf.__file__).parent.glob("*/letters/*.txt"))


def test_is_filled_in_swedish() -> None:
    told = compose("trial", "notice", "sv", FIELDS)
    assert told.subject == "Kallelse till styrelsen"
    assert told.body == "Hej Ida Öst!\n\nVälkommen till styrelsen.\n"


def test_is_filled_in_english() -> None:
    assert compose("trial", "notice", "en", FIELDS).subject == "Notice of styrelsen"


def test_other_languages_are_written_to_in_swedish() -> None:
    assert compose("trial", "notice", "fi", FIELDS).subject == "Kallelse till styrelsen"


def test_a_missing_field_is_an_error() -> None:
    with pytest.raises(UndefinedError, match="meeting"):
        compose("trial", "notice", "sv", {"name": "Ida"})


def test_a_field_with_line_breaks_stays_in_the_subject() -> None:
    told = compose("trial", "notice", "sv", FIELDS | {"meeting": "möte\n\nBcc: alla@norrdal.example"})
    assert told.subject == "Kallelse till möte Bcc: alla@norrdal.example"
    assert told.body.startswith("Hej Ida Öst!")


def test_a_field_is_no_template() -> None:
    assert "{{ name }}" in compose("trial", "notice", "sv", FIELDS | {"meeting": "{{ name }}"}).subject


def test_plain_text_is_not_escaped_for_the_web() -> None:
    assert compose("trial", "notice", "sv", FIELDS | {"meeting": "Bo & <Ida>"}).subject == "Kallelse till Bo & <Ida>"


def test_a_long_subject_is_cut() -> None:
    assert len(compose("trial", "notice", "sv", FIELDS | {"meeting": "x" * 400}).subject) == 300


def test_the_filters_print_in_the_letters_language(texts: Path) -> None:
    body = "\n\n{{ day | weekday_date }}; {{ day | date }}; {{ at | moment }}; {{ clock | time }}; {{ sum | amount }}"
    (texts / "print.sv.txt").write_text("Ämne: x" + body)
    (texts / "print.en.txt").write_text("Subject: x" + body)
    fields = {
        "day": date(2026, 3, 2),
        "at": datetime(2026, 3, 2, 9, 0, tzinfo=UTC),
        "clock": time(13, 30),
        "sum": 41_000_000,
    }
    swedish = compose("trial", "print", "sv", fields).body.replace("\u00a0", " ")
    english = compose("trial", "print", "en", fields).body.replace("\u00a0", " ")
    assert swedish == "måndag 2 mars 2026; 2 mars 2026; 2 mars 2026 kl. 10.00; 13.30; 410 000 kr\n"
    assert english == "Monday 2 March 2026; 2 March 2026; 2 March 2026 at 10:00; 13:30; SEK 410,000\n"


def test_a_text_without_its_subject_line_is_a_mistake(texts: Path) -> None:
    (texts / "bad.sv.txt").write_text("Hej!\n")
    with pytest.raises(ValueError, match="must begin with 'Ämne:'"):
        compose("trial", "bad", "sv", {})


@pytest.mark.parametrize("place", OURS, ids=lambda place: f"{place.parent.parent.name}/{place.name}")
def test_each_letter_of_the_house_is_whole_and_in_both_languages(place: Path) -> None:
    language = place.name.split(".")[1]
    twin = place.with_name(place.name.replace(f".{language}.", ".en." if language == "sv" else ".sv."))
    text = place.read_text(encoding="utf-8")
    assert re.match(r"(Ämne|Subject): \S.*\n\n\S", text)
    assert fields_of(text) == fields_of(twin.read_text(encoding="utf-8"))


def fields_of(text: str) -> set[str]:
    # Only the language may stand in one of the two alone.
    environment = Environment()
    environment.filters |= dict.fromkeys(("date", "weekday_date", "moment", "time", "amount"), str)
    return meta.find_undeclared_variables(environment.parse(text)) - {"language"}
