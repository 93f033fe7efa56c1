"""What the group ``word`` measures is the same work: each engine writes the same text from the same data."""

from __future__ import annotations

import shutil

import pytest

from bench.harness import CannotMeasureError
from bench.word import engines, paper


def test_docxtpl_and_we_write_the_same_text_from_the_same_file() -> None:
    values = paper.data(3)
    ours = engines.ours(values)
    engines.same(ours, engines.by_docxtpl(values))
    told = engines.text_of(ours)
    assert "§ 628  Ansökan 3 om medel till <Stegvis> & fler" in told
    assert told.count("att bevilja 410 000 kr för åren 2026–2027,") == 3
    assert "3 000 kr" in told


def test_engines_that_differ_are_not_compared() -> None:
    with pytest.raises(CannotMeasureError):
        engines.same(engines.ours(paper.data(2)), engines.ours(paper.data(3)))


def test_the_floor_renders_every_part_that_has_tags() -> None:
    body, header, footer = engines.floor()(paper.data(1))
    assert len(body) > len(header) > 0
    assert footer


@pytest.mark.skipif(shutil.which("node") is None, reason="the machine has no Node.js")
def test_a_node_that_ends_is_told_rather_than_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "_modules", lambda: "/nowhere")
    other = engines.Docxtemplater(paper.data(1))
    try:
        with pytest.raises(CannotMeasureError):
            other.fill(1)
    finally:
        other.close()
