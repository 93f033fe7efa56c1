"""``python -m document_templates.drawing``: draw every template anew into document_templates/."""

from __future__ import annotations

from pathlib import Path

import document_templates
from document_templates.drawing import draw

for kind in document_templates.KINDS:
    (Path(document_templates.__file__).parent / f"{kind}.docx").write_bytes(draw(kind))
