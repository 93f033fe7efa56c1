"""What may be uploaded: limited by size and by what the bytes really are, whatever the name says."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from paragraf.core.errors import RuleBroken

#: The media type of a Word file.
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
#: What the office receives: media type by the extension that puremagic recognises in the bytes.
ACCEPTED = {
    ".pdf": "application/pdf",
    ".docx": WORD,
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".odt": "application/vnd.oasis.opendocument.text",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
}
#: What makes a zip a document of its kind: to the first bytes every zip looks like all of them.
_INSIDE = {".docx": "word/document.xml", ".xlsx": "xl/workbook.xml", ".odt": "content.xml"}
#: A workbook of ten megabytes may hold two hundred; a zip bomb holds thousands.
_LARGEST_UNPACKED, _MOST_PARTS = 300_000_000, 5_000
_TYPES = "[Content_Types].xml"
#: Where Word, Excel and OpenDocument keep macros, old macro sheets, controls and embedded programs.
_ACTS = re.compile(
    r"vbaproject\.bin$|/macrosheets/|/activex/|/embeddings/[^/]*\.(bin|exe|dll|js|vbs)$|^(basic|scripts)/"
)
#: Scripts, programs to start, and files inside the file.
_PDF_ACTS = re.compile(rb"/(JavaScript|JS|Launch|EmbeddedFiles?|RichMedia|XFA)\b")
_OBJECT_STREAM = re.compile(rb"/ObjStm\b[^\0]{0,400}?stream\r?\n")
_BY_NAME_ONLY = 0.1
_SAME = {".jfif": ".jpg", ".jpe": ".jpg"}


def check_upload(filename: str, content: bytes, limit_mb: int) -> str:
    """The media type of an accepted file. Raises RuleBroken, telling what is accepted."""
    if not content:
        raise RuleBroken("Filen %(name)s är tom.", field="file", name=filename)
    if len(content) > limit_mb * 1_000_000:
        raise RuleBroken("Filen %(name)s är större än %(limit)s MB.", field="file", name=filename, limit=limit_mb)
    found = _real_extensions(content, filename)
    for extension in found:
        if extension in ACCEPTED and _is_whole(content, extension):
            if _may_act(content, extension):
                raise RuleBroken(
                    "Filen %(name)s innehåller makron, skript eller inbäddade program och tas inte emot. "
                    "Spara den utan dem, eller skriv ut den till en ny PDF.",
                    field="file",
                    name=filename,
                )
            return ACCEPTED[extension]
    raise RuleBroken(
        "Filen %(name)s är inte av ett slag som tas emot. Spara den som PDF, Word, Excel, ODT, PNG eller JPEG.",
        field="file",
        name=filename,
    )


def _real_extensions(content: bytes, filename: str) -> list[str]:
    import puremagic

    try:
        guesses = puremagic.magic_string(content, filename=filename)
    except (puremagic.PureError, ValueError):
        return []
    # Below the limit nothing in the bytes spoke for the guess, only the name.
    told = [guess.extension.lower() for guess in guesses if guess.confidence > _BY_NAME_ONLY]
    return [_SAME.get(extension, extension) for extension in told]


def _is_whole(content: bytes, extension: str) -> bool:
    """Whether a zip is the sort of document it is taken for, and can be opened; true for all that are no zips."""
    wanted = _INSIDE.get(extension)
    if wanted is None:
        return True
    try:
        with ZipFile(BytesIO(content)) as package:
            return wanted in package.namelist() and _fits(package)
    except (BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError, ValueError, zlib.error):
        return False


def _fits(package: ZipFile) -> bool:
    """Whether the parts are few, and no larger unpacked than any document is. They are unpacked: sizes may lie."""
    entries, left = package.infolist(), _LARGEST_UNPACKED
    if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > left:
        return False
    for entry in entries:
        with package.open(entry) as part:
            while chunk := part.read(1_000_000):
                left -= len(chunk)
                if left < 0:
                    return False
    return True


def _may_act(content: bytes, extension: str) -> bool:
    """Whether the file holds macros, scripts or programs that run when it is opened."""
    if extension == ".pdf":
        return any(_PDF_ACTS.search(text) for text in _pdf_texts(content))
    if extension not in _INSIDE:
        return False
    with ZipFile(BytesIO(content)) as package:
        names = package.namelist()
        types = package.read(_TYPES) if _TYPES in names else b""
    return b"macroenabled" in types.lower() or any(_ACTS.search(name.lower()) for name in names)


def _pdf_texts(content: bytes) -> Iterator[bytes]:
    """The file as it lies, and what it has packed as streams of objects: both may name an action."""
    yield content
    left = _LARGEST_UNPACKED
    for found in _OBJECT_STREAM.finditer(content):
        packed = content[found.end() : content.find(b"endstream", found.end())]
        try:
            text = zlib.decompressobj().decompress(packed, min(left, 20_000_000))
        except zlib.error:
            continue
        left -= len(text)
        yield text
        if left <= 0:
            return
