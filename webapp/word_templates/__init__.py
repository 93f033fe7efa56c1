"""The association's Word templates: download, upload, see, switch, go back; and its logo."""

from webapp.word_templates import changing, comparing, listing, logo, previewing  # noqa: F401 - they hang on the blueprint
from webapp.word_templates.base import blueprint

__all__ = ["blueprint"]
