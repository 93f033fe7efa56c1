"""The office writes its own forms, tries them out, publishes them, and calls for applications on them."""

from webapp.form_writing import calls, listing, publishing, trying, writing  # noqa: F401 - they hang on the blueprint
from webapp.form_writing.base import blueprint

__all__ = ["blueprint"]
