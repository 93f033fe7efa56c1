"""The ways to fill a Word template that are measured, each as the function its users would write."""

from __future__ import annotations

import contextlib
import functools
import io
import json
import shutil
import subprocess
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import docxtpl
import jinja2

from bench.demo import folder
from bench.harness import CannotMeasureError, Reading
from bench.word import paper
from paragraf.word.filling.template import compile_template

_SCRIPT = Path(__file__).parents[1] / "js" / "fill.mjs"
_NEEDS = ("docxtemplater@3.71.0", "pizzip@3.3.0")
_LEVEL = 1
_TAGGED = ("word/document.xml", "word/header1.xml", "word/footer1.xml")


@functools.cache
def shared_template() -> bytes:
    """The template that docxtpl and Paragraf fill."""
    return paper.template(paper.JINJA)


def ours(values: dict[str, Any]) -> bytes:
    """Paragraf: the template is compiled once in a process, and found again by its bytes."""
    return compile_template(shared_template()).fill(values)


def by_docxtpl(values: dict[str, Any]) -> bytes:
    """docxtpl with a template of its own each time, since a rendered one cannot be rendered again."""
    template = docxtpl.DocxTemplate(io.BytesIO(shared_template()))
    template.render(values, autoescape=True)
    file = io.BytesIO()
    template.save(file)
    return file.getvalue()


@functools.cache
def floor() -> Callable[[dict[str, Any]], list[bytes]]:
    """Only what no engine can do without: Jinja's render of the XML that docxtpl makes of it, and one deflate of it."""
    environment = jinja2.Environment(autoescape=True)
    parts = [environment.from_string(source) for source in _sources()]

    def fill(values: dict[str, Any]) -> list[bytes]:
        # At the level that ours is packed at: a harder one would only make the floor higher.
        return [zlib.compress(part.render(values).encode(), _LEVEL) for part in parts]

    return fill


def _sources() -> list[str]:
    template = docxtpl.DocxTemplate(io.BytesIO(shared_template()))
    with zipfile.ZipFile(io.BytesIO(shared_template())) as package:
        return [template.patch_xml(package.read(name).decode()) for name in _TAGGED]


class Docxtemplater:
    """docxtemplater in a Node.js that stays, so that its own compiler is warm; it tells how long each fill took."""

    def __init__(self, values: dict[str, Any]) -> None:
        node, modules = shutil.which("node"), _modules()
        if node is None:
            raise CannotMeasureError("node is not there")
        self._folder = Path(tempfile.mkdtemp(dir=folder()))
        (self._folder / "template.docx").write_bytes(paper.template(paper.MUSTACHE))
        (self._folder / "data.json").write_text(json.dumps(values))
        self._process = subprocess.Popen(
            [node, str(_SCRIPT), str(modules), str(self._folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            bufsize=1,
        )

    def fill(self, times: int) -> Reading:
        """Seconds a fill took, on average of ``times`` in a row."""
        assert self._process.stdin is not None, "opened above"
        assert self._process.stdout is not None, "opened above"
        # It may have ended before it is asked; then there is no answer either.
        with contextlib.suppress(BrokenPipeError):
            self._process.stdin.write(f"{times}\n")
        answer = self._process.stdout.readline()
        if not answer:
            raise CannotMeasureError("docxtemplater ended with an error, told above")
        return Reading(float(answer))

    def result(self) -> bytes:
        """What it made."""
        return (self._folder / "out.docx").read_bytes()

    def close(self) -> None:
        """End the process."""
        with contextlib.suppress(BrokenPipeError):
            self._process.communicate()


@functools.cache
def _modules() -> Path:
    npm = shutil.which("npm")
    if npm is None:
        raise CannotMeasureError("npm is not there")
    place = folder() / "js"
    place.mkdir()
    command = [npm, "install", "--silent", "--no-package-lock", "--ignore-scripts", "--prefix", str(place), *_NEEDS]
    if subprocess.run(command, capture_output=True).returncode:
        raise CannotMeasureError(f"npm could not install {' and '.join(_NEEDS)}")
    return place / "node_modules"


def text_of(content: bytes) -> list[str]:
    """Paragraphs and cells of a Word file in order, to hold the engines' results against each other."""
    document = docx.Document(io.BytesIO(content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return [text for text in (*(each.text for each in document.paragraphs), *cells) if text]


def same(*results: bytes) -> None:
    """CannotMeasureError where the engines did not write the same text: their times would say nothing."""
    first, *others = map(text_of, results)
    if any(each != first for each in others):
        raise CannotMeasureError("the engines did not write the same text")
