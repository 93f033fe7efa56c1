from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from docx import Document

from paragraf.cli import main
from paragraf.word.filling.drawings import example_picture
from tests.word import files


def fill(folder: Path, template: bytes, data: Any) -> Result:
    (folder / "mall.docx").write_bytes(template)
    (folder / "data.json").write_text(data if isinstance(data, str) else json.dumps(data), encoding="utf-8")
    names = [str(folder / name) for name in ("mall.docx", "data.json", "ut.docx")]
    return CliRunner().invoke(main, ["word", "fill", *names])


def test_formatted_text_and_pictures_are_filled_in_from_json(tmp_path: Path) -> None:
    (tmp_path / "bilder").mkdir()
    (tmp_path / "bilder" / "märke.png").write_bytes(example_picture("x").content)
    template = files.with_paragraphs(
        "{{ logo }}", "{{p text }}", "{%p for i in items %}", "{{p i.text }}", "{%p endfor %}"
    )
    data = {
        "logo": {"$picture": "bilder/märke.png", "alt": "Förbundets märke", "width_mm": 30},
        "text": {"$formatted": "ett **fett**\n\n- två"},
        "items": [{"text": {"$formatted": "tre"}}, {"text": "fyra"}],
    }
    assert fill(tmp_path, template, data).output == ""
    document = Document(str(tmp_path / "ut.docx"))
    assert [each.text for each in document.paragraphs] == ["", "ett fett", "två", "tre", "fyra"]
    assert [run.text for run in document.paragraphs[1].runs if run.bold] == ["fett"]
    item: Any = document.paragraphs[2]
    assert item._p.pPr.numPr is not None or "List" in item.style.name
    (shape,) = document.inline_shapes
    assert (shape.width.mm, shape._inline.docPr.get("descr")) == (30, "Förbundets märke")


@pytest.mark.parametrize("name", ["../bild.png", "/etc/hostname", "genväg.png", "a/../../bild.png"])
def test_a_picture_outside_the_folder_is_not_read(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    (tmp_path / "bild.png").write_bytes(example_picture("x").content)
    (folder / "genväg.png").symlink_to(tmp_path / "bild.png")
    told = fill(folder, files.with_paragraphs("{{ logo }}"), {"logo": {"$picture": name}})
    assert told.output == f"Error: logo: {name} lies outside the folder of the data.\n"
    assert not (folder / "ut.docx").exists()


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ({"$picture": "saknas.png"}, "logo: there is no file saknas.png"),
        ({"$picture": "."}, "logo: there is no file ."),
        ({"$picture": "a\0b"}, "cannot be read"),
        ({"$picture": "data.json"}, "logo: data.json: Filen är ingen hel PNG- eller JPEG-bild"),
        ({"$picture": "märke.png", "width_mm": 0}, "logo: märke.png: Bildens bredd"),
        ({"$picture": "märke.png", "width_mm": "30"}, "a picture is written"),
        ({"$picture": "märke.png", "width_mm": True}, "a picture is written"),
        ({"$picture": "märke.png", "height": 3}, "a picture is written"),
        ({"$picture": ["märke.png"]}, "a picture is written"),
        ({"$formatted": 3}, "formatted text is written"),
        ({"$formatted": "a", "alt": "b"}, "formatted text is written"),
        ([{"x": {"$formatted": 3}}], "logo[0].x: formatted text is written"),
    ],
)
def test_what_stands_for_no_picture_or_text_is_told_with_its_place(tmp_path: Path, value: Any, told: str) -> None:
    (tmp_path / "märke.png").write_bytes(example_picture("x").content)
    result = fill(tmp_path, files.with_paragraphs("{{ logo }}"), {"logo": value})
    assert result.exit_code == 1
    assert result.output.startswith("Error: ")
    assert told in result.output
    assert not (tmp_path / "ut.docx").exists()


@pytest.mark.parametrize("data", ["[" * 100_000, '{"a": ' * 100_000, "\ufeff{}", "", "NaN"])
def test_data_that_are_no_ordinary_json_are_told(tmp_path: Path, data: str) -> None:
    result = fill(tmp_path, files.with_paragraphs("{{ a }}"), data)
    assert result.exit_code == 1
    assert result.output.startswith("Error: data.json ")


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "mall.docx").write_bytes(files.with_paragraphs("a"))
    (tmp_path / "data.json").write_text("{}")
    names = [str(tmp_path / name) for name in ("mall.docx", "data.json", "saknas/ut.docx")]
    told = CliRunner().invoke(main, ["word", "fill", *names])
    assert told.exit_code == 1
    assert "cannot be used: No such file or directory" in told.output
