"""``python -m document_templates.drawing [FOLDER]``: draw every template anew, into document_templates/ by default."""

from __future__ import annotations

import sys
from pathlib import Path

import document_templates
from document_templates.drawing import draw

folder = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(document_templates.__file__).parent
for kind in document_templates.KINDS:
    (folder / f"{kind}.docx").write_bytes(draw(kind))
