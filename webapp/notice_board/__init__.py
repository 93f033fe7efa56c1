"""The notice board (anslagstavla): public pages, the feed, and the office's pages for what other boards have."""

from webapp.notice_board import feed, keeping, public  # noqa: F401 - they hang on the blueprint
from webapp.notice_board.base import blueprint

__all__ = ["blueprint"]
