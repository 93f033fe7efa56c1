"""How the PDF is to be: for the archive and for screen readers."""

from __future__ import annotations

import json
import os
from pathlib import Path

#: To be changed with anything that makes another PDF of the same file, here, in the profile or in ``settling``: the
#: cache then leaves older ones alone.
VERSION = "1"
_PDF_A_2B = "2"
_OPTIONS = {
    "SelectPdfVersion": ("long", _PDF_A_2B),
    # Tags, and what PDF/UA asks for beside them: a screen reader finds headings and table headers in the PDF too.
    "UseTaggedPDF": ("boolean", "true"),
    "PDFUACompliance": ("boolean", "true"),
    "ExportBookmarks": ("boolean", "true"),
    "DisplayPDFDocumentTitle": ("boolean", "true"),
}
#: LibreOffice's words for it, as one JSON object.
OPTIONS = json.dumps({name: {"type": kind, "value": value} for name, (kind, value) in _OPTIONS.items()})


def environment(home: Path) -> dict[str, str]:
    """All that LibreOffice is told of the world: no secrets of the program's, and a disk place of its own."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "TMPDIR": str(home),
        "LANG": "C.UTF-8",
        "TZ": "Europe/Stockholm",
        # Draws in memory, whatever desktop the machine has.
        "SAL_USE_VCLPLUGIN": "svp",
    }
