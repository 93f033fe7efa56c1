"""Minutes: the desk where they are written, fixing and sending them, reading them and certifying extracts."""

from webapp.minutes import (  # noqa: F401 - they hang on the blueprint
    at_once,
    desk,
    drawn,
    editing,
    extracting,
    finishing,
    proceedings_form,
    publishing,
    reading,
    room,
    saving,
    sending,
    versions,
)
from webapp.minutes.base import blueprint

__all__ = ["blueprint"]
