"""What may be uploaded: limited by size and by what the bytes really are, whatever the name says."""

from __future__ import annotations

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
    """Whether a zip is the sort of document it is taken for, without macros; true for all that are no zips."""
    wanted = _INSIDE.get(extension)
    if wanted is None:
        return True
    try:
        names = ZipFile(BytesIO(content)).namelist()
    except BadZipFile:
        return False
    return wanted in names and not any(name.lower().endswith("vbaproject.bin") for name in names)
