"""``python -m document_templates > document_templates/README.md``: write the list of fields anew."""

from __future__ import annotations

import sys

from document_templates.readme import readme

sys.stdout.write(readme())
